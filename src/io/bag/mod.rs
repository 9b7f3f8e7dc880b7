//! Packages after `BagIt` on the disk: a folder or a ZIP of one. Reads and writes them; what
//! they mean is for [`crate::fixity::bag`].

mod read;
mod take;
mod write;

pub use self::write::BagWriter;
pub use read::{Bag, BagError, BagReader};
pub use take::take_out;
