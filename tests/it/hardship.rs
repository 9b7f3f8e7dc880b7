//! An archive through hard times: its verbs killed at any moment, the disk full, reads that
//! fail. After each round nothing that was acknowledged may be lost, the doctor must be able
//! to open the archive, and no decision may stand twice.
//!
//! A few rounds run with every test. The rest is second tier, minutes:
//! `cargo test --test it hardship -- --ignored --nocapture` prints what happened.

use super::{
    crash::{contents, rows},
    support::{archive, bukti, json_lines, papers, unprotect},
};
use rusqlite::{Connection, types::Value as Cell};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

/// Verbs of a round, by the number drawn.
const VERBS: [&str; 7] = [
    "index", "decide", "keep", "folder", "zip", "verify", "backup",
];

/// Draws numbers that look random and are the same in every run (Knuth's MMIX generator).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        let (factor, term) = (6_364_136_223_846_793_005, 1_442_695_040_888_963_407);
        self.0 = self.0.wrapping_mul(factor).wrapping_add(term);
        (self.0 >> 33) % most.max(1)
    }
}

/// What must never be lost again: it was acknowledged, or is on the disk.
#[derive(Default)]
struct Ledger {
    /// Heads of the log, as printed.
    head: Option<String>,
    /// Documents that the catalog knows, by digest and state.
    contents: BTreeSet<String>,
    /// Copies in the store.
    kept: BTreeSet<String>,
    /// Checks of files, by path: when.
    checks: BTreeMap<String, String>,
    /// Decisions: document and question.
    decided: BTreeSet<(String, String)>,
    /// Packages and backups that a verb said were done.
    packages: BTreeSet<PathBuf>,
    backups: BTreeSet<PathBuf>,
}

/// What happened, to be printed and to be zero.
#[derive(Debug, Default)]
struct Toll {
    rounds: u64,
    /// Rounds in which the verb ended by itself, well; each verb's name with how many.
    done: BTreeMap<&'static str, u64>,
    /// Rounds in which it was hurt.
    hurt: BTreeMap<&'static str, u64>,
    /// Acknowledged facts that were lost.
    lost: Vec<String>,
    /// Archives that doctor could not open, or not repair.
    unopened: Vec<String>,
    /// Decisions that stand twice.
    twice: Vec<String>,
    /// Packages or backups that lie in their place and are not whole.
    broken: Vec<String>,
    /// Files called lost or changed that are neither.
    false_alarms: Vec<String>,
}

impl Toll {
    fn tell(&self, what: &str) {
        println!(
            "{what}: {} rounds; ended well {:?}; hurt {:?}\n  {} acknowledged facts lost, \
             {} archives not opened, {} decisions twice, {} broken packages, {} false alarms",
            self.rounds,
            self.done,
            self.hurt,
            self.lost.len(),
            self.unopened.len(),
            self.twice.len(),
            self.broken.len(),
            self.false_alarms.len(),
        );
        let all = [
            &self.lost,
            &self.unopened,
            &self.twice,
            &self.broken,
            &self.false_alarms,
        ];
        let all: Vec<&String> = all.into_iter().flatten().collect();
        assert!(all.is_empty(), "{all:#?}");
        let hurt: u64 = self.hurt.values().sum();
        assert!(hurt > 0, "nothing was hurt: the test tests nothing");
    }
}

/// An archive and what goes on around it.
struct Ordeal {
    /// Where the archive lies.
    place: PathBuf,
    archive: PathBuf,
    share: PathBuf,
    /// Where packages and backups go.
    out: PathBuf,
    round: u64,
    dice: Dice,
    ledger: Ledger,
    toll: Toll,
    /// A decision that was cut short, to be made again.
    pending: Option<(String, String)>,
}

impl Ordeal {
    /// Makes an archive in `place` and a share beside it, elsewhere.
    fn begin(place: &Path, elsewhere: &Path, seed: u64) -> Self {
        let archive = archive(place);
        let out = place.join("out");
        fs::create_dir_all(&out).unwrap();
        let mut ordeal = Self {
            place: place.to_owned(),
            archive,
            share: papers(elsewhere),
            out,
            round: 0,
            dice: Dice(seed),
            ledger: Ledger::default(),
            toll: Toll::default(),
            pending: None,
        };
        ordeal.run("index");
        ordeal.run("keep");
        ordeal.look();
        ordeal
    }

