//! A package for others: where each document goes in it, under a name that can be read and
//! that every system takes, and the index that says what it proves. Pure; whoever writes the
//! package copies the bytes.

mod index;
mod names;
mod readme;
mod small;

#[cfg(test)]
mod tests;

pub use index::{csv, html, xlsx};
pub use readme::readme;
pub use small::{SmallCopy, Smaller};

use crate::{
    framework::Framework,
    model::{Digest, MediaType, QuestionId, Ratio, Report},
};
use names::Names;
use std::collections::BTreeSet;

/// Is a document that may be handed over.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// Its digest.
    pub digest: Digest,
    /// Where it lies, see [`crate::model::INSIDE`].
    pub path: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// Its format.
    pub media: MediaType,
    /// Its kind in words, where known.
    pub kind: String,
    /// Its number, where known.
    pub number: String,
    /// Its year, where known.
    pub year: String,
    /// Its title, where known.
    pub title: String,
    /// Whether it holds personal data that must not be passed on by chance.
    pub is_personal: bool,
    /// The questions it is evidence for, best first.
    pub ties: Vec<Tie>,
}

/// Ties a document to a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Tie {
    /// The question.
    pub question: QuestionId,
    /// How sure that is.
    pub confidence: Ratio,
}

/// Is a document with its place in the package.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// The document.
    pub piece: Piece,
    /// Its path in the package, `data/…`, `/` between folders.
    pub name: String,
    /// Its smaller copy; `None` where none was asked for or it is small enough.
    pub smaller: Option<Smaller>,
}

/// Is what a package will hold.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Handover {
    /// The documents that go in, in order of their place.
    pub placed: Vec<Placed>,
    /// Those held back because they hold personal data, in order of path.
    pub held_back: Vec<Piece>,
}

impl Handover {
    /// Returns how many bytes the documents have.
    pub fn bytes(&self) -> u64 {
        self.placed.iter().map(|placed| placed.piece.bytes).sum()
    }

    /// Returns the documents larger than `most` bytes.
    pub fn larger_than(&self, most: u64) -> impl Iterator<Item = &Placed> {
        self.placed
            .iter()
            .filter(move |placed| placed.piece.bytes > most)
    }
}

/// Takes out of the verdicts what they say of documents that stay here: their paths and
/// sentences must not travel where the documents themselves do not.
pub fn silence(report: &mut Report, handover: &Handover) {
    let goes: BTreeSet<Digest> = handover
        .placed
        .iter()
        .map(|placed| placed.piece.digest)
        .collect();
    let indicators = report.sections.iter_mut().flat_map(|s| &mut s.indicators);
    for question in indicators.flat_map(|indicator| &mut indicator.questions) {
        let before = question.evidence.len();
        question
            .evidence
            .retain(|line| goes.contains(&line.document.sha256));
        let taken = before - question.evidence.len();
        question.further += u32::try_from(taken).unwrap_or(u32::MAX);
        let is_about_others = |document: &Option<crate::model::DocumentRef>| {
            document.as_ref().is_some_and(|d| !goes.contains(&d.sha256))
        };
        question
            .remarks
            .retain(|remark| !is_about_others(&remark.document));
    }
}

/// Gives each document one place: below the question it proves best of those asked for. The
/// order of `pieces` makes no difference.
pub fn arrange(
    mut pieces: Vec<Piece>,
    framework: &Framework,
    asked: Option<&BTreeSet<QuestionId>>,
    include_personal: bool,
) -> Handover {
    pieces.sort_by(|a, b| (&a.path, a.digest).cmp(&(&b.path, b.digest)));
    let mut handover = Handover::default();
    let mut names = Names::default();
    for mut piece in pieces {
        piece
            .ties
            .retain(|tie| asked.is_none_or(|asked| asked.contains(&tie.question)));
        let Some(folder) = piece.ties.first().and_then(|tie| {
            let question = framework.question(&tie.question)?;
            names::folder(framework, question)
        }) else {
            continue;
        };
        if piece.is_personal && !include_personal {
            handover.held_back.push(piece);
            continue;
        }
        let name = names.file(&folder, &piece.path);
        handover.placed.push(Placed {
            piece,
            name,
            smaller: None,
        });
    }
    handover.placed.sort_by(|a, b| a.name.cmp(&b.name));
    handover
}
