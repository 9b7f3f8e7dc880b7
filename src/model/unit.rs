//! Units as types: ratios from 0 to 1, and lengths in bytes.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A share or a confidence, always within 0 and 1.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct Ratio(f32);

impl Ratio {
    /// Certain.
    pub const ONE: Self = Self(1.0);
    /// No evidence for it.
    pub const ZERO: Self = Self(0.0);
    /// From here on a value is called *confident* everywhere in bukti.
    pub const CONFIDENT: Self = Self(0.8);
    /// A link below this is a hint, not evidence, and no list shows it: of the 73 questions that
    /// a person would accept for the samples, two lie below it.
    pub const LISTED: Self = Self(0.15);

    /// Clamps `value` into 0..=1; a NaN becomes 0. Kept to three decimals, so that the same
    /// input prints the same on every machine.
    pub fn new(value: f32) -> Self {
        let value = if value.is_nan() {
            0.0
        } else {
            value.clamp(0.0, 1.0)
        };
        Self((value * 1000.0).round() / 1000.0)
    }

    /// Returns the larger of two.
    #[must_use]
    pub fn max_of(self, other: Self) -> Self {
        Self(self.0.max(other.0))
    }

    /// Returns the number.
    pub fn get(self) -> f32 {
        self.0
    }

    /// Returns a confidence as people read it, in whole percent: nothing that was read is ever
    /// shown as certain.
    pub fn percent(self) -> String {
        format!("{:.0}%", (self.0 * 100.0).min(99.0))
    }

    /// Tells whether this is confident.
    pub fn is_confident(self) -> bool {
        self >= Self::CONFIDENT
    }
}

impl<'de> Deserialize<'de> for Ratio {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        f32::deserialize(deserializer).map(Self::new)
    }
}

/// A length in bytes, shown in the unit that keeps it short.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Default,
)]
#[serde(transparent)]
pub struct ByteLen(pub u64);

impl fmt::Display for ByteLen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const UNITS: [(&str, u64); 3] =
            [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)];
        for (unit, size) in UNITS {
            if self.0 >= size {
                return write!(f, "{:.1} {unit}", self.0 as f64 / size as f64);
            }
        }
        write!(f, "{} B", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_never_leaves_its_range() {
        for (given, expected) in [
            (-1.0, 0.0),
            (0.5, 0.5),
            (7.0, 1.0),
            (f32::NAN, 0.0),
            (0.12345, 0.123),
        ] {
            assert!((Ratio::new(given).get() - expected).abs() < f32::EPSILON);
        }
    }

    #[test]
    fn lengths_read_well() {
        let shown: Vec<String> = [0, 1023, 1536, 3 << 20]
            .map(|n| ByteLen(n).to_string())
            .into();
        assert_eq!(shown, ["0 B", "1023 B", "1.5 KiB", "3.0 MiB"]);
    }
}
