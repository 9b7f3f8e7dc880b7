//! Reads what a whole paper says of governments, where no letterhead or heading says whose it
//! is: `DINAS SOSIAL` / `KABUPATEN BANTUL` on a cover, `WAKIL GUBERNUR BALI`, a running head.

use super::{Place, Reader};
use crate::classify::evidence::rule;
use crate::classify::text::stream::Stream;
use crate::lexicon::doctype::{Grammar, Level, LevelWords};
use crate::lexicon::phrase::Phrase;
use std::ops::Range;

/// Letters of a paper that are read: three full pages.
const READ_LETTERS: usize = 6000;
/// Lines from the top of the first page that may be a letterhead or a title.
const TOP_LINES: usize = 10;
/// Share of capitals of a line set as a letterhead is.
const CAPITALS: f32 = 0.7;
/// Lines above one in which its street may begin.
const STREET: usize = 2;
/// Lines above one in which its addressee may begin.
const ADDRESSED: usize = 2;

/// How a government is named, from the least to the most telling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Telling {
    /// With its level only.
    Named,
    /// As that of an office, or by its head.
    Held,
    /// In capitals at the top.
    Top,
    /// Both.
    Letterhead,
}

/// What speaks for a government being the issuer.
#[expect(clippy::struct_excessive_bools, reason = "each is evidence of its own")]
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Evidence {
    /// How it is named where that tells most.
    pub(crate) telling: Telling,
    /// How often it is named.
    pub(crate) count: usize,
    /// How often as one that holds an office.
    pub(crate) held: usize,
    /// How the strongest other government is named; the province around it is no other.
    pub(crate) other: Option<Telling>,
    /// Whether the paper goes to someone: the government may be theirs.
    pub(crate) is_addressed: bool,
    /// Whether OCR read it: on a poster any line may be in capitals at the top.
    pub(crate) is_ocr: bool,
    /// Whether it is a law, whose title may be about the government.
    pub(crate) is_law: bool,
    /// Whether its name stands before a day, too: `Kediri, 4 Mei 2018`.
    pub(crate) is_placed: bool,
    /// Whether its name stands in an address only.
    pub(crate) is_address: bool,
    /// Whether it heads a table of its own parts, each with its code below the government's.
    pub(crate) is_coded: bool,
}

impl Evidence {
    /// Returns how sure this makes the government, before OCR's doubts. The figures are
    /// judgements, held against the papers of `id_local`.
    pub(crate) fn confidence(&self) -> f32 {
        let is_own = !self.is_addressed && !self.is_law;
        let is_said_again = self.count >= 2 && is_own;
        match (self.telling, self.other) {
            (Telling::Letterhead, None) => 0.93,
            (Telling::Letterhead, Some(other)) if other < Telling::Top => 0.88,
            (_, Some(_)) => 0.6,
            (Telling::Top, None) if self.is_coded => 0.9,
            (Telling::Top, None) if is_said_again => 0.85,
            (Telling::Top, None) if !self.is_ocr && is_own => 0.81,
            (Telling::Held, None) if is_said_again && self.held >= 2 => 0.82,
            _ => 0.74,
        }
    }

    /// Returns the rule that this makes, with all that was found.
    pub(crate) fn rule(&self) -> String {
        let telling = match self.telling {
            Telling::Named => "named",
            Telling::Held => "held",
            Telling::Top => "top",
            Telling::Letterhead => "letterhead",
        };
        let found = [
            (true, telling),
            (self.count >= 2, "again"),
            (self.held >= 2, "held_again"),
            (self.other.is_some(), "other"),
            (self.other >= Some(Telling::Held), "other_held"),
            (self.is_addressed, "addressed"),
            (self.is_law, "law"),
            (self.is_placed, "placed"),
            (self.is_address, "address"),
            (self.is_coded, "coded"),
        ];
        rule("issuer.named", &found)
    }
}

struct Mention<'r> {
    place: Place<'r>,
    telling: Telling,
    is_address: bool,
}

