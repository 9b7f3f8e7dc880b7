//! The rules, a file for each thing that a verifier asks.

pub(crate) mod code;
pub(crate) mod condition;
pub(crate) mod formal;
pub(crate) mod issuer;
pub(crate) mod kind;
pub(crate) mod period;
pub(crate) mod photo;
pub(crate) mod readable;
pub(crate) mod reuse;
pub(crate) mod signed;
pub(crate) mod standing;
pub(crate) mod twin;
