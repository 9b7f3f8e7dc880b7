//! The columns of the index (tantivy's fast fields): what is known of every document without a
//! look into the store, for documents by the hundred thousand.

use super::error::SearchError;
use crate::model::Digest;
use std::collections::BTreeMap;
use tantivy::{
    DocAddress, Searcher, TantivyError,
    columnar::{Column, StrColumn},
    schema::{FAST, Field, SchemaBuilder},
};

/// The fields with the digest, eight bytes each, the first first.
const DIGEST: [&str; 4] = ["digest_0", "digest_1", "digest_2", "digest_3"];
/// The field of the kind of document, of its year, and of the state of its file.
pub(super) const KIND: &str = "kind";
pub(super) const YEAR: &str = "year";
pub(super) const STATE: &str = "state";

/// How many of some documents have which value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// By kind of document.
    pub kinds: BTreeMap<String, usize>,
    /// By year.
    pub years: BTreeMap<i16, usize>,
    /// By the state of the file.
    pub states: BTreeMap<String, usize>,
}

/// Adds the fields of the digest to a schema.
pub(super) fn digest_fields(builder: &mut SchemaBuilder) -> [Field; 4] {
    DIGEST.map(|name| builder.add_u64_field(name, FAST))
}

/// Returns a digest as the fields take it.
pub(super) fn digest_words(digest: &Digest) -> [u64; 4] {
    let mut words = [0; 4];
    for (word, bytes) in words.iter_mut().zip(digest.as_bytes().chunks(8)) {
        *word = bytes
            .iter()
            .fold(0, |sum, byte| sum << 8 | u64::from(*byte));
    }
    words
}

/// The columns of all segments.
pub(super) struct Columns(Vec<OfSegment>);

struct OfSegment {
    digest: [Column<u64>; 4],
    kind: Option<StrColumn>,
    year: Column<i64>,
    state: Option<StrColumn>,
}

impl Columns {
    pub(super) fn open(searcher: &Searcher) -> Result<Self, SearchError> {
        let open = |segment: &tantivy::SegmentReader| {
            let fields = segment.fast_fields();
            let [a, b, c, d] = DIGEST;
            let digest = [
                fields.u64(a)?,
                fields.u64(b)?,
                fields.u64(c)?,
                fields.u64(d)?,
            ];
            Ok(OfSegment {
                digest,
                kind: fields.str(KIND)?,
                year: fields.i64(YEAR)?,
                state: fields.str(STATE)?,
            })
        };
        let segments = searcher.segment_readers().iter().map(open);
        let segments: Result<_, TantivyError> = segments.collect();
        Ok(Self(segments?))
    }

    fn segment(&self, address: DocAddress) -> Result<&OfSegment, SearchError> {
        let segment = self.0.get(address.segment_ord as usize);
        segment.ok_or(SearchError::Stale)
    }

    pub(super) fn digest(&self, address: DocAddress) -> Result<Digest, SearchError> {
        let columns = &self.segment(address)?.digest;
        let mut bytes = [0; 32];
        for (column, bytes) in columns.iter().zip(bytes.chunks_mut(8)) {
            let word = column.first(address.doc_id).ok_or(SearchError::Stale)?;
            bytes.copy_from_slice(&word.to_be_bytes());
        }
        Ok(Digest::new(bytes))
    }

    /// Counts values of documents, in order of their addresses or not.
    pub(super) fn counts(
        &self,
        documents: impl Iterator<Item = DocAddress>,
    ) -> Result<Counts, SearchError> {
        let tally = |column: &Option<StrColumn>| {
            let terms = column
                .as_ref()
                .map_or(0, |column| column.dictionary().num_terms());
            vec![0_usize; terms]
        };
        let segments = self.0.iter();
        let mut tallies: Vec<_> = segments
            .map(|of| (tally(&of.kind), tally(&of.state)))
            .collect();
        let mut counts = Counts::default();
        for address in documents {
            let of = self.segment(address)?;
            let tallies = tallies.get_mut(address.segment_ord as usize);
            if let Some((kinds, states)) = tallies {
                add(kinds, of.kind.as_ref(), address);
                add(states, of.state.as_ref(), address);
            }
            let year = of.year.first(address.doc_id);
            if let Some(year) = year.and_then(|year| i16::try_from(year).ok()) {
                *counts.years.entry(year).or_default() += 1;
            }
        }
        for (of, (kinds, states)) in self.0.iter().zip(&tallies) {
            name(kinds, of.kind.as_ref(), &mut counts.kinds)?;
            name(states, of.state.as_ref(), &mut counts.states)?;
        }
        Ok(counts)
    }
}

/// Adds a document to the tally of its term.
fn add(tally: &mut [usize], column: Option<&StrColumn>, address: DocAddress) {
    let term = column.and_then(|column| column.ords().first(address.doc_id));
    if let Some(count) = term.and_then(|term| tally.get_mut(term as usize)) {
        *count += 1;
    }
}

/// Adds a tally of terms to counts by name.
fn name(
    tally: &[usize],
    column: Option<&StrColumn>,
    counts: &mut BTreeMap<String, usize>,
) -> Result<(), SearchError> {
    let Some(column) = column else {
        return Ok(());
    };
    let mut text = String::new();
    for (term, count) in (0_u64..).zip(tally) {
        if *count > 0 {
            let read = column.ord_to_str(term, &mut text);
            read.map_err(TantivyError::from)?;
            *counts.entry(text.clone()).or_default() += count;
        }
    }
    Ok(())
}
