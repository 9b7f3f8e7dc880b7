//! What is looked for among the documents: words and filters, and their addresses.

use crate::app::evidence::scope::Scope;
use crate::app::evidence::search::Options;
use crate::model::FileState;
use crate::report::percent_encoded;
use crate::web::pages::parts;
use serde::Deserialize;

/// Documents of one page of results.
pub(super) const ON_A_PAGE: usize = 25;

/// What is looked for.
#[derive(Deserialize, Default, Clone)]
pub(in crate::web::pages) struct Wanted {
    #[serde(default)]
    pub(super) words: String,
    #[serde(default)]
    pub(super) section: String,
    #[serde(default)]
    pub(super) question: String,
    #[serde(default)]
    pub(super) office: String,
    #[serde(default)]
    pub(super) kind: String,
    #[serde(default)]
    pub(super) year: String,
    #[serde(default)]
    pub(super) state: String,
    #[serde(default)]
    pub(super) loose: String,
    #[serde(default, deserialize_with = "parts::number")]
    pub(super) from: Option<u32>,
}

/// Returns a filter as it was chosen; none where it is empty.
fn chosen(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

impl Wanted {
    pub(super) fn skip(&self) -> usize {
        self.from.map_or(0, |from| from as usize)
    }

    pub(super) fn options(&self) -> Options {
        Options {
            text: self.words.clone(),
            scope: Scope {
                section: chosen(&self.section),
                question: chosen(&self.question),
                office: chosen(&self.office),
                indicator: None,
            },
            kind: chosen(&self.kind),
            year: self.year.trim().parse().ok(),
            state: FileState::from_name(self.state.trim()),
            unlinked: !self.loose.is_empty(),
            skip: self.skip(),
            limit: ON_A_PAGE,
            redacts: true,
            ..Options::default()
        }
    }

    /// Returns each filter by the name it has in an address.
    pub(super) fn filters(&self) -> [(&'static str, &str); 7] {
        [
            ("section", &self.section),
            ("question", &self.question),
            ("office", &self.office),
            ("kind", &self.kind),
            ("year", &self.year),
            ("state", &self.state),
            ("loose", &self.loose),
        ]
    }

    /// Returns the address of the same search with a filter set to something else, or taken away.
    pub(super) fn with(&self, name: &str, value: Option<&str>) -> String {
        let others = self
            .filters()
            .into_iter()
            .filter(|(other, _)| *other != name);
        let pairs = [("words", self.words.as_str())].into_iter().chain(others);
        let pairs = pairs.chain(value.map(|value| (name, value)));
        let pairs = pairs.filter(|(_, value)| !value.is_empty());
        let pairs: Vec<String> = pairs
            .map(|(name, value)| format!("{name}={}", percent_encoded(value, b"")))
            .collect();
        match pairs.is_empty() {
            true => "/documents".to_owned(),
            false => format!("/documents?{}", pairs.join("&")),
        }
    }

    /// Returns the address of results from another one on.
    pub(super) fn from(&self, from: usize) -> String {
        self.with("from", Some(&from.to_string()))
    }
}
