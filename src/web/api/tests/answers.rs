//! What is answered keeps to the description; lists come in parts that make up the whole.

use super::super::ROUTES;
use super::little::{Little, little, run};
use super::schemas::{Description, hold};
use axum::http::{Method, StatusCode, header};
use serde_json::Value;
use std::collections::BTreeSet;

/// What is asked, by the path of the description.
#[allow(clippy::too_many_lines, reason = "a table of cases")]
fn asked(little: &Little) -> Vec<(&'static str, String, StatusCode)> {
    let (document, question) = (&little.document, &little.question);
    let (personal, page) = &little.personal;
    let none = "0".repeat(64);
    let (ok, bad, missing) = (
        StatusCode::OK,
        StatusCode::BAD_REQUEST,
        StatusCode::NOT_FOUND,
    );
    let (one, words) = (
        "/documents/{sha256}",
        "/documents/{sha256}/pages/{number}/words",
    );
    let picture = "/documents/{sha256}/pages/{number}.jpg";
    let pair = "/documents/{sha256}/questions/{id}";
    vec![
        ("/questions", "/questions?limit=100".to_owned(), ok),
        (
            "/questions",
            "/questions?state=review&q=rokok".to_owned(),
            ok,
        ),
        (
            "/questions",
            "/questions?office=dinkes&indicator=17".to_owned(),
            ok,
        ),
        ("/questions", "/questions?state=lost".to_owned(), bad),
        ("/questions", "/questions?section=99".to_owned(), bad),
        ("/questions", "/questions?office=angin".to_owned(), bad),
        ("/questions", "/questions?stat=review".to_owned(), bad),
        ("/questions", "/questions?limit=0".to_owned(), bad),
        ("/questions", "/questions?cursor=0".to_owned(), bad),
        ("/questions", "/questions?q=a&q=b".to_owned(), bad),
        ("/questions/{id}", format!("/questions/{question}"), ok),
        (
            "/questions/{id}",
            "/questions/KLA24-99-Q9".to_owned(),
            missing,
        ),
        ("/documents", "/documents".to_owned(), ok),
        ("/documents", "/documents?q=rokok&limit=1".to_owned(), ok),
        ("/documents", format!("/documents?question={question}"), ok),
        (
            "/documents",
            "/documents?unlinked=true&state=indexed".to_owned(),
            ok,
        ),
        ("/documents", "/documents?q=zzzzqqqq".to_owned(), ok),
        ("/documents", "/documents?kind=surat-angin".to_owned(), bad),
        ("/documents", "/documents?q=-rokok".to_owned(), bad),
        ("/documents", "/documents?year=dua".to_owned(), bad),
        ("/documents", "/documents?words=rokok".to_owned(), bad),
        (one, format!("/documents/{document}"), ok),
        (one, format!("/documents/{personal}"), ok),
        (one, format!("/documents/{none}"), missing),
        (one, format!("/documents/{}", &document[..12]), missing),
        (words, format!("/documents/{document}/pages/1/words"), ok),
        (
            words,
            format!("/documents/{document}/pages/0/words"),
            missing,
        ),
        (
            words,
            format!("/documents/{document}/pages/x/words"),
            missing,
        ),
        (
            words,
            format!("/documents/{personal}/pages/{page}/words"),
            StatusCode::FORBIDDEN,
        ),
        (picture, format!("/documents/{none}/pages/1.jpg"), missing),
        (
            picture,
            format!("/documents/{personal}/pages/{page}.jpg"),
            missing,
        ),
        (
            pair,
            format!("/documents/{document}/questions/{question}"),
            ok,
        ),
        (
            pair,
            format!("/documents/{none}/questions/{question}"),
            missing,
        ),
        (pair, format!("/documents/{document}/questions/Q"), missing),
        ("/decisions", "/decisions".to_owned(), ok),
        (
            "/decisions",
            format!("/decisions?question={question}&limit=1"),
            ok,
        ),
        ("/decisions", "/decisions?question=Q".to_owned(), bad),
        ("/decisions", "/decisions?cursor=0".to_owned(), bad),
        ("/runs", "/runs".to_owned(), ok),
        ("/runs", "/runs?state=done".to_owned(), bad),
        ("/offices", "/offices".to_owned(), ok),
        ("/offices", "/offices?office=dinkes".to_owned(), bad),
        ("/places", "/places".to_owned(), ok),
        ("/places", "/places?within=Sukamaju&limit=1".to_owned(), ok),
        ("/duplicates", "/duplicates".to_owned(), ok),
        ("/duplicates", "/duplicates?kind=texts".to_owned(), ok),
        (
            "/duplicates",
            "/duplicates?kind=files&limit=1".to_owned(),
            ok,
        ),
        ("/duplicates", "/duplicates?kind=all".to_owned(), bad),
        ("/calendar", "/calendar".to_owned(), ok),
        ("/log", "/log?limit=3".to_owned(), ok),
        ("/log", format!("/log?document={document}"), ok),
        ("/log", "/log?document=x".to_owned(), bad),
        ("/status", "/status".to_owned(), ok),
        ("/report.json", "/report.json".to_owned(), ok),
        ("/report.html", "/report.html".to_owned(), ok),
        ("/report.csv", "/report.csv".to_owned(), ok),
        ("/report.xlsx", "/report.xlsx".to_owned(), ok),
        ("/report.sarif", "/report.sarif".to_owned(), ok),
        ("/openapi.json", "/openapi.json".to_owned(), ok),
        ("/schema/{name}", "/schema/api.schema.json".to_owned(), ok),
        (
            "/schema/{name}",
            "/schema/..%2Fframework.json".to_owned(),
            missing,
        ),
        ("/problems/{code}", "/problems/not_found".to_owned(), ok),
        ("/problems/{code}", "/problems/lost".to_owned(), missing),
    ]
}

