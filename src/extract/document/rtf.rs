//! Takes a Rich Text file and gives its text as one page, and where its pictures stand. Offices
//! in Indonesia meet it mostly as `.doc`, written by web programs that print letters.
//!
//! A reader of the marks that carry text (RTF 1.9.1): groups, characters in any code page or in
//! Unicode, paragraphs, cells. Groups nest on a heap of its own, so depth is a number.

use super::Document;
use super::flow::Flow;
use super::inside::Stored;
use super::office::package::property;
use crate::model::{Metadata, Note, NoteCode};
use encoding_rs::{Encoding, WINDOWS_1252};
use std::collections::HashMap;

/// Groups inside groups; Word itself gives up long before.
const MAX_DEPTH: usize = 10_000;
/// Fonts of which the characters are remembered.
const MAX_FONTS: usize = 4_096;

/// Reads an RTF.
pub(super) fn read(bytes: &[u8]) -> Document {
    let mut reader = Reader::new(bytes);
    while reader.step().is_some() {}
    reader.finish()
}

/// What the text of a group is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Use {
    Body,
    Fonts,
    Info,
    Title,
    Created,
    Picture,
    Nothing,
}

#[allow(
    clippy::struct_excessive_bools,
    reason = "properties of text that are on or off, as the format has them"
)]
#[derive(Clone, Copy)]
struct Group {
    used: Use,
    /// Characters that stand in for a Unicode one and follow it.
    uc: u32,
    encoding: &'static Encoding,
    in_table: bool,
    deleted: bool,
    hidden: bool,
    /// Tells whether the group is a note, and its text was put apart.
    note: bool,
}

/// A picture's data as far as it was met.
#[derive(Default)]
struct Picture {
    is_read: bool,
    hex_from: Option<usize>,
    plain: Option<(usize, usize)>,
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    group: Group,
    outer: Vec<Group>,
    /// Groups opened beyond `MAX_DEPTH`.
    deeper: usize,
    flow: Flow,
    /// Characters of a code page, not yet decoded: one may take two bytes.
    pending: Vec<u8>,
    /// The first half of a character beyond U+FFFF.
    high: Option<u16>,
    /// Characters still to be left out after a Unicode one.
    stand_ins: u32,
    /// Tells whether the group began with `\*`.
    starred: bool,
    default: &'static Encoding,
    fonts: HashMap<i32, &'static Encoding>,
    font: i32,
    picture: Picture,
    pictures: Vec<Stored>,
    notes: Vec<String>,
    note_from: Vec<usize>,
    title: String,
    created: [i32; 3],
}

