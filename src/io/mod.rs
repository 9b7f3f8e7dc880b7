//! Ring 4: the outside world, without policy. Files are walked and read, never written, but
//! for the archive's own; processes are capped; the catalog and the search index live here.

pub mod files;
pub mod bag;
pub mod clock;
pub mod limits;
pub mod process;
pub mod search;
pub mod sheet;
pub mod store;
pub mod tesseract;
