//! Writes a package: beside its place first, flushed, then renamed there, so that nobody ever
//! finds half of one. Manifests by SHA-256 and SHA-512, computed from the bytes as they pass.
#![allow(
    clippy::disallowed_methods,
    reason = "writes only into a folder or file it made itself, beside its place"
)]

use crate::fixity::bag::{Algorithm, AnyHasher, manifest_line};
use crate::io::files::error::PutError;
use crate::io::files::error::WriteError;
use crate::io::files::source;
use crate::io::files::source::pump;
use crate::io::files::unfinished::Unfinished;
use crate::model::Digest;
use std::{
    fs::File,
    io::{BufWriter, Read, Write},
    path::{Path, PathBuf},
};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// The digests of every package: the one that `sha256sum` checks, and the one that RFC 8493
/// recommends.
const KINDS: [Algorithm; 2] = [Algorithm::Sha256, Algorithm::Sha512];

/// A package that is being written.
#[derive(Debug)]
pub struct BagWriter {
    sink: Sink,
    /// Where it is written, until it lies at `to`.
    place: Unfinished,
    to: PathBuf,
    payload: Vec<Sealed>,
    tags: Vec<Sealed>,
    chunk: Vec<u8>,
}

#[derive(Debug)]
enum Sink {
    Folder(PathBuf),
    Zip {
        zip: Box<ZipWriter<BufWriter<File>>>,
        /// The folder within, `/` at its end.
        top: String,
    },
}

#[derive(Debug)]
struct Sealed {
    name: String,
    len: u64,
    digests: [String; 2],
}

impl BagWriter {
    /// Begins a package that will be the folder `to`, made by `maker`.
    ///
    /// # Errors
    /// When its parent cannot be written.
    pub fn folder(to: &Path, maker: &str) -> Result<Self, WriteError> {
        let error = |source| cannot(to, source);
        let place = Unfinished::beside(to, maker).map_err(error)?;
        std::fs::create_dir(place.part()).map_err(error)?;
        Ok(Self::new(Sink::Folder(place.part()), place, to))
    }

    /// Begins a package that will be the ZIP file `to`, made by `maker`.
    ///
    /// # Errors
    /// When its folder cannot be written.
    pub fn zip(to: &Path, maker: &str) -> Result<Self, WriteError> {
        let error = |source| cannot(to, source);
        let place = Unfinished::beside(to, maker).map_err(error)?;
        let file = File::create_new(place.part()).map_err(error)?;
        let stem = to.file_stem().map(|stem| stem.to_string_lossy());
        let sink = Sink::Zip {
            zip: Box::new(ZipWriter::new(BufWriter::new(file))),
            top: format!("{}/", stem.unwrap_or_default()),
        };
        Ok(Self::new(sink, place, to))
    }

    fn new(sink: Sink, place: Unfinished, to: &Path) -> Self {
        Self {
            sink,
            place,
            to: to.to_owned(),
            payload: Vec::new(),
            tags: Vec::new(),
            chunk: source::chunk(),
        }
    }

    /// Copies a file into the payload under `name` (`data/…`); its bytes must have the digest
    /// that was promised.
    ///
    /// # Errors
    /// When they have not, or cannot be read: the package is then as it was. When the package
    /// cannot be written.
    pub fn put_payload(
        &mut self,
        name: &str,
        from: &mut impl Read,
        promised: &Digest,
    ) -> Result<(), PutError> {
        let sealed = match &mut self.sink {
            Sink::Folder(folder) => {
                let path = folder.join(name);
                let sealed = copy_to_file(&path, name, from, &mut self.chunk);
                if !matches!(&sealed, Ok(sealed) if is(promised, sealed)) {
                    // What is left of it is swept with the folder at the latest.
                    let _ = std::fs::remove_file(&path);
                }
                sealed?
            }
            Sink::Zip { zip, top } => {
                let full = format!("{top}{name}");
                // Documents and photos are packed already.
                start(zip, &full, CompressionMethod::Stored)
                    .map_err(|source| cannot(&self.to, source))?;
                let sealed = copy(from, zip, name, &self.to, &mut self.chunk);
                if !matches!(&sealed, Ok(sealed) if is(promised, sealed)) {
                    zip.abort_file()
                        .map_err(|e| cannot(&self.to, std::io::Error::other(e)))?;
                }
                sealed?
            }
        };
        if !is(promised, &sealed) {
            let found = sealed.digests.first().and_then(|text| text.parse().ok());
            let found = found.unwrap_or(Digest::ZERO);
            return Err(PutError::Changed { found });
        }
        self.payload.push(sealed);
        Ok(())
    }

    /// Puts a tag file at the top of the package.
    ///
    /// # Errors
    /// When the package cannot be written.
    pub fn put_tag(&mut self, name: &str, bytes: &[u8]) -> Result<(), WriteError> {
        let sealed = self.write_tag(name, bytes)?;
        self.tags.push(sealed);
        Ok(())
    }

    /// Puts a tag file that is packed already, such as a PDF of pictures, below folders of its
    /// own; returns its length in bytes and its digest.
    ///
    /// # Errors
    /// When it cannot be read, or the package cannot be written.
    pub fn put_packed_tag(
        &mut self,
        name: &str,
        from: &mut impl Read,
    ) -> Result<(u64, Digest), WriteError> {
        let sealed = self.copy_tag(name, from, CompressionMethod::Stored)?;
        let digest = sealed.digests.first().and_then(|text| text.parse().ok());
        let put = (sealed.len, digest.unwrap_or(Digest::ZERO));
        self.tags.push(sealed);
        Ok(put)
    }

