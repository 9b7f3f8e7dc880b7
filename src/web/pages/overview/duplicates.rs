//! What is in the archive twice: two documents side by side, what is equal, and which questions
//! each of them serves. One photo for several questions comes first. Nothing is decided here.

use crate::app::archive::workspace::Workspace;
use crate::app::evidence::duplicates;
use crate::app::evidence::duplicates::{Duplicate, DuplicateKind, Portion, Side};
use crate::model::{
    ByteLen, DocumentFacts, Lang, QuestionId, QuestionReport, Reading, Similarity,
};
use crate::report::capital;
use crate::web::asked::Asked;
use crate::web::layout::Page;
use crate::web::pages::parts;
use crate::web::state::judgements::Current;
use axum::extract::Query;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Pairs of one page: their pictures come one after another as they are scrolled to.
const ON_A_PAGE: usize = 10;
/// Most pairs that can be passed over.
const FURTHEST: usize = 1 << 31;
/// Places of a file that are named.
const PLACES: usize = 20;

/// What is looked through.
#[derive(Deserialize, Default, Clone)]
pub(in crate::web::pages) struct Wanted {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    from: usize,
}

/// The kinds: name in an address, name in Indonesian, in English.
const KINDS: [(DuplicateKind, &str, &str, &str); 3] = [
    (
        DuplicateKind::Photos,
        "photos",
        "Foto yang sama",
        "The same photo",
    ),
    (
        DuplicateKind::Texts,
        "texts",
        "Naskah yang sama",
        "The same text",
    ),
    (
        DuplicateKind::Files,
        "files",
        "Berkas yang sama persis",
        "The same file",
    ),
];

impl Wanted {
    fn kind(&self) -> DuplicateKind {
        let mut kinds = KINDS.into_iter();
        let named = kinds.find(|(_, name, ..)| *name == self.kind);
        named.map(|(kind, ..)| kind).unwrap_or_default()
    }

    /// Returns how many are passed over: no archive has more than can be counted.
    fn from(&self) -> usize {
        self.from.min(FURTHEST)
    }
}

pub(in crate::web::pages) async fn page(
    asked: Asked,
    Query(wanted): Query<Wanted>,
) -> Response {
    let (kind, from) = (wanted.kind(), wanted.from());
    let find = move |workspace: &mut Workspace, current: &Current| {
        let order = current.judged.duplicates.of_kind(workspace, kind)?;
        duplicates::portion(workspace, order, from, ON_A_PAGE)
    };
    let show = move |page: Page<'_>, current: &Current, found: Portion| {
        let questions = current.judged.report.questions();
        let questions = questions.map(|question| (&question.id, question)).collect();
        Ok(body(page, &questions, &wanted, &found))
    };
    let title = ("Ganda & foto", "Duplicates");
    asked.answer_judged(title, find, show).await
}

/// The questions by their id, to be named by their printed number.
type Questions<'a> = BTreeMap<&'a QuestionId, &'a QuestionReport>;

fn body(
    page: Page<'_>,
    questions: &Questions<'_>,
    wanted: &Wanted,
    found: &Portion,
) -> Markup {
    let (kind, from) = (wanted.kind(), wanted.from());
    html! {
        nav.pages aria-label=(page.pick("Macam ganda", "Sorts of duplicates")) {
            @for (own, name, id, en) in KINDS {
                a href={ "/duplicates?kind=" (name) } aria-current=[(own == kind).then_some("true")] { (page.pick(id, en)) }
            }
        }
        p.lead role="status" {
            (found.total) " " (counted(page, kind, found.total))
            @if from > 0 { " · " (page.pick("dari ke-", "from no. ")) (from + 1) }
        }
        p { (meaning(page, kind)) }
        @for (n, one) in (from + 1..).zip(&found.duplicates) { (duplicate(page, questions, n, one)) }
        (further(page, wanted, found))
    }
}

fn counted<'t>(page: Page<'_>, kind: DuplicateKind, total: usize) -> &'t str {
    match kind {
        DuplicateKind::Files => page.lang.noun(total, "berkas", "file", "files"),
        _ => page.lang.noun(total, "pasang", "pair", "pairs"),
    }
}

fn meaning<'t>(page: Page<'_>, kind: DuplicateKind) -> &'t str {
    match kind {
        DuplicateKind::Photos => page.lang.pick(
            "Satu foto untuk beberapa pertanyaan mudah dicoret verifikator; yang melayani pertanyaan terbanyak ada di atas.",
            "One photo for several questions is easily struck by a verifier; those that serve most questions come first.",
        ),
        DuplicateKind::Texts => page.lang.pick(
            "Dua berkas dengan naskah yang sama, misalnya hasil pindai dan aslinya. Cukup satu yang dilampirkan.",
            "Two files with the same text, such as a scan and its original. One of them is enough to attach.",
        ),
        DuplicateKind::Files => page.lang.pick(
            "Berkas yang isinya sama persis di beberapa tempat; arsip menghitungnya satu dokumen.",
            "Files of exactly the same bytes at several places; the archive counts them as one document.",
        ),
    }
}

fn further(page: Page<'_>, wanted: &Wanted, found: &Portion) -> Markup {
    let from = wanted.from();
    let place = |from: usize| {
        let name = KINDS.into_iter().find(|(kind, ..)| *kind == wanted.kind());
        let name = name.map_or("", |(_, name, ..)| name);
        format!("/duplicates?kind={name}&from={from}")
    };
    html! {
        nav.pages aria-label=(page.pick("Halaman ganda", "Pages of duplicates")) {
            @if from > 0 { a href=(place(from.saturating_sub(ON_A_PAGE))) { (page.pick("Sebelumnya", "Before")) } }
            @if from.saturating_add(ON_A_PAGE) < found.total { a href=(place(from + ON_A_PAGE)) { (page.pick("Berikutnya", "After")) } }
        }
    }
}

