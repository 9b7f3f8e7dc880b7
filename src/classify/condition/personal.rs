//! Marks personal data: numbers of persons and families by their form, children that were
//! harmed by the words around their names. The data itself never leaves this module.

use crate::lexicon::doctype::Grammar;
use crate::lexicon::phrase::{Phrase, fold_letter};
use crate::model::{
    Extraction, Line, Page, PersonalKind, PersonalMark, Ratio, Rect, RuleId,
};

/// Digits of a `NIK` and of a family's number (Permendagri 109/2019).
const DIGITS: usize = 16;
/// A number with the form of a `NIK`, and the word before it.
const LABELLED: f32 = 0.97;
/// The same without the word: one in two hundred random numbers has the form, so that long
/// account numbers are seldom taken for one.
const BY_FORM: f32 = 0.85;
/// A number behind the word that lacks the form: a slip of the typist or of OCR.
const BY_WORD: f32 = 0.8;
/// A name on a page that speaks of children harmed. A judgement, not a measurement.
const NAMED_CHILD: f32 = 0.7;

/// Finds personal data, in order of page.
pub(crate) fn find(extraction: &Extraction, grammar: &Grammar) -> Vec<PersonalMark> {
    let mut marks = Vec::new();
    for page in &extraction.pages {
        let label = page.lines.iter().map(|line| Labelled::new(line, grammar));
        let labels: Vec<Labelled> = label.collect();
        for (n, line) in page.lines.iter().enumerate() {
            let above = n.checked_sub(1).and_then(|n| labels.get(n)).copied();
            let here = labels.get(n).copied().unwrap_or_default();
            marks.extend(numbers(page, line, here, above.unwrap_or_default()));
        }
        marks.extend(children(page, grammar));
    }
    marks
}

/// Which labels a line holds.
#[derive(Debug, Clone, Copy, Default)]
struct Labelled {
    nik: bool,
    kk: bool,
}

impl Labelled {
    fn new(line: &Line, grammar: &Grammar) -> Self {
        let holds = |phrases: &[Phrase]| {
            let words = words_of(line);
            phrases.iter().any(|phrase| has_phrase(&words, phrase))
        };
        Self {
            nik: holds(&grammar.personal.nik),
            kk: holds(&grammar.personal.kk),
        }
    }
}

/// Returns the words of a line as folded letters.
fn words_of(line: &Line) -> Vec<Vec<u8>> {
    let words = line
        .words
        .iter()
        .flat_map(|word| word.text.split([':', '/', '.', ',']));
    words
        .map(|word| word.chars().filter_map(fold_letter).collect())
        .filter(|word: &Vec<u8>| !word.is_empty())
        .collect()
}

/// Tells whether whole words say a phrase.
fn has_phrase(words: &[Vec<u8>], phrase: &Phrase) -> bool {
    (0..words.len()).any(|start| {
        let mut rest = phrase.letters();
        for word in words.iter().skip(start) {
            match rest.strip_prefix(word.as_slice()) {
                Some([]) => return true,
                Some(more) => rest = more,
                None => return false,
            }
        }
        false
    })
}

/// Finds runs of sixteen digits on a line, also in groups parted by blanks or points.
fn numbers(
    page: &Page,
    line: &Line,
    here: Labelled,
    above: Labelled,
) -> Vec<PersonalMark> {
    let mut marks = Vec::new();
    let mut run = String::new();
    let mut rect: Option<Rect> = None;
    let words = line.words.iter().map(Some).chain([None]);
    for word in words {
        let text = word.map(|word| word.text.as_str()).unwrap_or_default();
        let inner = text.trim_matches(|c: char| !c.is_alphanumeric());
        let is_group = !inner.is_empty()
            && inner
                .chars()
                .all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '\''));
        if is_group && run.len() < DIGITS {
            run.extend(inner.chars().filter(char::is_ascii_digit));
            let more = word.and_then(|word| word.rect);
            rect = match (rect, more) {
                (Some(rect), Some(more)) => Some(rect.union(more)),
                (rect, more) => rect.or(more),
            };
            if run.len() < DIGITS {
                continue;
            }
        }
        if run.len() == DIGITS
            && let Some((kind, confidence, rule)) = judge(&run, here, above)
        {
            marks.push(PersonalMark {
                kind,
                page: page.number,
                rect,
                confidence: Ratio::new(confidence),
                rule: RuleId::from(rule),
            });
        }
        run.clear();
        rect = None;
    }
    marks
}

