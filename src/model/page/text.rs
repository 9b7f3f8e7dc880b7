//! The text read from a file: pages of lines of words, each with its box and its confidence, and
//! the places that facts refer to.

use super::raster::Rect;
use crate::model::{
    Digest, EsignReport, InkMark, LetterDoubt, MediaType, Note, PhotoFingerprint,
    PrintedCode, Ratio, SecondReading, Turn, WordInk,
};
use serde::{Deserialize, Serialize};

impl From<Rect> for [f32; 4] {
    fn from(rect: Rect) -> Self {
        [rect.x0, rect.y0, rect.x1, rect.y1].map(|v| (v * 10.0).round() / 10.0)
    }
}

/// The source of a page's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextOrigin {
    /// The file says it: a PDF text layer, or the text of an office or text file.
    Layer,
    /// Read from a picture.
    Ocr,
    /// Read from a picture, with words that the file says typed over or around it.
    Mixed,
    /// No text.
    None,
}

/// A word, without white space.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Word {
    /// The word, NFC.
    pub text: String,
    /// Where it stands; `None` for formats without a page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rect: Option<Rect>,
    /// How sure the reader is; 1 for a text layer.
    pub confidence: Ratio,
    /// The letters of `text` the reader was not sure of, in order; told of words that hold a
    /// digit or stand where a second reader looked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub doubts: Vec<LetterDoubt>,
    /// How its ink compares with the print around it; `None` where nobody looked, or nothing
    /// is there to compare with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ink: Option<WordInk>,
}

impl Word {
    /// Makes a word about which nothing more is known.
    pub fn new(text: impl Into<String>, rect: Option<Rect>, confidence: Ratio) -> Self {
        Self {
            text: text.into(),
            rect,
            confidence,
            doubts: Vec::new(),
            ink: None,
        }
    }
}

/// A line in reading order.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Line {
    /// Its words from left to right.
    pub words: Vec<Word>,
    /// What another reader read in the part of it that decides; `None` where none looked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second: Option<SecondReading>,
}

impl Line {
    /// Makes a line that one reader read.
    pub fn new(words: Vec<Word>) -> Self {
        Self {
            words,
            second: None,
        }
    }

    /// Makes a line without boxes from plain text, as office and text files have it.
    pub fn plain(text: &str) -> Self {
        let word = |text: &str| Word::new(text, None, Ratio::ONE);
        Self::new(text.split_whitespace().map(word).collect())
    }

    /// Returns the words joined by single spaces.
    pub fn text(&self) -> String {
        let words: Vec<&str> = self.words.iter().map(|w| w.text.as_str()).collect();
        words.join(" ")
    }

    /// Returns the box around all words, where any has one.
    pub fn rect(&self) -> Option<Rect> {
        self.words.iter().filter_map(|w| w.rect).reduce(Rect::union)
    }

    /// Returns the mean confidence of the words, weighted by their length in chars.
    pub fn confidence(&self) -> Ratio {
        let (mut sum, mut chars) = (0.0, 0.0);
        for word in &self.words {
            let n = word.text.chars().count() as f32;
            sum += word.confidence.get() * n;
            chars += n;
        }
        Ratio::new(if chars > 0.0 { sum / chars } else { 0.0 })
    }
}

/// How well a page can be read by a person, judged from its picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PageVerdict {
    /// Nothing speaks against it.
    Legible,
    /// No ink.
    Blank,
    /// Letters too small for the resolution.
    TooSmall,
    /// Blurred or too faint.
    Blurred,
    /// Text runs over an edge.
    CutOff,
}

/// A page of a document, or the single body of a format without pages.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// Counted from 1, as printed by any viewer.
    pub number: u32,
    /// Width and height in the unit of [`Rect`]; `None` for formats without a page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<(f32, f32)>,
    /// How it must be turned to be read: scanners are fed upside down. Boxes and size are those
    /// of the turned page.
    #[serde(default, skip_serializing_if = "Turn::is_none")]
    pub turn: Turn,
    /// Where the text comes from.
    pub origin: TextOrigin,
    /// Mean confidence of the OCR; `None` where no OCR ran.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ocr_confidence: Option<Ratio>,
    /// How legible the page's picture is; `None` where there is none to judge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<PageVerdict>,
    /// The text, in reading order.
    pub lines: Vec<Line>,
    /// What stands beside that: what pictures in a report say, or the caption of a scan. To be
    /// found, not to judge the page by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beside: Vec<Line>,
    /// What the file's own text layer said, line by line, where OCR took its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub layer: Option<String>,
    /// Ink that no word explains, the most first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<InkMark>,
    /// Codes printed on it (QR), where somebody looked for them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<PrintedCode>,
    /// Fingerprints of the photos on it; the catalog keeps them beside the page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<PhotoFingerprint>,
    /// Lines that people put onto the page (form fields, comments), for OCR to leave alone.
    /// They are among `lines`, too, and forgotten once the file is read.
    #[serde(skip)]
    pub written: Vec<Line>,
}

impl Page {
    /// Makes a page without text.
    pub fn empty(number: u32, size: Option<(f32, f32)>) -> Self {
        Self {
            number,
            size,
            turn: Turn::None,
            origin: TextOrigin::None,
            ocr_confidence: None,
            verdict: None,
            lines: Vec::new(),
            beside: Vec::new(),
            layer: None,
            marks: Vec::new(),
            codes: Vec::new(),
            photos: Vec::new(),
            written: Vec::new(),
        }
    }

    /// Returns all that stands on the page, what stands beside last.
    pub fn all_lines(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().chain(&self.beside)
    }

    /// Returns all lines joined by line feeds.
    pub fn text(&self) -> String {
        let lines: Vec<String> = self.all_lines().map(Line::text).collect();
        lines.join("\n")
    }
}

