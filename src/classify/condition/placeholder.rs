//! Tells the places that a template leaves for a program or a person to fill from words:
//! `${judul}`, `{{nama}}`, `<<hal>>`, `«Jabatan»`, `[isi surat]`, `………`. What such a place holds
//! is no title, number or name.

use super::unsent;
use crate::lexicon::doctype::Grammar;
use crate::model::{
    DocumentFacts, Extraction, Fact, Line, Ratio, Reading, RuleId, Span, TextOrigin,
    Unsure,
};
use regex::Regex;
use std::sync::LazyLock;

/// Nothing but a template has a mark that a program replaces.
const MARKED: f32 = 0.9;

/// Marks that nothing but a program replaces.
const MARKS: [&str; 6] = [
    r"\$\{[^{}]{1,60}\}",
    r"\{\{[^{}]{1,60}\}\}",
    r"\{[ ]?[a-z][a-z0-9_ ]{1,40}\}",
    r"<<[ ]?[A-Za-z][A-Za-z0-9_ ]{0,60}>>",
    r"«[ ]?[A-Za-z][A-Za-z0-9_]{0,60}[ ]?»",
    r"\[[ ]?[A-Za-z][A-Za-z0-9.]*_[A-Za-z0-9_. ]{1,60}\]",
];
/// Words in brackets, set small as names of fields are: `[isi surat]`, but not `[SALINAN]`.
const HINT: &str = r"\[[ ]?[a-z][a-z0-9_ ./-]{2,60}\]";

/// Places that a program fills.
static MARK: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&MARKS.join("|")).ok());

/// Places that a program or a person fills.
static FIELD: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&format!("{}|{HINT}", MARKS.join("|"))).ok());

/// Dots or a line for a person to write on, with words on either side.
static DOTTED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\w.*(?:[.…·]{4,}|…{2,}|_{3,}).*\w").ok());

/// Tells whether some words hold a mark that only a program replaces.
fn has_mark(text: &str) -> bool {
    MARK.as_ref().is_some_and(|form| form.is_match(text))
}

/// Tells whether some words hold a place to be filled that is named.
fn has_field(text: &str) -> bool {
    FIELD.as_ref().is_some_and(|form| form.is_match(text))
}

/// Tells whether some words are still to be completed.
fn is_open(text: &str) -> bool {
    has_field(text) || DOTTED.as_ref().is_some_and(|form| form.is_match(text))
}

/// Takes back what was read of such a place, and says that the document is a draft where a
/// program's marks stand in its own text.
pub(crate) fn leave_open(
    facts: &mut DocumentFacts,
    extraction: &Extraction,
    grammar: &Grammar,
) {
    blank(&mut facts.title, |title| is_open(title));
    blank(&mut facts.number, |number| has_field(number));
    blank(&mut facts.signatory, |signatory| is_open(&signatory.name));
    if let Some(unsent) = unsent::find(extraction, grammar) {
        facts.draft = Some(unsent);
        // A number is read without the signs around it, which make `${nomor_naskah}` a field.
        if let Reading::Unsure(Unsure::Illegible { candidate }) = &facts.number
            && unsent::is_variable(candidate, &grammar.unsent)
        {
            facts.number = Reading::Unsure(Unsure::Blank);
        }
        return;
    }
    let known = facts
        .draft
        .as_ref()
        .map_or(0.0, |draft| draft.confidence.get());
    if known < MARKED
        && let Some(marked) = marked_line(extraction)
    {
        facts.draft = Some(marked);
    }
}

/// Makes a reading blank whose value, or the words it was read from, are of an open place.
fn blank<T>(reading: &mut Reading<T>, is_open: impl Fn(&T) -> bool) {
    let open = match reading {
        Reading::Known(fact) => {
            let quote = fact.span.as_ref().map(|span| span.quote.as_str());
            is_open(&fact.value) || quote.is_some_and(has_field)
        }
        Reading::Unsure(Unsure::Illegible { candidate }) => has_field(candidate),
        Reading::Unsure(_) => false,
    };
    if open {
        *reading = Reading::Unsure(Unsure::Blank);
    }
}

/// Returns the first line with a program's mark. Braces that OCR sees are strokes of tables.
fn marked_line(extraction: &Extraction) -> Option<Fact<bool>> {
    let pages = extraction.pages.iter();
    let own = pages.filter(|page| page.origin == TextOrigin::Layer);
    let mut lines = own.flat_map(|page| page.lines.iter().map(move |line| (page, line)));
    let (page, line) = lines.find(|(_, line)| has_mark(&line.text()))?;
    Some(Fact {
        value: true,
        confidence: Ratio::new(MARKED),
        span: Some(Span {
            page: page.number,
            rect: Line::rect(line),
            quote: line.text(),
        }),
        rule: RuleId::from("draft.placeholder"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_templates_are_no_words() {
        for text in [
            "${judul}",
            "Laporan {{ nama kegiatan }} 2024",
            "<<NAMA>>",
            "«Jabatan»",
            "[judul_surat]",
            "[isi ringkasan surat]",
            "{nama_lengkap}",
            "Nomor : ${nomor_naskah}",
        ] {
            assert!(has_field(text), "{text}");
        }
        assert!(
            !has_mark("Nasopharyngitis [common cold]"),
            "a remark in a table"
        );
        assert!(has_mark("PEMERINTAH [sebutan_kabupaten]"));
        for text in [
            "[SALINAN]",
            "Pembentukan Tim (P2TP2A) {DP3A}",
            "a < b dan c > d",
            "Anak [1] dan Remaja [2]",
            "$ 100",
        ] {
            assert!(!is_open(text), "{text}");
        }
    }

    #[test]
    fn dots_between_words_wait_for_a_pen() {
        assert!(is_open("Pembentukan Tim ……… Tahun 2024"));
        assert!(is_open("Rapat ........ di ____ ini"));
        assert!(!is_open("Perihal : Undangan ............"), "a leader");
        assert!(!is_open("Dr. H. S. Amin dan lain-lain ..."));
    }
}