    fn arguments(&self, verb: &str) -> Vec<String> {
        let text = |path: &Path| path.to_str().unwrap().to_owned();
        let to = |end: &str| text(&self.out.join(format!("{}{end}", self.round)));
        let mut arguments: Vec<String> = match verb {
            "index" => {
                let share = text(&self.share);
                return ["index", "--ocr", "none", "--jobs", "2", &share, "--archive"]
                    .map(str::to_owned)
                    .into_iter()
                    .chain([text(&self.archive)])
                    .collect();
            }
            "decide" => {
                let (document, question) = self.pending.clone().unwrap();
                let by = ["--by".into(), "Sri".into()];
                [
                    vec!["decide".into(), "link".into(), document, question],
                    by.to_vec(),
                ]
                .concat()
            }
            "keep" => vec!["keep".into(), "--all".into()],
            "folder" => vec!["export".into(), "--all".into(), "--to".into(), to("")],
            "zip" => vec!["export".into(), "--all".into(), "--to".into(), to(".zip")],
            "backup" => vec!["backup".into(), to("-backup")],
            verb => vec![verb.into()],
        };
        arguments.extend(["--archive".into(), text(&self.archive)]);
        arguments
    }

    /// Runs a verb undisturbed; it must end well.
    fn run(&self, verb: &str) {
        let run = bukti().args(self.arguments(verb)).output().unwrap();
        let said = String::from_utf8_lossy(&run.stderr).into_owned();
        assert_eq!(run.status.code(), Some(0), "{verb}: {said}");
    }

    /// Brings news, draws a verb, lets `hurt` run it, and looks at what is left.
    fn round(
        &mut self,
        mut hurt: impl FnMut(&mut Dice, &str, &mut Command) -> Option<i32>,
    ) {
        self.round += 1;
        let text = format!(
            "PEMERINTAH KABUPATEN CONTOH\nUNDANGAN\nNomor : 005/{}/2024\nPerihal : Rapat\n",
            self.round
        );
        fs::write(self.share.join(format!("baru {}.txt", self.round)), text).unwrap();
        let verb = VERBS[usize::try_from(self.dice.below(7)).unwrap()];
        if verb == "decide" && self.pending.is_none() {
            self.pending = self.draw_tie();
        }
        let mut command = Command::new(env!("CARGO_BIN_EXE_bukti"));
        command
            .args(self.arguments(verb))
            .env("BUKTI_LANG", "en")
            .env_remove("BUKTI_ARCHIVE")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let code = hurt(&mut self.dice, verb, &mut command);
        self.toll.rounds += 1;
        let is_well = matches!(code, Some(0));
        let counts = match is_well {
            true => &mut self.toll.done,
            false => &mut self.toll.hurt,
        };
        *counts.entry(verb).or_default() += 1;
        if verb == "verify" && code == Some(1) {
            let round = self.round;
            self.toll.false_alarms.push(format!("round {round}"));
        }
        if is_well {
            self.acknowledge(verb);
        }
        self.check(verb);
    }

    /// Notes what a verb that ended well has promised.
    fn acknowledge(&mut self, verb: &str) {
        let to = |end: &str| self.out.join(format!("{}{end}", self.round));
        match verb {
            "decide" => {
                let tie = self.pending.take().unwrap();
                self.ledger.decided.insert(tie);
            }
            "folder" => drop(self.ledger.packages.insert(to(""))),
            "zip" => drop(self.ledger.packages.insert(to(".zip"))),
            "backup" => drop(self.ledger.backups.insert(to("-backup"))),
            _ => {}
        }
    }

    /// Draws a tie that nobody has decided.
    fn draw_tie(&mut self) -> Option<(String, String)> {
        let questions = ["KLA24-01-Q1", "KLA24-02-Q1", "KLA24-17-Q2", "KLA24-17-Q4"];
        let documents: Vec<String> = self.ledger.contents.iter().cloned().collect();
        loop {
            let at = self.dice.below(documents.len() as u64);
            let document = documents[usize::try_from(at).unwrap()].clone();
            let at = self.dice.below(questions.len() as u64);
            let question = questions[usize::try_from(at).unwrap()].to_owned();
            if !self
                .ledger
                .decided
                .contains(&(document.clone(), question.clone()))
            {
                return Some((document, question));
            }
        }
    }

