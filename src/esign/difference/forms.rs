//! The form: signatures that were added, values that were filled in, and everything else.

use super::{
    appearance::shows_another_text,
    walk::{Walk, keys},
};
use crate::{
    esign::{
        pdf::{Dict, FieldNode, Object, text},
        signed::signature_dict,
    },
    model::{ChangeKind, EsignRule},
};
use std::collections::BTreeMap;

/// Compares the forms.
pub fn form(walk: &mut Walk<'_, '_>) {
    let sides = walk.sides;
    let form = |side: &crate::esign::pdf::Document<'_>| {
        let catalog = side.catalog()?;
        side.get(&catalog, b"AcroForm").dict().cloned()
    };
    let old = form(sides.old).unwrap_or_default();
    let new = form(sides.new).unwrap_or_default();
    for key in keys(&old, &new) {
        form_key(walk, &old, &new, &key);
    }
    fields(walk);
}

fn form_key(walk: &mut Walk<'_, '_>, old: &Dict, new: &Dict, key: &[u8]) {
    let (kind, rule) = match key {
        // The fields are compared one by one; the flags only say that signatures are there.
        b"Fields" | b"SigFlags" => return,
        b"DR" => {
            resources(walk, old, new);
            return;
        }
        // How text is set where nothing else is said: new signature fields bring it along.
        b"DA" | b"Q" if old.get(key).is_none() => return,
        // Readers draw the values anew: what they show then is not what was looked at.
        b"DA" | b"Q" | b"NeedAppearances" => (ChangeKind::Unjudged, EsignRule::Changed),
        _ => (ChangeKind::Other, EsignRule::Changed),
    };
    walk.key(old, new, key, kind, rule, "AcroForm");
}

/// Resources of the form: what was there must stay, more may come.
fn resources(walk: &mut Walk<'_, '_>, old: &Dict, new: &Dict) {
    let sides = walk.sides;
    let (before, after) = (sides.old.get(old, b"DR"), sides.new.get(new, b"DR"));
    let (Some(before), Some(after)) = (before.dict(), after.dict()) else {
        if before.dict().is_some() {
            walk.say(ChangeKind::Other, EsignRule::Changed, "AcroForm/DR");
        }
        return;
    };
    for (category, value) in before.iter() {
        let (one, two) = (sides.old.resolve(value), sides.new.get(after, category));
        let (Some(one), Some(two)) = (one.dict(), two.dict()) else {
            let (kind, rule) = (ChangeKind::Other, EsignRule::Changed);
            walk.key(before, after, category, kind, rule, "AcroForm/DR");
            continue;
        };
        for key in one.keys() {
            let (kind, rule) = (ChangeKind::Other, EsignRule::Changed);
            walk.key(one, two, key, kind, rule, "AcroForm/DR");
        }
    }
}

/// Names of fields need not be unique: the first of a name is compared with the first.
fn by_name(fields: &[FieldNode]) -> BTreeMap<(&str, usize), &FieldNode> {
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    let mut named = BTreeMap::new();
    for field in fields {
        let nth = count.entry(&field.name).or_default();
        named.insert((field.name.as_str(), *nth), field);
        *nth += 1;
    }
    named
}

fn fields(walk: &mut Walk<'_, '_>) {
    let sides = walk.sides;
    let old = by_name(&sides.old_layout.fields);
    let new = by_name(&sides.new_layout.fields);
    for (key, before) in &old {
        match new.get(key) {
            Some(after) => {
                walk.page = sides.old_layout.page_number(before);
                field(walk, before, after);
            }
            None => walk.say(ChangeKind::Other, EsignRule::FieldChanged, &before.name),
        }
        walk.page = None;
    }
    for (key, after) in &new {
        if !old.contains_key(key) && after.is_terminal {
            walk.page = sides.new_layout.page_number(after);
            match after.kind == b"Sig" && is_signed(walk, after) {
                true => signature_added(walk, after),
                false => {
                    walk.say(ChangeKind::Other, EsignRule::FieldChanged, &after.name);
                }
            }
            walk.page = None;
        }
    }
}

fn is_signed(walk: &Walk<'_, '_>, field: &FieldNode) -> bool {
    walk.sides.new.resolve(&field.value).dict().is_some()
}

/// Tells that a signature was added: its dictionary must be new.
fn signature_added(walk: &mut Walk<'_, '_>, field: &FieldNode) {
    let sides = walk.sides;
    let signature = signature_dict(sides.new, &field.value, field.id);
    let is_new = match field.value.reference().or(field.id) {
        Some(id) => !sides.old.is_same_place(sides.new, id),
        None => false,
    };
    let (Some(signature), true) = (signature, is_new) else {
        walk.say(ChangeKind::Other, EsignRule::SignatureReused, &field.name);
        return;
    };
    if signature.is_time_stamp(sides.new) {
        let (kind, rule) = (ChangeKind::ValidationData, EsignRule::TimeStampAdded);
        walk.say(kind, rule, &field.name);
        return;
    }
    permitted(
        walk,
        field,
        ChangeKind::Signature,
        EsignRule::SignatureAdded,
    );
}

