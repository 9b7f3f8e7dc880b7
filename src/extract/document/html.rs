//! Takes a web page and gives its text as one page: a paragraph is a line, and so is a row of a
//! table. Offices meet it as the `.xls` and `.doc` that web programs hand out.
//!
//! Tags are looked at one by one and no tree is built: what nests a million deep, or never
//! ends, costs one pass over it.

use super::super::text;
use super::Document;
use super::flow::Flow;
use super::office::package::property;
use crate::model::{Note, NoteCode};
use encoding_rs::{Encoding, UTF_8};
use mail_parser::decoders::html::add_html_token;

/// Bytes read of a page. Pictures that stand in it as text make it long.
const MAX_BYTES: usize = 32 << 20;
/// Bytes in which a page says its encoding (HTML, 4.2.5.4: 1,024; Word takes more).
const META_WITHIN: usize = 4_096;
/// Chars of the longest entity, `&CounterClockwiseContourIntegral;`.
const MAX_ENTITY: usize = 33;

/// Reads a web page.
pub(super) fn read(bytes: &[u8]) -> Document {
    let mut document = from_text(&decode(bytes.get(..MAX_BYTES).unwrap_or(bytes)));
    if bytes.len() > MAX_BYTES {
        document.notes.push(Note::file(NoteCode::TooManyPages));
    }
    document
}

/// Reads a web page that is text already, as mails have it.
pub(super) fn from_text(html: &str) -> Document {
    let mut page = Page::default();
    page.read(html);
    let mut document = Document::from_lines(page.flow.page());
    document.metadata.title = property(&page.title);
    if page.flow.is_cut() {
        document.notes.push(Note::file(NoteCode::TooManyPages));
    }
    document
}

/// Decodes by the byte order mark, then by what the page says of itself, then as text.
fn decode(bytes: &[u8]) -> String {
    if Encoding::for_bom(bytes).is_some() {
        return text::decode(bytes);
    }
    let head = bytes.get(..META_WITHIN).unwrap_or(bytes);
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let said = head.split_once("charset=").map(|(_, rest)| {
        let rest = rest.trim_start_matches(['"', '\'', ' ']);
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_');
        rest.get(..end.unwrap_or(rest.len())).unwrap_or_default()
    });
    match said.and_then(|label| Encoding::for_label(label.as_bytes())) {
        // Many a page says UTF-8 and is not, and what can be read cannot be UTF-16.
        Some(encoding) if encoding != UTF_8 && encoding.is_ascii_compatible() => {
            encoding.decode(bytes).0.into_owned()
        }
        _ => text::decode(bytes),
    }
}

#[derive(Default)]
struct Page {
    flow: Flow,
    title: String,
    in_title: bool,
    in_row: bool,
    /// Depth inside `pre`, where line feeds end lines.
    pre: u32,
    /// The element whose content is not shown, and how many of its name are open.
    hidden: Option<(String, u32)>,
}

impl Page {
    fn read(&mut self, html: &str) {
        let mut rest = html;
        while !self.flow.is_cut() {
            let Some((before, tag)) = rest.split_once('<') else {
                self.text(rest);
                return;
            };
            self.text(before);
            let Some(after) = self.tag(tag) else { return };
            rest = after;
        }
    }

    /// Follows a tag; `None` if the page ends inside it.
    fn tag<'h>(&mut self, html: &'h str) -> Option<&'h str> {
        if let Some(comment) = html.strip_prefix("!--") {
            return comment.split_once("-->").map(|(_, rest)| rest);
        }
        if html.starts_with(['!', '?']) {
            return html.split_once('>').map(|(_, rest)| rest);
        }
        let (closes, name) = match html.strip_prefix('/') {
            Some(name) => (true, name),
            None => (false, html),
        };
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            self.text("<");
            return Some(html);
        }
        let end = name.find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/'));
        let (name, attributes) = name.split_at_checked(end?)?;
        let rest = after_tag(attributes)?;
        let name = name.to_ascii_lowercase();
        if !closes && matches!(name.as_str(), "script" | "style" | "template" | "xml") {
            return after_element(rest, &name);
        }
        if self.is_hidden(&name, closes) {
            return Some(rest);
        }
        let own = attributes.len().saturating_sub(rest.len());
        let own = attributes.get(..own).unwrap_or_default();
        if !closes && !is_void(&name) && hides(own) {
            self.hidden = Some((name, 1));
            return Some(rest);
        }
        self.element(&name, closes);
        Some(rest)
    }

    /// Follows a tag inside an element that is not shown; tells whether it is one.
    fn is_hidden(&mut self, name: &str, closes: bool) -> bool {
        let Some((hidden, depth)) = self.hidden.as_mut() else {
            return false;
        };
        // A paragraph ends where the next begins, closed or not.
        if hidden.as_str() == "p" && matches!(name, "p" | "div" | "table" | "body") {
            self.hidden = None;
            return closes;
        }
        if hidden.as_str() == name {
            *depth = match closes {
                true => depth.saturating_sub(1),
                false => depth.saturating_add(1),
            };
            if *depth == 0 {
                self.hidden = None;
            }
        }
        true
    }

    fn element(&mut self, name: &str, closes: bool) {
        match name {
            "title" => self.in_title = !closes,
            "tr" => {
                self.flow.leave_rows();
                self.in_row = !closes;
            }
            "table" => {
                self.flow.leave_rows();
                self.in_row = false;
            }
            "td" | "th" => self.flow.end_cell(),
            "pre" => {
                self.pre = if closes {
                    self.pre.saturating_sub(1)
                } else {
                    self.pre.saturating_add(1)
                };
                self.end_line();
            }
            "p" | "br" | "div" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "li"
            | "ul" | "ol" | "dl" | "dt" | "dd" | "hr" | "section" | "article"
            | "header" | "footer" | "main" | "nav" | "aside" | "blockquote"
            | "address" | "form" | "fieldset" | "legend" | "option" | "caption"
            | "figure" | "figcaption" | "body" | "head" | "html" | "center"
            | "details" | "summary" => {
                self.end_line();
            }
            _ => {}
        }
    }

    fn end_line(&mut self) {
        if self.in_row {
            self.flow.push(' ');
        } else {
            self.flow.leave_rows();
        }
    }

    fn text(&mut self, raw: &str) {
        if raw.is_empty() || self.hidden.is_some() {
            return;
        }
        let text = entities(raw);
        if self.in_title {
            self.title.push_str(&text);
        }
        if self.pre == 0 {
            self.flow.text(&text);
            return;
        }
        for (number, line) in text.split('\n').enumerate() {
            if number > 0 {
                self.end_line();
            }
            self.flow.text(line);
        }
    }
}

