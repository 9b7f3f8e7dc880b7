//! Which words of a page decide what a document is: its number and year, its dates, the names
//! under its signatures. The reader looks at these twice, so there may be few of them: a cited
//! law, a row of a table and running text are none.

use super::fuzzy;
use crate::framework::doctype::{Grammar, Phrase, fold_letter};
use crate::model::{Line, LinePart, Rect, Word};
use std::cmp::Reverse;
use std::ops::Range;

/// A line with more words is running text, where numbers and dates are other documents'.
/// `KEPUTUSAN BUPATI X NOMOR 188.45/1/DINAS/2025 TAHUN 2025` has eight.
const MAX_WORDS: usize = 10;
/// A white gap of so many heights of a line parts what stands side by side: the number of a
/// letter and its date.
const GAP: f32 = 2.5;
/// Words after `NOMOR` that may belong to a number, spaces around its slashes included.
const MAX_NUMBER: usize = 9;
/// Words of a name with its titles.
const MAX_NAME: usize = 9;
/// Lines above `NIP` among which the name stands, a rank between them.
const ABOVE: usize = 3;
/// Words in capitals are set as a heading.
const IN_CAPITALS: f32 = 0.8;

/// What a part decides, the most telling first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Decides {
    Number,
    Date,
    Name,
}

/// Returns the parts of a page that decide, the most important first: numbers before dates
/// before names, higher lines before lower ones.
pub fn deciding(lines: &[Line], grammar: &Grammar) -> Vec<LinePart> {
    let mut found: Vec<(Decides, LinePart)> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        for segment in segments(line) {
            let seen = Segment {
                folded: segment.clone().map(|n| folded(line, n)).collect(),
                words: line.words.get(segment.clone()).unwrap_or_default(),
            };
            let from = segment.start;
            let part = |words: Range<usize>| LinePart {
                line: at,
                words: words.start + from..words.end + from,
            };
            if let Some(words) = seen.number(grammar) {
                found.push((Decides::Number, part(words)));
            } else if let Some(words) = seen.date(grammar) {
                found.push((Decides::Date, part(words)));
            } else if let Some(nip) = seen.id_number(grammar) {
                let name = name_above(lines, at, nip, grammar);
                found.extend(name.map(|name| (Decides::Name, name)));
            }
        }
    }
    found.sort_by_key(|(decides, part)| (*decides, part.line, Reverse(part.words.len())));
    found.dedup_by(|a, b| a.1 == b.1);
    found.into_iter().map(|(_, part)| part).collect()
}

/// Returns the runs of words without a wide gap between them.
fn segments(line: &Line) -> Vec<Range<usize>> {
    let height = line.words.iter().filter_map(|word| word.rect);
    let height = height.map(Rect::height).fold(0.0, f32::max);
    let mut segments = Vec::new();
    let mut start = 0;
    for (n, pair) in line.words.windows(2).enumerate() {
        if let [Some(left), Some(right)] = [0, 1].map(|i| pair.get(i)?.rect)
            && right.x0 - left.x1 > GAP * height
        {
            segments.push(start..n + 1);
            start = n + 1;
        }
    }
    segments.push(start..line.words.len());
    segments
}

fn folded(line: &Line, at: usize) -> Vec<u8> {
    let word = line.words.get(at).map_or("", |word| &word.text);
    word.chars().filter_map(fold_letter).collect()
}

/// Some words of a line that stand together, and their letters folded.
struct Segment<'a> {
    words: &'a [Word],
    folded: Vec<Vec<u8>>,
}

