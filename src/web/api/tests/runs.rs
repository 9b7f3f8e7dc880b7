//! Runs begun and stopped by programs.

use super::little::{Answer, Little, little, run};
use super::schemas::Description;
use axum::http::{Method, StatusCode, header};
use serde_json::{Value, json};
use std::path::Path;
use std::time::Duration;

async fn begin(little: &Little, body: &Value) -> Answer {
    let headers = [("content-type", "application/json")];
    let answer = little.post("/runs", &headers, body.to_string()).await;
    Description::read().judge(&Method::POST, "/runs", &answer);
    answer
}

async fn stop(little: &Little) -> Answer {
    let path = "/api/v1/runs/current";
    let answer = little
        .ask_as(&Method::DELETE, path, &little.cookie, "")
        .await;
    Description::read().judge(&Method::DELETE, "/runs/current", &answer);
    answer
}

/// Returns how the run ended.
async fn ended(little: &Little) -> Value {
    loop {
        let answer = little.get("/runs").await;
        Description::read().judge(&Method::GET, "/runs", &answer);
        let run = answer.json()["run"].clone();
        if run["state"] == "done" || run["state"] == "failed" {
            return run;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[test]
fn a_run_is_begun_watched_and_told_to_its_end() {
    run(async {
        let little = little();
        assert_eq!(little.get("/runs").await.json()["run"], Value::Null);
        assert_eq!(stop(&little).await.problem(), "not_found", "none goes on");
        let folder = tempfile::tempdir().unwrap();
        let begun = begin(&little, &json!({ "folders": [folder.path()] })).await;
        assert_eq!(begun.status, StatusCode::ACCEPTED, "{}", begun.text);
        assert_eq!(begun.header(header::LOCATION), "/api/v1/runs");
        let run = ended(&little).await;
        assert_eq!(
            (&run["state"], &run["files"]),
            (&json!("done"), &json!(0)),
            "{run}"
        );
        assert_eq!(run["error"], Value::Null);
        let none = folder.path().join("tidak ada");
        let begun = begin(&little, &json!({ "folders": [none] })).await;
        assert_eq!(begun.status, StatusCode::ACCEPTED, "{}", begun.text);
        let run = ended(&little).await;
        assert_eq!(run["state"], "failed", "{run}");
        assert!(
            run["error"]["id"].as_str().unwrap().contains("tidak ada"),
            "{run}"
        );
    });
}

#[test]
fn a_run_is_stopped() {
    run(async {
        let little = little();
        let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
        let begun = begin(&little, &json!({ "folders": [samples] })).await;
        assert_eq!(begun.status, StatusCode::ACCEPTED, "{}", begun.text);
        let stopped = stop(&little).await;
        let is_well = [StatusCode::ACCEPTED, StatusCode::NOT_FOUND];
        assert!(
            is_well.contains(&stopped.status),
            "it may have ended: {}",
            stopped.text
        );
        ended(&little).await;
        assert_eq!(stop(&little).await.problem(), "not_found");
    });
}

#[test]
fn a_run_without_a_folder_is_none() {
    run(async {
        let little = little();
        for body in [
            json!({}),
            json!({ "folders": [] }),
            json!({ "folders": [""] }),
            json!({ "folders": [" "] }),
            json!({ "folders": "/" }),
            json!({ "folders": ["/"], "quick": true }),
        ] {
            assert_eq!(begin(&little, &body).await.problem(), "bad_body", "{body}");
        }
        let form = little.post("/runs", &[], "folder=/").await;
        assert_eq!(form.problem(), "not_json");
        let form = [("content-type", "application/x-www-form-urlencoded")];
        let form = little.post("/runs", &form, "folders=/").await;
        assert_eq!(form.problem(), "not_json");
        assert_eq!(little.get("/runs").await.json()["run"], Value::Null);
    });
}
