//! Step 3, *what kind of document is it?* [`Extraction`](crate::model::Extraction) in,
//! facts out.
mod fuzzy;
mod stream;
