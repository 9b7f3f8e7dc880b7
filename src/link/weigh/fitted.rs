//! What the fitted model makes of the evidence: made by
//! `cargo test --release --test measure_link_local -- --fit`, not by hand.

use super::ground::GROUNDS;
use super::score::ASKED;

/// The log-odds that a document is about an indicator: 607 rows of `tests/data/link.csv`.
pub(crate) const INDICATOR: [f32; GROUNDS + 1] = [
    -6.116, // nothing
    0.841,  // title
    2.21,   // head
    0.0,    // file
    1.32,   // first
    0.0,    // rest
    0.0,    // alone
    2.822,  // explained
    1.63,   // lead
    0.81,   // strongest
    0.582,  // cues
    2.012,  // gate
    1.227,  // kind
    0.0,    // other kind
    -0.925, // negative
    0.0,    // lower
    -3.303, // not lower
];

/// The log-odds that a question of that indicator is the right one: 10176 questions of
/// 1500 made documents.
pub(crate) const QUESTION: [f32; ASKED + 1] = [
    -1.264, // nothing
    2.741,  // behind
    1.083,  // lead
    1.473,  // kind
    4.65,   // specificity
    0.0,    // code
    0.0,    // family
    0.0,    // level
    0.0,    // tied
    0.0,    // excluded
    -0.776, // policy of another kind
];
