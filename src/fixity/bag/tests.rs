//! Packages made of texts, sound and broken.

use super::*;
use crate::fixity;
use std::collections::BTreeMap;

/// A package in memory: path to bytes.
type Files = BTreeMap<String, Vec<u8>>;

fn sha256(bytes: &[u8]) -> String {
    fixity::hash(bytes).to_string()
}

/// Makes a package of this version with these files in its payload.
fn bag(version: &str, payload: &[(&str, &[u8])]) -> Files {
    let mut files = Files::new();
    let declaration =
        format!("BagIt-Version: {version}\nTag-File-Character-Encoding: UTF-8\n");
    files.insert("bagit.txt".into(), declaration.into_bytes());
    let mut manifest = String::new();
    let mut bytes = 0;
    for (path, content) in payload {
        let path = format!("data/{path}");
        manifest.push_str(&manifest_line(&sha256(content), &path));
        bytes += content.len();
        files.insert(path, content.to_vec());
    }
    let info = format!("Payload-Oxum: {bytes}.{}\n", payload.len());
    files.insert("bag-info.txt".into(), info.into_bytes());
    files.insert("manifest-sha256.txt".into(), manifest.into_bytes());
    files
}

fn judged(files: &Files) -> Vec<(Severity, BagFault, String)> {
    let listed = files.iter().map(|(path, bytes)| {
        let len = bytes.len() as u64;
        let is_system = path.ends_with("Thumbs.db");
        (path.clone(), Listed { len, is_system })
    });
    let top = files.iter().filter(|(path, _)| !path.contains('/'));
    let texts = top
        .map(|(path, bytes)| (path.clone(), bytes.clone()))
        .collect();
    let inspection = inspect(&listed.collect(), &texts);
    let mut remarks = inspection.remarks.clone();
    for (path, kinds) in inspection.wanted() {
        let digest = |kind: Algorithm| {
            let mut hasher = AnyHasher::new(kind);
            hasher.update(&files[path]);
            (kind, hasher.finish())
        };
        let found = kinds.into_iter().map(digest).collect();
        remarks.extend(inspection.compare(path, &found));
    }
    remarks
        .into_iter()
        .map(|r| (r.severity, r.fault, r.path))
        .collect()
}

fn errors(files: &Files) -> Vec<(BagFault, String)> {
    let remarks = judged(files).into_iter();
    let errors = remarks.filter(|(severity, ..)| *severity == Severity::Error);
    errors.map(|(_, fault, path)| (fault, path)).collect()
}

fn edit(files: &mut Files, name: &str, from: &str, to: &str) {
    let text = String::from_utf8(files[name].clone()).unwrap();
    assert!(text.contains(from), "{text}");
    files.insert(name.into(), text.replace(from, to).into_bytes());
}

#[test]
fn names_of_every_kind_survive() {
    let names: [(&str, &[u8]); 6] = [
        ("a b/c  d.txt", b"1"),
        ("50%.txt", b"2"),
        ("%0A is no line end.txt", b"3"),
        ("line\nend\rs.txt", b"4"),
        ("Nu\u{301}n\u{303}ez NFD.txt", b"5"),
        ("N\u{fa}\u{f1}ez NFC.txt", b"6"),
    ];
    assert_eq!(judged(&bag("1.0", &names)), []);
}

#[test]
fn every_fault_is_told_and_names_its_file() {
    let payload: [(&str, &[u8]); 3] = [("a", b"1"), ("b", b"2"), ("c", b"3")];
    let mut files = bag("1.0", &payload);
    files.insert("data/a".into(), b"x".to_vec());
    files.remove("data/b");
    files.insert("data/d".into(), b"4".to_vec());
    let found = errors(&files);
    for (fault, path) in [
        (BagFault::Missing, "data/b"),
        (BagFault::Unlisted, "data/d"),
        (BagFault::Changed, "data/a"),
    ] {
        assert!(found.contains(&(fault, path.to_owned())), "{found:?}");
    }
    assert_eq!(found.len(), 3, "one byte went and one came: {found:?}");
    files.insert("data/e".into(), b"55".to_vec());
    assert!(errors(&files).contains(&(BagFault::Oxum, String::new())));
}

#[test]
fn a_renamed_file_is_missing_here_and_unlisted_there() {
    let mut files = bag("1.0", &[("a", b"1")]);
    let bytes = files.remove("data/a").unwrap();
    files.insert("data/A".into(), bytes);
    let expected = [
        (BagFault::Missing, "data/a".to_owned()),
        (BagFault::Unlisted, "data/A".to_owned()),
    ];
    let mut found = errors(&files);
    found.sort();
    assert_eq!(found, expected);
}

