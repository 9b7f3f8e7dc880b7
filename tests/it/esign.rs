//! Electronic signatures, from outside: what a face gets to show.

use crate::made_signed::{Identity, MadePdf};
use crate::schemas::hold;
use crate::support::{archive, bukti, json_lines};
use bukti::esign::{AnchorError, Anchors, Limits, examine};
use bukti::model::{EsignRule, EsignVerdict};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use strum::IntoEnumIterator;

#[test]
fn anchors_are_read_from_pem_and_der() {
    let authority = Identity::authority("Otoritas Contoh", 3);
    let base64 = base64(&authority.certificate);
    let pem = format!(
        "a remark\n-----BEGIN CERTIFICATE-----\n{base64}\n-----END CERTIFICATE-----\n"
    );
    let (mut one, mut two) = (Anchors::none(), Anchors::none());
    let names = one.add(&authority.certificate).unwrap();
    assert_eq!(two.add(pem.repeat(2).as_bytes()).unwrap().len(), 2);
    // The same certificate twice is one anchor.
    assert_eq!((one.names(), two.names()), (names.clone(), names));
    assert_eq!(one.add(b""), Err(AnchorError::NoCertificate));
    assert_eq!(one.add(b"text"), Err(AnchorError::NoCertificate));
    let broken = pem.replace(&base64[..40], "");
    assert_eq!(one.add(broken.as_bytes()), Err(AnchorError::Broken(1)));
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8] =
        b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let chunk = |chunk: &[u8]| {
        let bits = chunk
            .iter()
            .fold(0u32, |sum, byte| sum << 8 | u32::from(*byte));
        let bits = bits << (8 * (3 - chunk.len()));
        let digits =
            (0..=chunk.len()).map(|n| LETTERS[(bits >> (18 - 6 * n) & 63) as usize]);
        format!("{:=<4}", String::from_utf8(digits.collect()).unwrap())
    };
    bytes.chunks(3).map(chunk).collect()
}

#[test]
fn a_signed_document_is_worth_what_was_done_to_it() {
    let authority = Identity::authority("Otoritas Contoh", 3);
    let mut anchors = Anchors::none();
    anchors.add(&authority.certificate).unwrap();
    let mut made = MadePdf::new("Keputusan");
    made.sign(&authority.issue("Siti Contoh", 5), None);
    let verdict =
        |made: &MadePdf| examine(&made.bytes, &anchors, &Limits::default()).verdict();
    assert_eq!(verdict(&made), Some(EsignVerdict::IntactAndTrusted));
    made.replace_text("Keputusan lain");
    assert_eq!(verdict(&made), Some(EsignVerdict::Altered));
}

#[test]
fn rules_have_names_of_their_own() {
    let names: BTreeSet<&str> = EsignRule::iter().map(EsignRule::as_str).collect();
    assert_eq!(names.len(), EsignRule::iter().count());
    assert!(names.iter().all(|name| name.starts_with("esign.")));
}

