//! Time-stamp tokens (RFC 3161): what they stamp, when, and whether their authority's signature
//! holds.

use super::{
    cms::{Content, SignedData, verify},
    crypto::{Hash, usual_name},
    x509::{Certificate, Chain, Purpose, build},
};
use crate::{
    der::{Element, Moment, Oid, Reader, tag},
    model::{Checked, EsignReason, EsignRule, TimeStamp, TrustState},
};

/// id-ct-TSTInfo (RFC 3161, section 2.4.2).
const TST_INFO: &str = "1.2.840.113549.1.9.16.1.4";

/// A token, read but not yet held against anything.
pub struct Token<'a> {
    data: SignedData<'a>,
    imprint_oid: Oid,
    imprint: Vec<u8>,
    /// The time that the authority vouches for.
    pub time: Moment,
}

/// What a token is held against.
#[derive(Debug, Clone, Copy)]
pub enum Stamped<'a> {
    /// The bytes themselves, in parts.
    Bytes(&'a [&'a [u8]]),
    /// A digest of whatever kind the token has.
    Imprint(&'a [u8]),
}

impl<'a> Token<'a> {
    /// Reads a `TimeStampResp` that was granted, or a bare `TimeStampToken`.
    pub fn read(bytes: &'a [u8]) -> Option<Self> {
        let mut outer = Reader::new(bytes).open(tag::SEQUENCE)?;
        let first = outer.any()?;
        let token = match first.tag {
            tag::OID => bytes,
            // granted, grantedWithMods (section 2.4.2)
            tag::SEQUENCE if matches!(first.inside().any()?.small(), Some(0 | 1)) => {
                outer.value(tag::SEQUENCE)?.whole
            }
            _ => return None,
        };
        let data = SignedData::read(token)?;
        if !data.content_type.is(TST_INFO) {
            return None;
        }
        let (imprint_oid, imprint, time) = tst_info(data.content.as_deref()?)?;
        Some(Self {
            data,
            imprint_oid,
            imprint,
            time,
        })
    }

    /// Returns the certificates inside.
    pub fn certificates(&self) -> &[Certificate] {
        &self.data.certificates
    }

    /// Holds the token against what it should stamp, and its signature and chain against the
    /// certificates found elsewhere and the user's anchors.
    pub fn verify(
        &self,
        stamped: Stamped<'_>,
        others: &[Certificate],
        anchors: &[Certificate],
    ) -> TimeStamp {
        self.examine(stamped, others, anchors).stamp
    }

    /// The same, with what a report on the token itself needs.
    pub fn examine(
        &self,
        stamped: Stamped<'_>,
        others: &[Certificate],
        anchors: &[Certificate],
    ) -> Examined {
        let content = self.data.content.as_deref().unwrap_or_default();
        let all: Vec<Certificate> = others.iter().chain(anchors).cloned().collect();
        let verified = verify(&self.data, Content(&[content]), &all);
        let value = match (verified.digest.outcome, verified.value.outcome) {
            (Checked::Bad, _) | (_, Checked::Bad) => Checked::Bad,
            (Checked::Good, value) => value,
            (digest, _) => digest,
        };
        let mut reasons = verified.reasons;
        let imprint = match stamped {
            Stamped::Imprint(digest) => fits(digest == self.imprint),
            Stamped::Bytes(parts) => match Hash::of(&self.imprint_oid) {
                Some(hash) => fits(hash.digest(parts) == self.imprint),
                None => Checked::Unsupported,
            },
        };
        if imprint == Checked::Unsupported {
            let name = usual_name(&self.imprint_oid);
            reasons.push(EsignReason::with(EsignRule::Algorithm, name));
        }
        let chain = self.chain(verified.signer.as_ref(), others, anchors);
        if chain.state != TrustState::Anchored {
            reasons.push(EsignReason::new(EsignRule::TimeStampIssuer));
        }
        reasons.extend(chain.reasons.iter().cloned());
        let stamp = TimeStamp {
            time: self.time.to_string(),
            imprint,
            value,
            authority: verified.signer.as_ref().map(Certificate::name),
            trust: chain.trust(),
            reasons,
        };
        let known = Hash::of(&self.imprint_oid).map(|hash| hash.name().to_owned());
        Examined {
            stamp,
            signer: verified.signer,
            imprint_algorithm: known.unwrap_or_else(|| usual_name(&self.imprint_oid)),
            algorithm: verified.value.algorithm,
        }
    }

    fn chain(
        &self,
        signer: Option<&Certificate>,
        others: &[Certificate],
        anchors: &[Certificate],
    ) -> Chain {
        let Some(signer) = signer else {
            return Chain::none();
        };
        let found = self.data.certificates.iter().chain(others);
        let found: Vec<Certificate> = found.cloned().collect();
        let at = Some(self.time);
        build(signer, &found, anchors, at, Purpose::TimeStamping)
    }
}

/// A token that was verified, with what a report on itself needs.
pub struct Examined {
    /// What a report says of it.
    pub stamp: TimeStamp,
    /// The authority's certificate.
    pub signer: Option<Certificate>,
    /// The algorithm of the imprint.
    pub imprint_algorithm: String,
    /// The algorithm of the authority's signature value.
    pub algorithm: Option<String>,
}

fn fits(fits: bool) -> Checked {
    match fits {
        true => Checked::Good,
        false => Checked::Bad,
    }
}

/// Reads `TSTInfo` (section 2.4.2): the digest, its algorithm, the time.
fn tst_info(bytes: &[u8]) -> Option<(Oid, Vec<u8>, Moment)> {
    let mut info = Reader::new(bytes).open(tag::SEQUENCE)?;
    info.value(tag::INTEGER)?;
    info.value(tag::OID)?;
    let mut imprint = info.open(tag::SEQUENCE)?;
    info.value(tag::INTEGER)?;
    let time = Moment::read(info.value(tag::GENERALIZED_TIME)?)?;
    let oid = imprint.open(tag::SEQUENCE)?.any().and_then(Element::oid)?;
    let digest = imprint.any()?.octets()?.into_owned();
    Some((oid, digest, time))
}
