//! Takes the glyphs of a page and gives words with boxes in lines in reading order. Apart from
//! the drawing device, because it is geometry on plain data and can be tested without a PDF.

use super::device::Glyph;
use crate::extract::normalize;
use crate::model::{Line, Ratio, Rect, Turn, Word};
use hayro::hayro_interpret::hayro_cmap::BfString;

/// Gap that ends a word, in em. A space is 0.25 em in the usual faces; poppler breaks at 0.1,
/// which tears widely set headings apart.
const WORD_GAP: f64 = 0.15;
/// Step back that ends a word, in em: kerning never goes so far.
const STEP_BACK: f64 = 0.5;
/// Baselines this close, in em, are one line (superscripts belong to theirs).
const SAME_LINE: f64 = 0.4;
/// From the baseline up and down to the edges of a word's box, in em (Times, Arial: 0.7 to 0.9
/// and 0.2).
const ASCENT: f64 = 0.8;
const DESCENT: f64 = 0.2;
/// Letters standing alone from which on a line is taken for letter-spaced: `P E R D A`.
const SPACED_RUN: usize = 4;

/// A run of glyphs in the frame of its own direction: `u` along the baseline, `v` across,
/// both growing in reading order.
#[derive(Debug, Clone)]
struct Piece {
    text: String,
    direction: u8,
    u0: f64,
    u1: f64,
    v: f64,
    em: f64,
    /// White space was drawn before, after.
    spaced: (bool, bool),
}

/// Returns the lines of a page of the given size in points. Text outside the page is left out,
/// and so is text a person cannot see when `visible_only`.
pub(crate) fn lines(glyphs: &[Glyph], size: (f32, f32), visible_only: bool) -> Vec<Line> {
    let mut pieces = pieces(glyphs, visible_only);
    pieces.retain(|piece| on_page(piece, size));
    let mut lines = Vec::new();
    for direction in 0..4 {
        let own: Vec<Piece> = pieces
            .iter()
            .filter(|p| p.direction == direction)
            .cloned()
            .collect();
        for row in super::order::rows(own, |p| (p.u0, p.u1, p.v, p.em), SAME_LINE) {
            let words = finish(row, size);
            if !words.is_empty() {
                lines.push(Line::new(words));
            }
        }
    }
    lines
}

/// Share of the glyphs from which they tell how a page must be turned to be read: a heading or
/// a column that stands is seldom a tenth.
const MOST: f64 = 0.8;

/// Returns how a page must be turned for the most of its text to run right.
pub(crate) fn turn(glyphs: &[Glyph]) -> Turn {
    let mut counts = [0_u32; 4];
    for glyph in glyphs.iter().filter(|glyph| glyph.visible) {
        let direction = piece(glyph, "x", false).map(|piece| piece.direction);
        if let Some(count) = direction.and_then(|at| counts.get_mut(usize::from(at))) {
            *count += 1;
        }
    }
    let all = f64::from(counts.iter().sum::<u32>());
    let turns = [Turn::None, Turn::Right, Turn::Half, Turn::Left];
    let mut found = turns.into_iter().zip(counts);
    let found = found.find(|(_, count)| f64::from(*count) >= MOST * all.max(1.0));
    found.map_or(Turn::None, |(turn, _)| turn)
}

fn pieces(glyphs: &[Glyph], visible_only: bool) -> Vec<Piece> {
    let mut done: Vec<Piece> = Vec::new();
    let mut open: Option<Piece> = None;
    let mut space = false;
    for glyph in glyphs.iter().filter(|g| g.visible || !visible_only) {
        let mut buffer = [0; 4];
        let text = match &glyph.meaning {
            Some(BfString::Char(c)) => &*c.encode_utf8(&mut buffer),
            Some(BfString::String(text)) => text.as_str(),
            None => "\u{FFFD}",
        };
        if text.chars().all(char::is_whitespace) {
            space = true;
            if let Some(mut piece) = open.take() {
                piece.spaced.1 = true;
                done.push(piece);
            }
            continue;
        }
        let Some(next) = piece(glyph, text, space) else {
            continue;
        };
        space = false;
        match &mut open {
            Some(piece) if is_echo(piece, &next) => {}
            Some(piece) if follows(piece, &next) => {
                piece.text.push_str(&next.text);
                piece.u1 = piece.u1.max(next.u1);
            }
            _ => done.extend(open.replace(next)),
        }
    }
    done.extend(open);
    done
}