/// Tells a change that a certification with `P` 1 forbids, and a lock of the field.
fn permitted(
    walk: &mut Walk<'_, '_>,
    field: &FieldNode,
    kind: ChangeKind,
    rule: EsignRule,
) {
    if walk.permissions.level == Some(1) {
        walk.say(ChangeKind::Other, EsignRule::DocMdp, &field.name);
    } else if walk.permissions.is_locked(&field.name) {
        walk.say(ChangeKind::Other, EsignRule::FieldMdp, &field.name);
    } else {
        walk.say(kind, rule, &field.name);
    }
}

/// What of a field may be another with its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum MayChange {
    Nothing,
    /// How it looks.
    Appearance,
    /// And whether it is seen and printed: a signature field is shown once it is signed.
    Visibility,
}

/// Compares a field with what it was.
fn field(walk: &mut Walk<'_, '_>, old: &FieldNode, new: &FieldNode) {
    let was_signed = old.kind == b"Sig" && old.value != Object::Null;
    let is_changed = walk.first_difference(&old.value, &new.value, "V").is_some();
    if is_changed && was_signed {
        walk.say(ChangeKind::Other, EsignRule::SignatureReused, &old.name);
        return;
    }
    let may_change = match (is_changed && !was_signed, old.kind == b"Sig") {
        (false, _) => MayChange::Nothing,
        (true, false) => MayChange::Appearance,
        (true, true) => MayChange::Visibility,
    };
    let mut differing = changed_key(walk, &old.dict, &new.dict, may_change);
    for id in &old.widgets {
        let pair = (walk.sides.old.object(*id), walk.sides.new.object(*id));
        let empty = Dict::default();
        let dicts = (
            pair.0.dict().unwrap_or(&empty),
            pair.1.dict().unwrap_or(&empty),
        );
        differing = differing.or_else(|| changed_key(walk, dicts.0, dicts.1, may_change));
    }
    if old.widgets != new.widgets || old.kind != new.kind {
        differing = Some("Kids".to_owned());
    }
    if let Some(key) = differing {
        let rule = match walk.permissions.is_locked(&old.name) {
            true => EsignRule::FieldMdp,
            false => EsignRule::FieldChanged,
        };
        walk.say(ChangeKind::Other, rule, format!("{} /{key}", old.name));
    }
    if !is_changed {
        return;
    }
    match (old.kind == b"Sig", is_signed(walk, new)) {
        (true, true) => signature_added(walk, new),
        (true, false) => walk.say(ChangeKind::Other, EsignRule::FieldChanged, &old.name),
        (false, _) => {
            if shows_another_text(walk.sides.new, new) {
                let what = format!("{} /AP", new.name);
                walk.say(ChangeKind::Unjudged, EsignRule::FieldChanged, what);
            }
            permitted(walk, new, ChangeKind::FormFilled, EsignRule::FormFilled);
        }
    }
}

/// Compares the dictionary of a field or a widget; returns the first key that differs. Where
/// the value is another, the appearance may be.
fn changed_key(
    walk: &mut Walk<'_, '_>,
    old: &Dict,
    new: &Dict,
    may_change: MayChange,
) -> Option<String> {
    keys(old, new).iter().find_map(|key| {
        let values = (old.get_or_null(key), new.get_or_null(key));
        match key.as_slice() {
            // Compared as a tree.
            b"Kids" | b"V" => None,
            b"AP" if may_change != MayChange::Nothing => {
                // What the appearance was is drawn or kept for something else, too.
                let shared = values
                    .0
                    .reference()
                    .filter(|id| walk.is_used_elsewhere(*id));
                let is_replaced = values.0 != values.1;
                (shared.is_some() && is_replaced).then(|| "AP".to_owned())
            }
            b"AS" | b"RV" | b"I" if may_change != MayChange::Nothing => None,
            b"F" if may_change == MayChange::Visibility => None,
            // A value that is locked becomes read-only, which changes nothing that is shown.
            b"Ff" if only_read_only(values) => None,
            _ => {
                let found = walk.first_difference(values.0, values.1, &text(key));
                found.map(|path| match path.is_empty() {
                    true => text(key),
                    false => path,
                })
            }
        }
    })
}

/// `ReadOnly`, bit position 1 (ISO 32000-2, table 227).
fn only_read_only(flags: (&Object, &Object)) -> bool {
    let flags = (
        flags.0.integer().unwrap_or(0),
        flags.1.integer().unwrap_or(0),
    );
    flags.0 | 1 == flags.1 | 1
}
