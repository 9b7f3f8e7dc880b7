//! The words of an evaluation's letters: who writes, who signs, what is asked for. Data, because
//! another evaluation has another secretariat and other wishes; only the form of an official
//! letter is code.

use crate::lexicon::form;
use crate::model::Bilingual;
use serde::Deserialize;

/// The words of a letter to an office or a place. `{name}` stands for a value, see
/// [`LetterTexts::templates`].
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LetterTexts {
    /// Who writes, below the name of the government.
    pub sender: Bilingual,
    /// The office of the one who signs.
    pub signatory: Bilingual,
    /// What it is about.
    pub subject: Bilingual,
    /// The sentence before the points.
    pub opening: Bilingual,
    /// The first point to an office: what was found.
    pub found: Bilingual,
    /// The first point to a district or village.
    pub found_of_place: Bilingual,
    /// The further points: what is asked for, and how.
    #[serde(deserialize_with = "form::some")]
    pub requests: Vec<Bilingual>,
    /// The sentence after the points.
    pub closing: Bilingual,
    /// Who gets a copy.
    pub copies: Vec<Bilingual>,
}

impl LetterTexts {
    /// Returns each text that may hold values: where it stands below `letter`, the text, and the
    /// names of the values it may hold.
    pub fn templates(
        &self,
    ) -> impl Iterator<Item = (String, &Bilingual, &'static [&'static str])> {
        let fixed: [(&str, &Bilingual, &'static [&'static str]); 7] = [
            ("sender", &self.sender, &[]),
            ("signatory", &self.signatory, &[]),
            ("subject", &self.subject, &["name", "region", "year"]),
            ("opening", &self.opening, &["name", "region", "year"]),
            ("found", &self.found, &["as_of", "count", "points"]),
            (
                "found_of_place",
                &self.found_of_place,
                &["as_of", "count", "place"],
            ),
            ("closing", &self.closing, &[]),
        ];
        let requests = self.requests.iter().enumerate();
        let requests = requests.map(|(n, text)| {
            let values: &'static [&'static str] = &["deadline"];
            (format!("requests/{n}"), text, values)
        });
        fixed
            .into_iter()
            .map(|(at, text, values)| (at.to_owned(), text, values))
            .chain(requests)
    }
}

/// Returns the names in braces.
pub(super) fn values(text: &str) -> impl Iterator<Item = &str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
}
