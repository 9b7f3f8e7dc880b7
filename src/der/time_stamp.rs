//! What stands in a time-stamp token (RFC 3161), without a judgement of it.

use super::{Element, Moment, Oid, Reader, tag};

/// id-ct-TSTInfo (RFC 3161, section 2.4.2).
pub const TST_INFO: &str = "1.2.840.113549.1.9.16.1.4";

/// What a time-stamp token says (`TSTInfo`, RFC 3161, section 2.4.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TstInfo {
    /// The algorithm of the digest.
    pub algorithm: Oid,
    /// The digest of what is stamped.
    pub imprint: Vec<u8>,
    /// The time that the authority vouches for.
    pub time: Moment,
}

impl TstInfo {
    /// Reads it.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut info = Reader::new(bytes).open(tag::SEQUENCE)?;
        info.value(tag::INTEGER)?;
        info.value(tag::OID)?;
        let mut imprint = info.open(tag::SEQUENCE)?;
        info.value(tag::INTEGER)?;
        let time = Moment::read(info.value(tag::GENERALIZED_TIME)?)?;
        Some(Self {
            algorithm: imprint.open(tag::SEQUENCE)?.any().and_then(Element::oid)?,
            imprint: imprint.any()?.octets()?.into_owned(),
            time,
        })
    }
}

/// Returns the token (`ContentInfo`) of a `TimeStampResp` that was granted, or of a bare token;
/// the status where the authority refused.
pub fn token_of(bytes: &[u8]) -> Option<Result<&[u8], u8>> {
    let mut outer = Reader::new(bytes).open(tag::SEQUENCE)?;
    let first = outer.any()?;
    if first.tag == tag::OID {
        return Some(Ok(bytes));
    }
    match first.inside().value(tag::INTEGER)?.content {
        // granted, grantedWithMods (RFC 3161, section 2.4.2)
        [0 | 1] => Some(Ok(outer.value(tag::SEQUENCE)?.whole)),
        [other] => Some(Err(*other)),
        _ => None,
    }
}
