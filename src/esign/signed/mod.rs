//! A signature as a PDF holds it (ISO 32000-2, 12.8): its dictionary, the bytes it covers, the
//! revision it closes.

mod byte_range;
mod dictionary;
mod permissions;
mod revision;

pub use byte_range::{Covered, covered};
pub use dictionary::{SignatureDict, signature_dict};
pub use permissions::{Permissions, certification_level};
pub use revision::{Revisions, is_blank_tail, tail_fault};
