//! Smaller copies beside what is too large for a form: within the limit, searchable, vouched for
//! and never taken for evidence.

use super::{
    export::{copy_folder, export, others, text, validates},
    support::{archive, bukti, json_lines, share},
};
use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Makes a scan of a paper in the share, as a copier does that reads what it copies: pages as
/// pictures full of grain, the words under them.
fn scan(of: &Path, to: &Path) {
    let bytes = fs::read(of).unwrap();
    let limits = bukti::extract::Limits::default();
    let opened = bukti::extract::open(&bytes, bukti::model::MediaType::Pdf, &limits);
    let about = bukti::access_copy::About {
        original: bukti::fixity::hash(&bytes),
        program: "copier",
    };
    let folder = to.parent().unwrap();
    let step = |number: usize| match number {
        0 => fs::File::create(to),
        _ => fs::File::create(folder.join("coarser")),
    };
    let pages = &opened.extraction().pages;
    let ladder = bukti::access_copy::Ladder::begin(u64::MAX, &about, pages, step);
    let mut ladder = ladder.unwrap();
    let mut seed = 1_u32;
    for page in pages {
        let mut sheet = opened.sheet(page.number, 200.0).unwrap();
        for pixel in sheet.rgb.chunks_exact_mut(3) {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let grain = (seed >> 27) as u8;
            for value in pixel {
                *value = value.saturating_sub(grain);
            }
        }
        ladder.add(&sheet, Some(page)).unwrap();
    }
    assert_eq!(ladder.finish().unwrap().unwrap().number, 0);
    fs::remove_file(folder.join("coarser")).unwrap();
}

/// Reads the share into an archive, with a scan in it that is too large for a form.
pub(super) fn taken_in_with_scan(folder: &Path) -> (PathBuf, PathBuf) {
    let copy = folder.join("share");
    let ktr = "Data Dukung KLA 2025/klaster iii/Ind.17 KTR";
    fs::create_dir_all(&copy).unwrap();
    copy_folder(&share().join(ktr), &copy.join("KTR"));
    let scanned = copy.join("pindaian perda.PDF");
    scan(&copy.join("KTR/17.2 Perda KTR - Copy.pdf"), &scanned);
    let archive = archive(folder);
    let run = bukti()
        .args(["index", "--ocr", "none", "--archive"])
        .args([&archive, &copy])
        .output();
    assert!([0, 3].contains(&run.unwrap().status.code().unwrap()));
    (archive, scanned)
}

const LIMIT: u64 = 400 << 10;
const SMALLER: [&str; 4] = ["--all", "--max-size", "400K", "--smaller"];

/// Returns what is said of the document with that digest.
fn said_of(said: &Value, digest: &str) -> Value {
    let documents = said["documents"].as_array().unwrap();
    let such = documents.iter().find(|d| d["sha256"] == digest);
    such.unwrap_or_else(|| panic!("{said}")).clone()
}

#[test]
fn a_document_above_the_limit_has_a_smaller_copy_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, scanned) = taken_in_with_scan(folder.path());
    let original = fs::read(&scanned).unwrap();
    assert!(
        original.len() as u64 > 2 * LIMIT,
        "{} bytes",
        original.len()
    );
    let digest = bukti::fixity::hash(&original).to_string();
    let (code, plan) = export(&archive, &[&SMALLER[..], &["--plan"]].concat());
    assert_eq!(code, 0);
    assert_eq!(said_of(&plan, &digest)["smaller"]["state"], "wanted");

    let bag = folder.path().join("paket");
    let (code, said) = export(&archive, &[&SMALLER[..], &["--to", text(&bag)]].concat());
    assert_eq!(code, 0, "{said}");
    let scan = said_of(&said, &digest);
    let small = &scan["smaller"];
    assert_eq!(small["state"], "made", "{small}");
    let name = small["name"].as_str().unwrap();
    let mirrored = scan["name"].as_str().unwrap();
    let mirrored = mirrored.replacen("data/", "salinan-kecil/", 1);
    assert_eq!(name, mirrored.replace(".PDF", ".pdf"));
    let copy = fs::read(bag.join(name)).unwrap();
    assert!(copy.len() as u64 <= LIMIT, "{} bytes", copy.len());
    assert_eq!(small["bytes"], copy.len());
    assert_eq!(small["sha256"], bukti::fixity::hash(&copy).to_string());
    assert_eq!(small["pages"], small["searchable_pages"]);
    assert!(small["dpi"].as_u64().unwrap() >= 100);
    // The original is where it was, as it was, and in the payload as it was.
    assert_eq!(fs::read(&scanned).unwrap(), original);
    let payload = fs::read(bag.join(scan["name"].as_str().unwrap())).unwrap();
    assert_eq!(payload, original);
    for other in said["documents"].as_array().unwrap() {
        assert_eq!(other["smaller"].is_object(), other["too_large"] == true);
    }
    is_vouched_for(&bag, small["sha256"].as_str().unwrap());
    searches(&bag.join(name), &scanned);
    // The log ties the copy to its original.
    let log = bukti()
        .args(["log", "show", "--json", "--archive"])
        .arg(&archive)
        .output();
    let last = json_lines(&log.unwrap().stdout).pop().unwrap();
    let detail = &last["event"]["detail"];
    assert_eq!(detail["smaller_copies"], "1");
    let tied = detail[format!("smaller of {digest}")].as_str().unwrap();
    assert!(
        tied.starts_with(small["sha256"].as_str().unwrap()),
        "{tied}"
    );
    same_again_and_no_evidence(&archive, &digest, small);
}

