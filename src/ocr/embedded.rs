//! The embedded engine: PP-OCRv6 tiny, its recogniser cut to Latin letters.

use super::geometry::Quad;
use super::ink::marks;
use super::read::crop;
use super::read::detect::Detector;
use super::read::recognise::{Fragment, Recogniser};
use super::read::second::SecondLook;
use super::{Choose, OcrEngine, OcrError, check, layout, legibility, orient, spread};
use crate::imaging::picture;
use crate::model::{Line, OcrPage, Raster, Ratio, Turn, Word};
use rten::ThreadPool;
use std::borrow::Cow;
use std::sync::Arc;

/// Mean confidence under which a fragment is not text: stamps, rulings, the back of the page
/// shining through. Measured on made pages: 0.3 lets through half of the latter, and true
/// text begins at 0.6.
const NOT_TEXT: f32 = 0.5;

/// A box so many times as high as wide holds text that runs up or down: one letter has less.
const STANDING: f32 = 3.0;
/// Confidence and letters from which it is text: signatures and rules stand, too.
const SURELY_STANDING: f32 = 0.85;
const STANDING_CHARS: usize = 6;

/// Reads pictures with the networks that are part of the program.
pub struct Embedded {
    detector: Detector,
    recogniser: Recogniser,
    second: Option<SecondLook>,
    pool: Arc<ThreadPool>,
}

/// Loads the embedded engine, to run on `threads` threads.
///
/// # Errors
/// When the networks in the program are damaged.
pub fn embedded(threads: usize) -> Result<Embedded, OcrError> {
    let pool = Arc::new(ThreadPool::with_num_threads(threads.max(1)));
    Ok(Embedded {
        detector: Detector::load(&pool)?,
        recogniser: Recogniser::load(&pool)?,
        second: None,
        pool,
    })
}

impl OcrEngine for Embedded {
    fn name(&self) -> &'static str {
        "embedded"
    }

    fn recognise(&self, picture: &Raster) -> Result<OcrPage, OcrError> {
        check(picture)?;
        if picture.luma.is_empty() || legibility::is_empty(picture) {
            return Ok(OcrPage::blank());
        }
        let darkened = picture::darkened(picture);
        let readable = darkened.as_ref().unwrap_or(picture);
        let Upright {
            turn,
            picture: upright,
            mut fragments,
        } = self.upright(readable)?;
        fragments.retain(|f| !f.words.is_empty() && f.confidence > NOT_TEXT);
        if fragments.is_empty() && legibility::is_blank(picture) {
            return Ok(OcrPage::blank());
        }
        let confidence = confidence(&fragments);
        let rows = rows(&mut fragments, &upright);
        let mut lines: Vec<Line> = rows.iter().map(layout::Row::line).collect();
        if let Some(second) = &self.second {
            second.read_again(&upright, &rows, &mut lines)?;
        }
        lines.iter_mut().for_each(forget_doubts);
        let marks = marks::find(&upright, &lines);
        Ok(OcrPage {
            lines,
            marks,
            confidence: Ratio::new(confidence),
            verdict: legibility::verdict(&fragments, upright.width as f32, confidence),
            turn,
        })
    }
}

/// A page the right way up.
struct Upright<'a> {
    /// How it had to be turned.
    turn: Turn,
    /// The picture, turned.
    picture: Cow<'a, Raster>,
    /// What is read, with boxes in that picture; not all of it is text.
    fragments: Vec<Fragment>,
}

impl Embedded {
    /// Adds a second look: a larger recogniser reads again the words that `choose` returns.
    #[must_use]
    pub fn with_second_look(self, choose: Box<Choose>) -> Self {
        let second = SecondLook::new(Arc::clone(&self.pool), choose);
        Self {
            second: Some(second),
            ..self
        }
    }

