//! `bukti log`: the story of each document, whether the log is whole, its head, time stamps.

use crate::app::archive::log;
use crate::app::archive::log::{Head, LogStamp, Verified};
use crate::app::error::{Error, ErrorKind};
use crate::app::evidence::shape::SCHEMA_VERSION;
use crate::cli::Done;
use crate::cli::args::{LogArgs, LogCommand};
use crate::cli::commands::open;
use crate::cli::ui::{Tone, Ui, paint};
use crate::fixity::log::{LogFault, to_json};
use crate::io::files::path;
use crate::model::{
    Digest, EsignVerdict, Event, EventObject, EventOutcome, Lang, LogBody, LogRecord,
    ParseDigestError, TimeStamp,
};
use crate::report::esign as words;
use serde_json::{Value, json};
use std::path::Path;

pub fn run(args: &LogArgs, archive: Option<&Path>, ui: Ui) -> Result<Done, Error> {
    match &args.command {
        LogCommand::Show { about } => show(about.as_deref(), archive, ui),
        LogCommand::Verify { head } => verify(head.as_deref(), archive, ui),
        LogCommand::Head => head(archive, ui),
        LogCommand::Stamp { request, attach } => {
            stamp(request.as_deref(), attach.as_deref(), archive, ui)
        }
    }
}

fn show(document: Option<&str>, archive: Option<&Path>, ui: Ui) -> Result<Done, Error> {
    let workspace = open(archive)?;
    log::each_record(&workspace, document, |record| match ui.json {
        true => ui.json_line(&to_json(&record)),
        false => print_record(&record, document.is_some(), ui),
    })?;
    Ok(Done::Well)
}

fn print_record(record: &LogRecord, is_of_one: bool, ui: Ui) {
    let LogBody::Event(text) = &record.body else {
        return;
    };
    let Ok(event) = serde_json::from_str::<Event>(text) else {
        let broken = ui.pick("catatan tidak terbaca", "unreadable record");
        ui.line(&format!(
            "{:>7}  {}",
            record.number,
            paint(Tone::Bad, broken)
        ));
        return;
    };
    let tone = match event.outcome {
        EventOutcome::Success => Tone::Good,
        EventOutcome::Warning => Tone::Warn,
        EventOutcome::Fail => Tone::Bad,
    };
    ui.line(&format!(
        "{:>7}  {}  {} · {} · {}",
        record.number,
        event.time,
        paint(Tone::Strong, event.kind.label(ui.lang)),
        paint(tone, event.outcome.label(ui.lang)),
        ui.path(&event.agent),
    ));
    // Who asks about one document knows which it is, and does not ask about its fellows.
    let is_said = |object: &&EventObject| !is_of_one || object.path.is_some();
    let objects: Vec<&EventObject> = event.objects.iter().filter(is_said).collect();
    for object in objects.iter().take(LISTED) {
        let path = object.path.as_deref().unwrap_or_default();
        let line = format!("         {}  {}", object.sha256.short(), ui.path(path));
        ui.line(line.trim_end());
    }
    if let Some(more) = objects.len().checked_sub(LISTED + 1) {
        let text = ui.pick("lagi", "more");
        ui.line(&format!("         … {} {text}", more + 1));
    }
    let detail: Vec<String> = event
        .detail
        .iter()
        .map(|(name, value)| format!("{name}: {}", ui.path(value)))
        .collect();
    if !detail.is_empty() {
        ui.line(&paint(
            Tone::Faint,
            &format!("         {}", detail.join(" · ")),
        ));
    }
}

/// How many objects of a record are listed for a person.
const LISTED: usize = 3;

fn verify(noted: Option<&str>, archive: Option<&Path>, ui: Ui) -> Result<Done, Error> {
    let noted = noted.map(digest).transpose()?;
    let workspace = open(archive)?;
    let verified = log::verify(&workspace, noted)?;
    if ui.json {
        ui.json_line(&verified_json(&verified, ui));
    } else {
        print_verified(&verified, ui);
    }
    Ok(match verified.is_sound() {
        true => Done::Well,
        false => Done::Wrong,
    })
}

fn digest(text: &str) -> Result<Digest, Error> {
    let text: String = text.split_whitespace().collect();
    text.parse().map_err(|cause: ParseDigestError| {
        Error::new(
            ErrorKind::Usage,
            format!("`{text}` bukan sidik kepala riwayat"),
            format!("`{text}` is no head of a log"),
        )
        .hint(
            "salin 64 angka heksadesimal dari hasil `bukti log head`",
            "copy the 64 hexadecimal digits that `bukti log head` printed",
        )
        .caused_by(cause)
    })
}

fn verified_json(verified: &Verified, ui: Ui) -> Value {
    let fault = |(number, fault): &(u64, LogFault)| {
        json!({
            "number": number,
            "fault": <&str>::from(*fault),
            "text": fault_text(*fault, ui.lang),
        })
    };
    json!({
        "schema_version": SCHEMA_VERSION,
        "sound": verified.is_sound(),
        "records": verified.records,
        "head": verified.head,
        "faults": verified.faults.iter().map(fault).collect::<Value>(),
        "noted": verified.noted.map(|(digest, number)| {
            json!({ "head": digest, "number": number })
        }),
    })
}

