//! In what condition a document is: which parts are missing, what it repeats, leaves blank or must not show.

pub(crate) mod code;
pub(crate) mod completeness;
pub(crate) mod members;
pub(crate) mod personal;
pub(crate) mod placeholder;
pub(crate) mod repeat;
pub(crate) mod unsent;
