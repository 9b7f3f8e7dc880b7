//! Takes what people put onto a page (form fields, typed boxes, comments) and adds what the
//! page's own drawing does not show. Apart from the drawing device, because the device sees
//! only what is drawn: a field without an appearance, or a comment folded away, is not.
//!
//! * A **field** and a **typed box** stand in the text where they stand on the page. What is
//!   drawn there counts, where it says the value or where it says something else than the
//!   value; only a field whose drawing is missing, cut short or declared stale
//!   (`NeedAppearances`) is set from its value.
//! * A ticked box is `☑`, with the state's name where that says more than "yes". How a tick is
//!   drawn differs from form to form: a Zapf Dingbats letter, a path, nothing.
//! * A **comment** (note, highlight, stamp …) follows the page's text, as lines of its own: it
//!   is no part of the sentence it stands in.

use super::fields::{self, Value};
use crate::extract::normalize;
use crate::extract::pdf::meta::{dicts, text_string};
use crate::extract::pdf::text::device::{Glyph, Look, affine};
use crate::model::{Line, Ratio, Rect, Word};
use hayro::hayro_interpret::RectExt;
use hayro::hayro_interpret::hayro_cmap::BfString;
use hayro::hayro_interpret::hayro_syntax::object::{
    Array, Dict, Name, Rect as Box, String as Raw,
};
use hayro::hayro_interpret::hayro_syntax::page::Page;
use hayro::kurbo::{self, Point};

/// Annotations of one page that are looked at: a form of one field a square centimetre.
const MAX_ANNOTATIONS: usize = 1_000;
/// `F` bits 2 and 6: not to be shown (ISO 32000-2, table 167).
const HIDDEN: u32 = 1 << 1 | 1 << 5;
/// Letters of a field that fits its text: at most as large as running text.
const LARGEST_EM: f64 = 12.0;
const SMALLEST_EM: f64 = 4.0;
/// Width of a letter and height of a line, in em (Helvetica's mean and usual leading).
const ADVANCE: f64 = 0.5;
const LEADING: f64 = 1.2;
/// A ticked box.
const TICK: &str = "\u{2611}";
/// Points that a drawing may stick out of its box.
const SLACK: f64 = 2.0;

/// How a piece of writing belongs to the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A field's value; `true`: its drawing is declared stale.
    Field(bool),
    /// The state of a box to tick, whose drawing says nothing.
    Tick,
    /// Text typed onto the page.
    Typed,
    /// A remark about the page.
    Comment,
}

/// Something a person put onto a page.
#[derive(Debug)]
pub(crate) struct Written {
    kind: Kind,
    text: String,
    rect: kurbo::Rect,
    em: f64,
}

/// Reads the fields, typed boxes and comments of a page that a person can see.
pub(crate) fn read(page: &Page<'_>) -> Vec<Written> {
    let Some(annotations) = page.raw().get::<Array<'_>>(b"Annots") else {
        return Vec::new();
    };
    let stale = is_stale(page);
    let place = affine(page, 1.0);
    let annotations = dicts(&annotations, page.xref()).take(MAX_ANNOTATIONS);
    let written = annotations.filter_map(|annotation| {
        if annotation.get::<u32>(b"F").unwrap_or(0) & HIDDEN != 0 {
            return None;
        }
        let (kind, text) = written_text(&annotation, stale)?;
        let rect = annotation.get::<Box>(b"Rect")?.to_kurbo();
        let rect = place.transform_rect_bbox(rect);
        let fitting = (rect.height() / LEADING).clamp(SMALLEST_EM, LARGEST_EM);
        let em = fields::letter_size(&annotation).map_or(fitting, |em| em.min(fitting));
        rect.is_finite().then_some(Written {
            kind,
            text,
            rect,
            em: em.max(SMALLEST_EM),
        })
    });
    written.collect()
}

fn is_stale(page: &Page<'_>) -> bool {
    let form = || {
        let catalog = page.xref().get::<Dict<'_>>(page.xref().root_id())?;
        let form = catalog.get::<Dict<'_>>(b"AcroForm")?;
        form.get::<bool>(b"NeedAppearances")
    };
    form().unwrap_or(false)
}

fn written_text(annotation: &Dict<'_>, stale: bool) -> Option<(Kind, String)> {
    let contents = || {
        let text = text_string(&annotation.get::<Raw<'_>>(b"Contents")?);
        let text: String = text.chars().take(fields::MAX_CHARS).collect();
        (!text.trim().is_empty()).then_some(text)
    };
    match annotation.get::<Name<'_>>(b"Subtype")?.as_ref() {
        b"Widget" => Some(match fields::value(annotation)? {
            Value::Text(text) => (Kind::Field(stale), text),
            Value::Unticked => (Kind::Tick, String::new()),
            Value::Ticked(name) => (Kind::Tick, name.unwrap_or_default() + TICK),
        }),
        b"FreeText" => Some((Kind::Typed, contents()?)),
        b"Text" | b"Highlight" | b"Underline" | b"Squiggly" | b"StrikeOut" | b"Stamp"
        | b"Square" | b"Circle" | b"Line" | b"Polygon" | b"PolyLine" | b"Ink" | b"Caret"
            // A reply "accepted by …" is a state, not a remark (ISO 32000-2, 12.5.6.3).
            if !annotation.contains_key(b"StateModel") =>
        {
            Some((Kind::Comment, contents()?))
        }
        _ => None,
    }
}

