//! What a region gives itself, and what checks came to, in the catalog.

use crate::io::store::row::{json, parse};
use crate::io::store::{Catalog, StoreError};
use crate::model::{Answer, Assessment, PastCheck, Points, Stood};
use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use rusqlite::{OptionalExtension, Row, params};
use std::io::{Read, Write};

const BODY: &str = "checked.body";
const JUDGED: &str = "judged.body";

/// A moment of the catalog, as one connection sees it: equal until a row is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Moment {
    /// Rows changed by this connection.
    own: u64,
    /// A number that changes when another connection writes (`PRAGMA data_version`).
    foreign: i64,
}

impl Moment {
    /// Tells whether nobody else has changed the catalog since an earlier moment of the same
    /// connection.
    pub fn is_of_same_others(self, earlier: Self) -> bool {
        self.foreign == earlier.foreign
    }
}

fn past_of(row: &Row<'_>) -> Result<PastCheck, StoreError> {
    let broken = |column| StoreError::Broken { column };
    let as_of: String = row.get("as_of")?;
    Ok(PastCheck {
        id: row.get("id")?,
        made: row.get("made")?,
        as_of: as_of.parse().map_err(|_| broken("checked.as_of"))?,
        year: row.get("year")?,
        points: Points {
            max: row.get("max")?,
            likely: row.get("likely")?,
            at_risk: row.get("at_risk")?,
        },
    })
}

impl Catalog {
    /// Replaces the answers of the region.
    ///
    /// # Errors
    /// When the catalog cannot be written: then the old ones hold.
    pub fn put_answers(
        &mut self,
        framework: &str,
        answers: &[Answer],
    ) -> Result<(), StoreError> {
        let transaction = self.connection.transaction()?;
        transaction.execute("DELETE FROM answer WHERE framework = ?1", [framework])?;
        for answer in answers {
            let sql = "INSERT INTO answer (framework, question, points, note)
                       VALUES (?1, ?2, ?3, ?4)";
            transaction.prepare_cached(sql)?.execute(params![
                framework,
                answer.question.as_str(),
                answer.points,
                answer.note
            ])?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// Returns a region's answers, in order of question.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn answers(&self, framework: &str) -> Result<Vec<Answer>, StoreError> {
        let sql = "SELECT question, points, note FROM answer WHERE framework = ?1
                   ORDER BY question";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([framework], |row| {
            let question: String = row.get("question")?;
            Ok(Answer {
                question: question.as_str().into(),
                points: row.get("points")?,
                note: row.get("note")?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Keeps what a check came to, unless the last one for that day came to the same.
    ///
    /// # Errors
    /// When the catalog cannot be written.
    pub fn keep_check(
        &self,
        framework: &str,
        check: &PastCheck,
        stood: &[Stood],
    ) -> Result<(), StoreError> {
        let body = deflate(&json(&stood, BODY)?)?;
        let as_of = check.as_of.to_string();
        let sql =
            "SELECT body FROM checked WHERE framework = ?1 AND year = ?2 AND as_of = ?3
                   ORDER BY id DESC LIMIT 1";
        let last: Option<Vec<u8>> = self
            .connection
            .query_row(sql, params![framework, check.year, as_of], |row| row.get(0))
            .optional()?;
        if last.is_some_and(|last| last == body) {
            return Ok(());
        }
        let sql = "INSERT INTO checked (made, as_of, framework, year, max, likely, at_risk, body)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        let points = check.points;
        self.connection.execute(
            sql,
            params![
                check.made,
                as_of,
                framework,
                check.year,
                points.max,
                points.likely,
                points.at_risk,
                body
            ],
        )?;
        Ok(())
    }

    /// Returns the checks that were kept, oldest first.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn past_checks(&self, framework: &str) -> Result<Vec<PastCheck>, StoreError> {
        let sql = "SELECT id, made, as_of, year, max, likely, at_risk FROM checked
                   WHERE framework = ?1 ORDER BY as_of, id";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([framework])?;
        let mut past = Vec::new();
        while let Some(row) = rows.next()? {
            past.push(past_of(row)?);
        }
        Ok(past)
    }

    /// Returns how every question stood in a check.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn stood(&self, check: i64) -> Result<Vec<Stood>, StoreError> {
        let sql = "SELECT body FROM checked WHERE id = ?1";
        let body: Vec<u8> = self.connection.query_row(sql, [check], |row| row.get(0))?;
        parse(&inflate(&body, BODY)?, BODY)
    }

    /// Returns what everything was judged to by that name, if nothing has changed since.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn judged(&self, by: &str) -> Result<Option<Assessment>, StoreError> {
        let sql = "SELECT body FROM judged WHERE by = ?1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let body: Option<Vec<u8>> =
            statement.query_row([by], |row| row.get(0)).optional()?;
        body.map(|body| parse(&inflate(&body, JUDGED)?, JUDGED))
            .transpose()
    }

    /// Keeps what everything was judged to until the catalog changes, in place of what was kept
    /// under another name.
    ///
    /// # Errors
    /// When the catalog cannot be written.
    pub fn keep_judged(
        &self,
        by: &str,
        assessment: &Assessment,
    ) -> Result<(), StoreError> {
        let body = deflate(&json(&assessment, JUDGED)?)?;
        self.connection.execute("DELETE FROM judged", [])?;
        let sql = "INSERT INTO judged (by, body) VALUES (?1, ?2)";
        self.connection.execute(sql, params![by, body])?;
        Ok(())
    }

    /// Runs `keep` in a transaction and returns true, where the catalog is as it was at a moment and
    /// nobody is writing: who keeps what was derived neither waits nor keeps what no longer holds.
    ///
    /// # Errors
    /// When the catalog cannot be read or written.
    pub fn keep_if_unmoved(
        &self,
        from: Moment,
        keep: impl FnOnce(&Self) -> Result<(), StoreError>,
    ) -> Result<bool, StoreError> {
        let Some(transaction) = self.begin_at_once()? else {
            return Ok(false);
        };
        if self.moment()? != from {
            return Ok(false);
        }
        keep(self)?;
        transaction.commit()?;
        Ok(true)
    }

    /// Returns the present moment of the catalog, which is another one after anybody has changed it.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn moment(&self) -> Result<Moment, StoreError> {
        let pragma = "data_version";
        Ok(Moment {
            own: self.connection.total_changes(),
            foreign: self
                .connection
                .pragma_query_value(None, pragma, |row| row.get(0))?,
        })
    }
}

