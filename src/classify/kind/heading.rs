//! Finds the heading: the words that name the kind, and where number, year and title stand
//! after them. Only what stands between the kind and `TENTANG` can be the document's own
//! number; all numbers further down belong to others.

use super::footer::begins_footer;
use crate::classify::text::stream::{Hit, Stream};
use crate::lexicon::doctype::{
    Class, DocType, DocTypes, Grammar, NumberStyle, Sign, SignPlace,
};
use std::ops::Range;

/// The longest name of an office that speaks after a title has 50 letters.
const MAX_OFFICE: usize = 60;
/// `KEDALAM` is a look-alike and a letter from `KEPALA`: offices are read nearly exactly.
const MAX_OFFICE_COST: f32 = 0.08;
/// A body word so near the top has nothing above it: in PDF text out of order, the margin's
/// `Menimbang` comes before the heading.
const OUT_OF_ORDER: usize = 60;
/// Words in capitals are set as a heading; the same words in small letters in running text are
/// a mention.
const IN_CAPITALS: f32 = 0.8;
/// Share of the further letters of a kind's words that may be misread: one of `DESA`.
const MISREAD_TAIL: f32 = 0.25;
/// A heading is over after so many letters at the latest (the longest in the corpora: 620).
const MAX_HEADING: usize = 1600;
/// Letters between the kind and `NOMOR`: the longest name of a ministry has 60.
const MAX_TO_NUMBER: usize = 110;
/// Letters between the kind and `TENTANG`.
const MAX_TO_ABOUT: usize = 200;
/// What `SELAKU` and a capacity add to both.
const CAPACITY: usize = 140;
/// What the names of two parties add.
const PARTIES: usize = 180;
/// A word of fewer letters is another with one letter changed.
const SHORT_WORD: usize = 8;
/// Letters of the shortest word that is no number, misread.
const WORD: usize = 4;
/// A title in the corpora has at most 420 letters.
const MAX_TITLE: usize = 700;
/// Heights of a line that part an attachment's own title from what is above it.
const SET_OFF: f32 = 1.0;
/// Words that may stand before the kind on its line: `LAMPIRAN IV :`, `SALINAN`, a stroke of
/// the coat of arms.
const MAX_BEFORE: usize = 3;
/// A longer line is a whole row of a table, or a text without lines: the words of a heading
/// cover only its beginning.
const LONGEST_COVER: usize = 40;
/// From this score on the first candidate is the heading; below, the best is.
const GOOD: f32 = 0.6;
/// A phrase this long may run into the next word (`TENTANGPERUBAHAN`); a shorter one may not,
/// or `DATA` would be found in `DATANG`.
const RUNS_ON: usize = 12;

/// A heading found, with the places of its parts.
#[derive(Debug, Clone)]
pub(crate) struct Heading<'d> {
    pub(crate) kind: &'d DocType,
    pub(crate) sign: &'d Sign,
    /// The kind of the page itself, where it only repeats the heading of another document.
    pub(crate) of: Option<(&'d DocType, &'d Sign)>,
    /// The words that name the kind.
    pub(crate) at: Hit,
    /// `RANCANGAN` before it.
    pub(crate) draft: Option<Hit>,
    /// `LAMPIRAN IV` before it.
    pub(crate) attachment: Option<Range<usize>>,
    /// `NOMOR`.
    pub(crate) number: Option<Hit>,
    /// `TAHUN`.
    pub(crate) year: Option<Hit>,
    /// `TENTANG`.
    pub(crate) about: Option<Hit>,
    /// The title's letters.
    pub(crate) title: Option<Range<usize>>,
    /// Where the other offices that issued it print their numbers: below the first one, or, in
    /// an agreement, after the title.
    pub(crate) more_numbers: Vec<Hit>,
    /// Whether a word of the body stands above it: the text is out of order.
    pub(crate) is_out_of_order: bool,
    /// Whether the kind's words are all there is on their line.
    pub(crate) is_whole_line: bool,
    /// How much speaks for this being the heading, 0 to 1.
    pub(crate) score: f32,
}

