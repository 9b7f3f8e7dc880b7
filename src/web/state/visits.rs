//! What changed since a person was here last: how everything stands is kept at each look, and held
//! against the last look of the visit before.

use super::judgements::Judged;
use super::lock::held;
use super::shared::Shared;
use crate::app::archive::workspace::Workspace;
use crate::app::error::{Error, ErrorKind};
use crate::app::judgement::check;
use crate::fixity;
use crate::model::{Date, PastCheck, Points, Since, Stood};
use crate::report;
use serde::{Deserialize, Serialize};
use tower_sessions::session::Id;

/// How everything stood when somebody looked.
#[derive(Debug, Serialize, Deserialize)]
struct Seen {
    made: String,
    as_of: Date,
    year: i16,
    points: Points,
    stood: Vec<Stood>,
    /// The number of the last record of the log.
    records: u64,
}

/// What changed since.
#[derive(Debug)]
pub(in crate::web) struct News {
    /// When the person looked last: RFC 3339, UTC.
    pub(in crate::web) last: String,
    pub(in crate::web) since: Since,
    /// Records that were added to the log.
    pub(in crate::web) records: u64,
}

/// Keeps how everything stands as seen in this session; returns what changed since the visit
/// before, where there was one.
pub(in crate::web) fn look(
    shared: &Shared,
    workspace: &Workspace,
    session: Option<Id>,
    judged: &Judged,
) -> Result<Option<News>, Error> {
    let report = &judged.report;
    let records = workspace
        .catalog
        .log_head()?
        .map_or(0, |(number, _)| number);
    let now = Seen {
        made: judged.made.clone(),
        as_of: report.as_of,
        year: report.year,
        points: report.total.points,
        stood: report::stood(report),
        records,
    };
    let body = serde_json::to_string(&now).map_err(unfit)?;
    let session = fixity::hash(session.unwrap_or_default().to_string().as_bytes());
    let before = held(&shared.store).visit(&shared.author, &session, &body)?;
    // What another version of the program wrote is no visit.
    let before: Option<Seen> = before.and_then(|body| serde_json::from_str(&body).ok());
    let Some(before) = before else {
        return Ok(None);
    };
    let past = PastCheck {
        id: 0,
        made: before.made.clone(),
        as_of: before.as_of,
        year: before.year,
        points: before.points,
    };
    Ok(Some(News {
        last: before.made,
        since: check::moved_since(report, &past, &before.stood)?,
        records: records.saturating_sub(before.records),
    }))
}

fn unfit(cause: serde_json::Error) -> Error {
    Error::new(
        ErrorKind::Internal,
        "keadaan tidak dapat dicatat",
        "how things stand cannot be kept",
    )
    .caused_by(cause)
}
