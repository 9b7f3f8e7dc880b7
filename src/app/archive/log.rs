//! The event log: the events of each document since it was first seen, the verification of the
//! chain, and its head for paper or a time stamp. [`crate::fixity::log`] specifies the records, and
//! how anyone checks them without bukti.

use super::workspace::Workspace;
use crate::app::custody::anchors;
use crate::app::error::{Error, ErrorKind};
use crate::app::evidence::show;
use crate::app::user_files;
use crate::esign;
use crate::esign::Anchors;
use crate::fixity::log::{Checker, LogFault};
use crate::fixity::stamp;
use crate::io::clock;
use crate::io::files::{atomic, path};
use crate::io::store::StampRow;
use crate::model::{
    Checked, Digest, Event, EventObject, EventType, LogRecord, TimeStamp,
};
use std::path::Path;

/// Largest time-stamp token read, in bytes, certificates included.
const TOKEN_BYTES: u64 = 1 << 20;

/// Appends events to the log; they are on the disk when this returns. Returns the new head.
///
/// Whoever writes a table of its own beside an event does both in one transaction, in
/// [`crate::io::store`]; this is for events that stand alone.
///
/// # Errors
/// When the catalog cannot be written.
pub fn append(workspace: &mut Workspace, event: &Event) -> Result<Digest, Error> {
    let head = workspace.catalog.append(std::slice::from_ref(event))?;
    Ok(head)
}

/// The head: the last record, whose digest covers the whole log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Its number.
    pub number: u64,
    /// Its digest.
    pub digest: Digest,
    /// The time stamps that were attached, in the order of their records.
    pub stamps: Vec<LogStamp>,
}

/// A time stamp of a record, and what it is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogStamp {
    /// The number of the record.
    pub number: u64,
    /// The time that the authority vouches for, RFC 3339, UTC.
    pub time: String,
    /// The token, verified with the certificates that the archive trusts; `None` where it cannot
    /// be read.
    pub verified: Option<TimeStamp>,
}

/// Returns the head; `None` while nothing has happened.
///
/// # Errors
/// When the catalog cannot be read.
pub fn head(workspace: &Workspace) -> Result<Option<Head>, Error> {
    let catalog = &workspace.catalog;
    let Some((number, digest)) = catalog.log_head()? else {
        return Ok(None);
    };
    let anchors = Anchors::of(&anchors::all(workspace)?);
    let stamps = catalog.stamps()?;
    let stamps = stamps.iter().map(|row| verified(row, &anchors)).collect();
    Ok(Some(Head {
        number,
        digest,
        stamps,
    }))
}

/// Verifies a token. That it is for its record was seen when it was attached, and the record's
/// digest is in the token.
fn verified(row: &StampRow, anchors: &Anchors) -> LogStamp {
    let imprint = stamp::read(&row.token).map(|stamped| stamped.imprint);
    LogStamp {
        number: row.number,
        time: row.time.clone(),
        verified: imprint.ok().and_then(|imprint| {
            esign::verify_time_stamp(&row.token, imprint.as_bytes(), anchors)
        }),
    }
}

/// Returns so many records, the newest first, from one number downwards.
///
/// # Errors
/// When the catalog cannot be read.
pub fn newest(
    workspace: &Workspace,
    until: Option<u64>,
    limit: usize,
) -> Result<Vec<LogRecord>, Error> {
    let before = until.map(|last| last.saturating_add(1));
    records_before(workspace, None, before, limit)
}

/// The result of checking the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// How many records there are.
    pub records: u64,
    /// The digest of the last.
    pub head: Digest,
    /// What is wrong, by the number of the record.
    pub faults: Vec<(u64, LogFault)>,
    /// The head that was asked about, and the number of the record that has it.
    pub noted: Option<(Digest, Option<u64>)>,
}

impl Verified {
    /// Tells whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        let is_known = self.noted.is_none_or(|(_, number)| number.is_some());
        self.faults.is_empty() && is_known
    }
}

/// Checks every record, and that a head noted elsewhere is one of them.
///
/// # Errors
/// When the catalog cannot be read.
pub fn verify(workspace: &Workspace, noted: Option<Digest>) -> Result<Verified, Error> {
    let mut checker = Checker::new();
    let mut faults = Vec::new();
    let mut records = 0;
    let mut found = None;
    workspace.catalog.each_record(None, |record| {
        records += 1;
        let number = record.number;
        let wrong = checker.take(&record);
        if wrong.is_empty() && Some(record.digest) == noted {
            found = Some(number);
        }
        faults.extend(wrong.into_iter().map(|fault| (number, fault)));
        Ok::<(), Error>(())
    })?;
    Ok(Verified {
        records,
        head: checker.head(),
        faults,
        noted: noted.map(|digest| (digest, found)),
    })
}

