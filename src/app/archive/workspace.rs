//! An open archive: its folder, catalog, search index, framework, region and year.

use super::named::framework_named;
use crate::app::error::{Error, ErrorKind};
use crate::app::trouble::Trouble;
use crate::framework::Framework;
use crate::io::clock::Stopwatch;
use crate::io::files::kept::Kept;
use crate::io::files::private::Scratch;
use crate::io::files::{atomic, path};
use crate::io::store::{Access, Catalog, Moment, StoreError};
use crate::lexicon::region::Regions;
use crate::model::Government;
use std::{
    fs::{File, TryLockError},
    path::{MAIN_SEPARATOR, Path, PathBuf},
    time::Duration,
};

pub(crate) const CATALOG: &str = "bukti.sqlite";
pub(crate) const INDEX: &str = "index";
const LOCK: &str = "bukti.lock";
const RECORD_LOCK: &str = "record.lock";
/// How long somebody who records waits for others who do: a decision learns from all before it,
/// which takes a second in a large archive.
const RECORD_TIMEOUT: Duration = Duration::from_secs(10);
/// How often a lock is tried.
const POLL_INTERVAL: Duration = Duration::from_millis(20);
const SCRATCH: &str = "unpacked";
pub(crate) const KEPT: &str = "kept";
/// What the web face keeps for its own use.
pub(crate) const WEB: &str = "akses.db";
/// The framework, where it is not one that comes with the program.
pub(crate) const FRAMEWORK: &str = "framework.json";

/// What an archive is made for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purpose {
    /// The government whose evidence it holds.
    pub region: Government,
    /// The framework, by id.
    pub framework: String,
    /// The year of verification.
    pub year: i16,
}

/// An open archive.
#[derive(Debug)]
pub struct Workspace {
    /// Its folder.
    pub root: PathBuf,
    /// Its folder as the system names it, links resolved.
    home: PathBuf,
    /// Its catalog.
    pub catalog: Catalog,
    /// What it is for.
    pub purpose: Purpose,
    /// The framework it is judged by.
    pub framework: Framework,
}

