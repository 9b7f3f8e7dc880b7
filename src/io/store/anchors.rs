//! The certificates that the user trusts.

use super::row::Values;
use super::{Catalog, StoreError, log};
use crate::model::{Anchor, Digest, Event, INSIDE};
use rusqlite::{Transaction, params};

/// A trust anchor of the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnchorRow {
    /// The certificate.
    pub anchor: Anchor,
    /// The SHA-256 of the certificate.
    pub sha256: Digest,
    /// When it was added, RFC 3339, UTC.
    pub added: String,
    /// Who added it; empty where nobody is named.
    pub author: String,
}

impl Catalog {
    /// Adds trust anchors, writes `event` into the log, and lets every document with an electronic signature be examined again;
    /// returns how many documents.
    ///
    /// # Errors
    /// When the catalog cannot be written: then none is added.
    pub fn put_anchors(
        &mut self,
        anchors: &[AnchorRow],
        event: &Event,
    ) -> Result<u64, StoreError> {
        self.durable_transaction(|transaction| {
            for row in anchors {
                let sql = "INSERT OR IGNORE INTO anchor (sha256, der, added, author)
                           VALUES (?1, ?2, ?3, ?4)";
                transaction.prepare_cached(sql)?.execute(params![
                    row.sha256.as_bytes().as_slice(),
                    row.anchor.der(),
                    row.added,
                    row.author
                ])?;
            }
            log::append(transaction, std::slice::from_ref(event))?;
            examine_again(transaction)
        })
    }

    /// Removes a trust anchor and writes `event` into the log; returns how many documents are to
    /// be examined again.
    ///
    /// # Errors
    /// When the catalog cannot be written.
    pub fn remove_anchor(
        &mut self,
        sha256: &Digest,
        event: &Event,
    ) -> Result<u64, StoreError> {
        self.durable_transaction(|transaction| {
            let sql = "DELETE FROM anchor WHERE sha256 = ?1";
            transaction.execute(sql, [sha256.as_bytes().as_slice()])?;
            log::append(transaction, std::slice::from_ref(event))?;
            examine_again(transaction)
        })
    }

    /// Returns the trust anchors, in the order they were added.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn anchors(&self) -> Result<Vec<AnchorRow>, StoreError> {
        let sql = "SELECT sha256, der, added, author FROM anchor ORDER BY added, sha256";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        let mut anchors = Vec::new();
        while let Some(row) = rows.next()? {
            anchors.push(AnchorRow {
                anchor: Anchor::new(row.get("der")?),
                sha256: row.digest("sha256")?,
                added: row.get("added")?,
                author: row.get("author")?,
            });
        }
        Ok(anchors)
    }
}

/// Lets the next run of `index` read every document again whose electronic signatures were
/// examined, and the containers that it lies in; returns how many documents.
fn examine_again(transaction: &Transaction<'_>) -> Result<u64, StoreError> {
    let signed =
        "SELECT digest FROM content WHERE json_extract(metadata, '$.esign') IS NOT NULL";
    let sql = format!("SELECT path FROM location WHERE digest IN ({signed})");
    let mut statement = transaction.prepare(&sql)?;
    let paths = statement.query_map([], |row| row.get::<_, String>(0))?;
    let paths: Vec<String> = paths.collect::<Result<_, _>>()?;
    let mut again =
        transaction.prepare("UPDATE location SET read_by = NULL WHERE path = ?1")?;
    for path in &paths {
        again.execute([path])?;
        for (end, _) in path.match_indices(INSIDE) {
            again.execute([path.get(..end)])?;
        }
    }
    let sql = format!("UPDATE content SET reader = '' WHERE digest IN ({signed})");
    Ok(transaction.execute(&sql, [])? as u64)
}
