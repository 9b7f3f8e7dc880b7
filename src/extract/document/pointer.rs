//! Tells files that hold no document and only say where one lies: what Google Drive leaves on a
//! disk (`.gdoc`), shortcuts of Windows, of the Mac and of Linux. A clerk sees a document's name
//! and believes that the document is handed in.

use serde_json::Value;

/// Bytes of the longest one: a shortcut with an icon's path.
const MAX_BYTES: usize = 16 << 10;
/// What a Windows shortcut begins with: size of its header and its class ([MS-SHLLINK] 2.1).
const WINDOWS: [u8; 20] = [
    0x4C, 0, 0, 0, 0x01, 0x14, 0x02, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46,
];
/// What names the document in a file of Google Drive, of its desktop program and of its older
/// ones.
const KEYS: [&str; 4] = ["doc_id", "resource_id", "document_id", "url"];
/// Keys besides that such a file may have; a file with others is data.
const BESIDE: [&str; 5] = ["", "email", "resource_key", "account", "title"];

/// Tells whether bytes are a pointer.
pub(in crate::extract) fn is_pointer(bytes: &[u8], text: &str) -> bool {
    if bytes.starts_with(&WINDOWS) {
        return true;
    }
    if bytes.len() > MAX_BYTES {
        return false;
    }
    let text = text.trim_start_matches('\u{FEFF}').trim();
    is_section(text, "[internetshortcut", "url=")
        || is_section(text, "[desktop entry]", "type=link")
        || text.starts_with('{') && is_drive(text)
        || text.starts_with("<?xml") && is_location(text)
}

/// Tells whether text begins with a section and has a line that begins so.
fn is_section(text: &str, section: &str, line: &str) -> bool {
    let text = text.to_ascii_lowercase();
    text.starts_with(section) && text.lines().any(|l| l.trim().starts_with(line))
}

fn is_drive(text: &str) -> bool {
    let Ok(Value::Object(fields)) = serde_json::from_str(text) else {
        return false;
    };
    let is_known =
        |key: &String| KEYS.contains(&key.as_str()) || BESIDE.contains(&key.as_str());
    fields.keys().any(|key| KEYS.contains(&key.as_str())) && fields.keys().all(is_known)
}

/// A property list of the Mac with an address and nothing else to say.
fn is_location(text: &str) -> bool {
    text.contains("<plist")
        && text.contains("<key>URL</key>")
        && text.matches("<key>").count() <= 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_points_elsewhere_is_told_from_data() {
        for (text, expected) in [
            (
                r#"{"":"JANGAN DIUBAH","doc_id":"1Ab","resource_key":"","email":"a@b.id"}"#,
                true,
            ),
            (
                r#"{"url":"https://docs.google.com/open?id=1","resource_id":"document:1"}"#,
                true,
            ),
            (
                r#"{"url":"https://a.id","nama":"Siti","desa":"Sukamaju"}"#,
                false,
            ),
            (r#"{"nama":"Siti"}"#, false),
            ("[InternetShortcut]\r\nURL=https://a.id/x\r\n", true),
            ("[{000214A0}]\nProp3=19,2", false),
            ("[Desktop Entry]\nType=Link\nURL=https://a.id", true),
            ("[Desktop Entry]\nType=Application", false),
            (
                "<?xml version=\"1.0\"?><plist><dict><key>URL</key><string>https://a.id\
                 </string></dict></plist>",
                true,
            ),
            ("URL=https://a.id", false),
        ] {
            assert_eq!(is_pointer(text.as_bytes(), text), expected, "{text}");
        }
        let shortcut = [&WINDOWS[..], &[0; 60]].concat();
        assert!(is_pointer(&shortcut, ""));
    }
}
