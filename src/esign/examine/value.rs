//! What a signature's `/Contents` says, in each of its forms (`/SubFilter`, ISO 32000-2, table
//! 260; ETSI EN 319 142-1).

use crate::{
    der::{Element, Moment, Reader, pdf_date},
    esign::{
        cms::{Attributes, Content, SignedData, verify},
        crypto::{Hash, Scheme, verify as verify_value},
        pdf::{Document, Object},
        signed::{Covered, SignatureDict},
        time_stamp::{Stamped, Token},
        x509::Certificate,
    },
    model::{AlgorithmCheck, Checked, EsignReason, EsignRule, TimeStamp},
};

/// What was found out about a signature's value.
pub struct Value {
    /// The covered bytes against the signed digest.
    pub digest: AlgorithmCheck,
    /// The signature value, held against the key.
    pub signed: AlgorithmCheck,
    /// The signer's certificate.
    pub signer: Option<Certificate>,
    /// The certificates beside it.
    pub certificates: Vec<Certificate>,
    /// Revocation lists beside it.
    pub lists: Vec<Vec<u8>>,
    /// Whether OCSP answers are beside it.
    pub has_ocsp: bool,
    /// The time that the signer claims.
    pub claimed: Option<Moment>,
    /// A time-stamp on the value, or the one that it is, and its time.
    pub time_stamp: Option<(TimeStamp, Moment)>,
    /// What is to be said.
    pub reasons: Vec<EsignReason>,
}

/// Attributes: signingTime (RFC 5652, section 11.3), signature-time-stamp (RFC 3161, appendix
/// A), adbe-revocationInfoArchival (ISO 32000-2, 12.8.3.3.2).
const SIGNING_TIME: &str = "1.2.840.113549.1.9.5";
const TIME_STAMP: &str = "1.2.840.113549.1.9.16.2.14";
const REVOCATION: &str = "1.2.840.113583.1.1.8";

impl Value {
    fn nothing() -> Self {
        Self {
            digest: AlgorithmCheck::NOT_CHECKED,
            signed: AlgorithmCheck::NOT_CHECKED,
            signer: None,
            certificates: Vec::new(),
            lists: Vec::new(),
            has_ocsp: false,
            claimed: None,
            time_stamp: None,
            reasons: Vec::new(),
        }
    }

    fn bad(rule: EsignRule) -> Self {
        let mut value = Self::nothing();
        value.signed.outcome = Checked::Bad;
        value.reasons.push(EsignReason::new(rule));
        value
    }

    fn unsupported(rule: EsignRule, name: String) -> Self {
        let mut value = Self::nothing();
        value.signed.outcome = Checked::Unsupported;
        value.reasons.push(EsignReason::with(rule, name));
        value
    }
}

/// Holds a signature against the bytes that it covers.
pub fn examine(
    document: &Document<'_>,
    signature: &SignatureDict,
    covered: Covered<'_>,
    others: &[Certificate],
    anchors: &[Certificate],
) -> Value {
    if signature.is_blank() {
        return Value::bad(EsignRule::Contents);
    }
    let parts = [covered.before, covered.after];
    let form = signature.name(document, b"SubFilter").unwrap_or_default();
    let mut value = match form.as_str() {
        "ETSI.RFC3161" => time_stamp(&signature.contents, &parts, others, anchors),
        "adbe.x509.rsa_sha1" => plain(document, signature, &parts),
        "adbe.pkcs7.sha1" => cms(&signature.contents, &parts, others, anchors, true),
        // Without a name: what most write.
        "ETSI.CAdES.detached" | "adbe.pkcs7.detached" | "" => {
            cms(&signature.contents, &parts, others, anchors, false)
        }
        other => Value::unsupported(EsignRule::SubFilter, other.to_owned()),
    };
    let date = signature.text(document, b"M");
    value.claimed = value.claimed.or_else(|| pdf_date(&date?));
    value
}

