//! Trailers and catalogs.

use super::walk::{Walk, keys};
use crate::{
    esign::pdf::{Dict, Object},
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
            b"Pages" | b"AcroForm" => continue,
            // Which extensions and version of PDF are used (PAdES says so when it adds DSS).
            b"Extensions" | b"Version" => continue,
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

/// Validation data may be added, not taken away.
fn validation_data(walk: &mut Walk<'_, '_>, old: &Dict, new: &Dict) {
    let before = walk.sides.old.get(old, b"DSS");
    let after = walk.sides.new.get(new, b"DSS");
    match (before.dict(), after.dict()) {
        (Some(before), Some(after)) => {
            if before.keys().any(|key| after.get(key).is_none()) {
                walk.say(ChangeKind::Other, EsignRule::Changed, "DSS");
                return;
            }
        }
        (Some(_), None) => {
            walk.say(ChangeKind::Other, EsignRule::Changed, "DSS");
            return;
        }
        (None, _) => {}
    }
    let null = Object::Null;
    let values = [old, new].map(|dict| dict.get(b"DSS").unwrap_or(&null).clone());
    let [before, after] = values;
    if walk.first_difference(&before, &after, "DSS").is_some() {
        let (kind, rule) = (ChangeKind::ValidationData, EsignRule::ValidationDataAdded);
        walk.say(kind, rule, "DSS");
    }
}
