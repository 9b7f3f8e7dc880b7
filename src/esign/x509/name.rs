//! Distinguished names.

use crate::der::Element;

/// A distinguished name (RFC 5280, section 4.1.2.4): its parts in order, each with its kind
/// and text.
///
/// Two names are the same where kinds and texts are, whatever string types wrote them; letters
/// are compared without case and blanks are joined (RFC 5280, section 7.1).
#[derive(Debug, Clone, Default)]
pub struct Name {
    parts: Vec<(String, String)>,
    /// All its bytes.
    pub der: Vec<u8>,
}

/// Kinds of parts (X.520): commonName, organizationName.
const COMMON_NAME: &str = "2.5.4.3";
const ORGANISATION: &str = "2.5.4.10";

/// Longest text of a part that is kept, in chars.
const MAX_TEXT: usize = 200;

impl Name {
    /// Reads a `Name`; parts in no form are left out.
    pub fn read(element: Element<'_>) -> Self {
        let sets = element.inside().flatten().flat_map(Element::inside);
        let parts = sets.flatten().filter_map(|pair| {
            let mut pair = pair.inside();
            let kind = pair.any()?.oid()?.to_string();
            Some((kind, text(pair.any()?)))
        });
        Self {
            parts: parts.take(64).collect(),
            der: element.whole.to_vec(),
        }
    }

    /// Returns the common name.
    pub fn common_name(&self) -> Option<&str> {
        self.part(COMMON_NAME)
    }

    /// Returns the organisation.
    pub fn organisation(&self) -> Option<&str> {
        self.part(ORGANISATION)
    }

    fn part(&self, kind: &str) -> Option<&str> {
        // The last is the most specific.
        let found = self.parts.iter().rev().find(|(found, _)| found == kind);
        found.map(|(_, text)| text.as_str())
    }

    fn folded(&self) -> Vec<(&str, String)> {
        let fold = |text: &str| {
            let words: Vec<&str> = text.split_whitespace().collect();
            words.join(" ").to_lowercase()
        };
        let parts = self.parts.iter();
        parts
            .map(|(kind, text)| (kind.as_str(), fold(text)))
            .collect()
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.der == other.der
            || (!self.parts.is_empty() && self.folded() == other.folded())
    }
}

impl Eq for Name {}

/// Returns a text of any string type (X.680, section 41), without control characters.
fn text(element: Element<'_>) -> String {
    let bytes = element.content;
    let text = match element.tag {
        // BMPString, UniversalString
        0x1e => {
            let units = bytes.chunks_exact(2).map(|pair| match pair {
                [high, low] => u16::from_be_bytes([*high, *low]),
                _ => 0,
            });
            char::decode_utf16(units)
                .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
                .collect()
        }
        // TeletexString is Latin-1 in use.
        0x14 => bytes.iter().map(|byte| char::from(*byte)).collect(),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    };
    let shown = text.chars().filter(|c| !c.is_control());
    shown.take(MAX_TEXT).collect()
}
