//! Takes the bytes of a file and gives its format. Names are not trusted: a scan named `.docx`
//! is a scan. Apart, because everything after it relies on nothing but this answer.

use super::{document, find, text};
use crate::model::MediaType;
use std::io::Cursor;

/// Bytes in which a PDF's header may stand (Adobe PDF Reference 1.7, appendix H, note 13).
const PDF_HEADER_WITHIN: usize = 1024;
/// Bytes looked at to tell text from anything else.
const TEXT_SAMPLE: usize = 64 * 1024;
/// Where a TAR's magic stands (POSIX.1-1988 ustar).
const TAR_MAGIC_AT: usize = 257;
/// Bytes in which a web page shows that it is one.
const HTML_WITHIN: usize = 1024;
/// Bytes of which none is a control character in text only: in binary data one of ten is, and
/// 0.9 to this power is none.
const LONG_WITHOUT_CONTROLS: usize = 256;
/// Members of a ZIP looked at; office files name their parts early.
const ZIP_NAMES: usize = 2000;

/// Bytes of the list of types of a package: an entry a part.
const MAX_TYPES: u64 = 4 << 20;

/// Bytes at the start of a file from which [`may_have_members`] tells.
pub const HEAD_BYTES: usize = 1024;

/// Tells whether a file that begins with `head` could have files inside. Cheap and generous: a
/// DOCX is a ZIP too.
pub fn may_have_members(head: &[u8]) -> bool {
    let is_field = |line: &[u8]| {
        let name = line.split(|byte| *byte == b':').next().unwrap_or_default();
        let of_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
        name.len() < line.len() && !name.is_empty() && name.iter().all(of_name)
    };
    match head {
        [b'P', b'K', 3, 4, ..]
        | [b'P', b'K', 5, 6, ..]
        | [b'P', b'K', 7, 8, ..]
        | [0xD0, 0xCF, 0x11, 0xE0, ..] => true,
        // A mail begins with a header field (RFC 5322, 2.2).
        _ if is_field(head.split(|byte| *byte == b'\n').next().unwrap_or_default()) => {
            true
        }
        _ => by_magic(head).is_some_and(|m| m.has_members() || m.may_embed()),
    }
}

/// Returns the format that `bytes` have.
pub fn sniff(bytes: &[u8]) -> MediaType {
    if bytes.is_empty() {
        return MediaType::Empty;
    }
    by_magic(bytes).unwrap_or_else(|| {
        let head = bytes.get(..PDF_HEADER_WITHIN).unwrap_or(bytes);
        if find(head, b"%PDF-").is_some() && !only_names_pdf(bytes) {
            MediaType::Pdf
        } else if ends_as_zip(bytes) {
            zip_kind(bytes)
        } else {
            textual(bytes)
        }
    })
}

/// Tells whether a file in which the header of a PDF stands somewhere is a text that speaks of
/// it, such as a script: it is text throughout, and no object of a PDF is in it.
fn only_names_pdf(bytes: &[u8]) -> bool {
    find(bytes, b" obj").is_none() && textual(bytes) == MediaType::Text
}

/// Tells whether the ending of `file_name` belongs to another format than `media`. A name
/// without an ending, or with one that no format claims, is not wrong.
pub fn wrong_extension(file_name: &str, media: MediaType) -> bool {
    let Some((stem, ending)) = file_name.rsplit_once('.') else {
        return false;
    };
    if stem.is_empty() {
        return false;
    }
    let ending = ending.to_lowercase();
    let claimed = CLAIMING
        .iter()
        .any(|m| m.extensions().contains(&ending.as_str()));
    match media {
        MediaType::Empty | MediaType::Unknown => false,
        _ => claimed && !media.extensions().contains(&ending.as_str()),
    }
}

