//! Walks folders in a fixed order and gives every entry met: files to read, and the others
//! with the reason why they are not. Nothing is skipped in silence.

use super::{
    path,
    source::{Stamp, Trouble},
};
use crate::model::{FileState, Note, NoteCode};
use std::{
    cmp::Ordering,
    path::{MAIN_SEPARATOR, Path, PathBuf},
};
use walkdir::{DirEntry, WalkDir};

/// A thing met on a walk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Where it is.
    pub path: PathBuf,
    /// Its stamp, or the state it gets without being read.
    pub found: Result<Stamp, Trouble>,
}

/// Walks `root` in the order of the paths' texts ([`path::to_text`]); links are met but not
/// followed. A `root` that is a file gives just that file. A folder that cannot be read is met
/// where its files would have been, which is out of that order.
pub fn walk(root: &Path) -> impl Iterator<Item = Entry> + use<> {
    let root = root.to_owned();
    WalkDir::new(&root)
        .follow_links(false)
        .follow_root_links(true)
        .sort_by(in_order)
        .into_iter()
        .filter_map(move |met| match met {
            Ok(entry) if entry.file_type().is_dir() => None,
            Ok(entry) => Some(entry_of(&entry)),
            Err(error) => Some(failed(&error, &root)),
        })
}

/// Compares two entries of one folder as the paths of files would compare that they are, or
/// that lie in them.
fn in_order(a: &DirEntry, b: &DirEntry) -> Ordering {
    // Whole paths: to find the name in a path costs more than to compare it.
    let text =
        |entry: &DirEntry| path::name_to_text(entry.path().as_os_str()).into_owned();
    match (a.path().to_str(), b.path().to_str()) {
        (Some(one), Some(other)) => order((one, is_dir(a)), (other, is_dir(b))),
        _ => order((&text(a), is_dir(a)), (&text(b), is_dir(b))),
    }
}

fn is_dir(entry: &DirEntry) -> bool {
    entry.file_type().is_dir()
}

fn order(one: (&str, bool), other: (&str, bool)) -> Ordering {
    let most = one.0.len().min(other.0.len());
    let next = |(name, is_dir): (&str, bool)| {
        let end = is_dir.then_some(MAIN_SEPARATOR as u8);
        name.as_bytes().get(most).copied().or(end)
    };
    let (a, b) = (one.0.as_bytes(), other.0.as_bytes());
    let same = a.get(..most).cmp(&b.get(..most));
    same.then_with(|| next(one).cmp(&next(other)))
        .then_with(|| a.cmp(b))
}

fn entry_of(entry: &DirEntry) -> Entry {
    let path = entry.path().to_owned();
    let aside = |state, code| {
        Err(Trouble {
            state,
            note: Note::file(code),
        })
    };
    let kind = entry.file_type();
    let found = if kind.is_symlink() {
        aside(FileState::Link, NoteCode::LinkNotFollowed)
    } else if !kind.is_file() {
        aside(FileState::Ignored, NoteCode::SpecialFile)
    } else if is_system_file(&entry.file_name().to_string_lossy()) {
        aside(FileState::Ignored, NoteCode::SystemFile)
    } else {
        match entry.metadata() {
            Ok(metadata) => Ok(Stamp::from_metadata(&metadata)),
            Err(error) => return failed(&error, &path),
        }
    };
    Entry { path, found }
}

fn failed(error: &walkdir::Error, root: &Path) -> Entry {
    let found = Err(match error.io_error() {
        Some(io) => Trouble::from_io(io),
        None => Trouble {
            state: FileState::Link,
            note: Note::file(NoteCode::LinkNotFollowed),
        },
    });
    Entry {
        path: error.path().unwrap_or(root).to_owned(),
        found,
    }
}

/// Tells whether a name is one that office programs and systems leave behind.
///
/// Sources: Microsoft Office owner files (`~$…`, `~WRL….tmp`), `LibreOffice` locks
/// (`.~lock.…#`), Windows and macOS folder caches.
pub fn is_system_file(name: &str) -> bool {
    // Folded first: Windows does not mind the case, so neither do the comparisons below.
    let lower = name.to_ascii_lowercase();
    matches!(
        lower.as_str(),
        "thumbs.db" | "desktop.ini" | ".ds_store" | "ehthumbs.db"
    ) || name.starts_with("~$")
        || name.starts_with("._")
        || (lower.starts_with("~wrl") && lower.strip_suffix(".tmp").is_some())
        || (name.starts_with(".~lock.") && name.ends_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_everything_in_order_and_follows_no_link() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir(at("b")).unwrap();
        std::fs::write(at("b/é – Copy.pdf"), b"x").unwrap();
        std::fs::write(at("a.txt"), b"xy").unwrap();
        std::fs::write(at("~$c.docx"), b"").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(folder.path(), at("z")).unwrap();
        let met: Vec<(String, Option<FileState>)> = walk(folder.path())
            .map(|e| {
                let path = e.path.strip_prefix(folder.path()).unwrap().to_owned();
                let name = path.to_string_lossy().replace('\\', "/");
                (name, e.found.err().map(|t| t.state))
            })
            .collect();
        let mut expected = vec![
            ("a.txt".to_owned(), None),
            ("b/é – Copy.pdf".to_owned(), None),
        ];
        #[cfg(unix)]
        expected.push(("z".to_owned(), Some(FileState::Link)));
        expected.push(("~$c.docx".to_owned(), Some(FileState::Ignored)));
        assert_eq!(met, expected);
    }

    #[test]
    fn a_folder_stands_where_the_paths_below_it_do() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a", "a b", "a-b", "a.d", "a0", "aa", "é", "A"] {
            let below = folder.path().join(name);
            std::fs::create_dir(&below).unwrap();
            std::fs::write(below.join("x"), b"").unwrap();
            std::fs::write(folder.path().join(format!("{name}.txt")), b"").unwrap();
            std::fs::write(folder.path().join(format!("{name} 1")), b"").unwrap();
        }
        let met: Vec<String> = walk(folder.path())
            .map(|e| path::to_text(&e.path))
            .collect();
        assert_eq!(met.len(), 24);
        assert!(met.is_sorted(), "{met:#?}");
    }

    #[test]
    fn a_root_that_is_not_there_is_an_entry_too() {
        let met: Vec<Entry> = walk(Path::new("no/such/folder")).collect();
        assert_eq!(met.len(), 1);
        let trouble = met[0].found.clone().unwrap_err();
        assert_eq!(trouble.note.code, NoteCode::Vanished);
    }

    #[test]
    fn system_files_are_told_from_papers() {
        for name in ["~$SK.docx", "Thumbs.db", ".~lock.a.odt#", "~WRL0001.tmp"] {
            assert!(is_system_file(name), "{name}");
        }
        for name in [
            "SK.docx",
            "~SK.pdf",
            "lock.txt",
            "._x".trim_start_matches("._"),
        ] {
            assert!(!is_system_file(name), "{name}");
        }
    }
}
