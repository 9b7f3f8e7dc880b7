//! Takes a word as a file spells it and gives it as people search for it: NFC, ligatures taken
//! apart, invisible characters dropped. Apart, because every reader needs the same.

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Returns `raw` in NFC without ligatures, soft hyphens, zero-width and control characters.
/// White space inside becomes a single space each; the ends are trimmed.
pub(super) fn word(raw: &str) -> String {
    if raw.is_ascii() && !raw.bytes().any(|b| b.is_ascii_control()) {
        return raw.trim().to_owned();
    }
    let mut out = String::with_capacity(raw.len());
    for c in raw.chars() {
        match ligature(c) {
            Some(letters) => out.push_str(letters),
            None if is_dropped(c) => {}
            None if c.is_whitespace() => out.push(' '),
            None => out.push(c),
        }
    }
    let out = out.trim();
    if is_nfc(out) {
        out.to_owned()
    } else {
        out.nfc().collect()
    }
}

/// The Latin ligatures of Unicode's presentation forms, U+FB00 to U+FB06.
fn ligature(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{FB00}' => "ff",
        '\u{FB01}' => "fi",
        '\u{FB02}' => "fl",
        '\u{FB03}' => "ffi",
        '\u{FB04}' => "ffl",
        '\u{FB05}' | '\u{FB06}' => "st",
        _ => return None,
    })
}

/// Soft hyphen, zero-width characters, direction marks, byte order mark, controls.
fn is_dropped(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}')
        || (c.is_control() && !c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::word;

    #[test]
    fn words_come_out_as_people_type_them() {
        for (raw, expected) in [
            ("PERATURAN", "PERATURAN"),
            ("e\u{FB00}ektif", "effektif"),
            ("\u{FB01}skal", "fiskal"),
            ("kabu\u{AD}paten", "kabupaten"),
            ("Pe\u{301}", "P\u{e9}"),
            ("\u{FEFF}a\u{200B}b", "ab"),
            ("a\u{0}b\u{7}", "ab"),
            ("  ", ""),
        ] {
            assert_eq!(word(raw), expected, "{raw:?}");
        }
    }
}