    fn write_tag(&mut self, name: &str, mut bytes: &[u8]) -> Result<Sealed, WriteError> {
        self.copy_tag(name, &mut bytes, CompressionMethod::Deflated)
    }

    fn copy_tag(
        &mut self,
        name: &str,
        from: &mut impl Read,
        method: CompressionMethod,
    ) -> Result<Sealed, WriteError> {
        let sealed = match &mut self.sink {
            Sink::Folder(folder) => {
                let path = folder.join(name);
                copy_to_file(&path, name, from, &mut self.chunk)
            }
            Sink::Zip { zip, top } => {
                let full = format!("{top}{name}");
                start(zip, &full, method).map_err(|source| cannot(&self.to, source))?;
                copy(from, zip, name, &self.to, &mut self.chunk)
            }
        };
        sealed.map_err(|error| match error {
            PutError::Write(error) => error,
            PutError::Read(source) => cannot(&self.to, source),
            PutError::Changed { .. } => {
                cannot(&self.to, std::io::ErrorKind::InvalidData.into())
            }
        })
    }

    /// Writes the declaration, `info` and the manifests, flushes all of it and puts the
    /// package in its place. `Payload-Oxum` is added to `info`.
    ///
    /// # Errors
    /// When the package cannot be written, or something stands in its place.
    pub fn finish(mut self, info: &[(&str, String)]) -> Result<(), WriteError> {
        let declaration = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
        self.put_tag("bagit.txt", declaration.as_bytes())?;
        let bytes: u64 = self.payload.iter().map(|sealed| sealed.len).sum();
        let mut text = String::new();
        for (label, value) in info.iter().filter(|(_, value)| !value.is_empty()) {
            // A value goes on to the next line where that begins with white space.
            let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
            text.extend([label, ": ", value.as_str(), "\n"]);
        }
        let oxum = format!("Payload-Oxum: {bytes}.{}\n", self.payload.len());
        text.push_str(&oxum);
        self.put_tag("bag-info.txt", text.as_bytes())?;
        for (at, kind) in KINDS.into_iter().enumerate() {
            let name = format!("manifest-{}.txt", kind.as_str());
            let manifest = manifest(&self.payload, at);
            self.put_tag(&name, manifest.as_bytes())?;
        }
        for (at, kind) in KINDS.into_iter().enumerate() {
            let name = format!("tagmanifest-{}.txt", kind.as_str());
            let manifest = manifest(&self.tags, at);
            self.write_tag(&name, manifest.as_bytes())?;
        }
        self.move_into_place()
    }

    fn move_into_place(self) -> Result<(), WriteError> {
        let Self {
            sink, to, place, ..
        } = self;
        let error = |source| cannot(&to, source);
        if let Sink::Zip { zip, .. } = sink {
            let finished = zip.finish().map_err(std::io::Error::other);
            let file = finished.and_then(|w| w.into_inner().map_err(Into::into));
            file.and_then(|file| file.sync_all()).map_err(error)?;
        }
        place.finish(&to).map_err(error)
    }
}

fn manifest(sealed: &[Sealed], at: usize) -> String {
    let line = |sealed: &Sealed| {
        let digest = sealed.digests.get(at).map_or("", String::as_str);
        manifest_line(digest, &sealed.name)
    };
    sealed.iter().map(line).collect()
}

fn is(promised: &Digest, sealed: &Sealed) -> bool {
    let sha256 = sealed.digests.first();
    sha256.is_some_and(|digest| *digest == promised.to_string())
}

fn start(
    zip: &mut ZipWriter<BufWriter<File>>,
    name: &str,
    method: CompressionMethod,
) -> std::io::Result<()> {
    let options = SimpleFileOptions::default()
        .compression_method(method)
        .large_file(true)
        .unix_permissions(0o644);
    zip.start_file(name, options).map_err(std::io::Error::other)
}

fn copy_to_file(
    path: &Path,
    name: &str,
    from: &mut impl Read,
    chunk: &mut [u8],
) -> Result<Sealed, PutError> {
    let error = |source| PutError::Write(cannot(path, source));
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(error)?;
    }
    let mut file = File::options()
        .write(true)
        .create_new(true)
        .open(path)
        .map_err(error)?;
    let sealed = copy(from, &mut file, name, path, chunk)?;
    file.sync_all().map_err(error)?;
    Ok(sealed)
}

/// Copies bytes and computes their digests as they pass.
fn copy(
    from: &mut impl Read,
    to: &mut impl Write,
    name: &str,
    place: &Path,
    chunk: &mut [u8],
) -> Result<Sealed, PutError> {
    let mut hashers = KINDS.map(AnyHasher::new);
    let mut len: u64 = 0;
    pump(from, chunk, PutError::Read, |read| {
        for hasher in &mut hashers {
            hasher.update(read);
        }
        len += read.len() as u64;
        to.write_all(read)
            .map_err(|source| cannot(place, source).into())
    })?;
    Ok(Sealed {
        name: name.to_owned(),
        len,
        digests: hashers.map(AnyHasher::finish),
    })
}

fn cannot(path: &Path, source: std::io::Error) -> WriteError {
    WriteError {
        path: path.to_owned(),
        source,
    }
}
