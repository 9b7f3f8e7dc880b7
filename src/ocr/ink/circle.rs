//! Finds the ring of a seal among points of ink by a circular Hough transform: every point adds
//! to the accumulator cells of all centres it may belong to. The best circle is accepted where
//! ink covers nearly all of its circumference; signatures have no such circle.

/// Radii of rings in millimetres: seals of offices measured on the corpora have 35 to 40 mm
/// across, with a second ring of 28 inside. Loops of signatures are smaller.
const RADII_MM: (f32, f32) = (13.0, 25.0);
/// Width of an accumulator cell, in millimetres.
const CELL_MM: f32 = 1.0;
/// Most points that enter the accumulator, and directions in which each looks for a centre.
const EDGE_POINTS: usize = 1_500;
const DIRECTIONS: usize = 48;
/// Sectors of a circle and the share that must hold ink: the six seals of `id_sulut_jdih` that
/// were looked at have 0.96 and more; revenue stamps, the densest of all else, up to 0.86.
const SECTORS: usize = 48;
const COVERED: f32 = 0.9;
/// Distance from the circle within which ink is on it, in millimetres.
const ON_MM: f32 = 0.6;
/// Where around a circle there is paper, and how much denser ink must stand on it: text of any
/// kind goes on beyond a circle, a seal ends with its ring.
const OUTSIDE_MM: (f32, f32) = (1.0, 2.5);
const DENSER: f32 = 1.6;
/// Candidate circles that are checked, best first, and most points that check them.
const CANDIDATES: usize = 8;
const CHECKED_POINTS: usize = 2_000;

/// A circle, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Circle {
    pub(crate) x: f32,
    pub(crate) y: f32,
    pub(crate) radius: f32,
}

