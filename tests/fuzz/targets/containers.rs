//! A container of whatever format its first bytes claim, or a document with files inside: its
//! members, counted and thrown away.
#![no_main]

mod hook;

use bukti::extract::{self, container};
use std::io::Cursor;

libfuzzer_sys::fuzz_target!(init: hook::set(), |bytes: &[u8]| {
    let media = extract::sniff(bytes);
    if !media.has_members() && !media.may_embed() {
        return;
    }
    let caps = container::Caps {
        members: 50,
        member_bytes: 4 << 20,
        total_bytes: 16 << 20,
    };
    let mut sink = |_| -> std::io::Result<Box<dyn std::io::Write>> {
        Ok(Box::new(std::io::sink()))
    };
    let bytes = Cursor::new(bytes);
    let unpacked = container::unpack(bytes, media, "wadah", None, &caps, &mut sink);
    let whole = unpacked.members.iter().filter(|member| member.state.is_none());
    let taken = whole.map(|member| member.len);
    assert!(taken.sum::<u64>() <= caps.total_bytes);
});
