//! Step 1: is it still the same? Takes bytes and gives the digest that names them; takes
//! records of what happened and chains them; takes a package's lists and says what is wrong.
//! Apart from everything else, because every promise bukti makes rests on it.

pub mod bag;
mod canonical;
mod hash;
pub mod log;
pub mod stamp;

pub use canonical::canonical;
pub use hash::{Hasher, hash};
