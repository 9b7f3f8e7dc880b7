//! What the verbs of the command line write, to download: reports, letters, the answer sheet, the
//! calendar. Saved as files, and never shown by the browser in our name.

use crate::app::archive::workspace::Workspace;
use crate::app::error::Error;
use crate::app::judgement::answers;
use crate::app::judgement::calendar;
use crate::app::judgement::calendar::{Entry, Origin};
use crate::app::judgement::check::today;
use crate::app::judgement::letter;
use crate::app::judgement::letter::{Addressee, Recipient};
use crate::app::judgement::render::{Form, render};
use crate::model::{Date, Lang, Locality, Report};
use crate::report;
use crate::report::percent_encoded;
use crate::web::answer::Failure;
use crate::web::asked::Asked;
use crate::web::files::download;
use crate::web::layout::Page;
use crate::web::state::judgements::Current;
use axum::extract::{Path, Query};
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;
use std::sync::Arc;

/// The forms of the report: ending, form, what each is for in Indonesian and English.
const REPORTS: [(&str, Form, &str, &str); 6] = [
    (
        "html",
        Form::Html,
        "Laporan lengkap dalam satu berkas: untuk pimpinan, dibuka di ponsel atau dicetak.",
        "The whole report in one file: for a leader, opened on a phone or printed.",
    ),
    (
        "xlsx",
        Form::Xlsx,
        "Buku kerja dengan satu lembar tiap perangkat daerah: untuk membagi tugas di rapat.",
        "A workbook with a sheet for each office: to hand out tasks in a meeting.",
    ),
    (
        "csv",
        Form::Csv,
        "Satu baris tiap temuan: untuk diolah dengan program lembar kerja.",
        "A row for each finding: to work on in a spreadsheet program.",
    ),
    (
        "json",
        Form::Json,
        "Semua angka dan temuan: untuk program lain.",
        "All figures and findings: for other programs.",
    ),
    (
        "sarif",
        Form::Sarif,
        "Temuan menurut SARIF 2.1.0: untuk alat yang menampilkan temuan.",
        "Findings as SARIF 2.1.0: for tools that show findings.",
    ),
    (
        "xml",
        Form::Junit,
        "Lulus atau gagal tiap pertanyaan menurut JUnit: untuk pemeriksaan otomatis.",
        "Passed or failed for each question as JUnit: for automatic checks.",
    ),
];

/// What the page names.
struct Papers {
    recipients: Vec<Recipient>,
    stages: Vec<Entry>,
    deadline: Date,
}

pub(in crate::web::pages) async fn page(asked: Asked) -> Response {
    let find = |workspace: &mut Workspace, current: &Current| {
        let (workspace, report) = (&*workspace, &current.judged.report);
        Ok(Papers {
            recipients: letter::recipients(report, &workspace.framework),
            stages: calendar::calendar(workspace, today()?)?,
            deadline: calendar::deadline(workspace, today()?)?,
        })
    };
    let show = |page: Page<'_>, _: &Current, found: Papers| Ok(body(page, &found));
    let title = ("Laporan, surat, jadwal", "Reports, letters, calendar");
    asked.answer_judged(title, find, show).await
}

fn body(page: Page<'_>, papers: &Papers) -> Markup {
    html! {
        p.lead { (page.pick(
            "Sama dengan yang ditulis perintah bukti; dibuat dari keadaan arsip saat ini, dalam bahasa halaman ini.",
            "The same as the commands of bukti write; made of the archive as it is now, in the language of this page.",
        )) }
        section aria-labelledby="report" {
            h2 id="report" { (page.pick("Laporan", "Report")) }
            ul.files {
                @for (ending, _, id, en) in REPORTS {
                    li { a.button href={ "/papers/report/" (ending) } { (ending.to_uppercase()) } " " (page.pick(id, en)) }
                }
            }
        }
        section aria-labelledby="answers" {
            h2 id="answers" { (page.pick("Lembar jawaban", "Answer sheet")) }
            p { (page.pick(
                "Nilai sendiri dan catatan tiap pertanyaan: diisi, lalu diambil masuk dengan `bukti answers import`.",
                "The own score and remark of each question: filled in, then taken in with `bukti answers import`.",
            )) }
            ul.files { @for ending in ["xlsx", "csv"] { li { a.button href={ "/papers/answers/" (ending) } { (ending.to_uppercase()) } } } }
        }
        (letters(page, papers))
        (stages(page, &papers.stages))
    }
}

