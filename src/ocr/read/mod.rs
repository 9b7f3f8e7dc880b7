//! From a picture to its lines, and from a line to its words.

pub(crate) mod blobs;
pub(crate) mod crop;
pub(crate) mod ctc;
pub(crate) mod detect;
pub(crate) mod recognise;
pub(crate) mod second;
