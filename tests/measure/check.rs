//! Measures the check on made-up archives with planted faults, second tier: 25 archives of 200
//! documents each. Texts go through the real recognising; what no text can show (ink, pixels,
//! files that are gone) is laid onto what was recognised. Prints, for each rule, how many of its
//! plants were found and how many sound documents it spoke against; fails where a plant was
//! missed or more than 2 % were false alarms.
//!
//! ```text
//! cargo test --test measure_check -- [--show]
//! ```
#![allow(missing_docs, reason = "a program, not a library")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    clippy::too_many_lines,
    reason = "a measurement stops where its truth is broken, and prints"
)]

use bukti::app::reading::recognise::Recogniser;
use bukti::check::{Acts, Checker, CodeBearers, Context, Evidence, Legibility, Twin};
use bukti::framework::{Framework, Rules};
use bukti::model::{
    CameraFacts, Cue, Date, DateRole, DatedFact, Digest, DocumentFacts, Extraction, Fact,
    Finding, Government, Line, Link, MediaType, Metadata, Note, NoteCode, Outcome, Page,
    QuestionId, Ratio, Reading, RuleId, Signatory, Signature, SignatureState, Span,
    TextOrigin,
};
use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;

const ARCHIVES: u32 = 25;
const DOCUMENTS: u32 = 200;
/// What may be false alarms, of the documents without the fault.
const ALARMS: f64 = 0.02;
const REGION: &str = "Kabupaten Contoh";

/// Questions that documents are made for.
const POLICY: &str = "KLA24-17-Q2";
const SK: &str = "KLA24-17-Q4";
const MEMBERS: &str = "KLA24-02-Q1";
const LADDER: &str = "KLA24-01-Q2q";
const BUDGET: &str = "KLA24-01-Q3u";
const DECREE: &str = "KLA24-20-Q1";

/// A document being made.
#[derive(Clone)]
struct Made {
    question: QuestionId,
    path: String,
    pages: Vec<String>,
    media: MediaType,
    metadata: Metadata,
    confidence: f32,
    also: Option<QuestionId>,
    copies: usize,
    legibility: Legibility,
    notes: Vec<Note>,
    waiting: u32,
    gone: bool,
    changed: bool,
    /// What shows the same photo, or is the same text.
    twins: Vec<Twin>,
    /// What is laid onto the facts.
    lay: Vec<fn(&mut DocumentFacts)>,
    /// The rules that are to speak, and how.
    plants: Vec<(&'static str, Outcome)>,
}

impl Made {
    fn new(question: &str, path: &str, text: &str) -> Self {
        Self {
            question: question.into(),
            path: path.to_owned(),
            pages: text.split('\u{c}').map(str::to_owned).collect(),
            media: MediaType::Pdf,
            metadata: Metadata::default(),
            confidence: 0.95,
            also: None,
            copies: 1,
            legibility: Legibility::default(),
            notes: Vec::new(),
            waiting: 0,
            gone: false,
            changed: false,
            twins: Vec::new(),
            lay: vec![signed_by_hand],
            plants: Vec::new(),
        }
    }

    fn plant(mut self, rule: &'static str, outcome: Outcome) -> Self {
        self.plants.push((rule, outcome));
        self
    }

    fn named(mut self, path: &str) -> Self {
        path.clone_into(&mut self.path);
        self
    }

    fn laid(mut self, lay: fn(&mut DocumentFacts)) -> Self {
        self.lay.push(lay);
        self
    }

