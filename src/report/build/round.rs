//! Points rounded as they are shown.

/// Rounds to a hundredth of a point.
pub(crate) fn rounded(points: f64) -> f64 {
    (points * 100.0).round() / 100.0
}
