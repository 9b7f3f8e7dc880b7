//! Takes an open PDF and gives the words of a dynamic form (XFA). Its page says no more than
//! "Please wait...": what a person filled in stands in XML beside the page, and only Adobe's own
//! program draws it (XFA 3.3; ISO 32000-1, 12.7.8).

use crate::extract::document::{Step, Tag, walk_xml};
use crate::extract::pdf::meta::dicts;
use hayro::hayro_interpret::hayro_syntax::Pdf;
use hayro::hayro_interpret::hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object};
use std::collections::{HashMap, VecDeque};

/// Bytes of the form.
const MAX_BYTES: usize = 32 << 20;
/// Lines of it that are kept.
const MAX_LINES: usize = 50_000;
/// Annotations of a page looked at.
const MAX_ANNOTATIONS: usize = 1_000;

/// Returns the lines of a dynamic form; `None` for a document that is none: where the page
/// itself has the fields, it shows what they hold.
pub(crate) fn lines(pdf: &Pdf) -> Option<Vec<String>> {
    let xref = pdf.xref();
    let catalog = xref.get::<Dict<'_>>(xref.root_id())?;
    let form = catalog.get::<Dict<'_>>(b"AcroForm")?;
    let form = form.get::<Object<'_>>(b"XFA")?;
    let is_drawn = |page: Dict<'_>| {
        let annotations = page.get::<Array<'_>>(b"Annots");
        annotations.is_some_and(|annotations| {
            let mut few = dicts(&annotations, xref).take(MAX_ANNOTATIONS);
            few.any(|one| {
                let kind = one.get::<Name<'_>>(b"Subtype");
                kind.is_some_and(|kind| kind.as_ref() == b"Widget")
            })
        })
    };
    let needs_rendering = catalog.get::<bool>(b"NeedsRendering").unwrap_or(false);
    let mut pages = pdf.pages().iter();
    if !needs_rendering && pages.any(|page| is_drawn(page.raw().clone())) {
        return None;
    }
    let mut raw = Vec::new();
    let mut add = |object: Object<'_>| {
        if let Object::Stream(stream) = object
            && let Ok(packet) = stream.decoded_data()
            && raw.len() + packet.len() <= MAX_BYTES
        {
            raw.extend_from_slice(&packet);
        }
    };
    match form {
        Object::Array(packets) => packets.raw_iter().for_each(|item| match item {
            MaybeRef::Ref(id) => {
                xref.get::<Object<'_>>(id.into())
                    .into_iter()
                    .for_each(&mut add);
            }
            MaybeRef::NotRef(object) => add(object),
        }),
        whole => add(whole),
    }
    Some(words(&raw))
}

/// Reads the form: what is printed on it, each field with its value, then values of no field.
fn words(raw: &[u8]) -> Vec<String> {
    let mut data = Data::default();
    walk_xml(raw.to_vec(), |step| data.step(&step));
    let mut template = Template {
        data: data.values,
        ..Template::default()
    };
    walk_xml(raw.to_vec(), |step| template.step(&step));
    let mut lines = template.lines;
    for name in data.order {
        let value = template.data.get_mut(&name).and_then(VecDeque::pop_front);
        lines.extend(value);
    }
    lines.truncate(MAX_LINES);
    lines
}

/// Gathers what was filled in: the text of each innermost element, by its name.
#[derive(Default)]
struct Data {
    /// Depth inside `xfa:datasets`.
    depth: u32,
    text: String,
    is_leaf: bool,
    values: HashMap<String, VecDeque<String>>,
    /// Names in the order of their values.
    order: Vec<String>,
}

impl Data {
    fn step(&mut self, step: &Step<'_>) {
        match step {
            Step::Open("datasets", _) if self.depth == 0 => self.depth = 1,
            Step::Open(..) if self.depth > 0 => {
                self.depth += 1;
                self.is_leaf = true;
                self.text.clear();
            }
            Step::Text(text) if self.depth > 0 => self.text.push_str(text),
            Step::Close(name) if self.depth > 0 => {
                self.depth -= 1;
                let value = self.text.trim();
                if self.is_leaf && !value.is_empty() && self.order.len() < MAX_LINES {
                    let of_name = self.values.entry((*name).to_owned()).or_default();
                    of_name.push_back(value.to_owned());
                    self.order.push((*name).to_owned());
                }
                self.is_leaf = false;
                self.text.clear();
            }
            _ => {}
        }
    }
}