    fn swapped(mut self, from: &str, to: &str) -> Self {
        for page in &mut self.pages {
            *page = page.replace(from, to);
        }
        self
    }
}

/// Returns a value that nobody doubts.
fn sure<T>(value: T) -> Fact<T> {
    Fact {
        value,
        confidence: Ratio::ONE,
        span: None,
        rule: RuleId::from("made"),
    }
}

fn sign(facts: &mut DocumentFacts, state: SignatureState, stamped: Option<bool>) {
    facts.signature = Reading::Known(sure(Signature { state, stamped }));
}

fn signed_by_hand(facts: &mut DocumentFacts) {
    sign(facts, SignatureState::Hand, Some(true));
}

fn signatory(facts: &mut DocumentFacts, office: &str) {
    facts.signatory = Reading::Known(sure(Signatory {
        name: "NAMA".to_owned(),
        office: Some(sure(office.to_owned())),
        acting: None,
    }));
}

fn dated(facts: &mut DocumentFacts, role: DateRole, date: &str) {
    facts.dates.retain(|dated| dated.role != role);
    facts.dates.push(DatedFact {
        role,
        fact: sure(date.parse().unwrap()),
    });
}

fn law(kind: &str, n: u32, year: u32, title: &str, body: &str) -> String {
    format!(
        "BUPATI CONTOH\nPROVINSI CONTOH\n{kind}\nNOMOR {n} TAHUN {year}\nTENTANG\n{title}\n\
         DENGAN RAHMAT TUHAN YANG MAHA ESA\nBUPATI CONTOH,\n\
         Menimbang : a. bahwa kawasan tanpa rokok melindungi anak;\n\
         Mengingat : 1. Pasal 18 ayat (6) Undang-Undang Dasar Negara Republik Indonesia;\n\
         MEMUTUSKAN:\nMenetapkan : {kind} TENTANG {title}.\n\
         Pasal 1\nDalam peraturan ini yang dimaksud dengan kawasan tanpa rokok adalah ruangan.\n\
         {body}\nPasal 9\nPeraturan ini mulai berlaku pada tanggal diundangkan.\n\
         Ditetapkan di Contoh\npada tanggal 12 Maret {year}\nBUPATI CONTOH,\n\nSITI AMINAH\n\
         Diundangkan di Contoh\npada tanggal 13 Maret {year}\n\
         SEKRETARIS DAERAH KABUPATEN CONTOH,\n\nBUDI SANTOSO\n\
         LEMBARAN DAERAH KABUPATEN CONTOH TAHUN {year} NOMOR {n}"
    )
}

fn perda(n: u32) -> Made {
    let kind = "PERATURAN DAERAH KABUPATEN CONTOH";
    let text = law(
        kind,
        n,
        2023,
        "KAWASAN TANPA ROKOK",
        "Pasal 2\nMaksud dan tujuan.",
    );
    Made::new(POLICY, &format!("Perda {n}.pdf"), &text)
}

fn decree(question: &str, n: u32, title: &str) -> Made {
    let text = format!(
        "BUPATI CONTOH\nPROVINSI CONTOH\nKEPUTUSAN BUPATI CONTOH\nNOMOR {n} TAHUN 2024\n\
         TENTANG\n{title}\nBUPATI CONTOH,\n\
         Menimbang : a. bahwa perlu menetapkan keputusan;\nMEMUTUSKAN:\nMenetapkan :\n\
         KESATU : Menetapkan susunan sebagaimana mestinya.\n\
         KEDUA : Keputusan ini mulai berlaku pada tanggal ditetapkan.\n\
         Ditetapkan di Contoh\npada tanggal 5 Februari 2024\nBUPATI CONTOH,\n\nSITI AMINAH"
    );
    Made::new(question, &format!("SK {n}.pdf"), &text)
}

fn report(question: &str, n: u32) -> Made {
    let text = format!(
        "PEMERINTAH KABUPATEN CONTOH\nDINAS KESEHATAN\n\
         LAPORAN KEGIATAN SOSIALISASI KAWASAN TANPA ROKOK\n\
         Hari/Tanggal : Rabu, {} Juli 2024\nTempat : Aula Kecamatan\n\
         A. PENDAHULUAN\nKegiatan diikuti {n} anak sekolah.\nB. HASIL\nPeserta memahami.",
        1 + n % 28
    );
    let mut made = Made::new(question, &format!("Laporan {n}.pdf"), &text);
    made.lay.clear();
    made
}

fn photo(question: &str, n: u32, taken: &str) -> Made {
    let mut made = Made::new(question, &format!("IMG_{n:04}.jpg"), "");
    made.media = MediaType::Jpeg;
    made.lay.clear();
    made.metadata.camera = Some(CameraFacts {
        captured: Some(taken.to_owned()),
        ..CameraFacts::default()
    });
    made
}

fn partners(question: &str, n: u32) -> Made {
    let text = format!(
        "NOTA KESEPAHAMAN\nANTARA\nPEMERINTAH KABUPATEN CONTOH\nDENGAN\nYAYASAN ANAK CONTOH\n\
         NOMOR : {n}/MOU/2024\nTENTANG\nKEMITRAAN PUSAT KREATIVITAS ANAK\n\
         Pada hari ini Senin tanggal 6 Mei 2024 bertempat di Contoh, PIHAK KESATU dan PIHAK KEDUA \
         sepakat.\nPIHAK KESATU,\n\nSITI AMINAH\nPIHAK KEDUA,\n\nBUDI SANTOSO"
    );
    Made::new(question, &format!("MoU {n}.pdf"), &text)
}

fn village(question: &str, n: u32) -> Made {
    let name = ["Mekarsari", "Sukamaju", "Cibodas", "Tegalrejo"][n as usize % 4];
    let text = format!(
        "KEPALA DESA {upper}\nKABUPATEN CONTOH\nPERATURAN DESA {upper}\nNOMOR {n} TAHUN 2023\n\
         TENTANG\nPERLINDUNGAN ANAK\nDENGAN RAHMAT TUHAN YANG MAHA ESA\nKEPALA DESA {upper},\n\
         Menimbang : a. bahwa anak perlu dilindungi;\nMEMUTUSKAN:\n\
         Ditetapkan di {name}\npada tanggal 12 Maret 2023\nKEPALA DESA {upper},\n\nJOKO",
        upper = name.to_uppercase()
    );
    Made::new(question, &format!("Perdes {n}.pdf"), &text)
}

/// Finds a question by what it asks for; `used` are taken.
fn pick(
    framework: &Framework,
    used: &mut BTreeSet<QuestionId>,
    fits: impl Fn(&bukti::framework::Question) -> bool,
) -> String {
    let found = framework
        .questions()
        .iter()
        .find(|q| !used.contains(&q.id) && !q.negative && fits(q))
        .expect("such a question");
    used.insert(found.id.clone());
    found.id.to_string()
}

/// Makes a matrix, as a workbook has it, with the same in each row.
fn matrix_of(question: &str, n: u32, row: &str) -> Made {
    let rows: String = (1..=4).map(|at| format!("{at} {row}\n")).collect();
    let text = format!(
        "MATRIKS KEGIATAN {n}\nKABUPATEN CONTOH TAHUN 2023 DAN 2024\n\
         No Kecamatan Jumlah Peserta\n{rows}"
    );
    Made::new(question, "Matriks.xlsx", &text)
}

/// Makes one archive; the question rules that are to speak come with it.
fn archive(
    framework: &Framework,
    seed: u32,
) -> (Vec<Made>, Vec<(QuestionId, &'static str, Outcome)>) {
    use Outcome::{Fail, Pass, Review};
    let n = |k: u32| seed * 100 + k;
    let mut used: BTreeSet<QuestionId> = [POLICY, SK, MEMBERS, LADDER, BUDGET, DECREE]
        .map(QuestionId::from)
        .into();
    let accepts = |q: &bukti::framework::Question, kind: &str| {
        q.kinds.iter().any(|k| k.as_str() == kind)
    };
    let window = "evaluation_window";
    let plain = |q: &bukti::framework::Question| {
        !q.matrix_required
            && q.min_count == 1
            && !q.decree_required
            && q.signed_by.is_none()
    };
    let for_report = pick(framework, &mut used, |q| {
        accepts(q, "laporan") && q.period.as_str() == window && plain(q)
    });
    let for_photo = pick(framework, &mut used, |q| {
        accepts(q, "foto")
            && q.period.as_str() == window
            && plain(q)
            && !q.caption_required
    });
    let captioned = pick(framework, &mut used, |q| {
        accepts(q, "foto")
            && q.period.as_str() == window
            && q.caption_required
            && plain(q)
    });
    let alone = pick(framework, &mut used, |q| {
        accepts(q, "foto") && q.kinds.len() > 1 && q.period.as_str() == window && plain(q)
    });
    let matrix = pick(framework, &mut used, |q| {
        q.matrix_required && accepts(q, "laporan") && q.period.as_str() == window
    });
    let form = pick(framework, &mut used, |q| {
        q.matrix_required
            && accepts(q, "matriks")
            && q.min_count == 1
            && !q.decree_required
    });
    let many = pick(framework, &mut used, |q| q.min_count > 1);
    let coverage = pick(framework, &mut used, |q| accepts(q, "perdes"));
    let excluding = pick(framework, &mut used, |q| !q.excludes.is_empty());
    let strict = pick(framework, &mut used, |q| {
        accepts(q, "kepkada")
            && !q.is_inferred("kinds")
            && !accepts(q, "undangan")
            && plain(q)
    });

    let announced = "sebagaimana tercantum dalam Lampiran yang merupakan bagian tidak \
                     terpisahkan dari keputusan ini";
    let mut made = vec![
        // Kind and topic.
        {
            let mut weak = perda(n(1)).plant("topic.confident", Fail);
            weak.confidence = 0.6;
            weak
        },
        Made::new(
            &strict,
            "Undangan.pdf",
            "PEMERINTAH KABUPATEN CONTOH\nDINAS KESEHATAN\nContoh, 3 Juni 2024\n\
             Nomor : 005/123/2024\nSifat : Biasa\nLampiran : -\nHal : Undangan\n\
             Yth. Kepala Puskesmas\nDengan hormat kami mengundang Saudara pada rapat.\n\
             KEPALA DINAS KESEHATAN,\n\nDEWI",
        )
        .plant("kind.accepted", Fail),
        {
            let text = law(
                "PERATURAN BUPATI CONTOH",
                n(2),
                2023,
                "KAWASAN TANPA ROKOK",
                "Pasal 2\nMaksud dan tujuan.",
            );
            Made::new(LADDER, "Perbup.pdf", &text).plant("kind.rung", Fail)
        },
        {
            let text = law(
                "PERATURAN DAERAH KABUPATEN CONTOH",
                n(3),
                2023,
                "PENYELENGGARAAN KABUPATEN LAYAK ANAK",
                "Pasal 2\nMaksud dan tujuan.",
            );
            Made::new(&excluding, "Perda KLA.pdf", &text).plant("kind.excluded", Fail)
        },
        // Time.
        report(&for_report, n(4))
            .swapped("Juli 2024", "Juli 2019")
            .swapped("Rabu, ", "")
            .plant("period.window", Fail),
        perda(n(5))
            .laid(|facts| dated(facts, DateRole::ValidUntil, "2023-12-31"))
            .plant("period.in_force", Fail),
        perda(n(6)).plant("period.repealed", Fail),
        {
            let body = format!(
                "Pasal 8\nPada saat peraturan daerah ini mulai berlaku, Peraturan Daerah \
                 Kabupaten Contoh Nomor {} Tahun 2023 tentang Kawasan Tanpa Rokok dicabut dan \
                 dinyatakan tidak berlaku.",
                n(6)
            );
            let kind = "PERATURAN DAERAH KABUPATEN CONTOH";
            let text = law(kind, n(7), 2024, "KAWASAN TANPA ROKOK", &body);
            Made::new(POLICY, "Perda pencabut.pdf", &text)
        },
        perda(n(8)).plant("period.amended", Review),
        {
            let title = format!(
                "PERUBAHAN ATAS PERATURAN DAERAH KABUPATEN CONTOH NOMOR {} TAHUN 2023 TENTANG \
                 KAWASAN TANPA ROKOK",
                n(8)
            );
            let kind = "PERATURAN DAERAH KABUPATEN CONTOH";
            let text = law(kind, n(9), 2024, &title, "Pasal 2\nDiubah.");
            Made::new(POLICY, "Perda perubahan.pdf", &text)
        },
        perda(n(10))
            .swapped("pada tanggal 12 Maret 2023\n", "")
            .swapped("pada tanggal 13 Maret 2023\n", "")
            .plant("date.present", Review),
        // Form.
        perda(n(11))
            .swapped(&format!("NOMOR {} TAHUN 2023", n(11)), "NOMOR ...... TAHUN 2023")
            // The gazette has not printed it yet either.
            .swapped(&format!("TAHUN 2023 NOMOR {}", n(11)), "TAHUN 2023 NOMOR ......")
            .named("Perda KTR.pdf")
            .plant("number.present", Fail),
        perda(n(12))
            .swapped(
                "PROVINSI CONTOH\nPERATURAN",
                "PROVINSI CONTOH\nRANCANGAN PERATURAN",
            )
            .plant("draft", Fail),
        perda(n(13))
            .laid(|facts| sign(facts, SignatureState::None, Some(false)))
            .plant("signature.present", Fail),
        perda(n(14))
            .laid(|facts| sign(facts, SignatureState::Hand, Some(false)))
            .plant("signature.stamped", Fail),
        {
            let text = "PEMERINTAH KABUPATEN CONTOH\nDOKUMEN PELAKSANAAN ANGGARAN\n\
                        SATUAN KERJA PERANGKAT DAERAH\nTAHUN ANGGARAN 2024\n\
                        Urusan Pemerintahan : Kesehatan\nProgram Kawasan Tanpa Rokok";
            Made::new(BUDGET, "DPA.pdf", text)
                .laid(|facts| signatory(facts, "KEPALA DINAS KESEHATAN"))
                .plant("signature.office", Fail)
        },
        decree(SK, n(15), "SATUAN TUGAS KAWASAN TANPA ROKOK")
            .swapped("sebagaimana mestinya", announced)
            .plant("attachment.present", Fail),
        decree(MEMBERS, n(16), "GUGUS TUGAS KABUPATEN LAYAK ANAK")
            .swapped("sebagaimana mestinya", announced)
            .plant("attachment.members", Fail)
            .plant("attachment.present", Fail),
        {
            let mut cut = report(&for_report, n(17));
            let first = cut.pages[0].clone();
            let page =
                |number: u32| format!("- {number} -\nIsi laporan halaman berikut.");
            cut.pages = vec![format!("- 1 -\n{first}")];
            cut.pages.extend([2, 3, 6, 7, 8].map(page));
            cut.plant("pages.complete", Fail)
        },
        {
            let mut cut = decree(SK, n(18), "SATUAN TUGAS KAWASAN TANPA ROKOK");
            // After its last sentence, which sounds like a closing line.
            let end = cut.pages[0].find("Ditetapkan di").unwrap();
            cut.pages[0].truncate(end);
            cut.plant("closing.present", Fail)
        },
        report(&for_report, n(19))
            .swapped(
                "B. HASIL",
                "B. DATA KORBAN\nNama korban : BUNGA LESTARI\nAnak korban kekerasan seksual.",
            )
            .plant("personal.child", Review),
        report(&for_report, n(20))
            .swapped("B. HASIL", "NIK : 3402016408040003\nB. HASIL")
            .plant("personal.number", Fail),
        // Issuer.
        perda(n(21))
            .swapped("KABUPATEN CONTOH", "KABUPATEN BANTUL")
            .swapped("BUPATI CONTOH", "BUPATI BANTUL")
            .plant("issuer.region", Fail),
        {
            let text = law(
                "PERATURAN DAERAH PROVINSI JAWA TENGAH",
                n(22),
                2023,
                "KAWASAN TANPA ROKOK",
                "Pasal 2\nMaksud dan tujuan.",
            );
            Made::new(POLICY, "Perda provinsi.pdf", &text)
                .swapped("BUPATI CONTOH", "GUBERNUR JAWA TENGAH")
                .swapped("KABUPATEN CONTOH", "PROVINSI JAWA TENGAH")
                .plant("issuer.level", Fail)
        },
        // The file.
        {
            let mut blurred = perda(n(23)).plant("pages.legible", Fail);
            blurred.legibility.unclear = vec![1];
            blurred
        },
        {
            let mut poor = perda(n(24)).plant("pages.ocr", Fail);
            poor.legibility.ocr_confidence = Some(Ratio::new(0.5));
            poor
        },
        {
            let mut cut = perda(n(25)).plant("file.complete", Fail);
            cut.notes = vec![Note::file(NoteCode::Truncated)];
            cut
        },
        {
            let mut long = perda(n(26)).plant("file.waiting", Review);
            long.waiting = 7;
            long
        },
        {
            let mut gone = perda(n(27)).plant("file.gone", Fail);
            gone.gone = true;
            gone
        },
        {
            let mut changed = perda(n(40)).plant("file.changed", Fail);
            changed.changed = true;
            changed
        },
        {
            let mut twice = perda(n(28)).plant("document.copies", Pass);
            twice.copies = 2;
            twice
        },
        {
            let mut shared = perda(n(29)).plant("document.shared", Pass);
            shared.also = Some(LADDER.into());
            shared
        },
        // Photos.
        photo(&for_photo, n(30), "2019-08-17T09:00:00").plant("photo.date", Fail),
        photo(&for_photo, n(31), "2024-07-24T09:00:00")
            .laid(|facts| dated(facts, DateRole::Activity, "2024-03-01"))
            .plant("photo.activity", Fail),
        photo(&captioned, n(32), "2024-07-24T09:00:00").plant("photo.caption", Fail),
        {
            let mut again = photo(&for_photo, n(33), "2024-07-24T09:00:00");
            again.also = Some(captioned.as_str().into());
            again
                .plant("photo.reused", Fail)
                .plant("photo.caption", Fail)
        },
        photo(&alone, n(34), "2024-07-24T09:00:00").plant("photo.caption", Fail),
        {
            let mut again = photo(&for_photo, n(38), "2024-07-24T09:00:00");
            again.twins = vec![twin("Foto lain.jpg", true, "foto", SK)];
            again.plant("photo.repeated", Review)
        },
        {
            let mut again = perda(n(39));
            again.twins = vec![twin("Pindai ulang.pdf", false, "perda", POLICY)];
            again.plant("document.rescanned", Pass)
        },
        // Questions as a whole.
        report(&matrix, n(35)),
        matrix_of(&form, n(41), "").plant("matrix.filled", Fail),
        matrix_of(&form, n(42), "Sukamaju 12 14"),
        report(DECREE, n(36)).plant("kind.accepted", Fail),
        village(&coverage, n(37)),
    ];
    let mut whole = vec![
        (QuestionId::from(alone.as_str()), "photo.alone", Fail),
        (QuestionId::from(matrix.as_str()), "matrix.present", Fail),
        (
            QuestionId::from(coverage.as_str()),
            "coverage.share",
            Review,
        ),
        (QuestionId::from(DECREE), "decree.present", Fail),
    ];
    // One memorandum where two partners are asked for, and no matrix beside it.
    made.push(partners(&many, n(38)));
    whole.push((many.as_str().into(), "count.reached", Fail));
    whole.push((many.as_str().into(), "matrix.present", Fail));
    for question in [&for_photo, &captioned] {
        let others = framework.question(&question.as_str().into()).unwrap();
        if others.kinds.len() > 1 {
            whole.push((others.id.clone(), "photo.alone", Fail));
        }
    }
    let with: BTreeSet<QuestionId> = made
        .iter()
        .flat_map(|m| [Some(m.question.clone()), m.also.clone()])
        .flatten()
        .collect();
    for question in framework.questions() {
        if question.negative {
            whole.push((question.id.clone(), "answer.negative", Review));
        } else if question.max > 0.0 && !with.contains(&question.id) {
            whole.push((question.id.clone(), "evidence.present", Fail));
        }
    }
    // The rest is sound.
    for k in 40.. {
        if made.len() as u32 >= DOCUMENTS {
            break;
        }
        made.push(match k % 4 {
            0 => perda(n(k)),
            1 => decree(SK, n(k), "SATUAN TUGAS KAWASAN TANPA ROKOK"),
            2 => report(&for_report, n(k)),
            _ => photo(&for_photo, n(k), "2024-07-24T09:00:00"),
        });
    }
    (made, whole)
}

fn link(
    question: &QuestionId,
    framework: &Framework,
    confidence: f32,
    text: bool,
) -> Link {
    let found = framework.question(question).expect("a question there is");
    Link {
        question: question.clone(),
        indicator: found.indicator.clone(),
        confidence: Ratio::new(confidence),
        cue: Cue {
            term: "kawasan tanpa rokok".to_owned(),
            span: text.then(|| Span {
                page: 1,
                rect: None,
                quote: String::new(),
            }),
        },
        negative: None,
        reasons: Vec::new(),
        decided: None,
    }
}

/// Counts for one rule.
#[derive(Default)]
struct Tally {
    planted: u32,
    found: u32,
    sound: u32,
    alarms: u32,
}

fn main() -> ExitCode {
    let show = std::env::args().any(|arg| arg == "--show");
    let framework = Framework::builtin().expect("the built-in framework is valid");
    // All findings are looked at, not only those of the best documents.
    let text = include_str!("../../schema/rules.json");
    let text = text.replace(
        "\"evidence_per_question\": 12",
        "\"evidence_per_question\": 100000",
    );
    let rules = Rules::parse(&text).expect("the built-in rules are valid");
    let home = Government {
        code: None,
        name: REGION.to_owned(),
    };
    let recogniser = Recogniser::new(&framework, Some(&home)).expect("built-in data");
    let context = Context {
        region: Some(home),
        year: 2025,
        as_of: Date::new(2025, 3, 1).unwrap(),
        places: BTreeMap::new(),
    };
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    let mut documents = 0;
    for seed in 1..=ARCHIVES {
        let (made, whole) = archive(&framework, seed);
        documents += made.len();
        measure(
            &made,
            &whole,
            &framework,
            &rules,
            &recogniser,
            &context,
            &mut tallies,
            show && seed == 1,
        );
    }
    print(&rules, &tallies, documents)
}

#[allow(
    clippy::too_many_arguments,
    reason = "what one archive is measured with"
)]
fn measure(
    made: &[Made],
    whole: &[(QuestionId, &'static str, Outcome)],
    framework: &Framework,
    rules: &Rules,
    recogniser: &Recogniser,
    context: &Context,
    tallies: &mut BTreeMap<String, Tally>,
    show: bool,
) {
    let recognised: Vec<DocumentFacts> = made
        .iter()
        .map(|made| {
            let extraction = extraction(made);
            let mut facts = recogniser.recognise(&made.path, &extraction).facts;
            for lay in &made.lay {
                lay(&mut facts);
            }
            facts
        })
        .collect();
    let digest = |n: usize| {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&(n as u64).to_be_bytes());
        Digest::new(bytes)
    };
    let mut acts = Acts::default();
    let codes = CodeBearers::default();
    for (n, facts) in recognised.iter().enumerate() {
        acts.add(digest(n), facts);
    }
    let mut checker = Checker::new(framework, rules, context, (&acts, &codes));
    for (n, (made, facts)) in made.iter().zip(&recognised).enumerate() {
        let has_text = !made.pages.concat().is_empty();
        let asked = [Some(&made.question), made.also.as_ref()];
        let links: Vec<Link> = asked
            .into_iter()
            .flatten()
            .map(|q| link(q, framework, made.confidence, has_text))
            .collect();
        let paths: Vec<String> = (0..made.copies)
            .map(|c| format!("/{c}/{}", made.path))
            .collect();
        checker.add(&Evidence {
            digest: digest(n),
            paths: &paths,
            media_type: made.media,
            page_count: made.pages.len() as u32,
            facts,
            metadata: &made.metadata,
            notes: &made.notes,
            legibility: made.legibility.clone(),
            links: &links,
            waiting: made.waiting,
            gone: made.gone,
            changed: made.changed,
            twins: &made.twins,
        });
    }
    let assessment = checker.finish(made.len() as u32);
    let findings: Vec<&Finding> = assessment
        .questions
        .iter()
        .flat_map(|q| &q.findings)
        .collect();
    for rule in rules.all() {
        let tally = tallies.entry(rule.id.to_string()).or_default();
        let of_rule = || findings.iter().filter(|f| f.rule == rule.id);
        for (n, made) in made.iter().enumerate() {
            let wanted = made.plants.iter().find(|(id, _)| rule.id.as_str() == *id);
            let said: Vec<Outcome> = of_rule()
                .filter(|f| f.subject.document == Some(digest(n)))
                .map(|f| f.outcome)
                .collect();
            match wanted {
                Some((_, outcome)) => {
                    tally.planted += 1;
                    let found = said.contains(outcome);
                    tally.found += u32::from(found);
                    if show && !found {
                        println!("missed {}: {} said {said:?}", rule.id, made.path);
                        println!("    {:?}", recognised[n].kind);
                    }
                }
                None => {
                    tally.sound += 1;
                    let alarm = said.contains(&Outcome::Fail);
                    tally.alarms += u32::from(alarm);
                    if show && alarm {
                        println!("alarm {}: {}", rule.id, made.path);
                    }
                }
            }
        }
        for result in &assessment.questions {
            let wanted = whole.iter().find(|(question, id, _)| {
                *question == result.question && rule.id.as_str() == *id
            });
            let said = of_rule().find(|f| {
                f.subject.question == result.question && f.subject.document.is_none()
            });
            match wanted {
                Some((_, _, outcome)) => {
                    tally.planted += 1;
                    tally.found +=
                        u32::from(said.is_some_and(|found| found.outcome == *outcome));
                }
                None if rule.about == bukti::framework::rules::About::Question => {
                    tally.sound += 1;
                    let alarm = said.is_some_and(|found| found.outcome == Outcome::Fail);
                    tally.alarms += u32::from(alarm);
                    if show && alarm {
                        println!("alarm {}: {}", rule.id, result.question);
                    }
                }
                None => {}
            }
        }
    }
}

fn twin(path: &str, is_photo: bool, kind: &str, question: &str) -> Twin {
    Twin {
        path: path.to_owned(),
        is_photo,
        kind: Some(kind.into()),
        serves: vec![question.into()],
    }
}

fn extraction(made: &Made) -> Extraction {
    let is_text = made.media == MediaType::Pdf;
    Extraction {
        media_type: made.media,
        page_count: made.pages.len() as u32,
        pages: (1..)
            .zip(&made.pages)
            .map(|(number, text)| Page {
                origin: if is_text {
                    TextOrigin::Layer
                } else {
                    TextOrigin::None
                },
                lines: text.lines().map(Line::plain).collect(),
                ..Page::empty(number, None)
            })
            .collect(),
        metadata: made.metadata.clone(),
        notes: Vec::new(),
    }
}

fn print(rules: &Rules, tallies: &BTreeMap<String, Tally>, documents: usize) -> ExitCode {
    println!("{documents} documents, {ARCHIVES} archives");
    println!(
        "{:<22}{:>8}{:>8}{:>8}{:>8}",
        "rule", "planted", "found", "sound", "alarms"
    );
    let mut failed = false;
    for rule in rules.all() {
        let tally = &tallies[rule.id.as_str()];
        let alarms = f64::from(tally.alarms) / f64::from(tally.sound.max(1));
        let bad = tally.found < tally.planted || alarms > ALARMS;
        failed |= bad;
        println!(
            "{:<22}{:>8}{:>8}{:>8}{:>8}{}",
            rule.id.as_str(),
            tally.planted,
            tally.found,
            tally.sound,
            tally.alarms,
            if bad { "  <--" } else { "" }
        );
    }
    if failed {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}
