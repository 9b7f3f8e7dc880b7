//! Typing into the national form: for each question what there is to type in, the documents to
//! attach with a label each, and the tick once it is done. The form itself knows neither bukti nor
//! what changed since.

use crate::app::archive::workspace::Workspace;
use crate::app::error::{Error, ErrorKind};
use crate::app::evidence::scope::question_named;
use crate::fixity;
use crate::io::clock;
use crate::io::store::DocumentRow;
use crate::lexicon::words::{citation, words};
use crate::model::{
    Answer, Digest, DocumentFacts, Entered, EntryContent, EvidenceLine, MediaType,
    NoCopy, QuestionId, QuestionReport, Report, Standing,
};
use std::collections::BTreeMap;

/// Key in the catalog of the most bytes that the form takes.
const LIMIT: &str = "upload_limit";
/// The most bytes of an attachment where nobody set another: what the one form takes whose source
/// could be read. What the national form takes is not published.
const GUESSED_LIMIT: u64 = 2 << 20;
/// Least and most that can be set: below, no page can be read; above, no form is known.
const LIMITS: std::ops::RangeInclusive<u64> = (100 << 10)..=(64 << 20);

/// The most bytes of an attachment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UploadLimit {
    /// Bytes.
    pub bytes: u64,
    /// Whether somebody set it; else it is a guess.
    pub is_set: bool,
}

/// How a question stands in the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryState {
    /// It was not typed in.
    Open,
    /// It was, and nothing has changed since.
    Entered,
    /// It was, and something has changed since.
    Changed,
}

/// One question of the form.
#[derive(Debug, Clone, PartialEq)]
pub struct FormQuestion {
    /// The question.
    pub question: QuestionId,
    /// What there is to type in.
    pub content: EntryContent,
    /// The tick, where there is one.
    pub entered: Option<Entered>,
}

/// What has changed since a question was typed in.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SinceEntered {
    /// Whether the points or the remark are others.
    pub answer: bool,
    /// Documents to attach that were not there.
    pub added: Vec<Digest>,
    /// Documents that were attached and are no evidence any more.
    pub removed: Vec<Digest>,
}

/// A document to attach.
#[derive(Debug, Clone, PartialEq)]
pub struct Attachment {
    /// The document.
    pub digest: Digest,
    /// Where it lies.
    pub path: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// Its format.
    pub media_type: MediaType,
    /// How it stands for the question.
    pub standing: Standing,
    /// Its name in one line; `None` where no part of it was read with confidence.
    pub label: Option<String>,
    /// How it can be uploaded.
    pub upload: Upload,
}

/// How a document can be uploaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Upload {
    /// As it is.
    Original,
    /// As a smaller copy, which is a PDF.
    AccessCopy,
    /// Not: it holds personal data.
    HeldBack,
    /// Not: it is too large, and there can be no smaller copy.
    None(NoCopy),
}

impl FormQuestion {
    /// Returns how it stands in the form.
    pub fn state(&self) -> EntryState {
        match &self.entered {
            None => EntryState::Open,
            Some(_) if self.since_entered().is_some() => EntryState::Changed,
            Some(_) => EntryState::Entered,
        }
    }

    /// Returns what has changed since it was typed in; `None` where nothing has, or it was not.
    pub fn since_entered(&self) -> Option<SinceEntered> {
        /// Half of what points are given to: a kept number may differ in its last bit.
        const SAME: f64 = 0.005;
        let (now, then) = (&self.content, &self.entered.as_ref()?.content);
        let is_other = match (now.points, then.points) {
            (Some(now), Some(then)) => (now - then).abs() > SAME,
            (now, then) => now.is_some() != then.is_some(),
        };
        let since = SinceEntered {
            answer: is_other || now.note != then.note,
            added: now.evidence.difference(&then.evidence).copied().collect(),
            removed: then.evidence.difference(&now.evidence).copied().collect(),
        };
        (since != SinceEntered::default()).then_some(since)
    }

    /// Returns a name of what there is to type in: another where anything of it is another.
    pub fn fingerprint(&self) -> Digest {
        let EntryContent {
            points,
            note,
            evidence,
        } = &self.content;
        fixity::hash(format!("{points:?} {note:?} {evidence:?}").as_bytes())
    }
}

