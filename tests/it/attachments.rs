//! Typing into the form in the browser: a scan that is too large comes as a copy that fits, drawn by
//! a worker of the program itself, and the catalog's backup keeps the ticks.

use super::serve::{Answer, Server};
use super::smaller::taken_in_with_scan;
use super::support::run;
use std::{thread::sleep, time::Duration};

impl Server {
    /// Returns a page as text.
    fn page(&self, path: &str) -> String {
        let answer = self.get(path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.head);
        answer.body
    }
}

fn links(page: &str, begin: &str) -> Vec<String> {
    let links = page.split("href=\"").skip(1);
    let links = links.filter_map(|rest| rest.split('"').next());
    let links = links.filter(|link| link.starts_with(begin));
    links.map(str::to_owned).collect()
}

#[test]
fn what_is_too_large_for_the_form_is_downloaded_as_a_copy_that_fits() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, scanned) = taken_in_with_scan(folder.path());
    let original = std::fs::read(&scanned).unwrap();
    let server = Server::start(&archive, 0, None);
    let set = server.post("/entry/limit", "kib=400");
    assert_eq!(set.status, 303, "{}", set.head);
    let questions = links(&server.page("/entry"), "/entry/");
    let pages: Vec<String> = questions.iter().map(|link| server.page(link)).collect();
    let is_of_scan = |page: &&String| page.contains("Download a smaller copy");
    let page = pages.iter().find(is_of_scan).expect("the scan is attached");
    assert!(page.contains("pindaian perda.PDF"), "{page}");
    assert!(page.contains("value=\"Peraturan Daerah"), "{page}");
    let sha256 = bukti::fixity::hash(&original).to_string();
    let mut files = links(page, "/entry/").into_iter();
    let file = files.find(|link| link.contains(&sha256)).unwrap();
    let copy = downloaded(&server, &file);
    assert!(copy.bytes.starts_with(b"%PDF-"), "{}", copy.head);
    let (bytes, before) = (copy.bytes.len(), original.len());
    assert!(
        bytes <= 400 << 10 && before > 400 << 10,
        "{bytes} of {before}"
    );
    assert!(
        copy.head.contains("filename=\"pindaian perda.pdf\""),
        "{}",
        copy.head
    );
    assert_eq!(std::fs::read(&scanned).unwrap(), original, "only ever read");

    let id = file.split('/').nth(2).unwrap();
    let (_, rest) = page.split_once("name=\"shown\" value=\"").unwrap();
    let shown = format!("shown={}", rest.split('"').next().unwrap());
    let ticked = server.post(&format!("/entry/{id}/tick"), &shown);
    assert_eq!(ticked.status, 303, "{}", ticked.head);
    drop(server);
    let backup = folder.path().join("backup");
    let saved = run(&archive, &["backup", backup.to_str().unwrap()]);
    assert!(saved.status.success(), "{saved:?}");
    let restored = Server::start(&backup, 0, None);
    let page = restored.page(&format!("/entry/{id}"));
    assert!(page.contains("Entered by <strong>Sari</strong>"), "{page}");
}

/// Returns the file behind a link, once its copy is drawn.
fn downloaded(server: &Server, link: &str) -> Answer {
    for _ in 0..60 {
        let answer = server.get(link);
        if answer.status == 200 {
            return answer;
        }
        assert_eq!(answer.status, 202, "{}", answer.body);
        assert!(answer.head.contains("refresh: 3"), "{}", answer.head);
        sleep(Duration::from_secs(1));
    }
    panic!("{link} is never drawn");
}
