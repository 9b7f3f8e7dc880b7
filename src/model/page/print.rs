//! Fingerprints: what is kept of a photo and of a text so that the same one is known again,
//! without its original. Small enough for a catalog of 100,000 documents, and plain data, so
//! that what takes them and what compares them need not know each other.

use crate::model::{Raster, Rect};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// Corners lie on a picture brought to this longest side, in pixels.
pub const PRINT_SIDE: u32 = 512;
/// Longest side of the small picture in a print, in pixels.
pub const THUMB_SIDE: u32 = 64;
/// Corners in a print at most.
pub const MAX_CORNERS: usize = 256;

/// A corner in a photo: its place, which way its surroundings lean, and what they look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Corner {
    /// From the left, in 1/16 pixel of the picture brought to [`PRINT_SIDE`].
    pub x: u16,
    /// From the top, in the same unit.
    pub y: u16,
    /// Which way it leans, in 1/256 of a full turn, clockwise from the right.
    pub lean: u8,
    /// How often the picture was shrunk before the corner was seen.
    pub level: u8,
    /// Pairs of points around it: a bit is set where the first is the darker. The second half
    /// are the pairs of the first half seen in a mirror.
    pub pairs: [u64; 4],
}

/// The fingerprint of one photo.
#[derive(Debug, Clone, PartialEq)]
pub struct PhotoPrint {
    /// The page it stands on, from 1.
    pub page: u32,
    /// Where on the page, in the page's unit; `None` where it is the whole page.
    pub rect: Option<Rect>,
    /// Width and height in pixels as it was seen.
    pub size: (u32, u32),
    /// Signs of its 64 slowest waves (DCT), row by row: the picture in broad strokes.
    pub waves: u64,
    /// Where it grows brighter from cell to cell of an 8 × 8 grid: to the right, and downwards.
    pub slopes: [u64; 2],
    /// The picture itself, very small.
    pub thumb: Raster,
    /// Its corners, the strongest first.
    pub corners: Vec<Corner>,
}

/// Version of the bytes below.
const FORM: u8 = 1;
const CORNER_BYTES: usize = 6 + 32;

impl PhotoPrint {
    /// Returns the print as bytes, little-endian.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = vec![FORM, u8::from(self.rect.is_some())];
        let mut word = |value: u32| bytes.extend(value.to_le_bytes());
        word(self.page);
        word(self.size.0);
        word(self.size.1);
        let sides: [f32; 4] = self.rect.map_or([0.0; 4], Into::into);
        for side in sides {
            word(side.to_bits());
        }
        word(self.thumb.width);
        word(self.thumb.height);
        word(self.corners.len() as u32);
        for value in [self.waves, self.slopes[0], self.slopes[1]] {
            bytes.extend(value.to_le_bytes());
        }
        bytes.extend(&self.thumb.luma);
        for corner in &self.corners {
            bytes.extend(corner.x.to_le_bytes());
            bytes.extend(corner.y.to_le_bytes());
            bytes.extend([corner.lean, corner.level]);
            corner
                .pairs
                .iter()
                .for_each(|pairs| bytes.extend(pairs.to_le_bytes()));
        }
        bytes
    }

    /// Reads what [`to_bytes`](Self::to_bytes) wrote; `None` where it is something else.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut rest = Bytes(bytes);
        let [form, placed] = rest.take::<2>()?;
        if form != FORM {
            return None;
        }
        let page = rest.word()?;
        let size = (rest.word()?, rest.word()?);
        let sides = [rest.word()?, rest.word()?, rest.word()?, rest.word()?];
        let (width, height) = (rest.word()?, rest.word()?);
        let corners = rest.word()? as usize;
        let waves = rest.long()?;
        let slopes = [rest.long()?, rest.long()?];
        let is_sane = width.max(height) <= THUMB_SIDE && corners <= MAX_CORNERS;
        let (luma, mut rest) = rest
            .0
            .split_at_checked((width * height) as usize)
            .filter(|(_, rest)| is_sane && rest.len() == corners * CORNER_BYTES)
            .map(|(luma, rest)| (luma.to_vec(), Bytes(rest)))?;
        let corners = (0..corners).map(|_| rest.corner());
        Some(Self {
            page,
            rect: (placed == 1).then(|| sides.map(f32::from_bits).into()),
            size,
            waves,
            slopes,
            thumb: Raster {
                width,
                height,
                luma,
            },
            corners: corners.collect::<Option<_>>()?,
        })
    }
}

