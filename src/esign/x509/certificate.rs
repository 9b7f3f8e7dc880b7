//! One certificate, as far as judging a chain needs it.

use super::name::Name;
use crate::der::{Element, Moment, Oid, Reader, tag};
use crate::model::{CertificateName, Digest};
use sha2::Digest as _;
use std::fmt::Write as _;

/// A certificate (RFC 5280, section 4.1). Holds its own bytes: what was signed is hashed as
/// written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// All of it.
    pub der: Vec<u8>,
    /// What its issuer signed (`TBSCertificate`).
    pub tbs: Vec<u8>,
    /// The content of `serialNumber`.
    pub serial: Vec<u8>,
    /// The issuer.
    pub issuer: Name,
    /// The subject.
    pub subject: Name,
    /// Valid from then.
    pub not_before: Moment,
    /// Valid until then.
    pub not_after: Moment,
    /// The key (`SubjectPublicKeyInfo`), all of it.
    pub key: Vec<u8>,
    /// The algorithm (`AlgorithmIdentifier`) its issuer signed with.
    pub algorithm: Vec<u8>,
    /// The issuer's signature value.
    pub signature: Vec<u8>,
    /// The extensions.
    pub extensions: Vec<Extension>,
}

/// An extension (RFC 5280, section 4.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extension {
    /// Its name.
    pub oid: Oid,
    /// Whether one who does not know it must refuse the certificate.
    pub is_critical: bool,
    /// Its value.
    pub value: Vec<u8>,
}

/// Most extensions of a certificate that are read; real ones have about twelve.
const MAX_EXTENSIONS: usize = 64;

impl Certificate {
    /// Reads a certificate; what follows it is ignored.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let whole = Reader::new(bytes).value(tag::SEQUENCE)?;
        let mut outer = whole.inside();
        let tbs = outer.value(tag::SEQUENCE)?;
        let algorithm = outer.value(tag::SEQUENCE)?;
        let signature = outer.any()?.bits()?;
        let mut inner = tbs.inside();
        if inner.peek() == Some(tag::context(0)) {
            inner.any()?;
        }
        let serial = inner.value(tag::INTEGER)?;
        // The algorithm inside must be the one outside (section 4.1.1.2).
        if inner.value(tag::SEQUENCE)?.whole != algorithm.whole {
            return None;
        }
        let issuer = Name::read(inner.value(tag::SEQUENCE)?);
        let mut validity = inner.open(tag::SEQUENCE)?;
        let not_before = Moment::read(validity.any()?)?;
        let not_after = Moment::read(validity.any()?)?;
        let subject = Name::read(inner.value(tag::SEQUENCE)?);
        let key = inner.value(tag::SEQUENCE)?;
        let extensions = inner
            .flatten()
            .find(|element| element.tag == tag::context(3));
        Some(Self {
            der: whole.whole.to_vec(),
            tbs: tbs.whole.to_vec(),
            serial: serial.content.to_vec(),
            issuer,
            subject,
            not_before,
            not_after,
            key: key.whole.to_vec(),
            algorithm: algorithm.whole.to_vec(),
            signature: signature.to_vec(),
            extensions: match extensions {
                Some(element) => read_extensions(element)?,
                None => Vec::new(),
            },
        })
    }

    /// Returns the SHA-256 of the certificate.
    pub fn sha256(&self) -> Digest {
        Digest::new(sha2::Sha256::digest(&self.der).into())
    }

    /// Returns the extension with this name.
    pub fn extension(&self, dotted: &str) -> Option<&Extension> {
        self.extensions.iter().find(|one| one.oid.is(dotted))
    }

    /// Returns how a report names it.
    pub fn name(&self) -> CertificateName {
        let text = |text: Option<&str>| text.map(str::to_owned);
        CertificateName {
            common_name: text(self.subject.common_name()),
            organisation: text(self.subject.organisation()),
            issuer: text(self.issuer.common_name().or(self.issuer.organisation())),
            serial: hexadecimal(&self.serial),
            sha256: self.sha256(),
            not_before: self.not_before.to_string(),
            not_after: self.not_after.to_string(),
        }
    }

    /// Tells whether issuer and subject are the same.
    pub fn names_itself(&self) -> bool {
        self.issuer == self.subject
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a `String` never fails.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Reads extensions; `None` where they are in no form or one is there twice.
pub fn read_extensions(explicit: Element<'_>) -> Option<Vec<Extension>> {
    let mut found: Vec<Extension> = Vec::new();
    for element in explicit.inside().open(tag::SEQUENCE)? {
        let mut parts = element?.when(tag::SEQUENCE)?.inside();
        let oid = parts.any()?.oid()?;
        let is_critical = match parts.peek() {
            Some(tag::BOOLEAN) => parts.any()?.boolean()?,
            _ => false,
        };
        let value = parts.any()?.octets()?.into_owned();
        let is_twice = found.iter().any(|one| one.oid == oid);
        if is_twice || found.len() == MAX_EXTENSIONS {
            return None;
        }
        found.push(Extension {
            oid,
            is_critical,
            value,
        });
    }
    Some(found)
}
