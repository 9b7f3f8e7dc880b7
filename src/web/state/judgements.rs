//! How the archive stands, judged once for many requests. Judging 100,000 documents takes seconds:
//! while somebody decides or a run reads files, pages show how it stood a moment ago and say so.

use super::lock::held;
use crate::app::archive::status::{self, Status};
use crate::app::archive::workspace::Workspace;
use crate::app::error::Error;
use crate::app::evidence::decide::at_stake::{AtStake, at_stake};
use crate::app::evidence::duplicates::Orders;
use crate::app::evidence::effective_links::EffectiveLinks;
use crate::app::judgement::{check, quotes};
use crate::io::clock::{self, Stopwatch};
use crate::io::store::{Catalog, Moment};
use crate::model::{Date, QuestionId, Report};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What takes no longer is judged while the request waits: nobody notices, and a smaller archive is
/// always told as it is.
const QUICK: Duration = Duration::from_millis(150);
/// After judging, so many times as long as it took is left to others before it is done again.
const REST: u32 = 4;

/// How everything stood at a moment.
#[derive(Debug)]
pub(in crate::web) struct Judged {
    pub(in crate::web) report: Report,
    /// What waits for a decision, most points at stake first.
    pub(in crate::web) at_stake: Vec<AtStake>,
    /// The questions in the order of the framework, which those refer to.
    pub(in crate::web) questions: Vec<QuestionId>,
    /// What the archive holds.
    pub(in crate::web) status: Status,
    /// When it was judged: RFC 3339, UTC.
    pub(in crate::web) made: String,
    /// Since when it is known.
    pub(in crate::web) clock: Stopwatch,
    /// In which order duplicates are looked through.
    pub(in crate::web) duplicates: Orders,
    of: (Moment, Date),
    took: Duration,
}

/// How everything stands, as far as it is known.
#[derive(Debug, Clone)]
pub(in crate::web) struct Current {
    pub(in crate::web) judged: Arc<Judged>,
    /// Whether something changed since, which is being judged now.
    pub(in crate::web) is_behind: bool,
}

/// Judges an archive and keeps what came of it.
#[derive(Debug)]
pub(in crate::web) struct Judgements {
    root: PathBuf,
    /// Only asked whether anybody changed the catalog.
    watcher: Mutex<Catalog>,
    /// Held by who judges, so that nobody else does it at the same time.
    judging: Mutex<Option<Workspace>>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    judged: Option<Arc<Judged>>,
    /// When it was last begun to judge behind a page.
    begun: Option<Stopwatch>,
}

impl Judgements {
    pub(in crate::web) fn new(workspace: &Workspace) -> Result<Self, Error> {
        Ok(Self {
            root: workspace.root.clone(),
            watcher: Mutex::new(workspace.another_catalog()?),
            judging: Mutex::default(),
            state: Mutex::default(),
        })
    }

    /// Returns how everything stands; waits where that is quick, or nothing is known yet.
    pub(in crate::web) fn current(self: &Arc<Self>) -> Result<Current, Error> {
        let now = self.now()?;
        let mut state = held(&self.state);
        if let Some(judged) = state.judged.clone() {
            if judged.of == now {
                return Ok(Current {
                    judged,
                    is_behind: false,
                });
            }
            if judged.took > QUICK {
                let apart = judged.took * (1 + REST);
                if state.begun.is_none_or(|begun| begun.elapsed() >= apart) {
                    state.begun = Some(Stopwatch::start());
                    let judgements = Arc::clone(self);
                    std::thread::spawn(move || judgements.judge_behind());
                }
                return Ok(Current {
                    judged,
                    is_behind: true,
                });
            }
        }
        drop(state);
        Ok(Current {
            judged: self.judge()?,
            is_behind: false,
        })
    }

    fn judge_behind(&self) {
        if let Err(error) = self.judge() {
            tracing::warn!(%error, "judging failed; pages show how it stood before");
        }
    }

    fn judge(&self) -> Result<Arc<Judged>, Error> {
        let mut kept = held(&self.judging);
        let before = self.now()?;
        // Somebody else may have judged while this waited.
        let judged = held(&self.state).judged.clone();
        if let Some(judged) = judged.filter(|judged| judged.of == before) {
            return Ok(judged);
        }
        let workspace = match kept.take() {
            Some(workspace) => workspace,
            None => Workspace::open(&self.root)?,
        };
        let own_before = workspace.catalog.moment()?;
        let begun = Stopwatch::start();
        let as_of = before.1;
        let mut report = check::check(&workspace, &check::Options::for_day(as_of))?;
        let effective = EffectiveLinks::load(&workspace)?;
        quotes::cover(&workspace, &effective, &mut report)?;
        let at_stake = at_stake(&workspace, &effective, &report)?;
        let status = status::status(&workspace)?;
        let questions = workspace.framework.questions().iter();
        let took = begun.elapsed();
        // What was judged is kept in the catalog, which is a change only to the watcher.
        let after = (held(&self.watcher).moment()?, as_of);
        let own_after = workspace.catalog.moment()?;
        let of = match own_after.is_of_same_others(own_before) {
            true => after,
            false => before,
        };
        let judged = Arc::new(Judged {
            report,
            at_stake,
            questions: questions.map(|question| question.id.clone()).collect(),
            status,
            made: clock::timestamp(),
            clock: Stopwatch::start(),
            duplicates: Orders::default(),
            of,
            took,
        });
        held(&self.state).judged = Some(Arc::clone(&judged));
        *kept = Some(workspace);
        Ok(judged)
    }

    fn now(&self) -> Result<(Moment, Date), Error> {
        Ok((held(&self.watcher).moment()?, check::today()?))
    }
}
