//! A document: its format, its facts, its signature, its relations to others.

pub(crate) mod fact;
pub(crate) mod code;
pub(crate) mod condition;
pub(crate) mod facts;
pub(crate) mod locality;
pub(crate) mod relation;
pub(crate) mod signature;
pub(crate) mod source;
