//! The report as comma-separated values (RFC 4180), one row for each thing said of a question,
//! for whoever sorts and filters elsewhere.

use crate::model::{Bilingual, Lang, Report};
use crate::report::table::rows::{Row, offices, rows};
use crate::report::words::level;

/// Marks the text as UTF-8: without it Excel takes it for the system's old encoding.
const MARK: &str = "\u{feff}";

/// Returns the report as text in one language.
pub fn csv(report: &Report, lang: Lang) -> String {
    let mut writer = ::csv::WriterBuilder::new()
        .terminator(::csv::Terminator::CRLF)
        .from_writer(MARK.as_bytes().to_vec());
    // Writing to memory does not fail.
    let _ = writer.write_record(head(report, lang));
    for row in rows(report) {
        let cells = cells(&row, lang);
        let _ = writer.write_record(cells.iter().map(|cell| defused(cell)));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

fn head(report: &Report, lang: Lang) -> [String; 20] {
    let names = &report.part_names;
    // A column's name is one word, as its siblings are.
    let named = |name: &Bilingual| name.get(lang).replace(char::is_whitespace, "_");
    let [section, indicator, question] =
        [&names.section, &names.indicator, &names.question].map(named);
    [
        &section,
        &indicator,
        &question,
        lang.pick("kode", "id"),
        lang.pick("isi_pertanyaan", "ask"),
        lang.pick("keadaan", "state"),
        lang.pick("nilai_penuh", "points_max"),
        lang.pick("nilai_sendiri", "points_own"),
        lang.pick("perkiraan_nilai", "points_likely"),
        lang.pick("berisiko", "points_at_risk"),
        lang.pick("pengampu", "offices"),
        lang.pick("tingkat", "level"),
        lang.pick("aturan", "rule"),
        lang.pick("temuan", "finding"),
        lang.pick("saran", "remedy"),
        lang.pick("dokumen", "document"),
        "sha256",
        lang.pick("halaman", "page"),
        lang.pick("kutipan", "quote"),
        lang.pick("dugaan", "inferred"),
    ]
    .map(str::to_owned)
}

fn cells(row: &Row, lang: Lang) -> [String; 20] {
    let question = row.question;
    let points = question.points;
    let remark = row.remark;
    let document = remark.and_then(|remark| remark.document.as_ref());
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    [
        row.section.code.to_string(),
        row.indicator.number.to_string(),
        question.number.clone(),
        question.id.to_string(),
        question.ask.get(lang).to_owned(),
        question.state.as_str().to_owned(),
        points.max.to_string(),
        question.own.map_or_else(String::new, |own| own.to_string()),
        points.likely.to_string(),
        points.at_risk.to_string(),
        offices(question),
        text(remark.map(|remark| level(remark.level, lang))),
        text(remark.map(|remark| remark.rule.as_str())),
        text(remark.map(|remark| remark.text.get(lang))),
        text(remark.and_then(|r| r.remedy.as_ref()).map(|r| r.get(lang))),
        text(document.map(|document| document.path.as_str())),
        document.map_or_else(String::new, |document| document.sha256.to_string()),
        remark
            .and_then(|remark| remark.page)
            .map_or_else(String::new, |page| page.to_string()),
        text(remark.and_then(|remark| remark.quote.as_deref())),
        text(remark.map(|r| if r.inferred { "true" } else { "false" })),
    ]
}

/// What a spreadsheet takes for the begin of a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Returns a cell that no spreadsheet takes for a formula: names of files and words of documents
/// come from strangers.
pub(super) fn defused(cell: &str) -> String {
    match cell.starts_with(FORMULA) {
        true => format!("'{cell}"),
        false => cell.to_owned(),
    }
}

/// Returns what was in a cell before a formula was taken out of it.
pub fn cell_text(cell: &str) -> &str {
    let bare = cell.strip_prefix('\'');
    bare.filter(|bare| bare.starts_with(FORMULA))
        .unwrap_or(cell)
}
