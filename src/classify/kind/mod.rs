//! What kind of document this is: by its heading, the head of a letter, or being a picture.

pub(crate) mod doctype;
pub(crate) mod footer;
pub(crate) mod heading;
pub(crate) mod letter;
pub(crate) mod media;
pub(crate) mod papers;
