//! What a document shows and does now against what it did as signed: both are followed from the
//! catalog down, and every difference that is not one of the few that standards allow after a
//! signature (ISO 32000-2, 12.8.2.2) is told. Objects are compared by what they are used for, not
//! by which changed: one stream may be a form's appearance and a page's content.

mod appearance;
mod catalog;
mod forms;
mod pages;
mod walk;

pub use walk::{Sides, Walk};

use crate::{
    esign::signed::Permissions,
    model::{ChangeKind, EsignRule, LaterChange},
};

/// Returns what changed from a signed revision to the document as it is, by kind, page and
/// place.
pub fn difference(sides: Sides<'_, '_>, permissions: &Permissions) -> Vec<LaterChange> {
    let mut walk = Walk::new(sides, permissions);
    // Each field is looked up by name, and so are the annotations of pages.
    let fields = sides.old_layout.fields.len() + sides.new_layout.fields.len();
    if sides.budget.spend(8 * fields as u64).is_none() {
        return walk.finish();
    }
    catalog::trailers(&mut walk);
    catalog::catalogs(&mut walk);
    catalog::deleted(&mut walk);
    pages::pages(&mut walk);
    forms::form(&mut walk);
    if sides.old_layout.is_odd || sides.new_layout.is_odd {
        walk.say(ChangeKind::Unjudged, EsignRule::Structure, "Pages, Fields");
    }
    // What is damaged in the signed bytes themselves was so when they were signed.
    let damaged = sides.new.damaged();
    let mut later = damaged
        .iter()
        .filter(|id| !sides.old.is_same_place(sides.new, **id));
    if let Some(id) = later.next() {
        let what = format!("{id} 0 obj");
        walk.say(ChangeKind::Unjudged, EsignRule::Structure, what);
    }
    // What the signed revision holds there other readers may find, and what it leads to.
    let odd = sides
        .old
        .first_unread()
        .or(sides.old.first_odd_moved(sides.new));
    if let Some(id) = odd {
        let what = format!("{id} 0 obj");
        walk.say(ChangeKind::Unjudged, EsignRule::Structure, what);
    }
    walk.finish()
}
