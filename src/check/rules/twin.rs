//! Rules on near-duplicates: the same text read twice, the same photo shown twice. Whether that
//! is a fault depends on the questions that each is evidence for, and a person has to confirm it.

use crate::check::case::{EvidenceCase, Ruling, list};
use crate::check::twin::Twin;
use crate::framework::rules::Parameters;
use crate::model::{DocTypeId, QuestionId};
use std::collections::BTreeSet;

/// Does no other document show its photo for something else? A photo and the report it stands
/// in are one piece of evidence; two photo files are two that look like more than there is.
pub(crate) fn photo(piece: &EvidenceCase, parameters: &Parameters) -> Ruling {
    let is_evidence = |twin: &&Twin| twin.is_photo && !twin.serves.is_empty();
    let twins: Vec<&Twin> = twins(piece).filter(is_evidence).collect();
    let own_question = &piece.case.question.id;
    let is_elsewhere = |question: &QuestionId| {
        question != own_question && !piece.served.contains(question)
    };
    let is_photo = |kind: Option<&DocTypeId>| kind.is_some() && parameters.covers(kind);
    let is_again = |twin: &&&Twin| {
        let both_photos = is_photo(piece.kind()) && is_photo(twin.kind.as_ref());
        both_photos || twin.serves.iter().any(is_elsewhere)
    };
    let again: Vec<&Twin> = twins.iter().filter(is_again).copied().collect();
    match (again.is_empty(), twins.is_empty()) {
        (false, _) => Ruling::review().with(photo_details(&again)),
        (true, false) => Ruling::pass().with(photo_details(&twins)),
        (true, true) => Ruling::skip(),
    }
}

/// Is it no other reading of a document that counts for the question, too?
pub(crate) fn text(piece: &EvidenceCase, _: &Parameters) -> Ruling {
    let twins: Vec<&Twin> = twins(piece).filter(|twin| !twin.is_photo).collect();
    let question = &piece.case.question;
    let asked = question.min_count;
    let counts_too = |twin: &&Twin| twin.serves.contains(&question.id);
    let ruling = match twins.is_empty() {
        true => return Ruling::skip(),
        false if asked > 1 && twins.iter().any(counts_too) => Ruling::review(),
        false => Ruling::pass(),
    };
    let [first, further] = path_details(&twins);
    ruling.with([first, further, asked.to_string()])
}

fn twins<'a>(piece: &EvidenceCase<'a>) -> impl Iterator<Item = &'a Twin> {
    piece.evidence.twins.iter()
}

fn photo_details(twins: &[&Twin]) -> [String; 3] {
    let served: BTreeSet<&QuestionId> = twins.iter().flat_map(|t| &t.serves).collect();
    let [first, further] = path_details(twins);
    [first, further, list(served)]
}

/// Returns the first path, shortened, and how many more there are.
fn path_details(twins: &[&Twin]) -> [String; 2] {
    let paths: BTreeSet<&str> = twins.iter().map(|twin| twin.path.as_str()).collect();
    let first = paths.first().map_or(String::new(), |path| path_end(path));
    let further = match paths.len() {
        0 | 1 => String::new(),
        places => format!(" (+{})", places - 1),
    };
    [first, further]
}

/// Returns the last folder and the name: enough to find it, short enough for a line.
fn path_end(path: &str) -> String {
    let mut parts: Vec<&str> = path.rsplit(['/', '\\']).take(2).collect();
    parts.reverse();
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Cue, IndicatorId, Link, Ratio};

    fn link(question: &str, confidence: f32) -> Link {
        Link {
            question: question.into(),
            indicator: IndicatorId::from("I"),
            confidence: Ratio::new(confidence),
            cue: Cue {
                term: String::new(),
                span: None,
            },
            negative: None,
            reasons: Vec::new(),
            decided: None,
        }
    }

    #[test]
    fn a_document_serves_what_is_sure_or_else_its_best_guess() {
        let serves = |links: &[Link]| -> Vec<String> {
            let served = Twin::questions_served(links, Ratio::new(0.5));
            served.iter().map(|q| q.as_str().to_owned()).collect()
        };
        let sure = [link("b", 0.95), link("a", 0.9), link("c", 0.6)];
        assert_eq!(serves(&sure), ["a", "b"]);
        assert_eq!(
            serves(&[link("b", 0.6), link("a", 0.6), link("c", 0.55)]),
            ["a"]
        );
        assert!(serves(&[link("a", 0.4)]).is_empty());
    }

    #[test]
    fn a_path_is_shown_by_its_end() {
        assert_eq!(path_end("/share/Klaster 1/foto.jpg"), "Klaster 1/foto.jpg");
        assert_eq!(path_end("/foto.jpg"), "foto.jpg");
        assert_eq!(path_end("a.zip » b/foto.jpg"), "a.zip » b/foto.jpg");
    }
}
