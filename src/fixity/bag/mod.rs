//! Packages after `BagIt` (RFC 8493, and 0.93 to 0.97 before it): what their tag files say, and
//! whether the files that are there keep the promise. Pure: whoever reads the package hands
//! over its texts, the list of its files and their digests.
//!
//! Everything that is wrong is told, not only the first; each with the file it is about.

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
