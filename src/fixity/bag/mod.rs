//! Packages after `BagIt` (RFC 8493, and 0.93 to 0.97 before it): parses their tag files
//! and validates their files. Pure: the caller reads the package and passes its texts, the list of
//! its files and their digests.
//!
//! All faults are reported, not only the first; each with the file it concerns.

mod algorithm;
mod judge;
mod lines;
mod remark;

#[cfg(test)]
mod tests;

pub use algorithm::{Algorithm, AnyHasher};
pub use judge::{Inspection, Listed, PAYLOAD, inspect};
pub use lines::{Declaration, Entry, InfoLine, encode_path, is_safe, manifest_line};
pub use remark::{BagFault, BagRemark, Severity};
