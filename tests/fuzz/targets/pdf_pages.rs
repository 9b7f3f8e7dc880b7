//! A PDF: its text, and the pictures of the first two pages that OCR wants.
#![no_main]

mod hook;

use bukti::extract::{self, Limits};
use bukti::model::MediaType;

libfuzzer_sys::fuzz_target!(init: hook::set(), |bytes: &[u8]| {
    let limits = Limits {
        max_pages: 8,
        max_pixels: 4_000_000,
        ..Limits::default()
    };
    let opened = extract::open(bytes, MediaType::Pdf, &limits);
    for request in opened.wanted().iter().take(2) {
        let _ = opened.picture(request.page);
    }
});