fn letters(page: Page<'_>, papers: &Papers) -> Markup {
    let is_place = |one: &&Recipient| matches!(one.addressee, Addressee::Place(_));
    let places = papers.recipients.iter().filter(is_place).count();
    let offices = papers.recipients.iter().filter(|one| !is_place(one));
    html! {
        section aria-labelledby="letters" {
            h2 id="letters" { (page.pick("Surat permintaan", "Letters of request")) }
            p {
                (page.pick(
                    "Surat ke tiap perangkat daerah yang masih berutang bukti: DOCX untuk disunting dan ditandatangani, HTML untuk dicetak. Batas waktu ",
                    "A letter to each office that owes evidence: DOCX to edit and sign, HTML to print. Deadline ",
                ))
                strong { (papers.deadline) }
            }
            table {
                thead { tr {
                    th scope="col" { (page.pick("Perangkat daerah", "Office")) }
                    th.n scope="col" { (page.pick("Pertanyaan", "Questions")) }
                    th scope="col" { (page.pick("Surat", "Letter")) }
                } }
                tbody {
                    @for one in offices {
                        tr {
                            th scope="row" { (one.name.get(page.lang)) }
                            td.n data-label=(page.pick("Pertanyaan", "Questions")) { (one.questions) }
                            td { (letter_links(&one.addressee, one.name.get(page.lang))) }
                        }
                    }
                }
            }
            @if places > 0 {
                p { (places) " " (page.pick("surat ke kecamatan dan desa ada di ", "letters to districts and villages are at "))
                    a href="/places" { (page.pick("Wilayah", "Places")) } }
            }
        }
    }
}

/// Returns the links to both forms of a letter.
pub(in crate::web::pages) fn letter_links(addressee: &Addressee, name: &str) -> Markup {
    let pair =
        |name: &str, value: &str| format!("{name}={}", percent_encoded(value, b""));
    let query = match addressee {
        Addressee::Office(id) => pair("office", id.as_str()),
        Addressee::Place(place) => {
            let within = place.within.as_deref().unwrap_or_default();
            let (level, name) = (
                pair("level", place.level.as_str()),
                pair("name", &place.name),
            );
            format!("{level}&{name}&{}", pair("within", within))
        }
    };
    html! {
        @for form in ["docx", "html"] {
            a href={ "/papers/letter?" (query) "&form=" (form) } aria-label={ (form.to_uppercase()) ", " (name) } { (form.to_uppercase()) } " "
        }
    }
}

fn stages(page: Page<'_>, stages: &[Entry]) -> Markup {
    html! {
        section aria-labelledby="calendar" {
            h2 id="calendar" { (page.pick("Jadwal", "Calendar")) }
            p { (page.pick(
                "Tahap penilaian dan sisa harinya; yang dugaan dibetulkan dengan `bukti calendar --set`.",
                "The stages of the evaluation and the days left; correct a guess with `bukti calendar --set`.",
            )) }
            ul.plain {
                @for stage in stages {
                    li {
                        strong { (stage.name.get(page.lang)) } ": "
                        @if let Some(from) = stage.from { (from) " – " }
                        (stage.to) " · " (days(page, stage.days_left))
                        " · " @match &stage.origin {
                            Origin::Set => (page.pick("ditetapkan sendiri", "set by you")),
                            Origin::Recorded(source) => (source),
                            Origin::Estimated(year) => { span.guess { (page.pick("dugaan", "a guess")) } " " (page.pick("dari tahun ", "from ")) (year) },
                        }
                    }
                }
            }
            ul.files { li { a.button href="/papers/calendar" { "JSON" } " " (page.pick("Jadwal ini untuk program lain.", "This calendar for other programs.")) } }
        }
    }
}

fn days(page: Page<'_>, left: i32) -> String {
    match left {
        0 => page.pick("hari terakhir", "last day").to_owned(),
        1.. => {
            let noun =
                page.lang
                    .noun(left.unsigned_abs(), "hari lagi", "day left", "days left");
            format!("{left} {noun}")
        }
        _ => page.pick("sudah lewat", "over").to_owned(),
    }
}

