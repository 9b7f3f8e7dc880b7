//! What a user reads, word for word: the help of every verb, the main tables, a letter. A change
//! of any of it is seen in `snapshots/`, where it is to be read before it is accepted.

use super::support::{archive, bukti, papers, share, text};
use std::{
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

/// Where a table is printed in colour or cut to a terminal, it is another table.
fn said(arguments: &[&str], lang: &str) -> String {
    let run = bukti()
        .env("BUKTI_LANG", lang)
        .env("BUKTI_AUTHOR", "Sri")
        .args(arguments)
        .output()
        .unwrap();
    let (data, talk) = (text(&run.stdout), text(&run.stderr));
    match talk.is_empty() {
        true => data,
        false => format!("{data}--- standard error\n{talk}"),
    }
}

/// Holds a text to its snapshot, without what differs from day to day and machine to machine.
fn hold(name: &str, text: &str, roots: &[(&Path, &str)]) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_snapshot_path("snapshots");
    for (root, shown) in roots {
        let root = root.to_str().unwrap();
        settings.add_filter(&regex_of(root), *shown);
    }
    if cfg!(windows) {
        settings.add_filter(r"\\", "/");
    }
    settings.add_filter(DEEP, "[deep]");
    settings.add_filter(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", "[time]");
    settings.add_filter(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}", "[time]");
    settings.add_filter(r"\b[0-9a-f]{12}\b", "[digest]");
    settings.add_filter(r"\d+([.,]\d+)? (KiB|MiB|kB|MB)\b", "[size]");
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// Returns the pattern of a text that means nothing but itself.
fn regex_of(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || c == '_';
    let each = text.chars().map(|c| match is_plain(c) {
        true => c.to_string(),
        false => format!("\\{c}"),
    });
    each.collect()
}

/// Returns the verbs that a help lists.
fn verbs(help: &str) -> Vec<String> {
    let below = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let listed = below.take_while(|line| !line.is_empty());
    let first = listed.filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    let named = first.filter(|word| !word.is_empty() && *word != "help");
    named.map(str::to_owned).collect()
}

/// Returns a help without the arguments that every verb takes, which stand in that of the
/// program.
fn own(help: &str) -> String {
    let (own, rest) = help.split_once("      --archive <FOLDER>").unwrap();
    let (_, rest) = rest.split_once("  -v, --verbose\n").unwrap();
    let rest = rest.split_once("\n\n").map_or("", |(_, rest)| rest);
    format!("{own}      …\n\n{rest}")
}

/// Returns the help of a verb and of those below it.
fn help(verb: &[&str], lang: &str) -> String {
    let mut whole = own(&said(&[verb, &["--help"]].concat(), lang));
    for below in verbs(&said(&[verb, &["--help"]].concat(), "en")) {
        let verb = [verb, &[below.as_str()]].concat();
        let title = format!("\n=== {}\n\n", verb.join(" "));
        whole += &(title + &help(&verb, lang));
    }
    whole
}

#[test]
fn the_help_of_every_verb() {
    let top = said(&["--help"], "en");
    let verbs = verbs(&top);
    assert!(verbs.len() > 20, "{verbs:?}");
    for lang in ["en", "id"] {
        hold(&format!("help_{lang}"), &said(&["--help"], lang), &[]);
        for verb in &verbs {
            hold(&format!("help_{lang}_{verb}"), &help(&[verb], lang), &[]);
        }
    }
}

/// A name longer than what a table shows of a path.
const DEEP: &str = "berkas semua perangkat daerah Kabupaten Contoh untuk evaluasi Kabupaten Layak \
                    Anak 2025";

/// Returns an archive of the samples and some papers, read without the slow part. Both lie in
/// one folder, so that their order is the same on every machine, and so deep that where a path
/// is cut in a table does not hang on where temporary files lie.
fn indexed() -> &'static (tempfile::TempDir, PathBuf) {
    static ARCHIVE: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    ARCHIVE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let archive = archive(folder.path());
        let all = folder.path().join(DEEP);
        for entry in walkdir::WalkDir::new(share()) {
            let entry = entry.unwrap();
            let to = all
                .join("share")
                .join(entry.path().strip_prefix(share()).unwrap());
            match entry.file_type().is_dir() {
                true => fs::create_dir_all(to).unwrap(),
                false => drop(fs::copy(entry.path(), to).unwrap()),
            }
        }
        papers(&all);
        let run = bukti()
            .args(["index", "--ocr", "none", "--archive"])
            .args([&archive, &all])
            .output();
        assert_eq!(run.unwrap().status.code(), Some(3));
        (folder, archive)
    })
}

