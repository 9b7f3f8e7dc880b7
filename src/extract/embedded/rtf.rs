//! Objects in a Rich Text file: hexadecimal digits after `\objdata` (RTF 1.9.1, "Objects").

use super::{Content, Visit, named, ole};
use crate::extract::{document::unhex, find as find_bytes};
use std::ops::ControlFlow;

const DATA: &[u8] = b"\\objdata";
/// Objects looked at.
const MAX_OBJECTS: usize = 2_000;

pub(super) fn find(bytes: &[u8], visit: &mut Visit<'_>) -> ControlFlow<()> {
    let mut rest = bytes;
    for number in 1..=MAX_OBJECTS {
        let Some(at) = find_bytes(rest, DATA) else {
            break;
        };
        rest = rest.get(at + DATA.len()..).unwrap_or_default();
        let end = rest
            .iter()
            .position(|byte| matches!(byte, b'}' | b'{' | b'\\'));
        let digits = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
        object(&unhex(digits), &format!("objek {number}"), visit)?;
    }
    ControlFlow::Continue(())
}

/// Hands over what follows the header of an embedded object ([MS-OLEDS] 2.2.5): version, kind,
/// class, topic and item, then the data.
fn object(raw: &[u8], stem: &str, visit: &mut Visit<'_>) -> ControlFlow<()> {
    let data = || {
        let (class, rest) = ole::sized(raw.get(8..)?)?;
        let (_, rest) = ole::sized(rest)?;
        let (_, rest) = ole::sized(rest)?;
        let (data, _) = ole::sized(rest)?;
        Some((class.starts_with(b"Equation"), data))
    };
    match data() {
        Some((true, _)) | None => ControlFlow::Continue(()),
        Some((_, data)) if ole::is_compound(data) => ole::file(data, stem, visit),
        Some((_, data)) => match ole::packed(data) {
            Some((name, content)) => visit(&name, Content::Whole(content)),
            None => visit(&named(stem, data), Content::Whole(data)),
        },
    }
}
