//! ASN.1 as certificates, signatures and time-stamps write it (X.690): a reader that keeps the
//! bytes of every value as they stand.
//!
//! It is our own because signed attributes and certificates are hashed *as written*: a library
//! that decodes and encodes again changes what was signed, and strict DER refuses
//! certificates and signatures that are in use (BER lengths, negative serial numbers). It
//! takes nothing on trust: depth and number of values are capped by the callers' budgets.

mod oid;
mod reader;
mod time;

pub use oid::Oid;
pub use reader::{Element, Reader, tag};
pub use time::{Moment, pdf_date};
