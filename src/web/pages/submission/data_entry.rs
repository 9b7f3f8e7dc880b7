//! Typing into the national form, question by question in its order: what there is to type in,
//! the documents to attach with a label each, a tick, and what has changed since.

use super::attached::{copy_key, want};
use crate::app::archive::workspace::Workspace;
use crate::app::error::Error;
use crate::app::judgement::data_entry;
use crate::app::judgement::data_entry::{
    Attachment, EntryState, FormQuestion, SinceEntered, Upload, UploadLimit,
};
use crate::io::clock;
use crate::model::{ByteLen, MediaType, QuestionReport, Report};
use crate::web::answer::{Failure, go_to};
use crate::web::asked::Asked;
use crate::web::assets::COPY_PATH;
use crate::web::files::access_copies::CopyState;
use crate::web::layout::Page;
use crate::web::pages::parts;
use crate::web::state::judgements::Current;
use axum::extract::{Form, Path, Query};
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;

const TITLE: (&str, &str) = ("Mode entri", "Data entry");

/// The whole form.
struct Whole {
    form: Vec<FormQuestion>,
    limit: UploadLimit,
}

fn whole(workspace: &Workspace, report: &Report) -> Result<Whole, Error> {
    Ok(Whole {
        form: data_entry::form(workspace, report)?,
        limit: data_entry::upload_limit(workspace)?,
    })
}

pub(in crate::web::pages) async fn page(asked: Asked) -> Response {
    let find = |workspace: &mut Workspace, current: &Current| {
        whole(workspace, &current.judged.report)
    };
    let show = |page: Page<'_>, current: &Current, found: Whole| {
        Ok(overview(page, &current.judged.report, &found))
    };
    asked.answer_judged(TITLE, find, show).await
}

fn overview(page: Page<'_>, report: &Report, whole: &Whole) -> Markup {
    let count = |state| {
        let form = whole.form.iter();
        form.filter(|question| question.state() == state).count()
    };
    let states: BTreeMap<_, _> = whole
        .form
        .iter()
        .map(|question| (&question.question, question.state()))
        .collect();
    let next = next_open(&whole.form, 0);
    html! {
        p.lead role="status" {
            (count(EntryState::Entered)) " / " (whole.form.len()) " " (page.pick("pertanyaan sudah dientri", "questions are entered"))
            @if count(EntryState::Changed) > 0 {
                " · " strong { (count(EntryState::Changed)) " " (page.pick("berubah sejak dientri", "changed since")) }
            }
        }
        p { (page.pick(
            "Urutannya urutan formulir nasional. Tiap pertanyaan menyiapkan nilai sendiri, catatan, lampiran di bawah batas ukuran beserta labelnya, dan tanda sudah dientri.",
            "The order is that of the national form. Each question has the own score, the remark, attachments below the size limit with a label each, and a tick for what is entered.",
        )) }
        @if let Some(next) = next {
            p { a.button href={ "/entry/" (next.question) } { (page.pick("Lanjutkan mengentri", "Go on entering")) } }
        }
        (limit_form(page, whole.limit))
        p.soft { (legend(page)) }
        @for section in &report.sections {
            section aria-label=(section.name.get(page.lang)) {
                h2 { (section.code) " " (section.name.get(page.lang)) }
                dl.chips {
                    @for indicator in &section.indicators {
                        dt { (indicator.number) ". " (indicator.short.get(page.lang)) }
                        dd { @for question in &indicator.questions { (chip(page, question, states.get(&question.id).copied())) } }
                    }
                }
            }
        }
    }
}

fn legend(page: Page<'_>) -> Markup {
    html! {
        @for state in [EntryState::Open, EntryState::Entered, EntryState::Changed] {
            span class={ "chip " (class(state)) } { (sign(state)) " " (name(page, state)) } " "
        }
    }
}

fn name<'t>(page: Page<'_>, state: EntryState) -> &'t str {
    match state {
        EntryState::Open => page.lang.pick("belum dientri", "not entered"),
        EntryState::Entered => page.lang.pick("sudah dientri", "entered"),
        EntryState::Changed => page
            .lang
            .pick("berubah sejak dientri", "changed since it was entered"),
    }
}

fn sign(state: EntryState) -> &'static str {
    match state {
        EntryState::Open => "○",
        EntryState::Entered => "✓",
        EntryState::Changed => "!",
    }
}

