//! What a doubted reading may be instead: the texts that differ from it in one or two of the
//! letters its reader was not sure of, each taken for its runner-up. Which of them is meant,
//! the grammar of what is read there says, or nothing does.

use super::number::{self, Value};
use super::stream::Token;
use crate::model::{LetterDoubt, SecondReading};

/// Least probability of a runner-up that is looked at.
const LEAST: f32 = 0.02;
/// Doubted letters that are looked at, the likeliest runners-up first. A text with more was
/// guessed, and so would be what is made of it.
const MOST: usize = 8;
/// Letters that may differ at once.
const AT_ONCE: usize = 2;

/// Is a text with the letters its reader was not sure of.
#[derive(Debug, Clone, Default)]
pub(crate) struct Doubted {
    text: String,
    doubts: Vec<LetterDoubt>,
}

impl Doubted {
    /// Returns some words, or parts of words, one space between them.
    pub(crate) fn of_pieces(pieces: &[(&Token, &str)]) -> Self {
        let mut all = Self::default();
        for (token, piece) in pieces {
            if !all.text.is_empty() {
                all.text.push(' ');
            }
            let word = token.word;
            let before = word.text.find(piece).and_then(|at| word.text.get(..at));
            let skipped = before.map_or(0, |before| before.chars().count());
            let (from, length) = (all.text.chars().count(), piece.chars().count());
            let own = word.doubts.iter().filter_map(|doubt| {
                let at = usize::from(doubt.at).checked_sub(skipped)?;
                let at = (at < length).then_some(from + at)?;
                Some(LetterDoubt {
                    at: u16::try_from(at).ok()?,
                    ..*doubt
                })
            });
            all.doubts.extend(own);
            all.text.push_str(piece);
        }
        all
    }

    /// Returns what a second reader read.
    pub(crate) fn of_second(second: &SecondReading) -> Self {
        Self {
            text: second.text.clone(),
            doubts: second.doubts.clone(),
        }
    }

    /// Returns the numbers that it may be, as `read` reads them: of those texts that differ in
    /// the fewest letters.
    pub(crate) fn numbers(&self, read: impl Fn(&str) -> Value<String>) -> Vec<String> {
        let doubts = self.likeliest();
        (1..=AT_ONCE)
            .map(|count| self.differing(&doubts, count, &read))
            .find(|found| !found.is_empty())
            .unwrap_or_default()
    }

    /// Returns all numbers that it may be.
    pub(crate) fn all_numbers(
        &self,
        read: impl Fn(&str) -> Value<String>,
    ) -> Vec<String> {
        let doubts = self.likeliest();
        let found = (1..=AT_ONCE).flat_map(|n| self.differing(&doubts, n, &read));
        found.collect()
    }

    fn likeliest(&self) -> Vec<LetterDoubt> {
        let doubts = self.doubts.iter().copied();
        let mut doubts: Vec<_> = doubts
            .filter(|doubt| doubt.probability.get() >= LEAST)
            .collect();
        doubts.sort_by(|a, b| b.probability.get().total_cmp(&a.probability.get()));
        doubts.truncate(MOST);
        doubts
    }

    fn differing(
        &self,
        doubts: &[LetterDoubt],
        count: usize,
        read: impl Fn(&str) -> Value<String>,
    ) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for (n, first) in doubts.iter().enumerate() {
            let others = doubts.iter().skip(n + 1);
            let sets: Vec<Vec<&LetterDoubt>> = match count {
                1 => vec![vec![first]],
                _ => others.map(|second| vec![first, second]).collect(),
            };
            for set in sets {
                let text = self.with(&set);
                if let Value::Read { value, repair } = read(&text)
                    && repair == 0.0
                    && !found.contains(&value)
                {
                    found.push(value);
                }
            }
        }
        found
    }

    /// Returns the text with the runners-up of some doubts in their places.
    fn with(&self, doubts: &[&LetterDoubt]) -> String {
        let chars = self.text.chars().enumerate();
        let chars = chars.filter_map(|(at, c)| {
            let doubt = doubts.iter().find(|doubt| usize::from(doubt.at) == at);
            doubt.map_or(Some(c), |doubt| doubt.other)
        });
        chars.collect()
    }
}

/// Returns the one number that a text may be that is none as it was read; `None` where there
/// are several.
pub(crate) fn only(numbers: &[String]) -> Option<&String> {
    match numbers {
        [one] => Some(one),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::stream::{Stream, tests::page};
    use super::*;
    use crate::model::Ratio;

    fn doubt(at: u16, other: Option<char>) -> LetterDoubt {
        LetterDoubt {
            at,
            other,
            probability: Ratio::new(0.3),
        }
    }

    fn second(text: &str, doubts: &[LetterDoubt]) -> Doubted {
        Doubted::of_second(&SecondReading {
            from: 0,
            to: 1,
            text: text.to_owned(),
            confidence: Ratio::new(0.9),
            doubts: doubts.to_vec(),
        })
    }

    #[test]
    fn one_letter_or_two_make_a_number_of_it() {
        // The `l` is a 1, the second stroke was read as a 1.
        let text = second("188.45/l23/KEP12022", &[doubt(7, Some('1'))]);
        assert_eq!(text.numbers(number::read), [""; 0]);
        let doubts = [doubt(7, Some('1')), doubt(14, Some('/')), doubt(3, None)];
        let text = second("188.45/l23/KEP12022", &doubts);
        assert_eq!(text.numbers(number::read), ["188.45/123/KEP/2022"]);
        let several = [doubt(7, Some('1')), doubt(7, Some('7'))];
        let text = second("188.45/l23/KEP/2022", &several);
        let numbers = text.numbers(number::read);
        assert_eq!(numbers.len(), 2);
        assert_eq!(only(&numbers), None);
    }

    #[test]
    fn doubts_stay_with_their_words() {
        let mut page = page("NOMOR:005/l64 /Ke");
        let word = &mut page.lines[0].words[0];
        word.doubts = vec![doubt(1, Some('Q')), doubt(10, Some('1'))];
        page.lines[0].words[1].doubts = vec![doubt(2, None)];
        let stream = Stream::of([&page]);
        let text = Doubted::of_pieces(&stream.between(5, stream.len()));
        let at: Vec<u16> = text.doubts.iter().map(|doubt| doubt.at).collect();
        assert_eq!(text.text, ":005/l64 /Ke");
        assert_eq!(at, [5, 11]);
    }
}