/// Tells whether a file is what a server answered in place of the document that its name
/// promises: a page to log in, a message that something is wrong. Web programs hand out tables
/// and letters as web pages under the names of Excel and Word; those are documents, unless they
/// ask for a password.
pub fn is_answer_instead(file_name: &str, media: MediaType, bytes: &[u8]) -> bool {
    let ending = file_name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_lowercase());
    let ending = ending.as_deref().unwrap_or_default();
    let is_of = |media: &MediaType| media.extensions().contains(&ending);
    let promised = CLAIMING
        .iter()
        .filter(|media| !matches!(media, MediaType::Html | MediaType::Mail))
        .find(|media| is_of(media));
    let is_fixed = |media: &MediaType| {
        media.has_sheets() || media.has_members() || *media == MediaType::Video
    };
    let head = bytes.get(..TEXT_SAMPLE).unwrap_or(bytes);
    match (media, promised) {
        (MediaType::Html, Some(promised)) => {
            is_fixed(promised) || asks_for_password(head)
        }
        // A message of a program, not words of a person.
        (MediaType::Text, Some(promised)) => {
            let begins = head.trim_ascii_start().first();
            is_fixed(promised) && matches!(begins, Some(b'{' | b'<'))
        }
        _ => false,
    }
}

fn asks_for_password(head: &[u8]) -> bool {
    let head = head.to_ascii_lowercase();
    [
        &b"type=\"password\""[..],
        b"type='password'",
        b"type=password",
    ]
    .iter()
    .any(|field| find(&head, field).is_some())
}

/// Formats whose endings say what a file is. `.doc`, shared by two, is in both.
const CLAIMING: [MediaType; 30] = [
    MediaType::Pdf,
    MediaType::Jpeg,
    MediaType::Png,
    MediaType::Tiff,
    MediaType::Webp,
    MediaType::Bmp,
    MediaType::Gif,
    MediaType::Heic,
    MediaType::Docx,
    MediaType::Xlsx,
    MediaType::Pptx,
    MediaType::OpenDocument,
    MediaType::Doc,
    MediaType::Xls,
    MediaType::Ppt,
    MediaType::Msg,
    MediaType::Ole,
    MediaType::Rtf,
    MediaType::Html,
    MediaType::Mail,
    MediaType::OfficeXml,
    MediaType::Pointer,
    MediaType::Zip,
    MediaType::SevenZip,
    MediaType::Rar,
    MediaType::Tar,
    MediaType::Gzip,
    MediaType::Bzip2,
    MediaType::Xz,
    MediaType::Video,
];

fn by_magic(bytes: &[u8]) -> Option<MediaType> {
    let media = match bytes {
        [b'%', b'P', b'D', b'F', b'-', ..] => MediaType::Pdf,
        [0xFF, 0xD8, 0xFF, ..] => MediaType::Jpeg,
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => MediaType::Png,
        [b'I', b'I', 42 | 43, 0, ..] | [b'M', b'M', 0, 42 | 43, ..] => MediaType::Tiff,
        [b'R', b'I', b'F', b'F', rest @ ..] if rest.get(4..8) == Some(b"WEBP") => {
            MediaType::Webp
        }
        [b'B', b'M', ..] if is_bitmap(bytes) => MediaType::Bmp,
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => MediaType::Gif,
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] => brand_of(brand),
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => zip_kind(bytes),
        // The first of several disks (APPNOTE 8.5.3).
        [b'P', b'K', 7, 8, b'P', b'K', 3, 4, ..] => MediaType::Zip,
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..] => document::ole_kind(bytes),
        [b'{', b'\\', b'r', b't', b'f', ..] => MediaType::Rtf,
        [0x78, 0x9F, 0x3E, 0x22, ..] => MediaType::Tnef,
        [0x4C, 0, 0, 0, 1, 0x14, 2, 0, ..] if document::is_pointer(bytes, "") => {
            MediaType::Pointer
        }
        [b'7', b'z', 0xBC, 0xAF, 0x27, 0x1C, ..] => MediaType::SevenZip,
        [b'R', b'a', b'r', b'!', 0x1A, 7, ..] => MediaType::Rar,
        [0x1F, 0x8B, 8, ..] => MediaType::Gzip,
        // Either magic of a block follows, or of an end.
        [
            b'B',
            b'Z',
            b'h',
            b'1'..=b'9',
            0x31,
            0x41,
            0x59,
            0x26,
            0x53,
            0x59,
            ..,
        ]
        | [
            b'B',
            b'Z',
            b'h',
            b'1'..=b'9',
            0x17,
            0x72,
            0x45,
            0x38,
            0x50,
            0x90,
            ..,
        ] => MediaType::Bzip2,
        [0xFD, b'7', b'z', b'X', b'Z', 0, ..] => MediaType::Xz,
        _ if is_tar(bytes) => MediaType::Tar,
        _ => return None,
    };
    Some(media)
}

