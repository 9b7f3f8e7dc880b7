//! Ring 5: use cases, one file for each thing a person asks for. Faces call these and show
//! what comes back; they decide nothing themselves.

mod cause;
pub mod demo;
pub mod error;
pub mod user_files;
pub mod archive;
pub mod custody;
pub mod evidence;
pub mod judgement;
pub mod reading;
pub mod serving;
pub mod settings;
mod near;
mod pool;
pub mod progress;
pub mod trouble;
pub mod unknown;
