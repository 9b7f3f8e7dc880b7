//! `bukti search`: finds documents and shows why.

use super::facts;
use crate::app::archive::workspace::Workspace;
use crate::app::error::Error;
use crate::app::evidence::lines::{Column, Columns};
use crate::app::evidence::listed::{Answer, Held};
use crate::app::evidence::scope::Scope;
use crate::app::evidence::search::{Options, Results};
use crate::app::evidence::shape::search::results_json;
use crate::app::evidence::{listed, search, shape};
use crate::cli::Done;
use crate::cli::args::SearchArgs;
use crate::cli::commands::open;
use crate::cli::ui::{Tone, Ui, paint};
use crate::io::search::Snippet;
use crate::io::store::ContentRow;
use crate::model::{Lang, RelationRole};
use serde_json::{Map, Value, json};
use std::path::Path;

/// How many links are shown beside a hit.
const LINKS_SHOWN: usize = 3;

pub fn run(args: &SearchArgs, archive: Option<&Path>, ui: Ui) -> Result<Done, Error> {
    let workspace = open(archive)?;
    if let Some(file) = &args.list {
        return list(&workspace, file, ui);
    }
    let (state, of_question) = match &args.state {
        Some(name) => search::state_named(name)?,
        None => (None, None),
    };
    let today = crate::cli::commands::judgement::check::day(None)?;
    let options = Options {
        text: args.words.join(" "),
        scope: Scope {
            indicator: args.indicator.clone(),
            question: args.question.clone(),
            office: args.office.clone(),
            ..Scope::default()
        },
        kind: args.kind.clone(),
        year: args.year,
        issuer: args.issuer.clone(),
        state,
        question_state: of_question.map(|state| (state, today)),
        confident: args.confident,
        unlinked: args.unlinked,
        skip: 0,
        limit: args.limit,
        ..Options::default()
    };
    let results = search::search(&workspace, &options)?;
    if ui.json {
        ui.json_line(&results_json(&results, &options.text, ui.lang));
    } else {
        print(&results, ui);
    }
    Ok(if results.total == 0 {
        Done::Wrong
    } else {
        Done::Well
    })
}

fn print(results: &Results, ui: Ui) {
    tell_index(results, ui);
    if !results.respelled.is_empty() {
        let text = ui.pick(
            "tidak ditemukan persis, dicari yang ejaannya mirip",
            "not found as written, looked for like spelling",
        );
        ui.stderr_line(&paint(
            Tone::Warn,
            &format!("{}: {text}", results.respelled.join(", ")),
        ));
    }
    for (at, found) in results.found.iter().enumerate() {
        let content = &found.document.content;
        let title = ui.path(&facts::headline(&content.facts, ui));
        ui.line(&format!("{:>3}. {}", at + 1, paint(Tone::Strong, &title)));
        let more = found.document.paths.len().saturating_sub(1);
        let copies = match more {
            0 => String::new(),
            more => format!(" (+{more} {})", ui.noun(more, "salinan", "copy", "copies")),
        };
        let path = ui.path(found.document.path());
        let id = content.digest.short();
        ui.line(&format!(
            "     {}",
            paint(Tone::Faint, &format!("{id}  {path}{copies}"))
        ));
        if let Some(snippet) = found.snippet() {
            let label = ui.pick("hlm.", "p.");
            ui.line(&format!(
                "     {label} {}: {}",
                snippet.page,
                marked(snippet, ui)
            ));
        }
        if !content.waiting.is_empty() {
            ui.line(&format!("     {}", paint(Tone::Warn, &unread(content, ui))));
        }
        for link in found.links.iter().take(LINKS_SHOWN) {
            ui.line(&format!("     {}", facts::link_line(link, ui)));
        }
    }
    let shown = results.found.len();
    let of = ui.noun(
        results.total,
        "dokumen cocok",
        "document fits",
        "documents fit",
    );
    let rest = ui.pick(
        "ditampilkan; pakai -n untuk lebih",
        "shown; use -n for more",
    );
    match results.total {
        0 => ui.stderr_line(ui.pick("Tidak ada dokumen yang cocok", "No document fits")),
        total if total > shown => {
            ui.stderr_line(&format!("{total} {of}, {shown} {rest}"));
        }
        total => ui.stderr_line(&format!("{total} {of}")),
    }
}

/// Prints what the search index lacked, and whether all was searched in the end.
fn tell_index(results: &Results, ui: Ui) {
    let (mended, missing) = (results.mended, results.missing);
    if mended > 0 {
        ui.stderr_line(&paint(Tone::Warn, &match ui.lang {
            Lang::Id => format!(
                "indeks pencarian tidak lengkap; {mended} berkas dimasukkan lagi dari katalog"
            ),
            Lang::En => format!(
                "the search index was not complete; {mended} {} put in again from the catalog",
                ui.noun(mended, "", "file was", "files were")
            ),
        }));
    }
    if missing > 0 {
        ui.stderr_line(&paint(Tone::Warn, &match ui.lang {
            Lang::Id => format!(
                "{missing} berkas belum dapat dicari dan tidak termasuk di sini; lengkapi dengan \
                 `bukti index` atau `bukti doctor --repair`"
            ),
            Lang::En => format!(
                "{missing} {} left out here; complete with \
                 `bukti index` or `bukti doctor --repair`",
                ui.noun(
                    missing,
                    "",
                    "file cannot be searched yet and is",
                    "files cannot be searched yet and are"
                )
            ),
        }));
    }
}

