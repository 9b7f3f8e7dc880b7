//! `bukti check`: judges every question as a strict verifier would.

use super::open;
use crate::{
    app::{
        check::{self, Options},
        error::{Error, ErrorKind},
        search::Asked,
        workspace::Workspace,
    },
    cli::{Done, args::CheckArgs, ui::Ui},
    io::clock,
    model::{Date, Report},
    report::{self, Detail},
};
use std::path::Path;

pub fn run(args: &CheckArgs, archive: Option<&Path>, ui: Ui) -> Result<Done, Error> {
    let workspace = open(archive)?;
    let asked = Asked {
        indicator: args.indicator.clone(),
        question: args.question.clone(),
        office: args.office.clone(),
    };
    // Whoever names a question wants to see it.
    let named = args.indicator.is_some() || args.question.is_some();
    let detail = if args.all || named {
        Detail::Questions
    } else {
        Detail::Summary
    };
    let options = Options {
        as_of: day(args.as_of.as_deref())?,
        asked,
    };
    show(&workspace, &options, detail, ui)?;
    Ok(Done::Well)
}

/// Checks and prints.
pub fn show(
    workspace: &Workspace,
    options: &Options,
    detail: Detail,
    ui: Ui,
) -> Result<Report, Error> {
    let report = check::check(workspace, options)?;
    if ui.json {
        ui.json_line(&report::json(&report));
    } else {
        let text = report::table(&report, ui.lang, ui.width(), ui.colour(), detail);
        ui.line(text.trim_end());
    }
    Ok(report)
}

/// Returns the day asked for, or today.
pub fn day(named: Option<&str>) -> Result<Date, Error> {
    let Some(named) = named else {
        return clock::today().ok_or_else(|| {
            Error::new(
                ErrorKind::Internal,
                "jam komputer tidak terbaca",
                "the clock is broken",
            )
        });
    };
    named
        .parse()
        .map_err(|cause: crate::model::ParseDateError| {
            Error::new(
                ErrorKind::Usage,
                format!("tanggal `{named}` tidak dipahami"),
                format!("the date `{named}` is not understood"),
            )
            .hint("tulis seperti 2025-03-31", "write it like 2025-03-31")
            .caused_by(cause)
        })
}
