//! Two readings of the same words, held against each other.

use super::Parts;
use crate::classify::alternatives::{Doubted, only};
use crate::classify::number::{self, Pieces, Value};
use crate::model::{Line, Page, Rect, SecondReading, Unsure, Word};
use std::borrow::Cow;

/// A number as it is taken, and the rule with how the readings agree; or why none is.
pub(super) type Agreed = Result<(Value<String>, String), Unsure>;

impl Parts<'_> {
    /// Reads a number and holds it against what a second reader read in its place.
    pub(super) fn agreed(&self, pieces: &Pieces, tokens: &[usize], rule: &str) -> Agreed {
        let first = number::number(pieces);
        let own = Doubted::of_pieces(pieces);
        let Some(second) = self.head.second_of(tokens) else {
            return Ok((alone(first, &own), rule.to_owned()));
        };
        let grammar = self.vocabulary.kinds.grammar();
        let read = |text: &str| number::second_number(text, grammar);
        let other = Doubted::of_second(second);
        agree(
            (first, own.all_numbers(number::read), &own),
            (read(&second.text), other.all_numbers(read)),
            rule,
        )
    }
}

/// Returns a reading that nobody looked at again; where it is none, what it may be if only one
/// thing.
fn alone(first: Value<String>, own: &Doubted) -> Value<String> {
    match first {
        Value::Illegible { candidate } => Value::Illegible {
            candidate: only(&own.numbers(number::read))
                .cloned()
                .unwrap_or(candidate),
        },
        first => first,
    }
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

fn same(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
}

fn holds(numbers: &[String], number: &str) -> bool {
    numbers.iter().any(|one| same(one, number))
}

/// Weighs two readings, each with the numbers that its doubted letters may make of it. The
/// second reader was right more often where both read a number.
fn agree(
    (first, mine, own): (Value<String>, Vec<String>, &Doubted),
    (second, its): (Value<String>, Vec<String>),
    rule: &str,
) -> Agreed {
    let read = |value: String, repair: f32, how: &str| {
        Ok((Value::Read { value, repair }, format!("{rule}.{how}")))
    };
    match (first, second) {
        (Value::Read { value, repair }, Value::Read { value: other, .. }) => {
            if same(&value, &other) {
                return read(value, repair, "agreed");
            }
            match (holds(&mine, &other), holds(&its, &value)) {
                (true, false) => read(other, 0.0, "yielded"),
                (false, true) => read(value, repair, "kept"),
                _ => Err(Unsure::Contradicting {
                    candidates: vec![other, value],
                }),
            }
        }
        (Value::Read { value, repair }, _) => match holds(&its, &value) {
            true => read(value, repair, "repaired"),
            false => read(value, repair, "alone"),
        },
        (Value::Illegible { candidate }, Value::Read { value, repair }) => {
            let is_known = same(&candidate, &value) || holds(&mine, &value);
            read(value, repair, if is_known { "repaired" } else { "second" })
        }
        (Value::Blank, Value::Read { value, .. }) => {
            Err(Unsure::Illegible { candidate: value })
        }
        (Value::Blank, Value::Illegible { candidate }) => {
            Err(Unsure::Illegible { candidate })
        }
        (first @ Value::Illegible { .. }, Value::Illegible { .. }) => {
            let mut both = mine.iter().filter(|number| holds(&its, number));
            let candidate = both.next().filter(|_| both.next().is_none());
            Ok(match candidate.or_else(|| only(&its)).cloned() {
                Some(candidate) => (Value::Illegible { candidate }, rule.to_owned()),
                None => (alone(first, own), rule.to_owned()),
            })
        }
        (first, _) => Ok((first, rule.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Value<String> {
        number::read(text)
    }

    fn agreed(first: &str, mine: &[&str], second: &str, its: &[&str]) -> Agreed {
        let list = |texts: &[&str]| texts.iter().map(|t| (*t).to_owned()).collect();
        let own = Doubted::default();
        agree(
            (value(first), list(mine), &own),
            (value(second), list(its)),
            "n",
        )
    }

    fn taken(agreed: Agreed) -> (String, String) {
        match agreed {
            Ok((Value::Read { value, .. }, rule)) => (value, rule),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_reader_that_doubts_yields() {
        let (a, b) = ("005/164", "005/184");
        let pair = |value: &str, rule: &str| (value.to_owned(), rule.to_owned());
        assert_eq!(taken(agreed(a, &[], a, &[])), pair(a, "n.agreed"));
        assert_eq!(taken(agreed(a, &[b], b, &[])), pair(b, "n.yielded"));
        assert_eq!(taken(agreed(a, &[], b, &[a])), pair(a, "n.kept"));
        assert_eq!(
            taken(agreed("005/l84", &[b], b, &[])),
            pair(b, "n.repaired")
        );
        let both = Err(Unsure::Contradicting {
            candidates: vec![b.to_owned(), a.to_owned()],
        });
        assert_eq!(agreed(a, &[b], b, &[a]), both, "each knows the other's");
        assert_eq!(agreed(a, &[], b, &[]), both);
    }

    #[test]
    fn what_both_may_be_is_a_candidate() {
        let found = agreed("005/l84", &["005/184", "005/784"], "005/1g4", &["005/184"]);
        let candidate = "005/184".to_owned();
        let expected = (Value::Illegible { candidate }, "n".to_owned());
        assert_eq!(found, Ok(expected));
    }
}
