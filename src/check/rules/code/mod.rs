//! Rules on the codes (QR) printed in the place of a signature: whom they ask, and whether they are
//! this document's own. They are read, never visited; where none was read nothing is said.

mod bearers;
mod link;

pub use self::bearers::CodeBearers;

use self::bearers::{Bearer, number};
use self::link::{PrintedLink, pieces};
use crate::check::case::{EvidenceCase, Ruling};
use crate::framework::rules::Parameters;
use crate::model::{CodeFact, CodeRole};

/// Documents with one code from which it is rather the page of an office than a copy.
const MANY: usize = 4;

/// Does it lead to a government or to one who certifies signatures?
pub(crate) fn host(piece: &EvidenceCase, parameters: &Parameters) -> Ruling {
    first_fault(piece, |link| {
        let is_known = link.is_below(&parameters.hosts);
        (!is_known).then(|| vec![link.host.clone(), link.shown()])
    })
}

/// Can nobody on the way change what it leads to?
pub(crate) fn secure(piece: &EvidenceCase, _: &Parameters) -> Ruling {
    first_fault(piece, |link| {
        (link.is_secure == Some(false)).then(|| vec![link.shown()])
    })
}

/// Does no other document bear it? Copies of this one do.
pub(crate) fn copied(piece: &EvidenceCase, _: &Parameters) -> Ruling {
    let mut is_seen = false;
    for (code, link) in links(piece) {
        is_seen |= link.key().is_some();
        let bearers = piece.case.codes.bearers(code);
        let others: Vec<&Bearer> =
            bearers.iter().filter(|b| is_other(piece, b)).collect();
        let Some(first) = others.first() else {
            continue;
        };
        let own = number(piece.evidence.facts);
        let is_of_other = |bearer: &&&Bearer| own.is_some() && bearer.number.is_some();
        let sure = others.iter().find(is_of_other);
        let further = match others.len() {
            1 => String::new(),
            many => format!(" (+{})", many - 1),
        };
        let named = sure.map_or(first.path.as_str(), |bearer| bearer.path.as_str());
        let ruling = match sure.is_some() && bearers.len() < MANY {
            true => Ruling::fail_if_confident(code.fact.confidence),
            false => Ruling::review(),
        };
        return ruling
            .at(&code.fact)
            .with([named.to_owned(), further, link.shown()]);
    }
    if is_seen {
        Ruling::pass()
    } else {
        Ruling::skip()
    }
}

/// Does a number in it contradict that on the page?
pub(crate) fn contradicted(piece: &EvidenceCase, parameters: &Parameters) -> Ruling {
    let Some(own) = piece.evidence.facts.number.confident() else {
        return Ruling::skip();
    };
    let mut is_compared = false;
    for (code, link) in links(piece) {
        for number in link.numbers(&parameters.number_keys) {
            match agrees(&pieces(&number), &pieces(own)) {
                Some(true) => is_compared = true,
                Some(false) => {
                    return Ruling::review().at(&code.fact).with([number, own.clone()]);
                }
                None => {}
            }
        }
    }
    if is_compared {
        Ruling::pass()
    } else {
        Ruling::skip()
    }
}

/// Tells whether two numbers are one; `None` where they cannot be compared piece by piece. A plain
/// number agrees with one that has it as a piece.
fn agrees(found: &[String], own: &[String]) -> Option<bool> {
    match (found, own) {
        ([one], own) => Some(own.contains(one)),
        (found, [one]) => found.contains(one).then_some(true),
        _ => (found.len() == own.len()).then(|| found == own),
    }
}

/// Tells whether a bearer of a code is another document: not this one, scanned or saved again, and
/// not one of the same number.
fn is_other(piece: &EvidenceCase, bearer: &Bearer) -> bool {
    let evidence = piece.evidence;
    let own = number(evidence.facts);
    let is_same_number = own.is_some() && own == bearer.number;
    let mut twins = evidence.twins.iter();
    let is_twin = twins.any(|twin| !twin.is_photo && twin.path == bearer.path);
    bearer.digest != evidence.digest && !is_same_number && !is_twin
}

/// Returns the first fault of a link, else that there is none; nothing where there is no link.
fn first_fault(
    piece: &EvidenceCase,
    fault: impl Fn(&PrintedLink) -> Option<Vec<String>>,
) -> Ruling {
    let mut found = Ruling::skip();
    for (code, link) in links(piece) {
        if let Some(details) = fault(&link) {
            let ruling = Ruling::fail_if_confident(code.fact.confidence);
            return ruling.at(&code.fact).with(details);
        }
        found = Ruling::pass();
    }
    found
}

/// Returns the links in the place of a signature.
fn links<'a>(
    piece: &EvidenceCase<'a>,
) -> impl Iterator<Item = (&'a CodeFact, PrintedLink<'a>)> {
    let codes = piece.evidence.facts.codes.iter();
    codes
        .filter(|code| code.role == CodeRole::Signature)
        .filter_map(|code| Some((code, PrintedLink::read(&code.fact.value)?)))
}
