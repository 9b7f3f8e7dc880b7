//! A second look: the few words of a page that decide (a number, a date, a name), read once
//! more by a larger recogniser. Which words those are is not known here; whoever makes the
//! engine hands in a [`Choose`]. The recogniser is loaded when first needed, since most pages
//! of a long document have nothing to look at.

use super::crop;
use super::recognise::{Fragment, Recogniser};
use crate::model::{LetterDoubt, Line, LinePart, Raster, Ratio, SecondReading};
use crate::ocr::OcrError;
use crate::ocr::geometry::Quad;
use crate::ocr::ink::strokes;
use crate::ocr::layout::Row;
use rten::ThreadPool;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// Returns the parts of a page that deserve a second look, the most important first.
pub type Choose = dyn Fn(&[Line]) -> Vec<LinePart> + Send + Sync;

/// Most strip pixels along the line that are read again on a page, a page-wide line of print
/// having about 1,500. Measured on 202 pages of 100 short papers: 503 a page in the mean.
const MAX_WIDTH: f32 = 2_400.0;

/// Fragments are read in one piece where the gap between them is narrower than this many of
/// their heights: what the detector missed between them is then read, too.
const NEAR: f32 = 4.0;

/// So many heights of the blank before and after the words are read with them.
const BESIDE: f32 = 1.0;

/// Fragments are of one size where the higher is at most so much higher.
const ALIKE: f32 = 1.6;

/// The larger recogniser and what tells it where to look.
pub(crate) struct SecondLook {
    pool: Arc<ThreadPool>,
    reader: OnceLock<Recogniser>,
    choose: Box<Choose>,
}

impl SecondLook {
    /// Prepares looking where `choose` says.
    pub(crate) fn new(pool: Arc<ThreadPool>, choose: Box<Choose>) -> Self {
        Self {
            pool,
            reader: OnceLock::new(),
            choose,
        }
    }

    /// Reads parts of `lines`, which `rows` make, once more and writes down what it saw. Their
    /// boxes are pixels of `picture`.
    pub(crate) fn read_again(
        &self,
        picture: &Raster,
        rows: &[Row],
        lines: &mut [Line],
    ) -> Result<(), OcrError> {
        let mut left = MAX_WIDTH;
        for part in (self.choose)(lines) {
            let quads = rows
                .get(part.line)
                .map_or_else(Vec::new, |row| quads(row, &part.words));
            let width: f32 = quads.iter().map(crop::width_of).sum();
            let Some(line) = lines.get_mut(part.line) else {
                continue;
            };
            if quads.is_empty() || line.second.is_some() || width > left {
                continue;
            }
            left -= width;
            let reader = self.reader()?;
            let read = quads.into_iter().map(|quad| reader.read(picture, quad));
            let read = read.collect::<Result<Vec<_>, _>>()?;
            line.second = reading(&part.words, &read);
            strokes::compare(picture, rows, lines, (part.line, &part.words));
        }
        Ok(())
    }

    fn reader(&self) -> Result<&Recogniser, OcrError> {
        match self.reader.get() {
            Some(reader) => Ok(reader),
            None => {
                let loaded = Recogniser::load_second(&self.pool)?;
                Ok(self.reader.get_or_init(|| loaded))
            }
        }
    }
}

/// Returns what stands in a part of a line; `None` where its place cannot be told.
fn reading(words: &Range<usize>, read: &[Fragment]) -> Option<SecondReading> {
    let (mut text, mut doubts) = (String::new(), Vec::new());
    let (mut sum, mut chars, mut at) = (0.0, 0.0, 0u16);
    for word in read.iter().flat_map(|fragment| &fragment.words) {
        if !text.is_empty() {
            text.push(' ');
            at = at.saturating_add(1);
        }
        text.push_str(&word.text);
        doubts.extend(word.doubts.iter().map(|doubt| LetterDoubt {
            at: doubt.at.saturating_add(at),
            ..*doubt
        }));
        let n = word.text.chars().count();
        at = at.saturating_add(u16::try_from(n).ok()?);
        sum += word.confidence.get() * n as f32;
        chars += n as f32;
    }
    Some(SecondReading {
        from: u16::try_from(words.start).ok()?,
        to: u16::try_from(words.end).ok()?,
        text,
        confidence: Ratio::new(if chars > 0.0 { sum / chars } else { 0.0 }),
        doubts,
    })
}

/// Returns where some words of a row stand, from left to right, with some of the blank before
/// and after them: the detector leaves out a first digit that stands apart.
fn quads(row: &Row, words: &Range<usize>) -> Vec<Quad> {
    let mut quads: Vec<Quad> = Vec::new();
    let (mut first, mut left) = (0, None);
    for (fragment, next) in row
        .0
        .iter()
        .zip(row.0.iter().skip(1).map(Some).chain([None]))
    {
        let after = first + fragment.words.len();
        let own = words.start.max(first)..words.end.min(after);
        if own.start < own.end {
            let mut quad = words_quad(fragment, own.start - first..own.end - first);
            if own.start == first && own.start == words.start {
                quad = quad.widened(
                    -blank_share(left, Some(quad.point_at(0.0, 0.5).x), &quad),
                    0.0,
                );
            }
            if own.end == after && own.end == words.end {
                let right = next.map(|next| next.quad.point_at(0.0, 0.5).x);
                quad = quad.widened(
                    0.0,
                    blank_share(Some(quad.point_at(1.0, 0.5).x), right, &quad),
                );
            }
            match quads.last_mut() {
                Some(last) if is_near(last, &quad) => *last = last.joined(&quad),
                _ => quads.push(quad),
            }
        }
        (first, left) = (after, Some(fragment.quad.point_at(1.0, 0.5).x));
    }
    quads
}

