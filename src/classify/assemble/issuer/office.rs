//! The office within a government: named in the letterhead, or after the kind (`KEPUTUSAN
//! KEPALA DINAS SOSIAL`).

use crate::classify::assemble::Parts;
use crate::classify::text::stream::Hit;
use crate::framework::office::LONG_NAME;
use crate::lexicon::doctype::LevelWords;
use crate::model::{DocumentFacts, OfficeId, Reading};
use std::ops::Range;

/// A letterhead is over after so many letters.
const LETTERHEAD: usize = 260;

impl Parts<'_> {
    /// Adds the office to the issuer, where the page names one above what it says.
    pub(crate) fn add_office(
        &self,
        facts: &mut DocumentFacts,
        name: Option<Range<usize>>,
    ) {
        let Reading::Known(issuer) = &mut facts.issuer else {
            return;
        };
        let own = name.clone().and_then(|name| {
            let mut starts = self.head.word_starts(name);
            starts.find_map(|at| self.office_at(at))
        });
        let above = name.map_or(LETTERHEAD, |name| name.start.min(LETTERHEAD));
        let letterhead = || {
            let mut lines = self.head.line_starts(0..above.min(self.head.len()));
            lines.find_map(|at| self.office_at(at))
        };
        if let Some((office, _)) = own.or_else(letterhead) {
            issuer.value.office = Some(office);
        }
    }

    /// Reads the name of an office: the longest that fits best. The head of region is the
    /// government itself.
    pub(crate) fn office_at(&self, at: usize) -> Option<(OfficeId, Hit)> {
        let roles = &self.vocabulary.kinds.grammar().roles;
        let is_role = |role: &LevelWords| self.head.phrase_at(at, &role.words).is_some();
        if roles.iter().any(is_role) {
            return None;
        }
        let hits = self.vocabulary.offices.iter().filter_map(|(id, name)| {
            let hit = self.head.phrase_at(at, name)?;
            let is_whole = self.head.begins_word(hit.end) || hit.end == self.head.len();
            let is_sure = hit.cost == 0.0 || name.letters().len() >= LONG_NAME;
            (is_whole && is_sure).then_some((id, hit))
        });
        let best = hits.reduce(|best, next| {
            let longer = next.1.end > best.1.end && next.1.cost <= best.1.cost + 0.05;
            if longer { next } else { best }
        });
        best.map(|(id, hit)| (id.clone(), hit))
    }
}
