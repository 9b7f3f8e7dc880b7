//! Validates a package: everything that is wrong with it, not only the first. Needs no
//! archive.

use crate::app::error::{Error, ErrorKind};
use crate::app::pool;
use crate::app::progress::{Event, Progress};
use crate::fixity::bag::{
    Algorithm, BagFault, BagRemark, InfoLine, Inspection, PAYLOAD, Severity, inspect,
};
use crate::io::bag::{Bag, BagError};
use crate::io::files::path;
use std::{collections::BTreeMap, path::Path};

/// Room for the manifest of half a million files with long names.
const TAG_FILE_BYTES: u64 = 128 << 20;

/// The result of looking at a package.
#[derive(Debug, Clone)]
pub struct Validated {
    /// Its version, where it says one that is known.
    pub version: Option<(u32, u32)>,
    /// What `bag-info.txt` says.
    pub info: Vec<InfoLine>,
    /// How many files its payload has.
    pub files: u64,
    /// How many bytes.
    pub bytes: u64,
    /// What is wrong or odd: errors first, in order of path.
    pub remarks: Vec<BagRemark>,
}

impl Validated {
    /// Tells whether the package is valid.
    pub fn is_valid(&self) -> bool {
        self.count(Severity::Error) == 0
    }

    /// Returns the number of remarks of this severity.
    pub fn count(&self, severity: Severity) -> usize {
        let mut remarks = self.remarks.iter();
        remarks.by_ref().filter(|r| r.severity == severity).count()
    }
}

/// Validates the package in a folder or a ZIP file, on `jobs` threads.
///
/// # Errors
/// When there is no folder and no ZIP file there, or the user stopped.
pub fn validate(
    place: &Path,
    jobs: usize,
    progress: &dyn Progress,
) -> Result<Validated, Error> {
    let mut bag = Bag::open(place).map_err(|cause| cannot_open(place, cause))?;
    let texts = bag.texts(TAG_FILE_BYTES);
    let inspection = inspect(&bag.files, &texts);
    drop(texts);
    let mut remarks = bag.remarks.clone();
    remarks.extend(inspection.remarks.iter().cloned());
    remarks.extend(changed(&bag, &inspection, jobs, progress)?);
    remarks.sort();
    remarks.dedup();
    let payload = bag
        .files
        .iter()
        .filter(|(name, _)| name.starts_with(PAYLOAD));
    let (files, bytes) = payload.fold((0, 0), |(n, sum), (_, f)| (n + 1, sum + f.len));
    Ok(Validated {
        version: inspection.declaration.map(|declared| declared.version),
        info: inspection.info,
        files,
        bytes,
        remarks,
    })
}

/// Verifies every file of the manifests. Returns remarks about those that differ.
fn changed(
    bag: &Bag,
    inspection: &Inspection,
    jobs: usize,
    progress: &dyn Progress,
) -> Result<Vec<BagRemark>, Error> {
    let wanted: Vec<(&str, Vec<Algorithm>)> = inspection.wanted().collect();
    progress.event(Event::Walked {
        files: wanted.len() as u64,
        done: true,
    });
    let mut readers: Vec<_> = (0..jobs.max(1)).map(|_| bag.reader()).collect();
    let is_over = || progress.is_cancelled();
    let found =
        pool::filter_map(&mut readers, &wanted, &is_over, &|reader, (name, kinds)| {
            let remarks = check_file(reader.digests(name, kinds), name, inspection);
            progress.event(Event::Verified { path: name });
            Ok((!remarks.is_empty()).then_some(remarks))
        })?;
    match progress.is_cancelled() {
        true => Err(stopped()),
        false => Ok(found.into_iter().flatten().collect()),
    }
}

fn check_file(
    digests: std::io::Result<BTreeMap<Algorithm, String>>,
    name: &str,
    inspection: &Inspection,
) -> Vec<BagRemark> {
    match digests {
        Ok(digests) => inspection.compare(name, &digests),
        Err(error) => {
            let remark = BagRemark::error(BagFault::Unreadable, name);
            vec![remark.because(error.to_string())]
        }
    }
}

/// Returns the error that there is no package.
pub(crate) fn cannot_open(place: &Path, cause: BagError) -> Error {
    let shown = path::printable(&path::to_text(place));
    Error::new(
        ErrorKind::Usage,
        format!("`{shown}` tidak dapat dibuka sebagai paket"),
        format!("`{shown}` cannot be opened as a package"),
    )
    .hint(
        "sebut folder paket (yang memuat bagit.txt) atau berkas ZIP-nya",
        "name the package's folder (the one with bagit.txt) or its ZIP file",
    )
    .caused_by(cause)
}

/// Returns the error that the user stopped what only looks.
pub(crate) fn stopped() -> Error {
    Error::new(ErrorKind::Interrupted, "dihentikan", "stopped")
        .hint("jalankan lagi", "run again")
}

/// Returns the error that a package is not on the disk as it was written.
pub(crate) fn not_read_back(to: &Path) -> Error {
    let shown = path::printable(&path::to_text(to));
    Error::new(
        ErrorKind::Output,
        format!("paket `{shown}` tidak terbaca kembali sebagaimana ditulis"),
        format!("the package `{shown}` does not read back as it was written"),
    )
    .hint(
        "periksa disknya; jangan serahkan paket ini",
        "check the disk; do not hand this package over",
    )
}
