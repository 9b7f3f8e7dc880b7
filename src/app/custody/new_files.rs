//! Files that nobody has taken in yet, as the places where lost ones may have gone.

use super::unreachable::RootState;
use crate::io::files::{path, source};
use crate::io::store::DueRow;
use crate::model::Digest;
use std::collections::{BTreeMap, BTreeSet};

/// The new files, among which lost ones are looked for: by length first, then by digest, each read
/// once.
pub(super) struct NewFiles<'a> {
    by_len: BTreeMap<u64, Vec<&'a str>>,
    digests: BTreeMap<&'a str, Option<Digest>>,
    taken: BTreeSet<String>,
}

impl<'a> NewFiles<'a> {
    /// Takes the files that were met below these folders and that nobody has taken in.
    pub(super) fn new(roots: &'a [RootState]) -> Self {
        let mut by_len: BTreeMap<u64, Vec<&str>> = BTreeMap::new();
        for (path, len) in roots.iter().flat_map(|root| &root.new) {
            by_len.entry(*len).or_default().push(path);
        }
        Self {
            by_len,
            digests: BTreeMap::new(),
            taken: BTreeSet::new(),
        }
    }

    /// Returns where the bytes of a lost file lie now; no new file is found twice.
    pub(super) fn find(&mut self, row: &DueRow) -> Option<String> {
        for path in self.by_len.get(&row.len)? {
            let digest = *self.digests.entry(path).or_insert_with(|| {
                let read = source::digest(&path::from_text(path), || false);
                read.ok().flatten().map(|(digest, _)| digest)
            });
            if digest == Some(row.digest) && self.taken.insert((*path).to_owned()) {
                return Some((*path).to_owned());
            }
        }
        None
    }

    /// Tells whether a lost file was found at a path.
    pub(super) fn has_taken(&self, path: &str) -> bool {
        self.taken.contains(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::custody::verify::tests::due;

    #[test]
    fn a_lost_file_is_found_once_among_the_new_ones() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let file = folder.path().join(name);
            std::fs::write(&file, text).unwrap();
            (path::to_text(&file), text.len() as u64)
        };
        let root = RootState::met_with(vec![write("a", "same"), write("b", "diff")]);
        let roots = [root];
        let mut new_files = NewFiles::new(&roots);
        assert_eq!(new_files.find(&due("x", 5)), None, "another length");
        assert_eq!(
            new_files.find(&due("x", 4)).as_ref(),
            Some(&roots[0].new[0].0)
        );
        assert_eq!(new_files.find(&due("y", 4)), None, "taken by the first");
    }
}