#[test]
fn every_answer_keeps_to_the_description() {
    run(async {
        let (little, description) = (little(), Description::read());
        let mut met = BTreeSet::new();
        for (path, asked, status) in asked(&little) {
            let answer = little.get(&asked).await;
            assert_eq!(answer.status, status, "{asked}: {}", answer.text);
            description.judge(&Method::GET, path, &answer);
            met.insert(path);
        }
        let read = ROUTES.iter().filter(|route| route.method == Method::GET);
        let all: BTreeSet<&str> = read.map(|route| route.path).collect();
        assert_eq!(met, all);
    });
}

#[test]
fn what_each_code_means_is_told_in_both_languages() {
    run(async {
        let little = little();
        let mut names = BTreeSet::new();
        for code in crate::web::api::code::Code::ALL {
            let answer = little.get(&format!("/problems/{}", code.name)).await;
            hold("api.schema.json#/$defs/meaning", &answer.json(), code.name);
            assert_ne!(code.title.0, code.title.1);
            names.insert(code.name.to_owned());
        }
        let schema = little.get("/schema/api.schema.json").await.json();
        let listed = schema["$defs"]["code"]["enum"].as_array().unwrap();
        let listed = listed.iter().map(|name| name.as_str().unwrap().to_owned());
        assert_eq!(names, listed.collect(), "as the schema lists them");
    });
}

/// Returns the items of a list that is asked for a few at a time, and how often that was.
async fn walked(
    little: &Little,
    list: &str,
    items: &str,
    most: usize,
) -> (Vec<Value>, usize) {
    let (mut all, mut next, mut times) = (Vec::new(), String::new(), 0);
    loop {
        let sign = if list.contains('?') { '&' } else { '?' };
        let part = little.get(&format!("{list}{sign}limit={most}{next}")).await;
        let part = part.json();
        let given = part[items].as_array().unwrap();
        assert!(given.len() <= most, "{list}");
        all.extend(given.iter().cloned());
        times += 1;
        match part["next"].as_str() {
            Some(cursor) => next = format!("&cursor={cursor}"),
            None => return (all, times),
        }
    }
}

