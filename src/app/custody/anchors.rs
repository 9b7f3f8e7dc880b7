//! The certificates that the user trusts: which certifiers of electronic signatures an archive
//! takes for what they say they are. None comes with the program: a certificate is added once a
//! person has compared its digest with the one its owner publishes.

use crate::app::archive::workspace::Workspace;
use crate::app::error::{Error, ErrorKind};
use crate::app::user_files;
use crate::esign::Anchors;
use crate::io::clock;
use crate::io::files::path;
use crate::io::store::AnchorRow;
use crate::model::{Anchor, CertificateName, Event, EventType};
use std::path::{Path, PathBuf};

/// Most bytes of a file with certificates; the bundle of a whole browser has a quarter of it.
const MAX_BYTES: u64 = 1 << 20;

/// A trust anchor, with what is to be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trusted {
    /// The certificate's own words.
    pub certificate: CertificateName,
    /// When it was added, RFC 3339, UTC.
    pub added: String,
    /// Who added it; empty where nobody is named.
    pub author: String,
}

/// What a change of the anchors led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The certificates added or removed.
    pub anchors: Vec<Trusted>,
    /// Documents whose signatures the next run of `index` examines again.
    pub examined_again: u64,
}

/// Returns the certificates of an archive, as they travel.
///
/// # Errors
/// When the catalog cannot be read.
pub fn all(workspace: &Workspace) -> Result<Vec<Anchor>, Error> {
    let rows = workspace.catalog.anchors()?;
    Ok(rows.into_iter().map(|row| row.anchor).collect())
}

/// Returns the trust anchors of an archive, in the order they were added.
///
/// # Errors
/// When the catalog cannot be read.
pub fn list(workspace: &Workspace) -> Result<Vec<Trusted>, Error> {
    let rows = workspace.catalog.anchors()?;
    Ok(rows.iter().filter_map(trusted).collect())
}

/// Returns the certificates in files, PEM or DER.
///
/// # Errors
/// When a file cannot be read, or holds no certificate: the first one is told.
pub fn read(files: &[PathBuf]) -> Result<Anchors, Error> {
    let mut anchors = Anchors::none();
    for file in files {
        let bytes = user_files::read_bytes(file, MAX_BYTES)?;
        anchors
            .add(&bytes)
            .map_err(|cause| no_certificate(file).caused_by(cause))?;
    }
    Ok(anchors)
}

/// Adds the certificates in files to those that the archive trusts; one that is there already is
/// not added twice.
///
/// # Errors
/// When a file holds no certificate, or the archive cannot be written: none is added then.
pub fn add(
    workspace: &mut Workspace,
    files: &[PathBuf],
    author: Option<&str>,
) -> Result<Changed, Error> {
    let anchors = read(files)?;
    let known = workspace.catalog.anchors()?;
    let row = |anchor: Anchor| AnchorRow {
        sha256: crate::fixity::hash(anchor.der()),
        anchor,
        added: clock::timestamp(),
        author: author.unwrap_or_default().to_owned(),
    };
    let rows = anchors.to_model().into_iter().map(row);
    let is_new = |row: &AnchorRow| known.iter().all(|known| known.sha256 != row.sha256);
    let rows: Vec<AnchorRow> = rows.filter(is_new).collect();
    let _lock = workspace.lock()?;
    let examined_again = match rows.is_empty() {
        true => 0,
        false => workspace
            .catalog
            .put_anchors(&rows, &event("added", &rows, author))?,
    };
    Ok(Changed {
        anchors: rows.iter().filter_map(trusted).collect(),
        examined_again,
    })
}

/// Removes the certificate whose digest begins with some digits.
///
/// # Errors
/// When there is none, more than one, or the archive cannot be written.
pub fn remove(
    workspace: &mut Workspace,
    named: &str,
    author: Option<&str>,
) -> Result<Changed, Error> {
    let named = named.trim().to_ascii_lowercase();
    let rows = workspace.catalog.anchors()?;
    let begins = |row: &&AnchorRow| row.sha256.to_string().starts_with(&named);
    let mut fitting = rows.iter().filter(begins);
    let (Some(row), None, false) = (fitting.next(), fitting.next(), named.is_empty())
    else {
        return Err(no_such(&named, &rows));
    };
    let _lock = workspace.lock()?;
    let event = event("removed", std::slice::from_ref(row), author);
    Ok(Changed {
        anchors: trusted(row).into_iter().collect(),
        examined_again: workspace.catalog.remove_anchor(&row.sha256, &event)?,
    })
}

/// Returns what the log is told: which certificates, by digest and name.
fn event(what: &str, rows: &[AnchorRow], author: Option<&str>) -> Event {
    let event = Event::new(EventType::PolicyAssignment, clock::timestamp())
        .by(author.unwrap_or(Event::PROGRAM));
    let named = |(at, row): (usize, &AnchorRow)| {
        let name = trusted(row).and_then(|anchor| anchor.certificate.common_name);
        let name = name.unwrap_or_default();
        (
            format!("{what} {}", at + 1),
            format!("{} {name}", row.sha256),
        )
    };
    let details = rows.iter().enumerate().map(named);
    details.fold(event, |event, (name, value)| event.with(&name, value))
}

fn trusted(row: &AnchorRow) -> Option<Trusted> {
    let names = Anchors::of(std::slice::from_ref(&row.anchor)).names();
    names.into_iter().next().map(|certificate| Trusted {
        certificate,
        added: row.added.clone(),
        author: row.author.clone(),
    })
}

fn no_certificate(file: &Path) -> Error {
    let shown = path::printable(&path::to_text(file));
    Error::new(
        ErrorKind::Usage,
        format!("tidak ada sertifikat di `{shown}`"),
        format!("there is no certificate in `{shown}`"),
    )
    .hint(
        "unduh sertifikatnya dari penerbitnya: berkas .cer, .crt, .pem atau .der",
        "get the certificate from who issues it: a file .cer, .crt, .pem or .der",
    )
}

fn no_such(named: &str, rows: &[AnchorRow]) -> Error {
    let known: Vec<String> = rows.iter().map(|row| row.sha256.short()).collect();
    let known = known.join(", ");
    Error::new(
        ErrorKind::NotFound,
        format!("tidak ada tepat satu sertifikat yang sidik jarinya berawal `{named}`"),
        format!(
            "there is not exactly one certificate whose digest begins with `{named}`"
        ),
    )
    .hint(format!("yang ada: {known}"), format!("there are: {known}"))
}
