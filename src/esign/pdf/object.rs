//! Values of PDF (ISO 32000-2, 7.3).

use std::{collections::BTreeSet, ops::Range, rc::Rc};

/// The number of an indirect object. Its generation is not kept: two objects of one number are
/// never alive together.
pub type Id = u32;

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub enum Object {
    /// `null`, and what is not there.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, whole or not.
    Number(f64),
    /// A name, without its slash.
    Name(Vec<u8>),
    /// A string, decoded.
    String(Vec<u8>),
    /// An array.
    Array(Vec<Object>),
    /// A dictionary.
    Dict(Dict),
    /// A stream.
    Stream(Rc<Stream>),
    /// A reference to an indirect object.
    Reference(Id),
}

/// A dictionary, its entries in the order they were written.
#[derive(Debug, Clone, Default)]
pub struct Dict {
    entries: Vec<Entry>,
}

#[derive(Debug, Clone)]
struct Entry {
    key: Vec<u8>,
    value: Object,
    at: Range<usize>,
}

/// A stream: its dictionary, and where its bytes are in the file.
#[derive(Debug, Clone, PartialEq)]
pub struct Stream {
    /// The dictionary.
    pub dict: Dict,
    /// The bytes, as written.
    pub data: Range<usize>,
}

impl Object {
    /// Returns the dictionary that it is, or that a stream has.
    pub fn dict(&self) -> Option<&Dict> {
        match self {
            Self::Dict(dict) => Some(dict),
            Self::Stream(stream) => Some(&stream.dict),
            _ => None,
        }
    }

    /// Returns the values of an array.
    pub fn array(&self) -> Option<&[Object]> {
        match self {
            Self::Array(values) => Some(values),
            _ => None,
        }
    }

    /// Returns the name that it is.
    pub fn name(&self) -> Option<&[u8]> {
        match self {
            Self::Name(name) => Some(name),
            _ => None,
        }
    }

    /// Returns the string that it is.
    pub fn string(&self) -> Option<&[u8]> {
        match self {
            Self::String(string) => Some(string),
            _ => None,
        }
    }

    /// Returns the whole number that it is.
    pub fn integer(&self) -> Option<i64> {
        match self {
            // Above 2^53 not every whole number is one.
            Self::Number(number) if number.fract() == 0.0 && number.abs() < 9e15 => {
                Some(*number as i64)
            }
            _ => None,
        }
    }

    /// Tells whether a key stands twice in a dictionary, here or below: readers differ in which
    /// of the two counts.
    pub fn has_key_twice(&self) -> bool {
        let in_dict = |dict: &Dict| {
            let mut seen = BTreeSet::new();
            dict.iter()
                .any(|(key, value)| !seen.insert(key) || value.has_key_twice())
        };
        match self {
            Self::Array(values) => values.iter().any(Self::has_key_twice),
            Self::Dict(dict) => in_dict(dict),
            Self::Stream(stream) => in_dict(&stream.dict),
            _ => false,
        }
    }

    /// Returns the number of the object that it refers to.
    pub fn reference(&self) -> Option<Id> {
        match self {
            Self::Reference(id) => Some(*id),
            _ => None,
        }
    }
}

impl Dict {
    /// Adds an entry, with the place of its value in the file.
    pub fn push(&mut self, key: Vec<u8>, value: Object, at: Range<usize>) {
        self.entries.push(Entry { key, value, at });
    }

    /// Returns the value of a key. Of two with one name the last counts, as most readers do it.
    pub fn get(&self, key: &[u8]) -> Option<&Object> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// Returns the value of a key; a key that is not there is null (ISO 32000-2, 7.3.7).
    pub fn get_or_null(&self, key: &[u8]) -> &Object {
        const NULL: &Object = &Object::Null;
        self.get(key).unwrap_or(NULL)
    }

    /// Returns the place of a key's value in the file.
    pub fn place(&self, key: &[u8]) -> Option<Range<usize>> {
        self.entry(key).map(|entry| entry.at.clone())
    }

    /// Returns how often a key stands in it: more than once, readers differ.
    pub fn count(&self, key: &[u8]) -> usize {
        self.entries.iter().filter(|entry| entry.key == key).count()
    }

    /// Tells whether a key stands in it twice that did not in another.
    pub fn repeats(&self, key: &[u8], other: &Self) -> bool {
        let count = self.count(key);
        count > 1 && count != other.count(key)
    }

    /// Tells whether any key stands in it twice that did not in another.
    pub fn has_twice(&self, other: &Self) -> bool {
        let mut seen = BTreeSet::new();
        let mut keys = self.keys();
        keys.any(|key| !seen.insert(key) && self.repeats(key, other))
    }

    fn entry(&self, key: &[u8]) -> Option<&Entry> {
        self.entries.iter().rev().find(|entry| entry.key == key)
    }

    /// Returns the keys, in the order they were written.
    pub fn keys(&self) -> impl Iterator<Item = &[u8]> {
        self.entries.iter().map(|entry| entry.key.as_slice())
    }

    /// Returns the entries.
    pub fn iter(&self) -> impl Iterator<Item = (&[u8], &Object)> {
        let entries = self.entries.iter();
        entries.map(|entry| (entry.key.as_slice(), &entry.value))
    }

    /// Returns the values, to be changed.
    pub fn values_mut(&mut self) -> impl Iterator<Item = (&[u8], &mut Object)> {
        let entries = self.entries.iter_mut();
        entries.map(|entry| (entry.key.as_slice(), &mut entry.value))
    }

    /// Returns the name that stands at a key.
    pub fn name(&self, key: &[u8]) -> Option<&[u8]> {
        self.get(key).and_then(Object::name)
    }

    /// Returns the number of entries.
    pub fn len(&self) -> usize {
        self.entries.len()
    }
}

/// The same keys and values; where they stand does not count.
impl PartialEq for Dict {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len()
            && self
                .iter()
                .all(|(key, value)| other.get(key) == Some(value))
    }
}
