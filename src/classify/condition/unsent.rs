//! Variables that a correspondence program (SRIKANDI) replaces when it sends a text:
//! `${nomor_naskah}`, `${ttd_pengirim1}`. Found in a document they say that it was never sent.
//! Apart from other places to fill, because they are known by name, so that they can be told in a
//! scan, and because it is known what to do about them.

use crate::lexicon::doctype::Grammar;
use crate::model::{Extraction, Fact, Line, Ratio, RuleId, Span, TextOrigin};

/// Nothing but an unsent text has such a variable.
const TYPED: f32 = 0.97;
/// The same where OCR read it, and a stroke of a table may be a brace.
const SCANNED: f32 = 0.9;
/// Chars between the braces.
const LONGEST: usize = 40;

/// Returns the first line with a variable.
pub(super) fn find(extraction: &Extraction, grammar: &Grammar) -> Option<Fact<bool>> {
    let pages = extraction.pages.iter();
    let mut lines =
        pages.flat_map(|page| page.lines.iter().map(move |line| (page, line)));
    lines.find_map(|(page, line)| {
        let is_typed = page.origin == TextOrigin::Layer;
        let text = line.text();
        let is_found = is_marked(&text)
            && match is_typed {
                true => typed(&text, &grammar.unsent),
                false => scanned(&text, &grammar.unsent),
            };
        is_found.then(|| Fact {
            value: true,
            confidence: Ratio::new(if is_typed { TYPED } else { SCANNED }),
            span: Some(Span {
                page: page.number,
                rect: Line::rect(line),
                quote: text,
            }),
            rule: RuleId::from("draft.unsent"),
        })
    })
}

/// Tells whether a text has what such a variable is written with.
fn is_marked(text: &str) -> bool {
    text.contains(['{', '}', '$'])
}

/// Tells whether a variable stands in a text as the program wrote it.
fn typed(text: &str, names: &[String]) -> bool {
    after(text, "${").any(|rest| {
        let inside = rest.split_once('}').map(|(inside, _)| inside.trim());
        inside.is_some_and(|inside| is_variable(inside, names))
    })
}

/// Tells whether a text is the name of such a variable.
pub(super) fn is_variable(text: &str, names: &[String]) -> bool {
    let name = without_figures(text);
    names.iter().any(|known| known == name)
}

/// Tells whether a variable stands in a text that OCR read. A name of two words keeps one of `$`
/// and the braces at its side; a plain word needs all of them.
fn scanned(text: &str, names: &[String]) -> bool {
    let opened = after(text, "{").any(|rest| {
        let inside = rest.split(['}', ')', ']']).next().unwrap_or_default();
        names
            .iter()
            .any(|name| name.contains('_') && is_name(inside, name))
    });
    let priced = after(text, "$").any(|rest| {
        let inside =
            rest.trim_start_matches([' ', '(', '[', '{', 'l', 'I', '1', '|', 'f', 't']);
        let inside = inside
            .split(['}', ')', ']', ' '])
            .next()
            .unwrap_or_default();
        names
            .iter()
            .any(|name| name.contains('_') && is_name(inside, name))
    });
    opened || priced || typed(text, names)
}

/// Tells whether OCR may have read a name of several words so: `nomor naskah`, `NOMOR_NASKAH1`.
/// An underscore may be lost, nothing else.
fn is_name(read: &str, name: &str) -> bool {
    let letters = |text: &str| -> String {
        let chars = text.chars().filter(|c| !matches!(c, '_' | ' ' | '-' | '.'));
        chars.flat_map(char::to_lowercase).collect()
    };
    read.chars().count() <= LONGEST && without_figures(&letters(read)) == letters(name)
}

/// Returns a name without the figures at its end, which count the signatories.
fn without_figures(name: &str) -> &str {
    name.trim_end_matches(|c: char| c.is_ascii_digit())
}

/// Returns what follows each mark in a text.
fn after<'t>(text: &'t str, mark: &'t str) -> impl Iterator<Item = &'t str> {
    let places = text.match_indices(mark);
    places.filter_map(move |(at, _)| text.get(at + mark.len()..))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::doctype::DocTypes;
    use crate::model::{MediaType, Page};

    fn found(text: &str, origin: TextOrigin) -> Option<Fact<bool>> {
        let kinds = DocTypes::builtin().unwrap();
        let mut extraction = Extraction::without_pages(MediaType::Pdf);
        let mut page = Page::empty(3, None);
        page.origin = origin;
        page.lines = vec![Line::plain("SURAT UNDANGAN"), Line::plain(text)];
        extraction.pages = vec![page];
        find(&extraction, kinds.grammar())
    }

    #[test]
    fn a_variable_in_typed_text_is_an_unsent_draft() {
        for text in [
            "Nomor : ${nomor_naskah}",
            "${tanggal_naskah}",
            "${ttd_pengirim1}",
            "Sifat : ${sifat}",
            "Hal : ${hal}",
            "Kota, ${ tanggal_naskah }",
        ] {
            let draft = found(text, TextOrigin::Layer).unwrap();
            assert_eq!(draft.rule.as_str(), "draft.unsent", "{text}");
            assert!(draft.confidence.is_confident());
            let span = draft.span.unwrap();
            assert_eq!((span.page, span.quote.as_str()), (3, text));
        }
        for text in [
            "Nomor : ${nomor_polisi}",
            "Nomor : {nomor_naskah}",
            "nomor_naskah",
            "US$ 100 {sifat}",
            "harga ${100}",
        ] {
            assert_eq!(found(text, TextOrigin::Layer), None, "{text}");
        }
    }

    #[test]
    fn a_variable_in_a_scan_is_one_with_a_brace_lost() {
        for text in [
            "Nomor : ${nomor_naskah}",
            "Nomor : S{nomor_naskah)",
            "Nomor : $(nomor_naskah}",
            "{ttd pengirim1}",
            "$ {nama_pengirim}",
            "$fnip_pengirim}",
            "Hal : ${hal}",
        ] {
            assert!(found(text, TextOrigin::Ocr).is_some(), "{text}");
        }
        for text in [
            "Hal : {hal}",
            "Sifat : $(sifat)",
            "nomor naskah",
            "(nomor naskah)",
            "Nama Pengirim : Budi",
            "|nama pengirim} { Hal",
            "US$ 5 nama pengirim",
        ] {
            assert_eq!(found(text, TextOrigin::Ocr), None, "{text}");
        }
    }
}
