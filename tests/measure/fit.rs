//! Fits the weights of evidence: logistic regression with a ridge, by Newton's method. The same
//! rows give the same weights, bit for bit.

#![allow(clippy::indexing_slicing, reason = "matrices of one known size")]

use bukti::lexicon::confidence::Weights;
use std::collections::BTreeMap;

/// One reading: whose paper, its evidence, whether it was right, and how much it counts.
#[derive(Debug, Clone)]
pub struct Row {
    pub group: String,
    pub evidence: Vec<(String, f64)>,
    pub right: bool,
}

/// How strongly the bias is held near nought: hardly.
const FREE: f64 = 0.05;
/// How strongly all other weights are.
const RIDGE: f64 = 1.2;
/// How much more a wrong reading counts than a right one: wrong is worse than unsure.
const WRONG: f64 = 1.5;
/// Steps of Newton's method; later ones change nothing in the third digit.
const STEPS: usize = 30;
/// A group with more rows counts as if it had so many: one province is not the republic.
const GROUP: f64 = 12.0;

/// Returns the weights that tell right readings from wrong ones best.
pub fn fit(rows: &[Row]) -> Weights {
    let mut names: Vec<&str> = rows
        .iter()
        .flat_map(|row| row.evidence.iter().map(|(name, _)| name.as_str()))
        .collect();
    names.sort_unstable();
    names.dedup();
    let size = names.len() + 1;
    let place = |name: &str| names.binary_search(&name).map(|at| at + 1);
    let mut groups: BTreeMap<&str, f64> = BTreeMap::new();
    for row in rows {
        *groups.entry(&row.group).or_default() += 1.0;
    }
    let dense: Vec<(Vec<f64>, f64, f64)> = rows
        .iter()
        .map(|row| {
            let mut x = vec![0.0; size];
            x[0] = 1.0;
            for (name, value) in &row.evidence {
                if let Ok(at) = place(name) {
                    x[at] = *value;
                }
            }
            let worse = if row.right { 1.0 } else { WRONG };
            let weight = worse * (GROUP / groups[row.group.as_str()]).min(1.0);
            (x, f64::from(u8::from(row.right)), weight)
        })
        .collect();
    let prior = place("prior").ok();
    let centre = |at: usize| if Some(at) == prior { 0.5 } else { 0.0 };
    let mut w = vec![0.0; size];
    if let Some(prior) = prior {
        w[prior] = 0.5;
    }
    for _ in 0..STEPS {
        let step = newton(&dense, &w, centre);
        for (w, step) in w.iter_mut().zip(step) {
            *w += step;
        }
    }
    let round = |w: f64| (w * 1000.0).round() / 1000.0;
    let mut weights: Weights = names
        .iter()
        .zip(&w[1..])
        .map(|(name, w)| ((*name).to_owned(), round(*w)))
        .filter(|(_, w)| *w != 0.0)
        .collect();
    weights.insert("bias".to_owned(), round(w[0]));
    weights
}

/// Returns one step of Newton's method from some weights.
fn newton(
    rows: &[(Vec<f64>, f64, f64)],
    w: &[f64],
    centre: impl Fn(usize) -> f64,
) -> Vec<f64> {
    let size = w.len();
    let mut gradient = vec![0.0; size];
    let mut hessian = vec![vec![0.0; size]; size];
    for (x, y, weight) in rows {
        let sum: f64 = x.iter().zip(w).map(|(x, w)| x * w).sum();
        let p = 1.0 / (1.0 + (-sum).exp());
        for i in 0..size {
            gradient[i] += weight * (y - p) * x[i];
            for j in 0..size {
                hessian[i][j] += weight * p * (1.0 - p) * x[i] * x[j];
            }
        }
    }
    for i in 0..size {
        let ridge = if i == 0 { FREE } else { RIDGE };
        gradient[i] -= ridge * (w[i] - centre(i));
        hessian[i][i] += ridge;
    }
    solve(hessian, gradient)
}

/// Solves a symmetric system by elimination with pivots.
fn solve(mut a: Vec<Vec<f64>>, mut b: Vec<f64>) -> Vec<f64> {
    let n = b.len();
    for i in 0..n {
        let pivot = (i..n)
            .max_by(|x, y| a[*x][i].abs().total_cmp(&a[*y][i].abs()))
            .unwrap_or(i);
        a.swap(i, pivot);
        b.swap(i, pivot);
        if a[i][i].abs() < 1e-12 {
            continue;
        }
        for j in i + 1..n {
            let factor = a[j][i] / a[i][i];
            let (above, below) = a.split_at_mut(j);
            for (cell, above) in below[0].iter_mut().zip(&above[i]).skip(i) {
                *cell -= factor * above;
            }
            b[j] -= factor * b[i];
        }
    }
    for i in (0..n).rev() {
        let known: f64 = (i + 1..n).map(|k| a[i][k] * b[k]).sum();
        b[i] = if a[i][i].abs() < 1e-12 {
            0.0
        } else {
            (b[i] - known) / a[i][i]
        };
    }
    b
}