impl<'a> Reader<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            at: 0,
            group: Group {
                used: Use::Body,
                uc: 1,
                encoding: WINDOWS_1252,
                in_table: false,
                deleted: false,
                hidden: false,
                note: false,
            },
            outer: Vec::new(),
            deeper: 0,
            flow: Flow::default(),
            pending: Vec::new(),
            high: None,
            stand_ins: 0,
            starred: false,
            default: WINDOWS_1252,
            fonts: HashMap::new(),
            font: 0,
            picture: Picture::default(),
            pictures: Vec::new(),
            notes: Vec::new(),
            note_from: Vec::new(),
            title: String::new(),
            created: [0; 3],
        }
    }

    /// Reads one mark or character; `None` at the end.
    fn step(&mut self) -> Option<()> {
        let byte = self.next()?;
        match byte {
            b'{' => self.open(),
            b'}' => self.close(),
            b'\\' => self.control(),
            b'\r' | b'\n' | 0 => {}
            _ if self.group.used == Use::Picture => {
                self.picture.hex_from.get_or_insert(self.at - 1);
            }
            byte => self.byte(byte),
        }
        Some(())
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.bytes.get(self.at).copied()?;
        self.at += 1;
        Some(byte)
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn open(&mut self) {
        self.decode_pending();
        self.stand_ins = 0;
        if self.outer.len() < MAX_DEPTH {
            self.outer.push(self.group);
            self.group.note = false;
        } else {
            self.deeper += 1;
        }
    }

    fn close(&mut self) {
        self.decode_pending();
        self.stand_ins = 0;
        self.starred = false;
        if self.deeper > 0 {
            self.deeper -= 1;
            return;
        }
        let Some(outer) = self.outer.pop() else {
            return;
        };
        if self.group.used == Use::Picture && outer.used != Use::Picture {
            self.end_picture();
        }
        if self.group.note
            && let Some(from) = self.note_from.pop()
        {
            self.notes.extend(self.flow.resume(from));
        }
        self.group = outer;
    }

    fn end_picture(&mut self) {
        let picture = std::mem::take(&mut self.picture);
        if !picture.is_read {
            return;
        }
        let end = self.at.saturating_sub(1);
        let stored = match (picture.plain, picture.hex_from) {
            (Some((from, len)), _) => Stored::Plain(from..from.saturating_add(len)),
            (None, Some(from)) => Stored::Hex(from..end),
            (None, None) => return,
        };
        self.pictures.push(stored);
    }

    /// Reads what follows a backslash: a word with its number, or a symbol.
    fn control(&mut self) {
        let start = self.at;
        while self.peek().is_some_and(|c| c.is_ascii_alphabetic()) {
            self.at += 1;
        }
        let word = self.bytes.get(start..self.at).unwrap_or_default();
        if word.is_empty() {
            self.symbol();
            return;
        }
        let number_at = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        while self.peek().is_some_and(|c| c.is_ascii_digit()) {
            self.at += 1;
        }
        let digits = self.bytes.get(number_at..self.at).unwrap_or_default();
        let number = std::str::from_utf8(digits)
            .ok()
            .and_then(|d| d.parse().ok());
        if self.peek() == Some(b' ') {
            self.at += 1;
        }
        let word = std::str::from_utf8(word).unwrap_or_default();
        self.word(word, number);
    }

    fn symbol(&mut self) {
        let Some(symbol) = self.next() else { return };
        match symbol {
            b'\'' => {
                let digits = self.bytes.get(self.at..self.at + 2).unwrap_or_default();
                let digits = std::str::from_utf8(digits).unwrap_or_default();
                if let Ok(byte) = u8::from_str_radix(digits, 16) {
                    self.at += 2;
                    self.byte(byte);
                }
            }
            b'*' => self.starred = true,
            b'~' => self.char(' '),
            b'_' => self.char('-'),
            b'\\' | b'{' | b'}' => self.byte(symbol),
            b'\r' | b'\n' => self.end_paragraph(),
            b'\t' => self.char('\t'),
            _ => {}
        }
    }

    /// Adds a byte in the code page that holds here.
    fn byte(&mut self, byte: u8) {
        if self.stand_ins > 0 {
            self.stand_ins -= 1;
        } else if self.is_read() {
            self.high = None;
            self.pending.push(byte);
        }
    }

    /// Adds a character.
    fn char(&mut self, c: char) {
        self.decode_pending();
        if self.stand_ins > 0 {
            self.stand_ins -= 1;
        } else if self.is_read() {
            match self.group.used {
                Use::Title => self.title.push(c),
                _ => self.flow.push(c),
            }
        }
    }

    fn is_read(&self) -> bool {
        let group = self.group;
        let is_shown = !group.deleted && !group.hidden;
        matches!(group.used, Use::Body | Use::Title) && is_shown
    }

    /// Decodes the pending bytes, before anything other than a further byte.
    fn decode_pending(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let text = self
            .group
            .encoding
            .decode_without_bom_handling(&self.pending)
            .0;
        match self.group.used {
            Use::Title => self.title.push_str(&text),
            _ => self.flow.text(&text),
        }
        self.pending.clear();
    }

    fn end_paragraph(&mut self) {
        self.decode_pending();
        if self.is_read() {
            if self.group.in_table {
                self.flow.push(' ');
            } else {
                self.flow.end_line();
            }
        }
    }

    fn unicode(&mut self, number: i32) {
        self.decode_pending();
        // Numbers above 32,767 are written negative.
        let unit = (number & 0xFFFF) as u16;
        let units = match self.high.take() {
            Some(high) => vec![high, unit],
            None if (0xD800..0xDC00).contains(&unit) => {
                self.high = Some(unit);
                Vec::new()
            }
            None => vec![unit],
        };
        self.stand_ins = 0;
        for c in char::decode_utf16(units).flatten() {
            self.char(c);
        }
        self.stand_ins = self.group.uc;
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        if word == "u" {
            self.unicode(number.unwrap_or_default());
            return;
        }
        if word == "bin" {
            self.skip_binary(number.unwrap_or_default());
            return;
        }
        self.decode_pending();
        let starred = std::mem::take(&mut self.starred);
        if self.group.used == Use::Nothing || self.destination(word, starred) {
            return;
        }
        let on = number != Some(0);
        match word {
            "par" | "line" | "sect" | "page" | "column" => self.end_paragraph(),
            "cell" | "nestcell" if self.is_read() => self.flow.end_cell(),
            "row" | "nestrow" if self.is_read() => self.flow.end_line(),
            "tab" => self.char('\t'),
            "intbl" => self.group.in_table = true,
            "pard" => self.group.in_table = false,
            "plain" => (self.group.deleted, self.group.hidden) = (false, false),
            "v" => self.group.hidden = on,
            "deleted" => self.group.deleted = on,
            "uc" => {
                self.group.uc = u32::try_from(number.unwrap_or(1)).unwrap_or(1).min(16);
            }
            "pngblip" | "jpegblip" => self.picture.is_read = true,
            "ansicpg" => {
                self.default = codepage(number.unwrap_or_default());
                self.group.encoding = self.default;
            }
            "mac" => {
                self.default = encoding_rs::MACINTOSH;
                self.group.encoding = self.default;
            }
            "f" => self.font(number.unwrap_or_default()),
            "fcharset" if self.group.used == Use::Fonts => {
                let encoding = charset(number.unwrap_or_default());
                if let Some(encoding) = encoding
                    && self.fonts.len() < MAX_FONTS
                {
                    self.fonts.insert(self.font, encoding);
                }
            }
            "yr" | "mo" | "dy" if self.group.used == Use::Created => {
                let [year, month, day] = &mut self.created;
                let part = match word {
                    "yr" => year,
                    "mo" => month,
                    _ => day,
                };
                *part = number.unwrap_or_default();
            }
            _ => {
                if let Some(c) = special(word) {
                    self.char(c);
                }
            }
        }
    }

    fn font(&mut self, number: i32) {
        self.font = number;
        if self.group.used != Use::Fonts {
            let known = self.fonts.get(&number).copied();
            self.group.encoding = known.unwrap_or(self.default);
        }
    }

    /// Applies a word that sets the purpose of its group.
    fn destination(&mut self, word: &str, starred: bool) -> bool {
        let used = match word {
            "fonttbl" => Use::Fonts,
            "info" => Use::Info,
            "title" if self.group.used == Use::Info => Use::Title,
            "creatim" if self.group.used == Use::Info => Use::Created,
            "pict" => {
                self.picture = Picture::default();
                Use::Picture
            }
            // Comments come after the text, too.
            "footnote" | "annotation" if !self.group.note => {
                self.note_from.push(self.flow.len());
                self.flow.set_aside();
                self.group.note = true;
                self.group.in_table = false;
                return true;
            }
            // What shapes and text boxes say stands in starred groups.
            "shppict" | "shpinst" => return true,
            "colortbl" | "stylesheet" | "fldinst" | "objdata" | "nonshppict" | "sp"
            | "filetbl" | "listtable" | "revtbl" | "tc" | "tcn" | "xe" | "pnseclvl"
            | "themedata" | "datastore" | "bkmkstart" | "bkmkend" => Use::Nothing,
            _ if starred => Use::Nothing,
            _ => return false,
        };
        self.group.used = used;
        true
    }

    /// Steps over bytes that are no text: a picture as it is, or anything.
    fn skip_binary(&mut self, len: i32) {
        let len = usize::try_from(len).unwrap_or_default();
        if self.group.used == Use::Picture {
            self.picture.plain.get_or_insert((self.at, len));
        }
        self.at = self.at.saturating_add(len).min(self.bytes.len());
    }

    fn finish(mut self) -> Document {
        self.decode_pending();
        let mut lines = self.flow.page();
        lines.append(&mut self.notes);
        let mut document = Document::from_lines(lines);
        if self.flow.is_cut() {
            document.notes.push(Note::file(NoteCode::TooManyPages));
        }
        if !self.outer.is_empty() {
            document.notes.push(Note::file(NoteCode::Truncated));
        }
        document.pictures = self.pictures;
        let [year, month, day] = self.created;
        let created = (year > 0).then(|| format!("{year:04}-{month:02}-{day:02}"));
        document.metadata = Metadata {
            title: property(&self.title),
            created,
            ..Metadata::default()
        };
        document
    }
}

