//! Exports evidence as a `BagIt` package that anyone can check without bukti. It has an index,
//! the verdicts, the events of each document, and a page that says how to check it. An export
//! is planned first; digests are verified while files are copied, and the finished package is
//! validated.

use super::{access_copies, bag};
use crate::app::archive::workspace::Workspace;
use crate::app::error::{Error, ErrorKind};
use crate::app::evidence::effective_links::EffectiveLinks;
use crate::app::evidence::scope::{Scope, questions_in_scope};
use crate::app::judgement::check;
use crate::app::progress::{Event as Progressed, Progress};
use crate::app::reading::content_source::{ContentSource, LeftOut};
use crate::app::reading::worker_client::WorkerSettings;
use crate::app::user_files;
use crate::fixity::log::{to_line, withhold};
use crate::io::bag::BagWriter;
use crate::io::clock;
use crate::io::files::{atomic, path, unfinished};
use crate::io::store::DocumentRow;
use crate::lexicon::doctype::DocTypes;
use crate::model::{
    Date, Digest, EsignReport, Event, EventObject, EventOutcome, EventType, FileState,
    INSIDE, Lang, LogBody, QuestionId, Reading, Report,
};
use crate::report;
use crate::report::handover;
use crate::report::handover::{Handover, Piece, Tie};
use std::{
    collections::BTreeSet,
    fs::File,
    path::{Path, PathBuf},
};

/// The options of an export.
#[derive(Debug, Clone)]
pub struct Options {
    /// Evidence for which questions; all where none are named.
    pub scope: Scope,
    /// Also documents with personal data.
    pub include_personal: bool,
    /// The day the verdicts are made for.
    pub as_of: Date,
    /// Also an access copy of each document larger than so many bytes; `None` for no copies.
    pub access_copy_limit: Option<u64>,
    /// How workers are started, for files inside containers and access copies.
    pub worker: WorkerSettings,
    /// Threads that read the package back.
    pub jobs: usize,
}

/// The plan of an export.
#[derive(Debug, Clone)]
pub struct Plan {
    /// What goes where, and what is held back.
    pub handover: Handover,
    /// The verdicts that go with it.
    pub report: Report,
}

/// The result of an export.
#[derive(Debug, Clone)]
pub struct Exported {
    /// The package.
    pub to: PathBuf,
    /// The documents in it.
    pub handover: Handover,
    /// Documents that changed or went since they were read: not in the package.
    pub left_out: Vec<LeftOut>,
}

/// Plans an export.
///
/// # Errors
/// When the questions asked for do not exist, or the catalog cannot be read.
pub fn plan(workspace: &Workspace, options: &Options) -> Result<Plan, Error> {
    let framework = &workspace.framework;
    let wanted: Option<BTreeSet<QuestionId>> =
        questions_in_scope(framework, &options.scope)?;
    let report = check::check(
        workspace,
        &check::Options {
            scope: options.scope.clone(),
            ..check::Options::for_day(options.as_of)
        },
    )?;
    let kinds = crate::app::reading::recognise::kinds()?;
    let links = EffectiveLinks::load(workspace)?.all_links(workspace)?;
    let mut pieces = Vec::new();
    for document in workspace.catalog.documents()? {
        if document.content.state != FileState::Indexed {
            continue;
        }
        let links = links.get(&document.content.digest);
        let ties = links.into_iter().flatten();
        let ties: Vec<Tie> = ties
            .filter(|link| link.confidence.is_confident())
            .map(|link| Tie {
                question: link.question.clone(),
                confidence: link.confidence,
            })
            .collect();
        if !ties.is_empty() {
            pieces.push(piece(&document, ties, kinds));
        }
    }
    let wanted = wanted.as_ref();
    let mut handover =
        handover::arrange(pieces, framework, wanted, options.include_personal);
    if let Some(most) = options.access_copy_limit {
        handover.want_copies(most);
    }
    Ok(Plan { handover, report })
}

