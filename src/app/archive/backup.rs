//! Backups: a consistent copy of the archive, made while others may write. The copy is an archive
//! itself, without what can be derived anew.

use super::framework;
use super::named::framework_named;
use super::workspace::{CATALOG, FRAMEWORK, KEPT, Workspace};
use crate::app::custody::bag;
use crate::app::custody::bag::stopped;
use crate::app::custody::import::IMPORTED;
use crate::app::error::{Error, ErrorKind};
use crate::app::progress::{Event, Progress};
use crate::app::user_files;
use crate::io::files::error::PutError;
use crate::io::files::error::WriteError;
use crate::io::files::kept::Kept;
use crate::io::files::unfinished::Unfinished;
use crate::io::files::{atomic, path, unfinished};
use crate::io::store::Catalog;
use crate::model::Digest;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// An edition is adopted within moments; so often is a copy begun anew that met one.
const TRIES: usize = 8;

/// The options of a backup.
#[derive(Debug, Clone)]
pub struct Options {
    /// The folder to write; must not exist.
    pub to: PathBuf,
    /// Also the documents that lie in the archive: copies kept and packages taken in.
    pub documents: bool,
    /// Threads that read packages back.
    pub jobs: usize,
}

/// The result of a backup.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BackedUp {
    /// Bytes written.
    pub bytes: u64,
    /// Copies of evidence in it.
    pub copies: u64,
    /// Packages in it that were taken in.
    pub packages: u64,
    /// Copies that are damaged here, and are not in it.
    pub damaged: Vec<Digest>,
    /// Packages in it that are damaged here and there.
    pub damaged_packages: Vec<String>,
}

impl BackedUp {
    /// Tells whether everything that should be in it is, and sound.
    pub fn is_whole(&self) -> bool {
        self.damaged.is_empty() && self.damaged_packages.is_empty()
    }
}

/// Writes a copy of the archive to a folder that does not exist yet, and reads it back. The
/// lock is not taken: indexing may go on.
///
/// # Errors
/// When something is there, the disk refuses, the catalog's copy is not sound, or the user
/// stopped: nothing is left then.
pub fn backup(
    workspace: &Workspace,
    options: &Options,
    progress: &dyn Progress,
) -> Result<BackedUp, Error> {
    let to = &options.to;
    if to.symlink_metadata().is_ok() {
        return Err(user_files::already_exists(to));
    }
    let cannot = |source| WriteError {
        path: to.clone(),
        source,
    };
    let maker = workspace.maker()?;
    unfinished::sweep(atomic::folder_of(to), &maker);
    let place = Unfinished::beside(to, &maker).map_err(cannot)?;
    let part = place.part();
    std::fs::create_dir(&part).map_err(cannot)?;
    let mut done = BackedUp {
        bytes: copy_catalog(workspace, &part)?,
        ..BackedUp::default()
    };
    // What the catalog says to be kept was kept before it said so: it is met here.
    if options.documents {
        copy_kept(workspace, &part, &mut done, progress)?;
        copy_packages(workspace, &part, options.jobs, &mut done, progress)?;
    }
    place.finish(to).map_err(cannot)?;
    Ok(done)
}

/// Copies catalog and framework, of one moment; returns their bytes.
fn copy_catalog(workspace: &Workspace, part: &Path) -> Result<u64, Error> {
    let to = part.join(CATALOG);
    let cannot = |source| WriteError {
        path: to.clone(),
        source,
    };
    let own = workspace.root.join(FRAMEWORK);
    let mut tried = 0;
    let text = loop {
        workspace.catalog.copy_to(&to)?;
        let text = match own.is_file() {
            true => Some(framework::read(&own)?),
            false => None,
        };
        if tried == TRIES || is_of_one_moment(&to, text.as_deref())? {
            break text;
        }
        std::fs::remove_file(&to).map_err(cannot)?;
        tried += 1;
    };
    let faults = Catalog::open(&to)?.integrity()?;
    if let Some(fault) = faults.first() {
        return Err(Error::new(
            ErrorKind::Output,
            "salinan katalog tidak utuh",
            "the copy of the catalog is not sound",
        )
        .caused_by(fault.clone()));
    }
    atomic::flush(&to)?;
    let text = text.unwrap_or_default();
    if !text.is_empty() {
        atomic::write(&part.join(FRAMEWORK), text.as_bytes())?;
    }
    let len = std::fs::metadata(&to).map_err(cannot)?.len();
    Ok(len + text.len() as u64)
}

/// Tells whether a copied catalog and a framework belong together.
fn is_of_one_moment(catalog: &Path, framework: Option<&str>) -> Result<bool, Error> {
    let named = Catalog::open(catalog)?.get("framework")?;
    Ok(match framework {
        None => framework_named(named.as_deref()).is_ok(),
        Some(text) => {
            let read: Option<Value> = serde_json::from_str(text).ok();
            read.is_some_and(|read| {
                read.get("id").and_then(Value::as_str) == named.as_deref()
            })
        }
    })
}

/// Copies the store, copy by copy; each counts only with the bytes it is named after.
fn copy_kept(
    workspace: &Workspace,
    part: &Path,
    done: &mut BackedUp,
    progress: &dyn Progress,
) -> Result<(), Error> {
    let store = workspace.kept();
    let copy = Kept::new(&part.join(KEPT));
    progress.event(Event::Walked {
        files: store.digests().count() as u64,
        done: true,
    });
    for digest in store.digests() {
        if progress.is_cancelled() {
            return Err(stopped());
        }
        let put = match store.open(&digest) {
            Ok(mut file) => copy.put(&digest, &mut file),
            Err(error) => Err(PutError::Read(error)),
        };
        match put {
            Ok(()) => {
                done.copies += 1;
                let copied = std::fs::metadata(copy.path(&digest));
                done.bytes += copied.map_or(0, |found| found.len());
            }
            Err(PutError::Write(error)) => return Err(error.into()),
            Err(_) => done.damaged.push(digest),
        }
        progress.event(Event::Verified { path: "" });
    }
    done.damaged.sort_unstable();
    Ok(())
}

/// Copies the packages that were taken in, whole, and validates the copies.
fn copy_packages(
    workspace: &Workspace,
    part: &Path,
    jobs: usize,
    done: &mut BackedUp,
    progress: &dyn Progress,
) -> Result<(), Error> {
    let from = workspace.root.join(IMPORTED);
    let Ok(entries) = std::fs::read_dir(&from) else {
        return Ok(());
    };
    let names = entries
        .filter_map(Result::ok)
        .map(|entry| entry.file_name());
    // What is being taken in right now, or was left unfinished, is hidden.
    let mut names: Vec<_> = names
        .filter(|name| !name.to_string_lossy().starts_with('.'))
        .collect();
    names.sort();
    for name in names {
        let to = part.join(IMPORTED).join(&name);
        done.bytes += atomic::copy_folder(&from.join(&name), &to)?;
        done.packages += 1;
        if !bag::validate(&to, jobs, progress)?.is_valid() {
            done.damaged_packages
                .push(path::name_to_text(&name).into_owned());
        }
    }
    Ok(())
}