fn cms(
    contents: &[u8],
    parts: &[&[u8]],
    others: &[Certificate],
    anchors: &[Certificate],
    is_digest_inside: bool,
) -> Value {
    let Some(data) = SignedData::read(contents) else {
        return Value::bad(EsignRule::Cms);
    };
    let all: Vec<Certificate> = others.iter().chain(anchors).cloned().collect();
    let mut value = Value::nothing();
    let verified = match is_digest_inside {
        // adbe.pkcs7.sha1: the content is the SHA-1 of the covered bytes.
        true => {
            let content = data.content.clone().unwrap_or_default();
            let mut verified = verify(&data, Content(&[&content]), &all);
            if content.as_ref() != Hash::Sha1.digest(parts).as_slice() {
                verified.digest.outcome = Checked::Bad;
            }
            let weak = EsignReason::with(EsignRule::WeakDigest, Hash::Sha1.name());
            if !verified.reasons.contains(&weak) {
                verified.reasons.push(weak);
            }
            verified
        }
        false => verify(&data, Content(parts), &all),
    };
    value.digest = verified.digest;
    value.signed = verified.value;
    value.signer = verified.signer;
    value.reasons = verified.reasons;
    value.certificates.clone_from(&data.certificates);
    value.lists = data.crls.iter().map(|list| list.to_vec()).collect();
    if let Some(signer) = data.signers.first() {
        value.claimed = signer.signed.get(SIGNING_TIME).and_then(Moment::read);
        archived(&mut value, &signer.signed);
        archived(&mut value, &signer.unsigned);
        if let Some(token) = signer.unsigned.get(TIME_STAMP) {
            let stamped = Stamped::Bytes(&[&signer.signature]);
            let known: Vec<Certificate> =
                value.certificates.iter().chain(others).cloned().collect();
            match Token::read(token.whole) {
                Some(token) => {
                    let stamp = token.verify(stamped, &known, anchors);
                    if !stamp.is_sound() {
                        value.reasons.push(EsignReason::new(EsignRule::TimeStamp));
                    }
                    value.certificates.extend_from_slice(token.certificates());
                    value.time_stamp = Some((stamp, token.info.time));
                }
                None => value.reasons.push(EsignReason::new(EsignRule::TimeStamp)),
            }
        }
    }
    value
}

/// Reads adbe-revocationInfoArchival: lists under `[0]`, answers under `[1]`.
fn archived(value: &mut Value, attributes: &Attributes<'_>) {
    let Some(archive) = attributes.get(REVOCATION) else {
        return;
    };
    for part in archive.inside().flatten() {
        let inside = part.inside().any().map(Element::inside);
        match part.tag {
            0xa0 => {
                let lists = inside.into_iter().flatten().flatten();
                value.lists.extend(lists.map(|list| list.whole.to_vec()));
            }
            0xa1 => value.has_ocsp = true,
            _ => {}
        }
    }
}

/// A document time-stamp: the token stamps the covered bytes.
fn time_stamp(
    contents: &[u8],
    parts: &[&[u8]],
    others: &[Certificate],
    anchors: &[Certificate],
) -> Value {
    let Some(token) = Token::read(contents) else {
        return Value::bad(EsignRule::TimeStamp);
    };
    let examined = token.examine(Stamped::Bytes(parts), others, anchors);
    let mut value = Value::nothing();
    value.digest = AlgorithmCheck {
        outcome: examined.stamp.imprint,
        algorithm: Some(examined.imprint_algorithm),
    };
    value.signed = AlgorithmCheck {
        outcome: examined.stamp.value,
        algorithm: examined.algorithm,
    };
    value.signer = examined.signer;
    value.certificates.extend_from_slice(token.certificates());
    // The chain is judged with that of every signature.
    let own = [
        EsignRule::NoCertificate,
        EsignRule::SigningCertificate,
        EsignRule::Cms,
    ];
    let reasons = examined.stamp.reasons.iter();
    value.reasons = reasons
        .filter(|one| own.contains(&one.rule))
        .cloned()
        .collect();
    value.time_stamp = Some((examined.stamp, token.info.time));
    value
}

/// `adbe.x509.rsa_sha1`: `/Contents` is an `OCTET STRING` with a PKCS#1 signature, `/Cert` the
/// certificate or certificates. Some writers use another digest than the name says.
fn plain(document: &Document<'_>, signature: &SignatureDict, parts: &[&[u8]]) -> Value {
    let held = document.get(&signature.dict, b"Cert");
    let single = std::slice::from_ref(&*held);
    let certificates = held.array().unwrap_or(single).iter();
    let certificates: Vec<Certificate> = certificates
        .map(|one| document.resolve(one))
        .filter_map(|one: std::rc::Rc<Object>| Certificate::read(one.string()?))
        .collect();
    let octets = Reader::new(&signature.contents).any();
    let Some(octets) = octets.and_then(Element::octets) else {
        return Value::bad(EsignRule::Contents);
    };
    let mut value = Value::nothing();
    let Some(signer) = certificates.first() else {
        value
            .reasons
            .push(EsignReason::new(EsignRule::NoCertificate));
        return value;
    };
    let check = |outcome, hash: Hash| AlgorithmCheck {
        outcome,
        algorithm: Some(Scheme::Pkcs1(hash).name()),
    };
    value.signed = check(Checked::Bad, Hash::Sha1);
    for hash in Hash::ALL {
        let scheme = Scheme::Pkcs1(hash);
        match verify_value(scheme, &signer.key, &hash.digest(parts), &octets) {
            Ok(true) => {
                value.signed = check(Checked::Good, hash);
                value.digest = AlgorithmCheck {
                    outcome: Checked::Good,
                    algorithm: Some(hash.name().to_owned()),
                };
                if hash.is_weak() {
                    let reason = EsignReason::with(EsignRule::WeakDigest, hash.name());
                    value.reasons.push(reason);
                }
                break;
            }
            Ok(false) => {}
            Err(name) => {
                value = Value::unsupported(EsignRule::Algorithm, name);
                break;
            }
        }
    }
    value.signer = Some(signer.clone());
    value.certificates = certificates;
    value
}