/// Returns the questions in the order of the form.
///
/// # Errors
/// When the catalog cannot be read.
pub fn form(workspace: &Workspace, report: &Report) -> Result<Vec<FormQuestion>, Error> {
    let framework = workspace.framework.id();
    let answers = workspace.catalog.answers(framework)?.into_iter();
    let mut answers: BTreeMap<QuestionId, Answer> = answers
        .map(|answer| (answer.question.clone(), answer))
        .collect();
    let entered = workspace.catalog.entered(framework)?.into_iter();
    let mut entered: BTreeMap<QuestionId, Entered> = entered
        .map(|entered| (entered.question.clone(), entered))
        .collect();
    let questions = report.questions();
    Ok(questions
        .map(|question| FormQuestion {
            question: question.id.clone(),
            content: content(question, answers.remove(&question.id)),
            entered: entered.remove(&question.id),
        })
        .collect())
}

fn content(question: &QuestionReport, answer: Option<Answer>) -> EntryContent {
    EntryContent {
        points: answer.as_ref().map(|answer| answer.points),
        note: answer.map(|answer| answer.note).unwrap_or_default(),
        evidence: attached(question)
            .map(|line| line.document.sha256)
            .collect(),
    }
}

/// Returns the evidence that is attached: what is confidently about the question and not void.
fn attached(question: &QuestionReport) -> impl Iterator<Item = &EvidenceLine> {
    let lines = question.evidence.iter();
    lines.filter(|line| {
        line.standing != Standing::Rejected && line.confidence.is_confident()
    })
}

/// Returns the documents to attach to a question, best first.
///
/// # Errors
/// When the catalog cannot be read.
pub fn attachments(
    workspace: &Workspace,
    question: &QuestionReport,
    limit: UploadLimit,
) -> Result<Vec<Attachment>, Error> {
    let mut attachments = Vec::new();
    for line in attached(question) {
        if let Some(document) = workspace.catalog.document(&line.document.sha256)? {
            attachments.push(attachment(&document, line.standing, limit));
        }
    }
    Ok(attachments)
}

fn attachment(
    document: &DocumentRow,
    standing: Standing,
    limit: UploadLimit,
) -> Attachment {
    let content = &document.content;
    let is_personal = !content.facts.personal.is_empty();
    let upload = match content.len <= limit.bytes {
        _ if is_personal => Upload::HeldBack,
        true => Upload::Original,
        false if content.media_type.has_sheets() => Upload::AccessCopy,
        false => Upload::None(NoCopy::NoPages),
    };
    Attachment {
        digest: content.digest,
        path: document.path().to_owned(),
        bytes: content.len,
        media_type: content.media_type,
        standing,
        label: label(&content.facts),
        upload,
    }
}

/// Returns the name of a document in one line, as the form wants it: kind, number, year, title.
/// What is not certain is left out.
fn label(facts: &DocumentFacts) -> Option<String> {
    let name = citation(
        facts.kind.confident().map(|kind| kind.label.as_str()),
        facts.number.confident().map(String::as_str),
        facts.year.confident().copied(),
    );
    let title = facts.title.confident().map(String::as_str);
    let label = match (name.is_empty(), title) {
        (_, None) => name,
        (true, Some(title)) => title.to_owned(),
        (false, Some(title)) => {
            format!("{name} {} {title}", words().entries.about.full)
        }
    };
    let label = label.split_whitespace().collect::<Vec<_>>().join(" ");
    let label = label.replace(|c: char| c.is_control() || is_direction(c), "");
    (!label.is_empty()).then_some(label)
}

/// Tells whether a sign turns the direction of writing, so that a line reads as what it is not.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Ticks a question as typed in. `shown` is the [fingerprint](FormQuestion::fingerprint) of what
/// its author had before them.
///
/// # Errors
/// When there is no such question, something has changed meanwhile, or the archive is in use.
pub fn tick(
    workspace: &mut Workspace,
    report: &Report,
    question: &str,
    shown: &str,
    author: &str,
) -> Result<(), Error> {
    let _lock = workspace.lock_record()?;
    let id = question_named(&workspace.framework, question)?.id.clone();
    let found = form(workspace, report)?
        .into_iter()
        .find(|found| found.question == id)
        .filter(|found| found.fingerprint().to_string() == shown)
        .ok_or_else(changed_meanwhile)?;
    let framework = workspace.framework.id().to_owned();
    let entered = Entered {
        question: id,
        author: author.to_owned(),
        made: clock::timestamp(),
        content: found.content,
    };
    Ok(workspace.catalog.put_entered(&framework, &entered)?)
}

fn changed_meanwhile() -> Error {
    Error::new(
        ErrorKind::ArchiveInUse,
        "jawaban atau buktinya berubah sejak halaman ini dibuka; belum ditandai",
        "the answer or its evidence changed since this page was opened; it is not ticked",
    )
    .hint(
        "buka lagi pertanyaannya dan periksa yang berubah",
        "open the question again and look at what changed",
    )
}