/// A file to hand out: its name and its bytes.
type NamedFile = Option<(String, Vec<u8>)>;

/// Answers with a file that `make` makes of the archive as it stands.
async fn made(
    asked: Asked,
    make: impl FnOnce(&Workspace, &Report, Lang) -> Result<NamedFile, Error> + Send + 'static,
) -> Response {
    let (lang, judgements) = (asked.page().lang, Arc::clone(&asked.shared.judgements));
    let found = asked.shared.with(move |workspace| {
        let current = judgements.current()?;
        make(workspace, &current.judged.report, lang)
    });
    match found.await {
        Ok(Some((name, bytes))) => download::file(&name, bytes),
        Ok(None) => Failure::NotFound.page(asked.page()),
        Err(error) => Failure::Failed(error).page(asked.page()),
    }
}

/// Returns the name of a file: what it is, of whom, of which day.
fn name(what: &str, report: &Report, ending: &str) -> String {
    let region = report.region.as_deref().unwrap_or_default();
    format!(
        "{what} {} {} {}.{ending}",
        region.replace(['/', '\\'], "_"),
        report.year,
        report.as_of
    )
}

pub(in crate::web::pages) async fn report_file(
    asked: Asked,
    Path(wanted): Path<String>,
) -> Response {
    made(asked, move |_, report, lang| {
        let found = REPORTS.into_iter().find(|(ending, ..)| *ending == wanted);
        let Some((ending, form, ..)) = found else {
            return Ok(None);
        };
        let what = lang.pick("Laporan", "Report");
        let bytes = render(report, form, lang)?;
        Ok(Some((name(what, report, ending), bytes)))
    })
    .await
}

pub(in crate::web::pages) async fn answer_file(
    asked: Asked,
    Path(ending): Path<String>,
) -> Response {
    made(asked, move |workspace, _, lang| {
        let is_text = match ending.as_str() {
            "csv" => true,
            "xlsx" => false,
            _ => return Ok(None),
        };
        let bytes = answers::sheet(workspace, is_text, today()?, lang)?;
        let what = lang.pick("Lembar jawaban", "Answer sheet");
        let year = workspace.purpose.year;
        Ok(Some((format!("{what} {year}.{ending}"), bytes)))
    })
    .await
}

pub(in crate::web::pages) async fn calendar_file(asked: Asked) -> Response {
    made(asked, |workspace, _, lang| {
        let (day, year) = (today()?, workspace.purpose.year);
        let json = calendar::json(&calendar::calendar(workspace, day)?, year, day);
        let what = lang.pick("Jadwal", "Calendar");
        Ok(Some((
            format!("{what} {year}.json"),
            format!("{json}\n").into_bytes(),
        )))
    })
    .await
}

/// Which letter.
#[derive(Deserialize)]
pub(in crate::web::pages) struct Wanted {
    form: String,
    #[serde(default)]
    office: String,
    #[serde(default)]
    level: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    within: String,
}

impl Wanted {
    fn addressee(&self) -> Addressee {
        match self.office.is_empty() {
            false => Addressee::Office(self.office.as_str().into()),
            true => Addressee::Place(Locality {
                level: self.level.as_str().into(),
                name: self.name.clone(),
                within: Some(self.within.clone()).filter(|within| !within.is_empty()),
            }),
        }
    }
}

pub(in crate::web::pages) async fn letter_file(
    asked: Asked,
    Query(wanted): Query<Wanted>,
) -> Response {
    made(asked, move |workspace, report, lang| {
        let framework = &workspace.framework;
        let deadline = calendar::deadline(workspace, today()?)?;
        let to = wanted.addressee();
        let name = letter::recipients(report, framework)
            .into_iter()
            .find(|recipient| recipient.addressee == to)
            .map(|recipient| letter::file_name(recipient.name.get(lang)));
        let letter = letter::letter_to(report, framework, &to, deadline, lang)?;
        let (Some(name), Some(letter)) = (name, letter) else {
            return Ok(None);
        };
        Ok(match wanted.form.as_str() {
            "docx" => Some((format!("{name}.docx"), report::letter_docx(&letter))),
            "html" => {
                let text = report::letter_html(&letter);
                Some((format!("{name}.html"), text.into_bytes()))
            }
            _ => None,
        })
    })
    .await
}
