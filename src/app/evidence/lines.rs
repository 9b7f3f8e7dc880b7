//! Reads a list of documents as people keep it: rows of a table whose columns have names or
//! not, or one document a line. The result says which column was read as what,
//! since everything in a misread list would be missing.

use crate::app::error::{Error, ErrorKind};
use crate::app::user_files;
use crate::classify::named;
use crate::io::files::path;
use crate::lexicon::doctype::DocTypes;
use crate::lexicon::doctype::NumberStyle;
use crate::lexicon::phrase::Phrase;
use crate::model::DocTypeId;
use std::path::Path;

/// Rows by which a column without a name is judged.
const LOOKED_AT: usize = 50;

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wanted {
    /// Its number in the file, from 1.
    pub line: u32,
    /// As it stands there.
    pub text: String,
    /// The kind, where it is stated and known.
    pub kind: Option<DocTypeId>,
    /// The number, where it is stated.
    pub number: Option<String>,
    /// The year, where it is stated.
    pub year: Option<i16>,
    /// What it is about; empty where that is not stated.
    pub title: String,
}

/// What a column states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Column {
    /// The kind of document.
    Kind,
    /// Its number.
    Number,
    /// Its year.
    Year,
    /// What it is about, or its whole name.
    Title,
}

impl Column {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::Kind, Self::Number, Self::Year, Self::Title];

    /// Returns the name that JSON uses.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// Which column was read as what, each with its place in a row, from 0; empty for a list that
/// is no table.
pub type Columns = Vec<(Column, usize)>;

/// Reads the list.
///
/// # Errors
/// When it cannot be read, or holds no line.
pub fn read(file: &Path, kinds: &DocTypes) -> Result<(Columns, Vec<Wanted>), Error> {
    let mut rows = user_files::read_rows(file, delimiter)?;
    let mut columns = Columns::new();
    if let Some((_, first)) = rows.first() {
        columns = headed(first, kinds);
    }
    match columns.is_empty() {
        true => columns = judged(&rows, kinds),
        false => {
            rows.remove(0);
            columns
                .retain(|(column, at)| *column != Column::Number || !counts(&rows, *at));
        }
    }
    let wanted: Vec<Wanted> = rows
        .iter()
        .filter(|(_, cells)| cells.iter().any(|cell| !cell.is_empty()))
        .map(|(line, cells)| Wanted {
            line: *line,
            text: shown_row(cells),
            ..stated(cells, &columns, kinds)
        })
        .collect();
    let shown = path::printable(&path::to_text(file));
    match wanted.is_empty() {
        false => Ok((columns, wanted)),
        true => Err(Error::new(
            ErrorKind::Usage,
            format!("daftar `{shown}` kosong"),
            format!("the list `{shown}` is empty"),
        )
        .hint(
            "tulis satu dokumen tiap baris, misalnya: Perda Nomor 5 Tahun 2022 tentang …",
            "write a document a line, such as: Perda Nomor 5 Tahun 2022 tentang …",
        )),
    }
}

/// Returns the delimiter of the first lines: Excel in Indonesian writes semicolons.
fn delimiter(text: &str) -> u8 {
    let head: Vec<&str> = text.lines().take(5).collect();
    let all = |mark: char| head.iter().filter(|line| line.contains(mark)).count();
    match (all('\t'), all(';'), all(',')) {
        (tabs, ..) if tabs > 0 => b'\t',
        (_, semicolons, _) if semicolons > 0 => b';',
        // A comma may be part of a title: only lists with a heading or many commas are CSV.
        (_, _, commas) if commas == head.len() && commas > 1 => b',',
        _ => b'\0',
    }
}

