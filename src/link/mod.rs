//! Step 4: which question could this document prove? What was read and recognised goes in,
//! candidate [`Link`]s come out, best first, each with the sentence that supports it, the one
//! that contradicts it, and a calibrated confidence.
//!
//! A phrase counts by what it is (it names the indicator's own matter, is rare over the
//! framework's subjects, telling between the questions of one indicator), by where it stands
//! (a title claims, a body mentions), and by what else is known: kind, office and level of the
//! document, the words of its path. `ground` says how far the document is about an
//! indicator, `evidence` and `score` which of its questions it answers; `model` makes a
//! confidence of both by weights that are fitted to real papers (`fitted`).

pub(crate) mod read;
mod weigh;
mod activity;
mod decide;
mod learn;
mod compiled;
mod propagate;

#[cfg(test)]
mod tests;

pub use self::weigh::model::Weighed;
pub use activity::{Activity, Trace, activities};
pub use decide::{effective_links, last_decisions};
pub use learn::{Learner, Lesson, traits};
pub use propagate::{add_propagated, propagated};

use self::read::cue::{Cues, NegativeHit};
use self::read::hints::PathHints;
use self::read::reader::Reading;
use self::weigh::evidence::Evidence;
use self::weigh::score::Score;
use crate::framework::Framework;
use crate::model::{Cue, DocumentFacts, Extraction, Link, Ratio, Reason};
use compiled::CompiledFramework;

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
    compiled: CompiledFramework,
}

impl Linker {
    /// Compiles a framework.
    pub fn new(framework: &Framework) -> Self {
        Self {
            compiled: CompiledFramework::new(framework),
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
        let document = self.read(extraction, facts, path);
        let mut judged = document.weigh(&self.compiled);
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
            .filter_map(|(_, (score, weighed))| {
                self.link_of(score, weighed, &document, path)
            })
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
        let document = self.read(extraction, facts, path);
        let judged = document.weigh(&self.compiled);
        judged.into_iter().map(|(_, weighed)| weighed).collect()
    }

    /// Reads a document: its passages, the terms in them, and what its path claims.
    fn read<'a>(
        &self,
        extraction: &'a Extraction,
        facts: &'a DocumentFacts,
        path: &str,
    ) -> ReadDocument<'a> {
        let compiled = &self.compiled;
        let reading = Reading::new(extraction, facts, path, &compiled.vocab);
        let cues = Cues::find(compiled, &reading);
        ReadDocument {
            evidence: Evidence::gather(compiled, &cues),
            hints: PathHints::read(compiled, facts, extraction, path),
            reading,
            cues,
            facts,
        }
    }

    /// Makes a link of a judgement: with the sentences and reasons that a person can check.
    fn link_of(
        &self,
        score: &Score,
        weighed: &Weighed,
        document: &ReadDocument,
        path: &str,
    ) -> Option<Link> {
        let compiled = &self.compiled;
        let ReadDocument {
            reading, evidence, ..
        } = document;
        let question = compiled.questions.get(score.question)?;
        let indicator = compiled.indicators.get(question.indicator)?;
        let found = evidence.questions.get(score.question)?;
        let cue = found.best.and_then(|hit| {
            let passage = reading.passages.get(hit.passage)?;
            Some(Cue {
                term: compiled.terms.get(hit.term)?.text.clone(),
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
            negative: found
                .negative
                .and_then(|negative| self.negative_cue(negative, reading)),
            reasons,
            decided: None,
        })
    }

    /// Returns the sentence that contradicts a link.
    fn negative_cue(&self, negative: NegativeHit, reading: &Reading) -> Option<Cue> {
        let passage = reading.passages.get(negative.passage)?;
        Some(Cue {
            term: self
                .compiled
                .negative_phrases
                .get(negative.phrase)?
                .text
                .clone(),
            span: reading.span(passage, negative.start, negative.end),
        })
    }
}

/// A document with all that linking found in it.
struct ReadDocument<'a> {
    reading: Reading<'a>,
    cues: Cues,
    evidence: Evidence,
    hints: PathHints,
    facts: &'a DocumentFacts,
}

impl ReadDocument<'_> {
    /// Weighs every question that there is any evidence for.
    fn weigh(&self, compiled: &CompiledFramework) -> Vec<(Score, Weighed)> {
        let Self {
            reading,
            cues,
            evidence,
            hints,
            facts,
        } = self;
        let grounds =
            weigh::ground::grounds(compiled, cues, reading, evidence, hints, facts);
        let scores = weigh::score::judge(compiled, evidence, hints, facts);
        let weigh = |score: Score| {
            let asked = compiled.questions.get(score.question)?;
            let named = hints.names(score.question) || hints.files_under(asked);
            let spoken = grounds.get(asked.about).copied().flatten();
            let weighed = Weighed {
                question: asked.id.clone(),
                about: compiled.indicators.get(asked.about)?.id.clone(),
                filed: score.filed,
                grounds: spoken.or(named.then_some([0.0; weigh::ground::GROUNDS]))?,
                asked: score.asked,
            };
            Some((score, weighed))
        };
        scores.into_iter().filter_map(weigh).collect()
    }
}
