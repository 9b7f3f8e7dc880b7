//! Finds unreachable folders: all of a folder is gone at once, as when a share or a disk is not
//! connected. Its files are then not reported as lost.

use super::bag::stopped;
use crate::app::archive::workspace::Workspace;
use crate::app::error::Error;
use crate::app::progress::Progress;
use crate::io::files::{path, walk};
use crate::io::store::Catalog;
use crate::model::{FileState, FixityStatus};
use std::{collections::BTreeMap, io::ErrorKind, path::MAIN_SEPARATOR};

/// Least files of an unreachable folder: one missing file is a missing file.
const LEAST_FILES: u64 = 2;

/// The present state of a root, a folder that was given to `index`.
#[derive(Debug)]
pub(crate) struct RootState {
    pub(crate) path: String,
    /// Files that should be below it.
    pub(crate) known: u64,
    /// Files met below it.
    met: u64,
    /// Files met that are not in the catalog, with their lengths in bytes.
    pub(crate) new: Vec<(String, u64)>,
}

impl RootState {
    /// Makes a root where these new files were met, for tests.
    #[cfg(test)]
    pub(crate) fn met_with(new: Vec<(String, u64)>) -> Self {
        Self {
            path: "/share".to_owned(),
            known: 0,
            met: new.len() as u64,
            new,
        }
    }

    pub(crate) fn holds(&self, path: &str) -> bool {
        holds(&self.path, path)
    }

    /// Tells whether no file at all is met, as when a mount is gone.
    pub(crate) fn is_unreachable(&self) -> bool {
        self.met == 0
    }
}

/// Walks the roots. Returns for each whether it is unreachable, and its new files.
pub(crate) fn inspect_roots(
    workspace: &Workspace,
    progress: &dyn Progress,
) -> Result<Vec<RootState>, Error> {
    let met = workspace.another_catalog()?;
    met.begin_walk()?;
    let own = workspace.own_files();
    let mut roots = Vec::new();
    for name in outermost(workspace.catalog.roots()?) {
        let mut root = RootState {
            known: met.present_below(&name)?,
            path: name,
            met: 0,
            new: Vec::new(),
        };
        let mut recorded = met.recorded(&root.path, "");
        for entry in walk::walk(&path::from_text(&root.path)) {
            if progress.is_cancelled() {
                return Err(stopped());
            }
            let name = path::to_text(&entry.path);
            if own.contain(&name) {
                continue;
            }
            let known = recorded.recorded_at(&name)?;
            match entry.found {
                Ok(stamp) if known.is_none() => root.new.push((name, stamp.len)),
                Err(trouble) if trouble.state == FileState::Unreadable => continue,
                _ => {}
            }
            root.met += 1;
        }
        roots.push(root);
    }
    Ok(roots)
}

/// Returns the folders that do not lie in others.
fn outermost(roots: Vec<String>) -> Vec<String> {
    let all = roots.clone();
    let mut roots = roots;
    roots.retain(|root| !all.iter().any(|other| lies_in(root, other)));
    roots
}

/// Tells whether a path is a folder or lies below it.
pub(crate) fn holds(folder: &str, path: &str) -> bool {
    path == folder || lies_in(path, folder)
}

/// Tells whether a path lies below a folder.
fn lies_in(path: &str, folder: &str) -> bool {
    let folder = folder.strip_suffix(MAIN_SEPARATOR).unwrap_or(folder);
    let rest = path.strip_prefix(folder);
    rest.is_some_and(|rest| rest.starts_with(MAIN_SEPARATOR))
}

/// Tells whether a root is gone or empty now.
pub(crate) fn is_empty_now(root: &str) -> bool {
    let root = path::from_text(root);
    match std::fs::read_dir(&root) {
        Ok(mut entries) => entries.next().is_none(),
        // A root may be a file.
        Err(_) => !root.is_file(),
    }
}

/// Finds unreachable folders below the roots; looks at each folder once.
#[derive(Debug)]
pub(crate) struct UnreachableFolders<'a> {
    roots: &'a [RootState],
    /// Paths of files that were found elsewhere: somebody moved them.
    moved: &'a [String],
    is_gone_or_empty: BTreeMap<String, bool>,
    is_unreachable: BTreeMap<String, bool>,
}

impl<'a> UnreachableFolders<'a> {
    pub(crate) fn new(roots: &'a [RootState], moved: &'a [String]) -> Self {
        Self {
            roots,
            moved,
            is_gone_or_empty: BTreeMap::new(),
            is_unreachable: BTreeMap::new(),
        }
    }

