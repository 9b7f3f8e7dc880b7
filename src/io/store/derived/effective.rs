//! Which contents have which links, asked without a look at every link: of the links as they were
//! suggested, or as they hold after decisions, which are kept until something changes them.

use crate::io::store::row::Values;
use crate::io::store::{Catalog, StoreError};
use crate::model::{Digest, FileState, QuestionId, Ratio};
use rusqlite::params;
use std::collections::{BTreeMap, BTreeSet};

/// Key of the name of what the links were weighed by that are kept (`migrations/0014.sql`).
const KEPT: &str = "effective";

/// The table that holds the links somebody asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkTable {
    /// Links as they were suggested.
    Suggested,
    /// Links as they hold, see [`Catalog::keep_effective`].
    Effective,
}

impl LinkTable {
    fn name(self) -> &'static str {
        match self {
            Self::Suggested => "link",
            Self::Effective => "effective",
        }
    }
}

impl Catalog {
    /// Tells whether the effective links are kept that were made by that name.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn has_effective(&self, by: &str) -> Result<bool, StoreError> {
        Ok(self.get(KEPT)?.as_deref() == Some(by))
    }

    /// Keeps the effective links that a list shows until something changes that they were made
    /// by.
    ///
    /// # Errors
    /// When the catalog cannot be written.
    pub fn keep_effective(
        &self,
        by: &str,
        links: &BTreeMap<Digest, Vec<(QuestionId, Ratio)>>,
    ) -> Result<(), StoreError> {
        self.connection.execute("DELETE FROM effective", [])?;
        let sql =
            "INSERT INTO effective (question, confidence, digest) VALUES (?1, ?2, ?3)";
        let mut insert = self.connection.prepare_cached(sql)?;
        for (digest, links) in links {
            let digest = digest.as_bytes().as_slice();
            for (question, confidence) in links {
                let confidence = f64::from(confidence.get());
                insert.execute(params![question.as_str(), confidence, digest])?;
            }
        }
        self.set(KEPT, by)
    }

    /// Returns the questions that some contents have links of at least `least` to, in order.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn linked_questions(
        &self,
        table: LinkTable,
        contents: &BTreeSet<Digest>,
        least: Ratio,
    ) -> Result<BTreeMap<Digest, Vec<QuestionId>>, StoreError> {
        let sql = format!(
            "SELECT question FROM {} WHERE digest = ?1 AND confidence >= ?2
             ORDER BY question",
            table.name()
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let least = f64::from(least.get());
        let mut found = BTreeMap::new();
        for digest in contents {
            let mut rows =
                statement.query(params![digest.as_bytes().as_slice(), least])?;
            let mut questions: Vec<QuestionId> = Vec::new();
            while let Some(row) = rows.next()? {
                questions.push(row.get::<_, String>(0)?.as_str().into());
            }
            found.insert(*digest, questions);
        }
        Ok(found)
    }

    /// Returns the confidence of the best link of every content that has one of at least `least`
    /// to one of some questions, or to any.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn best_links(
        &self,
        table: LinkTable,
        questions: Option<&BTreeSet<QuestionId>>,
        least: Ratio,
    ) -> Result<BTreeMap<Digest, Ratio>, StoreError> {
        let table = table.name();
        let mut found: Vec<(Digest, Ratio)> = Vec::new();
        let mut take = |mut rows: rusqlite::Rows<'_>| {
            while let Some(row) = rows.next()? {
                found.push((row.digest(0)?, Ratio::new(row.get::<_, f64>(1)? as f32)));
            }
            Ok::<_, StoreError>(())
        };
        let least = f64::from(least.get());
        match questions {
            None => {
                let sql = format!(
                    "SELECT digest, confidence FROM {table} WHERE confidence >= ?1"
                );
                take(self.connection.prepare_cached(&sql)?.query([least])?)?;
            }
            Some(questions) => {
                let sql = format!(
                    "SELECT digest, confidence FROM {table}
                     WHERE question = ?1 AND confidence >= ?2"
                );
                let mut statement = self.connection.prepare_cached(&sql)?;
                for question in questions {
                    take(statement.query(params![question.as_str(), least])?)?;
                }
            }
        }
        // Of several links the best comes last, and the map keeps it.
        found.sort_unstable_by(|(a, of_a), (b, of_b)| {
            a.cmp(b).then(of_a.get().total_cmp(&of_b.get()))
        });
        Ok(found.into_iter().collect())
    }

    /// Calls `take` with every link of at least `least`, question by question.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn each_link(
        &self,
        table: LinkTable,
        least: Ratio,
        mut take: impl FnMut(Digest, &QuestionId, Ratio),
    ) -> Result<(), StoreError> {
        let table = table.name();
        let sql = format!(
            "SELECT question, confidence, digest FROM {table} WHERE confidence >= ?1
             ORDER BY question"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query([f64::from(least.get())])?;
        let mut question: Option<QuestionId> = None;
        while let Some(row) = rows.next()? {
            let name = row.get_ref(0)?.as_str().unwrap_or_default();
            let question = match question.take().filter(|known| known.as_str() == name) {
                Some(known) => question.insert(known),
                None => question.insert(QuestionId::from(name)),
            };
            let confidence = Ratio::new(row.get::<_, f64>(1)? as f32);
            take(row.digest(2)?, question, confidence);
        }
        Ok(())
    }

    /// Returns the contents that were read and have no link of at least `least`.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn without_links(
        &self,
        table: LinkTable,
        least: Ratio,
    ) -> Result<BTreeSet<Digest>, StoreError> {
        let table = table.name();
        let sql = format!(
            "SELECT digest FROM content c INDEXED BY content_state
             WHERE state = ?1
             AND NOT EXISTS (SELECT 1 FROM {table} l
                 WHERE l.digest = c.digest AND l.confidence >= ?2)
             AND EXISTS (SELECT 1 FROM location l
                 WHERE l.digest = c.digest AND l.state IS NULL)
             ORDER BY digest"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let least = f64::from(least.get());
        let mut rows = statement.query(params![FileState::Indexed.as_str(), least])?;
        let mut found = BTreeSet::new();
        while let Some(row) = rows.next()? {
            found.insert(row.digest(0)?);
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixity::hash;

    const TABLES: [LinkTable; 2] = [LinkTable::Suggested, LinkTable::Effective];

    fn link(question: &str, confidence: f32) -> (QuestionId, Ratio) {
        (question.into(), Ratio::new(confidence))
    }

    /// Puts a content that was read, at a path, with links.
    fn put(catalog: &Catalog, name: &str, links: &[(QuestionId, Ratio)]) -> Digest {
        let digest = hash(name.as_bytes());
        let key = digest.as_bytes().as_slice();
        let run = |sql: &str, values: &[&dyn rusqlite::ToSql]| {
            catalog.connection.execute(sql, values).unwrap();
        };
        run(
            "INSERT INTO content (digest, len, media_type, state, page_count, unclear, notes,
             metadata, facts, reader)
             VALUES (?1, 1, 'pdf', 'indexed', 1, '[]', '[]', '{}', '{}', 'r')",
            &[&key],
        );
        run(
            "INSERT INTO location (path, len, mtime_ns, digest, notes, present)
             VALUES (?1, 1, 1, ?2, '[]', 1)",
            &[&name, &key],
        );
        for (question, confidence) in links {
            let confidence = f64::from(confidence.get());
            let sql = "INSERT INTO link VALUES (?1, ?2, ?3, '{}')";
            run(sql, &[&key, &question.as_str(), &confidence]);
        }
        digest
    }

    #[test]
    fn both_tables_answer_alike() {
        let catalog = Catalog::in_memory().unwrap();
        let mut all = BTreeMap::new();
        for (name, links) in [
            ("/a", vec![link("Q1", 0.9), link("Q2", 0.4)]),
            ("/b", vec![link("Q2", 0.7)]),
            ("/c", vec![]),
            ("/d", vec![]),
        ] {
            all.insert(put(&catalog, name, &links), links);
        }
        catalog.keep_effective("f", &all).unwrap();
        let named = |name: &str| hash(name.as_bytes());
        for table in TABLES {
            let contents = ["/a", "/b", "/d"].map(named).into();
            let questions = catalog
                .linked_questions(table, &contents, Ratio::new(0.5))
                .unwrap();
            let expected: [(Digest, Vec<QuestionId>); 3] = [
                (named("/a"), vec!["Q1".into()]),
                (named("/b"), vec!["Q2".into()]),
                (named("/d"), vec![]),
            ];
            assert_eq!(questions, expected.into(), "{table:?}");
            let best = |questions: &[&str], least| {
                let questions: BTreeSet<QuestionId> =
                    questions.iter().map(|q| (*q).into()).collect();
                let asked = (!questions.is_empty()).then_some(&questions);
                catalog.best_links(table, asked, Ratio::new(least)).unwrap()
            };
            let both = BTreeMap::from([
                (named("/a"), Ratio::new(0.9)),
                (named("/b"), Ratio::new(0.7)),
            ]);
            assert_eq!(best(&[], 0.15), both, "{table:?}");
            assert_eq!(best(&["Q1", "Q2"], 0.15), both, "{table:?}");
            assert_eq!(best(&["Q2"], 0.5).len(), 1, "{table:?}");
            assert_eq!(best(&["Q3"], 0.15), BTreeMap::new(), "{table:?}");
            let without = catalog.without_links(table, Ratio::LISTED).unwrap();
            assert_eq!(without, BTreeSet::from([named("/c"), named("/d")]));
        }
    }

    #[test]
    fn effective_links_hold_until_something_changes_that_they_were_made_by() {
        let catalog = Catalog::in_memory().unwrap();
        let all = BTreeMap::from([(put(&catalog, "/a", &[]), vec![link("Q1", 0.9)])]);
        for sql in [
            "INSERT INTO link VALUES (x'01', 'Q', 0.5, '{}')",
            "UPDATE link SET confidence = 0.6",
            "DELETE FROM link",
            "INSERT INTO decision (act, verdict, framework, digest, question, author, made)
             VALUES (1, 'accept', 'f', x'01', 'Q', 'Sari', '')",
            "INSERT INTO activity VALUES (x'01', 1, 0, NULL)",
            "DELETE FROM activity",
            "UPDATE content SET traits = '[\"a\"]'",
            "INSERT INTO archive VALUES ('learn_after', '1')",
            "UPDATE archive SET value = '2' WHERE key = 'learn_after'",
        ] {
            catalog.keep_effective("f", &all).unwrap();
            assert!(catalog.has_effective("f").unwrap());
            assert!(!catalog.has_effective("another framework").unwrap());
            assert_eq!(catalog.connection.execute(sql, []).unwrap(), 1, "{sql}");
            assert!(!catalog.has_effective("f").unwrap(), "{sql}");
        }
        catalog.keep_effective("f", &all).unwrap();
        put(&catalog, "/b", &[]);
        assert!(catalog.has_effective("f").unwrap(), "a paper without links");
    }
}
