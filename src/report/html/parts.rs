//! What a leader looks at first: the score, the map, the gaps, who has to act.

use super::badge::{anchor, badge, office_anchor, say};
use super::{Page, chart};
use crate::model::{
    Bilingual, Change, Coverage, Gap, IndicatorReport, Lang, Mark, QuestionReport,
    Report, SectionReport, Since, Trend,
};
use crate::report::build::standings::forecast_text;
use crate::report::words::{capital, spelled};
use maud::{Markup, html};

/// How many gaps are shown at first.
const GAPS_SHOWN: usize = 10;
/// From which share of its points on a tile is how green.
const SHADES: [f64; 4] = [0.2, 0.4, 0.6, 0.8];

/// Returns a section with its heading.
fn section(id: &str, heading: &str, inner: &Markup) -> Markup {
    html! {
        section id=(id) { h2 { (heading) } (inner) }
    }
}

/// Returns a link down to a question, by its number.
pub(super) fn jump(question: &QuestionReport) -> Markup {
    html! {
        a href={ "#" (anchor(question.id.as_str())) } { (question.number) }
    }
}

pub(super) fn score(page: Page) -> Markup {
    let points = page.report.total.points;
    let heading = page.pick(
        "Perkiraan nilai setelah verifikasi",
        "Likely score after verification",
    );
    let inner = html! {
        div.two {
            div {
                p.big { (page.points(points.likely)) " " small { "/ " (page.whole(points.max)) } }
                (bar(page.report.total))
                (legend(page))
            }
            div { (chart::scale(page)) (categories(page)) }
        }
    };
    section("nilai", heading, &inner)
}

/// Draws what likely remains and what is at risk.
pub(super) fn bar(coverage: Coverage) -> Markup {
    let points = coverage.points;
    let width = |part: f64| {
        let share = match points.max > 0.0 {
            true => part / points.max * 100.0,
            false => 0.0,
        };
        format!("width:{share:.2}%")
    };
    html! {
        div.bar {
            i.k style=(width(points.likely)) {}
            i.r style=(width(points.at_risk)) {}
        }
    }
}

fn legend(page: Page) -> Markup {
    let points = page.report.total.points;
    let own = page.report.total.own;
    let unsupported = own.map(|own| (own - points.claimed()).max(0.0));
    let entries = [
        (
            "#1b7f4b",
            page.pick("bertahan", "kept"),
            Some(points.likely),
        ),
        (
            "#e0a33a",
            page.pick("berisiko dicoret", "at risk"),
            Some(points.at_risk),
        ),
        (
            "#e6eaf0",
            page.pick("belum ada bukti", "no evidence"),
            Some(points.max - points.claimed()),
        ),
        (
            "#1f3a5f",
            page.pick("diklaim sendiri tanpa bukti", "claimed without evidence"),
            unsupported,
        ),
    ];
    html! {
        ul.legend {
            @for (colour, name, points) in entries {
                @if let Some(points) = points {
                    li {
                        i style={ "background:" (colour) } {}
                        (name) " " b { (page.points(points)) }
                    }
                }
            }
        }
    }
}

fn categories(page: Page) -> Markup {
    let report = page.report;
    let standings = &report.standings;
    let own = report.total.own;
    let of_own = standings.forecast.as_ref();
    let of_own = of_own.and_then(|f| f.from.category.as_ref());
    let next = standings.next.as_ref();
    let is_other = |mark: &&Mark| next.is_none_or(|next| next.points < mark.points);
    let marks = next
        .into_iter()
        .chain(standings.thresholds.iter().filter(is_other));
    html! {
        div.scroll {
            table {
                @if let Some(own) = own {
                    (category_row(page, page.pick("Penilaian mandiri", "Self-assessed"), own, of_own))
                }
                (category_row(
                    page,
                    page.pick("Menurut bukti", "By evidence"),
                    report.total.points.claimed(),
                    standings.claimed.as_ref(),
                ))
                (category_row(
                    page,
                    page.pick("Setelah verifikasi", "After verification"),
                    report.total.points.likely,
                    standings.likely.as_ref(),
                ))
            }
        }
        @for mark in marks.filter(|mark| mark.lacking > 0.0) {
            p.who {
                (page.pick("Masih kurang", "Still lacking")) " "
                b { (page.points(mark.lacking)) }
                " " (page.pick("ke", "to")) " " (mark.name.get(page.lang))
                " (" (page.whole(mark.points)) ")"
                @if mark.inferred { (page.pick(" (dugaan)", " (a guess)")) }
            }
        }
        @if let Some(forecast) = &standings.forecast {
            p.who { (forecast_text(forecast, page.lang)) }
        }
    }
}

