//! A document as it is looked at: which page, which hit, what is covered.

use super::hits::{DocumentHit, of_document};
use crate::app::evidence::show::Shown;
use crate::web::pages::parts;
use serde::Deserialize;

/// Which page, and what on it.
#[derive(Deserialize, Default, Clone)]
pub(in crate::web::pages) struct At {
    /// The page, from 1.
    #[serde(default, deserialize_with = "parts::number")]
    pub(super) page: Option<u32>,
    /// Words to light.
    #[serde(default)]
    pub(super) words: String,
    /// The hit to go to, from 1.
    #[serde(default, deserialize_with = "parts::number")]
    pub(super) hit: Option<u32>,
    /// The place of a fact to light.
    #[serde(default, deserialize_with = "parts::number")]
    pub(super) fact: Option<u32>,
    /// How large the picture is, in percent.
    #[serde(default, rename = "percent", deserialize_with = "parts::number")]
    pub(super) zoom: Option<u32>,
}

/// A document as it is looked at.
pub(super) struct Look {
    pub(super) shown: Shown,
    pub(super) at: At,
    /// Whether personal data is shown.
    pub(super) reveals: bool,
    pub(super) hits: Vec<DocumentHit>,
    /// The page, from 1.
    pub(super) number: u32,
    /// The hit that one is at, from 0.
    pub(super) current: Option<usize>,
}

impl Look {
    pub(super) fn new(shown: Shown, at: At, reveals: bool) -> Self {
        let hits = of_document(&shown, &at.words, reveals);
        let named = at.hit.and_then(|hit| (hit as usize).checked_sub(1));
        // Who comes with words and no page comes for the first of them.
        let first = (at.page.is_none() && !hits.is_empty()).then_some(0);
        let current = named.or(first).filter(|hit| *hit < hits.len());
        let number = match current.and_then(|hit| hits.get(hit)) {
            Some(hit) => hit.page,
            None => at.page.unwrap_or(1),
        };
        let last = shown.document.content.page_count.max(1);
        Self {
            number: number.clamp(1, last),
            shown,
            at,
            reveals,
            hits,
            current,
        }
    }
}
