//! Step 3, *what kind of document is it?* [`Extraction`] in, [`DocumentFacts`] out.
//!
//! A document is what its first page says it is. The heading is found first
//! (`heading`: kind, `NOMOR`, `TAHUN`, `TENTANG`), and each part is then read where the
//! heading put it, so that the number of a law that is only cited cannot be taken for the
//! document's own. All words are matched through OCR's slips (`fuzzy`) against the closed
//! vocabulary of [`DocTypes`](crate::lexicon::doctype::DocTypes) and [`Regions`](crate::lexicon::region::Regions); no kind is known here by name.
//!
//! # How far it can be trusted
//!
//! On papers of other governments than the one recognition was first built on: 161 of 56
//! governments and offices (`id_local`), each judged by weights fitted on all others
//! (`cargo test --release --test measure_local -- --corpus local`), of what a page states:
//!
//! | fact | right and confident | wrong and confident |
//! |---|---|---|
//! | kind | 146 of 161 | 1 |
//! | number | 78 of 104 | 1 |
//! | number noted as typed | 19 of 20 | 0 |
//! | year | 120 of 136 | 0 |
//! | title | 124 of 152 | 0 |
//! | issuer | 135 of 157 | 2 |
//! | date | 78 of 96 | 0 |
//! | signature | 124 of 153 | 2 |
//!
//! Dates and signatures that stand on pages which were cut from a scan are left out, and issuers
//! and titles that the page does not name. Four labels that are not what the page prints are
//! corrected; with `--as-labelled` numbers are 75 right and 2 wrong, titles 114 and 1: the
//! weights are fitted with whatever labels there are, and one wrong label of a poster makes all
//! posters timid.
//!
//! On 458 texts of `id_reg_titles`, `id_kla_titles`, `id_ocr_heads` and `id_national_text`
//! (`cargo test --release --test measure_classify`), most of which the weights have not seen: kinds
//! 455 right, none wrong; numbers 448, none; years 451, one; issuers 289 of 291, one; titles 429,
//! sixteen (misread words in `id_ocr_heads`); relations 83 of 88, one. Relations are judged
//! against `tests/data/relations.csv`, a list made from this program's first answers and corrected
//! by eye.

mod vocabulary;
mod condition;
mod kind;
mod read;
mod text;
mod assemble;
mod deciding;
mod evidence;
mod issuer;
mod signature;
mod path_hint;

#[cfg(test)]
mod tests;

pub use self::condition::code::may_hold_code;
pub use self::read::named::{Named, named};
pub use deciding::deciding;
pub use evidence::{Evidence, confidence, evidence};
pub use path_hint::apply_path_hint;

pub use self::vocabulary::Vocabulary;
use crate::model::{DocumentFacts, Extraction, Page, Paper, Reading};

/// Recognises a document.
///
/// Never fails: what cannot be read is unsure, with the reason. The same extraction gives the
/// same facts. The file's name is not looked at; see [`apply_path_hint`].
pub fn classify(extraction: &Extraction, vocabulary: &Vocabulary) -> DocumentFacts {
    let mut facts = read(extraction, vocabulary);
    evidence::weigh(&mut facts, extraction, vocabulary.kinds);
    facts
}

/// Recognises a document; its facts bear the confidence of the rules that read them, before
/// all evidence is weighed.
pub fn read(extraction: &Extraction, vocabulary: &Vocabulary) -> DocumentFacts {
    let first = first_pages(extraction);
    let head = text::stream::Stream::new(first);
    let whole = text::stream::Stream::new(&extraction.pages);
    let kind = kind::doctype::recognise(extraction, &head, vocabulary.kinds);
    let behind = kind
        .as_ref()
        .and_then(|kind| kind::papers::behind(extraction, kind, vocabulary.kinds));
    if let Some(behind) = behind {
        return read_behind(extraction, &behind, vocabulary);
    }
    let parts = assemble::Parts {
        extraction,
        vocabulary,
        head: &head,
        whole: &whole,
    };
    let mut facts = parts.facts(kind.as_ref());
    let class = facts
        .kind
        .value()
        .and_then(|kind| vocabulary.kinds.get(kind.id.as_str()))
        .map(|kind| kind.class);
    let signed = signature::read(extraction, vocabulary.kinds.grammar(), class);
    (facts.signature, facts.signatory) = (signed.signature, signed.signatory);
    facts.codes = condition::code::find(extraction, vocabulary.kinds.grammar());
    condition::placeholder::leave_open(
        &mut facts,
        extraction,
        vocabulary.kinds.grammar(),
    );
    if let Reading::Known(title) = &mut facts.title
        && head.is_ocr
    {
        title.value = text::mend::mended(&title.value);
    }
    facts
}

/// Recognises a paper that others lie upon, and says which those are.
fn read_behind(
    extraction: &Extraction,
    behind: &kind::papers::Behind,
    vocabulary: &Vocabulary,
) -> DocumentFacts {
    let mut facts = read(&behind.extraction, vocabulary);
    let pages = &behind.extraction.pages;
    let ends = pages.first().zip(pages.last());
    if let (Some(kind), Some((first, last))) = (facts.kind.value(), ends) {
        let own = Paper {
            kind: kind.clone(),
            from: first.number,
            to: last.number,
        };
        // What lies upon a paper that has papers itself comes first.
        match facts.papers.is_empty() {
            true => facts.papers = vec![behind.upon.clone(), own],
            false => facts.papers.insert(0, behind.upon.clone()),
        }
    }
    // Personal data stands on every page, also on those before.
    facts.personal = condition::personal::find(extraction, vocabulary.kinds.grammar());
    facts
}

/// Returns the first page with text, and the one after it where the first is only a cover.
fn first_pages(extraction: &Extraction) -> impl Iterator<Item = &Page> {
    /// A cover page has fewer words; the shortest first page of a regulation in the corpora
    /// has 60.
    const COVER_WORDS: usize = 40;
    let with_text = || {
        extraction
            .pages
            .iter()
            .filter(|page| !page.lines.is_empty())
    };
    let words: usize = with_text()
        .take(1)
        .flat_map(|page| &page.lines)
        .map(|line| line.words.len())
        .sum();
    with_text().take(if words < COVER_WORDS { 2 } else { 1 })
}
