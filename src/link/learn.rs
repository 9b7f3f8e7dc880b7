//! Learning from decisions: takes what people of this archive accepted and rejected, gives how
//! far that moves other suggestions. Apart because it is the only part of the step that is not
//! the framework's but the archive's own; without decisions it changes nothing.
//!
//! A logistic model over a few things a person can read (the question with the term that was
//! found, the kind, the office, the folder, the words of the title), on top of the confidence
//! that linking gave. It is made anew from the record whenever that changes, in the order of the
//! record: the same decisions give the same weights, and taking a decision back forgets it.

use crate::lexicon::analysis;
use crate::model::{DocumentFacts, Link, Ratio, Reason};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// How often the lessons are gone through. Set with [`RATE`] on the generated archive of
/// `tests/measure/decide.rs`, like all numbers here; more changes nothing there.
const ROUNDS: usize = 12;
/// How far one lesson moves a weight.
const RATE: f32 = 0.35;
/// What is taken from a weight at each lesson that uses it, so that old habits fade.
const DECAY: f32 = 0.002;
/// The log-odds that learning moves a suggestion at most: from 0.5 to 0.95, not to certainty.
const MOST: f32 = 3.0;
/// The log-odds from which a person is told that their decisions moved a suggestion.
const TELLING: f32 = 0.25;
/// Words of a title that are compared.
const WORDS: usize = 12;
/// Folders above a file that are compared, the nearest first.
const FOLDERS: usize = 3;

/// A decision to learn from.
#[derive(Debug, Clone, Copy)]
pub struct Lesson<'a> {
    /// The link as it was suggested, without learning.
    pub link: &'a Link,
    /// The document's traits, see [`traits`].
    pub traits: &'a [String],
    /// Whether it was accepted.
    pub accepted: bool,
}

/// What was learnt.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Learner {
    weights: BTreeMap<String, f32>,
    lessons: usize,
}

impl Learner {
    /// Learns from lessons in the order they were given.
    pub fn new(lessons: &[Lesson]) -> Self {
        let mut learner = Self {
            weights: BTreeMap::new(),
            lessons: lessons.len(),
        };
        for _ in 0..ROUNDS {
            for lesson in lessons {
                learner.take(lesson);
            }
        }
        learner
    }

    fn take(&mut self, lesson: &Lesson) {
        let features = features(lesson.link, lesson.traits);
        let odds = odds(lesson.link.confidence) + self.moved(&features);
        let wanted = if lesson.accepted { 1.0 } else { 0.0 };
        let error = wanted - sigmoid(odds);
        for (name, value) in features {
            let weight = self.weights.entry(name).or_default();
            *weight += RATE * error * value - DECAY * *weight;
        }
    }

    fn moved(&self, features: &[(String, f32)]) -> f32 {
        let weighed = features
            .iter()
            .map(|(name, value)| self.weights.get(name).copied().unwrap_or(0.0) * value);
        weighed.sum::<f32>().clamp(-MOST, MOST)
    }

    /// Moves a suggestion by what was learnt.
    pub fn adjust(&self, link: &mut Link, traits: &[String]) {
        if self.weights.is_empty() {
            return;
        }
        let moved = self.moved(&features(link, traits));
        link.confidence = Ratio::new(sigmoid(odds(link.confidence) + moved));
        if moved.abs() >= TELLING {
            let reason = if moved > 0.0 {
                Reason::LikeAccepted
            } else {
                Reason::LikeRejected
            };
            link.reasons.insert(0, reason);
        }
    }

    /// Returns how many decisions were learnt from.
    pub fn lessons(&self) -> usize {
        self.lessons
    }

    /// Returns what was learnt, strongest first: what, and how many log-odds it moves.
    pub fn weights(&self) -> Vec<(&str, f32)> {
        let mut all: Vec<(&str, f32)> =
            self.weights.iter().map(|(n, w)| (n.as_str(), *w)).collect();
        all.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then(a.0.cmp(b.0)));
        all
    }
}

