//! Everything a user or the house can see from outside, in one binary: it links once.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a test that panics has failed, as it should; tests may touch anything"
)]

mod architecture;
mod attachments;
mod bag;
mod cli;
mod confidence;
mod crash;
mod decide;
mod export;
mod hardship;
mod import;
mod duplicates;
mod esign;
mod inside;
mod keep;
mod log;
mod made;
mod made_signed;
mod personal;
mod places;
mod printed;
mod report;
mod samples;
mod scans;
mod search;
mod json_schema;
mod schemas;
mod second_framework;
mod serve;
mod smaller;
mod trouble;
mod support;
mod unread;
mod verify;
#[cfg(windows)]
mod windows;