fn class(state: EntryState) -> &'static str {
    match state {
        EntryState::Open => "open",
        EntryState::Entered => "entered",
        EntryState::Changed => "changed",
    }
}

fn chip(page: Page<'_>, question: &QuestionReport, state: Option<EntryState>) -> Markup {
    let state = state.unwrap_or(EntryState::Open);
    html! {
        a class={ "chip " (class(state)) } href={ "/entry/" (question.id) } title=(name(page, state)) {
            span aria-hidden="true" { (sign(state)) " " } (question.number)
            @if state != EntryState::Open { span.hidden { ", " (name(page, state)) } }
        }
    }
}

fn limit_form(page: Page<'_>, limit: UploadLimit) -> Markup {
    html! {
        form.filter method="post" action="/entry/limit" {
            label {
                (page.pick("Batas ukuran lampiran (KiB)", "Size limit of an attachment (KiB)"))
                input name="kib" inputmode="numeric" size="7" required value=(limit.bytes >> 10);
            }
            button { (page.pick("Pakai", "Use")) }
            p.soft {
                (ByteLen(limit.bytes)) " · "
                @if limit.is_set { (page.pick("ditetapkan di sini", "set here")) }
                @else {
                    span.guess { (page.pick("dugaan", "a guess")) } " "
                    (page.pick("batas formulir nasional tidak diumumkan; tulis yang sebenarnya di sini", "the limit of the national form is not published; write the true one here"))
                }
            }
        }
    }
}

/// Returns the first question from a place on that is not typed in as it is now.
fn next_open(form: &[FormQuestion], from: usize) -> Option<&FormQuestion> {
    let is_left = |question: &&FormQuestion| question.state() != EntryState::Entered;
    let later = form.iter().skip(from);
    later.chain(form.iter().take(from)).find(is_left)
}

/// Which question was ticked just now.
#[derive(Deserialize, Default)]
pub(in crate::web::pages) struct At {
    #[serde(default)]
    ticked: String,
}

/// One question of the form.
struct Turn {
    whole: Whole,
    at: usize,
    attachments: Vec<Attachment>,
}

pub(in crate::web::pages) async fn question(
    asked: Asked,
    Path(id): Path<String>,
    Query(at): Query<At>,
) -> Response {
    let find = move |workspace: &mut Workspace, current: &Current| {
        turn(workspace, &current.judged.report, &id)
    };
    let shared = Arc::clone(&asked.shared);
    let show = move |page: Page<'_>, current: &Current, turn: Option<Turn>| {
        let turn = turn.ok_or(Failure::NotFound)?;
        let limit = turn.whole.limit;
        let copies = turn.attachments.iter();
        let keys: Vec<_> = copies.filter_map(|one| copy_key(one, limit)).collect();
        want(&shared, &keys, false);
        let state = |one: &Attachment| Some(shared.copies.state(&copy_key(one, limit)?));
        let report = &current.judged.report;
        body(page, report, &turn, &at, &state).ok_or(Failure::NotFound)
    };
    asked.answer_judged(TITLE, find, show).await
}

fn turn(workspace: &Workspace, report: &Report, id: &str) -> Result<Option<Turn>, Error> {
    let whole = whole(workspace, report)?;
    let mut questions = report.questions().enumerate();
    let is_it = |(_, question): &(usize, &QuestionReport)| question.id.as_str() == id;
    let Some((at, question)) = questions.find(is_it) else {
        return Ok(None);
    };
    Ok(Some(Turn {
        attachments: data_entry::attachments(workspace, question, whole.limit)?,
        whole,
        at,
    }))
}

/// Returns how far the copy of an attachment is, where it is uploaded as one.
type StateOf<'a> = &'a dyn Fn(&Attachment) -> Option<CopyState>;

fn body(
    page: Page<'_>,
    report: &Report,
    turn: &Turn,
    at: &At,
    state: StateOf<'_>,
) -> Option<Markup> {
    let question = report.questions().nth(turn.at)?;
    let entry = turn.whole.form.get(turn.at)?;
    Some(html! {
        @if !at.ticked.is_empty() { (ticked(page, report, &at.ticked)) }
        (ways(page, turn))
        h2 { (question.number) " " span class={ "chip " (class(entry.state())) } { (sign(entry.state())) " " (name(page, entry.state())) } }
        p.ask { (question.ask.get(page.lang)) }
        (tick_form(page, entry))
        @if let Some(since) = entry.since_entered() { (changes(page, entry, &since)) }
        (answer(page, question, entry))
        (attached(page, turn, entry, state))
        (keys(page))
        script src=(COPY_PATH.as_str()) type="module" {}
    })
}

