//! Reads one line of text: picture and [`Quad`] → words with boxes. Lines go through the
//! network one by one: measured, batches of four with their padding took 15 % more processor
//! time on one thread, as a single line's values still fit the cache.

use super::{crop, ctc};
use crate::model::{Raster, Ratio, Word};
use crate::ocr::OcrError;
use crate::ocr::geometry::Quad;
use crate::ocr::net::Net;
use rten::ThreadPool;
use rten_tensor::{NdTensor, prelude::*};
use std::sync::Arc;

/// Colours the network expects: grey, see `models/fold_bias.py`.
const CHANNELS: usize = 1;

/// The network that reads whole pages.
pub(crate) const MODEL: &[u8] = include_bytes!("../models/rec-latin.onnx");
/// The larger one, which reads the words that decide once more.
pub(crate) const SECOND_MODEL: &[u8] = include_bytes!("../models/rec-small-latin.onnx");
/// What the classes of both stand for, one character a line.
pub(crate) const ALPHABET: &str = include_str!("../models/dict-latin.txt");

/// The line recogniser.
pub(crate) struct Recogniser {
    net: Net,
    alphabet: Vec<char>,
}

/// What one quad says.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Fragment {
    pub(crate) quad: Quad,
    pub(crate) words: Vec<Word>,
    /// Mean over its characters.
    pub(crate) confidence: f32,
}

impl Fragment {
    /// Returns how many chars its words have.
    pub(crate) fn chars(&self) -> usize {
        self.words
            .iter()
            .map(|word| word.text.chars().count())
            .sum()
    }

    /// Tells whether its text runs up or down.
    pub(crate) fn is_vertical(&self) -> bool {
        let (from, to) = (self.quad.point_at(0.0, 0.5), self.quad.point_at(1.0, 0.5));
        (to.y - from.y).abs() > (to.x - from.x).abs()
    }
}

impl Recogniser {
    /// Loads the one that reads whole pages.
    pub(crate) fn load(pool: &Arc<ThreadPool>) -> Result<Self, OcrError> {
        Self::from_onnx(MODEL, pool)
    }

    /// Loads the larger one, which takes three times as long and knows handwriting better.
    pub(crate) fn load_second(pool: &Arc<ThreadPool>) -> Result<Self, OcrError> {
        Self::from_onnx(SECOND_MODEL, pool)
    }

    fn from_onnx(onnx: &'static [u8], pool: &Arc<ThreadPool>) -> Result<Self, OcrError> {
        let net = Net::load(onnx, pool)?;
        // One character a line; the network's last class is the space.
        let listed = ALPHABET.lines();
        let alphabet = listed.flat_map(str::chars).chain([' ']).collect();
        Ok(Self { net, alphabet })
    }

    /// Returns what stands at `quad`.
    pub(crate) fn read(
        &self,
        picture: &Raster,
        quad: Quad,
    ) -> Result<Fragment, OcrError> {
        let strip = crop::strip(picture, &quad);
        let shape = [1, CHANNELS, crop::HEIGHT, strip.width];
        let output = self
            .net
            .run::<3>(NdTensor::from_data(shape, strip.pixels))?;
        let classes = output.size(2).max(1);
        let probabilities = output.to_vec();
        let glyphs = ctc::decode(probabilities.chunks_exact(classes), &self.alphabet);
        let pieces = ctc::words(&glyphs);
        let seen: Vec<f32> = glyphs
            .iter()
            .filter(|g| g.char != ' ')
            .map(|g| g.confidence)
            .collect();
        let word = |piece: ctc::Piece| {
            let rect = quad.between(piece.from, piece.to).bounds();
            Word {
                doubts: piece.doubts,
                ..Word::new(piece.text, Some(rect), Ratio::new(piece.confidence))
            }
        };
        Ok(Fragment {
            quad,
            words: pieces.into_iter().map(word).collect(),
            confidence: seen.iter().sum::<f32>() / seen.len().max(1) as f32,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_alphabet_fits_the_network() {
        let pool = Arc::new(ThreadPool::with_num_threads(1));
        for load in [Recogniser::load, Recogniser::load_second] {
            let recogniser = load(&pool).unwrap();
            let line = NdTensor::zeros([1, CHANNELS, crop::HEIGHT, 64]);
            // The first class is *nothing*.
            let classes = recogniser.net.run::<3>(line).unwrap().size(2);
            assert_eq!(recogniser.alphabet.len() + 1, classes);
            assert_eq!(recogniser.alphabet.last(), Some(&' '));
            for char in ('0'..='9').chain('A'..='Z').chain('a'..='z') {
                assert!(recogniser.alphabet.contains(&char), "{char}");
            }
        }
    }
}
