//! The region's own list of districts and villages, folded for comparison.

use super::Context;
use crate::framework::{Framework, Office};
use crate::model::{LevelId, Locality, OfficeId};
use std::collections::BTreeMap;

/// The region's list of places by level, folded once for all evidence.
#[derive(Debug)]
pub(super) struct Listed<'a>(pub(super) BTreeMap<&'a LevelId, Level<'a>>);

#[derive(Debug)]
pub(super) struct Level<'a> {
    /// The letters of each word for the level, and for who heads it.
    pub(super) words: Vec<String>,
    /// Each place behind the letters of its name.
    pub(super) places: Vec<(String, &'a Locality)>,
}

impl<'a> Listed<'a> {
    /// Folds the list of a context.
    pub fn new(framework: &Framework, context: &'a Context) -> Self {
        let of_level = |(id, places): (&'a LevelId, &'a Vec<Locality>)| {
            let office = framework.office(&OfficeId::from(id.as_str()));
            let words = office.into_iter().flat_map(Office::spellings);
            let places = places.iter().map(|place| (place.key(), place));
            let level = Level {
                words: words.map(Locality::key_of).collect(),
                places: places.collect(),
            };
            (id, level)
        };
        Self(context.places.iter().map(of_level).collect())
    }
}
