//! Takes `schema/words.json`, gives the words that steps go by beside those of a heading: what
//! says nothing, what opens a passage, what names of files say, numbers in words. Apart from
//! [`doctype`](super::doctype), whose words frame a heading and are matched through the slips of
//! OCR; these are matched as they stand.

use super::data::read;
use super::doctype::Level;
use super::error::{DataError, DataFile, Problem};
use super::form;
use crate::model::Cited;
use serde::Deserialize;
use std::{collections::BTreeSet, sync::LazyLock};

/// The data this program carries.
pub(crate) const BUILTIN: &str = include_str!("../../schema/words.json");

/// Made once: the words are the language's, and no caller has others. Empty where the data is
/// broken, which [`Words::builtin`] tells.
static WORDS: LazyLock<Words> = LazyLock::new(|| Words::builtin().unwrap_or_default());

/// Returns the words this program carries.
pub(crate) fn words() -> &'static Words {
    &WORDS
}

/// The words of `words.json`, in lower case.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    #[serde(rename = "$schema", default)]
    _schema: String,
    #[serde(rename = "version", deserialize_with = "form::version")]
    _version: u32,
    /// Words that say nothing about a subject.
    pub stop: BTreeSet<String>,
    /// Words that open a line.
    pub passages: PassageWords,
    /// Words in names of files and folders.
    pub paths: PathWords,
    /// Short forms in lists of documents.
    pub entries: EntryWords,
    /// Words in the heading of a column with names of places.
    pub place_columns: Vec<String>,
    /// Before the number of a page: `halaman`.
    pub pages: Vec<String>,
    /// Alone in a line, ends the subject of a letter: `di`.
    pub addressed: Vec<String>,
    /// What an attachment without a name is called.
    pub attachment: String,
    /// What a domain says after the name of a government.
    pub domains: Vec<DomainEnd>,
    /// Words in and between dates.
    pub dates: DayWords,
    /// Numbers in words.
    pub numbers: NumberWords,
}

/// Words that open a line, by which linking tells what the line is.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PassageWords {
    /// Before what a letter, a meeting or a form is about: `perihal`.
    pub subject: Vec<String>,
    /// Those of them that are labels whatever follows.
    pub subject_always: Vec<String>,
    /// Open the preamble of a regulation, after which there is no heading: `menimbang`.
    pub preamble: Vec<String>,
    /// Open the list of regulations that are only cited: `mengingat`.
    pub citations: Vec<String>,
    /// End that list: `memutuskan`.
    pub citations_end: Vec<String>,
    /// Open a line of a letterhead, which names the office and not the subject: `dinas`.
    pub letterhead: Vec<String>,
}

/// Words in names of files and folders.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PathWords {
    /// Before the number of a section: `klaster`.
    pub section: Vec<String>,
    /// Before the number of an indicator, or joined to it: `ind`.
    pub indicator: Vec<String>,
    /// Before the number of a question: `butir`.
    pub question: Vec<String>,
    /// Joined to the number of a question: `q3a`.
    pub question_letter: char,
    /// Short names of kinds of document, before a number: `perbup`.
    pub kinds: Vec<String>,
    /// Begin such names: `kep`.
    pub kinds_begin: Vec<String>,
    /// Before the number of a document.
    pub number: Vec<String>,
    /// Before its year.
    pub year: Vec<String>,
}

/// Short forms in a list of documents that people keep.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntryWords {
    /// Before a number: `No`.
    pub number: ShortForms,
    /// Before a year: `Thn`.
    pub year: ShortForms,
    /// Before a title: `ttg`.
    pub about: ShortForms,
}

/// A word and the ways to write it shorter.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShortForms {
    /// The word written out.
    pub full: String,
    /// How lists write it.
    pub short: Vec<String>,
}

/// An end of a domain's label, and whose domains have it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DomainEnd {
    /// The end; empty where the name of the government stands alone.
    pub ends: String,
    /// The levels of the governments it may be of.
    pub levels: Vec<Level>,
}

/// Words in and between dates.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayWords {
    /// Before a day: `tanggal`.
    pub day: Vec<String>,
    /// Before a month: `bulan`.
    pub month: Vec<String>,
    /// Before a year: `tahun`.
    pub year: Vec<String>,
    /// Between the first and the last day: `sampai dengan`.
    pub until: Vec<String>,
    /// The initials of that: `s.d.`
    pub until_initials: String,
    /// Between two days that are named side by side: `dan`.
    pub and: Vec<String>,
}

