//! ASN.1 as certificates, signatures and time-stamps write it (X.690): a reader that keeps the
//! bytes of every value as they stand, and what stands in a time-stamp.
//!
//! It is our own because signed attributes and certificates are hashed *as written*: a library
//! that decodes and encodes again changes what was signed, and strict DER refuses
//! certificates and signatures that are in use (BER lengths, negative serial numbers). It
//! takes nothing on trust: depth and number of values are capped by the callers' budgets.

mod oid;
mod reader;
mod time;
mod time_stamp;
mod write;

pub use oid::Oid;
pub use reader::{Element, Reader, tag};
pub use time::{Moment, pdf_date};
pub use time_stamp::{TST_INFO, TstInfo, token_of};
pub use write::encode;
