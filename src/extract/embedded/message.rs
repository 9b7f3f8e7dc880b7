//! A mail as Outlook keeps it (`.msg`): its properties, and the files attached ([MS-OXMSG];
//! properties by [MS-OXPROPS]).

use super::{Content, Visit, ole};
use crate::extract::text;
use crate::lexicon::words::words;
use cfb::CompoundFile;
use encoding_rs::UTF_16LE;
use std::{io::Cursor, ops::ControlFlow};

/// Who wrote to whom, when and what; a body in each form it was kept in.
#[derive(Debug, Default)]
pub(in crate::extract) struct Message {
    pub sender: Option<String>,
    pub to: Option<String>,
    pub cc: Option<String>,
    pub date: Option<String>,
    pub subject: Option<String>,
    pub plain: Option<String>,
    pub html: Option<Vec<u8>>,
    pub rich: Option<Vec<u8>>,
}

type Mail<'a> = CompoundFile<Cursor<&'a [u8]>>;

/// Reads the properties of a MSG; the error is the reader's own words.
pub(in crate::extract) fn outlook(bytes: &[u8]) -> Result<Message, String> {
    let mut mail =
        CompoundFile::open(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let mail = &mut mail;
    let sender: Vec<String> = ["0C1A", "5D01"]
        .into_iter()
        .filter_map(|id| string(mail, "/", id))
        .collect();
    Ok(Message {
        sender: (!sender.is_empty()).then(|| sender.join(" ")),
        to: string(mail, "/", "0E04"),
        cc: string(mail, "/", "0E03"),
        date: date(mail),
        subject: string(mail, "/", "0037"),
        plain: string(mail, "/", "1000"),
        html: ole::stream(mail, "/__substg1.0_10130102")
            .or_else(|| string(mail, "/", "1013").map(String::into_bytes)),
        rich: ole::stream(mail, "/__substg1.0_10090102"),
    })
}

/// Hands over the files attached to a MSG: bytes, a mail, or an object of another program.
pub(super) fn attached(bytes: &[u8], visit: &mut Visit<'_>) -> ControlFlow<()> {
    let Ok(mut mail) = CompoundFile::open(Cursor::new(bytes)) else {
        return ControlFlow::Continue(());
    };
    let storages = ole::storages(&mail, "/", "__attach_version1.0_");
    for (number, storage) in storages.iter().enumerate() {
        let within = format!("{storage}/");
        let name = ["3707", "3704", "3001"]
            .into_iter()
            .find_map(|id| string(&mut mail, &within, id));
        let stem = name
            .clone()
            .unwrap_or_else(|| format!("{} {}", words().attachment, number + 1));
        if let Some(raw) =
            ole::stream(&mut mail, &format!("{within}__substg1.0_37010102"))
        {
            let name = name.unwrap_or_else(|| super::named(&stem, &raw));
            visit(&name, Content::Whole(&raw))?;
            continue;
        }
        let object = format!("{within}__substg1.0_3701000D");
        let is_mail = mail.is_stream(format!("{object}/__properties_version1.0"));
        if is_mail {
            let subject = string(&mut mail, &format!("{object}/"), "0037");
            let stem = name.or(subject).unwrap_or(stem);
            let raw = ole::copied(&mut mail, &object);
            let content = raw.as_deref().map_or(Content::Broken, Content::Whole);
            visit(&format!("{stem}.msg"), content)?;
        } else if mail.is_storage(&object) {
            ole::visit_object(&mut mail, &object, &stem, visit)?;
        } else {
            let is_there = mail.is_stream(format!("{within}__substg1.0_37010102"));
            visit(
                &stem,
                if is_there {
                    Content::TooLarge
                } else {
                    Content::Elsewhere
                },
            )?;
        }
    }
    ControlFlow::Continue(())
}

/// Reads a property that is text: in UTF-16, or in the sender's code page.
fn string(mail: &mut Mail<'_>, storage: &str, id: &str) -> Option<String> {
    let path = format!("{storage}__substg1.0_{id}");
    let wide = ole::stream(mail, &format!("{path}001F"));
    let value = match wide {
        Some(wide) => UTF_16LE.decode_without_bom_handling(&wide).0.into_owned(),
        None => text::decode(&ole::stream(mail, &format!("{path}001E"))?),
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
