//! The form: signatures that were added, values that were filled in, and everything else.

use super::{
    appearance::{edges, shows_its_value},
    walk::{Walk, keys},
};
use crate::{
    esign::{
        pdf::{Dict, Document, FieldNode, Id, Object, Parser, text},
        signed::signature_dict,
    },
    model::{ChangeKind, EsignRule},
};
use std::{collections::BTreeMap, rc::Rc};

/// Compares the forms.
pub fn form(walk: &mut Walk<'_, '_>) {
    let sides = walk.sides;
    let form = |side: &crate::esign::pdf::Document<'_>| {
        let catalog = side.catalog()?;
        side.get(&catalog, b"AcroForm").dict().cloned()
    };
    let old = form(sides.old).unwrap_or_default();
    let new = form(sides.new).unwrap_or_default();
    let is_drawn_anew = old.get(b"NeedAppearances") == Some(&Object::Bool(true))
        || leaves_text_open(walk);
    for key in keys(&old, &new) {
        form_key(walk, &old, &new, &key, is_drawn_anew);
    }
    fields(walk);
}

/// Tells whether a field with text was signed without an appearance of its own: how it looks hangs
/// on what the form says of all fields.
fn leaves_text_open(walk: &Walk<'_, '_>) -> bool {
    let sides = walk.sides;
    let mut texts = sides.old_layout.fields.iter();
    texts.any(|field| {
        let has_text =
            matches!(field.kind.as_slice(), b"Tx" | b"Ch") && field.is_terminal;
        let has_looks =
            |one: Rc<Object>| one.dict().is_some_and(|dict| dict.get(b"AP").is_some());
        has_text && !field.with_widgets(sides.old).any(has_looks)
    })
}

fn form_key(
    walk: &mut Walk<'_, '_>,
    old: &Dict,
    new: &Dict,
    key: &[u8],
    is_drawn_anew: bool,
) {
    let (kind, rule) = match key {
        _ if new.repeats(key, old) => (ChangeKind::Other, EsignRule::Changed),
        // The fields are compared one by one; the flags only say that signatures are there.
        b"Fields" | b"SigFlags" => return,
        b"DR" => {
            resources(walk, old, new, is_drawn_anew);
            return;
        }
        // How text is set where nothing else is said: new signature fields bring it along.
        b"DA" | b"Q" if old.get(key).is_none() && !is_drawn_anew => return,
        // Said or not said, it is the same.
        b"NeedAppearances"
            if [old, new].iter().all(|form| {
                matches!(form.get_or_null(key), Object::Null | Object::Bool(false))
            }) =>
        {
            return;
        }
        // Readers draw the values anew: what they show then is not what was looked at.
        b"DA" | b"Q" | b"NeedAppearances" => (ChangeKind::Unjudged, EsignRule::Changed),
        _ => (ChangeKind::Other, EsignRule::Changed),
    };
    walk.key(old, new, key, kind, rule, "AcroForm");
}