#[test]
#[cfg_attr(
    windows,
    ignore = "paths sort otherwise where a backslash parts folders"
)]
fn the_main_tables() {
    let (folder, archive) = indexed();
    let root = fs::canonicalize(folder.path()).unwrap();
    let roots: [(&Path, &str); 2] = [(&root, "[folder]"), (folder.path(), "[folder]")];
    let tables: [(&str, &[&str]); 6] = [
        ("status", &["status"]),
        ("check", &["check", "--as-of", "2025-03-01"]),
        (
            "check_question",
            &[
                "check",
                "--as-of",
                "2025-03-01",
                "--question",
                "KLA24-17-Q2",
            ],
        ),
        ("search", &["search", "kawasan tanpa rokok"]),
        ("search_kind", &["search", "--kind", "perda"]),
        ("duplicates", &["duplicates"]),
    ];
    for lang in ["en", "id"] {
        for (name, arguments) in tables {
            let asked = [arguments, &["--archive", archive.to_str().unwrap()]].concat();
            hold(&format!("{name}_{lang}"), &said(&asked, lang), &roots);
        }
    }
}

/// Returns the texts of a page, a line for each that stands between two marks.
fn texts(markup: &str) -> String {
    let body = markup.rsplit("</style>").next().unwrap_or(markup);
    let mut lines = Vec::new();
    for part in body.split('<').skip(1) {
        let words = part.split_once('>').map_or("", |(_, words)| words.trim());
        if !words.is_empty() {
            lines.push(words);
        }
    }
    let text = lines.join("\n");
    let marks = [
        ("&#39;", "'"),
        ("&quot;", "\""),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ];
    marks
        .iter()
        .fold(text, |text, (mark, sign)| text.replace(mark, sign))
}

#[test]
fn a_letter_as_page_and_as_document() {
    let (folder, archive) = indexed();
    for lang in ["en", "id"] {
        let to = folder.path().join(format!("surat-{lang}"));
        let asked = [
            "letter",
            "--as-of",
            "2025-03-01",
            "--office",
            "Dinas Kesehatan",
            "--to",
            to.to_str().unwrap(),
            "--archive",
            archive.to_str().unwrap(),
        ];
        said(&asked, lang);
        let mut files: Vec<PathBuf> = fs::read_dir(&to)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        files.sort();
        let kind =
            |file: &&PathBuf, name: &str| file.extension().is_some_and(|e| e == name);
        let page = files.iter().find(|file| kind(file, "html")).unwrap();
        let page = texts(&fs::read_to_string(page).unwrap());
        hold(&format!("letter_{lang}"), &page, &[]);
        let docx = files.iter().find(|file| kind(file, "docx")).unwrap();
        let docx = docx.to_str().unwrap();
        let line = said(&["inspect", "--json", "--text", docx], lang);
        let line: serde_json::Value = serde_json::from_str(&line).unwrap();
        let pages = line["text"].as_array().unwrap().iter();
        let pages: Vec<&str> = pages.filter_map(serde_json::Value::as_str).collect();
        hold(&format!("letter_docx_{lang}"), &pages.join("\n\n"), &[]);
    }
}
