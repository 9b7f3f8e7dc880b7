//! The hits of words in a document, over all its pages.

use crate::app::evidence::search::strip::box_of;
use crate::app::evidence::show::Shown;
use crate::io::search::{Matcher, SearchQuery};
use crate::model::{LinePart, Rect};

/// A hit in a document.
pub(super) struct DocumentHit {
    /// The page, from 1.
    pub(super) page: u32,
    /// The words on it.
    pub(super) part: LinePart,
    /// Their box, where they have one.
    pub(super) rect: Option<Rect>,
}

/// Returns the hits, page by page; where the words stand nowhere, those of like spelling, as the
/// search does. Words that may not be read are none.
pub(super) fn of_document(shown: &Shown, words: &str, reveals: bool) -> Vec<DocumentHit> {
    // A query that only says what must not be there lights nothing.
    let Ok(query) = SearchQuery::parse(words) else {
        return Vec::new();
    };
    if query.clauses.is_empty() {
        return Vec::new();
    }
    let found = of_query(shown, &query, reveals);
    match found.is_empty() {
        true => of_query(shown, &query.in_like_spelling(), reveals),
        false => found,
    }
}

fn of_query(shown: &Shown, query: &SearchQuery, reveals: bool) -> Vec<DocumentHit> {
    let mut matcher = Matcher::new(query);
    let mut found = Vec::new();
    for page in &shown.pages {
        let Some(page) = shown.readable(page.number, reveals) else {
            continue;
        };
        let hits = matcher.hits(&page).into_iter();
        found.extend(hits.map(|part| DocumentHit {
            page: page.number,
            rect: box_of(&page, &part),
            part,
        }));
    }
    found
}
