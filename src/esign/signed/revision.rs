//! The revisions of a file, and whether what follows a signed one is incremental updates in
//! their form (ISO 32000-2, 7.5.6).

use crate::esign::pdf::{Document, Id, Object, Parser, Place, Section, find};
use std::collections::BTreeSet;

/// Where the revisions of a file end.
#[derive(Debug)]
pub struct Revisions {
    /// The byte after each `%%EOF` that ends one.
    ends: Vec<usize>,
}

impl Revisions {
    /// Finds the ends of revisions: `%%EOF` after a `startxref` that says where.
    pub fn find(bytes: &[u8]) -> Self {
        let mut ends = Vec::new();
        let mut from = 0;
        while let Some(at) = find(bytes, b"%%EOF", from) {
            from = at + 5;
            // The first part of a linearized file says 0 (annex F.3.4) and ends none.
            let before = bytes.get(at.saturating_sub(64)..at).unwrap_or_default();
            let word = b"startxref";
            let place = before.windows(word.len()).rposition(|part| part == word);
            let number =
                place.and_then(|at| Parser::new(before, at + word.len()).integer());
            if number.is_some_and(|number| number > 0) {
                ends.push(at + 5);
            }
        }
        Self { ends }
    }

    /// Returns how many there are.
    pub fn count(&self) -> usize {
        self.ends.len().max(1)
    }

    /// Returns which revision, from 1, these first bytes are: they end with its `%%EOF` and at
    /// most blanks after it.
    pub fn ending_with(&self, bytes: &[u8], end: usize) -> Option<usize> {
        let covered = bytes.get(..end)?;
        let blanks = covered
            .iter()
            .rev()
            .take_while(|byte| is_blank(**byte))
            .count();
        let end = end - blanks;
        self.ends
            .iter()
            .position(|one| *one == end)
            .map(|place| place + 1)
    }
}

/// Tells whether a byte shows nothing between revisions.
fn is_blank(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 12 | b'\r' | b' ')
}

/// Blanks behind the end of a file behind which every reader still looks for it (ISO 32000-1, annex
/// H, note 18, says 1024).
const MOST_BLANKS: usize = 900;
/// Highest number of an object that every reader takes (ISO 32000-1, annex C).
const HIGHEST: i64 = 8_388_607;

/// Tells whether bytes are blanks only, and few.
pub fn is_blank_tail(bytes: &[u8]) -> bool {
    bytes.len() <= MOST_BLANKS && bytes.iter().all(|byte| is_blank(*byte))
}

/// Returns what stands after a signed revision that is no incremental update in its form:
/// objects that no cross-reference places, trailers without one, bytes that are neither, or a
/// chain of cross-references that goes by the signed one.
pub fn tail_fault(signed: &Document<'_>, now: &Document<'_>) -> Option<String> {
    let end = signed.bytes().len();
    let later = now.sections.iter().take_while(|section| section.at >= end);
    let later: Vec<_> = later.collect();
    let own = signed.startxref?;
    let Some(oldest) = later.last() else {
        return Some("no cross-references".to_owned());
    };
    let previous = oldest.trailer.get(b"Prev").and_then(Object::integer);
    let follows = previous.and_then(|at| usize::try_from(at).ok()) == Some(own);
    // All older sections are the signed ones, in the same order.
    let older = now
        .sections
        .iter()
        .skip(later.len())
        .map(|section| section.at);
    if !follows || !older.eq(signed.sections.iter().map(|section| section.at)) {
        return Some("Prev".to_owned());
    }
    let mut begin = end;
    for section in later.iter().rev() {
        if !is_plain(section, now, signed) || !is_in_order(section, begin) {
            return Some(format!("xref {}", section.at));
        }
        begin = section.at;
    }
    let tail = now.bytes().get(end..).unwrap_or_default();
    let behind = tail
        .iter()
        .rev()
        .take_while(|byte| is_blank(**byte))
        .count();
    if behind > MOST_BLANKS {
        return Some("blanks".to_owned());
    }
    let placed = placed(&later);
    let bytes = now.bytes();
    let mut parser = Parser::new(bytes, end);
    loop {
        parser.skip_space();
        if parser.is_at_end() {
            return None;
        }
        let at = parser.at;
        let is_known = if parser.clone().keyword(b"xref") {
            let section = later.iter().find(|section| section.at == at);
            parser.at = section.map_or(at, |section| section.end);
            section.is_some()
        } else if parser.keyword(b"startxref") {
            is_plain_end(&mut parser, bytes)
        } else {
            placed.contains(&at) && skip_object(now, &mut parser)
        };
        if !is_known {
            return Some(format!("byte {at}"));
        }
    }
}

