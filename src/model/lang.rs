//! The two languages of bukti. Data has texts in both; the output picks one.

use serde::de::{Error, Unexpected};
use serde::{Deserialize, Deserializer, Serialize};

/// The language a person reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Bahasa Indonesia, the default where nothing else is known.
    #[default]
    Id,
    /// English.
    En,
}

impl Lang {
    /// Returns the text in this language.
    pub fn pick<'a>(self, id: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Id => id,
            Self::En => en,
        }
    }

    /// Returns the word for so many things: Indonesian has one form, English two.
    pub fn noun<'a>(
        self,
        count: impl TryInto<u64>,
        id: &'a str,
        one: &'a str,
        many: &'a str,
    ) -> &'a str {
        let is_one = count.try_into().is_ok_and(|count| count == 1);
        self.pick(id, if is_one { one } else { many })
    }
}

/// A text in both languages, as the files in `schema/` carry it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    /// Indonesian.
    #[serde(deserialize_with = "some_text")]
    pub id: String,
    /// English.
    #[serde(deserialize_with = "some_text")]
    pub en: String,
}

impl Bilingual {
    /// Returns the text in `lang`.
    pub fn get(&self, lang: Lang) -> &str {
        lang.pick(&self.id, &self.en)
    }
}

/// Reads a text that says something: an empty one is a gap in the data.
fn some_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    match text.is_empty() {
        true => Err(D::Error::invalid_value(Unexpected::Str(""), &"some text")),
        false => Ok(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thing_is_named_otherwise_than_none_or_several_in_english() {
        for (count, en) in [(0, "files"), (1, "file"), (2, "files"), (-1, "files")] {
            assert_eq!(Lang::En.noun(count, "berkas", "file", "files"), en);
            assert_eq!(Lang::Id.noun(count, "berkas", "file", "files"), "berkas");
        }
        assert_eq!(Lang::En.noun(u64::MAX, "berkas", "file", "files"), "files");
    }
}
