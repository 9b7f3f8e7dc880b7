//! What the appearance of a text field says, against the field's value: a field that shows another
//! text than it holds is how documents are forged whose values were filled in lawfully.

use crate::esign::pdf::{Dict, Document, FieldNode, Object, Parser, text};

/// Tells whether an appearance of a text field shows letters that its value does not have. What
/// is written by the numbers of glyphs is not read, and shows none.
pub fn shows_another_text(document: &Document<'_>, field: &FieldNode) -> bool {
    if field.kind != b"Tx" {
        return false;
    }
    let value = document.resolve(&field.value);
    let value = letters(&value.string().map(text).unwrap_or_default());
    let widgets = field.widgets.iter().map(|id| document.object(*id));
    let own = std::iter::once(std::rc::Rc::new(Object::Dict(field.dict.clone())));
    own.chain(widgets)
        .filter_map(|widget| shown(document, widget.dict()?))
        .any(|shown| !value.contains(&letters(&shown)))
}

/// Returns what the normal appearance of a widget writes, in the order of its operators.
fn shown(document: &Document<'_>, widget: &Dict) -> Option<String> {
    let looks = document.get(widget, b"AP");
    let normal = looks.dict()?.get(b"N")?.reference()?;
    let content = document.unpacked_stream(normal)?;
    let mut parser = Parser::new(&content, 0);
    let mut shown = String::new();
    let mut operands = Vec::new();
    loop {
        parser.skip_space();
        if parser.is_at_end() {
            break;
        }
        match parser.object() {
            Some(operand) => operands.push(operand),
            None => {
                let start = parser.at;
                let name = parser.operator();
                if matches!(name, b"Tj" | b"TJ" | b"'" | b"\"") {
                    for operand in &operands {
                        add(operand, &mut shown);
                    }
                }
                operands.clear();
                if parser.at == start {
                    break;
                }
            }
        }
    }
    let is_plain = shown.chars().all(|c| c.is_ascii_graphic() || c == ' ');
    is_plain.then_some(shown)
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