/// The copy is in the manifest of tag files and told of, and is no part of the payload.
fn is_vouched_for(bag: &Path, copy: &str) {
    assert!(validates(bag));
    let lines = |manifest: &str| fs::read_to_string(bag.join(manifest)).unwrap();
    assert!(lines("tagmanifest-sha256.txt").contains(copy));
    assert!(!lines("manifest-sha256.txt").contains("salinan-kecil"));
    for manifest in ["manifest-sha256.txt", "tagmanifest-sha256.txt"] {
        let is_sound = others("sha256sum", &["-c", "--quiet", manifest], bag);
        assert_ne!(is_sound, Some(false), "{manifest}");
    }
    let bagit = ["-m", "bagit", "--validate", "."];
    assert_ne!(others("python3", &bagit, bag), Some(false));
    for told in ["BACA-SAYA.txt", "README.txt", "indeks.csv", "indeks.html"] {
        assert!(lines(told).contains("salinan-kecil/"), "{told}");
    }
}

/// Again, as a ZIP: the same copy, byte for byte; and who takes it in takes no copy.
fn same_again_and_no_evidence(archive: &Path, digest: &str, small: &Value) {
    let folder = tempfile::tempdir().unwrap();
    let zip = folder.path().join("paket.zip");
    let (code, again) = export(archive, &[&SMALLER[..], &["--to", text(&zip)]].concat());
    assert_eq!(code, 0, "{again}");
    assert_eq!(said_of(&again, digest)["smaller"], *small);
    assert!(validates(&zip));
    let province = folder.path().join("provinsi");
    let taken = bukti()
        .args(["import", "--ocr", "none"])
        .args([&zip, &province])
        .output();
    assert!([0, 1, 3].contains(&taken.unwrap().status.code().unwrap()));
    let found = bukti()
        .args(["search", "kawasan", "-n", "100", "--json", "--archive"])
        .arg(&province)
        .output();
    let found = String::from_utf8(found.unwrap().stdout).unwrap();
    assert!(found.contains("pindaian perda.PDF"), "{found}");
    assert!(!found.contains("salinan-kecil"), "{found}");
}

/// Holds the text of the copy against that of what it was made of.
fn searches(copy: &Path, original: &Path) {
    let words = |path: &Path| -> Vec<String> {
        let run = bukti()
            .args(["inspect", "--ocr", "none", "--text", "--json"])
            .arg(path)
            .output();
        let line = json_lines(&run.unwrap().stdout).remove(0);
        let pages = line["text"].as_array().unwrap().iter();
        let text: Vec<&str> = pages.map(|page| page.as_str().unwrap()).collect();
        let text = text.join("\n");
        text.split_whitespace().map(str::to_owned).collect()
    };
    let (copied, wanted) = (words(copy), words(original));
    assert!(wanted.len() > 50, "{wanted:?}");
    assert_eq!(copied, wanted);
    let run = Command::new("pdftotext").arg(copy).arg("-").output();
    let Ok(run) = run else {
        println!("SKIPPED: pdftotext is not here");
        return;
    };
    let text = String::from_utf8_lossy(&run.stdout);
    let others: Vec<&str> = text.split_whitespace().collect();
    let lost = wanted
        .iter()
        .filter(|word| !others.contains(&word.as_str()));
    let lost: Vec<&String> = lost.collect();
    assert!(lost.len() * 50 < wanted.len(), "pdftotext misses {lost:?}");
}

#[test]
fn where_there_is_no_smaller_copy_the_reason_is_told_and_the_package_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, _) = taken_in_with_scan(folder.path());
    let bag = folder.path().join("paket");
    let asked = ["--all", "--smaller", "--max-size"];
    let (code, said) = export(
        &archive,
        &[&asked[..], &["2K", "--to", text(&bag)]].concat(),
    );
    assert_eq!(code, 0, "{said}");
    let documents = said["documents"].as_array().unwrap();
    let reasons = |ending: &str| -> Vec<&Value> {
        let is_such = |d: &&Value| {
            let name = d["name"].as_str().unwrap().to_lowercase();
            name.ends_with(ending) && d["too_large"] == true
        };
        let such = documents.iter().filter(is_such);
        such.map(|d| &d["smaller"]["reason"]).collect()
    };
    let (office, pdf) = (reasons(".xlsx"), reasons(".pdf"));
    assert!(!office.is_empty() && !pdf.is_empty(), "{said}");
    assert!(
        office.iter().all(|reason| *reason == "no_pages"),
        "{office:?}"
    );
    assert!(
        pdf.iter().all(|reason| *reason == "nothing_fits"),
        "{pdf:?}"
    );
    assert!(!bag.join("salinan-kecil").exists());
    assert!(validates(&bag));
    let index = fs::read_to_string(bag.join("indeks.csv")).unwrap();
    assert!(index.contains("simpan sebagai PDF"), "{index}");
    // Told to people, too, in either language.
    for (lang, told) in [
        ("en", "no smaller copy: this format has no pages"),
        ("id", "tanpa salinan kecil: format ini tidak punya halaman"),
    ] {
        let run = bukti()
            .args(["--lang", lang, "export", "--plan"])
            .args(asked)
            .args(["2K", "--archive"])
            .arg(&archive)
            .output();
        let shown = String::from_utf8(run.unwrap().stdout).unwrap();
        assert!(shown.contains(told), "{shown}");
    }
    let run = bukti()
        .args(["export", "--all", "--plan", "--smaller", "--archive"])
        .arg(&archive)
        .output();
    assert_eq!(run.unwrap().status.code(), Some(2), "without a limit");
}
