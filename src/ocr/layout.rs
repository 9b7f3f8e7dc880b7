//! Puts fragments in reading order: fragments → [`Row`]s. Fragments on one row become one
//! line from left to right, as forms and tables are read; text set in two columns is read
//! column after column.

use super::read::recognise::Fragment;
use crate::model::Line;

/// Rows are told apart where middles differ by more than this share of the smaller height:
/// the tightest made page (7.5 pt on 8.9 pt) leaves half a height between neighbours.
const SAME_ROW: f32 = 0.38;

/// A quad this many times wider than high shows the skew of the page.
const SHOWS_SKEW: f32 = 6.0;

/// Fewest lines that show that lines fan out, and how much their slopes must differ between
/// the first and the last: a page photographed from the side has 0.05 and more, a scan whose
/// boxes follow descenders stays below 0.01.
const FAN: (usize, f32) = (6, 0.015);

/// A fragment over this share of the text's width lies across columns.
const ACROSS: f32 = 0.6;

/// Fewest rows, share of a column's width filled in the mean and chars a row that make a
/// column. A table, a letter's head or two signatures stay far below.
const MIN_COLUMN: (usize, f32, usize) = (5, 0.7, 15);

/// A fragment in a frame where lines of text run level.
struct Placed<'a> {
    fragment: &'a Fragment,
    left: f32,
    right: f32,
    middle: f32,
    height: f32,
}

/// The fragments of one line, from left to right.
#[derive(Debug, Clone)]
pub(crate) struct Row<'a>(pub(super) Vec<&'a Fragment>);

impl Row<'_> {
    /// Returns the line they make.
    pub(super) fn line(&self) -> Line {
        let words = self.0.iter().flat_map(|f| f.words.iter().cloned());
        Line::new(words.collect())
    }
}

/// Returns the lines of a page, from fragments in any order.
pub(super) fn rows(fragments: &[Fragment]) -> Vec<Row<'_>> {
    let fan = Fan::from_fragments(fragments);
    let mut placed: Vec<Placed> = fragments.iter().map(|f| fan.place(f)).collect();
    placed.sort_by(|a, b| {
        a.middle
            .total_cmp(&b.middle)
            .then(a.left.total_cmp(&b.left))
    });
    let rows = grouped(placed);
    let wide = ACROSS * text_width(&rows);
    let across = |row: &Vec<Placed>| row.iter().any(|p| p.right - p.left > wide);
    rows.chunk_by(|a, b| across(a) == across(b))
        .flat_map(block_rows)
        .collect()
}

/// The slope of lines: a line at height y falls by `skew + spread × y` per pixel to the right.
/// Spread is 0 on a scan; lines of a page photographed from the side converge.
#[derive(Debug, Clone, Copy)]
struct Fan {
    x: f32,
    skew: f32,
    spread: f32,
}

impl Fan {
    /// Takes medians over the long fragments, so that a stamp or a signature does not decide
    /// (P. K. Sen, JASA 63, 1968, for the spread).
    fn from_fragments(fragments: &[Fragment]) -> Self {
        let long = || {
            let quads = fragments.iter().map(|f| &f.quad);
            quads.filter(|quad| quad.width() > SHOWS_SKEW * quad.height())
        };
        let x = median(long().map(|quad| quad.center().x).collect()).unwrap_or(0.0);
        let slopes = long().filter_map(|quad| {
            let (slope, center) = (quad.slope()?, quad.center());
            Some((center.y - slope * (center.x - x), slope))
        });
        let slopes: Vec<(f32, f32)> = slopes.collect();
        let skew = median(slopes.iter().map(|(_, slope)| *slope).collect());
        let level = Self {
            x,
            skew: skew.unwrap_or(0.0),
            spread: 0.0,
        };
        let (min_lines, min_difference) = FAN;
        let high = slopes.iter().map(|(y, _)| *y).fold(f32::INFINITY, f32::min);
        let low = slopes
            .iter()
            .map(|(y, _)| *y)
            .fold(f32::NEG_INFINITY, f32::max);
        let mut pairs = Vec::new();
        for (i, (y, slope)) in slopes.iter().enumerate() {
            // Near neighbours tell nothing but their noise.
            let far = slopes
                .iter()
                .skip(i + 1)
                .filter(|other| (other.0 - y).abs() > (low - high) / 4.0);
            pairs.extend(far.map(|other| (other.1 - slope) / (other.0 - y)));
        }
        let spread = median(pairs).unwrap_or(0.0);
        if slopes.len() < min_lines || spread.abs() * (low - high) < min_difference {
            return level;
        }
        let skews = slopes.iter().map(|(y, slope)| slope - spread * y);
        Self {
            x,
            skew: median(skews.collect()).unwrap_or(0.0),
            spread,
        }
    }

