//! Electronic signatures: the bytes as a PDF, as a time-stamp token and as certificates. What is
//! examined twice has the same report.
#![no_main]

mod hook;

use bukti::esign::{Anchors, Limits, examine, verify_time_stamp};

libfuzzer_sys::fuzz_target!(init: hook::set(), |bytes: &[u8]| {
    let limits = Limits {
        max_steps: 200_000,
        max_unpacked_bytes: 8 << 20,
        max_signatures: 8,
    };
    let mut anchors = Anchors::none();
    let _ = anchors.add(bytes);
    let report = examine(bytes, &anchors, &limits);
    assert_eq!(report, examine(bytes, &anchors, &limits));
    let _ = verify_time_stamp(bytes, &[0; 32], &anchors);
});