/// Says that a question was ticked, with the way back.
fn ticked(page: Page<'_>, report: &Report, id: &str) -> Markup {
    let question = report
        .questions()
        .find(|question| question.id.as_str() == id);
    html! {
        @if let Some(question) = question {
            form.undo method="post" action={ "/entry/" (question.id) "/untick" } {
                span role="status" { (question.number) " " (page.pick("ditandai sudah dientri.", "is ticked as entered.")) } " "
                button data-key="u" { kbd { "u" } " " (page.pick("Batalkan", "Take back")) }
            }
        }
    }
}

fn ways(page: Page<'_>, turn: &Turn) -> Markup {
    let form = &turn.whole.form;
    let before = turn.at.checked_sub(1).and_then(|at| form.get(at));
    let after = form.get(turn.at + 1);
    html! {
        nav.pages aria-label=(page.pick("Pertanyaan formulir", "Questions of the form")) {
            @if let Some(before) = before { a data-key="[" href={ "/entry/" (before.question) } { kbd { "[" } " " (page.pick("Sebelumnya", "Before")) } }
            a href="/entry" { (turn.at + 1) " / " (form.len()) }
            @if let Some(after) = after { a data-key="]" href={ "/entry/" (after.question) } { kbd { "]" } " " (page.pick("Berikutnya", "After")) } }
        }
    }
}

fn tick_form(page: Page<'_>, entry: &FormQuestion) -> Markup {
    let tick = match entry.state() {
        EntryState::Open => page.pick("Sudah dientri, lanjut", "Entered, next"),
        _ => page.pick("Sudah dientri lagi, lanjut", "Entered again, next"),
    };
    html! {
        @if let Some(entered) = &entry.entered {
            form.undo method="post" action={ "/entry/" (entry.question) "/untick" } {
                (page.pick("Dientri oleh ", "Entered by ")) strong { (entered.author) } ", "
                time datetime=(entered.made) { (clock::local(&entered.made)) } " "
                button { (page.pick("Hapus tandanya", "Remove the tick")) }
            }
        }
        @if entry.state() != EntryState::Entered {
            form.verdict method="post" action={ "/entry/" (entry.question) "/tick" } {
                input type="hidden" name="shown" value=(entry.fingerprint());
                button.yes data-key="Enter" { kbd { "Enter" } " " (tick) }
            }
        }
    }
}

fn changes(page: Page<'_>, entry: &FormQuestion, since: &SinceEntered) -> Markup {
    let then = entry.entered.as_ref().map(|entered| &entered.content);
    let points = |points: Option<f64>| match points {
        Some(points) => page.points(points),
        None => page.pick("belum ada", "none yet").to_owned(),
    };
    html! {
        section.warning aria-labelledby="changed" {
            h2 id="changed" { (page.pick("Berubah sejak dientri", "Changed since it was entered")) }
            ul.plain {
                @if let Some(then) = then.filter(|_| since.answer) {
                    li {
                        (page.pick("Jawaban: ", "Answer: ")) (points(then.points)) " → " (points(entry.content.points))
                        @if then.note != entry.content.note { "; " (page.pick("catatannya lain", "the remark is another")) }
                    }
                }
                @if !since.added.is_empty() {
                    li { (since.added.len()) " " (page.pick("lampiran baru, bertanda di bawah", "new attachments, marked below")) }
                }
                @for digest in &since.removed {
                    li { (page.pick("Bukan bukti lagi, hapus dari formulir: ", "No evidence any more, remove it from the form: "))
                        a href=(parts::document_address(digest, None)) { code { (digest.short()) } } }
                }
            }
        }
    }
}

