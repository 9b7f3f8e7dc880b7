//! Path hints: takes a path and the facts, gives which questions, indicators, section and level
//! they name. Apart because names of files and folders are claims by a person, who
//! may have filed a paper wrongly: they support or doubt, they never decide.

use crate::lexicon::analysis;
use crate::lexicon::words::words as lexicon;
use crate::link::compiled::{CompiledFramework, CompiledQuestion};
use crate::model::{DocTypeId, DocumentFacts, Extraction, Line};
use std::collections::BTreeSet;

/// Lines of a letterhead: government, office, district, village.
const LETTERHEAD_LINES: usize = 5;
/// Words of a line of it that names an office: `KECAMATAN` and a name of three words.
const LETTERHEAD_WORDS: usize = 4;
/// Letters from which one of them may be misread: `kecamatan`, `kelurahan`; not `desa`.
const MENDED_FROM: usize = 8;
/// Letters from which a word may stand for a level it begins (`Kec.`, `Kel.`).
const LEVEL_SHORT: usize = 3;

/// What the names of file and folders claim, and the level that kind, letterhead or issuer name.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct PathHints {
    /// Questions whose code stands in the path, by index.
    pub questions: BTreeSet<usize>,
    /// Questions that share the code in the path, by index (`19.2` for 2a to 2e).
    pub families: BTreeSet<usize>,
    /// Indicators named in the path, by index; the deepest folder counts.
    pub indicators: BTreeSet<usize>,
    /// The lettered part named in the path, in lower case.
    pub part: Option<String>,
    /// The number of the section named in the path.
    pub section: Option<u32>,
    /// The level the document belongs to, by index, where kind, issuer or folder say it.
    pub level: Option<usize>,
}

impl PathHints {
    /// Reads path and facts.
    pub fn read(
        compiled: &CompiledFramework,
        facts: &DocumentFacts,
        extraction: &Extraction,
        path: &str,
    ) -> Self {
        let mut hints = Self::default();
        let mut names = path.split('/').peekable();
        while let Some(name) = names.next() {
            let is_file = names.peek().is_none();
            let parts = split(name);
            hints.read_section(&parts);
            hints.read_indicator(compiled, &parts, is_file);
            hints.read_questions(compiled, name, &parts, is_file);
            if let Some(level) = level_named(compiled, &parts) {
                hints.level = Some(level);
            }
        }
        let issuer = facts
            .issuer
            .value()
            .map(|issuer| split(&issuer.government.name));
        let by_issuer = issuer.and_then(|name| level_named(compiled, &name));
        let by_kind = facts
            .kind
            .value()
            .and_then(|kind| level_of_kind(compiled, &kind.id));
        let by_letterhead = level_of_letterhead(compiled, extraction);
        hints.level = by_kind.or(by_letterhead).or(by_issuer).or(hints.level);
        hints
    }

    /// Tells whether the path carries a question's code, alone or with others.
    pub fn names(&self, question: usize) -> bool {
        self.questions.contains(&question) || self.families.contains(&question)
    }

    /// Tells whether the path names a question's indicator, and its part where it names one.
    pub fn files_under(&self, question: &CompiledQuestion) -> bool {
        let part_fits = self.part.is_none() || self.part == question.part;
        part_fits && self.indicators.contains(&question.indicator)
    }

    fn read_section(&mut self, parts: &[Part]) {
        for (at, part) in parts.iter().enumerate() {
            if lexicon().paths.section.contains(&part.text)
                && let Some(number) = parts.get(at + 1).and_then(Part::number_or_roman)
            {
                self.section = Some(number);
            }
        }
    }

