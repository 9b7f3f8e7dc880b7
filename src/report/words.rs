//! Puts findings into words: the rule's text, with the names of what its details stand for.

use crate::framework::rules::Rules;
use crate::framework::{Framework, Question};
use crate::lexicon::doctype::DocTypes;
use crate::model::{
    Assessment, Bilingual, Date, Digest, DocumentRef, Finding, Lang, Level, Note,
    NoteCode, QuestionId, Remark,
};
use serde_json::Value;

/// Where names are looked up.
#[derive(Debug, Clone, Copy)]
pub(super) struct Phrasebook<'a> {
    pub framework: &'a Framework,
    pub rules: &'a Rules,
    pub kinds: &'a DocTypes,
    pub assessment: &'a Assessment,
}

impl Phrasebook<'_> {
    /// Returns a finding in words; none where the rules do not know it.
    pub fn remark(&self, finding: &Finding) -> Option<Remark> {
        let rule = self.rules.get(&finding.rule)?;
        let words = rule.says.get(&finding.outcome)?;
        let fill = |text: &Bilingual| Bilingual {
            id: self.fill(&text.id, &rule.details, &finding.details, Lang::Id),
            en: self.fill(&text.en, &rule.details, &finding.details, Lang::En),
        };
        let place = finding.place.as_ref();
        Some(Remark {
            rule: finding.rule.clone(),
            inferred: rule.inferred,
            outcome: finding.outcome,
            level: finding.level,
            document: finding.subject.document.map(|digest| self.document(digest)),
            page: place.map(|span| span.page),
            quote: place
                .map(|span| span.quote.clone())
                .filter(|q| !q.is_empty()),
            text: fill(&words.text),
            remedy: words.remedy.as_ref().map(fill),
        })
    }

    /// Returns how a document is named.
    pub fn document(&self, sha256: Digest) -> DocumentRef {
        let name = self.assessment.documents.get(&sha256);
        DocumentRef {
            sha256,
            path: name.map_or_else(|| sha256.short(), |name| name.path.clone()),
            locations: name.map_or(0, |name| name.locations),
        }
    }

    /// Returns the name of a kind of document.
    pub fn kind(&self, id: &str) -> Bilingual {
        match self.kinds.get(id) {
            Some(kind) => kind.name.clone(),
            None => verbatim(if id.is_empty() { "–" } else { id }),
        }
    }

    /// Replaces each `{name}` by what the detail of that name stands for.
    fn fill(
        &self,
        text: &str,
        names: &[String],
        details: &[String],
        lang: Lang,
    ) -> String {
        let mut filled = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            let value = names.iter().zip(details).find(|(n, _)| *n == name);
            filled.push_str(before);
            if let Some((_, value)) = value {
                filled.push_str(&self.value(name, value, lang));
            }
            rest = after;
        }
        filled.push_str(rest);
        filled
    }

    /// Returns what a detail stands for: `schema/rules.schema.json` lists the names that hold
    /// ids; all others hold words.
    fn value(&self, name: &str, value: &str, lang: Lang) -> String {
        let each = |name: &dyn Fn(&str) -> Bilingual| {
            let names: Vec<String> = value
                .split(',')
                .map(|id| name(id).get(lang).to_owned())
                .collect();
            names.join(", ")
        };
        match name {
            "kind" | "kinds" => each(&|id| self.kind(id)),
            "level" | "levels" => each(&|id| self.level(id)),
            "question" | "questions" => each(&|id| verbatim(&self.number(id))),
            "office" => each(&|id| self.office(id)),
            "exclusion" => each(&|id| self.exclusion(id)),
            "period" => each(&|id| self.period(id)),
            "date" | "activity" => date(value, lang),
            "years" => years(value, lang),
            "note" => note(value, lang),
            _ => value.to_owned(),
        }
    }

    fn level(&self, id: &str) -> Bilingual {
        let level = self
            .framework
            .levels()
            .iter()
            .find(|level| level.id.as_str() == id);
        level.map_or_else(|| verbatim(id), |level| level.name.clone())
    }

    fn office(&self, id: &str) -> Bilingual {
        let office = self.framework.office(&id.into());
        verbatim(office.map_or(id, |office| office.short.as_str()))
    }

    fn exclusion(&self, id: &str) -> Bilingual {
        let exclusion = self.framework.exclusion(&id.into());
        exclusion.map_or_else(|| verbatim(id), |exclusion| exclusion.name.clone())
    }

    fn period(&self, id: &str) -> Bilingual {
        let period = self.framework.period(&id.into());
        period.map_or_else(|| verbatim(id), |period| period.name.clone())
    }

    fn number(&self, id: &str) -> String {
        match self.framework.question(&QuestionId::from(id)) {
            Some(question) => number(self.framework, question),
            None => id.to_owned(),
        }
    }
}

