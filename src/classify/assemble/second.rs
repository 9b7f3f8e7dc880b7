//! Two readings of the same words, held against each other.

use super::Parts;
use super::confidence::doubt;
use crate::classify::read::number::{self, Pieces, Value};
use crate::classify::text::alternatives::Doubted;
use crate::classify::text::likeliest::{Context, likeliest};
use crate::classify::text::stream::Token;
use crate::lexicon::doctype::Class;
use crate::model::{DateRole, Line, Page, Rect, SecondReading, Unsure, Word};
use std::borrow::Cow;

/// A number as it is taken, the rule with how the readings agree, and what its readers' doubts
/// take from trust in it; or why none is.
pub(super) type Agreed = Result<(Value<String>, String, f32), Unsure>;

/// From here on nothing else is likely.
const CLEAR: f32 = 0.8;
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
        self.agreed_behind("", pieces, tokens, rule, class)
    }

    /// Does the same where the second reader may have read a label's last word with it.
    pub(super) fn agreed_behind(
        &self,
        label: &str,
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
        let read = self.least_sure(tokens, None);
        let Some(second) = self.head.second_of(tokens) else {
            let doubt = doubt(read);
            return Ok((alone(first, &own, context), rule.to_owned(), doubt));
        };
        let skipped = match second.text.get(..label.len()) {
            Some(start) if start.eq_ignore_ascii_case(label) => label.len(),
            _ => 0,
        };
        let rest = second.text.get(skipped..).unwrap_or_default();
        let own_words = number::own_words(rest, grammar);
        let own_words = own_words.start + skipped..own_words.end + skipped;
        let other = Doubted::of_second(second, own_words);
        let Taken {
            value,
            rule,
            probability,
        } = agree((first, &own), &other, rule, context)?;
        let surest = match rule.contains(".agreed") {
            true => read.max(second.confidence.get()),
            false => self.least_sure(tokens, Some(second)),
        };
        // What else it may be takes as much from trust as it is likely.
        let others = probability.map_or(0.0, |probability| 1.0 - probability);
        Ok((value, rule, doubt(surest) + others))
    }

    /// Returns the confidence of the word of a number that is the least sure; one that both
    /// readers read alike is as sure as the surer of them.
    fn least_sure(&self, tokens: &[usize], second: Option<&SecondReading>) -> f32 {
        let words = tokens.iter().filter_map(|n| self.head.word(*n));
        // The colon of the label is none of the number.
        let own = words.filter(|token| token.word.text.contains(char::is_alphanumeric));
        let sure = |token: &Token| {
            let word = token.word;
            let is_long = word.text.chars().count() > 1;
            let same =
                second.filter(|second| is_long && second.text.contains(&word.text));
            let other = same.map_or(0.0, |second| second.confidence.get());
            word.confidence.get().max(other)
        };
        own.map(sure).fold(1.0, f32::min)
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

/// What two readings of a number are taken for.
struct Taken {
    value: Value<String>,
    /// The rule, with how the readings agree.
    rule: String,
    /// How likely it is, where it was chosen among several.
    probability: Option<f32>,
}

impl Taken {
    /// Makes what nothing was weighed against.
    fn plainly(value: Value<String>, rule: String) -> Self {
        Self {
            value,
            rule,
            probability: None,
        }
    }
}

/// Weighs two readings of a number.
fn agree<'c>(
    (first, own): (Value<String>, &Doubted),
    other_read: &Doubted,
    rule: &str,
    context: impl Fn() -> Context<'c>,
) -> Result<Taken, Unsure> {
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
            return Ok(Taken::plainly(Value::Read { value, repair }, rule));
        }
        (Value::Blank, Value::Read { value, .. }) => {
            let candidate = value.clone();
            return Err(Unsure::Illegible { candidate });
        }
        (Value::Blank, Value::Illegible { candidate }) => {
            let candidate = candidate.clone();
            return Err(Unsure::Illegible { candidate });
        }
        (Value::Blank, Value::Blank) => {
            return Ok(Taken::plainly(first, rule.to_owned()));
        }
        (Value::Read { .. }, Value::Blank) => {
            return Ok(Taken::plainly(first, format!("{rule}.alone")));
        }
        _ => {}
    }
    let Some(found) = likeliest(&[own, other_read], context()) else {
        return Ok(Taken::plainly(first, rule.to_owned()));
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
    Ok(Taken {
        value: Value::Read {
            value: found.value,
            repair: 0.0,
        },
        rule: format!("{rule}.{how}"),
        probability: Some(found.probability),
    })
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
            Ok(Taken {
                value: Value::Read { value, .. },
                rule,
                ..
            }) => Some((value, rule)),
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
    fn a_month_that_one_reader_lost_is_the_days() {
        let plain = |text: &str| doubted(text, &[]);
        let read = plain("021/YAYASAN-SKM/2020");
        let other = plain("021/YAYASAN-SKM/VIII/2020");
        let context = || Context {
            day: Some((2020, 8)),
            ..Context::default()
        };
        let found = agree((number::read(read.text()), &read), &other, "n", context);
        let sure = found.ok().and_then(|taken| taken.probability);
        let short = plain("021/YAYASAN-SKM/II/2020");
        let found = agree((number::read(read.text()), &read), &short, "n", context);
        let less = found.ok().and_then(|taken| taken.probability);
        assert!(sure.is_some() && less.unwrap_or(0.0) < sure.unwrap());
    }

    #[test]
    fn a_code_in_a_hurried_hand_is_that_of_decisions() {
        let read = doubted("108-45/0314/DINSOS/2024", &[]);
        let other = doubted("108.45/0314/DINSOS/2024", &[]);
        let codes = ["188.45".to_owned()];
        let context = || Context {
            codes: &codes,
            ..Context::default()
        };
        let found = agree((number::read(read.text()), &read), &other, "n", context);
        let taken = found.ok().map(|taken| taken.value);
        let value = "188.45/0314/DINSOS/2024".to_owned();
        assert_eq!(taken, Some(Value::Read { value, repair: 0.0 }));
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
