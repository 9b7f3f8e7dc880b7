//! Electronic signatures, from outside: what a face gets to show.

use crate::made_signed::{Identity, MadePdf};
use bukti::esign::{AnchorError, Anchors, Limits, examine};
use bukti::model::{EsignRule, EsignVerdict};
use std::collections::BTreeSet;
use strum::IntoEnumIterator;

#[test]
fn anchors_are_read_from_pem_and_der() {
    let authority = Identity::authority("Otoritas Contoh", 3);
    let base64 = base64(&authority.certificate);
    let pem = format!(
        "a remark\n-----BEGIN CERTIFICATE-----\n{base64}\n-----END CERTIFICATE-----\n"
    );
    let (mut one, mut two) = (Anchors::none(), Anchors::none());
    let names = one.add(&authority.certificate).unwrap();
    assert_eq!(two.add(pem.repeat(2).as_bytes()).unwrap().len(), 2);
    // The same certificate twice is one anchor.
    assert_eq!((one.names(), two.names()), (names.clone(), names));
    assert_eq!(one.add(b""), Err(AnchorError::NoCertificate));
    assert_eq!(one.add(b"text"), Err(AnchorError::NoCertificate));
    let broken = pem.replace(&base64[..40], "");
    assert_eq!(one.add(broken.as_bytes()), Err(AnchorError::Broken(1)));
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8] =
        b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let chunk = |chunk: &[u8]| {
        let bits = chunk
            .iter()
            .fold(0u32, |sum, byte| sum << 8 | u32::from(*byte));
        let bits = bits << (8 * (3 - chunk.len()));
        let digits =
            (0..=chunk.len()).map(|n| LETTERS[(bits >> (18 - 6 * n) & 63) as usize]);
        format!("{:=<4}", String::from_utf8(digits.collect()).unwrap())
    };
    bytes.chunks(3).map(chunk).collect()
}

#[test]
fn a_signed_document_is_worth_what_was_done_to_it() {
    let authority = Identity::authority("Otoritas Contoh", 3);
    let mut anchors = Anchors::none();
    anchors.add(&authority.certificate).unwrap();
    let mut made = MadePdf::new("Keputusan");
    made.sign(&authority.issue("Siti Contoh", 5), None);
    let verdict =
        |made: &MadePdf| examine(&made.bytes, &anchors, &Limits::default()).verdict();
    assert_eq!(verdict(&made), Some(EsignVerdict::IntactAndTrusted));
    made.replace_text("Keputusan lain");
    assert_eq!(verdict(&made), Some(EsignVerdict::Altered));
}

#[test]
fn rules_have_names_of_their_own() {
    let names: BTreeSet<&str> = EsignRule::iter().map(EsignRule::as_str).collect();
    assert_eq!(names.len(), EsignRule::iter().count());
    assert!(names.iter().all(|name| name.starts_with("esign.")));
}
