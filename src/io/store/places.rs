//! The districts and villages of the region.

use super::{Catalog, StoreError};
use crate::model::Locality;
use rusqlite::params;

impl Catalog {
    /// Replaces the list of places.
    ///
    /// # Errors
    /// When the catalog cannot be written: then the old list holds.
    pub fn put_places(&mut self, places: &[Locality]) -> Result<(), StoreError> {
        let transaction = self.begin()?;
        transaction.execute("DELETE FROM place", [])?;
        for place in places {
            let sql =
                "INSERT OR IGNORE INTO place (level, name, within) VALUES (?1, ?2, ?3)";
            transaction.prepare_cached(sql)?.execute(params![
                place.level.as_str(),
                place.name,
                place.within.as_deref().unwrap_or_default(),
            ])?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// Returns the places, in order of level, district and name.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn places(&self) -> Result<Vec<Locality>, StoreError> {
        let sql = "SELECT level, name, within FROM place ORDER BY level, within, name";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([], |row| {
            let (level, within): (String, String) =
                (row.get("level")?, row.get("within")?);
            Ok(Locality {
                level: level.as_str().into(),
                name: row.get("name")?,
                within: Some(within).filter(|within| !within.is_empty()),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
