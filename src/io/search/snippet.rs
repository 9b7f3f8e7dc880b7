//! Picks the lines of a page that show why it was found, with the hits marked.

use super::lit::Matcher;
use crate::lexicon::analysis;
use crate::model::Page;
use serde::Serialize;
use std::ops::Range;

/// How much of a page is shown around the hits, in chars: two lines of a terminal.
const WINDOW_CHARS: usize = 160;

/// A piece of a page with its hits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Snippet {
    /// The page, from 1.
    pub page: u32,
    /// The words, white space folded.
    pub text: String,
    /// The hits, in bytes of `text`.
    pub hits: Vec<Range<usize>>,
}

/// A page seen through a query: its text, and which words of it fit which clause.
struct Look {
    page: u32,
    text: String,
    fits: Vec<(Range<usize>, usize)>,
}

/// Returns the snippet of the page that shows most of the query; `None` where no page does.
pub fn snippet(pages: &[Page], matcher: &mut Matcher<'_>) -> Option<Snippet> {
    let looks = pages.iter().map(|page| find_hits(page, matcher));
    // The first page wins among equals, therefore the reversed order for `max_by_key`.
    let best = looks
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .max_by_key(Look::rank)?;
    best.window()
}

fn find_hits(page: &Page, matcher: &mut Matcher<'_>) -> Look {
    let lines: Vec<String> = page.all_lines().map(crate::model::Line::text).collect();
    let text = lines.join(" ");
    let mut fits = Vec::new();
    for token in analysis::tokens(&text) {
        let clause = matcher.fitting(&token.folded);
        fits.extend(clause.map(|clause| (token.range, clause)));
    }
    Look {
        page: page.number,
        text,
        fits,
    }
}

fn distinct(fits: &[(Range<usize>, usize)]) -> usize {
    let mut clauses: Vec<usize> = fits.iter().map(|(_, clause)| *clause).collect();
    clauses.sort_unstable();
    clauses.dedup();
    clauses.len()
}

impl Look {
    fn rank(&self) -> (usize, usize) {
        (distinct(&self.fits), self.fits.len().min(8))
    }

    /// Cuts the window with most of the query out of the page.
    fn window(&self) -> Option<Snippet> {
        let within = |from: usize| {
            let near = self.fits.iter().skip(from);
            let start = self.fits.get(from).map_or(0, |(range, _)| range.start);
            let fits: Vec<_> = near
                .take_while(|(r, _)| r.end <= start + WINDOW_CHARS)
                .cloned()
                .collect();
            fits
        };
        let windows = (0..self.fits.len()).map(|from| (from, within(from)));
        let (_, fits) = windows.max_by_key(|(from, fits)| {
            (distinct(fits), fits.len(), std::cmp::Reverse(*from))
        })?;
        let (first, last) = (&fits.first()?.0, &fits.last()?.0);
        let room = WINDOW_CHARS.saturating_sub(last.end - first.start) / 2;
        let start = self.boundary(first.start.saturating_sub(room));
        let end = self.boundary((last.end + room).min(self.text.len()));
        let text = self.text.get(start..end)?;
        let shown = text.trim();
        let cut = start + (text.len() - text.trim_start().len());
        let hits = fits
            .into_iter()
            .map(|(range, _)| range.start - cut..range.end - cut)
            .filter(|range| range.end <= shown.len())
            .collect();
        Some(Snippet {
            page: self.page,
            text: shown.to_owned(),
            hits,
        })
    }

    /// Moves a place back to the space before it, so that no word is cut.
    fn boundary(&self, at: usize) -> usize {
        if at == 0 || at >= self.text.len() {
            return at.min(self.text.len());
        }
        let before = self.text.char_indices().take_while(|(i, _)| *i <= at);
        before
            .filter(|(_, c)| *c == ' ')
            .last()
            .map_or(0, |(i, _)| i)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::search::SearchQuery;
    use crate::model::Line;

    fn snippet(pages: &[Page], query: &SearchQuery) -> Option<Snippet> {
        super::snippet(pages, &mut Matcher::new(query))
    }

    fn page(number: u32, lines: &[&str]) -> Page {
        let lines = lines.iter().map(|l| Line::plain(l)).collect();
        Page {
            lines,
            ..Page::empty(number, None)
        }
    }

    #[test]
    fn shows_the_page_with_most_of_the_query() {
        let pages = [
            page(1, &["PERATURAN DAERAH", "tentang rokok"]),
            page(
                2,
                &["Setiap orang dilarang merokok", "di Kawasan Tanpa Rokok"],
            ),
        ];
        let query = SearchQuery::parse("\"kawasan tanpa\" rokok").unwrap();
        let snippet = snippet(&pages, &query).unwrap();
        assert_eq!(snippet.page, 2);
        let hits: Vec<&str> = snippet
            .hits
            .iter()
            .map(|r| &snippet.text[r.clone()])
            .collect();
        assert_eq!(hits, ["merokok", "Kawasan", "Tanpa", "Rokok"]);
    }

    #[test]
    fn a_long_page_is_cut_at_words() {
        let filler = "kata ".repeat(100);
        let pages = [page(1, &[&filler, "imunisasi é", &filler])];
        let query = SearchQuery::parse("imunisasi").unwrap();
        let snippet = snippet(&pages, &query).unwrap();
        assert!(snippet.text.len() < 200, "{}", snippet.text.len());
        assert_eq!(&snippet.text[snippet.hits[0].clone()], "imunisasi");
        assert!(
            snippet
                .text
                .split(' ')
                .all(|w| ["kata", "imunisasi", "é"].contains(&w))
        );
    }

    #[test]
    fn no_hit_no_snippet() {
        let query = SearchQuery::parse("rokok").unwrap();
        assert_eq!(snippet(&[page(1, &["anak"])], &query), None);
    }
}
