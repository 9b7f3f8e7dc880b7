//! Text put into markup: names of files and words of documents come from strangers. In HTML,
//! `maud` spells out the marks; here is what it lets through. DOCX and `JUnit` are written by hand.

use maud::Markup;
use std::fmt::Write;

/// Returns a finished page as text, without what stands for nothing and what turns the order of
/// letters round: with these, a file's name shows what it is not (`x.exe` as `exe.x`).
pub fn page_text(page: Markup) -> String {
    let text = page.into_string();
    match text.contains(is_deceiving) {
        true => text.replace(is_deceiving, "\u{fffd}"),
        false => text,
    }
}

/// Tells control characters but for white space, marks of direction (Unicode Annex 9), and the
/// two that are no characters.
fn is_deceiving(c: char) -> bool {
    let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let is_none = matches!(c, '\u{fffe}' | '\u{ffff}');
    turns || is_none || (c.is_control() && !matches!(c, '\n' | '\t'))
}

/// Returns text as a URI carries it (RFC 3986): all but letters, digits, `-._~` and the marks in
/// `kept` is escaped.
pub fn percent_encoded(text: &str, kept: &[u8]) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b if b.is_ascii_alphanumeric()
                || b"-._~".contains(&b)
                || kept.contains(&b) =>
            {
                out.push(char::from(b));
            }
            // Writing to a string does not fail.
            _ => drop(write!(out, "%{byte:02X}")),
        }
    }
    out
}

/// Returns text that XML 1.0 can carry: its marks spelled out, without what it forbids.
pub(super) fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {
                out.push('\u{fffd}');
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_becomes_markup() {
        assert_eq!(
            xml("<a href='x'>&\"\u{1}\u{ffff}\n"),
            "&lt;a href=&#39;x&#39;&gt;&amp;&quot;\u{fffd}\u{fffd}\n"
        );
    }
}
