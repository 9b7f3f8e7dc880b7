//! From files to what they are: walking, reading in worker processes, recognising.

pub mod index;
pub mod inspect;
pub mod members;
pub mod content_source;
pub mod read;
pub mod recognise;
pub mod shrink;
pub mod version;
pub mod worker;
pub mod worker_client;
