//! Trailers and catalogs.

use super::walk::{Walk, keys};
use crate::{
    esign::pdf::{Dict, Object, Place},
    model::{ChangeKind, EsignRule},
};

/// Keys of a trailer that every revision has its own of, or that a stream of cross-references
/// has (ISO 32000-2, tables 15 and 17). `Info` and `Root` are compared by themselves.
const OF_A_REVISION: [&[u8]; 12] = [
    b"Size",
    b"Prev",
    b"XRefStm",
    b"ID",
    b"Info",
    b"Root",
    b"Type",
    b"W",
    b"Index",
    b"Length",
    b"Filter",
    b"DecodeParms",
];

/// Compares trailers.
pub fn trailers(walk: &mut Walk<'_, '_>) {
    let sides = walk.sides;
    let (old, new) = (sides.old.trailer(), sides.new.trailer());
    for key in keys(old, new) {
        if !OF_A_REVISION.contains(&key.as_slice()) {
            walk.key(
                old,
                new,
                &key,
                ChangeKind::Other,
                EsignRule::Changed,
                "trailer",
            );
        }
    }
    let (kind, rule) = (ChangeKind::Metadata, EsignRule::MetadataChanged);
    walk.key(old, new, b"Info", kind, rule, "");
}

/// Compares catalogs but for their pages and forms.
pub fn catalogs(walk: &mut Walk<'_, '_>) {
    let sides = walk.sides;
    let (Some(old), Some(new)) = (sides.old.catalog(), sides.new.catalog()) else {
        walk.say(ChangeKind::Unjudged, EsignRule::Structure, "Root");
        return;
    };
    for key in keys(&old, &new) {
        let (kind, rule) = match key.as_slice() {
            // Compared by themselves; and which extensions and version of PDF are used, which
            // whoever adds validation data says.
            b"Pages" | b"AcroForm" | b"Extensions" | b"Version" => {
                if new.count(&key) > 1 {
                    walk.say(ChangeKind::Other, EsignRule::Changed, "Root");
                }
                continue;
            }
            b"DSS" => {
                validation_data(walk, &old, &new);
                continue;
            }
            b"Metadata" | b"MarkInfo" => {
                (ChangeKind::Metadata, EsignRule::MetadataChanged)
            }
            // It draws nothing, but is read aloud; signers of tagged documents add to it.
            b"StructTreeRoot" => (ChangeKind::Unjudged, EsignRule::StructureChanged),
            _ => (ChangeKind::Other, EsignRule::Changed),
        };
        walk.key(&old, &new, &key, kind, rule, "");
    }
}

/// Validation data may be added, not taken away: each list keeps what it has, and so does the
/// list of what belongs to which signature (VRI).
fn validation_data(walk: &mut Walk<'_, '_>, old: &Dict, new: &Dict) {
    let sides = walk.sides;
    let (before, after) = (sides.old.get(old, b"DSS"), sides.new.get(new, b"DSS"));
    if let Some(before) = before.dict() {
        let empty = Dict::default();
        let after = after.dict().unwrap_or(&empty);
        let kept = before.iter().all(|(key, value)| {
            let (one, two) = (sides.old.resolve(value), sides.new.get(after, key));
            match (&*one, &*two) {
                (Object::Array(one), Object::Array(two)) => {
                    // Each is looked for among all.
                    let looks = (one.len() as u64).saturating_mul(two.len() as u64) / 64;
                    sides.budget.spend(looks).is_some()
                        && one.iter().all(|value| two.contains(value))
                }
                (Object::Dict(one), Object::Dict(two)) => {
                    let looks = (one.len() as u64).saturating_mul(two.len() as u64) / 64;
                    sides.budget.spend(looks).is_some()
                        && one.iter().all(|(key, value)| two.get(key) == Some(value))
                }
                (one, two) => one == two,
            }
        });
        if !kept {
            walk.say(ChangeKind::Unjudged, EsignRule::Changed, "DSS");
        }
    }
    let (before, after) = (old.get_or_null(b"DSS"), new.get_or_null(b"DSS"));
    if walk.first_difference(before, after, "DSS").is_some() {
        let (kind, rule) = (ChangeKind::ValidationData, EsignRule::ValidationDataAdded);
        walk.say(kind, rule, "DSS");
    }
}

/// Tells object numbers of the signed revision that a later one declares free: whoever only
/// adds deletes nothing.
pub fn deleted(walk: &mut Walk<'_, '_>) {
    let (old, new) = (walk.sides.old, walk.sides.new);
    let end = old.bytes().len();
    let later = new.sections.iter().take_while(|section| section.at >= end);
    let mut freed = later.flat_map(|section| {
        let places = section.places.iter();
        places.filter(|(id, place)| **id != 0 && **place == Place::Free)
    });
    let size = old
        .trailer()
        .get(b"Size")
        .and_then(Object::integer)
        .unwrap_or(0);
    if let Some((id, _)) = freed.find(|(id, _)| i64::from(**id) < size) {
        let what = format!("{id} 0 obj");
        walk.say(ChangeKind::Unjudged, EsignRule::Deleted, what);
    }
}