/// Returns the columns that a first row names; none where it is a document.
fn headed(cells: &[String], kinds: &DocTypes) -> Columns {
    let words = &kinds.grammar().columns;
    let is = |cell: &str, names: &[Phrase]| {
        let cell = Phrase::from(cell.to_owned());
        names.iter().any(|name| name.letters() == cell.letters())
    };
    let names = [
        (Column::Kind, &words.kind),
        (Column::Number, &words.number),
        (Column::Year, &words.year),
        (Column::Title, &words.title),
    ];
    let mut columns = Columns::new();
    for (at, cell) in cells.iter().enumerate() {
        let named = names.iter().find(|(_, names)| is(cell, names));
        let Some((column, _)) = named else { continue };
        if columns.iter().all(|(known, _)| known != column) {
            columns.push((*column, at));
        }
    }
    let has_number = columns.iter().any(|(column, _)| *column == Column::Number);
    let count = cells.iter().position(|cell| is(cell, &words.count));
    if let Some(at) = count.filter(|_| !has_number && !columns.is_empty()) {
        columns.push((Column::Number, at));
    }
    // One name may be a title; two are names of columns.
    let least = cells.len().min(2);
    if columns.len() < least {
        columns.clear();
    }
    columns
}

/// Guesses the columns of a table without a heading from their cells.
fn judged(rows: &[(u32, Vec<String>)], kinds: &DocTypes) -> Columns {
    let width = rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
    if width < 2 {
        return Columns::new();
    }
    let cells = |at: usize| {
        let rows = rows.iter().take(LOOKED_AT);
        rows.filter_map(move |(_, cells)| cells.get(at).map(String::as_str))
            .filter(|cell| !cell.is_empty())
    };
    let most = |at: usize, test: &dyn Fn(&str) -> bool| {
        let (all, fit) = (
            cells(at).count(),
            cells(at).filter(|cell| test(cell)).count(),
        );
        all > 0 && 2 * fit > all
    };
    let is_kind = |cell: &str| kind_of(cell, kinds).is_some();
    let length = |at: usize| cells(at).map(str::len).sum::<usize>();
    let mut free: Vec<usize> = (0..width).collect();
    let mut columns = Columns::new();
    let mut take = |free: &mut Vec<usize>, column, found: Option<usize>| {
        if let Some(at) = found {
            free.retain(|other| *other != at);
            columns.push((column, at));
        }
    };
    let year = free
        .iter()
        .copied()
        .find(|at| most(*at, &|c| year_of(c).is_some()));
    take(&mut free, Column::Year, year);
    let kind = free.iter().copied().find(|at| most(*at, &is_kind));
    take(&mut free, Column::Kind, kind);
    let title = free.iter().copied().max_by_key(|at| length(*at));
    let title = title.filter(|at| most(*at, &|cell| !is_number(cell)));
    take(&mut free, Column::Title, title);
    let number = free
        .iter()
        .copied()
        .find(|at| most(*at, &is_number) && !counts(rows, *at));
    take(&mut free, Column::Number, number);
    columns.sort_by_key(|(_, at)| *at);
    columns
}

/// Tells whether a column only counts the rows: 1, 2, 3. One row counts nothing.
fn counts(rows: &[(u32, Vec<String>)], at: usize) -> bool {
    let numbers = rows.iter().map(|(_, cells)| {
        let cell = cells.get(at).map_or("", String::as_str);
        cell.trim_end_matches('.').parse::<usize>().ok()
    });
    rows.len() > 1 && numbers.zip(1..).all(|(number, row)| number == Some(row))
}

fn year_of(cell: &str) -> Option<i16> {
    let year = cell.trim().parse().ok()?;
    (1945..=2100).contains(&year).then_some(year)
}

/// Tells whether a cell is the number of a document: short, in one piece, with a figure.
fn is_number(cell: &str) -> bool {
    let cell = cell.trim();
    cell.len() <= 40
        && cell.chars().any(|c| c.is_ascii_digit())
        && !cell
            .trim_start_matches(|c: char| !c.is_ascii_digit())
            .contains(' ')
}

