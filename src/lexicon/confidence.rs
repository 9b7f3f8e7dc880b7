//! Takes `schema/confidence.json`, gives the weights by which the evidence for a reading is
//! turned into a confidence. They are fitted (`cargo test --release --test measure_local --
//! --fit`), not written by hand.

use super::data::read;
use super::error::{DataError, DataFile};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The data this program carries.
pub(crate) const BUILTIN: &str = include_str!("../../schema/confidence.json");

/// The weights of one fact's evidence, by its name.
pub type Weights = BTreeMap<String, f64>;

/// How much each piece of evidence counts, for each fact.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Confidence {
    /// Where the published shape is.
    #[serde(rename = "$schema", default)]
    pub schema: String,
    /// The edition of the shape.
    pub version: u32,
    /// Weights by fact: `number`, `title` …
    pub facts: BTreeMap<String, Weights>,
}

impl Confidence {
    /// Returns the weights this program carries.
    ///
    /// # Errors
    /// When the file that was built in is broken.
    pub fn builtin() -> Result<Self, DataError> {
        read(DataFile::Confidence, BUILTIN)
    }
}

/// Returns the logistic function of the weighed sum of some evidence.
pub fn logistic(weights: &Weights, evidence: &[(String, f64)]) -> f64 {
    let weighed = evidence
        .iter()
        .filter_map(|(name, value)| Some(weights.get(name)? * value));
    let bias = weights.get("bias").copied().unwrap_or(0.0);
    let sum: f64 = bias + weighed.sum::<f64>();
    1.0 / (1.0 + (-sum).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_is_weighed() {
        let weights = Weights::from([("bias".into(), -1.0), ("ocr".into(), 2.0)]);
        let evidence = [("ocr".to_owned(), 0.5), ("unknown".to_owned(), 9.0)];
        assert!((logistic(&weights, &evidence) - 0.5).abs() < 1e-9);
    }

    #[test]
    fn the_builtin_weights_are_there_for_every_fact() {
        let confidence = Confidence::builtin().unwrap();
        for fact in [
            "kind",
            "number",
            "year",
            "title",
            "issuer",
            "date",
            "signature",
        ] {
            assert!(confidence.facts.contains_key(fact), "{fact}");
        }
    }
}
