//! What a file that was read, or was not, comes to.

use super::*;

fn below_root(names: &[&str]) -> String {
    let name = |text: String, name: &&str| text + std::path::MAIN_SEPARATOR_STR + name;
    names.iter().fold(String::new(), name)
}

fn run() -> Run<'static> {
    Run {
        now: "2025-01-01T00:00:00Z".to_owned(),
        roots: &[],
        sums: BTreeMap::new(),
        findings: Vec::new(),
        open: Vec::new(),
        unreachable: BTreeMap::from([(below_root(&["share"]), 0)]),
        checked_count: 0,
    }
}

pub(in crate::app::custody) fn due(path: &str, len: u64) -> DueRow {
    DueRow {
        path: path.to_owned(),
        digest: crate::fixity::hash(b"same"),
        len,
        checked: None,
    }
}

#[test]
fn what_was_read_is_judged_and_what_was_not_waits() {
    use crate::model::{FileState, Note};
    let trouble = |code| Trouble {
        state: FileState::Unreadable,
        note: Note::file(code),
    };
    let mut run = run();
    let same = run.judge_read(due("a", 4), Ok(crate::fixity::hash(b"same")));
    let changed = run.judge_read(due("b", 4), Ok(crate::fixity::hash(b"other")));
    let status = |check: Option<FixityCheck>| check.map(|check| check.status);
    assert_eq!(status(same), Some(FixityStatus::Same));
    assert_eq!(status(changed), Some(FixityStatus::Changed));
    for code in [NoteCode::Vanished, NoteCode::NoPermission] {
        assert!(run.judge_read(due("c", 4), Err(trouble(code))).is_none());
    }
    let waiting: Vec<_> = run.open.iter().map(|(_, status, _)| *status).collect();
    assert_eq!(waiting, [FixityStatus::Missing, FixityStatus::Unreadable]);
}

#[test]
fn files_that_went_with_a_folder_count_to_it() {
    let mut run = run();
    for path in [&["share", "a.pdf"][..], &["share2", "a.pdf"], &["b.pdf"]] {
        run.count_unreachable(&below_root(path));
    }
    assert_eq!(run.unreachable.values().sum::<u64>(), 1);
}

#[test]
fn the_sums_tell_how_a_check_ends() {
    let verified = |status| Verified {
        time: String::new(),
        sums: BTreeMap::from([(status, 1)]),
        findings: Vec::new(),
        questions_without_evidence: Vec::new(),
        left: 0,
        undigested: 0,
        unreachable: BTreeMap::new(),
    };
    let cases = [
        (FixityStatus::Same, (false, false)),
        (FixityStatus::Moved, (false, false)),
        (FixityStatus::New, (false, false)),
        (FixityStatus::Changed, (true, false)),
        (FixityStatus::Missing, (true, false)),
        (FixityStatus::Unreadable, (false, true)),
        (FixityStatus::Unreachable, (false, true)),
    ];
    for (status, expected) in cases {
        let verified = verified(status);
        let told = (verified.has_loss(), verified.is_in_part());
        assert_eq!(told, expected, "{status:?}");
    }
}
