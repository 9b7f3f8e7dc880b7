//! The place that is written on a photo: `Aula Kecamatan Sukamaju`.

use crate::classify::text::stream::Stream;
use crate::lexicon::doctype::ListWords;
use std::ops::Range;

/// Letters of a place; an address stamped by a camera goes over several lines.
const PLACE: usize = 60;

/// Finds the first place: a word for one and a name, both with a capital.
pub(crate) fn find(stream: &Stream, words: &ListWords) -> Option<Range<usize>> {
    let mut starts = stream.word_starts(0..stream.len());
    starts.find_map(|at| {
        let after = stream.word_end(at);
        if !stream.is_capital(at)
            || !stream.is_word(at, &words.places)
            || stream.is_word(after, &words.not_names)
        {
            return None;
        }
        let end = before_figures(stream, at..stream.line_end(at).min(at + PLACE));
        let is_name = stream.is_capital(after) || is_figure(stream, after);
        (after < end && is_name).then_some(at..end)
    })
}

/// Returns where two figures follow each other: a row of a table, `KOTA BANDUNG 21783 20156`.
fn before_figures(stream: &Stream, range: Range<usize>) -> usize {
    let mut starts = stream.word_starts(range.clone());
    let row = starts.find(|&at| {
        let next = stream.word_end(at);
        next < range.end && is_figure(stream, at) && is_figure(stream, next)
    });
    row.unwrap_or(range.end)
}

/// Tells whether a number follows: `SMPN 2`.
fn is_figure(stream: &Stream, at: usize) -> bool {
    let word = stream
        .token(at)
        .map_or("", |token| token.word.text.as_str());
    word.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classify::text::stream::tests::page;
    use crate::lexicon::doctype::DocTypes;

    fn place(text: &str) -> Option<String> {
        let types = DocTypes::builtin().unwrap();
        let page = page(text);
        let stream = Stream::new([&page]);
        find(&stream, &types.grammar().lists).map(|range| stream.text(range))
    }

    #[test]
    fn a_place_is_a_word_for_one_and_a_name() {
        let found = place("Sosialisasi Kota Layak Anak di Aula Kecamatan Sukamaju");
        assert_eq!(found.as_deref(), Some("Aula Kecamatan Sukamaju"));
        let found = place("Rapat Forum Anak\nJl. Merdeka 12\n12 Mei 2024");
        assert_eq!(found.as_deref(), Some("Jl. Merdeka 12"));
        assert_eq!(place("SMPN 2 Contoh").as_deref(), Some("SMPN 2 Contoh"));
        let row = place("KOTA BANDUNG 21783 20156 41939");
        assert_eq!(row.as_deref(), Some("KOTA BANDUNG"));
    }

    #[test]
    fn a_word_for_a_place_alone_is_none() {
        for text in [
            "di aula kantor",
            "Kegiatan di Desa",
            "DESA\nlayak anak",
            "Menuju Kota Layak Anak",
        ] {
            assert_eq!(place(text), None, "{text}");
        }
    }
}