/// Returns a question's printed number with its indicator or part: `1.2a`, `21A.4`.
pub fn number(framework: &Framework, question: &Question) -> String {
    let indicator = framework.indicator(&question.indicator);
    match (&question.part, indicator) {
        (Some(part), _) => format!("{part}.{}", question.number),
        (None, Some(indicator)) => format!("{}.{}", indicator.number, question.number),
        (None, None) => question.number.clone(),
    }
}

/// Returns a date as people write it; what is no date stays as it is.
pub(super) fn date(text: &str, lang: Lang) -> String {
    match text.parse::<Date>() {
        Ok(date) => spelled(date, lang),
        Err(_) => text.to_owned(),
    }
}

/// Returns a date as people write it.
pub(super) fn spelled(date: Date, lang: Lang) -> String {
    const MONTHS: [(&str, &str); 12] = [
        ("Januari", "January"),
        ("Februari", "February"),
        ("Maret", "March"),
        ("April", "April"),
        ("Mei", "May"),
        ("Juni", "June"),
        ("Juli", "July"),
        ("Agustus", "August"),
        ("September", "September"),
        ("Oktober", "October"),
        ("November", "November"),
        ("Desember", "December"),
    ];
    let index = usize::try_from(date.month() - 1).unwrap_or(0);
    let (id, en) = MONTHS.get(index).copied().unwrap_or_default();
    format!("{} {} {}", date.day(), lang.pick(id, en), date.year())
}

/// Returns a name as the head of a column or the label of a field has it.
pub fn capital(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

/// Returns the word for a level.
pub(super) fn level(level: Level, lang: Lang) -> &'static str {
    match level {
        Level::Error => lang.pick("menggugurkan", "error"),
        Level::Warning => lang.pick("melemahkan", "warning"),
        Level::Note => lang.pick("catatan", "note"),
    }
}

/// Returns a range of years, either end of which may be open.
fn years(text: &str, lang: Lang) -> String {
    match text.split_once("..") {
        Some((first, last)) if first == last => first.to_owned(),
        Some(("", last)) => format!("{} {last}", lang.pick("s.d.", "up to")),
        Some((first, "")) => format!("{} {first}", lang.pick("sejak", "since")),
        Some((first, last)) => format!("{first}–{last}"),
        None => text.to_owned(),
    }
}

/// Returns what a reader's remark says.
fn note(code: &str, lang: Lang) -> String {
    match serde_json::from_value::<NoteCode>(Value::from(code)) {
        Ok(code) => Note::file(code).explain(lang),
        Err(_) => code.to_owned(),
    }
}

fn verbatim(text: &str) -> Bilingual {
    Bilingual {
        id: text.to_owned(),
        en: text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_years_read_as_people_write_them() {
        let cases = [
            (date("2024-03-01", Lang::Id), "1 Maret 2024"),
            (date("2024-03-01", Lang::En), "1 March 2024"),
            (date("2019", Lang::Id), "2019"),
            (years("2023..2024", Lang::Id), "2023–2024"),
            (years("2024..2024", Lang::Id), "2024"),
            (years("..2024", Lang::Id), "s.d. 2024"),
            (years("2024..", Lang::En), "since 2024"),
        ];
        for (found, expected) in cases {
            assert_eq!(found, expected);
        }
        assert!(note("truncated", Lang::Id).contains("terpotong"));
    }
}