impl Segment<'_> {
    /// Returns the words that tell the document's number.
    fn number(&self, grammar: &Grammar) -> Option<Range<usize>> {
        let (at, is_long) = (0..self.words.len()).find_map(|at| {
            let is_long = self.begins(at, &grammar.number);
            let is_short = self.is(at, &grammar.number_short);
            (is_long || is_short).then_some((at, is_long))
        })?;
        let after = at + 1;
        let colon = (at..self.words.len().min(at + 3)).find(|n| self.ends_in_colon(*n));
        let is_heading = is_long
            && self.words.len() <= MAX_WORDS
            && (self.are_capitals() || at == 0 && self.words.len() < MAX_WORDS / 2);
        if colon.is_none() && !is_heading {
            return None;
        }
        // `NOMOR15`: the label cannot be left out.
        let is_glued = self.folded.get(at)?.iter().any(u8::is_ascii_digit);
        let from = if is_glued {
            at
        } else {
            colon.map_or(after, |n| n + 1)
        };
        let to = self.words.len().min(from + MAX_NUMBER);
        Some(from..to)
    }

    /// Returns the words that tell a date: from the day to the year around a month's name, or
    /// what follows `tanggal`.
    fn date(&self, grammar: &Grammar) -> Option<Range<usize>> {
        if self.words.len() > MAX_WORDS {
            return None;
        }
        let label = (0..self.words.len()).find(|at| self.is(*at, &grammar.letter.date));
        let months = || grammar.months.iter().flatten();
        let month = (0..self.words.len()).find(|at| {
            let letters = self.folded.get(*at);
            letters.is_some_and(|letters| months().any(|month| ends(letters, month)))
        });
        let has_digit = |n: usize| {
            let letters = self.folded.get(n);
            letters.is_some_and(|letters| letters.iter().any(u8::is_ascii_digit))
        };
        match (label, month) {
            (None, Some(month)) => {
                let from = month.saturating_sub(1);
                let to = self.words.len().min(month + 2);
                (from..to).any(has_digit).then_some(from..to)
            }
            (Some(label), _) => {
                let from = (label + 1..self.words.len())
                    .find(|n| self.folded.get(*n).is_some_and(|f| !f.is_empty()))?;
                Some(from..self.words.len().min(from + 4))
            }
            (None, None) => None,
        }
    }

    /// Returns the box of the words before an official's number.
    fn id_number(&self, grammar: &Grammar) -> Option<Rect> {
        let words = &grammar.signature.id_numbers;
        let first = self.folded.first()?;
        let is_one = words.iter().any(|words| first.starts_with(words.letters()));
        let boxes = self.words.iter().filter_map(|word| word.rect);
        boxes.reduce(Rect::union).filter(|_| is_one)
    }

    /// Tells whether a word begins with one of some phrases, whatever is glued to it.
    fn begins(&self, at: usize, phrases: &[Phrase]) -> bool {
        let Some(letters) = self.folded.get(at) else {
            return false;
        };
        let is_over = |rest: &[u8]| rest.first().is_none_or(u8::is_ascii_digit);
        phrases.iter().any(|phrase| {
            let hit = fuzzy::prefix(letters, phrase.letters());
            hit.is_some_and(|hit| is_over(letters.get(hit.len..).unwrap_or_default()))
        })
    }

    /// Tells whether a word is one of some phrases.
    fn is(&self, at: usize, phrases: &[Phrase]) -> bool {
        let letters = self.folded.get(at);
        letters.is_some_and(|letters| phrases.iter().any(|p| p.letters() == letters))
    }

    fn ends_in_colon(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|w| w.text.ends_with(':'))
    }

    fn are_capitals(&self) -> bool {
        let letters = self.words.iter().flat_map(|word| word.text.chars());
        let (mut capital, mut all) = (0.0, 0.0);
        for letter in letters.filter(|c| c.is_alphabetic()) {
            all += 1.0;
            capital += f32::from(u8::from(letter.is_uppercase()));
        }
        capital > IN_CAPITALS * all
    }
}

/// Tells whether letters are a month's name, after a day that may be glued to it.
fn ends(letters: &[u8], month: &Phrase) -> bool {
    let name = letters.iter().position(|c| !c.is_ascii_digit());
    let name = name.and_then(|at| letters.get(at..)).unwrap_or_default();
    let hit = fuzzy::prefix(name, month.letters());
    hit.is_some_and(|hit| {
        let rest = name.get(hit.len..).unwrap_or_default();
        rest.iter().all(u8::is_ascii_digit)
    })
}

/// Returns the words above an official's number that are the name.
fn name_above(
    lines: &[Line],
    below: usize,
    nip: Rect,
    grammar: &Grammar,
) -> Option<LinePart> {
    let ranks = &grammar.signature.ranks;
    for line in (below.saturating_sub(ABOVE)..below).rev() {
        let above = lines.get(line)?;
        let Some(words) = under(above, nip) else {
            continue;
        };
        let first = folded(above, words.start);
        let is_rank = |rank: &Phrase| first == rank.letters();
        if !ranks.iter().any(is_rank) {
            return (words.len() <= MAX_NAME).then_some(LinePart { line, words });
        }
    }
    None
}

