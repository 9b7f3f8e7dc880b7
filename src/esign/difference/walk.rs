//! Compares two values with all that they refer to.

use crate::{
    esign::{
        pdf::{Budget, Dict, Document, Id, Layout, Object, text},
        signed::Permissions,
    },
    model::{ChangeKind, EsignRule, LaterChange},
};
use std::{collections::BTreeSet, rc::Rc};

/// The document as signed and as it is.
#[derive(Clone, Copy)]
pub struct Sides<'a, 'b> {
    /// As signed.
    pub old: &'a Document<'b>,
    /// As it is.
    pub new: &'a Document<'b>,
    /// Pages and fields as signed.
    pub old_layout: &'a Layout,
    /// Pages and fields as they are.
    pub new_layout: &'a Layout,
    /// What is left to spend.
    pub budget: &'a Budget,
}

/// A comparison under way.
pub struct Walk<'a, 'b> {
    /// The two documents.
    pub sides: Sides<'a, 'b>,
    /// What the signatures permit.
    pub permissions: &'a Permissions,
    /// The page that is being compared, from 1.
    pub page: Option<u32>,
    /// Objects that are the same with all they refer to, and whether they were compared as what is
    /// drawn.
    same: BTreeSet<(Id, bool)>,
    /// Those of the comparison under way: the same, if nothing else differs.
    fresh: BTreeSet<(Id, bool)>,
    changes: BTreeSet<LaterChange>,
    /// Share of a page that signatures which were added paint, all together.
    pub shown: f64,
}

/// What an object is for, where its content is compared elsewhere.
#[derive(Debug, PartialEq, Eq)]
enum Landmark<'a> {
    Catalog,
    Page(usize),
    PageTree,
    Field(&'a str),
    Annotation(Id),
}

/// Most changes that are listed.
const MAX_CHANGES: usize = 50;
/// Most keys of the path to a change.
const MAX_PATH: usize = 12;

/// The way to a value: its keys, and whether it is part of what is drawn.
#[derive(Clone)]
struct Way {
    last: Option<Rc<Step>>,
    is_drawn: bool,
}

struct Step {
    above: Option<Rc<Step>>,
    key: String,
    depth: usize,
}

/// Keys below which everything is part of what a page or an appearance draws. Whatever else an
/// object there is used for, it is compared as what is drawn.
const DRAWN: [&[u8]; 25] = [
    b"Contents",
    b"Resources",
    b"AP",
    b"DR",
    b"MK",
    b"XObject",
    b"Font",
    b"ExtGState",
    b"ColorSpace",
    b"Pattern",
    b"Shading",
    b"Properties",
    b"SMask",
    b"CharProcs",
    b"Group",
    b"OC",
    b"MediaBox",
    b"CropBox",
    b"Rotate",
    b"UserUnit",
    b"Rect",
    b"OCProperties",
    b"XFA",
    b"EmbeddedFiles",
    b"JS",
];

impl Way {
    fn to(key: &[u8]) -> Self {
        let none = Self {
            last: None,
            is_drawn: false,
        };
        none.below(key)
    }

    fn below(&self, key: &[u8]) -> Self {
        let depth = self.last.as_ref().map_or(0, |step| step.depth + 1);
        let is_drawn = self.is_drawn || DRAWN.contains(&key);
        let last = match depth < MAX_PATH {
            true => Some(Rc::new(Step {
                above: self.last.clone(),
                key: text(key),
                depth,
            })),
            false => self.last.clone(),
        };
        Self { last, is_drawn }
    }

    fn told(&self) -> String {
        let mut keys = Vec::new();
        let mut next = &self.last;
        while let Some(step) = next {
            keys.push(step.key.as_str());
            next = &step.above;
        }
        keys.reverse();
        keys.join("/")
    }
}

impl<'a, 'b> Walk<'a, 'b> {
    /// Begins.
    pub fn new(sides: Sides<'a, 'b>, permissions: &'a Permissions) -> Self {
        Self {
            sides,
            permissions,
            page: None,
            same: BTreeSet::new(),
            fresh: BTreeSet::new(),
            changes: BTreeSet::new(),
            shown: 0.0,
        }
    }