/// Finds the government that a paper names most tellingly, then most often.
pub(crate) fn find<'r>(reader: &Reader<'_, '_, 'r>) -> Option<(Place<'r>, Evidence)> {
    let listener = Listener {
        reader,
        top: top(reader.stream),
    };
    let mentions = listener.mentions();
    let count = |place: &Place, is: fn(Telling) -> bool| {
        let own = mentions.iter().filter(|m| is(m.telling));
        own.filter(|m| m.place.name.code == place.name.code).count()
    };
    let weight = |m: &&Mention| {
        let is_province = m.place.name.level == Level::Province;
        (m.telling, !is_province, count(&m.place, |_| true))
    };
    // Of equals the first speaks.
    let best = mentions.iter().rev().max_by_key(weight)?;
    let others = mentions.iter().filter(|m| {
        // A province speaks of its regencies.
        let is_within = is_around(&best.place, &m.place) && m.telling < best.telling;
        !is_around(&m.place, &best.place) && !is_within
    });
    let grammar = reader.grammar;
    let evidence = Evidence {
        telling: best.telling,
        count: count(&best.place, |_| true),
        held: count(&best.place, |telling| {
            matches!(telling, Telling::Held | Telling::Letterhead)
        }),
        other: others.map(|m| m.telling).max(),
        is_addressed: listener.is_addressed(grammar),
        is_ocr: reader.stream.is_ocr,
        is_law: false,
        is_placed: listener.is_placed(&best.place),
        is_address: mentions
            .iter()
            .filter(|m| m.place.name.code == best.place.name.code)
            .all(|m| m.is_address),
        is_coded: listener.is_coded(&best.place),
    };
    Some((best.place.clone(), evidence))
}

/// Tells whether a government is the other, or the province around it.
fn is_around(place: &Place, inner: &Place) -> bool {
    match (&place.name.code, &inner.name.code) {
        (Some(code), Some(inner)) => inner.as_str().starts_with(code.as_str()),
        (one, other) => one == other,
    }
}

/// Returns the figures of a code, without the points between them.
fn figures(code: &str) -> String {
    code.chars().filter(char::is_ascii_digit).collect()
}

/// Returns the letters of the first lines of the first page.
fn top(stream: &Stream) -> Range<usize> {
    let last = stream.line_starts(0..stream.len()).take(TOP_LINES).last();
    0..last.map_or(0, |at| stream.line_end(at))
}

struct Listener<'l, 's, 'a, 'r> {
    reader: &'l Reader<'s, 'a, 'r>,
    top: Range<usize>,
}

