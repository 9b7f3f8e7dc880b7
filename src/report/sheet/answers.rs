//! The sheet in which a region gives itself points, to be filled in by hand and read back.

use super::book::{Book, Cell, Column};
use super::csv::defused;
use super::xlsx::BookError;
use crate::framework::Framework;
use crate::model::{Answer, Date, Lang};
use crate::report::words::number;

/// Returns the sheet in which a region gives itself points, with those it gave before.
///
/// # Errors
/// When the workbook cannot be made.
pub fn answer_sheet(
    framework: &Framework,
    answers: &[Answer],
    made: Date,
    lang: Lang,
) -> Result<Vec<u8>, BookError> {
    let mut book = Book::new(framework.name().get(lang), made);
    let [id, printed, ask, max, points, note] = answer_head(lang);
    let columns = [
        Column(id, 16.0),
        Column(printed, 8.0),
        Column(ask, 70.0),
        Column(max, 10.0),
        Column(points, 13.0),
        Column(note, 40.0),
    ];
    let rows: Vec<Vec<Cell>> = framework
        .questions()
        .iter()
        .map(|question| {
            let answer = answers.iter().find(|answer| answer.question == question.id);
            vec![
                question.id.as_str().into(),
                number(framework, question).into(),
                question.ask.get(lang).into(),
                Cell::Number(question.max),
                Cell::Asked(answer.map(|answer| answer.points)),
                Cell::Remark(answer.map_or_else(String::new, |a| a.note.clone())),
            ]
        })
        .collect();
    book.sheet(lang.pick("Jawaban", "Answers"), &columns, &rows)?;
    Ok(book.bytes()?)
}

/// Returns the same as comma-separated values.
pub fn answer_csv(framework: &Framework, answers: &[Answer], lang: Lang) -> String {
    let mut writer = ::csv::WriterBuilder::new()
        .terminator(::csv::Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    // Writing to memory does not fail.
    let _ = writer.write_record(answer_head(lang));
    for question in framework.questions() {
        let answer = answers.iter().find(|answer| answer.question == question.id);
        let points = answer.map(|answer| answer.points.to_string());
        let _ = writer.write_record([
            question.id.as_str(),
            &number(framework, question),
            question.ask.get(lang),
            &question.max.to_string(),
            points.as_deref().unwrap_or_default(),
            &answer.map_or_else(String::new, |answer| defused(&answer.note)),
        ]);
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

/// Returns the heads of the answer sheet: id, number, text, most points, own points, remark.
pub fn answer_head(lang: Lang) -> [&'static str; 6] {
    [
        lang.pick("kode", "id"),
        lang.pick("nomor", "number"),
        lang.pick("pertanyaan", "question"),
        lang.pick("nilai_penuh", "max"),
        lang.pick("nilai_sendiri", "own_points"),
        lang.pick("catatan", "note"),
    ]
}