/// POSIX says so by its magic; a TAR from before has nothing but the checksum of its record.
fn is_tar(bytes: &[u8]) -> bool {
    bytes.get(TAR_MAGIC_AT..TAR_MAGIC_AT + 5) == Some(b"ustar")
        || bytes
            .get(..512)
            .is_some_and(super::container::is_tar_record)
}

/// `BM` begins many a word: the size of the second header (12 to 124) must follow.
fn is_bitmap(bytes: &[u8]) -> bool {
    matches!(
        bytes.get(14..18),
        Some([12 | 40 | 52 | 56 | 64 | 108 | 124, 0, 0, 0])
    )
}

/// Tells pictures from films by the brand of an ISO base media file (ISO 14496-12, 4.3).
fn brand_of(brand: &[u8]) -> MediaType {
    match brand {
        [b'h', b'e', b'i' | b'v', ..]
        | [b'm', b'i', b'f' | b'a', b'1', ..]
        | [b'm', b's', b'f', b'1', ..]
        | [b'a', b'v', b'i', ..] => MediaType::Heic,
        _ => MediaType::Video,
    }
}

/// A ZIP is found from its end: anything may stand before it, such as the program of a
/// self-extracting one (APPNOTE 4.3.16: 22 bytes, and a comment of at most 65,535).
fn ends_as_zip(bytes: &[u8]) -> bool {
    const END: &[u8] = b"PK\x05\x06";
    let from = bytes.len().saturating_sub(22 + 65_535);
    let tail = bytes.get(from..).unwrap_or_default();
    let opens = || super::guard(|| zip::ZipArchive::new(Cursor::new(bytes)).map(|_| ()));
    find(tail, END).is_some()
        && (super::container::is_last_disk(tail) || matches!(opens(), Ok(Ok(()))))
}

/// Tells the office formats among ZIP containers by the names of their parts.
fn zip_kind(bytes: &[u8]) -> MediaType {
    let listed = super::guard(|| zip::ZipArchive::new(Cursor::new(bytes)));
    let Ok(Ok(archive)) = listed else {
        return zip_kind_by_bytes(bytes);
    };
    let (mut has_content, mut has_manifest) = (false, false);
    for name in archive.file_names().take(ZIP_NAMES).flatten() {
        match &*name {
            "word/document.xml" => return MediaType::Docx,
            "xl/workbook.xml" | "xl/workbook.bin" => return MediaType::Xlsx,
            "ppt/presentation.xml" => return MediaType::Pptx,
            "content.xml" => has_content = true,
            "META-INF/manifest.xml" => has_manifest = true,
            _ => {}
        }
    }
    if let Some(media) = super::guard(|| by_content_types(bytes)).ok().flatten() {
        return media;
    }
    // One packed anew by hand has its `mimetype` packed, too.
    if is_open_document(bytes) || has_content && has_manifest {
        MediaType::OpenDocument
    } else {
        MediaType::Zip
    }
}

