//! The index of a package: a line for each document and each question it proves, as CSV and as
//! a workbook.

use super::{AccessCopyState, Handover, Placed};
use crate::{
    framework::Framework,
    model::{Lang, QuestionId, QuestionState, Report},
    report::esign::summary,
};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};
use std::collections::BTreeMap;

/// Returns the columns of the index, in Indonesian: the people who use it fill in national forms.
fn columns(framework: &Framework) -> [String; 17] {
    let names = framework.part_names();
    let ask = format!("bunyi {}", names.question.id);
    [
        "berkas",
        &names.section.id,
        &names.indicator.id,
        &names.question.id,
        &ask,
        "keadaan",
        "jenis dokumen",
        "nomor",
        "tahun",
        "judul",
        "keyakinan",
        "bita",
        "sha256",
        "asal",
        "salinan kecil",
        "keterangan salinan",
        "tanda tangan elektronik",
    ]
    .map(str::to_owned)
}

/// Returns the lines of the index, in order of question and file.
fn rows(
    handover: &Handover,
    framework: &Framework,
    report: &Report,
) -> Vec<[String; 17]> {
    let states = states(report);
    let mut rows = Vec::new();
    for question in framework.questions() {
        let Some(indicator) = framework.indicator(&question.indicator) else {
            continue;
        };
        for placed in &handover.placed {
            let tie = placed.piece.ties.iter().find(|t| t.question == question.id);
            let Some(tie) = tie else { continue };
            let piece = &placed.piece;
            let state = states.get(&question.id).map(|s| s.label(Lang::Id));
            rows.push([
                placed.name.clone(),
                indicator.section.to_string(),
                format!("{} {}", indicator.number, indicator.short.id),
                question.id.to_string(),
                question.ask.id.clone(),
                state.unwrap_or_default().to_owned(),
                piece.kind.clone(),
                piece.number.clone(),
                piece.year.clone(),
                piece.title.clone(),
                format!("{:.2}", tie.confidence.get()),
                piece.bytes.to_string(),
                piece.digest.to_string(),
                piece.path.clone(),
                placed.copy().map(|c| c.name.clone()).unwrap_or_default(),
                about_copy(placed),
                about_signature(placed),
            ]);
        }
    }
    rows
}

/// Says of the smaller copy how it was made, or why there is none.
pub(super) fn about_copy(placed: &Placed) -> String {
    let signers = placed.piece.esign.as_ref().map_or(&[][..], |e| &e.signers);
    match &placed.access_copy {
        // The copy shows the signature's picture and does not have the signature.
        Some(AccessCopyState::Made(copy)) if !signers.is_empty() => {
            let said = copy.describe(Lang::Id);
            format!("{said} · tanda tangan elektronik hanya ada di aslinya")
        }
        Some(AccessCopyState::Made(copy)) => copy.describe(Lang::Id),
        Some(AccessCopyState::None(why)) => why.explain(Lang::Id),
        Some(AccessCopyState::Wanted) | None => String::new(),
    }
}

/// Says what the electronic signatures of a document came to, where it has any.
pub(super) fn about_signature(placed: &Placed) -> String {
    let esign = placed.piece.esign.as_ref();
    esign.map_or_else(String::new, |esign| summary(esign, Lang::Id))
}

pub(super) fn states(report: &Report) -> BTreeMap<&QuestionId, QuestionState> {
    let indicators = report
        .sections
        .iter()
        .flat_map(|section| &section.indicators);
    let questions = indicators.flat_map(|indicator| &indicator.questions);
    questions
        .map(|question| (&question.id, question.state))
        .collect()
}

/// Returns the index as CSV (RFC 4180, UTF-8 with a mark that spreadsheets look for).
pub fn csv(handover: &Handover, framework: &Framework, report: &Report) -> String {
    let mut text = String::from("\u{feff}");
    let mut put = |cells: &[&str]| {
        let cells: Vec<String> = cells.iter().map(|cell| csv_cell(cell)).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    };
    put(&columns(framework).each_ref().map(String::as_str));
    for row in rows(handover, framework, report) {
        put(&row.each_ref().map(String::as_str));
    }
    text
}

/// Quotes a cell where it must be; one that a spreadsheet would take for a formula is made a
/// text.
fn csv_cell(text: &str) -> String {
    let text = match text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{text}"),
        false => text.to_owned(),
    };
    match text.contains([',', '"', '\n', '\r', ';']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text,
    }
}

/// Returns the index as a workbook, with a filter on every column.
///
/// # Errors
/// When the index has more lines than a workbook holds.
pub fn xlsx(
    handover: &Handover,
    framework: &Framework,
    report: &Report,
) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let day = report.as_of;
    let (year, month, day) = (day.year(), day.month(), day.day());
    // The same input, the same bytes: the day of the judgement, not of the clock.
    let made = ExcelDateTime::from_ymd(
        u16::try_from(year).unwrap_or(1900),
        u8::try_from(month).unwrap_or(1),
        u8::try_from(day).unwrap_or(1),
    )?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let sheet = workbook.add_worksheet().set_name("Indeks")?;
    let (bold, wrapped) = (Format::new().set_bold(), Format::new().set_text_wrap());
    let columns = columns(framework);
    let widths = [
        46, 8, 26, 16, 60, 12, 22, 18, 8, 50, 10, 12, 24, 60, 46, 40, 50,
    ];
    for ((column, title), width) in (0u16..).zip(&columns).zip(widths) {
        sheet.write_with_format(0, column, title, &bold)?;
        sheet.set_column_width(column, width)?;
    }
    let rows = rows(handover, framework, report);
    for (number, row) in (1u32..).zip(&rows) {
        for (column, cell) in (0u16..).zip(row) {
            let name = columns.get(usize::from(column)).map(String::as_str);
            match (name, cell.parse::<f64>()) {
                (Some("bita" | "keyakinan" | "tahun"), Ok(value)) => {
                    sheet.write_number(number, column, value)?;
                }
                _ => {
                    sheet.write_string_with_format(number, column, cell, &wrapped)?;
                }
            }
        }
    }
    sheet.set_freeze_panes(1, 1)?;
    let last = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    sheet.autofilter(0, 0, last, 16)?;
    workbook.save_to_buffer()
}