impl<'r> Listener<'_, '_, '_, 'r> {
    fn mentions(&self) -> Vec<Mention<'r>> {
        let stream = self.reader.stream;
        let grammar = self.reader.grammar;
        let mut found = Vec::new();
        let mut from = 0;
        let reach = stream.len().min(READ_LETTERS);
        for at in stream.word_starts(0..reach) {
            if at < from || !stream.is_capital(at) {
                continue;
            }
            let by = |words: &[LevelWords]| self.reader.after_words(at, words);
            let held = by(&grammar.letterheads).or_else(|| by(&grammar.roles));
            let is_held = held.is_some();
            let Some(place) = held.or_else(|| by(&grammar.levels)) else {
                continue;
            };
            from = place.at.end;
            let is_clear = !place.is_contested && place.at.is_nearly_exact();
            if is_clear && !self.is_addressee(at) {
                let is_held = is_held || self.is_of_office(at);
                let is_address = self.is_address(at);
                let telling = match (is_held, self.is_top(at)) {
                    _ if is_address => Telling::Named,
                    (true, true) => Telling::Letterhead,
                    (false, true) => Telling::Top,
                    (true, false) => Telling::Held,
                    (false, false) => Telling::Named,
                };
                found.push(Mention {
                    place,
                    telling,
                    is_address,
                });
            }
        }
        found
    }

    fn is_top(&self, at: usize) -> bool {
        let stream = self.reader.stream;
        let line = stream.line_start(at)..stream.line_end(at);
        self.top.contains(&at) && stream.capitals(line) >= CAPITALS
    }

    /// Tells whether an office stands before the government, on its line or the line above.
    fn is_of_office(&self, at: usize) -> bool {
        let stream = self.reader.stream;
        let from = stream.line_start(stream.line_start(at).saturating_sub(1));
        self.has_word(from..at, &self.reader.grammar.units)
    }

    /// Tells whether a street stands before the government, on its line or one just above.
    fn is_address(&self, at: usize) -> bool {
        let stream = self.reader.stream;
        let streets = &self.reader.grammar.street;
        let mut from = stream.line_start(at);
        let is_street = |at: usize| stream.is_word(at, streets);
        if stream.word_starts(from..at).any(is_street) {
            return true;
        }
        (0..STREET).any(|_| {
            from = stream.line_start(from.saturating_sub(1));
            is_street(from)
        })
    }

    /// Tells whether the name of a government is that of the place where the paper was made.
    fn is_placed(&self, place: &Place) -> bool {
        let stream = self.reader.stream;
        let name = place.name.words.letters();
        let is_day = |at: usize| {
            let text = stream.token(at).map_or("", |token| &token.word.text);
            let begins = |month: &Vec<Phrase>| stream.is_word(at, month);
            text.starts_with(|c: char| c.is_ascii_digit() || c == '.')
                || self.reader.grammar.months.iter().any(begins)
        };
        stream.word_starts(0..stream.len()).any(|at| {
            let end = at + name.len();
            let last = end.checked_sub(1).and_then(|last| stream.token(last));
            stream.folded(at..end) == name
                && last.is_some_and(|token| token.word.text.ends_with(','))
                && is_day(end)
        })
    }

    /// Tells whether the code of a government stands before its name and begins the codes of
    /// several lines below: `3402 KABUPATEN BANTUL`, `3402011001 …`. Such a table is the
    /// government's own, or of nobody who says so.
    fn is_coded(&self, place: &Place) -> bool {
        /// Figures of a regency's code; those of a province begin many numbers.
        const REGENCY: usize = 4;
        /// Districts of the smallest regency.
        const PARTS: usize = 3;
        let stream = self.reader.stream;
        let Some(code) = place.name.code.as_ref().map(|code| figures(code.as_str()))
        else {
            return false;
        };
        let starts = |line: &Range<usize>, is: &dyn Fn(&str) -> bool| {
            let words = line.clone().filter_map(|n| stream.word(n));
            words
                .take_while(|token| !token.word.text.contains(char::is_alphabetic))
                .any(|token| is(&figures(&token.word.text)))
        };
        let own = stream.token_index(place.at.start);
        let lines = stream.lines();
        let is_own = |line: &&Range<usize>| line.contains(&own);
        let is_headed = lines
            .iter()
            .find(is_own)
            .is_some_and(|line| starts(line, &|word| word == code));
        let is_part =
            |word: &str| word.len() > code.len() && word.starts_with(code.as_str());
        let parts = lines.iter().filter(|line| starts(line, &is_part)).count();
        code.len() >= REGENCY && is_headed && parts >= PARTS
    }

    /// Tells whether the line of a government, or one just above, says whom the paper goes to.
    fn is_addressee(&self, at: usize) -> bool {
        let stream = self.reader.stream;
        let mut from = stream.line_start(at);
        for _ in 0..ADDRESSED {
            from = stream.line_start(from.saturating_sub(1));
        }
        self.has_word(from..at, &self.reader.grammar.letter.addressee)
    }

    fn has_word(&self, range: Range<usize>, words: &[Phrase]) -> bool {
        let stream = self.reader.stream;
        stream
            .word_starts(range)
            .any(|at| stream.is_word(at, words))
    }

    fn is_addressed(&self, grammar: &Grammar) -> bool {
        let end = self.reader.stream.len().min(READ_LETTERS);
        self.has_word(0..end, &grammar.letter.addressee)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classify::text::stream::tests::page;
    use crate::lexicon::doctype::DocTypes;
    use crate::lexicon::region::Regions;

    fn government(text: &str) -> Option<(String, bool)> {
        let types = DocTypes::builtin().unwrap();
        let regions = Regions::builtin().unwrap();
        let page = page(text);
        let stream = Stream::new([&page]);
        let reader = Reader {
            stream: &stream,
            regions: &regions,
            grammar: types.grammar(),
        };
        let (place, evidence) = find(&reader)?;
        Some((place.name.full.clone(), evidence.confidence() >= 0.8))
    }

    #[test]
    fn an_office_and_its_government_are_a_letterhead() {
        for (text, expected) in [
            (
                "DINAS KESEHATAN KABUPATEN AGAM\nUPTD PUSKESMAS",
                "Kabupaten Agam",
            ),
            ("SOP\nDINAS KOMUNIKASI\nKOTA SINGKAWANG", "Kota Singkawang"),
            ("WAKIL GUBERNUR BALI\nDenpasar, 4 Mei 2024", "Provinsi Bali"),
            (
                "PROFIL\nPROVINSI BALI TAHUN 2024\nDINAS SOSIAL PROVINSI BALI",
                "Provinsi Bali",
            ),
        ] {
            let expected = Some((expected.to_owned(), true));
            assert_eq!(government(text), expected, "{text}");
        }
    }

    #[test]
    fn a_government_that_is_only_spoken_of_is_unsure() {
        for text in [
            "Sosialisasi di Kabupaten Agam tahun ini",
            "DINAS SOSIAL KABUPATEN AGAM\nDINAS SOSIAL KOTA SINGKAWANG",
        ] {
            let found = government(text);
            assert!(found.is_some_and(|(_, is_sure)| !is_sure), "{text}");
        }
        let addressed = "Kepada\nYth. Kepala Dinas Sosial\nKabupaten Agam";
        assert_eq!(government(addressed), None);
    }
}
