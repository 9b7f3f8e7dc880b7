//! A document as linking sees it: takes pages, facts and a path, gives passages of numbered
//! words, each with the weight its place has. Apart because where a word stands says more
//! about a document than how often it stands there.

use super::vocab::{Sense, Senses, UNKNOWN, Vocab};
use crate::lexicon::analysis;
use crate::lexicon::words::words as lexicon;
use crate::model::{DocumentFacts, Extraction, Line, Page, Rect, Span};

/// Lines at the head of the first page that are read as a heading. A letterhead of five
/// lines, a kind, a number and a title of four lines fit into it.
const HEAD_LINES: usize = 16;
/// Telling words in small letters from which a line may be running text.
const PROSE_WORDS: usize = 4;
/// Lines from which a subject line is no longer looked for.
const SUBJECT_WITHIN: usize = 30;
/// The confidence from which a title is believed to be one.
const TITLE_FROM: f32 = 0.5;
/// How many times as high as the line in the middle a line of large type is. Headings of
/// letters and decrees are 1.0 to 1.3 times as high, titles of posters 1.7 times and more.
const LARGE: f32 = 1.6;
/// Letters of the shortest part of a word that is parted at a capital.
const PART_FROM: usize = 4;
/// Longest quote around a cue, in characters: three lines of a page.
const QUOTE_CHARS: usize = 280;

/// Where a passage stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Zone {
    /// The title, or the subject line of a letter.
    Title,
    /// The first lines of the first page.
    Head,
    /// The file's name.
    File,
    /// The name of a folder above it.
    Folder,
    /// The rest of the first page.
    First,
    /// The other pages.
    Rest,
    /// The titles of regulations that are only cited.
    Cited,
}

/// A word of a passage.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    pub sense: Sense,
    /// Whether it is written in capitals.
    pub capitals: bool,
    /// Index of its page in the extraction, and of its line on the page.
    pub at: Option<(usize, usize)>,
    /// Whether it is no word but the end of a phrase.
    pub stop: bool,
}

/// A run of words in one place.
#[derive(Debug)]
pub(crate) struct Passage {
    pub zone: Zone,
    pub tokens: Vec<Token>,
}

/// A document, read.
pub(crate) struct Reading<'a> {
    pub passages: Vec<Passage>,
    extraction: &'a Extraction,
    facts: &'a DocumentFacts,
}

impl<'a> Reading<'a> {
    /// Reads a document.
    pub fn new(
        extraction: &'a Extraction,
        facts: &'a DocumentFacts,
        path: &str,
        vocab: &Vocab,
    ) -> Self {
        let mut passages = Vec::new();
        let senses = &mut Senses::new(vocab);
        let mut push = |zone, tokens: Vec<Token>| {
            if !tokens.is_empty() {
                passages.push(Passage { zone, tokens });
            }
        };
        if let Some(title) = facts.title.known() {
            // A title that recognition doubts is a line near the top like others.
            let doubted = title.confidence.get() < TITLE_FROM;
            let zone = if doubted { Zone::Head } else { Zone::Title };
            push(zone, words(&title.value, None, senses));
        }
        let mut names = path.rsplit('/');
        let file = names.next().unwrap_or_default();
        let file = file.rsplit_once('.').map_or(file, |(name, _)| name);
        push(Zone::File, words(file, None, senses));
        for folder in names {
            push(Zone::Folder, words(folder, None, senses));
        }
        let written = extraction.pages.iter().position(|p| !p.lines.is_empty());
        let mut cited = false;
        for (at, page) in extraction.pages.iter().enumerate() {
            let is_first = Some(at) == written;
            read_page(page, at, is_first, &mut cited, senses, &mut push);
            if is_first {
                push(Zone::Head, large_words(page, at, senses));
            }
        }
        Self {
            passages,
            extraction,
            facts,
        }
    }

    /// Returns the place of the words `from..to` of a passage, with the sentence around.
    pub fn span(&self, passage: &Passage, from: usize, to: usize) -> Option<Span> {
        if passage.zone == Zone::Title
            && let Some(title) = self.facts.title.known()
            && passage.tokens.iter().all(|token| token.at.is_none())
        {
            return title.span.clone();
        }
        let found = passage.tokens.get(from..to)?;
        let (page_at, first) = found.first()?.at?;
        let last = found.last()?.at?.1;
        let page = self.extraction.pages.get(page_at)?;
        let (first, last) = sentence(page, first, last);
        let lines: Vec<&Line> = page
            .lines
            .iter()
            .skip(first)
            .take(last + 1 - first)
            .collect();
        let quote: Vec<String> = lines.iter().map(|line| line.text()).collect();
        Some(Span {
            page: page.number,
            rect: lines
                .iter()
                .filter_map(|line| line.rect())
                .reduce(Rect::union),
            quote: quote.join(" ").chars().take(QUOTE_CHARS).collect(),
        })
    }
}

