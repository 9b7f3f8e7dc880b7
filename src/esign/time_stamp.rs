//! Time-stamp tokens (RFC 3161): what they stamp, when, and whether their authority's signature
//! holds.

use super::{
    cms::{Content, SignedData, verify},
    crypto::{Hash, usual_name},
    x509::{Certificate, Chain, Purpose, build},
};
use crate::{
    der::{TST_INFO, TstInfo, token_of},
    model::{Checked, EsignReason, EsignRule, TimeStamp, TrustState},
};

/// A token, read but not yet held against anything.
pub struct Token<'a> {
    data: SignedData<'a>,
    /// What it says.
    pub info: TstInfo,
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
        let token = token_of(bytes)?.ok()?;
        let data = SignedData::read(token)?;
        if !data.content_type.is(TST_INFO) {
            return None;
        }
        let info = TstInfo::read(data.content.as_deref()?)?;
        Some(Self { data, info })
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
            Stamped::Imprint(digest) => fits(digest == self.info.imprint),
            Stamped::Bytes(parts) => match Hash::of(&self.info.algorithm) {
                Some(hash) => fits(hash.digest(parts) == self.info.imprint),
                None => Checked::Unsupported,
            },
        };
        if imprint == Checked::Unsupported {
            let name = usual_name(&self.info.algorithm);
            reasons.push(EsignReason::with(EsignRule::Algorithm, name));
        }
        let chain = self.chain(verified.signer.as_ref(), others, anchors);
        if chain.state != TrustState::Anchored {
            reasons.push(EsignReason::new(EsignRule::TimeStampIssuer));
        }
        reasons.extend(chain.reasons.iter().cloned());
        let stamp = TimeStamp {
            time: self.info.time.to_string(),
            imprint,
            value,
            authority: verified.signer.as_ref().map(Certificate::name),
            trust: chain.trust(),
            reasons,
        };
        let known = Hash::of(&self.info.algorithm).map(|hash| hash.name().to_owned());
        Examined {
            stamp,
            signer: verified.signer,
            imprint_algorithm: known.unwrap_or_else(|| usual_name(&self.info.algorithm)),
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
        let at = Some(self.info.time);
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
