//! An office, text or mail file of whatever format its first bytes claim.
#![no_main]

mod hook;

use bukti::extract::{self, Limits};
use bukti::model::MediaType;

libfuzzer_sys::fuzz_target!(init: hook::set(), |bytes: &[u8]| {
    let media = extract::sniff(bytes);
    if media != MediaType::Pdf && !media.is_picture() {
        let _ = extract::open(bytes, media, &Limits::default());
    }
});
