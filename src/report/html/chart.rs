//! Pictures drawn as SVG inside the page: the scale of points with its categories, and how the
//! score moved.

use super::Page;
use crate::model::{Forecast, Trend};
use crate::report::words::spelled;
use maud::{Markup, html};

/// Units of the drawing, which is as wide as the page lets it be: few, so that its words can be
/// read on a phone.
const WIDTH: f64 = 460.0;
const EDGE: f64 = 10.0;
/// From this share of the width on, a label stands before its line.
const LATE: f64 = 0.62;

/// Foot of the first row of labels, and how far the next is below it.
const FIRST_ROW: f64 = 106.0;
const ROW: f64 = 19.0;
/// Between a line and its label.
const LABEL_GAP: f64 = 5.0;
/// Width of a letter of a label, a little more than they have in the middle: half of the size.
const LETTER: f64 = 7.0;
/// Height of the drawing; more where labels take it.
const HEIGHT: f64 = 150.0;

/// Returns a length with one decimal.
fn units(length: f64) -> String {
    format!("{length:.1}")
}

/// Draws the points from nothing to all of them, the lines that matter, and where the score is.
pub(super) fn scale(page: Page) -> Markup {
    let report = page.report;
    let max = report.total.points.max.max(1.0);
    let at = |points: f64| EDGE + (WIDTH - 2.0 * EDGE) * (points / max).clamp(0.0, 1.0);
    let likely = report.total.points.likely;
    let label = format!(
        "{}: {} / {}",
        page.pick("Perkiraan nilai", "Likely score"),
        page.points(likely),
        page.whole(max)
    );
    let marks = marks(page, &at);
    let foot = marks.last().map_or(0.0, Mark::last_row) + ROW;
    let height = foot.max(HEIGHT);
    html! {
        svg viewBox={ "0 0 460 " (height) } role="img" aria-label=(label) font-size="14"
            fill="#1a2433" {
            rect x=(EDGE) y="58" width=(units(WIDTH - 2.0 * EDGE)) height="18" rx="4"
                fill="#e6eaf0" {}
            @if let Some(forecast) = &report.standings.forecast {
                (range(forecast, &at))
            }
            rect x=(EDGE) y="58" width=(units(at(likely) - EDGE)) height="18" rx="4"
                fill="#1b7f4b" {}
            @for mark in &marks { (labelled(mark)) }
            (pointer(at(likely), 42, &page.points(likely), "#1b7f4b"))
            @if let Some(own) = report.total.own {
                (pointer(
                    at(own),
                    20,
                    &format!("{} {}", page.pick("sendiri", "own"), page.points(own)),
                    "#1f3a5f",
                ))
            }
        }
    }
}

/// Draws what became of such scores before.
fn range(forecast: &Forecast, at: &impl Fn(f64) -> f64) -> Markup {
    let (low, high) = (at(forecast.low.points), at(forecast.high.points));
    html! {
        rect x=(units(low)) y="79" width=(units((high - low).max(2.0))) height="6" rx="3"
            fill="#7a8aa0" {}
        circle cx=(units(at(forecast.middle.points))) cy="82" r="5" fill="#3d4c61" {}
    }
}

/// A line across the scale, with its label.
struct Mark {
    x: f64,
    /// Where the first row of the label stands.
    y: f64,
    /// Whether the label stands before the line.
    is_before: bool,
    /// The label, one text a row.
    rows: Vec<String>,
}

impl Mark {
    fn last_row(&self) -> f64 {
        self.y + ROW * self.rows.len().saturating_sub(1) as f64
    }
}

