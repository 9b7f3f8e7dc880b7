//! Files inside files, and long scans that are read in two goes.

use super::support::{archive, bukti, json_lines, share};
use serde_json::{Value, json};
use std::{
    fs,
    io::{Cursor, Write},
    path::Path,
};

fn zip_of(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Runs `index`; gives the files it read pages of, and its last line.
fn index(archive: &Path, files: &Path, more: &[&str]) -> (Vec<String>, Value) {
    let run = bukti()
        .args(["index", "--json"])
        .args(more)
        .arg("--archive")
        .args([archive, files])
        .output()
        .unwrap();
    let lines = json_lines(&run.stdout);
    let mut read: Vec<String> = lines
        .iter()
        .filter(|line| line["pages"].as_u64().is_some_and(|pages| pages > 0))
        .map(|line| line["path"].as_str().unwrap().to_owned())
        .collect();
    read.sort();
    (read, lines.last().unwrap().clone())
}

fn found(archive: &Path, words: &str) -> Vec<String> {
    let run = bukti()
        .args(["search", words, "--json", "--archive"])
        .arg(archive)
        .output()
        .unwrap();
    let text = String::from_utf8(run.stdout).unwrap();
    let answer: Value = serde_json::from_str(text.trim()).unwrap();
    let hits = answer["hits"].as_array().unwrap();
    let path = |hit: &Value| hit["paths"][0].as_str().unwrap().to_owned();
    hits.iter().map(path).collect()
}

#[test]
fn files_in_containers_are_documents() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let files = folder.path().join("share");
    fs::create_dir(&files).unwrap();
    let notula = b"Notula rapat gugus tugas layak anak".as_slice();
    let inner = zip_of(&[("x/surat.txt", b"Surat edaran tentang forum anak")]);
    let locked = include_bytes!("../data/containers/locked.zip").as_slice();
    let outer = zip_of(&[
        ("Dinkes/notula.txt", notula),
        ("../../naik.txt", b"Laporan sekolah ramah anak"),
        ("lagi.zip", &inner),
        ("kunci.zip", locked),
        ("Thumbs.db", b"x"),
    ]);
    fs::write(files.join("kiriman.zip"), &outer).unwrap();
    fs::write(files.join("notula.txt"), notula).unwrap();

    let (read, end) = index(&archive, &files, &[]);
    assert_eq!(read.len(), 3, "{read:?}");
    let expected = json!({
        "indexed": 3, "duplicate": 1, "unpacked": 3, "password": 1, "ignored": 1
    });
    assert_eq!((&end["states"], &end["files"]), (&expected, &json!(9)));
    let place = |inner: &str| {
        let outer = fs::canonicalize(files.join("kiriman.zip")).unwrap();
        format!("{} » {inner}", bukti::io::files::path::to_text(&outer))
    };
    assert_eq!(
        found(&archive, "forum anak"),
        [place("lagi.zip » x/surat.txt")]
    );
    assert_eq!(found(&archive, "sekolah ramah"), [place("../../naik.txt")]);
    assert!(
        !folder.path().join("naik.txt").exists(),
        "names lead nowhere"
    );
    assert!(!archive.join("unpacked").exists(), "nothing is left behind");

    // Nothing has changed: nothing is unpacked, and nothing is lost.
    let (read, end) = index(&archive, &files, &[]);
    assert_eq!((read.len(), &end["states"]), (0, &expected));

    // A copy of the container gives every file a second place.
    fs::copy(files.join("kiriman.zip"), files.join("salinan.zip")).unwrap();
    let (read, end) = index(&archive, &files, &[]);
    assert_eq!((read.len(), &end["files"]), (0, &json!(17)));
    fs::remove_file(files.join("kiriman.zip")).unwrap();
    let (_, end) = index(&archive, &files, &[]);
    assert_eq!(end["states"], expected);
    assert!(found(&archive, "forum anak")[0].contains("salinan.zip » lagi.zip"));
}

/// Makes a scan of many pages: one page of a sample again and again.
fn long_scan(pages: u32) -> Vec<u8> {
    let sample = walkdir::WalkDir::new(share())
        .into_iter()
        .flatten()
        .find(|entry| entry.file_name() == "SK GUGUS TUGAS (scan ulang).pdf")
        .unwrap();
    let mut document = lopdf::Document::load(sample.path()).unwrap();
    let page = document.get_pages()[&1];
    let root = document.catalog().unwrap().get(b"Pages").unwrap();
    let root = root.as_reference().unwrap();
    let mut kids = vec![lopdf::Object::Reference(page)];
    for _ in 1..pages {
        let copy = document.get_object(page).unwrap().clone();
        kids.push(lopdf::Object::Reference(document.add_object(copy)));
    }
    let tree = document.get_dictionary_mut(root).unwrap();
    tree.set("Kids", kids);
    tree.set("Count", i64::from(pages));
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn a_long_scan_read_in_two_goes_is_as_one_read_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let files = folder.path().join("share");
    fs::create_dir(&files).unwrap();
    let scan = long_scan(9);
    let packed = zip_of(&[("pindai.pdf", &scan)]);
    fs::write(files.join("pindai.zip"), packed).unwrap();
    fs::write(files.join("catatan.txt"), "Catatan rapat").unwrap();

    let quick = archive(folder.path());
    let (_, end) = index(&quick, &files, &["--quick", "--jobs", "2"]);
    assert_eq!(end["waiting"], 1);
    let shown = |archive: &Path| {
        let run = bukti()
            .args(["show", "pindai.pdf", "--json", "--archive"])
            .arg(archive)
            .output()
            .unwrap();
        String::from_utf8(run.stdout).unwrap()
    };
    let begun = shown(&quick);
    assert!(begun.contains("pages_waiting"), "{begun}");
    let search = bukti()
        .args(["search", "gugus tugas", "--json", "--archive"])
        .arg(&quick)
        .output()
        .unwrap();
    let found: Value = serde_json::from_slice(&search.stdout).unwrap();
    assert_eq!(found["hits"][0]["waiting"], 3, "{found}");
    let (_, end) = index(&quick, &files, &["--jobs", "2"]);
    assert_eq!(end["waiting"], 0);

    let other = folder.path().join("other");
    fs::create_dir(&other).unwrap();
    let whole = archive(&other);
    let (read, end) = index(&whole, &files, &["--jobs", "1"]);
    assert_eq!(end["waiting"], 0);
    assert!(read.iter().any(|path| path.ends_with("pindai.pdf")));
    let completed = shown(&quick);
    assert!(!completed.contains("pages_waiting"), "{completed}");
    assert_eq!(completed, shown(&whole));

    // A page that failed, as the catalog records it, is read again when asked for.
    let catalog = rusqlite::Connection::open(whole.join("bukti.sqlite")).unwrap();
    let failed = r#"[{"code":"time_out","page":5}]"#;
    let sql = "UPDATE content SET notes = ?1 WHERE page_count = 9";
    assert_eq!(catalog.execute(sql, [failed]).unwrap(), 1);
    drop(catalog);
    index(&whole, &files, &[]);
    assert!(shown(&whole).contains("time_out"));
    index(&whole, &files, &["--retry-failed"]);
    assert_eq!(shown(&whole), completed);
}