fn print_verified(verified: &Verified, ui: Ui) {
    for (number, fault) in &verified.faults {
        let record = ui.pick("catatan", "record");
        let text = fault_text(*fault, ui.lang);
        ui.line(&paint(Tone::Bad, &format!("{record} {number}: {text}")));
    }
    let (state, tone) = match verified.faults.is_empty() {
        true => (ui.pick("riwayat utuh", "the log is whole"), Tone::Good),
        false => (
            ui.pick("riwayat tidak utuh", "the log is not whole"),
            Tone::Bad,
        ),
    };
    let records = ui.noun(verified.records, "catatan", "record", "records");
    ui.line(&format!(
        "{} · {} {records}",
        paint(tone, state),
        verified.records
    ));
    ui.line(&format!("{}", verified.head));
    match verified.noted {
        None => ui.stderr_line(ui.pick(
            "catatan yang dipotong dari ujung hanya ketahuan dengan kepala yang pernah dicatat: \
             bukti log verify --head SIDIK",
            "records cut off the end show only against a head noted before: \
             bukti log verify --head DIGEST",
        )),
        Some((_, Some(number))) => {
            let text = ui.pick(
                "kepala yang disebut adalah catatan nomor",
                "the head given is record number",
            );
            ui.line(&paint(Tone::Good, &format!("{text} {number}")));
        }
        Some((_, None)) => ui.line(&paint(
            Tone::Bad,
            ui.pick(
                "kepala yang disebut tidak ada di riwayat ini: ada catatan yang dipotong atau ditulis ulang",
                "the head given is not in this log: records were cut off or written anew",
            ),
        )),
    }
}

/// Returns what is wrong with a record, for a person.
pub fn fault_text(fault: LogFault, lang: Lang) -> String {
    match fault {
        LogFault::Gap { expected } => match lang {
            Lang::Id => format!("nomor {expected} seharusnya di sini; ada yang hilang atau pindah"),
            Lang::En => format!("number {expected} should stand here; something is missing or moved"),
        },
        LogFault::Unchained => lang
            .pick(
                "tidak bersambung dengan catatan sebelumnya; ada yang hilang, disisipkan, atau pindah",
                "does not follow the record before; something was dropped, put in or moved",
            )
            .to_owned(),
        LogFault::Changed => lang
            .pick("isinya berubah", "was changed")
            .to_owned(),
        LogFault::Unreadable => lang
            .pick("bukan peristiwa yang terbaca", "is no readable event")
            .to_owned(),
    }
}

fn head(archive: Option<&Path>, ui: Ui) -> Result<Done, Error> {
    let workspace = open(archive)?;
    let head = log::head(&workspace)?;
    if ui.json {
        ui.json_line(&head_json(head.as_ref()));
        return Ok(Done::Well);
    }
    let Some(head) = head else {
        ui.line(ui.pick("riwayat masih kosong", "the log is empty"));
        return Ok(Done::Well);
    };
    print_head(&head, &workspace.purpose.region.name, ui);
    Ok(Done::Well)
}

fn head_json(head: Option<&Head>) -> Value {
    let stamp = |stamp: &LogStamp| {
        let verified = stamp.verified.as_ref();
        json!({
            "number": stamp.number,
            "time": stamp.time,
            "sound": verified.is_some_and(TimeStamp::is_sound),
            "trusted": verified.is_some_and(TimeStamp::is_trusted),
        })
    };
    json!({
        "schema_version": SCHEMA_VERSION,
        "number": head.map(|head| head.number),
        "head": head.map(|head| head.digest),
        "stamps": head.map_or(json!([]), |head| head.stamps.iter().map(stamp).collect()),
    })
}

/// Prints the head so that it can be read aloud, copied by hand and signed under.
fn print_head(head: &Head, region: &str, ui: Ui) {
    let title = ui.pick("Kepala riwayat", "Head of the log");
    ui.line(&paint(Tone::Strong, &format!("{title} · {region}")));
    let record = ui.pick("catatan nomor", "record number");
    ui.line(&format!("{record} {}", head.number));
    let digits: Vec<char> = head.digest.to_string().chars().collect();
    for row in digits.chunks(32) {
        let groups: Vec<String> = row.chunks(8).map(|g| g.iter().collect()).collect();
        ui.line(&format!("  {}", groups.join(" ")));
    }
    for stamp in &head.stamps {
        print_stamp(stamp, ui);
    }
}

fn print_stamp(stamp: &LogStamp, ui: Ui) {
    let text = ui.pick("cap waktu untuk catatan", "time stamp for record");
    let worth = match &stamp.verified {
        Some(verified) => words::time_stamp(verified, ui.lang),
        None => words::verdict(EsignVerdict::Unsupported, ui.lang),
    };
    ui.line(&format!(
        "{text} {}: {} ({worth})",
        stamp.number, stamp.time
    ));
}

fn stamp(
    request: Option<&Path>,
    attach: Option<&Path>,
    archive: Option<&Path>,
    ui: Ui,
) -> Result<Done, Error> {
    let mut workspace = open(archive)?;
    if let Some(file) = request {
        let head = log::request(&workspace, file)?;
        if ui.json {
            ui.json_line(&head_json(Some(&head)));
        } else {
            let text = ui.pick(
                "permintaan cap waktu ditulis untuk catatan nomor",
                "time-stamp request written for record number",
            );
            let file = ui.path(&path::to_text(file));
            ui.line(&format!("{text} {}: {file}", head.number));
        }
    }
    if let Some(file) = attach {
        let stamp = log::attach(&mut workspace, file)?;
        if ui.json {
            let head = log::head(&workspace)?;
            ui.json_line(&head_json(head.as_ref()));
        } else {
            print_stamp(&stamp, ui);
            if !stamp.verified.as_ref().is_some_and(TimeStamp::is_trusted) {
                ui.stderr_line(ui.pick(
                    "percayai penerbitnya dengan `bukti anchors add BERKAS`, bila sertifikatnya \
                     sudah Anda bandingkan",
                    "trust its authority by `bukti anchors add FILE`, once you have compared \
                     its certificate",
                ));
            }
        }
    }
    Ok(Done::Well)
}
