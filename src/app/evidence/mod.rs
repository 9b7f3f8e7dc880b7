//! Use cases of evidence: search, show, decide, duplicates, activities.

pub(crate) mod scope;
pub mod activities;
pub mod decide;
pub mod duplicates;
pub mod lines;
pub mod page_picture;
pub mod listed;
pub mod search;
pub mod effective_links;
pub mod shape;
pub mod show;