    /// Tells a change, on the page that is being compared.
    pub fn say(&mut self, kind: ChangeKind, rule: EsignRule, what: impl Into<String>) {
        let page = self.page;
        self.say_on(page, kind, rule, what);
    }

    /// Tells a change on a page, from 1.
    pub fn say_on(
        &mut self,
        page: Option<u32>,
        kind: ChangeKind,
        rule: EsignRule,
        what: impl Into<String>,
    ) {
        if self.changes.len() < MAX_CHANGES || kind == ChangeKind::Other {
            let what = what.into();
            self.changes.insert(LaterChange {
                kind,
                rule,
                what,
                page,
            });
        }
    }

    /// Ends; returns the changes.
    pub fn finish(mut self) -> Vec<LaterChange> {
        if self.sides.budget.is_spent() {
            self.say_on(None, ChangeKind::Unjudged, EsignRule::Budget, "");
        }
        let mut changes: Vec<LaterChange> = self.changes.into_iter().collect();
        // The worst kinds come last in the order of kinds: they must not be cut off.
        let excess = changes.len().saturating_sub(MAX_CHANGES);
        changes.drain(..excess);
        changes
    }

    /// Tells whether an object was found the same on another way than through its form field.
    pub fn is_used_elsewhere(&self, id: Id) -> bool {
        [true, false]
            .iter()
            .any(|drawn| self.same.contains(&(id, *drawn)))
    }

    /// Compares the values of a key; tells the first difference.
    pub fn key(
        &mut self,
        old: &Dict,
        new: &Dict,
        key: &[u8],
        kind: ChangeKind,
        rule: EsignRule,
        at: &str,
    ) -> bool {
        let (before, after) = (old.get_or_null(key), new.get_or_null(key));
        let name = text(key);
        // Of a key that stands twice readers take the one or the other.
        let found = match new.repeats(key, old) {
            true => Some(name),
            false => self.first_difference(before, after, &name),
        };
        if let Some(path) = &found {
            let what = match at.is_empty() {
                true => path.clone(),
                false => format!("{at}/{path}"),
            };
            self.say(kind, rule, what);
        }
        found.is_none()
    }

    /// Returns the path to the first difference between two values and all that they refer
    /// to; `None` where they are the same.
    pub fn first_difference(
        &mut self,
        old: &Object,
        new: &Object,
        name: &str,
    ) -> Option<String> {
        let way = Way::to(name.as_bytes());
        let mut work = vec![(old.clone(), new.clone(), way)];
        while let Some((old, new, way)) = work.pop() {
            if self.sides.budget.spend(1).is_none() {
                // Said once, at the end.
                self.fresh.clear();
                return None;
            }
            if !self.is_same(&old, &new, &way, &mut work) {
                // What was not come to may differ elsewhere, too.
                self.fresh.clear();
                return Some(way.told());
            }
        }
        self.same.append(&mut self.fresh);
        None
    }

    fn same_dict(
        &self,
        old: &Dict,
        new: &Dict,
        way: &Way,
        work: &mut Vec<(Object, Object, Way)>,
    ) -> bool {
        // Keys are looked for one after another.
        let looks = (old.len() as u64).saturating_mul(new.len() as u64) / 64;
        self.sides.budget.spend(looks).is_none() || same_dict(old, new, way, work)
    }

