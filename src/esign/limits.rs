//! The budget of one examination.

/// How much work a document may cost before its signatures "cannot be judged". Counted in
/// steps, not by a clock, so that the same file has the same verdict on every machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Steps of reading and comparing: one is an object parsed or a pair of values compared.
    pub max_steps: u64,
    /// Bytes that object streams and cross-reference streams may unpack to, in all.
    pub max_unpacked_bytes: usize,
    /// Signature fields that are examined; each costs a comparison of revisions.
    pub max_signatures: usize,
}

impl Default for Limits {
    /// A regulation of 40,000 objects costs about 400,000 steps a signature, a second on an
    /// office PC.
    fn default() -> Self {
        Self {
            max_steps: 4_000_000,
            max_unpacked_bytes: 256 << 20,
            max_signatures: 64,
        }
    }
}
