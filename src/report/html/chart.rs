//! Pictures drawn as SVG inside the page: the scale of points with its categories, and how the
//! score moved.

use super::Page;
use crate::model::{Forecast, Trend};
use crate::report::{escape::xml, words::spelled};

/// Units of the drawing, which is as wide as the page lets it be: few, so that its words can be
/// read on a phone.
const WIDTH: f64 = 460.0;
const EDGE: f64 = 10.0;
/// From this share of the width on, a label stands before its line.
const LATE: f64 = 0.62;

/// Draws the points from nothing to all of them, the lines that matter, and where the score is.
pub(super) fn scale(page: &mut Page) {
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
    page.put(format_args!(
        "<svg viewBox=\"0 0 460 150\" role=\"img\" aria-label=\"{}\" font-size=\"14\" \
         fill=\"#1a2433\"><rect x=\"{EDGE}\" y=\"58\" width=\"{:.1}\" height=\"18\" rx=\"4\" \
         fill=\"#e6eaf0\"/>",
        xml(&label),
        WIDTH - 2.0 * EDGE
    ));
    if let Some(forecast) = &report.standings.forecast {
        range(page, forecast, &at);
    }
    page.put(format_args!(
        "<rect x=\"{EDGE}\" y=\"58\" width=\"{:.1}\" height=\"18\" rx=\"4\" fill=\"#1b7f4b\"/>",
        at(likely) - EDGE
    ));
    marks(page, &at);
    pointer(page, at(likely), 42.0, &page.points(likely), "#1b7f4b");
    if let Some(own) = report.total.own {
        let text = format!("{} {}", page.pick("sendiri", "own"), page.points(own));
        pointer(page, at(own), 20.0, &text, "#1f3a5f");
    }
    page.put(format_args!("</svg>"));
}

/// Draws what became of such scores before.
fn range(page: &mut Page, forecast: &Forecast, at: &impl Fn(f64) -> f64) {
    let (low, high) = (at(forecast.low.points), at(forecast.high.points));
    page.put(format_args!(
        "<rect x=\"{low:.1}\" y=\"79\" width=\"{:.1}\" height=\"6\" rx=\"3\" \
         fill=\"#7a8aa0\"/><circle cx=\"{:.1}\" cy=\"82\" r=\"5\" fill=\"#3d4c61\"/>",
        (high - low).max(2.0),
        at(forecast.middle.points)
    ));
}

/// Draws the lines of the categories, in two heights so that their names do not touch.
fn marks(page: &mut Page, at: &impl Fn(f64) -> f64) {
    let standings = &page.report.standings;
    let mut marks: Vec<(f64, String)> = standings
        .thresholds
        .iter()
        .chain(&standings.next)
        .map(|mark| (mark.points, mark.name.get(page.lang).to_owned()))
        .collect();
    marks.sort_by(|a, b| a.0.total_cmp(&b.0));
    marks.dedup_by(|later, earlier| {
        let same = later.0 <= earlier.0;
        if same && earlier.1 != later.1 {
            earlier.1 = format!("{} · {}", earlier.1, later.1);
        }
        same
    });
    for (n, (points, name)) in marks.iter().enumerate() {
        let (x, y) = (at(*points), 106.0 + 19.0 * n as f64);
        // The first stands before its line, the others behind theirs: they do not touch.
        let is_before = n == 0 || x > WIDTH * LATE;
        let text = format!("{name} {}", page.whole(*points));
        page.put(format_args!(
            "<line x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"54\" y2=\"{:.1}\" stroke=\"#1a2433\" \
             stroke-width=\"1.4\"/><text x=\"{:.1}\" y=\"{y:.1}\" \
             text-anchor=\"{}\">{}</text>",
            y + 3.0,
            if is_before { x - 5.0 } else { x + 5.0 },
            if is_before { "end" } else { "start" },
            xml(&text)
        ));
    }
}

fn pointer(page: &mut Page, x: f64, y: f64, text: &str, colour: &str) {
    let (anchor, shift) = match x {
        x if x < 50.0 => ("start", -8.0),
        x if x > WIDTH - 50.0 => ("end", 8.0),
        _ => ("middle", 0.0),
    };
    page.put(format_args!(
        "<path d=\"M{x:.1} 56 l-6 -10 h12 z\" fill=\"{colour}\"/>\
         <text x=\"{:.1}\" y=\"{y}\" text-anchor=\"{anchor}\" font-weight=\"700\" \
         font-size=\"16\" fill=\"{colour}\">{}</text>",
        x + shift,
        xml(text)
    ));
}

/// Draws the score of earlier checks and this one.
pub(super) fn trend(page: &mut Page, points: &[Trend]) {
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
    let claimed = line(&|trend| trend.likely + trend.at_risk);
    let likely = line(&|trend| trend.likely);
    page.put(format_args!(
        "<svg viewBox=\"0 0 460 136\" role=\"img\" font-size=\"13\" fill=\"#1a2433\">\
         <line x1=\"14\" x2=\"446\" y1=\"110\" y2=\"110\" stroke=\"#d9dfe7\"/>\
         <polyline points=\"{claimed}\" fill=\"none\" stroke=\"#e0a33a\" stroke-width=\"2\" \
         stroke-dasharray=\"6 4\"/><polyline points=\"{likely}\" fill=\"none\" \
         stroke=\"#1b7f4b\" stroke-width=\"2.5\"/>"
    ));
    for (n, trend) in points.iter().enumerate() {
        let (x, y) = place(n, trend.likely);
        page.put(format_args!(
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\" fill=\"#1b7f4b\"/>"
        ));
        if n == 0 || n + 1 == points.len() {
            let day = spelled(trend.as_of, page.lang);
            let value = page.points(trend.likely);
            let anchor = if n == 0 { "start" } else { "end" };
            let x = if n == 0 { 10.0 } else { WIDTH - 10.0 };
            page.put(format_args!(
                "<text x=\"{x}\" y=\"129\" text-anchor=\"{anchor}\">{}: \
                 <tspan font-weight=\"700\">{value}</tspan></text>",
                xml(&day)
            ));
        }
    }
    page.put(format_args!("</svg>"));
}
