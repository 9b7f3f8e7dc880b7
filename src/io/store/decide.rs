//! Decisions in the catalog. Rows are added and never changed; triggers of the database enforce
//! that. A decision is acknowledged only once it is on the disk.

use super::row::Values;
use super::{Catalog, StoreError, log};
use crate::model::{
    Decided, Decision, Digest, Event, EventObject, EventType, FileState, Verdict,
};
use rusqlite::{Row, params};
use std::collections::{BTreeMap, BTreeSet};

/// A row of the record of decisions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionRow {
    /// Its number, in the order they were made.
    pub id: i64,
    /// The number of the act it belongs to.
    pub act: i64,
    /// The framework whose question it speaks of.
    pub framework: String,
    /// What it says.
    pub what: Entry,
    /// The decision on an older framework it was carried over from.
    pub origin: Option<i64>,
}

/// What a row of the record says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A decision.
    Decision(Decision),
    /// An act is taken back.
    Undo {
        /// The act.
        act: i64,
        /// By whom, and when.
        by: Decided,
    },
}

const UNDO: &str = "undo";

fn row_of(row: &Row<'_>) -> Result<DecisionRow, StoreError> {
    let broken = |column| StoreError::Broken { column };
    let decided = Decided {
        author: row.get("author")?,
        made: row.get("made")?,
        note: row.get("note")?,
    };
    let verdict: String = row.get("verdict")?;
    let what = if verdict == UNDO {
        Entry::Undo {
            act: row.get("undoes")?,
            by: decided,
        }
    } else {
        Entry::Decision(Decision {
            document: row.digest("digest")?,
            question: row.get::<_, String>("question")?.as_str().into(),
            verdict: Verdict::from_name(&verdict)
                .ok_or_else(|| broken("decision.verdict"))?,
            decided,
        })
    };
    Ok(DecisionRow {
        id: row.get("id")?,
        act: row.get("act")?,
        framework: row.get("framework")?,
        what,
        origin: row.get("origin")?,
    })
}

impl Catalog {
    /// Records decisions made in one go, each with the older decision it was carried over from;
    /// gives the number of the act. They are on the disk when this returns.
    ///
    /// # Errors
    /// When the catalog cannot be written: then none is recorded.
    pub fn decide(
        &mut self,
        framework: &str,
        decisions: &[(Decision, Option<i64>)],
    ) -> Result<i64, StoreError> {
        self.durably(|catalog| {
            let transaction = catalog.connection.transaction()?;
            let act = next_act(&transaction)?;
            for (decision, origin) in decisions {
                let sql = "INSERT INTO decision
                    (act, verdict, framework, digest, question, author, made, note, origin)
                    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
                transaction.prepare_cached(sql)?.execute(params![
                    act,
                    decision.verdict.as_str(),
                    framework,
                    decision.document.as_bytes().as_slice(),
                    decision.question.as_str(),
                    decision.decided.author,
                    decision.decided.made,
                    decision.decided.note,
                    origin,
                ])?;
            }
            log::append(&transaction, &[decision_event(act, framework, decisions)])?;
            transaction.commit()?;
            Ok(act)
        })
    }

    /// Undoes an act.
    ///
    /// # Errors
    /// When the catalog cannot be written.
    pub fn undo(
        &mut self,
        framework: &str,
        act: i64,
        by: &Decided,
    ) -> Result<(), StoreError> {
        self.durably(|catalog| {
            let transaction = catalog.connection.transaction()?;
            let sql = "INSERT INTO decision
                (act, verdict, undoes, framework, author, made, note)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
            let own = next_act(&transaction)?;
            transaction.execute(
                sql,
                params![own, UNDO, act, framework, by.author, by.made, by.note],
            )?;
            let mut event = Event::new(EventType::Decision, by.made.as_str());
            event.agent.clone_from(&by.author);
            let detail = [("act", own), ("undoes", act)];
            let detail = detail.map(|(name, n)| (name.to_owned(), n.to_string()));
            event.detail.extend(detail);
            log::append(&transaction, &[event])?;
            transaction.commit()?;
            Ok(())
        })
    }

    /// Returns the whole record, in the order it was made.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn decision_rows(&self) -> Result<Vec<DecisionRow>, StoreError> {
        let sql = "SELECT id, act, verdict, undoes, framework, digest, question, author,
            made, note, origin FROM decision ORDER BY id";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            all.push(row_of(row)?);
        }
        Ok(all)
    }

    /// Returns where each document that was read lies, the present paths first.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn read_paths(&self) -> Result<BTreeMap<Digest, Vec<String>>, StoreError> {
        let sql =
            "SELECT l.digest, l.path FROM content c CROSS JOIN location l USING (digest)
            WHERE c.state = ?1 AND l.state IS NULL
            ORDER BY l.digest, l.present DESC, l.path";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([FileState::Indexed.as_str()])?;
        let mut paths: BTreeMap<Digest, Vec<String>> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let digest = row.digest("digest")?;
            paths.entry(digest).or_default().push(row.get("path")?);
        }
        Ok(paths)
    }

    /// Returns what one document is compared by.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn traits_of(&self, digest: &Digest) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT traits FROM content WHERE digest = ?1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([digest.as_bytes().as_slice()])?;
        match rows.next()? {
            Some(row) => row.parsed(0, "content.traits"),
            None => Ok(Vec::new()),
        }
    }

    /// Runs `work` so that what it commits is on the disk when it returns.
    fn durably<T>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.connection.pragma_update(None, "synchronous", "full")?;
        let done = work(self);
        self.connection
            .pragma_update(None, "synchronous", "normal")?;
        done
    }
}

