//! What the appearance of a text field says, against the field's value: a field that shows another
//! text than it holds is how documents are forged whose values were filled in lawfully.

use crate::esign::pdf::{Dict, Document, FieldNode, Object, Parser, whole_text};
use std::collections::BTreeSet;

/// Operators of a plain text appearance (ISO 32000-2, annex A): a background, a border, a clip, text
/// in its place. Whatever draws anything else, or text out of its place, is not among them.
const PLAIN: [&[u8]; 25] = [
    b"q", b"Q", b"w", b"J", b"j", b"d", b"re", b"S", b"s", b"f", b"n", b"W", b"BT",
    b"ET", b"TL", b"Tf", b"Td", b"Tm", b"Tj", b"g", b"G", b"rg", b"RG", b"BMC", b"EMC",
];
/// Most things painted around the text: a background and a border.
const MOST_PAINTED: usize = 2;
/// Brightest grey that is text and no background.
const DARK: f64 = 0.6;

/// Tells whether the normal appearance of a widget plainly writes letters of its field's value and
/// nothing else; `true` where it has none.
pub fn shows_its_value(
    document: &Document<'_>,
    field: &FieldNode,
    widget: &Dict,
) -> bool {
    let looks = document.get(widget, b"AP");
    let Some(looks) = looks.dict() else {
        return true;
    };
    let place = edges(document, widget.get_or_null(b"Rect"));
    let Some(shown) = place.and_then(|place| shown(document, looks, place)) else {
        return false;
    };
    let value = document.resolve(&field.value);
    let values: Vec<String> = match &*value {
        Object::Array(values) => values
            .iter()
            .filter_map(|value| document.resolve(value).string().map(whole_text))
            .collect(),
        other => vec![other.string().map(whole_text).unwrap_or_default()],
    };
    let value: String = values.iter().map(|value| squeezed(value)).collect();
    value == squeezed(&shown)
}

/// Returns what a plain appearance writes, in the order of its operators; `None` where it is no
/// plain one, or its letters cannot be read.
fn shown(
    document: &Document<'_>,
    looks: &Dict,
    [x0, y0, x1, y1]: [f64; 4],
) -> Option<String> {
    let normal = looks.get(b"N")?.reference()?;
    let object = document.object(normal);
    let Object::Stream(stream) = &*object else {
        return None;
    };
    let is_moved = document
        .get(&stream.dict, b"Matrix")
        .array()
        .is_some_and(|matrix| {
            let unit = [1.0, 0.0, 0.0, 1.0];
            let numbers = matrix.iter().zip(unit);
            !numbers
                .into_iter()
                .all(|(value, one)| *document.resolve(value) == Object::Number(one))
        });
    if is_moved {
        return None;
    }
    let (width, height) = size(document, &stream.dict)?;
    // The box is fitted into the place of the widget: another shape would be another look.
    let is_alike = |one: f64, two: f64| (0.5..2.0).contains(&(one / two));
    if !is_alike(width, x1 - x0) || !is_alike(height, y1 - y0) {
        return None;
    }
    let content = document.content(normal)?;
    document.spend_bytes(content.bytes.len().saturating_mul(8))?;
    if !content.is_plainly_packed {
        return None;
    }
    let (shown, fonts) = written(&content.bytes, (width, height))?;
    let resources = document.get(&stream.dict, b"Resources");
    // Without resources of its own readers take others' fonts, and not the same ones.
    let own = resources.dict().map(|dict| document.get(dict, b"Font"));
    let is_readable = |name: &Vec<u8>| {
        let fonts = own.as_ref()?;
        let font = document.get(fonts.dict()?, name);
        Some(writes_letters(document, font.dict()?))
    };
    let is_plain = fonts.iter().all(|name| is_readable(name) == Some(true));
    (is_plain || shown.trim().is_empty()).then_some(shown)
}

/// Fonts that every reader has, and which write what they are told (ISO 32000-2, 9.6.2.2).
const TEXT_FONTS: [&[u8]; 4] = [b"Helvetica", b"Times-", b"Courier", b"Arial"];

/// Returns width and height of a form's box, its corner at 0.
fn size(document: &Document<'_>, dict: &Dict) -> Option<(f64, f64)> {
    match edges(document, dict.get_or_null(b"BBox"))? {
        [x, y, width, height] if x == 0.0 && y == 0.0 && width > 1.0 && height > 1.0 => {
            Some((width, height))
        }
        _ => None,
    }
}

/// Returns a rectangle: exactly four numbers.
pub fn edges(document: &Document<'_>, rect: &Object) -> Option<[f64; 4]> {
    let rect = document.resolve(rect);
    let numbers: Vec<f64> = rect
        .array()?
        .iter()
        .map(|value| match *document.resolve(value) {
            Object::Number(number) if number.is_finite() => Some(number),
            _ => None,
        })
        .collect::<Option<_>>()?;
    numbers.try_into().ok()
}

/// Tells whether a font writes the letters that its bytes stand for: no font of its own in the
/// file, and no glyphs under other numbers.
fn writes_letters(document: &Document<'_>, font: &Dict) -> bool {
    let kind = document.get(font, b"Subtype");
    let is_simple = matches!(kind.name(), Some(b"Type1" | b"TrueType" | b"MMType1"));
    let encoding = document.get(font, b"Encoding");
    let differs = encoding.dict().is_some_and(|one| {
        let differences = document.get(one, b"Differences");
        differences.array().is_some_and(|all| !is_usual(all))
    });
    let described = document.get(font, b"FontDescriptor");
    let is_embedded = described.dict().is_some_and(|one| {
        [&b"FontFile"[..], b"FontFile2", b"FontFile3"]
            .iter()
            .any(|key| one.get(key).is_some())
    });
    let name = document.get(font, b"BaseFont");
    let name = name.name().unwrap_or_default();
    let is_text = TEXT_FONTS.iter().any(|one| name.starts_with(one));
    is_simple && is_text && !differs && !is_embedded && font.get(b"Widths").is_none()
}

