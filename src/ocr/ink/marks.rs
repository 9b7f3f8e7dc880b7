//! Finds ink that no word explains, given the picture of a page and its words: signatures, seals,
//! logos, drawings. What a mark means is decided by `classify`, from its place.

use super::circle::{Circle, find_circle};
use super::{Ink, Piece};
use crate::model::{InkKind, InkMark, Line, Raster, Ratio, Rect, Word};
use crate::ocr::ink;

/// Longer side of a sheet in millimetres: A4 has 297, F4 330; the difference does not matter.
const SHEET_MM: f32 = 297.0;
/// Length of a straight run, in millimetres, from which it is a line of a table: pens write no
/// stroke that is level over so much.
const RULE_MM: f32 = 14.0;
/// Largest piece that is dust, and thickness of a rule that is taken for one, in millimetres.
const DUST_MM: f32 = 1.0;
const THIN_MM: f32 = 1.0;
/// A rule is at least so many times as long as thick.
const SLIM: f32 = 12.0;
/// Share of its box from which a piece is solid, and its least side in millimetres: holes of a
/// punch, blots, bars of a chart. Signatures have at most 0.45.
const SOLID: f32 = 0.6;
const SOLID_MM: f32 = 3.0;
/// Width of the margin in millimetres in which scanners leave shadows and torn edges show.
const MARGIN_MM: f32 = 2.0;
/// Share of a piece's box inside a word from which the word explains it.
const INSIDE: f32 = 0.7;
/// A word explains a piece up to so many times its own height.
const TALLER: f32 = 1.35;
/// A word so many times as high as most, and read with less than this confidence, may be a
/// signature taken for a word: it explains nothing.
const HIGH: f32 = 1.6;
const SURE: f32 = 0.9;
/// The same for a word of any height.
const DOUBTFUL: f32 = 0.6;
/// Distance in millimetres within which pieces belong together.
const NEAR_MM: f32 = 2.0;
/// Longer side of the smallest mark, in millimetres.
const LEAST_MM: f32 = 4.0;
/// Sides of a mark in millimetres from which a ring is looked for in it: the smallest ring has
/// 26, less what is worn off.
const RING_MM: f32 = 23.0;
/// Distance in millimetres around such a mark within which ink is looked at.
const AROUND_MM: f32 = 6.0;
/// Pieces looked at, the largest first, and marks kept of one page.
const MAX_PIECES: usize = 1_500;
const MAX_MARKS: usize = 48;
/// Marks of a page in which a ring is looked for.
const MAX_RINGS: usize = 4;

/// Finds the marks, the most ink first, in the picture's pixels.
pub(crate) fn find(picture: &Raster, lines: &[Line]) -> Vec<InkMark> {
    let mm = picture.width.max(picture.height) as f32 / SHEET_MM;
    if mm < 2.0 {
        return Vec::new(); // below 50 dpi a stroke is no stroke
    }
    let ink = ink::ink(picture, (RULE_MM * mm) as u32);
    let words = Words::from_lines(lines, mm);
    let edge = Rect {
        x0: 0.0,
        y0: 0.0,
        x1: picture.width as f32,
        y1: picture.height as f32,
    }
    .grown(-MARGIN_MM * mm);
    let mut loose: Vec<&Piece> = ink
        .pieces
        .iter()
        .filter(|piece| is_stroke(piece, mm) && !words.explain(piece))
        .filter(|piece| rect(piece).intersection(edge).is_some())
        .collect();
    loose.sort_by_key(|piece| std::cmp::Reverse(piece.longest()));
    loose.truncate(MAX_PIECES);
    let mut marks = Vec::new();
    let mut rings = 0;
    for group in groups(&loose, NEAR_MM * mm) {
        let mark = mark(&group);
        let Some(mark) = mark.filter(|mark| longest(mark.rect) >= LEAST_MM * mm) else {
            continue;
        };
        let may_be_ring = mark.rect.width().min(mark.rect.height()) >= RING_MM * mm;
        if may_be_ring && rings < MAX_RINGS {
            rings += 1;
            if let Some(circle) =
                find_circle(&points(&ink, mark.rect.grown(AROUND_MM * mm)), mm)
            {
                marks.extend(parted(circle, &group, LEAST_MM * mm));
                continue;
            }
        }
        marks.push(mark);
    }
    marks.sort_by(|a, b| amount(b).total_cmp(&amount(a)));
    marks.truncate(MAX_MARKS);
    marks
}

