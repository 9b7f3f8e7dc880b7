//! How a signature value was made, by its `AlgorithmIdentifier`.

use super::{hash::Hash, names::usual_name};
use crate::der::{Element, Oid, Reader, tag};

/// A signature scheme with its digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// RSASSA-PKCS1-v1_5 (RFC 8017, section 8.2).
    Pkcs1(Hash),
    /// RSASSA-PSS (RFC 8017, section 8.1), MGF1 with the same digest.
    Pss {
        /// The digest.
        hash: Hash,
        /// The length of the salt, in bytes.
        salt_len: usize,
    },
    /// ECDSA (FIPS 186-5); the key says on which curve.
    Ecdsa(Hash),
}

const RSA: &str = "1.2.840.113549.1.1.1";
const PSS: &str = "1.2.840.113549.1.1.10";
const MGF1: &str = "1.2.840.113549.1.1.8";
const EC_KEY: &str = "1.2.840.10045.2.1";
/// Arcs of PKCS#1 signatures, of ECDSA (ANSI X9.62), and of plain ECDSA (BSI TR-03111).
const PKCS1_ARC: &str = "1.2.840.113549.1.1.";
const ECDSA_ARC: &str = "1.2.840.10045.4.";
const PLAIN_ECDSA_ARC: &str = "0.4.0.127.0.7.1.1.4.1.";

impl Scheme {
    /// Reads a signature's `AlgorithmIdentifier`. `digest` is the digest that is named beside
    /// it, for algorithms that name none.
    ///
    /// # Errors
    /// The usual name of an algorithm that is not known here.
    pub fn read(identifier: Element<'_>, digest: Option<Hash>) -> Result<Self, String> {
        let mut parts = identifier.inside();
        let oid = parts.any().and_then(Element::oid).unwrap_or(Oid::new(&[]));
        let dotted = oid.to_string();
        let unknown = || usual_name(&oid);
        if dotted == PSS {
            return pss(parts);
        }
        let named = Hash::of(&oid);
        let scheme = match named.or(digest) {
            Some(hash) if dotted == RSA => Self::Pkcs1(digest.unwrap_or(hash)),
            Some(hash) if dotted == EC_KEY => Self::Ecdsa(hash),
            Some(hash) if named.is_some() && dotted.starts_with(PKCS1_ARC) => {
                Self::Pkcs1(hash)
            }
            Some(hash) if named.is_some() && dotted.starts_with(ECDSA_ARC) => {
                Self::Ecdsa(hash)
            }
            _ if dotted == "1.3.14.3.2.29" => Self::Pkcs1(Hash::Sha1),
            _ if dotted.starts_with(PLAIN_ECDSA_ARC) => {
                Self::Ecdsa(plain_ecdsa(&dotted).ok_or_else(unknown)?)
            }
            _ => return Err(unknown()),
        };
        Ok(scheme)
    }

    /// Returns its digest.
    pub fn hash(self) -> Hash {
        match self {
            Self::Pkcs1(hash) | Self::Ecdsa(hash) | Self::Pss { hash, .. } => hash,
        }
    }

    /// Returns its usual name.
    pub fn name(self) -> String {
        let kind = match self {
            Self::Pkcs1(_) => "RSASSA-PKCS1-v1_5",
            Self::Pss { .. } => "RSASSA-PSS",
            Self::Ecdsa(_) => "ECDSA",
        };
        format!("{kind} {}", self.hash().name())
    }
}

/// Reads `RSASSA-PSS-params` (RFC 8017, appendix A.2.3): SHA-1 and 20 bytes where nothing is
/// said.
fn pss(mut parts: Reader<'_>) -> Result<Scheme, String> {
    let (mut hash, mut mask, mut salt_len) = (Hash::Sha1, Hash::Sha1, 20);
    let unknown = || "RSASSA-PSS".to_owned();
    let Some(params) = parts.any() else {
        return Ok(Scheme::Pss { hash, salt_len });
    };
    for part in params.inside() {
        let part = part.ok_or_else(unknown)?;
        let value = part.inside().any().ok_or_else(unknown)?;
        match part.tag {
            0xa0 => hash = digest_of(value)?,
            0xa1 => {
                let mut generator = value.inside();
                let oid = generator.any().and_then(Element::oid).ok_or_else(unknown)?;
                if !oid.is(MGF1) {
                    return Err(format!("RSASSA-PSS {}", usual_name(&oid)));
                }
                mask = digest_of(generator.any().ok_or_else(unknown)?)?;
            }
            0xa2 => {
                let len = value.small().and_then(|len| usize::try_from(len).ok());
                salt_len = len.filter(|len| *len <= 512).ok_or_else(unknown)?;
            }
            _ => {}
        }
    }
    if hash != mask {
        let name = format!("RSASSA-PSS {} MGF1 {}", hash.name(), mask.name());
        return Err(name);
    }
    Ok(Scheme::Pss { hash, salt_len })
}

fn digest_of(identifier: Element<'_>) -> Result<Hash, String> {
    let oid = identifier
        .when(tag::SEQUENCE)
        .and_then(|found| found.inside().any())
        .and_then(Element::oid)
        .unwrap_or(Oid::new(&[]));
    Hash::of(&oid).ok_or_else(|| usual_name(&oid))
}

/// BSI TR-03111, section 5.2.1.1.
fn plain_ecdsa(dotted: &str) -> Option<Hash> {
    match dotted.rsplit('.').next()? {
        "1" => Some(Hash::Sha1),
        "2" => Some(Hash::Sha224),
        "3" => Some(Hash::Sha256),
        "4" => Some(Hash::Sha384),
        "5" => Some(Hash::Sha512),
        _ => None,
    }
}
