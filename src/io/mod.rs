//! Ring 4: the outside world, without policy. Files are walked and read; only the archive's own are
//! written. Child processes are limited. The catalog and the search index are here.

pub mod files;
pub mod bag;
pub mod clock;
pub mod limits;
pub mod process;
pub mod search;
pub mod sheet;
pub mod store;
pub mod tesseract;
pub mod web_store;
