//! What the fitted model makes of the evidence: made by `cargo test --release --test fit_link`,
//! not by hand.

use super::ground::GROUNDS;
use super::score::ASKED;

/// The log-odds that a document is about an indicator: of nothing, then of each ground.
pub(super) const INDICATOR: [f32; GROUNDS + 1] = [
    -4.0, 2.5, 1.5, 1.5, 0.8, 0.3, 1.5, 1.5, 2.0, 1.5, 0.5, 1.0, 0.5, -2.0, 1.0,
];

/// The log-odds that a question of that indicator is the right one.
pub(super) const QUESTION: [f32; ASKED + 1] =
    [1.0, 1.2, 0.6, 0.8, 1.0, 2.0, 0.8, 0.8, -1.5, -3.0];
