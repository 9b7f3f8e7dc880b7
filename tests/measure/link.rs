//! Measures linking alone, second tier: facts come from the corpora's own columns, never from our reading
//! of them. Prints figures, and what is wrong with `-- --show`; fails only where a figure
//! falls below the floor beside it. Loud where the corpora are absent.
//!
//! ```text
//! cargo test --test measure_link -- [--show] [--text FOLDER]
//! ```
//!
//! `--text` names a folder with the text of each sample (`<path>.txt`, pages parted by form
//! feeds) as any other program reads it; without it a sample is its title and a few words.
#![allow(
    clippy::disallowed_methods,
    reason = "a measurement reads files and time"
)]
#![allow(missing_docs, reason = "a program, not a library")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    reason = "a measurement stops where its truth is broken, and prints"
)]

use bukti::framework::Framework;
use bukti::link::Linker;
use bukti::model::{
    DocKind, DocumentFacts, Extraction, Fact, Government, Issuer, Line, Link, MediaType,
    OfficeId, Page, Ratio, Reading, RuleId, TextOrigin,
};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Words of titles that touch the evaluation; such rows are no test of silence.
const ON_SUBJECT: [&str; 30] = [
    "anak",
    "rokok",
    "sanitasi",
    "air minum",
    "air bersih",
    "peserta didik",
    "siswa",
    "sekolah",
    "pendidikan",
    "ibu",
    "bayi",
    "gizi",
    "stunting",
    "perempuan",
    "keluarga",
    "disabilitas",
    "cacat",
    "kependudukan",
    "catatan sipil",
    "narkotika",
    "napza",
    "hiv",
    "bencana",
    "konflik",
    "pornografi",
    "perdagangan orang",
    "perpustakaan",
    "asi ",
    "karang taruna",
    "limbah domestik",
];

