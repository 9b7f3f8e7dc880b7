//! Districts and their villages: who has brought evidence, who owes it, and the letter to each.

use crate::app::archive::places;
use crate::app::archive::places::PlaceStanding;
use crate::app::archive::workspace::Workspace;
use crate::app::error::Error;
use crate::app::judgement::letter::{Addressee, capital};
use crate::model::{Bilingual, LevelId, Locality, QuestionReport, Report};
use crate::report::percent_encoded;
use crate::web::answer::Failure;
use crate::web::asked::Asked;
use crate::web::layout::Page;
use crate::web::pages::parts;
use crate::web::pages::submission::papers::letter_links;
use crate::web::state::judgements::Current;
use axum::extract::Query;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Questions that a row names; the letter has all.
const NAMED: usize = 12;

/// Which district.
#[derive(Deserialize, Default)]
pub(in crate::web::pages) struct Wanted {
    #[serde(default)]
    within: Option<String>,
}

/// What the page tells.
struct Known {
    standings: Vec<PlaceStanding>,
    levels: BTreeMap<LevelId, Bilingual>,
}

pub(in crate::web::pages) async fn page(
    asked: Asked,
    Query(wanted): Query<Wanted>,
) -> Response {
    let find = |workspace: &mut Workspace, current: &Current| {
        known(workspace, &current.judged.report)
    };
    let show = move |page: Page<'_>, current: &Current, known: Known| {
        let report = &current.judged.report;
        match &wanted.within {
            Some(within) => {
                district(page, report, &known, within).ok_or(Failure::NotFound)
            }
            None => Ok(all(page, &known)),
        }
    };
    let title = ("Wilayah", "Places");
    asked.answer_judged(title, find, show).await
}

fn known(workspace: &Workspace, report: &Report) -> Result<Known, Error> {
    let levels = workspace.framework.levels().iter();
    Ok(Known {
        standings: places::standings(workspace, report)?,
        levels: levels
            .map(|level| (level.id.clone(), level.name.clone()))
            .collect(),
    })
}

impl Known {
    fn level<'k>(&'k self, page: Page<'_>, level: &'k LevelId) -> &'k str {
        let name = self.levels.get(level);
        name.map_or(level.as_str(), |name| name.get(page.lang))
    }

    /// Returns the places that lie in no other.
    fn widest(&self) -> impl Iterator<Item = &PlaceStanding> {
        self.standings
            .iter()
            .filter(|standing| standing.place.within.is_none())
    }

    fn inside<'k>(&'k self, within: &'k str) -> impl Iterator<Item = &'k PlaceStanding> {
        let is_inside = move |place: &Locality| place.within.as_deref() == Some(within);
        self.standings
            .iter()
            .filter(move |standing| is_inside(&standing.place))
    }
}

fn all(page: Page<'_>, known: &Known) -> Markup {
    if known.standings.is_empty() {
        return html! {
            p.lead { (page.pick(
                "Daftar kecamatan dan desa belum ada. Tanpa daftar, tempat tanpa bukti tidak dapat disebut namanya.",
                "There is no list of districts and villages yet. Without it, places without evidence cannot be named.",
            )) }
            p { (page.pick(
                "Ambil tabel berkolom kecamatan dan desa dengan `bukti places BERKAS`.",
                "Take in a table with the columns kecamatan and desa with `bukti places FILE`.",
            )) }
        };
    }
    let complete = known
        .standings
        .iter()
        .filter(|one| one.owes.is_empty())
        .count();
    html! {
        p.lead role="status" {
            (known.standings.len()) " " (page.pick("tempat", "places")) " · "
            (complete) " " (page.pick("tidak berutang bukti", "owe no evidence"))
        }
        p { (page.pick(
            "Tempat dikenali dari penerbit dokumen, kata-katanya atau foldernya; yang menurut bukti belum membawa satu pun disebut berutang.",
            "A place is recognised by who issued a document, its words or its folder; a place that has brought none so far is said to owe.",
        )) }
        ul.places {
            @for one in known.widest() {
                @let inside: Vec<_> = known.inside(&one.place.name).collect();
                li {
                    (head(page, known, one))
                    @if !inside.is_empty() {
                        @let owing = inside.iter().filter(|one| !one.owes.is_empty()).count();
                        a href={ "/places?within=" (percent_encoded(&one.place.name, b"")) } {
                            (inside.len()) " " (page.pick("di dalamnya", "inside")) ", " (owing) " " (page.pick("berutang", "owe"))
                        }
                    }
                }
            }
        }
    }
}

fn district(
    page: Page<'_>,
    report: &Report,
    known: &Known,
    within: &str,
) -> Option<Markup> {
    let mut inside: Vec<_> = known.inside(within).collect();
    if inside.is_empty() {
        return None;
    }
    // Who owes most comes first; the others stay in order of name.
    inside.sort_by_key(|one| std::cmp::Reverse(one.owes.len()));
    let own = known.widest().find(|one| one.place.name == within);
    let questions = report.questions();
    let questions: BTreeMap<_, _> = questions.map(|q| (&q.id, q)).collect();
    Some(html! {
        nav.pages aria-label=(page.pick("Tingkat di atas", "Level above")) { a href="/places" { (page.pick("Semua wilayah", "All places")) } }
        ul.places {
            @for one in own.into_iter().chain(inside) {
                li {
                    (head(page, known, one))
                    (owed(page, one, &questions))
                }
            }
        }
    })
}

/// Returns a place with its figures and the letter to it.
fn head(page: Page<'_>, known: &Known, one: &PlaceStanding) -> Markup {
    let level = capital(known.level(page, &one.place.level));
    let full = format!("{level} {}", one.place.name);
    let figures = format!("{} / {}", one.brought(), one.asked);
    html! {
        strong { (full) } " "
        span.n title=(page.pick("pertanyaan dengan bukti dari tempat ini, dari yang memintanya", "questions with evidence of this place, of those that ask for it")) {
            (figures)
        }
        " " (page.pick("pertanyaan berbukti", "questions have evidence"))
        @if !one.owes.is_empty() {
            " · " (page.pick("surat: ", "letter: ")) (letter_links(&Addressee::Place(one.place.clone()), &full))
        }
        br;
    }
}

fn owed(
    page: Page<'_>,
    one: &PlaceStanding,
    questions: &BTreeMap<&crate::model::QuestionId, &QuestionReport>,
) -> Markup {
    let further = one.owes.len().saturating_sub(NAMED);
    html! {
        @if one.owes.is_empty() { (page.pick("tidak berutang", "owes nothing")) }
        @else {
            (page.pick("belum: ", "owes: "))
            @for (n, id) in one.owes.iter().take(NAMED).enumerate() {
                @if n > 0 { ", " }
                @if let Some(question) = questions.get(id) { (parts::question(question)) }
            }
            @if further > 0 { " +" (further) }
        }
    }
}
