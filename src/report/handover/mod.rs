//! A package for others: where each document goes in it, under a name that can be read and
//! that every system takes, and the index that says what it proves. Pure; whoever writes the
//! package copies the bytes.

pub(crate) mod access_copy;
mod content;
mod index;
mod names;
mod page;
mod readme;
mod access_copies;

#[cfg(test)]
mod tests;

pub use self::access_copy::{AccessCopyState, PackagedCopy};
pub use index::{csv, xlsx};
pub use page::html;
pub use readme::readme;

pub use self::content::{Handover, Piece, Placed, Tie};
use crate::{
    framework::Framework,
    model::{Digest, QuestionId, Report},
};
use names::Names;
pub use names::plain_name;
pub(crate) use names::{NOT_IN_NAMES, is_reserved};
use std::collections::BTreeSet;

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
            access_copy: None,
        });
    }
    handover.placed.sort_by(|a, b| a.name.cmp(&b.name));
    handover
}
