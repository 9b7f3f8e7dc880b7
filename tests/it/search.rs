//! What a search gives hangs on the archive, not on how it came about.

use super::support::{archive, bukti, text};
use std::path::Path;

/// Writes files of which many fit equally well, into two folders.
fn share(folder: &Path) {
    for number in 0..60 {
        let part = folder.join(if number % 3 == 0 { "a" } else { "b" });
        std::fs::create_dir_all(&part).unwrap();
        // One word of each is its own, so that no two files are the same bytes.
        let words = ["kawasan", "tanpa", "rokok"][number % 3];
        let body =
            format!("Rapat koordinasi {words} {words}\nHalaman nomor{number:02}\n");
        std::fs::write(part.join(format!("{number:02}.txt")), body).unwrap();
    }
}

fn search(archive: &Path, arguments: &[&str]) -> String {
    let run = bukti()
        .args(["search", "--json", "-n", "10", "--archive"])
        .arg(archive)
        .args(arguments)
        .output()
        .unwrap();
    text(&run.stdout)
}

fn hits(found: &str) -> usize {
    let found: serde_json::Value = serde_json::from_str(found).unwrap();
    found["hits"].as_array().unwrap().len()
}

#[test]
fn a_search_gives_the_same_however_the_archive_was_made() {
    let folder = tempfile::tempdir().unwrap();
    let papers = folder.path().join("share");
    share(&papers);
    let archives = ["one", "two"].map(|name| {
        let own = folder.path().join(name);
        std::fs::create_dir_all(&own).unwrap();
        archive(&own)
    });
    // At once by one thread; and in two goes by several, so that the index has other parts.
    let runs: [(&Path, &str, &[&str]); 3] = [
        (&archives[0], "1", &["a", "b"]),
        (&archives[1], "4", &["b"]),
        (&archives[1], "4", &["a"]),
    ];
    for (archive, jobs, parts) in runs {
        bukti()
            .args(["index", "--ocr", "none", "--jobs", jobs, "--archive"])
            .arg(archive)
            .args(parts.iter().map(|part| papers.join(part)))
            .assert()
            .success();
    }
    let searches: [&[&str]; 4] = [
        &["--state", "indexed"],
        &["--unlinked"],
        &["koordinasi"],
        &["rapat rokok"],
    ];
    for arguments in searches {
        let [one, two] = archives
            .each_ref()
            .map(|archive| search(archive, arguments));
        assert_eq!(hits(&one), 10, "{arguments:?}: {one}");
        assert_eq!(one, two, "{arguments:?}");
    }
}
