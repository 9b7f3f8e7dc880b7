//! Finder patterns, the three large squares of a QR code: dark, light, dark, light, dark, the
//! middle three times as wide as the rest (ISO/IEC 18004, 6.3.3), across and down.

use super::ink::Ink;

/// Rows from one that is looked at to the next: the middle of a pattern has at least six.
const STEP: usize = 2;
/// Modules of a pattern.
const MODULES: f32 = 7.0;
/// Share of a module by which the width of a part may differ from its due; print runs out and
/// scanners blur.
const VARIES: f32 = 0.6;
/// Pixels of a pattern: below, its modules are no pixels any more; above, it is a drawing.
const SIZES: std::ops::RangeInclusive<f32> = 12.0..=320.0;
/// Share by which the same pattern may differ across and down.
const SQUARE: f32 = 0.4;
/// Distance in modules within which two finds are one pattern.
const SAME: f32 = 1.5;
/// Finds from which a page is noise.
const MAX_FOUND: usize = 600;
/// Patterns kept, the surest first.
const MAX_KEPT: usize = 40;

/// A finder pattern.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Finder {
    /// Its middle, in pixels.
    pub x: f32,
    pub y: f32,
    /// The side of a module in pixels.
    pub module: f32,
    /// The rows in which it was met.
    pub rows: u32,
}

/// Finds the finder patterns of a picture, those met in most rows first.
pub(super) fn find(ink: &Ink) -> Vec<Finder> {
    let mut found: Vec<Finder> = Vec::new();
    for y in (0..ink.height()).step_by(STEP) {
        let mut runs = [0_u32; 5];
        let mut was_dark = false;
        for (x, is_dark) in ink.row(y).chain([false]).enumerate() {
            if is_dark != was_dark {
                let is_end = was_dark && is_pattern(runs);
                if let Some(finder) = is_end.then(|| crossed(ink, runs, x, y)).flatten() {
                    add(&mut found, finder);
                }
                runs.rotate_left(1);
                runs[4] = 0;
                was_dark = is_dark;
            }
            runs[4] += 1;
        }
        if found.len() > MAX_FOUND {
            return Vec::new();
        }
    }
    found.retain(|finder| finder.rows > 1);
    found.sort_by_key(|finder| std::cmp::Reverse(finder.rows));
    found.truncate(MAX_KEPT);
    found
}

/// Tells whether the lengths of five runs are those of a pattern.
fn is_pattern(runs: [u32; 5]) -> bool {
    let total = runs.iter().sum::<u32>() as f32;
    let module = total / MODULES;
    let varies = VARIES * module + 0.5;
    let fits =
        |(run, due): (u32, f32)| (run as f32 - due * module).abs() <= varies * due.sqrt();
    let due = [1.0, 1.0, 3.0, 1.0, 1.0];
    SIZES.contains(&total) && runs.into_iter().zip(due).all(fits)
}

/// Returns the pattern whose runs end before pixel `x` of row `y`, if it is one down and once more
/// across its middle.
fn crossed(ink: &Ink, runs: [u32; 5], x: usize, y: usize) -> Option<Finder> {
    let total: u32 = runs.iter().sum();
    let [.., middle, light, dark] = runs;
    let x = x.checked_sub((dark + light + middle / 2 + 1) as usize)?;
    let (down, off_y) = through(ink, (x, y), (0, 1), total)?;
    let y = y.checked_add_signed(off_y)?;
    let (across, off_x) = through(ink, (x, y), (1, 0), total)?;
    let x = x.checked_add_signed(off_x)?;
    let apart = (down as f32 - across as f32).abs();
    (apart <= SQUARE * across as f32).then_some(Finder {
        x: x as f32 + 0.5,
        y: y as f32 + 0.5,
        module: (down + across) as f32 / (2.0 * MODULES),
        rows: 1,
    })
}

/// Returns the length of a pattern through a dark pixel in one direction, and how far its middle
/// lies from there.
fn through(
    ink: &Ink,
    from: (usize, usize),
    (dx, dy): (isize, isize),
    most: u32,
) -> Option<(u32, isize)> {
    let [before, light, dark] = outwards(ink, from, (-dx, -dy), most)?;
    let [behind, light_behind, dark_behind] = outwards(ink, from, (dx, dy), most)?;
    let middle = (before + behind).checked_sub(1)?;
    let runs = [dark, light, middle, light_behind, dark_behind];
    let off = (i64::from(behind) - i64::from(before)) / 2;
    is_pattern(runs).then_some((runs.iter().sum(), off as isize))
}

/// Returns the lengths of dark, light and dark from a pixel in one direction, itself included.
fn outwards(
    ink: &Ink,
    (mut x, mut y): (usize, usize),
    (dx, dy): (isize, isize),
    most: u32,
) -> Option<[u32; 3]> {
    let mut runs = [0_u32; 3];
    let mut wanted = true;
    for run in &mut runs {
        while ink.is_dark(x, y) == wanted {
            *run += 1;
            if *run > most {
                return None;
            }
            match (x.checked_add_signed(dx), y.checked_add_signed(dy)) {
                (Some(next_x), Some(next_y)) => (x, y) = (next_x, next_y),
                _ => break,
            }
        }
        wanted = !wanted;
    }
    runs.iter().all(|run| *run > 0).then_some(runs)
}

/// Adds a find to the pattern that it is of.
fn add(found: &mut Vec<Finder>, new: Finder) {
    let same = found.iter_mut().find(|known| {
        let near = SAME * known.module.max(new.module);
        (known.x - new.x).abs() <= near && (known.y - new.y).abs() <= near
    });
    let Some(known) = same else {
        found.push(new);
        return;
    };
    let before = known.rows as f32;
    let mean = |a: f32, b: f32| (a * before + b) / (before + 1.0);
    known.x = mean(known.x, new.x);
    known.y = mean(known.y, new.y);
    known.module = mean(known.module, new.module);
    known.rows += 1;
}
