//! Where do we stand, and what next: the first page.

use super::parts;
use crate::app::archive::workspace::Workspace;
use crate::app::error::Error;
use crate::app::judgement::calendar;
use crate::app::judgement::calendar::{Entry, Origin};
use crate::app::judgement::check::today;
use crate::io::clock;
use crate::model::{Change, Gap, Mark, QuestionReport, QuestionState, Report};
use crate::web::asked::Asked;
use crate::web::layout::Page;
use crate::web::state::judgements::{Current, Judged};
use crate::web::state::visits::{self, News};
use axum::response::Response;
use maud::{Markup, html};
use std::sync::Arc;
use tower_sessions::Session;

/// How many tasks of a queue the page names.
const NAMED: usize = 5;

/// What the page tells beside how everything stands.
struct Beside {
    stages: Vec<Entry>,
    news: Option<News>,
}

pub(super) async fn page(asked: Asked, session: Session) -> Response {
    let (shared, session) = (Arc::clone(&asked.shared), session.id());
    let find = move |workspace: &mut Workspace, current: &Current| {
        Ok::<_, Error>(Beside {
            stages: calendar::calendar(workspace, today()?)?,
            news: visits::look(&shared, workspace, session, &current.judged)?,
        })
    };
    let show = |page: Page<'_>, current: &Current, beside: Beside| {
        Ok(body(page, &current.judged, &beside))
    };
    asked.answer_judged(("Beranda", "Start"), find, show).await
}

fn body(page: Page<'_>, judged: &Judged, beside: &Beside) -> Markup {
    let report = &judged.report;
    let troubled = judged
        .status
        .sums
        .iter()
        .filter(|(state, _)| state.wants_attention());
    let troubled: u64 = troubled.map(|(_, count)| count).sum();
    html! {
        p.lead {
            (report.name.get(page.lang)) " · " (report.region.as_deref().unwrap_or_default())
            " · " (page.pick("verifikasi", "verification")) " " (report.year)
            " · " (report.documents) " " (page.pick("dokumen", "documents"))
        }
        div.first {
            (score(page, report))
            div {
                (stages(page, &beside.stages))
                (changes(page, report, beside.news.as_ref()))
            }
        }
        div.queues {
            (waiting(page, judged))
            (queue(page, report, (page.pick("Perbaiki", "Mend"), "mend"), |state| {
                matches!(state, QuestionState::Weak | QuestionState::Review | QuestionState::Invalid)
            }))
            (queue(page, report, (page.pick("Cari buktinya", "Find evidence"), "missing"), |state| {
                state == QuestionState::Missing
            }))
        }
        @if troubled > 0 {
            p.warning {
                a href="/health#attention" { (troubled) " " (page.pick("berkas perlu perhatian", "files need a person")) }
                (page.pick(": tidak terbaca, terkunci, kosong atau rusak.", ": unreadable, locked, empty or damaged."))
            }
        }
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

fn waiting(page: Page<'_>, judged: &Judged) -> Markup {
    let count = judged.at_stake.len();
    let stake: f64 = judged.at_stake.iter().map(|item| item.points).sum();
    // Many suggestions want the same points: together they cannot bring more than there is.
    let stake = stake.min(judged.report.total.points.gap());
    html! {
        section aria-labelledby="to-decide" {
            h2 id="to-decide" { (page.pick("Putuskan", "Decide")) }
            p.count { (count) }
            p {
                (page.pick("usulan menunggu; hingga ", "suggestions wait; up to "))
                (page.points(stake)) (page.pick(" poin dipertaruhkan", " points at stake"))
            }
            ol.plain {
                @for (question, count, points) in first_to_decide(judged) {
                    li {
                        strong { "+" (page.points(points)) } " " (parts::question(question)) " · "
                        a href={ "/decide?question=" (question.id) } { (count) " " (page.pick("usulan", "suggestions")) } br;
                        (question.ask.get(page.lang))
                    }
                }
            }
            @if count > 0 { p { a.button href="/decide" { (page.pick("Mulai memutuskan", "Begin to decide")) } } }
        }
    }
}

/// Returns the questions with most points at stake in one suggestion, how many wait for each, and
/// the points.
fn first_to_decide(judged: &Judged) -> Vec<(&QuestionReport, usize, f64)> {
    let mut found: Vec<(u16, usize, f64)> = Vec::new();
    for item in &judged.at_stake {
        let known = found.iter_mut().find(|(at, ..)| *at == item.question);
        if let Some((_, count, _)) = known {
            *count += 1;
        } else if found.len() < NAMED {
            found.push((item.question, 1, item.points));
        }
    }
    let report = &judged.report;
    let named = found.into_iter().filter_map(|(at, count, points)| {
        let id = judged.questions.get(usize::from(at))?;
        let question = report.questions().find(|question| question.id == *id)?;
        Some((question, count, points))
    });
    named.collect()
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

fn changes(page: Page<'_>, report: &Report, news: Option<&News>) -> Markup {
    let Some(news) = news else {
        return earlier(page, report);
    };
    let changes = &news.since.changes;
    html! {
        section aria-labelledby="since" {
            h2 id="since" { (page.pick("Sejak kunjungan terakhir", "Since your last visit")) }
            p {
                time datetime=(news.last) { (clock::local(&news.last)) } ": "
                strong { (moved(page, news.since.points)) } (page.pick(" poin", " points")) " · "
                (changes.len()) " " (page.pick("pertanyaan berubah", "questions changed")) " · "
                a href="/history" { (news.records) " " (page.pick("catatan baru", "new records")) }
            }
            ul.plain { @for change in changes.iter().take(NAMED) { li { (one_change(page, report, change)) } } }
        }
    }
}

fn one_change(page: Page<'_>, report: &Report, change: &Change) -> Markup {
    let question = report.questions().find(|q| q.id == change.question);
    html! {
        @if let Some(question) = question { (parts::question(question)) " " }
        (page.badge(change.from)) " → " (page.badge(change.to)) " " (moved(page, change.points))
    }
}

/// Tells what moved since the last check that was kept: for who is here for the first time.
fn earlier(page: Page<'_>, report: &Report) -> Markup {
    let Some(last) = report.history.last() else {
        return html! {};
    };
    let points = report.total.points.likely - last.likely;
    html! {
        section aria-labelledby="since" {
            h2 id="since" { (page.pick("Sejak penilaian terakhir", "Since the last check")) }
            p {
                (last.as_of) ": " (page.points(last.likely)) " → " (page.points(report.total.points.likely))
                " (" (moved(page, points)) ")"
            }
        }
    }
}

fn moved(page: Page<'_>, points: f64) -> String {
    let sign = if points < 0.0 { "−" } else { "+" };
    format!("{sign}{}", page.points(points.abs()))
}
