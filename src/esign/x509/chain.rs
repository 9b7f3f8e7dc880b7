//! The way from a signer's certificate to an anchor of the user (RFC 5280, section 6, as far as
//! a signature of two to five certificates needs it). Nothing is fetched.

use super::{
    certificate::Certificate,
    purpose::{Purpose, authority_fault, signer_fault},
};
use crate::{
    der::{Moment, Reader, tag},
    esign::crypto::{Scheme, verify},
    model::{EsignReason, EsignRule, Trust, TrustState},
};

/// Most certificates above the signer's.
const MAX_DEPTH: usize = 5;
/// Most signature values that are computed for one chain: each takes about 0.1 ms.
const MAX_VALUES: usize = 48;

/// A chain, from the signer's certificate upwards.
#[derive(Debug, Clone)]
pub struct Chain {
    /// The certificates; each is signed by the next.
    pub certificates: Vec<Certificate>,
    /// What vouches for the first.
    pub state: TrustState,
    /// What is to be said against it.
    pub reasons: Vec<EsignReason>,
}

impl Chain {
    /// The chain of no certificate.
    pub fn none() -> Self {
        Self {
            certificates: Vec::new(),
            state: TrustState::NotChecked,
            reasons: Vec::new(),
        }
    }

    /// Returns it as a report tells it.
    pub fn trust(&self) -> Trust {
        let above = self.certificates.iter().skip(1);
        let anchored = matches!(self.state, TrustState::Anchored | TrustState::Doubtful);
        Trust {
            state: self.state,
            chain: above.map(Certificate::name).collect(),
            anchor: match anchored {
                true => self.certificates.last().map(Certificate::sha256),
                false => None,
            },
        }
    }
}

/// Finds the chain of a certificate, judged at a time; `None` where there is none to judge by.
pub fn build(
    signer: &Certificate,
    found: &[Certificate],
    anchors: &[Certificate],
    at: Option<Moment>,
    purpose: Purpose,
) -> Chain {
    let mut search = Search {
        found,
        anchors,
        values_left: MAX_VALUES,
        forged: None,
        longest: vec![signer.clone()],
    };
    let path = search.climb(std::slice::from_ref(signer));
    let is_anchored = path.is_some();
    let certificates = path.unwrap_or(search.longest);
    let mut reasons = faults(&certificates, at, purpose, is_anchored);
    let state = match (is_anchored, signer.names_itself()) {
        (true, _) if reasons.is_empty() => TrustState::Anchored,
        (true, _) => TrustState::Doubtful,
        (false, true) => TrustState::SelfSigned,
        (false, false) => TrustState::UnknownIssuer,
    };
    if let Some(forged) = search.forged.filter(|_| !is_anchored) {
        reasons.push(EsignReason::with(EsignRule::Forged, forged));
    }
    Chain {
        certificates,
        state,
        reasons,
    }
}

struct Search<'a> {
    found: &'a [Certificate],
    anchors: &'a [Certificate],
    values_left: usize,
    /// A certificate that names an issuer who is here and did not sign it.
    forged: Option<String>,
    longest: Vec<Certificate>,
}

impl Search<'_> {
    /// Climbs from the last certificate of a path; returns the path to an anchor.
    fn climb(&mut self, path: &[Certificate]) -> Option<Vec<Certificate>> {
        let last = path.last()?;
        if self.anchors.iter().any(|anchor| anchor.der == last.der) {
            return Some(path.to_vec());
        }
        if path.len() > MAX_DEPTH {
            return None;
        }
        let (anchors, found) = (self.anchors, self.found);
        // Authorities get new keys under their old name: an anchor with another key identifier
        // is another's.
        let anchors = anchors.iter().filter(|anchor| !has_other_key(last, anchor));
        let named = anchors.chain(found);
        let mut was_signed = false;
        let mut was_named = false;
        for issuer in named.filter(|one| one.subject == last.issuer) {
            let is_known = path.iter().any(|one| one.der == issuer.der);
            // One that names itself must have signed itself.
            if is_known && (issuer.der != last.der || was_signed) {
                continue;
            }
            was_named = true;
            match self.signed(issuer, last) {
                Some(true) => was_signed = true,
                Some(false) => continue,
                // An algorithm that is not known: no step, and no forgery.
                None => {
                    was_signed = true;
                    continue;
                }
            }
            if is_known {
                continue;
            }
            let longer = [path, std::slice::from_ref(issuer)].concat();
            if longer.len() > self.longest.len() {
                self.longest.clone_from(&longer);
            }
            if let Some(done) = self.climb(&longer) {
                return Some(done);
            }
        }
        if was_named && !was_signed && self.forged.is_none() {
            let name = last.subject.common_name().unwrap_or_default();
            self.forged = Some(name.to_owned());
        }
        None
    }

    /// Tells whether one certificate signed another; `None` where that cannot be computed.
    fn signed(
        &mut self,
        issuer: &Certificate,
        certificate: &Certificate,
    ) -> Option<bool> {
        self.values_left = self.values_left.checked_sub(1)?;
        signed(
            &issuer.key,
            &certificate.algorithm,
            &certificate.tbs,
            &certificate.signature,
        )
    }
}

/// Tells whether a certificate says that its issuer's key is another than this one's (RFC 5280,
/// sections 4.2.1.1 and 4.2.1.2).
fn has_other_key(certificate: &Certificate, issuer: &Certificate) -> bool {
    let named = certificate.extension("2.5.29.35").and_then(|one| {
        let first = Reader::new(&one.value).open(tag::SEQUENCE)?.any()?;
        first.when(tag::context_primitive(0)).map(|id| id.content)
    });
    let own = issuer.extension("2.5.29.14");
    let own = own.and_then(|one| Some(Reader::new(&one.value).any()?.content));
    named.zip(own).is_some_and(|(named, own)| named != own)
}

/// Tells whether a key signed these bytes; `None` where the algorithm is not known here.
pub fn signed(
    key: &[u8],
    algorithm: &[u8],
    tbs: &[u8],
    signature: &[u8],
) -> Option<bool> {
    let scheme = Scheme::read(Reader::new(algorithm).any()?, None).ok()?;
    let digest = scheme.hash().digest(&[tbs]);
    verify(scheme, key, &digest, signature).ok()
}

/// Collects what the certificates of a chain lack at a time.
fn faults(
    path: &[Certificate],
    at: Option<Moment>,
    purpose: Purpose,
    is_anchored: bool,
) -> Vec<EsignReason> {
    let mut reasons = Vec::new();
    // The anchor is the user's own choice: it is not judged.
    let judged = path.len() - usize::from(is_anchored && path.len() > 1);
    for (place, certificate) in path.iter().enumerate().take(judged) {
        let name = certificate.subject.common_name().unwrap_or_default();
        let is_valid = at.is_none_or(|at| {
            (certificate.not_before..=certificate.not_after).contains(&at)
        });
        if !is_valid {
            reasons.push(EsignReason::with(EsignRule::Expired, name));
        }
        let fault = match place {
            0 => signer_fault(certificate, purpose),
            _ => authority_fault(certificate, place - 1),
        };
        if let Some(fault) = fault {
            let detail = format!("{fault}: {name}");
            reasons.push(EsignReason::with(EsignRule::CertificateUse, detail));
        }
    }
    if at.is_none() && is_anchored {
        reasons.push(EsignReason::new(EsignRule::NoTime));
    }
    reasons
}