/// Runs bukti; returns its exit code and the lines of JSON.
fn run(words: &[&str]) -> (Option<i32>, Vec<Value>) {
    let run = bukti().args(words).arg("--json").output().unwrap();
    (run.status.code(), json_lines(&run.stdout))
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// Writes an intact and an altered document and the authority's certificate into a folder.
fn signed_share(folder: &Path) {
    let authority = Identity::authority("Otoritas Contoh", 3);
    let mut made = MadePdf::new("SURAT KETERANGAN");
    made.sign(&authority.issue("Siti Contoh", 5), None);
    fs::create_dir(folder.join("share")).unwrap();
    fs::write(folder.join("share/utuh.pdf"), &made.bytes).unwrap();
    made.replace_text("SURAT KETERANGAN LAIN");
    fs::write(folder.join("share/ubah.pdf"), &made.bytes).unwrap();
    let plain = MadePdf::new("SURAT TANPA TANDA TANGAN");
    fs::write(folder.join("share/polos.pdf"), &plain.bytes).unwrap();
    fs::write(folder.join("otoritas.cer"), &authority.certificate).unwrap();
}

#[test]
fn esign_tells_of_files_without_an_archive() {
    let folder = tempfile::tempdir().unwrap();
    signed_share(folder.path());
    let share = folder.path().join("share");
    let (code, lines) = run(&["esign", text(&share)]);
    assert_eq!(code, Some(1), "one of them is altered");
    hold("esign.schema.json", &lines);
    let verdicts: Vec<&str> = lines
        .iter()
        .map(|line| line["verdict"].as_str().unwrap_or("none"))
        .collect();
    assert_eq!(verdicts, ["none", "altered", "intact_unknown_issuer"]);
    let intact = share.join("utuh.pdf");
    let anchor = folder.path().join("otoritas.cer");
    let (code, lines) = run(&["esign", text(&intact), "--anchors", text(&anchor)]);
    assert_eq!(code, Some(0));
    assert_eq!(lines[0]["verdict"], "intact_and_trusted");
    assert_eq!(
        lines[0]["signatures"][0]["signer"]["common_name"],
        "Siti Contoh"
    );
    let (code, lines) = run(&["esign", text(&folder.path().join("none.pdf"))]);
    assert_eq!(code, Some(3));
    assert_eq!(lines[0]["sha256"], Value::Null);
    let (code, _) = run(&["esign", text(&intact), "--anchors", text(&intact)]);
    assert_eq!(code, Some(2), "that is no certificate");
    for lang in ["id", "en"] {
        let told = bukti()
            .args(["esign", "--lang", lang, "--anchors"])
            .args([&anchor, &share])
            .output()
            .unwrap();
        let told = String::from_utf8(told.stdout).unwrap();
        assert!(told.contains("Siti Contoh"), "{told}");
        let words = match lang {
            "id" => [
                "utuh dan tepercaya",
                "berubah sesudah ditandatangani",
                "tidak ada tanda",
            ],
            _ => [
                "intact and trusted",
                "altered after it was signed",
                "no electronic",
            ],
        };
        for word in words {
            assert!(told.contains(word), "{word}: {told}");
        }
    }
}

#[test]
fn an_archive_keeps_verdicts_and_examines_again_what_it_trusts_otherwise() {
    let folder = tempfile::tempdir().unwrap();
    signed_share(folder.path());
    let archive = archive(folder.path());
    let of = ["--archive", text(&archive)];
    let share = folder.path().join("share");
    let ask = |words: &[&str]| run(&[words, &of].concat());
    let index = || ask(&["index", text(&share)]).0;
    let shown = |name: &str| ask(&["show", name]).1.remove(0);
    assert_eq!(index(), Some(0));
    let verdict = |name: &str| {
        let shown = shown(name);
        hold("show.schema.json", std::slice::from_ref(&shown));
        let esign = &shown["metadata"]["esign"];
        esign["signatures"][0]["verdict"]
            .as_str()
            .map(str::to_owned)
    };
    assert_eq!(
        verdict("utuh.pdf").as_deref(),
        Some("intact_unknown_issuer")
    );
    assert_eq!(verdict("ubah.pdf").as_deref(), Some("altered"));
    assert_eq!(verdict("polos.pdf"), None);
    assert_eq!(shown("utuh.pdf")["signature"]["value"], "digital");
    assert_eq!(shown("ubah.pdf")["signature"]["value"], "digital_invalid");

    let anchor = folder.path().join("otoritas.cer");
    let add = ["anchors", "add", text(&anchor), "--by", "Sari"];
    let (code, lines) = ask(&add);
    assert_eq!((code, &lines[0]["examined_again"]), (Some(0), &2.into()));
    hold("anchors.schema.json", &lines);
    let (_, again) = ask(&add);
    assert_eq!(
        again[0]["anchors"].as_array().unwrap().len(),
        0,
        "once is enough"
    );
    let (_, listed) = ask(&["anchors", "list"]);
    hold("anchors.schema.json", &listed);
    let sha256 = listed[0]["anchors"][0]["certificate"]["sha256"]
        .as_str()
        .unwrap();
    assert_eq!(listed[0]["anchors"][0]["author"], "Sari");
    assert_eq!(index(), Some(0));
    assert_eq!(verdict("utuh.pdf").as_deref(), Some("intact_and_trusted"));
    assert_eq!(shown("utuh.pdf")["metadata"]["anchors"][0], *sha256);
    assert_eq!(verdict("ubah.pdf").as_deref(), Some("altered"));

    assert_eq!(ask(&["anchors", "remove", "zz"]).0, Some(1));
    let (code, removed) = ask(&["anchors", "remove", &sha256[..8]]);
    assert_eq!((code, &removed[0]["examined_again"]), (Some(0), &2.into()));
    assert_eq!(index(), Some(0));
    assert_eq!(
        verdict("utuh.pdf").as_deref(),
        Some("intact_unknown_issuer")
    );
}

/// The four samples on electronic signatures, by path below the share.
const SAMPLES: [&str; 4] = [
    "KLASTER IV PENDIDIKAN/19/19.1 SK Fasda SRA (TTE).pdf",
    "klaster iii/Ind.13 gizi/13.4 SK Tim Penanganan Masalah Gizi (TTE).pdf",
    "Klaster II/9/SK GT PAUD HI hasil scan.pdf",
    "KLASTER IV PENDIDIKAN/20/konsep SK RIRA (srikandi).docx",
];

/// Reads the four samples into an archive.
fn four_samples(folder: &Path) -> (PathBuf, PathBuf) {
    let share = folder.join("share");
    let samples = crate::support::share().join("Data Dukung KLA 2025");
    for name in SAMPLES {
        let to = share.join(name);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(samples.join(name), to).unwrap();
    }
    let archive = archive(folder);
    let index = ["index", text(&share), "--archive", text(&archive)];
    assert_eq!(run(&index).0, Some(0));
    (archive, share)
}

/// Returns a question of a report.
fn question<'a>(report: &'a Value, id: &str) -> &'a Value {
    let sections = report["sections"].as_array().unwrap().iter();
    let indicators = sections.flat_map(|s| s["indicators"].as_array().unwrap());
    let mut all = indicators.flat_map(|i| i["questions"].as_array().unwrap());
    all.find(|question| question["id"] == id).unwrap()
}