/// Prints that more may be found on pages that are still waiting.
fn unread(content: &ContentRow, ui: Ui) -> String {
    let (waiting, pages) = (content.waiting.len(), content.page_count);
    match ui.lang {
        Lang::Id => format!(
            "{waiting} dari {pages} halaman belum dibaca; jalankan `bukti index` untuk \
             melengkapi"
        ),
        Lang::En => format!(
            "{waiting} of {pages} pages not read yet; run `bukti index` to complete"
        ),
    }
}

/// Returns the snippet with its hits in colour.
fn marked(snippet: &Snippet, ui: Ui) -> String {
    let mut text = String::new();
    let mut at = 0;
    for hit in &snippet.hits {
        text.push_str(&ui.path(snippet.text.get(at..hit.start).unwrap_or_default()));
        let word = ui.path(snippet.text.get(hit.clone()).unwrap_or_default());
        text.push_str(&paint(Tone::Hit, &word));
        at = hit.end;
    }
    text.push_str(&ui.path(snippet.text.get(at..).unwrap_or_default()));
    text
}

/// Looks a whole list up; an answer a line, the sums at the end.
fn list(workspace: &Workspace, file: &Path, ui: Ui) -> Result<Done, Error> {
    let (columns, answers) = listed::look_up(workspace, file)?;
    if !ui.json {
        tell_columns(&columns, ui);
    }
    for answer in &answers {
        if ui.json {
            ui.json_line(&answer_json(answer, &columns));
        } else {
            print_answer(answer, ui);
        }
    }
    if !ui.json {
        let count = |held| answers.iter().filter(|a| a.held == held).count();
        let sums =
            Held::ALL.map(|held| format!("{} {}", count(held), held.label(ui.lang)));
        ui.stderr_line(&sums.join(" · "));
    }
    let all = answers.iter().all(|answer| answer.held == Held::Held);
    Ok(if all { Done::Well } else { Done::Wrong })
}

/// Prints which column was read as what: of a list that was misread, everything would be missing.
fn tell_columns(columns: &Columns, ui: Ui) {
    let label = |column: Column| match column {
        Column::Kind => ui.pick("jenis", "kind"),
        Column::Number => ui.pick("nomor", "number"),
        Column::Year => ui.pick("tahun", "year"),
        Column::Title => ui.pick("judul", "title"),
    };
    let mut parts: Vec<String> = columns
        .iter()
        .map(|(column, at)| format!("{} {}", at + 1, label(*column)))
        .collect();
    let unstated = Column::ALL.into_iter().filter(|column| {
        !columns.is_empty() && columns.iter().all(|(known, _)| known != column)
    });
    let unstated: Vec<&str> = unstated.map(label).collect();
    if !unstated.is_empty() {
        let text = ui.pick("tidak disebut", "not stated");
        parts.push(format!("{text}: {}", unstated.join(", ")));
    }
    let said = match columns.is_empty() {
        true => ui
            .pick(
                "tiap baris dibaca sebagai satu nama",
                "each line is read as one name",
            )
            .to_owned(),
        false => format!("{}: {}", ui.pick("kolom", "columns"), parts.join(" · ")),
    };
    ui.stderr_line(&paint(Tone::Faint, &said));
}

fn answer_json(answer: &Answer, columns: &Columns) -> Value {
    let wanted = &answer.wanted;
    let found = answer.found.iter().map(|found| {
        let content = &found.document.content;
        let changes = found.changes.iter().map(
            |change| json!({ "role": change.role, "by": change.by, "name": change.name }),
        );
        let mut object = Map::new();
        object.insert("sha256".into(), json!(content.digest));
        object.insert("path".into(), json!(found.document.path()));
        object.insert("changed_by".into(), changes.collect());
        shape::facts(&mut object, &content.facts);
        Value::Object(object)
    });
    json!({
        "schema_version": shape::SCHEMA_VERSION,
        "line": answer.wanted.line,
        "text": answer.wanted.text,
        "kind": wanted.kind,
        "number": wanted.number,
        "year": wanted.year,
        "title": wanted.title,
        "columns": columns.iter().map(|(column, at)| {
            (column.as_str().to_owned(), json!(at + 1))
        }).collect::<Map<String, Value>>(),
        "answer": answer.held.as_str(),
        "found": found.collect::<Vec<_>>(),
    })
}

fn print_answer(answer: &Answer, ui: Ui) {
    let tone = match answer.held {
        Held::Held => Tone::Good,
        Held::Perhaps | Held::OtherEdition => Tone::Warn,
        Held::Missing => Tone::Bad,
    };
    let label = format!("{:<12}", answer.held.label(ui.lang));
    ui.line(&format!(
        "{:>4} {} {}",
        answer.wanted.line,
        paint(tone, &label),
        ui.path(&answer.wanted.text)
    ));
    for found in &answer.found {
        let content = &found.document.content;
        let title = ui.path(&facts::headline(&content.facts, ui));
        ui.line(&format!("       {title}"));
        let path = ui.path(found.document.path());
        let place = format!("       {}  {path}", content.digest.short());
        ui.line(&paint(Tone::Faint, &place));
        for change in &found.changes {
            let done = match change.role {
                RelationRole::Amends => ui.pick("diubah oleh", "amended by"),
                RelationRole::Repeals => ui.pick("dicabut oleh", "repealed by"),
                RelationRole::RepealsInPart => {
                    ui.pick("dicabut sebagian oleh", "repealed in part by")
                }
            };
            let text = format!("       {done} {}", ui.path(&change.name));
            ui.line(&paint(Tone::Warn, &text));
        }
    }
}
