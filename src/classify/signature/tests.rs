use super::*;
use crate::lexicon::doctype::DocTypes;
use crate::model::{
    Acting, EsignReason, EsignReport, EsignRule, InkKind, InkMark, Line, MediaType, Rect,
    TextOrigin, Word,
};

/// Makes a page of A4 in points; each line is placed in its column and row, letters 6 points
/// wide and 12 high, rows 14 apart. Words in `~` were read badly.
fn page(number: u32, lines: &[(f32, f32, &str)]) -> Page {
    let line = |&(x, row, text): &(f32, f32, &str)| {
        let mut at = x;
        let words = text.split(' ').map(|word| {
            let bare = word.trim_matches('~');
            let (x0, y0) = (at, 14.0 * row);
            let x1 = x0 + 6.0 * bare.chars().count() as f32;
            at = x1 + 4.0;
            let confidence = if bare == word { 0.99 } else { 0.4 };
            let rect = [x0, y0, x1, y0 + 12.0].into();
            Word::new(bare, Some(rect), Ratio::new(confidence))
        });
        Line::new(words.collect())
    };
    Page {
        origin: TextOrigin::Ocr,
        ocr_confidence: Some(Ratio::new(0.98)),
        lines: lines.iter().map(line).collect(),
        ..Page::empty(number, Some((595.0, 842.0)))
    }
}

fn with(mut page: Page, kind: InkKind, rect: [f32; 4]) -> Page {
    let rect = Rect::from(rect);
    page.marks.push(InkMark {
        kind,
        rect,
        piece: rect.width().max(rect.height()),
        ink: Ratio::new(0.1),
    });
    page
}

fn signed_as(pages: Vec<Page>, class: Option<Class>) -> Signed {
    let types = DocTypes::builtin().unwrap();
    let mut extraction = Extraction::without_pages(MediaType::Pdf);
    extraction.pages = pages;
    read(&extraction, types.grammar(), class)
}

fn signed(page: Page) -> Signed {
    signed_as(vec![page], Some(Class::Regulation))
}

fn state(signed: &Signed) -> Option<SignatureState> {
    signed.signature.value().map(|signature| signature.state)
}

fn name(signed: &Signed) -> Option<&str> {
    signed.signatory.value().map(|who| who.name.as_str())
}

/// The end of a regulation: place and date, office, four empty rows, name; the gazette's
/// block to the left of it.
fn ending() -> Page {
    page(
        4,
        &[
            (
                80.0,
                10.0,
                "Agar setiap orang mengetahuinya, memerintahkan pengundangan",
            ),
            (320.0, 14.0, "Ditetapkan di Manado"),
            (320.0, 15.0, "pada tanggal 5 Maret 2018"),
            (320.0, 17.0, "GUBERNUR SULAWESI UTARA,"),
            (330.0, 22.0, "OLLY DONDOKAMBEY"),
            (80.0, 24.0, "Diundangkan di Manado"),
            (80.0, 25.0, "pada tanggal 5 Maret 2018"),
            (80.0, 27.0, "SEKRETARIS DAERAH PROVINSI,"),
            (80.0, 32.0, "EDWIN SILANGEN"),
            (
                80.0,
                34.0,
                "BERITA DAERAH PROVINSI SULAWESI UTARA TAHUN 2018 NOMOR 5",
            ),
        ],
    )
}

/// Where one signs in [`ending`].
const PEN: [f32; 4] = [335.0, 250.0, 430.0, 305.0];

#[test]
fn strokes_between_office_and_name_are_a_signature() {
    let signed = signed(with(ending(), InkKind::Strokes, PEN));
    assert_eq!(state(&signed), Some(SignatureState::Hand));
    let fact = signed.signature.known().unwrap();
    assert!(fact.confidence.is_confident());
    assert_eq!(fact.rule.as_str(), "signature.ink");
    assert_eq!(fact.span.as_ref().unwrap().rect, Some(PEN.into()));
    assert_eq!(name(&signed), Some("OLLY DONDOKAMBEY"));
    let who = signed.signatory.value().unwrap();
    let office = who.office.as_ref().unwrap();
    assert_eq!(office.value, "GUBERNUR SULAWESI UTARA");
    assert_eq!(who.acting, None);
}

