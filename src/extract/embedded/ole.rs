//! What an OLE object holds: a file of any kind, wrapped by the program that inserted it, or a
//! document that is the object itself ([MS-OLEDS], [MS-CFB]).

use super::{Content, MAX_BYTES, Visit, named};
use cfb::CompoundFile;
use encoding_rs::{UTF_16LE, WINDOWS_1252};
use std::{
    io::{Cursor, Read as _, Seek, Write as _},
    ops::ControlFlow,
    path::Path,
};

/// Storages of one file looked at, and entries copied of one.
const MAX_STORAGES: usize = 2_000;
const MAX_ENTRIES: usize = 4_096;
/// The stream of a file that Windows packed ([MS-OLEDS] 2.3.6).
const NATIVE: &str = "\u{1}Ole10Native";
/// Streams that hold the whole file: of today's Office, of Acrobat, of `OpenOffice`.
const WHOLE: [&str; 4] = ["Package", "CONTENTS", "EmbeddedOdf", "package_stream"];
/// Streams and storages of objects that hold no file: formulas, which are drawn, and macros.
const NO_FILE: [&str; 3] = ["Equation Native", "VBA", "_VBA_PROJECT_CUR"];

type Compound<'a> = CompoundFile<Cursor<&'a [u8]>>;

/// Tells whether bytes are a compound file.
pub(super) fn is_compound(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])
}

/// Finds the objects in storages below `folder` whose names begin with `prefix`.
pub(super) fn pool(
    bytes: &[u8],
    folder: &str,
    prefix: &str,
    visit: &mut Visit<'_>,
) -> ControlFlow<()> {
    let Ok(mut file) = CompoundFile::open(Cursor::new(bytes)) else {
        return ControlFlow::Continue(());
    };
    for storage in storages(&file, folder, prefix) {
        visit_object(&mut file, &storage, "", visit)?;
    }
    ControlFlow::Continue(())
}

/// Returns the paths of the storages below `folder` whose names begin with `prefix`.
pub(super) fn storages(file: &Compound<'_>, folder: &str, prefix: &str) -> Vec<String> {
    let Ok(entries) = file.read_storage(folder) else {
        return Vec::new();
    };
    let storages =
        entries.filter(|entry| entry.is_storage() && entry.name().starts_with(prefix));
    let path = |name: &str| format!("{}/{name}", folder.trim_end_matches('/'));
    let paths = storages.take(MAX_STORAGES).map(|entry| path(entry.name()));
    paths.collect()
}

/// Hands over what a compound file that is one object holds.
pub(super) fn file(raw: &[u8], stem: &str, visit: &mut Visit<'_>) -> ControlFlow<()> {
    match CompoundFile::open(Cursor::new(raw)) {
        Ok(mut file) => visit_object(&mut file, "/", stem, visit),
        Err(_) => visit(&named(stem, raw), Content::Whole(raw)),
    }
}

/// Hands over what the object in a storage holds. `stem` names it where it has no name of its
/// own; without one, it is the storage's.
pub(super) fn visit_object(
    file: &mut Compound<'_>,
    storage: &str,
    stem: &str,
    visit: &mut Visit<'_>,
) -> ControlFlow<()> {
    let Ok(entries) = file.read_storage(storage) else {
        return ControlFlow::Continue(());
    };
    let names: Vec<String> = entries
        .take(MAX_ENTRIES)
        .map(|entry| entry.name().to_owned())
        .collect();
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    let path = |name: &str| format!("{}/{name}", storage.trim_end_matches('/'));
    let stem = match stem {
        "" => storage.rsplit('/').next().unwrap_or_default(),
        stem => stem,
    };
    // What only describes an object begins with a control character.
    let is_told = |name: &String| name.starts_with(char::is_control);
    if NO_FILE.iter().any(|name| has(name))
        || names.iter().all(|n| is_told(n) && n != NATIVE)
    {
        return ControlFlow::Continue(());
    }
    if has(NATIVE) {
        let Some(raw) = stream(file, &path(NATIVE)) else {
            return visit(stem, Content::TooLarge);
        };
        let data = raw.get(4..).unwrap_or_default();
        return match packed(data) {
            Some((name, data)) => visit(&name, Content::Whole(data)),
            None => visit(&named(stem, data), Content::Whole(data)),
        };
    }
    if let Some(name) = WHOLE.iter().find(|name| has(name)) {
        return match stream(file, &path(name)) {
            Some(raw) => visit(&named(stem, &raw), Content::Whole(&raw)),
            None => visit(stem, Content::TooLarge),
        };
    }
    match copied(file, storage) {
        Some(raw) => visit(&named(stem, &raw), Content::Whole(&raw)),
        None => visit(stem, Content::Broken),
    }
}

