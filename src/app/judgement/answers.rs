//! The region's own answers: exports a sheet to fill in, and imports it whole or not at all, naming
//! every mistake by its row.

use super::render::broken_book;
use crate::app::archive::workspace::Workspace;
use crate::app::error::{Error, ErrorKind};
use crate::app::user_files;
use crate::framework::{Framework, Question};
use crate::io::files::path;
use crate::io::sheet::{Row, most_frequent};
use crate::model::{Answer, Bilingual, Date, Lang, QuestionId};
use crate::report;
use std::{collections::BTreeMap, path::Path};

/// How many mistakes are named: enough to mend, few enough to read.
const MISTAKES_SHOWN: usize = 20;

/// The result of an import.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// How many questions have an answer.
    pub answers: usize,
    /// How many have none.
    pub open: usize,
    /// The points the region gives itself.
    pub points: f64,
}

/// Writes the sheet, with the answers given so far, as a workbook or as text.
///
/// # Errors
/// When there is such a file already, or it cannot be written.
pub fn export(
    workspace: &Workspace,
    file: &Path,
    made: Date,
    lang: Lang,
) -> Result<usize, Error> {
    if file.exists() {
        let name = path::to_text(file);
        return Err(Error::new(
            ErrorKind::Usage,
            format!("`{name}` sudah ada"),
            format!("`{name}` is there already"),
        )
        .hint(
            "pakai nama lain, agar isian yang ada tidak hilang",
            "use another name, so that nothing filled in is lost",
        ));
    }
    let is_text = file
        .extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("csv"));
    user_files::save(file, &sheet(workspace, is_text, made, lang)?)?;
    Ok(workspace.framework.questions().len())
}

/// Returns the sheet, with the answers given so far, as a workbook, or as text.
///
/// # Errors
/// When the catalog cannot be read.
pub fn sheet(
    workspace: &Workspace,
    is_text: bool,
    made: Date,
    lang: Lang,
) -> Result<Vec<u8>, Error> {
    let framework = &workspace.framework;
    let answers = workspace.catalog.answers(framework.id())?;
    match is_text {
        true => Ok(report::answer_csv(framework, &answers, lang).into_bytes()),
        false => {
            let sheet = report::answer_sheet(framework, &answers, made, lang);
            sheet.map_err(broken_book)
        }
    }
}

/// Reads a filled sheet, whose answers replace those before.
///
/// # Errors
/// When the file cannot be read or a row of it not be understood: then nothing is changed.
pub fn import(workspace: &mut Workspace, file: &Path) -> Result<Imported, Error> {
    let rows = user_files::read_rows(file, most_frequent)?;
    let answers = answers(&workspace.framework, &rows).map_err(explained)?;
    let _lock = workspace.lock_record()?;
    let framework = workspace.framework.id().to_owned();
    workspace.catalog.put_answers(&framework, &answers)?;
    Ok(Imported {
        answers: answers.len(),
        open: workspace.framework.questions().len() - answers.len(),
        points: answers.iter().map(|answer| answer.points).sum(),
    })
}

fn explained(mistakes: Vec<Bilingual>) -> Error {
    let count = mistakes.len();
    let mut error = Error::new(
        ErrorKind::Usage,
        format!("{count} baris belum dapat dipahami; tidak ada yang diambil"),
        format!(
            "{count} {} cannot be understood; nothing was taken in",
            Lang::En.noun(count, "", "row", "rows")
        ),
    );
    for mistake in mistakes.into_iter().take(MISTAKES_SHOWN) {
        error = error.hint(mistake.id, mistake.en);
    }
    error
}

/// Where the columns are.
#[derive(Debug, Clone, Copy)]
struct Columns {
    id: Option<usize>,
    number: Option<usize>,
    points: usize,
    note: Option<usize>,
}

/// Reads answers from rows; a cell for points that is empty is no answer.
fn answers(framework: &Framework, rows: &[Row]) -> Result<Vec<Answer>, Vec<Bilingual>> {
    let mut found = rows.iter().enumerate();
    let head = found.find_map(|(at, (_, cells))| Some((at, columns(cells)?)));
    let Some((at, columns)) = head else {
        return Err(vec![both(
            "tidak ada baris judul dengan kolom `kode` dan `nilai_sendiri`",
            "there is no heading row with the columns `id` and `own_points`",
        )]);
    };
    let numbers = numbers(framework);
    let mut read: BTreeMap<&QuestionId, (u32, Answer)> = BTreeMap::new();
    let mut mistakes = Vec::new();
    for (row, cells) in rows.iter().skip(at + 1) {
        match answer(framework, &numbers, columns, cells) {
            Ok(None) => {}
            Ok(Some((question, answer))) => {
                let before = read.insert(&question.id, (*row, answer));
                if let Some((other, _)) = before {
                    mistakes.push(both(
                        &format!(
                            "baris {row}: pertanyaan yang sama dengan baris {other}"
                        ),
                        &format!("row {row}: the same question as in row {other}"),
                    ));
                }
            }
            Err(mistake) => mistakes.push(both(
                &format!("baris {row}: {}", mistake.id),
                &format!("row {row}: {}", mistake.en),
            )),
        }
    }
    match mistakes.is_empty() {
        true => Ok(read.into_values().map(|(_, answer)| answer).collect()),
        false => Err(mistakes),
    }
}

