//! `bukti calendar`: the stages of the evaluation and the days left.

use super::check::day;
use crate::app::error::Error;
use crate::app::judgement::calendar;
use crate::app::judgement::calendar::{Entry, Origin};
use crate::cli::Done;
use crate::cli::args::CalendarArgs;
use crate::cli::commands::open;
use crate::cli::ui::{Tone, Ui, paint};
use std::path::Path;

pub fn run(args: &CalendarArgs, archive: Option<&Path>, ui: Ui) -> Result<Done, Error> {
    let workspace = open(archive)?;
    for said in &args.set {
        calendar::set(&workspace, said)?;
    }
    let today = day(args.as_of.as_deref())?;
    let entries = calendar::calendar(&workspace, today)?;
    if ui.json {
        ui.json_line(&calendar::json(&entries, workspace.purpose.year, today));
        return Ok(Done::Well);
    }
    for entry in &entries {
        show(entry, ui);
    }
    let note = ui.pick(
        "Perkiraan dibetulkan dengan: bukti calendar --set TAHAP=TTTT-BB-HH",
        "Correct an estimate with: bukti calendar --set STAGE=YYYY-MM-DD",
    );
    ui.line(&paint(Tone::Faint, note));
    Ok(Done::Well)
}

fn show(entry: &Entry, ui: Ui) {
    let left = match entry.days_left {
        0 => ui.pick("hari terakhir", "last day").to_owned(),
        days @ 1.. => format!(
            "{days} {}",
            ui.noun(days, "hari lagi", "day left", "days left")
        ),
        _ => ui.pick("sudah lewat", "over").to_owned(),
    };
    let tone = match entry.days_left {
        ..0 => Tone::Faint,
        0..=14 => Tone::Warn,
        _ => Tone::Strong,
    };
    let days = entry
        .from
        .map_or_else(String::new, |from| format!("{from} – "));
    let name = entry.name.get(ui.lang);
    ui.line(&paint(
        tone,
        &format!("{name}: {days}{}  ({left})", entry.to),
    ));
    let origin = match &entry.origin {
        Origin::Set => ui.pick("ditetapkan sendiri", "as you said").to_owned(),
        Origin::Recorded(source) => source.clone(),
        Origin::Estimated(year) => {
            format!(
                "{} {year}",
                ui.pick("perkiraan dari tahun", "estimated from")
            )
        }
    };
    ui.line(&paint(Tone::Faint, &format!("    {} · {origin}", entry.id)));
}