/// Returns the character that a word stands for.
fn special(word: &str) -> Option<char> {
    Some(match word {
        "emdash" => '\u{2014}',
        "endash" => '\u{2013}',
        "lquote" => '\u{2018}',
        "rquote" => '\u{2019}',
        "ldblquote" => '\u{201C}',
        "rdblquote" => '\u{201D}',
        "bullet" => '\u{2022}',
        "emspace" | "enspace" | "qmspace" => ' ',
        _ => return None,
    })
}

/// Returns the encoding of a Windows code page; of those of DOS, letters are the same.
fn codepage(number: i32) -> &'static Encoding {
    let label = match number {
        874 => "windows-874",
        932 => "shift_jis",
        936 => "gbk",
        949 => "euc-kr",
        950 => "big5",
        10_000 => "macintosh",
        65_001 => "utf-8",
        1_250..=1_258 => return charset_page(number),
        _ => return WINDOWS_1252,
    };
    Encoding::for_label(label.as_bytes()).unwrap_or(WINDOWS_1252)
}

fn charset_page(number: i32) -> &'static Encoding {
    Encoding::for_label(format!("windows-{number}").as_bytes()).unwrap_or(WINDOWS_1252)
}

/// Returns the encoding of a font's character set (RTF 1.9.1, `\fcharset`); `None` where the
/// document's own holds.
fn charset(number: i32) -> Option<&'static Encoding> {
    let page = match number {
        0 => 1252,
        77 => 10_000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    };
    Some(codepage(page))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(rtf: &str) -> Vec<String> {
        let read = read(rtf.as_bytes());
        let lines = read.pages.into_iter().flatten();
        lines
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect()
    }

    #[test]
    fn text_is_read_and_what_programs_keep_for_themselves_is_not() {
        for (rtf, expected) in [
            (
                r"{\rtf1 NOMOR 5\par TAHUN\tab 2018}",
                &["NOMOR 5", "TAHUN 2018"][..],
            ),
            (
                r"{\rtf1{\fonttbl{\f0 Arial;}}{\*\generator X;}isi}",
                &["isi"],
            ),
            (
                r"{\rtf1 Kaf\'e9 \u8211? \u-10179?\u-8704?\uc2\u233ab.}",
                &["Kafé – 😀é."],
            ),
            (
                r"{\rtf1{\fonttbl{\f1\fcharset204 A;}}{\f1\'cf\'f0}\'cf}",
                &["ПрÏ"],
            ),
            (
                r"{\rtf1\trowd\intbl No\cell\intbl Nama\par anak\cell\row\pard usai\par}",
                &["No Nama anak", "usai"],
            ),
            (r"{\rtf1 a{\footnote kaki\par}b\par}", &["ab", "kaki"]),
            (
                r"{\rtf1 {\field{\*\fldinst X}{\fldrslt 7}} \{x\}\~y\_z}",
                &["7 {x} y-z"],
            ),
            (r"{\rtf1 baru{\deleted lama}\par}", &["baru"]),
            (
                r"{\rtf1 tampak{\v rahasia}\v x\v0 lagi\par}",
                &["tampaklagi"],
            ),
            (
                r"{\rtf1 isi{\*\atnid S}{\*\annotation{\*\atndate 1}cek}\par}",
                &["isi", "cek"],
            ),
            (
                r"{\rtf1{\listtext\tab Pasal 1\tab}{\*\pn\pnlvlbody}Isi\par}",
                &["Pasal 1 Isi"],
            ),
            (r"{\rtf1 terpotong {\b teb", &["terpotong teb"]),
        ] {
            assert_eq!(lines(rtf), expected, "{rtf}");
        }
    }

    #[test]
    fn pictures_stand_where_they_stand() {
        let rtf = br"{\rtf1{\*\shppict{\pict{\*\picprop x}\pngblip\picw1 89504e47}}{\nonshppict{\pict\wmetafile8 00}}{\pict\jpegblip\bin4 }{}}}";
        let pictures = read(rtf).pictures;
        let [Stored::Hex(hex), Stored::Plain(plain)] = pictures.as_slice() else {
            panic!("{pictures:?}");
        };
        assert_eq!(&rtf[hex.clone()], b"89504e47");
        assert_eq!(&rtf[plain.clone()], b"}{}}");
    }

    #[test]
    fn depth_and_lies_end() {
        let deep = format!(r"{{\rtf1 {}a", "{".repeat(1_000_000));
        assert_eq!(lines(&deep), ["a"]);
        assert_eq!(lines(r"{\rtf1 a\bin999999999 b"), ["a"]);
        assert_eq!(lines(r"{\rtf1\uc999999999 a\u65?b}"), ["aA"]);
    }

    #[test]
    fn properties_are_read() {
        let rtf =
            br"{\rtf1{\info{\title Notulen}{\author A}{\creatim\yr2024\mo5\dy14}}x}";
        let metadata = read(rtf).metadata;
        assert_eq!(metadata.title.as_deref(), Some("Notulen"));
        assert_eq!(metadata.created.as_deref(), Some("2024-05-14"));
    }
}
