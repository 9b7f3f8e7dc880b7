//! What leaves the archive by hand: typing into the form, attachments, papers.

use super::filled::{Made, decree, put};
use super::{Answer, Face, face, face_over, run};
use crate::app::archive::workspace::Workspace;
use crate::model::{
    Answer as OwnAnswer, Digest, MediaType, PersonalKind, PersonalMark, QuestionId,
    Ratio, RuleId,
};
use axum::http::{StatusCode, header};
use std::path::{Path, PathBuf};

const NAME: &str = "SK & 'Gugus';x.pdf";

/// What was put into the archive.
struct Put {
    question: QuestionId,
    next: QuestionId,
    small: Digest,
    large: Digest,
    personal: Digest,
    own: Vec<u8>,
    file: PathBuf,
}

fn form() -> (Face, Put) {
    let mut found = None;
    let face = face_over(|workspace, folder| {
        found = Some(fill(workspace, folder));
    });
    (face, found.unwrap())
}

fn fill(workspace: &mut Workspace, folder: &Path) -> Put {
    let own = b"%PDF-1.4 a small one".to_vec();
    let facts = decree(workspace, 0);
    let made = |name, bytes, facts| Made {
        name,
        bytes,
        media_type: MediaType::Pdf,
        facts,
        proves: 0,
    };
    let small = put(workspace, folder, made(NAME, &own, facts.clone()));
    let big = vec![b'x'; 200 << 10];
    let large = put(workspace, folder, made("besar.pdf", &big, facts.clone()));
    let mut held = facts;
    held.personal = vec![personal()];
    let personal = put(workspace, folder, made("anak.pdf", b"%PDF-1.4 nik", held));
    let questions = workspace.framework.questions();
    let (question, next) = (questions[0].id.clone(), questions[1].id.clone());
    let answer = OwnAnswer {
        question: question.clone(),
        points: 7.5,
        note: "lihat \"SK\" <b>".to_owned(),
    };
    let framework = workspace.framework.id().to_owned();
    workspace
        .catalog
        .put_answers(&framework, &[answer])
        .unwrap();
    Put {
        question,
        next,
        small,
        large,
        personal,
        own,
        file: folder.join(NAME),
    }
}

#[test]
fn a_question_has_what_is_to_be_typed_in_and_attached() {
    run(async {
        let (face, put) = form();
        let cookie = face.come_in().await;
        let limit = face.post("/entry/limit", &cookie, "kib=100").await;
        assert_eq!(limit.status, StatusCode::SEE_OTHER, "{}", limit.text);
        let page = face.get(&format!("/entry/{}", put.question), &cookie).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text);
        let text = page.text.as_str();
        for expected in [
            "7,5",
            "value=\"lihat &quot;SK&quot; &lt;b&gt;\"",
            "value=\"Keputusan Bupati Nomor 188 Tahun 2024 tentang Gugus &lt;b&gt;Tugas&lt;/b&gt;\"",
            "SK &amp; 'Gugus';x.pdf",
            "Ditahan: memuat data pribadi",
        ] {
            assert!(text.contains(expected), "{expected}");
        }
        assert!(!text.contains("<b>Tugas"));
        let held = format!("/files/{}", put.personal);
        assert!(!text.contains(&held), "no way to what is held back");
    });
}

fn personal() -> PersonalMark {
    PersonalMark {
        kind: PersonalKind::Nik,
        page: 1,
        rect: None,
        confidence: Ratio::new(0.9),
        rule: RuleId::from("test"),
    }
}

