//! A certificate that the user trusts, as it travels.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A certificate that the user trusts (X.509, DER), as lower-case hexadecimal digits in JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor(Vec<u8>);

impl Anchor {
    /// Wraps a certificate (DER).
    pub fn new(der: Vec<u8>) -> Self {
        Self(der)
    }

    /// Returns the certificate (DER).
    pub fn der(&self) -> &[u8] {
        &self.0
    }
}

impl Serialize for Anchor {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let digits = self.0.iter().map(|byte| format!("{byte:02x}"));
        serializer.serialize_str(&digits.collect::<String>())
    }
}

impl<'de> Deserialize<'de> for Anchor {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let digits = String::deserialize(deserializer)?;
        let byte = |pair: &[u8]| {
            let pair = std::str::from_utf8(pair).ok()?;
            u8::from_str_radix(pair, 16).ok()
        };
        let bytes: Option<Vec<u8>> = digits.as_bytes().chunks(2).map(byte).collect();
        let is_whole = digits.len().is_multiple_of(2);
        let bytes = bytes.filter(|_| is_whole);
        let wrong = || serde::de::Error::custom("these are no hexadecimal digits");
        bytes.map(Self).ok_or_else(wrong)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_anchor_travels_as_hexadecimal_digits() {
        let anchor = Anchor::new(vec![0x30, 0, 0xff]);
        let text = serde_json::to_string(&anchor).unwrap();
        assert_eq!(text, "\"3000ff\"");
        assert_eq!(serde_json::from_str::<Anchor>(&text).unwrap(), anchor);
        for wrong in ["\"300\"", "\"zz\"", "\"30é\""] {
            assert!(serde_json::from_str::<Anchor>(wrong).is_err(), "{wrong}");
        }
    }
}