/// Returns the kind that a cell names, by any of its names.
fn kind_of(cell: &str, kinds: &DocTypes) -> Option<DocTypeId> {
    let cell = Phrase::from(cell.to_owned());
    if cell.letters().is_empty() {
        return None;
    }
    let same = |name: &str| Phrase::from(name.to_owned()).letters() == cell.letters();
    let found = kinds.kinds().iter().find(|kind| {
        let signs = kind.signs.iter();
        same(kind.id.as_str())
            || same(&kind.name.id)
            || signs
                .clone()
                .any(|sign| sign.words.letters() == cell.letters())
    });
    found.map(|kind| kind.id.clone())
}

/// Returns what a row states.
fn stated(cells: &[String], columns: &Columns, kinds: &DocTypes) -> Wanted {
    let cell = |wanted: Column| {
        let place = columns.iter().find(|(column, _)| *column == wanted);
        let cell = place.and_then(|(_, at)| cells.get(*at));
        cell.map(String::as_str).filter(|cell| !cell.is_empty())
    };
    let year = cell(Column::Year);
    let is_misplaced = year.is_some_and(|year| year_of(year).is_none());
    if columns.is_empty() || is_misplaced {
        return sentence(&shown_row(cells), kinds);
    }
    let own = Wanted {
        kind: cell(Column::Kind).and_then(|kind| kind_of(kind, kinds)),
        number: cell(Column::Number).map(trimmed_cell),
        year: year.and_then(year_of),
        title: cell(Column::Title).unwrap_or_default().to_owned(),
        ..Wanted::default()
    };
    // The whole name may stand in one column: `Perda Nomor 5 Tahun 2022 tentang …`.
    let whole = sentence(&own.title, kinds);
    let title = match whole.number.is_some() {
        true => whole.title,
        false => own.title,
    };
    Wanted {
        kind: own.kind.or(whole.kind),
        number: own.number.or(whole.number),
        year: own.year.or(whole.year),
        title,
        ..Wanted::default()
    }
}

/// Returns a number without the words before it: `Nomor 5` and `No. 5` are 5.
fn trimmed_cell(cell: &str) -> String {
    let words = cell.split_whitespace().collect::<Vec<_>>();
    let first = words
        .iter()
        .position(|word| word.chars().any(|c| c.is_ascii_digit()));
    words
        .get(first.unwrap_or(0)..)
        .unwrap_or_default()
        .join(" ")
}

/// Reads a document's name as the law writes it, or parts of it.
fn sentence(text: &str, kinds: &DocTypes) -> Wanted {
    let read = named(text, kinds);
    let (with_kind, read) = match read.cited {
        Some(_) => (true, read),
        // A citation needs a kind: add one.
        None => (
            false,
            named(&format!("{} {text}", plain_kind_name(kinds)), kinds),
        ),
    };
    match read.cited {
        Some(cited) => Wanted {
            kind: with_kind.then_some(cited.kind),
            number: Some(cited.number),
            year: Some(cited.year),
            title: read.title,
            ..Wanted::default()
        },
        None => Wanted {
            title: text.to_owned(),
            ..Wanted::default()
        },
    }
}

/// Returns the name of a kind with a plain number.
fn plain_kind_name(kinds: &DocTypes) -> &str {
    let plain = kinds
        .kinds()
        .iter()
        .find(|k| k.number == NumberStyle::Plain);
    plain.map_or("", |kind| kind.name.id.as_str())
}