    /// Looks whether the archive stands as it must, then takes the ledger anew.
    fn check(&mut self, verb: &str) {
        let what = format!("round {}, {verb}", self.round);
        for repair in [&["doctor", "--json"][..], &["doctor", "--repair", "--json"]] {
            let run = bukti()
                .args(repair)
                .arg("--archive")
                .arg(&self.archive)
                .output()
                .unwrap();
            let code = run.status.code();
            let is_repair = repair.len() == 3;
            if code != Some(0) && (is_repair || code != Some(1)) {
                let said = String::from_utf8_lossy(&run.stdout).into_owned();
                self.toll.unopened.push(format!("{what}: {code:?} {said}"));
            }
            if !is_repair {
                let said = json_lines(&run.stdout).remove(0);
                if said["damaged"] != Value::Array(Vec::new()) {
                    self.toll.lost.push(format!("{what}: {}", said["damaged"]));
                }
            }
        }
        let before = std::mem::take(&mut self.ledger);
        self.look();
        if let Some(head) = &before.head {
            let run = bukti()
                .args(["log", "verify", "--head", head, "--archive"])
                .arg(&self.archive)
                .output()
                .unwrap();
            if !run.status.success() {
                self.toll.lost.push(format!("{what}: the log lost {head}"));
            }
        }
        let gone = |before: &BTreeSet<String>, now: &BTreeSet<String>| -> Vec<String> {
            before
                .difference(now)
                .map(|x| format!("{what}: {x}"))
                .collect()
        };
        let lost = gone(&before.contents, &self.ledger.contents);
        self.toll.lost.extend(lost);
        let lost = gone(&before.kept, &self.ledger.kept);
        self.toll.lost.extend(lost);
        for (path, when) in &before.checks {
            if self.ledger.checks.get(path).is_none_or(|now| now < when) {
                self.toll.lost.push(format!("{what}: check of {path}"));
            }
        }
        self.count_decisions(&before.decided, &what);
        self.ledger.decided.extend(before.decided);
        self.look_outside(&before.packages, &before.backups, &what);
    }

    /// Every decision that was acknowledged stands, and none stands twice.
    fn count_decisions(&mut self, acknowledged: &BTreeSet<(String, String)>, what: &str) {
        let run = bukti()
            .args(["decide", "list", "--json", "--archive"])
            .arg(&self.archive)
            .output()
            .unwrap();
        let mut stands: BTreeMap<(String, String), u64> = BTreeMap::new();
        for act in json_lines(&run.stdout) {
            for decision in act["decisions"].as_array().unwrap() {
                let text = |name: &str| decision[name].as_str().unwrap().to_owned();
                let tie = (text("document"), text("question"));
                *stands.entry(tie).or_default() += 1;
            }
        }
        for (tie, count) in &stands {
            if *count > 1 {
                self.toll.twice.push(format!("{what}: {tie:?}"));
            }
        }
        for tie in acknowledged {
            if !stands.contains_key(tie) {
                self.toll.lost.push(format!("{what}: {tie:?}"));
            }
        }
    }

    /// What lies in its place is whole; what was said to be there is.
    fn look_outside(
        &mut self,
        packages: &BTreeSet<PathBuf>,
        backups: &BTreeSet<PathBuf>,
        what: &str,
    ) {
        for place in packages.iter().chain(backups) {
            if !place.exists() {
                self.toll.lost.push(format!("{what}: {}", place.display()));
            }
        }
        for entry in fs::read_dir(&self.out).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            if name.starts_with('.') {
                continue;
            }
            let arguments: &[&str] = match name.ends_with("-backup") {
                true => &["doctor", "--repair", "--archive"],
                false => &["bag", "validate"],
            };
            let run = bukti().args(arguments).arg(&path).output().unwrap();
            if !run.status.success() {
                let said = String::from_utf8_lossy(&run.stdout).into_owned();
                self.toll.broken.push(format!("{what}: {name} {said}"));
            }
            // Looked at once; the disk may be small.
            unprotect(&path);
            match path.is_dir() {
                true => fs::remove_dir_all(&path).unwrap(),
                false => fs::remove_file(&path).unwrap(),
            }
        }
    }

    /// Reads what is on the disk now.
    fn look(&mut self) {
        let head = bukti()
            .args(["log", "head", "--json", "--archive"])
            .arg(&self.archive)
            .output()
            .unwrap();
        let head = json_lines(&head.stdout).remove(0);
        let catalog = Connection::open(self.archive.join("bukti.sqlite")).unwrap();
        let text = |cell: &Cell| match cell {
            Cell::Text(text) => text.clone(),
            other => panic!("{other:?}"),
        };
        let all = |sql: &str| rows(&catalog, sql).into_iter();
        let contents = "SELECT lower(hex(digest)) FROM content WHERE state = 'indexed'";
        let checks = "SELECT path, checked FROM fixity";
        self.ledger = Ledger {
            head: head["head"].as_str().map(str::to_owned),
            contents: all(contents).map(|row| text(&row[0])).collect(),
            kept: kept(&self.archive),
            checks: all(checks)
                .map(|row| (text(&row[0]), text(&row[1])))
                .collect(),
            ..std::mem::take(&mut self.ledger)
        };
        assert!(self.ledger.head.is_some(), "{head}");
    }

    /// Runs every verb once more, undisturbed: the archive ends as one that had no hard times.
    fn end(mut self, what: &str) {
        // A reader that could not read a file said so; that is asked again.
        let again = bukti()
            .args(self.arguments("index"))
            .arg("--retry-failed")
            .output();
        assert!(again.unwrap().status.success());
        // A decision that was cut short is made again; if it stood already, it stands once.
        self.pending = self.pending.take().or_else(|| self.draw_tie());
        for verb in ["decide", "keep", "verify", "folder"] {
            self.round += 1;
            self.run(verb);
        }
        self.acknowledge("decide");
        let hidden = fs::read_dir(&self.out)
            .unwrap()
            .map(|e| e.unwrap().file_name());
        let hidden = hidden.filter(|name| name.to_str().unwrap().starts_with('.'));
        let hidden: Vec<_> = hidden.collect();
        assert!(hidden.is_empty(), "left behind: {hidden:?}");
        self.check("the end");
        let calm = self.place.join("calm");
        fs::create_dir(&calm).unwrap();
        let calm = archive(&calm);
        let archive = std::mem::replace(&mut self.archive, calm);
        self.run("index");
        assert_eq!(contents(&archive), contents(&self.archive), "{what}");
        assert_eq!(kept(&archive), self.ledger.contents, "all are kept");
        self.toll.tell(what);
    }
}

