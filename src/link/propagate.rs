//! What an activity's papers say of its photos: takes the links of the papers, gives weaker links
//! for the photos. Apart because a photo has hardly a word of its own; that it was taken at an
//! activity is a hint, and never more than that.

use crate::framework::Framework;
use crate::model::{Cue, DocTypeId, Link, QuestionId, Ratio, Reason};
use std::collections::BTreeMap;

/// The confidence from which a paper's link is propagated: more likely right than not. Like the
/// two below chosen by hand and tried on the samples, no corpus has photos with a known truth.
const PROPAGATED_FROM: f32 = 0.5;
/// The share of its confidence that a propagated link keeps: an activity is grouped by day,
/// folder and subject, and the group may be wrong.
const PROPAGATED_SHARE: f32 = 0.75;
/// The most a propagated link is sure of: below [`Ratio::CONFIDENT`], so that a person looks.
const PROPAGATED_MOST: f32 = 0.6;

/// Returns the links that the papers of an activity propagate to its photos: of each question
/// that takes photos, the surest. `photo` is the kind of photos.
pub fn propagated<'l>(
    links: impl Iterator<Item = &'l Link>,
    framework: &Framework,
    photo: Option<&DocTypeId>,
) -> Vec<Link> {
    let takes_photos = |question: &QuestionId| {
        let kinds = framework.question(question).map(|q| &q.kinds);
        let both = kinds.zip(photo);
        both.is_some_and(|(kinds, photo)| kinds.contains(photo))
    };
    let mut best: BTreeMap<&QuestionId, &Link> = BTreeMap::new();
    let telling = links.filter(|link| link.confidence >= Ratio::new(PROPAGATED_FROM));
    for link in telling.filter(|link| takes_photos(&link.question)) {
        let best = best.entry(&link.question).or_insert(link);
        if link.confidence > best.confidence {
            *best = link;
        }
    }
    let weaker = |link: &Link| Link {
        confidence: Ratio::new(
            (link.confidence.get() * PROPAGATED_SHARE).min(PROPAGATED_MOST),
        ),
        cue: Cue {
            term: link.cue.term.clone(),
            span: None,
        },
        negative: None,
        reasons: vec![Reason::SameActivity],
        decided: None,
        ..link.clone()
    };
    best.into_values().map(weaker).collect()
}

/// Adds propagated links to a photo's own, best first: where the photo is not itself as sure of
/// the question, and nobody decided on it.
pub fn add_propagated(
    links: &mut Vec<Link>,
    propagated: &[Link],
    is_decided: impl Fn(&QuestionId) -> bool,
) {
    let undecided = propagated.iter().filter(|link| !is_decided(&link.question));
    for link in undecided {
        match links.iter_mut().find(|own| own.question == link.question) {
            Some(own) if own.confidence >= link.confidence => {}
            Some(own) => *own = link.clone(),
            None => links.push(link.clone()),
        }
    }
    links.sort_by(Link::best_first);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(question: &QuestionId, confidence: f32) -> Link {
        Link {
            question: question.clone(),
            indicator: "I1".into(),
            confidence: Ratio::new(confidence),
            cue: Cue {
                term: "anak".into(),
                span: None,
            },
            negative: None,
            reasons: vec![Reason::KindFits],
            decided: None,
        }
    }

    /// Two questions that take photos, and one that does not.
    fn questions(framework: &Framework, photo: &DocTypeId) -> [QuestionId; 3] {
        let all = || framework.questions().iter();
        let mut takes = all().filter(|question| question.kinds.contains(photo));
        let mut refuses = all().filter(|question| !question.kinds.contains(photo));
        [takes.next(), takes.next(), refuses.next()].map(|q| q.unwrap().id.clone())
    }

    #[test]
    fn a_photo_gets_weaker_links_to_questions_that_take_photos() {
        let framework = Framework::builtin().unwrap();
        let photo = DocTypeId::from("foto");
        let [one, other, refuses] = questions(&framework, &photo);
        let papers = [
            link(&one, 0.6),
            link(&one, 0.64),
            link(&other, 0.49),
            link(&refuses, 0.9),
        ];
        let summary = |links: Vec<Link>| -> Vec<(QuestionId, f32)> {
            let each = links.into_iter();
            each.map(|link| (link.question, link.confidence.get()))
                .collect()
        };
        let found = propagated(papers.iter(), &framework, Some(&photo));
        assert_eq!(found[0].reasons, [Reason::SameActivity]);
        assert_eq!(summary(found), [(one.clone(), 0.48)]);
        let sure = propagated([link(&one, 1.0)].iter(), &framework, Some(&photo));
        assert_eq!(summary(sure), [(one.clone(), PROPAGATED_MOST)]);
        assert!(propagated(papers.iter(), &framework, None).is_empty());
    }

    #[test]
    fn what_a_photo_says_itself_and_what_a_person_decided_stays() {
        let [one, other, third] = ["A", "B", "C"].map(QuestionId::from);
        let mut links = vec![link(&one, 0.5), link(&other, 0.2)];
        let hints = [link(&one, 0.4), link(&other, 0.4), link(&third, 0.6)];
        add_propagated(&mut links, &hints, |question| *question == third);
        let found: Vec<(&QuestionId, f32)> = links
            .iter()
            .map(|link| (&link.question, link.confidence.get()))
            .collect();
        assert_eq!(found, [(&one, 0.5), (&other, 0.4)]);
    }
}
