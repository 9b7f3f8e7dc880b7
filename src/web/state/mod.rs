//! What outlives a request: how the archive stands, runs, sessions, visits, pictures.

pub(super) mod judgements;
pub(super) mod lock;
pub(super) mod personal;
pub(super) mod pictures;
pub(super) mod runs;
pub(super) mod sessions;
pub(super) mod shared;
pub(super) mod visits;
