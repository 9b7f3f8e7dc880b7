//! In what condition a document is: what it lacks, repeats, leaves blank or must not show.

pub(crate) mod lack;
pub(crate) mod members;
pub(crate) mod personal;
pub(crate) mod placeholder;
pub(crate) mod repeat;
