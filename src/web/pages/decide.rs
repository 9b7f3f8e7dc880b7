//! Suggestions one by one, most points at stake first: the sentence lit on its page, one key for
//! each decision, everything taken back the same way.

use super::{parts, picture};
use crate::app::archive::workspace::Workspace;
use crate::app::error::{Error, ErrorKind};
use crate::app::evidence::decide;
use crate::app::evidence::decide::at_stake::{self, AtStake};
use crate::app::evidence::decide::{Conditional, Hand, LastDecision, Waiting};
use crate::app::evidence::effective_links::EffectiveLinks;
use crate::app::evidence::scope::question_named;
use crate::app::evidence::{show, show::Shown};
use crate::model::{QuestionId, Ratio, Report, Verdict};
use crate::report::quote;
use crate::web::answer::{Failure, go_to};
use crate::web::asked::Asked;
use crate::web::layout::Page;
use crate::web::state::judgements::Current;
use axum::extract::{Form, Query};
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

/// How many other questions of the document get a key.
const OTHERS: usize = 9;

/// Which suggestion.
#[derive(Deserialize, Default, Clone)]
pub(super) struct At {
    /// Only those for this question.
    #[serde(default)]
    question: String,
    /// How many were passed over.
    #[serde(default)]
    skip: usize,
    /// The act that was just recorded.
    #[serde(default, rename = "recorded")]
    recorded_act: Option<i64>,
}

/// What the page shows.
struct Turn {
    left: usize,
    item: Option<(Waiting, Shown)>,
    at: At,
}

pub(super) async fn page(asked: Asked, Query(at): Query<At>) -> Response {
    let find = move |workspace: &mut Workspace, current: &Current| {
        turn(workspace, &current.judged.at_stake, at)
    };
    let show = |page: Page<'_>, current: &Current, turn: Turn| {
        Ok(body(page, &current.judged.report, &turn))
    };
    asked
        .answer_judged(("Putuskan", "Decide"), find, show)
        .await
}

/// Returns the next that waits. Those that were decided since everything was judged are passed by.
fn turn(workspace: &Workspace, all: &[AtStake], at: At) -> Result<Turn, Error> {
    let questions = workspace.framework.questions();
    let only = match at.question.is_empty() {
        true => None,
        false => {
            let named = question_named(&workspace.framework, &at.question)?;
            questions
                .iter()
                .position(|question| question.id == named.id)
        }
    };
    let is_asked =
        |item: &&AtStake| only.is_none_or(|at| usize::from(item.question) == at);
    let effective = EffectiveLinks::load(workspace)?;
    let is_open = |item: &&AtStake| {
        let question = questions.get(usize::from(item.question));
        question.is_some_and(|q| effective.verdict(&item.document, &q.id).is_none())
    };
    let mut waiting = all.iter().filter(is_asked).filter(is_open);
    let left = waiting.clone().count();
    let next = waiting.nth(at.skip).into_iter().chain(waiting);
    for item in next {
        let found = at_stake::waiting(workspace, &effective, item)?;
        if found.is_some() {
            return Ok(Turn {
                left,
                item: found,
                at,
            });
        }
    }
    Ok(Turn {
        left,
        item: None,
        at,
    })
}

fn body(page: Page<'_>, report: &Report, turn: &Turn) -> Markup {
    let at = &turn.at;
    html! {
        p.lead role="status" {
            (turn.left) " " (page.pick("usulan menunggu", "suggestions wait"))
            @if at.skip > 0 { " · " (at.skip) " " (page.pick("dilewati", "passed over")) }
        }
        @if let Some(act) = at.recorded_act { (recorded(page, at, act)) }
        @match &turn.item {
            Some((item, shown)) => (one(page, report, at, item, shown)),
            None => p { (page.pick("Tidak ada lagi yang menunggu di sini.", "Nothing is left to decide here.")) },
        }
    }
}

/// Says that a decision was recorded, with the way back.
fn recorded(page: Page<'_>, at: &At, act: i64) -> Markup {
    html! {
        form.undo method="post" action="/decide/undo" data-swap="" {
            (kept(at))
            input type="hidden" name="act" value=(act);
            (page.pick("Tercatat.", "Recorded.")) " "
            button data-key="u" { kbd { "u" } " " (page.pick("Batalkan", "Take back")) }
        }
    }
}

/// Returns the fields that keep the place in the queue.
fn kept(at: &At) -> Markup {
    html! {
        input type="hidden" name="question" value=(at.question);
        input type="hidden" name="skip" value=(at.skip);
    }
}

