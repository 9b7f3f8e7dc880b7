//! Step 5: has this been seen before? Takes what was read and gives its fingerprints; takes
//! fingerprints and gives what is the same document or the same photo twice, however it was
//! scanned, cropped or turned.
//!
//! ```text
//! picture of a page ─photo::prints─► [PhotoPrint]      text ─text::print─► TextPrint
//! many prints ─Photos, Texts─► pairs worth a look ─photo::same, text::same─► how they are one
//! ```
//!
//! No original is opened again: prints are taken while a document is read and kept in the
//! catalog. What cannot be known by a print is not looked for: a photo smaller than 120 pixels,
//! a text of fewer than 200 letters.

mod near;
pub mod photo;
pub mod text;
