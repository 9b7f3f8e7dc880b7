//! Words to be found on a page whatever their case, spacing and punctuation.

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

/// Words to be found on a page whatever their case, spacing and punctuation.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(from = "String")]
pub struct Phrase {
    pub(super) text: String,
    pub(super) letters: Vec<u8>,
}

impl Phrase {
    /// Returns the words as written in the data.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the letters and digits, folded by [`fold_letter`].
    pub fn letters(&self) -> &[u8] {
        &self.letters
    }
}

impl From<String> for Phrase {
    fn from(text: String) -> Self {
        let letters = text.chars().filter_map(fold_letter).collect();
        Self { text, letters }
    }
}

impl From<&str> for Phrase {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

/// Returns the ASCII capital or digit that `c` stands for: accents are dropped, a stroke that
/// OCR writes for a capital I is one; `None` for all else.
pub fn fold_letter(c: char) -> Option<u8> {
    if c.is_ascii_alphanumeric() {
        return Some(c.to_ascii_uppercase() as u8);
    }
    match c {
        '|' | '!' | '¡' => Some(b'I'),
        _ if c.is_ascii() => None,
        _ => c
            .nfkd()
            .find(char::is_ascii_alphanumeric)
            .map(|c| c.to_ascii_uppercase() as u8),
    }
}
