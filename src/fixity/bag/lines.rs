//! The tag files of a package, line by line: `bagit.txt`, manifests, `bag-info.txt`,
//! `fetch.txt`.

use super::{Algorithm, BagFault, BagRemark};

/// What `bagit.txt` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Declaration {
    /// The version, major and minor.
    pub version: (u32, u32),
    /// The encoding of all other tag files.
    pub encoding: &'static encoding_rs::Encoding,
}

impl Declaration {
    /// Tells whether the strict rules of RFC 8493 hold, not those of the drafts before it.
    pub fn is_strict(&self) -> bool {
        self.version >= (1, 0)
    }
}

/// The versions with rules that are known: the drafts 0.93 to 0.97, and RFC 8493.
const VERSIONS: [(u32, u32); 6] = [(0, 93), (0, 94), (0, 95), (0, 96), (0, 97), (1, 0)];

/// Reads `bagit.txt`.
///
/// # Errors
/// With what is wrong.
pub(super) fn declaration(bytes: &[u8]) -> Result<Declaration, BagRemark> {
    let wrong =
        |fault, detail: &str| Err(BagRemark::error(fault, "bagit.txt").because(detail));
    let Ok(text) = std::str::from_utf8(bytes) else {
        return wrong(BagFault::BadDeclaration, "UTF-8");
    };
    if text.starts_with('\u{feff}') {
        return wrong(BagFault::BadDeclaration, "BOM");
    }
    let mut lines = text.lines();
    let (first, second, rest) = (lines.next(), lines.next(), lines.next());
    let version = first.and_then(|line| line.strip_prefix("BagIt-Version: "));
    let encoding =
        second.and_then(|line| line.strip_prefix("Tag-File-Character-Encoding: "));
    let (Some(version), Some(encoding), None) = (version, encoding, rest) else {
        return wrong(BagFault::BadDeclaration, first.unwrap_or_default());
    };
    let Some(version) = version_of(version) else {
        return wrong(BagFault::UnknownVersion, version);
    };
    let label = encoding.trim_end();
    let Some(encoding) = encoding_rs::Encoding::for_label(label.as_bytes()) else {
        return wrong(BagFault::UnknownEncoding, label);
    };
    Ok(Declaration { version, encoding })
}

fn version_of(text: &str) -> Option<(u32, u32)> {
    // The drafts did not forbid white space at the end of the line; RFC 8493 does.
    let (major, minor) = text.trim_end().split_once('.')?;
    let is_number =
        |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !is_number(major) || !is_number(minor) {
        return None;
    }
    let version = (major.parse().ok()?, minor.parse().ok()?);
    let is_exact = text.trim_end() == text;
    (VERSIONS.contains(&version) && (is_exact || version < (1, 0))).then_some(version)
}

/// A line of a manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The digest, lower case.
    pub digest: String,
    /// The path, relative to the package.
    pub path: String,
}

/// Reads a manifest; what cannot be used is told and left out.
pub(super) fn manifest(
    name: &str,
    algorithm: Algorithm,
    text: &str,
    declaration: &Declaration,
    remarks: &mut Vec<BagRemark>,
) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        if line.trim().is_empty() {
            continue;
        }
        let at = || format!("{name}:{number}");
        let Some((digest, rest)) = line.split_once([' ', '\t']) else {
            remarks.push(BagRemark::error(BagFault::BadLine, "").because(at()));
            continue;
        };
        let is_digest = digest.len() == algorithm.digits()
            && digest.bytes().all(|b| b.is_ascii_hexdigit());
        let written = rest.trim_start_matches([' ', '\t']);
        if !is_digest || written.is_empty() {
            remarks.push(BagRemark::error(BagFault::BadLine, written).because(at()));
            continue;
        }
        let plain = written.strip_prefix('*').unwrap_or(written);
        if plain != written {
            remarks.push(BagRemark::warning(BagFault::Asterisk, plain).because(at()));
        }
        let path = decode_path(plain, declaration);
        let Some(path) = entry_path(&path, &at(), remarks) else {
            continue;
        };
        let digest = digest.to_ascii_lowercase();
        entries.push(Entry { digest, path });
    }
    entries
}

