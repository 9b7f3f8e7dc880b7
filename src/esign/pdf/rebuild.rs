//! Finds the objects of a file whose cross-references lead nowhere, by looking for `7 0 obj`.
//! Good enough to find a signature and say that it is broken; never to call one intact.

use super::{
    budget::Budget,
    object::{Dict, Id, Object},
    parser::{Parser, find},
    xref::{Place, Section},
};
use std::collections::BTreeMap;

/// Returns one section with every object that is found, the last of each number.
pub fn rebuild(bytes: &[u8], budget: &Budget) -> Option<Section> {
    let mut places = BTreeMap::new();
    let mut trailer = Dict::default();
    let mut catalog: Option<Id> = None;
    let mut from = 0;
    while let Some(at) = find(bytes, b"obj", from) {
        from = at + 3;
        budget.spend(1)?;
        let Some(start) = head_before(bytes, at) else {
            continue;
        };
        let mut parser = Parser::new(bytes, start);
        let found = parser.indirect();
        budget.spend_bytes(parser.at.saturating_sub(start))?;
        let Some(found) = found else {
            continue;
        };
        places.insert(found.id, Place::At(start));
        let Some(dict) = found.object.dict() else {
            continue;
        };
        match dict.name(b"Type") {
            Some(b"Catalog") => catalog = Some(found.id),
            Some(b"XRef") if dict.get(b"Root").is_some() => trailer = dict.clone(),
            _ => {}
        }
    }
    let mut from = 0;
    while let Some(at) = find(bytes, b"trailer", from) {
        from = at + 7;
        budget.spend(1)?;
        let mut parser = Parser::new(bytes, from);
        let found = parser.object();
        budget.spend_bytes(parser.at.saturating_sub(from))?;
        if let Some(Object::Dict(dict)) = found
            && dict.get(b"Root").is_some()
        {
            trailer = dict;
        }
    }
    if trailer.get(b"Root").is_none() {
        trailer.push(b"Root".to_vec(), Object::Reference(catalog?), 0..0);
    }
    Some(Section {
        at: bytes.len(),
        end: bytes.len(),
        places,
        trailer,
        is_stream: false,
        generations: BTreeMap::new(),
        is_odd: false,
    })
}

/// Returns where `7 0 ` begins that stands before `obj`.
fn head_before(bytes: &[u8], obj: usize) -> Option<usize> {
    let mut at = obj;
    for _ in 0..2 {
        let before = bytes.get(..at)?;
        let blanks = before
            .iter()
            .rev()
            .take_while(|b| b.is_ascii_whitespace())
            .count();
        let before = before.get(..at - blanks)?;
        let digits = before
            .iter()
            .rev()
            .take_while(|b| b.is_ascii_digit())
            .count();
        if blanks == 0 || digits == 0 || digits > 10 {
            return None;
        }
        at = at - blanks - digits;
    }
    Some(at)
}
