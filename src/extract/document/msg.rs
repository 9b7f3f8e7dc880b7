//! Takes a mail as Outlook saves it (`.msg`) or sends it (`winmail.dat`) and gives who wrote to
//! whom, when and what. Files attached are members.

use super::super::embedded::{self, Message};
use super::super::text;
use super::office::package::property;
use super::{Document, Refusal, html, rtf};
use crate::model::{Note, NoteCode};

/// Reads a MSG.
pub(super) fn read(bytes: &[u8]) -> Result<Document, Refusal> {
    let message = embedded::outlook(bytes).map_err(Refusal::Broken)?;
    Ok(document(message))
}

/// Reads a TNEF.
pub(super) fn tnef(bytes: &[u8]) -> Document {
    document(embedded::tnef_message(bytes))
}

fn document(message: Message) -> Document {
    let title = message.subject.as_deref().and_then(property);
    let mut lines = Vec::new();
    for (header, value) in [
        ("From", message.sender),
        ("To", message.to),
        ("Cc", message.cc),
        ("Date", message.date),
        ("Subject", message.subject),
    ] {
        lines.extend(value.map(|value| format!("{header}: {value}")));
    }
    // One body in up to three forms; the plainest says the same.
    let rich = || embedded::decompressed(message.rich.as_deref()?);
    if let Some(body) = message.plain {
        lines.extend(body.lines().map(str::to_owned));
    } else if let Some(body) = message.html {
        lines.extend(html::read(&body).pages.into_iter().flatten());
    } else if let Some(body) = rich() {
        lines.extend(rtf::read(&body).pages.into_iter().flatten());
    }
    let mut document = Document::default();
    if !text::within_limit(&mut lines) {
        document.notes.push(Note::file(NoteCode::TooManyPages));
    }
    document.metadata.title = title;
    document.pages.push(lines);
    document
}
