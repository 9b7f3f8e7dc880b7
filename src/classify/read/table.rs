//! The rows of a document's tables: how many there are, and how many were filled in. Columns
//! are lost where text is read line by line; a row tells by its figures whether it is full.

use crate::lexicon::phrase::{Phrase, fold_letter};
use crate::model::{Line, Page, Rows};

/// A head has at least so many words: `No  Nama  Tahun`.
const HEAD_WORDS: usize = 3;
/// Rows are numbered one by one; a number so much further on is another thing.
const SKIPPED: u32 = 2;
/// Digits of the number of a row.
const NUMBER_DIGITS: usize = 4;

/// The tables of a document.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Found<'a> {
    pub(crate) rows: Rows,
    /// The page of the first, and its head.
    pub(crate) head: (u32, &'a Line),
}

/// Counts the rows below heads that begin with `No`.
pub(crate) fn find<'a>(pages: &'a [Page], heads: &[Phrase]) -> Option<Found<'a>> {
    let mut first = None;
    let mut rows = Rows::default();
    let mut table: Vec<Row> = Vec::new();
    let mut reader = Reader::new(heads);
    let lines = pages
        .iter()
        .flat_map(|page| page.lines.iter().map(|line| (page.number, line)));
    for (page, line) in lines {
        let words: Vec<&str> = line.words.iter().map(|word| word.text.as_str()).collect();
        match reader.take(&words) {
            Some(Part::Head) => {
                add(&mut rows, &table);
                table.clear();
                first.get_or_insert((page, line));
            }
            Some(Part::Row(row)) => table.push(row),
            None => {}
        }
    }
    add(&mut rows, &table);
    first.map(|head| Found { rows, head })
}

/// What a line is in a table.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Part {
    Head,
    Row(Row),
}

/// Reads lines in order and tells which are parts of a table.
#[derive(Debug)]
pub(crate) struct Reader<'a> {
    heads: &'a [Phrase],
    /// The number of the last row, 0 for the head; none before the first head.
    last: Option<u32>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(heads: &'a [Phrase]) -> Self {
        Self { heads, last: None }
    }

    /// Takes the words of the next line.
    pub(crate) fn take(&mut self, words: &[&str]) -> Option<Part> {
        if is_head(self.heads, words) {
            self.last = Some(0);
            return Some(Part::Head);
        }
        let last = self.last?;
        let (number, row) = row(words)?;
        let follows = number == 1 || (last + 1..=last + 1 + SKIPPED).contains(&number);
        follows.then(|| {
            self.last = Some(number);
            Part::Row(row)
        })
    }
}

/// What a row holds beside its number.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    words: usize,
    figures: usize,
    /// Dashes, which say that there is nothing to say.
    dashes: usize,
}

/// Adds the rows of one table: each is held against the one with most figures.
fn add(rows: &mut Rows, table: &[Row]) {
    let most = table.iter().map(|row| row.figures).max().unwrap_or(0);
    for row in table {
        if row.words + row.dashes == 0 {
            rows.empty += 1;
        } else if most > 0 && row.figures + row.dashes >= most {
            rows.full += 1;
        } else {
            rows.open += 1;
        }
    }
}

/// Tells whether a line is the head of a table: `No`, and names of columns.
fn is_head(heads: &[Phrase], words: &[&str]) -> bool {
    let letters = |word: &str| word.chars().filter_map(fold_letter).collect::<Vec<u8>>();
    let is_no = |count: usize| {
        let first = words.iter().take(count);
        let first: Vec<u8> = first.flat_map(|word| letters(word)).collect();
        heads.iter().any(|head| head.letters() == first)
    };
    let (Some(first), Some(second)) = (words.first(), words.get(1)) else {
        return false;
    };
    words.len() >= HEAD_WORDS
        && (is_no(1) || is_no(2))
        && !first.ends_with(':')
        && second.starts_with(char::is_alphabetic)
        && words.iter().all(|word| !word.ends_with([';', ',']))
}

/// Reads a row: its number, and what follows. A line that numbers the columns is none.
fn row(words: &[&str]) -> Option<(u32, Row)> {
    let (first, rest) = words.split_first()?;
    let number = number(first)?;
    let is_columns = rest.len() >= HEAD_WORDS - 1
        && (number + 1..)
            .zip(rest)
            .all(|(n, text)| self::number(text) == Some(n));
    let is_figure = |text: &&&str| {
        let bare = text.trim_start_matches(['(', '±', '+', '~']);
        bare.starts_with(|c: char| c.is_ascii_digit())
    };
    let is_dash = |text: &&&str| matches!(**text, "-" | "–" | "—");
    let is_word = |text: &&&str| text.contains(char::is_alphanumeric);
    let row = Row {
        words: rest.iter().filter(is_word).count(),
        figures: rest.iter().filter(is_figure).count(),
        dashes: rest.iter().filter(is_dash).count(),
    };
    (!is_columns).then_some((number, row))
}

/// Reads `12`, `12.`, `(12)`.
fn number(text: &str) -> Option<u32> {
    let bare = text.trim_start_matches('(').trim_end_matches(['.', ')']);
    let is_number =
        bare.len() <= NUMBER_DIGITS && bare.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| bare.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classify::text::stream::tests::page;
    use crate::lexicon::doctype::DocTypes;

    fn rows(text: &str) -> Option<(u32, u32, u32)> {
        let types = DocTypes::builtin().unwrap();
        let pages = [page(text)];
        let found = find(&pages, &types.grammar().lists.heads)?;
        Some((found.rows.full, found.rows.open, found.rows.empty))
    }

    #[test]
    fn a_row_is_full_with_as_many_figures_as_the_fullest() {
        let text = "MATRIKS\nNo Kecamatan 2023 2024 Penyebab\n1 2 3 4 5\n1 Sukamaju 9 6 Putus \
            sekolah\n2 Mekar Jaya 2 - -\n3 Harapan 5 6\n4 Tanjung\n5.\nJumlah 16 12";
        assert_eq!(rows(text), Some((3, 1, 1)));
        // Two tables, each with its own columns; 2023 begins no row.
        let text = "No Nama Jumlah\n1 A 5\n2023 adalah\nNo Nama L P\n1 B 2 3\n2 C 4 5";
        assert_eq!(rows(text), Some((3, 0, 0)));
    }

    #[test]
    fn a_form_nobody_filled_in_has_no_rows() {
        assert_eq!(
            rows("MATRIKS\nNo Kecamatan Jumlah Keterangan"),
            Some((0, 0, 0))
        );
        assert_eq!(rows("No. Nama Instansi\n1.\n2.\n3.\ndst"), Some((0, 0, 3)));
        // Words alone: whether a cell is empty nobody can tell.
        assert_eq!(rows("No Nama Alamat\n1 Budi Sukamaju"), Some((0, 1, 0)));
    }

    #[test]
    fn running_text_has_no_table() {
        for text in [
            "Nomor : 5 Tahun 2024\n1. satu\n2. dua",
            "NOMOR 5 TAHUN 2024\n1. satu 2",
            "1. Ketua 3\n2. Anggota 4",
            "Nomor urut peserta, tanggal lahir dan alamat\n1 Budi 3",
        ] {
            assert_eq!(rows(text), None, "{text}");
        }
    }
}
