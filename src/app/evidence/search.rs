//! Finds documents: by words in them, narrowed by question, indicator, kind, year, office,
//! issuer and state; each with the lines that show why, and the strip of its page.

pub mod facets;
pub mod strip;

use self::facets::{Facets, LinkedQuestions};
use self::strip::Strip;
use super::effective_links::{EffectiveLinks, LinkFilter};
use super::scope::{Scope, questions_in_scope};
use crate::access_copy::readable;
use crate::app::archive::searchable;
use crate::app::archive::searchable::Opened;
use crate::app::archive::workspace::Workspace;
use crate::app::error::{Error, ErrorKind};
use crate::app::judgement::check;
use crate::app::reading::recognise;
use crate::app::unknown;
use crate::{
    io::{
        search::{Filter, Hit, Hits, Matcher, QueryError, SearchQuery, Snippet, snippet},
        store::DocumentRow,
    },
    lexicon::analysis,
    model::{Date, Digest, FileState, Link, QuestionId, QuestionState, Ratio},
};
use std::borrow::Cow;
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
    /// How many of the best documents to leave out: they were given before.
    pub skip: usize,
    /// The most documents to give.
    pub limit: usize,
    /// Whether words that are personal data are taken out of what is shown.
    pub redacts: bool,
}

impl Options {
    /// Returns how many documents are to be ranked: those to give, and those before them.
    fn last(&self) -> usize {
        self.skip.saturating_add(self.limit)
    }
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
    /// Where the words stand; `None` where no words were asked for, or none can be shown.
    pub place: Option<Place>,
}

impl Found {
    /// Returns the lines that show why.
    pub fn snippet(&self) -> Option<&Snippet> {
        self.place.as_ref().map(|place| &place.snippet)
    }
}

/// Where the words that were looked for stand in a document.
#[derive(Debug, Clone)]
pub struct Place {
    /// The lines that show why.
    pub snippet: Snippet,
    /// The part of the page's picture with a hit, where the page has one.
    pub strip: Option<Strip>,
    /// How many hits the document has on its pages.
    pub hits: usize,
    /// How many of them stand on pages before that of the snippet.
    pub before: usize,
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
    Ok(Search::new(workspace, options, None)?.run()?.0)
}

/// Searches an archive and counts what is found by its facets, with links that were loaded before.
///
/// # Errors
/// When a filter names something that does not exist, with what there is.
pub fn with_facets(
    workspace: &Workspace,
    options: &Options,
    linked: &LinkedQuestions,
) -> Result<(Results, Facets), Error> {
    Search::new(workspace, options, Some(linked))?.run()
}

/// A search, understood.
struct Search<'a> {
    workspace: &'a Workspace,
    options: Options,
    query: SearchQuery,
    wanted: Option<BTreeSet<QuestionId>>,
    least: Ratio,
    effective: EffectiveLinks,
    /// Links at hand; where there are none, facets are not counted.
    linked: Option<&'a LinkedQuestions>,
}

impl<'a> Search<'a> {
    fn new(
        workspace: &'a Workspace,
        options: &Options,
        linked: Option<&'a LinkedQuestions>,
    ) -> Result<Self, Error> {
        let kind = options.kind.as_deref().map(kind_named).transpose()?;
        Ok(Self {
            query: understood(&options.text)?,
            wanted: wanted_questions(workspace, options)?,
            least: match options.confident {
                true => Ratio::CONFIDENT,
                false => Ratio::LISTED,
            },
            effective: EffectiveLinks::load(workspace)?,
            options: Options {
                kind,
                ..options.clone()
            },
            workspace,
            linked,
        })
    }

