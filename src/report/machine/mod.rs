//! The report for programs: JSON, SARIF, `JUnit`.

pub(crate) mod json;
pub(crate) mod junit;
pub(crate) mod sarif;
