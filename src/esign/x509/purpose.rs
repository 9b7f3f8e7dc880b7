//! What a certificate may be used for: basic constraints, key usage, extended key usage, and
//! critical extensions.

use super::certificate::Certificate;
use crate::der::{Element, Reader, tag};

/// What a chain is to vouch for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Signing documents.
    Signing,
    /// Stamping time (RFC 3161, section 2.3).
    TimeStamping,
}

/// Extensions (RFC 5280, section 4.2).
const KEY_USAGE: &str = "2.5.29.15";
const BASIC_CONSTRAINTS: &str = "2.5.29.19";
const EXTENDED_KEY_USAGE: &str = "2.5.29.37";

/// Extensions that may be critical, because they are read here or add nothing to what is
/// judged. Name constraints (2.5.29.30) are not among them: they are not read, so that a
/// certificate below them cannot be judged.
const KNOWN: [&str; 11] = [
    KEY_USAGE,
    BASIC_CONSTRAINTS,
    EXTENDED_KEY_USAGE,
    "2.5.29.14",         // subjectKeyIdentifier
    "2.5.29.35",         // authorityKeyIdentifier
    "2.5.29.17",         // subjectAltName
    "2.5.29.18",         // issuerAltName
    "2.5.29.31",         // cRLDistributionPoints
    "2.5.29.32",         // certificatePolicies: any policy is good
    "1.3.6.1.5.5.7.1.1", // authorityInfoAccess
    "1.3.6.1.5.5.7.1.3", // qcStatements
];

/// Extended key usages with which documents are signed: any, mail, documents (RFC 9336), Adobe
/// (the one of `BSrE`), Microsoft's, and clients', which many authorities give to persons.
const SIGNING_USAGES: [&str; 6] = [
    "2.5.29.37.0",
    "1.3.6.1.5.5.7.3.4",
    "1.3.6.1.5.5.7.3.36",
    "1.2.840.113583.1.1.5",
    "1.3.6.1.4.1.311.10.3.12",
    "1.3.6.1.5.5.7.3.2",
];

/// id-kp-timeStamping (RFC 3161, section 2.3).
const TIME_STAMPING: &str = "1.3.6.1.5.5.7.3.8";

/// Bits of key usage (RFC 5280, section 4.2.1.3), counted from the first.
const DIGITAL_SIGNATURE: usize = 0;
const NON_REPUDIATION: usize = 1;
const KEY_CERT_SIGN: usize = 5;
const CRL_SIGN: usize = 6;

/// Returns what keeps the certificate of a signer from vouching for a purpose.
pub fn signer_fault(certificate: &Certificate, purpose: Purpose) -> Option<String> {
    if let Some(unknown) = unknown_critical(certificate) {
        return Some(unknown);
    }
    let may_sign = [DIGITAL_SIGNATURE, NON_REPUDIATION];
    if !may_sign.iter().any(|bit| may(certificate, *bit)) {
        return Some("keyUsage".to_owned());
    }
    let Some(usages) = certificate.extension(EXTENDED_KEY_USAGE) else {
        // Without it any use is good, but not stamping time.
        return (purpose == Purpose::TimeStamping).then(|| "extKeyUsage".to_owned());
    };
    let usages = Reader::new(&usages.value).open(tag::SEQUENCE);
    let usages = usages.into_iter().flatten().flatten();
    let mut usages = usages.filter_map(Element::oid);
    let fits = match purpose {
        Purpose::Signing => {
            usages.any(|usage| SIGNING_USAGES.iter().any(|known| usage.is(known)))
        }
        Purpose::TimeStamping => usages.any(|usage| usage.is(TIME_STAMPING)),
    };
    (!fits).then(|| "extKeyUsage".to_owned())
}

/// Returns what keeps a certificate from vouching for others; `below` is the number of
/// authorities between it and the signer.
pub fn authority_fault(certificate: &Certificate, below: usize) -> Option<String> {
    if let Some(unknown) = unknown_critical(certificate) {
        return Some(unknown);
    }
    let constraints = certificate.extension(BASIC_CONSTRAINTS);
    let fits = constraints.and_then(|constraints| {
        let mut parts = Reader::new(&constraints.value).open(tag::SEQUENCE)?;
        let is_authority = parts.any()?.boolean()?;
        let longest = parts.any().map(|len| len.small().unwrap_or(0));
        let is_short = longest.is_none_or(|longest| below as u64 <= longest);
        Some(is_authority && is_short)
    });
    if fits != Some(true) {
        return Some("basicConstraints".to_owned());
    }
    (!may(certificate, KEY_CERT_SIGN)).then(|| "keyUsage".to_owned())
}

/// Tells whether a certificate may sign revocation lists.
pub fn may_sign_lists(certificate: &Certificate) -> bool {
    may(certificate, CRL_SIGN)
}

/// Tells whether key usage permits it; without key usage everything is permitted.
fn may(certificate: &Certificate, bit: usize) -> bool {
    let Some(usage) = certificate.extension(KEY_USAGE) else {
        return true;
    };
    let bits = Reader::new(&usage.value).value(tag::BIT_STRING);
    let byte = bits.and_then(|bits| bits.content.get(1 + bit / 8).copied());
    byte.is_some_and(|byte| byte & (0x80 >> (bit % 8)) != 0)
}

fn unknown_critical(certificate: &Certificate) -> Option<String> {
    let mut critical = certificate.extensions.iter().filter(|one| one.is_critical);
    let unknown = critical.find(|one| !KNOWN.iter().any(|known| one.oid.is(known)));
    unknown.map(|one| one.oid.to_string())
}