/// The lock of an archive for one writer; released when dropped, or when the process dies.
#[derive(Debug)]
pub struct Lock(#[allow(dead_code, reason = "held, not read")] File);

/// The archive's own files, which are no evidence even where the archive lies in the share.
#[derive(Debug, Clone)]
pub struct OwnFiles(String);

impl OwnFiles {
    /// Tells whether a path, as [`path::to_text`] writes it, is one of them.
    pub fn contain(&self, path: &str) -> bool {
        let inner = path.strip_prefix(&self.0);
        let Some(inner) = inner.and_then(|rest| rest.strip_prefix(MAIN_SEPARATOR)) else {
            return false;
        };
        let name = inner.split(MAIN_SEPARATOR).next().unwrap_or_default();
        matches!(
            name,
            INDEX | SCRATCH | LOCK | RECORD_LOCK | FRAMEWORK | KEPT
        ) || name.starts_with(CATALOG)
            || name.starts_with(WEB)
    }
}

impl Workspace {
    /// Makes an archive in `root`.
    ///
    /// # Errors
    /// When there is one already, or the folder cannot be written.
    pub fn init(root: &Path, purpose: &Purpose, created: &str) -> Result<Self, Error> {
        let catalog_path = root.join(CATALOG);
        if catalog_path.exists() {
            return Err(already(root));
        }
        std::fs::create_dir_all(root).map_err(|e| cannot_write(root, e))?;
        framework_named(Some(&purpose.framework))?;
        let catalog = Catalog::create(&catalog_path)?;
        let region_code = purpose.region.code.as_ref().map(ToString::to_string);
        catalog.set("created", created)?;
        catalog.set("region", &purpose.region.name)?;
        catalog.set("region_code", &region_code.unwrap_or_default())?;
        catalog.set("framework", &purpose.framework)?;
        catalog.set("year", &purpose.year.to_string())?;
        drop(catalog);
        Self::open(root)
    }

    /// Tells whether there is an archive in `root`.
    pub fn is_at(root: &Path) -> bool {
        root.join(CATALOG).is_file()
    }

    /// Opens the archive in `root`.
    ///
    /// # Errors
    /// When there is none, or it cannot be used.
    pub fn open(root: &Path) -> Result<Self, Error> {
        let catalog_path = root.join(CATALOG);
        if !catalog_path.is_file() {
            return Err(absent(root));
        }
        let catalog = Catalog::open(&catalog_path)?;
        let get = |key: &str| catalog.get(key);
        let broken = || {
            Error::new(
                ErrorKind::Archive,
                "katalog arsip tidak lengkap",
                "the archive's catalog is incomplete",
            )
            .hint(
                "buat arsip baru dengan `bukti init`",
                "make a new one with `bukti init`",
            )
        };
        let code = get("region_code")?.filter(|code| !code.is_empty());
        let year = get("year")?.and_then(|year| year.parse().ok());
        let purpose = Purpose {
            region: Government {
                code: code.map(|code| code.as_str().into()),
                name: get("region")?.ok_or_else(broken)?,
            },
            framework: get("framework")?.ok_or_else(broken)?,
            year: year.ok_or_else(broken)?,
        };
        let framework = framework_of(root, &purpose.framework)?;
        Ok(Self {
            root: root.to_owned(),
            home: path::resolved(root).unwrap_or_else(|_| root.to_owned()),
            catalog,
            purpose,
            framework,
        })
    }

    /// Finds the archive: as named, or the nearest folder from `from` upwards that holds one.
    ///
    /// # Errors
    /// When there is none.
    pub fn find(named: Option<&Path>, from: &Path) -> Result<PathBuf, Error> {
        if let Some(root) = named {
            return Ok(root.to_owned());
        }
        let holds = |folder: &&Path| folder.join(CATALOG).is_file();
        let found = from.ancestors().find(holds);
        found.map(Path::to_owned).ok_or_else(|| absent(from))
    }

    /// Replaces the framework of the archive; `text` is its file's, where it does not come
    /// with the program, and is kept in the archive.
    ///
    /// # Errors
    /// When the archive cannot be written.
    pub fn adopt(
        &mut self,
        framework: Framework,
        text: Option<&str>,
    ) -> Result<(), Error> {
        let file = self.root.join(FRAMEWORK);
        let written = match text {
            Some(text) => atomic::write(&file, text.as_bytes())
                .map_err(|e| cannot_write(&self.root, e.source)),
            None if file.exists() => {
                std::fs::remove_file(&file).map_err(|e| cannot_write(&self.root, e))
            }
            None => Ok(()),
        };
        written?;
        self.catalog.set("framework", framework.id())?;
        framework.id().clone_into(&mut self.purpose.framework);
        self.framework = framework;
        Ok(())
    }

    /// Opens another connection to the catalog, for another thread.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub fn another_catalog(&self) -> Result<Catalog, Error> {
        Ok(Catalog::open(&self.root.join(CATALOG))?)
    }

    /// Returns the name under which this archive marks unfinished files: its place, and when it
    /// was made.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn maker(&self) -> Result<String, Error> {
        let created = self.catalog.get("created")?.unwrap_or_default();
        Ok(format!("{}\n{created}\n", path::to_text(&self.home)))
    }

    /// Locks the archive for a run that writes.
    ///
    /// # Errors
    /// When another process holds it, or it cannot be written.
    pub fn lock(&self) -> Result<Lock, Error> {
        self.locked(LOCK, Duration::ZERO)
    }

    /// Tells whether a run works on the archive: it cannot be locked.
    pub fn is_in_use(&self) -> bool {
        let locked = self.lock();
        locked.is_err_and(|error| error.kind == ErrorKind::ArchiveInUse)
    }

    /// Locks what people record: decisions, answers, days. It is held for a moment, while a run
    /// that reads files may go on for hours; who else records meanwhile waits.
    ///
    /// # Errors
    /// When another process holds it for long, or the archive cannot be written.
    pub fn lock_record(&self) -> Result<Lock, Error> {
        self.locked(RECORD_LOCK, RECORD_TIMEOUT)
    }

    fn locked(&self, name: &str, longest: Duration) -> Result<Lock, Error> {
        if self.catalog.access() != Access::Write {
            return Err(Trouble::of_access(self.catalog.access()).error());
        }
        let path = self.root.join(name);
        let open = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(path);
        let file = open.map_err(|e| cannot_write(&self.root, e))?;
        let waited = Stopwatch::start();
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Lock(file)),
                Err(TryLockError::WouldBlock) if waited.elapsed() < longest => {
                    std::thread::sleep(POLL_INTERVAL);
                }
                Err(TryLockError::WouldBlock) => return Err(in_use(&self.root)),
                Err(TryLockError::Error(e)) => return Err(cannot_write(&self.root, e)),
            }
        }
    }

    /// Keeps in the catalog what was derived from what it held at a moment, and returns whether it
    /// did: not where the catalog has changed since, may not be written, or somebody is writing.
    /// Who only asks never waits.
    ///
    /// # Errors
    /// When the catalog cannot be read or written.
    pub fn keep_derived(
        &self,
        from: Moment,
        keep: impl FnOnce(&Catalog) -> Result<(), StoreError>,
    ) -> Result<bool, Error> {
        let may_write = self.catalog.access() == Access::Write;
        Ok(may_write && self.catalog.keep_if_unmoved(from, keep)?)
    }

    /// Claims the folder for members that are unpacked during a run.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn scratch(&self) -> Result<Scratch, Error> {
        let place = self.root.join(SCRATCH);
        Scratch::claim(&place).map_err(|e| cannot_write(&place, e))
    }

    /// Returns the store of copies.
    pub fn kept(&self) -> Kept {
        Kept::new(&self.home.join(KEPT))
    }

    /// Returns the error that a copy could not be kept.
    pub fn cannot_keep(&self, cause: std::io::Error) -> Error {
        cannot_write(&self.root.join(KEPT), cause)
    }

    /// Returns what tells the archive's own files from evidence.
    pub fn own_files(&self) -> OwnFiles {
        OwnFiles(path::to_text(&self.home))
    }
}

