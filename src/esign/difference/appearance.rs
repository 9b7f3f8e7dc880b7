//! What the appearance of a text field says, against the field's value: a field that shows another
//! text than it holds is how documents are forged whose values were filled in lawfully.

use crate::esign::pdf::{Dict, Document, FieldNode, Object, Parser, text};
use std::collections::BTreeSet;

/// Operators of a plain text appearance (ISO 32000-2, annex A): state, paths, clipping, text, marks.
/// Whatever draws a picture, a shading or another form is not among them.
const PLAIN: [&[u8]; 49] = [
    b"q", b"Q", b"cm", b"w", b"J", b"j", b"M", b"d", b"ri", b"i", b"m", b"l", b"c", b"v",
    b"y", b"h", b"re", b"S", b"s", b"f", b"F", b"f*", b"n", b"W", b"W*", b"BT", b"ET",
    b"Tc", b"Tw", b"Tz", b"TL", b"Tf", b"Ts", b"Td", b"TD", b"Tm", b"T*", b"Tj", b"TJ",
    b"'", b"\"", b"g", b"G", b"rg", b"RG", b"k", b"K", b"BMC", b"EMC",
];

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
    let Some(shown) = shown(document, looks) else {
        return false;
    };
    let value = document.resolve(&field.value);
    let values: Vec<String> = match &*value {
        Object::Array(values) => values
            .iter()
            .filter_map(|value| document.resolve(value).string().map(text))
            .collect(),
        other => vec![other.string().map(text).unwrap_or_default()],
    };
    let value: String = values.iter().map(|value| letters(value)).collect();
    value.contains(&letters(&shown))
}

/// Returns what a plain appearance writes, in the order of its operators; `None` where it is no
/// plain one, or its letters cannot be read.
fn shown(document: &Document<'_>, looks: &Dict) -> Option<String> {
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
    let content = document.unpacked_stream(normal)?;
    let (shown, fonts) = written(&content)?;
    let resources = document.get(&stream.dict, b"Resources");
    let own = resources.dict().map(|dict| document.get(dict, b"Font"));
    let catalog = document.catalog()?;
    let form = document.get(&catalog, b"AcroForm");
    let common = form.dict().map(|form| document.get(form, b"DR"));
    let common = common.as_ref().and_then(|common| common.dict());
    let common = common.map(|dict| document.get(dict, b"Font"));
    let is_readable = |name: &Vec<u8>| {
        [&own, &common].into_iter().flatten().find_map(|fonts| {
            let font = document.get(fonts.dict()?, name);
            Some(writes_letters(document, font.dict()?))
        })
    };
    let is_plain = fonts.iter().all(|name| is_readable(name) == Some(true));
    (is_plain || shown.trim().is_empty()).then_some(shown)
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
    is_simple && !differs && !is_embedded
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

/// Returns what a content writes, and with which fonts; `None` where it does anything else.
fn written(content: &[u8]) -> Option<(String, BTreeSet<Vec<u8>>)> {
    let mut parser = Parser::new(content, 0);
    let (mut shown, mut fonts) = (String::new(), BTreeSet::new());
    let mut operands = Vec::new();
    loop {
        parser.skip_space();
        if parser.is_at_end() {
            return Some((shown, fonts));
        }
        let start = parser.at;
        if let Some(operand) = parser.object() {
            operands.push(operand);
            continue;
        }
        parser.at = start;
        let name = parser.operator();
        // What is painted over text hides it.
        let paints = matches!(name, b"S" | b"s" | b"f" | b"F" | b"f*");
        if !PLAIN.contains(&name) || paints && !shown.is_empty() {
            return None;
        }
        match name {
            b"Tj" | b"TJ" | b"'" | b"\"" => {
                for operand in &operands {
                    add(operand, &mut shown);
                }
            }
            b"Tf" => {
                fonts.extend(operands.first().and_then(Object::name).map(<[u8]>::to_vec));
            }
            _ => {}
        }
        operands.clear();
    }
}

fn add(operand: &Object, shown: &mut String) {
    match operand {
        Object::String(bytes) => shown.extend(bytes.iter().map(|byte| char::from(*byte))),
        Object::Array(values) => {
            for value in values {
                add(value, shown);
            }
        }
        _ => {}
    }
}

/// Returns letters and digits, in lower case: how lines are broken does not count.
fn letters(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}