/// Returns the words in large type: what a poster or a banner cries out, wherever it stands.
fn large_words(page: &Page, at: usize, senses: &mut Senses) -> Vec<Token> {
    let height = |line: &Line| {
        let words = line.words.iter().filter_map(|word| word.rect);
        words.map(Rect::height).reduce(f32::max)
    };
    let mut heights: Vec<f32> = page.lines.iter().filter_map(height).collect();
    heights.sort_by(f32::total_cmp);
    let Some(median) = heights.get(heights.len() / 2) else {
        return Vec::new();
    };
    let from = median * LARGE;
    let lines = page.lines.iter().enumerate();
    let large = lines.filter(|(_, line)| height(line).is_some_and(|h| h >= from));
    large
        .flat_map(|(line_at, line)| words(&line.text(), Some((at, line_at)), senses))
        .collect()
}

/// Widens lines `first..=last` by a neighbour on either side, where the sentence runs on.
fn sentence(page: &Page, first: usize, last: usize) -> (usize, usize) {
    let text = |at: usize| page.lines.get(at).map(Line::text).unwrap_or_default();
    let ends = |text: &str| text.is_empty() || text.ends_with(['.', ';', ':', '!', '?']);
    let begins = |text: &str| {
        let first = text.chars().next();
        first.is_some_and(char::is_lowercase)
    };
    let mut from = first;
    if first > 0 && begins(&text(first)) && !ends(&text(first - 1)) {
        from = first - 1;
    }
    let runs_on = !ends(&text(last)) && begins(&text(last + 1));
    (from, if runs_on { last + 1 } else { last })
}

/// Reads a page into passages; `cited` says whether a list of citations runs on from the
/// page before.
fn read_page(
    page: &Page,
    page_at: usize,
    is_first: bool,
    cited: &mut bool,
    senses: &mut Senses,
    push: &mut impl FnMut(Zone, Vec<Token>),
) {
    let marks = &lexicon().passages;
    let body = if is_first { Zone::First } else { Zone::Rest };
    let mut zone = if is_first { Zone::Head } else { body };
    let mut run: Vec<Token> = Vec::new();
    let (mut headed, mut in_letterhead) = (false, false);
    for (line_at, line) in page.lines.iter().enumerate() {
        let text = line.text();
        let opening = analysis::tokens(&text).next().map(|token| token.folded);
        let opens =
            |marks: &[String]| opening.as_ref().is_some_and(|word| marks.contains(word));
        if opens(&marks.citations) {
            *cited = true;
        } else if opens(&marks.citations_end) {
            *cited = false;
        }
        let at_head = zone == Zone::Head || zone == Zone::Title;
        let prose = headed && is_prose(page, line_at);
        headed |= is_heading(&text) && !opens(&marks.letterhead);
        let over = line_at >= HEAD_LINES || opens(&marks.preamble) || prose;
        let next = match (*cited, at_head && !over) {
            (true, _) => Zone::Cited,
            (false, true) => Zone::Head,
            (false, false) => body,
        };
        let found = words(&text, Some((page_at, line_at)), senses);
        let is_subject = opens(&marks.subject) && labels(&text);
        if is_first && line_at < SUBJECT_WITHIN && is_subject {
            push(Zone::Title, found);
            continue;
        }
        if next != zone {
            push(zone, std::mem::take(&mut run));
            zone = next;
        }
        // A long name of an office runs on into the next line.
        let runs_on = in_letterhead && is_office(&found, senses.vocab());
        in_letterhead = zone == Zone::Head && (opens(&marks.letterhead) || runs_on);
        if in_letterhead {
            run.push(STOP);
            continue;
        }
        run.extend(found);
    }
    push(zone, run);
}

/// Tells whether all words of a line stand in names of offices.
fn is_office(tokens: &[Token], vocab: &Vocab) -> bool {
    let names = |token: &Token| token.stop || vocab.names_office(token.sense.word);
    !tokens.is_empty() && tokens.iter().all(names)
}

/// Puts a [`STOP`] in the place of each word of an office's name: `Dinas Pemberdayaan Perempuan
/// dan Perlindungan Anak` is about no child.
fn without_offices(mut tokens: Vec<Token>, vocab: &Vocab) -> Vec<Token> {
    let mut named = false;
    for at in 0..tokens.len() {
        let word = |at: usize| tokens.get(at).map_or(UNKNOWN, |token| token.sense.word);
        let begins = vocab.begins_office(word(at)) && vocab.names_office(word(at + 1));
        named = begins || named && vocab.names_office(word(at));
        if let Some(token) = tokens.get_mut(at).filter(|_| named) {
            *token = STOP;
        }
    }
    tokens
}

/// Tells whether the first word of a line is a label and not the first of a sentence: a sign
/// or a capital follows. `Perihal` begins no sentence.
fn labels(text: &str) -> bool {
    let Some(first) = analysis::tokens(text).next() else {
        return false;
    };
    let rest = text.get(first.range.end..).unwrap_or_default().trim_start();
    lexicon().passages.subject_always.contains(&first.folded)
        || !rest.starts_with(char::is_lowercase)
}

/// Tells whether a line is written as headings are: every telling word with a capital.
fn is_heading(text: &str) -> bool {
    let (capital, small) = initials(text);
    capital >= 2 && small == 0
}