/// Returns the event of decisions made in one act: who, which act, and of which documents.
fn decision_event(
    act: i64,
    framework: &str,
    decisions: &[(Decision, Option<i64>)],
) -> Event {
    let by = decisions.first().map(|(decision, _)| &decision.decided);
    let time = by.map_or("", |by| by.made.as_str());
    let mut event = Event::new(EventType::Decision, time);
    if let Some(by) = by {
        event.agent.clone_from(&by.author);
    }
    event.detail.insert("act".to_owned(), act.to_string());
    event
        .detail
        .insert("framework".to_owned(), framework.to_owned());
    for (at, (decision, _)) in decisions.iter().enumerate() {
        let said = format!(
            "{} {} {}",
            decision.verdict.as_str(),
            decision.question,
            decision.document
        );
        event.detail.insert(format!("decision {}", at + 1), said);
    }
    let documents: BTreeSet<Digest> = decisions
        .iter()
        .map(|(decision, _)| decision.document)
        .collect();
    event.objects = documents.into_iter().map(EventObject::content).collect();
    event
}

fn next_act(transaction: &rusqlite::Transaction<'_>) -> Result<i64, StoreError> {
    let sql = "SELECT coalesce(max(act), 0) + 1 FROM decision";
    Ok(transaction.query_row(sql, [], |row| row.get(0))?)
}

/// Returns the acts that were taken back. An undo may itself be taken back.
pub fn undone(rows: &[DecisionRow]) -> BTreeSet<i64> {
    let mut undone = BTreeSet::new();
    // Read backwards, so that an undo that was itself undone is skipped.
    for row in rows.iter().rev() {
        if let Entry::Undo { act, .. } = row.what
            && !undone.contains(&row.act)
        {
            undone.insert(act);
        }
    }
    undone
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by(author: &str) -> Decided {
        Decided {
            author: author.into(),
            made: "2026-01-02T03:04:05Z".into(),
            note: String::new(),
        }
    }

    fn decision(n: u8, verdict: Verdict) -> (Decision, Option<i64>) {
        let decision = Decision {
            document: Digest::new([n; 32]),
            question: "Q1".into(),
            verdict,
            decided: by("Sri"),
        };
        (decision, None)
    }

    #[test]
    fn what_was_learnt_is_kept_until_something_it_was_learnt_from_changes() {
        let mut catalog = Catalog::in_memory().unwrap();
        catalog.set("learnt", "{}").unwrap();
        let taught = decision(1, Verdict::Accept);
        catalog.decide("kla", &[taught]).unwrap();
        assert_eq!(catalog.get("learnt").unwrap(), None, "a decision");
        let (of_it, of_another) = ([1u8; 32], [2u8; 32]);
        let add = "INSERT INTO link (digest, question, confidence, body)
            VALUES (?1, 'Q', 0.5, '{}')";
        let remove = "DELETE FROM link WHERE digest = ?1";
        for (sql, digest, is_kept) in [
            (add, of_another, true),
            (remove, of_another, true),
            (add, of_it, false),
            (remove, of_it, false),
        ] {
            catalog.set("learnt", "{}").unwrap();
            catalog.connection.execute(sql, [digest]).unwrap();
            let kept = catalog.get("learnt").unwrap();
            assert_eq!(kept.is_some(), is_kept, "{sql} {digest:?}");
        }
        for after in ["1", "2"] {
            catalog.set("learnt", "{}").unwrap();
            catalog.set("learn_after", after).unwrap();
            assert_eq!(catalog.get("learnt").unwrap(), None, "forgotten");
        }
        catalog.set("learnt", "{}").unwrap();
        catalog.undo("kla", 1, &by("Sri")).unwrap();
        assert_eq!(catalog.get("learnt").unwrap(), None, "taken back");
    }

    #[test]
    fn decisions_come_back_as_they_were_made() {
        let mut catalog = Catalog::in_memory().unwrap();
        let one = [decision(1, Verdict::Accept), decision(2, Verdict::Reject)];
        assert_eq!(catalog.decide("kla", &one).unwrap(), 1);
        assert_eq!(
            catalog
                .decide("kla", &[decision(1, Verdict::Reject)])
                .unwrap(),
            2
        );
        let rows = catalog.decision_rows().unwrap();
        let acts: Vec<i64> = rows.iter().map(|row| row.act).collect();
        assert_eq!(acts, [1, 1, 2]);
        assert_eq!(rows[1].what, Entry::Decision(one[1].0.clone()));
        let mut told = Vec::new();
        let taken = catalog.each_record(None, |record| {
            told.push(record);
            Ok::<(), StoreError>(())
        });
        taken.unwrap();
        assert_eq!(told.len(), 2, "each act is in the log");
    }

    #[test]
    fn an_undo_can_be_undone() {
        let mut catalog = Catalog::in_memory().unwrap();
        catalog
            .decide("kla", &[decision(1, Verdict::Accept)])
            .unwrap();
        catalog.undo("kla", 1, &by("Sri")).unwrap();
        let rows = catalog.decision_rows().unwrap();
        assert_eq!(undone(&rows), BTreeSet::from([1]));
        catalog.undo("kla", 2, &by("Budi")).unwrap();
        let rows = catalog.decision_rows().unwrap();
        assert_eq!(undone(&rows), BTreeSet::from([2]));
    }

    #[test]
    fn the_record_cannot_be_changed() {
        let mut catalog = Catalog::in_memory().unwrap();
        catalog
            .decide("kla", &[decision(1, Verdict::Accept)])
            .unwrap();
        for sql in ["UPDATE decision SET author = 'x'", "DELETE FROM decision"] {
            let error = catalog.connection.execute(sql, []).unwrap_err();
            assert!(error.to_string().contains("never"), "{error}");
        }
        assert_eq!(catalog.decision_rows().unwrap().len(), 1);
    }
}
