//! The files of a framework as they stand.

use super::ids::{Code, Id, Key};
use super::{
    Category, Exclusion, GovernmentLevel, Indicator, Ladder, LetterTexts, Office, Period,
    Question, Remark, Section, Source, Threshold,
};
use crate::lexicon::form::{self, Text};
use crate::model::{Bilingual, DocTypeId, PeriodId, SourceKey};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The file `framework.json` as it stands.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Body {
    #[serde(
        rename = "$schema",
        default,
        deserialize_with = "form::word::<Text, _, _>"
    )]
    _schema: String,
    #[serde(rename = "schema_version", deserialize_with = "form::version")]
    _version: u32,
    #[serde(deserialize_with = "form::word::<Id, _, _>")]
    pub(super) id: String,
    #[serde(deserialize_with = "form::word::<Text, _, _>")]
    pub(super) edition: String,
    pub(super) name: Bilingual,
    pub(super) section_name: Bilingual,
    pub(super) indicator_name: Bilingual,
    pub(super) question_name: Bilingual,
    pub(super) personal_data: Bilingual,
    pub(super) letter: LetterTexts,
    #[serde(deserialize_with = "form::words::<Text, _, _>")]
    pub(super) legal_basis: Vec<String>,
    #[serde(deserialize_with = "form::points")]
    pub(super) total_max: f64,
    #[serde(default, deserialize_with = "form::keyed::<Key, _, _, _>")]
    pub(super) cites: BTreeMap<String, Cited>,
    #[serde(default)]
    pub(super) notes: Vec<Remark>,
    #[serde(deserialize_with = "form::keyed::<Code, _, _, _>")]
    pub(super) sources: BTreeMap<SourceKey, Source>,
    #[serde(deserialize_with = "form::some")]
    pub(super) categories: Vec<Category>,
    pub(super) thresholds: Vec<Threshold>,
    #[serde(deserialize_with = "form::some_keyed::<Id, _, _, _>")]
    pub(super) periods: BTreeMap<PeriodId, Period>,
    #[serde(deserialize_with = "form::distinct::<Id, _, _>")]
    pub(super) in_force_kinds: Vec<DocTypeId>,
    #[serde(deserialize_with = "form::some")]
    pub(super) levels: Vec<GovernmentLevel>,
    pub(super) ladder: Ladder,
    pub(super) exclusions: Vec<Exclusion>,
    #[serde(deserialize_with = "form::distinct::<Text, _, _>")]
    pub(super) gate_terms: Vec<String>,
    #[serde(rename = "against", deserialize_with = "form::distinct::<Text, _, _>")]
    pub(super) negative_phrases: Vec<String>,
    #[serde(deserialize_with = "form::some")]
    pub(super) sections: Vec<Section>,
    #[serde(deserialize_with = "form::some")]
    pub(super) indicators: Vec<Indicator>,
    #[serde(deserialize_with = "form::some")]
    pub(super) questions: Vec<Question>,
}

/// The sources of one field.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(transparent)]
pub(super) struct Cited(
    #[serde(deserialize_with = "form::some_words::<Code, _, _>")]
    pub(super)  Vec<SourceKey>,
);

/// The file `offices.json` as it stands.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OfficeList {
    #[serde(
        rename = "$schema",
        default,
        deserialize_with = "form::word::<Text, _, _>"
    )]
    _schema: String,
    #[serde(rename = "schema_version", deserialize_with = "form::version")]
    _version: u32,
    #[serde(rename = "notes", default)]
    _notes: Vec<Remark>,
    #[serde(deserialize_with = "form::some")]
    pub(super) offices: Vec<Office>,
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
