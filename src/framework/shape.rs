//! A small language for the form of a JSON file, and a walk that finds every place where a
//! value departs from it. It sees what the published JSON Schema sees, with the same pointer,
//! and says more: which key was meant.

use crate::lexicon::error::{FrameworkError, Problem, SchemaFile, nearest, push_token};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The form a value must have.
pub(super) enum Shape {
    /// A string with at least one character.
    Text,
    /// A string that the test accepts; the words say what is accepted.
    Word(fn(&str) -> bool, &'static str),
    /// A number of points, zero or more.
    Points,
    /// A number from 0 to 1.
    Share,
    /// A whole number.
    Integer,
    /// A whole number from 1.
    Count,
    /// One of these whole numbers; the words say which.
    OneOf(&'static [u64], &'static str),
    /// True or false.
    Flag,
    /// Only true; absence means false.
    True,
    /// A list: the form of an item, the least number of items, whether all must differ.
    List(&'static Shape, usize, bool),
    /// A mapping: the test of a key and its words, the form of a value, the least number.
    Map(fn(&str) -> bool, &'static str, &'static Shape, usize),
    /// An object with these fields and no others.
    Object(&'static [Field]),
}

/// A field of an object.
pub(super) struct Field {
    name: &'static str,
    shape: &'static Shape,
    required: bool,
}

/// Returns a field that must be there.
pub(super) const fn must(name: &'static str, shape: &'static Shape) -> Field {
    Field {
        name,
        shape,
        required: true,
    }
}

/// Returns a field that may be there.
pub(super) const fn may(name: &'static str, shape: &'static Shape) -> Field {
    Field {
        name,
        shape,
        required: false,
    }
}

/// Returns every departure of `value` from `shape`, in document order.
pub(super) fn departures(
    file: SchemaFile,
    value: &Value,
    shape: &Shape,
) -> Vec<FrameworkError> {
    let mut walk = Walk {
        file,
        found: Vec::new(),
    };
    walk.value(value, shape, "");
    walk.found
}

struct Walk {
    file: SchemaFile,
    found: Vec<FrameworkError>,
}

impl Walk {
    fn report(&mut self, pointer: &str, problem: Problem) {
        let pointer = pointer.to_owned();
        self.found.push(FrameworkError {
            file: self.file,
            pointer,
            problem,
        });
    }

    fn wrong_type(&mut self, at: &str, expected: &'static str, value: &Value) {
        let found = type_of(value);
        self.report(at, Problem::WrongType { expected, found });
    }

    fn bad_value(&mut self, at: &str, expected: &'static str, value: &Value) {
        let found = match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        self.report(at, Problem::BadValue { expected, found });
    }

    fn value(&mut self, value: &Value, shape: &Shape, at: &str) {
        match shape {
            Shape::Text => self.text(value, at, |text| !text.is_empty(), "some text"),
            Shape::Word(test, words) => self.text(value, at, *test, words),
            Shape::Points => self.number(value, at, |n| n >= 0.0, "a number from 0"),
            Shape::Share => {
                self.number(
                    value,
                    at,
                    |n| (0.0..=1.0).contains(&n),
                    "a number from 0 to 1",
                );
            }
            Shape::Integer => self.integer(value, at, |_| true, "a whole number"),
            Shape::Count => self.integer(value, at, |n| n >= 1, "a whole number from 1"),
            Shape::OneOf(allowed, words) => {
                if !value.as_u64().is_some_and(|n| allowed.contains(&n)) {
                    self.bad_value(at, words, value);
                }
            }
            Shape::Flag if !value.is_boolean() => {
                self.wrong_type(at, "true or false", value);
            }
            Shape::True if *value != Value::Bool(true) => {
                self.bad_value(at, "true", value);
            }
            Shape::Flag | Shape::True => {}
            Shape::List(item, least, distinct) => match value {
                Value::Array(items) => self.list(items, item, *least, *distinct, at),
                _ => self.wrong_type(at, "a list", value),
            },
            Shape::Map(test, words, entry, least) => match value {
                Value::Object(map) => self.map(map, (*test, words), entry, *least, at),
                _ => self.wrong_type(at, "an object", value),
            },
            Shape::Object(fields) => match value {
                Value::Object(map) => self.object(map, fields, at),
                _ => self.wrong_type(at, "an object", value),
            },
        }
    }

    fn text(
        &mut self,
        value: &Value,
        at: &str,
        accepts: fn(&str) -> bool,
        words: &'static str,
    ) {
        match value {
            Value::String(text) if accepts(text) => {}
            Value::String(_) => self.bad_value(at, words, value),
            _ => self.wrong_type(at, "a string", value),
        }
    }

    fn number(
        &mut self,
        value: &Value,
        at: &str,
        test: fn(f64) -> bool,
        words: &'static str,
    ) {
        match value.as_f64() {
            Some(number) if test(number) => {}
            Some(_) => self.bad_value(at, words, value),
            None => self.wrong_type(at, "a number", value),
        }
    }

    fn integer(
        &mut self,
        value: &Value,
        at: &str,
        test: fn(i64) -> bool,
        words: &'static str,
    ) {
        match value.as_i64() {
            Some(number) if i32::try_from(number).is_ok() && test(number) => {}
            Some(_) => self.bad_value(at, words, value),
            None => self.wrong_type(at, "a whole number", value),
        }
    }

    fn list(
        &mut self,
        items: &[Value],
        item: &Shape,
        least: usize,
        distinct: bool,
        at: &str,
    ) {
        if items.len() < least {
            self.report(
                at,
                Problem::TooFew {
                    expected: least,
                    found: items.len(),
                },
            );
        }
        let mut seen = BTreeMap::new();
        for (index, value) in items.iter().enumerate() {
            let here = push_token(at, &index.to_string());
            self.value(value, item, &here);
            if distinct && let Some(text) = value.as_str() {
                let first = seen.entry(text).or_insert_with(|| here.clone());
                if *first != here {
                    let problem = Problem::Duplicate {
                        value: text.to_owned(),
                        first: first.clone(),
                    };
                    // JSON Schema's `uniqueItems` speaks of the list, not of the item.
                    self.report(at, problem);
                }
            }
        }
    }

    fn map(
        &mut self,
        map: &Map<String, Value>,
        key: (fn(&str) -> bool, &'static str),
        entry: &Shape,
        least: usize,
        at: &str,
    ) {
        if map.len() < least {
            self.report(
                at,
                Problem::TooFew {
                    expected: least,
                    found: map.len(),
                },
            );
        }
        for (name, value) in map {
            if !key.0(name) {
                let problem = Problem::BadValue {
                    expected: key.1,
                    found: name.clone(),
                };
                self.report(at, problem);
            }
            self.value(value, entry, &push_token(at, name));
        }
    }

    fn object(&mut self, map: &Map<String, Value>, fields: &[Field], at: &str) {
        for key in map.keys() {
            if !fields.iter().any(|field| field.name == key) {
                let nearest = nearest(key, fields.iter().map(|field| field.name));
                self.report(
                    at,
                    Problem::UnknownKey {
                        key: key.clone(),
                        nearest,
                    },
                );
            }
        }
        self.inferred(map, at);
        for field in fields {
            match map.get(field.name) {
                Some(value) => {
                    self.value(value, field.shape, &push_token(at, field.name));
                }
                None if field.required => {
                    self.report(at, Problem::MissingKey { key: field.name });
                }
                None => {}
            }
        }
    }

    /// Reports a name in `inferred` that is not a field of the same object.
    fn inferred(&mut self, map: &Map<String, Value>, at: &str) {
        let names = map
            .get("inferred")
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        for (index, name) in names
            .enumerate()
            .filter_map(|(i, v)| Some((i, v.as_str()?)))
        {
            let field = name.split_once('/').map_or(name, |(field, _)| field);
            if !map.contains_key(field) {
                let nearest = nearest(field, map.keys().map(String::as_str));
                let what = "field here";
                let problem = Problem::Unresolved {
                    what,
                    value: field.to_owned(),
                    nearest,
                };
                self.report(&format!("{at}/inferred/{index}"), problem);
            }
        }
    }
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
