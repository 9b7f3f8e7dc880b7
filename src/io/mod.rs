//! Ring 3: the outside world, without policy. Files are walked and read, never written, but
//! for the archive's own; processes are capped; the catalog and the search index live here.

pub mod atomic;
pub mod bag;
pub mod clock;
pub mod kept;
pub mod limits;
pub mod ocr;
pub mod path;
pub mod private;
pub mod process;
pub mod search;
pub mod sheet;
pub mod source;
pub mod store;
pub mod unfinished;
pub mod walk;