/// Returns a row as one text.
fn shown_row(cells: &[String]) -> String {
    let filled: Vec<&str> = cells
        .iter()
        .map(String::as_str)
        .filter(|cell| !cell.is_empty())
        .collect();
    filled.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(name: &str, text: &str) -> (Columns, Vec<Wanted>) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(name);
        std::fs::write(&file, text).unwrap();
        read(&file, &DocTypes::builtin().unwrap()).unwrap()
    }

    fn parts(wanted: &Wanted) -> (&str, &str, i16, &str) {
        (
            wanted.kind.as_ref().map_or("", DocTypeId::as_str),
            wanted.number.as_deref().unwrap_or(""),
            wanted.year.unwrap_or(0),
            wanted.title.as_str(),
        )
    }

    #[test]
    fn columns_are_taken_by_their_names_in_any_order() {
        use Column::{Kind, Number, Title, Year};
        type Case<'c> = (&'c str, &'c [(Column, usize)], &'c str);
        let title = "Kawasan Tanpa Rokok";
        let cases: [Case; 6] = [
            (
                "judul,nomor,tahun\nKawasan Tanpa Rokok,5,2022\n",
                &[(Title, 0), (Number, 1), (Year, 2)],
                "",
            ),
            (
                "nomor,tahun,judul\n5,2022,Kawasan Tanpa Rokok\n",
                &[(Number, 0), (Year, 1), (Title, 2)],
                "",
            ),
            (
                "No;Jenis;Nomor;Tahun;Tentang\n1;Perbup;5;2022;Kawasan Tanpa Rokok\n",
                &[(Kind, 1), (Number, 2), (Year, 3), (Title, 4)],
                "perkada",
            ),
            (
                "No;Judul;Tahun\n5;Kawasan Tanpa Rokok;2022\n",
                &[(Title, 1), (Year, 2), (Number, 0)],
                "",
            ),
            // No names: what stands there tells.
            (
                "5,2022,Kawasan Tanpa Rokok\n7,2018,Kabupaten Layak Anak\n",
                &[(Number, 0), (Year, 1), (Title, 2)],
                "",
            ),
            (
                "1\tPerda\t5\t2022\tKawasan Tanpa Rokok\n2\tPerda\t7\t2018\tAnak\n",
                &[(Kind, 1), (Number, 2), (Year, 3), (Title, 4)],
                "perda",
            ),
        ];
        for (text, expected, kind) in cases {
            let (columns, wanted) = lines("daftar.csv", text);
            assert_eq!(columns, expected, "{text}");
            assert_eq!(parts(&wanted[0]), (kind, "5", 2022, title), "{text}");
        }
    }

    #[test]
    fn a_whole_name_in_one_column_or_line_is_taken_apart() {
        let whole = "Perda No. 5 Th 2022 ttg Kawasan Tanpa Rokok";
        let kindless = "Nomor 5 Tahun 2022 tentang Kawasan Tanpa Rokok";
        let cases = [
            (format!("No;Judul\n1;{whole}\n2;Lain\n"), "perda"),
            (format!("{whole}\n"), "perda"),
            (format!("{kindless}\n"), ""),
        ];
        for (text, kind) in cases {
            let (_, wanted) = lines("daftar.txt", &text);
            let expected = (kind, "5", 2022, "Kawasan Tanpa Rokok");
            assert_eq!(parts(&wanted[0]), expected, "{text}");
        }
        let (columns, wanted) = lines("daftar.txt", "Kawasan Tanpa Rokok\n");
        assert_eq!(columns, []);
        assert_eq!(parts(&wanted[0]), ("", "", 0, "Kawasan Tanpa Rokok"));
    }

    #[test]
    fn a_row_that_does_not_keep_to_the_columns_is_read_as_a_name() {
        let text = "nomor,tahun,judul\n5,2022,Pajak\nPerda 7/2018,tentang,Anak\n";
        let (_, wanted) = lines("daftar.csv", text);
        assert_eq!(parts(&wanted[1]), ("perda", "7", 2018, "Anak"));
    }

    #[test]
    fn the_marks_between_cells_are_seen() {
        assert_eq!(delimiter("a;b\nc;d\n"), b';');
        assert_eq!(delimiter("jenis,nomor\nPerda,5\n"), b',');
        assert_eq!(delimiter("Perda 5/2022 tentang A, B, dan C\n"), b'\0');
    }
}
