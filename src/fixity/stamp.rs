//! Time stamps after RFC 3161: the request for one, and what a token says. No network, and no
//! judgement of the authority's signature: that takes its certificate, and is what
//! `esign::verify_time_stamp` does. Here the token is only held against the digest it is for.

use crate::{
    der::{Reader, TST_INFO, TstInfo, encode, tag, token_of},
    model::Digest,
};

/// OBJECT IDENTIFIER 2.16.840.1.101.3.4.2.1, SHA-256 (RFC 5754, section 2.2).
const SHA256: &[u8] = &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01];
/// signedData (RFC 5652, section 5.1).
const SIGNED_DATA: &str = "1.2.840.113549.1.7.2";

const NOTHING: &[&[u8]] = &[];

/// Returns the request that stamps a digest, DER (`TimeStampReq`, RFC 3161, section 2.4.1).
/// It asks for the authority's certificate, so that the token can be checked later. The
/// digest is of one moment of one log, so that a nonce would add nothing.
pub fn request(digest: &Digest) -> Vec<u8> {
    let algorithm = der_value(
        tag::SEQUENCE,
        &[
            der_value(tag::OID, &[SHA256]),
            der_value(tag::NULL, NOTHING),
        ],
    );
    let imprint = der_value(
        tag::SEQUENCE,
        &[
            algorithm,
            der_value(tag::OCTET_STRING, &[digest.as_bytes()]),
        ],
    );
    let (version, certificate) = (
        der_value(tag::INTEGER, &[&[1]]),
        der_value(tag::BOOLEAN, &[&[0xff]]),
    );
    der_value(tag::SEQUENCE, &[version, imprint, certificate])
}

fn der_value<T: AsRef<[u8]>>(tag: u8, parts: &[T]) -> Vec<u8> {
    let parts = parts.iter().flat_map(AsRef::as_ref);
    encode(tag, &parts.copied().collect::<Vec<u8>>())
}

/// What a token says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamped {
    /// The digest it is for.
    pub imprint: Digest,
    /// The time the authority vouches for, RFC 3339, UTC.
    pub time: String,
}

/// The reason why bytes are no time stamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StampError {
    /// The authority refused.
    #[error("the time-stamp authority refused (status {0})")]
    Refused(u8),
    /// It is for a digest of another kind.
    #[error("the token is not for a SHA-256 digest")]
    OtherDigest,
    /// It is something else, or broken.
    #[error("this is no RFC 3161 time-stamp response or token")]
    Broken,
}

/// Reads a `TimeStampResp` or a bare `TimeStampToken`, DER.
///
/// # Errors
/// When it is neither, or says no.
pub fn read(bytes: &[u8]) -> Result<Stamped, StampError> {
    read_any(bytes).ok_or(StampError::Broken)?
}

fn read_any(bytes: &[u8]) -> Option<Result<Stamped, StampError>> {
    match token_of(bytes)? {
        Ok(found) => token(found),
        Err(status) => Some(Err(StampError::Refused(status))),
    }
}

/// Reads a `ContentInfo` (RFC 5652, section 3) down to its `TSTInfo`.
fn token(content_info: &[u8]) -> Option<Result<Stamped, StampError>> {
    let mut info = Reader::new(content_info).open(tag::SEQUENCE)?;
    let kind = info.any()?.oid()?;
    let mut signed = info.open(tag::context(0))?.open(tag::SEQUENCE)?;
    let (_version, _algorithms) = (signed.value(tag::INTEGER)?, signed.any()?);
    let mut content = signed.open(tag::SEQUENCE)?;
    let inner = content.any()?.oid()?;
    if !kind.is(SIGNED_DATA) || !inner.is(TST_INFO) {
        return None;
    }
    // Some authorities write the octets in parts.
    let info = TstInfo::read(&content.open(tag::context(0))?.any()?.octets()?)?;
    let digest: Option<[u8; 32]> = info.imprint.try_into().ok();
    Some(match digest {
        Some(digest) if info.algorithm.as_bytes() == SHA256 => Ok(Stamped {
            imprint: Digest::new(digest),
            time: info.time.to_string(),
        }),
        _ => Err(StampError::OtherDigest),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixity::hash;
    use proptest::prelude::*;

    /// Made with OpenSSL 3 for the digest of `abc`; see `tests/data/stamp/README.md`.
    const RESPONSE: &[u8] = include_bytes!("../../tests/data/stamp/abc.tsr");

    #[test]
    fn the_request_is_what_openssl_makes() {
        // openssl ts -query -digest … -sha256 -no_nonce -cert
        let made = include_bytes!("../../tests/data/stamp/abc.tsq");
        assert_eq!(request(&hash(b"abc")), made);
    }

    #[test]
    fn a_response_and_its_bare_token_say_the_same() {
        let stamped = read(RESPONSE).unwrap();
        assert_eq!(stamped.imprint, hash(b"abc"));
        assert_eq!(stamped.time.len(), "2026-01-01T00:00:00Z".len());
        let mut parts = Reader::new(RESPONSE).open(tag::SEQUENCE).unwrap();
        parts.any().unwrap();
        assert_eq!(read(parts.rest()), Ok(stamped));
    }

    #[test]
    fn a_refusal_says_so() {
        let status = der_value(tag::SEQUENCE, &[der_value(tag::INTEGER, &[&[2]])]);
        let refused = der_value(tag::SEQUENCE, &[status]);
        assert_eq!(read(&refused), Err(StampError::Refused(2)));
        assert_eq!(read(b"%PDF-1.7"), Err(StampError::Broken));
        assert_eq!(read(b""), Err(StampError::Broken));
    }

    proptest! {
        #[test]
        fn no_bytes_fell_the_reader(
            at in 0usize..RESPONSE.len(), with in any::<u8>(), cut in 0usize..RESPONSE.len(),
        ) {
            let mut bytes = RESPONSE.to_vec();
            bytes[at] = with;
            let _ = read(&bytes);
            let _ = read(&bytes[..cut]);
        }
    }
}
