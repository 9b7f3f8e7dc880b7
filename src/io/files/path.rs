//! Paths as text: the catalog, JSON and people need text, file systems keep bytes. A name that
//! is not valid Unicode keeps its odd bytes as private-use characters, so that it is shown,
//! sorted and compared without being confused with another.

use crate::model::INSIDE;
use std::{
    borrow::Cow,
    ffi::OsStr,
    path::{Path, PathBuf},
};
use unicode_normalization::UnicodeNormalization;

/// The private-use character for odd byte 0x00; byte `b` becomes this plus `b`.
#[cfg(unix)]
const ODD_BYTE: u32 = 0xF700;

/// Returns the path as text, without the `\\?\` that Windows puts before long paths.
pub fn to_text(path: &Path) -> String {
    let text = name_to_text(path.as_os_str());
    if let Some(rest) = text.strip_prefix(r"\\?\UNC\") {
        return format!(r"\\{rest}");
    }
    match text.strip_prefix(r"\\?\") {
        Some(rest) => rest.to_owned(),
        None => text.into_owned(),
    }
}

/// Returns a path as text with `/` between folders on every system; a container is a folder,
/// too.
pub fn slashed(path: &str) -> String {
    path.replace(std::path::MAIN_SEPARATOR, "/")
        .replace(INSIDE, "/")
}

/// Returns one name of a path as [`to_text`] writes it.
#[cfg(unix)]
pub fn name_to_text(name: &OsStr) -> Cow<'_, str> {
    use std::os::unix::ffi::OsStrExt;
    if let Some(text) = name.to_str() {
        return Cow::Borrowed(text);
    }
    let mut text = String::new();
    for chunk in name.as_bytes().utf8_chunks() {
        text.push_str(chunk.valid());
        let odd = chunk.invalid().iter();
        text.extend(odd.filter_map(|b| char::from_u32(ODD_BYTE + u32::from(*b))));
    }
    Cow::Owned(text)
}

/// Returns one name of a path as [`to_text`] writes it.
#[cfg(not(unix))]
pub fn name_to_text(name: &OsStr) -> Cow<'_, str> {
    name.to_string_lossy()
}

/// Returns the path that [`to_text`] made the text from.
#[cfg(unix)]
pub fn from_text(text: &str) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    let mut bytes = Vec::with_capacity(text.len());
    for c in text.chars() {
        match u32::from(c)
            .checked_sub(ODD_BYTE)
            .and_then(|b| u8::try_from(b).ok())
        {
            Some(odd) if odd >= 0x80 => bytes.push(odd),
            _ => bytes.extend(c.encode_utf8(&mut [0; 4]).bytes()),
        }
    }
    PathBuf::from(std::ffi::OsString::from_vec(bytes))
}

/// Returns the path that [`to_text`] made the text from. The `\\?\` is put before it again, by
/// which Windows takes each name as it stands: without, `a.` would be `a`, another file, and
/// `con.pdf` a device.
#[cfg(not(unix))]
pub fn from_text(text: &str) -> PathBuf {
    // Typed by a person, it may hold what only stands for a name.
    let is_plain = |text: &str| {
        let folders = text.rsplit_once('\\').map_or("", |(folders, _)| folders);
        let mut names = folders.split('\\');
        !text.contains('/')
            && names.all(|name| !name.is_empty())
            && !text.split('\\').any(|name| matches!(name, "." | ".."))
    };
    let is_drive = matches!(text.as_bytes(), [letter, b':', b'\\', ..] if letter.is_ascii_alphabetic());
    match text.strip_prefix(r"\\") {
        Some(server) if !server.starts_with(['?', '.']) && is_plain(server) => {
            PathBuf::from(format!(r"\\?\UNC\{server}"))
        }
        None if is_drive && is_plain(text) => PathBuf::from(format!(r"\\?\{text}")),
        _ => PathBuf::from(text),
    }
}

/// Returns the one name that a path has, links resolved. Some drives of Windows (in memory, of
/// cloud programs) cannot tell it: there it is the path as it was given, from its root.
///
/// # Errors
/// When there is nothing at the path, or it cannot be reached.
pub fn resolved(path: &Path) -> std::io::Result<PathBuf> {
    let found = std::fs::canonicalize(path);
    if cfg!(windows) && found.is_err() && path.exists() {
        return Ok(from_text(&to_text(&std::path::absolute(path)?)));
    }
    found
}

/// Returns the ways in which systems may have written a name: as it is, with its accents put
/// together (as Windows and Linux do), and taken apart (as macOS does).
pub fn spellings(name: &str) -> Vec<String> {
    let mut spellings = vec![name.to_owned(), joined(name), name.nfd().collect()];
    spellings.dedup();
    spellings
}

/// Returns a name with its accents put together: two spellings of one name become the same.
pub fn joined(name: &str) -> String {
    name.nfc().collect()
}

/// Returns the text with control characters made visible: a file name must not be able to
/// steer a terminal.
pub fn printable(text: &str) -> String {
    text.chars()
        .map(|c| {
            let hidden = c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{F780}'..='\u{F7FF}');
            if hidden { '\u{FFFD}' } else { c }
        })
        .collect()
}

/// Returns the text as [`printable`] does, line by line.
pub fn printable_lines(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(printable).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn odd_bytes_survive() {
        use std::os::unix::ffi::OsStrExt;
        let name: &[u8] = b"/share/f\xe9\xff \xc3\xa9.pdf";
        let path = Path::new(std::ffi::OsStr::from_bytes(name));
        let text = to_text(path);
        assert_eq!(from_text(&text), path);
        assert!(text.ends_with(" \u{e9}.pdf"));
    }

    #[test]
    fn windows_long_paths_read_as_people_write_them() {
        assert_eq!(to_text(Path::new(r"\\?\C:\a")), r"C:\a");
        assert_eq!(to_text(Path::new(r"\\?\UNC\srv\share")), r"\\srv\share");
    }

    #[cfg(windows)]
    #[test]
    fn a_text_names_the_very_file_again() {
        let same = [
            r"\\?\C:\share\laporan.",
            r"\\?\C:\share\con.pdf",
            r"\\?\UNC\srv\share\a ",
            r"\\?\C:\",
            r"\\?\UNC\srv\share\",
        ];
        for path in same.map(Path::new) {
            assert_eq!(from_text(&to_text(path)).as_os_str(), path.as_os_str());
        }
        // As people type them: the system makes sense of them.
        for typed in [
            r"C:\a\..\b",
            "C:/a",
            r"C:a",
            r"a\b",
            r"\a",
            r"C:\a\\b",
            r"\\.\nul",
            "",
        ] {
            assert_eq!(from_text(typed).as_os_str(), typed, "{typed}");
        }
    }

    #[test]
    fn a_name_cannot_steer_the_terminal() {
        assert_eq!(printable("a\x1b[2Jb\u{202e}c"), "a\u{fffd}[2Jb\u{fffd}c");
    }
}