    /// Returns the unreachable folder that a missing file lies in. It is gone or empty, should have
    /// several files, none of which was moved, and this file was not missing before.
    pub(crate) fn unreachable_folder_of(
        &mut self,
        path: &str,
        catalog: &Catalog,
    ) -> Result<Option<String>, Error> {
        let Some(folder) = self.outermost_empty_folder(path) else {
            return Ok(None);
        };
        let is_unreachable = match self.is_unreachable.get(&folder) {
            Some(is_unreachable) => *is_unreachable,
            None => {
                let is_unreachable =
                    !self.moved.iter().any(|moved| lies_in(moved, &folder))
                        && catalog.files_below(&folder)? >= LEAST_FILES;
                self.is_unreachable.insert(folder.clone(), is_unreachable);
                is_unreachable
            }
        };
        // A file that was reported missing before stays missing.
        let missing = FixityStatus::Missing.as_str();
        let last = || catalog.last_check(path);
        Ok(
            (is_unreachable && last()?.is_none_or(|(_, status)| status != missing))
                .then_some(folder),
        )
    }

    fn outermost_empty_folder(&mut self, path: &str) -> Option<String> {
        let root = self.roots.iter().find(|root| root.holds(path))?;
        let start = root.path.strip_suffix(MAIN_SEPARATOR).unwrap_or(&root.path);
        let inner = path.get(start.len() + 1..)?;
        let folders = inner.match_indices(MAIN_SEPARATOR);
        let mut folders = folders.filter_map(|(at, _)| path.get(..start.len() + 1 + at));
        let bare = folders.find(|folder| {
            let known = self.is_gone_or_empty.get(*folder).copied();
            known.unwrap_or_else(|| {
                let is_gone_or_empty = is_gone_or_empty(folder);
                self.is_gone_or_empty
                    .insert((*folder).to_owned(), is_gone_or_empty);
                is_gone_or_empty
            })
        });
        bare.map(str::to_owned)
    }
}

/// Tells whether a folder is gone, or there and empty as the place of a mount is.
fn is_gone_or_empty(folder: &str) -> bool {
    match std::fs::read_dir(path::from_text(folder)) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == ErrorKind::NotFound,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(parts: &[&str]) -> String {
        parts.join(std::path::MAIN_SEPARATOR_STR)
    }

    #[test]
    fn a_folder_in_another_is_looked_at_with_it() {
        let share = told(&["", "share"]);
        let (kla, kla2) = (told(&["", "share", "KLA"]), told(&["", "share2"]));
        let roots = [kla2.clone(), kla, share.clone()];
        assert_eq!(outermost(roots.to_vec()), [kla2, share]);
    }

    #[test]
    fn a_path_lies_below_whole_names_only() {
        let cases = [
            (told(&["", "share"]), told(&["", "share", "a.pdf"]), true),
            (
                told(&["", "share", ""]),
                told(&["", "share", "a.pdf"]),
                true,
            ),
            (told(&["", "share"]), told(&["", "share"]), true),
            (told(&["", "share"]), told(&["", "share2", "a.pdf"]), false),
            (told(&["", "share", "x"]), told(&["", "share"]), false),
        ];
        for (folder, path, expected) in cases {
            assert_eq!(holds(&folder, &path), expected, "{folder} {path}");
        }
    }

    #[test]
    fn the_outermost_folder_that_is_bare_is_the_one_that_went() {
        let folder = tempfile::tempdir().unwrap();
        let name = |parts: &[&str]| {
            let path = parts
                .iter()
                .fold(folder.path().to_owned(), |p, n| p.join(n));
            path::to_text(&path)
        };
        std::fs::create_dir_all(folder.path().join("full/mount")).unwrap();
        let root = |path: String| RootState {
            path,
            known: 3,
            met: 1,
            new: Vec::new(),
        };
        let roots = [root(name(&[]))];
        let mut folders = UnreachableFolders::new(&roots, &[]);
        let cases = [
            (name(&["gone", "deep", "a.pdf"]), Some(name(&["gone"]))),
            (
                name(&["full", "mount", "a.pdf"]),
                Some(name(&["full", "mount"])),
            ),
            (name(&["full", "a.pdf"]), None),
            (name(&["a.pdf"]), None),
            (told(&["", "elsewhere", "a.pdf"]), None),
        ];
        for (path, expected) in cases {
            assert_eq!(folders.outermost_empty_folder(&path), expected, "{path}");
        }
    }

    #[test]
    fn a_root_that_is_a_file_is_not_empty() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.pdf");
        std::fs::write(&file, "x").unwrap();
        assert!(!is_empty_now(&path::to_text(&file)));
        assert!(!is_empty_now(&path::to_text(folder.path())));
        std::fs::remove_file(&file).unwrap();
        assert!(is_empty_now(&path::to_text(&file)));
        assert!(is_empty_now(&path::to_text(folder.path())));
    }
}
