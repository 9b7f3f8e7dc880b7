//! What the fitted model makes of the evidence: made by
//! `cargo test --release --test measure_link_local -- --fit`, not by hand.

use super::ground::GROUNDS;
use super::score::ASKED;

/// The log-odds that a document is about an indicator: 420 indicators of 671 papers.
pub(super) const INDICATOR: [f32; GROUNDS + 1] = [
    // nothing
    -5.346, // title
    1.166,  // head
    2.812,  // file
    0.0,    // first
    1.38,   // rest
    0.0,    // alone
    0.0,    // explained
    2.472,  // lead
    1.442,  // strongest
    0.0,    // cues
    1.022,  // gate
    1.409,  // kind
    1.433,  // other kind
    0.0,    // trap
    -1.028, // lower
    0.0,    // not lower
    -3.166,
];

/// The log-odds that a question of that indicator is the right one: 9774 questions of
/// 1500 made documents.
pub(super) const QUESTION: [f32; ASKED + 1] = [
    // nothing
    -0.449, // behind
    2.399,  // lead
    1.193,  // kind
    0.856,  // focus
    3.727,  // code
    0.0,    // family
    0.0,    // level
    0.0,    // tied
    0.0,    // excluded
    0.0,
];
