//! What the fitted model makes of the evidence: made by
//! `cargo test --release --test measure_link_local -- --fit`, not by hand.

use super::ground::GROUNDS;
use super::score::ASKED;

/// The log-odds that a document is about an indicator: 606 indicators of 671 papers.
pub(crate) const INDICATOR: [f32; GROUNDS + 1] = [
    // nothing
    -5.955, // title
    1.001,  // head
    2.741,  // file
    0.0,    // first
    1.508,  // rest
    0.0,    // alone
    0.0,    // explained
    2.729,  // lead
    1.386,  // strongest
    0.764,  // cues
    0.623,  // gate
    1.76,   // kind
    1.073,  // other kind
    -0.194, // negative
    -1.074, // lower
    0.0,    // not lower
    -3.333,
];

/// The log-odds that a question of that indicator is the right one: 10160 questions of
/// 1500 made documents.
pub(crate) const QUESTION: [f32; ASKED + 1] = [
    // nothing
    -0.577, // behind
    2.933,  // lead
    1.052,  // kind
    1.35,   // specificity
    3.801,  // code
    0.0,    // family
    0.0,    // level
    0.0,    // tied
    0.0,    // excluded
    0.0,
];
