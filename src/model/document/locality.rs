//! A district or village of the region, as its secretariat lists them.

use crate::model::LevelId;
use serde::{Deserialize, Serialize};

/// A district or village.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Locality {
    /// Its level, as the framework names it.
    pub level: LevelId,
    /// Its name without the word for its level.
    pub name: String,
    /// The district a village lies in, where the list says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<String>,
}

impl Locality {
    /// Returns the letters and figures of its name, by which it is found however it is spaced.
    pub fn key(&self) -> String {
        Self::key_of(&self.name)
    }

    /// Returns the letters and figures of a name, small.
    pub fn key_of(name: &str) -> String {
        let letters = name.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    }
}