fn amount(mark: &InkMark) -> f32 {
    mark.rect.width() * mark.rect.height() * mark.ink.get()
}

fn longest(rect: Rect) -> f32 {
    rect.width().max(rect.height())
}

fn rect(piece: &Piece) -> Rect {
    Rect {
        x0: piece.x.start as f32,
        y0: piece.y.start as f32,
        x1: piece.x.end as f32,
        y1: piece.y.end as f32,
    }
}

/// Tells whether a piece is neither dust, nor a rule, nor solid.
fn is_stroke(piece: &Piece, mm: f32) -> bool {
    let (width, height) = (piece.width() as f32, piece.height() as f32);
    let (long, short) = (width.max(height), width.min(height));
    let is_rule = short <= THIN_MM * mm && long >= SLIM * short;
    let is_solid =
        piece.pixels as f32 >= SOLID * width * height && short >= SOLID_MM * mm;
    long > DUST_MM * mm && !is_rule && !is_solid
}

/// The boxes of the words that explain ink, in bands of rows.
struct Words {
    bands: Vec<Vec<Rect>>,
    band: f32,
}

impl Words {
    fn from_lines(lines: &[Line], mm: f32) -> Self {
        let words = || lines.iter().flat_map(|line| &line.words);
        let mut heights: Vec<f32> =
            words().filter_map(|w| w.rect).map(Rect::height).collect();
        heights.sort_by(f32::total_cmp);
        let usual = heights.get(heights.len() / 2).copied().unwrap_or_default();
        let explains = |word: &&Word| {
            let height = word.rect.map_or(0.0, Rect::height);
            let sure = word.confidence.get();
            sure >= DOUBTFUL && (height <= HIGH * usual || sure >= SURE)
        };
        let mut known = Self {
            bands: Vec::new(),
            band: 10.0 * mm,
        };
        for rect in words().filter(explains).filter_map(|word| word.rect) {
            let (from, to) = (known.band_of(rect.y0), known.band_of(rect.y1));
            if known.bands.len() <= to {
                known.bands.resize(to + 1, Vec::new());
            }
            for band in known.bands.get_mut(from..=to).unwrap_or_default() {
                band.push(rect);
            }
        }
        known
    }

    fn band_of(&self, y: f32) -> usize {
        // No picture is higher than 2^20 pixels: what is beyond was no place on it.
        (y.clamp(0.0, 1_048_576.0) / self.band) as usize
    }

    /// Tells whether a word stands where the piece is.
    fn explain(&self, piece: &Piece) -> bool {
        let found = rect(piece);
        let band = self.bands.get(self.band_of(found.y0.midpoint(found.y1)));
        band.is_some_and(|words| {
            words.iter().any(|word| {
                let grown = word.grown(0.2 * word.height());
                let shared = grown.intersection(found);
                let share = shared.map_or(0.0, |r| r.width() * r.height())
                    / (found.width() * found.height()).max(1.0);
                share >= INSIDE && found.height() <= TALLER * word.height()
            })
        })
    }
}

/// Puts pieces together that stand near one another.
fn groups<'p>(pieces: &[&'p Piece], near: f32) -> Vec<Vec<&'p Piece>> {
    let mut left: Vec<&'p Piece> = pieces.to_vec();
    let mut groups = Vec::new();
    while let Some(seed) = left.pop() {
        let mut group = vec![seed];
        let mut next = 0;
        while let Some(piece) = group.get(next).copied() {
            next += 1;
            let around = rect(piece).grown(near);
            let (close, far) = left
                .into_iter()
                .partition(|other| rect(other).intersection(around).is_some());
            left = far;
            group.extend::<Vec<_>>(close);
        }
        groups.push(group);
    }
    groups
}