impl Heading<'_> {
    /// Tells whether enough speaks for it.
    pub(crate) fn is_good(&self) -> bool {
        self.score >= GOOD
    }

    /// Tells whether nothing but the kind's words speaks for it: no number, no `TENTANG`, and no
    /// law that wants them.
    pub(crate) fn has_words_only(&self) -> bool {
        self.number.is_none() && self.about.is_none() && !self.kind.class.is_law()
    }

    /// Returns where the kind's own words are over and a number, title or body begins.
    pub(crate) fn name_end(&self, stream: &Stream) -> usize {
        let next = self
            .number
            .or(self.year)
            .or(self.about)
            .map(|hit| hit.start);
        next.unwrap_or_else(|| stream.line_end(self.at.start))
    }

    /// Returns where the number's value stands.
    pub(crate) fn number_range(&self, stream: &Stream) -> Option<Range<usize>> {
        let number = self.number?;
        let next = self.year.or(self.about).map(|hit| hit.start);
        let line_end = stream.line_end(number.start);
        if next.is_some_and(|next| next < number.end) {
            return Some(number.end..line_end); // an agreement's, after its title
        }
        let another = self.more_numbers.first().map(|hit| hit.start);
        let next = match (next, another) {
            (Some(next), Some(another)) => Some(next.min(another)),
            (next, another) => next.or(another),
        };
        let end = next.filter(|_| self.year.is_some()).unwrap_or(line_end);
        let end = if end <= number.end {
            stream.line_end(end)
        } else {
            end
        };
        Some(number.end..next.map_or(end, |next| end.min(next)).max(number.end))
    }

    /// Returns where the year's value stands.
    pub(crate) fn year_range(&self, stream: &Stream) -> Option<Range<usize>> {
        let year = self.year?;
        let line_end = stream.line_end(year.end.saturating_sub(1));
        let end = if line_end <= year.end {
            stream.line_end(year.end)
        } else {
            line_end
        };
        let about = self.about.map_or(end, |about| about.start);
        Some(year.end..end.min(about).max(year.end))
    }
}

/// Finds the heading of a document.
pub(crate) fn find<'d>(stream: &Stream, types: &'d DocTypes) -> Option<Heading<'d>> {
    let finder = Finder::new(stream, types);
    let mut best: Option<Heading> = None;
    // What follows a `TENTANG` is a title, and the kinds it names are those of other documents.
    for at in stream.word_starts(0..finder.first_about) {
        let Some(heading) = finder.candidate(at) else {
            continue;
        };
        if heading.is_good() {
            return Some(heading);
        }
        if best.as_ref().is_none_or(|best| heading.score > best.score) {
            best = Some(heading);
        }
    }
    best
}

/// A kind's words with how they were read.
type Read<'d> = (&'d DocType, &'d Sign, Hit);

/// Returns the kind whose words are read here, of some: the cheapest, of like cost the longest;
/// but what goes on with a word that is only misread (`KEPUTUSAN BUPAfI`) is not the shorter.
pub(crate) fn sign_at<'d>(
    stream: &Stream,
    signs: impl Iterator<Item = (&'d DocType, &'d Sign)>,
    at: usize,
) -> Option<(&'d DocType, &'d Sign, Hit)> {
    let hits = signs.filter_map(|(kind, sign)| {
        let hit = stream.phrase_at(at, &sign.words)?;
        let is_whole = stream.begins_word(hit.end)
            || hit.end == stream.len()
            || sign.words.letters().len() >= RUNS_ON;
        is_whole.then_some((kind, sign, hit))
    });
    let is_better = |next: &Read, best: &Read| {
        if goes_on(next, best) {
            true
        } else {
            !goes_on(best, next) && next.2.beats(&best.2)
        }
    };
    hits.reduce(|best, next| if is_better(&next, &best) { next } else { best })
}

/// Tells whether the first are the words of the second and more, the more of which is read.
fn goes_on(long: &Read, short: &Read) -> bool {
    let (own, first) = (long.1.words.letters(), short.1.words.letters());
    let more = own.len().saturating_sub(first.len()) as f32;
    let cost = |read: &Read, letters: &[u8]| read.2.cost * letters.len() as f32;
    own.starts_with(first)
        && more > 0.0
        && cost(long, own) - cost(short, first) <= MISREAD_TAIL * more
}

/// What all the steps of one search share.
struct Finder<'s, 'a, 'd> {
    stream: &'s Stream<'a>,
    types: &'d DocTypes,
    grammar: &'d Grammar,
    /// Where the heading is over.
    end: usize,
    /// Where the first title begins, at the latest.
    first_about: usize,
    /// Where a word of the body stands although the heading is still to come.
    early_body: Option<usize>,
}

