//! Connected pixels of a probability map. Rows are cut into runs above the threshold, runs
//! that touch are joined (union and find), and each group is kept as the ends of its runs:
//! all a convex hull needs, found in one pass over the map.

use crate::ocr::geometry::Point;

/// A group of touching pixels, corners included.
#[derive(Debug, PartialEq)]
pub(crate) struct Blob {
    /// First and last pixel of each run.
    pub(crate) ends: Vec<Point>,
    /// Mean probability of its pixels.
    pub(crate) score: f32,
    /// How many pixels it has.
    pub(crate) pixels: usize,
}

/// A stretch of pixels above the threshold in one row.
struct Run {
    y: usize,
    from: usize,
    to: usize,
    sum: f32,
}

/// Returns the blobs of a map of `width` columns, by their topmost, then leftmost pixel.
pub(crate) fn blobs(map: &[f32], width: usize, threshold: f32) -> Vec<Blob> {
    let runs: Vec<Run> = map
        .chunks_exact(width.max(1))
        .enumerate()
        .flat_map(|(y, row)| runs_of(row, y, threshold))
        .collect();
    gather(&runs, &join(&runs))
}

fn runs_of(row: &[f32], y: usize, threshold: f32) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (x, value) in row
        .iter()
        .enumerate()
        .filter(|(_, value)| **value > threshold)
    {
        match runs.last_mut() {
            Some(run) if run.to + 1 == x => {
                run.to = x;
                run.sum += value;
            }
            _ => runs.push(Run {
                y,
                from: x,
                to: x,
                sum: *value,
            }),
        }
    }
    runs
}

/// Returns, for each run, the first run of its blob.
fn join(runs: &[Run]) -> Vec<usize> {
    let mut parents: Vec<usize> = (0..runs.len()).collect();
    let mut above = 0;
    for (i, run) in runs.iter().enumerate() {
        let behind =
            |a: &Run| a.y + 1 < run.y || (a.y + 1 == run.y && a.to + 1 < run.from);
        while runs.get(above).is_some_and(behind) {
            above += 1;
        }
        let touching = runs.iter().enumerate().skip(above);
        for (j, _) in touching.take_while(|(_, a)| a.y < run.y && a.from <= run.to + 1) {
            let (a, b) = (root(&mut parents, i), root(&mut parents, j));
            if let Some(parent) = parents.get_mut(a.max(b)) {
                *parent = a.min(b);
            }
        }
    }
    (0..runs.len()).map(|i| root(&mut parents, i)).collect()
}

/// Returns the root of `i`, and shortens the way to it.
fn root(parents: &mut [usize], mut i: usize) -> usize {
    while let Some(&parent) = parents.get(i)
        && parent != i
    {
        let grandparent = parents.get(parent).copied().unwrap_or(parent);
        if let Some(slot) = parents.get_mut(i) {
            *slot = grandparent;
        }
        i = grandparent;
    }
    i
}

fn gather(runs: &[Run], roots: &[usize]) -> Vec<Blob> {
    let mut order: Vec<(usize, &Run)> = roots.iter().copied().zip(runs).collect();
    order.sort_by_key(|(root, _)| *root); // stable: rows stay in order
    order
        .chunk_by(|(a, _), (b, _)| a == b)
        .map(|group| {
            let ends = group.iter().flat_map(|(_, run)| {
                [run.from, run.to].map(|x| Point::new(x as f32, run.y as f32))
            });
            let sum: f32 = group.iter().map(|(_, run)| run.sum).sum();
            let pixels: usize = group.iter().map(|(_, run)| run.to - run.from + 1).sum();
            Blob {
                ends: ends.collect(),
                score: sum / pixels as f32,
                pixels,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn map(rows: &[&str]) -> (Vec<f32>, usize) {
        let bright = |c: char| if c == '#' { 0.8 } else { 0.1 };
        (
            rows.iter().flat_map(|r| r.chars().map(bright)).collect(),
            rows[0].len(),
        )
    }

    #[test]
    fn touching_corners_join_and_a_ring_is_one() {
        for (rows, expected) in [
            (vec!["....", "...."], 0),
            (vec!["#..#", "#..#"], 2),
            (vec!["#...", ".#..", "..#."], 1),
            (vec!["####", "#..#", "####"], 1),
            (vec!["#.#", "#.#", "###"], 1),
            (vec!["#.#.#", ".#.#."], 1),
            (vec!["##..##", "......", "##..##"], 4),
        ] {
            let (map, width) = map(&rows);
            assert_eq!(blobs(&map, width, 0.5).len(), expected, "{rows:?}");
        }
    }

    #[test]
    fn a_blob_knows_its_ends_and_mean() {
        let found = blobs(&[0.0, 0.6, 0.8, 0.0, 0.0, 1.0], 3, 0.5);
        let ends =
            [(1., 0.), (2., 0.), (2., 1.), (2., 1.)].map(|(x, y)| Point::new(x, y));
        assert_eq!((found.len(), found[0].pixels), (1, 3));
        assert_eq!(found[0].ends, ends);
        assert!((found[0].score - 0.8).abs() < 1e-6);
    }

    proptest! {
        /// Counts the same blobs as painting each pixel's neighbours until nothing changes.
        #[test]
        fn as_many_as_flood_filling_finds(bits in prop::collection::vec(any::<bool>(), 56)) {
            let map: Vec<f32> = bits.iter().map(|b| f32::from(u8::from(*b))).collect();
            let mut label: Vec<usize> = (0..56).collect();
            for _ in 0..56 {
                for i in 0..56usize {
                    for j in 0..56usize {
                        let near = (i % 8).abs_diff(j % 8) < 2 && (i / 8).abs_diff(j / 8) < 2;
                        if near && bits[i] && bits[j] {
                            label[i] = label[i].min(label[j]);
                        }
                    }
                }
            }
            let roots = (0..56).filter(|&i| bits[i] && label[i] == i).count();
            prop_assert_eq!(blobs(&map, 8, 0.5).len(), roots);
        }
    }
}
