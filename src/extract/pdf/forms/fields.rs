//! Takes the widget of a form field and gives what a person filled in. Apart from the other
//! annotations, because a field has its value in a tree of its own, and inherits half of it.

use crate::extract::pdf::meta::text_string;
use hayro::hayro_interpret::hayro_syntax::object::{Array, Dict, Object};

/// Levels of parents a field inherits from.
const MAX_DEPTH: u32 = 16;
/// Chars of one value that are kept: three pages of text.
pub(crate) const MAX_CHARS: usize = 10_000;
/// `Ff` bit 14 of a text field: what is typed is not to be shown (ISO 32000-2, table 232).
const PASSWORD: u32 = 1 << 13;
/// `Ff` bit 17 of a button: it keeps no value (ISO 32000-2, table 229).
const PUSH_BUTTON: u32 = 1 << 16;
/// Names of the ticked state that say no more than that.
const PLAIN_TICK: [&str; 7] = ["on", "yes", "ya", "true", "1", "x", "checked"];

/// What a field holds.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// Text typed or chosen.
    Text(String),
    /// A box is ticked; the state's name where it says more than that.
    Ticked(Option<String>),
    /// A box is not ticked.
    Unticked,
}

/// Reads a widget's value; `None` where it has none that a person would call text.
pub(crate) fn value(widget: &Dict<'_>) -> Option<Value> {
    let kind = inherited(widget, b"FT")?.into_name()?;
    let flags = inherited(widget, b"Ff").and_then(|flags| u32::try_from(flags).ok());
    let flags = flags.unwrap_or(0);
    match kind.as_ref() {
        b"Tx" if flags & PASSWORD == 0 => text(inherited(widget, b"V")?).map(Value::Text),
        b"Ch" => chosen(widget).map(Value::Text),
        b"Btn" if flags & PUSH_BUTTON == 0 => Some(state(widget)),
        _ => None,
    }
}

/// Returns the size of letters that the field asks for, in points; `None` for "as it fits".
pub(crate) fn letter_size(annotation: &Dict<'_>) -> Option<f64> {
    let appearance = inherited(annotation, b"DA")?.into_string()?;
    let words = String::from_utf8_lossy(&appearance).into_owned();
    let mut last = None;
    for word in words.split_ascii_whitespace() {
        if word == "Tf" {
            return last.filter(|size| *size > 0.0);
        }
        last = word.parse().ok();
    }
    None
}

/// Looks a key up in the field and in those above it.
fn inherited<'a>(widget: &Dict<'a>, key: &[u8]) -> Option<Object<'a>> {
    let mut field = widget.clone();
    for _ in 0..MAX_DEPTH {
        if let Some(found) = field.get::<Object<'_>>(key) {
            return Some(found);
        }
        field = field.get::<Dict<'_>>(b"Parent")?;
    }
    None
}

fn text(value: Object<'_>) -> Option<String> {
    let text = match value {
        Object::String(raw) => text_string(&raw),
        Object::Stream(stream) => text_string(&stream.decoded_data().ok()?),
        Object::Name(name) => String::from_utf8_lossy(&name).into_owned(),
        _ => return None,
    };
    let text: String = text.chars().take(MAX_CHARS).collect();
    (!text.trim().is_empty()).then_some(text)
}

/// What is chosen of a list, as the list shows it.
fn chosen(widget: &Dict<'_>) -> Option<String> {
    let values = match inherited(widget, b"V")? {
        Object::Array(values) => values.iter::<Object<'_>>().filter_map(text).collect(),
        one => vec![text(one)?],
    };
    let options = inherited(widget, b"Opt").and_then(Object::into_array);
    let shown = |value: String| {
        let options = options.iter().flat_map(Array::iter::<Object<'_>>);
        let mut of_value = options.filter_map(|option| {
            let pair = option.into_array()?;
            let mut pair = pair.iter::<Object<'_>>();
            let stored = text(pair.next()?)?;
            (stored == value).then(|| text(pair.next()?)).flatten()
        });
        of_value.next().unwrap_or(value)
    };
    let shown: Vec<String> = values.into_iter().map(shown).collect();
    (!shown.is_empty()).then(|| shown.join(", "))
}

fn state(widget: &Dict<'_>) -> Value {
    let name = widget
        .get::<Object<'_>>(b"AS")
        .or_else(|| inherited(widget, b"V"))
        .and_then(Object::into_name)
        .map(|name| String::from_utf8_lossy(&name).into_owned());
    let Some(name) = name else {
        return Value::Unticked;
    };
    if name == "Off" || name.is_empty() {
        return Value::Unticked;
    }
    let says_more = name.chars().any(char::is_alphabetic)
        && !PLAIN_TICK.contains(&name.to_lowercase().as_str());
    Value::Ticked(says_more.then_some(name))
}
