//! What the fitted model makes of the evidence: made by
//! `cargo test --release --test measure_link_local -- --fit`, not by hand.

use super::ground::GROUNDS;
use super::score::ASKED;

/// The log-odds that a document is about an indicator: 601 indicators of 671 papers.
pub(super) const INDICATOR: [f32; GROUNDS + 1] = [
    -5.077, // nothing
    0.706,  // title
    2.222,  // head
    0.0,    // file
    1.675,  // first
    0.0,    // rest
    0.0,    // alone
    2.765,  // explained
    1.7,    // lead
    0.798,  // strongest
    0.52,   // cues
    1.17,   // gate
    0.858,  // kind
    -0.241, // trap
    2.754,  // level
];

/// The log-odds that a question of that indicator is the right one: 9438 questions of
/// 1500 made documents.
pub(super) const QUESTION: [f32; ASKED + 1] = [
    0.355, // nothing
    2.603, // behind
    0.947, // lead
    0.0,   // kind
    3.646, // focus
    0.0,   // code
    0.0,   // family
    0.0,   // level
    0.0,   // tied
    0.0,   // excluded
];
