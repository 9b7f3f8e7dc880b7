//! Ring 1: the language of Indonesian paper as data: kinds and their headings, governments,
//! words around a signature, words that other steps go by, how words are compared, and the
//! fitted weights of readings. Apart from the framework of questions, because every evaluation
//! reads the same papers.

pub(crate) mod data;
pub(crate) mod form;
pub mod phrase;
pub mod analysis;
pub mod confidence;
pub mod doctype;
pub mod error;
pub mod region;
pub mod signing;
pub mod words;
