//! Finds documents: by words in them, narrowed by question, indicator, kind, year, office,
//! issuer and state; each with the lines that show why.

use super::{
    check,
    error::{Error, ErrorKind},
    settle::Settled,
    workspace::Workspace,
};
use crate::{
    framework::{Framework, Question},
    io::{
        search::{Filter, Hits, QueryError, SearchQuery, Snippet, snippet},
        store::DocumentRow,
    },
    model::{Date, Digest, FileState, Link, QuestionId, QuestionState, Ratio},
};
use std::collections::{BTreeMap, BTreeSet};

/// Is what a user looks for. Every part that is set must hold.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Words, see [`SearchQuery`]; empty for all documents.
    pub text: String,
    /// Evidence for which questions.
    pub asked: Asked,
    /// A kind of document by id.
    pub kind: Option<String>,
    /// The year of the document.
    pub year: Option<i16>,
    /// Words of the issuing government's name.
    pub issuer: Option<String>,
    /// The state of the file.
    pub state: Option<FileState>,
    /// Evidence for questions that are in this state on that day.
    pub question_state: Option<(QuestionState, Date)>,
    /// Only links that are confident.
    pub confident: bool,
    /// Only documents without any link worth a person's look.
    pub unlinked: bool,
    /// The most documents to give.
    pub limit: usize,
}

/// A link below this is a hint, not evidence: of the 73 questions that a person would accept
/// for the samples, two lie below it.
const LISTED_FROM: f32 = 0.15;

/// Tells whether a question is asked for.
pub type QuestionTest = Box<dyn Fn(&Question) -> bool>;

/// Names questions. Every part that is set must hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Asked {
    /// An indicator by number (`17`), part (`21A`) or id.
    pub indicator: Option<String>,
    /// A question by id.
    pub question: Option<String>,
    /// An office by any of its names.
    pub office: Option<String>,
}

/// Is one document found.
#[derive(Debug, Clone)]
pub struct Found {
    /// The document.
    pub document: DocumentRow,
    /// How well it fits the words; comparable within one search only.
    pub score: f32,
    /// The links that fit what was asked, best first.
    pub links: Vec<Link>,
    /// The lines that show why; `None` where no words were asked for.
    pub snippet: Option<Snippet>,
}

/// Is all that was found.
#[derive(Debug, Clone)]
pub struct Results {
    /// How many documents fit in all.
    pub total: usize,
    /// The best of them.
    pub found: Vec<Found>,
    /// Words that stand nowhere and were looked for in like spelling.
    pub respelled: Vec<String>,
}

/// Searches an archive.
///
/// # Errors
/// When a filter names something that does not exist, with what there is.
pub fn search(workspace: &Workspace, options: &Options) -> Result<Results, Error> {
    let query = understood(&options.text)?;
    let wanted = wanted(workspace, options)?;
    let least = Ratio::new(if options.confident {
        Ratio::CONFIDENT.get()
    } else {
        LISTED_FROM
    });
    let fits = |link: &Link| {
        let asked = wanted.as_ref();
        link.confidence >= least && asked.is_none_or(|w| w.contains(&link.question))
    };
    let settled = Settled::of(workspace)?;
    let ranked = if options.unlinked {
        Some(unlinked(workspace, &settled)?)
    } else if wanted.is_some() || options.confident {
        Some(by_links(workspace, &settled, &fits)?)
    } else {
        None
    };
    let hits = ranked_hits(workspace, options, &query, ranked.as_ref())?;
    let mut found = Vec::with_capacity(hits.hits.len());
    for hit in &hits.hits {
        let Some(document) = workspace.catalog.document(&hit.digest)? else {
            continue;
        };
        let mut links = settled.links(workspace, &hit.digest)?;
        links.retain(fits);
        let snippet = match query.clauses.is_empty() {
            true => None,
            false => snippet(&workspace.catalog.pages(&hit.digest)?, &hits.query),
        };
        found.push(Found {
            document,
            score: hit.score,
            links,
            snippet,
        });
    }
    Ok(Results {
        total: hits.total,
        found,
        respelled: respelled(&query, &hits.query),
    })
}