/// Finds the ring of a seal among points (x and y in pixels); `mm` is the pixels of a millimetre.
pub(crate) fn find_circle(points: &[(f32, f32)], mm: f32) -> Option<Circle> {
    let step = (points.len() / EDGE_POINTS).max(1);
    let edge_points: Vec<(f32, f32)> = points.iter().copied().step_by(step).collect();
    let cell = CELL_MM * mm;
    let (x0, x1) = min_and_max(edge_points.iter().map(|p| p.0))?;
    let (y0, y1) = min_and_max(edge_points.iter().map(|p| p.1))?;
    let columns = ((x1 - x0) / cell) as usize + 1;
    let rows = ((y1 - y0) / cell) as usize + 1;
    let mut found: Vec<(f32, Circle)> = Vec::new();
    let largest = (RADII_MM.1 * mm).min((x1 - x0).min(y1 - y0) * 0.55);
    let mut radius = RADII_MM.0 * mm;
    let directions: Vec<(f32, f32)> = (0..DIRECTIONS)
        .map(|n| (n as f32 / DIRECTIONS as f32 * std::f32::consts::TAU).sin_cos())
        .collect();
    while radius <= largest {
        let mut accumulator = vec![0u32; columns * rows];
        for (x, y) in &edge_points {
            for (sin, cos) in &directions {
                let column = (x + radius * cos - x0) / cell;
                let row = (y + radius * sin - y0) / cell;
                let is_in = column >= 0.0 && row >= 0.0 && (column as usize) < columns;
                let at = row as usize * columns + column as usize;
                if let Some(cell_count) = accumulator.get_mut(at).filter(|_| is_in) {
                    *cell_count += 1;
                }
            }
        }
        let top = accumulator.iter().enumerate().max_by_key(|(_, n)| **n);
        found.extend(top.map(|(at, count)| {
            let circle = Circle {
                x: x0 + ((at % columns) as f32 + 0.5) * cell,
                y: y0 + ((at / columns) as f32 + 0.5) * cell,
                radius,
            };
            // A longer circle passes more points by chance.
            (*count as f32 / radius, circle)
        }));
        radius += CELL_MM * mm * 0.5;
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    let step = (points.len() / CHECKED_POINTS).max(1);
    let checked_points: Vec<(f32, f32)> = points.iter().copied().step_by(step).collect();
    let circles = found.into_iter().take(CANDIDATES);
    let circles = circles.map(|(_, rough)| refined(rough, &checked_points, mm));
    // Seals have a second ring inside.
    circles
        .filter(|circle| is_seal_ring(*circle, &checked_points, mm))
        .max_by(|a, b| a.radius.total_cmp(&b.radius))
}

fn min_and_max(values: impl Iterator<Item = f32> + Clone) -> Option<(f32, f32)> {
    let low = values.clone().reduce(f32::min)?;
    Some((low, values.reduce(f32::max)?))
}

/// Moves a circle within its cell to where ink covers most of its circumference.
fn refined(rough: Circle, points: &[(f32, f32)], mm: f32) -> Circle {
    let mut best = (0.0, rough);
    for dx in -1..=1i8 {
        for dy in -1..=1i8 {
            for dr in -1..=1i8 {
                let by = |n: i8| f32::from(n) * 0.4 * mm;
                let circle = Circle {
                    x: rough.x + by(dx),
                    y: rough.y + by(dy),
                    radius: rough.radius + by(dr),
                };
                let (covered, on) = coverage(circle, points, mm);
                let score = covered + on as f32 * 1e-6;
                if score > best.0 {
                    best = (score, circle);
                }
            }
        }
    }
    best.1
}

/// Returns the share of sectors with ink on the circle, and how many points are on it.
fn coverage(circle: Circle, points: &[(f32, f32)], mm: f32) -> (f32, usize) {
    let mut sectors = [false; SECTORS];
    let inner = (circle.radius - ON_MM * mm).powi(2);
    let outer = (circle.radius + ON_MM * mm).powi(2);
    let mut count = 0;
    for (x, y) in points {
        let (dx, dy) = (x - circle.x, y - circle.y);
        let square = dx * dx + dy * dy;
        if square < inner || square > outer {
            continue;
        }
        count += 1;
        let turn = (dy.atan2(dx) / std::f32::consts::TAU).rem_euclid(1.0);
        if let Some(sector) = sectors.get_mut((turn * SECTORS as f32) as usize) {
            *sector = true;
        }
    }
    let covered = sectors.iter().filter(|sector| **sector).count();
    (covered as f32 / SECTORS as f32, count)
}

fn is_seal_ring(circle: Circle, points: &[(f32, f32)], mm: f32) -> bool {
    let (covered, on) = coverage(circle, points, mm);
    let (near, far) = (
        circle.radius + OUTSIDE_MM.0 * mm,
        circle.radius + OUTSIDE_MM.1 * mm,
    );
    let is_outside = |(x, y): &&(f32, f32)| {
        let distance = (x - circle.x).hypot(y - circle.y);
        distance > near && distance < far
    };
    let outside = points.iter().filter(is_outside).count();
    let band = circle.radius * 4.0 * ON_MM * mm;
    let around = far.powi(2) - near.powi(2);
    let (on, outside) = (on as f32 / band, outside as f32 / around);
    covered >= COVERED && on >= DENSER * outside
}

#[cfg(test)]
mod tests {
    use super::*;

    fn circle(x: f32, y: f32, r: f32, share: f32) -> Vec<(f32, f32)> {
        let turns = (0..600).map(|n| n as f32 / 600.0 * share * std::f32::consts::TAU);
        turns.map(|t| (x + r * t.cos(), y + r * t.sin())).collect()
    }

    /// A flourish: three loops of falling size, side by side.
    fn flourish() -> Vec<(f32, f32)> {
        let points = (0..1500).map(|n| n as f32 / 1500.0);
        points
            .map(|t| {
                let size = 60.0 * (1.2 - t);
                let turn = t * 3.0 * std::f32::consts::TAU;
                (t * 250.0 + size * turn.cos(), 0.7 * size * turn.sin())
            })
            .collect()
    }

    #[test]
    fn a_seal_is_found_under_a_signature() {
        let mut points = circle(300.0, 200.0, 140.0, 0.95);
        points.extend(circle(300.0, 200.0, 105.0, 0.8));
        points.extend(flourish().iter().map(|(x, y)| (x + 250.0, y + 220.0)));
        let found = find_circle(&points, 8.0).unwrap();
        assert!((found.x - 300.0).abs() < 8.0 && (found.y - 200.0).abs() < 8.0);
        assert!((90.0..150.0).contains(&found.radius), "{found:?}");
    }

    #[test]
    fn a_flourish_and_half_a_circle_are_none() {
        assert_eq!(find_circle(&flourish(), 8.0), None);
        assert_eq!(find_circle(&circle(200.0, 200.0, 140.0, 0.5), 8.0), None);
        assert_eq!(find_circle(&[], 8.0), None);
    }
}
