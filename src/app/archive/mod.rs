//! Use cases on the archive itself: open, status, repair, backup, log, migrate to another edition.

pub mod named;
pub mod backup;
pub mod doctor;
pub mod edition;
pub mod forget;
pub mod framework;
pub mod log;
pub mod places;
pub mod searchable;
pub mod status;
pub mod workspace;
