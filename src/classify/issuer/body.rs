//! Reads who issued a paper that no regional government did: the ministry, court, university or
//! other body that its letterhead names.

use crate::classify::evidence::rule;
use crate::classify::text::stream::{Hit, Stream};
use crate::lexicon::doctype::{BodyWords, Grammar};
use crate::lexicon::phrase::Phrase;
use std::ops::Range;

/// Lines from the top of a page among which a letterhead stands: scans have noise above it.
const LINES: usize = 10;
/// Lines of a letterhead down to its address.
const TO_ADDRESS: usize = 5;
/// Lines from the top in which nothing but a letterhead begins.
const FIRST: usize = 3;
/// Words of the longest name of a body.
const WORDS: usize = 10;
/// Lines below the police's own name that say which of its offices it is.
const UNITS: usize = 3;

/// What speaks for a body being the issuer.
#[expect(clippy::struct_excessive_bools, reason = "each is evidence of its own")]
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Evidence {
    /// The name of the nation follows: `KEMENTERIAN AGAMA REPUBLIK INDONESIA`.
    pub(crate) has_nation: bool,
    /// An address stands below.
    pub(crate) has_address: bool,
    /// It is among the first lines.
    pub(crate) is_first: bool,
    /// Its name stands on the page again.
    pub(crate) is_repeated: bool,
}

impl Evidence {
    /// Returns how sure this makes the body, before OCR's doubts. A name alone may be anyone's:
    /// of a sponsor, of who is written about. The weights are judgements.
    pub(crate) fn confidence(self) -> f32 {
        let weights = [
            (self.has_nation, 0.14),
            (self.has_address, 0.14),
            (self.is_first, 0.06),
            (self.is_repeated, 0.08),
        ];
        let sum: f32 = weights.iter().filter(|(is, _)| *is).map(|(_, w)| w).sum();
        (0.72 + sum).min(0.96)
    }

    /// Returns the rule that this makes, with all that was found.
    pub(crate) fn rule(self) -> String {
        let found = [
            (self.has_nation, "nation"),
            (self.has_address, "address"),
            (self.is_first, "first"),
            (self.is_repeated, "again"),
        ];
        rule("issuer.body", &found)
    }
}

/// A body named in a letterhead.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Body {
    pub(crate) name: String,
    pub(crate) range: Range<usize>,
    /// What reading its first words cost, by letter.
    pub(crate) cost: f32,
    pub(crate) evidence: Evidence,
}

/// Reads the body that the letterhead of the first page names: the most particular one.
pub(crate) fn find(stream: &Stream, grammar: &Grammar) -> Option<Body> {
    let lines: Vec<usize> = stream.line_starts(0..stream.len()).take(LINES).collect();
    let is_over = |at: &&usize| {
        let letter = &grammar.letter;
        let ends = [
            &letter.number,
            &letter.subject,
            &letter.addressee,
            &grammar.body,
        ];
        ends.iter().any(|list| {
            let hit = stream.any_at(**at, list);
            hit.is_some_and(|hit| hit.is_nearly_exact() && stream.begins_word(hit.end))
        })
    };
    let mut best: Option<(u8, Body)> = None;
    for (n, at) in lines.iter().enumerate().take_while(|(_, at)| !is_over(at)) {
        let Some((words, hit)) = words_at(stream, grammar, *at) else {
            continue;
        };
        let Some((name, range)) = named(stream, grammar, words, hit) else {
            continue;
        };
        if best.as_ref().is_some_and(|(rank, _)| *rank >= words.rank) {
            continue;
        }
        let after = lines.iter().skip(n + 1).take(TO_ADDRESS);
        // A university stands below the ministry with the nation's name.
        let is_below = best
            .as_ref()
            .is_some_and(|(_, body)| body.evidence.has_nation);
        let evidence = Evidence {
            has_nation: is_below || has_nation(stream, grammar, hit),
            has_address: after.clone().any(|at| has_address(stream, grammar, *at)),
            is_first: n < FIRST,
            is_repeated: is_repeated(stream, &range),
        };
        let body = Body {
            name,
            range,
            cost: hit.cost,
            evidence,
        };
        best = Some((words.rank, body));
    }
    best.map(|(_, body)| body)
}