#[test]
fn the_parts_of_a_list_make_up_the_whole() {
    run(async {
        let little = little();
        for (list, items, few) in [
            ("/questions?q=anak", "questions", 7),
            ("/documents", "hits", 2),
            ("/documents?q=rokok", "hits", 1),
            ("/documents?indicator=17", "hits", 2),
            ("/decisions", "waiting", 7),
            ("/places", "standings", 1),
            ("/places?within=Sukamaju", "standings", 1),
            ("/duplicates?kind=files", "duplicates", 1),
            ("/log", "records", 4),
        ] {
            let (whole, once) = walked(&little, list, items, 100).await;
            let (parts, times) = walked(&little, list, items, few).await;
            assert!(whole.len() > few, "{list}: {}", whole.len());
            assert!(times > once, "{list}: {times}");
            let same = |one: &Value| match list.starts_with("/documents") {
                // The index may differ in what it was mended by.
                true => one["sha256"].clone(),
                false => one.clone(),
            };
            let whole: Vec<Value> = whole.iter().map(same).collect();
            let parts: Vec<Value> = parts.iter().map(same).collect();
            assert_eq!(parts, whole, "{list}");
        }
        let first = little.get("/documents?q=rokok&limit=1").await.json();
        let cursor = first["next"].as_str().unwrap();
        let other = little
            .get(&format!("/documents?q=anak&cursor={cursor}"))
            .await;
        assert_eq!(other.problem(), "bad_cursor", "of another list");
    });
}

#[test]
fn a_question_is_found_by_its_state_and_its_words() {
    run(async {
        let little = little();
        let all = walked(&little, "/questions", "questions", 100).await.0;
        let framework = crate::framework::Framework::builtin().unwrap();
        assert_eq!(all.len(), framework.questions().len());
        for state in ["missing", "valid", "review"] {
            let list = format!("/questions?state={state}");
            let found = walked(&little, &list, "questions", 100).await.0;
            let expected = all.iter().filter(|one| one["question"]["state"] == state);
            assert_eq!(found, expected.cloned().collect::<Vec<_>>());
        }
        let first = &all[0];
        let number = first["question"]["number"].as_str().unwrap();
        let one = little.get(&format!("/questions/{number}")).await.json();
        assert_eq!(one["question"], first["question"], "by its printed number");
    });
}

#[test]
fn a_page_with_personal_data_is_kept_out_of_every_answer() {
    run(async {
        let little = little();
        let (document, page) = &little.personal;
        let one = little.get(&format!("/documents/{document}")).await.json();
        assert_eq!(quotes_on(&one, u64::from(*page)), Vec::<String>::new());
        let hits = walked(&little, "/documents?q=anak", "hits", 100).await.0;
        let hit = hits.iter().find(|hit| hit["sha256"] == **document).unwrap();
        assert_eq!(hit["snippet"], Value::Null);
        assert_eq!(quotes_on(hit, u64::from(*page)), Vec::<String>::new());
        let other = hits.iter().find(|hit| !hit["snippet"].is_null());
        assert!(other.is_some(), "where there is none, the words are shown");
    });
}

/// Returns the quotes of one page, wherever they stand.
fn quotes_on(value: &Value, page: u64) -> Vec<String> {
    match value {
        Value::Array(items) => {
            items.iter().flat_map(|one| quotes_on(one, page)).collect()
        }
        Value::Object(object) => {
            let is_there = object.get("page").and_then(Value::as_u64) == Some(page);
            let own = object.get("quote").and_then(Value::as_str);
            let own = own.filter(|_| is_there).map(str::to_owned);
            let inner = object.values().flat_map(|one| quotes_on(one, page));
            own.into_iter().chain(inner).collect()
        }
        _ => Vec::new(),
    }
}

#[test]
fn a_report_is_a_file_to_keep() {
    run(async {
        let little = little();
        for (end, begins) in [
            ("json", "{"),
            ("html", "<!DOCTYPE html>"),
            ("csv", ""),
            ("xlsx", "PK"),
            ("sarif", "{"),
        ] {
            let answer = little.get(&format!("/report.{end}")).await;
            assert!(answer.text.starts_with(begins), "{end}");
            assert!(answer.text.len() > 1_000, "{end}");
            let name = answer.header(header::CONTENT_DISPOSITION);
            assert_eq!(name, format!("attachment; filename=\"bukti-2025.{end}\""));
            assert_eq!(answer.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
        }
        let report = little.get("/report.json").await.json();
        hold("check.schema.json", &report, "report.json");
    });
}
