//! Decisions by programs: only on what was seen, never over somebody else's.

use super::little::{Answer, Little, little, run};
use super::schemas::Description;
use axum::http::{Method, StatusCode, header};
use serde_json::{Value, json};

const JSON: (&str, &str) = ("content-type", "application/json");

fn body(little: &Little, verdict: &str) -> Value {
    json!({
        "document": little.document, "question": little.question, "verdict": verdict,
    })
}

async fn decide(little: &Little, tag: &str, verdict: &str) -> Answer {
    let body = body(little, verdict).to_string();
    let headers = [JSON, ("if-match", tag)];
    let answer = little.post("/decisions", &headers, body).await;
    Description::read().judge(&Method::POST, "/decisions", &answer);
    answer
}

async fn undo(little: &Little, act: &Value) -> Answer {
    let path = format!("/decisions/{act}/undo");
    let answer = little.post(&path, &[], "").await;
    let path = "/decisions/{act}/undo";
    Description::read().judge(&Method::POST, path, &answer);
    answer
}

async fn stands(little: &Little) -> (Value, String) {
    let (document, question) = (&little.document, &little.question);
    let path = format!("/documents/{document}/questions/{question}");
    let answer = little.get(&path).await;
    (
        answer.json()["verdict"].clone(),
        answer.header(header::ETAG).to_owned(),
    )
}

#[test]
fn what_was_seen_is_decided_and_what_was_decided_meanwhile_is_told() {
    run(async {
        let little = little();
        let (verdict, before) = stands(&little).await;
        assert_eq!(verdict, Value::Null);
        let done = decide(&little, &before, "accept").await;
        let act = done.json()["act"].clone();
        assert_eq!(done.json()["decisions"][0]["author"], "Sari");
        let (verdict, after) = stands(&little).await;
        assert_eq!(verdict, "accept");
        assert_eq!(done.header(header::ETAG), after);
        assert_ne!(before, after);
        // Who saw the state before does not override it.
        let late = decide(&little, &before, "reject").await;
        assert_eq!(late.problem(), "decided_meanwhile");
        let late: Value = serde_json::from_str(&late.text).unwrap();
        assert_eq!(late["seen"]["verdict"], Value::Null);
        assert_eq!(late["now"]["verdict"], "accept");
        assert_eq!(late["now"]["decision"]["author"], "Sari");
        assert_eq!(late["etag"], after.as_str());
        assert_eq!(stands(&little).await.0, "accept");
        // Who saw it does.
        let again = decide(&little, &after, "reject").await;
        assert_eq!(again.status, StatusCode::OK);
        let late = decide(&little, &after, "accept").await;
        let late: Value = serde_json::from_str(&late.text).unwrap();
        assert_eq!(late["seen"]["verdict"], "accept");
        assert_eq!(late["now"]["verdict"], "reject");
        // Taken back, what was before holds again.
        let second = again.json()["act"].clone();
        assert_eq!(undo(&little, &second).await.json()["undone"], second);
        assert_eq!(stands(&little).await, (json!("accept"), after.clone()));
        assert_eq!(undo(&little, &act).await.status, StatusCode::OK);
        assert_eq!(stands(&little).await, (Value::Null, before));
        assert_eq!(undo(&little, &act).await.problem(), "not_found");
    });
}

#[test]
fn nobody_decides_on_what_they_have_not_seen() {
    run(async {
        let little = little();
        let accept = body(&little, "accept").to_string();
        let none = little.post("/decisions", &[JSON], accept.clone()).await;
        assert_eq!(none.problem(), "no_precondition");
        assert_eq!(none.status, StatusCode::PRECONDITION_REQUIRED);
        assert_eq!(
            decide(&little, "*", "accept").await.problem(),
            "no_precondition"
        );
        for tag in [
            "\"d7\"", "W/\"d0\"", "d0", "\"d+0\"", "\"d-0\"", "\"\"", "\"d0",
        ] {
            let answer = decide(&little, tag, "accept").await;
            assert_eq!(answer.problem(), "decided_meanwhile", "{tag}");
        }
        assert_eq!(stands(&little).await.0, Value::Null);
        let some = decide(&little, "\"d9\", \"d0\"", "accept").await;
        assert_eq!(some.status, StatusCode::OK, "one of several");
    });
}

#[test]
fn what_waits_is_given_on_while_others_decide() {
    run(async {
        let little = little();
        let part = |path: String| {
            let little = &little;
            async move { little.get(&path).await.json() }
        };
        let all = part("/decisions?limit=100".to_owned()).await;
        let all = all["waiting"].as_array().unwrap();
        let first = part("/decisions?limit=3".to_owned()).await;
        assert_eq!(first["waiting"].as_array().unwrap()[..], all[..3]);
        for item in first["waiting"].as_array().unwrap() {
            let body = json!({
                "document": item["document"],
                "question": item["link"]["question"],
                "verdict": "reject",
            });
            let headers = [JSON, ("if-match", "\"d0\"")];
            let answer = little.post("/decisions", &headers, body.to_string()).await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        }
        let pair =
            |item: &Value| (item["document"].clone(), item["link"]["question"].clone());
        let cursor = first["next"].as_str().unwrap();
        let second = part(format!("/decisions?limit=100&cursor={cursor}")).await;
        let second: Vec<_> = second["waiting"]
            .as_array()
            .unwrap()
            .iter()
            .map(pair)
            .collect();
        // What was learnt from the three may move others, but none that was decided comes back.
        let decided: Vec<_> = all[..3].iter().map(pair).collect();
        assert!(!second.is_empty());
        assert!(second.iter().all(|item| !decided.contains(item)));
        let asked = all[3]["link"]["question"].as_str().unwrap();
        let of_one = part(format!("/decisions?question={asked}")).await;
        let of_one = of_one["waiting"].as_array().unwrap();
        assert!(of_one.iter().all(|item| item["link"]["question"] == asked));
    });
}

#[test]
fn of_two_at_once_one_decides() {
    run(async {
        let little = little();
        let tag = stands(&little).await.1;
        let (one, other) = tokio::join!(
            decide(&little, &tag, "accept"),
            decide(&little, &tag, "reject")
        );
        let mut states = [one.status, other.status];
        states.sort();
        assert_eq!(states[0], StatusCode::OK);
        // In use, or decided meanwhile: told either way.
        assert!(states[1].is_client_error(), "{states:?}");
    });
}

#[test]
fn what_was_not_suggested_is_decided_only_where_that_is_said() {
    run(async {
        let little = little();
        let framework = crate::framework::Framework::builtin().unwrap();
        let shown = little
            .get(&format!("/documents/{}", little.document))
            .await
            .json();
        let links = shown["links"].as_array().unwrap();
        let is_free = |id: &str| links.iter().all(|link| link["question"] != id);
        let mut free = framework.questions().iter();
        let free = free.find(|question| is_free(question.id.as_str())).unwrap();
        let mut body = body(&little, "accept");
        body["question"] = json!(free.id);
        let headers = [JSON, ("if-match", "\"d0\"")];
        let answer = little.post("/decisions", &headers, body.to_string()).await;
        assert_eq!(answer.problem(), "not_found");
        body["unasked"] = json!(true);
        body["note"] = json!("lihat lampiran");
        let answer = little.post("/decisions", &headers, body.to_string()).await;
        assert_eq!(answer.json()["decisions"][0]["note"], "lihat lampiran");
    });
}
