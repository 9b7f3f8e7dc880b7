//! Rules on electronic signatures: what was signed must stand as it was signed. What a signature
//! is worth was judged when the file was read (`esign`); here it is told.

use crate::check::case::{EvidenceCase, Ruling};
use crate::framework::rules::Parameters;
use crate::model::{
    ChangeKind, ElectronicSignature, EsignVerdict, SignatureKind, SignatureState, Span,
};

/// Does each electronic signature belong to the bytes it covers?
pub(crate) fn unbroken(piece: &EvidenceCase, _: &Parameters) -> Ruling {
    match with(piece, &[EsignVerdict::Broken]) {
        Some(signature) => Ruling::fail().with([signature.who()]),
        None => pass_if_signed(piece),
    }
}

/// Does the document stand as it was signed?
pub(crate) fn unaltered(piece: &EvidenceCase, _: &Parameters) -> Ruling {
    let Some(signature) = with(piece, &[EsignVerdict::Altered]) else {
        return pass_if_signed(piece);
    };
    let is_change = |kind| matches!(kind, ChangeKind::Other | ChangeKind::Unjudged);
    let changes = signature.later.iter().filter(|one| is_change(one.kind));
    let change = changes.min_by_key(|one| one.page.is_none());
    let place = change.and_then(|change| {
        Some(Span {
            page: change.page?,
            rect: None,
            // The page's own words are not what changed it.
            quote: String::new(),
        })
    });
    Ruling {
        place,
        ..Ruling::fail().with([signature.who()])
    }
}

/// Can each electronic signature be judged?
pub(crate) fn judged(piece: &EvidenceCase, _: &Parameters) -> Ruling {
    let own = with(piece, &[EsignVerdict::Unsupported, EsignVerdict::Review]);
    let is_unchecked = is(piece, SignatureState::DigitalUnchecked)
        && with(piece, &[EsignVerdict::SoundWithoutLeadingBytes]).is_none();
    let stamp = || all(piece).iter().find(|one| is_doubtful_stamp(one));
    match own.or_else(|| stamp().filter(|_| is_unchecked)) {
        Some(signature) => {
            let reason = signature.reasons.first();
            let detail = reason.and_then(|reason| reason.detail.as_deref());
            let rule = reason.map_or("", |reason| reason.rule.as_str());
            Ruling::review().with([signature.who(), detail.unwrap_or(rule)])
        }
        // Not all of its signatures could be looked for.
        None if is_unchecked => {
            let report = piece.evidence.metadata.esign.as_ref();
            let why = report.and_then(|report| report.unread.first());
            Ruling::review().with(["", why.map_or("", |why| why.rule.as_str())])
        }
        None => pass_if_signed(piece),
    }
}

/// Is the file as it was before somebody downloaded it?
pub(crate) fn downloaded_whole(piece: &EvidenceCase, _: &Parameters) -> Ruling {
    match with(piece, &[EsignVerdict::SoundWithoutLeadingBytes]) {
        Some(signature) => {
            let mut details =
                signature.reasons.iter().filter_map(|r| r.detail.as_deref());
            Ruling::review().with([details.next().unwrap_or_default()])
        }
        None => pass_if_signed(piece),
    }
}

/// Is it the file that was signed, and not a print of it?
pub(crate) fn original(piece: &EvidenceCase, parameters: &Parameters) -> Ruling {
    if !parameters.covers(piece.kind()) {
        return Ruling::skip();
    }
    match piece.evidence.facts.signature.known() {
        Some(fact) if fact.value.state == SignatureState::DigitalCopy => {
            Ruling::review().at(fact)
        }
        _ => pass_if_signed(piece),
    }
}

fn all<'a>(piece: &EvidenceCase<'a>) -> &'a [ElectronicSignature] {
    let report = piece.evidence.metadata.esign.as_ref();
    report.map_or(&[], |report| &report.signatures)
}

/// Returns the first signature of a person with one of these verdicts.
fn with<'a>(
    piece: &EvidenceCase<'a>,
    verdicts: &[EsignVerdict],
) -> Option<&'a ElectronicSignature> {
    let mut signed = all(piece).iter();
    signed.find(|one| {
        one.kind == SignatureKind::Signature && verdicts.contains(&one.verdict)
    })
}

/// Tells whether a time-stamp shows that something is wrong with the document.
fn is_doubtful_stamp(signature: &ElectronicSignature) -> bool {
    signature.kind == SignatureKind::TimeStamp
        && signature.verdict >= EsignVerdict::Review
}

fn is(piece: &EvidenceCase, state: SignatureState) -> bool {
    let signature = piece.evidence.facts.signature.known();
    signature.is_some_and(|fact| fact.value.state == state)
}

fn pass_if_signed(piece: &EvidenceCase) -> Ruling {
    let mut signed = all(piece).iter();
    match signed.any(|one| one.kind == SignatureKind::Signature) {
        true => Ruling::pass(),
        false => Ruling::skip(),
    }
}