#[test]
fn an_empty_place_is_none_only_on_a_page_that_is_well_read() {
    assert_eq!(state(&signed(ending())), Some(SignatureState::None));
    let mut poor = ending();
    poor.ocr_confidence = Some(Ratio::new(0.85));
    assert_eq!(state(&signed(poor)), None);
    let mut blurred = ending();
    blurred.verdict = Some(crate::model::PageVerdict::Blurred);
    assert_eq!(state(&signed(blurred)), None);
}

#[test]
fn a_draft_has_dots_for_a_name_and_no_signature() {
    let draft = page(
        1,
        &[
            (320.0, 14.0, "Ditetapkan di Contoh"),
            (320.0, 15.0, "pada tanggal ........ 2024"),
            (320.0, 16.0, "BUPATI CONTOH,"),
            (320.0, 20.0, "(..............)"),
        ],
    );
    let found = signed(draft);
    assert_eq!(state(&found), Some(SignatureState::None));
    assert_eq!(found.signatory, Reading::Unsure(Unsure::Blank));
}

#[test]
fn words_under_ink_are_not_sure() {
    let mut across = PEN;
    across[3] = 318.0;
    let found = signed(with(ending(), InkKind::Strokes, across));
    assert_eq!(state(&found), Some(SignatureState::Hand));
    assert_eq!(found.signatory.confident(), None);
    let clear = signed(with(ending(), InkKind::Strokes, PEN));
    assert!(clear.signatory.confident().is_some());
}

#[test]
fn initials_beside_the_office_and_ink_elsewhere_are_no_signature() {
    for rect in [
        [300.0, 232.0, 318.0, 256.0], // before the office
        [470.0, 230.0, 490.0, 254.0], // behind it
        [85.0, 392.0, 150.0, 440.0],  // the secretary's
        [60.0, 20.0, 120.0, 80.0],    // a coat of arms
    ] {
        let found = state(&signed(with(ending(), InkKind::Strokes, rect)));
        assert_ne!(found, Some(SignatureState::Hand), "{rect:?}");
    }
}

#[test]
fn something_small_in_the_place_is_unsure() {
    let speck = with(ending(), InkKind::Strokes, [350.0, 270.0, 365.0, 285.0]);
    let expected = Unsure::Illegible {
        candidate: "hand".into(),
    };
    assert_eq!(signed(speck).signature, Reading::Unsure(expected.clone()));
    let mut scrawled = ending();
    let scrawl = page(4, &[(340.0, 19.0, "~Mmyz~")]).lines;
    scrawled.lines.extend(scrawl);
    assert_eq!(signed(scrawled).signature, Reading::Unsure(expected));
}

#[test]
fn a_seal_is_told_beside_the_signature_and_alone_is_not_sure() {
    let seal = [270.0, 235.0, 370.0, 335.0];
    let both = with(with(ending(), InkKind::Strokes, PEN), InkKind::Ring, seal);
    let both = signed(both);
    assert_eq!(state(&both), Some(SignatureState::Hand));
    assert_eq!(both.signature.value().unwrap().stamped, Some(true));
    let alone = signed(with(ending(), InkKind::Ring, seal));
    assert_eq!(state(&alone), Some(SignatureState::Stamp));
    assert_eq!(alone.signature.confident(), None);
    let far = with(ending(), InkKind::Strokes, PEN);
    let far = signed(with(far, InkKind::Ring, [60.0, 20.0, 150.0, 110.0]));
    assert_eq!(far.signature.value().unwrap().stamped, None);
}

#[test]
fn a_copy_says_so_in_every_dress() {
    for text in ["ttd", "TTD", "t.t.d.", "ttd.", "dto", "cap/ttd", "Cap ttd"] {
        let mut copy = ending();
        copy.lines.extend(page(4, &[(360.0, 19.5, text)]).lines);
        let signed = signed(copy);
        assert_eq!(state(&signed), Some(SignatureState::Ttd), "{text}");
        assert_eq!(name(&signed), Some("OLLY DONDOKAMBEY"), "{text}");
    }
}