/// Reads the paths of `fetch.txt`: `URL LENGTH PATH` a line. Nothing is ever fetched.
pub(super) fn fetch(
    text: &str,
    declaration: &Declaration,
    remarks: &mut Vec<BagRemark>,
) -> Vec<String> {
    let mut paths = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        if line.trim().is_empty() {
            continue;
        }
        let at = format!("fetch.txt:{number}");
        let mut parts = line.splitn(3, char::is_whitespace);
        let (url, len, path) = (parts.next(), parts.next(), parts.next());
        let is_len = |len: &str| len == "-" || len.bytes().all(|b| b.is_ascii_digit());
        match (url, len, path) {
            (Some(_), Some(len), Some(path)) if is_len(len) => {
                let path = decode_path(path.trim_start(), declaration);
                paths.extend(entry_path(&path, &at, remarks));
            }
            _ => remarks.push(BagRemark::error(BagFault::BadLine, "").because(at)),
        }
    }
    paths
}

/// Returns the path of an entry without a leading `./`; `None`, told, where it is unsafe.
fn entry_path(path: &str, at: &str, remarks: &mut Vec<BagRemark>) -> Option<String> {
    let bare = path.strip_prefix("./").unwrap_or(path);
    if !is_safe(bare) {
        remarks.push(BagRemark::error(BagFault::UnsafePath, path).because(at));
        return None;
    }
    if bare != path {
        remarks.push(BagRemark::warning(BagFault::DotSlash, bare).because(at));
    }
    if bare.contains('\\') {
        remarks.push(BagRemark::warning(BagFault::Backslash, bare).because(at));
    }
    Some(bare.to_owned())
}

/// Tells whether a path stays within its package on every system: relative, no `..`, no
/// drive, no home folder, no variable, nothing empty.
pub fn is_safe(path: &str) -> bool {
    let is_plain = |name: &str| !matches!(name, "" | "." | "..");
    let first = path.split(['/', '\\']).next().unwrap_or_default();
    path.split('/').all(is_plain)
        && path.split('\\').all(|name| name != "..")
        && !path.starts_with('\\')
        && !path.starts_with('~')
        && !path.contains('\0')
        && !first.contains(':')
        && !(first.starts_with('%') && first.len() > 1 && first.ends_with('%'))
}

/// Undoes the escapes of a path: RFC 8493 knows those of CR, LF and `%`; the drafts before it
/// those of CR and LF.
fn decode_path(path: &str, declaration: &Declaration) -> String {
    let mut decoded = String::with_capacity(path.len());
    let mut rest = path;
    while let Some(at) = rest.find('%') {
        let (before, from) = rest.split_at(at);
        decoded.push_str(before);
        let code = from.get(1..3).map(str::to_ascii_uppercase);
        let (c, len) = match code.as_deref() {
            Some("0A") => ('\n', 3),
            Some("0D") => ('\r', 3),
            Some("25") if declaration.is_strict() => ('%', 3),
            _ => ('%', 1),
        };
        decoded.push(c);
        rest = from.get(len..).unwrap_or_default();
    }
    decoded.push_str(rest);
    decoded
}

/// Returns a path as RFC 8493 writes it into manifests.
pub fn encode_path(path: &str) -> String {
    path.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Returns a line of a manifest, as the coreutils' `sha256sum -c` reads it, too.
pub fn manifest_line(digest: &str, path: &str) -> String {
    format!("{digest}  {}\n", encode_path(path))
}

/// A label of `bag-info.txt` with its value; labels may repeat, and their order counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InfoLine {
    /// The label as written, such as `Source-Organization`.
    pub label: String,
    /// The value, its lines joined by spaces.
    pub value: String,
}

/// Reads `bag-info.txt`.
pub(super) fn info(
    text: &str,
    declaration: &Declaration,
    remarks: &mut Vec<BagRemark>,
) -> Vec<InfoLine> {
    let mut lines: Vec<InfoLine> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let at = format!("bag-info.txt:{number}");
        if line.trim().is_empty() {
            continue;
        }
        if line.starts_with([' ', '\t']) {
            match lines.last_mut() {
                Some(last) => {
                    last.value.push(' ');
                    last.value.push_str(line.trim());
                }
                None => {
                    remarks.push(BagRemark::error(BagFault::BadLine, "").because(at));
                }
            }
            continue;
        }
        let Some((label, value)) = line.split_once(':') else {
            remarks.push(BagRemark::error(BagFault::BadLine, "").because(at));
            continue;
        };
        if declaration.is_strict() && label.trim_end() != label {
            let remark = BagRemark::warning(BagFault::SpaceBeforeColon, "");
            remarks.push(remark.because(at));
        }
        lines.push(InfoLine {
            label: label.trim_end().to_owned(),
            value: value.trim().to_owned(),
        });
    }
    lines
}