    fn place<'a>(&self, fragment: &'a Fragment) -> Placed<'a> {
        let (quad, center) = (&fragment.quad, fragment.quad.center());
        // Where the line through the middle crosses `x`.
        let right = center.x - self.x;
        let middle =
            (center.y - self.skew * right) / (1.0 + self.spread * right).max(0.1);
        let slope = self.skew + self.spread * middle;
        let level_x = |u: f32| quad.point_at(u, 0.5).x + slope * quad.point_at(u, 0.5).y;
        Placed {
            fragment,
            left: level_x(0.0),
            right: level_x(1.0),
            middle,
            height: quad.height().min(quad.width()),
        }
    }
}

fn median(mut values: Vec<f32>) -> Option<f32> {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied()
}

/// Groups fragments sorted by their middles; each row from left to right.
fn grouped(placed: Vec<Placed>) -> Vec<Vec<Placed>> {
    let mut rows: Vec<Vec<Placed>> = Vec::new();
    let (mut middle, mut height) = (0.0, 0.0);
    for next in placed {
        match rows.last_mut() {
            Some(row) if next.middle - middle < SAME_ROW * next.height.min(height) => {
                let n = row.len() as f32;
                middle = (middle * n + next.middle) / (n + 1.0);
                height = (height * n + next.height) / (n + 1.0);
                row.push(next);
            }
            _ => {
                (middle, height) = (next.middle, next.height);
                rows.push(vec![next]);
            }
        }
    }
    for row in &mut rows {
        row.sort_by(|a, b| a.left.total_cmp(&b.left));
    }
    rows
}

fn text_width(rows: &[Vec<Placed>]) -> f32 {
    let all = || rows.iter().flatten();
    let left = all().map(|p| p.left).fold(f32::INFINITY, f32::min);
    let right = all().map(|p| p.right).fold(f32::NEG_INFINITY, f32::max);
    (right - left).max(0.0)
}

/// Returns the lines of rows that belong together, column after column where there are two.
fn block_rows<'a>(rows: &[Vec<Placed<'a>>]) -> Vec<Row<'a>> {
    let all = |_: &&Placed| true;
    let Some(gutter) = gutter(rows) else {
        return rows.iter().filter_map(|placed| row(placed, all)).collect();
    };
    let left = |p: &&Placed| p.right <= gutter;
    let right = |p: &&Placed| p.right > gutter;
    let first = rows.iter().filter_map(|placed| row(placed, left));
    first
        .chain(rows.iter().filter_map(|placed| row(placed, right)))
        .collect()
}

fn row<'a>(
    placed: &[Placed<'a>],
    wanted: impl Fn(&&Placed<'a>) -> bool,
) -> Option<Row<'a>> {
    let fragments = placed.iter().filter(wanted).map(|p| p.fragment);
    let fragments: Vec<&Fragment> = fragments.filter(|f| !f.words.is_empty()).collect();
    (!fragments.is_empty()).then_some(Row(fragments))
}

/// Returns where a white band parts two columns of running text.
fn gutter(rows: &[Vec<Placed>]) -> Option<f32> {
    let mut spans: Vec<(f32, f32)> =
        rows.iter().flatten().map(|p| (p.left, p.right)).collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut widest, mut reach) = ((0.0, 0.0), spans.first()?.1);
    for (left, right) in spans {
        if left - reach > widest.0 {
            widest = (left - reach, left.midpoint(reach));
        }
        reach = reach.max(right);
    }
    let (width, middle) = widest;
    let height = median(rows.iter().flatten().map(|p| p.height).collect())?;
    let sides: [fn(f32, f32) -> bool; 2] =
        [|v, gutter| v < gutter, |v, gutter| v > gutter];
    let are_columns = sides.iter().all(|on_side| {
        is_column(rows.iter().flatten().filter(|p| on_side(p.right, middle)))
    });
    (width > 0.5 * height && are_columns).then_some(middle)
}

/// Tells whether fragments look like running text: one long piece a row.
fn is_column<'a>(fragments: impl Iterator<Item = &'a Placed<'a>>) -> bool {
    let fragments: Vec<&Placed> = fragments.collect();
    let n = fragments.len();
    let left = fragments
        .iter()
        .map(|p| p.left)
        .fold(f32::INFINITY, f32::min);
    let right = fragments
        .iter()
        .map(|p| p.right)
        .fold(f32::NEG_INFINITY, f32::max);
    let filled: f32 = fragments.iter().map(|p| p.right - p.left).sum();
    let chars: usize = fragments.iter().map(|p| p.fragment.chars()).sum();
    let (min_rows, min_filled, min_chars) = MIN_COLUMN;
    n >= min_rows
        && filled > min_filled * (right - left) * n as f32
        && chars > min_chars * n
}

