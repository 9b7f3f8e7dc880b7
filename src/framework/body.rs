//! The files of a framework as they stand.

use super::{
    Category, Exclusion, GovernmentLevel, Indicator, Ladder, Period, Question, Remark,
    Section, Source, Threshold,
};
use crate::model::{Bilingual, DocTypeId, PeriodId, SourceKey};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The file `framework.json` as it stands.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct Body {
    pub(super) id: String,
    pub(super) edition: String,
    pub(super) name: Bilingual,
    pub(super) legal_basis: Vec<String>,
    pub(super) total_max: f64,
    #[serde(default)]
    pub(super) cites: BTreeMap<String, Vec<SourceKey>>,
    #[serde(default)]
    pub(super) notes: Vec<Remark>,
    pub(super) sources: BTreeMap<SourceKey, Source>,
    pub(super) categories: Vec<Category>,
    pub(super) thresholds: Vec<Threshold>,
    pub(super) periods: BTreeMap<PeriodId, Period>,
    pub(super) in_force_kinds: Vec<DocTypeId>,
    pub(super) levels: Vec<GovernmentLevel>,
    pub(super) ladder: Ladder,
    pub(super) exclusions: Vec<Exclusion>,
    pub(super) gate_terms: Vec<String>,
    #[serde(rename = "against")]
    pub(super) negative_phrases: Vec<String>,
    pub(super) sections: Vec<Section>,
    pub(super) indicators: Vec<Indicator>,
    pub(super) questions: Vec<Question>,
}

/// Folds a spelling to what two spellings of one name share.
pub(super) fn alias_key(text: &str) -> String {
    let folded: String = text
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    folded
        .to_lowercase()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}
