//! The fingerprint of a text: a `MinHash` bottom-k sketch of its letter shingles. Texts that share
//! much have hashes in common.

use serde::{Deserialize, Serialize};

/// The fingerprint of one text.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TextFingerprint {
    /// Number of letters and digits in the text.
    pub len: u32,
    /// The smallest distinct hashes of its shingles, ascending.
    pub hashes: Vec<u32>,
}

impl TextFingerprint {
    /// Returns the fingerprint as bytes, little-endian.
    pub fn to_bytes(&self) -> Vec<u8> {
        let words = std::iter::once(&self.len).chain(&self.hashes);
        words.flat_map(|word| word.to_le_bytes()).collect()
    }

    /// Reads what [`to_bytes`](Self::to_bytes) wrote; `None` where it is something else.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (words, rest) = bytes.as_chunks::<4>();
        let mut words = words.iter().map(|word| u32::from_le_bytes(*word));
        let len = words.next().filter(|_| rest.is_empty())?;
        Some(Self {
            len,
            hashes: words.collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_survives_its_bytes() {
        let fingerprint = TextFingerprint {
            len: 700,
            hashes: vec![1, 2, u32::MAX],
        };
        assert_eq!(
            TextFingerprint::from_bytes(&fingerprint.to_bytes()),
            Some(fingerprint)
        );
        assert_eq!(TextFingerprint::from_bytes(&[]), None);
        assert_eq!(TextFingerprint::from_bytes(&[0; 7]), None);
    }
}
