//! Takes XML and gives tags and text, as they come. Apart, because all office formats of today
//! are XML, and because this decides what hostile XML may do: nothing is expanded but the five
//! entities of XML itself and numbers, nothing is looked up, nothing nests.

use super::super::text;
use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;

/// A step through a document; names come without their namespace.
pub(in crate::extract) enum Step<'a> {
    /// An element begins. One without content ends right after.
    Open(&'a str, Tag<'a>),
    /// An element ends.
    Close(&'a str),
    /// Text, entities resolved.
    Text(&'a str),
}

/// A start tag, for its attributes.
pub(in crate::extract) struct Tag<'a>(&'a BytesStart<'a>);

impl Tag<'_> {
    /// Tells whether the tag declares a namespace whose name holds these words.
    pub fn declares(&self, words: &str) -> bool {
        let mut attributes = self.0.attributes();
        attributes.with_checks(false).flatten().any(|attribute| {
            let key: &str = attribute.key.as_ref();
            key.starts_with("xmlns") && attribute.value.contains(words)
        })
    }

    /// Returns the attribute of that name, written with its prefix or without.
    pub fn attribute(&self, name: &str) -> Option<String> {
        // Without checks: comparing each attribute with all others takes the square of time.
        let mut attributes = self.0.attributes();
        let found = attributes.with_checks(false).flatten().find(|attribute| {
            let key: &str = attribute.key.as_ref();
            key == name || key.rsplit_once(':').is_some_and(|(_, local)| local == name)
        })?;
        let value = unescape(&found.value).map(Cow::into_owned);
        Some(value.unwrap_or_else(|_| found.value.to_string()))
    }
}

/// Walks through XML to its end or to the first place where it is broken.
pub(in crate::extract) fn walk(raw: Vec<u8>, mut visit: impl FnMut(Step<'_>)) {
    let xml = String::from_utf8(raw).unwrap_or_else(|raw| text::decode(raw.as_bytes()));
    let mut reader = Reader::from_str(&xml);
    reader.config_mut().check_end_names = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => open(&tag, &mut visit),
            Ok(Event::Empty(tag)) => {
                open(&tag, &mut visit);
                visit(Step::Close(tag.local_name().as_ref()));
            }
            Ok(Event::End(tag)) => visit(Step::Close(tag.local_name().as_ref())),
            Ok(Event::Text(text)) => visit(Step::Text(&text)),
            Ok(Event::CData(text)) => visit(Step::Text(&text)),
            Ok(Event::GeneralRef(entity)) => {
                if let Some(c) = resolve(&entity) {
                    visit(Step::Text(c.encode_utf8(&mut [0; 4])));
                }
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
}

fn open(tag: &BytesStart<'_>, visit: &mut impl FnMut(Step<'_>)) {
    visit(Step::Open(tag.local_name().as_ref(), Tag(tag)));
}

fn resolve(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(xml: &str) -> String {
        let mut out = String::new();
        walk(xml.as_bytes().to_vec(), |step| {
            if let Step::Text(text) = step {
                out.push_str(text);
            }
        });
        out
    }

    #[test]
    fn entities_of_a_file_s_own_making_are_not_expanded() {
        let bomb = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><x>&b;5 &lt; &#54;</x>";
        assert_eq!(texts(bomb), "5 < 6");
    }

    #[test]
    fn depth_costs_nothing_and_a_break_keeps_what_came_before() {
        assert_eq!(texts(&"<a>".repeat(200_000)), "");
        assert_eq!(texts("<a>satu</a><b dua"), "satu");
    }

    #[test]
    fn attributes_are_found_with_any_prefix() {
        let mut ids = Vec::new();
        walk(
            br#"<a r:embed="rId1"/><a xlink:href="x&amp;y"/>"#.to_vec(),
            |step| {
                if let Step::Open(_, tag) = step {
                    ids.extend(tag.attribute("embed").or(tag.attribute("href")));
                }
            },
        );
        assert_eq!(ids, ["rId1", "x&y"]);
    }
}