/// Adds to `look` what its drawing does not say, and gives the comments as lines. Glyphs up to
/// `look.own` stay as they are; a drawing that says less than its field's value goes.
pub(crate) fn into_lines(written: Vec<Written>, look: &mut Look) -> Vec<Line> {
    let mut comments = Vec::new();
    let mut added = Vec::new();
    let mut gone = vec![false; look.glyphs.len()];
    let whole = without_space(&texts(&look.glyphs, |at, _| at < look.own));
    for mut one in written {
        let near = one.rect.inflate(SLACK, SLACK);
        let within = |glyph: &Glyph| near.contains(glyph.origin.midpoint(glyph.end));
        let own = without_space(&texts(&look.glyphs, |at, g| at < look.own && within(g)));
        let drawn =
            without_space(&texts(&look.glyphs, |at, g| at >= look.own && within(g)));
        let value = without_space(&one.text);
        match one.kind {
            Kind::Comment => {
                if !own.contains(&value) && !drawn.contains(&value) {
                    comments.extend(lines(&one));
                }
                continue;
            }
            Kind::Tick => {
                // The label beside the box mostly says what the state's name says.
                if let Some(name) = one.text.strip_suffix(TICK) {
                    let known = name.is_empty() || whole.contains(&without_space(name));
                    let tail = if known {
                        String::new()
                    } else {
                        format!(" {name}")
                    };
                    one.text = format!("{TICK}{tail}");
                }
            }
            Kind::Typed | Kind::Field(_) => {
                let says = own.contains(&value) || drawn.contains(&value);
                let other = !drawn.is_empty() && !value.contains(&drawn);
                if says || (other && one.kind != Kind::Field(true)) {
                    continue;
                }
            }
        }
        for ((at, glyph), gone) in look.glyphs.iter().enumerate().zip(&mut gone) {
            *gone |= at >= look.own && within(glyph);
        }
        set(&one, &mut added);
    }
    let mut gone = gone.into_iter();
    look.glyphs.retain(|_| !gone.next().unwrap_or(false));
    look.glyphs.extend(added);
    comments
}

fn texts(glyphs: &[Glyph], which: impl Fn(usize, &Glyph) -> bool) -> String {
    let mut text = String::new();
    for (_, glyph) in glyphs.iter().enumerate().filter(|(at, g)| which(*at, g)) {
        match &glyph.meaning {
            Some(BfString::Char(c)) => text.push(*c),
            Some(BfString::String(more)) => text.push_str(more),
            None => {}
        }
    }
    text
}

/// Letters and digits alone, small: how two readings of one value are compared.
fn without_space(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// Sets text into its box as if it were drawn there, wrapped where it is wider.
fn set(one: &Written, glyphs: &mut Vec<Glyph>) {
    let rect = one.rect;
    let fits = (rect.width() / (ADVANCE * one.em)).max(8.0) as usize;
    let rows: Vec<String> = one.text.lines().flat_map(|row| wrap(row, fits)).collect();
    let count = rows.len().max(1) as f64;
    let pitch = (LEADING * one.em).min(rect.height() / count).max(0.5);
    let em = one.em.min(pitch / LEADING);
    // A single line stands in the middle of its box, several begin at the top.
    let first = if count > 1.0 {
        rect.y0 + 0.9 * pitch
    } else {
        rect.center().y.min(rect.y0 + 2.0 * pitch) + 0.35 * em
    };
    for (row, y) in rows.iter().zip((0..).map(|n| first + f64::from(n) * pitch)) {
        let letters = row.chars().count().max(1) as f64;
        let step = (ADVANCE * em).min(rect.width() / letters).max(0.01);
        for (c, x) in row
            .chars()
            .zip((0..).map(|n| rect.x0 + f64::from(n) * step))
        {
            glyphs.push(Glyph {
                meaning: Some(BfString::Char(c)),
                origin: Point::new(x, y),
                end: Point::new(x + step, y),
                up: (0.0, -em),
                visible: true,
            });
        }
        glyphs.push(Glyph {
            meaning: Some(BfString::Char(' ')),
            origin: Point::new(rect.x1, y),
            end: Point::new(rect.x1, y),
            up: (0.0, -em),
            visible: true,
        });
    }
}

fn wrap(row: &str, fits: usize) -> Vec<String> {
    let mut rows: Vec<String> = Vec::new();
    for word in row.split_whitespace() {
        match rows.last_mut() {
            Some(row) if row.chars().count() + 1 + word.chars().count() <= fits => {
                row.push(' ');
                row.push_str(word);
            }
            _ => rows.push(word.to_owned()),
        }
    }
    rows
}

/// The lines of a comment, all with its box.
fn lines(one: &Written) -> Vec<Line> {
    let rect = Rect {
        x0: one.rect.x0.max(0.0) as f32,
        y0: one.rect.y0.max(0.0) as f32,
        x1: one.rect.x1.max(0.0) as f32,
        y1: one.rect.y1.max(0.0) as f32,
    };
    let word = |word: &str| Word::new(normalize::word(word), Some(rect), Ratio::ONE);
    let rows = one.text.lines().map(|row| {
        let words = row.split_whitespace().map(word);
        Line::new(words.filter(|word| !word.text.is_empty()).collect())
    });
    rows.filter(|line| !line.words.is_empty()).collect()
}
