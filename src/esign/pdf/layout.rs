//! The pages and form fields of one revision: what its objects are for.

use super::{
    document::Document,
    object::{Dict, Id, Object},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

/// The pages and fields of a document.
#[derive(Debug, Default)]
pub struct Layout {
    /// The pages, in order.
    pub pages: Vec<PageNode>,
    /// The place of each page that is an indirect object, from 0.
    pub page_of: BTreeMap<Id, usize>,
    /// The nodes of the page tree.
    pub tree: BTreeSet<Id>,
    /// The fields, parents before their kids.
    pub fields: Vec<FieldNode>,
    /// The field of each object that is one or the widget of one.
    pub field_of: BTreeMap<Id, usize>,
    /// The page on which each annotation is, from 0.
    pub annotation_page: BTreeMap<Id, usize>,
    /// Whether a tree runs in a circle, is too deep, or has too many nodes.
    pub is_odd: bool,
}

/// A page.
#[derive(Debug)]
pub struct PageNode {
    /// The dictionary.
    pub dict: Dict,
    /// What it inherits: `Resources`, `MediaBox`, `CropBox`, `Rotate`.
    pub inherited: [Object; 4],
    /// Its annotations, as listed.
    pub annotations: Vec<Object>,
}

/// A field, terminal or not.
#[derive(Debug)]
pub struct FieldNode {
    /// Its name with those of its parents, points between.
    pub name: String,
    /// The object, if it is one of its own.
    pub id: Option<Id>,
    /// The dictionary.
    pub dict: Dict,
    /// Its kind (`/FT`), which may come from a parent.
    pub kind: Vec<u8>,
    /// The value, which may come from a parent; not resolved.
    pub value: Object,
    /// The kids that are its widgets, and not fields of their own.
    pub widgets: Vec<Id>,
    /// Whether it has no fields below it.
    pub is_terminal: bool,
}

impl FieldNode {
    /// Returns what it is drawn by: its own dictionary, then those of its widgets.
    pub fn with_widgets<'a>(
        &'a self,
        document: &'a Document<'_>,
    ) -> impl Iterator<Item = Rc<Object>> + 'a {
        let own = Rc::new(Object::Dict(self.dict.clone()));
        let widgets = self.widgets.iter().map(|id| document.object(*id));
        std::iter::once(own).chain(widgets)
    }
}

/// Attributes that a page inherits (ISO 32000-2, table 31).
pub const INHERITED: [&[u8]; 4] = [b"Resources", b"MediaBox", b"CropBox", b"Rotate"];
/// Deepest tree of pages or fields.
const MAX_DEPTH: usize = 32;
/// Most pages and fields.
const MAX_NODES: usize = 100_000;

impl Layout {
    /// Reads pages and fields.
    pub fn read(document: &Document<'_>) -> Self {
        let mut layout = Self::default();
        let Some(catalog) = document.catalog() else {
            return layout;
        };
        if let Some(root) = catalog.get(b"Pages") {
            const NULL: Object = Object::Null;
            layout.pages(document, root, &[NULL; 4], 0);
        }
        layout.list_annotations();
        let form = document.get(&catalog, b"AcroForm");
        if let Some(form) = form.dict() {
            let fields = document.get(form, b"Fields");
            let mut seen = BTreeSet::new();
            let top = Parent {
                name: String::new(),
                kind: Vec::new(),
                value: Object::Null,
            };
            for field in fields.array().unwrap_or_default() {
                layout.field(document, field, &top, 0, &mut seen);
            }
        }
        layout
    }

    fn pages(
        &mut self,
        document: &Document<'_>,
        node: &Object,
        inherited: &[Object; 4],
        depth: usize,
    ) {
        let resolved = document.resolve(node);
        let Some(dict) = resolved.dict() else {
            self.is_odd = true;
            return;
        };
        let mut own = inherited.clone();
        for (slot, key) in own.iter_mut().zip(INHERITED) {
            if let Some(value) = dict.get(key) {
                *slot = value.clone();
            }
        }
        let kids = document.get(dict, b"Kids");
        let kind = document.get(dict, b"Type");
        // A node with a page's type, or the other way round, is a page for some readers only.
        let wanted: &[u8] = if kids.array().is_some() {
            b"Pages"
        } else {
            b"Page"
        };
        self.is_odd |= kind.name().is_some_and(|kind| kind != wanted)
            || kids.array().is_some() && dict.get(b"Contents").is_some();
        match kids.array() {
            Some(kids) => {
                let is_new = node.reference().is_none_or(|id| self.tree.insert(id));
                if !is_new || depth == MAX_DEPTH {
                    self.is_odd = true;
                    return;
                }
                for kid in kids {
                    self.pages(document, kid, &own, depth + 1);
                }
            }
            None => self.add_page(document, node, dict, own),
        }
    }

