//! Imports a package of others: a province receives the evidence of a regency. The package is
//! validated first and read back after it was copied. Its verdicts are not trusted: the
//! documents are judged again, and differences are reported.

use super::bag;
use super::bag::Validated;
use crate::app::archive::workspace::{Purpose, Workspace, region_named};
use crate::app::error::{Error, ErrorKind};
use crate::app::judgement::check;
use crate::app::progress::Progress;
use crate::app::reading::index;
use crate::app::reading::index::Outcome;
use crate::fixity::bag::{BagFault, BagRemark, PAYLOAD, Severity};
use crate::io::bag::{Bag, take_out};
use crate::io::clock;
use crate::io::files::{path, source, unfinished};
use crate::model::{
    Date, Digest, Event, EventObject, EventOutcome, EventType, QuestionId, QuestionState,
    Report,
};
use serde_json::Value;
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

/// Where packages lie in an archive.
pub(crate) const IMPORTED: &str = "imported";
/// The verdicts of a whole framework take about 2 MiB.
const VERDICT_BYTES: u64 = 64 << 20;
/// Room for the manifest of half a million files.
const MANIFEST_BYTES: u64 = 128 << 20;

/// The options of an import.
#[derive(Debug, Clone)]
pub struct Options {
    /// The archive; made where it does not exist.
    pub archive: PathBuf,
    /// Whose evidence it is, where the package does not say.
    pub region: Option<String>,
    /// The year of verification, where the package does not say.
    pub year: Option<i16>,
    /// The day to judge for, where the package does not say.
    pub as_of: Date,
    /// How its documents are read; the roots are set here.
    pub index: index::Options,
}

/// The result of an import.
#[derive(Debug)]
pub struct Imported {
    /// The result of validating the package.
    pub validated: Validated,
    /// The imported package; `None` where it was refused.
    pub taken: Option<Taken>,
}

/// An imported package.
#[derive(Debug)]
pub struct Taken {
    /// Where it lies.
    pub folder: PathBuf,
    /// Its documents, by state.
    pub outcome: Outcome,
    /// Questions that the package judges otherwise than this bukti, in order.
    pub disagreements: Vec<Disagreement>,
    /// Number of questions that both judge the same way; `None` where the package brings no
    /// verdicts.
    pub agreed: Option<u64>,
}

/// A question on which two judgements differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement {
    /// The question.
    pub question: QuestionId,
    /// What the package says.
    pub theirs: String,
    /// What this bukti says.
    pub ours: QuestionState,
}

