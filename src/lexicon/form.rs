//! What serde's types do not say of a value in a data file: the form of a text, the range of a
//! number, the least number of items. Used as `deserialize_with` beside the field, so that the
//! form of a file stands in one place; the place of an error is serde's.

use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

/// A form that a text must have.
pub(crate) trait Word {
    /// What is accepted, as the end of "expected …".
    const EXPECTED: &'static str;

    /// Returns whether a text has the form.
    fn accepts(text: &str) -> bool;
}

/// Some text: an empty one is a gap in the data.
pub(crate) struct Text;

impl Word for Text {
    const EXPECTED: &'static str = "some text";

    fn accepts(text: &str) -> bool {
        !text.is_empty()
    }
}

/// A value whose text has the form `W`.
struct Formed<W, T>(T, PhantomData<W>);

impl<'de, W: Word, T: for<'a> From<&'a str>> Deserialize<'de> for Formed<W, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        word::<W, T, D>(deserializer).map(|value| Self(value, PhantomData))
    }
}

struct WordVisitor<W, T>(PhantomData<(W, T)>);

impl<W: Word, T: for<'a> From<&'a str>> Visitor<'_> for WordVisitor<W, T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(W::EXPECTED)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        if W::accepts(text) {
            Ok(T::from(text))
        } else {
            Err(E::invalid_value(Unexpected::Str(text), &self))
        }
    }
}

/// Reads a text of a form.
pub(crate) fn word<'de, W, T, D>(deserializer: D) -> Result<T, D::Error>
where
    W: Word,
    T: for<'a> From<&'a str>,
    D: Deserializer<'de>,
{
    deserializer.deserialize_str(WordVisitor::<W, T>(PhantomData))
}

/// Reads a text of a form that may be left out, but not be null.
pub(crate) fn maybe_word<'de, W, T, D>(deserializer: D) -> Result<Option<T>, D::Error>
where
    W: Word,
    T: for<'a> From<&'a str>,
    D: Deserializer<'de>,
{
    word::<W, T, D>(deserializer).map(Some)
}

/// Reads a value that may be left out, but not be null.
pub(crate) fn present<'de, T, D>(deserializer: D) -> Result<Option<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    T::deserialize(deserializer).map(Some)
}

/// Reads a list of texts of a form.
pub(crate) fn words<'de, W, T, D>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    W: Word,
    T: for<'a> From<&'a str>,
    D: Deserializer<'de>,
{
    let words = Vec::<Formed<W, T>>::deserialize(deserializer)?;
    Ok(words.into_iter().map(|Formed(value, _)| value).collect())
}

/// Reads a list of at least one text of a form.
pub(crate) fn some_words<'de, W, T, D>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    W: Word,
    T: for<'a> From<&'a str>,
    D: Deserializer<'de>,
{
    words::<W, T, D>(deserializer).and_then(filled)
}

/// Reads a list of different texts of a form.
pub(crate) fn distinct<'de, W, T, D>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    W: Word,
    T: for<'a> From<&'a str> + PartialEq + fmt::Display,
    D: Deserializer<'de>,
{
    let items = words::<W, T, D>(deserializer)?;
    // Lists of a data file are short.
    for (index, item) in items.iter().enumerate() {
        if items.iter().take(index).any(|before| before == item) {
            return Err(D::Error::custom(format_args!("`{item}` is there twice")));
        }
    }
    Ok(items)
}

/// Reads a list of at least one text of a form, all different.
pub(crate) fn some_distinct<'de, W, T, D>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    W: Word,
    T: for<'a> From<&'a str> + PartialEq + fmt::Display,
    D: Deserializer<'de>,
{
    distinct::<W, T, D>(deserializer).and_then(filled)
}

/// Reads a list of at least one item.
pub(crate) fn some<'de, T, D>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    Vec::deserialize(deserializer).and_then(filled)
}

fn filled<T, E: Error>(items: Vec<T>) -> Result<Vec<T>, E> {
    match items.is_empty() {
        true => Err(E::invalid_length(0, &"at least one item")),
        false => Ok(items),
    }
}

/// Reads a mapping whose keys have a form. A key that has not is told at the mapping, as JSON
/// Schema's `propertyNames` does.
pub(crate) fn keyed<'de, W, K, V, D>(deserializer: D) -> Result<BTreeMap<K, V>, D::Error>
where
    W: Word,
    K: Deserialize<'de> + Ord + AsRef<str>,
    V: Deserialize<'de>,
    D: Deserializer<'de>,
{
    let map = BTreeMap::<K, V>::deserialize(deserializer)?;
    for key in map.keys() {
        if !W::accepts(key.as_ref()) {
            let found = Unexpected::Str(key.as_ref());
            return Err(D::Error::invalid_value(found, &W::EXPECTED));
        }
    }
    Ok(map)
}

/// Reads a mapping of at least one entry whose keys have a form.
pub(crate) fn some_keyed<'de, W, K, V, D>(
    deserializer: D,
) -> Result<BTreeMap<K, V>, D::Error>
where
    W: Word,
    K: Deserialize<'de> + Ord + AsRef<str>,
    V: Deserialize<'de>,
    D: Deserializer<'de>,
{
    let map = keyed::<W, K, V, D>(deserializer)?;
    match map.is_empty() {
        true => Err(D::Error::invalid_length(0, &"at least one entry")),
        false => Ok(map),
    }
}

/// A number from 0; at most `most`.
struct Number {
    most: f64,
    expected: &'static str,
}

impl Number {
    fn within<E: Error>(&self, number: f64, found: Unexpected<'_>) -> Result<f64, E> {
        match (0.0..=self.most).contains(&number) {
            true => Ok(number),
            false => Err(E::invalid_value(found, self)),
        }
    }
}

impl Visitor<'_> for Number {
    type Value = f64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<f64, E> {
        self.within(number as f64, Unexpected::Unsigned(number))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<f64, E> {
        self.within(number as f64, Unexpected::Signed(number))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<f64, E> {
        self.within(number, Unexpected::Float(number))
    }
}

/// Reads a number of points, zero or more.
pub(crate) fn points<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<f64, D::Error> {
    deserializer.deserialize_f64(Number {
        most: f64::MAX,
        expected: "a number from 0",
    })
}

/// Reads a share, 0 to 1.
pub(crate) fn share<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    deserializer.deserialize_f64(Number {
        most: 1.0,
        expected: "a number from 0 to 1",
    })
}

/// Reads a number of things, one or more.
pub(crate) fn count<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    match u32::deserialize(deserializer)? {
        0 => Err(D::Error::invalid_value(
            Unexpected::Unsigned(0),
            &"a whole number from 1",
        )),
        count => Ok(count),
    }
}

/// Reads the version of a file's form; there is one so far.
pub(crate) fn version<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<u32, D::Error> {
    match u32::deserialize(deserializer)? {
        1 => Ok(1),
        other => Err(D::Error::invalid_value(
            Unexpected::Unsigned(other.into()),
            &"1, the version of this form",
        )),
    }
}

/// Reads what is only ever written when true, so that a file has one way to say no.
pub(crate) fn only_true<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<bool, D::Error> {
    match bool::deserialize(deserializer)? {
        true => Ok(true),
        false => Err(D::Error::invalid_value(
            Unexpected::Bool(false),
            &"true, or no such key",
        )),
    }
}