    /// Reads a page in the direction that makes most sense.
    fn upright<'a>(&self, picture: &'a Raster) -> Result<Upright<'a>, OcrError> {
        let mut quads = self.detector.detect(picture)?;
        quads.sort_by(|a, b| b.long_side().total_cmp(&a.long_side()));
        let (sample, rest) = quads.split_at(quads.len().min(orient::SAMPLE));
        let mut turn = orient::sideways(&self.recogniser, picture, &quads)?;
        if turn == Turn::None {
            let mut fragments = self.read(picture, sample)?;
            turn = orient::upside_down(&self.recogniser, picture, &fragments)?;
            if turn == Turn::None {
                fragments.extend(self.read(picture, rest)?);
                return Ok(Upright {
                    turn,
                    picture: Cow::Borrowed(picture),
                    fragments,
                });
            }
        }
        let turned = picture::turned(picture, turn);
        let quads = self.detector.detect(&turned)?;
        Ok(Upright {
            turn,
            fragments: self.read(&turned, &quads)?,
            picture: Cow::Owned(turned),
        })
    }

    /// Reads the lines at `quads`, text or not.
    fn read(&self, picture: &Raster, quads: &[Quad]) -> Result<Vec<Fragment>, OcrError> {
        let mut read = Vec::with_capacity(quads.len());
        for quad in quads {
            if quad.height() > STANDING * quad.width() {
                read.extend(self.standing(picture, *quad)?);
                continue;
            }
            for part in crop::parts(picture, *quad) {
                read.push(self.recogniser.read(picture, part)?);
            }
        }
        Ok(read)
    }

    /// Reads text that runs up or down beside level lines; `None` where it makes no sense in
    /// either direction.
    fn standing(
        &self,
        picture: &Raster,
        quad: Quad,
    ) -> Result<Option<Fragment>, OcrError> {
        let mut best: Option<Fragment> = None;
        for turn in [Turn::Right, Turn::Left] {
            let read = self
                .recogniser
                .read(picture, quad.turned(turn.quarters()))?;
            let is_better = best.as_ref().is_none_or(|b| read.confidence > b.confidence);
            if is_better {
                best = Some(read);
            }
        }
        let is_text =
            |f: &Fragment| f.confidence >= SURELY_STANDING && f.chars() >= STANDING_CHARS;
        Ok(best.filter(is_text))
    }
}

/// Returns the lines in reading order: page after page where two lie side by side, and what
/// runs up or down last.
fn rows<'a>(fragments: &'a mut [Fragment], picture: &Raster) -> Vec<layout::Row<'a>> {
    fragments.sort_by_key(Fragment::is_vertical);
    let level = fragments.partition_point(|f| !f.is_vertical());
    let (level, standing) = fragments.split_at_mut(level);
    let gutter = spread::gutter(level, picture).unwrap_or(f32::INFINITY);
    let is_right = |f: &Fragment| f.quad.center().x >= gutter;
    level.sort_by_key(is_right);
    let (left, right) = level.split_at(level.partition_point(|f| !is_right(f)));
    let mut rows = layout::rows(left);
    rows.extend(layout::rows(right));
    // A stamp in the margin is a line of its own, after the page.
    rows.extend(standing.iter().map(|f| layout::Row(vec![f])));
    rows
}

/// Drops the doubts about words that are no numbers and had no second look: nothing uses them.
fn forget_doubts(line: &mut Line) {
    if line.second.is_none() {
        let plain = |word: &&mut Word| !word.text.contains(|c: char| c.is_ascii_digit());
        let words = line.words.iter_mut().filter(plain);
        words.for_each(|word| word.doubts = Vec::new());
    }
}

