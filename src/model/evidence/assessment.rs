//! What the check found: per question a state, the evidence weighed, the rules that spoke and
//! the points. Not rolled up; that is the report's work.

use crate::model::{
    Cue, Date, Digest, DocTypeId, EsignSummary, Finding, Government, IndicatorId, Lang,
    Locality, OfficeId, QuestionId, Ratio,
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, ops::AddAssign};

/// How a question stands before a strict verifier.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    strum::IntoStaticStr,
    strum::EnumString,
    strum::EnumIter,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum QuestionState {
    /// Enough evidence on the topic, and no rule speaks against it.
    Valid,
    /// Nothing speaks against it, but something only a person can tell is still open.
    Review,
    /// There is evidence, with faults that may cost points.
    Weak,
    /// There is evidence, and every piece of it has a fault that costs all points.
    Invalid,
    /// There is no evidence.
    Missing,
    /// It brings no points and nothing was handed in: there is nothing to judge.
    NotApplicable,
}

impl QuestionState {
    /// Every state, best first.
    pub const ALL: [Self; 6] = [
        Self::Valid,
        Self::Review,
        Self::Weak,
        Self::Invalid,
        Self::Missing,
        Self::NotApplicable,
    ];

    /// Returns the name that JSON and the command line use.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// Returns the word a clerk reads.
    pub fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Valid => lang.pick("sah", "valid"),
            Self::Review => lang.pick("perlu dilihat", "to review"),
            Self::Weak => lang.pick("lemah", "weak"),
            Self::Invalid => lang.pick("gugur", "void"),
            Self::Missing => lang.pick("belum ada", "missing"),
            Self::NotApplicable => lang.pick("tidak dinilai", "not judged"),
        }
    }

    /// Tells whether somebody has to act before the question's points are safe.
    pub fn wants_attention(self) -> bool {
        !matches!(self, Self::Valid | Self::NotApplicable)
    }
}

/// How one piece of evidence stands for one question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// No rule speaks against it.
    Accepted,
    /// Something only a person can tell is still open.
    Review,
    /// It has a fault that may cost points.
    Weak,
    /// It has a fault that costs all points.
    Rejected,
}

impl Standing {
    /// Returns the word a clerk reads.
    pub fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Accepted => lang.pick("diterima", "accepted"),
            Self::Review => lang.pick("perlu dilihat", "to review"),
            Self::Weak => lang.pick("lemah", "weak"),
            Self::Rejected => lang.pick("ditolak", "rejected"),
        }
    }
}

/// A piece of evidence, weighed for one question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Weighed {
    /// The document.
    pub document: Digest,
    /// Its kind, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<DocTypeId>,
    /// How sure bukti is that it is about the question.
    pub confidence: Ratio,
    /// The sentence that says so.
    pub cue: Cue,
    /// How it stands.
    pub standing: Standing,
    /// The share of the question's points its legal form can bring.
    pub share: Ratio,
    /// What its electronic signatures came to, where it has any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub esign: Option<Box<EsignSummary>>,
}

/// Points of the framework, for one question or a sum over many.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Points {
    /// The most there is.
    pub max: f64,
    /// What would likely remain after a strict verification.
    pub likely: f64,
    /// What the evidence claims but a strict verifier may strip.
    pub at_risk: f64,
}

impl Points {
    /// Returns what is still to be won: the most there is, less what likely remains.
    pub fn gap(self) -> f64 {
        self.max - self.likely
    }

    /// Returns what the office would claim for itself on its evidence.
    pub fn claimed(self) -> f64 {
        self.likely + self.at_risk
    }

    /// Returns the same in proportion to a smaller maximum; as it is where the maximum is not
    /// smaller.
    #[must_use]
    pub fn capped(self, max: f64) -> Self {
        if self.max <= max || self.max <= 0.0 {
            return self;
        }
        let factor = max / self.max;
        Self {
            max,
            likely: self.likely * factor,
            at_risk: self.at_risk * factor,
        }
    }

    /// Returns the same, each to a hundredth of a point, so that sums print alike everywhere.
    #[must_use]
    pub fn rounded(self) -> Self {
        let round = |points: f64| (points * 100.0).round() / 100.0;
        Self {
            max: round(self.max),
            likely: round(self.likely),
            at_risk: round(self.at_risk),
        }
    }
}

impl AddAssign for Points {
    fn add_assign(&mut self, other: Self) {
        self.max += other.max;
        self.likely += other.likely;
        self.at_risk += other.at_risk;
    }
}

/// The result of one question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QuestionResult {
    /// The question.
    pub question: QuestionId,
    /// Its indicator.
    pub indicator: IndicatorId,
    /// How it stands.
    pub state: QuestionState,
    /// Its points.
    pub points: Points,
    /// The offices that own its evidence, as the framework orders them.
    pub offices: Vec<OfficeId>,
    /// The evidence weighed, best first.
    pub evidence: Vec<Weighed>,
    /// How many more pieces were weighed, all worse than those shown.
    pub further: u32,
    /// The districts and villages of which none of the evidence is, where the question asks for
    /// all and the region's are listed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lacking: Vec<Locality>,
    /// What the rules said of the question and of the evidence shown, in that order.
    pub findings: Vec<Finding>,
}

/// How to tell a person which document is meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentName {
    /// Its first location.
    pub path: String,
    /// How many locations it has.
    pub locations: u32,
    /// How many pages it declares.
    pub pages: u32,
}

/// The result of every question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Assessment {
    /// The framework's id.
    pub framework: String,
    /// Whose archive this is, where known.
    pub region: Option<Government>,
    /// The year of the verification.
    pub year: i16,
    /// The day the judgement is made for.
    pub as_of: Date,
    /// How many documents were looked at.
    pub documents_seen: u32,
    /// The documents that findings and evidence name.
    pub documents: BTreeMap<Digest, DocumentName>,
    /// Every question, in the framework's order.
    pub questions: Vec<QuestionResult>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_has_one_name() {
        for state in QuestionState::ALL {
            let json = serde_json::to_string(&state).unwrap();
            assert_eq!(json, format!("\"{}\"", state.as_str()));
        }
    }

    #[test]
    fn points_add_up() {
        let mut sum = Points::default();
        for n in 1..=3 {
            sum += Points {
                max: f64::from(n),
                likely: 0.1,
                at_risk: 0.2,
            };
        }
        assert_eq!(
            sum.rounded(),
            Points {
                max: 6.0,
                likely: 0.3,
                at_risk: 0.6
            }
        );
        assert!((sum.gap() - 5.7).abs() < 1e-9 && (sum.claimed() - 0.9).abs() < 1e-9);
        let capped = sum.capped(3.0).rounded();
        assert_eq!(
            (capped.max, capped.likely, capped.at_risk),
            (3.0, 0.15, 0.3)
        );
        assert_eq!(sum.capped(7.0), sum);
    }
}
