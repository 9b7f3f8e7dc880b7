//! A signature value against a public key.

use super::{hash::Hash, names::usual_name, scheme::Scheme};
use crate::der::{Element, Reader, tag};
use p256::ecdsa::signature::hazmat::PrehashVerifier;
use rsa::{BoxedUint, Pkcs1v15Sign, Pss, PublicKey};

/// Object identifiers of keys (RFC 8017, appendix C; RFC 5480, section 2.1.1).
const RSA: [&str; 2] = ["1.2.840.113549.1.1.1", "1.2.840.113549.1.1.10"];
const EC: &str = "1.2.840.10045.2.1";
const P256: &str = "1.2.840.10045.3.1.7";
const P384: &str = "1.3.132.0.34";
const P521: &str = "1.3.132.0.35";

/// Tells whether a signature value of `digest` was made by the key (`SubjectPublicKeyInfo`).
///
/// # Errors
/// The name of a key, a curve or a size that is not known here.
pub fn verify(
    scheme: Scheme,
    key: &[u8],
    digest: &[u8],
    signature: &[u8],
) -> Result<bool, String> {
    let broken = || "key".to_owned();
    let mut info = Reader::new(key).open(tag::SEQUENCE).ok_or_else(broken)?;
    let mut algorithm = info.open(tag::SEQUENCE).ok_or_else(broken)?;
    let oid = algorithm.any().and_then(Element::oid).ok_or_else(broken)?;
    let bits = info.any().and_then(Element::bits).ok_or_else(broken)?;
    let is_rsa = RSA.iter().any(|name| oid.is(name));
    match scheme {
        Scheme::Pkcs1(hash) if is_rsa => {
            let padding = Pkcs1v15Sign {
                hash_len: Some(digest.len()),
                prefix: hash.digest_info().into(),
            };
            let key = rsa_key(bits)?;
            Ok(key.verify(padding, digest, signature).is_ok())
        }
        Scheme::Pss { hash, salt_len } if is_rsa => {
            Ok(pss(hash, salt_len, &rsa_key(bits)?, digest, signature))
        }
        Scheme::Ecdsa(_) if oid.is(EC) => {
            let curve = algorithm.any().and_then(Element::oid).ok_or_else(broken)?;
            match curve.to_string().as_str() {
                P256 => Ok(p256(bits, digest, signature)),
                P384 => Ok(p384(bits, digest, signature)),
                P521 => Ok(p521(bits, digest, signature)),
                _ => Err(format!("ECDSA {}", usual_name(&curve))),
            }
        }
        // A scheme of another kind of key: never made by this one.
        Scheme::Pkcs1(_) | Scheme::Pss { .. } if oid.is(EC) => Ok(false),
        Scheme::Ecdsa(_) if is_rsa => Ok(false),
        _ => Err(usual_name(&oid)),
    }
}

/// Reads an `RSAPublicKey` (RFC 8017, appendix A.1.1) of 1024 to 8192 bits.
fn rsa_key(bits: &[u8]) -> Result<PublicKey, String> {
    let number = |element: Option<Element<'_>>| {
        let bytes = element?.when(tag::INTEGER)?.content;
        let first = bytes.iter().position(|byte| *byte != 0)?;
        let bytes = bytes.get(first..)?;
        let precision = u32::try_from(bytes.len()).ok()?.checked_mul(8)?;
        // Beyond what a key may have, nothing is computed.
        (bytes.len() <= 1024).then(|| BoxedUint::from_be_slice(bytes, precision).ok())?
    };
    let parts = Reader::new(bits).open(tag::SEQUENCE);
    let key = parts.and_then(|mut parts| {
        let (n, e) = (number(parts.any())?, number(parts.any())?);
        PublicKey::new(n, e).ok()
    });
    key.ok_or_else(|| "RSA key".to_owned())
}

fn pss(
    hash: Hash,
    salt_len: usize,
    key: &PublicKey,
    digest: &[u8],
    signature: &[u8],
) -> bool {
    macro_rules! with {
        ($digest:ty) => {
            key.verify(Pss::<$digest>::new_with_salt(salt_len), digest, signature)
        };
    }
    let verified = match hash {
        Hash::Sha1 => with!(sha1::Sha1),
        Hash::Sha224 => with!(sha2::Sha224),
        Hash::Sha256 => with!(sha2::Sha256),
        Hash::Sha384 => with!(sha2::Sha384),
        Hash::Sha512 => with!(sha2::Sha512),
    };
    verified.is_ok()
}

/// Returns `r` and `s` one after another, each `len` bytes: from `ECDSA-Sig-Value` (RFC 3279,
/// section 2.2.3), or as they stand where a signer wrote them plainly (BSI TR-03111).
fn r_and_s(signature: &[u8], len: usize) -> Option<Vec<u8>> {
    let pair = Reader::new(signature)
        .open(tag::SEQUENCE)
        .and_then(|mut parts| {
            let mut whole = Vec::new();
            for _ in 0..2 {
                let bytes = parts.value(tag::INTEGER)?.content;
                let first = bytes.iter().position(|byte| *byte != 0)?;
                let bytes = bytes.get(first..)?;
                let missing = len.checked_sub(bytes.len())?;
                whole.resize(whole.len() + missing, 0);
                whole.extend_from_slice(bytes);
            }
            Some(whole)
        });
    pair.or_else(|| (signature.len() == 2 * len).then(|| signature.to_vec()))
}

/// Returns a digest at least as long as the curve's numbers: zeros in front change nothing.
fn padded(digest: &[u8], len: usize) -> Vec<u8> {
    let mut padded = vec![0; len.saturating_sub(digest.len())];
    padded.extend_from_slice(digest);
    padded
}

/// Makes the check of an ECDSA value on one curve, whose numbers have `$len` bytes: the types of
/// the crates have nothing in common but their names.
macro_rules! on_curve {
    ($curve:ident, $len:literal) => {
        fn $curve(point: &[u8], digest: &[u8], signature: &[u8]) -> bool {
            use ::$curve::ecdsa::{Signature, VerifyingKey};
            let key = VerifyingKey::from_sec1_bytes(point).ok();
            let value = r_and_s(signature, $len);
            let value = value.and_then(|value| Signature::from_slice(&value).ok());
            key.zip(value).is_some_and(|(key, value)| {
                key.verify_prehash(&padded(digest, $len), &value).is_ok()
            })
        }
    };
}

on_curve!(p256, 32);
on_curve!(p384, 48);
on_curve!(p521, 66);
