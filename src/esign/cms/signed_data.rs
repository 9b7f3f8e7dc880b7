//! Signed data, as written.

use super::attributes::Attributes;
use crate::{
    der::{Element, Oid, Reader, tag},
    esign::{crypto::Hash, x509::Certificate},
};
use std::borrow::Cow;

/// Signed data (RFC 5652, section 5.1).
#[derive(Debug, Clone)]
pub struct SignedData<'a> {
    /// What kind of content is signed.
    pub content_type: Oid,
    /// The content, where it is inside.
    pub content: Option<Cow<'a, [u8]>>,
    /// The certificates inside that can be read.
    pub certificates: Vec<Certificate>,
    /// The revocation lists inside, as they stand.
    pub crls: Vec<&'a [u8]>,
    /// The signers.
    pub signers: Vec<SignerInfo<'a>>,
}

/// What one signer signed (RFC 5652, section 5.3).
#[derive(Debug, Clone)]
pub struct SignerInfo<'a> {
    /// The issuer's name and the serial number, or the key identifier, as it stands.
    sid: Element<'a>,
    /// The digest of the content.
    pub digest_oid: Oid,
    /// The signed attributes as written, if there are any.
    pub signed_bytes: Option<Element<'a>>,
    /// The signed attributes.
    pub signed: Attributes<'a>,
    /// The algorithm of the signature value.
    pub algorithm: Element<'a>,
    /// The signature value.
    pub signature: Cow<'a, [u8]>,
    /// The attributes that nobody signed.
    pub unsigned: Attributes<'a>,
}

/// signedData (RFC 5652, section 5.1).
const SIGNED_DATA: &str = "1.2.840.113549.1.7.2";
/// subjectKeyIdentifier (RFC 5280, section 4.2.1.2).
const KEY_IDENTIFIER: &str = "2.5.29.14";

/// Most certificates of one signature that are read, and most signers.
const MAX_CERTIFICATES: usize = 64;
const MAX_SIGNERS: usize = 8;

impl<'a> SignedData<'a> {
    /// Reads a `ContentInfo` with signed data; what follows it (zeros that fill `/Contents`) is
    /// ignored.
    pub fn read(bytes: &'a [u8]) -> Option<Self> {
        let mut outer = Reader::new(bytes).open(tag::SEQUENCE)?;
        if !outer.any()?.oid()?.is(SIGNED_DATA) {
            return None;
        }
        let mut parts = outer.open(tag::context(0))?.open(tag::SEQUENCE)?;
        parts.value(tag::INTEGER)?;
        parts.value(tag::SET)?;
        let mut encapsulated = parts.open(tag::SEQUENCE)?;
        let content_type = encapsulated.any()?.oid()?;
        let content = match encapsulated.peek() {
            Some(_) => {
                let explicit = encapsulated.value(tag::context(0))?;
                // PKCS#7 1.5 wrote other things than octets here.
                let inner = explicit.inside().any();
                inner.map(|inner| inner.octets().unwrap_or(Cow::Borrowed(inner.content)))
            }
            None => None,
        };
        let mut data = Self {
            content_type,
            content,
            certificates: Vec::new(),
            crls: Vec::new(),
            signers: Vec::new(),
        };
        for part in parts {
            let part = part?;
            match part.tag {
                0xa0 => {
                    let elements = part.inside().flatten().take(MAX_CERTIFICATES);
                    let read = elements.filter_map(|one| Certificate::read(one.whole));
                    data.certificates.extend(read);
                }
                0xa1 => {
                    let elements = part.inside().flatten().take(MAX_CERTIFICATES);
                    data.crls.extend(elements.map(|one| one.whole));
                }
                tag::SET => {
                    for signer in part.inside().take(MAX_SIGNERS) {
                        data.signers.push(SignerInfo::read(signer?)?);
                    }
                }
                _ => return None,
            }
        }
        Some(data)
    }
}

impl<'a> SignerInfo<'a> {
    fn read(element: Element<'a>) -> Option<Self> {
        let mut parts = element.when(tag::SEQUENCE)?.inside();
        parts.value(tag::INTEGER)?;
        let sid = parts.any()?;
        let digest_oid = parts.open(tag::SEQUENCE)?.any()?.oid()?;
        let signed_bytes = match parts.peek() {
            Some(0xa0) => parts.any(),
            _ => None,
        };
        let algorithm = parts.value(tag::SEQUENCE)?;
        let signature = parts.any()?.octets()?;
        let unsigned = match parts.peek() {
            Some(0xa1) => parts.any()?.inside(),
            _ => Reader::new(&[]),
        };
        Some(Self {
            sid,
            digest_oid,
            signed_bytes,
            signed: match signed_bytes {
                Some(element) => Attributes::read(element.inside())?,
                None => Attributes::default(),
            },
            algorithm,
            signature,
            // Nobody signed them: what is no attribute there is no fault of the signature.
            unsigned: Attributes::read(unsigned).unwrap_or_default(),
        })
    }

    /// Returns the digest of the content, if it is one that is known here.
    pub fn digest(&self) -> Option<Hash> {
        Hash::of(&self.digest_oid)
    }

    /// Tells whether this certificate is the signer's.
    pub fn is_signed_by(&self, certificate: &Certificate) -> bool {
        match self.sid.tag {
            tag::SEQUENCE => {
                let mut parts = self.sid.inside();
                let pair = parts.any().zip(parts.any());
                pair.is_some_and(|(issuer, serial)| {
                    serial.content == certificate.serial
                        && crate::esign::x509::Name::read(issuer) == certificate.issuer
                })
            }
            // [0], primitive as written by most, constructed by some.
            0x80 | 0xa0 => {
                let identifier = match self.sid.tag {
                    0x80 => Some(Cow::Borrowed(self.sid.content)),
                    _ => self.sid.inside().any().and_then(Element::octets),
                };
                let own = certificate.extension(KEY_IDENTIFIER);
                let own = own.and_then(|one| Reader::new(&one.value).any()?.octets());
                identifier.is_some() && identifier == own
            }
            _ => false,
        }
    }
}