/// Returns the lines of the categories, in order of their points.
fn marks(page: Page, at: &impl Fn(f64) -> f64) -> Vec<Mark> {
    let standings = &page.report.standings;
    let mut marks: Vec<(f64, Vec<&str>)> = standings
        .thresholds
        .iter()
        .chain(&standings.next)
        .map(|mark| (mark.points, vec![mark.name.get(page.lang)]))
        .collect();
    marks.sort_by(|a, b| a.0.total_cmp(&b.0));
    marks.dedup_by(|later, earlier| {
        let same = later.0 <= earlier.0;
        if same && earlier.1 != later.1 {
            earlier.1.append(&mut later.1);
        }
        same
    });
    let mut y = FIRST_ROW;
    let mut placed = Vec::with_capacity(marks.len());
    for (points, names) in marks {
        let (x, points) = (at(points), page.whole(points));
        // The first stands before its line, the others behind theirs: they do not touch.
        let is_before = placed.is_empty() || x > WIDTH * LATE;
        let whole = format!("{} {points}", names.join(" · "));
        let has_room = whole.chars().count() as f64 * LETTER <= x - LABEL_GAP;
        let rows = match is_before && !has_room {
            true => names
                .iter()
                .map(|name| format!("{name} {points}"))
                .collect(),
            false => vec![whole],
        };
        let mark = Mark {
            x,
            y,
            is_before,
            rows,
        };
        y = mark.last_row() + ROW;
        placed.push(mark);
    }
    placed
}

fn labelled(mark: &Mark) -> Markup {
    let (anchor, x) = match mark.is_before {
        true => ("end", mark.x - LABEL_GAP),
        false => ("start", mark.x + LABEL_GAP),
    };
    html! {
        line x1=(units(mark.x)) x2=(units(mark.x)) y1="54" y2=(units(mark.last_row() + 3.0))
            stroke="#1a2433" stroke-width="1.4" {}
        @for (n, row) in mark.rows.iter().enumerate() {
            text x=(units(x)) y=(units(mark.y + ROW * n as f64)) text-anchor=(anchor) { (row) }
        }
    }
}

fn pointer(x: f64, y: u32, text: &str, colour: &str) -> Markup {
    let (anchor, shift) = match x {
        x if x < 50.0 => ("start", -8.0),
        x if x > WIDTH - 50.0 => ("end", 8.0),
        _ => ("middle", 0.0),
    };
    html! {
        path d={ "M" (units(x)) " 56 l-6 -10 h12 z" } fill=(colour) {}
        text x=(units(x + shift)) y=(y) text-anchor=(anchor) font-weight="700" font-size="16"
            fill=(colour) { (text) }
    }
}

/// Draws the score of earlier checks and this one.
pub(super) fn trend(page: Page, points: &[Trend]) -> Markup {
    let max = page.report.total.points.max.max(1.0);
    let steps = points.len().saturating_sub(1).max(1) as f64;
    let place = |n: usize, value: f64| {
        let x = 14.0 + (WIDTH - 28.0) * (n as f64 / steps);
        (x, 110.0 - 100.0 * (value / max).clamp(0.0, 1.0))
    };
    let line = |value: &dyn Fn(&Trend) -> f64| {
        let corners: Vec<String> = points
            .iter()
            .enumerate()
            .map(|(n, trend)| place(n, value(trend)))
            .map(|(x, y)| format!("{x:.1},{y:.1}"))
            .collect();
        corners.join(" ")
    };
    html! {
        svg viewBox="0 0 460 136" role="img" font-size="13" fill="#1a2433" {
            line x1="14" x2="446" y1="110" y2="110" stroke="#d9dfe7" {}
            polyline points=(line(&|trend| trend.likely + trend.at_risk)) fill="none"
                stroke="#e0a33a" stroke-width="2" stroke-dasharray="6 4" {}
            polyline points=(line(&|trend| trend.likely)) fill="none" stroke="#1b7f4b"
                stroke-width="2.5" {}
            @for (n, trend) in points.iter().enumerate() {
                @let (x, y) = place(n, trend.likely);
                circle cx=(units(x)) cy=(units(y)) r="4" fill="#1b7f4b" {}
                @if n == 0 || n + 1 == points.len() {
                    text x=(if n == 0 { 10.0 } else { WIDTH - 10.0 }) y="129"
                        text-anchor=(if n == 0 { "start" } else { "end" }) {
                        (spelled(trend.as_of, page.lang)) ": "
                        tspan font-weight="700" { (page.points(trend.likely)) }
                    }
                }
            }
        }
    }
}