fn piece(glyph: &Glyph, text: &str, space: bool) -> Option<Piece> {
    let em = glyph.up.0.hypot(glyph.up.1);
    if em < 0.1 {
        return None;
    }
    let along = if (glyph.end - glyph.origin).hypot() > 1e-3 {
        glyph.end - glyph.origin
    } else {
        hayro::kurbo::Vec2::new(-glyph.up.1, glyph.up.0)
    };
    let direction = match (
        along.x.abs() >= along.y.abs(),
        along.x >= 0.0,
        along.y < 0.0,
    ) {
        (true, true, _) => 0,
        (true, false, _) => 2,
        (false, _, true) => 1,
        (false, _, false) => 3,
    };
    let (u0, v) = frame(direction, glyph.origin.x, glyph.origin.y);
    let (u1, _) = frame(direction, glyph.end.x, glyph.end.y);
    let text = text.to_owned();
    Some(Piece {
        text,
        direction,
        u0,
        u1: u1.max(u0),
        v,
        em,
        spaced: (space, false),
    })
}

/// Turns page space so that text of the direction (0 right, 1 up, 2 left, 3 down) runs right.
fn frame(direction: u8, x: f64, y: f64) -> (f64, f64) {
    match direction {
        0 => (x, y),
        1 => (-y, x),
        2 => (-x, -y),
        _ => (y, -x),
    }
}

/// Turns the frame of a direction back into page space.
fn unframe(direction: u8, u: f64, v: f64) -> (f64, f64) {
    match direction {
        0 => (u, v),
        1 => (v, -u),
        2 => (-u, -v),
        _ => (-v, u),
    }
}

/// The same glyph drawn again a hair's breadth off: poor man's bold.
fn is_echo(piece: &Piece, next: &Piece) -> bool {
    let last = next.u1 - next.u0;
    piece.text.ends_with(&next.text)
        && (piece.u1 - next.u1).abs() < 0.1 * next.em.max(last)
        && (piece.v - next.v).abs() < 0.1 * next.em
        && last > 0.0
}

fn follows(piece: &Piece, next: &Piece) -> bool {
    let em = piece.em.max(next.em);
    let gap = next.u0 - piece.u1;
    piece.direction == next.direction
        && !next.spaced.0
        && (piece.v - next.v).abs() < SAME_LINE * em
        && gap < WORD_GAP * em
        && gap > -STEP_BACK * em
}

fn on_page(piece: &Piece, (width, height): (f32, f32)) -> bool {
    let (x, y) = unframe(piece.direction, piece.u0.midpoint(piece.u1), piece.v);
    (0.0..=f64::from(width)).contains(&x) && (0.0..=f64::from(height)).contains(&y)
}

/// Puts a row of pieces together: torn words joined, echoes dropped, letter-spacing closed.
fn finish(row: Vec<Piece>, size: (f32, f32)) -> Vec<Word> {
    let mut words: Vec<Piece> = Vec::with_capacity(row.len());
    for piece in row {
        match words.last_mut() {
            Some(last) if is_again(last, &piece) => {}
            Some(last) if !last.spaced.1 && follows(last, &piece) => {
                last.text.push_str(&piece.text);
                last.u1 = last.u1.max(piece.u1);
                last.spaced.1 = piece.spaced.1;
            }
            _ => words.push(piece),
        }
    }
    close_spacing(words)
        .iter()
        .filter_map(|piece| word(piece, size))
        .collect()
}

/// The same word over itself: bold by drawing twice, or filled and stroked.
fn is_again(last: &Piece, piece: &Piece) -> bool {
    last.text == piece.text
        && (last.u0 - piece.u0).abs() < 0.25 * piece.em
        && (last.v - piece.v).abs() < 0.25 * piece.em
}

/// Joins letters that stand alone, `P E R D A  N O M O R`, into words at the wider gaps.
fn close_spacing(words: Vec<Piece>) -> Vec<Piece> {
    let is_letter = |piece: &Piece| {
        let mut chars = piece.text.chars();
        chars.next().is_some_and(char::is_alphanumeric) && chars.next().is_none()
    };
    let mut out: Vec<Piece> = Vec::with_capacity(words.len());
    let mut run: Vec<Piece> = Vec::new();
    for piece in words {
        if is_letter(&piece) {
            run.push(piece);
        } else {
            out.extend(join_run(std::mem::take(&mut run)));
            out.push(piece);
        }
    }
    out.extend(join_run(run));
    out
}