    fn read_indicator(
        &mut self,
        compiled: &CompiledFramework,
        parts: &[Part],
        is_file: bool,
    ) {
        let words = &lexicon().paths.indicator;
        for (at, part) in parts.iter().enumerate() {
            let fused = words
                .iter()
                .find_map(|word| part.text.strip_prefix(word.as_str()))
                .filter(|rest| !rest.is_empty());
            let named = if words.contains(&part.text) {
                parts.get(at + 1).and_then(Part::numbered)
            } else if let Some(rest) = fused {
                Part::bare(rest).numbered()
            } else if at == 0 && !is_file && self.section.is_some() {
                part.numbered().filter(|(_, tail)| tail.len() <= 1)
            } else {
                None
            };
            if let Some((number, tail)) = named {
                self.name_indicator(compiled, number, &tail);
            }
        }
    }

    fn name_indicator(&mut self, compiled: &CompiledFramework, number: u32, tail: &str) {
        let named = compiled.indicators.iter().enumerate();
        let named: BTreeSet<usize> = named
            .filter(|(_, indicator)| indicator.number == number)
            .map(|(at, _)| at)
            .collect();
        if !named.is_empty() {
            self.indicators = named;
            self.part = (!tail.is_empty()).then(|| format!("{number}{tail}"));
        }
    }

    fn read_questions(
        &mut self,
        compiled: &CompiledFramework,
        name: &str,
        parts: &[Part],
        is_file: bool,
    ) {
        let folded = name.to_lowercase();
        let spelled = compiled.questions.iter().enumerate();
        self.questions.extend(
            spelled
                .filter(|(_, q)| has_code(&folded, &q.id.as_str().to_lowercase()))
                .map(|(at, _)| at),
        );
        let mut before: Option<usize> = None;
        for at in 0..parts.len() {
            let found = parts.get(at..).and_then(|rest| code(compiled, at, rest));
            let Some(found) = found else {
                continue;
            };
            let last = found.last().copied();
            let ranges = parts.get(at).is_some_and(|part| part.gap.contains('-'));
            if let (Some(first), Some(last)) = (before.filter(|_| ranges), last) {
                self.questions.extend(first..last);
            }
            if let Some(question) = last.and_then(|last| compiled.questions.get(last)) {
                self.indicators = BTreeSet::from([question.indicator]);
            }
            if found.len() > 1 {
                self.families.extend(found);
            } else {
                self.questions.extend(found);
            }
            before = last;
        }
        if is_file && self.questions.is_empty() && self.families.is_empty() {
            let named_question = parts.first().and_then(|first| {
                let next = parts.get(1);
                question_called(first, next)
            });
            self.families
                .extend(named_question.iter().flat_map(|named_question| {
                    let all = compiled.questions.iter().enumerate();
                    let here =
                        all.filter(|(_, q)| self.indicators.contains(&q.indicator));
                    here.filter(|(_, q)| named_question.names(q))
                        .map(|(at, _)| at)
                }));
        }
    }
}

/// A question called by a part of its number.
enum Called {
    Number(String),
    Letter(String),
}

impl Called {
    fn names(&self, question: &CompiledQuestion) -> bool {
        match self {
            Self::Number(number) => question.number == *number,
            Self::Letter(letter) => {
                let tail = question
                    .number
                    .trim_start_matches(|c: char| c.is_ascii_digit());
                !tail.is_empty() && tail == letter
            }
        }
    }
}

/// Reads `pertanyaan-2`, `q3a` or `k.` at the start of a file name.
fn question_called(first: &Part, next: Option<&Part>) -> Option<Called> {
    let words = &lexicon().paths;
    if words.question.contains(&first.text) {
        let (number, tail) = next?.numbered()?;
        return Some(Called::Number(format!("{number}{tail}")));
    }
    if let Some(rest) = first.text.strip_prefix(words.question_letter)
        && let Some((number, tail)) = Part::bare(rest).numbered()
    {
        return Some(Called::Number(format!("{number}{tail}")));
    }
    let letters =
        first.text.len() <= 2 && first.text.bytes().all(|b| b.is_ascii_lowercase());
    let closed = next.is_some_and(|part| part.gap.starts_with(['.', ')']));
    (letters && closed).then(|| Called::Letter(first.text.clone()))
}

