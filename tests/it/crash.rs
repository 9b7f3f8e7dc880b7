//! A run that is killed leaves an archive that the next run completes to the same catalog as
//! an undisturbed run.

use super::support::{archive, bukti, share};
use rusqlite::{Connection, types::Value};
use std::{
    path::Path,
    process::{Command, Stdio},
    thread::sleep,
    time::Duration,
};

/// Returns everything the catalog knows but the times of runs.
fn contents(archive: &Path) -> Vec<Vec<Vec<Value>>> {
    let catalog = Connection::open(archive.join("bukti.sqlite")).unwrap();
    let tables = ["content", "location", "page", "link"];
    tables
        .map(|table| rows(&catalog, &format!("SELECT * FROM {table} ORDER BY 1, 2")))
        .into()
}

fn rows(catalog: &Connection, sql: &str) -> Vec<Vec<Value>> {
    let mut statement = catalog.prepare(sql).unwrap();
    let columns = statement.column_count();
    let read =
        statement.query_map([], |row| (0..columns).map(|at| row.get(at)).collect());
    read.unwrap().map(Result::unwrap).collect()
}

fn index(archive: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bukti"));
    command
        .args(["index", "--ocr", "none", "--jobs", "2", "--archive"])
        .args([archive, &share()])
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

#[test]
fn a_killed_run_is_completed_by_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let calm = archive(&folder.path().join("calm"));
    assert_eq!(index(&calm).status().unwrap().code(), Some(3));
    let expected = contents(&calm);
    assert!(expected.iter().take(3).all(|table| !table.is_empty()));

    let killed = archive(&folder.path().join("killed"));
    for milliseconds in [20, 60, 120, 250, 500] {
        let mut run = index(&killed).spawn().unwrap();
        sleep(Duration::from_millis(milliseconds));
        // SIGKILL on Unix: the process has no chance to tidy up.
        run.kill().unwrap();
        run.wait().unwrap();
    }
    assert_eq!(index(&killed).status().unwrap().code(), Some(3));
    assert_eq!(contents(&killed), expected);
    let search = |archive: &Path| {
        let run = bukti()
            .args(["search", "anak", "--json", "--archive"])
            .arg(archive)
            .output();
        run.unwrap().stdout
    };
    assert_eq!(search(&killed), search(&calm));
}

#[test]
fn a_lost_search_index_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    index(&archive).status().unwrap();
    let search = || {
        let run = bukti()
            .args(["search", "anak", "--json", "--archive"])
            .arg(&archive)
            .output();
        run.unwrap().stdout
    };
    let before = search();
    std::fs::remove_dir_all(archive.join("index")).unwrap();
    index(&archive).status().unwrap();
    assert_eq!(search(), before);
}

#[test]
fn two_runs_do_not_meet() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let lock = std::fs::File::create(archive.join("bukti.lock")).unwrap();
    lock.lock().unwrap();
    assert_eq!(index(&archive).status().unwrap().code(), Some(11));
    drop(lock);
    assert_eq!(index(&archive).status().unwrap().code(), Some(3));
}

#[cfg(unix)]
#[test]
fn an_interrupt_stops_soon_and_blames_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let mut command = Command::new(env!("CARGO_BIN_EXE_bukti"));
    let mut run = command
        .args(["index", "--jobs", "2", "--archive"])
        .args([&archive, &share()])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    sleep(Duration::from_millis(1500));
    let pid = run.id().to_string();
    // To the whole family, as a terminal does it.
    Command::new("pkill")
        .args(["-INT", "-P", &pid])
        .status()
        .ok();
    Command::new("kill").args(["-INT", &pid]).status().unwrap();
    assert_eq!(run.wait().unwrap().code(), Some(130));
    let catalog = Connection::open(archive.join("bukti.sqlite")).unwrap();
    let failed = "SELECT count(*) FROM content WHERE state = 'failed'";
    let failed: i64 = catalog.query_row(failed, [], |row| row.get(0)).unwrap();
    assert_eq!(failed, 0);
}

/// Draws numbers that look random and are the same in every run (Knuth's MMIX generator).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        let (factor, term) = (6_364_136_223_846_793_005, 1_442_695_040_888_963_407);
        self.0 = self.0.wrapping_mul(factor).wrapping_add(term);
        (self.0 >> 33) % most
    }
}

/// Starts a verb on an archive and kills it after so many milliseconds; tells whether it had
/// ended by itself before.
fn killed(archive: &Path, arguments: &[&str], milliseconds: u64) -> bool {
    let mut run = Command::new(env!("CARGO_BIN_EXE_bukti"))
        .args(arguments)
        .arg("--archive")
        .arg(archive)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    sleep(Duration::from_millis(milliseconds));
    run.kill().unwrap();
    run.wait().unwrap().code().is_some()
}

