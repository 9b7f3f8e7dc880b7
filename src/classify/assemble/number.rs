//! Number and year as facts, weighed against what the rest of the document says of them.

use super::Parts;
use super::confidence::{
    BLANK_DRAFT, CLEAN, CONTRADICTED, DOUBTFUL, FRAME_WEIGHT, GARBLED, LETTER_NUMBER,
    NOT_GOOD, OUT_OF_ORDER, REPAIR_WEIGHT, cap, garbage, raise, word_doubt,
};
use crate::classify::condition::repeat::Repeat;
use crate::classify::kind::heading::Heading;
use crate::classify::read::cite;
use crate::classify::read::number;
use crate::classify::read::number::Value;
use crate::classify::text::stream::Hit;
use crate::lexicon::doctype::Class;
use crate::model::{DateRole, DocumentFacts, Fact, Ratio, Reading, RuleId, Span, Unsure};
use std::ops::Range;

/// What a repeat of the number in an attachment's heading adds.
const REPEATED: f32 = 0.15;
/// What a day of enactment in the same year adds.
const SAME_YEAR: f32 = 0.1;

impl Parts<'_> {
    /// Reads number and year where the heading has them, and compares them with the rest of the document.
    pub(super) fn add_number(
        &self,
        facts: &mut DocumentFacts,
        heading: &Heading,
        repeats: &[Repeat],
    ) {
        facts.year = self.year(heading);
        facts.number = self.number(heading);
        facts.also_numbered = self.also_numbered(&heading.more_numbers);
        weigh_number(facts, repeats);
        weigh_year(facts, repeats);
        if self.has_stray_number(facts, heading) {
            cap(&mut facts.number, DOUBTFUL);
            cap(&mut facts.year, DOUBTFUL);
        }
        let place = heading.number_range(self.head);
        let place = place.map(|range| {
            let start = heading.number.map_or(range.start, |hit| hit.start);
            start..range.end
        });
        year_from_number(facts, place.and_then(|shown| self.head.span(shown)));
        facts.draft = facts
            .draft
            .take()
            .or_else(|| self.draft_by_blank(facts, heading));
    }

    fn number(&self, heading: &Heading) -> Reading<String> {
        let Some(range) = heading.number_range(self.head) else {
            return Reading::Unsure(Unsure::NotStated);
        };
        let pieces = self.head.between(range.start, range.end);
        let last = self.head.token_index(range.end);
        let tokens: Vec<usize> = (self.head.token_index(range.start)..last).collect();
        let start = heading.number.map_or(range.start, |hit| hit.start);
        let best = CLEAN - self.frame_doubt(heading);
        match self.agreed(&pieces, &tokens, "number.heading", heading.kind.class) {
            Ok((value, rule, doubt)) => {
                self.read(value, best - doubt, start..range.end, &rule)
            }
            Err(unsure) => Reading::Unsure(unsure),
        }
    }

    fn year(&self, heading: &Heading) -> Reading<i16> {
        let Some(range) = heading.year_range(self.head) else {
            return Reading::Unsure(Unsure::NotStated);
        };
        let value = number::year(&self.head.between(range.start, range.end));
        let start = heading.year.map_or(range.start, |hit| hit.start);
        let figures = range.start..(range.start + 4).min(range.end);
        let best = CLEAN - self.frame_doubt(heading);
        self.reading(
            value,
            best,
            figures.clone(),
            start..figures.end,
            "year.heading",
        )
    }

    /// Makes a fact of a value read in `range`, shown as `shown`; `best` is its confidence
    /// before what its own words and their repair take.
    pub(super) fn reading<T>(
        &self,
        value: Value<T>,
        best: f32,
        range: Range<usize>,
        shown: Range<usize>,
        rule: &str,
    ) -> Reading<T> {
        let doubt = word_doubt(self.head, range);
        self.read(value, best - doubt, shown, rule)
    }

    /// Makes a fact of a value, of which no more is to be doubted than its repair.
    fn read<T>(
        &self,
        value: Value<T>,
        best: f32,
        shown: Range<usize>,
        rule: &str,
    ) -> Reading<T> {
        match value {
            Value::Blank => Reading::Unsure(Unsure::Blank),
            Value::Illegible { candidate } => {
                Reading::Unsure(Unsure::Illegible { candidate })
            }
            Value::Read { value, repair } => {
                self.known(value, best - repair * REPAIR_WEIGHT, shown, rule)
            }
        }
    }

    /// Tells whether a line of the first page gives another number and year, and no kind before
    /// it says whose: the lines may be out of order.
    fn has_stray_number(&self, facts: &DocumentFacts, heading: &Heading) -> bool {
        /// `NOMOR 1234 TAHUN 2021` has 19 letters.
        const LINE: usize = 24;
        let grammar = self.vocabulary.kinds.grammar();
        let own: Vec<usize> = heading
            .number
            .iter()
            .chain(&heading.more_numbers)
            .map(|hit| hit.start)
            .collect();
        let lines = self.head.line_starts(0..self.head.len());
        let strays = lines.filter_map(|at| {
            let label = self.head.any_at(at, &grammar.number)?;
            let reach = (label.end + LINE).min(self.head.line_end(at));
            let year = self.head.find(label.end..reach, &grammar.year)?;
            let value = number::number(&self.head.between(label.end, year.start));
            match value {
                Value::Read { value, .. } if Some(&value) != facts.number.value() => {
                    Some(label.start)
                }
                _ => None,
            }
        });
        let strays: Vec<usize> = strays.filter(|at| !own.contains(at)).collect();
        if strays.is_empty() {
            return false;
        }
        let cites = cite::all(self.head, self.vocabulary.kinds, 0..self.head.len());
        let is_cited = |at: &usize| cites.iter().any(|cite| cite.range.contains(at));
        !strays.iter().all(is_cited)
    }

    /// Reads the numbers that the other offices gave a document they issued together.
    fn also_numbered(&self, labels: &[Hit]) -> Vec<Fact<String>> {
        let grammar = self.vocabulary.kinds.grammar();
        let numbers = labels.iter().filter_map(|label| {
            let line_end = self.head.line_end(label.start);
            let year = self.head.find(label.end..line_end, &grammar.year);
            let end = year.map_or(line_end, |year| year.start);
            let value = number::number(&self.head.between(label.end, end));
            let range = label.end..end;
            let shown = label.start..end;
            let read = self.reading(value, LETTER_NUMBER, range, shown, "number.another");
            read.known().cloned()
        });
        numbers.collect()
    }

    /// Returns what the words around a number take from trust in it. A text layer says of
    /// every word that it is sure, also where a scanner's software wrote it: there, garbled
    /// words nearby give it away.
    fn frame_doubt(&self, heading: &Heading) -> f32 {
        let title = heading.title.clone().unwrap_or_default();
        let is_garbled = !self.head.is_ocr && garbage(&self.head.text(title)) > 0.0;
        let frame = [heading.number, heading.year, heading.about];
        let worst = frame
            .into_iter()
            .flatten()
            .map(|hit| hit.cost)
            .fold(0.0, f32::max);
        let doubts = [
            (!heading.is_good(), NOT_GOOD),
            (heading.is_out_of_order, OUT_OF_ORDER),
            (is_garbled, GARBLED),
        ];
        let sum: f32 = doubts
            .iter()
            .filter(|(is, _)| *is)
            .map(|(_, doubt)| doubt)
            .sum();
        sum + worst * FRAME_WEIGHT
    }

    /// A blank typed number is how drafts look; in a scan it may only have been lost.
    fn draft_by_blank(
        &self,
        facts: &DocumentFacts,
        heading: &Heading,
    ) -> Option<Fact<bool>> {
        let is_blank = facts.number == Reading::Unsure(Unsure::Blank);
        (is_blank && !self.head.is_ocr).then(|| Fact {
            value: true,
            confidence: Ratio::new(BLANK_DRAFT),
            span: heading.number.and_then(|hit| self.head.span(hit.range())),
            rule: RuleId::from("draft.blank_number"),
        })
    }
}