fn answer(page: Page<'_>, question: &QuestionReport, entry: &FormQuestion) -> Markup {
    let content = &entry.content;
    html! {
        section aria-labelledby="answer" {
            h2 id="answer" { (page.pick("Jawaban sendiri", "Own answer")) }
            @match content.points {
                Some(points) => {
                    p.count { (page.points(points)) " " small { "/ " (page.points(question.points.max)) } }
                }
                None => p { (page.pick(
                    "Belum ada. Isi lembar jawaban, lalu ambil masuk dengan `bukti answers import`.",
                    "None yet. Fill in the answer sheet, then take it in with `bukti answers import`.",
                )) " " a href="/papers" { (page.pick("Unduh lembarnya", "Download the sheet")) } },
            }
            @if !content.note.is_empty() {
                p { (copied(page, "note", page.pick("Catatan", "Remark"), &content.note)) }
            }
            p.soft {
                (page.pick("Menurut bukti ", "By the evidence ")) (page.points(question.points.claimed()))
                " · " (page.badge(question.state)) " " span.guess { (page.pick("dugaan", "a guess")) } " "
                a href={ "/questions/" (question.id) } { (page.pick("lihat pertanyaannya", "see the question")) }
            }
        }
    }
}

/// Returns a text in a field that can be selected where a program cannot copy it, with a button
/// that does.
fn copied(page: Page<'_>, id: &str, what: &str, text: &str) -> Markup {
    html! {
        span.copied {
            label.hidden for=(id) { (what) }
            input id=(id) readonly value=(text);
            button type="button" data-copy=(id) hidden { kbd data-turn="c" { "c" } " " (page.pick("Salin", "Copy")) }
        }
    }
}

fn attached(
    page: Page<'_>,
    turn: &Turn,
    entry: &FormQuestion,
    state: StateOf<'_>,
) -> Markup {
    let added = entry
        .since_entered()
        .map(|since| since.added)
        .unwrap_or_default();
    html! {
        section aria-labelledby="attached" {
            h2 id="attached" { (page.pick("Lampiran", "Attachments")) " (" (turn.attachments.len()) ")" }
            p.soft {
                (page.pick("Bukti yang yakin dan tidak ditolak, yang terkuat dahulu. Batas ", "Evidence that is confident and not rejected, the strongest first. Limit "))
                (ByteLen(turn.whole.limit.bytes))
                @if !turn.whole.limit.is_set { " " span.guess { (page.pick("dugaan", "a guess")) } }
                " · " a href="/entry" { (page.pick("ubah", "change")) }
            }
            @if turn.attachments.is_empty() { p { (page.pick("Belum ada bukti yang yakin.", "There is no confident evidence yet.")) } }
            ol.attached {
                @for (n, one) in (1_usize..).zip(&turn.attachments) {
                    li {
                        @if added.contains(&one.digest) { strong { (page.pick("baru", "new")) } " " }
                        (attachment(page, entry, (n, one), state(one).as_ref()))
                    }
                }
            }
        }
    }
}

fn attachment(
    page: Page<'_>,
    entry: &FormQuestion,
    (n, one): (usize, &Attachment),
    state: Option<&CopyState>,
) -> Markup {
    let place = format!("/entry/{}/files/{}", entry.question, one.digest);
    let is_picture = one.media_type.has_sheets() && one.media_type != MediaType::Pdf;
    html! {
        @match &one.label {
            Some(label) => (copied(page, &format!("label-{n}"), page.pick("Label", "Label"), label)),
            None => p.soft { (page.pick("Tanpa label: jenis, nomor, tahun dan judulnya tidak terbaca pasti.", "No label: its kind, number, year and title were not read for certain.")) },
        }
        (parts::named_document(page, &one.digest, &one.path, None))
        p.file {
            (one.standing.label(page.lang)) " · " (ByteLen(one.bytes)) " "
            @match &one.upload {
                Upload::Original => {
                    (download(&place, page.pick("Unduh", "Download")))
                    @if is_picture { " " a href={ (place) "?pdf=1" } { (page.pick("sebagai PDF", "as PDF")) } }
                }
                Upload::AccessCopy => @if let Some(CopyState::None(why)) = state {
                    // Found out once it was tried: nothing to download.
                    strong { (page.pick("Tanpa salinan kecil: ", "No smaller copy: ")) (why.explain(page.lang)) }
                } @else {
                    (download(&place, page.pick("Unduh salinan kecil (PDF)", "Download a smaller copy (PDF)")))
                    " " small { (copy_state(page, state)) }
                }
                Upload::HeldBack => strong { (page.pick(
                    "Ditahan: memuat data pribadi. Lampirkan sendiri dari berkas aslinya bila memang boleh.",
                    "Held back: it holds personal data. Attach it from the original yourself where that is allowed.",
                )) },
                Upload::None(why) => strong { (page.pick("Terlalu besar: ", "Too large: ")) (why.explain(page.lang)) },
            }
        }
        @if !one.media_type.has_sheets() && one.upload == Upload::Original && !is_sheet(one.media_type) {
            p.soft { (page.pick(
                "Formulir diduga hanya menerima PDF, XLS dan XLSX: simpan dahulu sebagai PDF dari program asalnya.",
                "The form is thought to take PDF, XLS and XLSX only: save it as PDF from its own program first.",
            )) }
        }
    }
}