fn understood(text: &str) -> Result<SearchQuery, Error> {
    SearchQuery::parse(text).map_err(|error: QueryError| {
        Error::new(
            ErrorKind::Usage,
            "pencarian hanya berisi kata yang dikecualikan",
            "the search only holds words to leave out",
        )
        .hint("tambahkan satu kata yang dicari", "add a word to look for")
        .caused_by(error)
    })
}

/// Returns the questions that all filters on questions let through; `None` for all.
fn wanted(
    workspace: &Workspace,
    options: &Options,
) -> Result<Option<BTreeSet<QuestionId>>, Error> {
    let asked = asked(&workspace.framework, &options.asked)?;
    let Some((state, as_of)) = options.question_state else {
        return Ok(asked);
    };
    let fitting = check::questions_in(workspace, state, as_of)?;
    Ok(Some(match asked {
        Some(asked) => asked.intersection(&fitting).cloned().collect(),
        None => fitting,
    }))
}

/// Asks the index; without words, the confidence of the links decides the order.
fn ranked_hits(
    workspace: &Workspace,
    options: &Options,
    query: &SearchQuery,
    ranked: Option<&BTreeMap<Digest, Ratio>>,
) -> Result<Hits, Error> {
    let filter = Filter {
        kind: options.kind.clone(),
        year: options.year,
        issuer: options.issuer.clone(),
        state: options.state.map(|state| state.as_str().to_owned()),
        among: ranked.map(|ranked| ranked.keys().copied().collect()),
    };
    let search = workspace.search_index()?;
    let by_links = ranked.filter(|_| query.clauses.is_empty());
    let limit = by_links.map_or(options.limit, BTreeMap::len);
    let mut hits = search.search(query, &filter, limit)?;
    if let Some(ranked) = by_links {
        let rank = |d: &Digest| ranked.get(d).copied().unwrap_or(Ratio::ZERO).get();
        hits.hits.sort_by(|a, b| {
            let order = rank(&b.digest).total_cmp(&rank(&a.digest));
            order.then(a.digest.cmp(&b.digest))
        });
        hits.hits.truncate(options.limit);
    }
    Ok(hits)
}

fn respelled(asked: &SearchQuery, ran: &SearchQuery) -> Vec<String> {
    use crate::io::search::Match;
    let pairs = asked.clauses.iter().zip(&ran.clauses);
    pairs
        .filter_map(|(a, b)| match (&a.what, &b.what) {
            (Match::Word(word), Match::Fuzzy(_)) => Some(word.clone()),
            _ => None,
        })
        .collect()
}

/// Returns the documents with a fitting link, and the confidence of their best.
fn by_links(
    workspace: &Workspace,
    settled: &Settled,
    fits: &impl Fn(&Link) -> bool,
) -> Result<BTreeMap<Digest, Ratio>, Error> {
    let mut ranked = BTreeMap::new();
    for (digest, links) in settled.all_links(workspace)? {
        // Links are best first.
        if let Some(link) = links.iter().find(|link| fits(link)) {
            ranked.insert(digest, link.confidence);
        }
    }
    Ok(ranked)
}

/// Returns the documents that were read and are tied to nothing.
fn unlinked(
    workspace: &Workspace,
    settled: &Settled,
) -> Result<BTreeMap<Digest, Ratio>, Error> {
    let least = Ratio::new(LISTED_FROM);
    let linked: BTreeSet<Digest> = settled
        .all_links(workspace)?
        .into_iter()
        .filter(|(_, links)| links.iter().any(|link| link.confidence >= least))
        .map(|(digest, _)| digest)
        .collect();
    let read = workspace.catalog.read_paths()?.into_keys();
    Ok(read
        .filter(|digest| !linked.contains(digest))
        .map(|digest| (digest, Ratio::ZERO))
        .collect())
}