fn category_row(
    page: Page,
    what: &str,
    points: f64,
    category: Option<&Bilingual>,
) -> Markup {
    let none = page.pick("belum masuk kategori", "below every category");
    let category = category.map_or(none, |category| category.get(page.lang));
    html! {
        tr {
            td { (what) }
            td.n { (page.points(points)) }
            td { b { (category) } }
        }
    }
}

pub(super) fn heat_map(page: Page) -> Markup {
    let name = page.report.part_names.section.get(page.lang);
    let heading = format!("{} {name}", page.pick("Peta cakupan per", "Coverage by"));
    let lead = page.pick(
        "Tiap kotak satu indikator: bagian nilainya yang diperkirakan bertahan. Sentuh untuk \
         melihat pertanyaannya.",
        "Each box is an indicator: the share of its points that would likely remain. Touch it for \
         its questions.",
    );
    let inner = html! {
        p.lead { (lead) }
        div.map {
            @for section in &page.report.sections { (tiles(page, section)) }
        }
    };
    section("peta", &heading, &inner)
}

fn tiles(page: Page, section: &SectionReport) -> Markup {
    let points = section.coverage.points;
    html! {
        div {
            h3 {
                (section.code.as_str()) " · " (section.name.get(page.lang))
                span { (page.points(points.likely)) " / " (page.whole(points.max)) }
            }
            div.tiles {
                @for indicator in &section.indicators { (tile(page, indicator)) }
            }
        }
    }
}

fn tile(page: Page, indicator: &IndicatorReport) -> Markup {
    let points = indicator.coverage.points;
    let share = match points.max > 0.0 {
        true => Some(points.likely / points.max),
        false => None,
    };
    let percent = share.map_or_else(|| "–".to_owned(), |s| format!("{:.0}%", s * 100.0));
    html! {
        a class={ "tile " (shade(share)) } href={ "#" (anchor(indicator.id.as_str())) } {
            b {
                span { (indicator.number) }
                span { (percent) }
            }
            (indicator.short.get(page.lang))
        }
    }
}

fn shade(share: Option<f64>) -> &'static str {
    let names = ["h0", "h1", "h2", "h3", "h4"];
    let Some(share) = share else {
        return "hn";
    };
    let reached = SHADES.iter().filter(|from| share >= **from).count();
    names.get(reached).copied().unwrap_or("hn")
}

pub(super) fn trend(page: Page) -> Markup {
    let report = page.report;
    if report.history.is_empty() {
        return Markup::default();
    }
    let mut points = report.history.clone();
    points.push(Trend {
        as_of: report.as_of,
        likely: report.total.points.likely,
        at_risk: report.total.points.at_risk,
    });
    let heading = page.pick("Perkembangan", "How it moved");
    let lead = page.pick(
        "Hijau: perkiraan nilai. Putus-putus: nilai menurut bukti, termasuk yang berisiko.",
        "Green: likely score. Dashed: score by evidence, what is at risk included.",
    );
    let inner = html! {
        p.lead { (lead) }
        (chart::trend(page, &points))
    };
    section("perkembangan", heading, &inner)
}

pub(super) fn since(page: Page) -> Markup {
    let Some(since) = &page.report.since else {
        return Markup::default();
    };
    let heading = format!(
        "{} {}",
        page.pick("Yang berubah sejak", "What changed since"),
        spelled(since.as_of, page.lang)
    );
    section("berubah", &heading, &changes(page, since))
}

fn changes(page: Page, since: &Since) -> Markup {
    html! {
        @if since.changes.is_empty() {
            p { (page.pick("Tidak ada.", "Nothing.")) }
        } @else {
            div.scroll {
                table {
                    @for change in &since.changes {
                        @if let Some(question) = find(page.report, &change.question) {
                            (change_row(page, change, question))
                        }
                    }
                }
            }
        }
    }
}