/// Reads the words for a body that a line begins with; the line is set as a letterhead is.
fn words_at<'g>(
    stream: &Stream,
    grammar: &'g Grammar,
    at: usize,
) -> Option<(&'g BodyWords, Hit)> {
    /// Share of words of a letterhead's line that begin with a capital; `dan` does not.
    const CAPITALS: f32 = 0.7;
    let end = stream.line_end(at);
    let starts = || stream.word_starts(at..end);
    let capital = starts().filter(|at| stream.is_capital(*at)).count() as f32;
    if stream.is_long_line(at) || capital < CAPITALS * starts().count() as f32 {
        return None;
    }
    let hits = grammar.bodies.iter().filter_map(|words| {
        let hit = stream.phrase_at(at, &words.words)?;
        let is_whole = stream.begins_word(hit.end) || hit.end == stream.len();
        (is_whole && hit.is_nearly_exact()).then_some((words, hit))
    });
    hits.reduce(|best, next| if next.1.end > best.1.end { next } else { best })
}

/// Puts a body's name together: its words, and what follows on the line or the next.
fn named(
    stream: &Stream,
    grammar: &Grammar,
    words: &BodyWords,
    hit: Hit,
) -> Option<(String, Range<usize>)> {
    let own = words
        .name
        .clone()
        .unwrap_or_else(|| words.words.text().to_owned());
    if words.is_whole {
        return Some((own, hit.range()));
    }
    let mut line_end = stream.line_end(hit.start);
    if !words.units.is_empty() {
        let mut unit = None;
        for _ in 0..UNITS {
            let next = stream.line_end(line_end);
            if stream.any_at(line_end, &words.units).is_some() {
                unit = Some(line_end..next);
            }
            line_end = next;
        }
        return Some(match unit {
            Some(unit) => (
                join(grammar, &own, &stream.text(unit.clone())),
                hit.start..unit.end,
            ),
            None => (words.words.text().to_owned(), hit.range()),
        });
    }
    let mut rest = rest_of(stream, grammar, hit.end, line_end);
    // `BADAN PUSAT STATISTIK` / `KABUPATEN MALANG`; `… PEREMPUAN` / `DAN PERLINDUNGAN ANAK`
    let next = stream.line_end(line_end);
    let levels = grammar.levels.iter().map(|level| &level.words);
    let goes_on = match rest.is_empty() {
        true => levels
            .clone()
            .any(|level| stream.phrase_at(line_end, level).is_some()),
        false => stream.is_word(line_end, &grammar.relation.and),
    };
    let mut end = line_end;
    if goes_on {
        rest.extend(rest_of(stream, grammar, line_end, next));
        end = next;
    }
    match rest.is_empty() {
        true => words.name.is_some().then(|| (own.clone(), hit.range())),
        false => Some((join(grammar, &own, &rest.join(" ")), hit.start..end)),
    }
}

/// Returns the words from a letter to the end of its line, up to the nation's name, brackets or
/// figures.
fn rest_of(stream: &Stream, grammar: &Grammar, from: usize, end: usize) -> Vec<String> {
    let mut starts = stream.word_starts(from..end);
    let nation = starts.find(|at| stream.phrase_at(*at, &grammar.nation).is_some());
    let words = stream.between(from, nation.unwrap_or(end));
    let words = words.into_iter().map(|(_, text)| text);
    // `BerAKHLAK` is the state's emblem beside the name, no part of it.
    let flips = |text: &str| {
        let mut pairs = text.chars().zip(text.chars().skip(1));
        pairs.any(|(a, b)| a.is_lowercase() && b.is_uppercase())
    };
    let is_name =
        |text: &&str| !text.contains(|c: char| c.is_ascii_digit()) && !flips(text);
    words
        .filter(|text| !text.starts_with('(') && !text.ends_with(')'))
        .take_while(is_name)
        .map(|text| text.trim_matches(|c: char| !c.is_alphanumeric()).to_owned())
        .filter(|text| !text.is_empty())
        .take(WORDS)
        .collect()
}

