//! Properties of verdicts over intact files: whatever is done to the bytes, none is called intact
//! that is not, and no other signer appears.

use bukti::esign::{Anchors, Limits, examine};
use bukti::model::{EsignReport, EsignVerdict};
use std::{fs, path::Path};

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
