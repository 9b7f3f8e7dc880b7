//! Tells pictures that are no pages apart: photos, posters, banners, screens. By how many words
//! stand where, by what posters print, and by what a camera wrote.

use crate::lexicon::doctype::{DocType, DocTypes, PictureKind, PictureRules};
use crate::lexicon::phrase::Phrase;
use crate::model::{Extraction, MediaType, Rect, Word};

/// Words read with less confidence are grain of the picture.
const READ: f32 = 0.6;
/// A banner as drawn is so many times as wide as high; photos are 16 : 9 at most.
const BANNER: f32 = 2.2;
/// Sheets of paper are so many times as long as wide, whichever way they lie; no photo is.
const SHEET: std::ops::Range<f32> = 1.395..1.433;
/// Words of a poster spread over so much of its height.
const SPREAD: f32 = 0.55;

/// A picture that is no page.
#[derive(Debug, Clone)]
pub(crate) struct Picture<'d> {
    pub(crate) kind: &'d DocType,
    pub(crate) label: &'d str,
    /// What it is, as the name of a rule.
    pub(crate) rule: &'static str,
    /// How much more speaks for it than for the next, 0 to 1.
    pub(crate) margin: f32,
}

/// Tells what a picture without heading and letterhead is; `None` for what is no picture.
pub(crate) fn picture<'d>(
    extraction: &Extraction,
    types: &'d DocTypes,
) -> Option<Picture<'d>> {
    let rules = types.pictures()?;
    if !extraction.media_type.is_picture() {
        return None;
    }
    let seen = Seen::new(extraction, rules);
    let weights = [
        (&rules.screen, "kind.screen", seen.screen()),
        (&rules.banner, "kind.banner", seen.banner()),
        (&rules.poster, "kind.poster", seen.poster()),
        (&rules.photo, "kind.photo", seen.photo()),
    ];
    let best = weights
        .iter()
        .copied()
        .reduce(|best, next| if next.2 > best.2 { next } else { best })?;
    let others = weights.iter().filter(|other| other.1 != best.1);
    let next = others.map(|other| other.2).fold(0.0, f32::max);
    let PictureKind { kind, label } = best.0;
    Some(Picture {
        kind: types.get(kind.as_str())?,
        label,
        rule: best.1,
        margin: ((best.2 - next) / 3.0).clamp(0.0, 1.0),
    })
}

/// Tells whether a picture prints at its foot what posters print there: addresses in the web,
/// numbers to call. A letterhead has them at the top.
pub(crate) fn has_contacts(extraction: &Extraction, types: &DocTypes) -> bool {
    const SEVERAL: usize = 2;
    const FOOT: f32 = 0.7;
    let Some(rules) = types.pictures() else {
        return false;
    };
    let is_at_foot =
        |word: &Word, height: f32| word.rect.is_some_and(|rect| rect.y0 > FOOT * height);
    let pages = extraction.pages.iter();
    let words = pages.flat_map(|page| {
        let height = page.size.map_or(f32::INFINITY, |(_, height)| height);
        let words = page.lines.iter().flat_map(|line| &line.words);
        words.filter(move |word| is_at_foot(word, height))
    });
    let words: Vec<&Word> = words.collect();
    extraction.media_type.is_picture() && contacts(&words, rules) >= SEVERAL
}

/// Tells what a workbook or table without a heading is.
pub(crate) fn sheet<'d>(
    extraction: &Extraction,
    types: &'d DocTypes,
) -> Option<Picture<'d>> {
    /// Share of words that are figures in a table of them; running text has a tenth.
    const FIGURES: f32 = 0.25;
    let rule = types.sheet()?;
    let words = || {
        let lines = extraction.pages.iter().flat_map(|page| &page.lines);
        lines.flat_map(|line| &line.words)
    };
    let is_figure = |word: &&Word| word.text.starts_with(|c: char| c.is_ascii_digit());
    let share = words().filter(is_figure).count() as f32 / words().count().max(1) as f32;
    (extraction.media_type.is_sheet() && share >= FIGURES).then_some(Picture {
        kind: types.get(rule.kind.as_str())?,
        label: &rule.label,
        rule: "kind.sheet",
        margin: share.min(1.0),
    })
}