/// Tells whether a format is a workbook that the form is thought to take.
fn is_sheet(media_type: MediaType) -> bool {
    matches!(media_type, MediaType::Xls | MediaType::Xlsx)
}

fn download(place: &str, text: &str) -> Markup {
    html! { a.button href=(place) data-download="" { kbd data-turn="d" { "d" } " " (text) } }
}

fn copy_state(page: Page<'_>, state: Option<&CopyState>) -> Markup {
    html! {
        @match state {
            Some(CopyState::Made(copy)) => { (page.pick("siap, ", "ready, ")) (ByteLen(copy.bytes)) },
            Some(CopyState::Drawn(number, of)) if *of > 0 => { (page.pick("sedang dibuat, halaman ", "being made, page ")) (number) " / " (of) },
            Some(CopyState::Failed(why)) => (why.get(page.lang)),
            _ => (page.pick("sedang disiapkan", "being prepared")),
        }
    }
}

fn keys(page: Page<'_>) -> Markup {
    parts::keys(
        page,
        "c menyalin label lampiran, d mengunduhnya; tekan lagi untuk lampiran berikutnya. Enter menandai \
         dan lanjut, u membatalkan, [ dan ] ke pertanyaan sebelah.",
        "c copies the label of an attachment, d downloads it; press again for the next one. Enter ticks \
         and goes on, u takes back, [ and ] go to the questions beside.",
    )
}

/// What there was on the page of who ticks.
#[derive(Deserialize)]
pub(in crate::web::pages) struct Ticked {
    shown: String,
}

pub(in crate::web::pages) async fn tick(
    asked: Asked,
    Path(id): Path<String>,
    Form(form): Form<Ticked>,
) -> Response {
    let author = asked.shared.author.clone();
    let (own, judgements) = (id.clone(), Arc::clone(&asked.shared.judgements));
    let done = asked.shared.with(move |workspace| {
        let current = judgements.current()?;
        let report = &current.judged.report;
        data_entry::tick(workspace, report, &own, &form.shown, &author)?;
        let form = data_entry::form(workspace, report)?;
        let at = form
            .iter()
            .position(|question| question.question.as_str() == own);
        let next = next_open(&form, at.map_or(0, |at| at + 1));
        Ok(next.map(|question| question.question.clone()))
    });
    match done.await {
        Ok(Some(next)) => go_to(&format!("/entry/{next}?ticked={id}")),
        Ok(None) => go_to("/entry"),
        Err(error) => Failure::Failed(error).page(asked.page()),
    }
}

pub(in crate::web::pages) async fn untick(
    asked: Asked,
    Path(id): Path<String>,
) -> Response {
    let own = id.clone();
    let done = asked
        .shared
        .with(move |workspace| data_entry::untick(workspace, &own));
    match done.await {
        Ok(()) => go_to(&format!("/entry/{id}")),
        Err(error) => Failure::Failed(error).page(asked.page()),
    }
}

/// The size limit as a form gives it.
#[derive(Deserialize)]
pub(in crate::web::pages) struct Limit {
    kib: String,
}

pub(in crate::web::pages) async fn set_limit(
    asked: Asked,
    Form(form): Form<Limit>,
) -> Response {
    let Ok(kib) = form.kib.trim().parse::<u64>() else {
        return Failure::BadRequest.page(asked.page());
    };
    let done = asked
        .shared
        .with(move |workspace| data_entry::set_upload_limit(workspace, kib));
    match done.await {
        Ok(()) => go_to("/entry"),
        Err(error) => Failure::Failed(error).page(asked.page()),
    }
}