fn inflate(body: &[u8], column: &'static str) -> Result<String, StoreError> {
    let mut text = String::new();
    let inflated = DeflateDecoder::new(body).read_to_string(&mut text);
    inflated.map_err(|_| StoreError::Broken { column })?;
    Ok(text)
}

fn deflate(text: &str) -> Result<Vec<u8>, StoreError> {
    let broken = |_| StoreError::Broken { column: BODY };
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes()).map_err(broken)?;
    encoder.finish().map_err(broken)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Date, QuestionState};
    use std::collections::BTreeMap;

    const CONTENT: &str = "INSERT INTO content (digest, len, media_type, state, page_count,
        unclear, notes, metadata, facts, reader) VALUES (x'01', 1, 'pdf', 'indexed', 1, '[]',
        '[]', '{}', '{}', 'r')";
    const LOCATION: &str =
        "INSERT INTO location (path, len, mtime_ns, digest, notes, present)
        VALUES ('/a', 1, 1, x'01', '[]', 1)";
    const DECISION: &str =
        "INSERT INTO decision (act, verdict, framework, digest, question,
        author, made) VALUES (1, 'accept', 'f', x'01', 'Q', 'Sari', '')";

    #[test]
    fn answers_are_replaced_whole() {
        let mut catalog = Catalog::in_memory().unwrap();
        let answer = |question: &str, points| Answer {
            question: question.into(),
            points,
            note: "lihat SK".to_owned(),
        };
        let first = [answer("Q1", 2.5), answer("Q2", 0.0)];
        catalog.put_answers("f", &first).unwrap();
        assert_eq!(catalog.answers("f").unwrap(), first);
        let second = [answer("Q2", 4.0)];
        catalog.put_answers("f", &second).unwrap();
        assert_eq!(catalog.answers("f").unwrap(), second);
        assert_eq!(catalog.answers("other").unwrap(), []);
    }

    #[test]
    fn what_was_judged_holds_until_something_changes_that_it_was_judged_by() {
        let catalog = Catalog::in_memory().unwrap();
        let assessment = Assessment {
            framework: "f".to_owned(),
            region: None,
            year: 2025,
            as_of: Date::new(2025, 3, 1).unwrap(),
            documents_seen: 3,
            documents: BTreeMap::new(),
            questions: Vec::new(),
        };
        let ending = [
            CONTENT,
            "UPDATE content SET facts = '{ }'",
            "UPDATE content SET waiting = '[1]'",
            LOCATION,
            "UPDATE location SET present = 0",
            "INSERT INTO link VALUES (x'01', 'Q', 0.5, '{}')",
            "DELETE FROM link",
            DECISION,
            "INSERT INTO archive VALUES ('learn_after', '1')",
            "UPDATE archive SET value = '2' WHERE key = 'learn_after'",
            "INSERT INTO activity VALUES (x'01', 1, 0, NULL)",
            "DELETE FROM activity",
            "INSERT INTO alike VALUES (x'01', x'02', '{}')",
            "DELETE FROM alike",
            "INSERT INTO fixity VALUES ('/a', x'01', '', 'sound', NULL)",
            "UPDATE fixity SET status = 'changed'",
            "DELETE FROM fixity",
            "INSERT INTO place VALUES ('desa', 'A', '')",
            "DELETE FROM place",
            "DELETE FROM location",
            "DELETE FROM content",
        ];
        for sql in ending {
            catalog.keep_judged("today", &assessment).unwrap();
            assert_eq!(catalog.judged("today").unwrap().as_ref(), Some(&assessment));
            assert_eq!(catalog.judged("another day").unwrap(), None);
            assert_eq!(catalog.connection.execute(sql, []).unwrap(), 1, "{sql}");
            assert_eq!(catalog.judged("today").unwrap(), None, "{sql}");
        }
        let holding = [
            "UPDATE content SET searchable = 1, compared = 1",
            "UPDATE location SET mtime_ns = 2, present = 1",
            "INSERT INTO run (started, roots) VALUES ('', '[]')",
        ];
        for sql in [CONTENT, LOCATION] {
            catalog.connection.execute(sql, []).unwrap();
        }
        catalog.keep_judged("today", &assessment).unwrap();
        for sql in holding {
            assert_eq!(catalog.connection.execute(sql, []).unwrap(), 1, "{sql}");
            assert!(catalog.judged("today").unwrap().is_some(), "{sql}");
        }
    }

    #[test]
    fn a_change_makes_another_moment_whoever_made_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("catalog.sqlite");
        let catalog = Catalog::create(&path).unwrap();
        let first = catalog.moment().unwrap();
        assert_eq!(catalog.moment().unwrap(), first);
        catalog.set("own", "change").unwrap();
        let before = catalog.moment().unwrap();
        assert_ne!(before, first);
        let other = Catalog::open(&path).unwrap();
        other.set("key", "value").unwrap();
        assert_ne!(catalog.moment().unwrap(), before);
    }

    #[test]
    fn a_check_is_kept_once_and_read_back() {
        let catalog = Catalog::in_memory().unwrap();
        let check = |day, likely| PastCheck {
            id: 0,
            made: "2025-03-01T00:00:00Z".to_owned(),
            as_of: Date::new(2025, 3, day).unwrap(),
            year: 2025,
            points: Points {
                max: 10.0,
                likely,
                at_risk: 1.0,
            },
        };
        let stood = |likely| {
            vec![Stood {
                question: "Q1".into(),
                state: QuestionState::Weak,
                likely,
                faults: vec!["draft".into()],
            }]
        };
        catalog
            .keep_check("f", &check(2, 3.0), &stood(3.0))
            .unwrap();
        catalog
            .keep_check("f", &check(2, 3.0), &stood(3.0))
            .unwrap();
        catalog
            .keep_check("f", &check(1, 2.0), &stood(2.0))
            .unwrap();
        let past = catalog.past_checks("f").unwrap();
        let days: Vec<i8> = past.iter().map(|past| past.as_of.day()).collect();
        assert_eq!(days, [1, 2]);
        assert_eq!(catalog.stood(past[1].id).unwrap(), stood(3.0));
    }
}