/// Tells an office format by the type that the package gives its main part, whatever the part
/// is called: Word on the web writes `word/document2.xml` (ECMA-376 part 2, 6.2.3).
fn by_content_types(bytes: &[u8]) -> Option<MediaType> {
    let mut package = document::Package::open(bytes).ok()?;
    let types = package.take("[Content_Types].xml", MAX_TYPES)?;
    let has = |words: &str| find(&types, words.as_bytes()).is_some();
    let of = |words: &[&str]| words.iter().any(|words| has(words));
    if of(&[
        "wordprocessingml.document.main+xml",
        "wordprocessingml.template.main+xml",
    ]) || has("ms-word.document.macroEnabled.main")
        || has("ms-word.template.macroEnabledTemplate.main")
    {
        Some(MediaType::Docx)
    } else if of(&[
        "spreadsheetml.sheet.main+xml",
        "spreadsheetml.template.main+xml",
    ]) || has("ms-excel.sheet.macroEnabled.main")
        || has("ms-excel.template.macroEnabled.main")
        || has("ms-excel.sheet.binary.macroEnabled.main")
    {
        Some(MediaType::Xlsx)
    } else if of(&[
        "presentationml.presentation.main+xml",
        "presentationml.slideshow.main+xml",
    ]) || has("presentationml.template.main+xml")
        || has("ms-powerpoint.presentation.macroEnabled.main")
        || has("ms-powerpoint.slideshow.macroEnabled.main")
    {
        Some(MediaType::Pptx)
    } else {
        None
    }
}

/// A container cut short has lost its list of parts, not their names.
fn zip_kind_by_bytes(bytes: &[u8]) -> MediaType {
    let head = bytes.get(..TEXT_SAMPLE).unwrap_or(bytes);
    let has = |name: &[u8]| find(head, name).is_some();
    if has(b"word/document.xml") {
        MediaType::Docx
    } else if has(b"xl/workbook.xml") {
        MediaType::Xlsx
    } else if has(b"ppt/presentation.xml") {
        MediaType::Pptx
    } else if is_open_document(bytes) {
        MediaType::OpenDocument
    } else {
        MediaType::Zip
    }
}

/// The first member is `mimetype`, stored, so that it can be read here (ODF 1.3, 3.3).
fn is_open_document(bytes: &[u8]) -> bool {
    let head = bytes.get(..128).unwrap_or(bytes);
    find(head, b"mimetypeapplication/vnd.oasis.opendocument").is_some()
}

/// Tells text by what it lacks: control characters and broken UTF-8.
fn textual(bytes: &[u8]) -> MediaType {
    let sample = bytes.get(..TEXT_SAMPLE).unwrap_or(bytes);
    let is_wide = matches!(sample, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..])
        || text::wide(sample).is_some();
    if !is_wide && !is_text(sample) {
        return MediaType::Unknown;
    }
    let head = sample.get(..HTML_WITHIN).unwrap_or(sample);
    let is_html = if is_wide {
        is_html(text::decode(head).as_bytes())
    } else {
        is_html(head)
    };
    let decoded = text::decode(sample);
    if document::is_pointer(bytes, &decoded) {
        MediaType::Pointer
    } else if document::is_office_xml(&decoded) {
        MediaType::OfficeXml
    } else if document::is_mail(bytes) {
        MediaType::Mail
    } else if is_html {
        MediaType::Html
    } else {
        MediaType::Text
    }
}

fn is_text(sample: &[u8]) -> bool {
    let is_control = |b: &&u8| matches!(**b, 0..=8 | 14..=26 | 28..=31 | 127);
    if sample.iter().filter(is_control).count() > 0 {
        return false;
    }
    let is_utf8 = match std::str::from_utf8(sample) {
        Ok(_) => true,
        // The sample may end inside a character.
        Err(error) => error.error_len().is_none() && sample.len() == TEXT_SAMPLE,
    };
    let high = sample.iter().filter(|b| **b >= 0x80).count();
    // Windows-1252 text has some accents; binary data has as many high bytes as low ones. One
    // byte in ten of binary data is a control character, so that without any it is long text
    // in another script.
    is_utf8 || high * 4 < sample.len() || sample.len() >= LONG_WITHOUT_CONTROLS
}