fn mark(pieces: &[&Piece]) -> Option<InkMark> {
    let around = pieces.iter().map(|piece| rect(piece)).reduce(Rect::union)?;
    let pixels: f32 = pieces.iter().map(|piece| piece.pixels as f32).sum();
    let longest = pieces
        .iter()
        .map(|piece| piece.longest())
        .max()
        .unwrap_or(0);
    Some(InkMark {
        kind: InkKind::Strokes,
        rect: around,
        piece: longest as f32,
        ink: Ratio::new(pixels / (around.width() * around.height()).max(1.0)),
    })
}

/// Returns both ends of each run of ink within a rectangle. Runs of small pieces and of words are
/// included: a worn seal is partly dust, and partly covered by words.
fn points(ink: &Ink, place: Rect) -> Vec<(f32, f32)> {
    let is_in =
        |x: f32, y: f32| x >= place.x0 && x <= place.x1 && y >= place.y0 && y <= place.y1;
    let ends = ink
        .runs
        .iter()
        .flat_map(|run| [run.from, run.to].map(|x| (x as f32, run.y as f32)));
    ends.filter(|(x, y)| is_in(*x, *y)).collect()
}

/// Separates a seal from the ink that reaches out of its ring: a signature across it.
fn parted(circle: Circle, group: &[&Piece], least: f32) -> Vec<InkMark> {
    let round = Rect {
        x0: circle.x - circle.radius,
        y0: circle.y - circle.radius,
        x1: circle.x + circle.radius,
        y1: circle.y + circle.radius,
    };
    let inside = round.grown(0.12 * circle.radius);
    let is_inside = |piece: &Piece| {
        let piece = rect(piece);
        piece.x0 >= inside.x0
            && piece.y0 >= inside.y0
            && piece.x1 <= inside.x1
            && piece.y1 <= inside.y1
    };
    let (own, rest): (Vec<&Piece>, Vec<&Piece>) =
        group.iter().copied().partition(|piece| is_inside(piece));
    let own_ink = mark(&own).map_or(Ratio::ZERO, |mark| mark.ink);
    let seal = InkMark {
        kind: InkKind::Ring,
        rect: round,
        piece: 2.0 * circle.radius,
        ink: own_ink,
    };
    let rest = mark(&rest).filter(|mark| longest(mark.rect) >= least);
    std::iter::once(seal).chain(rest).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MM: f32 = 4.0;

    /// A white sheet of 840 × 1188 pixels: A4 with four pixels a millimetre.
    struct Sheet(Raster);

    impl Sheet {
        fn new() -> Self {
            let (width, height) = (840, 1188);
            Self(Raster {
                width,
                height,
                luma: vec![240; (width * height) as usize],
            })
        }

        /// Draws a line of three pixels between places in millimetres.
        fn stroke(&mut self, from: (f32, f32), to: (f32, f32)) {
            let steps = 800;
            for n in 0..=steps {
                let t = n as f32 / steps as f32;
                let x = (from.0 + (to.0 - from.0) * t) * MM;
                let y = (from.1 + (to.1 - from.1) * t) * MM;
                for (dx, dy) in [(0, 0), (1, 0), (0, 1), (1, 1), (2, 1), (1, 2)] {
                    let at = (y as usize + dy) * 840 + x as usize + dx;
                    self.0.luma[at] = 40;
                }
            }
        }

        fn circle(&mut self, x: f32, y: f32, r: f32) {
            let at = |n: u8| {
                let turn = f32::from(n) / 60.0 * std::f32::consts::TAU;
                (x + r * turn.cos(), y + r * turn.sin())
            };
            (0..60).for_each(|n| self.stroke(at(n), at(n + 1)));
        }

        /// Draws a zigzag, as a pen does.
        fn signature(&mut self, x: f32, y: f32) {
            for (a, b) in [
                ((0., 8.), (7., 0.)),
                ((7., 0.), (9., 12.)),
                ((9., 12.), (16., 2.)),
                ((16., 2.), (25., 9.)),
            ] {
                self.stroke((x + a.0, y + a.1), (x + b.0, y + b.1));
            }
        }
    }

    fn word(text: &str, confidence: f32, rect: [f32; 4]) -> Line {
        let rect = rect.map(|v| v * MM).into();
        Line::new(vec![Word::new(text, Some(rect), Ratio::new(confidence))])
    }

    #[test]
    fn a_signature_is_a_mark_and_words_are_none() {
        let mut sheet = Sheet::new();
        sheet.stroke((20., 100.), (22., 103.)); // letters of a word
        sheet.stroke((23., 100.), (24., 103.));
        sheet.signature(120., 200.);
        let lines = [word("NY", 0.98, [19., 99., 26., 104.])];
        let marks = find(&sheet.0, &lines);
        assert_eq!(marks.len(), 1, "{marks:?}");
        let mark = marks[0];
        assert_eq!(mark.kind, InkKind::Strokes);
        assert!((mark.rect.x0 - 120. * MM).abs() < 4. && mark.piece > 24. * MM);
        assert!(mark.ink.get() < 0.3);
    }

    #[test]
    fn a_signature_across_a_name_is_a_mark() {
        let mut sheet = Sheet::new();
        sheet.signature(120., 200.);
        let lines = [word("SITI", 0.98, [115., 208., 150., 213.])];
        assert_eq!(find(&sheet.0, &lines).len(), 1);
    }

    #[test]
    fn a_signature_taken_for_a_word_is_still_a_mark() {
        let mut sheet = Sheet::new();
        sheet.signature(120., 200.);
        let around = [119., 199., 147., 214.];
        assert_eq!(find(&sheet.0, &[word("My", 0.55, around)]).len(), 1);
        assert_eq!(find(&sheet.0, &[word("My", 0.97, around)]), []);
    }

    #[test]
    fn rules_dust_and_holes_are_none() {
        let mut sheet = Sheet::new();
        sheet.stroke((20., 50.), (190., 50.));
        sheet.stroke((20., 50.), (20., 120.));
        sheet.stroke((60., 60.), (60.3, 60.3));
        for row in 0..24 {
            sheet.stroke((10., 140. + row as f32 / 4.), (16., 140. + row as f32 / 4.));
        }
        assert_eq!(find(&sheet.0, &[]), []);
    }

    #[test]
    fn a_seal_is_a_ring_and_what_crosses_it_is_not() {
        let mut sheet = Sheet::new();
        sheet.circle(100., 200., 18.);
        sheet.circle(100., 200., 14.);
        let alone: Vec<InkKind> = find(&sheet.0, &[]).iter().map(|m| m.kind).collect();
        assert_eq!(alone, [InkKind::Ring]);
        sheet.signature(105., 195.);
        let mut both: Vec<InkMark> = find(&sheet.0, &[]);
        both.sort_by(|a, b| a.rect.x0.total_cmp(&b.rect.x0));
        assert_eq!(both.len(), 2, "{both:?}");
        assert!(both.iter().any(|mark| mark.kind == InkKind::Ring));
        let seal = both.iter().find(|mark| mark.kind == InkKind::Ring).unwrap();
        assert!((seal.rect.x0 - 82. * MM).abs() < 20., "{seal:?}");
    }

    #[test]
    fn a_picture_too_small_is_left_alone() {
        let tiny = Raster {
            width: 100,
            height: 140,
            luma: vec![0; 14_000],
        };
        assert_eq!(find(&tiny, &[]), []);
        let empty = Raster {
            width: 0,
            height: 0,
            luma: Vec::new(),
        };
        assert_eq!(find(&empty, &[]), []);
    }
}