/// A place in a document, with the words found there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Span {
    /// The page, from 1.
    pub page: u32,
    /// The box around the words; `None` for formats without a page.
    #[serde(rename = "box", default, skip_serializing_if = "Option::is_none")]
    pub rect: Option<Rect>,
    /// The words as read there, white space folded.
    pub quote: String,
}

/// A place on earth, in degrees, WGS 84, north and east positive.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct GeoPoint {
    /// Latitude, -90 to 90.
    pub lat: f64,
    /// Longitude, -180 to 180.
    pub lon: f64,
}

/// What a camera wrote into a picture (Exif).
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CameraFacts {
    /// `DateTimeOriginal` as `YYYY-MM-DDTHH:MM:SS`, local time of the camera.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub captured: Option<String>,
    /// `OffsetTimeOriginal`, such as `+07:00`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset: Option<String>,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<GeoPoint>,
    /// Exif orientation, 1 to 8.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub orientation: Option<u16>,
    /// Maker of the device.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub make: Option<String>,
    /// Model of the device.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// Width and height in pixels as stored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pixels: Option<(u32, u32)>,
}

/// The metadata of a file. It is evidence but never proof: anyone can write it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Metadata {
    /// Title property.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Program that made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub producer: Option<String>,
    /// Creation date property, `YYYY-MM-DD…` as found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created: Option<String>,
    /// What the camera wrote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub camera: Option<CameraFacts>,
    /// Signature fields in a PDF: how many are signed and how many are empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature_fields: Option<(u32, u32)>,
    /// What the electronic signatures of a PDF are worth; `None` where it has no field for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub esign: Option<Box<EsignReport>>,
    /// The trust anchors (SHA-256) that they were judged with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub anchors: Vec<Digest>,
}

/// A request for OCR of one page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OcrRequest {
    /// The page, from 1.
    pub page: u32,
    /// The part of the page.
    pub part: PagePart,
}

impl OcrRequest {
    /// Returns the request for a whole page.
    pub fn whole(page: u32) -> Self {
        Self {
            page,
            part: PagePart::Whole,
        }
    }
}

/// The part of a page that is to be read from its picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PagePart {
    /// All of it.
    Whole,
    /// The scan under or beside the words that the file says were typed onto it.
    Scan,
    /// What its pictures show; the file says the rest.
    Pictures,
}

/// What OCR read from one [`Raster`](crate::model::Raster): boxes in its pixels once it is
/// turned by `turn`, lines in reading order.
#[derive(Debug, Clone, PartialEq)]
pub struct OcrPage {
    /// The lines, top to bottom.
    pub lines: Vec<Line>,
    /// Mean confidence over all characters; 0 where nothing was read.
    pub confidence: Ratio,
    /// How legible the picture is.
    pub verdict: PageVerdict,
    /// Ink that no word explains, the most first, in the same pixels.
    pub marks: Vec<InkMark>,
    /// How the picture had to be turned to be read.
    pub turn: Turn,
}

impl OcrPage {
    /// Makes the reading of a page without ink.
    pub fn blank() -> Self {
        Self {
            lines: Vec::new(),
            confidence: Ratio::ZERO,
            verdict: PageVerdict::Blank,
            marks: Vec::new(),
            turn: Turn::None,
        }
    }
}

/// The result of reading one file. Reading never fails: problems are in `notes`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Extraction {
    /// The format.
    pub media_type: MediaType,
    /// Pages as the file declares them, read or not.
    pub page_count: u32,
    /// The pages read, in order.
    pub pages: Vec<Page>,
    /// What the file says about itself.
    pub metadata: Metadata,
    /// What went wrong or was odd, in order of page.
    pub notes: Vec<Note>,
}

impl Extraction {
    /// Makes an extraction without any page.
    pub fn without_pages(media_type: MediaType) -> Self {
        Self {
            media_type,
            page_count: 0,
            pages: Vec::new(),
            metadata: Metadata::default(),
            notes: Vec::new(),
        }
    }

    /// Returns the pages that are hard to read, from 1. A blank page is none of them, and
    /// neither is a photo without words.
    pub fn unclear_pages(&self) -> Vec<u32> {
        let unclear = |page: &&Page| {
            let is_clear = matches!(
                page.verdict,
                None | Some(PageVerdict::Legible | PageVerdict::Blank)
            );
            let is_photo = page.lines.is_empty() && !page.photos.is_empty();
            !is_clear && !is_photo
        };
        self.pages
            .iter()
            .filter(unclear)
            .map(|page| page.number)
            .collect()
    }

    /// Returns the mean OCR confidence over the pages that were read by OCR.
    pub fn ocr_confidence(&self) -> Option<Ratio> {
        let read: Vec<f32> = self
            .pages
            .iter()
            .filter_map(|page| page.ocr_confidence.map(Ratio::get))
            .collect();
        (!read.is_empty())
            .then(|| Ratio::new(read.iter().sum::<f32>() / read.len() as f32))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_knows_its_text_and_box() {
        let word = |text: &str, x0: f32| {
            let rect = [x0, 10.0, x0 + 20.0, 20.0].into();
            Word::new(text, Some(rect), Ratio::new(0.5))
        };
        let line = Line::new(vec![word("NOMOR", 100.0), word("5", 130.0)]);
        assert_eq!(line.text(), "NOMOR 5");
        assert_eq!(line.rect(), Some([100.0, 10.0, 150.0, 20.0].into()));
        assert_eq!(line.confidence(), Ratio::new(0.5));
        assert_eq!(Line::plain("  a \t b ").text(), "a b");
    }
}
