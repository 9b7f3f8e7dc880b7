//! The fingerprint of a photo: a few kilobytes from which the same photo is found again without
//! its original. It is plain data, so that taking and comparing fingerprints need not know each
//! other.

use crate::model::{Raster, Rect};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// Longest side, in pixels, of the picture on which corners lie.
pub const FINGERPRINT_SIDE: u32 = 512;
/// Longest side of the thumbnail, in pixels.
pub const THUMB_SIDE: u32 = 64;
/// Most corners of a fingerprint.
pub const MAX_CORNERS: usize = 256;

/// A corner (keypoint) of a photo: its place, its orientation and a binary descriptor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Corner {
    /// Distance from the left, in 1/16 pixel of the picture shrunk to [`FINGERPRINT_SIDE`].
    pub x: u16,
    /// Distance from the top, in the same unit.
    pub y: u16,
    /// Direction to the brighter side, in 1/256 of a full turn, clockwise from the right.
    pub orientation: u8,
    /// Level of the image pyramid on which it was found; 0 is the largest.
    pub level: u8,
    /// Comparisons of pairs of points around it (rotated BRIEF): a bit is set where the first
    /// point is darker. The second half has the mirror images of the pairs of the first.
    pub descriptor: [u64; 4],
}

/// The fingerprint of one photo.
#[derive(Debug, Clone, PartialEq)]
pub struct PhotoFingerprint {
    /// Number of its page, from 1.
    pub page: u32,
    /// Its place on the page, in the page's unit; `None` where it is the whole page.
    pub rect: Option<Rect>,
    /// Width and height in pixels of the original photo.
    pub size: (u32, u32),
    /// pHash: signs of the 8 × 8 lowest DCT coefficients, row by row.
    pub phash: u64,
    /// dHash: where it grows brighter to the right, and where downwards, on an 8 × 8 grid.
    pub dhash: [u64; 2],
    /// Thumbnail, at most [`THUMB_SIDE`] pixels long.
    pub thumb: Raster,
    /// Corners, the strongest first.
    pub corners: Vec<Corner>,
}

/// Version of the bytes below.
const FORM: u8 = 1;
const CORNER_BYTES: usize = 6 + 32;

impl PhotoFingerprint {
    /// Returns the fingerprint as bytes, little-endian.
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
        for value in [self.phash, self.dhash[0], self.dhash[1]] {
            bytes.extend(value.to_le_bytes());
        }
        bytes.extend(&self.thumb.luma);
        for corner in &self.corners {
            bytes.extend(corner.x.to_le_bytes());
            bytes.extend(corner.y.to_le_bytes());
            bytes.extend([corner.orientation, corner.level]);
            corner
                .descriptor
                .iter()
                .for_each(|descriptor| bytes.extend(descriptor.to_le_bytes()));
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
        let phash = rest.long()?;
        let dhash = [rest.long()?, rest.long()?];
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
            phash,
            dhash,
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
        let [orientation, level] = self.take()?;
        let descriptor = [self.long()?, self.long()?, self.long()?, self.long()?];
        Some(Corner {
            x,
            y,
            orientation,
            level,
            descriptor,
        })
    }
}

/// In the JSON line of a worker, a fingerprint is a string of hexadecimal digits.
impl Serialize for PhotoFingerprint {
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

impl<'de> Deserialize<'de> for PhotoFingerprint {
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
            .ok_or_else(|| D::Error::custom("not the fingerprint of a photo"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fingerprint(rect: Option<Rect>) -> PhotoFingerprint {
        let corner = |n: u16| Corner {
            x: n,
            y: 8191 - n,
            orientation: 200,
            level: 3,
            descriptor: [u64::from(n), u64::MAX, 0, 7],
        };
        PhotoFingerprint {
            page: 3,
            rect,
            size: (4000, 3000),
            phash: 0x0123_4567_89ab_cdef,
            dhash: [1, u64::MAX],
            thumb: Raster {
                width: 2,
                height: 3,
                luma: vec![0, 50, 100, 150, 200, 255],
            },
            corners: vec![corner(5), corner(700)],
        }
    }

    #[test]
    fn a_fingerprint_survives_its_bytes_and_json() {
        for rect in [None, Some([1.5, 2.0, 30.0, 40.0].into())] {
            let fingerprint = fingerprint(rect);
            assert_eq!(
                PhotoFingerprint::from_bytes(&fingerprint.to_bytes()),
                Some(fingerprint.clone())
            );
            let json = serde_json::to_string(&fingerprint).unwrap();
            assert_eq!(
                serde_json::from_str::<PhotoFingerprint>(&json).unwrap(),
                fingerprint
            );
        }
    }

    #[test]
    fn bytes_cut_short_grown_or_strange_are_refused() {
        let bytes = fingerprint(None).to_bytes();
        for len in 0..bytes.len() {
            assert_eq!(PhotoFingerprint::from_bytes(&bytes[..len]), None, "{len}");
        }
        assert_eq!(
            PhotoFingerprint::from_bytes(&[&bytes[..], b"x"].concat()),
            None
        );
        let mut newer = bytes.clone();
        newer[0] = 99;
        assert_eq!(PhotoFingerprint::from_bytes(&newer), None);
        assert!(serde_json::from_str::<PhotoFingerprint>("\"0g\"").is_err());
    }
}
