//! Dates as facts, in order of role.

use super::confidence::{CLEAN, DOUBTFUL, PLAUSIBLE, TOLD, word_doubt};
use super::{Parts, number};
use crate::classify::date;
use crate::classify::doctype::Kind;
use crate::classify::stream::Stream;
use crate::framework::doctype::Class;
use crate::model::{Date, DateRole, DatedFact, DocumentFacts, Fact, Ratio, RuleId};

impl Parts<'_> {
    pub(super) fn add_dates(&self, facts: &mut DocumentFacts, kind: Option<&Kind>) {
        let grammar = self.vocabulary.kinds.grammar();
        let mut dates: Vec<DatedFact> = Vec::new();
        let (told, mut found): (Vec<_>, Vec<_>) = date::find(self.whole, grammar)
            .into_iter()
            .partition(|found| found.in_sentence);
        // What is set off speaks before what a sentence tells; and a law tells of other days.
        if kind.is_some_and(|kind| matches!(kind.class(), Class::Record | Class::Letter))
        {
            found.extend(told);
        }
        for found in found {
            // The first of its role speaks: later ones stand in attachments and forms.
            if dates.iter().all(|known| known.role != found.role) {
                dates.push(dated(self.whole, &found));
            }
        }
        let head_end = match kind {
            Some(Kind::Letter(letter)) => Some(letter.end + 200),
            Some(Kind::Heading(h)) if h.kind.class == Class::Circular => Some(h.at.start),
            _ => None,
        };
        if let Some(found) =
            head_end.and_then(|end| date::letter_date(self.head, grammar, end))
        {
            dates.push(dated(self.head, &found));
        }
        let captured = self.captured();
        if let Some(Kind::Picture(_)) = kind {
            self.add_day_on_photo(&mut dates, captured.as_ref());
        }
        dates.extend(captured);
        dates.sort_by_key(|dated| dated.role);
        facts.dates = dates;
        number::weigh_enacted(facts);
    }

    /// Adds the day written on a photo, the camera's clock being the other witness. A banner
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

/// Makes a fact of a date found.
fn dated(stream: &Stream, found: &date::Found) -> DatedFact {
    let sure = if found.in_sentence { TOLD } else { CLEAN };
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
