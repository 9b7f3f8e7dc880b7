//! Ring 4: use cases, one file for each thing a person asks for. Faces call these and show
//! what comes back; they decide nothing themselves.

pub mod activities;
pub mod backup;
pub mod bag;
pub mod check;
pub mod decide;
pub mod demo;
pub mod edition;
pub mod doctor;
pub mod error;
pub mod export;
pub mod framework;
pub mod import;
pub mod index;
pub mod inspect;
pub mod listed;
pub mod keep;
pub mod log;
pub mod members;
pub mod originals;
pub mod progress;
pub mod read;
pub mod recognise;
pub mod search;
pub mod settings;
pub mod settle;
pub mod shape;
pub mod show;
pub mod status;
pub mod verify;
pub mod worker;
pub mod workers;
pub mod workspace;
