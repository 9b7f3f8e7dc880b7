//! What the fitted model makes of the evidence: made by
//! `cargo test --release --test measure_link_local -- --fit`, not by hand.

use super::ground::GROUNDS;
use super::score::ASKED;

/// The log-odds that a document is about an indicator: 605 rows of `tests/data/link.csv`.
pub(super) const INDICATOR: [f32; GROUNDS + 1] = [
    // nothing
    -5.91, // title
    0.635, // head
    2.348, // file
    0.0, // first
    1.521, // rest
    0.0, // alone
    0.0, // explained
    2.924, // lead
    1.566, // strongest
    0.703, // cues
    0.48, // gate
    1.782, // kind
    1.171, // other kind
    0.0, // trap
    -0.906, // lower
    0.0, // not lower
    -3.289,
];

/// The log-odds that a question of that indicator is the right one: 10143 questions of
/// 1500 made documents.
pub(super) const QUESTION: [f32; ASKED + 1] = [
    // nothing
    -0.066, // behind
    2.971, // lead
    0.587, // kind
    0.971, // focus
    3.572, // code
    0.0, // family
    0.0, // level
    0.0, // tied
    -0.271, // excluded
    0.0,
];
