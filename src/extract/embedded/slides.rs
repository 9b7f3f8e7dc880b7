//! Objects in a presentation from before 2007: records of its one stream, most of them deflated
//! ([MS-PPT] 2.10.34).

use super::{MAX_BYTES, Visit, ole};
use cfb::CompoundFile;
use flate2::read::ZlibDecoder;
use std::{
    io::{Cursor, Read as _},
    ops::ControlFlow,
};

/// `RT_ExternalOleObjectStg`.
const OBJECT: u16 = 0x1011;
const HEADER: usize = 8;

pub(super) fn find(bytes: &[u8], visit: &mut Visit<'_>) -> ControlFlow<()> {
    let Ok(mut file) = CompoundFile::open(Cursor::new(bytes)) else {
        return ControlFlow::Continue(());
    };
    let raw = ole::stream(&mut file, "/PowerPoint Document").unwrap_or_default();
    let mut rest = raw.as_slice();
    let mut number = 0;
    while let Some((&[version, instance, low, high, a, b, c, d], after)) =
        rest.split_first_chunk::<HEADER>()
    {
        let len = u32::from_le_bytes([a, b, c, d]) as usize;
        let content = after.get(..len).unwrap_or(after);
        rest = after.get(len..).unwrap_or_default();
        if u16::from_le_bytes([low, high]) != OBJECT {
            continue;
        }
        number += 1;
        let is_deflated = u16::from_le_bytes([version, instance]) >> 4 == 1;
        let object = match is_deflated {
            true => inflated(content.get(4..).unwrap_or_default()),
            false => content.to_vec(),
        };
        if ole::is_compound(&object) {
            ole::file(&object, &format!("objek {number}"), visit)?;
        }
    }
    ControlFlow::Continue(())
}

fn inflated(raw: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let _ = ZlibDecoder::new(raw).take(MAX_BYTES).read_to_end(&mut out);
    out
}
