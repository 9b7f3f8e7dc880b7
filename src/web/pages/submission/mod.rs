//! Pages by which what the archive holds reaches those who asked for it.

pub(super) mod attached;
pub(super) mod data_entry;
pub(super) mod papers;