fn main() -> ExitCode {
    let show = std::env::args().any(|arg| arg == "--show");
    let framework = Framework::builtin().expect("the built-in framework is valid");
    let linker = Linker::new(&framework);
    let mut run = Run {
        linker,
        framework,
        show,
        text: std::env::args()
            .skip_while(|arg| arg != "--text")
            .nth(1)
            .map(PathBuf::from),
        failed: false,
    };
    run.samples(true);
    run.samples(false);
    let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora");
    if !corpora.is_dir() {
        println!("NOT MEASURED: no corpora at {}", corpora.display());
        return ExitCode::SUCCESS;
    }
    run.titles(&corpora);
    run.news(&corpora);
    run.silence(&corpora);
    run.national(&corpora);
    if run.failed {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}

struct Run {
    linker: Linker,
    framework: Framework,
    show: bool,
    /// A folder with the text of each sample, read by any other program.
    text: Option<PathBuf>,
    failed: bool,
}

impl Run {
    fn figure(&mut self, name: &str, part: usize, whole: usize, floor: Option<f64>) {
        let share = 100.0 * part as f64 / whole.max(1) as f64;
        let below = floor.is_some_and(|floor| share < floor);
        let mark = if below { "  BELOW THE FLOOR" } else { "" };
        println!("{name:<58} {part:>4} of {whole:>4}  {share:5.1} %{mark}");
        self.failed |= below;
    }

    fn most(&mut self, name: &str, part: usize, whole: usize, ceiling: f64) {
        let share = 100.0 * part as f64 / whole.max(1) as f64;
        let above = share > ceiling;
        let mark = if above { "  ABOVE THE CEILING" } else { "" };
        println!("{name:<58} {part:>4} of {whole:>4}  {share:5.1} %{mark}");
        self.failed |= above;
    }

    /// Tells whether a link is to the indicator, or a topic policy about it.
    fn is_about(&self, link: &Link, wanted: &[u32]) -> bool {
        let question = self.framework.question(&link.question).unwrap();
        let about = question.relates_to.as_ref().unwrap_or(&question.indicator);
        [about, &question.indicator].iter().any(|id| {
            let indicator = self.framework.indicator(id).unwrap();
            wanted.contains(&indicator.number)
        })
    }

    fn tell(&self, name: &str, links: &[Link]) {
        if !self.show {
            return;
        }
        println!("   ? {name}");
        for link in links.iter().take(4) {
            println!(
                "       {} {:.2} `{}` {:?}",
                link.question,
                link.confidence.get(),
                link.cue.term,
                link.reasons
            );
        }
    }

    fn titles(&mut self, corpora: &Path) {
        let (mut first, mut three, mut all) = (0, 0, 0);
        let (mut quiet, mut none) = (0, 0);
        let (mut confident, mut right) = (0, 0);
        for row in rows(&corpora.join("id_kla_titles/manifest.csv")) {
            let facts = facts(&row["kind"], &row["tentang"]);
            let links = self.linker.link(&pages(&row["tentang"]), &facts, "");
            let name =
                format!("{} {} [{}]", row["kind"], row["tentang"], row["kla_label"]);
            let wanted = wanted(&row["kla_label"]);
            let sure = links.iter().filter(|l| l.confidence.is_confident());
            if wanted.is_empty() {
                none += 1;
                if sure.count() > 0 {
                    quiet += 1;
                    self.tell(&name, &links);
                }
                continue;
            }
            all += 1;
            for link in sure {
                confident += 1;
                right += usize::from(self.is_about(link, &wanted));
            }
            let hit = |n: usize| links.iter().take(n).any(|l| self.is_about(l, &wanted));
            first += usize::from(hit(1));
            three += usize::from(hit(3));
            if !hit(1) {
                self.tell(&name, &links);
            }
        }
        println!("id_kla_titles");
        self.figure("  right indicator first", first, all, Some(90.0));
        self.figure("  among the first three", three, all, Some(98.0));
        self.figure(
            "  confident links to the right indicator",
            right,
            confident,
            None,
        );
        self.most(
            "  negative controls with a confident link",
            quiet,
            none,
            0.0,
        );
    }

    fn news(&mut self, corpora: &Path) {
        let (mut first, mut three, mut all) = (0, 0, 0);
        for row in rows(&corpora.join("id_kla_news/manifest.csv")) {
            let mut facts = DocumentFacts::default();
            facts.title = known(row["activity"].clone());
            let links = self.linker.link(&pages(&row["activity"]), &facts, "");
            let wanted = wanted(&row["kla_label_by_researcher"]);
            all += 1;
            let hit = |n: usize| links.iter().take(n).any(|l| self.is_about(l, &wanted));
            first += usize::from(hit(1));
            three += usize::from(hit(3));
            if !hit(1) {
                self.tell(&row["activity"], &links);
            }
        }
        println!("id_kla_news");
        self.figure("  right indicator first", first, all, None);
        self.figure("  among the first three", three, all, None);
    }

    fn silence(&mut self, corpora: &Path) {
        let (mut confident, mut all, mut touching, mut touched) = (0, 0, 0, 0);
        for row in rows(&corpora.join("id_reg_titles/manifest.csv")) {
            let facts = facts(&row["kind"], &row["tentang"]);
            let links = self.linker.link(&pages(&row["tentang"]), &facts, "");
            let sure = links.iter().any(|l| l.confidence.is_confident());
            let folded = format!("{} ", row["tentang"].to_lowercase());
            if ON_SUBJECT.iter().any(|word| folded.contains(word)) {
                touching += 1;
                touched += usize::from(sure);
                if sure {
                    self.tell(&format!("(on subject) {}", row["tentang"]), &links);
                }
                continue;
            }
            all += 1;
            confident += usize::from(sure);
            if sure {
                self.tell(&row["tentang"], &links);
            }
        }
        println!("id_reg_titles");
        self.most(
            "  unrelated titles with a confident link",
            confident,
            all,
            1.0,
        );
        self.figure(
            "  (titles touching a subject, with a confident link)",
            touched,
            touching,
            None,
        );
    }

    fn national(&mut self, corpora: &Path) {
        let folder = corpora.join("id_national_text");
        let (mut confident, mut negatives, mut others, mut other) = (0, 0, 0, 0);
        let (mut pages_read, mut spent) = (0, std::time::Duration::ZERO);
        for row in rows(&folder.join("manifest.csv")) {
            let text = std::fs::read_to_string(folder.join(&row["path"])).unwrap();
            // As if the region had issued it: only the words are to keep quiet.
            let facts = facts("Peraturan Daerah", &row["tentang_auto"]);
            let pages = pages(&text);
            let started = std::time::Instant::now();
            let links = self.linker.link(&pages, &facts, "");
            spent += started.elapsed();
            pages_read += pages.pages.len() as u32;
            let sure = links.iter().any(|l| l.confidence.is_confident());
            let folded = row["tentang_auto"].to_lowercase();
            let is_negative = [
                "pensiun",
                "tunjangan",
                "tundjangan",
                "tembakau",
                "perusahaan",
                "pegawai",
            ]
            .iter()
            .any(|word| folded.contains(word));
            if row["child_topic_auto"] == "yes" && is_negative {
                negatives += 1;
                confident += usize::from(sure);
            } else if row["child_topic_auto"].is_empty() {
                other += 1;
                others += usize::from(sure);
            } else {
                continue;
            }
            if sure {
                self.tell(&row["tentang_auto"], &links);
            }
        }
        println!("id_national_text, as if a regional regulation");
        self.most("  traps with a confident link", confident, negatives, 1.0);
        self.most("  other subjects with a confident link", others, other, 3.0);
        let each = spent.as_secs_f64() * 1000.0 / f64::from(pages_read.max(1));
        println!("  {pages_read} pages, {each:.2} ms a page");
    }

    fn samples(&mut self, with_path: bool) {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/kabupaten-contoh");
        let text = std::fs::read_to_string(root.join("expected.json")).unwrap();
        let expected: serde_json::Value = serde_json::from_str(&text).unwrap();
        let mut sums = Sums::default();
        for file in expected["files"].as_array().unwrap() {
            if file["state"] != "indexed" {
                continue;
            }
            let path = file["path"].as_str().unwrap();
            let path = if with_path { path } else { "" };
            let read = self.text.as_ref().and_then(|folder| {
                let name = format!("{}.txt", file["path"].as_str()?);
                std::fs::read_to_string(folder.join(name)).ok()
            });
            let pages = read.map_or_else(|| sample_pages(file), |text| pages(&text));
            let links = self.linker.link(&pages, &self.sample_facts(file), path);
            let bad = sums.count(file, &links);
            if bad {
                self.tell(
                    &format!(
                        "{} {} want {}",
                        file["path"], file["title"], file["questions"]
                    ),
                    &links,
                );
            }
        }
        println!(
            "samples, {} path",
            if with_path { "with" } else { "without" }
        );
        self.figure("  right question first", sums.first, sums.asked, None);
        self.figure(
            "  right questions among the candidates",
            sums.found,
            sums.wanted,
            None,
        );
        self.figure(
            "  right questions confident",
            sums.sure_right,
            sums.wanted,
            None,
        );
        self.figure(
            "  confident links that are right",
            sums.right,
            sums.sure,
            None,
        );
        self.most(
            "  near misses linked with confidence",
            sums.misses,
            sums.near,
            2.0,
        );
    }

    fn sample_facts(&self, file: &serde_json::Value) -> DocumentFacts {
        let mut facts = DocumentFacts::default();
        if let Some(kind) = file["kind"].as_str() {
            let id = kind.into();
            facts.kind = known(DocKind {
                id,
                label: String::new(),
            });
        }
        if let Some(title) = file["title"].as_str() {
            facts.title = known(title.to_owned());
        }
        if let Some(issuer) = file["issuer"].as_str() {
            let place = issuer.find("Kabupaten").unwrap_or(issuer.len());
            let office = self.framework.office_by_alias(issuer[..place].trim());
            let government = Government {
                code: None,
                name: issuer.to_owned(),
            };
            let office: Option<OfficeId> = office.map(|office| office.id.clone());
            facts.issuer = known(Issuer { government, office });
        }
        facts
    }
}

#[derive(Default)]
struct Sums {
    asked: usize,
    first: usize,
    wanted: usize,
    found: usize,
    sure_right: usize,
    sure: usize,
    right: usize,
    near: usize,
    misses: usize,
}

impl Sums {
    /// Counts one file; returns whether something is wrong with it.
    fn count(&mut self, file: &serde_json::Value, links: &[Link]) -> bool {
        let list = |name: &str| -> Vec<String> {
            let items = file[name].as_array().cloned().unwrap_or_default();
            items
                .iter()
                .map(|q| q.as_str().unwrap().to_owned())
                .collect()
        };
        let (wanted, may, not) = (
            list("questions"),
            list("may_questions"),
            list("not_questions"),
        );
        let named =
            |link: &Link, set: &[String]| set.iter().any(|q| q == link.question.as_str());
        let mut bad = false;
        if !wanted.is_empty() {
            self.asked += 1;
            let first = links
                .first()
                .is_some_and(|l| named(l, &wanted) || named(l, &may));
            self.first += usize::from(first);
            bad |= !first;
        }
        for question in &wanted {
            let link = links.iter().find(|l| l.question.as_str() == question);
            self.wanted += 1;
            self.found += usize::from(link.is_some());
            self.sure_right +=
                usize::from(link.is_some_and(|l| l.confidence.is_confident()));
            bad |= link.is_none();
        }
        for link in links.iter().filter(|l| l.confidence.is_confident()) {
            if named(link, &may) {
                continue;
            }
            self.sure += 1;
            self.right += usize::from(named(link, &wanted));
            bad |= !named(link, &wanted);
        }
        self.near += not.len();
        let sure = links.iter().filter(|l| l.confidence.is_confident());
        self.misses += sure.filter(|l| named(l, &not)).count();
        bad
    }
}

fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let path: PathBuf = path.into();
    let mut reader = csv::Reader::from_path(&path).unwrap();
    reader.deserialize().map(Result::unwrap).collect()
}

