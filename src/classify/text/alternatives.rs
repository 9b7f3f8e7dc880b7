//! What a doubted reading may be instead: the texts that differ from it in one or two of the
//! letters its reader was not sure of, each taken for its runner-up.

use super::stream::Token;
use crate::model::{LetterDoubt, SecondReading};
use std::ops::Range;

/// Least probability of a runner-up that is looked at.
const LEAST: f32 = 0.02;
/// Doubted letters that are looked at, the likeliest runners-up first. A text with more was
/// guessed, and so would be what is made of it.
const MOST: usize = 8;

/// A letter, and what else it may be at what cost; `None` is no letter at all.
pub(crate) type Letter = (char, Vec<(Option<char>, f32)>);

/// A text with the letters its reader was not sure of.
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

    /// Returns some of what a second reader read, by its bytes.
    pub(crate) fn of_second(second: &SecondReading, bytes: Range<usize>) -> Self {
        let text = second.text.get(bytes.clone()).unwrap_or_default();
        let before = second.text.get(..bytes.start).unwrap_or_default();
        let (skipped, length) = (before.chars().count(), text.chars().count());
        let own = second.doubts.iter().filter_map(|doubt| {
            let at = usize::from(doubt.at).checked_sub(skipped)?;
            Some(LetterDoubt {
                at: u16::try_from(at).ok().filter(|_| at < length)?,
                ..*doubt
            })
        });
        Self {
            doubts: own.collect(),
            text: text.to_owned(),
        }
    }

    /// Returns the text as it was read.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Returns the text, and all that differ from it in one or two of its doubted letters.
    pub(crate) fn texts(&self) -> Vec<String> {
        let doubts = self.likeliest();
        let mut texts = vec![self.text.clone()];
        for (n, first) in doubts.iter().enumerate() {
            texts.push(self.with(&[first]));
            let others = doubts.iter().skip(n + 1);
            texts.extend(others.map(|second| self.with(&[first, second])));
        }
        texts
    }

    /// Returns the letters, without spaces and the label's colon, each with what else it may be and what that costs:
    /// the logarithm of the odds.
    pub(crate) fn letters(&self) -> Vec<Letter> {
        let letters = self.text.chars().enumerate();
        let letters = letters.filter(|(_, c)| !c.is_whitespace() && !":;÷".contains(*c));
        let doubts = |at: usize| {
            let own = self.doubts.iter().filter(move |d| usize::from(d.at) == at);
            own.map(|doubt| (doubt.other, odds(doubt.probability.get())))
        };
        letters.map(|(at, c)| (c, doubts(at).collect())).collect()
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

/// Returns the logarithm of the odds against something, within what a reader can tell.
fn odds(probability: f32) -> f32 {
    let probability = probability.clamp(0.01, 0.5);
    ((1.0 - probability) / probability).ln().clamp(0.2, 3.0)
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
        let second = SecondReading {
            from: 0,
            to: 1,
            text: text.to_owned(),
            confidence: Ratio::new(0.9),
            doubts: doubts.to_vec(),
        };
        Doubted::of_second(&second, 0..text.len())
    }

    #[test]
    fn one_letter_or_two_may_be_others() {
        let text = second("l23/1", &[doubt(0, Some('1')), doubt(3, None)]);
        assert_eq!(text.texts(), ["l23/1", "123/1", "1231", "l231"]);
        let letters = text.letters();
        assert_eq!(letters[1], ('2', Vec::new()));
        assert!(letters[0].1[0].1 < letters[3].1[0].1 + 0.1);
    }

    #[test]
    fn doubts_stay_with_their_words() {
        let mut page = page("NOMOR:005/l64 /Ke");
        let word = &mut page.lines[0].words[0];
        word.doubts = vec![doubt(1, Some('Q')), doubt(10, Some('1'))];
        page.lines[0].words[1].doubts = vec![doubt(2, None)];
        let stream = Stream::new([&page]);
        let text = Doubted::of_pieces(&stream.between(5, stream.len()));
        let at: Vec<u16> = text.doubts.iter().map(|doubt| doubt.at).collect();
        assert_eq!(text.text, ":005/l64 /Ke");
        assert_eq!(at, [5, 11]);
    }
}
