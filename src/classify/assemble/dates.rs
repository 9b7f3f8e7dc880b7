//! Dates as facts, in order of role.

use super::confidence::{CLEAN, CONTRADICTED, DOUBTFUL, PLAUSIBLE, TOLD, word_doubt};
use super::{Parts, number, second};
use crate::classify::Vocabulary;
use crate::classify::kind::doctype::Kind;
use crate::classify::read::{closing, date};
use crate::classify::text::stream::Stream;
use crate::lexicon::doctype::Class;
use crate::model::{Date, DateRole, DatedFact, DocumentFacts, Fact, Ratio, RuleId};
use std::borrow::Cow;
use std::ops::Range;

/// A day that one reader read and the other did not.
const ONE_READER: f32 = 0.8;

/// A date as one reader read it, and whether another looked at its words, too.
pub(super) struct Read {
    pub(super) dated: DatedFact,
    is_twice: bool,
}

impl Parts<'_> {
    pub(super) fn add_dates(&self, facts: &mut DocumentFacts, kind: Option<&Kind>) {
        let class = kind.map(Kind::class);
        let again = second::pages(&self.extraction.pages);
        let is_read_again = again.iter().any(|page| matches!(page, Cow::Owned(_)));
        let dates = self.dates_on(self.whole, class);
        let mut dates = match is_read_again {
            true => {
                let again = Stream::new(again.iter().map(AsRef::as_ref));
                hold_against(dates, &self.dates_on(&again, class))
            }
            false => dates.into_iter().map(|read| read.dated).collect(),
        };
        let captured = self.captured();
        if let Some(Kind::Picture(_)) = kind {
            self.add_day_on_photo(&mut dates, captured.as_ref());
        }
        dates.extend(captured);
        dates.sort_by_key(|dated| dated.role);
        facts.dates = dates;
        number::weigh_enacted(facts);
    }

    /// Returns the dates that the words around them make the paper's, one for each role.
    pub(super) fn dates_on(&self, stream: &Stream, class: Option<Class>) -> Vec<Read> {
        let grammar = self.vocabulary.kinds.grammar();
        let mut dates: Vec<Read> = Vec::new();
        let (told, mut found): (Vec<_>, Vec<_>) = date::find(stream, grammar)
            .into_iter()
            .partition(|found| found.in_sentence);
        // What is set off speaks before what a sentence tells; and a law tells of other days.
        if matches!(class, Some(Class::Record | Class::Letter)) {
            found.extend(told);
        }
        let makes = matches!(class, Some(Class::Agreement | Class::Record));
        found.retain(|found| makes || !found.is_also);
        // What speaks only where nothing else does comes last.
        found.sort_by_key(|found| found.instead);
        for found in found {
            // The first of its role speaks: later ones stand in attachments and forms.
            if dates.iter().all(|known| known.dated.role != found.role) {
                let is_twice = is_read_twice(stream, &found.range);
                let dated = dated(stream, &found);
                dates.push(Read { dated, is_twice });
            }
        }
        if let Some(closing) = self.closing(stream, &dates, class) {
            dates.push(closing);
        }
        dates
    }

    /// Reads the day beside a place: that of a letter, or of any paper where nothing else says
    /// when it was decided.
    fn closing(
        &self,
        stream: &Stream,
        dates: &[Read],
        class: Option<Class>,
    ) -> Option<Read> {
        let is_law = matches!(class, Some(Class::Regulation | Class::Decision));
        let role = if is_law {
            DateRole::Enacted
        } else {
            DateRole::Letter
        };
        let is_known = dates.iter().any(|read| read.dated.role == role);
        if class == Some(Class::Media) || is_known {
            return None;
        }
        let Vocabulary { kinds, regions, .. } = self.vocabulary;
        let found = closing::find(stream, kinds.grammar(), regions)?;
        let doubt = word_doubt(stream, found.range.clone()) + found.repair;
        // A law says so itself; a day beside a place is mostly that of an attachment.
        let most = match is_law && found.evidence.place != closing::Where::Signer {
            true => DOUBTFUL,
            false => found.evidence.confidence(),
        };
        let fact = Fact {
            value: found.date,
            confidence: Ratio::new(most - doubt),
            span: stream.span(found.range.clone()),
            rule: RuleId::from(found.evidence.rule().as_str()),
        };
        Some(Read {
            dated: DatedFact { role, fact },
            is_twice: is_read_twice(stream, &found.range),
        })
    }

    /// Adds the day written on a photo, confirmed or contradicted by the camera's clock. A banner
    /// bears days of other years, too.
    fn add_day_on_photo(&self, dates: &mut Vec<DatedFact>, captured: Option<&DatedFact>) {
        /// Days between an activity and a photo of it that is still of that time.
        const NEAR: i32 = 31;
        if dates.iter().any(|dated| dated.role == DateRole::Activity) {
            return;
        }
        let taken = captured.map(|dated| dated.fact.value);
        for found in date::on_photo(self.whole, self.vocabulary.kinds.grammar()) {
            let mut day = dated(self.whole, &found);
            let best = match taken.map(|taken| taken.days_until(found.date).abs()) {
                Some(days) if days <= NEAR => CLEAN,
                Some(_) => DOUBTFUL,
                None => PLAUSIBLE,
            };
            day.fact.confidence = Ratio::new(day.fact.confidence.get().min(best));
            day.fact.rule = RuleId::from("date.photo");
            dates.push(day);
        }
    }

    /// Takes the day from a camera's note. Clocks of cameras are wrong sometimes.
    fn captured(&self) -> Option<DatedFact> {
        let captured = self
            .extraction
            .metadata
            .camera
            .as_ref()?
            .captured
            .as_ref()?;
        let value: Date = captured.get(..10)?.parse().ok()?;
        let fact = Fact {
            value,
            confidence: Ratio::new(0.9),
            span: None,
            rule: RuleId::from("date.camera"),
        };
        Some(DatedFact {
            role: DateRole::Captured,
            fact,
        })
    }
}