    fn add_page(
        &mut self,
        document: &Document<'_>,
        node: &Object,
        dict: &Dict,
        inherited: [Object; 4],
    ) {
        if self.pages.len() == MAX_NODES {
            self.is_odd = true;
            return;
        }
        let annotations = document.get(dict, b"Annots");
        if let Some(id) = node.reference() {
            self.page_of.entry(id).or_insert(self.pages.len());
        }
        self.pages.push(PageNode {
            dict: dict.clone(),
            inherited,
            annotations: annotations.array().unwrap_or_default().to_vec(),
        });
    }

    fn list_annotations(&mut self) {
        for (page, node) in self.pages.iter().enumerate() {
            for id in node.annotations.iter().filter_map(Object::reference) {
                self.annotation_page.entry(id).or_insert(page);
            }
        }
    }

    fn field(
        &mut self,
        document: &Document<'_>,
        node: &Object,
        parent: &Parent,
        depth: usize,
        seen: &mut BTreeSet<Id>,
    ) {
        let id = node.reference();
        let is_new = id.is_none_or(|id| seen.insert(id));
        if !is_new || depth == MAX_DEPTH || self.fields.len() == MAX_NODES {
            self.is_odd = true;
            return;
        }
        let resolved: Rc<Object> = document.resolve(node);
        let Some(dict) = resolved.dict() else {
            return;
        };
        let own = parent.extended(document, dict, id);
        let kids = document.get(dict, b"Kids");
        let kids = kids.array().unwrap_or_default();
        let is_field = |kid: &&Object| {
            let kid = document.resolve(kid);
            kid.dict().is_some_and(|dict| dict.get(b"T").is_some())
        };
        let (fields, widgets): (Vec<&Object>, Vec<&Object>) =
            kids.iter().partition(is_field);
        let widgets: Vec<Id> =
            widgets.into_iter().filter_map(Object::reference).collect();
        let place = self.fields.len();
        let ids = id.iter().chain(&widgets);
        for id in ids {
            self.field_of.entry(*id).or_insert(place);
        }
        self.fields.push(FieldNode {
            name: own.name.clone(),
            id,
            dict: dict.clone(),
            kind: own.kind.clone(),
            value: own.value.clone(),
            widgets,
            is_terminal: fields.is_empty(),
        });
        for kid in fields {
            self.field(document, kid, &own, depth + 1, seen);
        }
    }

    /// Returns the page, from 1, on which a field has its first widget.
    pub fn page_number(&self, field: &FieldNode) -> Option<u32> {
        let ids = field.widgets.iter().chain(&field.id);
        let on_list = { ids }.find_map(|id| self.annotation_page.get(id));
        let named = || {
            let page = field.dict.get(b"P").and_then(Object::reference)?;
            self.page_of.get(&page)
        };
        let page = on_list.or_else(named)?;
        u32::try_from(page + 1).ok()
    }
}

/// What a field inherits.
struct Parent {
    name: String,
    kind: Vec<u8>,
    value: Object,
}

impl Parent {
    fn extended(&self, document: &Document<'_>, dict: &Dict, id: Option<Id>) -> Self {
        let own = document.get(dict, b"T");
        let own = match own.string() {
            Some(bytes) => text(bytes),
            // A field without a name is still told from others.
            None => id.map_or_else(String::new, |id| format!("#{id}")),
        };
        let name = match self.name.is_empty() {
            true => own,
            false => format!("{}.{own}", self.name),
        };
        let kind = document.get(dict, b"FT");
        Self {
            name,
            kind: kind
                .name()
                .map_or_else(|| self.kind.clone(), <[u8]>::to_vec),
            value: dict.get(b"V").unwrap_or(&self.value).clone(),
        }
    }
}

/// Longest text of a file that a report repeats, in chars.
const MAX_TEXT: usize = 200;

/// Returns a text string as a report repeats it: its start, without control characters.
pub fn text(bytes: &[u8]) -> String {
    let text = whole_text(bytes);
    let printed = text.chars().filter(|c| !c.is_control());
    printed.take(MAX_TEXT).collect()
}

/// Returns a text string in full (ISO 32000-2, 7.9.2.2).
pub fn whole_text(bytes: &[u8]) -> String {
    let units = |bytes: &[u8], join: fn([u8; 2]) -> u16| -> String {
        let pairs = bytes
            .chunks_exact(2)
            .filter_map(|pair| pair.try_into().ok());
        let decoded = char::decode_utf16(pairs.map(join));
        decoded
            .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect()
    };
    match bytes {
        [0xfe, 0xff, rest @ ..] => units(rest, u16::from_be_bytes),
        [0xff, 0xfe, rest @ ..] => units(rest, u16::from_le_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        plain => plain.iter().map(|byte| char::from(*byte)).collect(),
    }
}
