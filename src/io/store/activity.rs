//! Which documents speak of one activity: derived, made anew whenever an index run changed
//! something.

use super::row::Values;
use super::{Catalog, StoreError};
use crate::model::Digest;
use rusqlite::params;
use std::collections::BTreeMap;

/// A document of an activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The document.
    pub document: Digest,
    /// Whether it is a photo.
    pub is_photo: bool,
}

/// An activity.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ActivityRow {
    /// Its documents, in order of digest when read.
    pub members: Vec<Member>,
    /// Its earliest day, `YYYY-MM-DD`, where known.
    pub day: Option<String>,
}

impl Catalog {
    /// Replaces the activities.
    ///
    /// # Errors
    /// When the catalog cannot be written.
    pub fn put_activities(
        &mut self,
        activities: &[ActivityRow],
    ) -> Result<(), StoreError> {
        let transaction = self.connection.transaction()?;
        transaction.execute("DELETE FROM activity", [])?;
        {
            let sql = "INSERT OR REPLACE INTO activity (digest, activity, photo, day)
                VALUES (?1, ?2, ?3, ?4)";
            let mut insert = transaction.prepare_cached(sql)?;
            for (number, activity) in (1_i64..).zip(activities) {
                for member in &activity.members {
                    insert.execute(params![
                        member.document.as_bytes().as_slice(),
                        number,
                        member.is_photo,
                        activity.day,
                    ])?;
                }
            }
        }
        transaction.commit()?;
        Ok(())
    }

    /// Returns the activities in the order they were put.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn activities(&self) -> Result<Vec<ActivityRow>, StoreError> {
        let sql = "SELECT activity, digest, photo, day FROM activity
            ORDER BY activity, digest";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        let mut found: BTreeMap<i64, ActivityRow> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let activity = found.entry(row.get("activity")?).or_default();
            activity.day = row.get("day")?;
            activity.members.push(Member {
                document: row.digest("digest")?,
                is_photo: row.get("photo")?,
            });
        }
        Ok(found.into_values().collect())
    }

    /// Returns how many rows this connection has changed.
    pub fn changes(&self) -> u64 {
        self.connection.total_changes()
    }
}