/// Gathers what the form shows, and puts in what was filled in.
#[derive(Default)]
struct Template {
    data: HashMap<String, VecDeque<String>>,
    inside: bool,
    /// Depth inside what is not shown: hidden parts, programs, choices, help.
    skip: u32,
    in_caption: bool,
    in_text: bool,
    /// The name of the field that is open.
    field: Option<String>,
    caption: String,
    text: String,
    lines: Vec<String>,
}

impl Template {
    fn step(&mut self, step: &Step<'_>) {
        match step {
            Step::Open("template", _) => self.inside = true,
            Step::Close("template") => self.inside = false,
            _ if !self.inside => {}
            Step::Open(name, tag) => self.open(name, tag),
            Step::Text(text) if self.in_text && self.skip == 0 => {
                let place = match self.in_caption {
                    true => &mut self.caption,
                    false => &mut self.text,
                };
                place.push_str(text);
            }
            Step::Text(_) => {}
            Step::Close(name) => self.close(name),
        }
    }

    fn open(&mut self, name: &str, tag: &Tag<'_>) {
        let presence = tag.attribute("presence").unwrap_or_default();
        let is_hidden = matches!(presence.as_str(), "hidden" | "invisible" | "inactive");
        if self.skip > 0 || is_hidden || is_program(name) {
            self.skip = self.skip.saturating_add(1);
            // What a hidden field holds is not shown either.
            if let Some(field) = tag.attribute("name").filter(|_| name == "field") {
                self.data.remove(&field);
            }
            return;
        }
        match name {
            "draw" | "field" => {
                self.caption.clear();
                self.text.clear();
                self.field = tag.attribute("name").filter(|_| name == "field");
            }
            "caption" => self.in_caption = true,
            "text" | "exData" | "integer" | "decimal" | "date" | "time" | "dateTime" => {
                self.in_text = true;
            }
            "br" => self.text.push(' '),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if self.skip > 0 {
            self.skip -= 1;
            return;
        }
        match name {
            "caption" => self.in_caption = false,
            "text" | "exData" | "integer" | "decimal" | "date" | "time" | "dateTime" => {
                self.in_text = false;
                self.text.push(' ');
            }
            "p" => self.text.push(' '),
            "draw" | "field" => self.end_field(),
            _ => {}
        }
    }

    fn end_field(&mut self) {
        let own = std::mem::take(&mut self.text);
        let field = self.field.take();
        let filled = field.and_then(|field| self.data.get_mut(&field)?.pop_front());
        let value = filled.unwrap_or(own);
        let line = format!("{} {value}", std::mem::take(&mut self.caption));
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        if !line.is_empty() && self.lines.len() < MAX_LINES {
            self.lines.push(line);
        }
    }
}

fn is_program(name: &str) -> bool {
    matches!(
        name,
        "items"
            | "assist"
            | "event"
            | "calculate"
            | "validate"
            | "variables"
            | "script"
            | "desc"
            | "extras"
            | "proto"
            | "bindItems"
    )
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn a_form_reads_as_it_is_filled_in() {
        let form = "<xdp><template><subform><draw><value><text>JUDUL</text></value></draw>\
            <field name=\"nama\"><caption><value><text>Nama:</text></value></caption>\
            <items><text>pilihan</text></items></field>\
            <field name=\"rahasia\" presence=\"hidden\"><value><text>x</text></value></field>\
            <draw presence=\"hidden\"><value><text>tak tampak</text></value></draw>\
            <field name=\"isi\"><value><text>bawaan</text></value></field>\
            <draw><value><exData><body><p>baris</p><p>dua</p></body></exData></value></draw>\
            </subform></template><xfa:datasets><xfa:data><form><nama>Forum Anak</nama>\
            <rahasia>rahasia</rahasia><lain>sisa</lain></form></xfa:data></xfa:datasets></xdp>";
        let expected = ["JUDUL", "Nama: Forum Anak", "bawaan", "baris dua", "sisa"];
        assert_eq!(words(form.as_bytes()), expected);
        assert!(words(&form.as_bytes()[..40]).is_empty());
        assert!(words("<template><draw>".repeat(9_999).as_bytes()).is_empty());
    }
}
