//! Which paths one walk met: the other half of "never loses a file". Kept in a temporary
//! table, so that a share of any size costs no memory.

use super::{
    Catalog, StoreError,
    read::{LOCATION, location_of},
};
use crate::model::{FileState, INSIDE};
use std::{collections::BTreeMap, path::MAIN_SEPARATOR};

impl Catalog {
    /// Begins a walk: nothing met yet.
    ///
    /// # Errors
    /// When `SQLite` refuses.
    pub fn begin_meeting(&self) -> Result<(), StoreError> {
        let sql = "CREATE TEMP TABLE IF NOT EXISTS met (path TEXT PRIMARY KEY)
                   STRICT, WITHOUT ROWID;
                   DELETE FROM met;";
        Ok(self.connection.execute_batch(sql)?)
    }

    /// Remembers that a path was met.
    ///
    /// # Errors
    /// When `SQLite` refuses.
    pub fn meet(&self, path: &str) -> Result<(), StoreError> {
        let sql = "INSERT OR IGNORE INTO met (path) VALUES (?1)";
        self.connection.prepare_cached(sql)?.execute([path])?;
        Ok(())
    }

    /// Returns the paths below `roots` that were there before and were not met now; those
    /// below `spared` are not counted, because nobody could look there.
    ///
    /// # Errors
    /// When `SQLite` refuses.
    pub fn not_met(
        &self,
        roots: &[String],
        spared: &[String],
    ) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT path FROM location WHERE present = 1
                   AND path NOT IN (SELECT path FROM met) ORDER BY path";
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        let mut gone = Vec::new();
        while let Some(row) = rows.next()? {
            let path: String = row.get(0)?;
            let below = |folders: &[String]| folders.iter().any(|f| is_below(&path, f));
            if below(roots) && !below(spared) {
                gone.push(path);
            }
        }
        Ok(gone)
    }

    /// Returns how many of the paths met are in which state.
    ///
    /// # Errors
    /// When `SQLite` refuses, or a path was met and never recorded.
    pub fn sums_of_met(&self) -> Result<BTreeMap<FileState, u64>, StoreError> {
        let mut sums = BTreeMap::new();
        let sql = format!("{LOCATION} JOIN met ON met.path = l.path");
        let mut statement = self.connection.prepare(&sql)?;
        let mut rows = statement.query([])?;
        let mut recorded: u64 = 0;
        while let Some(row) = rows.next()? {
            *sums.entry(location_of(row)?.state).or_default() += 1;
            recorded += 1;
        }
        let met: i64 =
            self.connection
                .query_row("SELECT count(*) FROM met", [], |row| row.get(0))?;
        match u64::try_from(met) {
            Ok(met) if met == recorded => Ok(sums),
            _ => Err(StoreError::Lost { met, recorded }),
        }
    }
}

/// Tells whether a path is `folder` or lies in it.
fn is_below(path: &str, folder: &str) -> bool {
    let rest = path.strip_prefix(folder);
    rest.is_some_and(|rest| {
        rest.is_empty()
            || rest.starts_with(MAIN_SEPARATOR)
            || rest.starts_with(INSIDE)
            || folder.ends_with(MAIN_SEPARATOR)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::store::LocationRecord;

    fn catalog(paths: &[&str]) -> Catalog {
        let mut catalog = Catalog::in_memory().unwrap();
        let location = |path: &&str| LocationRecord {
            path: path.replace('/', std::path::MAIN_SEPARATOR_STR),
            len: 0,
            mtime_ns: 0,
            digest: None,
            state: Some(FileState::Ignored),
            notes: Vec::new(),
        };
        let locations: Vec<LocationRecord> = paths.iter().map(location).collect();
        catalog.put("test", &[], &locations).unwrap();
        catalog.begin_meeting().unwrap();
        catalog
    }

    fn native(path: &str) -> String {
        path.replace('/', std::path::MAIN_SEPARATOR_STR)
    }

    #[test]
    fn what_was_not_met_is_gone_but_not_where_nobody_could_look() {
        let catalog = catalog(&["/s/a", "/s/b/c", "/s/b2/c", "/t/d"]);
        catalog.meet(&native("/s/a")).unwrap();
        let roots = [native("/s")];
        let gone = catalog.not_met(&roots, &[]).unwrap();
        assert_eq!(gone, [native("/s/b/c"), native("/s/b2/c")]);
        let gone = catalog.not_met(&roots, &[native("/s/b")]).unwrap();
        assert_eq!(gone, [native("/s/b2/c")]);
        assert!(catalog.not_met(&roots, &roots).unwrap().is_empty());
    }

    #[test]
    fn a_path_met_but_not_recorded_is_noticed() {
        let catalog = catalog(&["/s/a"]);
        catalog.meet(&native("/s/a")).unwrap();
        let sums = catalog.sums_of_met().unwrap();
        assert_eq!(sums, BTreeMap::from([(FileState::Ignored, 1)]));
        catalog.meet("/s/lost").unwrap();
        assert!(matches!(
            catalog.sums_of_met(),
            Err(StoreError::Lost {
                met: 2,
                recorded: 1
            })
        ));
    }
}