/// Resources of the form: what was there must stay, more may come.
fn resources(walk: &mut Walk<'_, '_>, old: &Dict, new: &Dict, is_drawn_anew: bool) {
    if is_drawn_anew {
        let (kind, rule) = (ChangeKind::Unjudged, EsignRule::Changed);
        walk.key(old, new, b"DR", kind, rule, "AcroForm");
    }
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
                true => signature_added(walk, after, None),
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
fn signature_added(
    walk: &mut Walk<'_, '_>,
    field: &FieldNode,
    before: Option<&FieldNode>,
) {
    let sides = walk.sides;
    if let Some(what) = shown_with_it(walk, field, before) {
        let what = format!("{} /{what}", field.name);
        walk.say(ChangeKind::Unjudged, EsignRule::FieldChanged, what);
    }
    let signature = signature_dict(sides.new, &field.value, field.id);
    let is_new = match field.value.reference().or(field.id) {
        Some(id) => !sides.old.is_same_place(sides.new, id),
        None => false,
    };
    let (Some(signature), true) = (signature, is_new) else {
        walk.say(ChangeKind::Other, EsignRule::SignatureReused, &field.name);
        return;
    };
    if signature.is_plain_time_stamp(sides.new) {
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

/// Keys of the field and the widget of a signature (ISO 32000-2, tables 166, 191, 226, 235): what
/// else one brings along may do anything.
const OF_A_SIGNATURE: [&[u8]; 25] = [
    b"Type",
    b"Subtype",
    b"FT",
    b"T",
    b"TU",
    b"TM",
    b"V",
    b"F",
    b"P",
    b"Rect",
    b"AP",
    b"MK",
    b"DA",
    b"DR",
    b"Q",
    b"Ff",
    b"Kids",
    b"Parent",
    b"Lock",
    b"SV",
    b"BS",
    b"Border",
    b"M",
    b"NM",
    b"StructParent",
];

/// Share of its page from which the picture of a signature counts as one laid over the page. Real
/// ones take a twentieth.
const MOST_OF_A_PAGE: f64 = 0.25;
/// The same for one whose place was on the page when others signed.
const MOST_OF_A_PLACE: f64 = 0.6;

/// Returns what a signature that was added brings along and would have to be looked at: a picture
/// that lies over the page, or is there where none may be; anything that acts.
fn shown_with_it(
    walk: &mut Walk<'_, '_>,
    field: &FieldNode,
    before: Option<&FieldNode>,
) -> Option<String> {
    let document = walk.sides.new;
    let signature = signature_dict(document, &field.value, field.id);
    let is_stamp = signature.is_some_and(|one| one.is_time_stamp(document));
    let own_ids = field.id.into_iter().map(Some);
    let ids = own_ids.chain(field.widgets.iter().copied().map(Some));
    let mut whole = 0.0;
    for (widget, id) in field
        .with_widgets(document)
        .zip(ids.chain(std::iter::repeat(None)))
    {
        let Some(dict) = widget.dict() else { continue };
        let strange = dict.keys().find(|key| !OF_A_SIGNATURE.contains(key));
        let acts = dict.get(b"A").is_some() || dict.get(b"AA").is_some();
        if let Some(key) = strange.filter(|_| before.is_none() || acts) {
            return Some(text(key));
        }
        if !is_painted(document, dict) {
            continue;
        }
        whole += share_of_page(walk, id, dict);
        let is_plain = is_plain_picture(document, dict);
        // A time-stamp shows nothing, and after a certification nothing new may be shown.
        let is_certified = walk.permissions.level.is_some_and(|level| level < 3);
        let is_forbidden = is_stamp || before.is_none() && is_certified;
        // Whoever signed before saw the place of this one.
        let most = match before.is_some_and(|field| is_seen(walk, field)) {
            true => MOST_OF_A_PLACE,
            false => MOST_OF_A_PAGE,
        };
        if is_forbidden || !is_plain || whole > most {
            return Some("Rect".to_owned());
        }
    }
    walk.shown += whole;
    (walk.shown > MOST_OF_A_PAGE && before.is_none()).then(|| "Rect".to_owned())
}

/// Tells whether a widget paints anything: an appearance with an operator in it, a background, a
/// border.
fn is_painted(document: &Document<'_>, widget: &Dict) -> bool {
    let looks = document.get(widget, b"AP");
    let normal = looks.dict().map(|looks| looks.get_or_null(b"N").clone());
    let is_drawn = match normal.as_ref().map(Object::reference) {
        None => false,
        Some(None) => normal != Some(Object::Null),
        Some(Some(id)) if has_no_room(document, id) => false,
        Some(Some(id)) => match document.content(id) {
            Some(content) => {
                let mut parser = Parser::new(&content.bytes, 0);
                parser.skip_space();
                !parser.is_at_end()
            }
            None => true,
        },
    };
    let marks = document.get(widget, b"MK");
    let is_marked = marks.dict().is_some_and(|marks| {
        [&b"BG"[..], b"BC", b"I", b"CA"]
            .iter()
            .any(|key| marks.get(key).is_some())
    });
    let border = document.get(widget, b"BS");
    let width = border.dict().map(|border| document.get(border, b"W"));
    let is_edged = width.is_some_and(|width| *width != Object::Number(0.0));
    is_drawn || is_marked || is_edged
}

/// Tells whether a form has a box without room, which cuts off all that it paints.
fn has_no_room(document: &Document<'_>, id: Id) -> bool {
    let form = document.object(id);
    let room = form
        .dict()
        .and_then(|dict| edges(document, dict.get_or_null(b"BBox")));
    room.is_some_and(|[x0, y0, x1, y1]| (x1 - x0) * (y1 - y0) == 0.0)
}

/// Tells whether a widget's picture is drawn in its place and nowhere else, by every reader: four
/// numbers, a box, none of the flags that let it keep its size (ISO 32000-2, table 167).
fn is_plain_picture(document: &Document<'_>, widget: &Dict) -> bool {
    const KEEPS_ITS_SIZE: i64 = 1 << 3 | 1 << 4;
    let flags = document.get(widget, b"F").integer().unwrap_or(0);
    let looks = document.get(widget, b"AP");
    let normal = looks.dict().map(|looks| document.get(looks, b"N"));
    let has_box = normal.is_none_or(|normal| {
        normal
            .dict()
            .is_some_and(|dict| edges(document, dict.get_or_null(b"BBox")).is_some())
    });
    let place = edges(document, widget.get_or_null(b"Rect"));
    let is_placed = place.is_some_and(|[x0, y0, x1, y1]| x0 + 1.0 < x1 && y0 + 1.0 < y1);
    is_placed && has_box && flags & KEEPS_ITS_SIZE == 0
}

/// Tells whether a field had a place in the signed revision where it was seen: not hidden, not
/// without a view (ISO 32000-2, table 167).
fn is_seen(walk: &Walk<'_, '_>, field: &FieldNode) -> bool {
    const UNSEEN: i64 = 1 << 1 | 1 << 5;
    let document = walk.sides.old;
    let listed = &walk.sides.old_layout.annotation_page;
    let is_listed = |id: &Id| listed.contains_key(id);
    if !field.id.iter().chain(&field.widgets).any(is_listed) {
        return false;
    }
    field.with_widgets(document).all(|one| {
        let flags = one.dict().map(|dict| document.get(dict, b"F"));
        flags.is_none_or(|flags| flags.integer().unwrap_or(0) & UNSEEN == 0)
    })
}

/// Returns which share of the page that lists it a widget takes; 1 where that is not known.
fn share_of_page(walk: &Walk<'_, '_>, id: Option<Id>, widget: &Dict) -> f64 {
    let document = walk.sides.new;
    let layout = walk.sides.new_layout;
    let area = |rect: &Object| {
        let [x0, y0, x1, y1] = edges(document, rect)?;
        Some(((x1 - x0) * (y1 - y0)).abs())
    };
    let page = id.and_then(|id| layout.pages.get(*layout.annotation_page.get(&id)?));
    // The second and the third of what is inherited are the media box and the crop box.
    let boxes = page.map(|page| page.inherited.get(1..3).unwrap_or_default());
    let visible = boxes
        .into_iter()
        .flatten()
        .filter_map(area)
        .reduce(f64::min);
    let own = area(widget.get_or_null(b"Rect"));
    match (own, visible) {
        (Some(own), Some(visible)) if visible > 0.0 => own / visible,
        _ => 1.0,
    }
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
    let is_other = old.id != new.id || new.dict.has_twice(&old.dict);
    if old.widgets != new.widgets || old.kind != new.kind || is_other {
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
        (true, true) => signature_added(walk, new, Some(old)),
        (true, false) => walk.say(ChangeKind::Other, EsignRule::FieldChanged, &old.name),
        (false, _) if !matches!(old.kind.as_slice(), b"Tx" | b"Ch" | b"Btn") => {
            walk.say(ChangeKind::Other, EsignRule::FieldChanged, &old.name);
        }
        (false, _) => {
            if is_looked_for(walk, old, new) {
                let what = format!("{} /AP", new.name);
                walk.say(ChangeKind::Unjudged, EsignRule::FieldChanged, what);
            }
            permitted(walk, new, ChangeKind::FormFilled, EsignRule::FormFilled);
        }
    }
}

/// Tells whether a person must look at what a field shows that was filled in: its appearance is
/// another, and not plainly the text of its value.
fn is_looked_for(walk: &mut Walk<'_, '_>, old: &FieldNode, new: &FieldNode) -> bool {
    let sides = walk.sides;
    let pairs = old
        .widgets
        .iter()
        .map(|id| (sides.old.object(*id), sides.new.object(*id)));
    let own = (
        Rc::new(Object::Dict(old.dict.clone())),
        Rc::new(Object::Dict(new.dict.clone())),
    );
    let pairs: Vec<_> = std::iter::once(own).chain(pairs).collect();
    pairs.into_iter().any(|(before, after)| {
        let empty = Dict::default();
        let (before, after) = (
            before.dict().unwrap_or(&empty),
            after.dict().unwrap_or(&empty),
        );
        let (one, two) = (before.get_or_null(b"AP"), after.get_or_null(b"AP"));
        let is_another = walk.first_difference(one, two, "AP").is_some();
        let is_kept = |key: &[u8]| before.get(key) == after.get(key);
        match new.kind.as_slice() {
            // Which of its looks a button shows is its value, or that it is off.
            b"Btn" => {
                let shown = sides.new.get(after, b"AS");
                let value = sides.new.resolve(&new.value);
                is_another
                    || !is_kept(b"AS")
                        && shown.name() != value.name()
                        && shown.name() != Some(b"Off")
            }
            _ => {
                !is_kept(b"AS")
                    || !is_kept(b"DA") && (is_another || two == &Object::Null)
                    || is_another
                        && (*two == Object::Null
                            || !shows_its_value(sides.new, new, after))
            }
        }
    })
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
            // What is set in which way is shown by the appearance, which is looked at.
            b"AS" | b"RV" | b"I" | b"DA" | b"M" if may_change != MayChange::Nothing => {
                None
            }
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