/// Returns the framework of an archive: the file it keeps, or one that comes with the program.
fn framework_of(root: &Path, id: &str) -> Result<Framework, Error> {
    let file = root.join(FRAMEWORK);
    if file.is_file() {
        return Ok(super::framework::load(&path::to_text(&file))?.0);
    }
    framework_named(Some(id))
}

/// Resolves what a person typed as the region: a government of the list, or as typed.
pub fn region_named(text: &str, regions: &Regions) -> Government {
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match regions.by_full_name(&name) {
        Some(region) => region.government(),
        None => Government { code: None, name },
    }
}

fn absent(root: &Path) -> Error {
    let root = path::to_text(root);
    Error::new(
        ErrorKind::NoArchive,
        format!("tidak ada arsip di `{root}`"),
        format!("there is no archive at `{root}`"),
    )
    .hint(
        "buat dengan `bukti init FOLDER --region \"Kabupaten …\" --year TAHUN`, atau sebut dengan --archive",
        "make one with `bukti init FOLDER --region \"Kabupaten …\" --year YEAR`, or name it with --archive",
    )
}

fn already(root: &Path) -> Error {
    let root = path::to_text(root);
    Error::new(
        ErrorKind::Usage,
        format!("sudah ada arsip di `{root}`"),
        format!("there already is an archive at `{root}`"),
    )
    .hint("pakai folder lain", "use another folder")
}

fn in_use(root: &Path) -> Error {
    let root = path::to_text(root);
    Error::new(
        ErrorKind::ArchiveInUse,
        format!("arsip `{root}` sedang dipakai proses lain"),
        format!("the archive `{root}` is in use by another process"),
    )
    .hint(
        "tunggu sampai selesai, lalu ulangi",
        "wait until it is done, then try again",
    )
}