fn duplicate(
    page: Page<'_>,
    questions: &Questions<'_>,
    n: usize,
    one: &Duplicate,
) -> Markup {
    let (first, second) = (&one.first, one.second.as_ref());
    html! {
        section aria-labelledby={ "pair-" (n) } {
            h2 id={ "pair-" (n) } { (n) ". " (capital(&title(page, one))) }
            (served(page, one))
            @match second {
                Some((second, _)) => {
                    div.pair {
                        div { (side(page, questions, "A", first)) }
                        div { (side(page, questions, "B", second)) }
                    }
                    (compared(page, first, second))
                }
                None => {
                    (side(page, questions, "A", first))
                    ul.plain {
                        @for (path, _) in first.document.paths.iter().filter(|(_, present)| *present).take(PLACES) { li { (path) } }
                        @if first.document.paths.len() > PLACES { li { "+" (first.document.paths.len() - PLACES) } }
                    }
                }
            }
        }
    }
}

/// Says in a sentence what two have in common.
fn title(page: Page<'_>, one: &Duplicate) -> String {
    match one.second.as_ref().map(|(_, how)| how) {
        None => {
            let places = one.first.document.paths.iter();
            let present = places.filter(|(_, present)| *present).count();
            format!("{present} {}", page.pick("tempat", "places"))
        }
        Some(Similarity::Photo { same, .. }) => same.explain(page.lang, ["A", "B"]),
        Some(Similarity::Text(same)) => {
            let (a, b) = (same.of_first.percent(), same.of_second.percent());
            match page.lang {
                Lang::Id => format!("{a} kata A ada di B, {b} kata B ada di A"),
                Lang::En => {
                    format!("{a} of the words of A stand in B, {b} of those of B in A")
                }
            }
        }
    }
}

/// Says which questions both serve together, where these are several.
fn served(page: Page<'_>, one: &Duplicate) -> Markup {
    let second = one.second.iter().flat_map(|(side, _)| &side.proves);
    let all: BTreeSet<_> = one.first.proves.iter().chain(second).collect();
    html! {
        @if all.len() > 1 {
            p.warning {
                strong { (all.len()) " " (page.pick("pertanyaan bergantung padanya", "questions rest on it")) }
            }
        }
    }
}

fn side(page: Page<'_>, questions: &Questions<'_>, name: &str, side: &Side) -> Markup {
    let content = &side.document.content;
    let number = side.page;
    let is_personal = content
        .facts
        .personal
        .iter()
        .any(|mark| mark.page == number);
    let shown = format!("{name}, {} {number}", page.pick("halaman", "page"));
    html! {
        h3 { (name) }
        @if is_personal {
            p.soft { (page.pick("Memuat data pribadi; gambarnya tidak ditampilkan.", "It holds personal data; its picture is not shown.")) }
        } @else if content.media_type.has_sheets() {
            a href=(parts::document_address(&content.digest, Some(number))) {
                img.small loading="lazy" alt=(shown) src={ "/documents/" (content.digest) "/pages/" (number) ".jpg" };
            }
        }
        (parts::named_document(page, &content.digest, side.document.path(), Some(number)))
        p {
            (page.pick("untuk: ", "for: "))
            @if side.proves.is_empty() { (page.pick("tidak ada pertanyaan yang yakin", "no question for certain")) }
            @for (n, question) in side.proves.iter().enumerate() {
                @if n > 0 { ", " }
                @match questions.get(question) {
                    Some(question) => (parts::question(question)),
                    None => (question),
                }
            }
        }
    }
}

/// Returns the facts of both, and whether they are equal.
fn compared(page: Page<'_>, first: &Side, second: &Side) -> Markup {
    let rows = [
        page.pick("jenis", "kind"),
        page.pick("nomor", "number"),
        page.pick("tahun", "year"),
        page.pick("tentang", "title"),
        page.pick("tanggal", "date"),
        page.pick("ukuran", "size"),
        page.pick("halaman", "pages"),
    ];
    let values = facts(first).into_iter().zip(facts(second));
    html! {
        details {
            summary { (page.pick("Yang sama dan yang berbeda", "What is equal and what differs")) }
            dl.facts {
                @for (name, (a, b)) in rows.into_iter().zip(values) {
                    @if !(a.is_empty() && b.is_empty()) {
                        dt { (name) }
                        dd {
                            @if a == b { "= " (a) }
                            @else { "A: " (or_unsure(page, &a)) br; "B: " (or_unsure(page, &b)) }
                        }
                    }
                }
            }
        }
    }
}

fn or_unsure<'t>(page: Page<'_>, text: &'t str) -> &'t str {
    match text.is_empty() {
        true => page.lang.pick("tidak pasti", "unsure"),
        false => text,
    }
}

fn facts(side: &Side) -> [String; 7] {
    fn text<T: ToString>(reading: &Reading<T>) -> String {
        reading.value().map(T::to_string).unwrap_or_default()
    }
    let content = &side.document.content;
    let facts: &DocumentFacts = &content.facts;
    let kind = facts.kind.value().map(|kind| kind.label.clone());
    let dates: BTreeSet<String> = facts
        .dates
        .iter()
        .map(|date| date.fact.value.to_string())
        .collect();
    [
        kind.unwrap_or_default(),
        text(&facts.number),
        text(&facts.year),
        text(&facts.title),
        dates.into_iter().collect::<Vec<_>>().join(", "),
        ByteLen(content.len).to_string(),
        content.page_count.to_string(),
    ]
}