/// Calls `each` with the records of the log in order: all, or those about one document, named as
/// for [`show`](crate::app::evidence::show::show).
///
/// # Errors
/// When there is no such document, or the catalog cannot be read.
pub fn each_record(
    workspace: &Workspace,
    document: Option<&str>,
    mut take: impl FnMut(LogRecord),
) -> Result<(), Error> {
    let about = document
        .map(|name| match name.parse() {
            // A content the catalog has let go is still in the log.
            Ok(digest) => Ok(digest),
            Err(_) => show::resolve(workspace, name),
        })
        .transpose()?;
    workspace.catalog.each_record(about.as_ref(), |record| {
        take(record);
        Ok(())
    })
}

/// Returns the last `most` records before the one of this number, the newest first: all, or those
/// about one content.
///
/// # Errors
/// When the catalog cannot be read.
pub fn records_before(
    workspace: &Workspace,
    about: Option<&Digest>,
    before: Option<u64>,
    most: usize,
) -> Result<Vec<LogRecord>, Error> {
    Ok(workspace.catalog.records_before(about, before, most)?)
}

/// Writes the request for a time stamp of the head to a file; returns the head.
///
/// # Errors
/// When nothing has happened yet, or the file cannot be written.
pub fn request(workspace: &Workspace, file: &Path) -> Result<Head, Error> {
    let head = head(workspace)?.ok_or_else(|| {
        Error::new(
            ErrorKind::NotFound,
            "riwayat masih kosong, belum ada yang dapat diberi cap waktu",
            "the log is empty, there is nothing to time-stamp yet",
        )
        .hint(
            "baca folder dahulu dengan `bukti index`",
            "read a folder first with `bukti index`",
        )
    })?;
    atomic::write(file, &stamp::request(&head.digest))?;
    Ok(head)
}

/// Stores a time-stamp token, once it is seen to be for a record of this log; returns the
/// record's number and the time the authority vouches for.
///
/// # Errors
/// When the file is no token, is for something else, or its authority's signature is broken.
pub fn attach(workspace: &mut Workspace, file: &Path) -> Result<LogStamp, Error> {
    let _lock = workspace.lock()?;
    let shown = path::printable(&path::to_text(file));
    let token = user_files::read_bytes(file, TOKEN_BYTES)?;
    let stamped = stamp::read(&token).map_err(|cause| {
        Error::new(
            ErrorKind::Usage,
            format!("`{shown}` bukan cap waktu RFC 3161 yang sah"),
            format!("`{shown}` is no valid RFC 3161 time stamp"),
        )
        .caused_by(cause)
    })?;
    let Some(number) = workspace.catalog.record_with(&stamped.imprint)? else {
        return Err(not_ours(&stamped.imprint));
    };
    let row = StampRow {
        number,
        time: stamped.time,
        token,
    };
    let anchors = Anchors::of(&anchors::all(workspace)?);
    let stamp = verified(&row, &anchors);
    if stamp
        .verified
        .as_ref()
        .is_some_and(|one| one.value == Checked::Bad)
    {
        return Err(Error::new(
            ErrorKind::Usage,
            format!("tanda tangan penerbit pada cap waktu `{shown}` rusak"),
            format!("the authority's signature on the time stamp `{shown}` is broken"),
        )
        .hint("minta cap waktu yang baru", "ask for a new time stamp"));
    }
    let event = Event::new(EventType::TimeStamping, clock::timestamp())
        .with("record", number)
        .with("record_digest", stamped.imprint)
        .with("stamped_at", &row.time)
        .about(EventObject {
            bytes: Some(row.token.len() as u64),
            ..EventObject::content(crate::fixity::hash(&row.token))
        });
    workspace.catalog.put_stamp(&row, &event)?;
    Ok(stamp)
}

fn not_ours(imprint: &Digest) -> Error {
    Error::new(
        ErrorKind::NotFound,
        format!(
            "cap waktu ini untuk {imprint}, yang bukan catatan mana pun di riwayat ini"
        ),
        format!("this time stamp is for {imprint}, which is no record of this log"),
    )
    .hint(
        "buat permintaan dengan `bukti log stamp --request BERKAS` dari arsip yang sama",
        "make the request with `bukti log stamp --request FILE` from the same archive",
    )
}