/// Takes the year from a letter's number (`188.45/123/KEP/2022`) where no other is given;
/// `place` is where the number stands, also one in doubt.
pub(super) fn year_from_number(facts: &mut DocumentFacts, place: Option<Span>) {
    year_from_candidate(facts, place);
    let Some(number) = facts
        .number
        .known()
        .filter(|_| facts.year.known().is_none())
    else {
        return;
    };
    if let Some(value) = number::year_within(&number.value) {
        // Its last part is clear where another is not.
        let confidence = Ratio::new(number.confidence.get().max(DOUBTFUL));
        let span = number.span.clone();
        let rule = RuleId::from("year.number");
        facts.year = Reading::Known(Fact {
            value,
            confidence,
            span,
            rule,
        });
    }
}

/// Takes the year of the day on which a document was made, where it states no other: of a photo
/// or record, that of the activity, too.
pub(super) fn year_from_dates(facts: &mut DocumentFacts, class: Option<Class>) {
    let roles: &[DateRole] = match class {
        Some(Class::Media | Class::Record) | None => &[
            DateRole::Enacted,
            DateRole::Letter,
            DateRole::Activity,
            DateRole::Captured,
        ],
        _ => &[DateRole::Enacted, DateRole::Letter, DateRole::Promulgated],
    };
    let by_title = facts.year.known().is_some_and(|fact| {
        ["year.title", "year.end", "year.below"].contains(&fact.rule.as_str())
    });
    let met = facts.date(DateRole::Activity).is_some_and(|date| {
        class == Some(Class::Record) && date.confidence.is_confident()
    });
    // Minutes of one year may be about the plan of another.
    if facts.year.value().is_some() && !(by_title && met) {
        return;
    }
    let roles = if by_title {
        &[DateRole::Activity]
    } else {
        roles
    };
    let Some(date) = roles.iter().find_map(|role| facts.date(*role)) else {
        return;
    };
    facts.year = Reading::Known(Fact {
        value: date.value.year(),
        confidence: date.confidence,
        span: date.span.clone(),
        rule: RuleId::from("year.date"),
    });
}

