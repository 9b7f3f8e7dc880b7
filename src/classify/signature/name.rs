//! Tells a name, and the place left for one, from all else that stands below an office: strokes
//! read as letters, inscriptions of seals.

use super::segment::Segment;
use crate::lexicon::doctype::Grammar;

/// Mean confidence from which words are words; a pen's strokes read as letters have less.
const READ: f32 = 0.7;
/// Words of the longest name with its titles, letters of the shortest.
const NAME_WORDS: usize = 10;
const NAME_LETTERS: usize = 4;
/// Parts between dots, and letters of each, from which a word is an address.
const ADDRESS_PARTS: usize = 3;
const LONG_PART: usize = 3;
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

/// Tells whether a word is the address of a page or a mailbox, which names never have: titles
/// between dots are shorter.
fn is_address(word: &str) -> bool {
    let long =
        |part: &&str| part.chars().filter(|c| c.is_alphabetic()).count() >= LONG_PART;
    let is_www = word
        .get(..4)
        .is_some_and(|head| head.eq_ignore_ascii_case("www."));
    is_www || word.contains('@') || word.split('.').filter(long).count() >= ADDRESS_PARTS
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
        && !text.split_whitespace().any(is_address)
        && segment.confidence().0 >= READ
        && !is_of_office(segment, grammar)
        && !segment.has_word(&grammar.signature.grades)
        // The last line of a minister's office.
        && !segment.has_word(std::slice::from_ref(&grammar.nation))
}

/// Tells whether a segment is the rank below a name, with or without strokes read as letters
/// before it: `S PEMBINA UTAMA MUDA`.
pub(super) fn is_rank(segment: &Segment, grammar: &Grammar) -> bool {
    let words = &grammar.signature;
    segment.begins(&words.ranks) || segment.has_word(&words.grades)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_no_name_and_titles_are_no_address() {
        for (word, expected) in [
            ("WWW.CONTOH", true),
            ("DINAS.CONTOH.GO.ID.KAB", true),
            ("surat@contoh", true),
            ("S.H.,M.Si.", false),
            ("Drs.H.ABDUL", false),
            ("S.Sos.,M.Kes.", false),
        ] {
            assert_eq!(is_address(word), expected, "{word}");
        }
    }
}
