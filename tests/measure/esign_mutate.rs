//! Properties of verdicts over intact files: whatever is done to the bytes, none is called intact
//! that is not, and no other signer appears.

#[path = "../it/made_signed.rs"]
mod made_signed;

use bukti::esign::{Anchors, Limits, examine};
use bukti::model::{EsignReport, EsignVerdict};
use made_signed::{Identity, MadePdf};
use std::{fs, path::Path, time::Instant};

/// How many bytes of the covered ranges of a file are flipped.
const FLIPS: usize = 400;

/// Runs the properties; returns what does not hold.
pub fn run(folder: &Path, files: &[String]) -> Vec<String> {
    let mut unmet = Vec::new();
    let (mut covered, mut signature) = (0, 0);
    for file in files {
        let bytes = fs::read(folder.join(file)).expect("a file of the manifest");
        let mut say = |what: String| unmet.push(format!("{file}: {what}"));
        let (open, close) = contents(&bytes);
        let places: Vec<usize> = (0..open).chain(close..bytes.len()).collect();
        for at in places.iter().step_by((places.len() / FLIPS).max(1)) {
            covered += 1;
            if is_intact(&examined(&flipped(&bytes, *at, 1)))
                && !is_blank_tail(&bytes, *at)
            {
                say(format!("intact with byte {at} flipped"));
            }
        }
        signature += signature_bytes(&bytes, open, &mut say);
        for (name, changed, most) in whole(&bytes) {
            let verdict = examined(&changed).verdict();
            let is_named = verdict == Some(EsignVerdict::Unsupported);
            if !is_named && verdict.is_some_and(|verdict| verdict < most) {
                say(format!("{name}: {verdict:?}"));
            }
        }
    }
    println!(
        "\nproperties over {} files: {covered} covered bytes and {signature} bytes of signatures \
         flipped, {} unmet",
        files.len(),
        unmet.len()
    );
    unmet
}

fn examined(bytes: &[u8]) -> EsignReport {
    examine(bytes, &Anchors::none(), &Limits::default())
}

fn is_intact(report: &EsignReport) -> bool {
    report.verdict().is_some_and(EsignVerdict::is_intact)
}

fn flipped(bytes: &[u8], at: usize, bit: u8) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes[at] ^= bit;
    bytes
}

/// Whether a byte is one that nobody signed: the end of the line after the last `%%EOF`.
fn is_blank_tail(bytes: &[u8], at: usize) -> bool {
    let end = bytes.windows(5).rposition(|part| part == b"%%EOF");
    end.is_some_and(|end| at >= end + 5)
}

/// Where the `/Contents` of the last signature begins and ends.
fn contents(bytes: &[u8]) -> (usize, usize) {
    let mark = b"/Contents <";
    let open = bytes
        .windows(mark.len())
        .rposition(|part| part == mark)
        .expect("a signature");
    let open = open + mark.len() - 1;
    let close = bytes[open..]
        .iter()
        .position(|byte| *byte == b'>')
        .expect("its end");
    (open, open + close + 1)
}

/// Flips every byte of the signature; returns how many.
fn signature_bytes(bytes: &[u8], open: usize, say: &mut impl FnMut(String)) -> usize {
    let before = examined(bytes).signatures.first().cloned();
    let signer = before.and_then(|one| one.signer);
    let digits = &bytes[open + 1..];
    let len = digits
        .iter()
        .take_while(|byte| byte.is_ascii_hexdigit())
        .count();
    // The zeros that keep the place are no part of it.
    let used = digits[..len]
        .iter()
        .rposition(|byte| *byte != b'0')
        .unwrap_or(0)
        + 1;
    for at in open + 1..open + 1 + used {
        if at % 2 == 1 {
            continue;
        }
        let mut changed = bytes.to_vec();
        changed[at] = if changed[at] == b'0' { b'1' } else { b'0' };
        let report = examined(&changed);
        let other = report
            .signatures
            .first()
            .is_some_and(|one| one.verdict.is_intact() && one.signer != signer);
        if other {
            say(format!(
                "another signer with digit {at} of the signature changed"
            ));
        }
    }
    used / 2
}

/// The file as transports and people change it, each with the best verdict that it may have.
fn whole(bytes: &[u8]) -> Vec<(&'static str, Vec<u8>, EsignVerdict)> {
    let lines = |to: &[u8]| -> Vec<u8> {
        let ends = bytes.iter().map(|byte| match byte {
            b'\n' => to.to_vec(),
            other => vec![*other],
        });
        ends.flatten().collect()
    };
    let with = |front: &[u8], tail: &[u8]| [front, bytes, tail].concat();
    let harm = EsignVerdict::SoundWithoutLeadingBytes;
    let object = b"99 0 obj\n(lain)\nendobj\n";
    vec![
        ("newline in front", with(b"\n", b""), harm),
        ("mark in front", with(b"\xef\xbb\xbf", b""), harm),
        ("page in front", with(b"<html>", b""), harm),
        (
            "half",
            bytes[..bytes.len() / 2].to_vec(),
            EsignVerdict::Empty,
        ),
        (
            "without its end",
            bytes[..bytes.len() - 100].to_vec(),
            EsignVerdict::Empty,
        ),
        ("ends of lines", lines(b"\r\n"), EsignVerdict::Empty),
        (
            "text behind",
            with(b"", b"<!-- portal -->"),
            EsignVerdict::Review,
        ),
        ("object behind", with(b"", object), EsignVerdict::Review),
        ("itself behind", with(b"", bytes), EsignVerdict::Review),
    ]
}

/// Times a document of 40,000 objects, signed and signed again: every object is compared.
pub fn large() -> Vec<String> {
    let mut made = MadePdf::new("Peraturan Daerah");
    let first = 1000;
    let lists = (0..400u32).map(|list| {
        let ids = (0..100).map(|n| format!("{} 0 R", first + list * 100 + n));
        (
            500 + list,
            format!("[{}]", ids.collect::<Vec<_>>().join(" ")),
        )
    });
    let leaves = (0..40_000u32).map(|n| {
        (
            first + n,
            format!("<< /Type /StructElem /S /P /K {n} /Alt (alinea {n}) >>"),
        )
    });
    let all = (0..400u32).map(|list| format!("{} 0 R", 500 + list));
    let all = (499, format!("[{}]", all.collect::<Vec<_>>().join(" ")));
    let font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Tree 499 0 R >>";
    let objects: Vec<(u32, String)> = lists
        .chain(leaves)
        .chain([all, (5, font.to_owned())])
        .collect();
    made.update(&objects);
    let authority = Identity::authority("Otoritas Contoh", 3);
    made.sign(&authority.issue("Siti Contoh", 5), None);
    made.sign(&authority.issue("Budi Contoh", 6), None);
    let mut unmet = Vec::new();
    for (name, max_steps) in [
        ("whole", Limits::default().max_steps),
        ("cut short", 60_000),
    ] {
        let limits = Limits {
            max_steps,
            ..Limits::default()
        };
        let start = Instant::now();
        let report = examine(&made.bytes, &Anchors::none(), &limits);
        let (time, verdict) = (start.elapsed(), report.verdict());
        println!("40,000 objects, signed twice, {name}: {time:?}, {verdict:?}");
        let expected = match name {
            "whole" => EsignVerdict::IntactThenAdded,
            _ => EsignVerdict::Review,
        };
        if time.as_secs() >= 5 || verdict != Some(expected) {
            unmet.push(format!("40,000 objects, {name}: {time:?}, {verdict:?}"));
        }
    }
    unmet
}
