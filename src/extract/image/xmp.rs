//! Takes a picture file and gives single properties of the XMP packet in it. Editing programs
//! that drop the camera's Exif data keep its values here; it is asked only for what Exif
//! lacks.

/// Bytes of a file searched for a packet: it stands before the pixels in every camera's JPEG,
/// and after them in some PNGs.
const SEARCHED: usize = 32 << 20;

/// The text of an XMP packet, as found (ISO 16684-1, 7.1).
pub(super) struct Packet<'a>(&'a str);

impl<'a> Packet<'a> {
    /// Finds the first packet that is stored uncompressed and in UTF-8.
    pub(super) fn find(bytes: &'a [u8]) -> Option<Self> {
        let searched = bytes.get(..SEARCHED).unwrap_or(bytes);
        let from = crate::extract::find(searched, b"<x:xmpmeta")?;
        let rest = searched.get(from..)?;
        let to = crate::extract::find(rest, b"</x:xmpmeta")?;
        std::str::from_utf8(rest.get(..to)?).ok().map(Self)
    }

    /// Returns the value of a simple property, such as `tiff:Orientation`, written as an
    /// attribute or as an element.
    pub(super) fn get(&self, property: &str) -> Option<&'a str> {
        let attribute = format!("{property}=\"");
        let element = format!("<{property}>");
        let between = |open: &str, close: char| {
            let (_, rest) = self.0.split_once(open)?;
            rest.split_once(close).map(|(value, _)| value.trim())
        };
        between(&attribute, '"')
            .or_else(|| between(&element, '<'))
            .filter(|value| !value.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::Packet;

    #[test]
    fn properties_are_found_as_attributes_and_as_elements() {
        let bytes = b"\xFF\xD8<x:xmpmeta><rdf:Description tiff:Orientation=\"6\">\
            <tiff:Make>Canon</tiff:Make></rdf:Description></x:xmpmeta>\xFF\xD9";
        let packet = Packet::find(bytes).unwrap();
        assert_eq!(packet.get("tiff:Orientation"), Some("6"));
        assert_eq!(packet.get("tiff:Make"), Some("Canon"));
        assert_eq!(packet.get("tiff:Model"), None);
        assert!(Packet::find(b"<x:xmpmeta>").is_none());
    }
}