    fn is_same(
        &mut self,
        old: &Object,
        new: &Object,
        way: &Way,
        work: &mut Vec<(Object, Object, Way)>,
    ) -> bool {
        let Sides {
            old: before,
            new: after,
            ..
        } = self.sides;
        let mut is_same_place = false;
        if let Some(id) = old.reference()
            && !way.is_drawn
            && [before, after]
                .iter()
                .all(|side| matches!(*side.object(id), Object::Dict(_)))
            && let Some(landmark) = landmark_of(before, self.sides.old_layout, id)
        {
            let other = new.reference();
            let other =
                other.and_then(|id| landmark_of(after, self.sides.new_layout, id));
            return other == Some(landmark);
        }
        if old.reference() != new.reference() {
            // What is drawn is pointed at another object: nobody who only adds does that.
            return false;
        }
        if let Some(id) = old.reference() {
            let is_known = self.same.contains(&(id, true))
                || !way.is_drawn && self.same.contains(&(id, false));
            if is_known || !self.fresh.insert((id, way.is_drawn)) {
                return true;
            }
            is_same_place = before.is_same_place(after, id);
        }
        let resolved = (before.resolve(old), after.resolve(new));
        match (&*resolved.0, &*resolved.1) {
            (Object::Dict(one), Object::Dict(two)) => self.same_dict(one, two, way, work),
            (Object::Array(one), Object::Array(two)) => same_array(one, two, way, work),
            (Object::Stream(one), Object::Stream(two)) => {
                if !self.same_dict(&one.dict, &two.dict, way, work) {
                    return false;
                }
                let bytes = |document: &Document<'_>, object: &Object, stream| {
                    let id = object.reference()?;
                    Some(document.stream_bytes(id, stream)?.into_owned())
                };
                is_same_place
                    || before.bytes().get(one.data.clone())
                        == after.bytes().get(two.data.clone())
                    || bytes(before, old, one)
                        .is_some_and(|one| Some(one) == bytes(after, new, two))
            }
            (one, two) => one == two,
        }
    }
}

fn is_leaf(object: &Object) -> bool {
    !matches!(
        object,
        Object::Reference(_) | Object::Dict(_) | Object::Array(_) | Object::Stream(_)
    )
}

fn same_array(
    old: &[Object],
    new: &[Object],
    way: &Way,
    work: &mut Vec<(Object, Object, Way)>,
) -> bool {
    let is_same =
        |(one, two): (&Object, &Object)| !(is_leaf(one) && is_leaf(two)) || one == two;
    if old.len() != new.len() || !old.iter().zip(new).all(is_same) {
        return false;
    }
    for (at, (one, two)) in old.iter().zip(new).enumerate() {
        if !(is_leaf(one) && is_leaf(two)) {
            work.push((
                one.clone(),
                two.clone(),
                way.below(at.to_string().as_bytes()),
            ));
        }
    }
    true
}

fn same_dict(
    old: &Dict,
    new: &Dict,
    way: &Way,
    work: &mut Vec<(Object, Object, Way)>,
) -> bool {
    let added = new
        .iter()
        .any(|(key, value)| *value != Object::Null && old.get(key).is_none());
    if added {
        return false;
    }
    for (key, one) in old.iter() {
        // Where a key stands twice readers differ: both files must have it the same way.
        if old.count(key) != new.count(key).max(1) {
            return false;
        }
        let two = new.get_or_null(key);
        match is_leaf(one) && is_leaf(two) {
            true if one != two => return false,
            true => {}
            false => {
                work.push((one.clone(), two.clone(), way.below(key)));
            }
        }
    }
    true
}

/// Returns what an object is for, where that is compared elsewhere.
fn landmark_of<'l>(
    document: &Document<'_>,
    layout: &'l Layout,
    id: Id,
) -> Option<Landmark<'l>> {
    if document.trailer().get(b"Root").and_then(Object::reference) == Some(id) {
        return Some(Landmark::Catalog);
    }
    if let Some(page) = layout.page_of.get(&id) {
        return Some(Landmark::Page(*page));
    }
    if layout.tree.contains(&id) {
        return Some(Landmark::PageTree);
    }
    if let Some(field) = layout.field_of.get(&id) {
        let field = layout.fields.get(*field)?;
        return Some(Landmark::Field(&field.name));
    }
    layout
        .annotation_page
        .contains_key(&id)
        .then_some(Landmark::Annotation(id))
}

/// Returns the keys of both, each once, in order.
pub fn keys(old: &Dict, new: &Dict) -> BTreeSet<Vec<u8>> {
    old.keys().chain(new.keys()).map(<[u8]>::to_vec).collect()
}
