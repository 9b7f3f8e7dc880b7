//! The words of a letter's number on its line.

use super::{COLUMN_GAP, Finder};
use crate::classify::read::{calendar, number};

impl Finder<'_, '_> {
    /// Cuts a number's words where another thing begins on the line: place and day, a wide gap.
    pub(super) fn number_only(&self, tokens: &[usize]) -> Vec<usize> {
        let mut kept: Vec<usize> = Vec::new();
        let mut has_digit = false;
        for &token in tokens {
            let text = self.text(token);
            let gap = match (kept.last().and_then(|t| self.rect(*t)), self.rect(token)) {
                (Some(before), Some(here)) => {
                    (here.x0 - before.x1) / here.height().max(1.0)
                }
                _ => 0.0,
            };
            let is_word = text
                .chars()
                .all(|c| c.is_alphabetic() || c == ',' || c == '.');
            let last = kept.last().map_or("", |token| self.text(*token));
            let joins = last.ends_with(['/', '-'])
                || text.starts_with(['/', '-'])
                || number::names_office(last, text) && gap < COLUMN_GAP * 0.5;
            // `005/` `Sukamaju, 3 Mei 2020`: what was left open does not go on there.
            if text.ends_with(',') && self.begins_date(token + 1) {
                break;
            }
            let is_apart = has_digit && gap > COLUMN_GAP && !joins;
            let is_other = has_digit && is_word && text.len() > 1 && !joins;
            if is_apart || is_other || has_digit && self.begins_date(token) && !joins {
                break;
            }
            has_digit |= text.contains(|c: char| c.is_ascii_digit());
            kept.push(token);
        }
        kept
    }

    /// Tells whether a day of the calendar begins here: `16 Desember 2024`.
    fn begins_date(&self, token: usize) -> bool {
        let words = [self.text(token), self.text(token + 1), self.text(token + 2)];
        let text = words.join(" ");
        calendar::first_date(&text, self.grammar).is_some_and(|(_, at, _)| at.start == 0)
    }
}