fn piece(document: &DocumentRow, ties: Vec<Tie>, kinds: &DocTypes) -> Piece {
    let content = &document.content;
    let facts = &content.facts;
    let known = |reading: &Reading<String>| reading.value().cloned().unwrap_or_default();
    let kind = facts.kind.value();
    let kind = kind.and_then(|kind| kinds.get(kind.id.as_str()));
    Piece {
        digest: content.digest,
        path: best_path(document).to_owned(),
        bytes: content.len,
        media: content.media_type,
        kind: kind.map(|kind| kind.name.id.clone()).unwrap_or_default(),
        number: known(&facts.number),
        year: facts
            .year
            .value()
            .map(ToString::to_string)
            .unwrap_or_default(),
        title: known(&facts.title),
        esign: content
            .metadata
            .esign
            .as_deref()
            .and_then(EsignReport::summary),
        is_personal: !facts.personal.is_empty(),
        ties,
    }
}

/// Returns the error that a package would be empty: it would look like a handover and be none.
fn nothing_to_hand_over(held_back: usize) -> Error {
    let error = Error::new(
        ErrorKind::NotFound,
        "tidak ada dokumen untuk diserahkan; paket kosong tidak ditulis",
        "there is no document to hand over; an empty package is not written",
    );
    match held_back {
        0 => error.hint(
            "tidak ada dokumen yang terkait yakin dengan pertanyaan itu; tetapkan dahulu dengan `bukti decide`",
            "no document is confidently tied to those questions; decide first with `bukti decide`",
        ),
        _ => error.hint(
            format!(
                "{held_back} dokumen ditahan karena memuat data pribadi; sertakan dengan \
                 --include-personal bila memang boleh"
            ),
            format!(
                "{held_back} {} for personal data; add --include-personal where that is allowed",
                Lang::En.noun(
                    held_back,
                    "",
                    "document is held back",
                    "documents are held back"
                )
            ),
        ),
    }
}

/// Returns the error that no file that was to be handed over could be read.
fn nothing_left(left_out: usize) -> Error {
    Error::new(
        ErrorKind::NotFound,
        format!("tak satu pun dari {left_out} berkas dapat diambil; paket kosong tidak ditulis"),
        format!("none of {left_out} files could be had; an empty package is not written"),
    )
    .hint(
        "sambungkan share-nya, atau lihat `bukti verify`",
        "connect the share, or see `bukti verify`",
    )
}

/// Returns the path to take a document from: a file of its own before one in a container.
fn best_path(document: &DocumentRow) -> &str {
    let mut paths = document.paths.iter().filter(|(_, present)| *present);
    let own = paths.clone().find(|(path, _)| !path.contains(INSIDE));
    own.or_else(|| paths.next())
        .map_or_else(|| document.path(), |(path, _)| path)
}

/// Writes the package to `to`: a folder, or a ZIP file where the name ends so.
///
/// # Errors
/// When something is there already, the disk refuses, or the user stopped: nothing is left
/// behind then.
pub fn export(
    workspace: &mut Workspace,
    options: &Options,
    plan: Plan,
    to: &Path,
    progress: &dyn Progress,
) -> Result<Exported, Error> {
    if to.exists() {
        return Err(user_files::already_exists(to));
    }
    if plan.handover.placed.is_empty() {
        return Err(nothing_to_hand_over(plan.handover.held_back.len()));
    }
    let _lock = workspace.lock()?;
    let maker = workspace.maker()?;
    unfinished::sweep(atomic::folder_of(to), &maker);
    let is_zip = to
        .extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("zip"));
    let mut writer = match is_zip {
        true => BagWriter::zip(to, &maker)?,
        false => BagWriter::folder(to, &maker)?,
    };
    let Plan {
        mut handover,
        mut report,
    } = plan;
    let left_out =
        copy_payload(workspace, options, &mut handover, &mut writer, progress)?;
    if handover.placed.is_empty() {
        return Err(nothing_left(left_out.len()));
    }
    if let Some(limit) = options.access_copy_limit {
        let worker = &options.worker;
        access_copies::put_access_copies(
            workspace,
            worker,
            limit,
            &mut handover,
            &mut writer,
            progress,
        )?;
    }
    handover::silence(&mut report, &handover);
    put_tags(workspace, &handover, &report, &mut writer)?;
    let now = clock::timestamp();
    let head = workspace.catalog.log_head()?.map(|(_, digest)| digest);
    writer.finish(&info(workspace, &report, &now, head))?;
    let validated = bag::validate(to, options.jobs, progress)?;
    if !validated.is_valid() {
        return Err(bag::not_read_back(to));
    }
    let event = event(&handover, &left_out, to, now);
    workspace.catalog.append(&[event])?;
    Ok(Exported {
        to: to.to_owned(),
        handover,
        left_out,
    })
}

