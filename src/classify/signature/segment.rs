//! Lines of a page → segments: stretches of words without a wide gap, so that two blocks that
//! stand side by side come apart.

use crate::classify::text::fuzzy::Ahead;
use crate::lexicon::doctype::Grammar;
use crate::lexicon::phrase::{Phrase, fold_letter};
use crate::model::{DateRole, Page, Ratio, Rect, Span, Word};

/// A gap so many times as wide as the words are high parts two segments. Between words it is a
/// third; in justified lines rarely more than one.
const GAP: f32 = 1.2;
/// Words before a phrase that may be initials scribbled in front of it.
const SCRIBBLES: usize = 2;
/// Letters of the shortest piece of `Ditetapkan` that is looked at.
const DATED: usize = 4;
/// Confidence below which a word at a line's end may be a scribble.
const SCRIBBLED: f32 = 0.6;

/// Some words of one line.
#[derive(Debug, Clone)]
pub(super) struct Segment<'a> {
    pub(super) page: &'a Page,
    pub(super) words: &'a [Word],
    pub(super) rect: Option<Rect>,
}

/// Returns the segments of a page in the order of its lines.
pub(super) fn segments<'a>(page: &'a Page, grammar: &Grammar) -> Vec<Segment<'a>> {
    let mut found = Vec::new();
    for line in &page.lines {
        let mut from = 0;
        for at in 1..line.words.len() {
            let is_far = match line.words.get(at - 1..=at) {
                Some([left, right]) => is_apart(left, right),
                _ => false,
            };
            let rest = line.words.get(at..).unwrap_or_default();
            if is_far || dated(rest, grammar).is_some() {
                found.extend(segment(page, line.words.get(from..at)));
                from = at;
            }
        }
        found.extend(segment(page, line.words.get(from..)));
    }
    found
}

fn segment<'a>(page: &'a Page, words: Option<&'a [Word]>) -> Option<Segment<'a>> {
    let words = words.filter(|words| !words.is_empty())?;
    let rect = words
        .iter()
        .filter_map(|word| word.rect)
        .reduce(Rect::union);
    Some(Segment { page, words, rect })
}

fn is_apart(left: &Word, right: &Word) -> bool {
    let (Some(left), Some(right)) = (left.rect, right.rect) else {
        return false;
    };
    right.x0 - left.x1 > GAP * left.height().min(right.height())
}

/// Returns what the date is for that these words begin.
fn dated(words: &[Word], grammar: &Grammar) -> Option<DateRole> {
    let first = words.first()?.text.chars().next()?;
    // `ditetapkan di dalam` in running text is no place and no date.
    let is_short = words.first()?.text.chars().count() < DATED;
    if !first.is_uppercase() || is_short {
        return None;
    }
    let letters = letters(words.get(..words.len().min(4)).unwrap_or(words));
    let wanted = [DateRole::Enacted, DateRole::Promulgated];
    let dates = grammar
        .dates
        .iter()
        .filter(|date| wanted.contains(&date.role));
    let ahead = Ahead::new(&letters);
    let hits = dates.filter_map(|date| {
        let hit = ahead.prefix(&letters, date.words.letters())?;
        Some((
            date.role,
            hit.cost / date.words.letters().len().max(1) as f32,
        ))
    });
    hits.min_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(role, _)| role)
}

fn letters(words: &[Word]) -> Vec<u8> {
    let chars = words.iter().flat_map(|word| word.text.chars());
    chars.filter_map(fold_letter).collect()
}

/// Returns how many words are a phrase, letter by letter.
fn whole_words(words: &[Word], phrase: &Phrase) -> Option<usize> {
    let mut rest = phrase.letters();
    for (word, count) in words.iter().zip(1..=4) {
        for letter in word.text.chars().filter_map(fold_letter) {
            match rest.split_first() {
                Some((wanted, more)) if *wanted == letter => rest = more,
                _ => return None,
            }
        }
        if rest.is_empty() {
            return Some(count);
        }
    }
    None
}

