//! Names that people can read and that Windows, Linux and every package tool take: no
//! reserved words or signs, no `%`, which some tools decode and some do not, short enough for
//! the 260 characters a Windows path may have.

use crate::{
    framework::{Framework, Question},
    model::INSIDE,
};
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;

/// Characters of a folder's name, and of a file's. Three folders, a file, `data` and the
/// folder of the package stay below 200, which leaves 60 for where it is put; a smaller copy
/// takes 13 of these.
const FOLDER_CHARS: usize = 40;
const FILE_CHARS: usize = 80;

/// Hands out names, each once, even for a system that does not mind their case.
#[derive(Debug, Default)]
pub(super) struct Names {
    taken: BTreeSet<String>,
}

impl Names {
    /// Returns the path in the package for a document that lies at `path`.
    pub(super) fn file(&mut self, folder: &str, path: &str) -> String {
        let (stem, extension) = stem_and_extension(path);
        let mut name = format!("{folder}/{stem}{extension}");
        let mut number = 2;
        while !self.taken.insert(name.to_lowercase()) {
            name = format!("{folder}/{stem} ({number}){extension}");
            number += 1;
        }
        name
    }
}

/// Returns the name of the file that lies at a path, as every system takes it.
pub fn plain_name(path: &str) -> String {
    let (stem, extension) = stem_and_extension(path);
    format!("{stem}{extension}")
}

fn stem_and_extension(path: &str) -> (String, String) {
    let last = path.rsplit(INSIDE).next().unwrap_or(path);
    let last = last.rsplit(['/', '\\']).next().unwrap_or(last);
    let (stem, extension) = match last.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() && extension.len() <= 5 => {
            (stem, format!(".{}", plain(extension, 5)))
        }
        _ => (last, String::new()),
    };
    (plain(stem, FILE_CHARS), extension)
}

/// Returns the folder for the evidence of a question: section, indicator, question.
pub(super) fn folder(framework: &Framework, question: &Question) -> Option<String> {
    let indicator = framework.indicator(&question.indicator)?;
    let section = framework.section(&indicator.section)?;
    let part = question.part.as_ref().map(ToString::to_string);
    let number = match part {
        Some(part) => format!("{part}.{}", question.number),
        None => format!("{}.{}", indicator.number, question.number),
    };
    let section = format!("{} {}", section.code, section.name.id);
    let indicator = format!("{:02} {}", indicator.number, indicator.short.id);
    Some(format!(
        "data/{}/{}/{}",
        plain(&cut(&section), FOLDER_CHARS),
        plain(&cut(&indicator), FOLDER_CHARS),
        plain(&number, FOLDER_CHARS)
    ))
}

/// Returns a name that is too long for a folder up to its last whole word.
fn cut(text: &str) -> String {
    if text.chars().count() <= FOLDER_CHARS {
        return text.to_owned();
    }
    let head: String = text.chars().take(FOLDER_CHARS + 1).collect();
    let whole = head
        .rsplit_once([' ', '/'])
        .map_or(head.as_str(), |(whole, _)| whole);
    whole.trim_end_matches([',', ' ', '(', '-']).to_owned()
}

/// Returns a text as one name that every system takes, at most so many characters.
fn plain(text: &str, most: usize) -> String {
    let is_odd = |c: char| {
        c.is_control()
            || NOT_IN_NAMES.contains(c)
            || matches!(c, '/' | '%')
            || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{E000}'..='\u{F8FF}')
    };
    let text: String = text
        .nfc()
        .map(|c| if is_odd(c) { '_' } else { c })
        .take(most)
        .collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = text.trim_end_matches(['.', ' ']);
    let is_shy = text.starts_with(['.', '~', '-']);
    match text {
        "" => "_".to_owned(),
        text if is_shy || is_reserved(text) => format!("_{text}"),
        text => text.to_owned(),
    }
}

/// Letters that no name of a file has on Windows, besides what parts folders ("Naming Files,
/// Paths, and Namespaces").
pub(crate) const NOT_IN_NAMES: &str = "<>:\"\\|?*";

/// Tells whether Windows takes a name for a device ("Naming Files, Paths, and Namespaces").
pub(crate) fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).to_ascii_uppercase();
    let is_numbered = |device: &str| {
        let number = stem.strip_prefix(device).unwrap_or_default();
        number.len() == 1 && number.bytes().all(|b| b.is_ascii_digit())
    };
    matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL")
        || is_numbered("COM")
        || is_numbered("LPT")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_what_every_system_takes() {
        let cases = [
            ("SK 5/2023: \"KTR\" 50%?", "SK 5_2023_ _KTR_ 50__"),
            ("  a \t b. ", "a _ b"),
            ("con", "_con"),
            ("LPT1.pdf", "_LPT1.pdf"),
            ("~$x", "_~$x"),
            ("..", "_"),
            ("e\u{301}", "\u{e9}"),
            ("a\nb\rc", "a_b_c"),
        ];
        for (text, expected) in cases {
            assert_eq!(plain(text, 80), expected, "{text:?}");
        }
    }

    #[test]
    fn a_long_folder_ends_with_a_whole_word() {
        let long = "K2 Klaster II – Lingkungan Keluarga dan Pengasuhan Alternatif";
        assert_eq!(cut(long), "K2 Klaster II – Lingkungan Keluarga dan");
        assert_eq!(cut("KL Kelembagaan"), "KL Kelembagaan");
    }

    #[test]
    fn each_name_is_given_once_whatever_its_case() {
        let mut names = Names::default();
        let mut file = |path: &str| names.file("data/x", path);
        assert_eq!(file("/share/SK.pdf"), "data/x/SK.pdf");
        assert_eq!(file("/other/sk.PDF"), "data/x/sk (2).PDF");
        assert_eq!(file("C:\\share\\SK.pdf"), "data/x/SK (3).pdf");
        assert_eq!(file("/a.zip » b/dalam.pdf"), "data/x/dalam.pdf");
        assert_eq!(file("/share/tanpa akhiran"), "data/x/tanpa akhiran");
    }

    proptest! {
        #[test]
        fn no_text_makes_an_unsafe_name(text in any::<String>()) {
            let name = plain(&text, 40);
            prop_assert!(!name.contains(['/', '\\', '%', '\n', '\r']));
            prop_assert!(name.chars().count() <= 41);
        }
    }
}