/// Tells whether a second reader looked at what stands in a range.
fn is_read_twice(stream: &Stream, range: &Range<usize>) -> bool {
    let last = stream.token_index(range.end.saturating_sub(1));
    let tokens: Vec<usize> = (stream.token_index(range.start)..=last).collect();
    stream.second_of(&tokens).is_some()
}

/// Holds the dates of one reading against those of the other, role by role.
fn hold_against(first: Vec<Read>, second: &[Read]) -> Vec<DatedFact> {
    let of_role = |dates: &[Read], role| {
        let mut dates = dates.iter().map(|read| &read.dated);
        dates.find(|dated| dated.role == role).cloned()
    };
    let others = second.iter().map(|read| &read.dated);
    let only_second = others.filter(|dated| of_role(&first, dated.role).is_none());
    let mut dates: Vec<DatedFact> = only_second
        .map(|dated| read_as(dated.clone(), "second", ONE_READER))
        .collect();
    for Read { dated, is_twice } in first {
        let other = of_role(second, dated.role);
        dates.push(match other {
            Some(other) if has_lost_tens(&dated.fact, &other.fact) => {
                read_as(other, "second", ONE_READER)
            }
            Some(other) if other.fact.value != dated.fact.value => {
                read_as(other, "apart", CONTRADICTED)
            }
            None => read_as(dated, "alone", ONE_READER),
            // What one reader hardly read the other may have read well.
            Some(other) if is_twice => {
                let surer = other.fact.confidence.get() > dated.fact.confidence.get();
                read_as(if surer { other } else { dated }, "agreed", 1.0)
            }
            Some(_) => dated,
        });
    }
    dates
}

/// Tells whether a reader that is less sure of a date than the other lost the tens of its day:
/// `a4 Mei` for `24 Mei`. Readers lose figures more often than they invent them.
fn has_lost_tens(first: &Fact<Date>, other: &Fact<Date>) -> bool {
    let (own, whole) = (first.value, other.value);
    (own.year(), own.month()) == (whole.year(), whole.month())
        && own.day() < 10
        && whole.day() > 10
        && whole.day() % 10 == own.day()
        && other.confidence.get() > first.confidence.get()
}

/// Returns a date with how the readings of it agree, and no surer than `most`.
fn read_as(mut dated: DatedFact, how: &str, most: f32) -> DatedFact {
    let fact = &mut dated.fact;
    fact.rule = RuleId::from(format!("{}.{how}", fact.rule).as_str());
    fact.confidence = Ratio::new(fact.confidence.get().min(most));
    dated
}

/// Makes a fact of a date found.
fn dated(stream: &Stream, found: &date::Found) -> DatedFact {
    let sure = match (found.in_sentence, found.instead) {
        (true, _) => TOLD,
        (_, true) => PLAUSIBLE,
        _ => CLEAN,
    };
    let doubt = word_doubt(stream, found.range.clone()) + found.repair;
    DatedFact {
        role: found.role,
        fact: Fact {
            value: found.date,
            confidence: Ratio::new(sure - doubt),
            span: stream.span(found.range.clone()),
            rule: RuleId::from("date.words"),
        },
    }
}