/// Imports the package in a folder or a ZIP file.
///
/// # Errors
/// When there is none, the archive is for someone else or in use, the package was taken in
/// before, the disk refuses, or the user stopped.
pub fn import(
    place: &Path,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Imported, Error> {
    let mut validated = bag::validate(place, options.index.jobs, progress)?;
    sharpen(&mut validated.remarks);
    if !validated.is_valid() {
        return Ok(Imported {
            validated,
            taken: None,
        });
    }
    let package = Bag::open(place).map_err(|cause| bag::cannot_open(place, cause))?;
    let manifest = fingerprint(&package)?;
    let mut workspace = archive_for(&validated, options)?;
    let folder = workspace.root.join(IMPORTED).join(manifest.short());
    {
        let _lock = workspace.lock()?;
        if folder.exists() {
            return Err(taken_before(&folder));
        }
        let maker = workspace.maker()?;
        unfinished::sweep(&workspace.root.join(IMPORTED), &maker);
        take_out(&package, &folder, &maker)?;
        let copy = bag::validate(&folder, options.index.jobs, progress)?;
        if !copy.is_valid() {
            return Err(bag::not_read_back(&folder));
        }
        let event = event(&validated, place, manifest);
        workspace.catalog.append(&[event])?;
    }
    let roots = index::Options {
        roots: vec![folder.join(PAYLOAD)],
        ..options.index.clone()
    };
    let outcome = index::index(&mut workspace, &roots, progress)?;
    let as_of = label(&validated, "Bukti-As-Of").and_then(|day| day.parse().ok());
    let report = check::check(
        &workspace,
        &check::Options::for_day(as_of.unwrap_or(options.as_of)),
    )?;
    let theirs = verdicts(&folder);
    let (agreed, disagreements) = compare(theirs.as_ref(), &report);
    Ok(Imported {
        validated,
        taken: Some(Taken {
            folder,
            outcome,
            disagreements,
            agreed,
        }),
    })
}

/// Warnings that are errors for an import: names that some system takes for the same would lose a
/// file there.
fn sharpen(remarks: &mut [BagRemark]) {
    for remark in remarks.iter_mut() {
        if matches!(
            remark.fault,
            BagFault::CaseTwins | BagFault::NormalTwins | BagFault::Backslash
        ) {
            remark.severity = Severity::Error;
        }
    }
    remarks.sort();
}

/// Returns the digest of the package's manifests, which stand for all of its payload.
fn fingerprint(package: &Bag) -> Result<Digest, Error> {
    let mut reader = package.reader();
    let mut all = Vec::new();
    let is_manifest =
        |name: &&String| name.starts_with("manifest-") && !name.contains('/');
    for name in package.files.keys().filter(is_manifest) {
        let len = package.files.get(name).map_or(0, |file| file.len);
        if len <= MANIFEST_BYTES {
            reader.copy(name, &mut all).map_err(|cause| {
                Error::new(
                    ErrorKind::Output,
                    "manifes paket tidak terbaca lagi",
                    "the package's manifest cannot be read any more",
                )
                .caused_by(cause)
            })?;
        }
    }
    Ok(crate::fixity::hash(&all))
}

fn label(validated: &Validated, name: &str) -> Option<String> {
    let mut lines = validated.info.iter();
    let line = lines.find(|line| line.label.eq_ignore_ascii_case(name))?;
    (!line.value.is_empty()).then(|| line.value.clone())
}

/// Opens the archive, or makes it for whom the package says it is.
fn archive_for(validated: &Validated, options: &Options) -> Result<Workspace, Error> {
    let region = options.region.clone();
    let region = region.or_else(|| label(validated, "Source-Organization"));
    let year = label(validated, "Bukti-Year").and_then(|year| year.parse().ok());
    let year = options.year.or(year);
    if Workspace::is_at(&options.archive) {
        let workspace = Workspace::open(&options.archive)?;
        let own = &workspace.purpose;
        let is_other = region.as_ref().is_some_and(|name| *name != own.region.name)
            || year.is_some_and(|year| year != own.year);
        return match is_other {
            true => Err(for_someone_else(own)),
            false => Ok(workspace),
        };
    }
    let (Some(region), Some(year)) = (region, year) else {
        return Err(Error::new(
            ErrorKind::Usage,
            "paket tidak menyebut daerah dan tahunnya",
            "the package does not say for which government and year it is",
        )
        .hint(
            "sebut dengan --region dan --year",
            "say so with --region and --year",
        ));
    };
    let framework = crate::app::archive::named::framework_named(None)?;
    let purpose = Purpose {
        region: region_named(&region, &crate::app::reading::recognise::regions()?),
        framework: framework.id().to_owned(),
        year,
    };
    Workspace::init(&options.archive, &purpose, &clock::timestamp())
}

fn event(validated: &Validated, place: &Path, manifest: Digest) -> Event {
    let mut event = Event::new(EventType::Validation, clock::timestamp())
        .with("from", path::to_text(place))
        .with("files", validated.files)
        .with("bytes", validated.bytes)
        .about(EventObject::content(manifest));
    if validated.count(Severity::Warning) > 0 {
        event = event.ended(EventOutcome::Warning);
    }
    for line in &validated.info {
        event = event.with(&format!("bag-info {}", line.label), &line.value);
    }
    event
}

/// Reads the verdicts a package brings: question to state.
fn verdicts(folder: &Path) -> Option<BTreeMap<String, String>> {
    let bytes = source::read(&folder.join("penilaian.json"), VERDICT_BYTES).ok()?;
    let report: Value = serde_json::from_slice(&bytes).ok()?;
    let list = |value: &Value, name: &str| -> Vec<Value> {
        let list = value.get(name).and_then(Value::as_array);
        list.cloned().unwrap_or_default()
    };
    let mut states = BTreeMap::new();
    for section in list(&report, "sections") {
        for indicator in list(&section, "indicators") {
            for question in list(&indicator, "questions") {
                let text = |name| question.get(name).and_then(Value::as_str);
                if let (Some(id), Some(state)) = (text("id"), text("state")) {
                    states.insert(id.to_owned(), state.to_owned());
                }
            }
        }
    }
    Some(states)
}

fn compare(
    theirs: Option<&BTreeMap<String, String>>,
    report: &Report,
) -> (Option<u64>, Vec<Disagreement>) {
    let Some(theirs) = theirs else {
        return (None, Vec::new());
    };
    let (mut agreed, mut disagreements) = (0, Vec::new());
    let indicators = report
        .sections
        .iter()
        .flat_map(|section| &section.indicators);
    for question in indicators.flat_map(|indicator| &indicator.questions) {
        match theirs.get(question.id.as_str()) {
            Some(state) if state == question.state.as_str() => agreed += 1,
            Some(state) => disagreements.push(Disagreement {
                question: question.id.clone(),
                theirs: state.clone(),
                ours: question.state,
            }),
            None => {}
        }
    }
    (Some(agreed), disagreements)
}

fn taken_before(folder: &Path) -> Error {
    let shown = path::printable(&path::to_text(folder));
    Error::new(
        ErrorKind::Usage,
        "paket ini sudah pernah diterima",
        "this package was taken in before",
    )
    .hint(
        format!("isinya ada di `{shown}`"),
        format!("it lies in `{shown}`"),
    )
}

fn for_someone_else(own: &Purpose) -> Error {
    let (name, year) = (&own.region.name, own.year);
    Error::new(
        ErrorKind::Usage,
        format!("arsip itu untuk {name} {year}, paket ini untuk yang lain"),
        format!("that archive is for {name} {year}, this package for another"),
    )
    .hint(
        "sebut folder arsip lain; arsip baru dibuat bila belum ada",
        "name another archive's folder; a new one is made where there is none",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_verdicts_of_a_package_are_read_as_far_as_they_can_be() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(verdicts(folder.path()), None, "there are none");
        let cases = [
            ("nonsense", None),
            ("{}", Some(0)),
            (r#"{"sections": 3}"#, Some(0)),
            (
                r#"{"sections": [{"indicators": [{"questions":
                    [{"id": "A", "state": "valid"}, {"id": "B"}, {"state": "weak"}]}]}]}"#,
                Some(1),
            ),
        ];
        for (text, expected) in cases {
            std::fs::write(folder.path().join("penilaian.json"), text).unwrap();
            let found = verdicts(folder.path()).map(|verdicts| verdicts.len());
            assert_eq!(found, expected, "{text}");
        }
    }
}
