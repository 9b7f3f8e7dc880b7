//! `DrawingML`: the id of the picture that an element shows.

use crate::extract::document::xml::Tag;

/// Returns the id of the picture that a tag shows, if it shows one: `a:blip` and, in older
/// files, `v:imagedata`.
pub(crate) fn picture_id(name: &str, tag: &Tag<'_>) -> Option<String> {
    match name {
        "blip" => tag.attribute("embed"),
        "imagedata" => tag.attribute("r:id"),
        _ => None,
    }
}