/// Tells whether an element has no content (HTML, 13.1.2: void elements).
fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Tells whether attributes keep an element from being shown: `hidden`, or a style that says so
/// (`mso-hide` is Word's).
fn hides(attributes: &str) -> bool {
    let bare: String = attributes.split_whitespace().collect::<String>();
    let bare = bare.to_ascii_lowercase();
    let styles = ["display:none", "visibility:hidden", "mso-hide:all"];
    let mut words =
        attributes.split(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>'));
    bare.contains("style=") && styles.iter().any(|style| bare.contains(style))
        || words.any(|word| word.eq_ignore_ascii_case("hidden"))
}

/// Returns what follows a tag, whose values may hold `>` between quotes.
fn after_tag(attributes: &str) -> Option<&str> {
    let mut quote = None;
    for (at, byte) in attributes.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return attributes.get(at + 1..),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

/// Returns what follows an element whose content is no text.
fn after_element<'h>(html: &'h str, name: &str) -> Option<&'h str> {
    let mut rest = html;
    loop {
        let (_, after) = rest.split_once("</")?;
        let found = after.get(..name.len());
        if found.is_some_and(|found| found.eq_ignore_ascii_case(name)) {
            return after.split_once('>').map(|(_, rest)| rest);
        }
        rest = after;
    }
}

/// Resolves entities; what is none stays as it is.
fn entities(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let name_end = after
            .bytes()
            .take(MAX_ENTITY)
            .position(|c| !c.is_ascii_alphanumeric() && c != b'#')
            .unwrap_or(after.len().min(MAX_ENTITY));
        let (name, tail) = after.split_at_checked(name_end).unwrap_or((after, ""));
        let mut resolved = String::new();
        if !name.is_empty() {
            add_html_token(&mut resolved, format!("&{name};").as_bytes(), false);
        }
        if resolved.is_empty() || resolved.starts_with('&') && name != "amp" {
            out.push('&');
            rest = after;
        } else {
            out.push_str(&resolved);
            rest = tail.strip_prefix(';').unwrap_or(tail);
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(html: &str) -> Vec<String> {
        let read = read(html.as_bytes());
        let lines = read.pages.into_iter().flatten();
        lines
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect()
    }

    #[test]
    fn a_page_reads_as_it_looks() {
        for (html, expected) in [
            (
                "<p>NOMOR&nbsp;5<p>TAHUN <b>2018</b>",
                &["NOMOR 5", "TAHUN 2018"][..],
            ),
            (
                "<table><tr><td>No<td><p>Nama</p><p>anak</p><tr><td>1</table>usai",
                &["No Nama anak", "1", "usai"],
            ),
            (
                "<style>p{}</style><script>if(a</b)'</p>'</script>isi<!-- <p>x -->",
                &["isi"],
            ),
            (
                "<a title='a>b'>tautan</a> 5 < 6 & 7 &lt; 8 &eacute;&#233;&zz;",
                &["tautan 5 < 6 & 7 < 8 éé&zz;"],
            ),
            ("<pre>a\nb</pre>", &["a", "b"]),
            (
                "a<div style='display: none'>b<div>c</div>d</div><span hidden>e</span>f<br hidden>g",
                &["af", "g"],
            ),
            ("<p style=display:none>a<p title='hidden'>b", &["b"]),
            ("terpotong <a href='", &["terpotong"]),
        ] {
            assert_eq!(lines(html), expected, "{html}");
        }
    }

    #[test]
    fn the_page_says_its_encoding() {
        let mut html = b"<meta charset=\"windows-1251\">".to_vec();
        html.extend(b"\xCF\xF0");
        assert_eq!(read(&html).pages[0][0].trim(), "Пр");
        let lies = "<meta charset=utf-16><title>Judul</title>Kaf\u{e9}";
        let read = read(lies.as_bytes());
        assert_eq!(read.metadata.title.as_deref(), Some("Judul"));
        assert!(read.pages[0].concat().contains("Kafé"));
    }

    #[test]
    fn depth_and_lies_end() {
        assert_eq!(lines(&"<div>".repeat(1_000_000)), [""; 0]);
        assert_eq!(lines(&"<a \"".repeat(100_000)), [""; 0]);
        assert_eq!(lines(&"&".repeat(100_000)).len(), 1);
        assert_eq!(lines(&"<script></".repeat(100_000)), [""; 0]);
    }
}