    fn asked(&self) -> LinkFilter<'_> {
        LinkFilter {
            questions: self.wanted.as_ref(),
            least: self.least,
        }
    }

    /// Returns the documents that the filters on links let through; `None` for all.
    fn ranked(&self) -> Result<Option<BTreeMap<Digest, Ratio>>, Error> {
        if self.options.unlinked {
            let unlinked = self.effective.unlinked(self.workspace)?.into_iter();
            return Ok(Some(unlinked.map(|d| (d, Ratio::ZERO)).collect()));
        }
        if self.wanted.is_none() && !self.options.confident {
            return Ok(None);
        }
        Ok(Some(match self.linked {
            Some(linked) => linked.best(self.wanted.as_ref(), self.least),
            None => self.effective.best(self.workspace, self.asked())?,
        }))
    }

    fn run(&self) -> Result<(Results, Facets), Error> {
        let ranked = self.ranked()?;
        let opened = searchable::to_read(self.workspace)?;
        let (hits, facets) = self.hits(&opened, ranked.as_ref())?;
        let issuer = self.options.issuer.as_deref();
        if let Some(issuer) = issuer.filter(|_| hits.total == 0) {
            see_issuer(self.workspace, issuer)?;
        }
        let mut matcher = Matcher::new(&hits.query);
        let mut found = Vec::with_capacity(hits.hits.len());
        for hit in hits.hits.iter().skip(self.options.skip) {
            found.extend(self.found(hit, &mut matcher)?);
        }
        let results = Results {
            total: hits.total,
            found,
            respelled: respelled(&self.query, &hits.query),
            mended: opened.mended,
            missing: opened.missing,
        };
        Ok((results, facets))
    }

    /// Returns the documents that fit, best first, and their facets where those are asked for.
    fn hits(
        &self,
        opened: &Opened,
        ranked: Option<&BTreeMap<Digest, Ratio>>,
    ) -> Result<(Hits, Facets), Error> {
        let Some(linked) = self.linked else {
            let (workspace, options) = (self.workspace, &self.options);
            let hits = ranked_hits(workspace, options, &self.query, (opened, ranked))?;
            return Ok((hits, Facets::default()));
        };
        let matches = opened
            .index
            .find(&self.query, &filter(&self.options, ranked))?;
        let documents = matches.digests()?;
        let counted = matches.counts()?;
        let facets = linked.facets(&self.workspace.framework, &documents, &counted)?;
        let limit = self.options.last();
        let hits = match self.query.clauses.is_empty() {
            true => listed(self.workspace, &self.query, limit, documents, ranked)?,
            false => matches.best(limit)?,
        };
        Ok((hits, facets))
    }

    /// Returns a document with what is shown of it; `None` where it lies nowhere any more.
    fn found(
        &self,
        hit: &Hit,
        matcher: &mut Matcher<'_>,
    ) -> Result<Option<Found>, Error> {
        let workspace = self.workspace;
        let document = workspace.catalog.document(&hit.digest)?;
        let Some(document) = document.filter(|found| !found.paths.is_empty()) else {
            return Ok(None);
        };
        let asked = self.asked();
        let mut links = self.effective.links(workspace, &hit.digest)?;
        links.retain(|link| asked.fits(link));
        let place = match self.query.clauses.is_empty() {
            true => None,
            false => self.place(&document, matcher)?,
        };
        Ok(Some(Found {
            document,
            score: hit.score,
            links,
            place,
        }))
    }

    fn place(
        &self,
        document: &DocumentRow,
        matcher: &mut Matcher<'_>,
    ) -> Result<Option<Place>, Error> {
        let content = &document.content;
        let mut pages = self.workspace.catalog.pages(&content.digest)?;
        if self.options.redacts && !content.facts.personal.is_empty() {
            let (marks, unread) = (&content.facts.personal, &content.waiting);
            let shown = pages
                .iter()
                .filter_map(|page| readable(page, marks, unread));
            pages = shown.map(Cow::into_owned).collect();
        }
        let Some(snippet) = snippet(&pages, matcher) else {
            return Ok(None);
        };
        let (mut hits, mut before, mut strip) = (0, 0, None);
        for page in &pages {
            let of_page = matcher.hits(page);
            hits += of_page.len();
            if page.number < snippet.page {
                before += of_page.len();
            }
            if page.number == snippet.page && content.media_type.has_sheets() {
                strip = strip::strip(page, &of_page);
            }
        }
        Ok(Some(Place {
            snippet,
            strip,
            hits,
            before,
        }))
    }
}

/// Returns the id of a kind by its name, or the error that there is none.
///
/// # Errors
/// When there is no such kind.
fn kind_named(name: &str) -> Result<String, Error> {
    let kinds = recognise::kinds()?;
    match kinds.get(name.trim().to_lowercase().as_str()) {
        Some(kind) => Ok(kind.id.to_string()),
        None => Err(unknown::kind(name, kinds)),
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

/// Returns what a state means: of files, of the questions that documents prove, or both.
///
/// # Errors
/// When neither has such a state.
pub fn state_named(
    name: &str,
) -> Result<(Option<FileState>, Option<QuestionState>), Error> {
    let of_question = name.parse::<QuestionState>().ok();
    match (FileState::from_name(name), of_question) {
        (None, None) => Err(unknown::state(name)),
        found => Ok(found),
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
        return Ok(opened.index.search(query, &filter, options.last())?);
    }
    let asks_index = options.kind.is_some()
        || options.year.is_some()
        || options.issuer.is_some()
        || options.state.is_some();
    let found: Vec<Digest> = match ranked {
        Some(ranked) if !asks_index => {
            let unplaced = workspace.catalog.unplaced()?;
            let there = ranked.keys().filter(|digest| !unplaced.contains(digest));
            there.copied().collect()
        }
        _ => opened
            .index
            .find(query, &filter(options, ranked))?
            .digests()?,
    };
    listed(workspace, query, options.last(), found, ranked)
}

/// Returns documents that no words were asked of: those of the highest rank, of equal ones those
/// whose path comes first.
fn listed(
    workspace: &Workspace,
    query: &SearchQuery,
    limit: usize,
    found: Vec<Digest>,
    ranked: Option<&BTreeMap<Digest, Ratio>>,
) -> Result<Hits, Error> {
    let rank = |d: &Digest| ranked.and_then(|ranked| ranked.get(d).copied());
    let total = found.len();
    let found = found.into_iter();
    let found = found.map(|digest| (digest, rank(&digest).unwrap_or(Ratio::ZERO)));
    let hits = first(workspace, found.collect(), limit)?.into_iter();
    Ok(Hits {
        total,
        hits: hits.map(|digest| Hit { digest, score: 0.0 }).collect(),
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