/// Finds the columns in a heading row, in either language, however people write them.
fn columns(cells: &[String]) -> Option<Columns> {
    let [ids, numbers, _, _, points, notes] = [0, 1, 2, 3, 4, 5].map(|at| {
        [Lang::Id, Lang::En].map(|lang| {
            let head = report::answer_head(lang);
            folded_text(head.get(at).copied().unwrap_or_default())
        })
    });
    let find =
        |names: &[String]| cells.iter().position(|c| names.contains(&folded_text(c)));
    let columns = Columns {
        id: find(&ids),
        number: find(&numbers),
        points: find(&points)?,
        note: find(&notes),
    };
    (columns.id.is_some() || columns.number.is_some()).then_some(columns)
}

/// Returns letters and digits only, in small letters.
fn folded_text(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// Returns the questions by their printed number.
fn numbers(framework: &Framework) -> BTreeMap<String, &Question> {
    let questions = framework.questions().iter();
    questions
        .map(|q| (report::printed_number(framework, q).to_lowercase(), q))
        .collect()
}

fn answer<'a>(
    framework: &'a Framework,
    numbers: &BTreeMap<String, &'a Question>,
    columns: Columns,
    cells: &[String],
) -> Result<Option<(&'a Question, Answer)>, Bilingual> {
    let cell = |at: Option<usize>| {
        let text = at.and_then(|at| cells.get(at)).map_or("", String::as_str);
        text.trim()
    };
    let (id, number) = (cell(columns.id), cell(columns.number));
    let points = cell(Some(columns.points));
    // Rows of headings and sums in between name no question.
    if (id.is_empty() && number.is_empty()) || points.is_empty() {
        return Ok(None);
    }
    let same = |q: &&Question| q.id.as_str().eq_ignore_ascii_case(id);
    let by_id = framework.questions().iter().find(same);
    let by_number = || numbers.get(&number.to_lowercase()).copied();
    let found = if id.is_empty() { by_number() } else { by_id };
    let Some(question) = found else {
        let name = if id.is_empty() { number } else { id };
        return Err(both(
            &format!("tidak ada pertanyaan `{name}`"),
            &format!("there is no question `{name}`"),
        ));
    };
    let value = value(points, question.max)?;
    let answer = Answer {
        question: question.id.clone(),
        points: value,
        note: report::cell_text(cell(columns.note)).to_owned(),
    };
    Ok(Some((question, answer)))
}

/// Reads points: `7`, `7,5`, `7.5`.
fn value(text: &str, max: f64) -> Result<f64, Bilingual> {
    let value: Option<f64> = text.replace(',', ".").parse().ok();
    let value = value.filter(|value| value.is_finite());
    let Some(value) = value else {
        return Err(both(
            &format!("`{text}` bukan angka"),
            &format!("`{text}` is no number"),
        ));
    };
    if value < 0.0 || value > max + 0.005 {
        return Err(both(
            &format!("{text} di luar 0 sampai {max}"),
            &format!("{text} is not between 0 and {max}"),
        ));
    }
    Ok(value.min(max))
}

fn both(id: &str, en: &str) -> Bilingual {
    Bilingual {
        id: id.to_owned(),
        en: en.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &[&str]) -> Result<Vec<Answer>, Vec<String>> {
        let framework = Framework::builtin().unwrap();
        let rows: Vec<Row> = (1..)
            .zip(lines)
            .map(|(n, line)| (n, line.split(';').map(str::to_owned).collect()))
            .collect();
        answers(&framework, &rows)
            .map_err(|mistakes| mistakes.into_iter().map(|m| m.en).collect())
    }

    #[test]
    fn a_sheet_is_read_however_people_fill_it_in() {
        let read = read(&[
            "Penilaian mandiri Kabupaten Contoh;;",
            "KODE ;Nomor;Nilai Sendiri;Catatan",
            "Klaster Kelembagaan;;;",
            "kla24-01-q1;1.1;7,5;lihat SK",
            ";17.4;2;",
            "KLA24-02-Q1;2.1;;belum",
            "KLA24-02-Q2;;1;'=lihat",
            ";;9,5;jumlah",
        ])
        .unwrap();
        let told: Vec<(&str, f64, &str)> = read
            .iter()
            .map(|a| (a.question.as_str(), a.points, a.note.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                ("KLA24-01-Q1", 7.5, "lihat SK"),
                ("KLA24-02-Q2", 1.0, "=lihat"),
                ("KLA24-17-Q4", 2.0, ""),
            ]
        );
    }

    #[test]
    fn every_mistake_is_named_by_its_row() {
        let mistakes = read(&[
            "id;own_points",
            "KLA24-01-Q1;banyak",
            "KLA24-99-Q1;1",
            "KLA24-02-Q1;-1",
            "KLA24-02-Q2;9999",
            "KLA24-06-Q1;1",
            "KLA24-06-Q1;2",
            "KLA24-07-Q2;NaN",
        ])
        .unwrap_err();
        let begins = ["row 2: `banyak`", "row 3: there is no", "row 4: -1 is not"];
        assert_eq!(mistakes.len(), 6, "{mistakes:?}");
        for (mistake, begin) in mistakes.iter().zip(begins) {
            assert!(mistake.starts_with(begin), "{mistake}");
        }
        assert!(read(&["a;b", "1;2"]).unwrap_err()[0].contains("heading row"));
    }
}