/// Tells whether a code stands in a name and does not run on into a longer one.
fn has_code(name: &str, code: &str) -> bool {
    name.match_indices(code).any(|(at, _)| {
        let next = name
            .get(at + code.len()..)
            .and_then(|rest| rest.chars().next());
        next.is_none_or(|c| !c.is_alphanumeric())
    })
}

/// Reads a code such as `17.2`, `17.Q3`, `1.2.f`, `21A.4a` or `VI.1` at the start of `rest`;
/// `at` is where in the name that is. Gives the questions, at least one.
fn code(compiled: &CompiledFramework, at: usize, rest: &[Part]) -> Option<Vec<usize>> {
    let [first, second, ..] = rest else {
        return None;
    };
    let roman = || Some((first.roman()?, String::new())).filter(|_| at == 0);
    let (number, part) = first.numbered().or_else(roman)?;
    let letter = lexicon().paths.question_letter;
    let is_question = second.text.starts_with(letter);
    let joined = match second.gap.as_str() {
        "." => true,
        "-" | "_" => at == 0 || is_question,
        _ => false,
    };
    let (question_number, tail) =
        Part::bare(second.text.strip_prefix(letter).unwrap_or(&second.text))
            .numbered()?;
    let third = rest.get(2);
    let is_date = third.is_some_and(|third| {
        third.gap == second.gap && third.text.bytes().all(|b| b.is_ascii_digit())
    });
    let inside = at > 0 && first.gap == ".";
    if !joined || is_date || inside {
        return None;
    }
    let letter = third.filter(|third| {
        let short =
            third.text.len() <= 2 && third.text.bytes().all(|b| b.is_ascii_alphabetic());
        third.gap == "." && tail.is_empty() && short
    });
    let with_letter = letter.map(|letter| format!("{question_number}{}", letter.text));
    let short = format!("{question_number}{tail}");
    let part = (!part.is_empty()).then(|| format!("{number}{part}"));
    let find = |fits: &dyn Fn(&str) -> bool| -> Vec<usize> {
        let all = compiled.questions.iter().enumerate();
        let found = all.filter(|(_, question)| {
            let indicator = compiled.indicators.get(question.indicator);
            indicator.is_some_and(|indicator| indicator.number == number)
                && fits(&question.number)
                && (part.is_none() || question.part == part)
        });
        found.map(|(at, _)| at).collect()
    };
    // `19.2` names all of 2a to 2e where there is no plain 2.
    let lettered = |number: &str| {
        let tail = number.strip_prefix(short.as_str()).unwrap_or_default();
        !tail.is_empty() && tail.bytes().all(|b| b.is_ascii_lowercase())
    };
    let long = with_letter.map(|wanted| find(&|number| number == wanted));
    let readings = [
        long.unwrap_or_default(),
        find(&|number| number == short),
        find(&lettered),
    ];
    readings.into_iter().find(|found| !found.is_empty())
}

/// A word of a name, folded, with the signs before it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    text: String,
    gap: String,
}

impl Part {
    fn bare(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            gap: String::new(),
        }
    }

    /// Reads `17`, `04` or `21a`: one or two digits and at most two letters.
    fn numbered(&self) -> Option<(u32, String)> {
        let tail = self.text.trim_start_matches(|c: char| c.is_ascii_digit());
        let digits = self.text.strip_suffix(tail)?;
        let letters = tail.len() <= 2 && tail.bytes().all(|b| b.is_ascii_lowercase());
        if digits.len() > 2 || !letters {
            return None;
        }
        Some((digits.parse().ok()?, tail.to_owned()))
    }

    /// Reads a Roman number up to `xxxix`.
    fn roman(&self) -> Option<u32> {
        let (mut sum, mut last) = (0, 0);
        for letter in self.text.chars().rev() {
            let value = match letter {
                'i' => 1,
                'v' => 5,
                'x' => 10,
                _ => return None,
            };
            if value < last {
                sum -= value;
            } else {
                sum += value;
                last = value;
            }
        }
        u32::try_from(sum).ok().filter(|&n| n > 0)
    }

    fn number_or_roman(&self) -> Option<u32> {
        self.numbered().map(|(n, _)| n).or_else(|| self.roman())
    }
}

