//! Finds documents: by words in them, narrowed by question, indicator, kind, year, office,
//! issuer and state; each with the lines that show why.

use super::effective_links::{EffectiveLinks, LinkFilter};
use super::scope::{Scope, questions_in_scope};
use crate::app::archive::searchable;
use crate::app::archive::searchable::Opened;
use crate::app::archive::workspace::Workspace;
use crate::app::error::{Error, ErrorKind};
use crate::app::judgement::check;
use crate::app::reading::recognise;
use crate::app::unknown;
use crate::{
    io::{
        search::{Filter, Hit, Hits, QueryError, SearchQuery, Snippet, snippet},
        store::DocumentRow,
    },
    lexicon::analysis,
    model::{Date, Digest, FileState, Link, QuestionId, QuestionState, Ratio},
};
use std::collections::{BTreeMap, BTreeSet};

/// What a user looks for. Every part that is set must hold.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Words, see [`SearchQuery`]; empty for all documents.
    pub text: String,
    /// Evidence for which questions.
    pub scope: Scope,
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

/// A document found.
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

/// All that was found.
#[derive(Debug, Clone)]
pub struct Results {
    /// How many documents fit in all.
    pub total: usize,
    /// The best of them.
    pub found: Vec<Found>,
    /// Words that stand nowhere and were looked for in like spelling.
    pub respelled: Vec<String>,
    /// Contents that the search index lacked, and that were put in for this search.
    pub mended: u64,
    /// Contents that it lacks still: what is looked for may be one of them.
    pub missing: u64,
}

/// Searches an archive.
///
/// # Errors
/// When a filter names something that does not exist, with what there is.
pub fn search(workspace: &Workspace, options: &Options) -> Result<Results, Error> {
    let query = understood(&options.text)?;
    let kind = options.kind.as_deref().map(kind_named).transpose()?;
    let options = &Options {
        kind,
        ..options.clone()
    };
    let wanted = wanted_questions(workspace, options)?;
    let asked = LinkFilter {
        questions: wanted.as_ref(),
        least: match options.confident {
            true => Ratio::CONFIDENT,
            false => Ratio::LISTED,
        },
    };
    let effective = EffectiveLinks::load(workspace)?;
    let ranked = if options.unlinked {
        let unlinked = effective.unlinked(workspace)?;
        Some(unlinked.into_iter().map(|d| (d, Ratio::ZERO)).collect())
    } else if wanted.is_some() || options.confident {
        Some(effective.best(workspace, asked)?)
    } else {
        None
    };
    let opened = searchable::to_read(workspace)?;
    let hits = ranked_hits(workspace, options, &query, (&opened, ranked.as_ref()))?;
    if let Some(issuer) = options.issuer.as_deref().filter(|_| hits.total == 0) {
        see_issuer(workspace, issuer)?;
    }
    let mut found = Vec::with_capacity(hits.hits.len());
    for hit in &hits.hits {
        let document = workspace.catalog.document(&hit.digest)?;
        let Some(document) = document.filter(|found| !found.paths.is_empty()) else {
            continue;
        };
        let mut links = effective.links(workspace, &hit.digest)?;
        links.retain(|link| asked.fits(link));
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
        mended: opened.mended,
        missing: opened.missing,
    })
}

/// Returns the id of a kind by its name, or the error that there is none.
///
/// # Errors
/// When there is no such kind.
fn kind_named(name: &str) -> Result<String, Error> {
    let kinds = recognise::kinds()?;
    match kinds.get(name.trim().to_lowercase().as_str()) {
        Some(kind) => Ok(kind.id.to_string()),
        None => Err(unknown::kind(name, &kinds)),
    }
}

