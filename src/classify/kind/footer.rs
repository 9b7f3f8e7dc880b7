//! Tells the lines that a program prints under an electronic signature, on every page, from those
//! of the document: a title that goes to the end of its page must not take them in.

use crate::classify::text::stream::Stream;
use crate::lexicon::doctype::Grammar;

/// Words at the head of a line among which a footer says so: `- Dokumen ini telah …`.
const WORDS: usize = 8;

/// Tells whether a line of such a footer begins here.
pub(crate) fn begins_footer(stream: &Stream, at: usize, grammar: &Grammar) -> bool {
    let words = &grammar.signature;
    let is_first = || stream.quick_at(at, &words.footers).is_some();
    let mut starts = stream.word_starts(at..stream.line_end(at)).take(WORDS);
    stream.begins_line(at)
        && (is_first()
            || starts.any(|at| stream.quick_at(at, &words.electronic).is_some()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classify::text::stream::tests::page;
    use crate::lexicon::doctype::DocTypes;

    #[test]
    fn footers_begin_as_programs_print_them() {
        let kinds = DocTypes::builtin().unwrap();
        for (line, expected) in [
            (
                "Dokumen ini telah ditandatangani secara elektronik menggunakan",
                true,
            ),
            (
                "- Dokumen ini telah ditandatangani secara elektronik yang diterbitkan oleh BSrE",
                true,
            ),
            ("UU ITE No. 11 Tahun 2008 Pasal 5 Ayat 1", true),
            (
                "\"Informasi Elektronik dan/atau Dokumen Elektronik dan/atau hasil cetaknya",
                true,
            ),
            (
                "menggunakan sertifikasi elektronik yang diterbitkan oleh Balai Sertifikasi",
                true,
            ),
            ("PENERAPAN TANDA TANGAN ELEKTRONIK", false),
            ("Informasi Publik yang Dikecualikan", false),
            ("KABUPATEN LAYAK ANAK", false),
        ] {
            let page = page(line);
            let stream = Stream::new([&page]);
            assert_eq!(
                begins_footer(&stream, 0, kinds.grammar()),
                expected,
                "{line}"
            );
        }
    }
}
