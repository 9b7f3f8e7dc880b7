//! Takes an open PDF and gives what it says about itself: title, producer, creation date, and
//! how many signature fields are signed or empty. Apart from text, because metadata is a
//! witness and never proof.

use crate::extract::normalize;
use crate::model::Metadata;
use hayro::hayro_interpret::hayro_syntax::Pdf;
use hayro::hayro_interpret::hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object};
use hayro::hayro_interpret::hayro_syntax::xref::XRef;

/// Form fields looked at: far more than a person fills in.
const MAX_FIELDS: u32 = 10_000;
/// Levels of nested fields followed.
const MAX_DEPTH: u32 = 16;

/// Reads the document's properties.
pub(super) fn read(pdf: &Pdf) -> Metadata {
    let info = pdf.metadata();
    let text = |raw: &Option<Box<[u8]>>| {
        let text = normalize::word(&text_string(raw.as_deref()?));
        (!text.is_empty()).then_some(text)
    };
    Metadata {
        title: text(&info.title),
        producer: text(&info.producer).or_else(|| text(&info.creator)),
        created: info.creation_date.filter(|date| date.year > 0).map(|date| {
            format!(
                "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}",
                date.year, date.month, date.day, date.hour, date.minute, date.second
            )
        }),
        camera: None,
        signature_fields: signature_fields(pdf),
        esign: None,
        anchors: Vec::new(),
    }
}

/// Decodes a PDF text string (ISO 32000-2, 7.9.2.2): UTF-16 or UTF-8 by its mark, else
/// `PDFDocEncoding`, of which Windows-1252 is the common part.
pub(super) fn text_string(raw: &[u8]) -> String {
    let (text, _) = match raw {
        [0xFE, 0xFF, rest @ ..] => {
            encoding_rs::UTF_16BE.decode_without_bom_handling(rest)
        }
        [0xFF, 0xFE, rest @ ..] => {
            encoding_rs::UTF_16LE.decode_without_bom_handling(rest)
        }
        [0xEF, 0xBB, 0xBF, rest @ ..] => {
            encoding_rs::UTF_8.decode_without_bom_handling(rest)
        }
        _ => encoding_rs::WINDOWS_1252.decode_without_bom_handling(raw),
    };
    text.into_owned()
}

/// Returns the dictionaries of an array. The reader's own iterator ends at the first item that
/// is missing or of another kind; a damaged entry must not hide those after it.
pub(super) fn dicts<'a>(
    array: &Array<'a>,
    xref: &'a XRef,
) -> impl Iterator<Item = Dict<'a>> + use<'a> {
    let items = array.raw_iter();
    items.filter_map(|item| match item {
        MaybeRef::Ref(id) => xref.get::<Object<'_>>(id.into())?.into_dict(),
        MaybeRef::NotRef(object) => object.into_dict(),
    })
}

/// Counts (signed, empty) signature fields; `None` where there are none.
fn signature_fields(pdf: &Pdf) -> Option<(u32, u32)> {
    let xref = pdf.xref();
    let form = xref
        .get::<Dict<'_>>(xref.root_id())?
        .get::<Dict<'_>>(b"AcroForm")?;
    let mut count = Count {
        signed: 0,
        empty: 0,
        left: MAX_FIELDS,
    };
    count.fields(&form.get::<Array<'_>>(b"Fields")?, xref, false, 0);
    (count.signed + count.empty > 0).then_some((count.signed, count.empty))
}

struct Count {
    signed: u32,
    empty: u32,
    left: u32,
}

impl Count {
    /// Walks a field tree; `inherited` tells that a parent is a signature field.
    fn fields<'a>(
        &mut self,
        fields: &Array<'a>,
        xref: &'a XRef,
        inherited: bool,
        depth: u32,
    ) {
        for field in dicts(fields, xref) {
            if self.left == 0 || depth > MAX_DEPTH {
                return;
            }
            self.left -= 1;
            let is_signature = match field.get::<Name<'_>>(b"FT") {
                Some(kind) => kind.as_ref() == b"Sig",
                None => inherited,
            };
            if is_signature && field.contains_key(b"T") {
                match field.get::<Object<'_>>(b"V") {
                    Some(Object::Dict(_)) => self.signed += 1,
                    _ => self.empty += 1,
                }
            } else if let Some(kids) = field.get::<Array<'_>>(b"Kids") {
                self.fields(&kids, xref, is_signature, depth + 1);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::text_string;

    #[test]
    fn text_strings_are_decoded_by_their_mark() {
        assert_eq!(text_string(b"Perda 5"), "Perda 5");
        assert_eq!(text_string(b"\xFE\xFF\0P\0e"), "Pe");
        assert_eq!(text_string(b"\xEF\xBB\xBFP\xC3\xA9"), "P\u{e9}");
        assert_eq!(text_string(b"caf\xE9"), "caf\u{e9}");
    }
}