/// Web programs that hand out tables as `.xls` often begin with the table.
fn is_html(head: &[u8]) -> bool {
    let head = head.to_ascii_lowercase();
    let head = head
        .strip_prefix(b"\xEF\xBB\xBF")
        .unwrap_or(&head)
        .trim_ascii_start();
    let begins = [
        &b"<!doctype html"[..],
        b"<table",
        b"<head",
        b"<body",
        b"<meta",
    ];
    begins.iter().any(|tag| head.starts_with(tag)) || find(head, b"<html").is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_bytes_decide() {
        let mut tar = vec![b'a'; 600];
        tar.splice(257..262, *b"ustar");
        for (bytes, expected) in [
            (&b""[..], MediaType::Empty),
            (b"%PDF-1.4\n", MediaType::Pdf),
            (b"\n\njunk%PDF-1.4\n1 0 obj\n", MediaType::Pdf),
            (b"pdf = b'%PDF-1.4'\nprint(pdf)\n", MediaType::Text),
            (b"\xFF\xD8\xFF\xE0", MediaType::Jpeg),
            (b"II*\0\x08\0\0\0", MediaType::Tiff),
            (b"RIFF\0\0\0\0WEBPVP8 ", MediaType::Webp),
            (b"BMW dan mobil dinas lainnya", MediaType::Text),
            (b"\0\0\0\x18ftypheic\0\0\0\0", MediaType::Heic),
            (b"\0\0\0\x18ftypmp42\0\0\0\0", MediaType::Video),
            (b"Peraturan Bupati\r\n", MediaType::Text),
            (b"caf\xE9 dan teman", MediaType::Text),
            (b"s\0u\0r\0a\0t\0 \0i\0n\0i\0", MediaType::Text),
            (b"\xEF\xBB\xBF<table border=1><tr>", MediaType::Html),
            (b"{\\rtf1 isi}", MediaType::Rtf),
            (b"MIME-Version: 1.0\nSubject: x\n\nisi", MediaType::Mail),
            (b"Subject: catatan rapat\n\nisi", MediaType::Text),
            (b"\x1B[1mtebal", MediaType::Text),
            (b"\x01\x02\x03\x04", MediaType::Unknown),
            (b"<!DOCTYPE html><p>", MediaType::Html),
            (&tar, MediaType::Tar),
        ] {
            assert_eq!(sniff(bytes), expected, "{bytes:?}");
        }
    }

    #[test]
    fn a_page_to_log_in_is_no_document() {
        let login = &b"<html><form><input name=p TYPE=\"password\"></form></html>"[..];
        let table = &b"<table><tr><td>No<td>Desa</table>"[..];
        for (name, bytes, expected) in [
            ("sk.pdf", login, true),
            ("sk.pdf", table, true),
            ("foto.jpg", table, true),
            ("berkas.zip", table, true),
            ("rekap.xls", table, false),
            ("rekap.xls", login, true),
            ("surat.docx", login, true),
            ("masuk.html", login, false),
            ("tanpa akhiran", login, false),
            ("sk.pdf", &b"{\"error\":\"not found\"}"[..], true),
            ("sk.pdf", &b"catatan rapat"[..], false),
            ("data.json", &b"{}"[..], false),
        ] {
            let found = is_answer_instead(name, sniff(bytes), bytes);
            assert_eq!(found, expected, "{name}");
        }
    }

    #[test]
    fn an_ending_is_wrong_only_if_it_claims_another_format() {
        for (name, media, wrong) in [
            ("sk.pdf", MediaType::Pdf, false),
            ("sk.PDF", MediaType::Jpeg, true),
            ("sk.docx", MediaType::Pdf, true),
            ("sk.doc", MediaType::Rtf, false),
            ("sk.doc", MediaType::Doc, false),
            ("sk.doc", MediaType::Docx, true),
            ("data.xls", MediaType::Html, false),
            ("data.xlsx", MediaType::Html, true),
            ("surat.doc", MediaType::OfficeXml, false),
            ("data.xlsx", MediaType::Ole, false),
            ("catatan.md", MediaType::Text, false),
            ("catatan.pdf", MediaType::Text, true),
            ("PERGUB NO 13.doc.pdf", MediaType::Pdf, false),
            ("Perda No. 5 Tahun 2018", MediaType::Pdf, false),
            ("tanpa akhiran", MediaType::Pdf, false),
            (".pdf", MediaType::Text, false),
        ] {
            assert_eq!(wrong_extension(name, media), wrong, "{name} {media:?}");
        }
    }
}