#[test]
fn the_declaration_is_two_lines_to_the_letter() {
    let cases = [
        (
            "\u{feff}BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
            false,
        ),
        ("BagIt-Version: 1.0\n", false),
        (
            "BagIt-Version : 1.0\nTag-File-Character-Encoding : UTF-8\n",
            false,
        ),
        (
            "BagIt-Version: 1.0 \nTag-File-Character-Encoding: UTF-8\n",
            false,
        ),
        (
            "BagIt-Version: .97\nTag-File-Character-Encoding: UTF-8\n",
            false,
        ),
        (
            "BagIt-Version: 7.0\nTag-File-Character-Encoding: UTF-8\n",
            false,
        ),
        (
            "BagIt-Version: 1.0\nTag-File-Character-Encoding: KLINGON\n",
            false,
        ),
        (
            "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\nX: y\n",
            false,
        ),
        (
            "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8",
            true,
        ),
        (
            "BagIt-Version: 0.97\r\nTag-File-Character-Encoding: UTF-8\r\n",
            true,
        ),
    ];
    for (text, is_sound) in cases {
        let mut files = bag("1.0", &[("a", b"1")]);
        files.insert("bagit.txt".into(), text.as_bytes().to_vec());
        assert_eq!(errors(&files).is_empty(), is_sound, "{text:?}");
    }
}

#[test]
fn paths_that_lead_outside_are_refused_on_every_system() {
    for path in [
        "../x",
        "data/../../x",
        "/etc/passwd",
        "~/x",
        "~root/x",
        "C:\\x",
        "data/..\\..\\x",
        "\\\\?\\UNC\\server\\x",
        "%HomeDrive%\\x",
        "data//x",
        "",
    ] {
        assert!(!is_safe(path), "{path}");
        if path.is_empty() {
            continue;
        }
        let mut files = bag("1.0", &[("a", b"1")]);
        let line = format!("{}  {path}\n", sha256(b"1"));
        files
            .get_mut("manifest-sha256.txt")
            .unwrap()
            .extend(line.bytes());
        assert!(!errors(&files).is_empty(), "{path}");
        let mut files = bag("1.0", &[("a", b"1")]);
        files.insert(
            "fetch.txt".into(),
            format!("http://x - {path}\n").into_bytes(),
        );
        assert!(!errors(&files).is_empty(), "{path}");
    }
    for path in [
        "data/a", "data/50%", "data/a b", "data/~a", "data/a:b", "data/..a",
    ] {
        assert!(is_safe(path), "{path}");
    }
}

#[test]
fn the_drafts_forgive_what_the_standard_does_not() {
    for (version, is_sound) in [("0.97", true), ("1.0", false)] {
        let mut files = bag(version, &[("a", b"1")]);
        let line = files["manifest-sha256.txt"].clone();
        files.get_mut("manifest-sha256.txt").unwrap().extend(line);
        assert_eq!(errors(&files).is_empty(), is_sound, "{version}");
        assert!(
            judged(&files)
                .iter()
                .any(|(_, f, _)| *f == BagFault::ListedTwice)
        );

        let mut files = bag(version, &[("a", b"1"), ("b", b"2")]);
        let mut hasher = AnyHasher::new(Algorithm::Sha512);
        hasher.update(b"1");
        let line = manifest_line(&hasher.finish(), "data/a");
        files.insert("manifest-sha512.txt".into(), line.into_bytes());
        assert_eq!(errors(&files).is_empty(), is_sound, "{version}");
    }
}

#[test]
fn odd_habits_are_warned_of() {
    let mut files = bag("1.0", &[("a", b"1"), ("Thumbs.db", b"2"), ("A", b"3")]);
    edit(&mut files, "manifest-sha256.txt", "  data/a", " *./data/a");
    let found = judged(&files);
    assert!(errors(&files).is_empty(), "{found:?}");
    for fault in [
        BagFault::Asterisk,
        BagFault::DotSlash,
        BagFault::SystemFile,
        BagFault::CaseTwins,
    ] {
        assert!(found.iter().any(|(_, f, _)| *f == fault), "{fault:?}");
    }
}

#[test]
fn bag_info_goes_on_over_lines_and_repeats_labels() {
    let mut files = bag("1.0", &[("a", b"1")]);
    let info =
        "Contact-Name: Ani\nContact-Name: Budi\nExternal-Description: satu\n  dua\n";
    files.insert("bag-info.txt".into(), info.into());
    let texts: BTreeMap<String, Vec<u8>> = files
        .iter()
        .filter(|(path, _)| !path.contains('/'))
        .map(|(path, bytes)| (path.clone(), bytes.clone()))
        .collect();
    let inspection = inspect(&BTreeMap::new(), &texts);
    let values: Vec<&str> = inspection.info.iter().map(|l| l.value.as_str()).collect();
    assert_eq!(values, ["Ani", "Budi", "satu dua"]);
}