/// Splits a name into its words.
fn split(name: &str) -> Vec<Part> {
    let mut done = 0;
    let mut parts = Vec::new();
    for token in analysis::tokens(name) {
        let gap = name.get(done..token.range.start).unwrap_or_default();
        done = token.range.end;
        parts.push(Part {
            text: token.folded,
            gap: gap.trim().to_owned(),
        });
    }
    parts
}

/// Returns the level a name begins with (`Desa - Mekarsari`, `Kec. Sukamaju`), unless it
/// names several.
fn level_named(compiled: &CompiledFramework, parts: &[Part]) -> Option<usize> {
    let first = parts
        .first()
        .filter(|part| part.text.len() >= LEVEL_SHORT)?;
    let is = |words: &[String], text: &str| words.iter().any(|word| word == text);
    let mut named = compiled.levels.iter().enumerate();
    let level = named.find(|(_, words)| {
        let begins = |word: &String| word.starts_with(&first.text);
        is(words, &first.text)
            || parts.get(1).is_some_and(|next| next.gap.starts_with('.'))
                && words.iter().any(begins)
    })?;
    let others = compiled
        .levels
        .iter()
        .enumerate()
        .filter(|(at, _)| *at != level.0);
    let mixed = others
        .flat_map(|(_, words)| words)
        .any(|word| parts.iter().any(|part| part.text == *word));
    (!mixed).then_some(level.0)
}

/// Corrects a first word in which one letter of a level's name was misread.
fn corrected(compiled: &CompiledFramework, mut parts: Vec<Part>) -> Vec<Part> {
    let long = |word: &&String| word.len() >= MENDED_FROM;
    if let Some(first) = parts.first_mut() {
        let mut words = compiled.levels.iter().flatten().filter(long);
        let meant = words.find(|word| strsim::osa_distance(word, &first.text) == 1);
        if let Some(word) = meant {
            first.text.clone_from(word);
        }
    }
    parts
}

/// Returns the lowest level that a line of the letterhead names: `KECAMATAN SUKAJAYA`.
fn level_of_letterhead(
    compiled: &CompiledFramework,
    extraction: &Extraction,
) -> Option<usize> {
    let page = extraction
        .pages
        .iter()
        .find(|page| !page.lines.is_empty())?;
    let lines = page.lines.iter().take(LETTERHEAD_LINES).map(Line::text);
    let names = lines.filter(|text| {
        let in_capitals = text.chars().all(|c| !c.is_lowercase() && !c.is_numeric());
        in_capitals && text.split_whitespace().count() <= LETTERHEAD_WORDS
    });
    // The first level, the government's own, is in every letterhead below it.
    names
        .filter_map(|text| level_named(compiled, &corrected(compiled, split(&text))))
        .filter(|level| *level > 0)
        .max()
}