/// Tells whether a section places objects of its own revision only: between where that begins and
/// the section itself.
fn is_in_order(section: &Section, begin: usize) -> bool {
    section.at >= begin
        && section.places.values().all(|place| match place {
            Place::At(at) => (begin..=section.at).contains(at),
            Place::In { .. } | Place::Free => true,
        })
}

/// Tells whether a section is read alike by every reader: nothing placed twice, one generation of
/// each object, numbers written as numbers, no key twice.
fn is_plain(section: &Section, now: &Document<'_>, signed: &Document<'_>) -> bool {
    let trailer = &section.trailer;
    let bytes = now.bytes();
    let written = |key: &[u8]| {
        trailer
            .place(key)
            .and_then(|at| bytes.get(at))
            .unwrap_or_default()
    };
    let is_number = |text: &[u8]| {
        (1..=10).contains(&text.len()) && text.iter().all(u8::is_ascii_digit)
    };
    let root: Vec<&[u8]> = written(b"Root").split(u8::is_ascii_whitespace).collect();
    let root_generation = trailer.get(b"Root").and_then(Object::reference);
    let root_generation = root_generation.map(|id| generation(signed, id).to_string());
    let is_plain_root = match root.as_slice() {
        [id, generation, b"R"] => {
            is_number(id)
                && root_generation.is_some_and(|own| own.as_bytes() == *generation)
        }
        _ => false,
    };
    let is_same_generation =
        |(id, generation): (&Id, &u64)| self::generation(signed, *id) == *generation;
    let size = |dict: &crate::esign::pdf::Dict| {
        dict.get(b"Size").and_then(Object::integer).unwrap_or(0)
    };
    let highest = section
        .places
        .keys()
        .next_back()
        .map_or(0, |id| i64::from(*id));
    let own = size(trailer);
    !section.is_odd
        && !Object::Dict(trailer.clone()).has_key_twice()
        && trailer.get(b"XRefStm").is_none()
        && is_number(written(b"Size"))
        && is_number(written(b"Prev"))
        && (highest < own && own <= HIGHEST + 1 && own >= size(signed.trailer()))
        && is_plain_root
        && section.generations.iter().all(is_same_generation)
}

/// Returns the generation under which the signed revision has an object.
fn generation(signed: &Document<'_>, id: Id) -> u64 {
    let mut sections = signed.sections.iter();
    let own = sections.find(|section| section.places.contains_key(&id));
    own.and_then(|section| section.generations.get(&id))
        .copied()
        .unwrap_or(0)
}

/// Takes the number after `startxref` and the `%%EOF` behind it; tells whether nothing but blanks
/// and ends of lines stands between, which every reader skips.
fn is_plain_end(parser: &mut Parser<'_>, bytes: &[u8]) -> bool {
    let start = parser.at;
    let number = parser.integer();
    let written = number.map_or(0, |number| number.to_string().len());
    // No zeros in front, and at most the ends of lines around.
    if number.is_none() || parser.at - start > written + 4 {
        return false;
    }
    let blank =
        |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n') || byte.is_ascii_digit();
    let Some(end) = find(bytes, b"%%EOF", parser.at) else {
        return false;
    };
    let between = bytes.get(start..end).unwrap_or_default();
    if end - parser.at > 4 {
        return false;
    }
    // What follows on its line is a remark to some readers only.
    let next = bytes.get(end + 5);
    between.iter().all(blank) && next.is_none_or(|byte| is_blank(*byte) && *byte != 0)
}

/// Returns where the objects of sections stand, and the streams of cross-references.
fn placed(sections: &[&Section]) -> BTreeSet<usize> {
    let mut placed = BTreeSet::new();
    for section in sections {
        placed.insert(section.at);
        let hidden = section.trailer.get(b"XRefStm").and_then(Object::integer);
        placed.extend(hidden.and_then(|at| usize::try_from(at).ok()));
        placed.extend(section.places.values().filter_map(|place| match place {
            Place::At(at) => Some(*at),
            Place::In { .. } | Place::Free => None,
        }));
    }
    placed
}

/// Skips an indirect object up to its `endobj`.
fn skip_object(document: &Document<'_>, parser: &mut Parser<'_>) -> bool {
    parser.met_oddity = false;
    let Some(found) = parser.indirect() else {
        return false;
    };
    // Readers differ in what they make of these.
    if parser.met_oddity || found.generation > 0 || found.object.has_key_twice() {
        return false;
    }
    if let (Some(start), Some(dict)) = (found.stream_at, found.object.dict()) {
        let Some((end, true)) = document.stream_end(dict, start) else {
            return false;
        };
        parser.at = end;
        if !parser.keyword(b"endstream") {
            return false;
        }
    }
    parser.keyword(b"endobj")
}