/// Copies the documents; those that have changed are removed from the plan.
fn copy_payload(
    workspace: &Workspace,
    options: &Options,
    handover: &mut Handover,
    writer: &mut BagWriter,
    progress: &dyn Progress,
) -> Result<Vec<LeftOut>, Error> {
    let wanted = handover.placed.iter().filter(|one| one.is_copy_wanted());
    let wanted = wanted.count();
    progress.event(Progressed::Walked {
        files: (handover.placed.len() * 2 + wanted) as u64,
        done: true,
    });
    let mut content_source = ContentSource::new(workspace, &options.worker, progress)?;
    let mut left_out = Vec::new();
    let mut placed = Vec::new();
    for one in std::mem::take(&mut handover.placed) {
        if progress.is_cancelled() {
            return Err(bag::stopped());
        }
        progress.event(Progressed::Verified { path: &one.name });
        let digest = one.piece.digest;
        let put = |file: &mut File| writer.put_payload(&one.name, file, &digest);
        match content_source.offer(&digest, true, put)? {
            None => placed.push(one),
            Some(lost) => left_out.push(lost),
        }
    }
    handover.placed = placed;
    Ok(left_out)
}

/// Writes what goes beside the documents.
fn put_tags(
    workspace: &Workspace,
    handover: &Handover,
    report: &Report,
    writer: &mut BagWriter,
) -> Result<(), Error> {
    let framework = &workspace.framework;
    let workbook = handover::xlsx(handover, framework, report).map_err(|cause| {
        Error::new(
            ErrorKind::Internal,
            "indeks tidak dapat ditulis sebagai XLSX",
            "the index cannot be written as XLSX",
        )
        .caused_by(cause)
    })?;
    let head = workspace.catalog.log_head()?;
    let head = head
        .map(|(_, digest)| digest.to_string())
        .unwrap_or_default();
    let texts = [
        (
            "BACA-SAYA.txt",
            handover::readme(handover, framework, report, &head, Lang::Id),
        ),
        (
            "README.txt",
            handover::readme(handover, framework, report, &head, Lang::En),
        ),
        ("indeks.html", handover::html(handover, framework, report)),
        ("indeks.csv", handover::csv(handover, framework, report)),
        ("penilaian.json", format!("{:#}\n", report::json(report))),
        ("riwayat.jsonl", extract(workspace, handover)?),
    ];
    for (name, text) in &texts {
        writer.put_tag(name, text.as_bytes())?;
    }
    writer.put_tag("indeks.xlsx", &workbook)?;
    for (number, stamp) in (1..).zip(workspace.catalog.stamps()?) {
        let name = format!("cap-waktu-{number}-catatan-{}.tsr", stamp.number);
        writer.put_tag(&name, &stamp.token)?;
    }
    Ok(())
}

/// Returns the log as far as it concerns these documents; of other records only what the
/// chain needs.
fn extract(workspace: &Workspace, handover: &Handover) -> Result<String, Error> {
    let ours: BTreeSet<Digest> =
        handover.placed.iter().map(|one| one.piece.digest).collect();
    let mut text = String::new();
    workspace.catalog.each_record(None, |record| {
        let is_ours = match &record.body {
            LogBody::Event(body) => is_about(body, &ours),
            LogBody::Withheld(_) => false,
        };
        let record = if is_ours { record } else { withhold(record) };
        text.push_str(&to_line(&record));
        text.push('\n');
        Ok::<(), Error>(())
    })?;
    Ok(text)
}

fn is_about(body: &str, ours: &BTreeSet<Digest>) -> bool {
    let event: Option<Event> = serde_json::from_str(body).ok();
    let objects = event.map(|event| event.objects).unwrap_or_default();
    !objects.is_empty() && objects.iter().all(|object| ours.contains(&object.sha256))
}

fn info(
    workspace: &Workspace,
    report: &Report,
    now: &str,
    head: Option<Digest>,
) -> Vec<(&'static str, String)> {
    let purpose = &workspace.purpose;
    let day = now.split('T').next().unwrap_or(now);
    let code = purpose.region.code.as_ref().map(ToString::to_string);
    vec![
        ("Source-Organization", purpose.region.name.clone()),
        ("Bagging-Date", day.to_owned()),
        ("Bag-Software-Agent", Event::PROGRAM.to_owned()),
        (
            "External-Description",
            format!("{} {}", report.name.id, purpose.year),
        ),
        ("Bukti-Region-Code", code.unwrap_or_default()),
        ("Bukti-Framework", purpose.framework.clone()),
        ("Bukti-Year", purpose.year.to_string()),
        ("Bukti-As-Of", report.as_of.to_string()),
        (
            "Bukti-Log-Head",
            head.map(|head| head.to_string()).unwrap_or_default(),
        ),
    ]
}

