//! (see the crate documentation)

pub mod doctype;
pub mod region;
