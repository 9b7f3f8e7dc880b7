//! One signature field.

use super::{changes, context::Context, value, verdict};
use crate::{
    der::Moment,
    esign::{
        pdf::{FieldNode, Object, Place},
        signed::{
            Covered, SignatureDict, certification_level, covered, is_blank_tail,
            signature_dict,
        },
        x509::{Certificate, Chain, Purpose, build, revocation},
    },
    model::{
        AlgorithmCheck, ByteRangeFault, ChangeKind, DocMdp, ElectronicSignature,
        EsignReason, EsignRule, EsignVerdict, LaterChange, Revocation, SignatureKind,
        SignedCoverage, TrustState,
    },
};

/// A signature field that was examined.
pub struct Examined {
    /// Where what it covers ends; the greatest number where it covers nothing.
    pub end: usize,
    /// The time that its time-stamp vouches for, if the user trusts it.
    pub stamped: Option<Moment>,
    /// The report.
    pub report: ElectronicSignature,
}

/// Examines a signature field.
pub fn examine(context: &Context<'_, '_>, field: &FieldNode) -> Examined {
    let document = context.document;
    let mut report = empty(context, field);
    let Some(signature) = signature_dict(document, &field.value, field.id) else {
        // A value that is not there: the file was cut.
        if field.value != Object::Null {
            report.kind = SignatureKind::Signature;
            report.verdict = EsignVerdict::Broken;
            report.reasons = vec![EsignReason::new(EsignRule::Contents)];
        }
        return Examined {
            end: usize::MAX,
            stamped: None,
            report,
        };
    };
    report.kind = match signature.is_time_stamp(document) {
        true => SignatureKind::TimeStamp,
        false => SignatureKind::Signature,
    };
    report.sub_filter = signature.name(document, b"SubFilter");
    report.reasons.clear();
    let level = certification_level(document, &signature);
    let mut stamped = None;
    let (end, coverage) = match covered(document, &signature) {
        Ok(covered) => {
            let coverage = coverage(context, &signature, covered);
            stamped = examine_value(context, &signature, covered, &mut report);
            (covered.end, coverage)
        }
        Err(fault) => (usize::MAX - 1, SignedCoverage::Malformed { fault }),
    };
    if !matches!(coverage, SignedCoverage::Malformed { .. }) {
        report.later = changes::later(context, field, &signature, end);
    }
    report.doc_mdp = level.map(|permission| DocMdp {
        permission,
        kept: kept(&report.later, permission),
    });
    report.coverage = coverage;
    verdict::decide(&mut report);
    Examined {
        end,
        stamped,
        report,
    }
}

fn empty(context: &Context<'_, '_>, field: &FieldNode) -> ElectronicSignature {
    ElectronicSignature {
        field: field.name.clone(),
        kind: SignatureKind::Empty,
        page: context.layout.page_number(field),
        sub_filter: None,
        verdict: EsignVerdict::Empty,
        reasons: vec![EsignReason::new(EsignRule::Empty)],
        coverage: SignedCoverage::None,
        digest: AlgorithmCheck::NOT_CHECKED,
        value: AlgorithmCheck::NOT_CHECKED,
        signer: None,
        claimed_time: None,
        time_stamp: None,
        trust: Chain::none().trust(),
        revocation: Revocation::NotTold { ocsp: false },
        later: Vec::new(),
        doc_mdp: None,
    }
}

/// Says which revision the covered bytes are.
fn coverage(
    context: &Context<'_, '_>,
    signature: &SignatureDict,
    covered: Covered<'_>,
) -> SignedCoverage {
    let document = context.document;
    let bytes = document.bytes();
    let place = signature.id.map(|id| document.place(id));
    let is_inside = place.is_none_or(|place| match place {
        Place::At(at) => at < covered.end,
        _ => false,
    });
    if !is_inside {
        let fault = ByteRangeFault::NotItself;
        return SignedCoverage::Malformed { fault };
    }
    if is_blank_tail(bytes.get(covered.end..).unwrap_or_default()) {
        return SignedCoverage::WholeFile;
    }
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    match context.revisions.ending_with(bytes, covered.end) {
        Some(revision) => SignedCoverage::Revision {
            revision: count(revision),
            of: count(context.revisions.count()),
            end_bytes: covered.end as u64,
        },
        None => SignedCoverage::Malformed {
            fault: ByteRangeFault::InsideRevision,
        },
    }
}

/// Tells whether what a certification permits was kept.
fn kept(later: &[LaterChange], permission: u8) -> Option<bool> {
    let mut unjudged = false;
    for change in later {
        match change.kind {
            ChangeKind::Other => return Some(false),
            ChangeKind::Signature | ChangeKind::FormFilled if permission < 2 => {
                return Some(false);
            }
            ChangeKind::Annotation if permission < 3 => return Some(false),
            ChangeKind::Unjudged => unjudged = true,
            _ => {}
        }
    }
    (!unjudged).then_some(true)
}

/// Holds the value against the covered bytes, and the certificate against the anchors.
fn examine_value(
    context: &Context<'_, '_>,
    signature: &SignatureDict,
    covered: Covered<'_>,
    report: &mut ElectronicSignature,
) -> Option<Moment> {
    let material = &context.material;
    let anchors = context.anchors;
    let value = value::examine(
        context.document,
        signature,
        covered,
        &material.certificates,
        anchors,
    );
    report.digest = value.digest;
    report.value = value.signed;
    report.reasons = value.reasons;
    report.claimed_time = value.claimed.map(|time| time.to_string());
    report.signer = value.signer.as_ref().map(Certificate::name);
    let stamped: Option<Moment> = match &value.time_stamp {
        Some((stamp, time)) if stamp.is_trusted() => Some(*time),
        _ => None,
    };
    // Else the first time-stamp over all of it, and what the signer claims.
    let over = context.stamps.iter().filter(|(end, _)| *end > covered.end);
    let stamped = stamped.or(over.map(|(_, time)| *time).min());
    let is_stamp = report.kind == SignatureKind::TimeStamp;
    let at = match &value.time_stamp {
        // The authority's certificate is judged at the time that it vouches for.
        Some((_, time)) if is_stamp => Some(*time),
        _ => stamped.or(value.claimed),
    };
    let purpose = match is_stamp {
        true => Purpose::TimeStamping,
        false => Purpose::Signing,
    };
    let has_stamp = value.time_stamp.is_some();
    report.time_stamp = value.time_stamp.map(|(stamp, _)| stamp);
    if has_stamp && !is_stamp && stamped.is_none() {
        report
            .reasons
            .push(EsignReason::new(EsignRule::TimeStampIssuer));
    }
    let Some(signer) = value.signer else {
        return stamped;
    };
    let found: Vec<Certificate> = value
        .certificates
        .iter()
        .chain(&material.certificates)
        .cloned()
        .collect();
    let chain = build(&signer, &found, anchors, at, purpose);
    let lists: Vec<Vec<u8>> =
        value.lists.iter().chain(&material.lists).cloned().collect();
    let has_ocsp = value.has_ocsp || material.has_ocsp;
    report.trust = chain.trust();
    report.reasons.extend(chain.reasons);
    if report.trust.state == TrustState::Anchored && stamped.is_none() && !is_stamp {
        report
            .reasons
            .push(EsignReason::new(EsignRule::ClaimedTime));
    }
    // A list revokes for good; only a stamped time can lie before it.
    report.revocation = revocation(&chain.certificates, &lists, stamped, has_ocsp);
    stamped
}