/// Names of the glyphs of figures (Adobe Glyph List).
const FIGURES: [&[u8]; 10] = [
    b"zero", b"one", b"two", b"three", b"four", b"five", b"six", b"seven", b"eight",
    b"nine",
];

/// Tells whether glyphs under numbers of their own are signs and accented letters, as those of
/// `PDFDocEncoding` are: none stands in for a letter or a figure, or hides as one.
fn is_usual(differences: &[Object]) -> bool {
    let mut number = 0i64;
    differences.iter().all(|one| match one {
        Object::Name(name) => {
            let place = u8::try_from(number).unwrap_or(u8::MAX);
            number += 1;
            let is_word = name.len() > 1 && name.iter().all(u8::is_ascii_alphabetic)
                || name == b".notdef";
            is_word
                && !place.is_ascii_alphanumeric()
                && !FIGURES.contains(&name.as_slice())
        }
        other => match other.integer() {
            Some(next) => {
                number = next;
                true
            }
            None => false,
        },
    })
}

/// What a content has done so far.
#[derive(Default)]
struct Written {
    text: String,
    fonts: BTreeSet<Vec<u8>>,
    painted: usize,
    is_dark: bool,
    /// Where the line begins that is written.
    line: (f64, f64),
    /// Width and height of the last rectangle.
    rectangle: (f64, f64),
}

/// Returns what a content writes, and with which fonts; `None` where it does anything but write one
/// line of dark text in its box.
fn written(content: &[u8], size: (f64, f64)) -> Option<(String, BTreeSet<Vec<u8>>)> {
    let mut parser = Parser::new(content, 0);
    let mut found = Written {
        is_dark: true,
        ..Written::default()
    };
    let mut operands = Vec::new();
    loop {
        parser.skip_space();
        if parser.is_at_end() {
            return (!parser.met_oddity).then_some((found.text, found.fonts));
        }
        let start = parser.at;
        if let Some(operand) = parser.object() {
            operands.push(operand);
            continue;
        }
        parser.at = start;
        let name = parser.operator();
        if !PLAIN.contains(&name) {
            return None;
        }
        found.take(name, &operands, size)?;
        operands.clear();
    }
}

impl Written {
    /// Takes one operator; `None` where it is not plain.
    fn take(&mut self, name: &[u8], operands: &[Object], size: (f64, f64)) -> Option<()> {
        let numbers: Vec<f64> = operands
            .iter()
            .filter_map(|one| match one {
                Object::Number(number) => Some(*number),
                _ => None,
            })
            .collect();
        match (name, numbers.as_slice()) {
            (b"S" | b"s" | b"f", _) => {
                // What is painted over text hides it.
                self.painted += 1;
                (self.painted <= MOST_PAINTED && self.text.is_empty()).then_some(())
            }
            (b"g", [grey]) => {
                self.is_dark = *grey < DARK;
                Some(())
            }
            (b"rg", [red, green, blue]) => {
                self.is_dark =
                    red.max(*green).max(*blue) < DARK || red + green + blue < 1.2;
                Some(())
            }
            (b"re", [_, _, width, height]) => {
                self.rectangle = (*width, *height);
                Some(())
            }
            // What is cut off is not shown: little may be.
            (b"W", _) => (self.rectangle.0 * 2.0 >= size.0
                && self.rectangle.1 * 2.0 >= size.1)
                .then_some(()),
            (b"BT", _) => {
                self.line = (0.0, 0.0);
                Some(())
            }
            (b"Td", [x, y]) => {
                self.line = (self.line.0 + x, self.line.1 + y);
                Some(())
            }
            (b"Tm", [turn @ .., x, y]) if is_unit(turn) => {
                self.line = (*x, *y);
                Some(())
            }
            (b"g" | b"rg" | b"Td" | b"Tm", _) => None,
            (b"Tf", [points]) => {
                let font = operands.first().and_then(Object::name)?;
                self.fonts.insert(font.to_vec());
                (*points > 3.0 && *points < 100.0).then_some(())
            }
            (b"Tj", _) => self.write(operands, size),
            _ => Some(()),
        }
    }

    /// Writes a text: one line, which begins in the box. Several may stand in any order.
    fn write(&mut self, operands: &[Object], (width, height): (f64, f64)) -> Option<()> {
        let (x, y) = self.line;
        let is_inside = (-0.5..width).contains(&x) && (-0.5..height).contains(&y);
        let [Object::String(bytes)] = operands else {
            return None;
        };
        if !is_inside || !self.is_dark || !self.text.is_empty() && !bytes.is_empty() {
            return None;
        }
        self.text.extend(bytes.iter().map(|byte| char::from(*byte)));
        Some(())
    }
}

/// Tells whether a matrix neither turns nor stretches: 1 0 0 1.
fn is_unit(turn: &[f64]) -> bool {
    let off = turn
        .iter()
        .zip([1.0, 0.0, 0.0, 1.0])
        .map(|(own, unit)| (own - unit).abs());
    turn.len() == 4 && off.fold(0.0, f64::max) < 1e-9
}

/// Returns a text without white space.
fn squeezed(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .collect()
}