/// Returns the segment of a line that stands over a box.
fn under(line: &Line, nip: Rect) -> Option<Range<usize>> {
    segments(line).into_iter().find(|segment| {
        let words = line.words.get(segment.clone()).unwrap_or_default();
        let rect = words
            .iter()
            .filter_map(|word| word.rect)
            .reduce(Rect::union);
        rect.is_some_and(|rect| rect.x0 < nip.x1 && nip.x0 < rect.x1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::framework::doctype::DocTypes;
    use crate::model::Ratio;

    /// Sets lines 20 apart, letters 10 wide and 16 high; `~` is a blank as wide as a column.
    fn page(lines: &[&str]) -> Vec<Line> {
        let line = |(row, text): (usize, &&str)| {
            let mut x = 0.0;
            let words = text.split(' ').filter_map(|word| {
                let (from, y) = (x, 20.0 * row as f32);
                x += 10.0 * word.len() as f32 + 8.0;
                if word == "~" {
                    x += 100.0;
                    return None;
                }
                let rect = [from, y, x - 8.0, y + 16.0].into();
                Some(Word::new(word, Some(rect), Ratio::ONE))
            });
            Line::new(words.collect())
        };
        lines.iter().enumerate().map(line).collect()
    }

    /// What is chosen on a page.
    fn chosen(lines: &[&str]) -> Vec<String> {
        let lines = page(lines);
        let kinds = DocTypes::builtin().unwrap();
        let parts = deciding(&lines, kinds.grammar());
        let text = |part: LinePart| {
            let words = lines[part.line].words[part.words].iter();
            words.map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ")
        };
        parts.into_iter().map(text).collect()
    }

    #[test]
    fn numbers_come_first_and_highest_first() {
        for (line, expected) in [
            ("NOMOR 5 TAHUN 2024", "5 TAHUN 2024"),
            ("NOM0R 5 TAHUN 2024", "5 TAHUN 2024"),
            ("KEPUTUSAN BUPATI CONTOH NOMOR : 188/5/2024", "188/5/2024"),
            ("NOMOR15 TAHUN 2024", "NOMOR15 TAHUN 2024"),
            ("Nomor : 005/ 12 /DINSOS", "005/ 12 /DINSOS"),
            ("Nomor 5 Tahun 2024", "5 Tahun 2024"),
            ("No. : 12/SK/2024", "12/SK/2024"),
            ("Nomor SOP : 393/SOP/2022", "393/SOP/2022"),
        ] {
            assert_eq!(chosen(&["atas", line, "bawah"]), [expected], "{line}");
        }
        assert_eq!(
            chosen(&[
                "Contoh, 5 Maret 2024",
                "Nomor : 005/12 ~ 6 Maret 2024",
                "Nomor : 7"
            ]),
            ["005/12", "7", "5 Maret 2024", "6 Maret 2024"]
        );
    }

    #[test]
    fn cited_laws_tables_and_running_text_are_left_alone() {
        let lines = [
            "1. Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah;",
            "Nomor 23 Tahun 2014 tentang Pemerintahan Daerah sebagaimana telah diubah",
            "No Nama Jabatan",
            "3 Siti Kepala Seksi",
            "bahwa rapat yang dilaksanakan pada tanggal 5 Maret 2024 di aula kantor",
            "Nomor Induk Kependudukan wajib dimuat",
        ];
        assert_eq!(chosen(&lines), [""; 0]);
    }

    #[test]
    fn dates_are_read_from_the_day_to_the_year() {
        for (line, expected) in [
            ("pada tanggal 5 Maret 2024", "5 Maret 2024"),
            ("Contoh, 17Nopember 2024", "17Nopember 2024"),
            ("Tanggal : 17-3-2024", "17-3-2024"),
            ("pada tanggal Maret 2024", "Maret 2024"),
        ] {
            assert_eq!(chosen(&[line]), [expected], "{line}");
        }
    }

    #[test]
    fn a_name_stands_above_the_number_of_its_official() {
        let lines = [
            "KEPALA DINAS ~ KEPALA BAGIAN",
            "SITI CONTOH ~ BUDI PERMISALAN",
            "Pembina ~ Penata",
            "NIP. 19700101 ~ NIP. 19800101",
        ];
        assert_eq!(chosen(&lines), ["SITI CONTOH", "BUDI PERMISALAN"]);
    }
}
