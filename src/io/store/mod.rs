//! The catalog: one `SQLite` file that remembers every path ever seen, every content read, its
//! pages, facts and links. Apart from the search index, which can be rebuilt from it.

pub(crate) mod row;
mod anchors;
mod catalog;
mod derived;
mod paths;
mod activity;
mod decide;
mod entered;
mod near_duplicates;
mod log;
mod places;
mod read;
mod write;

pub use self::catalog::health::Orphans;
pub use self::paths::fixity::DueRow;
pub use self::paths::forget::{Forgettable, Forgotten};
pub use self::paths::meet::{Recorded, RecordedRow};
pub use self::paths::work::{KnownRow, RemarkedRow, WaitingRow};
pub use activity::{ActivityRow, Member};
pub use anchors::AnchorRow;
pub use catalog::Access;
pub use decide::{DecisionRow, Entry, undone};
pub use derived::effective::LinkTable;
pub use derived::judged::Moment;
pub use log::StampRow;
pub use near_duplicates::{PairKey, PhotoKey, Uncompared};
pub use read::{ContentRow, DocumentRow, LocationRow};
pub use write::{ContentRecord, LocationRecord};

use self::catalog::{APPLICATION_ID, MIGRATIONS};
pub use self::catalog::{Catalog, StoreError};

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::Connection;

    use crate::model::FileState;
    use std::path::MAIN_SEPARATOR_STR;

    #[test]
    fn a_catalog_opens_again_and_foreign_files_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("catalog.sqlite");
        assert!(matches!(
            Catalog::open(&path),
            Err(StoreError::Absent { .. })
        ));
        drop(Catalog::create(&path).unwrap());
        drop(Catalog::open(&path).unwrap());

        let text = folder.path().join("text");
        std::fs::write(
            &text,
            "not a database, but long enough to look at it".repeat(20),
        )
        .unwrap();
        assert!(matches!(
            Catalog::open(&text),
            Err(StoreError::Foreign { .. })
        ));

        let other = folder.path().join("other.sqlite");
        Connection::open(&other)
            .unwrap()
            .pragma_update(None, "user_version", 1)
            .unwrap();
        assert!(matches!(
            Catalog::open(&other),
            Err(StoreError::Foreign { .. })
        ));

        Connection::open(&path)
            .unwrap()
            .pragma_update(None, "user_version", 99)
            .unwrap();
        assert!(matches!(
            Catalog::open(&path),
            Err(StoreError::Newer { found: 99, .. })
        ));
    }

    #[test]
    fn an_older_catalog_is_brought_up_to_date() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("catalog.sqlite");
        let old = Connection::open(&path).unwrap();
        for sql in MIGRATIONS.iter().take(2) {
            old.execute_batch(sql).unwrap();
        }
        old.execute_batch(
            "INSERT INTO content (digest, len, media_type, state, page_count, unclear,
                notes, metadata, facts, reader, members)
             VALUES (x'00', 1, 'zip', 'unpacked', 0, '[]', '[]', '{}', '{}', 'r', 4);
             INSERT INTO location VALUES ('/a', 1, 5, x'00', NULL, '[]', 1),
                ('/b', 1, 5, NULL, 'unreadable', '[]', 1);
             INSERT INTO page VALUES (x'00', 2, x'02'), (x'00', 1, x'01');",
        )
        .unwrap();
        old.pragma_update(None, "application_id", APPLICATION_ID)
            .unwrap();
        old.pragma_update(None, "user_version", 2).unwrap();
        drop(old);
        let catalog = Catalog::open(&path).unwrap();
        let sums = catalog.sums().unwrap();
        let expected = [FileState::Unpacked, FileState::Unreadable];
        assert_eq!(sums, expected.map(|state| (state, 1)).into());
        let pages = "SELECT group_concat(number || hex(body), ' ') FROM page";
        let pages: String = catalog
            .connection
            .query_row(pages, [], |row| row.get(0))
            .unwrap();
        assert_eq!(pages, "101 202");
        let root = MAIN_SEPARATOR_STR;
        let mut recorded = catalog.recorded(root, "r");
        if root == "/" {
            let row = recorded.recorded_at("/a").unwrap().unwrap();
            assert_eq!((row.is_read, row.members, row.mtime_ns), (true, 4, 5));
            assert!(!recorded.recorded_at("/b").unwrap().unwrap().is_read);
        }
    }
}