impl Segment<'_> {
    /// Returns the words joined by spaces.
    pub(super) fn text(&self) -> String {
        let words: Vec<&str> = self.words.iter().map(|w| w.text.as_str()).collect();
        words.join(" ")
    }

    /// Returns the folded letters.
    pub(super) fn letters(&self) -> Vec<u8> {
        letters(self.words)
    }

    /// Returns what the date is for that begins here.
    pub(super) fn dated(&self, grammar: &Grammar) -> Option<DateRole> {
        dated(self.words, grammar)
    }

    /// Tells whether it begins with one of some phrases.
    pub(super) fn begins(&self, phrases: &[Phrase]) -> bool {
        self.cost(phrases).is_some()
    }

    /// Returns the least cost at which it begins with one of some phrases.
    fn cost(&self, phrases: &[Phrase]) -> Option<f32> {
        let letters = self.letters();
        let ahead = Ahead::new(&letters);
        let hits = phrases
            .iter()
            .filter_map(|phrase| ahead.prefix(&letters, phrase.letters()));
        hits.map(|hit| hit.cost).min_by(f32::total_cmp)
    }

    /// Returns the segment from where it begins best with one of some phrases, with no more
    /// than a scribble before it.
    pub(super) fn after_scribbles(&self, phrases: &[Phrase]) -> Option<Self> {
        let starts = (0..=SCRIBBLES.min(self.words.len().saturating_sub(1)))
            .filter_map(|skip| Some((skip, self.skip(skip).cost(phrases)?)));
        let best = starts.min_by(|a, b| a.1.total_cmp(&b.1))?;
        Some(self.skip(best.0))
    }

    /// Returns the segment without scribbles at its end.
    pub(super) fn trimmed(&self) -> Self {
        let is_word = |word: &Word| {
            let letters = word.text.chars().filter(|c| c.is_alphanumeric()).count();
            letters > 1 && word.confidence.get() >= SCRIBBLED
        };
        let count = self.words.iter().rposition(is_word).map_or(0, |at| at + 1);
        let words = self.words.get(..count).unwrap_or_default();
        let rect = words
            .iter()
            .filter_map(|word| word.rect)
            .reduce(Rect::union);
        Self {
            words,
            rect,
            ..*self
        }
    }

    /// Returns the segment without its first `count` words.
    pub(super) fn skip(&self, count: usize) -> Self {
        let words = self.words.get(count..).unwrap_or_default();
        Self {
            page: self.page,
            words,
            rect: words
                .iter()
                .filter_map(|word| word.rect)
                .reduce(Rect::union),
        }
    }

    /// Returns how many words at its beginning are a phrase, letter by letter.
    pub(super) fn whole_words(&self, phrase: &Phrase) -> Option<usize> {
        whole_words(self.words, phrase)
    }

    /// Tells whether one of its words is one of some phrases, letter by letter.
    pub(super) fn has_word(&self, phrases: &[Phrase]) -> bool {
        (0..self.words.len()).any(|skip| {
            let rest = self.words.get(skip..).unwrap_or_default();
            let mut phrases = phrases.iter();
            phrases.any(|phrase| whole_words(rest, phrase).is_some())
        })
    }

    /// Returns the share of letters that are capitals.
    pub(super) fn capitals(&self) -> f32 {
        let text = self.text();
        let letters = || text.chars().filter(|c| c.is_alphabetic());
        let capitals = letters().filter(|c| c.is_uppercase()).count();
        capitals as f32 / letters().count().max(1) as f32
    }

    /// Tells whether it ends as the line of an office does.
    pub(super) fn ends_with_comma(&self) -> bool {
        let last = self.words.last().map_or("", |word| word.text.as_str());
        last.ends_with([',', ';'])
    }

    /// Returns the mean confidence of its letters, and the least of a word.
    pub(super) fn confidence(&self) -> (f32, f32) {
        let (mut sum, mut count) = (0.0, 0.0);
        let mut least: f32 = 1.0;
        for word in self.words {
            let n = word.text.chars().count() as f32;
            sum += word.confidence.get() * n;
            count += n;
            least = least.min(word.confidence.get());
        }
        (Ratio::new(sum / f32::max(count, 1.0)).get(), least)
    }

    /// Returns its place, for a fact.
    pub(super) fn span(&self) -> Span {
        Span {
            page: self.page.number,
            rect: self.rect,
            quote: self.text(),
        }
    }

    pub(super) fn height(&self) -> f32 {
        self.rect.map_or(0.0, Rect::height)
    }
}
