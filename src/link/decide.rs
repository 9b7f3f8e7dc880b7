//! A person's decisions laid over the suggestions: what was rejected goes, what was accepted
//! is certain, and a tie that nobody suggested stands where a person made it.

use super::learn::Learner;
use crate::framework::Framework;
use crate::model::{Cue, Decision, Link, QuestionId, Ratio, Verdict};
use std::collections::BTreeMap;

/// Returns a document's links as they stand: suggestions moved by what was learnt, decisions
/// over them, best first. Of several decisions on one question the last one holds.
pub fn effective_links(
    suggested: Vec<Link>,
    traits: &[String],
    decisions: &[Decision],
    learner: &Learner,
    framework: &Framework,
) -> Vec<Link> {
    let mut last_decisions = last_decisions(decisions);
    let mut links = Vec::with_capacity(suggested.len());
    for mut link in suggested {
        match last_decisions.remove(&link.question) {
            None => learner.adjust(&mut link, traits),
            Some(decision) if decision.verdict == Verdict::Reject => continue,
            Some(decision) => confirm(&mut link, decision),
        }
        links.push(link);
    }
    // What is left was tied by a person alone.
    for decision in last_decisions.into_values() {
        let question = framework.question(&decision.question);
        if let (Verdict::Accept, Some(question)) = (decision.verdict, question) {
            let mut link = Link {
                question: question.id.clone(),
                indicator: question.indicator.clone(),
                confidence: Ratio::ONE,
                cue: Cue {
                    term: decision.decided.note.clone(),
                    span: None,
                },
                negative: None,
                reasons: Vec::new(),
                decided: None,
            };
            confirm(&mut link, decision);
            links.push(link);
        }
    }
    links.sort_by(Link::best_first);
    links
}

/// Returns the decision that holds on each question: of several the last one.
pub fn last_decisions(decisions: &[Decision]) -> BTreeMap<&QuestionId, &Decision> {
    let by_question = decisions.iter().map(|d| (&d.question, d));
    by_question.collect()
}

fn confirm(link: &mut Link, decision: &Decision) {
    link.confidence = Ratio::ONE;
    // What spoke against it was weighed by the person.
    link.negative = None;
    link.decided = Some(decision.decided.clone());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Decided, Digest};

    fn decision(question: &QuestionId, verdict: Verdict) -> Decision {
        Decision {
            document: Digest::new([1; 32]),
            question: question.clone(),
            verdict,
            decided: Decided {
                author: "Sri".into(),
                made: "2026-01-02T03:04:05Z".into(),
                note: "dibaca".into(),
            },
        }
    }

    #[test]
    fn a_person_has_the_last_word() {
        let framework = Framework::builtin().unwrap();
        let ids: Vec<QuestionId> = framework
            .questions()
            .iter()
            .take(4)
            .map(|q| q.id.clone())
            .collect();
        let link = |at: usize, confidence| Link {
            question: ids[at].clone(),
            indicator: "I1".into(),
            confidence: Ratio::new(confidence),
            cue: Cue {
                term: "anak".into(),
                span: None,
            },
            negative: None,
            reasons: Vec::new(),
            decided: None,
        };
        let suggested = vec![link(0, 0.9), link(1, 0.4), link(2, 0.3)];
        let decisions = [
            decision(&ids[1], Verdict::Reject),
            decision(&ids[0], Verdict::Reject),
            decision(&ids[1], Verdict::Accept),
            decision(&ids[3], Verdict::Accept),
        ];
        let none = Learner::default();
        let effective = effective_links(suggested, &[], &decisions, &none, &framework);
        let found: Vec<(&QuestionId, f32, bool)> = effective
            .iter()
            .map(|l| (&l.question, l.confidence.get(), l.decided.is_some()))
            .collect();
        let mut first = [(&ids[1], 1.0, true), (&ids[3], 1.0, true)];
        first.sort_by(|a, b| a.0.cmp(b.0));
        assert_eq!(found, [first[0], first[1], (&ids[2], 0.3, false)]);
    }
}
