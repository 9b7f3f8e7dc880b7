//! Takes a page's text layer and what its pass has shown, and says whether to believe the layer
//! or to read the page's picture. Apart, because it is a judgement with a measure that is
//! stated, tested and to be tuned.
//!
//! # The measure
//!
//! A layer is bad by one of three signs:
//!
//! 1. **Soundness** below 0.65: the share of its words that look like words of a language
//!    written by people: a number, a word without odd capitals inside and with vowels among its
//!    consonants, or letters of a script other than Latin. Unmapped glyphs, runs of signs and
//!    letters between digits are unsound. This finds fonts without meaning or with a wrong one.
//! 2. **Tornness** above 0.5: the share of its words of letters that are a single letter. This
//!    finds letter-spaced text that the gaps between the letters did not close
//!    ([`words`](super::words) closes what it can).
//! 3. **Agreement** below 0.5 (`extract::merge`, once OCR has read the page): the share of the
//!    words of which OCR is sure that the layer has, too. This finds a scanner's own poor OCR,
//!    whose wrong words look like words.
//!
//! A bad layer gives way to OCR, is kept beside it as [`Page::layer`](crate::model::Page) and
//! noted as `bad_text_layer`.
//!
//! Measured on `id_sulut_jdih` and `id_gov_misc`, pages of more than 60 glyphs: 1,223 born
//! digital, lowest 0.929, hundredth 0.971, median 1.0; 138 layers of a scanner's own OCR,
//! lowest 0.852, median 0.990. The measure finds fonts that lost their meaning (0.0 to 0.41 in
//! `pdf_difficult`), not the wrong letters of a scanner, which look like words. Therefore a
//! layer over a page-filling scan is read again however sound it is.

use super::device::Look;
use crate::model::{Line, Word};

/// Share of the page from which pictures make it a scan: a scan laid on paper of another
/// format leaves a margin, a letterhead or a photo in a report leaves most of the page.
const SCAN: f64 = 0.7;
/// Share from which a page with a layer that nobody sees, or with no more typed than a caption,
/// is read as a picture.
const HALF_SCAN: f64 = 0.3;
/// Share of the page under pictures from which what they show is read beside the text: a strip
/// with a letterhead has a tenth, a crest or a code to scan one or two hundredths.
const PICTURED: f64 = 0.03;
/// Most words of a caption with a heading and a footer.
const CAPTION: usize = 20;
/// Soundness below which a layer is garbage: midway between the two populations above.
const SOUND: f32 = 0.65;
/// Tornness above which a layer is garbage, and the words of letters needed to tell: the labels
/// of a chart are single letters, too.
const TORN: f32 = 0.5;
const TORN_JUDGED: f32 = 20.0;
/// Words needed to judge a layer at all.
const JUDGED: usize = 8;
/// Share of a page below which a picture without text is an ornament, not worth reading.
const ORNAMENT: f64 = 0.02;
/// Paths from which a page without text may carry letters drawn as outlines.
const OUTLINES: u32 = 60;

/// What to do with a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The layer says what the page says.
    Layer,
    /// Nothing to read: no text, no picture.
    Blank,
    /// Read the picture; there is no layer, or one nobody typed.
    Scan,
    /// Read the picture: the layer is garbage.
    Garbage,
    /// The layer says what was typed onto a scan; read the scan.
    TypedOnScan,
    /// The layer says what the page says; read what its pictures show beside it.
    Pictured,
}

/// Judges a page from all its lines and the number of words a person can see.
pub(crate) fn judge(look: &Look, lines: &[Line], seen: usize) -> Verdict {
    let words: usize = lines.iter().map(|line| line.words.len()).sum();
    let is_sound = soundness(lines) >= SOUND && tornness(lines) <= TORN;
    let is_scan = match seen {
        // A layer that nobody typed.
        0 => fills(look) || look.covered >= if words == 0 { ORNAMENT } else { HALF_SCAN },
        // A few words in a font without meaning.
        _ => !is_sound && look.covered >= HALF_SCAN,
    };
    if words >= JUDGED && !is_sound {
        Verdict::Garbage
    } else if is_scan || (words == 0 && look.marks >= OUTLINES) {
        Verdict::Scan
    } else if words == 0 {
        Verdict::Blank
    } else if seen > 0 && is_scan_beneath(look, seen) {
        Verdict::TypedOnScan
    } else if seen > 0 && look.covered >= PICTURED {
        Verdict::Pictured
    } else {
        Verdict::Layer
    }
}

/// Tells whether pictures are the document, and what is typed was put on them: they fill the
/// page, or most of it beside a caption, a heading and a footer.
fn is_scan_beneath(look: &Look, seen: usize) -> bool {
    fills(look) || seen <= CAPTION && look.covered >= HALF_SCAN
}

/// Tells whether pictures fill the page as a scan does.
pub(crate) fn fills(look: &Look) -> bool {
    look.covered >= SCAN
}