/// Tells whether running text begins with this line: its words are small, and it ends a
/// sentence or the next line goes on alike. Nothing in running text is a heading, though it
/// may stand near the top of a short page.
fn is_prose(page: &Page, at: usize) -> bool {
    let text = |at: usize| page.lines.get(at).map(Line::text).unwrap_or_default();
    let is_small = |text: &str| {
        let (capital, small) = initials(text);
        small >= PROSE_WORDS && small > capital
    };
    let this = text(at);
    is_small(&this) && (this.trim_end().ends_with('.') || is_small(&text(at + 1)))
}

/// Counts the telling words of a line that begin with a capital, and with a small letter.
fn initials(text: &str) -> (usize, usize) {
    let words = analysis::tokens(text).filter(|token| {
        token.folded.len() >= 3 && !analysis::is_stop_word(&token.folded)
    });
    let mut counts = (0, 0);
    for token in words {
        match text.get(token.range).and_then(|word| word.chars().next()) {
            Some(first) if first.is_uppercase() => counts.0 += 1,
            Some(first) if first.is_lowercase() => counts.1 += 1,
            _ => {}
        }
    }
    counts
}

/// Ends any phrase: stands for the end of a sentence.
const STOP: Token = Token {
    sense: Sense {
        word: UNKNOWN,
        stem: UNKNOWN,
        slipped: false,
    },
    capitals: false,
    at: None,
    stop: true,
};

/// Gives the words of a text that say something, with a [`STOP`] between sentences.
fn words(text: &str, at: Option<(usize, usize)>, senses: &mut Senses) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut done = 0;
    for token in analysis::tokens(text) {
        let gap = text.get(done..token.range.start).unwrap_or_default();
        if done > 0 && ends_sentence(gap) {
            tokens.push(STOP);
        }
        done = token.range.end;
        if analysis::is_stop_word(&token.folded) {
            continue;
        }
        for written in capitalised(text.get(token.range).unwrap_or_default()) {
            let capitals = !written.chars().any(char::is_lowercase);
            let senses = senses.read(analysis::fold(written)).iter();
            tokens.extend(senses.map(|&sense| Token {
                sense,
                capitals,
                at,
                stop: false,
            }));
        }
    }
    let rest = text.get(done..).unwrap_or_default();
    if rest.contains(['.', ';', ':']) {
        tokens.push(STOP);
    }
    without_offices(tokens, senses.vocab())
}

/// Parts a word where a capital follows a small letter and both sides are long enough to be
/// words (`LawanTPPO`): a reader joins what a poster or a tag sets close.
fn capitalised(word: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut from, mut small) = (0, false);
    for (at, c) in word.char_indices() {
        let rest = word.get(at..).unwrap_or_default();
        if small && c.is_uppercase() && at - from >= PART_FROM && rest.len() >= PART_FROM
        {
            parts.extend(word.get(from..at));
            from = at;
        }
        small = c.is_lowercase();
    }
    parts.extend(word.get(from..));
    parts
}

/// Tells whether the signs between two words end a sentence.
fn ends_sentence(gap: &str) -> bool {
    gap.contains([';', ':', '!', '?'])
        || gap.contains('.') && gap.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::MediaType;

    fn zones(text: &str) -> Vec<(Zone, usize)> {
        let mut page = Page::empty(1, None);
        page.lines = text.lines().map(Line::plain).collect();
        let mut extraction = Extraction::without_pages(MediaType::Pdf);
        extraction.pages.push(page);
        let facts = DocumentFacts::default();
        let reading = Reading::new(&extraction, &facts, "", &Vocab::default());
        let passages = reading.passages.iter();
        passages
            .map(|passage| (passage.zone, passage.tokens.len()))
            .collect()
    }

    #[test]
    fn a_regulation_falls_into_heading_citations_and_body() {
        let text = "BUPATI CONTOH\nMenimbang: perlu\nMengingat: Undang-Undang\nPerlindungan \
                    Anak\nMEMUTUSKAN\nPasal satu";
        assert_eq!(
            zones(text),
            [
                (Zone::Head, 2),
                (Zone::First, 2),
                (Zone::Cited, 6),
                (Zone::First, 3)
            ]
        );
    }

    #[test]
    fn a_subject_line_is_a_title_and_a_letterhead_is_none() {
        let text = "DINAS KESEHATAN\nNomor 5\nHal: Undangan rapat";
        assert_eq!(zones(text), [(Zone::Title, 3), (Zone::Head, 3)]);
    }

    #[test]
    fn a_sentence_near_the_top_is_no_heading_and_no_subject_line() {
        let text = "LAPORAN KEGIATAN\nSOSIALISASI DEPOT AIR MINUM\n\
                    Kegiatan ini juga mendukung larangan iklan dan promosi rokok.";
        assert_eq!(
            zones(text)
                .iter()
                .map(|(zone, _)| *zone)
                .collect::<Vec<_>>(),
            [Zone::Head, Zone::First]
        );
        let labelled = "LAPORAN\nKegiatan : Sosialisasi KTR\nPerihal undangan rapat";
        let titles = zones(labelled)
            .iter()
            .filter(|(z, _)| *z == Zone::Title)
            .count();
        assert_eq!(titles, 2);
    }
}
