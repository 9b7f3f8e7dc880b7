//! The mathematics of signatures, by `RustCrypto`: digests, and a signature value against a key.

mod hash;
mod names;
mod scheme;
mod verify;

pub use hash::Hash;
pub use names::usual_name;
pub use scheme::Scheme;
pub use verify::verify;
