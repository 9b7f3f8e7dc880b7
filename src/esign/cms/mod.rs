//! Cryptographic Message Syntax (RFC 5652): signed data, and whether its signature holds.

mod attributes;
mod signed_data;
mod verify;

pub use attributes::Attributes;
pub use signed_data::SignedData;
pub use verify::{Content, verify};
