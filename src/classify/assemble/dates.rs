//! Dates as facts, in order of role.

use super::confidence::{CLEAN, DOUBTFUL, PLAUSIBLE, TOLD, word_doubt};
use super::{Parts, number};
use crate::classify::doctype::Kind;
use crate::classify::stream::Stream;
use crate::classify::{Vocabulary, closing, date};
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
        let class = kind.map(Kind::class);
        let makes = matches!(class, Some(Class::Agreement | Class::Record));
        found.retain(|found| makes || !found.is_also);
        // What speaks only where nothing else does comes last.
        found.sort_by_key(|found| found.instead);
        for found in found {
            // The first of its role speaks: later ones stand in attachments and forms.
            if dates.iter().all(|known| known.role != found.role) {
                dates.push(dated(self.whole, &found));
            }
        }
        self.add_closing(&mut dates, class);
        let captured = self.captured();
        if let Some(Kind::Picture(_)) = kind {
            self.add_day_on_photo(&mut dates, captured.as_ref());
        }
        dates.extend(captured);
        dates.sort_by_key(|dated| dated.role);
        facts.dates = dates;
        number::weigh_enacted(facts);
    }

    /// Adds the day beside a place: that of a letter, or of any paper where nothing else says
    /// when it was decided.
    fn add_closing(&self, dates: &mut Vec<DatedFact>, class: Option<Class>) {
        let is_law = matches!(class, Some(Class::Regulation | Class::Decision));
        let role = if is_law {
            DateRole::Enacted
        } else {
            DateRole::Letter
        };
        if class == Some(Class::Media) || dates.iter().any(|dated| dated.role == role) {
            return;
        }
        let Vocabulary { kinds, regions, .. } = self.vocabulary;
        let Some(found) = closing::find(self.whole, kinds.grammar(), regions) else {
            return;
        };
        let doubt = word_doubt(self.whole, found.range.clone()) + found.repair;
        // A law says so itself; a day beside a place is mostly that of an attachment.
        let most = match is_law && found.evidence.place != closing::Where::Signer {
            true => DOUBTFUL,
            false => found.evidence.confidence(),
        };
        dates.push(DatedFact {
            role,
            fact: Fact {
                value: found.date,
                confidence: Ratio::new(most - doubt),
                span: self.whole.span(found.range),
                rule: RuleId::from("date.place"),
            },
        });
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
