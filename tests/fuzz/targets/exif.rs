//! A picture file of whatever format its first bytes claim: camera facts, size, pixels.
#![no_main]

mod hook;

use bukti::extract::{self, Limits};
use bukti::model::MediaType;

libfuzzer_sys::fuzz_target!(init: hook::set(), |bytes: &[u8]| {
    let limits = Limits {
        max_pages: 4,
        max_pixels: 4_000_000,
        ..Limits::default()
    };
    let media = match extract::sniff(bytes) {
        media if media.is_picture() => media,
        _ => MediaType::Jpeg,
    };
    let opened = extract::open(bytes, media, &limits);
    for request in opened.wanted().iter().take(2) {
        if let Ok(raster) = opened.picture(request.page) {
            assert_eq!(raster.luma.len(), (raster.width * raster.height) as usize);
        }
    }
});
