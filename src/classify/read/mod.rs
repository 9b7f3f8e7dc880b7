//! Reads single things from text: numbers, days, places, references, relations.

pub(crate) mod calendar;
pub(crate) mod cite;
pub(crate) mod closing;
pub(crate) mod date;
pub(crate) mod named;
pub(crate) mod number;
pub(crate) mod place;
pub(crate) mod reference;
pub(crate) mod relation;
pub(crate) mod table;
pub(crate) mod years;
