//! Canonical JSON: one text for one value, in any language, so that a digest over it means
//! something. A subset of RFC 8785: objects, lists, texts, booleans, null and whole numbers.

use serde_json::Value;

/// Returns the canonical JSON of a value; `None` where it holds a fraction or a number that
/// not every language keeps (beyond 2^53), which nothing here writes.
///
/// Names are sorted by code point, nothing stands between the tokens, texts are UTF-8 with
/// only `"`, `\` and the characters below U+0020 escaped: in Python,
/// `json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))`.
pub fn canonical(value: &Value) -> Option<String> {
    let mut text = String::new();
    write_value(value, &mut text)?;
    Some(text)
}

fn write_value(value: &Value, text: &mut String) -> Option<()> {
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_by_key(|(name, _)| *name);
            text.push('{');
            for (at, (name, value)) in fields.into_iter().enumerate() {
                if at > 0 {
                    text.push(',');
                }
                text.push_str(&quoted(name));
                text.push(':');
                write_value(value, text)?;
            }
            text.push('}');
        }
        Value::Array(items) => {
            text.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    text.push(',');
                }
                write_value(item, text)?;
            }
            text.push(']');
        }
        Value::String(string) => text.push_str(&quoted(string)),
        Value::Number(number) => {
            let whole = number.as_u64().filter(|n| *n < 1 << 53)?;
            text.push_str(&whole.to_string());
        }
        Value::Bool(is) => text.push_str(if *is { "true" } else { "false" }),
        Value::Null => text.push_str("null"),
    }
    Some(())
}

/// Returns a text as JSON writes it: `serde_json` escapes what RFC 8785 does, and no more.
fn quoted(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn one_value_has_one_text() {
        let value =
            json!({"b": [1, true, null], "a": {"z": "é\u{7f}\u{1}\n\"\\/", "": "x"}});
        let text = r#"{"a":{"":"x","z":"é"#.to_owned()
            + "\u{7f}"
            + r#"\u0001\n\"\\/"},"b":[1,true,null]}"#;
        assert_eq!(canonical(&value), Some(text));
        assert_eq!(canonical(&json!(1.5)), None);
        assert_eq!(canonical(&json!(-1)), None);
        assert_eq!(canonical(&json!(1u64 << 53)), None);
    }
}