#[test]
fn ttd_below_strokes_is_contradicting() {
    let mut copy = with(ending(), InkKind::Strokes, PEN);
    copy.lines.extend(page(4, &[(360.0, 19.5, "ttd")]).lines);
    assert!(matches!(
        signed(copy).signature,
        Reading::Unsure(Unsure::Contradicting { .. })
    ));
}

#[test]
fn the_secretarys_ttd_does_not_speak_for_the_governor() {
    let mut copy = ending();
    copy.lines.extend(page(4, &[(110.0, 29.5, "ttd")]).lines);
    assert_ne!(state(&signed(copy)), Some(SignatureState::Ttd));
}

#[test]
fn slips_of_ocr_do_not_hide_a_block() {
    let noisy = page(
        2,
        &[
            (320.0, 14.0, "Ditetapkan dl Manado"),
            (320.0, 15.0, "pada tanggal ~5~ Maret 2O18"),
            (300.0, 17.0, "~r~ GUBERNUR SUIAWESI UTARA, ~4~"),
            (330.0, 22.0, "OLLY DONDOKAMBEY"),
        ],
    );
    let signed = signed(with(noisy, InkKind::Strokes, PEN));
    assert_eq!(state(&signed), Some(SignatureState::Hand));
    let who = signed.signatory.value().unwrap();
    let office = who.office.as_ref().unwrap();
    assert!(office.value.starts_with("GUBERNUR"), "{}", office.value);
}

#[test]
fn who_acts_for_whom_is_told() {
    for (lines, acting, office) in [
        (vec!["Plt. BUPATI BONE,"], Acting::Plt, "BUPATI BONE"),
        (vec!["Pj. GUBERNUR BALI,"], Acting::Pj, "GUBERNUR BALI"),
        (
            vec!["a.n. BUPATI BONE", "SEKRETARIS DAERAH,"],
            Acting::An,
            "SEKRETARIS DAERAH",
        ),
        (
            vec!["PELAKSANA TUGAS KEPALA DINAS", "KESEHATAN,"],
            Acting::Plt,
            "KEPALA DINAS KESEHATAN",
        ),
    ] {
        let mut rows = vec![(320.0, 14.0, "Ditetapkan di Watampone")];
        let mut row = 16.0;
        for line in &lines {
            rows.push((320.0, row, *line));
            row += 1.0;
        }
        rows.push((325.0, row + 4.0, "Dr. H. ANDI RAHMAT, M.Si."));
        rows.push((325.0, row + 5.0, "Pembina Utama Muda"));
        rows.push((325.0, row + 6.0, "NIP. 196512311990031001"));
        let signed = signed(page(2, &rows));
        let who = signed.signatory.value().unwrap();
        assert_eq!(who.name, "Dr. H. ANDI RAHMAT, M.Si.");
        assert_eq!(who.acting.as_ref().map(|fact| fact.value), Some(acting));
        assert_eq!(who.office.as_ref().unwrap().value, office);
    }
}

#[test]
fn a_block_may_be_on_the_next_page() {
    let first = page(1, &[(320.0, 57.0, "Ditetapkan di Manado")]);
    let second = page(
        2,
        &[
            (320.0, 3.0, "GUBERNUR SULAWESI UTARA,"),
            (330.0, 8.0, "OLLY DONDOKAMBEY"),
        ],
    );
    let second = with(second, InkKind::Strokes, [335.0, 56.0, 430.0, 108.0]);
    let signed = signed_as(vec![first, second], Some(Class::Decision));
    assert_eq!(state(&signed), Some(SignatureState::Hand));
    assert_eq!(
        signed
            .signature
            .known()
            .unwrap()
            .span
            .as_ref()
            .unwrap()
            .page,
        2
    );
}

#[test]
fn a_letter_is_signed_by_an_official_with_a_number() {
    let letter = page(
        1,
        &[
            (80.0, 4.0, "DINAS KESEHATAN"),
            (80.0, 5.0, "KEPALA DINAS KESEHATAN"),
            (80.0, 10.0, "Nomor : 005/12/2023"),
            (330.0, 30.0, "KEPALA DINAS KESEHATAN,"),
            (330.0, 35.0, "dr. SITI AMINAH, M.Kes."),
            (330.0, 36.0, "NIP. 197001012000032001"),
        ],
    );
    let signed = signed_as(
        vec![with(letter, InkKind::Strokes, [340.0, 435.0, 430.0, 485.0])],
        Some(Class::Letter),
    );
    assert_eq!(state(&signed), Some(SignatureState::Hand));
    assert_eq!(name(&signed), Some("dr. SITI AMINAH, M.Kes."));
}