/// Returns the level whose questions alone accept a kind, where it is a lower one.
fn level_of_kind(compiled: &CompiledFramework, kind: &DocTypeId) -> Option<usize> {
    let mut levels: Vec<usize> = compiled
        .questions
        .iter()
        .filter(|question| question.kinds.contains(kind))
        .flat_map(|question| question.levels.iter().copied())
        .collect();
    levels.sort_unstable();
    levels.dedup();
    match levels.as_slice() {
        [only] if *only > 0 => Some(*only),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::framework::Framework;
    use crate::model::MediaType;
    use std::sync::LazyLock;

    fn read(path: &str) -> (String, PathHints) {
        static PLAN: LazyLock<CompiledFramework> =
            LazyLock::new(|| CompiledFramework::new(&Framework::builtin().unwrap()));
        let compiled = &*PLAN;
        let hints = PathHints::read(
            compiled,
            &DocumentFacts::default(),
            &Extraction::without_pages(MediaType::Pdf),
            path,
        );
        let document = hints.questions.iter().chain(&hints.families);
        let names: Vec<String> = document
            .map(|at| {
                let question = &compiled.questions[*at];
                let number = compiled.indicators[question.indicator].number;
                let part = question.part.clone().unwrap_or(number.to_string());
                format!("{part}.{}", question.number)
            })
            .collect();
        (names.join(" "), hints)
    }

    #[test]
    fn codes_are_read_the_ways_people_write_them() {
        for (path, expected) in [
            ("a/17.Q3a laporan.pdf", "17.3a"),
            ("a/17.2 Perda.pdf", "17.2"),
            ("a/1.2.f Perbup.pdf", "1.2f"),
            ("a/3.1d PKS.pdf", "3.1d"),
            ("a/21A.4a SOP.pdf", "21a.4a"),
            ("a/VI.1 SK FAD 2023-2025.pdf", "6.1"),
            ("a/8.1.SK PUSPAGA.pdf", "8.1"),
            ("a/13.1-13.3 rekap Agustus 2024.pdf", "13.1 13.2 13.3"),
            ("a/17.5 dan 17.6 Surat.pdf", "17.5 17.6"),
            ("a/Matriks 7.1 dispensasi.xlsx", "7.1"),
            ("a/KLA24-17-Q2_scan.pdf", "17.2"),
            ("klaster-i/indikator-5/pertanyaan-2_apakah.pdf", "5.2"),
            ("Indikator 1/k. Instruksi RASS.pdf", "1.2k 1.3k"),
            ("a/19.2 SK SRA.pdf", "19.2a 19.2b 19.2c 19.2d 19.2e"),
            ("a/BA diversi 12-8-2024.pdf", ""),
            ("a/rapat 14.05.2024 08.00 WIB.pdf", ""),
            ("a/IMG_20240810_093015.jpg", ""),
            ("a/Perda No 5 Th 2022.pdf", ""),
        ] {
            assert_eq!(read(path).0, expected, "{path}");
        }
    }

    #[test]
    fn folders_name_section_indicator_and_level() {
        for (path, section, indicators, part, level) in [
            ("Klaster III/Ind.17 KTR/a.pdf", Some(3), 1, None, None),
            ("KLASTER IV PENDIDIKAN/18/a.pdf", Some(4), 1, None, None),
            ("Klaster 5/24A diversi/a.pdf", Some(5), 1, Some("24a"), None),
            ("2024/11/a.pdf", None, 0, None, None),
            (
                "Kecamatan & Desa/Desa - Mekarsari/a.pdf",
                None,
                0,
                None,
                Some(2),
            ),
            (
                "Kecamatan & Desa/Kec. Sukamaju/a.pdf",
                None,
                0,
                None,
                Some(1),
            ),
        ] {
            let (_, hints) = read(path);
            let document = (
                hints.section,
                hints.indicators.len(),
                hints.part.as_deref(),
                hints.level,
            );
            assert_eq!(document, (section, indicators, part, level), "{path}");
        }
    }

    #[test]
    fn a_letterhead_tells_the_level() {
        let framework = Framework::builtin().unwrap();
        let compiled = CompiledFramework::new(&framework);
        let level = |head: &str| {
            let mut page = crate::model::Page::empty(1, None);
            page.lines = head.lines().map(Line::plain).collect();
            let mut extraction = Extraction::without_pages(MediaType::Pdf);
            extraction.pages.push(page);
            level_of_letterhead(&compiled, &extraction)
        };
        assert_eq!(level("PEMERINTAH KABUPATEN X\nDINAS KESEHATAN"), None);
        assert_eq!(level("PEMERINTAH KABUPATEN X\nKECAMATAN SUKAJAYA"), Some(1));
        let desa = "PEMERINTAH KABUPATEN X\nKECAMATAN SUKAJAYA\nDESA SUKAMAJU";
        assert_eq!(level(desa), Some(2));
        assert_eq!(level("KECAMTAN SUKAJAYA"), Some(1));
        let address = "DINAS SOSIAL\nDesa Sukamaju Kecamatan Sukajaya 55711";
        assert_eq!(level(address), None);
    }
}
