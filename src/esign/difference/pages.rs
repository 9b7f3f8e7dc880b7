//! Pages, and the annotations on them.

use super::walk::{Sides, Walk, keys};
use crate::{
    esign::pdf::{Dict, INHERITED, Id, Layout, Object, PageNode},
    model::{ChangeKind, EsignRule},
};
use std::collections::BTreeSet;

/// Keys of a page that draw nothing (ISO 32000-2, table 31): what they change cannot be
/// judged, but nobody sees it.
const NOT_DRAWN: [&[u8]; 5] = [
    b"StructParents",
    b"Tabs",
    b"LastModified",
    b"PieceInfo",
    b"Metadata",
];

/// Compares the pages in their order.
pub fn pages(walk: &mut Walk<'_, '_>) {
    let sides = walk.sides;
    let (old, new) = (&sides.old_layout.pages, &sides.new_layout.pages);
    if old.len() != new.len() {
        let what = format!("{} -> {}", old.len(), new.len());
        walk.say(
            ChangeKind::Other,
            EsignRule::Changed,
            format!("Pages {what}"),
        );
        return;
    }
    tree(walk);
    for (at, (old, new)) in old.iter().zip(new).enumerate() {
        walk.page = u32::try_from(at + 1).ok();
        page(walk, old, new);
        annotations(walk, old, new);
    }
    walk.page = None;
}

/// Compares the nodes of the page tree: whoever only adds leaves them as they are, and readers
/// differ in what they make of one that is odd.
fn tree(walk: &mut Walk<'_, '_>) {
    let sides = walk.sides;
    let (before, after) = (&sides.old_layout.tree, &sides.new_layout.tree);
    if before != after {
        walk.say(ChangeKind::Other, EsignRule::Changed, "Pages");
    }
    for id in before {
        let pair = (sides.old.object(*id), sides.new.object(*id));
        let empty = Dict::default();
        let (old, new) = (
            pair.0.dict().unwrap_or(&empty),
            pair.1.dict().unwrap_or(&empty),
        );
        for key in keys(old, new) {
            let (kind, rule) = (ChangeKind::Other, EsignRule::Changed);
            if matches!(key.as_slice(), b"Kids" | b"Parent") {
                // The pages are compared one by one: here it is which they are.
                let same = same_list(old.get_or_null(&key), new.get_or_null(&key), sides);
                if !same || new.count(&key) > 1 {
                    walk.say(
                        kind,
                        rule,
                        format!("Pages/{}", String::from_utf8_lossy(&key)),
                    );
                }
            } else {
                walk.key(old, new, &key, kind, rule, "Pages");
            }
        }
    }
}

/// Tells whether two values refer to the same objects in the same order.
fn same_list(old: &Object, new: &Object, sides: Sides<'_, '_>) -> bool {
    if let Some(id) = old.reference()
        && sides.old.object(id).dict().is_some()
    {
        return old == new;
    }
    let (old, new) = (sides.old.resolve(old), sides.new.resolve(new));
    let listed = |object: &Object| -> Vec<Option<Id>> {
        object
            .array()
            .unwrap_or_default()
            .iter()
            .map(Object::reference)
            .collect()
    };
    listed(&old) == listed(&new)
}

fn page(walk: &mut Walk<'_, '_>, old: &PageNode, new: &PageNode) {
    let parents = (
        old.dict.get_or_null(b"Parent"),
        new.dict.get_or_null(b"Parent"),
    );
    if parents.0 != parents.1
        || new.dict.count(b"Parent") > 1
        || new.dict.count(b"Annots") > 1
    {
        walk.say(ChangeKind::Other, EsignRule::Changed, "Parent");
    }
    for key in keys(&old.dict, &new.dict) {
        let key = key.as_slice();
        // What is inherited is compared below, whoever says it.
        let is_inherited = INHERITED.contains(&key) && new.dict.count(key) < 2;
        if matches!(key, b"Parent" | b"Annots") || is_inherited {
            continue;
        }
        let kind = match NOT_DRAWN.contains(&key) {
            true => ChangeKind::Unjudged,
            false => ChangeKind::Other,
        };
        walk.key(&old.dict, &new.dict, key, kind, EsignRule::Changed, "");
    }
    let pairs = old.inherited.iter().zip(&new.inherited).zip(INHERITED);
    for ((old, new), key) in pairs {
        let name = String::from_utf8_lossy(key);
        if let Some(path) = walk.first_difference(old, new, &name) {
            walk.say(ChangeKind::Other, EsignRule::Changed, path);
        }
    }
}