fn succeeds(arguments: &[&str], archive: Option<&Path>) -> bool {
    let mut run = bukti();
    run.args(arguments);
    if let Some(archive) = archive {
        run.arg("--archive").arg(archive);
    }
    run.output().unwrap().status.success()
}

/// Kills verbs of custody at `kills` moments; after each the archive must open, its log must
/// be whole and every result must be whole or not there.
pub fn kill_at_random(kills: u64, seed: u64) {
    let folder = tempfile::tempdir().unwrap();
    let calm = archive(&folder.path().join("calm"));
    assert_eq!(index(&calm).status().unwrap().code(), Some(3));
    let expected = contents(&calm);
    let archive = archive(&folder.path().join("killed"));
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let share = share();
    let share = share.to_str().unwrap();
    let mut dice = Dice(seed);
    let mut records = 0;
    for kill in 0..kills {
        let (bag, zip, copy) = (
            at(&format!("{kill}")),
            at(&format!("{kill}.zip")),
            at(&format!("{kill}.db")),
        );
        let verbs: [&[&str]; 6] = [
            &["index", "--ocr", "none", "--jobs", "2", share],
            &["keep", "--all"],
            &["verify"],
            &["export", "--all", "--to", &bag],
            &["export", "--all", "--to", &zip],
            &["backup", &copy],
        ];
        let verb = verbs[dice.below(6) as usize];
        killed(&archive, verb, dice.below(700));
        assert!(
            succeeds(&["doctor", "--repair"], Some(&archive)),
            "{kill}: {verb:?}"
        );
        let after = count(&archive, "event");
        assert!(
            after >= records,
            "{kill}: {verb:?}: {records} records, then {after}"
        );
        records = after;
        for package in [&bag, &zip] {
            let is_there = Path::new(package).exists();
            assert!(
                !is_there || succeeds(&["bag", "validate", package], None),
                "{kill}"
            );
        }
        if Path::new(&copy).exists() {
            let catalog = Connection::open(&copy).unwrap();
            let said = rows(&catalog, "PRAGMA integrity_check");
            assert_eq!(said, [[Value::Text("ok".into())]], "{kill}");
        }
    }
    assert_eq!(index(&archive).status().unwrap().code(), Some(3));
    assert_eq!(contents(&archive), expected);
    assert!(succeeds(&["keep", "--all"], Some(&archive)));
    assert!(succeeds(&["verify"], Some(&archive)));
    assert!(succeeds(&["log", "verify"], Some(&archive)));
}

fn count(archive: &Path, table: &str) -> i64 {
    let catalog = Connection::open(archive.join("bukti.sqlite")).unwrap();
    let sql = format!("SELECT count(*) FROM {table}");
    catalog.query_row(&sql, [], |row| row.get(0)).unwrap()
}

#[test]
fn verbs_killed_at_any_moment_leave_a_whole_archive() {
    kill_at_random(12, 7);
}

/// The same three hundred times: `cargo test --test it three_hundred -- --ignored`.
#[test]
#[ignore = "takes minutes"]
fn three_hundred_kills_leave_a_whole_archive() {
    kill_at_random(300, 20_261_122);
}

/// A disk that is full: `BUKTI_SMALL_DISK` names a folder on a small one, such as a tmpfs of
/// 4 MiB (`mount -t tmpfs -o size=4m tmpfs FOLDER`).
#[test]
#[ignore = "wants a small disk"]
fn a_full_disk_costs_no_archive() {
    let Some(disk) = std::env::var_os("BUKTI_SMALL_DISK") else {
        println!("SKIPPED: BUKTI_SMALL_DISK names no small disk");
        return;
    };
    let folder = tempfile::tempdir_in(disk).unwrap();
    let archive = archive(folder.path());
    index(&archive).status().unwrap();
    let fill = folder.path().join("fill");
    let mut filling = std::fs::File::create(&fill).unwrap();
    while std::io::Write::write_all(&mut filling, &[0; 4096]).is_ok() {}
    let bag = folder.path().join("paket");
    let copy = folder.path().join("copy.db");
    for verb in [
        &["keep", "--all"][..],
        &["export", "--all", "--to", bag.to_str().unwrap()],
        &["backup", copy.to_str().unwrap()],
    ] {
        assert!(
            !succeeds(verb, Some(&archive)),
            "{verb:?}: the disk is full"
        );
    }
    assert!(!bag.exists() && !copy.exists());
    drop(filling);
    std::fs::remove_file(&fill).unwrap();
    assert!(succeeds(&["doctor", "--repair"], Some(&archive)));
    assert!(succeeds(&["log", "verify"], Some(&archive)));
}
