//! Rules on one document for several questions, or in several places. That is allowed but told.

use super::photo::is_photo;
use crate::check::case::{EvidenceCase, Ruling, list};
use crate::framework::rules::Parameters;

/// Does a photo serve one question only?
pub(crate) fn photo(piece: &EvidenceCase, parameters: &Parameters) -> Ruling {
    if !is_photo(piece, parameters) {
        return Ruling::skip();
    }
    match piece.served {
        [] | [_] => Ruling::pass(),
        served => Ruling::fail().with(details(served)),
    }
}

/// Which other questions does it serve?
pub(crate) fn shared(piece: &EvidenceCase, parameters: &Parameters) -> Ruling {
    match piece.served {
        [_, _, ..] if parameters.covers(piece.kind()) => {
            Ruling::pass().with(details(piece.served))
        }
        _ => Ruling::skip(),
    }
}

/// Where else is the very same file?
pub(crate) fn copies(piece: &EvidenceCase, _: &Parameters) -> Ruling {
    match piece.evidence.paths.len() {
        0 | 1 => Ruling::skip(),
        places => Ruling::pass().with([places.to_string()]),
    }
}

fn details<T: AsRef<str>>(served: &[T]) -> [String; 2] {
    [served.len().to_string(), list(served)]
}