/// Says what sixteen digits are, if anything.
fn judge(
    digits: &str,
    here: Labelled,
    above: Labelled,
) -> Option<(PersonalKind, f32, &'static str)> {
    let is_formed = has_form(digits);
    let kk = here.kk || (above.kk && !here.nik);
    let nik = here.nik || above.nik;
    match (nik, kk, is_formed) {
        (_, true, _) if !here.nik => {
            let confidence = if is_formed { LABELLED } else { BY_WORD };
            Some((PersonalKind::Kk, confidence, "personal.kk"))
        }
        (true, _, true) => Some((PersonalKind::Nik, LABELLED, "personal.nik")),
        (true, _, false) => Some((PersonalKind::Nik, BY_WORD, "personal.nik")),
        (false, _, true) => Some((PersonalKind::Nik, BY_FORM, "personal.form")),
        (false, _, false) => None,
    }
}

/// Tells whether sixteen digits have the form of a `NIK`: a province (11 to 97), a regency and
/// a district, a day of birth (with 40 added for women), month and year, and a count from 1.
fn has_form(digits: &str) -> bool {
    let part =
        |from: usize, to: usize| -> Option<u32> { digits.get(from..to)?.parse().ok() };
    let within = |value: Option<u32>, from: u32, to: u32| {
        value.is_some_and(|value| (from..=to).contains(&value))
    };
    within(part(0, 2), 11, 97)
        && within(part(2, 4), 1, 79)
        && within(part(4, 6), 1, 99)
        && (within(part(6, 8), 1, 31) || within(part(6, 8), 41, 71))
        && within(part(8, 10), 1, 12)
        && within(part(12, 16), 1, 9999)
}

/// Marks the names on a page that speaks of children harmed or before the law.
fn children(page: &Page, grammar: &Grammar) -> Vec<PersonalMark> {
    let words = &grammar.personal;
    let speaks = |line: &Line| {
        let letters = words_of(line);
        words
            .harmed
            .iter()
            .any(|phrase| has_phrase(&letters, phrase))
    };
    if !page.lines.iter().any(speaks) {
        return Vec::new();
    }
    let named = page
        .lines
        .iter()
        .filter(|line| is_named(line, &words.names));
    let marks = named.map(|line| PersonalMark {
        kind: PersonalKind::Child,
        page: page.number,
        rect: line.rect(),
        confidence: Ratio::new(NAMED_CHILD),
        rule: RuleId::from("personal.child"),
    });
    marks.collect()
}

/// Tells whether a line is `Nama korban : …` with something behind the colon.
fn is_named(line: &Line, labels: &[Phrase]) -> bool {
    let text = line.text();
    let Some((label, name)) = text.split_once(':') else {
        return false;
    };
    // `1.` and `a.` may stand before the label.
    let label = label.trim_start_matches(|c: char| !c.is_alphabetic());
    let label = match label.split_once(['.', ')']) {
        Some((mark, rest)) if mark.len() <= 2 => rest,
        _ => label,
    };
    let letters: Vec<u8> = label.chars().filter_map(fold_letter).collect();
    let is_label = labels.iter().any(|phrase| phrase.letters() == letters);
    is_label && name.chars().filter(|c| c.is_alphabetic()).count() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classify::text::stream::tests::page;
    use crate::lexicon::doctype::DocTypes;
    use crate::model::MediaType;

    fn marks(text: &str) -> Vec<PersonalKind> {
        let types = DocTypes::builtin().unwrap();
        let extraction = Extraction {
            page_count: 1,
            pages: vec![page(text)],
            ..Extraction::without_pages(MediaType::Pdf)
        };
        let marks = find(&extraction, types.grammar());
        marks.iter().map(|mark| mark.kind).collect()
    }

    #[test]
    fn numbers_of_persons_and_families_are_marked() {
        for text in [
            "NIK : 3402014107150003",
            "Nomor Induk Kependudukan 34 0201 410715 0003",
            "peserta 3402.0141.0715.0003 hadir",
            "NIK\n3402019907150003",
        ] {
            assert_eq!(marks(text), [PersonalKind::Nik], "{text}");
        }
        assert_eq!(marks("No. KK: 3402011502100007"), [PersonalKind::Kk]);
    }

    #[test]
    fn other_numbers_are_not() {
        for text in [
            "Rekening 9902019907150003",
            "188.45/123/KEP/2022",
            "Rp 3.402.014.107.150.003,00 x",
            "34020141071500031 17 angka",
            "NIP 19650101 199003 1 002",
            "NIP. 196501011990031002",
        ] {
            assert_eq!(marks(text), [], "{text}");
        }
    }

    #[test]
    fn names_are_marked_where_children_were_harmed() {
        let text = "Data korban kekerasan\n1. Nama korban : Bunga\nUmur : 12";
        assert_eq!(marks(text), [PersonalKind::Child]);
        assert_eq!(marks("Nama : Siti Aminah\nJabatan : Ketua Forum Anak"), []);
        assert_eq!(marks("Data korban kekerasan\nNama : ......"), []);
    }
}
