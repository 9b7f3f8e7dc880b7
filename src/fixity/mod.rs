//! Step 1: is it still the same file? Takes bytes, gives the digest that names them. Apart
//! from everything else, because every promise bukti makes rests on it.

mod hash;

pub use hash::{Hasher, hash};
