//! What a hostile page or program tries (class A of the attack list): verbs, media types, fields
//! that are not its own, bodies without end.

use super::little::{HOST, Little, ORIGIN, little, run};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use serde_json::{Value, json};

const SEEN: (&str, &str) = ("if-match", "\"d0\"");

fn body(little: &Little) -> Value {
    json!({
        "document": little.document, "question": little.question, "verdict": "accept",
    })
}

async fn is_undecided(little: &Little) -> bool {
    let (document, question) = (&little.document, &little.question);
    let path = format!("/documents/{document}/questions/{question}");
    little.get(&path).await.json()["verdict"].is_null()
}

#[test]
fn a_decision_comes_as_json_and_as_nothing_that_a_form_can_send() {
    run(async {
        let little = little();
        let text = body(&little).to_string();
        for kind in [
            "text/plain",
            "text/plain; x=application/json",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=a",
            "application/jsonp",
            "text/json",
            "",
        ] {
            let headers = [SEEN, ("content-type", kind)];
            let answer = little.post("/decisions", &headers, text.clone()).await;
            assert_eq!(answer.problem(), "not_json", "{kind}");
            let headers = [("content-type", kind)];
            let undo = little.post("/decisions/1/undo", &headers, "").await;
            assert_eq!(undo.problem(), "not_json", "{kind}");
        }
        let none = little.post("/decisions", &[SEEN], text.clone()).await;
        assert_eq!(none.problem(), "not_json");
        assert!(is_undecided(&little).await);
        let headers = [SEEN, ("content-type", "Application/JSON; charset=utf-8")];
        let answer = little.post("/decisions", &headers, text).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    });
}

#[test]
fn a_field_that_is_not_to_be_said_is_refused() {
    run(async {
        let little = little();
        let headers = [SEEN, ("content-type", "application/json")];
        for (name, value) in [
            ("author", json!("Budi")),
            ("made", json!("2020-01-01T00:00:00Z")),
            ("act", json!(7)),
            ("role", json!("admin")),
            ("__proto__", json!({})),
        ] {
            let mut body = body(&little);
            body[name] = value;
            let answer = little.post("/decisions", &headers, body.to_string()).await;
            assert_eq!(answer.problem(), "bad_body", "{name}");
        }
        let own = body(&little).to_string();
        let twice = own.replacen('{', "{\"verdict\":\"reject\",", 1);
        let deep = "[".repeat(60_000);
        for text in [
            "",
            "null",
            "[]",
            "{}",
            "{\"document\":",
            &own[1..],
            &twice,
            &format!("{own}{own}"),
            &own.replace("accept", "undo"),
            &own.replace("\"accept\"", "true"),
            &own.replace(&little.document, &little.document[..12]),
            &deep,
        ] {
            let answer = little.post("/decisions", &headers, text.to_owned()).await;
            assert_eq!(answer.problem(), "bad_body", "{text}");
        }
        let act = little
            .post("/decisions/1/undo", &headers[1..], "{\"by\":1}")
            .await;
        assert_eq!(act.problem(), "bad_body");
        for act in ["0", "-1", "x", "99999999999999999999", "1%00"] {
            let path = format!("/decisions/{act}/undo");
            assert_eq!(
                little.post(&path, &[], "").await.problem(),
                "not_found",
                "{act}"
            );
        }
        let query = little
            .post("/decisions?verdict=reject", &headers, own)
            .await;
        assert_eq!(query.problem(), "bad_query");
        assert!(is_undecided(&little).await);
    });
}

#[test]
fn a_body_that_is_too_long_is_not_read() {
    run(async {
        let little = little();
        let headers = [SEEN, ("content-type", "application/json")];
        let padded = |len: usize| {
            let text = body(&little).to_string();
            let room = " ".repeat(len - text.len());
            format!("{text}{room}")
        };
        let most = 64 << 10;
        let long = little.post("/decisions", &headers, padded(most + 1)).await;
        assert_eq!(long.problem(), "too_large");
        // The length said before, which may be a lie.
        for said in ["65537", "99999999999999", "10"] {
            let headers = [headers[0], headers[1], ("content-length", said)];
            let long = little.post("/decisions", &headers, padded(most + 1)).await;
            assert_eq!(long.problem(), "too_large", "{said}");
        }
        assert!(is_undecided(&little).await);
        let fits = little.post("/decisions", &headers, padded(most)).await;
        assert_eq!(fits.status, StatusCode::OK, "{}", fits.text);
    });
}

