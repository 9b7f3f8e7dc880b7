//! A link: this document could prove that question, and here is the sentence that says so.

use crate::model::{Decided, DocumentFacts, IndicatorId, QuestionId, Ratio, Span};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// The sentence that speaks for a link, or against it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cue {
    /// The framework's term that was found.
    pub term: String,
    /// Where, with the sentence around it; `None` where a file or folder name speaks.
    #[serde(flatten, default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}

/// A consideration that moved a link's confidence, for a person to weigh.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// A term stands in the title.
    TermInTitle,
    /// A term stands in the text.
    TermInText,
    /// A term stands in the file or folder name.
    TermInPath,
    /// The file or folder name carries the question's code.
    CodeInPath,
    /// The kind of document is one the question accepts.
    KindFits,
    /// The kind of document is one the question does not accept.
    KindDiffers,
    /// The issuing office answers for the question.
    OfficeFits,
    /// A negative phrase stands in the text: it makes the term mean something else.
    #[serde(rename = "trap")]
    NegativePhrase,
    /// The question does not count this kind of regulation.
    Excluded,
    /// People of this archive accepted links like it.
    LikeAccepted,
    /// People of this archive rejected links like it.
    LikeRejected,
    /// It belongs to an activity of which another document speaks for the question.
    SameActivity,
}

/// A proposed tie between a document and a question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// The question it may prove.
    pub question: QuestionId,
    /// The indicator of that question.
    pub indicator: IndicatorId,
    /// How sure bukti is.
    pub confidence: Ratio,
    /// The sentence that speaks for it.
    pub cue: Cue,
    /// The sentence with a negative phrase, which speaks against it.
    #[serde(default, rename = "against", skip_serializing_if = "Option::is_none")]
    pub negative: Option<Cue>,
    /// What moved the confidence, strongest first.
    #[serde(default)]
    pub reasons: Vec<Reason>,
    /// The person who confirmed it, where one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<Decided>,
}

impl Link {
    /// Orders links by confidence, the strongest first; equal ones by question, so that the
    /// order is always the same.
    pub fn best_first(&self, other: &Self) -> Ordering {
        let by_confidence = other.confidence.get().total_cmp(&self.confidence.get());
        by_confidence.then_with(|| self.question.cmp(&other.question))
    }
}

/// The result of recognising and linking one document.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Recognised {
    /// What the document is.
    pub facts: DocumentFacts,
    /// What it could prove, best first.
    pub links: Vec<Link>,
    /// What its links are compared by when decisions on others are learnt from.
    pub traits: Vec<String>,
    /// Names who recognised it: the program's version and the framework.
    pub by: String,
}
