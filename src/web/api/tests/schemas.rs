//! The description as a judge: what an answer has to be.

use super::little::Answer;
use axum::http::{Method, header};
use boon::{Compiler, Schemas};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Where the schemas lie for the judge.
const PLACE: &str = "http://localhost/schema";

/// The description, as it is published.
pub(super) struct Description(Value);

impl Description {
    pub(super) fn read() -> Self {
        Self(file("openapi.json"))
    }

    /// Returns the path and the method of everything that is described.
    pub(super) fn operations(&self) -> BTreeSet<(String, String)> {
        let paths = self.0["paths"].as_object().unwrap();
        let each = paths.iter().flat_map(|(path, methods)| {
            let methods = methods.as_object().unwrap().keys();
            methods.map(move |method| (path.clone(), method.clone()))
        });
        each.collect()
    }

    /// Returns the pages that are said to have a twin.
    pub(super) fn pages(&self) -> Vec<&str> {
        let paths = self.0["paths"].as_object().unwrap().values();
        let pages = paths.filter_map(|methods| methods["get"]["x-pages"].as_array());
        pages.flatten().map(|page| page.as_str().unwrap()).collect()
    }

    /// Panics where an answer is not one that is described for a path.
    pub(super) fn judge(&self, method: &Method, path: &str, answer: &Answer) {
        let method = method.as_str().to_lowercase();
        let own = path.replace('~', "~0").replace('/', "~1");
        let responses = &self.0["paths"][path][&method]["responses"];
        let status = answer.status.as_u16().to_string();
        let status = match responses.get(&status) {
            Some(_) => status.as_str(),
            None if answer.status.is_success() => {
                panic!("{path}: {status} is not described")
            }
            None => "default",
        };
        let mut at = format!("/paths/{own}/{method}/responses/{status}");
        if let Some(reference) = responses[status]["$ref"].as_str() {
            at = reference.trim_start_matches('#').to_owned();
        }
        let kind = answer.header(header::CONTENT_TYPE);
        let kind = kind.split(';').next().unwrap();
        let content = &self.0.pointer(&at).unwrap()["content"][kind];
        assert!(
            !content.is_null(),
            "{path}: {status} is not {kind}: {}",
            answer.text
        );
        if content.get("schema").is_some() {
            let value = serde_json::from_str(&answer.text).unwrap();
            let kind = kind.replace('/', "~1");
            hold(
                &format!("openapi.json#{at}/content/{kind}/schema"),
                &value,
                path,
            );
        }
    }
}

/// Panics where a value breaks the schema at a place below `schema/`.
pub(super) fn hold(place: &str, value: &Value, about: &str) {
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    for name in names() {
        let resource = format!("{PLACE}/{name}");
        compiler.add_resource(&resource, file(&name)).unwrap();
    }
    let compiled = compiler.compile(&format!("{PLACE}/{place}"), &mut schemas);
    let compiled = compiled.unwrap_or_else(|error| panic!("{place}: {error:#}"));
    if let Err(error) = schemas.validate(value, compiled) {
        panic!("{about}: {error:#}\n{value:#}");
    }
}

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("schema")
}

fn file(name: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(folder().join(name)).unwrap()).unwrap()
}

fn names() -> Vec<String> {
    let entries = fs::read_dir(folder()).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names
        .filter(|name| name.ends_with(".schema.json") || name == "openapi.json")
        .collect()
}