#[cfg(test)]
mod tests {
    use super::super::geometry::{Point, Quad};
    use super::*;
    use crate::model::{Ratio, Word};

    fn lines(fragments: &[Fragment]) -> Vec<Line> {
        rows(fragments).iter().map(Row::line).collect()
    }

    /// A fragment at `x`, `y`, 10 pixels for each char and 20 high, on a page that falls by
    /// `skew`.
    fn fragment(text: &str, x: f32, y: f32, skew: f32) -> Fragment {
        let end = x + 10.0 * text.chars().count() as f32;
        let corners = [(x, y), (end, y), (end, y + 20.0), (x, y + 20.0)];
        let quad = Quad::from_corners(corners.map(|(x, y)| Point::new(x, y + skew * x)));
        let word = |text: &str| Word::new(text, None, Ratio::ONE);
        Fragment {
            quad,
            words: text.split(' ').map(word).collect(),
            confidence: 1.0,
        }
    }

    fn read(fragments: &[(&str, f32, f32)], skew: f32) -> Vec<String> {
        let mut fragments: Vec<Fragment> = fragments
            .iter()
            .map(|(t, x, y)| fragment(t, *x, *y, skew))
            .collect();
        fragments.reverse();
        lines(&fragments).iter().map(Line::text).collect()
    }

    #[test]
    fn a_form_is_read_row_by_row_on_a_skewed_page_too() {
        let form = [
            ("PERATURAN BUPATI CONTOH", 300., 0.),
            ("Menimbang", 0., 40.),
            (":", 150., 42.),
            ("bahwa anak berhak atas perlindungan", 200., 39.),
            ("dari kekerasan;", 200., 70.),
        ];
        for skew in [-0.06, 0.0, 0.06] {
            assert_eq!(
                read(&form, skew),
                [
                    "PERATURAN BUPATI CONTOH",
                    "Menimbang : bahwa anak berhak atas perlindungan",
                    "dari kekerasan;"
                ],
                "{skew}"
            );
        }
    }

    #[test]
    fn a_table_stays_in_rows() {
        let table: Vec<(String, f32, f32)> = (0..8u8)
            .flat_map(|i| {
                let y = f32::from(i) * 30.0;
                [
                    (format!("{i}"), 0., y),
                    (format!("Kios nomor {i}"), 60., y),
                    (format!("Rp{i}"), 500., y),
                ]
            })
            .collect();
        let table: Vec<(&str, f32, f32)> =
            table.iter().map(|(t, x, y)| (t.as_str(), *x, *y)).collect();
        let read = read(&table, 0.0);
        assert_eq!(read.len(), 8);
        assert_eq!(read[3], "3 Kios nomor 3 Rp3");
    }

    #[test]
    fn two_columns_are_read_one_after_the_other_under_their_heading() {
        let mut page = vec![("LEMBARAN DAERAH KABUPATEN CONTOH TAHUN 2024", 0., 0.)];
        for i in 0..6u8 {
            let y = 40.0 + f32::from(i) * 30.0;
            page.push(("kiri penuh sekali isinya", 0., y));
            page.push(("kanan juga penuh isinya", 300., y + 3.0));
        }
        let read = read(&page, 0.0);
        assert_eq!(read.len(), 13);
        assert!(read[1..7].iter().all(|line| line.starts_with("kiri")));
        assert!(read[7..].iter().all(|line| line.starts_with("kanan")));
    }

    #[test]
    fn lines_that_fan_out_are_still_rows() {
        // Seen from the side: the first line rises, the last one falls.
        let mut page = Vec::new();
        for i in 0..20u8 {
            let y = f32::from(i) * 40.0;
            let slope = (y - 400.0) / 8000.0;
            for (text, x) in [("kiri sekali isinya", 0.0), ("jauh di kanan tepi", 900.0)]
            {
                let end = x + 10.0 * text.len() as f32;
                let at = |x: f32, y: f32| Point::new(x, y + slope * x);
                let corners = [at(x, y), at(end, y), at(end, y + 20.0), at(x, y + 20.0)];
                let quad = Quad::from_corners(corners);
                page.push(Fragment {
                    quad,
                    ..fragment(text, x, y, 0.0)
                });
            }
            page.push(fragment(":", 300.0, y + 300.0 * slope, 0.0));
        }
        let lines = lines(&page);
        assert_eq!(lines.len(), 20);
        for line in lines {
            assert_eq!(line.text(), "kiri sekali isinya : jauh di kanan tepi");
        }
    }

    #[test]
    fn nothing_gives_nothing() {
        assert_eq!(lines(&[]), []);
    }
}
