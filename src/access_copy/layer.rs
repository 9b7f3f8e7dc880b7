//! Makes the drawing instructions of a page: the picture over the whole page, and each word as
//! invisible text on its box, so that the copy can be searched and copied from.

use crate::model::{Line, Page, Rect, Turn, Word};
use flate2::{Compression, write::ZlibEncoder};
use pdf_writer::{Content, Name, Settings, Str, types::TextRenderingMode};
use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Result, Write},
};

/// What a page calls its picture and its font.
pub(super) const PICTURE: Name<'static> = Name(b"P");
pub(super) const FONT: Name<'static> = Name(b"F");
/// Width of every letter of the font, in em.
pub(super) const ADVANCE: f32 = 0.5;
/// From the baseline down to the lower edge of a box, in em, as bukti's boxes are made.
pub(super) const DESCENT: f32 = 0.2;
/// Times its width from which a box of several letters holds a word that runs up the page.
const UPRIGHT: f32 = 2.0;

/// The letters of a document, each with its number in the font, from 1.
#[derive(Debug, Default)]
pub(super) struct Alphabet(BTreeMap<char, u16>);

impl Alphabet {
    /// Numbers the letters of `pages`, in their own order.
    pub(super) fn used_in(pages: &[Page]) -> Self {
        let lines = pages.iter().flat_map(Page::all_lines);
        let words = lines.flat_map(|line| &line.words);
        let letters = words.flat_map(|word| word.text.chars());
        let mut letters: BTreeSet<char> = letters.filter(|c| !c.is_control()).collect();
        letters.insert(' ');
        Self(letters.into_iter().zip(1..u16::MAX).collect())
    }

    /// Returns the letters with their numbers, in order of both.
    pub(super) fn letters(&self) -> impl Iterator<Item = (char, u16)> {
        self.0.iter().map(|(letter, number)| (*letter, *number))
    }

    /// Returns how many numbers there are, the 0 that stands for no letter included.
    pub(super) fn len(&self) -> u16 {
        u16::try_from(self.0.len())
            .unwrap_or(u16::MAX)
            .saturating_add(1)
    }

    /// Returns a text as the font's codes, two bytes a letter, and how many letters.
    fn codes(&self, text: &str) -> (Vec<u8>, usize) {
        let codes = text.chars().filter_map(|letter| self.0.get(&letter));
        let codes: Vec<u8> = codes.flat_map(|code| code.to_be_bytes()).collect();
        let letters = codes.len() / 2;
        (codes, letters)
    }
}

/// Returns the instructions of a page of that size in points, packed by Flate. The boxes of
/// `text` are in its own unit and are brought to points.
pub(super) fn content(
    (width, height): (f32, f32),
    text: Option<&Page>,
    alphabet: &Alphabet,
) -> Result<Vec<u8>> {
    let mut content = Content::with_settings(Settings { pretty: false });
    content.save_state();
    content.transform([width, 0.0, 0.0, height, 0.0, 0.0]);
    content.x_object(PICTURE);
    content.restore_state();
    if let Some(page) = text
        && let Some((own_width, own_height)) = page.size.map(|size| page.turn.size(size))
        && own_width > 0.0
        && own_height > 0.0
    {
        let mut layer = Layer {
            content: &mut content,
            alphabet,
            turn: page.turn,
            own: (own_width, own_height),
            scale: (width / own_width, height / own_height),
            height,
            size: 0.0,
            stretch: 100.0,
        };
        layer.lines(page.all_lines());
    }
    packed(&content.finish())
}

/// Packs bytes by Flate, as tightly as it goes.
pub(super) fn packed(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    encoder.finish()
}

/// Places words on their boxes. Keeps the current text state, so that nothing is set twice: of
/// a page of text, half the bytes.
struct Layer<'a> {
    content: &'a mut Content,
    alphabet: &'a Alphabet,
    /// How the page was turned to be read, and its size before.
    turn: Turn,
    own: (f32, f32),
    scale: (f32, f32),
    height: f32,
    size: f32,
    stretch: f32,
}

impl Layer<'_> {
    fn lines<'l>(&mut self, lines: impl Iterator<Item = &'l Line>) {
        self.content.begin_text();
        self.content
            .set_text_rendering_mode(TextRenderingMode::Invisible);
        for line in lines {
            for (number, word) in (1..).zip(&line.words) {
                self.word(word, number == line.words.len());
            }
        }
        self.content.end_text();
    }

    fn word(&mut self, word: &Word, is_last: bool) {
        let Some(rect) = word.rect.map(|rect| self.to_points(rect)) else {
            return;
        };
        let (mut codes, letters) = self.alphabet.codes(&word.text);
        let (width, height) = (rect.width(), rect.height());
        if letters == 0 || width <= 0.0 || height <= 0.0 {
            return;
        }
        let is_upright = letters > 2 && height > UPRIGHT * width;
        // Boxes grow to the right and down, the page to the right and up.
        let bottom = self.height - rect.y1;
        let (length, em, matrix) = match is_upright {
            true => {
                let x = tenth(rect.x1 - DESCENT * width);
                (height, width, [0.0, 1.0, -1.0, 0.0, x, tenth(bottom)])
            }
            false => {
                let y = tenth(bottom + DESCENT * height);
                (width, height, [1.0, 0.0, 0.0, 1.0, tenth(rect.x0), y])
            }
        };
        let size = tenth(em).max(0.1);
        if size.to_bits() != self.size.to_bits() {
            self.content.set_font(FONT, size);
            self.size = size;
        }
        let stretch = tenth(100.0 * length / (letters as f32 * ADVANCE * size)).max(0.1);
        if stretch.to_bits() != self.stretch.to_bits() {
            self.content.set_horizontal_scaling(stretch);
            self.stretch = stretch;
        }
        if !is_last {
            // Words set closely are told apart all the same.
            codes.extend(self.alphabet.codes(" ").0);
        }
        self.content.set_text_matrix(matrix);
        self.content.show(Str(&codes));
    }

    fn to_points(&self, rect: Rect) -> Rect {
        let rect = self.turn.undo(rect, self.own);
        Rect {
            x0: rect.x0 * self.scale.0,
            y0: rect.y0 * self.scale.1,
            x1: rect.x1 * self.scale.0,
            y1: rect.y1 * self.scale.1,
        }
    }
}

/// Rounds to a tenth of a point, 0.04 mm: nobody sees a smaller difference.
fn tenth(value: f32) -> f32 {
    (value * 10.0).round() / 10.0
}