/// The end of a letter: some lines, and where one signs.
fn letter_end(lines: &[(f32, f32, &str)]) -> Signed {
    let letter = page(1, lines);
    signed_as(
        vec![with(letter, InkKind::Strokes, [340.0, 435.0, 430.0, 485.0])],
        Some(Class::Letter),
    )
}

#[test]
fn an_office_in_small_letters_is_one_with_a_number_or_a_day() {
    let numbered = letter_end(&[
        (330.0, 30.0, "Kepala Madrasah"),
        (330.0, 35.0, "Siti Aminah, S.Pd."),
        (330.0, 36.0, "NIP. 197001012000032001"),
    ]);
    assert_eq!(state(&numbered), Some(SignatureState::Hand));
    assert_eq!(name(&numbered), Some("Siti Aminah, S.Pd."));
    let dated = letter_end(&[
        (330.0, 29.0, "Sukamaju, 5 Mei 2024"),
        (330.0, 30.0, "Kepala Desa Sukamaju"),
        (330.0, 35.0, "SITI AMINAH"),
    ]);
    assert_eq!(state(&dated), Some(SignatureState::Hand));
    assert!(!dated.signatory.known().unwrap().confidence.is_confident());
    let neither = letter_end(&[
        (330.0, 30.0, "Kepala Desa Sukamaju"),
        (330.0, 35.0, "SITI AMINAH"),
    ]);
    assert_eq!(state(&neither), None);
}

#[test]
fn an_office_lost_under_its_seal_leaves_name_and_number() {
    let lines = [
        (330.0, 35.0, "SITI AMINAH, S.Sos."),
        (330.0, 36.0, "Pembina Utama Muda"),
        (330.0, 37.0, "NIP. 197001012000032001"),
    ];
    let signed = letter_end(&lines);
    assert_eq!(state(&signed), Some(SignatureState::Hand));
    assert_eq!(name(&signed), Some("SITI AMINAH, S.Sos."));
    let mut copy = lines.to_vec();
    copy.push((80.0, 20.0, "Salinan sesuai dengan aslinya"));
    assert_eq!(state(&letter_end(&copy)), None);
}

#[test]
fn a_line_of_the_office_is_no_name() {
    let signed = letter_end(&[
        (330.0, 30.0, "KEPALA DINAS SOSIAL,"),
        (330.0, 32.0, "KABUPATEN SUKAMAJU"),
        (330.0, 34.0, "KECAMATAN SUKAMAJU"),
        (330.0, 35.0, "SITI AMINAH"),
        (330.0, 36.0, "NIP. 197001012000032001"),
    ]);
    assert_eq!(name(&signed), Some("SITI AMINAH"));
    let nameless = letter_end(&[
        (330.0, 30.0, "KEPALA DINAS SOSIAL,"),
        (330.0, 35.0, "DINAS SOSIAL"),
        (330.0, 36.0, "NIP. 197001012000032001"),
    ]);
    assert_eq!(name(&nameless), None);
}

#[test]
fn a_rank_and_the_end_of_an_office_are_no_names() {
    let ranked = signed(page(
        2,
        &[
            (320.0, 14.0, "Ditetapkan di Watampone"),
            (320.0, 16.0, "BUPATI BONE,"),
            (325.0, 20.0, "Dr. H. ANDI RAHMAT, M.Si."),
            (318.0, 21.0, "S Pembina Utama Muda"),
            (325.0, 22.0, "NIP. 196512311990031001"),
        ],
    ));
    assert_eq!(name(&ranked), Some("Dr. H. ANDI RAHMAT, M.Si."));
    let minister = signed(page(
        2,
        &[
            (320.0, 14.0, "JAKARTA, 2 MEI 2018"),
            (320.0, 15.0, "MENTERI PENDIDIKAN"),
            (320.0, 16.0, "DAN KEBUDAYAAN"),
            (320.0, 17.0, "REPUBLIK INDONESIA"),
            (320.0, 18.0, "TTD"),
            (320.0, 19.0, "MUHAJIR CONTOH"),
        ],
    ));
    assert_eq!(name(&minister), Some("MUHAJIR CONTOH"));
}

