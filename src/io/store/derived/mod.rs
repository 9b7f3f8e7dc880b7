//! Answers that are derived from everything and kept until something changes that they were made by.

pub(crate) mod effective;
pub(crate) mod judged;
