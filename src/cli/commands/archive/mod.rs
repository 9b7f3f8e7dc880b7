//! Verbs for the archive itself.

pub mod backup;
pub mod demo;
pub mod doctor;
pub mod forget;
pub mod framework;
pub mod init;
pub mod log;
pub mod places;
pub mod serve;
pub mod status;
