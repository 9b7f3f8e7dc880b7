//! What is attached to a mail. A mail in a mail is a member too.

use super::{Out, Refused, whole};
use crate::extract::document::attached;
use crate::lexicon::words::words;
use mail_parser::{MessageParser, MimeHeaders, PartType};
use std::io::Read;

pub(super) fn unpack(
    source: &mut impl Read,
    out: &mut Out<'_, '_>,
) -> Result<(), Refused> {
    let bytes = whole(source)?;
    let Some(message) = MessageParser::default().parse(&bytes) else {
        return Err(Refused::damaged("not a mail"));
    };
    for (number, part) in attached(&message).enumerate() {
        if out.is_full() {
            break;
        }
        let name = part.attachment_name().map(str::to_owned);
        match &part.body {
            PartType::Message(inner) => {
                let subject = inner.subject().unwrap_or_default().replace('/', " ");
                let name = name.unwrap_or_else(|| format!("{}.eml", subject.trim()));
                out.take(&name, None, &mut inner.raw_message());
            }
            _ => {
                let name = name
                    .unwrap_or_else(|| format!("{} {}", words().attachment, number + 1));
                out.take(&name, None, &mut part.contents());
            }
        }
    }
    Ok(())
}
