//! Verdicts on documents that the tests make and sign, and on what is done to them since.

#[path = "../../tests/it/made_signed.rs"]
mod made_signed;

use super::{Anchors, Limits, examine, verify_time_stamp};
use crate::model::{
    ByteRangeFault, ChangeKind, Checked, EsignReport, EsignRule, EsignVerdict,
    SignedCoverage, TrustState,
};
use made_signed::{CATALOG, CONTENT, FIELD, Identity, MadePdf, PAGE};

fn people() -> (Identity, Identity) {
    let authority = Identity::authority("Otoritas Contoh", 3);
    let person = authority.issue("Siti Contoh", 5);
    (authority, person)
}

fn signed(certify: Option<u8>) -> MadePdf {
    let mut made = MadePdf::new("Keputusan Bupati Nomor 5 Tahun 2026");
    made.sign(&people().1, certify);
    made
}

fn anchors() -> Anchors {
    let mut anchors = Anchors::none();
    anchors.add(&people().0.certificate).unwrap();
    anchors
}

fn report(bytes: &[u8]) -> EsignReport {
    examine(bytes, &anchors(), &Limits::default())
}

fn verdict(bytes: &[u8]) -> Option<EsignVerdict> {
    report(bytes).verdict()
}

fn is_intact(bytes: &[u8]) -> bool {
    verdict(bytes).is_some_and(EsignVerdict::is_intact)
}

#[test]
fn a_signed_document_is_intact_and_the_users_anchor_makes_it_trusted() {
    let made = signed(None);
    let found = report(&made.bytes);
    let one = &found.signatures[0];
    assert_eq!(one.verdict, EsignVerdict::IntactAndTrusted, "{one:#?}");
    assert_eq!(one.coverage, SignedCoverage::WholeFile);
    assert_eq!((one.page, one.field.as_str()), (Some(1), "ttd7"));
    let signer = one.signer.as_ref().unwrap();
    assert_eq!(signer.common_name.as_deref(), Some("Siti Contoh"));
    assert_eq!(signer.organisation.as_deref(), Some("Contoh"));
    assert_eq!(signer.issuer.as_deref(), Some("Otoritas Contoh"));
    assert_eq!(one.claimed_time.as_deref(), Some("2026-01-02T03:04:05Z"));
    assert_eq!(one.value.algorithm.as_deref(), Some("ECDSA SHA-256"));
    assert_eq!(one.trust.anchor, Some(anchors().names()[0].sha256));

    let nobody = examine(&made.bytes, &Anchors::none(), &Limits::default());
    assert_eq!(nobody.verdict(), Some(EsignVerdict::IntactUnknownIssuer));
    assert_eq!(nobody.signatures[0].trust.state, TrustState::UnknownIssuer);
}

#[test]
fn an_authority_of_the_same_name_is_not_the_one_trusted() {
    let mut made = MadePdf::new("Keputusan");
    made.sign(
        &Identity::authority("Otoritas Contoh", 9).issue("Siti Contoh", 5),
        None,
    );
    assert_eq!(
        verdict(&made.bytes),
        Some(EsignVerdict::IntactUnknownIssuer)
    );
}

#[test]
fn a_chain_that_does_not_hold_needs_a_look() {
    let (authority, person) = people();
    let expired = authority.issue_until("Ani Contoh", 7, "250101000000Z");
    // A person is no authority, whatever they sign.
    let below = person.issue("Budi Contoh", 8);
    for (signer, rule) in [
        (&expired, EsignRule::Expired),
        (&below, EsignRule::CertificateUse),
    ] {
        let mut made = MadePdf::new("Keputusan");
        made.sign(signer, None);
        let found = report(&made.bytes);
        let one = &found.signatures[0];
        assert_eq!(one.verdict, EsignVerdict::Review, "{one:#?}");
        assert_eq!(one.trust.state, TrustState::Doubtful);
        assert!(
            one.reasons.iter().any(|reason| reason.rule == rule),
            "{one:#?}"
        );
    }
}