#[test]
fn the_four_samples_are_told_from_one_another() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, _) = four_samples(folder.path());
    let check = [
        "check",
        "--as-of",
        "2025-03-01",
        "--archive",
        text(&archive),
    ];
    let report = run(&check).1.remove(0);
    hold("check.schema.json", std::slice::from_ref(&report));
    for (id, state, rule) in [
        ("KLA24-19-Q1", "valid", None),
        ("KLA24-13-Q4", "invalid", Some("signature.altered")),
        ("KLA24-09-Q1", "review", Some("signature.copy")),
        ("KLA24-20-Q2", "invalid", Some("draft.unsent")),
    ] {
        let question = question(&report, id);
        assert_eq!(question["state"], state, "{id}");
        let remarks = question["remarks"].as_array().unwrap();
        let speaks = |rule| remarks.iter().any(|remark| remark["rule"] == rule);
        assert!(rule.is_none_or(speaks), "{id}: {remarks:?}");
    }
    let esign = &question(&report, "KLA24-19-Q1")["evidence"][0]["esign"];
    assert_eq!(esign["verdict"], "intact_unknown_issuer");
    assert_eq!(esign["signers"][0]["name"], "LINA IBARATWATI");
    let esign = &question(&report, "KLA24-13-Q4")["evidence"][0]["esign"];
    assert_eq!(esign["verdict"], "altered");
}

#[test]
fn a_verdict_and_whom_it_rests_on_travel_in_a_package_and_the_log() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, share) = four_samples(folder.path());
    let of = ["--archive", text(&archive)];
    let ask = |words: &[&str]| run(&[words, &of].concat());
    let anchor =
        crate::support::repository("samples/kabupaten-contoh/otoritas-contoh.pem");
    let add = ["anchors", "add", text(&anchor), "--by", "Sari"];
    assert_eq!(ask(&add).0, Some(0));
    assert_eq!(ask(&["index", text(&share)]).0, Some(0));
    let package = folder.path().join("paket");
    let export = [
        "export",
        "--all",
        "--as-of",
        "2025-03-01",
        "--to",
        text(&package),
    ];
    assert_eq!(ask(&export).0, Some(0));
    let judged = fs::read(package.join("penilaian.json")).unwrap();
    let judged: Value = serde_json::from_slice(&judged).unwrap();
    let esign = &question(&judged, "KLA24-19-Q1")["evidence"][0]["esign"];
    assert_eq!(esign["verdict"], "intact_and_trusted");
    assert!(esign["signers"][0]["anchor"].is_string());
    let index = fs::read_to_string(package.join("indeks.csv")).unwrap();
    for said in [
        "utuh dan tepercaya: LINA IBARATWATI",
        "berubah sesudah ditandatangani: TONO TELADANTO",
    ] {
        assert!(index.contains(said), "{said}: {index}");
    }
    let (_, log) = ask(&["log", "show"]);
    hold("log.schema.json", &log);
    let is_trust = |line: &&Value| line["event"]["type"] == "policy assignment";
    let trust = &log.iter().find(is_trust).unwrap()["event"];
    assert_eq!(trust["agent"], "Sari");
    let added = trust["detail"]["added 1"].as_str().unwrap();
    assert!(added.ends_with("OTORITAS SERTIFIKAT CONTOH"), "{added}");
}
