//! Step 1b: is its electronic signature intact, and whose? Takes the bytes of a PDF, the
//! certificates that the user trusts and a budget, and gives one report a signature field
//! (`PAdES`, ISO 32000-2, 12.8; CMS, RFC 5652). Takes a time-stamp token (RFC 3161) and what it
//! stamps, and says whether it does. Offline: nothing is fetched; without a clock: the time
//! that counts is the one stamped, else the one claimed. Apart from reading (`extract`),
//! because it must see the bytes as they stand and each revision as it was.
//!
//! The mathematics are `RustCrypto`'s; what stands around them is read by [`der`](crate::der)
//! and `pdf` here, because what was signed must be hashed as written, and because one lenient
//! reader is what attacks on signatures build on: here what is in doubt is said.

mod anchors;
mod cms;
mod crypto;
mod difference;
mod examine;
mod time_stamp;
mod x509;
mod limits;
mod pdf;
mod signed;

pub use anchors::{AnchorError, Anchors};
pub use limits::Limits;

use crate::model::{EsignReport, TimeStamp};
use time_stamp::{Stamped, Token};

/// Examines the electronic signatures of a PDF.
pub fn examine(pdf: &[u8], anchors: &Anchors, limits: &Limits) -> EsignReport {
    examine::examine(pdf, anchors, limits)
}

/// Verifies a `TimeStampResp` or a bare `TimeStampToken` (RFC 3161) against the digest that it
/// should stamp, of any kind it was made with; `None` where the bytes are no granted token.
pub fn verify_time_stamp(
    token: &[u8],
    imprint: &[u8],
    anchors: &Anchors,
) -> Option<TimeStamp> {
    let token = Token::read(token)?;
    Some(token.verify(Stamped::Imprint(imprint), &[], anchors.certificates()))
}

#[cfg(test)]
mod tests;
