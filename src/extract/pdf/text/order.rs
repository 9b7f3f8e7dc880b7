//! Takes things with a place on a page and gives them as rows in reading order. Apart, because
//! order is a question of its own: columns are read one after the other, but the label column
//! of a regulation (`Menimbang : a. bahwa …`) belongs to its row.

/// Words a row must have on either side of a gutter to count as set in columns.
const COLUMN_WORDS: usize = 3;
/// Rows in a stretch that must show the same gutter. Label columns seldom fill so many.
const COLUMN_ROWS: usize = 5;
/// Share of a column's width that its rows fill on the mean: running text does, the cells of
/// a table do not, and a table is read row by row.
const COLUMN_FILL: f64 = 0.8;
/// Width of a gutter in em of the row.
const GUTTER: f64 = 1.2;

/// Groups into rows (`u` along, `v` across, both in reading order; baselines within
/// `same_line` em), each sorted along, and puts columns one after the other.
pub(crate) fn rows<T>(
    items: Vec<T>,
    place: impl Fn(&T) -> (f64, f64, f64, f64),
    same_line: f64,
) -> Vec<Vec<T>> {
    let mut items: Vec<((f64, f64, f64, f64), T)> =
        items.into_iter().map(|item| (place(&item), item)).collect();
    items.sort_by(|((ua, _, va, _), _), ((ub, _, vb, _), _)| {
        va.total_cmp(vb).then(ua.total_cmp(ub))
    });
    let mut rows: Vec<Row<T>> = Vec::new();
    for (at, item) in items {
        let (_, _, v, em) = at;
        match rows.last_mut() {
            Some(row) if v - row.v < same_line * em.min(row.em) => row.push(at, item),
            _ => rows.push(Row {
                v,
                em,
                items: vec![(at, item)],
            }),
        }
    }
    for row in &mut rows {
        row.items
            .sort_by(|((a, ..), _), ((b, ..), _)| a.total_cmp(b));
    }
    columns(rows)
}

type Placed<T> = ((f64, f64, f64, f64), T);

struct Row<T> {
    v: f64,
    em: f64,
    items: Vec<Placed<T>>,
}

impl<T> Row<T> {
    fn push(&mut self, at: (f64, f64, f64, f64), item: T) {
        // A bigger neighbour sets the row's measure: a superscript must not.
        if at.3 > self.em {
            (self.v, self.em) = (at.2, at.3);
        }
        self.items.push((at, item));
    }

    /// Gutters: the gaps wide enough, with enough words on either side.
    fn gutters(&self) -> Vec<(f64, f64)> {
        let mut found = Vec::new();
        let mut reach = f64::MIN;
        for (n, ((u0, u1, _, _), _)) in self.items.iter().enumerate() {
            let rest = self.items.len() - n;
            if n >= COLUMN_WORDS && rest >= COLUMN_WORDS && u0 - reach > GUTTER * self.em
            {
                found.push((reach, *u0));
            }
            reach = reach.max(*u1);
        }
        found
    }
}

/// Splits stretches of rows that share a gutter into what is left and what is right of it.
fn columns<T>(rows: Vec<Row<T>>) -> Vec<Vec<T>> {
    let mut out = Vec::new();
    let mut stretch: Vec<Row<T>> = Vec::new();
    let mut shared: Option<(f64, f64)> = None;
    for row in rows {
        let next = intersection(shared, &row.gutters());
        if next.is_none() || shared.is_none() {
            flush(&mut stretch, shared, &mut out);
        }
        shared = next.or_else(|| widest(&row.gutters()));
        stretch.push(row);
    }
    flush(&mut stretch, shared, &mut out);
    out
}

fn widest(gutters: &[(f64, f64)]) -> Option<(f64, f64)> {
    gutters
        .iter()
        .copied()
        .max_by(|a, b| (a.1 - a.0).total_cmp(&(b.1 - b.0)))
}

/// The widest common part of the stretch's gutter and one of the row's.
fn intersection(
    shared: Option<(f64, f64)>,
    gutters: &[(f64, f64)],
) -> Option<(f64, f64)> {
    let (from, to) = shared?;
    let common: Vec<(f64, f64)> = gutters
        .iter()
        .map(|(a, b)| (a.max(from), b.min(to)))
        .filter(|(a, b)| b - a > 1.0)
        .collect();
    widest(&common)
}

