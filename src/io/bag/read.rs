//! Reads a package: which files it has, its tag files, digests. Nothing is unpacked to the
//! disk, no link is followed, and of a ZIP no more is read than it declares.

use crate::fixity::bag::{Algorithm, AnyHasher, BagFault, BagRemark, Listed, PAYLOAD};
use crate::io::files::source::pump;
use crate::io::files::{path, source, walk};
use std::{
    collections::BTreeMap,
    fs::File,
    io::{BufReader, Read, Seek, SeekFrom, Write},
    path::{MAIN_SEPARATOR_STR, Path, PathBuf},
};
use walkdir::{DirEntry, WalkDir};
use zip::ZipArchive;

/// How many times its own size a ZIP may unpack to, and what even the smallest may: as for
/// containers with evidence. Deflate packs at most 1,032:1, which is what bombs use.
const MAX_RATIO: u64 = 200;
const MIN_TOTAL_BYTES: u64 = 64 << 20;

/// The reason why a package cannot be looked at.
#[derive(Debug, thiserror::Error)]
pub enum BagError {
    /// The system refused.
    #[error("cannot read `{path}`")]
    Io {
        /// The file.
        path: PathBuf,
        /// The system's words.
        #[source]
        source: std::io::Error,
    },
    /// A file that is no ZIP.
    #[error("`{path}` is neither a folder nor a ZIP file")]
    NoPackage {
        /// The file.
        path: PathBuf,
    },
}

/// A package that can be read.
#[derive(Debug)]
pub struct Bag {
    place: Place,
    /// Its files, by their name in the package, `/` between folders.
    pub files: BTreeMap<String, Listed>,
    /// What is wrong with how it is packed.
    pub remarks: Vec<BagRemark>,
}

#[derive(Debug)]
enum Place {
    Folder(BTreeMap<String, PathBuf>),
    Zip {
        file: PathBuf,
        numbers: BTreeMap<String, usize>,
    },
}

impl Bag {
    /// Opens a folder or a ZIP file.
    ///
    /// # Errors
    /// When it cannot be read, or is neither.
    pub fn open(path: &Path) -> Result<Self, BagError> {
        let io = |source| BagError::Io {
            path: path.to_owned(),
            source,
        };
        if std::fs::metadata(path).map_err(io)?.is_dir() {
            return Ok(Self::folder(path));
        }
        Self::zip(path)
    }

    fn folder(root: &Path) -> Self {
        let mut paths = BTreeMap::new();
        let mut files = BTreeMap::new();
        let mut remarks = Vec::new();
        for met in WalkDir::new(root).follow_links(false).min_depth(1) {
            let entry = match met {
                Ok(entry) if entry.file_type().is_dir() => continue,
                Ok(entry) => entry,
                Err(error) => {
                    let name = error.path().map(|path| name_in(root, path));
                    let remark =
                        BagRemark::error(BagFault::Unreadable, name.unwrap_or_default());
                    remarks.push(remark.because(error.to_string()));
                    continue;
                }
            };
            let name = name_in(root, entry.path());
            match len_of(&entry) {
                Ok(len) => {
                    files.insert(name.clone(), listed(&name, len));
                    paths.insert(name, entry.into_path());
                }
                Err(fault) => remarks.push(BagRemark::error(fault, name)),
            }
        }
        Self {
            place: Place::Folder(paths),
            files,
            remarks,
        }
    }