/// Takes the year that a number ends with although the number itself is in doubt.
fn year_from_candidate(facts: &mut DocumentFacts, place: Option<Span>) {
    let candidates: Vec<&String> = match &facts.number {
        Reading::Unsure(Unsure::Illegible { candidate }) => vec![candidate],
        Reading::Unsure(Unsure::Contradicting { candidates }) => {
            candidates.iter().collect()
        }
        _ => return,
    };
    let mut years = candidates
        .iter()
        .filter_map(|text| number::year_within(text));
    let Some(value) = years
        .next()
        .filter(|year| years.all(|other| other == *year))
    else {
        return;
    };
    if facts.year.value().is_none() {
        facts.year = Reading::Known(Fact {
            value,
            confidence: Ratio::new(DOUBTFUL),
            span: place,
            rule: RuleId::from("year.candidate"),
        });
    }
}

/// Lets the repeats of the number confirm it, speak against it, or say what it may be.
fn weigh_number(facts: &mut DocumentFacts, repeats: &[Repeat]) {
    let year = facts.year.value().copied();
    let of_year: Vec<&Repeat> = repeats
        .iter()
        .filter(|r| year.is_none_or(|year| r.year == year))
        .collect();
    let attachment = of_year.iter().find(|r| r.is_attachment);
    match &mut facts.number {
        Reading::Known(fact) => {
            if of_year.iter().any(|r| r.number == fact.value) {
                raise(&mut facts.number, REPEATED);
            } else if attachment.is_some() {
                cap(&mut facts.number, CONTRADICTED);
            }
        }
        Reading::Unsure(reason) => {
            // The gazette has its own count, which is often but not always the same.
            let is_open = matches!(reason, Unsure::Blank | Unsure::NotStated);
            let gazette = of_year.iter().find(|r| r.is_gazette && is_open);
            if let Some(repeat) = attachment.or(gazette) {
                *reason = Unsure::Illegible {
                    candidate: repeat.number.clone(),
                };
            }
        }
    }
}

/// Lets the headings of attachments speak against the year.
fn weigh_year(facts: &mut DocumentFacts, repeats: &[Repeat]) {
    let mut years = repeats
        .iter()
        .filter(|r| r.is_attachment)
        .map(|r| r.year)
        .peekable();
    let value = facts.year.value().copied();
    if years.peek().is_some() && years.all(|year| Some(year) != value) {
        cap(&mut facts.year, DOUBTFUL);
    }
}

/// Holds the year of the number against the day of enactment: both are of one year.
pub(super) fn weigh_enacted(facts: &mut DocumentFacts) {
    let Some(enacted) = facts.date(DateRole::Enacted) else {
        return;
    };
    let (enacted, is_sure) = (enacted.value.year(), enacted.confidence.is_confident());
    match facts.year.value() {
        None => return,
        Some(year) if *year == enacted => return raise(&mut facts.year, SAME_YEAR),
        Some(_) if is_sure => cap(&mut facts.year, DOUBTFUL),
        Some(_) => {}
    }
    let dates = facts
        .dates
        .iter_mut()
        .filter(|dated| dated.role == DateRole::Enacted);
    for dated in dates {
        let most = dated.fact.confidence.get().min(DOUBTFUL);
        dated.fact.confidence = Ratio::new(most);
    }
}
