//! Two readings of the same words, held against each other.

use super::Parts;
use super::confidence::doubt;
use crate::classify::read::number;
use crate::classify::read::number::{Pieces, Value};
use crate::classify::text::alternatives::Doubted;
use crate::classify::text::likeliest::{Context, likeliest};
use crate::lexicon::doctype::Class;
use crate::model::{DateRole, Line, Page, Rect, SecondReading, Unsure, Word};
use std::borrow::Cow;

/// A number as it is taken, the rule with how the readings agree, and what its readers' doubts
/// take from trust in it; or why none is.
pub(super) type Agreed = Result<(Value<String>, String, f32), Unsure>;

/// From here on nothing else is likely; and what less takes from trust: nobody acts on it.
const CLEAR: f32 = 0.8;
const DOUBT: f32 = 0.6;
/// A number that is less likely than this is none, but a candidate.
const LIKELY: f32 = 0.55;

impl Parts<'_> {
    /// Reads a number and holds it against what a second reader read in its place.
    pub(super) fn agreed(
        &self,
        pieces: &Pieces,
        tokens: &[usize],
        rule: &str,
        class: Class,
    ) -> Agreed {
        let first = number::number(pieces);
        let own = Doubted::of_pieces(pieces);
        let grammar = self.vocabulary.kinds.grammar();
        let context = || Context {
            day: self.day(class),
            codes: match class {
                Class::Decision => &grammar.decision_codes,
                _ => &[],
            },
            offices: Some(self.vocabulary.offices),
        };
        let Some(second) = self.head.second_of(tokens) else {
            let doubt = doubt(self.head.confidence_of(tokens));
            return Ok((alone(first, &own, context), rule.to_owned(), doubt));
        };
        let other = Doubted::of_second(second, number::own_words(&second.text, grammar));
        let (value, rule) = agree((first, &own), &other, rule, context)?;
        let [one, two] = [self.head.confidence_of(tokens), second.confidence.get()];
        let surest = match rule.contains(".agreed") {
            true => one.max(two),
            false => one,
        };
        Ok((value, rule, doubt(surest)))
    }

    /// Returns year and month of the day the paper bears, where that is clear.
    fn day(&self, class: Class) -> Option<(i16, i8)> {
        let dates = self.dates_on(self.whole, Some(class));
        let roles = [DateRole::Enacted, DateRole::Letter];
        let mut facts = dates.iter().map(|read| &read.dated);
        let day = facts.find(|dated| roles.contains(&dated.role))?;
        let day = Some(&day.fact).filter(|fact| fact.confidence.is_confident())?;
        Some((day.value.year(), day.value.month()))
    }
}

/// Returns a reading that nobody looked at again; where it is none, the likeliest it may be.
fn alone<'c>(
    first: Value<String>,
    own: &Doubted,
    context: impl Fn() -> Context<'c>,
) -> Value<String> {
    match first {
        Value::Illegible { candidate } => Value::Illegible {
            candidate: likeliest(&[own], context())
                .map_or(candidate, |found| found.value),
        },
        first => first,
    }
}

fn same(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
}

/// Weighs two readings of a number.
fn agree<'c>(
    (first, own): (Value<String>, &Doubted),
    other_read: &Doubted,
    rule: &str,
    context: impl Fn() -> Context<'c>,
) -> Result<(Value<String>, String), Unsure> {
    let second = number::read(other_read.text());
    match (&first, &second) {
        (Value::Read { value, repair }, Value::Read { value: other, .. })
            if same(value, other) =>
        {
            let (value, repair) = (value.clone(), *repair);
            // Two readers may doubt the same letter.
            let found = likeliest(&[own, other_read], context());
            let is_clear = found.is_none_or(|found| {
                same(&found.value, &value) && found.probability >= CLEAR
            });
            let clear = if is_clear { ".clear" } else { "" };
            let rule = format!("{rule}.agreed{clear}");
            return Ok((Value::Read { value, repair }, rule));
        }
        (Value::Blank, Value::Read { value, .. }) => {
            let candidate = value.clone();
            return Err(Unsure::Illegible { candidate });
        }
        (Value::Blank, Value::Illegible { candidate }) => {
            let candidate = candidate.clone();
            return Err(Unsure::Illegible { candidate });
        }
        (Value::Blank, Value::Blank) => return Ok((first, rule.to_owned())),
        (Value::Read { .. }, Value::Blank) => {
            return Ok((first, format!("{rule}.alone")));
        }
        _ => {}
    }
    let Some(found) = likeliest(&[own, other_read], context()) else {
        return Ok((first, rule.to_owned()));
    };
    if found.probability < LIKELY {
        return Err(match found.next {
            Some(next) => Unsure::Contradicting {
                candidates: vec![found.value, next],
            },
            None => Unsure::Illegible {
                candidate: found.value,
            },
        });
    }
    let is = |read: &Value<String>| matches!(read, Value::Read { value, .. } if same(value, &found.value));
    let is_read = |read: &Value<String>| matches!(read, Value::Read { .. });
    let how = match (is_read(&first), is_read(&second)) {
        (true, true) => "apart",
        _ if is(&first) => "alone",
        _ if is(&second) => "second",
        _ => "mended",
    };
    let repair = match found.probability {
        CLEAR.. => 0.0,
        _ => DOUBT,
    };
    let value = found.value;
    Ok((Value::Read { value, repair }, format!("{rule}.{how}")))
}