    fn zip(path: &Path) -> Result<Self, BagError> {
        let mut archive = open_zip(path)?;
        let mut remarks = Vec::new();
        let packed = std::fs::metadata(path).map_or(0, |found| found.len());
        let mut entries: Vec<(String, usize, u64)> = Vec::new();
        let mut total: u64 = 0;
        for number in 0..archive.len() {
            let entry = match archive.by_index_raw(number) {
                Ok(entry) => entry,
                Err(error) => {
                    let remark = BagRemark::error(BagFault::Unreadable, "");
                    remarks.push(remark.because(error.to_string()));
                    continue;
                }
            };
            let Ok(name) = entry.name().map(std::borrow::Cow::into_owned) else {
                remarks.push(BagRemark::error(BagFault::Unreadable, ""));
                continue;
            };
            if entry.is_symlink() {
                remarks.push(BagRemark::error(BagFault::Link, name));
            } else if !entry.is_dir() {
                total = total.saturating_add(entry.size());
                entries.push((name, number, entry.size()));
            }
        }
        if total > packed.saturating_mul(MAX_RATIO).max(MIN_TOTAL_BYTES) {
            remarks.push(BagRemark::error(BagFault::Bomb, ""));
            entries.clear();
        }
        if entry_count(path).is_some_and(|count| count > archive.len() as u64) {
            remarks.push(BagRemark::error(BagFault::TwiceInContainer, ""));
        }
        let top = top_of(entries.iter().map(|(name, ..)| name.as_str()));
        let mut files = BTreeMap::new();
        let mut numbers = BTreeMap::new();
        for (name, number, len) in entries {
            let Some(name) = name.strip_prefix(&top) else {
                remarks.push(BagRemark::error(BagFault::WrongPlace, name));
                continue;
            };
            if !crate::fixity::bag::is_safe(name) {
                remarks.push(BagRemark::error(BagFault::UnsafePath, name));
                continue;
            }
            files.insert(name.to_owned(), listed(name, len));
            numbers.insert(name.to_owned(), number);
        }
        Ok(Self {
            place: Place::Zip {
                file: path.to_owned(),
                numbers,
            },
            files,
            remarks,
        })
    }

    /// Returns the texts of the tag files at the top, each no longer than `most` bytes; one
    /// that is longer or cannot be read is told.
    pub fn texts(&mut self, most: u64) -> BTreeMap<String, Vec<u8>> {
        let mut texts = BTreeMap::new();
        let mut remarks = Vec::new();
        let mut reader = self.reader();
        let is_tag =
            |name: &str| !name.contains('/') && name.strip_suffix(".txt").is_some();
        for (name, file) in self.files.iter().filter(|(name, _)| is_tag(name)) {
            let mut bytes = Vec::new();
            let read = match file.len <= most {
                true => reader.copy(name, &mut bytes),
                false => Err(std::io::Error::other("too long")),
            };
            match read {
                Ok(_) => {
                    texts.insert(name.clone(), bytes);
                }
                Err(error) => {
                    let remark = BagRemark::error(BagFault::Unreadable, name);
                    remarks.push(remark.because(error.to_string()));
                }
            }
        }
        self.remarks.extend(remarks);
        texts
    }

    /// Returns what reads its files, one for each thread.
    pub fn reader(&self) -> BagReader<'_> {
        let archive = match &self.place {
            Place::Folder(_) => None,
            Place::Zip { file, .. } => open_zip(file).ok(),
        };
        BagReader {
            bag: self,
            archive,
            chunk: source::chunk(),
        }
    }
}

/// Reads the files of a package.
#[derive(Debug)]
pub struct BagReader<'b> {
    bag: &'b Bag,
    archive: Option<ZipArchive<BufReader<File>>>,
    chunk: Vec<u8>,
}

impl BagReader<'_> {
    /// Returns the digests of a file, read once.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn digests(
        &mut self,
        name: &str,
        kinds: &[Algorithm],
    ) -> std::io::Result<BTreeMap<Algorithm, String>> {
        let mut hashers: Vec<(Algorithm, AnyHasher)> = kinds
            .iter()
            .map(|kind| (*kind, AnyHasher::new(*kind)))
            .collect();
        self.each(name, |chunk| {
            for (_, hasher) in &mut hashers {
                hasher.update(chunk);
            }
            Ok(())
        })?;
        let finished = hashers
            .into_iter()
            .map(|(kind, hasher)| (kind, hasher.finish()));
        Ok(finished.collect())
    }

    /// Copies a file; returns its length.
    ///
    /// # Errors
    /// When it cannot be read, or `to` cannot be written.
    pub fn copy(&mut self, name: &str, to: &mut impl Write) -> std::io::Result<u64> {
        let mut len = 0;
        self.each(name, |chunk| {
            len += chunk.len() as u64;
            to.write_all(chunk)
        })?;
        Ok(len)
    }

    fn each(
        &mut self,
        name: &str,
        take: impl FnMut(&[u8]) -> std::io::Result<()>,
    ) -> std::io::Result<()> {
        let gone = || std::io::Error::from(std::io::ErrorKind::NotFound);
        match &self.bag.place {
            Place::Folder(paths) => {
                let file = File::open(paths.get(name).ok_or_else(gone)?)?;
                pump(file, &mut self.chunk, |e| e, take)
            }
            Place::Zip { numbers, .. } => {
                let number = *numbers.get(name).ok_or_else(gone)?;
                let archive = self.archive.as_mut().ok_or_else(gone)?;
                let entry = archive.by_index(number).map_err(std::io::Error::other)?;
                let len = entry.size();
                // No further than it declared, whatever the stream holds.
                pump(entry.take(len), &mut self.chunk, |e| e, take)
            }
        }
    }
}