/// Returns what a page keeps for a tick.
fn fingerprint(page: &Answer) -> String {
    let (_, rest) = page.text.split_once("name=\"shown\" value=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

#[test]
fn a_tick_holds_until_something_changes() {
    run(async {
        let (face, put) = form();
        let cookie = face.come_in().await;
        let place = format!("/entry/{}", put.question);
        let shown = fingerprint(&face.get(&place, &cookie).await);
        let stale = format!("shown={}", "0".repeat(64));
        let refused = face.post(&format!("{place}/tick"), &cookie, &stale).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "another was shown");
        let tick = format!("shown={shown}");
        let ticked = face.post(&format!("{place}/tick"), &cookie, &tick).await;
        assert_eq!(ticked.status, StatusCode::SEE_OTHER, "{}", ticked.text);
        let next = format!("/entry/{}?ticked={}", put.next, put.question);
        assert_eq!(ticked.header(header::LOCATION), next);
        let page = face.get(&place, &cookie).await;
        assert!(page.text.contains("Dientri oleh <strong>Sari</strong>"));
        assert!(!page.text.contains("name=\"shown\""), "it is entered");
        assert!(face.get("/entry", &cookie).await.text.contains("1 / 274"));
        face.fill(|workspace| {
            let framework = workspace.framework.id().to_owned();
            workspace.catalog.put_answers(&framework, &[]).unwrap();
        });
        let page = face.get(&place, &cookie).await;
        assert!(page.text.contains("Berubah sejak dientri"), "{}", page.text);
        assert!(page.text.contains("7,5 → belum ada"), "{}", page.text);
        assert_ne!(fingerprint(&page), shown);
        let undone = face.post(&format!("{place}/untick"), &cookie, "").await;
        assert_eq!(undone.header(header::LOCATION), place);
        assert!(face.get("/entry", &cookie).await.text.contains("0 / 274"));
    });
}

#[test]
fn an_attachment_is_a_file_and_nothing_else() {
    run(async {
        let (face, put) = form();
        let cookie = face.come_in().await;
        face.post("/entry/limit", &cookie, "kib=100").await;
        let file = |digest: &Digest| format!("/entry/{}/files/{digest}", put.question);
        let small = face.get(&file(&put.small), &cookie).await;
        assert_eq!(small.status, StatusCode::OK, "{}", small.text);
        assert_eq!(small.text.as_bytes(), put.own);
        let name = small.header(header::CONTENT_DISPOSITION);
        assert_eq!(
            name,
            "attachment; filename=\"SK _ _Gugus__x.pdf\"; \
             filename*=UTF-8''SK%20%26%20%27Gugus%27%3Bx.pdf"
        );
        let kind = small.header(header::CONTENT_TYPE);
        assert_eq!(kind, "application/octet-stream");
        assert_eq!(small.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
        // What is too large, and cannot be drawn here: this is no worker.
        let large = face.get(&file(&put.large), &cookie).await;
        assert_eq!(large.status, StatusCode::NOT_FOUND, "{}", large.text);
        assert!(
            large.text.contains("Tidak ada salinan kecil"),
            "{}",
            large.text
        );
        for digest in [put.personal, Digest::ZERO] {
            let answer = face.get(&file(&digest), &cookie).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND);
        }
        let elsewhere = format!("/entry/{}/files/{}", put.next, put.small);
        let answer = face.get(&elsewhere, &cookie).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "of another question");
        std::fs::write(&put.file, b"%PDF-1.4 another one").unwrap();
        let changed = face.get(&file(&put.small), &cookie).await;
        assert_eq!(changed.status, StatusCode::NOT_FOUND, "other bytes by now");
        assert!(!changed.text.contains("another"), "{}", changed.text);
    });
}

#[test]
fn a_limit_is_a_number_that_makes_sense() {
    run(async {
        let face = face();
        let cookie = face.come_in().await;
        let page = face.get("/entry", &cookie).await;
        assert!(page.text.contains("value=\"2048\"") && page.text.contains("dugaan"));
        for kib in ["", "x", "-1", "1", "99999999999999999999"] {
            let answer = face
                .post("/entry/limit", &cookie, &format!("kib={kib}"))
                .await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{kib}");
        }
        let set = face.post("/entry/limit", &cookie, "kib=5120").await;
        assert_eq!(set.header(header::LOCATION), "/entry");
        assert!(face.get("/entry", &cookie).await.text.contains("5.0 MiB"));
    });
}

#[test]
fn papers_are_saved_and_never_shown_as_ours() {
    run(async {
        let (face, put) = form();
        let cookie = face.come_in().await;
        let page = face.get("/papers", &cookie).await;
        let links: Vec<&str> = page
            .text
            .split("href=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .filter(|link| link.starts_with("/papers/"))
            .collect();
        assert!(links.len() > 20, "{links:?}");
        for link in links {
            let file = face.get(&link.replace("&amp;", "&"), &cookie).await;
            assert_eq!(file.status, StatusCode::OK, "{link}: {}", file.text);
            let name = file.header(header::CONTENT_DISPOSITION);
            assert!(
                name.starts_with("attachment; filename=\""),
                "{link}: {name}"
            );
            assert!(!file.text.is_empty(), "{link}");
        }
        let report = face.get("/papers/report/html", &cookie).await;
        assert!(!report.text.contains("<b>Tugas"), "a title is no markup");
        let english = format!("{cookie}; language=en");
        let sheet = face.get("/papers/answers/csv", &english).await;
        assert!(sheet.text.contains("own_points"), "{}", sheet.text);
        for missing in [
            "/papers/report/pdf",
            "/papers/answers/pdf",
            "/papers/letter?office=tidakada&form=docx",
            "/papers/letter?level=desa&name=X&form=docx",
            "/papers/letter?office=..%2F..%2Fetc&form=html",
        ] {
            let answer = face.get(missing, &cookie).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{missing}");
        }
        face.fill(|workspace| {
            let framework = workspace.framework.id().to_owned();
            let answer = OwnAnswer {
                question: put.question.clone(),
                points: 1.0,
                note: "=HYPERLINK(\"x\")".to_owned(),
            };
            workspace
                .catalog
                .put_answers(&framework, &[answer])
                .unwrap();
        });
        let sheet = face.get("/papers/answers/csv", &cookie).await;
        assert!(
            sheet.text.contains("\"'=HYPERLINK"),
            "no formula: {}",
            sheet.text
        );
    });
}