/// Returns an error where nothing was found and no document or official list names the government
/// of the filter.
fn see_issuer(workspace: &Workspace, name: &str) -> Result<(), Error> {
    let words: Vec<String> = analysis::tokens(name).map(|word| word.folded).collect();
    let is_named = |full: &str| {
        let own: BTreeSet<String> = analysis::tokens(full).map(|w| w.folded).collect();
        words.iter().all(|word| own.contains(word))
    };
    let regions = recognise::regions()?;
    if regions.names().iter().any(|region| is_named(&region.full)) {
        return Ok(());
    }
    let documents = workspace.catalog.documents()?;
    let issuers = documents
        .iter()
        .filter_map(|d| d.content.facts.issuer.value());
    let issuers: BTreeSet<&str> = issuers.map(|i| i.government.name.as_str()).collect();
    match issuers.iter().any(|issuer| is_named(issuer)) {
        true => Ok(()),
        false => {
            let issuers: Vec<String> = issuers.into_iter().map(str::to_owned).collect();
            Err(unknown::issuer(name, &issuers, &regions))
        }
    }
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
fn wanted_questions(
    workspace: &Workspace,
    options: &Options,
) -> Result<Option<BTreeSet<QuestionId>>, Error> {
    let asked = questions_in_scope(&workspace.framework, &options.scope)?;
    let Some((state, as_of)) = options.question_state else {
        return Ok(asked);
    };
    let fitting = check::questions_in(workspace, state, as_of)?;
    Ok(Some(match asked {
        Some(asked) => asked.intersection(&fitting).cloned().collect(),
        None => fitting,
    }))
}

/// Returns the documents that fit, best first. Without words, the confidence of the links decides
/// the order, and of equal ones the path a person would look at first.
fn ranked_hits(
    workspace: &Workspace,
    options: &Options,
    query: &SearchQuery,
    (opened, ranked): (&Opened, Option<&BTreeMap<Digest, Ratio>>),
) -> Result<Hits, Error> {
    if !query.clauses.is_empty() {
        let filter = filter(options, ranked);
        return Ok(opened.index.search(query, &filter, options.limit)?);
    }
    let asks_index = options.kind.is_some()
        || options.year.is_some()
        || options.issuer.is_some()
        || options.state.is_some();
    let found: Vec<(Digest, Ratio)> = match ranked {
        Some(ranked) if !asks_index => {
            let unplaced = workspace.catalog.unplaced()?;
            let there = ranked
                .iter()
                .filter(|(digest, _)| !unplaced.contains(digest));
            there.map(|(digest, rank)| (*digest, *rank)).collect()
        }
        _ => {
            let filter = filter(options, ranked);
            let hits = opened.index.search(query, &filter, usize::MAX)?;
            let digests = hits.hits.iter().map(|hit| hit.digest);
            let rank = |d: &Digest| ranked.and_then(|ranked| ranked.get(d).copied());
            digests
                .map(|digest| (digest, rank(&digest).unwrap_or(Ratio::ZERO)))
                .collect()
        }
    };
    let total = found.len();
    let hits = first(workspace, found, options.limit)?;
    Ok(Hits {
        total,
        hits: hits
            .into_iter()
            .map(|digest| Hit { digest, score: 0.0 })
            .collect(),
        query: query.clone(),
    })
}

/// Returns the first `most` documents: those of the highest rank, of equal ones those whose path
/// comes first. Nearly all share their rank with thousands, so that no order of all is made.
fn first(
    workspace: &Workspace,
    mut found: Vec<(Digest, Ratio)>,
    most: usize,
) -> Result<Vec<Digest>, Error> {
    let by_rank =
        |a: &(Digest, Ratio), b: &(Digest, Ratio)| b.1.get().total_cmp(&a.1.get());
    if let Some(last) = most.checked_sub(1).filter(|last| *last < found.len()) {
        let (_, &mut (_, least), _) = found.select_nth_unstable_by(last, by_rank);
        found.retain(|(_, rank)| *rank >= least);
    }
    found.sort_unstable_by(by_rank);
    let mut first = Vec::new();
    for equal in found.chunk_by(|a, b| a.1 == b.1) {
        let equal: BTreeSet<Digest> = equal.iter().map(|(digest, _)| *digest).collect();
        let left = most - first.len().min(most);
        first.extend(workspace.catalog.first_by_path(&equal, left)?);
    }
    Ok(first)
}

fn filter(options: &Options, ranked: Option<&BTreeMap<Digest, Ratio>>) -> Filter {
    Filter {
        kind: options.kind.clone(),
        year: options.year,
        issuer: options.issuer.clone(),
        state: options.state.map(|state| state.as_str().to_owned()),
        among: ranked.map(|ranked| ranked.keys().copied().collect()),
    }
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

/// Returns every document that holds the words.
///
/// # Errors
/// When the words cannot be searched for.
pub fn digests(workspace: &Workspace, words: &str) -> Result<BTreeSet<Digest>, Error> {
    let query = understood(words)?;
    let opened = searchable::to_read(workspace)?;
    searchable::require_complete(opened.missing)?;
    let hits = opened
        .index
        .search(&query, &Filter::default(), usize::MAX)?;
    Ok(hits.hits.iter().map(|hit| hit.digest).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_were_looked_for_in_like_spelling_are_named() {
        use crate::io::search::Match;
        let asked = SearchQuery::parse("kawasan rokk").unwrap();
        let mut ran = asked.clone();
        assert!(respelled(&asked, &ran).is_empty());
        ran.clauses[1].what = Match::Fuzzy("rokk".to_owned());
        assert_eq!(respelled(&asked, &ran), ["rokk"]);
    }

    #[test]
    fn a_kind_is_taken_as_the_data_spell_it() {
        assert_eq!(kind_named(" Perda ").unwrap(), "perda");
        assert_eq!(kind_named("perdaa").unwrap_err().kind, ErrorKind::Usage);
    }

    #[test]
    fn only_words_to_leave_out_are_no_search() {
        assert!(understood("").unwrap().clauses.is_empty(), "all documents");
        assert_eq!(understood("-rokok").unwrap_err().kind, ErrorKind::Usage);
    }
}