#[test]
fn who_confirms_a_copy_has_not_signed_it() {
    let copy = page(
        1,
        &[
            (80.0, 28.0, "Salinan sesuai dengan aslinya"),
            (80.0, 29.0, "KEPALA BIRO HUKUM,"),
            (80.0, 34.0, "IDA BAGUS SUDARSANA"),
            (80.0, 35.0, "NIP. 196910101997031012"),
        ],
    );
    let signed = signed_as(vec![copy], Some(Class::Attachment));
    assert_eq!(signed.signature, Reading::default());
}

#[test]
fn a_footer_is_a_copy_and_a_field_counts_more() {
    let mut footed = ending();
    let words =
        "Dokumen ini telah ditandatangani secara elektronik menggunakan sertifikat";
    footed.lines.extend(page(4, &[(80.0, 56.0, words)]).lines);
    let found = signed(footed.clone());
    assert_eq!(state(&found), Some(SignatureState::DigitalCopy));
    let pen = with(footed, InkKind::Strokes, PEN);
    assert_eq!(state(&signed(pen)), None);

    let types = DocTypes::builtin().unwrap();
    let mut extraction = Extraction::without_pages(MediaType::Pdf);
    extraction.pages = vec![ending()];
    for (fields, expected) in [
        ((1, 0), SignatureState::DigitalUnchecked),
        ((0, 2), SignatureState::DigitalEmpty),
    ] {
        extraction.metadata.signature_fields = Some(fields);
        let found = read(&extraction, types.grammar(), None);
        assert_eq!(state(&found), Some(expected));
    }
    let mut partly = EsignReport::made("intact_and_trusted");
    partly.unread.push(EsignReason::new(EsignRule::Budget));
    extraction.metadata.esign = Some(Box::new(partly));
    let found = read(&extraction, types.grammar(), None);
    assert_eq!(state(&found), Some(SignatureState::DigitalUnchecked));
    extraction.metadata.esign = Some(Box::new(EsignReport::made("empty")));
    extraction.pages = vec![with(ending(), InkKind::Strokes, PEN)];
    let found = read(&extraction, types.grammar(), None);
    assert_eq!(state(&found), Some(SignatureState::Hand));
}

#[test]
fn a_field_is_what_its_signature_is_worth() {
    let types = DocTypes::builtin().unwrap();
    let mut extraction = Extraction::without_pages(MediaType::Pdf);
    extraction.pages = vec![ending()];
    let by_page = state(&read(&extraction, types.grammar(), None));
    for (verdict, expected) in [
        ("intact_and_trusted", Some(SignatureState::Digital)),
        ("intact_unknown_issuer", Some(SignatureState::Digital)),
        ("intact_then_added", Some(SignatureState::Digital)),
        ("altered", Some(SignatureState::DigitalInvalid)),
        ("broken", Some(SignatureState::DigitalInvalid)),
        ("review", Some(SignatureState::DigitalUnchecked)),
        ("unsupported", Some(SignatureState::DigitalUnchecked)),
        (
            "sound_without_leading_bytes",
            Some(SignatureState::DigitalUnchecked),
        ),
        ("time_stamp_only", None),
        ("empty", Some(SignatureState::DigitalEmpty)),
    ] {
        extraction.metadata.esign = Some(Box::new(EsignReport::made(verdict)));
        let found = read(&extraction, types.grammar(), None);
        assert_eq!(state(&found), expected.or(by_page), "{verdict}");
    }
    // A time-stamp that shows what was changed since speaks of the document, too.
    let mut stamped = EsignReport::made("intact_then_added");
    let mut stamp = EsignReport::made("time_stamp_only").signatures.remove(0);
    stamp.verdict = EsignVerdict::Altered;
    stamped.signatures.push(stamp);
    extraction.metadata.esign = Some(Box::new(stamped));
    let found = read(&extraction, types.grammar(), None);
    assert_eq!(state(&found), Some(SignatureState::DigitalUnchecked));
}

