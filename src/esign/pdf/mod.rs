//! The structure of a PDF as a verifier needs it (ISO 32000-2, 7): every value with the bytes
//! it was read from, every revision as it was, nothing guessed without saying so.

mod budget;
mod crypt;
mod document;
mod filter;
mod layout;
mod object;
mod parser;
mod rebuild;
mod xref;

pub use budget::Budget;
pub use document::{Document, OpenError};
pub use layout::{FieldNode, INHERITED, Layout, PageNode, text, whole_text};
pub use object::{Dict, Id, Object};
pub use parser::{Parser, find};
pub use xref::{Place, Section};
