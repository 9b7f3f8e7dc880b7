//! Object identifiers (X.690, section 8.19).

use std::fmt;

/// An OBJECT IDENTIFIER, by the bytes of its content.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Oid(Vec<u8>);

impl Oid {
    /// Takes the content of a value with the tag OBJECT IDENTIFIER.
    pub fn new(content: &[u8]) -> Self {
        // Longer ones are no names that anybody gave.
        Self(content.iter().take(64).copied().collect())
    }

    /// Returns the bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Tells whether it is the one with these numbers, points between.
    pub fn is(&self, dotted: &str) -> bool {
        self.to_string() == dotted
    }
}

impl fmt::Display for Oid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut is_first = true;
        let mut arc = 0u64;
        for byte in &self.0 {
            arc = arc.saturating_mul(128) | u64::from(byte & 0x7f);
            if byte & 0x80 != 0 {
                continue;
            }
            if is_first {
                let root = (arc / 40).min(2);
                write!(f, "{root}.{}", arc - root * 40)?;
                is_first = false;
            } else {
                write!(f, ".{arc}")?;
            }
            arc = 0;
        }
        Ok(())
    }
}

impl fmt::Debug for Oid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::Oid;

    #[test]
    fn numbers_of_several_bytes_are_joined() {
        // RFC 8017, appendix C: rsaEncryption.
        let oid = Oid::new(&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01]);
        assert_eq!(oid.to_string(), "1.2.840.113549.1.1.1");
        assert!(oid.is("1.2.840.113549.1.1.1"));
        // RFC 5280: id-ce-keyUsage, 2.5.29.15.
        assert_eq!(Oid::new(&[0x55, 0x1d, 0x0f]).to_string(), "2.5.29.15");
        assert_eq!(Oid::new(&[]).to_string(), "");
        assert_eq!(Oid::new(&[0xff; 80]).as_bytes().len(), 64);
    }
}