fn known<T>(value: T) -> Reading<T> {
    Reading::Known(Fact {
        value,
        confidence: Ratio::new(0.95),
        span: None,
        rule: RuleId::from("test"),
    })
}

fn facts(kind: &str, title: &str) -> DocumentFacts {
    let ids = [
        ("Peraturan Daerah", "perda"),
        ("Rancangan Peraturan Daerah", "perda"),
        ("Qanun", "perda"),
        ("Peraturan Bupati", "perkada"),
        ("Peraturan Wali Kota", "perkada"),
        ("Peraturan Gubernur", "perkada"),
        ("Instruksi", "inkada"),
        ("Surat Edaran", "se"),
        ("Peraturan Desa", "perdes"),
        ("Keputusan", "kepkada"),
        ("Undang-Undang", "uu"),
        ("Peraturan Pemerintah", "pp"),
        ("Peraturan Presiden", "perpres"),
        ("Peraturan Menteri", "permen"),
    ];
    let id = ids.iter().find(|(name, _)| kind.starts_with(name));
    let mut facts = DocumentFacts::default();
    if let Some((_, id)) = id {
        let label = kind.to_owned();
        facts.kind = known(DocKind {
            id: (*id).into(),
            label,
        });
    }
    if !title.is_empty() {
        facts.title = known(title.to_owned());
    }
    facts
}

fn pages(text: &str) -> Extraction {
    let mut extraction = Extraction::without_pages(MediaType::Pdf);
    for sheet in text.split('\u{c}') {
        let written = sheet.lines().filter(|line| !line.trim().is_empty());
        let lines: Vec<Line> = written.map(Line::plain).collect();
        for lines in lines.chunks(60) {
            let mut page = Page::empty(extraction.pages.len() as u32 + 1, None);
            page.origin = TextOrigin::Layer;
            page.lines = lines.to_vec();
            extraction.pages.push(page);
        }
    }
    extraction
}

fn sample_pages(file: &serde_json::Value) -> Extraction {
    let mut text = file["title"].as_str().unwrap_or_default().to_owned();
    for words in file["contains"].as_array().unwrap() {
        text.push('\n');
        text.push_str(words.as_str().unwrap());
    }
    pages(&text)
}

/// Reads the numbers of the indicators out of a reader's label.
fn wanted(label: &str) -> Vec<u32> {
    if label.starts_with("perlindungan anak umum") {
        return vec![1, 21, 22, 23, 24];
    }
    label
        .split(';')
        .filter_map(|part| part.split_whitespace().next()?.parse().ok())
        .collect()
}
