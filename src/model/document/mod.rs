//! What a document is: its facts, its condition, who signed it, what it does to others.

pub(crate) mod fact;
pub(crate) mod condition;
pub(crate) mod facts;
pub(crate) mod locality;
pub(crate) mod relation;
pub(crate) mod signature;
pub(crate) mod source;