fn one(
    page: Page<'_>,
    report: &Report,
    at: &At,
    item: &Waiting,
    shown: &Shown,
) -> Markup {
    let span = item.link.cue.span.as_ref();
    let number = span.map_or(1, |span| span.page);
    let title = shown.document.content.facts.title.value();
    let others = shown.links.iter().filter(|link| {
        link.question != item.link.question && link.confidence >= Ratio::LISTED
    });
    let asked = |id: &QuestionId| report.questions().find(|question| question.id == *id);
    let others = others.filter_map(|link| Some((link, asked(&link.question)?)));
    html! {
        div.split {
            section aria-labelledby="suggested" {
                @if let Some(question) = asked(&item.link.question) {
                    h2 id="suggested" { (parts::question(question)) " " (page.badge(question.state)) }
                    p.ask { (question.ask.get(page.lang)) }
                }
                @if let Some(title) = title { p { strong { (title) } } }
                (parts::named_document(page, &item.document, &item.path, Some(number)))
                p { (quote(span.and_then(|span| shown.readable_quote(span, false)))) }
                p {
                    (item.link.confidence.percent()) " · «" (item.link.cue.term) "» · "
                    (page.points(item.stake)) " " (page.pick("poin dipertaruhkan", "points at stake"))
                }
                form.verdict method="post" action="/decide" data-swap="" {
                    (kept(at))
                    input type="hidden" name="document" value=(item.document);
                    input type="hidden" name="proves" value=(item.link.question);
                    button.yes name="verdict" value="accept" data-key="y" { kbd { "y" } " " (page.pick("Ya, ini buktinya", "Yes, it proves it")) }
                    button.no name="verdict" value="reject" data-key="n" { kbd { "n" } " " (page.pick("Bukan", "No")) }
                    a.button href=(next(at)) data-key="s" { kbd { "s" } " " (page.pick("Lewati", "Pass over")) }
                }
                @for (key, (link, question)) in (1..=OTHERS).zip(others) {
                    form.other method="post" action="/decide" data-swap="" {
                        (kept(at))
                        input type="hidden" name="document" value=(item.document);
                        input type="hidden" name="proves" value=(link.question);
                        button name="verdict" value="accept" data-key=(key) {
                            kbd { (key) } " " (page.pick("Bukti untuk ", "Proves ")) (question.number) " · " (link.confidence.percent())
                            small { (question.ask.get(page.lang)) }
                        }
                    }
                }
                (keys(page))
            }
            (picture::viewer(page, shown, number, span.and_then(|span| span.rect).as_slice()))
        }
    }
}

fn next(at: &At) -> String {
    format!("/decide?question={}&skip={}", at.question, at.skip + 1)
}

fn keys(page: Page<'_>) -> Markup {
    parts::keys(
        page,
        "Tombol yang tertulis pada tiap kotak berlaku di halaman ini: y ya, n bukan, s lewati, u \
         batalkan, 1–9 bukti untuk pertanyaan lain.",
        "The key on each button works on this page: y yes, n no, s pass over, u take back, 1–9 \
         proves another question.",
    )
}

/// What a form decides.
#[derive(Deserialize)]
pub(super) struct Decided {
    document: String,
    proves: String,
    verdict: String,
    #[serde(default)]
    question: String,
    #[serde(default)]
    skip: usize,
}

pub(super) async fn decide(asked: Asked, Form(form): Form<Decided>) -> Response {
    let verdict = match form.verdict.as_str() {
        "accept" => Verdict::Accept,
        "reject" => Verdict::Reject,
        _ => return Failure::BadRequest.page(asked.page()),
    };
    let back = format!("/decide?question={}&skip={}", form.question, form.skip);
    let hand = Hand {
        author: asked.shared.author.clone(),
        note: String::new(),
    };
    let done = asked.shared.with(move |workspace| {
        let document = show::resolve(workspace, &form.document)?;
        let question = QuestionId::from(form.proves.as_str());
        let pair = (&document, &question);
        // The page was shown because nobody had decided.
        let is_seen = |number| number == 0;
        match decide::decide_if_unmoved(workspace, pair, false, verdict, &hand, is_seen)?
        {
            Conditional::Done(done) => Ok(done),
            Conditional::Moved(now) => Err(moved(&question, &now)),
        }
    });
    match done.await {
        Ok(done) => go_to(&match done.act {
            Some(act) => format!("{back}&recorded={act}"),
            None => back,
        }),
        Err(error) => Failure::Failed(error).page(asked.page()),
    }
}

/// Returns the error that somebody decided meanwhile: what they said is shown, and not written over.
fn moved(question: &QuestionId, now: &LastDecision) -> Error {
    let decision = now.decision.as_ref();
    let said = decision.map_or("", |decision| decision.verdict.as_str());
    Error::new(
        ErrorKind::ArchiveInUse,
        format!("sudah ditetapkan sementara ini: {said} {question}"),
        format!("it was decided meanwhile: {said} {question}"),
    )
    .hint(
        "lihat dokumennya; putusan yang ada tidak ditimpa",
        "look at the document; the decision that is there is not written over",
    )
}

/// What is to be taken back.
#[derive(Deserialize)]
pub(super) struct Undone {
    act: i64,
    #[serde(default)]
    question: String,
    #[serde(default)]
    skip: usize,
}

pub(super) async fn undo(asked: Asked, Form(form): Form<Undone>) -> Response {
    let hand = Hand {
        author: asked.shared.author.clone(),
        note: String::new(),
    };
    let done = asked
        .shared
        .with(move |workspace| decide::undo(workspace, Some(form.act), &hand));
    match done.await {
        Ok(_) => go_to(&format!(
            "/decide?question={}&skip={}",
            form.question, form.skip
        )),
        Err(error) => Failure::Failed(error).page(asked.page()),
    }
}
