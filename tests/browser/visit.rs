//! One visit: an archive of its own, the program serving it, a browser of a width and language.

use super::driver::{Browser, Element};
use super::serving::{Serving, bukti, run};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Widths that every page must fit: a phone, a tablet, an office PC; in CSS pixels.
pub const WIDTHS: [u32; 3] = [360, 820, 1440];
/// Languages as the pages name them.
pub const LANGUAGES: [&str; 2] = ["id", "en"];
const HEIGHT: u32 = 900;

/// Which archive a visit is to.
#[derive(Clone, Copy, PartialEq)]
pub enum Archive {
    /// The samples, read.
    Samples,
    /// Nothing read yet.
    Empty,
}

/// The archives that visits begin with, made by the program itself.
pub struct Archives(PathBuf);

impl Archives {
    /// Makes them. Reading the samples takes a while: what an earlier run read is kept beside the
    /// build, and the program reads again what it would read otherwise by now.
    pub fn make() -> Self {
        let made = Self(Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser"));
        for archive in [Archive::Samples, Archive::Empty] {
            let folder = made.path(archive);
            if !folder.is_dir() {
                fs::create_dir_all(&folder).unwrap();
                let mut init = bukti();
                init.args(["init", "--region", "Kabupaten Contoh", "--year", "2025"]);
                assert!(init.arg(&folder).output().unwrap().status.success());
            }
        }
        let share = share();
        let words = ["index", share.to_str().unwrap()];
        run(&made.path(Archive::Samples), &words);
        made
    }

    fn path(&self, archive: Archive) -> PathBuf {
        self.0.join(match archive {
            Archive::Samples => "samples",
            Archive::Empty => "empty",
        })
    }
}

/// Returns the made-up share.
pub fn share() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/kabupaten-contoh/share")
}

/// A person in front of a browser.
pub struct Visit {
    pub browser: Browser,
    pub serving: Serving,
    /// The archive that is served.
    pub archive: PathBuf,
    pub width: u32,
    pub lang: &'static str,
    _folder: tempfile::TempDir,
}

impl Visit {
    /// Begins a visit, in at the first page.
    pub fn begin(
        archives: &Archives,
        which: Archive,
        width: u32,
        lang: &'static str,
    ) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let archive = folder.path().join("archive");
        copy(&archives.path(which), &archive);
        let mut visit = Self {
            serving: Serving::start(&archive),
            browser: Browser::start(),
            archive,
            width,
            lang,
            _folder: folder,
        };
        visit.browser.screen(width, HEIGHT);
        let address = visit.serving.address.clone();
        visit.browser.go(&address);
        let button = format!("button[name=language][value={lang}]");
        visit.click(&button);
        let shown = visit.browser.find("html");
        assert_eq!(visit.browser.attribute(&shown, "lang"), lang);
        visit
    }

    /// Opens a page by its path.
    pub fn open(&mut self, path: &str) {
        let address = self.serving.at(path);
        self.browser.go(&address);
    }

    /// Returns the path of the page that is shown, with its query.
    pub fn path(&mut self) -> String {
        let address = self.browser.address();
        let own = self.serving.at("");
        let path = address.strip_prefix(&own).expect("a page of ours");
        path.to_owned()
    }

    /// Clicks the first element of a CSS selector, and waits for the page it leads to.
    pub fn click(&mut self, css: &str) {
        let element = self.browser.find(css);
        self.browser.lead(|browser| browser.click(&element));
    }

    /// Presses a key that leads to another page.
    pub fn press(&mut self, key: &str) {
        self.browser.lead(|browser| browser.press(key));
    }

    /// Goes to a page by the menu, opening the part of it that is folded away.
    pub fn go_by_menu(&mut self, path: &str) {
        let link = self.browser.find(&format!("header nav a[href='{path}']"));
        if !self.browser.is_shown(&link) {
            let more = self.browser.find("header nav summary");
            self.browser.click(&more);
        }
        self.browser.lead(|browser| browser.click(&link));
    }

    /// Clicks the link whose text holds all of `words`.
    pub fn follow(&mut self, css: &str, words: &[&str]) {
        let links = self.browser.find_all(css);
        let found: Option<Element> = links.into_iter().find(|link| {
            let text = self.browser.text_of(link);
            words.iter().all(|word| text.contains(word))
        });
        let found = found.unwrap_or_else(|| panic!("no `{css}` says {words:?}"));
        self.browser.lead(|browser| browser.click(&found));
    }

    /// Fails where the browser complained: of the policy, of a program, of what did not load.
    pub fn expect_silence(&mut self, place: &str) {
        let log = self.browser.log();
        assert!(log.is_empty(), "{place}: the browser says {log:#?}");
    }
}

/// Copies an archive that nobody uses.
fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.unwrap();
        let place = to.join(entry.path().strip_prefix(from).unwrap());
        match entry.file_type().is_dir() {
            true => fs::create_dir_all(&place).unwrap(),
            false => drop(fs::copy(entry.path(), &place).unwrap()),
        }
    }
}
