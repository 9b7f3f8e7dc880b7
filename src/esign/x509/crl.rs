//! Certificate revocation lists (RFC 5280, section 5).

use super::{
    certificate::{Certificate, read_extensions},
    chain::signed,
    name::Name,
    purpose::may_sign_lists,
};
use crate::{
    der::{Element, Moment, Reader, tag},
    model::Revocation,
};

/// A list, as it stands.
struct RevocationList<'a> {
    tbs: &'a [u8],
    algorithm: &'a [u8],
    signature: &'a [u8],
    issuer: Name,
    next_update: Option<Moment>,
    entries: Option<Reader<'a>>,
}

/// issuingDistributionPoint, deltaCRLIndicator (RFC 5280, sections 5.2.5, 5.2.4).
const DISTRIBUTION_POINT: &str = "2.5.29.28";
const DELTA: &str = "2.5.29.27";
/// removeFromCRL (section 5.3.1) stands in delta lists only, which are not read.
/// Most lists of a document that are read.
const MAX_LISTS: usize = 64;

impl<'a> RevocationList<'a> {
    fn read(bytes: &'a [u8]) -> Option<Self> {
        let mut outer = Reader::new(bytes).open(tag::SEQUENCE)?;
        let tbs = outer.value(tag::SEQUENCE)?;
        let algorithm = outer.value(tag::SEQUENCE)?;
        let signature = outer.any()?.bits()?;
        let mut parts = tbs.inside();
        if parts.peek() == Some(tag::INTEGER) {
            parts.any()?;
        }
        parts.value(tag::SEQUENCE)?;
        let issuer = Name::read(parts.value(tag::SEQUENCE)?);
        Moment::read(parts.any()?)?;
        let next_update = match parts.peek() {
            Some(tag::UTC_TIME | tag::GENERALIZED_TIME) => Moment::read(parts.any()?),
            _ => None,
        };
        let entries = match parts.peek() {
            Some(tag::SEQUENCE) => parts.open(tag::SEQUENCE),
            _ => None,
        };
        let list = Self {
            tbs: tbs.whole,
            algorithm: algorithm.whole,
            signature,
            issuer,
            next_update,
            entries,
        };
        is_complete(parts.any()).then_some(list)
    }

    /// Returns since when a serial number is on the list.
    fn since(&self, serial: &[u8]) -> Option<Moment> {
        for entry in self.entries.clone()?.flatten() {
            let mut parts = entry.inside();
            if parts.any()?.content == serial {
                return Moment::read(parts.any()?);
            }
        }
        None
    }
}

/// Tells whether a list with these extensions speaks of all certificates of its issuer, and of
/// no other's.
fn is_complete(extensions: Option<Element<'_>>) -> bool {
    let Some(extensions) = extensions else {
        return true;
    };
    let Some(extensions) = read_extensions(extensions) else {
        return false;
    };
    extensions
        .iter()
        .all(|one| match one.oid.to_string().as_str() {
            DELTA => false,
            DISTRIBUTION_POINT => {
                let parts = Reader::new(&one.value).open(tag::SEQUENCE);
                // [3] only some reasons, [4] indirect, [5] only attribute certificates.
                let mut parts = parts.into_iter().flatten().flatten();
                parts.all(|part| !matches!(part.tag, 0x83..=0x85))
            }
            _ => !one.is_critical || one.oid.is("2.5.29.20") || one.oid.is("2.5.29.35"),
        })
}

/// Says what lists tell of the certificates of a chain at a time, each signed by the next.
pub fn revocation(
    chain: &[Certificate],
    lists: &[Vec<u8>],
    at: Option<Moment>,
    has_ocsp: bool,
) -> Revocation {
    let lists: Vec<_> = lists
        .iter()
        .take(MAX_LISTS)
        .filter_map(|bytes| RevocationList::read(bytes))
        .collect();
    let mut all_told = chain.len() > 1;
    for pair in chain.windows(2) {
        let [certificate, issuer] = pair else {
            continue;
        };
        let own = lists.iter().filter(|list| {
            list.issuer == certificate.issuer
                && may_sign_lists(issuer)
                && signed(&issuer.key, list.algorithm, list.tbs, list.signature)
                    == Some(true)
        });
        let mut is_told = false;
        for list in own {
            // Revoked after the time that counts: it was good then.
            let since = list.since(&certificate.serial);
            if let Some(since) = since.filter(|since| at.is_none_or(|at| *since <= at)) {
                return Revocation::Revoked {
                    since: since.to_string(),
                    certificate: certificate.sha256(),
                };
            }
            // A list that ended before the time says nothing of it.
            is_told |= at.zip(list.next_update).is_none_or(|(at, next)| at <= next);
        }
        all_told &= is_told;
    }
    match all_told {
        true => Revocation::Good,
        false => Revocation::NotTold { ocsp: has_ocsp },
    }
}