/// Returns the mean over all characters.
fn confidence(fragments: &[Fragment]) -> f32 {
    let chars: usize = fragments.iter().map(Fragment::chars).sum();
    let sum: f32 = fragments
        .iter()
        .map(|f| f.confidence * f.chars() as f32)
        .sum();
    sum / chars.max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{LinePart, PageVerdict, Rect};
    use std::sync::LazyLock;

    static ENGINE: LazyLock<Embedded> = LazyLock::new(|| embedded(1).unwrap());

    const TEXT: [&str; 3] = [
        "PERATURAN BUPATI CONTOH",
        "NOMOR 5 TAHUN 2024",
        "tentang Kabupaten Layak Anak",
    ];

    fn three_lines() -> Raster {
        let png = include_bytes!("../../tests/data/ocr/three_lines.png");
        let grey = image::load_from_memory(png).unwrap().into_luma8();
        Raster {
            width: grey.width(),
            height: grey.height(),
            luma: grey.into_raw(),
        }
    }

    fn text(page: &OcrPage) -> Vec<String> {
        page.lines.iter().map(Line::text).collect()
    }

    fn word(page: &OcrPage, text: &str) -> Rect {
        let mut words = page.lines.iter().flat_map(|line| &line.words);
        words
            .find(|word| word.text == text)
            .and_then(|word| word.rect)
            .unwrap()
    }

    /// Share of `b` that `a` covers.
    fn covered(a: Rect, b: Rect) -> f32 {
        let width = a.x1.min(b.x1) - a.x0.max(b.x0);
        let height = a.y1.min(b.y1) - a.y0.max(b.y0);
        width.max(0.0) * height.max(0.0) / (b.width() * b.height())
    }

    #[test]
    fn a_page_is_read_with_every_word_in_its_place() {
        let page = ENGINE.recognise(&three_lines()).unwrap();
        assert_eq!(text(&page), TEXT);
        assert_eq!(page.verdict, PageVerdict::Legible);
        assert!(page.confidence.is_confident());
        // Edges of the ink, read off the picture.
        for (text, ink) in [
            ("NOMOR", [34., 59., 121., 76.]),
            ("5", [127., 59., 137., 76.]),
            ("2024", [231., 59., 277., 76.]),
        ] {
            let (found, ink) = (word(&page, text), Rect::from(ink));
            assert!(covered(found, ink) > 0.8, "{text}: {found:?}");
            assert!(covered(ink, found) > 0.3, "{text}: {found:?}");
        }
    }

    /// Looks twice at all of the second line but its first word.
    fn with_second_look() -> Embedded {
        let choose = |lines: &[Line]| {
            assert_eq!(lines[1].text(), TEXT[1]);
            vec![LinePart {
                line: 1,
                words: 1..4,
            }]
        };
        embedded(1).unwrap().with_second_look(Box::new(choose))
    }

    #[test]
    fn the_words_chosen_are_read_twice_however_the_page_lies() {
        let engine = with_second_look();
        for turn in [Turn::None, Turn::Right, Turn::Half] {
            let page = engine
                .recognise(&picture::turned(&three_lines(), turn))
                .unwrap();
            let second = page.lines[1].second.clone().unwrap();
            assert_eq!(second.text, "5 TAHUN 2024", "{turn:?}");
            assert_eq!((second.from, second.to), (1, 4));
            assert!(second.confidence.is_confident());
            assert_eq!(page.lines[0].second, None);
            let [label, words @ ..] = page.lines[1].words.as_slice() else {
                panic!("no words");
            };
            assert_eq!(label.ink, None);
            for word in words {
                let ink = word.ink.unwrap();
                // Print beside print.
                assert!((0.8..1.25).contains(&ink.stroke_ratio), "{ink:?}");
                assert!((0.8..1.25).contains(&ink.height_ratio), "{ink:?}");
                assert!(ink.baseline_shift.unwrap().abs() < 0.1, "{ink:?}");
            }
        }
    }

    #[test]
    fn a_turned_page_reads_the_same_in_the_frame_of_the_upright_page() {
        let upright = three_lines();
        let place = word(&ENGINE.recognise(&upright).unwrap(), "2024");
        for turn in [Turn::Right, Turn::Half, Turn::Left] {
            let lying = picture::turned(&upright, turn);
            let page = ENGINE.recognise(&lying).unwrap();
            assert_eq!(text(&page), TEXT, "{turn:?}");
            assert_eq!(page.turn, turn.back(), "{turn:?}");
            let found = word(&page, "2024");
            assert!(covered(place, found) > 0.7, "{turn:?}: {found:?} {place:?}");
        }
    }

    #[test]
    fn a_blank_page_says_so_and_an_impossible_one_is_an_error() {
        let white = Raster {
            width: 80,
            height: 100,
            luma: vec![255; 8000],
        };
        assert_eq!(
            ENGINE.recognise(&white).unwrap().verdict,
            PageVerdict::Blank
        );
        let empty = Raster {
            width: 0,
            height: 0,
            luma: Vec::new(),
        };
        assert_eq!(ENGINE.recognise(&empty).unwrap().lines, []);
        let bomb = Raster {
            width: 35_000,
            height: 35_000,
            luma: Vec::new(),
        };
        assert!(matches!(
            ENGINE.recognise(&bomb),
            Err(OcrError::TooLarge { .. })
        ));
        let short = Raster {
            width: 10,
            height: 10,
            luma: vec![0; 99],
        };
        let error = ENGINE.recognise(&short).unwrap_err();
        assert!(matches!(
            error,
            OcrError::BadRaster {
                expected: 100,
                found: 99
            }
        ));
    }
}