/// Names the copies in an archive's store.
fn kept(archive: &Path) -> BTreeSet<String> {
    let Ok(folders) = fs::read_dir(archive.join("kept")) else {
        return BTreeSet::new();
    };
    let files = folders.flat_map(|folder| fs::read_dir(folder.unwrap().path()).unwrap());
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    names.filter(|name| !name.starts_with('.')).collect()
}

/// Starts a verb and kills it after some part of the time it took when it last ran to its end;
/// gives its code where it ended before.
fn killed(
    command: &mut Command,
    verb: &str,
    dice: &mut Dice,
    took: &mut BTreeMap<String, Duration>,
) -> Option<i32> {
    let usual = took.entry(verb.to_owned());
    let usual = usual.or_insert(Duration::from_millis(400));
    let most = u64::try_from(usual.as_micros()).unwrap() * 11 / 10;
    let moment = Duration::from_micros(dice.below(most));
    let start = Instant::now();
    let mut run = command.spawn().unwrap();
    loop {
        if let Some(status) = run.try_wait().unwrap() {
            *usual = start.elapsed();
            return status.code();
        }
        if start.elapsed() >= moment {
            // SIGKILL on Unix: the process has no chance to tidy up.
            run.kill().unwrap();
            *usual = *usual * 21 / 20;
            let code = run.wait().unwrap().code();
            // Windows has no signals: 1 is what was killed here.
            return code.filter(|code| cfg!(unix) || *code != 1);
        }
        sleep(Duration::from_micros(200));
    }
}

fn kills(rounds: u64, seed: u64) {
    let folder = tempfile::tempdir().unwrap();
    let mut ordeal = Ordeal::begin(folder.path(), folder.path(), seed);
    let mut took = BTreeMap::new();
    for _ in 0..rounds {
        ordeal.round(|dice, verb, command| killed(command, verb, dice, &mut took));
    }
    ordeal.end("killed");
}

#[test]
fn verbs_killed_at_any_moment_leave_a_whole_archive() {
    kills(14, 7);
}

#[test]
#[ignore = "second tier: takes minutes"]
fn hardship_three_hundred_kills() {
    kills(300, 20_261_122);
}

/// A small disk of its own, mounted for a test.
#[cfg(target_os = "linux")]
struct SmallDisk(tempfile::TempDir);

#[cfg(target_os = "linux")]
impl SmallDisk {
    /// Mounts one; `None` where this user may not.
    fn mount(size: &str) -> Option<Self> {
        let place = tempfile::tempdir().unwrap();
        let size = format!("size={size}");
        let run = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &size, "tmpfs"])
            .arg(place.path())
            .stderr(Stdio::null())
            .status();
        run.is_ok_and(|status| status.success())
            .then(|| Self(place))
    }
}

