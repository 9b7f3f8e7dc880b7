//! The house's rules that rustc does not know: rings, one tongue for data, no forgotten words.

use super::support::repository;
use std::{collections::BTreeMap, fs, path::Path};

/// The ring of each top module; a module may use rings below its own, and none of its own.
/// Adding a row or changing a number is a change of architecture: say so in `src/lib.rs`.
const RINGS: [(&str, u8); 13] = [
    ("model", 0),
    ("framework", 1),
    ("fixity", 2),
    ("extract", 2),
    ("classify", 2),
    ("likeness", 2),
    ("link", 2),
    ("check", 2),
    ("report", 2),
    ("smaller", 2),
    ("io", 3),
    ("app", 4),
    ("cli", 5),
];

/// Names that pure rings must not speak: files, clock, environment, threads, network.
const IMPURE: [&str; 9] = [
    "std::fs",
    "std::env",
    "std::net",
    "std::process",
    "std::thread",
    "SystemTime",
    "Instant::now",
    "rusqlite",
    "tantivy",
];

fn sources(folder: &Path, found: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            let name = path.strip_prefix(repository("src")).unwrap();
            let name = name.to_string_lossy().replace('\\', "/");
            found.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
}

/// Returns all shipped sources by name; files of unit tests are not shipped.
fn all_sources() -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    sources(&repository("src"), &mut found);
    found.retain(|name, _| !name.ends_with("/tests.rs"));
    found
}

fn ring(module: &str) -> Option<u8> {
    RINGS
        .iter()
        .find(|(name, _)| *name == module)
        .map(|(_, ring)| *ring)
}

/// Returns the code without comments and without its unit tests, which may look sideways.
fn code_of(text: &str) -> String {
    let shipped = text.split("#[cfg(test)]").next().unwrap_or(text);
    let without = |line: &str| line.split("//").next().unwrap_or(line).to_owned();
    shipped.lines().map(without).collect::<Vec<_>>().join("\n")
}

/// Returns the top modules named after `crate::`, also within `use crate::{a, b::c}`.
fn uses(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for after in code.split("crate::").skip(1) {
        let after = after.trim_start();
        if let Some(group) = after.strip_prefix('{') {
            let mut depth = 1;
            let mut name = String::new();
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    _ => {}
                }
                if depth == 1 && (c.is_alphanumeric() || c == '_') {
                    name.push(c);
                } else if depth == 1 && c == ',' {
                    name.clear();
                } else if !name.is_empty() {
                    found.push(std::mem::take(&mut name));
                }
                if depth == 0 {
                    break;
                }
            }
        } else {
            found.push(
                after
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect(),
            );
        }
    }
    found
}

fn breaches(name: &str, text: &str) -> Vec<String> {
    let module = name.split('/').next().unwrap().trim_end_matches(".rs");
    let Some(own) = ring(module) else {
        return Vec::new();
    };
    let code = code_of(text);
    let mut found = Vec::new();
    for used in uses(&code) {
        match ring(&used) {
            Some(_) if used == module => {}
            Some(other) if other < own => {}
            Some(other) => {
                found.push(format!("{name}: ring {own} uses {used}, ring {other}"));
            }
            None => {}
        }
    }
    if own <= 2 {
        let impure = IMPURE.iter().filter(|word| code.contains(*word));
        found.extend(impure.map(|word| format!("{name}: a pure ring speaks of {word}")));
    }
    found
}

#[test]
fn no_module_uses_its_own_ring_or_one_above() {
    let breaches: Vec<String> = all_sources()
        .iter()
        .flat_map(|(name, text)| breaches(name, text))
        .collect();
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}

#[test]
fn every_top_module_has_a_ring() {
    for name in all_sources().keys() {
        let module = name.split('/').next().unwrap().trim_end_matches(".rs");
        assert!(
            ["lib", "main"].contains(&module) || ring(module).is_some(),
            "{name}"
        );
    }
}

#[test]
fn the_guard_itself_bites() {
    let cases = [
        ("link/a.rs", "use crate::classify::x;", 1),
        (
            "link/a.rs",
            "use crate::{model::Link, io::{store, walk}};",
            1,
        ),
        ("io/a.rs", "use crate::{app::error::Error, model::Note};", 1),
        ("check/a.rs", "fn f() { std::fs::read(\"x\"); }", 1),
        (
            "check/a.rs",
            "// crate::io\nuse crate::model::{Note, Link};",
            0,
        ),
        ("app/a.rs", "use crate::{io::path, model::{Note}, link};", 0),
        (
            "link/a.rs",
            "#[cfg(test)] mod tests { use crate::extract; }",
            0,
        ),
    ];
    for (name, text, expected) in cases {
        assert_eq!(breaches(name, text).len(), expected, "{text}");
    }
}

/// Collects every `id` and `code` of the data files that is distinctive enough to search for.
fn data_ids() -> Vec<String> {
    fn collect(value: &serde_json::Value, found: &mut Vec<String>) {
        match value {
            serde_json::Value::Object(fields) => {
                for (key, value) in fields {
                    if let (true, Some(id)) = (key == "id", value.as_str()) {
                        found.push(id.to_owned());
                    }
                    collect(value, found);
                }
            }
            serde_json::Value::Array(items) => {
                for item in items {
                    collect(item, found);
                }
            }
            _ => {}
        }
    }
    let mut ids = Vec::new();
    for name in ["framework.json", "doctypes.json"] {
        let text = fs::read_to_string(repository("schema").join(name)).unwrap();
        collect(&serde_json::from_str(&text).unwrap(), &mut ids);
    }
    // A bilingual text also has a field `id`: a real id has no white space.
    ids.retain(|id| {
        id.len() > 1 && !id.contains(char::is_whitespace) && !id.contains('.')
    });
    ids.sort();
    ids.dedup();
    ids
}

#[test]
fn no_indicator_kind_or_question_is_spelled_in_code() {
    let ids = data_ids();
    assert!(ids.len() > 300, "{} ids", ids.len());
    let mut spelled = Vec::new();
    for (name, text) in all_sources() {
        // The faces' help names examples; tests may name anything.
        if name == "cli/help.rs" || name == "cli/args.rs" {
            continue;
        }
        let code = code_of(&text);
        for id in &ids {
            if code.contains(&format!("\"{id}\"")) {
                spelled.push(format!("{name}: \"{id}\""));
            }
        }
    }
    assert!(spelled.is_empty(), "{}", spelled.join("\n"));
}

#[test]
fn every_source_file_says_what_it_is_for() {
    for (name, text) in all_sources() {
        assert!(
            text.starts_with("//! "),
            "{name} does not begin with `//! `"
        );
    }
}

#[test]
fn no_test_file_is_forgotten() {
    let main = fs::read_to_string(repository("tests/it/main.rs")).unwrap();
    for entry in fs::read_dir(repository("tests/it")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let module = name.trim_end_matches(".rs");
        assert!(
            module == "main" || main.contains(&format!("mod {module};")),
            "{name}"
        );
    }
}
