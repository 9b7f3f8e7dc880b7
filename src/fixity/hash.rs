//! SHA-256 over bytes at hand or over chunks as they come.

use crate::model::Digest;
use sha2::Digest as _;

/// Computes a digest from chunks, so that a file of any size needs little memory.
#[derive(Debug, Clone, Default)]
pub struct Hasher(sha2::Sha256);

impl Hasher {
    /// Makes a hasher that has seen no bytes.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds bytes to the digest.
    pub fn update(&mut self, chunk: &[u8]) {
        self.0.update(chunk);
    }

    /// Returns the digest of all bytes taken.
    pub fn finish(self) -> Digest {
        Digest::new(self.0.finalize().into())
    }
}

/// Returns the digest of bytes at hand.
pub fn hash(bytes: &[u8]) -> Digest {
    let mut hasher = Hasher::new();
    hasher.update(bytes);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// FIPS 180-4 example and the empty message.
    #[test]
    fn known_answers() {
        let cases = [
            (
                "",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            ),
            (
                "abc",
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            ),
        ];
        for (text, digest) in cases {
            assert_eq!(hash(text.as_bytes()).to_string(), digest);
        }
    }

    proptest! {
        #[test]
        fn chunks_make_no_difference(
            bytes in proptest::collection::vec(any::<u8>(), 0..2000),
            size in 1usize..300,
        ) {
            let mut hasher = Hasher::new();
            bytes.chunks(size).for_each(|chunk| hasher.update(chunk));
            prop_assert_eq!(hasher.finish(), hash(&bytes));
        }
    }
}