#[test]
fn a_report_is_the_same_after_json() {
    let mut made = signed(Some(2));
    made.replace_text("lain");
    let found = report(&made.bytes);
    let text = serde_json::to_string(&found).unwrap();
    assert!(text.contains("\"esign.changed\""), "{text}");
    assert_eq!(serde_json::from_str::<EsignReport>(&text).unwrap(), found);
}

/// What somebody does to a document.
type Act<'a> = &'a dyn Fn(&mut MadePdf);

#[test]
#[allow(clippy::too_many_lines, reason = "a table of cases")]
fn what_is_added_later_is_judged_by_what_it_is() {
    let second = |made: &mut MadePdf| made.sign(&people().0.issue("Budi", 6), None);
    let overwritten = |made: &mut MadePdf| {
        let other = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>".to_owned();
        made.update(&[(PAGE, other)]);
    };
    let look = |made: &mut MadePdf| {
        let field = "<< /Type /Annot /Subtype /Widget /P 3 0 R /FT /Tx /T (nama) \
             /Rect [60 600 300 620] /AP << /N 4 0 R >> >>";
        made.update(&[(FIELD, field.to_owned())]);
    };
    let lies = |made: &mut MadePdf| {
        made.fill("Ani");
        let at = made
            .bytes
            .windows(5)
            .rposition(|part| part == b"(Ani)")
            .unwrap();
        made.bytes[at + 1..at + 4].copy_from_slice(b"Edi");
    };
    let added = EsignVerdict::IntactThenAdded;
    let altered = EsignVerdict::Altered;
    let cases: [(&str, Option<u8>, Act<'_>, EsignVerdict); 13] = [
        ("second signature", None, &second, added),
        ("second signature, P 1", Some(1), &second, altered),
        ("second signature, P 2", Some(2), &second, added),
        ("filled", None, &|made| made.fill("Ani"), added),
        (
            "filled with what it does not show",
            None,
            &lies,
            EsignVerdict::Review,
        ),
        ("filled, P 1", Some(1), &|made| made.fill("Ani"), altered),
        ("filled, P 2", Some(2), &|made| made.fill("Ani"), added),
        (
            "other text",
            None,
            &|made| made.replace_text("lain"),
            altered,
        ),
        ("other page", None, &overwritten, altered),
        ("look of a field without its value", None, &look, altered),
        ("note", None, &|made| made.annotate("lain"), altered),
        ("note, P 2", Some(2), &|made| made.annotate("lain"), altered),
        (
            "note, P 3",
            Some(3),
            &|made| made.annotate("lain"),
            EsignVerdict::Review,
        ),
    ];
    for (name, certify, act, expected) in cases {
        let mut made = signed(certify);
        act(&mut made);
        let found = report(&made.bytes);
        assert_eq!(found.signatures[0].verdict, expected, "{name}: {found:#?}");
        let coverage = &found.signatures[0].coverage;
        assert!(
            matches!(coverage, SignedCoverage::Revision { .. }),
            "{name}"
        );
    }
}

#[test]
fn a_change_says_where() {
    let mut made = signed(None);
    made.replace_text("lain");
    let found = report(&made.bytes);
    let change = &found.signatures[0].later[0];
    assert_eq!(
        (change.kind, change.rule, change.what.as_str(), change.page),
        (ChangeKind::Other, EsignRule::Changed, "Contents", Some(1))
    );
}

#[test]
fn hidden_content_that_a_new_catalog_shows_is_an_alteration() {
    // The other pages lie in the signed bytes: only the way to them is new.
    let mut made = MadePdf::new("Setuju");
    made.update(&[
        (20, "<< /Type /Pages /Kids [21 0 R] /Count 1 >>".to_owned()),
        (
            21,
            "<< /Type /Page /Parent 20 0 R /MediaBox [0 0 595 842] >>".to_owned(),
        ),
    ]);
    made.sign(&people().1, None);
    assert!(is_intact(&made.bytes));
    made.update(&[(CATALOG, "<< /Type /Catalog /Pages 20 0 R >>".to_owned())]);
    // The form went with the catalog: nobody is called signed any more.
    assert!(!is_intact(&made.bytes));
    let catalog = "<< /Type /Catalog /Pages 20 0 R /AcroForm << /Fields [6 0 R 22 0 R] \
         /SigFlags 3 >> >>";
    made.update(&[(CATALOG, catalog.to_owned())]);
    assert_eq!(verdict(&made.bytes), Some(EsignVerdict::Altered));
}

#[test]
fn a_value_used_by_a_second_field_is_told() {
    let mut made = signed(None);
    let field = "<< /FT /Sig /T (lain) /V 8 0 R /Type /Annot /Subtype /Widget /P 3 0 R \
         /Rect [0 0 0 0] >>";
    let form = "/AcroForm << /Fields [6 0 R 7 0 R 9 0 R] /SigFlags 3 >>";
    let catalog = format!("<< /Type /Catalog /Pages 2 0 R {form} >>");
    made.update(&[(9, field.to_owned()), (CATALOG, catalog)]);
    let found = report(&made.bytes);
    assert_eq!(found.verdict(), Some(EsignVerdict::Altered), "{found:#?}");
    let rule = EsignRule::SignatureReused;
    assert!(
        found
            .signatures
            .iter()
            .all(|one| one.reasons.iter().any(|r| r.rule == rule))
    );
}

#[test]
fn what_follows_and_is_no_update_needs_a_look() {
    for tail in [
        "junk",
        "4 0 obj\n<< /Length 0 >>\nstream\n\nendstream\nendobj\n",
        "4 0 obj\nnull\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n",
    ] {
        let bytes = [signed(None).bytes, tail.as_bytes().to_vec()].concat();
        assert_eq!(verdict(&bytes), Some(EsignVerdict::Review), "{tail}");
    }
    let blank = [signed(None).bytes, b"\r\n\0 ".to_vec()].concat();
    assert_eq!(verdict(&blank), Some(EsignVerdict::IntactAndTrusted));
    // An object beside those that the update's own cross-references place.
    let mut made = signed(None);
    made.bytes.extend(b"4 0 obj\nnull\nendobj\n");
    made.fill("Ani");
    assert_eq!(verdict(&made.bytes), Some(EsignVerdict::Review));
}

#[test]
fn ranges_that_cover_something_else_are_broken() {
    let made = signed(None).bytes;
    let text = String::from_utf8_lossy(&made).into_owned();
    let at = text.find("/ByteRange [").unwrap();
    let at = made
        .windows(12)
        .position(|part| part == b"/ByteRange [")
        .unwrap_or(at);
    let end = at + made[at..].iter().position(|byte| *byte == b']').unwrap();
    let numbers = String::from_utf8(made[at + 12..end].to_vec()).unwrap();
    let numbers: Vec<usize> = numbers
        .split_whitespace()
        .map(|n| n.parse().unwrap())
        .collect();
    let [_, first, second, len] = numbers[..] else {
        panic!("{numbers:?}")
    };
    for (range, fault) in [
        (
            format!("1 {first} {second} {len}"),
            ByteRangeFault::NotFromStart,
        ),
        (
            format!("0 -{first} {second} {len}"),
            ByteRangeFault::NotPositive,
        ),
        (format!("0 0 0 {len}"), ByteRangeFault::NotPositive),
        (format!("0 {second} {first} {len}"), ByteRangeFault::Overlap),
        (
            format!("0 {first} {second} 999999"),
            ByteRangeFault::BeyondEnd,
        ),
        (
            format!("0 {first} {} {len}", second - 1),
            ByteRangeFault::Gap,
        ),
        (
            format!("0 {} {second} {len}", first - 1),
            ByteRangeFault::Gap,
        ),
        (
            format!("0 {first} {second} {len} 0"),
            ByteRangeFault::Missing,
        ),
        ("null".to_owned(), ByteRangeFault::Missing),
        (
            format!("0 {first} {second} {}", len - 8),
            ByteRangeFault::InsideRevision,
        ),
    ] {
        let mut bytes = made.clone();
        let padded = format!("{range:<width$}", width = end - at - 12);
        bytes[at + 12..end].copy_from_slice(padded.as_bytes());
        let found = report(&bytes);
        let one = &found.signatures[0];
        assert_eq!(one.verdict, EsignVerdict::Broken, "{range}");
        assert_eq!(one.coverage, SignedCoverage::Malformed { fault }, "{range}");
    }
}

#[test]
fn foreign_bytes_in_front_are_a_diagnosis_of_their_own() {
    for leading in [&b"\n"[..], b"\xef\xbb\xbf", b"\r\n\r\n"] {
        let bytes = [leading, &signed(None).bytes].concat();
        let found = report(&bytes);
        let one = &found.signatures[0];
        assert_eq!(
            one.verdict,
            EsignVerdict::SoundWithoutLeadingBytes,
            "{leading:?}"
        );
        assert_eq!(one.reasons[0].rule, EsignRule::LeadingBytes);
        assert_eq!(one.reasons[0].detail, Some(leading.len().to_string()));
    }
}

#[test]
fn no_byte_of_what_is_covered_can_be_another() {
    let made = signed(None).bytes;
    let open = made
        .windows(11)
        .position(|part| part == b"/Contents <")
        .unwrap();
    let close = open + made[open..].iter().position(|byte| *byte == b'>').unwrap();
    for at in (0..open).chain(close..made.len()).step_by(7) {
        let mut bytes = made.clone();
        bytes[at] ^= 1;
        assert!(!is_intact(&bytes), "byte {at}");
    }
    let lines: Vec<u8> = made
        .iter()
        .flat_map(|byte| match byte {
            b'\n' => vec![b'\r', b'\n'],
            other => vec![*other],
        })
        .collect();
    assert!(!is_intact(&lines));
    for cut in (1..made.len()).step_by(97) {
        assert!(!is_intact(&made[..cut]), "cut at {cut}");
    }
}

#[test]
fn no_byte_of_the_signature_makes_another_signer() {
    let made = signed(None).bytes;
    let signer = report(&made).signatures[0].signer.clone();
    let open = made
        .windows(11)
        .position(|part| part == b"/Contents <")
        .unwrap()
        + 11;
    let digits = made[open..]
        .iter()
        .take_while(|byte| byte.is_ascii_hexdigit())
        .count();
    for at in (open..open + digits.min(2400)).step_by(5) {
        let mut bytes = made.clone();
        bytes[at] = if bytes[at] == b'0' { b'1' } else { b'0' };
        let found = report(&bytes);
        if found.verdict().is_some_and(EsignVerdict::is_intact) {
            assert_eq!(found.signatures[0].signer, signer, "digit {at}");
        }
    }
}

#[test]
fn a_budget_that_is_spent_ends_in_no_verdict_of_intact() {
    let mut made = signed(None);
    made.fill("Ani");
    for max_steps in [0, 1, 5, 20, 40] {
        let limits = Limits {
            max_steps,
            ..Limits::default()
        };
        let found = examine(&made.bytes, &anchors(), &limits);
        let is_intact = found.verdict().is_some_and(EsignVerdict::is_intact);
        assert!(!is_intact, "{max_steps} steps: {found:#?}");
    }
}

#[test]
fn fields_and_values_without_a_signature_are_no_signature() {
    let mut made = MadePdf::new("Keputusan");
    assert_eq!(verdict(&made.bytes), None);
    let field = "<< /Type /Annot /Subtype /Widget /P 3 0 R /FT /Sig /T (nama) \
         /Rect [60 600 300 620] >>";
    made.update(&[(FIELD, field.to_owned())]);
    assert_eq!(verdict(&made.bytes), Some(EsignVerdict::Empty));
    made.update(&[(FIELD, field.replace(">>", "/V << /Type /Sig >> >>"))]);
    assert_eq!(verdict(&made.bytes), Some(EsignVerdict::Broken));
    assert_eq!(verdict(b"not a document"), None);
    assert_eq!(report(b"").unread[0].rule, EsignRule::Structure);
    // What the page draws is of no concern to a document that nobody signed.
    made.update(&[(CONTENT, "null".to_owned())]);
    assert_eq!(verdict(&made.bytes), Some(EsignVerdict::Broken));
}

/// Made with OpenSSL 3 for the digest of `abc`; see `tests/data/stamp/README.md`.
const RESPONSE: &[u8] = include_bytes!("../../tests/data/stamp/abc.tsr");
const ABC: [u8; 32] = [
    0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea, 0x41, 0x41, 0x40, 0xde, 0x5d, 0xae,
    0x22, 0x23, 0xb0, 0x03, 0x61, 0xa3, 0x96, 0x17, 0x7a, 0x9c, 0xb4, 0x10, 0xff, 0x61,
    0xf2, 0x00, 0x15, 0xad,
];

#[test]
fn a_token_is_held_against_its_imprint_and_its_authority() {
    let stamp = verify_time_stamp(RESPONSE, &ABC, &Anchors::none()).unwrap();
    assert_eq!(
        (stamp.imprint, stamp.value),
        (Checked::Good, Checked::Good),
        "{stamp:#?}"
    );
    assert!(stamp.is_sound() && !stamp.is_trusted());
    let other = verify_time_stamp(RESPONSE, &[0; 32], &Anchors::none()).unwrap();
    assert_eq!((other.imprint, other.value), (Checked::Bad, Checked::Good));
    for at in (0..RESPONSE.len()).step_by(3) {
        let mut bytes = RESPONSE.to_vec();
        bytes[at] ^= 0x10;
        if let Some(changed) = verify_time_stamp(&bytes, &ABC, &Anchors::none()) {
            let is_same =
                changed.time == stamp.time && changed.authority == stamp.authority;
            assert!(is_same || !changed.is_sound(), "byte {at}: {changed:#?}");
        }
    }
}

/// What somebody does to a document, kept.
type Done = Box<dyn Fn(&mut MadePdf)>;

/// What readers show of these differs from what was signed, or may: each is a way to forge that
/// was tried against several of them.
#[test]
#[allow(clippy::too_many_lines, reason = "a table of cases")]
fn what_readers_may_show_otherwise_is_never_intact() {
    // The page's content once more, as it was signed: what is told apart is how it is added.
    let again = "4 0 obj\n<< /Length 43 >>\nstream\nBT /F1 14 Tf 60 760 Td (Rp 1.000.000) Tj ET\n\
                 endstream\nendobj\n";
    let end = "startxref\n{start}\n%%EOF\n";
    let trailer = "trailer\n<< /Root 1 0 R /Size 90 /Prev {prev} >>\n";
    let plain = format!("xref\n4 1\n{{at}} 00000 n \n{trailer}{end}");
    let raw = |references: &str| {
        let references = references.to_owned();
        move |made: &mut MadePdf| made.append(again, &references)
    };
    let objects = |list: &[(u32, &str)]| {
        let list: Vec<(u32, String)> = list
            .iter()
            .map(|(id, text)| (*id, (*text).to_owned()))
            .collect();
        move |made: &mut MadePdf| made.update(&list)
    };
    let over = |place: &'static str, more: &'static str| {
        move |made: &mut MadePdf| {
            made.sign_at(&people().0.issue("Budi", 6), None, place, more);
        }
    };
    let nothing = |_: &mut MadePdf| {};
    let page = "/Type /Page /MediaBox [0 0 595 842] /Contents 4 0 R \
                /Resources << /Font << /F1 5 0 R >> >> /Annots [6 0 R 7 0 R]";
    let cover =
        "<< /Type /Annot /Subtype /FreeText /Rect [0 0 595 842] /Contents (lain) >>";
    let copied = "<< /Type /Annot /Subtype /Widget /P 3 0 R /FT /Tx /T (nama) /Rect [60 600 300 620] >>";
    let catalog = |more: &str, fields: &str| {
        format!(
            "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [{fields}] /SigFlags 3 {more} >> >>"
        )
    };
    let (moved, defaults) = (
        catalog("", "20 0 R 7 0 R"),
        catalog("/DA (/F1 99 Tf)", "6 0 R 7 0 R"),
    );
    let filled_with = |value: &str, look: &str| {
        let field = format!(
            "<< /Type /Annot /Subtype /Widget /P 3 0 R /FT /Tx /T (nama) /Rect [60 600 300 620] \
            /V {value} /AP << /N 20 0 R >> >>"
        );
        let look = format!(
            "<< /Type /XObject /Subtype /Form /BBox [0 0 240 20] /Resources << /Font << /F1 5 0 R >> \
            /XObject << /X 21 0 R >> >> /Length {} >>\nstream\n{look}\nendstream",
            look.len()
        );
        let other = "<< /Type /XObject /Subtype /Form /BBox [0 0 240 20] /Length 31 >>\nstream\n\
            BT /F1 12 Tf 2 4 Td (Edi) Tj ET\nendstream";
        objects(&[(FIELD, &field), (20, &look), (21, other)])
    };
    let filled = |look: &str| filled_with("(Ani)", look);
    let long_value = format!("<FEFF{}>", "0041".repeat(250));
    let its_start = format!("BT /F1 12 Tf 2 4 Td ({}) Tj ET", "A".repeat(200));
    let page_with_kids = format!("<< {page} /Parent 2 0 R /Kids [] >>");
    let page_elsewhere = format!("<< {page} /Parent 20 0 R >>");
    let page_twice =
        format!("<< {page} /Parent 2 0 R /Contents 20 0 R /Contents 4 0 R >>");
    let page_generation = format!("<< {page} /Parent 2 0 R >>").replace("4 0 R", "4 7 R");
    let cases: Vec<(&str, Done, Done)> = vec![
        (
            "placed twice",
            Box::new(nothing),
            Box::new(raw(&plain.replace("n \n", "n \n4 1\n{at} 00000 n \n"))),
        ),
        (
            "another generation",
            Box::new(nothing),
            Box::new(raw(&plain.replace("00000 n", "00007 n"))),
        ),
        (
            "number with a point",
            Box::new(nothing),
            Box::new(raw(&plain.replace("{prev}", "{prev}.0"))),
        ),
        (
            "a remark before the number",
            Box::new(nothing),
            Box::new(raw(&plain.replace("startxref", "startxref\n%9"))),
        ),
        (
            "a remark in the table",
            Box::new(nothing),
            Box::new(raw(&plain.replace("xref\n4", "xref\n%\n4"))),
        ),
        (
            "words after the end",
            Box::new(nothing),
            Box::new(raw(&plain.replace("%%EOF", "%%EOF 4 0 obj"))),
        ),
        (
            "fewer pages",
            Box::new(nothing),
            Box::new(objects(&[(2, "<< /Type /Pages /Kids [3 0 R] /Count 0 >>")])),
        ),
        (
            "a page that is a node",
            Box::new(nothing),
            Box::new(objects(&[(PAGE, &page_with_kids)])),
        ),
        (
            "another parent",
            Box::new(nothing),
            Box::new(objects(&[
                (PAGE, &page_elsewhere),
                (20, "<< /Type /Pages /Kids [] /Count 0 >>"),
            ])),
        ),
        (
            "a key twice",
            Box::new(nothing),
            Box::new(objects(&[
                (PAGE, &page_twice),
                (20, "<< /Length 0 >>\nstream\n\nendstream"),
            ])),
        ),
        (
            "a reference of another generation",
            Box::new(nothing),
            Box::new(objects(&[(PAGE, &page_generation)])),
        ),
        (
            "a field under another number",
            Box::new(nothing),
            Box::new(objects(&[(CATALOG, &moved), (20, copied), (FIELD, cover)])),
        ),
        (
            "how open text looks",
            Box::new(nothing),
            Box::new(objects(&[(CATALOG, &defaults)])),
        ),
        (
            "a field that is drawn with",
            Box::new(objects(&[(
                5,
                "<< /Type /Font /Subtype /Type3 /Resources 6 0 R >>",
            )])),
            Box::new(|made| made.fill("Ani")),
        ),
        (
            "what cannot be read",
            Box::new(objects(&[
                (5, "<< /Type /Font /Tree 30 0 R >>"),
                (30, "1.2.3"),
            ])),
            Box::new(objects(&[(31, "<< >>")])),
        ),
        (
            "a picture within the appearance",
            Box::new(nothing),
            Box::new(filled("/X Do")),
        ),
        (
            "a rectangle over the text",
            Box::new(nothing),
            Box::new(filled("BT /F1 12 Tf 2 4 Td (Ani) Tj ET 0 0 240 20 re f")),
        ),
        (
            "a font of nobody",
            Box::new(nothing),
            Box::new(filled("BT /F9 12 Tf 2 4 Td (Ani) Tj ET")),
        ),
        (
            "a signature over the page",
            Box::new(nothing),
            Box::new(over("[0 0 595 842]", "/AP << /N 4 0 R >> ")),
        ),
        (
            "less than the value",
            Box::new(nothing),
            Box::new(filled("BT /F1 12 Tf 2 4 Td (An) Tj ET")),
        ),
        (
            "the start of a long value",
            Box::new(nothing),
            Box::new(filled_with(&long_value, &its_start)),
        ),
        (
            "white text",
            Box::new(nothing),
            Box::new(filled("BT /F1 12 Tf 1 g 2 4 Td (Ani) Tj ET")),
        ),
        (
            "text beside its place",
            Box::new(nothing),
            Box::new(filled("BT /F1 12 Tf 900 4 Td (Ani) Tj ET")),
        ),
        (
            "a signature without a place",
            Box::new(nothing),
            Box::new(over("[0 0 0 0 0]", "/AP << /N 4 0 R >> ")),
        ),
        (
            "blanks behind the end",
            Box::new(nothing),
            Box::new(|made| made.bytes.extend([b' '; 1500])),
        ),
        (
            "a signature that acts",
            Box::new(nothing),
            Box::new(over(
                "[0 0 0 0]",
                "/AA << /E << /S /JavaScript /JS (x) >> >> ",
            )),
        ),
    ];
    let mut made = MadePdf::new("Rp 1.000.000");
    made.sign(&people().1, None);
    raw(&plain)(&mut made);
    assert!(is_intact(&made.bytes), "{:#?}", report(&made.bytes));
    let mut called = Vec::new();
    for (name, before, after) in &cases {
        let mut made = MadePdf::new("Rp 1.000.000");
        before(&mut made);
        made.sign(&people().1, None);
        assert!(is_intact(&made.bytes), "{name}: as signed");
        after(&mut made);
        if is_intact(&made.bytes) {
            called.push(*name);
        }
    }
    assert_eq!(called, [""; 0], "called intact");
}

/// What is only added, and can be seen to be, is not held against anybody.
#[test]
fn what_is_plainly_added_stays_intact() {
    let budi = || people().0.issue("Budi", 6);
    let acts: [(&str, Act<'_>); 4] = [
        ("a small picture of a signature", &|made| {
            let picture = "<< /Type /XObject /Subtype /Form /BBox [0 0 140 50] /Length 20 >>\n\
                           stream\n0 0 9 9 re f         \nendstream";
            made.update(&[(30, picture.to_owned())]);
            made.sign_at(&budi(), None, "[60 60 200 110]", "/AP << /N 30 0 R >> ");
        }),
        ("a field filled in", &|made| made.fill("Ani 12")),
        ("an object nobody uses", &|made| {
            made.update(&[(40, "<< >>".to_owned())]);
        }),
        ("two signatures", &|made| {
            made.sign(&budi(), None);
            made.sign(&budi(), None);
        }),
    ];
    for (name, act) in acts {
        let mut made = signed(None);
        act(&mut made);
        assert!(is_intact(&made.bytes), "{name}: {:#?}", report(&made.bytes));
    }
}