fn change_row(page: Page, change: &Change, question: &QuestionReport) -> Markup {
    let words = change.new_faults.iter().chain(&change.mended);
    html! {
        tr {
            td { (jump(question)) }
            td { (badge(change.from, page.lang)) " → " (badge(change.to, page.lang)) }
            td.n { (signed(page, change.points)) }
            td.hide {
                @for (n, words) in words.enumerate() {
                    @if n > 0 { br; }
                    (words.get(page.lang))
                }
            }
        }
    }
}

fn signed(page: Page, points: f64) -> String {
    let sign = if points > 0.0 { "+" } else { "" };
    format!("{sign}{}", page.points(points))
}

fn find<'a>(
    report: &'a Report,
    id: &crate::model::QuestionId,
) -> Option<&'a QuestionReport> {
    report.questions().find(|question| question.id == *id)
}

pub(super) fn gaps(page: Page) -> Markup {
    let shown = page.report.gaps.len().min(GAPS_SHOWN);
    if shown == 0 {
        return Markup::default();
    }
    let heading = match page.lang {
        Lang::Id => format!("{shown} celah bernilai terbesar"),
        Lang::En => format!("The {shown} gaps worth most"),
    };
    let inner = html! {
        ol.gaps {
            @for gap in page.report.gaps.iter().take(shown) {
                @if let Some(question) = find(page.report, &gap.question) {
                    (one_gap(page, gap, question))
                }
            }
        }
    };
    section("celah", &heading, &inner)
}

fn one_gap(page: Page, gap: &Gap, question: &QuestionReport) -> Markup {
    let to_do = crate::report::sheet::xlsx::to_do(question);
    html! {
        li {
            div.row {
                span.win { "+" (page.points(gap.points)) }
                a href={ "#" (anchor(question.id.as_str())) } {
                    (capital(page.report.part_names.question.get(page.lang)))
                    " " (question.number)
                }
                (badge(question.state, page.lang))
            }
            div { (question.ask.get(page.lang)) }
            div.who { (crate::report::table::rows::offices(question)) }
            (say(page.lang, to_do.into_iter().flatten().take(3)))
        }
    }
}

pub(super) fn lift(page: Page) -> Markup {
    let Some(lift) = &page.report.standings.lift else {
        return Markup::default();
    };
    let heading = format!(
        "{} {}",
        page.pick("Jalan termudah ke", "The easiest way to"),
        lift.to.get(page.lang)
    );
    let lead = match page.lang {
        Lang::Id => format!(
            "{} pertanyaan berikut membawa nilai ke {}; yang tinggal diperiksa didahulukan, yang \
             belum ada bukti paling akhir.",
            lift.steps.len(),
            page.points(lift.reaches)
        ),
        Lang::En => format!(
            "These {} questions bring the score to {}; what only wants a look comes first, what \
             has no evidence last.",
            lift.steps.len(),
            page.points(lift.reaches)
        ),
    };
    let inner = html! {
        p.lead { (lead) }
        div.scroll {
            table {
                @for step in &lift.steps {
                    @if let Some(question) = find(page.report, &step.question) {
                        tr {
                            td { (jump(question)) }
                            td { (badge(question.state, page.lang)) }
                            td.hide { (question.ask.get(page.lang)) }
                            td.n { "+" (page.points(step.points)) }
                        }
                    }
                }
            }
        }
    };
    section("naik", &heading, &inner)
}

pub(super) fn offices(page: Page) -> Markup {
    let heading = page.pick("Yang harus bertindak", "Who has to act");
    let lead = page.pick(
        "Pertanyaan milik beberapa perangkat daerah dihitung pada masing-masing.",
        "A question of several offices is counted at each of them.",
    );
    let inner = html! {
        p.lead { (lead) }
        div.scroll {
            table {
                tr {
                    th { (page.pick("Perangkat daerah", "Office")) }
                    th.n { (page.pick("Bisa diraih", "To be won")) }
                    th.n { (page.pick("Pertanyaan", "Questions")) }
                    th.hide { (page.pick("Keadaan", "State")) }
                }
                @for office in page.report.offices.iter().filter(|o| !o.tasks.is_empty()) {
                    tr {
                        td {
                            a href={ "#" (office_anchor(office.office.id.as_str())) } {
                                (office.name.get(page.lang))
                            }
                        }
                        td.n { (page.points(office.coverage.points.gap())) }
                        td.n { (office.tasks.len()) }
                        td.hide { (bar(office.coverage)) }
                    }
                }
            }
        }
    };
    section("pengampu", heading, &inner)
}