/// Compares the annotations of a page: those that were there must be there in their order; those
/// of fields are compared with the form.
fn annotations(walk: &mut Walk<'_, '_>, old: &PageNode, new: &PageNode) {
    let listed = |page: &PageNode| -> Vec<Id> {
        page.annotations
            .iter()
            .filter_map(Object::reference)
            .collect()
    };
    let (before, after) = (listed(old), listed(new));
    let known: BTreeSet<Id> = before.iter().copied().collect();
    let kept: Vec<Id> = after
        .iter()
        .copied()
        .filter(|id| known.contains(id))
        .collect();
    if kept != before {
        changed(walk, "Annots");
    }
    let direct = |page: &PageNode| {
        let direct = page
            .annotations
            .iter()
            .filter(|one| one.reference().is_none());
        Object::Array(direct.cloned().collect())
    };
    let (direct_before, direct_after) = (direct(old), direct(new));
    if walk
        .first_difference(&direct_before, &direct_after, "Annots")
        .is_some()
    {
        changed(walk, "Annots");
    }
    for id in kept {
        if !is_same_field(walk, id) {
            annotation(walk, id);
        }
    }
    for id in after.into_iter().filter(|id| !known.contains(id)) {
        if !is_widget_of_a_signature(walk, id) {
            let kind = kind_of(walk, id);
            changed(walk, &kind);
        }
    }
}

/// Tells whether an object is a field, or the widget of one, before and after: it is compared with
/// the form then.
fn is_same_field(walk: &Walk<'_, '_>, id: Id) -> bool {
    let name = |layout: &'_ Layout| {
        let field = layout.fields.get(*layout.field_of.get(&id)?)?;
        Some(field.name.clone())
    };
    let before = name(walk.sides.old_layout);
    before.is_some() && before == name(walk.sides.new_layout)
}

/// Compares an annotation that is no field.
fn annotation(walk: &mut Walk<'_, '_>, id: Id) {
    let (old, new) = (walk.sides.old.object(id), walk.sides.new.object(id));
    let empty = Dict::default();
    let pair = (old.dict().unwrap_or(&empty), new.dict().unwrap_or(&empty));
    for key in keys(pair.0, pair.1) {
        let (before, after) = (pair.0.get_or_null(&key), pair.1.get_or_null(&key));
        if let Some(path) =
            walk.first_difference(before, after, &String::from_utf8_lossy(&key))
        {
            let what = format!("{}/{path}", kind_of(walk, id));
            changed(walk, &what);
        }
    }
}

/// Tells whether an annotation that was added is that of a field which is signed since.
fn is_widget_of_a_signature(walk: &Walk<'_, '_>, id: Id) -> bool {
    let layout = walk.sides.new_layout;
    let field = layout
        .field_of
        .get(&id)
        .and_then(|at| layout.fields.get(*at));
    let object = walk.sides.new.object(id);
    let subtype = object.dict().and_then(|dict| dict.name(b"Subtype"));
    // Fields are looked for one after another; a spent budget is told at the end.
    let looks = walk.sides.old_layout.fields.len() as u64 / 16;
    if walk.sides.budget.spend(looks).is_none() {
        return true;
    }
    let is_signed = field.is_some_and(|field| {
        let was_signed = walk
            .sides
            .old_layout
            .fields
            .iter()
            .any(|old| old.name == field.name && old.value != Object::Null);
        field.kind == b"Sig"
            && field.is_terminal
            && !was_signed
            && walk.sides.new.resolve(&field.value).dict().is_some()
    });
    // A field that was there without a place on a page gets one when it is signed.
    subtype == Some(b"Widget") && is_signed
}

fn kind_of(walk: &Walk<'_, '_>, id: Id) -> String {
    let object = walk.sides.new.object(id);
    let subtype = object.dict().and_then(|dict| dict.name(b"Subtype"));
    let subtype = subtype.map(|name| String::from_utf8_lossy(name).into_owned());
    format!("Annots/{}", subtype.unwrap_or_default())
}

/// Tells a change of an annotation: a certification with `P` 3 permits it.
fn changed(walk: &mut Walk<'_, '_>, what: &str) {
    match walk.permissions.level {
        Some(3) => {
            walk.say(ChangeKind::Annotation, EsignRule::AnnotationPermitted, what);
        }
        _ => walk.say(ChangeKind::Other, EsignRule::AnnotationChanged, what),
    }
}
