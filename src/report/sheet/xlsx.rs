//! The report as a workbook: the sums, every question, and a sheet for each office with what it
//! has to do, to be filtered and ticked off.

use super::book::{Book, Cell, Column};
use crate::model::{Coverage, Lang, Level, OfficeReport, QuestionReport, Remark, Report};
use crate::report::place;
use crate::report::table::rows::{offices, rows};
use crate::report::words::{capital, level};

/// Says that a workbook could not be made; our mistake.
#[derive(Debug, thiserror::Error)]
#[error("the workbook cannot be made")]
pub struct BookError(#[from] rust_xlsxwriter::XlsxError);

/// Returns the report as the bytes of a workbook in one language.
///
/// # Errors
/// When the workbook cannot be made.
pub fn xlsx(report: &Report, lang: Lang) -> Result<Vec<u8>, BookError> {
    let mut book = Book::new(report.name.get(lang), report.as_of);
    sums(&mut book, report, lang)?;
    questions(&mut book, report, lang)?;
    findings(&mut book, report, lang)?;
    for office in report.offices.iter().filter(|o| !o.tasks.is_empty()) {
        tasks(&mut book, report, office, lang)?;
    }
    Ok(book.bytes()?)
}

fn sums(book: &mut Book, report: &Report, lang: Lang) -> Result<(), BookError> {
    let columns = [
        Column(lang.pick("Bagian", "Part"), 8.0),
        Column(lang.pick("Nama", "Name"), 44.0),
        Column(lang.pick("Nilai penuh", "Full points"), 11.0),
        Column(lang.pick("Nilai sendiri", "Own points"), 11.0),
        Column(lang.pick("Perkiraan", "Likely"), 11.0),
        Column(lang.pick("Berisiko", "At risk"), 11.0),
        Column(lang.pick("Sah", "Valid"), 8.0),
        Column(lang.pick("Perlu dilihat", "To review"), 8.0),
        Column(lang.pick("Lemah", "Weak"), 8.0),
        Column(lang.pick("Gugur", "Void"), 8.0),
        Column(lang.pick("Belum ada", "Missing"), 8.0),
    ];
    let row = |code: String, name: &str, coverage: &Coverage| {
        let mut cells: Vec<Cell> = vec![code.into(), name.into()];
        cells.extend(points(coverage));
        let states = coverage.states;
        let counts = [
            states.valid,
            states.review,
            states.weak,
            states.invalid,
            states.missing,
        ];
        cells.extend(counts.map(|count| Cell::Number(f64::from(count))));
        cells
    };
    let mut all = vec![row(
        lang.pick("Jumlah", "Total").to_owned(),
        report.region.as_deref().unwrap_or_default(),
        &report.total,
    )];
    for section in &report.sections {
        let name = section.name.get(lang);
        all.push(row(section.code.to_string(), name, &section.coverage));
        for indicator in &section.indicators {
            let name = indicator.name.get(lang);
            all.push(row(indicator.number.to_string(), name, &indicator.coverage));
        }
    }
    Ok(book.sheet(lang.pick("Ringkasan", "Summary"), &columns, &all)?)
}

fn points(coverage: &Coverage) -> [Cell; 4] {
    let points = coverage.points;
    [
        Cell::Number(points.max),
        coverage.own.map_or(Cell::Empty, Cell::Number),
        Cell::Number(points.likely),
        Cell::Number(points.at_risk),
    ]
}

fn questions(book: &mut Book, report: &Report, lang: Lang) -> Result<(), BookError> {
    let names = &report.part_names;
    let [section, question] =
        [&names.section, &names.question].map(|name| capital(name.get(lang)));
    let columns = [
        Column(&section, 8.0),
        Column(lang.pick("No.", "No."), 8.0),
        Column(&question, 60.0),
        Column(lang.pick("Keadaan", "State"), 13.0),
        Column(lang.pick("Nilai penuh", "Full points"), 9.0),
        Column(lang.pick("Nilai sendiri", "Own points"), 9.0),
        Column(lang.pick("Perkiraan", "Likely"), 9.0),
        Column(lang.pick("Berisiko", "At risk"), 9.0),
        Column(lang.pick("Pengampu", "Offices"), 26.0),
        Column(lang.pick("Bukti terbaik", "Best evidence"), 44.0),
        Column(lang.pick("Halaman", "Page"), 8.0),
        Column(lang.pick("Kode", "Id"), 16.0),
    ];
    let mut all = Vec::new();
    for section in &report.sections {
        let indicators = section.indicators.iter();
        for question in indicators.flat_map(|indicator| &indicator.questions) {
            let best = question.evidence.first();
            all.push(vec![
                section.code.as_str().into(),
                question.number.as_str().into(),
                question.ask.get(lang).into(),
                question.state.label(lang).into(),
                Cell::Number(question.points.max),
                question.own.map_or(Cell::Empty, Cell::Number),
                Cell::Number(question.points.likely),
                Cell::Number(question.points.at_risk),
                offices(question).into(),
                best.map_or(Cell::Empty, |best| Cell::Link {
                    uri: place::uri(&best.document.path),
                    text: place::name(&best.document.path),
                }),
                page(best.and_then(|best| best.page)),
                question.id.as_str().into(),
            ]);
        }
    }
    Ok(book.sheet(lang.pick("Pertanyaan", "Questions"), &columns, &all)?)
}

fn page(page: Option<u32>) -> Cell {
    page.map_or(Cell::Empty, |page| Cell::Number(f64::from(page)))
}

fn findings(book: &mut Book, report: &Report, lang: Lang) -> Result<(), BookError> {
    let columns = [
        Column(lang.pick("No.", "No."), 8.0),
        Column(lang.pick("Tingkat", "Level"), 14.0),
        Column(lang.pick("Temuan", "Finding"), 56.0),
        Column(lang.pick("Saran", "Remedy"), 48.0),
        Column(lang.pick("Dokumen", "Document"), 40.0),
        Column(lang.pick("Halaman", "Page"), 8.0),
        Column(lang.pick("Kutipan", "Quote"), 40.0),
        Column(lang.pick("Aturan", "Rule"), 18.0),
    ];
    let mut all = Vec::new();
    for row in rows(report) {
        if let Some(remark) = row.remark {
            let mut cells = vec![row.question.number.as_str().into()];
            cells.extend(remark_cells(remark, lang));
            cells.push(remark.quote.as_deref().unwrap_or_default().into());
            cells.push(remark.rule.as_str().into());
            all.push(cells);
        }
    }
    Ok(book.sheet(lang.pick("Temuan", "Findings"), &columns, &all)?)
}

/// Returns the cells of what is said: how bad, what, what to do, of which document and page.
fn remark_cells(remark: &Remark, lang: Lang) -> [Cell; 5] {
    let remedy = remark.remedy.as_ref().map(|remedy| remedy.get(lang));
    let document = remark.document.as_ref();
    [
        level(remark.level, lang).into(),
        remark.text.get(lang).into(),
        remedy.unwrap_or_default().into(),
        document.map_or(Cell::Empty, |document| Cell::Link {
            uri: place::uri(&document.path),
            text: place::name(&document.path),
        }),
        page(remark.page),
    ]
}

fn tasks(
    book: &mut Book,
    report: &Report,
    office: &OfficeReport,
    lang: Lang,
) -> Result<(), BookError> {
    let question = capital(report.part_names.question.get(lang));
    let columns = [
        Column(lang.pick("No.", "No."), 8.0),
        Column(&question, 52.0),
        Column(lang.pick("Keadaan", "State"), 13.0),
        Column(lang.pick("Bisa diraih", "To be won"), 10.0),
        Column(lang.pick("Tingkat", "Level"), 14.0),
        Column(lang.pick("Yang kurang", "What is lacking"), 46.0),
        Column(lang.pick("Yang harus dilakukan", "What to do"), 46.0),
        Column(lang.pick("Dokumen", "Document"), 36.0),
        Column(lang.pick("Halaman", "Page"), 8.0),
        Column(lang.pick("Selesai", "Done"), 9.0),
    ];
    let mut all = Vec::new();
    for task in &office.tasks {
        let Some(question) = report.questions().find(|q| q.id == task.question) else {
            continue;
        };
        for remark in to_do(question) {
            let mut cells = vec![
                question.number.as_str().into(),
                question.ask.get(lang).into(),
                question.state.label(lang).into(),
                Cell::Number(task.points),
            ];
            cells.extend(remark.map_or_else(
                || [const { Cell::Empty }; 5],
                |remark| remark_cells(remark, lang),
            ));
            cells.push(Cell::Remark(String::new()));
            all.push(cells);
        }
    }
    Ok(book.sheet(&office.office.short, &columns, &all)?)
}

/// Returns what wants doing about a question: what is wrong with it and with its best document.
/// One without such a remark has one empty place.
pub(crate) fn to_do(question: &QuestionReport) -> Vec<Option<&Remark>> {
    let best = question.evidence.first().map(|evidence| &evidence.document);
    let counts = |remark: &&Remark| {
        remark.level > Level::Note
            && (remark.document.is_none() || remark.document.as_ref() == best)
    };
    let said: Vec<_> = question.remarks.iter().filter(counts).map(Some).collect();
    if said.is_empty() { vec![None] } else { said }
}
