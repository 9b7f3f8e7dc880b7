//! Removes places from the catalog: a share that has another path now, a folder indexed by mistake.
//! Decisions stay, since they are about contents; the log keeps what lay there.

use super::searchable;
use super::workspace::Workspace;
use crate::app::error::{Error, ErrorKind};
use crate::app::evidence::activities;
use crate::app::evidence::effective_links::EffectiveLinks;
use crate::app::progress::Progress;
use crate::io::clock;
use crate::io::files::path;
use crate::io::store::Forgotten;
use crate::model::Lang;
use std::path::{Component, Path, PathBuf};

/// What is removed, or would be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The places, as the catalog writes them.
    pub places: Vec<String>,
    /// Paths at and below them.
    pub paths: u64,
    /// Documents that lie elsewhere, too, and stay evidence.
    pub elsewhere: u64,
    /// Documents that lie nowhere else, and are evidence no more until they are met again.
    pub lone: u64,
    /// How many of those people decided about.
    pub decided: u64,
    /// Those of the places where there is something still: the next `index` takes it in again.
    pub there: Vec<String>,
}

/// Returns what would be removed.
///
/// # Errors
/// When nothing that was indexed lies there: the folders that were are named.
pub fn plan(workspace: &Workspace, places: &[PathBuf]) -> Result<Plan, Error> {
    let here = std::env::current_dir().unwrap_or_default();
    let mut named = Vec::new();
    for place in places {
        named.push(known_path(workspace, place, &here)?);
    }
    let found = workspace.catalog.forgettable(&named)?;
    let effective = EffectiveLinks::load(workspace)?;
    let decided = found
        .lone
        .iter()
        .filter(|d| !effective.decisions_on(d).is_empty());
    let there = named.iter().filter(|name| path::from_text(name).exists());
    Ok(Plan {
        paths: found.paths,
        elsewhere: found.elsewhere,
        lone: found.lone.len() as u64,
        decided: decided.count() as u64,
        there: there.cloned().collect(),
        places: named,
    })
}

/// Removes the places of a plan from paths, counts and search.
///
/// # Errors
/// When the archive is in use or cannot be written.
pub fn forget(
    workspace: &mut Workspace,
    plan: &Plan,
    author: Option<&str>,
    progress: &dyn Progress,
) -> Result<(), Error> {
    let _lock = workspace.lock()?;
    let mut writing = workspace.another_catalog()?;
    writing.forgettable(&plan.places)?;
    let by = Forgotten {
        time: &clock::timestamp(),
        author,
    };
    writing.forget(&plan.places, &by)?;
    activities::find(&mut writing)?;
    drop(searchable::put_missing(workspace, progress)?);
    Ok(())
}

/// Returns a place as the catalog knows it. It often no longer exists, so that the system
/// cannot resolve its full name.
fn known_path(workspace: &Workspace, place: &Path, here: &Path) -> Result<String, Error> {
    let roots = workspace.catalog.roots()?;
    let resolved = path::resolved(place).ok();
    let candidates = [
        resolved,
        Some(without_dots(&here.join(place))),
        Some(place.to_owned()),
    ];
    for candidate in candidates.into_iter().flatten() {
        for name in path::spellings(&path::to_text(&candidate)) {
            let found = workspace.catalog.forgettable(std::slice::from_ref(&name))?;
            if found.paths > 0 || roots.contains(&name) {
                return Ok(name);
            }
        }
    }
    Err(nothing_below(&roots, place))
}

/// Returns a path without `.` and `..`, and without a separator at its end.
fn without_dots(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}

fn nothing_below(roots: &[String], place: &Path) -> Error {
    let shown = path::printable(&path::to_text(place));
    let roots: Vec<String> = roots.iter().map(|root| path::printable(root)).collect();
    let roots = roots.join(", ");
    Error::new(
        ErrorKind::NotFound,
        format!("tidak ada yang pernah dibaca di `{shown}`"),
        format!("nothing was ever read at `{shown}`"),
    )
    .hint(
        format!("yang pernah dibaca: {roots}"),
        format!("what was read: {roots}"),
    )
}

/// Returns the error that documents would no longer be evidence, and nobody has confirmed it.
pub fn confirmation_needed(plan: &Plan) -> Error {
    let (lone, decided) = (plan.lone, plan.decided);
    Error::new(
        ErrorKind::Usage,
        format!(
            "{lone} dokumen tidak ada di tempat lain (di antaranya {decided} sudah ditetapkan) dan tidak \
             lagi menjadi bukti bila dilepas"
        ),
        format!(
            "{lone} {} no more when let go; decided about: {decided}",
            Lang::En.noun(
                lone,
                "",
                "document lies nowhere else and is evidence",
                "documents lie nowhere else and are evidence"
            )
        ),
    )
    .hint(
        "bila share-nya pindah, baca dahulu tempat barunya dengan `bukti index`",
        "if the share moved, read its new place with `bukti index` first",
    )
    .hint(
        "bila memang dimaksud, ulangi dengan --yes; keputusannya tetap tersimpan",
        "if it is meant, repeat with --yes; the decisions are kept",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_freed_of_what_says_nothing() {
        let cases = [
            ("/share/./KLA", "/share/KLA"),
            ("/share/KLA/../foto", "/share/foto"),
            ("/share/KLA/", "/share/KLA"),
            ("a/../../b", "b"),
        ];
        for (path, expected) in cases {
            assert_eq!(without_dots(Path::new(path)), Path::new(expected), "{path}");
        }
    }

    #[test]
    fn what_would_be_lost_is_counted_in_words() {
        let plan = |lone, decided| Plan {
            places: Vec::new(),
            paths: lone,
            elsewhere: 0,
            lone,
            decided,
            there: Vec::new(),
        };
        let said = confirmation_needed(&plan(1, 0)).message.en;
        assert!(
            said.starts_with("1 document lies nowhere else and is"),
            "{said}"
        );
        let said = confirmation_needed(&plan(3, 2)).message.en;
        assert!(
            said.starts_with("3 documents lie") && said.ends_with('2'),
            "{said}"
        );
    }
}
