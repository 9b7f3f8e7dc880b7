//! The interface for programs, without a port, over a little archive of the samples.

mod answers;
mod attacks;
mod decisions;
mod little;
mod runs;
mod schemas;

use super::ROUTES;
use super::code::BASE;
use axum::http::{Method, StatusCode};
use little::{little, run};
use schemas::Description;
use serde_json::Value;
use std::collections::BTreeSet;

#[test]
fn every_route_is_described_and_nothing_else_is() {
    let described = Description::read().operations();
    let routed = ROUTES.iter();
    let routed: BTreeSet<(String, String)> = routed
        .map(|route| (route.path.to_owned(), route.method.as_str().to_lowercase()))
        .collect();
    assert_eq!(described, routed);
    assert_eq!(routed.len(), ROUTES.len(), "none stands there twice");
}

#[test]
fn the_description_is_served_with_every_schema_it_refers_to() {
    run(async {
        let little = little();
        let description = little.get("/openapi.json").await.json();
        let mut open: Vec<String> = refs(&description, "");
        assert!(open.len() > 5, "{open:?}");
        let mut seen = BTreeSet::new();
        while let Some(name) = open.pop() {
            if !seen.insert(name.clone()) {
                continue;
            }
            let answer = little.get(&format!("/{name}")).await;
            assert_eq!(answer.status, StatusCode::OK, "{name}");
            open.extend(refs(&answer.json(), "schema/"));
        }
        let missing = little.get("/schema/catalog.schema.json").await;
        assert_eq!(missing.status, StatusCode::NOT_FOUND);
    });
}

/// Returns the files that a description or a schema refers to, seen from where it begins.
fn refs(value: &Value, folder: &str) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().flat_map(|item| refs(item, folder)).collect(),
        Value::Object(object) => {
            let own = object.get("$ref").and_then(Value::as_str).unwrap_or("#");
            let file = own.split('#').next().filter(|file| !file.is_empty());
            let own = file.map(|file| format!("{folder}{file}"));
            let inner = object.values().flat_map(|inner| refs(inner, folder));
            own.into_iter().chain(inner).collect()
        }
        _ => Vec::new(),
    }
}

/// Returns an answer without when it was judged, which goes on between two of them.
fn lasting(mut answer: Value) -> Value {
    if let Some(answer) = answer.as_object_mut() {
        answer.remove("judged");
        answer.remove("behind");
    }
    answer
}

#[test]
fn a_page_asked_for_as_json_gives_the_same_answer() {
    run(async {
        let little = little();
        let question = little.question.clone();
        let pages = [
            ("/", "/report.json".to_owned()),
            (
                "/questions?state=&words=rokok",
                "/questions?q=rokok".to_owned(),
            ),
            (
                &*format!("/questions/{question}"),
                format!("/questions/{question}"),
            ),
            (
                "/documents?words=rokok&year=",
                "/documents?q=rokok".to_owned(),
            ),
            (
                &*format!("/documents/{}", little.document),
                format!("/documents/{}", little.document),
            ),
            (
                "/decide?question=17.1",
                "/decisions?question=17.1".to_owned(),
            ),
            ("/offices", "/offices".to_owned()),
            ("/places", "/places".to_owned()),
            (
                "/duplicates?kind=files",
                "/duplicates?kind=files".to_owned(),
            ),
            ("/history?limit=3", "/log?limit=3".to_owned()),
            ("/health", "/status".to_owned()),
        ];
        let description = Description::read();
        let described = description.pages();
        assert_eq!(described.len(), pages.len(), "{described:?}");
        for (page, own) in pages {
            let expected = lasting(little.get(&own).await.json());
            let (path, query) = page.split_once('?').unwrap_or((page, ""));
            let with_end = format!("{path}.json?{query}");
            let accepted = little.ask_page(page, "application/json").await;
            assert_eq!(lasting(accepted.json()), expected, "{page}");
            if path != "/" {
                let by_path = little.ask_page(&with_end, "*/*").await;
                assert_eq!(lasting(by_path.json()), expected, "{with_end}");
            }
            let browser = "text/html,application/xhtml+xml,application/json;q=0.9";
            let html = little.ask_page(page, browser).await;
            assert_eq!(html.status, StatusCode::OK, "{page}");
            assert!(html.text.starts_with("<!DOCTYPE html>"), "{page}");
        }
        let missing = little.ask_page("/questions/KLA24-99-Q9.json", "*/*").await;
        assert_eq!(missing.problem(), "not_found");
        let missing = little.ask_page("/tidak/ada", "application/json").await;
        assert_eq!(missing.problem(), "not_found");
    });
}

#[test]
fn who_is_not_in_is_told_so_and_nothing_else() {
    run(async {
        let little = little();
        for route in &ROUTES {
            let path = format!("{BASE}{}", route.path);
            let path = path.replace("{sha256}", &little.document);
            let path = path
                .replace("{number}", "1")
                .replace("{id}", &little.question);
            let path = path.replace("{name}", "check.schema.json");
            let path = path.replace("{code}", "not_found").replace("{act}", "1");
            let answer = little.ask_as(&route.method, &path, "", "").await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{path}");
            assert_eq!(answer.problem(), "no_session", "{path}");
            Description::read().judge(&route.method, route.path, &answer);
            assert!(!answer.text.contains("Contoh"), "{path}: {}", answer.text);
        }
        let answer = little.ask_as(&Method::GET, "/questions.json", "", "").await;
        assert_eq!(answer.problem(), "no_session");
    });
}
