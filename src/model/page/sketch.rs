//! The fingerprint of a text: a few of its letter sequences, always the same few for the same
//! text, so that two texts that share much share some.

use serde::{Deserialize, Serialize};

/// The fingerprint of one text.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TextPrint {
    /// Letters and digits in the text.
    pub len: u32,
    /// The smallest hashes of its sequences of letters, in order, each once.
    pub sample: Vec<u32>,
}

impl TextPrint {
    /// Returns the print as bytes, little-endian.
    pub fn to_bytes(&self) -> Vec<u8> {
        let words = std::iter::once(&self.len).chain(&self.sample);
        words.flat_map(|word| word.to_le_bytes()).collect()
    }

    /// Reads what [`to_bytes`](Self::to_bytes) wrote; `None` where it is something else.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (words, rest) = bytes.as_chunks::<4>();
        let mut words = words.iter().map(|word| u32::from_le_bytes(*word));
        let len = words.next().filter(|_| rest.is_empty())?;
        Some(Self {
            len,
            sample: words.collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_print_survives_its_bytes() {
        let print = TextPrint {
            len: 700,
            sample: vec![1, 2, u32::MAX],
        };
        assert_eq!(TextPrint::from_bytes(&print.to_bytes()), Some(print));
        assert_eq!(TextPrint::from_bytes(&[]), None);
        assert_eq!(TextPrint::from_bytes(&[0; 7]), None);
    }
}
