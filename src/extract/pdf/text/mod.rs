//! The text layer of a page: glyphs, their words and lines, and whether to believe them.

pub(crate) mod device;
pub(crate) mod marks;
pub(crate) mod nested;
pub(crate) mod order;
pub(crate) mod quality;
pub(crate) mod words;
