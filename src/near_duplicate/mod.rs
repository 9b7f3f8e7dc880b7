//! Finds near-duplicates: the same document or the same photo twice, however it was scanned,
//! cropped or turned. Fingerprints are taken while a document is read; later they are compared.
//!
//! ```text
//! picture of a page ─photo::fingerprints─► [PhotoFingerprint]
//! text of a document ─text::fingerprint─► TextFingerprint
//! all fingerprints ─PhotoIndex, TextIndex─► candidate pairs ─photo::same, text::same─► how they
//!                                                                      are the same, or None
//! ```
//!
//! No original is opened again: the catalog keeps the fingerprints. Photos smaller than 120
//! pixels and texts of fewer than 200 letters have none, so they are never found.

mod candidates;
pub mod photo;
pub mod text;
