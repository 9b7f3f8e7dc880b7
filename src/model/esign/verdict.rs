//! What an electronic signature is worth, in one word, and the rules that led to it. The words
//! for a person are the faces' own.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use strum::IntoEnumIterator;

/// The verdict on one electronic signature.
///
/// The order is that of harm: of several signatures the greatest speaks for the document.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    strum::IntoStaticStr,
    strum::EnumIter,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum EsignVerdict {
    /// Intact as signed, nothing added, and its certificate leads to an anchor of the user.
    IntactAndTrusted,
    /// Intact as signed, nothing added; no anchor of the user vouches for the certificate.
    IntactUnknownIssuer,
    /// Intact as signed; later only what is allowed was added: validation data, time-stamps,
    /// other signatures, form values. Whether it is trusted says [`Trust`](crate::model::Trust).
    IntactThenAdded,
    /// A time-stamp of the document, which is sound, and no person's signature.
    TimeStampOnly,
    /// A field that nobody signed.
    Empty,
    /// Sound if the foreign bytes in front of `%PDF` are dropped: a download altered the file.
    SoundWithoutLeadingBytes,
    /// It cannot be checked: an algorithm or a form of signature that is not known here.
    Unsupported,
    /// It needs a person's look: what was added or what vouches for it cannot be judged.
    Review,
    /// Sound as signed, but the document shows or holds something else since.
    Altered,
    /// The covered bytes, the signature value or the signature's form is broken.
    Broken,
}

impl EsignVerdict {
    /// Tells whether the signed content stands as it was signed, whoever signed it.
    pub fn is_intact(self) -> bool {
        matches!(
            self,
            Self::IntactAndTrusted | Self::IntactUnknownIssuer | Self::IntactThenAdded
        )
    }
}

/// A rule that says something about a signature, named `esign.…`.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    strum::IntoStaticStr,
    strum::EnumIter,
)]
#[strum(prefix = "esign.", serialize_all = "snake_case")]
pub enum EsignRule {
    /// The file is no PDF whose structure can be followed.
    Structure,
    /// The document needs a password, so that its structure cannot be followed.
    Password,
    /// The budget of objects or bytes was spent before the end.
    Budget,
    /// Foreign bytes stand in front of `%PDF`; the detail is their number.
    LeadingBytes,
    /// The field holds no signature.
    Empty,
    /// `/ByteRange` does not have the form that covers a document but for one `/Contents`.
    ByteRange,
    /// `/Contents` is missing, empty, or no signature.
    Contents,
    /// The digest of the covered bytes is not the one signed.
    Digest,
    /// The signature value does not belong to the signed attributes and the certificate.
    Value,
    /// The bytes of the signature (CMS) do not have their form.
    Cms,
    /// The signer's certificate is not in the signature.
    NoCertificate,
    /// `signingCertificate` names another certificate than the signer's.
    SigningCertificate,
    /// An algorithm that is not known here; the detail is its name or OID.
    Algorithm,
    /// A `/SubFilter` or `/Filter` that is not known here; the detail is its name.
    SubFilter,
    /// A digest that is weak by now (SHA-1); the detail is its name.
    WeakDigest,
    /// A signed attribute was read in sorted order (DER), not as written.
    AttributeOrder,
    /// No certificate leads to an anchor of the user.
    UnknownIssuer,
    /// The certificate vouches for itself.
    SelfSigned,
    /// A certificate of the chain was not valid at the time that counts.
    Expired,
    /// A certificate of the chain was revoked by then.
    Revoked,
    /// A certificate of the chain is used for what it is not for, or has an unknown critical
    /// extension; the detail says which.
    CertificateUse,
    /// A certificate names an issuer that is in the document and did not sign it.
    Forged,
    /// No time to judge certificates by: neither stamped nor claimed.
    NoTime,
    /// Certificates were judged by the time that the signer claims, which nobody else vouches for.
    ClaimedTime,
    /// The signature time-stamp is broken or for something else.
    TimeStamp,
    /// The time-stamp authority's certificate leads to no anchor of the user.
    TimeStampIssuer,
    /// Revocation data are in the file in a form that is not read (OCSP).
    Ocsp,
    /// Validation data (DSS) were added later.
    ValidationDataAdded,
    /// A document time-stamp was added later.
    TimeStampAdded,
    /// Another signature was added later.
    SignatureAdded,
    /// Form values were filled in later.
    FormFilled,
    /// Annotations were added or changed later; `DocMDP` permits it.
    AnnotationPermitted,
    /// The document's information (title, XMP) was changed later.
    MetadataChanged,
    /// The document was changed later in what it shows or does; the detail says where.
    Changed,
    /// A form field was changed later in what is not its value; the detail names it.
    FieldChanged,
    /// An annotation was added, removed or changed later.
    AnnotationChanged,
    /// An object number of the signed revision was declared free later; the detail is its number.
    Deleted,
    /// The logical structure (tags) was changed later.
    StructureChanged,
    /// The signature's own field or dictionary was changed or used again later.
    SignatureReused,
    /// The change is not permitted by `DocMDP`.
    DocMdp,
    /// A field was changed that a signature locked (`FieldMDP`, `/Lock`).
    FieldMdp,
    /// Bytes after the signed revision are no well-formed incremental update.
    Tail,
}

impl EsignRule {
    /// Returns the rule's name, such as `esign.digest`.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

impl Serialize for EsignRule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for EsignRule {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::iter()
            .find(|rule| rule.as_str() == text)
            .ok_or_else(|| serde::de::Error::custom(format!("no rule `{text}`")))
    }
}

/// A reason of a verdict: the rule that spoke, and what it saw.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EsignReason {
    /// The rule.
    pub rule: EsignRule,
    /// What it saw, in words of the file or the standard: a field, an OID, a PDF key, a number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The page, from 1, where it saw it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
}

impl EsignReason {
    /// Makes a reason without detail.
    pub fn new(rule: EsignRule) -> Self {
        Self {
            rule,
            detail: None,
            page: None,
        }
    }

    /// Makes a reason with what the rule saw.
    pub fn with(rule: EsignRule, detail: impl Into<String>) -> Self {
        Self {
            detail: Some(detail.into()),
            ..Self::new(rule)
        }
    }

    /// Adds the page, from 1.
    #[must_use]
    pub fn on_page(mut self, page: Option<u32>) -> Self {
        self.page = page;
        self
    }
}
