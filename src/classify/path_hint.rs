//! The hint that a file's name gives: takes a path and facts, gives the facts more or less sure.
//! Apart because anyone may name a file anything: a name may confirm what the page says, contradict
//! it, or say what an illegible number may be; it never takes the place of a clear page.

use crate::lexicon::words::{any_of, words};
use crate::model::{DocumentFacts, Fact, Ratio, Reading, Unsure};
use regex::Regex;
use std::sync::LazyLock;

/// What agreement adds and contradiction takes.
const AGREES: f32 = 0.08;
const CONTRADICTS: f32 = 0.1;
/// Agreement never makes certain.
const MOST: f32 = 0.99;

/// `PERDA NO 4 TH 2016`, `Perbup-8-Tahun-2019`, `PERGUB 11a_2016`.
static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let paths = &words().paths;
    let [kinds, begin, number, year] =
        [&paths.kinds, &paths.kinds_begin, &paths.number, &paths.year]
            .map(|words| any_of(words));
    Regex::new(&format!(
        r"(?i)(?:{kinds}|{begin}\w*|{number})[\s._-]*(?:{number}[\s._-]*)?(?P<n>\d{{1,4}}[a-e]?)[\s._-]*(?:{year}[\s._-]*)?(?P<y>(?:19|20)\d{{2}})(?:\D|$)",
    ))
    .ok()
});

/// Lets the path's number and year confirm the facts or contradict them.
pub fn apply_path_hint(path: &str, facts: &mut DocumentFacts) {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let Some(captures) = NAMED.as_ref().and_then(|named| named.captures(name)) else {
        return;
    };
    let part = |group: &str| captures.name(group).map_or("", |part| part.as_str());
    let number = part("n").trim_start_matches('0').to_lowercase();
    weigh(&mut facts.number, &number);
    if let Ok(year) = part("y").parse::<i16>() {
        weigh(&mut facts.year, &year);
    }
}

/// Weighs one fact against what the name says.
fn weigh<T: PartialEq + ToString + Clone>(reading: &mut Reading<T>, says: &T) {
    match reading {
        Reading::Known(fact) if fact.value == *says => {
            set(fact, (fact.confidence.get() + AGREES).min(MOST));
        }
        Reading::Known(fact) => set(fact, fact.confidence.get() - CONTRADICTS),
        Reading::Unsure(reason @ (Unsure::Blank | Unsure::Illegible { .. })) => {
            *reason = Unsure::Illegible {
                candidate: says.to_string(),
            };
        }
        Reading::Unsure(_) => {}
    }
}

fn set<T>(fact: &mut Fact<T>, confidence: f32) {
    fact.confidence = Ratio::new(confidence);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::RuleId;

    fn facts(confidence: f32) -> DocumentFacts {
        let fact = Fact {
            value: "4".to_owned(),
            confidence: Ratio::new(confidence),
            span: None,
            rule: RuleId::from("number.heading"),
        };
        DocumentFacts {
            number: Reading::Known(fact),
            ..DocumentFacts::default()
        }
    }

    #[test]
    fn a_name_confirms_or_contradicts_but_never_replaces() {
        for (path, expected) in [
            ("2016/PERDA NO 4 TH 2016.pdf", 0.88),
            ("Perbup-04-Tahun-2016 final.pdf", 0.88),
            ("2016/PERDA NO 5 TH 2016.pdf", 0.7),
            ("scan0001.pdf", 0.8),
        ] {
            let mut facts = facts(0.8);
            apply_path_hint(path, &mut facts);
            let fact = facts.number.known().unwrap();
            assert_eq!(
                (fact.value.as_str(), fact.confidence),
                ("4", Ratio::new(expected))
            );
        }
    }

    #[test]
    fn a_name_is_a_candidate_where_the_page_is_illegible() {
        let mut facts = DocumentFacts {
            number: Reading::Unsure(Unsure::Blank),
            ..DocumentFacts::default()
        };
        apply_path_hint("PERGUB 11a_2016.pdf", &mut facts);
        let expected = Unsure::Illegible {
            candidate: "11a".into(),
        };
        assert_eq!(facts.number, Reading::Unsure(expected));
        assert_eq!(facts.year, Reading::Unsure(Unsure::NotStated));
    }
}
