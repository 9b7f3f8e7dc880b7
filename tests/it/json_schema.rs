//! Where a value breaks its JSON Schema: takes both, gives JSON pointers with what is wrong
//! there. Apart because the unit tests of the library ask it as well.

use boon::{Compiler, ErrorKind, Schemas, ValidationError};
use serde_json::Value;

/// Returns each fault as a JSON pointer into `value` and a sentence; none where `value` keeps
/// to `schema`.
pub fn faults(schema: &Value, value: &Value) -> Vec<(String, String)> {
    const NAME: &str = "http://localhost/schema.json";
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.add_resource(NAME, schema.clone()).unwrap();
    let compiled = compiler.compile(NAME, &mut schemas).unwrap();
    let mut faults = Vec::new();
    if let Err(error) = schemas.validate(value, compiled) {
        leaves(&error, &mut faults);
    }
    faults
}

/// Collects what lies deepest: an error about a whole only says that a part of it is wrong.
fn leaves(error: &ValidationError, faults: &mut Vec<(String, String)>) {
    // What is wrong with a key is told of the key as if it were the whole.
    let is_key = matches!(error.kind, ErrorKind::PropertyName { .. });
    if is_key || error.causes.is_empty() {
        let place = error.instance_location.to_string();
        faults.push((place, error.kind.to_string()));
        return;
    }
    for cause in &error.causes {
        leaves(cause, faults);
    }
}
