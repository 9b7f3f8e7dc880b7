//! Electronic signatures (`PAdES`, CMS) and time-stamps (RFC 3161), as a report tells them.

pub(crate) mod anchor;
pub(crate) mod certificate;
pub(crate) mod checked;
pub(crate) mod coverage;
pub(crate) mod report;
pub(crate) mod time_stamp;
pub(crate) mod verdict;