fn join_run(run: Vec<Piece>) -> Vec<Piece> {
    if run.len() < SPACED_RUN {
        return run;
    }
    let mut gaps: Vec<f64> = run
        .iter()
        .zip(run.iter().skip(1))
        .map(|(a, b)| b.u0 - a.u1)
        .collect();
    gaps.sort_by(f64::total_cmp);
    let usual = gaps.get(gaps.len() / 2).copied().unwrap_or(0.0);
    let mut out: Vec<Piece> = Vec::new();
    for piece in run {
        match out.last_mut() {
            // A space within spaced text is at least as wide as another letter's gap.
            Some(last) if piece.u0 - last.u1 < 1.6 * usual.max(0.05 * piece.em) => {
                last.text.push_str(&piece.text);
                last.u1 = piece.u1;
            }
            _ => out.push(piece),
        }
    }
    out
}

fn word(piece: &Piece, (width, height): (f32, f32)) -> Option<Word> {
    let text = normalize::word(&piece.text);
    if text.is_empty() {
        return None;
    }
    let (top, bottom) = (piece.v - ASCENT * piece.em, piece.v + DESCENT * piece.em);
    let (xa, ya) = unframe(piece.direction, piece.u0, top);
    let (xb, yb) = unframe(piece.direction, piece.u1, bottom);
    let clamp = |value: f64, max: f32| (value as f32).clamp(0.0, max);
    let rect = Rect {
        x0: clamp(xa.min(xb), width),
        y0: clamp(ya.min(yb), height),
        x1: clamp(xa.max(xb), width),
        y1: clamp(ya.max(yb), height),
    };
    Some(Word::new(text, Some(rect), Ratio::ONE))
}

#[cfg(test)]
mod tests {
    use super::*;
    use hayro::kurbo::Point;

    /// Sets `text` at 10 points, half an em a glyph, `extra` points after each.
    fn set(text: &str, x: f64, y: f64, extra: f64) -> Vec<Glyph> {
        text.chars()
            .enumerate()
            .map(|(i, c)| {
                let x = x + i as f64 * (5.0 + extra);
                Glyph {
                    meaning: Some(BfString::Char(c)),
                    origin: Point::new(x, y),
                    end: Point::new(x + 5.0, y),
                    up: (0.0, -10.0),
                    visible: true,
                }
            })
            .collect()
    }

    fn texts(glyphs: &[Glyph]) -> Vec<String> {
        lines(glyphs, (600.0, 800.0), false)
            .iter()
            .map(Line::text)
            .collect()
    }

    #[test]
    fn words_split_at_spaces_and_at_gaps() {
        let mut glyphs = set("NOMOR 5", 50.0, 100.0, 0.0);
        glyphs.extend(set("TAHUN", 90.0, 100.0, 0.0));
        assert_eq!(texts(&glyphs), ["NOMOR 5 TAHUN"]);
    }

    #[test]
    fn lines_come_top_down_whatever_the_order_of_drawing() {
        let mut glyphs = set("kedua", 50.0, 200.0, 0.0);
        glyphs.extend(set("pertama", 50.0, 100.0, 0.0));
        assert_eq!(texts(&glyphs), ["pertama", "kedua"]);
    }

    #[test]
    fn letter_spaced_headings_are_closed() {
        let mut glyphs = set("PERATURAN", 50.0, 100.0, 4.0);
        glyphs.extend(set("DAERAH", 50.0 + 9.0 * 9.0 + 8.0, 100.0, 4.0));
        assert_eq!(texts(&glyphs), ["PERATURAN DAERAH"]);
    }

    #[test]
    fn bold_by_drawing_twice_is_read_once() {
        let mut glyphs = set("PASAL", 50.0, 100.0, 0.0);
        glyphs.extend(set("PASAL", 50.2, 100.0, 0.0));
        assert_eq!(texts(&glyphs), ["PASAL"]);
    }

    #[test]
    fn text_off_the_page_is_left_out_and_boxes_stay_inside() {
        let mut glyphs = set("luar", 700.0, 100.0, 0.0);
        glyphs.extend(set("dalam", 590.0, 100.0, -4.0));
        let lines = lines(&glyphs, (600.0, 800.0), false);
        assert_eq!(lines.len(), 1);
        assert!(lines[0].rect().is_some_and(|r| r.x1 <= 600.0));
    }
}