fn open_zip(path: &Path) -> Result<ZipArchive<BufReader<File>>, BagError> {
    let file = File::open(path).map_err(|source| BagError::Io {
        path: path.to_owned(),
        source,
    })?;
    ZipArchive::new(BufReader::new(file)).map_err(|_| BagError::NoPackage {
        path: path.to_owned(),
    })
}

/// Returns the length of a file met in a folder, or what it is instead.
fn len_of(entry: &DirEntry) -> Result<u64, BagFault> {
    let kind = entry.file_type();
    if kind.is_symlink() {
        return Err(BagFault::Link);
    }
    let metadata = entry.metadata().map_err(|_| BagFault::Unreadable)?;
    match kind.is_file() {
        true => Ok(metadata.len()),
        false => Err(BagFault::Unreadable),
    }
}

fn listed(name: &str, len: u64) -> Listed {
    let last = name.rsplit('/').next().unwrap_or(name);
    Listed {
        len,
        is_system: walk::is_system_file(last),
    }
}

fn name_in(root: &Path, path: &Path) -> String {
    let inner = path.strip_prefix(root).unwrap_or(path);
    path::to_text(inner).replace(MAIN_SEPARATOR_STR, "/")
}

/// Returns the folder within a ZIP that is the package, `/` at its end: the one that holds
/// `bagit.txt`, or the only one there is (RFC 8493, section 4.1 of the drafts' serialization:
/// one folder at the top). Empty where the package lies at the top itself.
fn top_of<'a>(names: impl Iterator<Item = &'a str> + Clone) -> String {
    let mut declared = names.clone().filter(|name| {
        *name == "bagit.txt" || name.strip_suffix("/bagit.txt").is_some_and(is_name)
    });
    if let Some(name) = declared.next() {
        return name.trim_end_matches("bagit.txt").to_owned();
    }
    let mut tops = names.map(|name| name.split_once('/').map(|(top, _)| top));
    match tops.next().flatten() {
        Some(top)
            if tops.all(|other| other == Some(top))
                && top != PAYLOAD.trim_end_matches('/') =>
        {
            format!("{top}/")
        }
        _ => String::new(),
    }
}

fn is_name(text: &str) -> bool {
    !text.contains('/') && !matches!(text, "" | "." | "..")
}

/// Returns how many entries a ZIP says it has: its reader keeps one of each name (APPNOTE
/// 4.3.16, end of central directory record).
fn entry_count(path: &Path) -> Option<u64> {
    /// Its fixed part is 22 bytes, the comment behind it at most 65,535.
    const MOST: u64 = 22 + 65_535;
    let mut file = File::open(path).ok()?;
    let len = file.metadata().ok()?.len();
    file.seek(SeekFrom::Start(len.saturating_sub(MOST))).ok()?;
    let mut tail = Vec::new();
    file.take(MOST).read_to_end(&mut tail).ok()?;
    let at = tail.windows(4).rposition(|four| four == b"PK\x05\x06")?;
    let count = tail.get(at + 10..at + 12)?;
    let count = u16::from_le_bytes(count.try_into().ok()?);
    // ZIP64 counts elsewhere.
    (count != u16::MAX).then_some(u64::from(count))
}