/// Returns the questions asked for; `None` for all.
///
/// # Errors
/// When something is named that does not exist, with what there is.
pub fn asked(
    framework: &Framework,
    options: &Asked,
) -> Result<Option<BTreeSet<QuestionId>>, Error> {
    let mut tests: Vec<QuestionTest> = Vec::new();
    if let Some(name) = &options.indicator {
        tests.push(indicator_test(framework, name)?);
    }
    if let Some(name) = &options.question {
        let id = question_named(framework, name)?.id.clone();
        tests.push(Box::new(move |q| q.id == id));
    }
    if let Some(name) = &options.office {
        let office = framework.office_by_alias(name).map(|o| o.id.clone());
        let office = office.ok_or_else(|| unknown_office(framework, name))?;
        tests.push(Box::new(move |q| q.offices.contains(&office)));
    }
    if tests.is_empty() {
        return Ok(None);
    }
    let fits = |q: &&Question| tests.iter().all(|test| test(q));
    let wanted = framework.questions().iter().filter(fits);
    Ok(Some(wanted.map(|q| q.id.clone()).collect()))
}

/// Returns a question by its id.
///
/// # Errors
/// When there is none.
pub fn question_named<'a>(
    framework: &'a Framework,
    name: &str,
) -> Result<&'a Question, Error> {
    let same = |q: &&Question| q.id.as_str().eq_ignore_ascii_case(name.trim());
    let found = framework.questions().iter().find(same);
    found.ok_or_else(|| unknown_question(name))
}

/// Returns every document that holds the words.
///
/// # Errors
/// When the words cannot be searched for.
pub fn digests(workspace: &Workspace, words: &str) -> Result<BTreeSet<Digest>, Error> {
    let search = workspace.search_index()?;
    let query = understood(words)?;
    let total = search.search(&query, &Filter::default(), 1)?.total;
    let hits = search.search(&query, &Filter::default(), total.max(1))?;
    Ok(hits.hits.iter().map(|hit| hit.digest).collect())
}

/// Returns a test for the questions of an indicator, named by number, part or id.
///
/// # Errors
/// When there is no such indicator.
pub fn indicator_test(framework: &Framework, name: &str) -> Result<QuestionTest, Error> {
    let name = name.trim();
    let part = framework.indicators().iter().flat_map(|i| &i.parts);
    let part = part
        .clone()
        .find(|p| p.code.as_str().eq_ignore_ascii_case(name));
    if let Some(part) = part {
        let code = part.code.clone();
        return Ok(Box::new(move |q| q.part.as_ref() == Some(&code)));
    }
    let by_number = name
        .parse()
        .ok()
        .and_then(|n| framework.indicator_by_number(n));
    let by_id = || {
        let same =
            |i: &&crate::framework::Indicator| i.id.as_str().eq_ignore_ascii_case(name);
        framework.indicators().iter().find(same)
    };
    let id = by_number
        .or_else(by_id)
        .map(|i| i.id.clone())
        .ok_or_else(|| {
            let known = framework.indicators().len();
            Error::new(
                ErrorKind::Usage,
                format!("tidak ada indikator `{name}`"),
                format!("there is no indicator `{name}`"),
            )
            .hint(
                format!("pakai nomor 1 sampai {known}, atau bagiannya seperti 21A"),
                format!("use a number from 1 to {known}, or a part such as 21A"),
            )
        })?;
    // A topic policy of another indicator counts for the indicator it is about.
    Ok(Box::new(move |q| {
        q.indicator == id || q.relates_to.as_ref() == Some(&id)
    }))
}

fn unknown_question(name: &str) -> Error {
    Error::new(
        ErrorKind::Usage,
        format!("tidak ada pertanyaan `{name}`"),
        format!("there is no question `{name}`"),
    )
    .hint(
        "kodenya tercetak pada `bukti check`, misalnya KLA24-17-Q3a",
        "its code is printed by `bukti check`, such as KLA24-17-Q3a",
    )
}

fn unknown_office(framework: &Framework, name: &str) -> Error {
    let known: Vec<&str> = framework
        .offices()
        .iter()
        .map(|o| o.short.as_str())
        .collect();
    let known = known.join(", ");
    Error::new(
        ErrorKind::Usage,
        format!("tidak ada perangkat daerah `{name}`"),
        format!("there is no office `{name}`"),
    )
    .hint(format!("yang dikenal: {known}"), format!("known: {known}"))
}
