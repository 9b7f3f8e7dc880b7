//! Puts fragments in reading order: fragments → [`Line`]s. Fragments on one row become one
//! line from left to right, as forms and tables are read; text set in two columns is read
//! column after column.

use super::recognise::Fragment;
use crate::model::{Line, Word};

/// Rows are told apart where middles differ by more than this share of the smaller height:
/// the tightest made page (7.5 pt on 8.9 pt) leaves half a height between neighbours.
const SAME_ROW: f32 = 0.38;

/// A quad this many times wider than high shows the skew of the page.
const SHOWS_SKEW: f32 = 6.0;

/// A fragment over this share of the text's width lies across columns.
const ACROSS: f32 = 0.6;

/// Fewest rows, share of a column's width filled in the mean and chars a row that make a
/// column. A table, a letter's head or two signatures stay far below.
const MIN_COLUMN: (usize, f32, usize) = (5, 0.7, 15);

/// Is a fragment in a frame where lines of text run level.
struct Placed<'a> {
    fragment: &'a Fragment,
    left: f32,
    right: f32,
    middle: f32,
    height: f32,
}

/// Returns the lines of a page, from fragments in any order.
pub(super) fn lines(fragments: &[Fragment]) -> Vec<Line> {
    let skew = skew(fragments);
    let mut placed: Vec<Placed> = fragments.iter().map(|f| place(f, skew)).collect();
    placed.sort_by(|a, b| {
        a.middle
            .total_cmp(&b.middle)
            .then(a.left.total_cmp(&b.left))
    });
    let rows = rows(placed);
    let wide = ACROSS * text_width(&rows);
    let across = |row: &Vec<Placed>| row.iter().any(|p| p.right - p.left > wide);
    rows.chunk_by(|a, b| across(a) == across(b))
        .flat_map(block_lines)
        .collect()
}

/// Returns how far lines fall for each pixel to the right: the median of the long ones.
fn skew(fragments: &[Fragment]) -> f32 {
    let long = fragments.iter().map(|f| &f.quad);
    let long = long.filter(|quad| quad.width() > SHOWS_SKEW * quad.height());
    median(long.filter_map(super::geometry::Quad::slope).collect()).unwrap_or(0.0)
}

fn median(mut values: Vec<f32>) -> Option<f32> {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied()
}

fn place(fragment: &Fragment, skew: f32) -> Placed<'_> {
    let quad = &fragment.quad;
    let level_x = |u: f32| quad.at(u, 0.5).x + skew * quad.at(u, 0.5).y;
    Placed {
        fragment,
        left: level_x(0.0),
        right: level_x(1.0),
        middle: quad.center().y - skew * quad.center().x,
        height: quad.height().min(quad.width()),
    }
}

/// Groups fragments sorted by their middles; each row from left to right.
fn rows(placed: Vec<Placed>) -> Vec<Vec<Placed>> {
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
fn block_lines(rows: &[Vec<Placed>]) -> Vec<Line> {
    let all = |_: &&Placed| true;
    let Some(gutter) = gutter(rows) else {
        return rows.iter().filter_map(|row| line(row, all)).collect();
    };
    let left = |p: &&Placed| p.right <= gutter;
    let right = |p: &&Placed| p.right > gutter;
    let first = rows.iter().filter_map(|row| line(row, left));
    first
        .chain(rows.iter().filter_map(|row| line(row, right)))
        .collect()
}

fn line(row: &[Placed], wanted: impl Fn(&&Placed) -> bool) -> Option<Line> {
    let fragments = row.iter().filter(wanted).map(|p| p.fragment);
    let words: Vec<Word> = fragments.flat_map(|f| f.words.iter().cloned()).collect();
    (!words.is_empty()).then_some(Line { words })
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
    use crate::model::Ratio;

    /// A fragment at `x`, `y`, 10 pixels for each char and 20 high, on a page that falls by
    /// `skew`.
    fn fragment(text: &str, x: f32, y: f32, skew: f32) -> Fragment {
        let end = x + 10.0 * text.chars().count() as f32;
        let corners = [(x, y), (end, y), (end, y + 20.0), (x, y + 20.0)];
        let quad = Quad::from_corners(corners.map(|(x, y)| Point::new(x, y + skew * x)));
        let word = |text: &str| Word {
            text: text.into(),
            rect: None,
            confidence: Ratio::ONE,
        };
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
    fn nothing_gives_nothing() {
        assert_eq!(lines(&[]), []);
    }
}