fn flush<T>(
    stretch: &mut Vec<Row<T>>,
    gutter: Option<(f64, f64)>,
    out: &mut Vec<Vec<T>>,
) {
    let rows = std::mem::take(stretch);
    let bare = |items: Vec<Placed<T>>| items.into_iter().map(|(_, item)| item).collect();
    match gutter {
        Some((_, right)) if rows.len() >= COLUMN_ROWS && is_running(&rows, right) => {
            let mut second = Vec::new();
            for row in rows {
                let (a, b) = row.items.into_iter().partition(|((u0, ..), _)| *u0 < right);
                out.push(bare(a));
                second.push(bare(b));
            }
            out.append(&mut second);
        }
        _ => out.extend(rows.into_iter().map(|row| bare(row.items))),
    }
}

/// Tells whether both sides of the gutter are filled as running text fills a column.
fn is_running<T>(rows: &[Row<T>], right: f64) -> bool {
    let fill = |left_side: bool| {
        let spans: Vec<(f64, f64)> = rows
            .iter()
            .filter_map(|row| {
                row.items
                    .iter()
                    .filter(|((u0, ..), _)| (*u0 < right) == left_side)
                    .map(|((u0, u1, ..), _)| (*u0, *u1))
                    .reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
            })
            .collect();
        let from = spans.iter().map(|s| s.0).fold(f64::MAX, f64::min);
        let to = spans.iter().map(|s| s.1).fold(f64::MIN, f64::max);
        let sum: f64 = spans.iter().map(|s| s.1 - s.0).sum();
        sum / (spans.len().max(1) as f64 * (to - from).max(1.0))
    };
    fill(true) >= COLUMN_FILL && fill(false) >= COLUMN_FILL
}

#[cfg(test)]
mod tests {
    use super::rows;

    fn read(items: &[(f64, f64, &str)]) -> Vec<String> {
        // Five points a character, ten points high.
        let items = items.to_vec();
        let place =
            |(u, v, text): &(f64, f64, &str)| (*u, u + 5.0 * text.len() as f64, *v, 10.0);
        rows(items, place, 0.4)
            .into_iter()
            .map(|row| row.into_iter().map(|w| w.2).collect::<Vec<_>>().join(" "))
            .collect()
    }

    #[test]
    fn a_label_column_stays_with_its_row() {
        let items = [
            (50.0, 100.0, "Menimbang"),
            (120.0, 100.0, ":"),
            (140.0, 100.0, "bahwa"),
        ];
        assert_eq!(read(&items), ["Menimbang : bahwa"]);
    }

    #[test]
    fn two_columns_are_read_one_after_the_other() {
        let mut items = Vec::new();
        for row in 0..6 {
            let v = 100.0 + 12.0 * f64::from(row);
            items.extend([(50.0, v, "kiri"), (75.0, v, "satu"), (99.0, v, "a")]);
            items.extend([(300.0, v, "kanan"), (330.0, v, "dua"), (349.0, v, "b")]);
        }
        let lines = read(&items);
        assert_eq!(lines.len(), 12);
        assert_eq!(lines.first().map(String::as_str), Some("kiri satu a"));
        assert_eq!(lines.get(5).map(String::as_str), Some("kiri satu a"));
        assert_eq!(lines.get(6).map(String::as_str), Some("kanan dua b"));
    }

    #[test]
    fn a_table_is_read_row_by_row() {
        let mut items = Vec::new();
        for row in 0..6 {
            let v = 100.0 + 12.0 * f64::from(row);
            let cell = if row == 2 {
                "Pendapatan Asli Daerah yang sah"
            } else {
                "Pajak"
            };
            items.extend([(50.0, v, "4."), (65.0, v, "1."), (80.0, v, cell)]);
            items.extend([(300.0, v, "Rp"), (320.0, v, "1.000"), (349.0, v, "-")]);
        }
        assert_eq!(read(&items).len(), 6);
    }

    #[test]
    fn a_superscript_does_not_open_a_row() {
        assert_eq!(read(&[(50.0, 100.0, "m"), (56.0, 97.0, "2")]), ["m 2"]);
    }
}
