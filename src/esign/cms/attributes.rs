//! Attributes of a signer (RFC 5652, section 5.3).

use crate::der::{Element, Oid, Reader};

/// Attributes, each with its values.
#[derive(Debug, Clone, Default)]
pub struct Attributes<'a> {
    entries: Vec<(Oid, Reader<'a>)>,
}

/// Most attributes that are read; real signatures have about six.
const MAX_ATTRIBUTES: usize = 64;

impl<'a> Attributes<'a> {
    /// Reads the inside of `SET OF Attribute`; `None` where it is not that.
    pub fn read(inside: Reader<'a>) -> Option<Self> {
        let mut entries = Vec::new();
        for element in inside {
            let mut parts = element?.inside();
            let oid = parts.any()?.oid()?;
            let values = parts.any()?.inside();
            if entries.len() == MAX_ATTRIBUTES {
                return None;
            }
            entries.push((oid, values));
        }
        Some(Self { entries })
    }

    /// Returns the first value of the attribute with this name.
    pub fn get(&self, dotted: &str) -> Option<Element<'a>> {
        self.values(dotted)?.any()
    }

    /// Returns the values of the attribute with this name.
    pub fn values(&self, dotted: &str) -> Option<Reader<'a>> {
        let found = self.entries.iter().find(|(oid, _)| oid.is(dotted));
        found.map(|(_, values)| values.clone())
    }

    /// Tells whether the attribute is there more than once, or has not one value (RFC 5652, 11.2):
    /// nobody can say which counts.
    pub fn is_ambiguous(&self, dotted: &str) -> bool {
        let mut own = self.entries.iter().filter(|(oid, _)| oid.is(dotted));
        let (first, second) = (own.next(), own.next());
        second.is_some() || first.is_some_and(|(_, values)| values.clone().count() != 1)
    }
}