/// Returns the share of words that look like words, weighted by their length.
pub(crate) fn soundness(lines: &[Line]) -> f32 {
    let (mut good, mut all) = (0.0, 0.0);
    for word in lines.iter().flat_map(|line| &line.words) {
        let weight = word.text.chars().count().min(12) as f32;
        all += weight;
        if is_sound(word) {
            good += weight;
        }
    }
    if all > 0.0 { good / all } else { 0.0 }
}

/// Returns the share of words of Latin letters that are a single letter.
pub(crate) fn tornness(lines: &[Line]) -> f32 {
    let words = lines.iter().flat_map(|line| &line.words);
    let letters = words.filter_map(|word| {
        let mut chars = word.text.chars();
        let first = chars.next().filter(|c| c.is_alphabetic() && is_latin(*c))?;
        Some((first, chars.next()))
    });
    let (single, all) = letters.fold((0.0, 0.0), |(single, all), (_, second)| {
        (single + f32::from(u8::from(second.is_none())), all + 1.0)
    });
    if all >= TORN_JUDGED {
        single / all
    } else {
        0.0
    }
}

fn is_sound(word: &Word) -> bool {
    let core = word
        .text
        .trim_matches(|c: char| c.is_ascii_punctuation() || is_quote(c));
    if core.is_empty() {
        // Dots, dashes and lone signs are the leaders of tables and forms.
        return word
            .text
            .chars()
            .all(|c| c.is_ascii_punctuation() || is_quote(c));
    }
    if core
        .chars()
        .all(|c| c.is_ascii_digit() || ".,/-:()%".contains(c))
    {
        return true;
    }
    if core.chars().any(|c| c.is_alphabetic() && !is_latin(c)) {
        return core.chars().all(|c| c != '\u{FFFD}' && !is_private(c));
    }
    core.split(['/', '-', '.', ',', ':', '(', ')', '&', '@', '_', '\'', ';'])
        .all(is_sound_part)
}

/// Letters as a language has them: one case or a capital first, no long run of consonants.
fn is_sound_part(part: &str) -> bool {
    if part.chars().all(|c| c.is_ascii_digit()) {
        return true;
    }
    if !part.chars().all(|c| c.is_alphabetic() && is_latin(c)) {
        // Digits among letters: `A4`, `2a`, `II1` pass if short.
        return part.chars().all(char::is_alphanumeric) && part.chars().count() <= 3;
    }
    let count = part.chars().count();
    let upper = part.chars().filter(|c| c.is_uppercase()).count();
    let capital_first = part.chars().next().is_some_and(char::is_uppercase);
    let one_case = upper == 0 || upper == count || (upper == 1 && capital_first);
    // Abbreviations have no vowels: `DPRD`, `Rp`, `NIP`, `tgl`.
    let short = count <= 4;
    one_case && (short || longest_consonants(part) <= 4)
}

fn longest_consonants(part: &str) -> usize {
    let is_vowel = |c: char| "aeiouyAEIOUY".contains(c) || !c.is_ascii();
    part.split(is_vowel).map(str::len).max().unwrap_or(0)
}

fn is_latin(c: char) -> bool {
    c < '\u{250}' || ('\u{1E00}'..='\u{1EFF}').contains(&c)
}

/// Fonts without meaning are often mapped to the private use area.
fn is_private(c: char) -> bool {
    ('\u{E000}'..='\u{F8FF}').contains(&c)
}

fn is_quote(c: char) -> bool {
    ('\u{2010}'..='\u{2027}').contains(&c)
        || matches!(c, '\u{2022}' | '\u{AB}' | '\u{BB}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_is_sound_and_what_fonts_lose_is_not() {
        for (text, sound) in [
            (
                "Peraturan Daerah Provinsi Sulawesi Utara Nomor 5 Tahun 2018",
                true,
            ),
            (
                "PEMERINTAH DPRD KAB./KOTA Rp1.000.000,- (lima) pasal 4 ayat (2)",
                true,
            ),
            ("\u{7AE5}\u{7AE5} \u{4F1A} \u{7684}\u{56FD}", true),
            (
                "\u{FFFD}\u{FFFD}\u{FFFD} \u{FFFD}\u{FFFD} \u{FFFD}\u{FFFD}",
                false,
            ),
            ("3HUDWXUDQ 'DHUDK 3URYLQVL 6XODZHVL 8WDUD 1RPRU", false),
            (
                "pERATURAII TGUBERIIUR ST'LAWESI lrT,AaA IIOMOR lO$ qyz*j",
                false,
            ),
        ] {
            let measured = soundness(&[Line::plain(text)]);
            assert_eq!(measured >= SOUND, sound, "{text}: {measured}");
        }
    }

    #[test]
    fn letter_spaced_text_is_torn_and_a_list_is_not() {
        for (text, torn) in [
            ("P e r a t u r a n D a e r a h N o m o r 5", true),
            (
                "PE R AT U R A N D A E R A H N O M OR L I M A T A H U N",
                true,
            ),
            (
                "a. bahwa anak b. bahwa ibu c. bahwa desa d. bahwa kota",
                false,
            ),
            ("v x v v v x v v x v", false),
        ] {
            let measured = tornness(&[Line::plain(text)]);
            assert_eq!(measured > TORN, torn, "{text}: {measured}");
        }
    }
}
