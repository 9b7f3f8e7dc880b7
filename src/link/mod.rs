//! Step 4: which question could this document prove? What was read and recognised goes in,
//! candidate [`Link`]s come out, best first, each with the sentence that speaks for it, what
//! speaks against it, and a calibrated confidence.
//!
//! A phrase counts by what it is (rare over the framework's subjects, telling between the
//! questions of one indicator), by where it stands (a title is a claim, a body mentions), and
//! by the company it keeps: kind, office and level of the document, the words of its path.
//! `evidence` adds up, `score` judges, `weights` holds every number.

mod activity;
mod cue;
mod decide;
mod evidence;
mod learn;
mod phrases;
mod plan;
mod reader;
mod score;
mod vocab;
mod weights;
mod witness;

#[cfg(test)]
mod tests;

pub use activity::{Activity, Trace, activities};
pub use decide::{last, settle};
pub use learn::{Learner, Lesson, traits};

use crate::framework::Framework;
use crate::model::{Cue, DocumentFacts, Extraction, Link, Ratio, Reason};
use cue::{Cues, Snare};
use evidence::Evidence;
use plan::Plan;
use reader::Reading;
use score::Score;
use witness::Witness;

/// Candidates below this are not worth a person's look: about one in seven is right.
const FLOOR: f32 = 0.15;
/// So many are shown anyway, down to [`FLOOR_ANYWAY`]: a law of the nation proves nothing for
/// a regency, but what it is about helps a person.
const ANYWAY: usize = 3;
/// Below this nothing is shown.
const FLOOR_ANYWAY: f32 = 0.01;
/// Most candidates for one document: a budget sheet proves up to ten questions.
const MOST: usize = 12;

/// Ties documents to the questions of one framework: made once, used for every document.
#[derive(Debug)]
pub struct Linker {
    plan: Plan,
}

impl Linker {
    /// Makes a framework ready.
    pub fn new(framework: &Framework) -> Self {
        Self {
            plan: Plan::new(framework),
        }
    }

    /// Returns the questions a document could prove, best first.
    ///
    /// `path` is where the document lies, `/` between folders; it may be empty. A document
    /// with several places is linked by each of them.
    pub fn link(
        &self,
        extraction: &Extraction,
        facts: &DocumentFacts,
        path: &str,
    ) -> Vec<Link> {
        let plan = &self.plan;
        let reading = Reading::new(extraction, facts, path, &plan.vocab);
        let witness = Witness::hear(plan, facts, extraction, path);
        let cues = Cues::find(plan, &reading);
        let evidence = Evidence::gather(plan, &cues);
        let mut scores = score::judge(plan, &evidence, &witness, facts);
        scores
            .sort_by(|a, b| b.odds.total_cmp(&a.odds).then(a.question.cmp(&b.question)));
        let by_confidence =
            |score: &Score| std::cmp::Reverse(OrdRatio(score.confidence()));
        scores.sort_by_key(by_confidence);
        let links = scores.iter().take(MOST).enumerate();
        links
            .filter(|(at, score)| {
                let floor = if *at < ANYWAY { FLOOR_ANYWAY } else { FLOOR };
                score.confidence() >= Ratio::new(floor)
            })
            .map(|(_, score)| score)
            .filter_map(|score| self.tell(score, &reading, &evidence, path))
            .collect()
    }

    /// Puts a judgement into words a person can check.
    fn tell(
        &self,
        score: &Score,
        reading: &Reading,
        evidence: &Evidence,
        path: &str,
    ) -> Option<Link> {
        let plan = &self.plan;
        let question = plan.questions.get(score.question)?;
        let indicator = plan.indicators.get(question.indicator)?;
        let said = evidence.questions.get(score.question)?;
        let cue = said.best.and_then(|hit| {
            let passage = reading.passages.get(hit.passage)?;
            Some(Cue {
                term: plan.terms.get(hit.term)?.text.clone(),
                span: reading.span(passage, hit.start, hit.end),
            })
        });
        let by_name = || Cue {
            term: path.rsplit('/').next().unwrap_or_default().to_owned(),
            span: None,
        };
        let mut reasons = score.reasons.clone();
        reasons.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then(a.0.cmp(&b.0)));
        let mut reasons: Vec<Reason> =
            reasons.into_iter().map(|(reason, _)| reason).collect();
        reasons.dedup();
        Some(Link {
            question: question.id.clone(),
            indicator: indicator.id.clone(),
            confidence: score.confidence(),
            cue: cue.unwrap_or_else(by_name),
            against: said.snare.and_then(|snare| self.against(snare, reading)),
            reasons,
            decided: None,
        })
    }

    fn against(&self, snare: Snare, reading: &Reading) -> Option<Cue> {
        let passage = reading.passages.get(snare.passage)?;
        Some(Cue {
            term: self.plan.traps.get(snare.trap)?.text.clone(),
            span: reading.span(passage, snare.start, snare.end),
        })
    }
}

/// Orders confidences; none is NaN.
#[derive(PartialEq, Clone, Copy)]
struct OrdRatio(Ratio);

impl Eq for OrdRatio {}

impl PartialOrd for OrdRatio {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for OrdRatio {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.get().total_cmp(&other.0.get())
    }
}
