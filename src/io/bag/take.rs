//! Takes a package out into a folder: under its own names, which were seen to be safe, never
//! through a link, never over a file; all of it or nothing.
#![allow(
    clippy::disallowed_methods,
    reason = "writes only into a folder it made itself"
)]

use super::Bag;
use crate::fixity::bag::is_safe;
use crate::io::files::atomic::folder_of;
use crate::io::files::error::WriteError;
use crate::io::files::unfinished::Unfinished;
use crate::report::handover::{NOT_IN_NAMES, is_reserved};
use std::{fs::File, path::Path};

/// Copies all files of a package into the folder `to`, which must not exist; flushed when
/// this returns. `maker` is who does it.
///
/// # Errors
/// When a file cannot be read or written, or `to` exists: nothing is left then.
pub fn take_out(bag: &Bag, to: &Path, maker: &str) -> Result<(), WriteError> {
    let cannot = |path: &Path, source| WriteError {
        path: path.to_owned(),
        source,
    };
    let parent = folder_of(to);
    std::fs::create_dir_all(parent).map_err(|e| cannot(parent, e))?;
    if to.exists() {
        return Err(cannot(to, std::io::ErrorKind::AlreadyExists.into()));
    }
    let place = Unfinished::beside(to, maker).map_err(|e| cannot(to, e))?;
    let part = place.part();
    std::fs::create_dir(&part).map_err(|e| cannot(&part, e))?;
    let mut reader = bag.reader();
    for name in bag.files.keys().filter(|name| is_safe(name)) {
        let path = part.join(name);
        if cfg!(windows) && !is_taken_by_windows(name) {
            return Err(cannot(&path, std::io::ErrorKind::InvalidFilename.into()));
        }
        let folder = path.parent().unwrap_or(&part);
        std::fs::create_dir_all(folder).map_err(|e| cannot(&path, e))?;
        let made = File::options().write(true).create_new(true).open(&path);
        let mut file = made.map_err(|e| cannot(&path, e))?;
        reader.copy(name, &mut file).map_err(|e| cannot(&path, e))?;
        file.sync_all().map_err(|e| cannot(&path, e))?;
    }
    place.finish(to).map_err(|e| cannot(to, e))
}

/// Tells whether Windows gives a file this name: it would write `nul.txt` to nowhere, `a:b` into
/// a hidden stream of `a`, and `a.` under the name `a`.
fn is_taken_by_windows(path: &str) -> bool {
    let is_odd = |c: char| c.is_control() || NOT_IN_NAMES.contains(c);
    path.split('/').all(|name| {
        !name.contains(is_odd) && !name.ends_with(['.', ' ']) && !is_reserved(name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_windows_would_write_elsewhere_are_known() {
        for name in ["data/a b.txt", "data/é/a.b.c", "data/null.txt", "data/.a"] {
            assert!(is_taken_by_windows(name), "{name}");
        }
        for name in [
            "data/nul.txt",
            "data/AUX/a",
            "data/a:b",
            "data/a.",
            "data/a /b",
            "data/a\\b",
        ] {
            assert!(!is_taken_by_windows(name), "{name}");
        }
    }
}
