//! The index of a package: a line for each document and each question it proves, as CSV, as
//! a workbook, and as a page to click through.

use super::{Handover, Placed, Smaller};
use crate::{
    framework::Framework,
    model::{ByteLen, Lang, QuestionId, QuestionState, Report},
};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};
use std::{collections::BTreeMap, fmt::Write};

/// Returns the columns of the index, in Indonesian: the people who use it fill in national forms.
fn columns(framework: &Framework) -> [String; 16] {
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
    ]
    .map(str::to_owned)
}

/// Returns the lines of the index, in order of question and file.
fn rows(
    handover: &Handover,
    framework: &Framework,
    report: &Report,
) -> Vec<[String; 16]> {
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
            ]);
        }
    }
    rows
}

/// Says of the smaller copy how it was made, or why there is none.
fn about_copy(placed: &Placed) -> String {
    match &placed.smaller {
        Some(Smaller::Made(copy)) => copy.describe(Lang::Id),
        Some(Smaller::None(why)) => why.explain(Lang::Id),
        Some(Smaller::Wanted) | None => String::new(),
    }
}

fn states(report: &Report) -> BTreeMap<&QuestionId, QuestionState> {
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
    let widths = [46, 8, 26, 16, 60, 12, 22, 18, 8, 50, 10, 12, 24, 60, 46, 40];
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
    sheet.autofilter(0, 0, last, 15)?;
    workbook.save_to_buffer()
}

/// Returns the index as a page: sections, indicators, questions, documents to click on.
pub fn html(handover: &Handover, framework: &Framework, report: &Report) -> String {
    let mut page = String::from(HEAD);
    let region = report.region.as_deref().unwrap_or_default();
    let _ = write!(
        page,
        "<h1>Indeks bukti</h1>\n<p>{} · {} · verifikasi {}</p>\n",
        escape(region),
        escape(&framework.name().id),
        report.year
    );
    if handover.speaks_of_copies() {
        page.push_str(
            "<p>Salinan kecil hanya untuk unggahan berbatas ukuran; yang berlaku sebagai \
             bukti adalah dokumen aslinya.</p>\n",
        );
    }
    let mut by_question: BTreeMap<&QuestionId, Vec<&Placed>> = BTreeMap::new();
    for placed in &handover.placed {
        for tie in &placed.piece.ties {
            by_question.entry(&tie.question).or_default().push(placed);
        }
    }
    let states = states(report);
    for section in framework.sections() {
        let mut inner = String::new();
        for indicator in framework.indicators_of(&section.code) {
            let mut questions = String::new();
            for question in framework.questions_of(&indicator.id) {
                if let Some(placed) = by_question.get(&question.id) {
                    let state = states.get(&question.id).copied();
                    questions.push_str(&question_html(
                        question.id.as_str(),
                        &question.ask.id,
                        state,
                        placed,
                    ));
                }
            }
            if !questions.is_empty() {
                let name = escape(&indicator.name.id);
                let _ =
                    write!(inner, "<h3>{} {name}</h3>\n{questions}", indicator.number);
            }
        }
        if !inner.is_empty() {
            let name = escape(&section.name.id);
            let _ = write!(page, "<h2>{name}</h2>\n{inner}");
        }
    }
    page.push_str("</main></body></html>\n");
    page
}

fn question_html(
    id: &str,
    ask: &str,
    state: Option<QuestionState>,
    placed: &[&Placed],
) -> String {
    let mut text = String::new();
    let badge = state.map_or(String::new(), |state| {
        let label = escape(state.label(Lang::Id));
        format!(" <span class=\"{}\">{label}</span>", state.as_str())
    });
    let _ = write!(
        text,
        "<section><h4><code>{}</code> {}{badge}</h4>\n<ul>\n",
        escape(id),
        escape(ask)
    );
    for placed in placed {
        let piece = &placed.piece;
        let what = [
            piece.kind.as_str(),
            piece.number.as_str(),
            piece.year.as_str(),
        ];
        let what: Vec<&str> = what.into_iter().filter(|part| !part.is_empty()).collect();
        let file = placed.name.rsplit('/').next().unwrap_or_default();
        let _ = writeln!(
            text,
            "<li><a href=\"{}\">{}</a> <small>{}{}{} · {}</small><br>{}{}</li>",
            escape(&href(&placed.name)),
            escape(file),
            escape(&what.join(" · ")),
            if what.is_empty() { "" } else { " · " },
            ByteLen(piece.bytes),
            piece.digest.short(),
            escape(&piece.title),
            copy_html(placed),
        );
    }
    text.push_str("</ul></section>\n");
    text
}

fn copy_html(placed: &Placed) -> String {
    let about = escape(&about_copy(placed));
    match &placed.smaller {
        Some(Smaller::Made(copy)) => {
            let href = escape(&href(&copy.name));
            format!(
                "<br><small>salinan kecil: <a href=\"{href}\">PDF</a> {about}</small>"
            )
        }
        Some(Smaller::None(_)) => {
            format!("<br><small>tanpa salinan kecil: {about}</small>")
        }
        Some(Smaller::Wanted) | None => String::new(),
    }
}

/// Returns a path as a relative link (RFC 3986): everything but the plainest is escaped.
fn href(path: &str) -> String {
    let mut text = String::new();
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z'
            | b'A'..=b'Z'
            | b'0'..=b'9'
            | b'-'
            | b'.'
            | b'_'
            | b'~'
            | b'/' => {
                text.push(char::from(byte));
            }
            _ => {
                let _ = write!(text, "%{byte:02X}");
            }
        }
    }
    text
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// One page that needs nothing beside it, on paper, too.
const HEAD: &str = "<!doctype html>
<html lang=\"id\"><head><meta charset=\"utf-8\">
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">
<title>Indeks bukti</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; color: #1a1a1a; margin: 0; }
main { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { margin-bottom: 0; } h2 { border-bottom: 2px solid #1a1a1a; margin-top: 2.5rem; }
h3 { margin: 1.5rem 0 .5rem; } h4 { font-weight: 600; margin: .5rem 0; }
section { border-left: 3px solid #ccc; padding-left: 1rem; margin: 1rem 0; break-inside: avoid; }
ul { margin: .25rem 0; padding-left: 1.25rem; } li { margin: .4rem 0; }
small { color: #595959; } code { font-size: .85em; }
span { border-radius: .3rem; padding: .05rem .4rem; font-size: .8em; background: #eee; }
span.valid { background: #d6efd8; } span.weak, span.review { background: #fdecc8; }
span.invalid, span.missing { background: #f8d4d4; }
@media print { main { margin: 0; max-width: none; } a { color: inherit; } }
</style></head><body><main>
";
