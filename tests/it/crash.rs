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
pub fn contents(archive: &Path) -> Vec<Vec<Vec<Value>>> {
    let catalog = Connection::open(archive.join("bukti.sqlite")).unwrap();
    let tables = ["content", "location", "page", "link"];
    tables
        .map(|table| rows(&catalog, &format!("SELECT * FROM {table} ORDER BY 1, 2")))
        .into()
}

pub fn rows(catalog: &Connection, sql: &str) -> Vec<Vec<Value>> {
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
