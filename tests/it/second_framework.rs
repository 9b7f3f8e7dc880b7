//! Another evaluation than the built-in one, from its first archive to its package: nothing that
//! a person gets to see may speak of the built-in one.

use super::support::{bukti, repository};
use regex::Regex;
use std::{
    fs,
    io::{Cursor, Read},
    path::Path,
};

const REGULATION: &str = "BUPATI CONTOH\nPROVINSI CONTOH\n\nPERATURAN BUPATI CONTOH\n\
    NOMOR 12 TAHUN 2024\n\nTENTANG\n\nPENYELENGGARAAN SISTEM PEMERINTAHAN BERBASIS ELEKTRONIK\n\n\
    DENGAN RAHMAT TUHAN YANG MAHA ESA\n\nBUPATI CONTOH,\n\nMenimbang: bahwa SPBE perlu diatur;\n\n\
    MEMUTUSKAN:\n\nMenetapkan: PERATURAN BUPATI TENTANG PENYELENGGARAAN SISTEM PEMERINTAHAN \
    BERBASIS ELEKTRONIK.\n\nDitetapkan di Contoh\npada tanggal 4 Maret 2024\n\nBUPATI CONTOH,\n\n\
    ttd\n\nSRI CONTOH\n\nDiundangkan di Contoh\npada tanggal 4 Maret 2024\n\n\
    BERITA DAERAH KABUPATEN CONTOH TAHUN 2024 NOMOR 12\n";
const REPORT: &str = "LAPORAN\nEVALUASI PUSAT DATA SPBE\nTAHUN 2024\n\n\
    Dinas Komunikasi dan Informatika Kabupaten Contoh\n\nA. Latar belakang\nPusat data dievaluasi.\n";

/// Everything that was printed or written, each with where it was found.
struct Told(Vec<(String, String)>);

impl Told {
    /// Runs a verb in one language and keeps what it printed.
    fn run(&mut self, lang: &str, arguments: &[&str]) {
        let run = bukti()
            .env("BUKTI_LANG", lang)
            .args(arguments)
            .output()
            .unwrap();
        for (name, bytes) in [("stdout", &run.stdout), ("stderr", &run.stderr)] {
            let text = String::from_utf8_lossy(bytes).into_owned();
            self.0.push((format!("{lang} {arguments:?} {name}"), text));
        }
        let code = run.status.code();
        assert!(matches!(code, Some(0 | 1)), "{arguments:?}: {:?}", self.0);
    }

    /// Keeps the text of every file in a folder; that of the parts of those that are packed.
    fn read(&mut self, folder: &Path) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                self.read(&path);
                continue;
            }
            let name = path.display().to_string();
            let bytes = fs::read(&path).unwrap();
            if bytes.starts_with(b"PK") {
                let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
                for at in 0..zip.len() {
                    let mut part = zip.by_index(at).unwrap();
                    let mut text = String::new();
                    part.read_to_string(&mut text).unwrap();
                    self.0
                        .push((format!("{name} {}", part.name().unwrap()), text));
                }
            } else {
                self.0.push((name, String::from_utf8(bytes).unwrap()));
            }
        }
    }

    fn holds(&self, words: &str) -> bool {
        self.0.iter().any(|(_, text)| text.contains(words))
    }
}

/// Takes an archive of the made SPBE evaluation from its making to a package, as a person would.
fn walked() -> Told {
    let folder = tempfile::tempdir().unwrap();
    let (share, out) = (folder.path().join("share"), folder.path().join("out"));
    fs::create_dir_all(&share).unwrap();
    fs::create_dir_all(&out).unwrap();
    fs::write(share.join("Perbup 12 2024.txt"), REGULATION).unwrap();
    fs::write(share.join("Laporan.txt"), REPORT).unwrap();
    let path = |path: &Path| path.to_str().unwrap().to_owned();
    let (share, archive) = (path(&share), path(&folder.path().join("archive")));
    let framework = path(&repository("tests/frameworks/valid/spbe.json"));
    let mut told = Told(Vec::new());
    told.run("id", &["framework", "validate", &framework]);
    let region = ["--region", "Kabupaten Contoh", "--year", "2025"];
    let init = [&["init", &archive, "--framework", &framework], &region[..]].concat();
    told.run("id", &init);
    told.run(
        "id",
        &["index", "--ocr", "none", "--archive", &archive, &share],
    );
    let day = ["--as-of", "2025-06-01", "--archive", &archive];
    for lang in ["id", "en"] {
        let at = |name: &str| path(&out.join(format!("{lang}-{name}")));
        told.run(lang, &[&["check", "--all"], &day[..]].concat());
        for form in ["html", "xlsx", "csv"] {
            let (form, file) = (["--format", form], ["-o", &at(form)]);
            told.run(lang, &[&["check"], &form[..], &file, &day].concat());
        }
        told.run(
            lang,
            &[&["letter", "--to", &at("letter")], &day[..]].concat(),
        );
        told.run(lang, &["search", "elektronik", "--archive", &archive]);
        told.run(lang, &["status", "--archive", &archive]);
    }
    let package = path(&out.join("package"));
    told.run(
        "id",
        &[&["export", "--all", "--to", &package], &day[..]].concat(),
    );
    told.read(&out);
    told
}

#[test]
fn a_second_evaluation_does_not_speak_of_the_first() {
    let told = walked();
    // What stands in its place is there: the test does not pass by empty outputs.
    for words in [
        "CAKUPAN PER DOMAIN DAN ASPEK",
        "Peta cakupan per domain",
        "domain,aspek,kriteria",
        "SEKRETARIAT TIM KOORDINASI SPBE",
        "Coordinator of SPBE,",
        "menurut domain,\naspek, dan kriteria;",
        "by domain, aspect\nand criterion;",
        "Mohon dilengkapi paling lambat",
        "SPBE23-01-Q1",
        "Perbup 12 2024.txt",
    ] {
        assert!(told.holds(words), "nothing says {words:?}");
    }
    let first = Regex::new(r"(?i)\b(kla|anak|klaster)\b").unwrap();
    let spoken: Vec<String> = told
        .0
        .iter()
        .filter_map(|(place, text)| {
            let found = first.find(text)?;
            let line = text[..found.start()]
                .rsplit('\n')
                .next()
                .unwrap_or_default();
            Some(format!("{place}: …{line}{}", found.as_str()))
        })
        .collect();
    assert!(spoken.is_empty(), "{}", spoken.join("\n"));
}