/// Joins a body's words and its name, in capitals and small letters.
fn join(grammar: &Grammar, own: &str, name: &str) -> String {
    let word = |word: &str| {
        let is_and = grammar
            .relation
            .and
            .iter()
            .any(|and: &Phrase| and.text().eq_ignore_ascii_case(word));
        let mut chars = word.chars();
        match chars.next().filter(|_| !is_and) {
            Some(first) => {
                first.to_uppercase().to_string() + &chars.as_str().to_lowercase()
            }
            None => word.to_lowercase(),
        }
    };
    let name: Vec<String> = name.split_whitespace().map(word).collect();
    format!("{own} {}", name.join(" "))
}

fn has_nation(stream: &Stream, grammar: &Grammar, hit: Hit) -> bool {
    // A stamp of the office that received it may stand between.
    let next = stream.line_end(stream.line_end(stream.line_end(hit.start)));
    let mut starts = stream.word_starts(hit.start..next);
    starts.any(|at| stream.phrase_at(at, &grammar.nation).is_some())
}

fn has_address(stream: &Stream, grammar: &Grammar, line: usize) -> bool {
    let mut starts = stream.word_starts(line..stream.line_end(line));
    starts.any(|at| stream.is_word(at, &grammar.address))
}

/// Tells whether the letters of a range stand elsewhere, too.
fn is_repeated(stream: &Stream, range: &Range<usize>) -> bool {
    let name = stream.folded(range.clone());
    let after = stream.folded(range.end..stream.len());
    !name.is_empty() && after.windows(name.len()).any(|part| part == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classify::text::stream::tests::page;
    use crate::lexicon::doctype::DocTypes;

    fn body(text: &str) -> Option<(String, bool)> {
        let types = DocTypes::builtin().unwrap();
        let page = page(text);
        let stream = Stream::new([&page]);
        let body = find(&stream, types.grammar())?;
        Some((body.name, body.evidence.confidence() >= 0.8))
    }

    #[test]
    fn a_letterhead_names_its_body() {
        for (text, expected) in [
            (
                "KEMENTERIAN AGAMA REPUBLIK INDONESIA\nKANTOR KEMENTERIAN AGAMA KABUPATEN X\n\
                 Jalan Merdeka 1",
                "Kementerian Agama",
            ),
            (
                "KEMENTERIAN AGAMA REPUBLIK INDONESIA\nINSTITUT AGAMA ISLAM NEGERI (IAIN) \
                 SUKAMAJU\nJalan Merdeka 1",
                "IAIN Sukamaju",
            ),
            (
                "KEMENTERIAN PEMBERDAYAAN PEREMPUAN\nDAN PERLINDUNGAN ANAK\nREPUBLIK \
                 INDONESIA\nJalan Merdeka 1",
                "Kementerian Pemberdayaan Perempuan dan Perlindungan Anak",
            ),
            (
                "KEPOLISIAN NEGARA REPUBLIK INDONESIA\nDAERAH JAWA TENGAH\nRESOR SUKAMAJU\n\
                 Jalan Merdeka 1",
                "Kepolisian Resor Sukamaju",
            ),
            (
                "KEJAKSAAN REPUBLIK INDONESIA\nKEJAKSAAN TINGGI JAWA TENGAH\n\
                 KEJAKSAAN NEGERI SUKAMAJU\nJln. Merdeka 1 Telp. (021) 1",
                "Kejaksaan Negeri Sukamaju",
            ),
            (
                "BADAN PUSAT STATISTIK\nKABUPATEN SUKAMAJU BerAKHLAK\nJl. Merdeka 1",
                "Badan Pusat Statistik Kabupaten Sukamaju",
            ),
        ] {
            assert_eq!(body(text), Some((expected.to_owned(), true)), "{text}");
        }
    }

    #[test]
    fn a_body_that_is_only_named_is_unsure_or_none() {
        let cover = "SOP DESA SUKAMAJU\nPanduan\nbagi pengurus\nTahun 2026\n\
            UNIVERSITAS CONTOH";
        assert_eq!(body(cover).map(|(_, is_sure)| is_sure), Some(false));
        for text in [
            "Nomor : 5\nKepada Yth.\nKementerian Agama Republik Indonesia\nJalan Merdeka",
            "DINAS SOSIAL KABUPATEN SUKAMAJU\nJalan Merdeka 1",
            "sesuai dengan peraturan Kementerian Agama yang berlaku",
        ] {
            assert_eq!(body(text), None, "{text}");
        }
    }
}