#[cfg(target_os = "linux")]
impl Drop for SmallDisk {
    fn drop(&mut self) {
        Command::new("umount")
            .arg("-l")
            .arg(self.0.path())
            .status()
            .ok();
    }
}

/// The disk fills up before a verb runs, but for some bytes, and is freed after it.
#[cfg(target_os = "linux")]
#[test]
#[ignore = "second tier: takes minutes, and wants to mount a small disk"]
fn hardship_on_a_full_disk() {
    use std::io::Write;
    let Some(disk) = SmallDisk::mount("48m") else {
        println!("SKIPPED: this user may not mount a small disk (tmpfs)");
        return;
    };
    let elsewhere = tempfile::tempdir().unwrap();
    let mut ordeal = Ordeal::begin(disk.0.path(), elsewhere.path(), 11);
    let filler = disk.0.path().join("fill");
    for _ in 0..100 {
        ordeal.round(|dice, _, command| {
            let mut filling = fs::File::create(&filler).unwrap();
            while filling.write_all(&[0; 4096]).is_ok() {}
            let len = filling.metadata().unwrap().len();
            // From nothing at all to what most verbs need.
            let most = 1 << dice.below(10);
            let spare = 4096 * dice.below(most);
            filling.set_len(len.saturating_sub(spare)).unwrap();
            let code = command.status().unwrap().code();
            // Not only removed: a process just being started may hold it open for a moment.
            filling.set_len(0).unwrap();
            fs::remove_file(&filler).unwrap();
            code
        });
    }
    ordeal.end("full disk");
}

/// Makes every so-manieth `read` of files whose path holds a word fail with EIO.
#[cfg(target_os = "linux")]
const SHIM: &str = r#"
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>
static int fails(int fd) {
    static unsigned count;
    const char *word = getenv("SHIM_WORD"), *every = getenv("SHIM_EVERY");
    if (!word || !every) return 0;
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t len = readlink(link, path, sizeof path - 1);
    if (len < 0) return 0;
    path[len] = 0;
    if (!strstr(path, word)) return 0;
    return __atomic_add_fetch(&count, 1, __ATOMIC_RELAXED) % (unsigned)atoi(every) == 0;
}
ssize_t read(int fd, void *to, size_t most) {
    static ssize_t (*real)(int, void *, size_t);
    if (fails(fd)) { errno = EIO; return -1; }
    if (!real) real = dlsym(RTLD_NEXT, "read");
    return real(fd, to, most);
}
ssize_t pread64(int fd, void *to, size_t most, off_t at) {
    static ssize_t (*real)(int, void *, size_t, off_t);
    if (fails(fd)) { errno = EIO; return -1; }
    if (!real) real = dlsym(RTLD_NEXT, "pread64");
    return real(fd, to, most, at);
}
ssize_t pread(int fd, void *to, size_t most, off_t at) { return pread64(fd, to, most, at); }
"#;

/// Builds the shim; `None` where there is no C compiler.
#[cfg(target_os = "linux")]
fn shim(folder: &Path) -> Option<PathBuf> {
    let source = folder.join("shim.c");
    fs::write(&source, SHIM).unwrap();
    let shim = folder.join("shim.so");
    let run = Command::new("cc")
        .args(["-shared", "-fPIC", "-O1", "-o"])
        .args([&shim, &source])
        .arg("-ldl")
        .status();
    run.is_ok_and(|status| status.success()).then_some(shim)
}

/// Files of the share, copies, the catalog: each of them is unreadable for once.
#[cfg(target_os = "linux")]
#[test]
#[ignore = "second tier: takes minutes, and wants a C compiler"]
fn hardship_with_reads_that_fail() {
    let folder = tempfile::tempdir().unwrap();
    let Some(shim) = shim(folder.path()) else {
        println!("SKIPPED: no C compiler (cc) here to build what makes reads fail");
        return;
    };
    let words = [
        "/papers/",
        "/kept/",
        "/out/",
        "bukti.sqlite",
        "/index/",
        "/archive/",
    ];
    let mut ordeal = Ordeal::begin(folder.path(), folder.path(), 13);
    for _ in 0..100 {
        ordeal.round(|dice, _, command| {
            let word = words[usize::try_from(dice.below(6)).unwrap()];
            let most = 1 << dice.below(8);
            let every = 1 + dice.below(most);
            command
                .env("LD_PRELOAD", &shim)
                .env("SHIM_WORD", word)
                .env("SHIM_EVERY", every.to_string());
            command.status().unwrap().code()
        });
    }
    ordeal.end("failing reads");
}