/// Returns how much of the blank between two places belongs to a quad beside it, by the
/// quad's width.
fn blank_share(from: Option<f32>, to: Option<f32>, quad: &Quad) -> f32 {
    let most = BESIDE * quad.height();
    let free = match (from, to) {
        (Some(from), Some(to)) => (to - from).clamp(0.0, most),
        _ => most,
    };
    free / quad.width().max(1.0)
}

/// Returns where some words of a fragment stand, cut in the middle of the gaps around them.
fn words_quad(fragment: &Fragment, words: Range<usize>) -> Quad {
    let edges = |at: usize| {
        let rect = fragment.words.get(at)?.rect?;
        let share = |x: f32| fragment.quad.share(x);
        Some((share(rect.x0), share(rect.x1)))
    };
    let gap = |left: Option<usize>, right: usize| {
        let (_, end) = edges(left?)?;
        let (start, _) = edges(right)?;
        Some(end.midpoint(start))
    };
    let from = gap(words.start.checked_sub(1), words.start).unwrap_or(0.0);
    let to = gap(words.end.checked_sub(1), words.end).unwrap_or(1.0);
    fragment.quad.between(from, to)
}

/// Tells whether two pieces of a row may be read as one.
fn is_near(left: &Quad, right: &Quad) -> bool {
    let (low, high) = (
        left.height().min(right.height()),
        left.height().max(right.height()),
    );
    let gap = right.point_at(0.0, 0.5).x - left.point_at(1.0, 0.5).x;
    high < ALIKE * low && gap < NEAR * low
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Word;
    use crate::ocr::geometry::Point;

    /// Words of letters 10 wide from `x` on, 20 high, each a blank of 10 after the one before.
    fn fragment(x: f32, text: &str) -> Fragment {
        let mut at = x;
        let words = text.split(' ').map(|word| {
            let from = at;
            at += 10.0 * (word.len() + 1) as f32;
            let rect = [from, 0.0, at - 10.0, 20.0].into();
            Word::new(word, Some(rect), Ratio::ONE)
        });
        let words: Vec<Word> = words.collect();
        let end = at - 10.0;
        let corners = [(x, 0.0), (end, 0.0), (end, 20.0), (x, 20.0)];
        Fragment {
            quad: Quad::from_corners(corners.map(|(x, y)| Point::new(x, y))),
            words,
            confidence: 1.0,
        }
    }

    /// Left and right sides of what is read for some words.
    fn sides(row: &[Fragment], words: Range<usize>) -> Vec<(f32, f32)> {
        let quads = quads(&Row(row.iter().collect()), &words);
        let sides = quads
            .iter()
            .map(|quad| (quad.top_left.x, quad.bottom_right.x));
        sides.map(|(a, b)| (a.round(), b.round())).collect()
    }

    #[test]
    fn words_are_cut_in_the_gaps_beside_them() {
        let row = [fragment(0.0, "NOMOR 5 TAHUN 2024 TENTANG")];
        assert_eq!(sides(&row, 1..4), [(55.0, 185.0)]);
    }

    #[test]
    fn near_fragments_are_read_in_one_piece_with_the_blank_around_them() {
        let row = [
            fragment(0.0, "Nomor"),
            fragment(100.0, "005/"),
            fragment(180.0, "/DINSOS"),
            fragment(500.0, "5 Maret 2024"),
        ];
        // A height of blank before, 20, and after.
        assert_eq!(sides(&row, 1..3), [(80.0, 270.0)]);
        assert_eq!(sides(&row, 1..6), [(80.0, 250.0), (500.0, 640.0)]);
        let close = [fragment(0.0, "Nomor"), fragment(55.0, "005/12")];
        assert_eq!(sides(&close, 1..2), [(50.0, 135.0)], "not into the label");
    }

    #[test]
    fn doubts_are_counted_over_all_that_was_read() {
        let mut read = [fragment(0.0, "188.45/ 12"), fragment(90.0, "DINSOS")];
        let doubt = |at| LetterDoubt {
            at,
            other: None,
            probability: Ratio::new(0.2),
        };
        read[0].words[1].doubts = vec![doubt(1)];
        read[1].words[0].doubts = vec![doubt(0)];
        let reading = reading(&(1..4), &read).unwrap();
        assert_eq!(reading.text, "188.45/ 12 DINSOS");
        assert_eq!((reading.from, reading.to), (1, 4));
        let doubted = reading.doubts.iter().map(|d| usize::from(d.at));
        let doubted = doubted.map(|at| reading.text.chars().nth(at));
        assert_eq!(doubted.collect::<Vec<_>>(), [Some('2'), Some('D')]);
    }
}