/// Returns what a document is compared by: its kind and office, the folders it lies in, the
/// words of its title. `path` has `/` between folders.
pub fn traits(facts: &DocumentFacts, path: &str) -> Vec<String> {
    let mut traits = Vec::new();
    if let Some(kind) = facts.kind.value() {
        traits.push(format!("kind:{}", kind.id));
    }
    let issuer = facts.issuer.value();
    if let Some(office) = issuer.and_then(|issuer| issuer.office.as_ref()) {
        traits.push(format!("office:{office}"));
    }
    let mut folders = path.rsplit('/').skip(1).filter(|name| !name.is_empty());
    let nearest = folders.by_ref().take(FOLDERS);
    traits.extend(nearest.map(|name| format!("folder:{}", name.to_lowercase())));
    let file = path.rsplit('/').next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let named = facts.title.value().map_or(stem, String::as_str);
    let mut seen = BTreeSet::new();
    let named = analysis::telling(named);
    let words = named.filter(|word| word.chars().any(char::is_alphabetic));
    for word in words.take(WORDS) {
        let stem = analysis::stem(&word).into_owned();
        if seen.insert(stem.clone()) {
            traits.push(format!("word:{stem}"));
        }
    }
    traits
}

/// Returns the things a suggestion is compared by, each with its share.
fn features(link: &Link, traits: &[String]) -> Vec<(String, f32)> {
    let question = link.question.as_str();
    let term = analysis::fold(&link.cue.term);
    let mut features = vec![
        (question.to_owned(), 0.5),
        (format!("{question} term:{term}"), 0.7),
        (format!("term:{term}"), 0.3),
    ];
    let words = traits.iter().filter(|t| t.starts_with("word:")).count();
    let word = 1.0 / (words.max(1) as f32).sqrt();
    for name in traits {
        let share = if name.starts_with("word:") { word } else { 0.4 };
        features.push((format!("{question} {name}"), share));
    }
    features
}

fn odds(confidence: Ratio) -> f32 {
    let p = confidence.get().clamp(0.005, 0.995);
    (p / (1.0 - p)).ln()
}

fn sigmoid(odds: f32) -> f32 {
    1.0 / (1.0 + (-odds).exp())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Cue;

    fn link(question: &str, term: &str, confidence: f32) -> Link {
        Link {
            question: question.into(),
            indicator: "I1".into(),
            confidence: Ratio::new(confidence),
            cue: Cue {
                term: term.into(),
                span: None,
            },
            negative: None,
            reasons: Vec::new(),
            decided: None,
        }
    }

    fn words(text: &str) -> Vec<String> {
        text.split(' ').map(|word| format!("word:{word}")).collect()
    }

    #[test]
    fn nothing_is_learnt_from_nothing() {
        let mut suggested = link("Q1", "rokok", 0.6);
        Learner::new(&[]).adjust(&mut suggested, &words("satgas rokok"));
        assert_eq!(suggested, link("Q1", "rokok", 0.6));
    }

    #[test]
    fn like_follows_like() {
        let no = link("Q1", "anak", 0.6);
        let cattle = words("anak sapi");
        let yes = link("Q1", "anak", 0.6);
        let forum = words("forum anak");
        let learner = Learner::new(&[
            Lesson {
                link: &no,
                traits: &cattle,
                accepted: false,
            },
            Lesson {
                link: &yes,
                traits: &forum,
                accepted: true,
            },
        ]);
        let after = |text: &str| {
            let mut suggested = link("Q1", "anak", 0.6);
            learner.adjust(&mut suggested, &words(text));
            suggested
        };
        let (up, down) = (
            after("musyawarah forum anak"),
            after("pembibitan anak sapi"),
        );
        assert!(up.confidence > Ratio::new(0.63), "{up:?}");
        assert!(down.confidence < Ratio::new(0.57), "{down:?}");
        assert_eq!(up.reasons, [Reason::LikeAccepted]);
        assert_eq!(down.reasons, [Reason::LikeRejected]);
    }

    #[test]
    fn another_question_is_left_alone() {
        let no = link("Q1", "anak sapi", 0.6);
        let cattle = words("pembibitan");
        let learner = Learner::new(&[Lesson {
            link: &no,
            traits: &cattle,
            accepted: false,
        }]);
        let mut other = link("Q2", "forum anak", 0.7);
        learner.adjust(&mut other, &words("musyawarah"));
        assert_eq!(other.confidence, Ratio::new(0.7));
    }

    #[test]
    fn a_document_is_compared_by_what_a_person_would_name() {
        let traits = traits(
            &DocumentFacts::default(),
            "Klaster II/7. Kawin/SK Satgas.pdf",
        );
        assert_eq!(
            traits,
            [
                "folder:7. kawin",
                "folder:klaster ii",
                "word:sk",
                "word:satgas"
            ]
        );
    }
}
