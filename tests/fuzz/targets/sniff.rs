//! Any bytes: their format, and whether a name fits it.
#![no_main]

use bukti::extract;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let media = extract::sniff(bytes);
    let _ = extract::wrong_extension("surat.pdf", media);
});