fn event(handover: &Handover, left_out: &[LeftOut], to: &Path, now: String) -> Event {
    let outcome = match left_out.is_empty() {
        true => EventOutcome::Success,
        false => EventOutcome::Warning,
    };
    let objects = handover.placed.iter();
    let mut event = Event::new(EventType::Export, now)
        .ended(outcome)
        .with("to", path::to_text(to))
        .with("documents", handover.placed.len())
        .with("held_back", handover.held_back.len())
        .with("left_out", left_out.len());
    if handover.speaks_of_copies() {
        event = event.with("smaller_copies", handover.copies().count());
    }
    // Each names its original, and how the copy was made.
    for (placed, copy) in handover.copies() {
        let (name, step) = (format!("smaller of {}", placed.piece.digest), copy.step);
        let made = format!(
            "{} ({} dpi, quality {})",
            copy.sha256, step.dpi, step.quality
        );
        event = event.with(&name, made);
    }
    event.objects = objects
        .map(|one| EventObject::content(one.piece.digest))
        .collect();
    event.objects.sort();
    event
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::io::store::ContentRow;
    use crate::model::{DocumentFacts, MediaType, Metadata};

    fn document(paths: &[(&str, bool)]) -> DocumentRow {
        let content = ContentRow {
            digest: crate::fixity::hash(b"x"),
            len: 1,
            media_type: MediaType::Unknown,
            state: FileState::Indexed,
            page_count: 1,
            unclear: Vec::new(),
            ocr_confidence: None,
            notes: Vec::new(),
            metadata: Metadata::default(),
            facts: DocumentFacts::default(),
            waiting: Vec::new(),
            members: 0,
        };
        let paths = paths
            .iter()
            .map(|(path, present)| ((*path).to_owned(), *present));
        DocumentRow {
            content,
            paths: paths.collect(),
        }
    }

    #[test]
    fn a_document_is_taken_from_a_file_of_its_own_that_is_there() {
        let cases: [(&[(&str, bool)], &str); 5] = [
            (&[("/a.zip » p.pdf", true), ("/p.pdf", true)], "/p.pdf"),
            (
                &[("/a.zip » p.pdf", true), ("/p.pdf", false)],
                "/a.zip » p.pdf",
            ),
            (&[("/b.pdf", true), ("/c.pdf", true)], "/b.pdf"),
            (&[("/b.pdf", false), ("/c.pdf", false)], "/b.pdf"),
            (&[], ""),
        ];
        for (paths, expected) in cases {
            assert_eq!(best_path(&document(paths)), expected, "{paths:?}");
        }
    }

    #[test]
    fn a_record_goes_along_only_where_all_it_is_about_does() {
        let [ours, other] = [b"x", b"y"].map(|bytes| crate::fixity::hash(bytes));
        let body = |digests: &[Digest]| {
            let mut event = Event::new(EventType::Ingestion, "2025-01-01T00:00:00Z");
            event.objects = digests.iter().copied().map(EventObject::content).collect();
            serde_json::to_string(&event).unwrap()
        };
        let cases = [
            (body(&[ours]), true),
            (body(&[ours, other]), false),
            (body(&[other]), false),
            (body(&[]), false),
            ("nonsense".to_owned(), false),
        ];
        for (body, expected) in cases {
            assert_eq!(is_about(&body, &BTreeSet::from([ours])), expected, "{body}");
        }
    }

    #[test]
    fn why_there_is_nothing_to_hand_over_is_said() {
        let hints = [0, 1, 2].map(|held_back| {
            let error = nothing_to_hand_over(held_back);
            error.hints.last().unwrap().en.clone()
        });
        assert!(hints[0].contains("decide first"), "{hints:?}");
        assert!(hints[1].starts_with("1 document is"), "{hints:?}");
        assert!(hints[2].starts_with("2 documents are"), "{hints:?}");
    }
}
