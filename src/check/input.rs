//! What the check is given: one document with all that could prove something, and the archive
//! it is judged in.

use super::twin::Twin;
use crate::model::{
    Date, Digest, DocumentFacts, Government, LevelId, Link, Locality, MediaType,
    Metadata, Note, Ratio,
};
use std::collections::BTreeMap;

/// A document as the check sees it.
#[derive(Debug, Clone)]
pub struct Evidence<'a> {
    /// Its digest.
    pub digest: Digest,
    /// Every place it was found in; the first names it.
    pub paths: &'a [String],
    /// Its format.
    pub media_type: MediaType,
    /// How many pages it declares.
    pub page_count: u32,
    /// What was recognised.
    pub facts: &'a DocumentFacts,
    /// What the file says about itself.
    pub metadata: &'a Metadata,
    /// What went wrong while it was read.
    pub notes: &'a [Note],
    /// How well it can be read.
    pub legibility: Legibility,
    /// Which questions it could prove.
    pub links: &'a [Link],
    /// How many of its pages a later run is still to read.
    pub waiting: u32,
    /// Whether the last walk met it at none of its places.
    pub gone: bool,
    /// Whether `verify` found other bytes at all of its places.
    pub changed: bool,
    /// Other documents that are the same one, or show the same photo.
    pub twins: &'a [Twin],
}

/// How well a document's pages can be read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Legibility {
    /// The pages that are blurred, too small or cut off, from 1. A blank page is none of them.
    pub unclear: Vec<u32>,
    /// Mean confidence over the pages read by OCR; none where no OCR ran.
    pub ocr_confidence: Option<Ratio>,
}

/// What evidence is judged for.
#[derive(Debug, Clone, PartialEq)]
pub struct Context {
    /// Whose archive it is; where nobody said, no rule on issuers applies.
    pub region: Option<Government>,
    /// The year of the verification; periods are offsets from it.
    pub year: i16,
    /// The day the judgement is made for.
    pub as_of: Date,
    /// The districts and villages of the region by level, as far as somebody listed them.
    pub places: BTreeMap<LevelId, Vec<Locality>>,
}