/// Returns pages as the second reader read them, where it read anything of them.
pub(super) fn pages(pages: &[Page]) -> Vec<Cow<'_, Page>> {
    let again = |page: &Page| Page {
        lines: page.lines.iter().map(reread).collect(),
        ..page.clone()
    };
    let pages = pages.iter().map(|page| {
        match page.lines.iter().any(|line| line.second.is_some()) {
            true => Cow::Owned(again(page)),
            false => Cow::Borrowed(page),
        }
    });
    pages.collect()
}

/// Returns a line with the second reader's words in the places of those it looked at.
fn reread(line: &Line) -> Line {
    let Some(second) = &line.second else {
        return line.clone();
    };
    let (from, to) = (usize::from(second.from), usize::from(second.to));
    let covered = line.words.get(from..to).unwrap_or_default();
    let place = covered.iter().filter_map(|word| word.rect);
    let mut words = line.words.get(..from).unwrap_or_default().to_vec();
    words.extend(spread(second, place.reduce(Rect::union)));
    words.extend_from_slice(line.words.get(to..).unwrap_or_default());
    Line::new(words)
}

/// Returns the words of a second reading, each with its share of their place.
fn spread(second: &SecondReading, place: Option<Rect>) -> Vec<Word> {
    let all = second.text.chars().count().max(1) as f32;
    let mut at = 0;
    let words = second.text.split(' ').map(|text| {
        let (from, to) = (at, at + text.chars().count());
        at = to + 1;
        let rect = place.map(|place| Rect {
            x0: place.x0 + place.width() * from as f32 / all,
            x1: place.x0 + place.width() * to as f32 / all,
            ..place
        });
        Word::new(text, rect, second.confidence)
    });
    words.filter(|word| !word.text.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{LetterDoubt, Ratio};

    fn doubted(text: &str, doubts: &[(u16, char)]) -> Doubted {
        let doubt = |(at, other): &(u16, char)| LetterDoubt {
            at: *at,
            other: Some(*other),
            probability: Ratio::new(0.4),
        };
        let second = SecondReading {
            from: 0,
            to: 1,
            text: text.to_owned(),
            confidence: Ratio::new(0.9),
            doubts: doubts.iter().map(doubt).collect(),
        };
        Doubted::of_second(&second, 0..text.len())
    }

    /// What two readings are taken for, and how, where the paper is of August 2020.
    fn taken(first: &Doubted, second: &Doubted) -> Option<(String, String)> {
        let context = || Context {
            day: Some((2020, 8)),
            ..Context::default()
        };
        let read = number::read(first.text());
        match agree((read, first), second, "n", context) {
            Ok((Value::Read { value, .. }, rule)) => Some((value, rule)),
            _ => None,
        }
    }

    #[test]
    fn the_reader_that_doubts_yields() {
        let plain = |text: &str| doubted(text, &[]);
        let pair = |value: &str, rule: &str| Some((value.to_owned(), rule.to_owned()));
        let (a, b) = ("005/164", "005/184");
        assert_eq!(taken(&plain(a), &plain(a)), pair(a, "n.agreed.clear"));
        let doubting = doubted(a, &[(5, '8')]);
        assert_eq!(taken(&doubting, &plain(b)), pair(b, "n.apart"));
        assert_eq!(taken(&plain(a), &plain(b)), None, "nobody doubts");
    }

    #[test]
    fn the_month_of_the_day_tells_a_lost_stroke() {
        let plain = |text: &str| doubted(text, &[]);
        let found = taken(&plain("24/KKN/VII/2020"), &plain("24/KKN/VIII/2020"));
        let expected = ("24/KKN/VIII/2020".to_owned(), "n.apart".to_owned());
        assert_eq!(found, Some(expected));
    }

    #[test]
    fn what_both_nearly_read_is_mended() {
        let found = taken(
            &doubted("005/05g0/DINSoS", &[]),
            &doubted("005/05gO/DINSOS", &[]),
        );
        let expected = ("005/0590/DINSOS".to_owned(), "n.mended".to_owned());
        assert_eq!(found, Some(expected));
    }
}
