//! Fits a logistic model: takes rows of what was weighed with what is true, gives the weights.
//! Coordinate by coordinate, in the order given: the same rows give the same weights.

/// What keeps a weight from following the noise of a few rows.
const RIDGE: f64 = 0.5;
/// Rounds over all weights; later ones change nothing in the third digit.
const ROUNDS: usize = 80;
/// The furthest one round moves a weight.
const STEP: f64 = 1.0;

/// What was weighed, and whether it is true.
#[derive(Debug, Clone)]
pub struct Row {
    pub values: Vec<f32>,
    pub right: bool,
    /// How much it counts.
    pub weight: f64,
}

/// Which way a weight may point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// More of it never speaks against.
    For,
    /// More of it never speaks for.
    Against,
}

/// Returns the weights, that of nothing first; none points against its sign.
pub fn fit(rows: &[Row], signs: &[Sign]) -> Vec<f32> {
    let mut weights = vec![0.0; signs.len() + 1];
    let mut odds = vec![0.0; rows.len()];
    for _ in 0..ROUNDS {
        for at in 0..weights.len() {
            let value = |row: &Row| match at {
                0 => 1.0,
                _ => f64::from(row.values[at - 1]),
            };
            let ridge = if at == 0 { 0.0 } else { RIDGE };
            let (mut slope, mut curve) = (-ridge * weights[at], ridge + 1e-6);
            for (row, odds) in rows.iter().zip(&odds) {
                let x = value(row);
                if x != 0.0 {
                    let p = 1.0 / (1.0 + f64::exp(-odds));
                    let truth = if row.right { 1.0 } else { 0.0 };
                    slope += row.weight * (truth - p) * x;
                    curve += row.weight * p * (1.0 - p) * x * x;
                }
            }
            let wanted = weights[at] + (slope / curve).clamp(-STEP, STEP);
            let wanted = match at.checked_sub(1).map(|at| signs[at]) {
                Some(Sign::For) => wanted.max(0.0),
                Some(Sign::Against) => wanted.min(0.0),
                None => wanted,
            };
            let moved = wanted - weights[at];
            weights[at] = wanted;
            if moved != 0.0 {
                for (row, odds) in rows.iter().zip(&mut odds) {
                    *odds += moved * value(row);
                }
            }
        }
    }
    // Rounded as they are written, so that what is measured is what is built in.
    weights
        .iter()
        .map(|w| ((w * 1000.0).round() / 1000.0) as f32)
        .collect()
}

/// Returns the probability a model gives to what was weighed.
pub fn probability(weights: &[f32], values: &[f32], more: f32) -> f32 {
    let each = weights[1..].iter().zip(values).map(|(w, x)| w * x);
    1.0 / (1.0 + (-(weights[0] + more + each.sum::<f32>())).exp())
}
