//! Time stamps after RFC 3161: the request for one, and what a token says. No network, and no
//! judgement of the authority's signature: that takes its certificate and a tool that knows
//! it (`openssl ts -verify`). Here the token is only held against the digest it is for.

use crate::model::Digest;

/// OBJECT IDENTIFIER 2.16.840.1.101.3.4.2.1, SHA-256 (RFC 5754, section 2.2).
const SHA256: &[u8] = &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01];
/// OBJECT IDENTIFIER 1.2.840.113549.1.7.2, signedData (RFC 5652, section 5.1).
const SIGNED_DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
/// OBJECT IDENTIFIER 1.2.840.113549.1.9.16.1.4, id-ct-TSTInfo (RFC 3161, section 2.4.2).
const TST_INFO: &[u8] = &[
    0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x01, 0x04,
];

const NOTHING: &[&[u8]] = &[];

const BOOLEAN: u8 = 0x01;
const INTEGER: u8 = 0x02;
const OCTETS: u8 = 0x04;
const NULL: u8 = 0x05;
const OBJECT: u8 = 0x06;
const TIME: u8 = 0x18;
const OCTETS_IN_PARTS: u8 = 0x24;
const SEQUENCE: u8 = 0x30;
const CONTEXT_0: u8 = 0xa0;

/// Returns the request that stamps a digest, DER (`TimeStampReq`, RFC 3161, section 2.4.1).
/// It asks for the authority's certificate, so that the token can be checked later. The
/// digest is of one moment of one log, so that a nonce would add nothing.
pub fn request(digest: &Digest) -> Vec<u8> {
    let algorithm = der_value(
        SEQUENCE,
        &[der_value(OBJECT, &[SHA256]), der_value(NULL, NOTHING)],
    );
    let imprint = der_value(
        SEQUENCE,
        &[algorithm, der_value(OCTETS, &[digest.as_bytes()])],
    );
    let (version, certificate) =
        (der_value(INTEGER, &[&[1]]), der_value(BOOLEAN, &[&[0xff]]));
    der_value(SEQUENCE, &[version, imprint, certificate])
}

fn der_value<T: AsRef<[u8]>>(tag: u8, parts: &[T]) -> Vec<u8> {
    let body: Vec<u8> = parts
        .iter()
        .flat_map(|part| part.as_ref().to_vec())
        .collect();
    let mut bytes = vec![tag];
    // All that is written here is shorter than 128 bytes: one byte tells the length.
    bytes.push(u8::try_from(body.len()).unwrap_or(0x7f));
    bytes.extend(body);
    bytes
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
    let broken = StampError::Broken;
    let outer = open(bytes, SEQUENCE).ok_or(broken)?.0;
    let (tag, first, rest) = take_der(outer).ok_or(broken)?;
    if tag == OBJECT {
        return token(outer).ok_or(broken)?;
    }
    let status = open(first, INTEGER).ok_or(broken)?.0;
    match status {
        // granted, grantedWithMods (RFC 3161, section 2.4.2)
        [0 | 1] => token(open(rest, SEQUENCE).ok_or(broken)?.0).ok_or(broken)?,
        [other] => Err(StampError::Refused(*other)),
        _ => Err(broken),
    }
}

/// Reads the inside of a `ContentInfo` (RFC 5652, section 3) down to its `TSTInfo`.
fn token(content_info: &[u8]) -> Option<Result<Stamped, StampError>> {
    let (kind, rest) = open(content_info, OBJECT)?;
    let signed = open(open(rest, CONTEXT_0)?.0, SEQUENCE)?.0;
    let (_version, rest) = open(signed, INTEGER)?;
    let (_algorithms, rest) = skip(rest)?;
    let content = open(rest, SEQUENCE)?.0;
    let (inner, rest) = open(content, OBJECT)?;
    if kind != SIGNED_DATA || inner != TST_INFO {
        return None;
    }
    let info = octets(open(rest, CONTEXT_0)?.0)?;
    tst_info(&info)
}

fn tst_info(bytes: &[u8]) -> Option<Result<Stamped, StampError>> {
    let info = open(bytes, SEQUENCE)?.0;
    let (_version, rest) = open(info, INTEGER)?;
    let (_policy, rest) = open(rest, OBJECT)?;
    let (imprint, rest) = open(rest, SEQUENCE)?;
    let (_serial, rest) = open(rest, INTEGER)?;
    let (time, _) = open(rest, TIME)?;
    let (algorithm, rest) = open(imprint, SEQUENCE)?;
    let (name, _) = open(algorithm, OBJECT)?;
    let (digest, _) = open(rest, OCTETS)?;
    let time = rfc3339(std::str::from_utf8(time).ok()?)?;
    let digest: Option<[u8; 32]> = digest.try_into().ok();
    Some(match digest {
        Some(digest) if name == SHA256 => Ok(Stamped {
            imprint: Digest::new(digest),
            time,
        }),
        _ => Err(StampError::OtherDigest),
    })
}

/// Returns `20260131235959Z`, with or without fractions, as RFC 3339 without them.
fn rfc3339(time: &str) -> Option<String> {
    let digits = time.strip_suffix('Z')?.split('.').next()?;
    if digits.len() != 14 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
    Some(format!(
        "{}-{}-{}T{}:{}:{}Z",
        part(0, 4),
        part(4, 6),
        part(6, 8),
        part(8, 10),
        part(10, 12),
        part(12, 14)
    ))
}

/// Returns the bytes of an OCTET STRING, which some authorities write in parts.
fn octets(bytes: &[u8]) -> Option<Vec<u8>> {
    let (tag, body, _) = take_der(bytes)?;
    match tag {
        OCTETS => Some(body.to_vec()),
        OCTETS_IN_PARTS => {
            let (mut whole, mut rest) = (Vec::new(), body);
            while !rest.is_empty() {
                let (part, after) = open(rest, OCTETS)?;
                whole.extend(part);
                rest = after;
            }
            Some(whole)
        }
        _ => None,
    }
}

fn skip(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    take_der(bytes).map(|(_, body, rest)| (body, rest))
}

/// Takes one value of the kind `tag`; returns its inside and what follows.
fn open(bytes: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (found, body, rest) = take_der(bytes)?;
    (found == tag).then_some((body, rest))
}

/// Takes one value; returns its tag, its inside and what follows (X.690, section 8.1).
fn take_der(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (tag, rest) = bytes.split_first()?;
    let (first, rest) = rest.split_first()?;
    let (len, rest) = match first {
        0..=0x7f => (usize::from(*first), rest),
        0x81..=0x84 => {
            let (digits, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
            let len = digits.iter().fold(0, |sum, d| sum << 8 | usize::from(*d));
            (len, rest)
        }
        // Without a length up front, or longer than any token.
        _ => return None,
    };
    let (body, rest) = rest.split_at_checked(len)?;
    Some((*tag, body, rest))
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
        let (_, rest) = open(open(RESPONSE, SEQUENCE).unwrap().0, SEQUENCE).unwrap();
        assert_eq!(read(rest), Ok(stamped));
    }

    #[test]
    fn a_refusal_says_so() {
        let status = der_value(SEQUENCE, &[der_value(INTEGER, &[&[2]])]);
        let refused = der_value(SEQUENCE, &[status]);
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
