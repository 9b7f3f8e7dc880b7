//! Which questions were typed into the national form.

use super::row::{Values, json};
use super::{Catalog, StoreError};
use crate::model::{Entered, QuestionId};
use rusqlite::params;

const CONTENT: &str = "entered.content";

impl Catalog {
    /// Ticks a question; a tick that is there is replaced.
    ///
    /// # Errors
    /// When the catalog cannot be written.
    pub fn put_entered(
        &mut self,
        framework: &str,
        entered: &Entered,
    ) -> Result<(), StoreError> {
        let sql =
            "INSERT OR REPLACE INTO entered (framework, question, author, made, content)
                   VALUES (?1, ?2, ?3, ?4, ?5)";
        let content = json(&entered.content, CONTENT)?;
        let question = entered.question.as_str();
        self.durable_transaction(|transaction| {
            let row = params![framework, question, entered.author, entered.made, content];
            transaction.execute(sql, row)?;
            Ok(())
        })
    }

    /// Takes the tick of a question away.
    ///
    /// # Errors
    /// When the catalog cannot be written.
    pub fn remove_entered(
        &mut self,
        framework: &str,
        question: &QuestionId,
    ) -> Result<(), StoreError> {
        let sql = "DELETE FROM entered WHERE framework = ?1 AND question = ?2";
        self.durable_transaction(|transaction| {
            transaction.execute(sql, params![framework, question.as_str()])?;
            Ok(())
        })
    }

    /// Returns the ticks, in order of question.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn entered(&self, framework: &str) -> Result<Vec<Entered>, StoreError> {
        let sql = "SELECT question, author, made, content FROM entered
                   WHERE framework = ?1 ORDER BY question";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([framework])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(Entered {
                question: row.get::<_, String>("question")?.as_str().into(),
                author: row.get("author")?,
                made: row.get("made")?,
                content: row.parsed("content", CONTENT)?,
            });
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Digest, EntryContent};

    #[test]
    fn a_tick_is_kept_replaced_and_taken_away() {
        let mut catalog = Catalog::in_memory().unwrap();
        let tick = |question: &str, points| Entered {
            question: question.into(),
            author: "Sari".to_owned(),
            made: "2025-03-01T00:00:00Z".to_owned(),
            content: EntryContent {
                points,
                note: "lihat SK".to_owned(),
                evidence: [Digest::new([1; 32])].into(),
            },
        };
        catalog.put_entered("f", &tick("Q2", Some(7.5))).unwrap();
        catalog.put_entered("f", &tick("Q1", None)).unwrap();
        catalog.put_entered("f", &tick("Q2", Some(8.0))).unwrap();
        let kept = catalog.entered("f").unwrap();
        assert_eq!(kept, [tick("Q1", None), tick("Q2", Some(8.0))]);
        assert_eq!(catalog.entered("other").unwrap(), []);
        catalog.remove_entered("f", &"Q1".into()).unwrap();
        assert_eq!(catalog.entered("f").unwrap(), [tick("Q2", Some(8.0))]);
    }
}