/// Returns the error that something in an archive cannot be written, and why.
pub(crate) fn cannot_write(place: &Path, cause: std::io::Error) -> Error {
    if let Some(trouble) = Trouble::of_io(&cause) {
        return trouble.error().caused_by(cause);
    }
    let place = path::to_text(place);
    Error::new(
        ErrorKind::Archive,
        format!("`{place}` tidak dapat ditulis"),
        format!("`{place}` cannot be written"),
    )
    .hint(
        "periksa folder dan disknya, lalu ulangi",
        "check the folder and its disk, then try again",
    )
    .caused_by(cause)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(root: &Path) -> Result<Workspace, Error> {
        let purpose = Purpose {
            region: Government {
                code: None,
                name: "Kabupaten Contoh".to_owned(),
            },
            framework: Framework::builtin().unwrap().id().to_owned(),
            year: 2025,
        };
        Workspace::init(root, &purpose, "2025-01-01T00:00:00Z")
    }

    #[test]
    fn an_archive_is_found_by_name_or_from_a_folder_upwards() {
        let folder = tempfile::tempdir().unwrap();
        let deep = folder.path().join("arsip/a/b");
        std::fs::create_dir_all(&deep).unwrap();
        let found = Workspace::find(None, &deep).unwrap_err();
        assert_eq!(found.kind, ErrorKind::NoArchive);
        let root = folder.path().join("arsip");
        let workspace = made(&root).unwrap();
        assert_eq!(workspace.purpose.year, 2025);
        assert_eq!(Workspace::find(None, &deep).unwrap(), root);
        assert_eq!(Workspace::find(None, &root).unwrap(), root);
        let named = Path::new("elsewhere");
        assert_eq!(Workspace::find(Some(named), &deep).unwrap(), named);
        assert!(Workspace::is_at(&root) && !Workspace::is_at(&deep));
    }

    #[test]
    fn an_archive_is_made_once_and_written_by_one() {
        let folder = tempfile::tempdir().unwrap();
        let first = made(folder.path()).unwrap();
        assert_eq!(made(folder.path()).unwrap_err().kind, ErrorKind::Usage);
        let held = first.lock().unwrap();
        let second = Workspace::open(folder.path()).unwrap();
        assert_eq!(second.lock().unwrap_err().kind, ErrorKind::ArchiveInUse);
        drop(held);
        assert!(second.lock().is_ok());
    }

    #[test]
    fn people_record_while_a_run_goes_on_and_one_after_another() {
        let folder = tempfile::tempdir().unwrap();
        let run = made(folder.path()).unwrap();
        let held = run.lock().unwrap();
        let one = Workspace::open(folder.path()).unwrap();
        assert!(one.is_in_use());
        let recording = one.lock_record().unwrap();
        let waiting = std::thread::spawn({
            let root = folder.path().to_owned();
            move || Workspace::open(&root).unwrap().lock_record().is_ok()
        });
        std::thread::sleep(POLL_INTERVAL * 3);
        assert!(!waiting.is_finished(), "it waits");
        drop(recording);
        assert!(waiting.join().unwrap());
        drop(held);
        assert!(!one.is_in_use());
    }

    #[test]
    fn a_framework_that_is_not_there_makes_no_archive() {
        let folder = tempfile::tempdir().unwrap();
        let purpose = Purpose {
            framework: "nonsense".to_owned(),
            ..made(&folder.path().join("other")).unwrap().purpose
        };
        let root = folder.path().join("arsip");
        let error = Workspace::init(&root, &purpose, "").unwrap_err();
        assert!(error.message.en.contains("nonsense"), "{error}");
        assert!(!Workspace::is_at(&root));
    }

    #[test]
    fn an_archives_own_files_are_no_evidence() {
        let own = OwnFiles(["", "share", "arsip"].join(std::path::MAIN_SEPARATOR_STR));
        let cases = [
            (&["", "share", "arsip", "bukti.sqlite"][..], true),
            (&["", "share", "arsip", "bukti.sqlite-wal"], true),
            (&["", "share", "arsip", "kept", "ab", "cd"], true),
            (&["", "share", "arsip", "bukti.lock"], true),
            (&["", "share", "arsip", "perda.pdf"], false),
            (&["", "share", "arsip", "keptx", "perda.pdf"], false),
            (&["", "share", "arsip2", "kept", "perda.pdf"], false),
            (&["", "share", "kept", "perda.pdf"], false),
        ];
        for (parts, expected) in cases {
            let path = parts.join(std::path::MAIN_SEPARATOR_STR);
            assert_eq!(own.contain(&path), expected, "{path}");
        }
    }

    #[test]
    fn a_region_is_one_of_the_list_or_as_it_was_typed() {
        let regions = Regions::builtin().unwrap();
        let bantul = region_named("  kabupaten   BANTUL ", &regions);
        assert_eq!(bantul.name, "Kabupaten Bantul");
        assert!(bantul.code.is_some());
        let other = region_named("Kabupaten  Contoh", &regions);
        assert_eq!(
            (other.name.as_str(), other.code),
            ("Kabupaten Contoh", None)
        );
    }
}
