//! Step 4: which question could this document prove? What was read and recognised goes in,
//! candidate [`Link`]s come out, best first, each with the sentence that speaks for it, what
//! speaks against it, and a calibrated confidence.
//!
//! A phrase counts by what it is (it names the indicator's own matter, is rare over the
//! framework's subjects, telling between the questions of one indicator), by where it stands
//! (a title is a claim, a body mentions), and by the company it keeps: kind, office and level
//! of the document, the words of its path. `ground` says how far the document is about an
//! indicator, `evidence` and `score` which of its questions it answers; `model` makes a
//! confidence of both by weights that are fitted to real papers (`fitted`).

pub(crate) mod read;
mod weigh;
mod activity;
mod decide;
mod learn;
mod plan;
mod propagate;

#[cfg(test)]
mod tests;

pub use self::weigh::model::Weighed;
pub use activity::{Activity, Trace, activities};
pub use decide::{last, settle};
pub use learn::{Learner, Lesson, traits};
pub use propagate::{add_propagated, propagated};

use self::read::cue::{Cues, Snare};
use self::read::reader::Reading;
use self::read::witness::Witness;
use self::weigh::evidence::Evidence;
use self::weigh::score::Score;
use crate::framework::Framework;
use crate::model::{Cue, DocumentFacts, Extraction, Link, Ratio, Reason};
use plan::Plan;

/// Candidates below this are not worth a person's look. Low, because a document that proves
/// ten questions tells few of them apart: of links just above it, every third is of the right
/// indicator.
const FLOOR: f32 = 0.02;
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
        let heard = self.hear(extraction, facts, path);
        let mut judged = heard.weigh(&self.plan);
        judged.sort_by(|(a, one), (b, other)| {
            let surer = other.confidence().get().total_cmp(&one.confidence().get());
            surer.then(a.question.cmp(&b.question))
        });
        let links = judged.iter().take(MOST).enumerate();
        links
            .filter(|(at, (_, weighed))| {
                let floor = if *at < ANYWAY { FLOOR_ANYWAY } else { FLOOR };
                weighed.confidence() >= Ratio::new(floor)
            })
            .filter_map(|(_, (score, weighed))| self.tell(score, weighed, &heard, path))
            .collect()
    }

    /// Returns all that is weighed of a document, whatever comes of it: what the model is
    /// fitted to.
    pub fn weigh(
        &self,
        extraction: &Extraction,
        facts: &DocumentFacts,
        path: &str,
    ) -> Vec<Weighed> {
        let heard = self.hear(extraction, facts, path);
        let judged = heard.weigh(&self.plan);
        judged.into_iter().map(|(_, weighed)| weighed).collect()
    }

    fn hear<'a>(
        &self,
        extraction: &'a Extraction,
        facts: &'a DocumentFacts,
        path: &str,
    ) -> Heard<'a> {
        let plan = &self.plan;
        let reading = Reading::new(extraction, facts, path, &plan.vocab);
        let cues = Cues::find(plan, &reading);
        Heard {
            evidence: Evidence::gather(plan, &cues),
            witness: Witness::hear(plan, facts, extraction, path),
            reading,
            cues,
            facts,
        }
    }

    /// Puts a judgement into words a person can check.
    fn tell(
        &self,
        score: &Score,
        weighed: &Weighed,
        heard: &Heard,
        path: &str,
    ) -> Option<Link> {
        let plan = &self.plan;
        let Heard {
            reading, evidence, ..
        } = heard;
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
            confidence: weighed.confidence(),
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

/// A document as linking heard it.
struct Heard<'a> {
    reading: Reading<'a>,
    cues: Cues,
    evidence: Evidence,
    witness: Witness,
    facts: &'a DocumentFacts,
}

impl Heard<'_> {
    /// Weighs every question the document says anything of.
    fn weigh(&self, plan: &Plan) -> Vec<(Score, Weighed)> {
        let Self {
            reading,
            cues,
            evidence,
            witness,
            facts,
        } = self;
        let grounds =
            weigh::ground::grounds(plan, cues, reading, evidence, witness, facts);
        let scores = weigh::score::judge(plan, evidence, witness, facts);
        let weigh = |score: Score| {
            let asked = plan.questions.get(score.question)?;
            let named = witness.names(score.question) || witness.files_under(asked);
            let spoken = grounds.get(asked.about).copied().flatten();
            let weighed = Weighed {
                question: asked.id.clone(),
                about: plan.indicators.get(asked.about)?.id.clone(),
                filed: score.filed,
                grounds: spoken.or(named.then_some([0.0; weigh::ground::GROUNDS]))?,
                asked: score.asked,
            };
            Some((score, weighed))
        };
        scores.into_iter().filter_map(weigh).collect()
    }
}
