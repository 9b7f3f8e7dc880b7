//! Takes a mail as programs save it and gives who wrote to whom, when and what. Files attached
//! are named here and read elsewhere, as members of a container.

use super::super::text;
use super::{Document, Refusal, html};
use crate::model::{Note, NoteCode};
use mail_parser::{
    Address, Message, MessageParser, MessagePart, MimeHeaders as _, PartType,
};

/// Bytes looked at to tell a mail from text.
const HEAD: usize = 16 << 10;
/// Lines a mail may begin with before one that only machines write.
const MAX_LINES: usize = 200;
/// Attached files that are named.
const MAX_NAMES: usize = 100;
/// Headers that programs write and people do not.
const BY_MACHINE: [&str; 8] = [
    "received",
    "return-path",
    "message-id",
    "mime-version",
    "delivered-to",
    "dkim-signature",
    "x-mailer",
    "content-transfer-encoding",
];

/// Tells whether text is a mail: it begins with header lines, one of which people know and one
/// of which only machines write. A note that begins `From: …` is none.
pub(in crate::extract) fn is_mail(bytes: &[u8]) -> bool {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    let (mut by_machine, mut known) = (false, false);
    for (number, line) in head
        .split(|byte| *byte == b'\n')
        .enumerate()
        .take(MAX_LINES)
    {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            break;
        }
        let folded = matches!(line.first(), Some(b' ' | b'\t'));
        let mailbox = number == 0 && line.starts_with(b"From ");
        if folded && number > 0 || mailbox {
            continue;
        }
        let colon = line.iter().position(|byte| *byte == b':');
        let name = colon.and_then(|at| line.get(..at)).unwrap_or_default();
        let is_name = |c: &u8| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_');
        if name.is_empty() || !name.iter().all(is_name) {
            return false;
        }
        let name = name.to_ascii_lowercase();
        known |= matches!(name.as_slice(), b"from" | b"to" | b"subject" | b"date");
        by_machine |= BY_MACHINE.iter().any(|header| header.as_bytes() == name);
    }
    by_machine && known
}

/// Reads a mail.
pub(super) fn read(bytes: &[u8]) -> Result<Document, Refusal> {
    let parsed = MessageParser::default().parse(bytes);
    let mail = parsed.ok_or_else(|| Refusal::broken(""))?;
    let mut lines = Vec::new();
    lines.extend(people("From", mail.from()));
    lines.extend(people("To", mail.to()));
    lines.extend(people("Cc", mail.cc()));
    if let Some(date) = mail.date() {
        lines.push(format!("Date: {}", date.to_rfc3339()));
    }
    lines.extend(mail.subject().map(|subject| format!("Subject: {subject}")));
    let mut document = Document::default();
    for part in mail.text_bodies() {
        match &part.body {
            PartType::Text(body) => lines.extend(body.lines().map(str::to_owned)),
            PartType::Html(body) => {
                let mut page = html::from_text(body);
                lines.extend(page.pages.drain(..).flatten());
                document.notes.append(&mut page.notes);
            }
            _ => {}
        }
    }
    for part in attached(&mail).take(MAX_NAMES) {
        let note = Note::file(NoteCode::AttachedFile);
        let name = part.attachment_name();
        document
            .notes
            .push(name.map_or_else(|| note.clone(), |name| note.clone().with(name)));
    }
    let whole = text::within_limit(&mut lines);
    if !whole {
        document.notes.push(Note::file(NoteCode::TooManyPages));
    }
    document.metadata.title = mail.subject().and_then(super::office::package::property);
    document.metadata.created = mail.date().map(mail_parser::DateTime::to_rfc3339);
    document.pages.push(lines);
    Ok(document)
}

/// Returns the parts that people attached, not those a saved web page is made of: its styles and
/// lists have a place on the web and no name.
pub(in crate::extract) fn attached<'m>(
    mail: &'m Message<'m>,
) -> impl Iterator<Item = &'m MessagePart<'m>> {
    let is_of_page = |part: &&MessagePart<'_>| {
        let kind = part.content_type();
        part.content_location().is_some()
            && part.content_disposition().is_none()
            && kind.is_some_and(|kind| kind.ctype() != "image")
    };
    mail.attachments().filter(move |part| !is_of_page(part))
}

fn people(header: &str, address: Option<&Address<'_>>) -> Option<String> {
    let shown: Vec<String> = address?
        .iter()
        .map(|one| match (one.name(), one.address()) {
            (Some(name), Some(address)) => format!("{name} <{address}>"),
            (name, address) => name.or(address).unwrap_or_default().to_owned(),
        })
        .collect();
    Some(format!("{header}: {}", shown.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAIL: &str = "Received: by x\r\n\tfor y\r\nFrom: =?utf-8?Q?Siti?= <siti@dinas.go.id>\r\n\
        To: budi@dinas.go.id\r\nDate: Tue, 14 May 2024 08:00:00 +0700\r\n\
        Subject: Undangan rakor\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\
        Content-Type: text/html\r\n\r\n<p>Mohon <b>hadir</b>.</p>\r\n--b\r\n\
        Content-Type: application/pdf\r\n\
        Content-Disposition: attachment; filename=undangan.pdf\r\n\r\nx\r\n--b--\r\n";

    #[test]
    fn a_mail_is_read_with_its_headers() {
        assert!(is_mail(MAIL.as_bytes()));
        let read = read(MAIL.as_bytes()).unwrap();
        let lines = &read.pages[0];
        assert_eq!(lines[0], "From: Siti <siti@dinas.go.id>");
        assert_eq!(lines[2], "Date: 2024-05-14T08:00:00+07:00");
        assert_eq!(lines[3..], ["Subject: Undangan rakor", "Mohon hadir."]);
        let note = Note::file(NoteCode::AttachedFile).with("undangan.pdf");
        assert_eq!(read.notes, [note]);
    }

    #[test]
    fn notes_of_people_are_no_mails() {
        for text in [
            "From: Budi\nTo: Siti\nSubject: rapat\n\nisi",
            "Kepada: Yth. Bupati\nSubject: x\nMessage-ID dst.",
            "Catatan rapat\nDate: 5 Mei",
            "Message-ID: 1\n\nFrom: dua",
        ] {
            assert!(!is_mail(text.as_bytes()), "{text}");
        }
    }
}