#[test]
fn a_printed_code_is_no_pen() {
    let mut coded = with(ending(), InkKind::Strokes, [350.0, 250.0, 410.0, 306.0]);
    coded.marks[0].ink = Ratio::new(0.5);
    assert_eq!(state(&signed(coded.clone())), None);
    let words = "Ditandatangani secara elektronik oleh:";
    coded.lines.extend(page(4, &[(320.0, 16.0, words)]).lines);
    assert_eq!(state(&signed(coded)), Some(SignatureState::DigitalCopy));
}

#[test]
fn a_text_without_places_shows_ttd_and_nothing_else() {
    let plain = |lines: &[&str]| Page {
        origin: TextOrigin::Layer,
        lines: lines.iter().map(|line| Line::plain(line)).collect(),
        ..Page::empty(1, None)
    };
    let block = [
        "Ditetapkan di Manado",
        "pada tanggal 5 Maret 2018",
        "GUBERNUR BALI,",
    ];
    let copy = [&block[..], &["ttd", "WAYAN KOSTER"]].concat();
    let signed_copy = signed(plain(&copy));
    assert_eq!(state(&signed_copy), Some(SignatureState::Ttd));
    assert_eq!(name(&signed_copy), Some("WAYAN KOSTER"));
    let bare = [&block[..], &["WAYAN KOSTER"]].concat();
    assert_eq!(signed(plain(&bare)).signature, Reading::default());
}

#[test]
fn parties_must_agree() {
    let both = page(
        3,
        &[
            (90.0, 20.0, "PIHAK PERTAMA,"),
            (350.0, 20.0, "PIHAK KEDUA,"),
            (85.0, 26.0, "OLLY DONDOKAMBEY"),
            (345.0, 26.0, "SYAMSUL HUDA"),
        ],
    );
    let one = with(both, InkKind::Strokes, [90.0, 300.0, 170.0, 350.0]);
    let agreement = Some(Class::Agreement);
    assert_eq!(state(&signed_as(vec![one.clone()], agreement)), None);
    let two = with(one, InkKind::Strokes, [350.0, 300.0, 430.0, 350.0]);
    assert_eq!(
        state(&signed_as(vec![two], agreement)),
        Some(SignatureState::Hand)
    );
}

#[test]
fn photos_and_empty_files_have_no_signature() {
    let found = signed_as(vec![ending()], Some(Class::Media));
    assert_eq!(found.signature, Reading::default());
    assert_eq!(signed_as(Vec::new(), None).signature, Reading::default());
}

#[test]
fn a_flat_picture_may_be_anything() {
    let flat = with(ending(), InkKind::Picture, [335.0, 260.0, 465.0, 288.0]);
    let expected = Unsure::Illegible {
        candidate: "hand".into(),
    };
    assert_eq!(signed(flat).signature, Reading::Unsure(expected));
}

#[test]
fn an_electronic_signature_that_nobody_certified_is_unsure() {
    let footer = |text: &str| signed(page(1, &[(80.0, 54.0, text)])).signature;
    let claimed =
        footer("Dokumen ini ditandatangani secara elektronik oleh Administrator");
    assert_eq!(claimed.confident(), None);
    let certified = footer(
        "telah ditandatangani secara elektronik menggunakan sertifikat elektronik",
    );
    assert!(certified.confident().is_some(), "{certified:?}");
}

#[test]
fn a_short_page_has_its_footer_high_and_running_text_is_none() {
    let words =
        "Dokumen ini telah ditandatangani secara elektronik menggunakan sertifikat";
    let text = "Anggaran sebesar Rp 10.000.000 dibebankan pada APBD";
    let (high, rest) = (
        (80.0, 12.0, words),
        (80.0, 13.0, "yang diterbitkan oleh BSrE"),
    );
    let short = page(1, &[(80.0, 4.0, text), high, rest]);
    assert_eq!(state(&signed(short)), Some(SignatureState::DigitalCopy));
    let below = [20.0, 21.0, 22.0, 23.0].map(|row| (80.0, row, text));
    let running: Vec<(f32, f32, &str)> = [high, rest].into_iter().chain(below).collect();
    assert_eq!(state(&signed(page(1, &running))), None);
}
