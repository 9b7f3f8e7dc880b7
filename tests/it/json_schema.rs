//! Where a value breaks its JSON Schema: takes both, gives JSON pointers with what is wrong
//! there. Apart because the unit tests of the library ask it as well.

use boon::{Compiler, ErrorKind, SchemaIndex, Schemas, ValidationError};
use serde_json::Value;

/// A JSON Schema, compiled.
pub struct Schema {
    schemas: Schemas,
    compiled: SchemaIndex,
}

impl Schema {
    /// Compiles a schema.
    pub fn new(schema: Value) -> Self {
        const NAME: &str = "http://localhost/schema.json";
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        compiler.add_resource(NAME, schema).unwrap();
        let compiled = compiler.compile(NAME, &mut schemas).unwrap();
        Self { schemas, compiled }
    }

    /// Returns each fault as a JSON pointer into `value` and a sentence; none where `value`
    /// keeps to the schema.
    pub fn faults(&self, value: &Value) -> Vec<(String, String)> {
        let mut faults = Vec::new();
        if let Err(error) = self.schemas.validate(value, self.compiled) {
            leaves(&error, value, &mut faults);
        }
        faults
    }
}

/// Collects what lies deepest: an error about a whole only says that a part of it is wrong.
fn leaves(error: &ValidationError, value: &Value, faults: &mut Vec<(String, String)>) {
    // `boon` judges the name of a property as a value of its own and forgets whose it is.
    if let ErrorKind::PropertyName { prop } = &error.kind {
        let mut places = Vec::new();
        holders(value, prop, "", &mut places);
        let said = error.kind.to_string();
        faults.extend(places.into_iter().map(|place| (place, said.clone())));
        return;
    }
    if error.causes.is_empty() {
        let place = error.instance_location.to_string();
        faults.push((place, error.kind.to_string()));
    }
    for cause in &error.causes {
        leaves(cause, value, faults);
    }
}

/// Collects the places of the objects that have a property of this name.
fn holders(value: &Value, name: &str, at: &str, places: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            if fields.contains_key(name) {
                places.push(at.to_owned());
            }
            for (key, value) in fields {
                let key = key.replace('~', "~0").replace('/', "~1");
                holders(value, name, &format!("{at}/{key}"), places);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                holders(item, name, &format!("{at}/{index}"), places);
            }
        }
        _ => {}
    }
}
