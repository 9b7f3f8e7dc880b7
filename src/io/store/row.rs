//! Values as rows hold them.
//!
//! A row of several columns is read by their names. Not everywhere: finding a column by its name
//! takes 0.2 µs a value (100,000 rows of 12 columns: 0.40 s, by number 0.19 s), so that what is
//! read once for every document or path of an archive goes by number (`read::content_of`,
//! `read::location_of`, `paths::meet`, `log::record_of`), and so does the one column of a row
//! that has no other.

use super::{Catalog, StoreError};
use crate::model::Digest;
use rusqlite::{Params, Row, RowIndex};
use serde::de::DeserializeOwned;

pub(super) fn json<T: serde::Serialize>(
    value: &T,
    column: &'static str,
) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|_| StoreError::Broken { column })
}

/// Reads JSON; `column` is named where it is broken.
pub(super) fn parse<T: DeserializeOwned>(
    text: &str,
    column: &'static str,
) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Broken { column })
}

pub(super) fn digest_of(bytes: &[u8]) -> Result<Digest, StoreError> {
    let broken = |_| StoreError::Broken { column: "digest" };
    bytes.try_into().map(Digest::new).map_err(broken)
}

/// Values that `SQLite` has no type for.
pub(super) trait Values {
    /// Returns a digest.
    fn digest(&self, at: impl RowIndex) -> Result<Digest, StoreError>;

    /// Returns a whole number that is never negative.
    fn unsigned(&self, at: impl RowIndex) -> Result<u64, StoreError>;

    /// Returns what is kept as JSON; `column` is named where it is broken.
    fn parsed<T: DeserializeOwned>(
        &self,
        at: impl RowIndex,
        column: &'static str,
    ) -> Result<T, StoreError>;
}

impl Values for Row<'_> {
    fn digest(&self, at: impl RowIndex) -> Result<Digest, StoreError> {
        digest_of(self.get_ref(at)?.as_blob().unwrap_or_default())
    }

    fn unsigned(&self, at: impl RowIndex) -> Result<u64, StoreError> {
        Ok(u64::try_from(self.get::<_, i64>(at)?).unwrap_or(0))
    }

    fn parsed<T: DeserializeOwned>(
        &self,
        at: impl RowIndex,
        column: &'static str,
    ) -> Result<T, StoreError> {
        parse(self.get_ref(at)?.as_str().unwrap_or_default(), column)
    }
}

impl Catalog {
    /// Returns what a statement counts.
    pub(super) fn count(
        &self,
        sql: &str,
        parameters: impl Params,
    ) -> Result<u64, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let count: i64 = statement.query_row(parameters, |row| row.get(0))?;
        Ok(u64::try_from(count).unwrap_or(0))
    }
}
