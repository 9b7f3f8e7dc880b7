//! Takes a mail as Outlook saves it (`.msg`) and gives who wrote to whom, when and what. Files
//! attached are named.

use super::super::text;
use super::package::property;
use super::{Document, Refusal, html};
use crate::model::{Note, NoteCode};
use cfb::CompoundFile;
use std::io::{Cursor, Read as _};

/// Bytes of one property.
const MAX_BYTES: u64 = 8 << 20;
/// Attached files that are named.
const MAX_NAMES: usize = 100;

type Mail<'a> = CompoundFile<Cursor<&'a [u8]>>;

/// Reads a MSG ([MS-OXMSG]; properties by [MS-OXPROPS]).
pub(super) fn read(bytes: &[u8]) -> Result<Document, Refusal> {
    let mut mail = CompoundFile::open(Cursor::new(bytes)).map_err(Refusal::broken)?;
    let mut lines = Vec::new();
    let sender = [
        string(&mut mail, "/", "0C1A"),
        string(&mut mail, "/", "5D01"),
    ];
    let sender: Vec<String> = sender.into_iter().flatten().collect();
    if !sender.is_empty() {
        lines.push(format!("From: {}", sender.join(" ")));
    }
    let subject = string(&mut mail, "/", "0037");
    for (header, value) in [
        ("To", string(&mut mail, "/", "0E04")),
        ("Cc", string(&mut mail, "/", "0E03")),
        ("Date", date(&mut mail)),
        ("Subject", subject.clone()),
    ] {
        lines.extend(value.map(|value| format!("{header}: {value}")));
    }
    match string(&mut mail, "/", "1000") {
        Some(body) => lines.extend(body.lines().map(str::to_owned)),
        None => {
            if let Some(body) = stream(&mut mail, "/__substg1.0_10130102") {
                lines.extend(html::read(&body).pages.into_iter().flatten());
            }
        }
    }
    let mut document = Document::default();
    for name in attached(&mut mail) {
        document
            .notes
            .push(Note::file(NoteCode::AttachedFile).with(name));
    }
    if !text::within_limit(&mut lines) {
        document.notes.push(Note::file(NoteCode::TooManyPages));
    }
    document.metadata.title = subject.as_deref().and_then(property);
    document.pages.push(lines);
    Ok(document)
}

fn stream(mail: &mut Mail<'_>, path: &str) -> Option<Vec<u8>> {
    let mut raw = Vec::new();
    let found = mail.open_stream(path).ok()?;
    found.take(MAX_BYTES).read_to_end(&mut raw).ok()?;
    Some(raw)
}

/// Reads a property that is text: in UTF-16, or in the sender's code page.
fn string(mail: &mut Mail<'_>, storage: &str, id: &str) -> Option<String> {
    let path = format!("{storage}__substg1.0_{id}");
    let wide = stream(mail, &format!("{path}001F"));
    let value = match wide {
        Some(wide) => encoding_rs::UTF_16LE
            .decode_without_bom_handling(&wide)
            .0
            .into_owned(),
        None => text::decode(&stream(mail, &format!("{path}001E"))?),
    };
    let value = value.trim_matches(['\0', ' ', '\r', '\n']);
    (!value.is_empty()).then(|| value.to_owned())
}

/// Returns the date line of the headers the mail travelled with.
fn date(mail: &mut Mail<'_>) -> Option<String> {
    let headers = string(mail, "/", "007D")?;
    let line = headers
        .lines()
        .find_map(|line| line.strip_prefix("Date:"))?;
    Some(line.trim().to_owned())
}

fn attached(mail: &mut Mail<'_>) -> Vec<String> {
    let entries = mail.read_root_storage();
    let storages =
        entries.filter(|entry| entry.name().starts_with("__attach_version1.0_"));
    let names: Vec<String> = storages
        .take(MAX_NAMES)
        .map(|entry| format!("/{}/", entry.name()))
        .collect();
    let long_or_short = |storage: String| {
        string(mail, &storage, "3707").or_else(|| string(mail, &storage, "3704"))
    };
    names.into_iter().filter_map(long_or_short).collect()
}
