//! How sure is sure: every figure a confidence is made from, and what takes from it. They are
//! set so that the reliability table of `cargo test --test measure_classify` holds.

use crate::classify::text::stream::Stream;
use crate::model::{Ratio, Reading};
use std::ops::Range;

/// A clean reading in its right place.
pub(super) const CLEAN: f32 = 0.96;
/// The same, confirmed by a second place.
pub(super) const CONFIRMED: f32 = 0.99;
/// A heading that lacks number or title, as agreements and older laws do.
pub(super) const PLAUSIBLE: f32 = 0.88;
/// A day that a sentence tells: it may speak of another activity. A judgement, like the next.
pub(super) const TOLD: f32 = 0.85;
/// A line in capitals near the top that names a record or plan. No corpus has enough of them:
/// this figure is a judgement, not a measurement.
pub(super) const WORDS_ONLY: f32 = 0.82;
/// Below [`Ratio::CONFIDENT`]: a person should look.
pub(super) const DOUBTFUL: f32 = 0.7;
/// A reading that another place contradicts.
pub(super) const CONTRADICTED: f32 = 0.5;
/// A title: its last line may belong to another part.
pub(super) const TITLE: f32 = 0.92;
/// The title of a record that the year it is for closes.
pub(super) const YEAR_ENDS: f32 = 0.85;
/// The words of its kind as the title of a record that says no more: `SURAT TUGAS`.
pub(super) const BARE_TITLE: f32 = 0.8;
/// The title of an agreement or proceedings without `TENTANG`: the lines of its heading.
pub(super) const UNNAMED: f32 = 0.65;
/// The same where it may be a part of the title only: a government stands within, as in the head
/// of a form, words stand right above, a sentence below tells the years.
pub(super) const PART_OF_TITLE: f32 = 0.6;
/// A letter whose matter names its kind.
pub(super) const BY_SUBJECT: f32 = 0.95;
/// The number of a letter: nothing else in it says it again.
pub(super) const LETTER_NUMBER: f32 = 0.9;
/// A letter whose text asks someone to come.
pub(super) const BY_TEXT: f32 = 0.85;
/// A letter by its head alone.
pub(super) const BY_HEAD: f32 = 0.9;
/// A picture that is no page, and what a margin over the next kind adds.
pub(super) const PICTURE: f32 = 0.6;
pub(super) const PICTURE_MARGIN: f32 = 0.35;
/// A blank number for a draft.
pub(super) const BLANK_DRAFT: f32 = 0.6;
/// What a heading takes from its number that is only the best there was.
pub(super) const NOT_GOOD: f32 = 0.3;
/// The same, if words of the body come before it.
pub(super) const OUT_OF_ORDER: f32 = 0.25;
/// How much of a repair's cost is lost as confidence.
pub(super) const REPAIR_WEIGHT: f32 = 0.8;
/// OCR is sure of a word from here on; each hundredth below costs [`WORD_WEIGHT`] of them.
const SURE_WORD: f32 = 0.93;
const WORD_WEIGHT: f32 = 1.6;
/// What one garbled word in the title takes: in `id_ocr_heads` a year beside `STUiVTilVG` was
/// wrong, and looked right.
pub(super) const GARBLED: f32 = 0.18;
/// A cost by letter of the words around a value, times this, is lost as confidence.
pub(super) const FRAME_WEIGHT: f32 = 1.2;

/// Returns what the OCR's own doubt about some words takes away.
pub(super) fn word_doubt(stream: &Stream, range: Range<usize>) -> f32 {
    doubt(stream.confidence(range))
}

/// Returns what OCR's confidence in a word takes away.
pub(in crate::classify) fn doubt(confidence: f32) -> f32 {
    ((SURE_WORD - confidence) * WORD_WEIGHT).max(0.0)
}

/// Adds to a confidence, up to what two places can confirm.
pub(super) fn raise<T>(reading: &mut Reading<T>, by: f32) {
    if let Reading::Known(fact) = reading {
        let raised = (fact.confidence.get() + by).min(CONFIRMED);
        fact.confidence = Ratio::new(raised.max(fact.confidence.get()));
    }
}

/// Lowers a confidence that is above `most` to it.
pub(super) fn cap<T>(reading: &mut Reading<T>, most: f32) {
    if let Reading::Known(fact) = reading {
        fact.confidence = Ratio::new(fact.confidence.get().min(most));
    }
}

/// Returns the share of words that no printer sets: small letters among capitals, marks and
/// figures within.
pub(in crate::classify) fn garbage(text: &str) -> f32 {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_garbage = |word: &&&str| {
        let inner = word.trim_matches(|c: char| !c.is_alphanumeric());
        let is_odd = inner.chars().any(|c| "^<>{}[]~*=_|\\§¢$".contains(c));
        let capitals = inner.chars().filter(|c| c.is_uppercase()).count();
        let is_set_in_capitals = capitals * 5 >= inner.chars().count() * 2;
        let mut pairs = inner.chars().zip(inner.chars().skip(1));
        let flips = pairs.any(|(a, b)| a.is_lowercase() && b.is_uppercase());
        is_odd || is_set_in_capitals && flips
    };
    words.iter().filter(is_garbage).count() as f32 / words.len().max(1) as f32
}
