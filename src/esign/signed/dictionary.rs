//! The dictionary of a signature (ISO 32000-2, table 255).

use crate::esign::pdf::{Dict, Document, Id, Object, Place, text};
use std::ops::Range;

/// A signature's dictionary, and where its `/Contents` stands.
#[derive(Debug)]
pub struct SignatureDict {
    /// The object, if it is one of its own.
    pub id: Option<Id>,
    /// The dictionary, as read.
    pub dict: Dict,
    /// Where `/Contents` stands in the file, its angle brackets included; `None` where there is
    /// none, or two, or it is not in the file as written.
    pub contents_at: Option<Range<usize>>,
    /// The bytes that `/Contents` holds, as written: it is never encrypted.
    pub contents: Vec<u8>,
}

/// Reads the dictionary that a signature field has as its value. `holder` is the object in which
/// a value that is no object of its own stands.
pub fn signature_dict(
    document: &Document<'_>,
    value: &Object,
    holder: Option<Id>,
) -> Option<SignatureDict> {
    let resolved = document.resolve(value);
    let dict = resolved.dict()?.clone();
    let id = value.reference();
    let is_in_file = id
        .or(holder)
        .is_some_and(|id| matches!(document.place(id), Place::At(_)));
    let contents_at = match dict.get(b"Contents") {
        _ if dict.count(b"Contents") != 1 || !is_in_file => None,
        Some(Object::Reference(contents)) => document.value_place(*contents),
        _ => dict.place(b"Contents"),
    };
    let written = contents_at.clone().and_then(|at| document.bytes().get(at));
    let contents = written.and_then(hexadecimal);
    Some(SignatureDict {
        id,
        contents_at: contents_at.filter(|_| contents.is_some()),
        contents: contents.unwrap_or_default(),
        dict,
    })
}

/// Decodes `<…>`; `None` where it is anything else.
fn hexadecimal(written: &[u8]) -> Option<Vec<u8>> {
    let digits = written.strip_prefix(b"<")?.strip_suffix(b">")?;
    let mut bytes = Vec::with_capacity(digits.len() / 2);
    let mut high: Option<u32> = None;
    for digit in digits.iter().filter(|byte| !byte.is_ascii_whitespace()) {
        let digit = char::from(*digit).to_digit(16)?;
        match high.take() {
            Some(first) => bytes.push((first << 4 | digit) as u8),
            None => high = Some(digit),
        }
    }
    bytes.extend(high.map(|digit| (digit << 4) as u8));
    Some(bytes)
}

impl SignatureDict {
    /// Returns a name, such as `/SubFilter`.
    pub fn name(&self, document: &Document<'_>, key: &[u8]) -> Option<String> {
        document.get(&self.dict, key).name().map(text)
    }

    /// Tells whether it stamps the document's time and is no person's signature.
    pub fn is_time_stamp(&self, document: &Document<'_>) -> bool {
        document.get(&self.dict, b"Type").name() == Some(b"DocTimeStamp")
            || document.get(&self.dict, b"SubFilter").name() == Some(b"ETSI.RFC3161")
    }

    /// Tells whether it is a document time-stamp in all it says, which may be added where nothing
    /// else may.
    pub fn is_plain_time_stamp(&self, document: &Document<'_>) -> bool {
        document.get(&self.dict, b"SubFilter").name() == Some(b"ETSI.RFC3161")
    }

    /// Returns a string, such as `/M`.
    pub fn text(&self, document: &Document<'_>, key: &[u8]) -> Option<String> {
        document.get(&self.dict, key).string().map(text)
    }

    /// Tells whether `/Contents` holds nothing but the zeros that keep its place.
    pub fn is_blank(&self) -> bool {
        self.contents.iter().all(|byte| *byte == 0)
    }
}