#[test]
fn a_verb_is_what_it_says_and_no_header_makes_it_another() {
    run(async {
        let little = little();
        let headers = [
            SEEN,
            ("content-type", "application/json"),
            ("x-http-method-override", "POST"),
            ("x-http-method", "POST"),
            ("x-method-override", "POST"),
        ];
        let text = body(&little).to_string();
        for (method, path, status) in [
            (Method::GET, "/decisions", StatusCode::OK),
            (Method::HEAD, "/decisions", StatusCode::OK),
            (
                Method::GET,
                "/decisions?_method=POST",
                StatusCode::BAD_REQUEST,
            ),
            (
                Method::GET,
                "/decisions/1/undo",
                StatusCode::METHOD_NOT_ALLOWED,
            ),
            (
                Method::HEAD,
                "/decisions/1/undo",
                StatusCode::METHOD_NOT_ALLOWED,
            ),
        ] {
            let mut request = Request::builder()
                .method(&method)
                .uri(format!("/api/v1{path}"))
                .header(header::HOST, HOST)
                .header(header::ORIGIN, ORIGIN)
                .header(header::COOKIE, &little.cookie);
            for (name, value) in headers {
                request = request.header(name, value);
            }
            let answer = little
                .ask(request.body(Body::from(text.clone())).unwrap())
                .await;
            assert_eq!(answer.status, status, "{method} {path}");
            if status == StatusCode::METHOD_NOT_ALLOWED {
                assert_eq!(answer.header(header::ALLOW), "POST", "{method}");
            }
            assert!(is_undecided(&little).await, "{method} {path}");
        }
    });
}

#[test]
fn what_is_only_read_is_not_asked_in_another_way() {
    run(async {
        let little = little();
        for method in [
            "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "FOO",
        ] {
            let method = Method::from_bytes(method.as_bytes()).unwrap();
            let path = "/api/v1/documents";
            let answer = little.ask_as(&method, path, &little.cookie, "").await;
            assert_eq!(answer.problem(), "method_not_allowed", "{method}");
            assert_eq!(answer.header(header::ALLOW), "GET, HEAD", "{method}");
            let cors = header::ACCESS_CONTROL_ALLOW_ORIGIN;
            assert!(
                answer.headers.get(cors).is_none(),
                "no other site reads here"
            );
        }
        let post = little.post("/documents", &[], "").await;
        assert_eq!(post.problem(), "method_not_allowed");
    });
}

#[test]
fn another_site_neither_writes_nor_is_told_why() {
    run(async {
        let little = little();
        let text = body(&little).to_string();
        for origin in [None, Some("null"), Some("http://evil.example")] {
            let mut request = Request::post("/api/v1/decisions")
                .header(header::HOST, HOST)
                .header(header::COOKIE, &little.cookie)
                .header(header::CONTENT_TYPE, "application/json")
                .header(header::IF_MATCH, "\"d0\"");
            if let Some(origin) = origin {
                request = request.header(header::ORIGIN, origin);
            }
            let answer = little
                .ask(request.body(Body::from(text.clone())).unwrap())
                .await;
            assert_eq!(answer.problem(), "foreign_origin", "{origin:?}");
        }
        assert!(is_undecided(&little).await);
        let request = Request::get("/api/v1/status").header(header::HOST, "evil.example");
        let answer = little.ask(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.problem(), "wrong_host");
        assert!(
            answer
                .header(header::CONTENT_SECURITY_POLICY)
                .starts_with("default-src")
        );
    });
}

#[test]
fn a_name_that_leads_elsewhere_leads_nowhere() {
    run(async {
        let little = little();
        for path in [
            "/documents/..%2F..%2Fetc%2Fpasswd",
            "/documents/%00",
            "/documents/C:%5Cwindows",
            "/documents/%ff",
            "/documents/x/pages/1.jpg",
            "/documents/x/pages/..%2F1/words",
            "/schema/..%2F..%2FCargo.toml",
            "/schema/%2Fetc%2Fpasswd",
            "/problems/..",
            "/tidak-ada",
            "",
            "/",
        ] {
            let answer = little.get(path).await;
            assert!(answer.status.is_client_error(), "{path}: {}", answer.status);
            let code = answer.problem();
            assert!(
                ["not_found", "bad_request"].contains(&code.as_str()),
                "{path}"
            );
            assert!(!answer.text.contains("arsip/"), "{path}: {}", answer.text);
        }
    });
}
