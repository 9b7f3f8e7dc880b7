//! From what was found out about a signature to its verdict.

use crate::model::{
    ChangeKind, Checked, ElectronicSignature, EsignReason, EsignRule, EsignVerdict,
    LaterChange, Revocation, SignatureKind, SignedCoverage, TrustState,
};

/// Gives the verdict; puts what led to it in front of the reasons.
pub fn decide(report: &mut ElectronicSignature) {
    let mut leading = Vec::new();
    report.verdict = verdict(report, &mut leading);
    let others: Vec<EsignReason> = std::mem::take(&mut report.reasons);
    let said = report.later.iter().map(reason);
    for one in others.into_iter().chain(said).chain(remarks(report)) {
        if !leading.contains(&one) {
            leading.push(one);
        }
    }
    report.reasons = leading;
}

fn verdict(report: &ElectronicSignature, leading: &mut Vec<EsignReason>) -> EsignVerdict {
    if is_broken(report, leading) {
        return EsignVerdict::Broken;
    }
    let of_kind = |kind: ChangeKind| {
        let changes = report
            .later
            .iter()
            .filter(move |change| change.kind == kind);
        changes.map(reason).collect::<Vec<_>>()
    };
    leading.extend(of_kind(ChangeKind::Other));
    if !leading.is_empty() {
        return EsignVerdict::Altered;
    }
    for check in [&report.digest, &report.value] {
        if check.outcome == Checked::Unsupported {
            let name = check.algorithm.clone();
            leading
                .extend(name.map(|name| EsignReason::with(EsignRule::Algorithm, name)));
            return EsignVerdict::Unsupported;
        }
    }
    leading.extend(of_kind(ChangeKind::Unjudged));
    leading.extend(of_kind(ChangeKind::Annotation));
    if let Revocation::Revoked { since, .. } = &report.revocation {
        leading.push(EsignReason::with(EsignRule::Revoked, since));
    }
    let doubts = report.reasons.iter().filter(|one| is_doubt(report, one));
    leading.extend(doubts.cloned());
    // Nothing said it holds: no certificate, no attribute.
    let is_unproven = [&report.digest, &report.value]
        .iter()
        .any(|check| check.outcome != Checked::Good);
    if is_unproven || !leading.is_empty() {
        return EsignVerdict::Review;
    }
    let is_stamp = report.kind == SignatureKind::TimeStamp;
    match report.trust.state {
        _ if is_stamp => EsignVerdict::TimeStampOnly,
        _ if !report.later.is_empty() => EsignVerdict::IntactThenAdded,
        TrustState::Anchored => EsignVerdict::IntactAndTrusted,
        _ => EsignVerdict::IntactUnknownIssuer,
    }
}

fn is_broken(report: &ElectronicSignature, leading: &mut Vec<EsignReason>) -> bool {
    if let SignedCoverage::Malformed { fault } = &report.coverage {
        let fault: &'static str = fault.into();
        leading.push(EsignReason::with(EsignRule::ByteRange, fault));
    }
    if report.digest.outcome == Checked::Bad {
        leading.push(EsignReason::new(EsignRule::Digest));
    }
    if report.value.outcome == Checked::Bad {
        let told = [
            EsignRule::Contents,
            EsignRule::Cms,
            EsignRule::SigningCertificate,
        ];
        let told = report.reasons.iter().find(|one| told.contains(&one.rule));
        leading.push(match told {
            Some(reason) => reason.clone(),
            None => EsignReason::new(EsignRule::Value),
        });
    }
    !leading.is_empty()
}

/// Tells whether a reason alone calls for a person's look.
fn is_doubt(report: &ElectronicSignature, reason: &EsignReason) -> bool {
    match reason.rule {
        EsignRule::NoCertificate
        | EsignRule::Cms
        | EsignRule::TimeStamp
        | EsignRule::Forged => true,
        // Of a chain that ends with an anchor more is asked than of one that nobody vouches for.
        EsignRule::Expired | EsignRule::CertificateUse | EsignRule::NoTime => {
            report.trust.state == TrustState::Doubtful
        }
        _ => false,
    }
}

fn reason(change: &LaterChange) -> EsignReason {
    let detail = (!change.what.is_empty()).then(|| change.what.clone());
    EsignReason {
        rule: change.rule,
        detail,
        page: change.page,
    }
}

/// Returns what is to be said beside the verdict.
fn remarks(report: &ElectronicSignature) -> Vec<EsignReason> {
    let mut remarks = Vec::new();
    match report.trust.state {
        TrustState::UnknownIssuer => remarks.push(EsignRule::UnknownIssuer),
        TrustState::SelfSigned => remarks.push(EsignRule::SelfSigned),
        _ => {}
    }
    if matches!(report.revocation, Revocation::NotTold { ocsp: true }) {
        remarks.push(EsignRule::Ocsp);
    }
    remarks.into_iter().map(EsignReason::new).collect()
}