/// Reads a stream, if it is there and not too large.
pub(super) fn stream(file: &mut Compound<'_>, path: &str) -> Option<Vec<u8>> {
    let mut raw = Vec::new();
    let found = file.open_stream(path).ok()?;
    if found.len() > MAX_BYTES {
        return None;
    }
    found.take(MAX_BYTES).read_to_end(&mut raw).ok()?;
    Some(raw)
}

/// Makes a compound file of a storage inside another.
pub(super) fn copied(file: &mut Compound<'_>, storage: &str) -> Option<Vec<u8>> {
    let entries = file.walk_storage(storage).ok()?.take(MAX_ENTRIES);
    let entries: Vec<(String, bool)> = entries
        .filter_map(|entry| Some((text(entry.path())?, entry.is_stream())))
        .collect();
    let mut made = CompoundFile::create(Cursor::new(Vec::new())).ok()?;
    let mut left = MAX_BYTES;
    for (path, is_stream) in entries {
        let inner = path.strip_prefix(storage).unwrap_or(&path);
        let inner = format!("/{}", inner.trim_start_matches('/'));
        if inner == "/" {
            continue;
        }
        if is_stream {
            let raw = stream(file, &path)?;
            left = left.checked_sub(raw.len() as u64)?;
            made.create_stream(&inner).ok()?.write_all(&raw).ok()?;
        } else {
            made.create_storage_all(&inner).ok()?;
        }
    }
    made.flush().ok()?;
    let mut whole = made.into_inner();
    whole.rewind().ok()?;
    Some(whole.into_inner())
}

fn text(path: &Path) -> Option<String> {
    // Paths inside are written with the separator of the system this runs on.
    path.to_str().map(|path| path.replace('\\', "/"))
}

/// Takes apart what the packager of Windows writes: mark, label, path, kind, path, bytes, and
/// since Vista label and paths in Unicode.
pub(super) fn packed(data: &[u8]) -> Option<(String, &[u8])> {
    let rest = data.strip_prefix(&[2, 0])?;
    let (label, rest) = zero_ended(rest)?;
    let (source, rest) = zero_ended(rest)?;
    let (_, rest) = sized(rest.get(4..)?)?;
    let (content, rest) = sized(rest)?;
    let wide = |raw: &[u8]| UTF_16LE.decode_without_bom_handling(raw).0.into_owned();
    let mut names = Vec::new();
    let mut rest = rest;
    // The temporary path, the label, the path it came from.
    for _ in 0..3 {
        let Some((units, after)) = number(rest) else {
            break;
        };
        let Some(raw) = after.get(..units.saturating_mul(2)) else {
            break;
        };
        names.push(wide(raw));
        rest = after.get(raw.len()..).unwrap_or_default();
    }
    let narrow = |raw| WINDOWS_1252.decode_without_bom_handling(raw).0.into_owned();
    let label = names.into_iter().nth(1).unwrap_or_else(|| narrow(label));
    let name = if label.trim().is_empty() {
        narrow(source)
    } else {
        label
    };
    let name = name
        .rsplit(['/', '\\'])
        .next()
        .unwrap_or_default()
        .to_owned();
    Some((name, content))
}

fn zero_ended(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = bytes.iter().position(|byte| *byte == 0)?;
    Some((bytes.get(..end)?, bytes.get(end + 1..)?))
}

/// Splits off a number of 32 bits.
pub(super) fn number(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (raw, rest) = bytes.split_first_chunk::<4>()?;
    Some((u32::from_le_bytes(*raw) as usize, rest))
}

/// Splits off bytes that follow their number.
pub(super) fn sized(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (len, rest) = number(bytes)?;
    rest.split_at_checked(len)
}