impl<'s, 'a, 'd> Finder<'s, 'a, 'd> {
    /// Finds where the heading is over: at `Menimbang`, a first article, or far enough.
    fn new(stream: &'s Stream<'a>, types: &'d DocTypes) -> Self {
        let grammar = types.grammar();
        let reach = stream.len().min(MAX_HEADING);
        let starts = stream
            .word_starts(0..reach)
            .filter(|&at| stream.may_begin(at));
        let body: Vec<usize> = starts
            .filter(|&at| stream.any_at(at, &grammar.body).is_some())
            .collect();
        let early_body = body.iter().copied().find(|&at| at < OUT_OF_ORDER);
        let end = body
            .into_iter()
            .find(|&at| at >= OUT_OF_ORDER)
            .unwrap_or(reach);
        let about = stream.find(0..end, &grammar.about);
        let first_about = about.map_or(end, |about| about.start);
        Self {
            stream,
            types,
            grammar,
            end,
            first_about,
            early_body,
        }
    }

    /// Reads the heading that would begin with a kind's words here.
    fn candidate(&self, at: usize) -> Option<Heading<'d>> {
        let stream = self.stream;
        let line_start = self.column_of_attachment(at);
        let line_start = line_start.unwrap_or_else(|| stream.line_start(at));
        if !self.stream.is_long_line(at)
            && stream.word_starts(line_start..at).count() > MAX_BEFORE
        {
            return None;
        }
        let (kind, sign, hit) = self.sign_at(at, SignPlace::Heading)?;
        let is_set_off =
            stream.begins_line(at) || stream.capitals(hit.range()) >= IN_CAPITALS;
        if !is_set_off || self.is_cited(at) || self.is_item(at) {
            return None;
        }
        let mut heading = Heading {
            kind,
            sign,
            of: None,
            at: hit,
            draft: self.draft_before(at),
            attachment: self.attachment_before(at),
            number: None,
            year: None,
            about: None,
            title: None,
            more_numbers: Vec::new(),
            is_out_of_order: self.early_body.is_some_and(|body| body < at),
            is_whole_line: self.fills_line(hit),
            score: 0.0,
        };
        if kind.number != NumberStyle::None || kind.title {
            self.read_number(&mut heading);
            self.read_title(&mut heading);
        }
        if self.is_mention(&heading) || self.is_of_table(&heading) {
            return None;
        }
        heading.score = self.score(&heading);
        Some(heading)
    }

    /// Tells whether running text names a law here, all of it on one line below others:
    /// `Undang-undang Nomor 23 Tahun 2014 tentang Pemerintahan`. Headings are set in capitals or
    /// over several lines.
    fn is_mention(&self, heading: &Heading) -> bool {
        let stream = self.stream;
        let line = stream.line_start(heading.at.start);
        let end = stream.line_end(heading.at.start);
        let is_here = |part: Option<Hit>| part.is_some_and(|part| part.end <= end);
        heading.kind.class.is_law()
            && line > 0
            && stream.capitals(heading.at.range()) < IN_CAPITALS
            && is_here(heading.number)
            && is_here(heading.about)
    }

    /// Tells whether the only word of a kind is one of a table: `JUMLAH 51 22`, `JUMLAH : 20`,
    /// `data)`; or another word but for a letter: `ORANG` for `BORANG`.
    fn is_of_table(&self, heading: &Heading) -> bool {
        let stream = self.stream;
        let at = heading.at;
        let is_word = heading.has_words_only() && stream.word_end(at.start) >= at.end;
        let next = stream.between(at.end, stream.line_end(at.start));
        let next = next.first().map_or("", |(_, text)| *text);
        // `RENJA 2025` names its year.
        let is_year = next.len() == 4 && next.bytes().all(|b| b.is_ascii_digit());
        let is_figure = next.starts_with(|c: char| c.is_ascii_digit() || c == ':');
        let is_other = !at.is_nearly_exact() && at.end - at.start < SHORT_WORD;
        is_word && (!stream.is_capital(at.start) || is_figure && !is_year || is_other)
    }

    /// Returns the kind whose words are read here: the cheapest, of like cost the longest.
    fn sign_at(
        &self,
        at: usize,
        place: SignPlace,
    ) -> Option<(&'d DocType, &'d Sign, Hit)> {
        sign_at(self.stream, self.types.signs(place), at)
    }

    /// Tells whether the word before, or letters set apart (`D A F T A R`), make this a mention
    /// of another document.
    fn is_cited(&self, at: usize) -> bool {
        self.grammar.citing.iter().any(|phrase| {
            let start = at.checked_sub(phrase.letters().len());
            start.is_some_and(|start| {
                self.stream.begins_word(start)
                    && self.stream.folded(start..at) == phrase.letters()
            })
        })
    }

    /// Finds `RANCANGAN` just before the kind, or alone on the line above.
    fn draft_before(&self, at: usize) -> Option<Hit> {
        let from = self.line_above(at);
        let hit = self.stream.find(from..at, &self.grammar.draft)?;
        let is_alone =
            self.stream.begins_line(hit.start) && self.stream.begins_line(hit.end);
        (hit.end == at || is_alone).then_some(hit)
    }

    /// Finds `LAMPIRAN`, with its Roman number, before the kind.
    fn attachment_before(&self, at: usize) -> Option<Range<usize>> {
        let from = self.line_above(at);
        let hit = self.stream.find(from..at, &self.grammar.attachment)?;
        let between = self.stream.folded(hit.end..at);
        let is_numeral = between.iter().all(|c| b"IVXL0123456789T".contains(c));
        let may_begin =
            self.stream.may_begin(hit.start) || self.stream.begins_column(hit.start);
        (is_numeral && between.len() <= 6 && may_begin).then_some(hit.start..at)
    }

    /// Returns where a column begins with `LAMPIRAN` before the kind: at the upper right of a page,
    /// beside a chart's own title.
    fn column_of_attachment(&self, at: usize) -> Option<usize> {
        let stream = self.stream;
        let mut words = stream.word_starts(stream.line_start(at)..at);
        words.find(|&word| {
            let label = stream.any_at(word, &self.grammar.attachment);
            stream.begins_column(word) && label.is_some_and(|hit| hit.cost == 0.0)
        })
    }

    fn line_above(&self, at: usize) -> usize {
        let line_start = self.stream.line_start(at);
        let above = self.stream.line_start(line_start.saturating_sub(1));
        if self.stream.is_long_line(at) {
            at.saturating_sub(20)
        } else {
            above
        }
    }

    /// Finds `NOMOR`, `TAHUN` and `TENTANG` after the kind.
    fn read_number(&self, heading: &mut Heading) {
        let stream = self.stream;
        let from = heading.at.end;
        let near = from..(from + MAX_TO_NUMBER).min(self.end);
        let capacity = stream.find(near, &self.grammar.capacity);
        let more = capacity.filter(|hit| stream.begins_line(hit.start));
        let parties = heading.kind.class == Class::Agreement;
        let more = if more.is_some() { CAPACITY } else { 0 };
        let more = if parties { PARTIES } else { more };
        let about_reach = (from + MAX_TO_ABOUT + more).min(self.end);
        // `Berdasarkan Keputusan … tentang`: of another document.
        let mut lines = stream.line_starts(from..about_reach);
        let about_reach = lines.find(|&at| self.is_stop(at)).unwrap_or(about_reach);
        heading.about = stream.find(from..about_reach, &self.grammar.about);
        let about_start = heading.about.map_or(about_reach, |about| about.start);
        let number_reach = (from + MAX_TO_NUMBER + more).min(about_start);
        heading.number = stream
            .word_starts(from..number_reach)
            .take_while(|&at| {
                !self.is_stop(at) && !self.is_another_kind(at, heading.kind)
            })
            .find_map(|at| self.number_word_at(at));
        let from = heading.number.map_or(from, |number| number.end);
        if heading.number.is_some() && heading.about.is_some() {
            let lines = stream.line_starts(from..about_start);
            heading.more_numbers =
                lines.filter_map(|at| self.number_word_at(at)).collect();
        }
        let next = heading.more_numbers.first();
        let reach = (from + 40).min(next.map_or(about_start, |next| next.start));
        heading.year = self.year_word(from..reach);
        let last = heading.year.or(heading.number).unwrap_or(heading.at);
        heading.about = heading.about.filter(|about| !self.is_in_text(*about, last));
    }

    /// Tells whether `tentang` stands within a line of running text, further down than the last
    /// part of a heading.
    fn is_in_text(&self, about: Hit, last: Hit) -> bool {
        let stream = self.stream;
        !stream.is_long_line(about.start)
            && !stream.begins_line(about.start)
            && stream.line_start(about.start) >= last.end
            && stream.capitals(about.range()) < IN_CAPITALS
            && !stream.is_capital(about.start)
    }

    /// Tells whether a word here belongs to a title or to another document: a heading that
    /// lost its `TENTANG` must not take a number from behind it.
    fn is_stop(&self, at: usize) -> bool {
        self.stream.is_word(at, &self.grammar.stops)
            || self.stream.any_at(at, &self.grammar.title_ends).is_some()
    }

    /// Tells whether another document is named here: the number after it is its own.
    fn is_another_kind(&self, at: usize, kind: &DocType) -> bool {
        let found = self.sign_at(at, SignPlace::Heading);
        kind.class.is_law()
            && found.is_some_and(|(other, _, _)| {
                (other.id != kind.id || self.is_item(at)) && other.class.is_law()
            })
    }

    /// Tells whether `1.` or `a.` stands before, or begins the line: an item of a list names
    /// another document.
    fn is_item(&self, at: usize) -> bool {
        let is_mark = |at: usize| {
            let word = self.stream.token(at).map(|token| token.word.text.as_str());
            let mark = word.and_then(|word| word.strip_suffix(['.', ')']));
            mark.is_some_and(|mark| match mark.as_bytes() {
                [one] => one.is_ascii_digit() || one.is_ascii_lowercase(),
                [one, two] => one.is_ascii_digit() && two.is_ascii_digit(),
                _ => false,
            })
        };
        let line = self.stream.line_start(at);
        let first = (line < at && !self.stream.is_long_line(at)).then_some(line);
        let before = self.stream.word_before(at).filter(|_| line < at);
        first.is_some_and(is_mark) || before.is_some_and(is_mark)
    }

    /// Reads `NOMOR`, or `No` before a mark or a figure.
    fn number_word_at(&self, at: usize) -> Option<Hit> {
        let grammar = self.grammar;
        if let Some(hit) = self.stream.any_at(at, &grammar.number) {
            return (!self.heads_column(hit)).then_some(hit);
        }
        // `SUMBER` is one letter from `Number`.
        let hit = self.stream.exact_at(at, &grammar.number_short)?;
        let next = self.stream.between(hit.end, self.stream.line_end(at));
        let next = next.first().and_then(|(_, text)| text.chars().next());
        next.is_some_and(|c| c.is_ascii_digit() || ".:".contains(c))
            .then_some(hit)
    }

    /// Tells whether `NOMOR` stands within a line before another word: the head of a table, of
    /// a radiogram (`PANGGILAN JENIS NOMOR DERAJAT`).
    fn heads_column(&self, hit: Hit) -> bool {
        let stream = self.stream;
        let next = stream.folded(hit.end..stream.word_end(hit.end));
        let is_word = next.len() >= WORD && next.iter().all(u8::is_ascii_alphabetic);
        let is_known = [&self.grammar.year, &self.grammar.about]
            .iter()
            .any(|words| stream.any_at(hit.end, words).is_some());
        !stream.begins_line(hit.start)
            && stream.begins_word(hit.end)
            && is_word
            && !is_known
    }

    /// Finds `TAHUN`, also glued to the figures before it (`12TAHUN2021`).
    fn year_word(&self, range: Range<usize>) -> Option<Hit> {
        range
            .into_iter()
            .find_map(|at| match self.stream.begins_word(at) {
                true => self.stream.any_at(at, &self.grammar.year),
                false => self.stream.exact_at(at, &self.grammar.year),
            })
    }

    /// Finds where the title after `TENTANG` is over.
    fn read_title(&self, heading: &mut Heading) {
        let Some(about) = heading.about.filter(|_| heading.kind.title) else {
            return;
        };
        let stream = self.stream;
        let page = stream.token(about.start).map(|token| token.page);
        let reach = (about.end + MAX_TITLE).min(stream.len());
        let end = stream
            .word_starts(about.end..reach)
            .find(|&at| {
                stream.token(at).map(|token| token.page) != page
                    || self.stream.may_begin(at) && self.ends_title(at)
                    || self.leaves_capitals(about.end, at)
                    || self.begins_item(at)
                    || heading.attachment.is_some()
                        && (self.leaves_column(about.start, at) || self.begins_chart(at))
            })
            .unwrap_or(reach);
        let end = self
            .read_late_numbers(heading, about.end..end)
            .unwrap_or(end);
        let start = self.title_start(heading, about);
        heading.title = (end > about.end).then_some(start..end);
    }

    /// Returns where the title begins: after `TENTANG`, or with the words before it on its line,
    /// where that is another line than the number's (`PETUNJUK TEKNIS TENTANG`).
    fn title_start(&self, heading: &Heading, about: Hit) -> usize {
        let stream = self.stream;
        let line = stream.line_start(about.start);
        let last = heading.year.or(heading.number).unwrap_or(heading.at);
        let is_own = line > last.end && line < about.start && !stream.is_long_line(line);
        let begins_other = self
            .sign_at(line, SignPlace::Heading)
            .is_some_and(|(kind, _, _)| kind.class.is_law());
        let has_number = heading.number.is_some();
        match is_own && has_number && !begins_other {
            true => line,
            false => about.end,
        }
    }

    /// Tells whether a line of running text begins here, below a title in capitals.
    fn leaves_capitals(&self, title: usize, at: usize) -> bool {
        /// Of a title's letters, and of a line of running text.
        const TITLE: f32 = 0.85;
        const TEXT: f32 = 0.4;
        /// A shorter line may be the last of a title with a name in it.
        const LINE: usize = 16;
        let stream = self.stream;
        let end = stream.line_end(at);
        stream.begins_line(at)
            && at > title
            && end - at >= LINE
            && stream.capitals(at..end) <= TEXT
            && stream.capitals(title..at) >= TITLE
    }

    /// Tells whether an item of a list begins a line here: `A. DASAR HUKUM`.
    fn begins_item(&self, at: usize) -> bool {
        let stream = self.stream;
        let word = stream.token(at).map(|token| token.word.text.as_str());
        let mark = word.and_then(|word| word.strip_suffix(['.', ')']));
        stream.begins_line(at)
            && mark.is_some_and(|mark| match mark.as_bytes() {
                [one] => one.is_ascii_digit() || one.is_ascii_alphabetic(),
                _ => mark == "II" || mark == "III",
            })
    }

    /// Tells whether a line begins here that is set off from the one above and further left
    /// than where the heading stands: an attachment's own title, below that of its regulation.
    fn leaves_column(&self, about: usize, at: usize) -> bool {
        let stream = self.stream;
        let rect = |at: usize| stream.token(at).and_then(|token| token.word.rect);
        let above = at.checked_sub(1).filter(|_| stream.begins_line(at));
        let (Some(about), Some(above), Some(here)) =
            (rect(about), above.and_then(rect), rect(at))
        else {
            return false;
        };
        let gap = here.y0 - above.y1;
        gap > SET_OFF * above.height() && about.x0 - here.x0 > 2.0 * above.height()
    }

    /// Tells whether a line is an office and nothing else: the top of a chart.
    fn begins_chart(&self, at: usize) -> bool {
        self.office_at(at)
            .is_some_and(|office| self.fills_line(office))
    }

    /// Tells whether words are all there is on their line.
    fn fills_line(&self, words: Hit) -> bool {
        self.stream.begins_line(words.start)
            && self.stream.line_end(words.start) <= words.end + 1
    }

    /// Finds the numbers an agreement prints below its title, one for each party; gives the
    /// first one's place, where the title is over.
    fn read_late_numbers(
        &self,
        heading: &mut Heading,
        title: Range<usize>,
    ) -> Option<usize> {
        if heading.number.is_some() || heading.kind.number != NumberStyle::Letter {
            return None;
        }
        let lines = self.stream.line_starts(title);
        let mut numbers = lines.filter_map(|at| self.number_word_at(at));
        heading.number = numbers.next();
        heading.more_numbers = numbers.collect();
        heading.number.map(|number| number.start)
    }

    /// Tells whether what begins here is no longer the title.
    fn ends_title(&self, at: usize) -> bool {
        self.stream.any_at(at, &self.grammar.title_ends).is_some()
            || begins_footer(self.stream, at, self.grammar)
            || self.is_office_line(at)
    }

    /// Tells whether the one who speaks comes here: `BUPATI BANTUL,` with the body after it.
    fn is_office_line(&self, at: usize) -> bool {
        let stream = self.stream;
        if self.office_at(at).is_none() || self.is_cited(at) {
            return false;
        }
        if stream.is_long_line(at) {
            let is_kind_name = stream
                .word_before(at)
                .is_some_and(|before| self.sign_at(before, SignPlace::Heading).is_some());
            return !is_kind_name && self.closes_before_body(at);
        }
        let end = stream.line_end(at);
        self.is_closed(end) || self.begins_body(end) || self.goes_on_to_body(end)
    }

    /// Reads the word for an office that speaks after a title.
    fn office_at(&self, at: usize) -> Option<Hit> {
        let office = self.stream.any_at(at, &self.grammar.title_ends_office);
        office.filter(|office| office.cost <= MAX_OFFICE_COST)
    }

    /// Tells whether a comma or its like stands before this place, at the last word or alone.
    fn is_closed(&self, end: usize) -> bool {
        let is_mark = |text: &str| text.ends_with([',', ';', ':']);
        let alone = self.stream.between(end, end);
        is_mark(&self.stream.text(end.saturating_sub(1)..end))
            || alone.iter().any(|(_, text)| is_mark(text))
    }

    fn begins_body(&self, at: usize) -> bool {
        self.stream.any_at(at, &self.grammar.body).is_some()
    }

    /// Tells whether the name of an office goes on here, over a line or two, and the body comes
    /// after it: `KEPALA DINAS KOMUNIKASI`, `KABUPATEN BANTUL`.
    fn goes_on_to_body(&self, at: usize) -> bool {
        const MORE_LINES: usize = 2;
        let stream = self.stream;
        let ends = std::iter::successors(Some(at), |&at| Some(stream.line_end(at)));
        for begin in ends.take(MORE_LINES) {
            let end = stream.line_end(begin);
            if end <= begin
                || end - at > MAX_OFFICE
                || stream
                    .any_at(begin, &self.grammar.title_ends_office)
                    .is_some()
            {
                return false;
            }
            if self.begins_body(end) {
                return true;
            }
        }
        false
    }

    /// Tells whether the text from here soon comes to a comma and then to the body or its end.
    fn closes_before_body(&self, at: usize) -> bool {
        let stream = self.stream;
        let reach = (at + MAX_OFFICE).min(stream.len());
        let mut ends = stream
            .word_starts(at..reach)
            .map(|word| stream.word_end(word));
        let closed = ends.find(|&end| self.is_closed(end));
        closed.is_some_and(|end| end == stream.len() || self.begins_body(end))
    }

    /// Tells whether a line of a cover begins here, set in small letters: the first page of two
    /// that were taken together, with nothing on it but title and names.
    fn is_on_cover(&self, at: usize) -> bool {
        let stream = self.stream;
        let page = |at: usize| stream.token(at).map(|token| token.page);
        let last = stream.len().saturating_sub(1);
        stream.begins_line(at)
            && stream.is_capital(at)
            && page(at) == page(0)
            && page(at) != page(last)
    }

    /// Weighs what speaks for a candidate.
    fn score(&self, heading: &Heading) -> f32 {
        let stream = self.stream;
        let at = heading.at;
        let begins = f32::from(u8::from(
            stream.may_begin(at.start)
                || heading.attachment.is_some()
                || heading.draft.is_some(),
        ));
        let capitals = match self.is_on_cover(at.start) {
            true => 1.0,
            false => stream.capitals(at.range()),
        };
        if heading.has_words_only() {
            let line = stream.line_end(at.start) - stream.line_start(at.start);
            let line = line.clamp(1, LONGEST_COVER);
            let cover = (at.end - at.start) as f32 / line as f32;
            let sum = 0.25 * begins + 0.3 * capitals + 0.4 * cover.min(1.0) - at.cost;
            // Nothing but these words says so: a word that is nearly they is another.
            return sum * if at.is_nearly_exact() { 1.0 } else { 0.5 };
        }
        let has =
            |hit: Option<Hit>, weight: f32| if hit.is_some() { weight } else { 0.0 };
        0.25 * begins
            + 0.15 * capitals
            + has(heading.number, 0.3)
            + has(heading.about, 0.25)
            - at.cost
    }
}