/// Numbers in words.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberWords {
    /// 0 to 9.
    pub ones: Vec<String>,
    /// 10: `sepuluh`.
    pub ten: String,
    /// 11: `sebelas`.
    pub eleven: String,
    /// Adds ten to the figure before: `tiga belas`.
    pub teens: String,
    /// Makes tens of the figure before: `tiga puluh`.
    pub tens: String,
    /// 100: `seratus`.
    pub hundred: String,
    /// Makes hundreds of the figure before: `tiga ratus`.
    pub hundreds: String,
    /// 1000: `seribu`.
    pub thousand: String,
    /// Makes thousands of the number before: `tiga ribu`.
    pub thousands: String,
}

impl Words {
    /// Reads the words this program carries.
    ///
    /// # Errors
    /// When the file that was built in is broken.
    pub fn builtin() -> Result<Self, DataError> {
        Self::parse(BUILTIN)
    }

    /// Reads the text of a `words.json`.
    fn parse(json: &str) -> Result<Self, DataError> {
        let words: Self = read(DataFile::Words, json)?;
        words.check()?;
        Ok(words)
    }

    /// Checks what would make a list useless without a word: ten figures, labels that are among
    /// the subject marks.
    fn check(&self) -> Result<(), DataError> {
        let departure = |pointer: String, message: String| {
            DataError::new(DataFile::Words, pointer, Problem::Form { message })
        };
        if self.numbers.ones.len() != 10 {
            let message = "ten are expected".to_owned();
            return Err(departure("/numbers/ones".to_owned(), message));
        }
        let passages = &self.passages;
        for (n, word) in passages.subject_always.iter().enumerate() {
            if !passages.subject.contains(word) {
                let pointer = format!("/passages/subject_always/{n}");
                let message = format!("`{word}` is not in `/passages/subject`");
                return Err(departure(pointer, message));
            }
        }
        Ok(())
    }
}

/// Returns the pattern of any of these words, the longest first so that a short form never
/// takes the place of a longer one; blanks stand for any white space.
pub(crate) fn any_of(words: &[String]) -> String {
    let mut words: Vec<String> = words
        .iter()
        .map(|word| regex::escape(word).replace(' ', r"\s+"))
        .collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    format!("(?:{})", words.join("|"))
}

/// Returns the name of a document as laws are cited, as far as its parts are known:
/// `Peraturan Bupati Nomor 5 Tahun 2022`.
pub fn citation(label: Option<&str>, number: Option<&str>, year: Option<i16>) -> String {
    let entries = &words().entries;
    let number = number.map(|number| format!("{} {number}", entries.number.full));
    let year = year.map(|year| format!("{} {year}", entries.year.full));
    let parts = [label.map(str::to_owned), number, year];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(" ")
}

/// Returns the name of a document that another one cites.
pub fn cited_name(cited: &Cited) -> String {
    citation(Some(&cited.label), Some(&cited.number), Some(cited.year))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_says_where() {
        let pointer = |from: &str, to: &str| {
            Words::parse(&BUILTIN.replacen(from, to, 1))
                .unwrap_err()
                .pointer
        };
        assert_eq!(pointer("\"nol\", ", ""), "/numbers/ones");
        assert_eq!(pointer("\"version\": 1", "\"version\": 2"), "/version");
        assert_eq!(
            pointer(
                "\"subject_always\": [\"hal\"",
                "\"subject_always\": [\"anak\""
            ),
            "/passages/subject_always/0"
        );
    }

    #[test]
    fn longer_words_come_first() {
        let words = ["no", "sampai dengan", "nomor"].map(str::to_owned);
        assert_eq!(any_of(&words), r"(?:sampai\s+dengan|nomor|no)");
    }

    #[test]
    fn a_citation_has_the_parts_that_are_known() {
        let whole = citation(Some("Peraturan Bupati"), Some("5"), Some(2022));
        assert_eq!(whole, "Peraturan Bupati Nomor 5 Tahun 2022");
        assert_eq!(citation(None, None, Some(2022)), "Tahun 2022");
    }
}
