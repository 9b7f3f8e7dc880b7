//! The report on the electronic signatures of one document.

use crate::model::{
    AlgorithmCheck, CertificateName, Digest, EsignReason, EsignVerdict, LaterChange,
    Revocation, SignedCoverage, TimeStamp, Trust,
};
use serde::{Deserialize, Serialize};

/// What a signature field is for.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, strum::IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum SignatureKind {
    /// The signature of a person or a unit.
    Signature,
    /// A document time-stamp (`DocTimeStamp`, `ETSI.RFC3161`).
    TimeStamp,
    /// Nothing yet.
    Empty,
}

/// What a certification signature permits afterwards (`DocMDP`, ISO 32000-2, 12.8.2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocMdp {
    /// `P`: 1 nothing, 2 forms and signatures, 3 annotations, too.
    pub permission: u8,
    /// Whether it was kept; `None` where what changed cannot be judged.
    pub kept: Option<bool>,
}

/// One signature field of a document, and what its signature is worth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ElectronicSignature {
    /// The name of the field, with those of its parents, points between.
    pub field: String,
    /// What it is for.
    pub kind: SignatureKind,
    /// The page, from 1, on which it has its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// The form of the signature (`/SubFilter`), such as `ETSI.CAdES.detached`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sub_filter: Option<String>,
    /// The verdict.
    pub verdict: EsignVerdict,
    /// Why; what led to the verdict comes first.
    pub reasons: Vec<EsignReason>,
    /// Which bytes it covers.
    pub coverage: SignedCoverage,
    /// The covered bytes against the digest that was signed.
    pub digest: AlgorithmCheck,
    /// The signature value against the signer's key.
    pub value: AlgorithmCheck,
    /// The signer's certificate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signer: Option<CertificateName>,
    /// The time of signing that the signer claims (`signingTime`, else `/M`), RFC 3339, UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claimed_time: Option<String>,
    /// The time-stamp on the signature value, or the document time-stamp itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_stamp: Option<TimeStamp>,
    /// The chain of certificates.
    pub trust: Trust,
    /// What the revocation data in the file say.
    pub revocation: Revocation,
    /// What was added or changed after it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub later: Vec<LaterChange>,
    /// Set on a certification signature.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doc_mdp: Option<DocMdp>,
}

/// Who signed a document electronically, as far as a list of evidence tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EsignSigner {
    /// The common name in the certificate, else the field.
    pub name: String,
    /// The organisation in the certificate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
    /// The SHA-256 of the certificate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<Digest>,
    /// The time of signing that the signer claims, RFC 3339, UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claimed_time: Option<String>,
    /// The time on the signature's time-stamp where it is sound, RFC 3339, UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stamped_time: Option<String>,
    /// The SHA-256 of the user's anchor that the certificate leads to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchor: Option<Digest>,
}

/// The electronic signatures of a document in short, as they travel with lists of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EsignSummary {
    /// The verdict on the document.
    pub verdict: EsignVerdict,
    /// The persons and units that signed, in the order of the revisions.
    pub signers: Vec<EsignSigner>,
}

impl ElectronicSignature {
    /// Returns who signed, as the certificate says; else the field.
    pub fn who(&self) -> &str {
        let signer = self.signer.as_ref();
        let name = signer.and_then(|one| one.common_name.as_deref());
        name.unwrap_or(&self.field)
    }
}

impl From<&ElectronicSignature> for EsignSigner {
    fn from(signature: &ElectronicSignature) -> Self {
        let signer = signature.signer.as_ref();
        let stamp = signature.time_stamp.as_ref();
        Self {
            name: signature.who().to_owned(),
            organisation: signer.and_then(|one| one.organisation.clone()),
            certificate: signer.map(|one| one.sha256),
            claimed_time: signature.claimed_time.clone(),
            stamped_time: stamp
                .filter(|stamp| stamp.is_sound())
                .map(|stamp| stamp.time.clone()),
            anchor: signature.trust.anchor,
        }
    }
}

/// The electronic signatures of a document, in the order of the revisions that hold them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct EsignReport {
    /// The signature fields, empty ones last.
    pub signatures: Vec<ElectronicSignature>,
    /// Why the document's signatures could not be looked for, or not all of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unread: Vec<EsignReason>,
}

impl EsignReport {
    /// Returns the verdict on the whole document: the worst of its persons' signatures; else
    /// of its time-stamps; else that of its empty fields; `None` where there is none of these.
    /// What a time-stamp proves changed or broken since calls for a look at the persons', too.
    pub fn verdict(&self) -> Option<EsignVerdict> {
        let of = |kind: SignatureKind| {
            let those = self.signatures.iter().filter(move |one| one.kind == kind);
            those.map(|one| one.verdict).max()
        };
        let stamps = of(SignatureKind::TimeStamp);
        let review = stamps.filter(|verdict| *verdict >= EsignVerdict::Review);
        let review = review.map(|_| EsignVerdict::Review);
        of(SignatureKind::Signature)
            .map(|verdict| review.map_or(verdict, |review| review.max(verdict)))
            .or(stamps)
            .or_else(|| of(SignatureKind::Empty))
    }

    /// Returns the report in short; `None` where the document has no field.
    pub fn summary(&self) -> Option<EsignSummary> {
        let persons = self.signatures.iter();
        let persons = persons.filter(|one| one.kind == SignatureKind::Signature);
        Some(EsignSummary {
            verdict: self.verdict()?,
            signers: persons.map(EsignSigner::from).collect(),
        })
    }

    /// Tells whether a person or a unit signed, which time-stamps and empty fields do not show.
    pub fn is_signed(&self) -> bool {
        let mut all = self.signatures.iter();
        all.any(|one| one.kind == SignatureKind::Signature)
    }

    /// Tells whether a field waits for a signature.
    pub fn has_empty(&self) -> bool {
        let mut all = self.signatures.iter();
        all.any(|one| one.kind == SignatureKind::Empty)
    }

    /// Returns the document time-stamps.
    pub fn time_stamps(&self) -> impl Iterator<Item = &ElectronicSignature> {
        let those = self.signatures.iter();
        those.filter(|one| one.kind == SignatureKind::TimeStamp)
    }
}

#[cfg(test)]
impl EsignReport {
    /// Makes the report on one field, of Sari's signature, with that verdict.
    pub(crate) fn made(verdict: &str) -> Self {
        let kind = match verdict {
            "time_stamp_only" => "time_stamp",
            "empty" => "empty",
            _ => "signature",
        };
        let field = serde_json::json!({
            "field": "Signature1",
            "kind": kind,
            "verdict": verdict,
            "reasons": [{"rule": "esign.algorithm", "detail": "Ed448"}],
            "coverage": {"covers": "whole_file"},
            "digest": {"outcome": "good"},
            "value": {"outcome": "good"},
            "signer": {
                "common_name": "Sari",
                "serial": "01",
                "sha256": "00".repeat(32),
                "not_before": "2024-01-01T00:00:00Z",
                "not_after": "2026-01-01T00:00:00Z",
            },
            "trust": {"state": "unknown_issuer"},
            "revocation": {"state": "not_told", "ocsp": false},
        });
        serde_json::from_value(serde_json::json!({"signatures": [field]})).unwrap()
    }
}
