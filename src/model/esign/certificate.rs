//! Certificates as a report names them, and what vouches for them.

use crate::model::Digest;
use serde::{Deserialize, Serialize};

/// A certificate (X.509), as far as a report names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateName {
    /// The common name (CN) of the subject.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub common_name: Option<String>,
    /// The organisation (O) of the subject.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
    /// The common name of the issuer, or its organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// The serial number, lower-case hexadecimal digits as they stand in the certificate.
    pub serial: String,
    /// The SHA-256 of the certificate (DER), which names it beyond doubt.
    pub sha256: Digest,
    /// Valid from then, RFC 3339, UTC.
    pub not_before: String,
    /// Valid until then, RFC 3339, UTC.
    pub not_after: String,
}

/// What vouches for a certificate.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, strum::IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum TrustState {
    /// An anchor of the user, and all certificates on the way hold.
    Anchored,
    /// An anchor of the user, but a certificate on the way does not hold; reasons say why.
    Doubtful,
    /// Nobody the user named.
    UnknownIssuer,
    /// Only itself.
    SelfSigned,
    /// There is no certificate, or it was not looked at.
    NotChecked,
}

/// The chain of certificates behind a signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trust {
    /// What vouches for it.
    pub state: TrustState,
    /// The certificates from the signer's issuer to the last that was found; each signed the
    /// one before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub chain: Vec<CertificateName>,
    /// The SHA-256 of the user's anchor at its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchor: Option<Digest>,
}

/// What the revocation data in the file say of the signer's chain.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum Revocation {
    /// The lists for every certificate below the anchor are there and name none of them.
    Good,
    /// A certificate is revoked since then, RFC 3339, UTC.
    Revoked {
        /// The time of revocation.
        since: String,
        /// The SHA-256 of the certificate.
        certificate: Digest,
    },
    /// No list in the file speaks of all of them; `ocsp` says whether answers (OCSP) are there
    /// that are not read.
    NotTold {
        /// Whether OCSP answers are in the file.
        ocsp: bool,
    },
}
