//! Whether a signer's signature holds: the digest of the content, the signature value over the
//! signed attributes, and the certificate that they name.

use super::signed_data::{SignedData, SignerInfo};
use crate::{
    der::{Element, Reader, encode, tag},
    esign::{
        crypto::{Hash, Scheme, usual_name, verify as verify_value},
        x509::Certificate,
    },
    model::{AlgorithmCheck, Checked, EsignReason, EsignRule},
};

/// Attributes (RFC 5652, section 11; RFC 5035, section 3).
const CONTENT_TYPE: &str = "1.2.840.113549.1.9.3";
const MESSAGE_DIGEST: &str = "1.2.840.113549.1.9.4";
const SIGNING_CERTIFICATE: &str = "1.2.840.113549.1.9.16.2.12";
const SIGNING_CERTIFICATE_V2: &str = "1.2.840.113549.1.9.16.2.47";

/// What was signed: parts of a file, one after another.
#[derive(Debug, Clone, Copy)]
pub struct Content<'a>(pub &'a [&'a [u8]]);

/// Whether one signer's signature holds.
#[derive(Debug, Clone)]
pub struct Verified {
    /// The digest of the content.
    pub digest: AlgorithmCheck,
    /// The signature value.
    pub value: AlgorithmCheck,
    /// The signer's certificate, which the value holds for.
    pub signer: Option<Certificate>,
    /// What is to be said.
    pub reasons: Vec<EsignReason>,
}

/// Verifies what the first signer signed. `others` are certificates from elsewhere, for a
/// signature that does not hold the signer's.
pub fn verify(
    data: &SignedData<'_>,
    content: Content<'_>,
    others: &[Certificate],
) -> Verified {
    let mut verified = Verified {
        digest: AlgorithmCheck::NOT_CHECKED,
        value: AlgorithmCheck::NOT_CHECKED,
        signer: None,
        reasons: Vec::new(),
    };
    let Some(signer) = data.signers.first() else {
        verified
            .reasons
            .push(EsignReason::with(EsignRule::Cms, "signerInfos"));
        verified.value.outcome = Checked::Bad;
        return verified;
    };
    if data.signers.len() > 1 {
        // ISO 32000-2, 12.8.3.3.1: one signer. What the others vouch for is not looked at.
        let reason = EsignReason::with(EsignRule::Cms, "several signerInfos");
        verified.reasons.push(reason);
    }
    verified.digest = check_digest(data, signer, content);
    let all = data.certificates.iter().chain(others);
    let certificate = all.clone().find(|one| signer.is_signed_by(one));
    let Some(certificate) = certificate else {
        verified
            .reasons
            .push(EsignReason::new(EsignRule::NoCertificate));
        return verified;
    };
    let (value, is_sorted) = check_value(signer, content, certificate);
    verified.value = value;
    if is_sorted {
        verified
            .reasons
            .push(EsignReason::new(EsignRule::AttributeOrder));
    }
    if signer.signed_bytes.is_none() {
        // The value was made over the content itself: it says of the digest what there is to say.
        verified.digest.outcome = match verified.value.outcome {
            Checked::Good => Checked::Good,
            Checked::Bad | Checked::Unsupported | Checked::NotChecked => {
                Checked::NotChecked
            }
        };
    } else if names_another(signer, certificate) {
        let reason = EsignReason::new(EsignRule::SigningCertificate);
        verified.reasons.push(reason);
        verified.value.outcome = Checked::Bad;
    }
    for hash in [signer.digest(), scheme_of(signer).ok().map(Scheme::hash)] {
        if let Some(hash) = hash.filter(|hash| hash.is_weak()) {
            let reason = EsignReason::with(EsignRule::WeakDigest, hash.name());
            if !verified.reasons.contains(&reason) {
                verified.reasons.push(reason);
            }
        }
    }
    verified.signer = Some(certificate.clone());
    verified
}

fn scheme_of(signer: &SignerInfo<'_>) -> Result<Scheme, String> {
    Scheme::read(signer.algorithm, signer.digest())
}

/// Holds the digest of the content against `messageDigest`.
fn check_digest(
    data: &SignedData<'_>,
    signer: &SignerInfo<'_>,
    content: Content<'_>,
) -> AlgorithmCheck {
    let Some(hash) = signer.digest() else {
        return AlgorithmCheck {
            outcome: Checked::Unsupported,
            algorithm: Some(usual_name(&signer.digest_oid)),
        };
    };
    let outcome = match signer.signed_bytes {
        None => Checked::NotChecked,
        Some(_) => {
            let signed = signer.signed.get(MESSAGE_DIGEST).and_then(Element::octets);
            let kind = signer.signed.get(CONTENT_TYPE).and_then(Element::oid);
            // Without contentType a digest of one kind can be passed for another's (section
            // 5.3): it must be there and the same.
            let is_of_kind = kind.as_ref() == Some(&data.content_type);
            let is_clear = [MESSAGE_DIGEST, CONTENT_TYPE]
                .iter()
                .all(|one| !signer.signed.is_ambiguous(one));
            match signed {
                Some(signed) if is_of_kind && is_clear => {
                    match hash.digest(content.0) == *signed {
                        true => Checked::Good,
                        false => Checked::Bad,
                    }
                }
                _ => Checked::Bad,
            }
        }
    };
    AlgorithmCheck {
        outcome,
        algorithm: Some(hash.name().to_owned()),
    }
}

/// Holds the signature value against the certificate's key; the flag says that the attributes
/// had to be sorted.
fn check_value(
    signer: &SignerInfo<'_>,
    content: Content<'_>,
    certificate: &Certificate,
) -> (AlgorithmCheck, bool) {
    let scheme = match scheme_of(signer) {
        Ok(scheme) => scheme,
        Err(name) => return (unsupported(name), false),
    };
    let written = match signer.signed_bytes {
        None => vec![],
        Some(element) => written_attributes(element),
    };
    let forms = match signer.signed_bytes {
        None => vec![scheme.hash().digest(content.0)],
        Some(_) => {
            let forms = written.iter();
            forms.map(|form| scheme.hash().digest(&[form])).collect()
        }
    };
    for (at, digest) in forms.iter().enumerate() {
        match verify_value(scheme, &certificate.key, digest, &signer.signature) {
            Ok(true) => {
                let check = AlgorithmCheck {
                    outcome: Checked::Good,
                    algorithm: Some(scheme.name()),
                };
                return (check, at == 2);
            }
            Ok(false) => {}
            Err(name) => return (unsupported(name), false),
        }
    }
    let check = AlgorithmCheck {
        outcome: Checked::Bad,
        algorithm: Some(scheme.name()),
    };
    (check, false)
}

fn unsupported(name: String) -> AlgorithmCheck {
    AlgorithmCheck {
        outcome: Checked::Unsupported,
        algorithm: Some(name),
    }
}

/// Returns the signed attributes in the forms a signer may have hashed (RFC 5652, section
/// 5.4): as written with the tag of a SET; with a length up front; sorted.
fn written_attributes(element: Element<'_>) -> Vec<Vec<u8>> {
    let mut as_written = element.whole.to_vec();
    if let Some(first) = as_written.first_mut() {
        *first = tag::SET;
    }
    let set = |content: &[u8]| encode(tag::SET, content);
    let mut sorted: Vec<&[u8]> =
        element.inside().flatten().map(|one| one.whole).collect();
    sorted.sort_unstable();
    vec![as_written, set(element.content), set(&sorted.concat())]
}

/// Tells whether `signingCertificate` or its second version names another certificate (RFC
/// 5035, section 3: the first one named is the signer's).
fn names_another(signer: &SignerInfo<'_>, certificate: &Certificate) -> bool {
    let first_of = |dotted: &str| -> Option<Option<Element<'_>>> {
        let value = signer.signed.get(dotted)?;
        let mut certificates = value.inside().open(tag::SEQUENCE);
        Some(certificates.as_mut().and_then(Reader::any))
    };
    let matches = |named: Option<Element<'_>>, default: Hash| -> Option<bool> {
        let mut parts = named?.inside();
        let mut first = parts.any()?;
        let mut hash = Some(default);
        if first.tag == tag::SEQUENCE {
            hash = Hash::of(&first.inside().any()?.oid()?);
            first = parts.any()?;
        }
        let named = first.octets()?;
        // A digest that is not known here says nothing.
        Some(hash.is_none_or(|hash| hash.digest(&[&certificate.der]) == *named))
    };
    [
        (SIGNING_CERTIFICATE, Hash::Sha1),
        (SIGNING_CERTIFICATE_V2, Hash::Sha256),
    ]
    .into_iter()
    .filter_map(|(dotted, default)| Some((first_of(dotted)?, default)))
    .any(|(named, default)| matches(named, default) != Some(true))
}