/// Takes the tick of a question away.
///
/// # Errors
/// When there is no such question, or the archive is in use.
pub fn untick(workspace: &mut Workspace, question: &str) -> Result<(), Error> {
    let _lock = workspace.lock_record()?;
    let id = question_named(&workspace.framework, question)?.id.clone();
    let framework = workspace.framework.id().to_owned();
    Ok(workspace.catalog.remove_entered(&framework, &id)?)
}

/// Returns the most bytes of an attachment.
///
/// # Errors
/// When the catalog cannot be read.
pub fn upload_limit(workspace: &Workspace) -> Result<UploadLimit, Error> {
    let set_bytes = workspace.catalog.get(LIMIT)?;
    let set_bytes = set_bytes.and_then(|bytes| bytes.parse().ok());
    Ok(UploadLimit {
        bytes: set_bytes.unwrap_or(GUESSED_LIMIT),
        is_set: set_bytes.is_some(),
    })
}

/// Sets the most bytes of an attachment, in kibibytes.
///
/// # Errors
/// When it is less or more than makes sense, or the archive is in use.
pub fn set_upload_limit(workspace: &Workspace, kib: u64) -> Result<(), Error> {
    let bytes = kib.saturating_mul(1 << 10);
    if !LIMITS.contains(&bytes) {
        let (least, most) = (LIMITS.start() >> 10, LIMITS.end() >> 10);
        return Err(Error::new(
            ErrorKind::Usage,
            format!("batas {kib} KiB di luar {least} sampai {most} KiB"),
            format!("a limit of {kib} KiB is not between {least} and {most} KiB"),
        ));
    }
    let _lock = workspace.lock_record()?;
    Ok(workspace.catalog.set(LIMIT, &bytes.to_string())?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DocKind, Fact, Ratio, Reading, RuleId};

    fn known<T>(value: T, confidence: f32) -> Reading<T> {
        Reading::Known(Fact {
            value,
            confidence: Ratio::new(confidence),
            span: None,
            rule: RuleId::from("r"),
        })
    }

    #[test]
    fn a_label_has_only_what_is_certain() {
        let kind = |confidence| {
            known(
                DocKind {
                    id: "perda".into(),
                    label: "Peraturan Daerah".to_owned(),
                },
                confidence,
            )
        };
        let whole = DocumentFacts {
            kind: kind(0.95),
            number: known("5".to_owned(), 0.95),
            year: known(2012, 0.95),
            title: known("Kawasan\n Tanpa \u{202E}Rokok".to_owned(), 0.95),
            ..DocumentFacts::default()
        };
        let told = label(&whole).unwrap();
        assert_eq!(
            told,
            "Peraturan Daerah Nomor 5 Tahun 2012 tentang Kawasan Tanpa Rokok"
        );
        let unsure = DocumentFacts {
            number: known("6".to_owned(), 0.6),
            ..whole.clone()
        };
        let told = label(&unsure).unwrap();
        assert!(!told.contains('6') && told.contains("2012"), "{told}");
        let titled = DocumentFacts {
            title: whole.title.clone(),
            kind: kind(0.3),
            ..DocumentFacts::default()
        };
        assert_eq!(label(&titled).unwrap(), "Kawasan Tanpa Rokok");
        assert_eq!(label(&DocumentFacts::default()), None);
    }

    #[test]
    fn what_changed_since_it_was_typed_in_is_told() {
        let digest = |n| Digest::new([n; 32]);
        let content = |points, evidence: &[u8]| EntryContent {
            points,
            note: String::new(),
            evidence: evidence.iter().map(|n| digest(*n)).collect(),
        };
        let question = |now, then: Option<EntryContent>| FormQuestion {
            question: "Q1".into(),
            content: now,
            entered: then.map(|content| Entered {
                question: "Q1".into(),
                author: "Sari".to_owned(),
                made: String::new(),
                content,
            }),
        };
        let before = content(Some(7.5), &[1, 2]);
        let same = question(before.clone(), Some(before.clone()));
        assert_eq!(same.state(), EntryState::Entered);
        assert_eq!(question(before.clone(), None).state(), EntryState::Open);
        let now = question(content(Some(7.5), &[2, 3]), Some(before.clone()));
        let since = now.since_entered().unwrap();
        assert_eq!(now.state(), EntryState::Changed);
        assert_eq!(
            (since.added, since.removed),
            (vec![digest(3)], vec![digest(1)])
        );
        assert!(!since.answer);
        for points in [None, Some(0.0), Some(8.0)] {
            let now = question(content(points, &[1, 2]), Some(before.clone()));
            assert!(now.since_entered().unwrap().answer, "{points:?}");
            assert_ne!(now.fingerprint(), same.fingerprint());
        }
    }
}
