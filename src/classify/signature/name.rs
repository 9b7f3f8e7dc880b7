//! Tells a name, and the place left for one, from all else that stands below an office: strokes
//! read as letters, inscriptions of seals.

use super::segment::Segment;
use crate::framework::doctype::Grammar;

/// Mean confidence from which words are words; a pen's strokes read as letters have less.
const READ: f32 = 0.7;
/// Words of the longest name with its titles, letters of the shortest.
const NAME_WORDS: usize = 10;
const NAME_LETTERS: usize = 4;
/// Dots of the shortest place for a name.
const BLANK_DOTS: usize = 4;

/// Tells whether a segment is dots or a line for a name to be written on.
pub(super) fn is_blank(segment: &Segment) -> bool {
    let text = segment.text();
    let dots = text.chars().filter(|c| ".…_-".contains(*c)).count();
    dots >= BLANK_DOTS && text.chars().all(|c| ".…_-() ".contains(c))
}

/// Tells whether a segment is a line of an office, of a seal or of a letterhead: it begins with
/// the word for an office or a government, or has one for a part of either, or `dan`.
fn is_of_office(segment: &Segment, grammar: &Grammar) -> bool {
    let levels = [&grammar.levels, &grammar.letterheads, &grammar.roles];
    let levels = levels.into_iter().flatten().map(|level| &level.words);
    let letters = [&grammar.letter.addressee, &grammar.letter.subject];
    let mut first = levels
        .chain(&grammar.signature.offices)
        .chain(letters.into_iter().flatten());
    first.any(|phrase| segment.whole_words(phrase).is_some())
        || segment.has_word(&grammar.units)
        || segment.has_word(&grammar.relation.and)
}

/// Tells whether a segment may be a name.
pub(super) fn is_name(segment: &Segment, grammar: &Grammar) -> bool {
    let text = segment.text();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let vowels = text.chars().filter(|c| "aeiouAEIOU".contains(*c)).count();
    // `dr.` and other titles are set small.
    let capital = |word: &&str| {
        let mut letters = word.chars().filter(|c| c.is_alphabetic());
        letters.next().is_none_or(char::is_uppercase) || word.contains('.')
    };
    letters >= NAME_LETTERS
        && digits == 0
        && vowels > 0
        && !text.contains(':')
        && segment.words.len() <= NAME_WORDS
        && text.split_whitespace().all(|word| capital(&word))
        && segment.confidence().0 >= READ
        && !is_of_office(segment, grammar)
}
