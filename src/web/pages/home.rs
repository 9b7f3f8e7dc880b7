//! Where do we stand, and what next: the first page.

use super::parts;
use crate::app::evidence::decide;
use crate::app::evidence::decide::Pick;
use crate::app::judgement::calendar;
use crate::app::judgement::calendar::{Entry, Origin};
use crate::app::judgement::check::today;
use crate::model::{Gap, Mark, QuestionState, Report};
use crate::web::asked::{Asked, report};
use crate::web::layout::Page;
use axum::response::Response;
use maud::{Markup, html};

/// How many tasks of a queue the page names.
const NAMED: usize = 5;

/// What the page tells.
struct Standing {
    report: Report,
    stages: Vec<Entry>,
    /// Suggestions that wait for a decision, and the points at stake.
    waiting: (usize, f64),
}

pub(super) async fn page(asked: Asked) -> Response {
    let find = |workspace: &mut _| {
        let workspace = &*workspace;
        let waiting = decide::queue(workspace, &Pick::default(), today()?)?;
        Ok(Standing {
            report: report(workspace)?,
            stages: calendar::calendar(workspace, today()?)?,
            waiting: (waiting.len(), waiting.iter().map(|item| item.stake).sum()),
        })
    };
    let show = |page: Page<'_>, found: Standing| Ok(body(page, &found));
    asked.answer(("Beranda", "Start"), find, show).await
}

fn body(page: Page<'_>, found: &Standing) -> Markup {
    let report = &found.report;
    html! {
        p.lead {
            (report.name.get(page.lang)) " · " (report.region.as_deref().unwrap_or_default())
            " · " (page.pick("verifikasi", "verification")) " " (report.year)
            " · " (report.documents) " " (page.pick("dokumen", "documents"))
        }
        (score(page, report))
        (stages(page, &found.stages))
        div.queues {
            (waiting(page, found.waiting))
            (queue(page, report, (page.pick("Perbaiki", "Mend"), "mend"), |state| {
                matches!(state, QuestionState::Weak | QuestionState::Review | QuestionState::Invalid)
            }))
            (queue(page, report, (page.pick("Cari buktinya", "Find evidence"), "missing"), |state| {
                state == QuestionState::Missing
            }))
        }
        (changes(page, report))
        p.method { (report.method.get(page.lang)) }
    }
}

fn score(page: Page<'_>, report: &Report) -> Markup {
    let points = report.total.points;
    let standings = &report.standings;
    let none = page.pick("belum masuk kategori", "no category yet");
    let likely = standings
        .likely
        .as_ref()
        .map_or(none, |name| name.get(page.lang));
    let next = standings.next.as_ref().filter(|mark| mark.lacking > 0.0);
    html! {
        section aria-labelledby="score" {
            h2 id="score" {
                (page.pick("Perkiraan nilai setelah verifikasi ", "Likely score after verification "))
                span.guess { (page.pick("dugaan", "a guess")) }
            }
            p.big { (page.points(points.likely)) small { " / " (page.points(points.max)) " · " (likely) } }
            (parts::bar(page, points))
            p {
                (page.pick("Menurut bukti ", "By the evidence ")) strong { (page.points(points.likely + points.at_risk)) }
                (page.pick("; berisiko dicoret ", "; at risk ")) strong { (page.points(points.at_risk)) }
                @if let Some(next) = next { (lacking(page, next)) }
            }
        }
    }
}

fn lacking(page: Page<'_>, next: &Mark) -> Markup {
    html! {
        (page.pick("; kurang ", "; ")) strong { (page.points(next.lacking)) }
        (page.pick(" ke ", " short of ")) (next.name.get(page.lang))
        @if next.inferred { " (" (page.pick("dugaan", "a guess")) ")" }
    }
}

fn stages(page: Page<'_>, stages: &[Entry]) -> Markup {
    let coming: Vec<&Entry> =
        stages.iter().filter(|stage| stage.days_left >= 0).collect();
    html! {
        @if !coming.is_empty() {
            section aria-labelledby="calendar" {
                h2 id="calendar" { (page.pick("Jadwal", "Calendar")) }
                ul.plain {
                    @for stage in coming {
                        li {
                            strong { (stage.days_left) " " (page.pick("hari", "days")) }
                            " · " (stage.name.get(page.lang)) " · " (stage.to)
                            @if matches!(stage.origin, Origin::Estimated(_)) {
                                " · " (page.pick("dugaan", "a guess"))
                            }
                        }
                    }
                }
            }
        }
    }
}

fn waiting(page: Page<'_>, (count, stake): (usize, f64)) -> Markup {
    html! {
        section aria-labelledby="to-decide" {
            h2 id="to-decide" { (page.pick("Tetapkan", "Decide")) }
            p.count { (count) }
            p {
                (page.pick("usulan menunggu; hingga ", "suggestions wait; up to "))
                (page.points(stake)) (page.pick(" poin dipertaruhkan", " points at stake"))
            }
            @if count > 0 { p { a.button href="/decide" { (page.pick("Mulai menetapkan", "Begin to decide")) } } }
        }
    }
}

fn queue(
    page: Page<'_>,
    report: &Report,
    (title, id): (&str, &str),
    is_in: impl Fn(QuestionState) -> bool,
) -> Markup {
    let find = |gap: &Gap| {
        report
            .questions()
            .find(|question| question.id == gap.question)
    };
    let tasks: Vec<_> = report
        .gaps
        .iter()
        .filter_map(|gap| Some((gap, find(gap)?)))
        .filter(|(_, question)| is_in(question.state))
        .collect();
    let sum: f64 = tasks.iter().map(|(gap, _)| gap.points).sum();
    html! {
        section aria-labelledby=(id) {
            h2 id=(id) { (title) }
            p.count { (tasks.len()) }
            p { (page.pick("pertanyaan; ", "questions; ")) (page.points(sum)) (page.pick(" poin bisa diraih", " points to be won")) }
            ol.plain {
                @for (gap, question) in tasks.iter().take(NAMED) {
                    li {
                        strong { "+" (page.points(gap.points)) } " " (parts::question(question))
                        " " (page.badge(question.state)) br;
                        (question.ask.get(page.lang))
                    }
                }
            }
        }
    }
}

fn changes(page: Page<'_>, report: &Report) -> Markup {
    let Some(last) = report.history.last() else {
        return html! {};
    };
    let moved = report.total.points.likely - last.likely;
    let sign = if moved < 0.0 { "−" } else { "+" };
    html! {
        section aria-labelledby="since" {
            h2 id="since" { (page.pick("Sejak penilaian terakhir", "Since the last check")) }
            p {
                (last.as_of) ": " (page.points(last.likely)) " → " (page.points(report.total.points.likely))
                " (" (sign) (page.points(moved.abs())) ")"
            }
        }
    }
}