/// Bytes still to be read.
struct Bytes<'b>(&'b [u8]);

impl Bytes<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*taken)
    }

    fn word(&mut self) -> Option<u32> {
        self.take().map(u32::from_le_bytes)
    }

    fn long(&mut self) -> Option<u64> {
        self.take().map(u64::from_le_bytes)
    }

    fn corner(&mut self) -> Option<Corner> {
        let x = u16::from_le_bytes(self.take()?);
        let y = u16::from_le_bytes(self.take()?);
        let [lean, level] = self.take()?;
        let pairs = [self.long()?, self.long()?, self.long()?, self.long()?];
        Some(Corner {
            x,
            y,
            lean,
            level,
            pairs,
        })
    }
}

/// A worker hands a print over in a line of JSON: as hexadecimal digits.
impl Serialize for PhotoPrint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use std::fmt::Write as _;
        let bytes = self.to_bytes();
        let mut text = String::with_capacity(2 * bytes.len());
        for byte in bytes {
            let _ = write!(text, "{byte:02x}");
        }
        serializer.serialize_str(&text)
    }
}

impl<'de> Deserialize<'de> for PhotoPrint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let digit = |c: &u8| char::from(*c).to_digit(16);
        let pair = |pair: &[u8]| match pair {
            [high, low] => Some((digit(high)? << 4 | digit(low)?) as u8),
            _ => None,
        };
        let bytes: Option<Vec<u8>> = text.as_bytes().chunks(2).map(pair).collect();
        bytes
            .and_then(|bytes| Self::from_bytes(&bytes))
            .ok_or_else(|| D::Error::custom("not the print of a photo"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn print(rect: Option<Rect>) -> PhotoPrint {
        let corner = |n: u16| Corner {
            x: n,
            y: 8191 - n,
            lean: 200,
            level: 3,
            pairs: [u64::from(n), u64::MAX, 0, 7],
        };
        PhotoPrint {
            page: 3,
            rect,
            size: (4000, 3000),
            waves: 0x0123_4567_89ab_cdef,
            slopes: [1, u64::MAX],
            thumb: Raster {
                width: 2,
                height: 3,
                luma: vec![0, 50, 100, 150, 200, 255],
            },
            corners: vec![corner(5), corner(700)],
        }
    }

    #[test]
    fn a_print_survives_its_bytes_and_json() {
        for rect in [None, Some([1.5, 2.0, 30.0, 40.0].into())] {
            let print = print(rect);
            assert_eq!(
                PhotoPrint::from_bytes(&print.to_bytes()),
                Some(print.clone())
            );
            let json = serde_json::to_string(&print).unwrap();
            assert_eq!(serde_json::from_str::<PhotoPrint>(&json).unwrap(), print);
        }
    }

    #[test]
    fn bytes_cut_short_grown_or_strange_are_refused() {
        let bytes = print(None).to_bytes();
        for len in 0..bytes.len() {
            assert_eq!(PhotoPrint::from_bytes(&bytes[..len]), None, "{len}");
        }
        assert_eq!(PhotoPrint::from_bytes(&[&bytes[..], b"x"].concat()), None);
        let mut newer = bytes.clone();
        newer[0] = 99;
        assert_eq!(PhotoPrint::from_bytes(&newer), None);
        assert!(serde_json::from_str::<PhotoPrint>("\"0g\"").is_err());
    }
}
