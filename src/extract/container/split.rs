//! Containers cut into several files, to fit a mail or a disk. One part alone is no damage: the
//! others are missing, and joining them is a person's work.

use std::io::{Read, Seek, SeekFrom};

/// What begins a ZIP's end, and its length before the comment (APPNOTE 4.3.16).
const ZIP_END: &[u8] = b"PK\x05\x06";
const ZIP_END_BYTES: usize = 22;
/// Bytes at either end of a file in which it says that it is a part: a ZIP's end with the
/// longest comment.
const TELLING_BYTES: u64 = 22 + 65_535;

/// Tells whether a container that cannot be read is a part of one, by what it says of itself or
/// by the name its packer gave it.
pub(super) fn is_part(name: &str, source: &mut (impl Read + Seek)) -> bool {
    has_part_name(name) || ends(source).is_ok_and(|(head, tail)| says_part(&head, &tail))
}

fn ends(source: &mut (impl Read + Seek)) -> std::io::Result<(Vec<u8>, Vec<u8>)> {
    let len = source.seek(SeekFrom::End(0))?;
    let mut read = |from: u64| -> std::io::Result<Vec<u8>> {
        source.seek(SeekFrom::Start(from))?;
        let mut bytes = Vec::new();
        source.take(TELLING_BYTES).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    Ok((read(0)?, read(len.saturating_sub(TELLING_BYTES))?))
}

/// `arsip.zip.001`, `arsip.7z.002`, `arsip.z01`, `arsip.r00`, `arsip.part2.rar`.
fn has_part_name(name: &str) -> bool {
    let is_number = |text: &str| {
        text.len() >= 2 && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit())
    };
    let name = name.to_lowercase();
    let Some((stem, ending)) = name.rsplit_once('.') else {
        return false;
    };
    let of_part = |stem: &str| {
        let (_, part) = stem.rsplit_once('.').unwrap_or_default();
        let number = part.strip_prefix("part").unwrap_or_default();
        !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())
    };
    (is_number(ending) && ending.len() >= 3)
        || ending.strip_prefix(['z', 'r']).is_some_and(is_number)
        || (ending == "rar" && of_part(stem))
}

fn says_part(head: &[u8], tail: &[u8]) -> bool {
    match head {
        [b'P', b'K', 7, 8, b'P', b'K', 3, 4, ..] => true,
        [b'R', b'a', b'r', b'!', 0x1A, 7, 0, archive @ ..] => is_rar4_volume(archive),
        [b'R', b'a', b'r', b'!', 0x1A, 7, 1, 0, archive @ ..] => {
            is_rar5_volume(archive).unwrap_or_default()
        }
        _ => is_last_disk(tail),
    }
}

/// Tells whether a ZIP that ends so began on another disk.
pub(in crate::extract) fn is_last_disk(tail: &[u8]) -> bool {
    let at = tail
        .windows(ZIP_END.len())
        .rposition(|four| four == ZIP_END);
    let end = at.and_then(|at| tail.get(at..)).unwrap_or_default();
    let number = |at: usize| match end.get(at..at + 2) {
        Some([low, high]) => u16::from_le_bytes([*low, *high]),
        _ => 0,
    };
    // All ones send to the longer record of ZIP64.
    let (disk, comment) = (number(4), usize::from(number(20)));
    disk != 0 && disk != u16::MAX && end.len() == ZIP_END_BYTES + comment
}

/// RAR 4: CRC, type 0x73, flags, of which the first is for volumes (technote, "main header").
fn is_rar4_volume(archive: &[u8]) -> bool {
    matches!(archive, [_, _, 0x73, flags, ..] if flags & 1 == 1)
}

/// RAR 5: CRC, then numbers of varying length: size, type 1, flags, the size of the extra area
/// where flags say so, archive flags, of which the first is for volumes (RAR 5.0 archive format,
/// "main archive header").
fn is_rar5_volume(archive: &[u8]) -> Option<bool> {
    let mut rest = archive.get(4..)?.iter();
    let mut number = || {
        let mut value = 0u64;
        for shift in (0..63).step_by(7) {
            let byte = *rest.next()?;
            value |= u64::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    };
    let (_size, kind, flags) = (number()?, number()?, number()?);
    if flags & 1 == 1 {
        number()?;
    }
    Some(kind == 1 && number()? & 1 == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_parts() {
        for name in [
            "a.zip.001",
            "a.7z.012",
            "a.z01",
            "A.R00",
            "b.part2.rar",
            "b.part01.RAR",
        ] {
            assert!(has_part_name(name), "{name}");
        }
        for name in [
            "a.zip",
            "a.7z",
            "Perda 12",
            "notula.12",
            "b.rar",
            "bagian2.rar",
            "z",
        ] {
            assert!(!has_part_name(name), "{name}");
        }
    }

    #[test]
    fn a_zip_says_by_its_ends_that_it_is_a_part() {
        let mut end = [0u8; ZIP_END_BYTES + 3];
        end[..4].copy_from_slice(ZIP_END);
        end[20] = 3;
        assert!(!is_last_disk(&end), "the only disk");
        end[4] = 2;
        assert!(is_last_disk(&end));
        assert!(!is_last_disk(&end[..24]), "the comment is cut");
        assert!(says_part(b"PK\x07\x08PK\x03\x04", b""));
        assert!(!says_part(b"PK\x03\x04", b""));
    }

    #[test]
    fn a_rar_says_in_its_header_that_it_is_a_volume() {
        let four =
            |flags: u8| [b"Rar!\x1A\x07\0".as_slice(), &[9, 9, 0x73, flags, 0]].concat();
        assert!(says_part(&four(0x11), b""));
        assert!(!says_part(&four(0x10), b""));
        let five = |rest: &[u8]| [b"Rar!\x1A\x07\x01\0", rest].concat();
        assert!(says_part(&five(&[9, 9, 9, 9, 0x83, 0, 1, 0, 1]), b""));
        assert!(says_part(&five(&[9, 9, 9, 9, 7, 1, 1, 0x80, 1, 3]), b""));
        assert!(!says_part(&five(&[9, 9, 9, 9, 3, 1, 0, 0]), b""));
        assert!(!says_part(&five(&[9, 9, 9, 9, 3, 1]), b""), "cut short");
    }
}