/// What can be seen of a picture without knowing what it is.
#[derive(Debug)]
struct Seen {
    words: usize,
    few: usize,
    /// Width by height.
    aspect: f32,
    /// Share of the height over which words stand.
    spread: f32,
    /// Words that posters print: addresses in the web, numbers to call.
    contacts: usize,
    /// Words of programs' windows.
    controls: usize,
    /// Words that cameras stamp: degrees, an address.
    stamps: usize,
    has_camera: bool,
}

impl Seen {
    fn new(extraction: &Extraction, rules: &PictureRules) -> Self {
        let pages = || extraction.pages.iter();
        let words: Vec<&Word> = pages()
            .flat_map(|page| &page.lines)
            .flat_map(|line| &line.words)
            .filter(|word| word.confidence.get() >= READ)
            .collect();
        let (width, height) = pages().find_map(|page| page.size).unwrap_or((1.0, 1.0));
        let area = words
            .iter()
            .filter_map(|word| word.rect)
            .reduce(Rect::union);
        let camera = extraction.metadata.camera.as_ref();
        // Programs that draw date what they write, too, but in formats no camera writes.
        let is_drawn = matches!(extraction.media_type, MediaType::Png | MediaType::Gif);
        Self {
            words: words.len(),
            few: rules.few_words,
            aspect: width / height.max(1.0),
            spread: area.map_or(0.0, |area| area.height() / height.max(1.0)),
            contacts: contacts(&words, rules),
            controls: count(&words, &rules.controls),
            stamps: count(&words, &rules.stamps),
            has_camera: camera.is_some_and(|camera| {
                camera.make.is_some() || camera.captured.is_some() && !is_drawn
            }),
        }
    }

    fn screen(&self) -> f32 {
        match self.controls {
            0 | 1 => 0.0,
            2 => 2.2,
            _ => 4.0,
        }
    }

    fn banner(&self) -> f32 {
        f32::from(u8::from(self.aspect >= BANNER && self.words > 3)) * 3.5
    }

    fn poster(&self) -> f32 {
        let many = match self.words {
            n if n > 2 * self.few => 2.0,
            n if n > self.few => 1.2,
            _ => 0.2,
        };
        let spread = if self.spread >= SPREAD { 0.8 } else { 0.0 };
        let long = self.aspect.max(1.0 / self.aspect.max(0.01));
        let sheet = if SHEET.contains(&long) { 0.8 } else { 0.0 };
        many + spread + sheet + (self.contacts as f32 * 0.6).min(1.8)
    }

    fn photo(&self) -> f32 {
        let few = match self.words {
            n if n <= self.few => 1.8,
            n if n <= 2 * self.few => 0.8,
            _ => 0.0,
        };
        let band = if self.spread < SPREAD { 0.6 } else { 0.0 };
        let camera = if self.has_camera { 2.0 } else { 0.0 };
        few + band + camera + (self.stamps as f32 * 0.7).min(1.4)
    }
}

/// Counts the words that posters print: addresses in the web, numbers to call.
fn contacts(words: &[&Word], rules: &PictureRules) -> usize {
    let handles = words
        .iter()
        .filter(|word| word.text.starts_with(['@', '#']) || word.text.contains(".go.id"));
    count(words, &rules.contacts) + handles.count()
}

/// Counts the words that are one of some phrases, or begin with a long one.
fn count(words: &[&Word], phrases: &[Phrase]) -> usize {
    let is_one = |word: &&&Word| {
        let letters: Vec<u8> = word
            .text
            .chars()
            .filter_map(crate::lexicon::phrase::fold_letter)
            .collect();
        phrases.iter().any(|phrase| {
            let long = phrase.letters().len() >= 5;
            letters == phrase.letters() || long && letters.starts_with(phrase.letters())
        })
    };
    words.iter().filter(is_one).count()
}
