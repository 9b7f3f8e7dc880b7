//! The tantivy index: its schema, writing and searching. It has two fields for each text:
//! `words` as written (phrases, prefixes, misspellings) and `stems` (any form of a word).

use super::{
    collect::Every,
    columns::{self, Columns, Counts},
    error::SearchError,
    protected::Protected,
    query::{Clause, Match, SearchQuery},
};
use crate::lexicon::analysis;
use crate::model::Digest;
use std::collections::BTreeSet;
use std::path::Path;
use tantivy::{
    Directory, DocAddress, Index, IndexReader, IndexWriter, ReloadPolicy, Searcher,
    TantivyDocument, TantivyError, Term,
    directory::MmapDirectory,
    indexer::{IndexWriterOptions, LogMergePolicy},
    query::{
        AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, FuzzyTermQuery, Occur,
        PhraseQuery, Query, RegexQuery, TermQuery,
    },
    schema::{
        FAST, Field, INDEXED, IndexRecordOption, STRING, Schema, TextFieldIndexing,
        TextOptions,
    },
    tokenizer::{Token, TokenStream, Tokenizer},
};

/// Memory the writer may fill before it flushes a segment, in bytes. tantivy's floor is
/// 15 MB; this keeps the indexing process small on an office PC, and a full share takes
/// hardly more than a small one, which does not fill it.
const WRITER_BYTES: usize = 16 << 20;

/// Segments of so many documents are not merged any more, smaller ones by [`AT_ONCE`]: a
/// merge takes memory for all it merges, which would grow with the archive. With commits of
/// 1,000 documents, 100,000 make 25 segments.
const LARGE_SEGMENT: u32 = 4_000;

/// Segments merged at once, at least.
const AT_ONCE: usize = 4;

/// How much more a hit in the title counts than one in the text. Chosen by hand: the title of
/// a regulation is its subject, the body cites many others.
const TITLE_BOOST: f32 = 4.0;

/// How much more a word as written counts than its stem.
const EXACT_BOOST: f32 = 1.5;

/// A document as search sees it.
#[derive(Debug, Clone, Default)]
pub struct Searchable {
    /// The title, where known.
    pub title: String,
    /// All its paths.
    pub paths: String,
    /// The text of all pages.
    pub body: String,
    /// Its kind, where known.
    pub kind: Option<String>,
    /// Its year, where known.
    pub year: Option<i16>,
    /// The issuing government, where known.
    pub issuer: String,
    /// The state of its file.
    pub state: String,
}

/// Narrows a search. Every part that is set must hold.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// The kind of document.
    pub kind: Option<String>,
    /// The year of the document.
    pub year: Option<i16>,
    /// Words of the issuing government's name.
    pub issuer: Option<String>,
    /// The state of the file.
    pub state: Option<String>,
    /// One of these documents.
    pub among: Option<BTreeSet<Digest>>,
}

/// A document found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The document.
    pub digest: Digest,
    /// How well it fits; comparable within one search only.
    pub score: f32,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hits {
    /// How many documents fit in all.
    pub total: usize,
    /// The best of them, best first; equals in order of digest.
    pub hits: Vec<Hit>,
    /// The query as it was run: words found nowhere were looked for in like spelling.
    pub query: SearchQuery,
}

/// Every document that fits a search.
pub struct Matches {
    found: Vec<(f32, DocAddress)>,
    columns: Columns,
    /// The query as it was run.
    pub query: SearchQuery,
}

impl Matches {
    /// Returns how many of them have which value.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn counts(&self) -> Result<Counts, SearchError> {
        let documents = self.found.iter().map(|(_, address)| *address);
        self.columns.counts(documents)
    }

    /// Returns the digest of each, in no order.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn digests(&self) -> Result<Vec<Digest>, SearchError> {
        let documents = self.found.iter();
        documents
            .map(|(_, address)| self.columns.digest(*address))
            .collect()
    }

    /// Returns the best of them, equals in order of digest.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn best(self, limit: usize) -> Result<Hits, SearchError> {
        let rounded = |score: f32| (score * 1000.0).round() / 1000.0;
        let mut found = self.found;
        let total = found.len();
        // Those that tie with the last one asked for come along: which of them is shown hangs
        // on their digests, not on where they stand in the index.
        if let Some(last) = limit.checked_sub(1).filter(|last| *last < total) {
            let by_score = |a: &(f32, _), b: &(f32, _)| b.0.total_cmp(&a.0);
            let (_, (least, _), _) = found.select_nth_unstable_by(last, by_score);
            let least = rounded(*least);
            found.retain(|(score, _)| rounded(*score) >= least);
        }
        let mut hits = Vec::with_capacity(found.len());
        for (score, address) in found {
            hits.push(Hit {
                digest: self.columns.digest(address)?,
                score: rounded(score),
            });
        }
        hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.digest.cmp(&b.digest)));
        hits.truncate(limit);
        Ok(Hits {
            total,
            hits,
            query: self.query,
        })
    }
}

impl std::fmt::Debug for Matches {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Matches")
            .field("query", &self.query)
            .finish_non_exhaustive()
    }
}

#[derive(Debug, Clone, Copy)]
struct Fields {
    id: Field,
    digest: [Field; 4],
    title: Field,
    title_stems: Field,
    words: Field,
    stems: Field,
    kind: Field,
    year: Field,
    issuer: Field,
    state: Field,
}

/// An open index.
pub struct SearchIndex {
    index: Index,
    reader: IndexReader,
    fields: Fields,
}

impl std::fmt::Debug for SearchIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SearchIndex").finish_non_exhaustive()
    }
}

fn schema() -> (Schema, Fields) {
    let text = |tokenizer: &str, record| {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(tokenizer)
            .set_index_option(record);
        TextOptions::default().set_indexing_options(indexing)
    };
    let positions = IndexRecordOption::WithFreqsAndPositions;
    let freqs = IndexRecordOption::WithFreqs;
    let mut builder = Schema::builder();
    let fields = Fields {
        id: builder.add_text_field("id", STRING),
        digest: columns::digest_fields(&mut builder),
        title: builder.add_text_field("title", text("words", positions)),
        title_stems: builder.add_text_field("title_stems", text("stems", freqs)),
        words: builder.add_text_field("words", text("words", positions)),
        stems: builder.add_text_field("stems", text("stems", freqs)),
        kind: builder.add_text_field(columns::KIND, STRING | FAST),
        year: builder.add_i64_field(columns::YEAR, INDEXED | FAST),
        issuer: builder.add_text_field("issuer", text("words", positions)),
        state: builder.add_text_field(columns::STATE, STRING | FAST),
    };
    (builder.build(), fields)
}

impl SearchIndex {
    /// Opens the index in `folder`, or makes an empty one; tells whether it was made.
    ///
    /// # Errors
    /// [`SearchError::Stale`] when what is there is not an index of this version: the caller
    /// empties the folder and tries again.
    pub fn open(folder: &Path) -> Result<(Self, bool), SearchError> {
        let directory =
            MmapDirectory::open(folder).map_err(tantivy::TantivyError::from)?;
        let (schema, fields) = schema();
        let made = !Index::exists(&directory).map_err(TantivyError::from)?;
        if !made {
            return Ok((Self::opened(directory)?, false));
        }
        let index = Index::create(directory, schema, tantivy::IndexSettings::default())?;
        Ok((Self::with(index, fields)?, true))
    }

    /// Opens the index in `folder` and leaves it as it is: one that is not there is not made,
    /// and where the folder is write-protected it is read all the same.
    ///
    /// # Errors
    /// [`SearchError::Stale`] when there is no index of this version, or files of it are gone.
    pub fn open_to_read(folder: &Path, is_protected: bool) -> Result<Self, SearchError> {
        if !folder.is_dir() {
            return Err(SearchError::Stale);
        }
        let directory = MmapDirectory::open(folder).map_err(TantivyError::from)?;
        if !Index::exists(&directory).map_err(TantivyError::from)? {
            return Err(SearchError::Stale);
        }
        match is_protected {
            true => Self::opened(Protected(directory)),
            false => Self::opened(directory),
        }
    }

    fn opened(directory: impl Directory) -> Result<Self, SearchError> {
        let index = Index::open(directory).map_err(SearchError::of_opening)?;
        if !has_all_files(&index)? {
            return Err(SearchError::Stale);
        }
        let (schema, fields) = schema();
        if index.schema() != schema {
            return Err(SearchError::Stale);
        }
        Self::with(index, fields).map_err(|error| match error {
            SearchError::Tantivy(error) => SearchError::of_opening(error),
            SearchError::Stale => SearchError::Stale,
        })
    }

    /// Returns how many contents it holds.
    pub fn count(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    /// Tells whether every file of it still has the bytes that were written. Reads them all.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn is_sound(&self) -> Result<bool, SearchError> {
        Ok(self.index.validate_checksum()?.is_empty())
    }

    /// Makes an index in memory, for tests.
    ///
    /// # Errors
    /// When tantivy refuses.
    pub fn in_memory() -> Result<Self, SearchError> {
        let (schema, fields) = schema();
        Self::with(Index::create_in_ram(schema), fields)
    }

    fn with(index: Index, fields: Fields) -> Result<Self, SearchError> {
        index
            .tokenizers()
            .register("words", Analyzer { stems: false });
        index
            .tokenizers()
            .register("stems", Analyzer { stems: true });
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        Ok(Self {
            index,
            reader,
            fields,
        })
    }

    /// Opens the one writer.
    ///
    /// # Errors
    /// When another process holds it.
    pub fn writer(&self) -> Result<Writer, SearchError> {
        // One merge at a time, for the same reason.
        let options = IndexWriterOptions::builder()
            .num_worker_threads(1)
            .memory_budget_per_thread(WRITER_BYTES)
            .num_merge_threads(1)
            .build();
        let writer: IndexWriter = self.index.writer_with_options(options)?;
        let mut merges = LogMergePolicy::default();
        merges.set_min_num_segments(AT_ONCE);
        merges.set_min_layer_size(LARGE_SEGMENT);
        merges.set_max_docs_before_merge(LARGE_SEGMENT as usize);
        writer.set_merge_policy(Box::new(merges));
        Ok(Writer {
            writer,
            fields: self.fields,
        })
    }

    /// Finds documents: the best of them, equals in order of digest. Without words all are
    /// equal.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn search(
        &self,
        query: &SearchQuery,
        filter: &Filter,
        limit: usize,
    ) -> Result<Hits, SearchError> {
        self.find(query, filter)?.best(limit)
    }

    /// Finds every document that fits, to be counted and ranked.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn find(
        &self,
        query: &SearchQuery,
        filter: &Filter,
    ) -> Result<Matches, SearchError> {
        self.reader.reload()?;
        let searcher = self.reader.searcher();
        let query = self.with_like_spelling(&searcher, query)?;
        let compiled = self.compile(&query, filter);
        let mut found = searcher.search(&*compiled, &Every)?;
        let columns = Columns::open(&searcher)?;
        if let Some(among) = &filter.among {
            // Of a hundred thousand names no query is made.
            let mut kept = Vec::with_capacity(found.len().min(among.len()));
            for (score, address) in found {
                if among.contains(&columns.digest(address)?) {
                    kept.push((score, address));
                }
            }
            found = kept;
        }
        Ok(Matches {
            found,
            columns,
            query,
        })
    }

    /// Replaces words that stand nowhere by words of similar spelling: OCR misreads, people
    /// mistype.
    fn with_like_spelling(
        &self,
        searcher: &Searcher,
        query: &SearchQuery,
    ) -> Result<SearchQuery, SearchError> {
        let mut clauses = Vec::new();
        for clause in &query.clauses {
            let what = match &clause.what {
                Match::Word(word) if !clause.not => {
                    let terms = [
                        Term::from_field_text(self.fields.words, word),
                        Term::from_field_text(self.fields.stems, &analysis::stem(word)),
                        Term::from_field_text(self.fields.title, word),
                    ];
                    let mut known = Match::distance(word) == 0;
                    for term in &terms {
                        known = known || searcher.doc_freq(term)? > 0;
                    }
                    if known {
                        clause.what.clone()
                    } else {
                        Match::Fuzzy(word.clone())
                    }
                }
                other => other.clone(),
            };
            clauses.push(Clause {
                what,
                not: clause.not,
            });
        }
        Ok(SearchQuery { clauses })
    }

    fn compile(&self, query: &SearchQuery, filter: &Filter) -> Box<dyn Query> {
        let mut parts: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        for clause in &query.clauses {
            let occur = if clause.not {
                Occur::MustNot
            } else {
                Occur::Must
            };
            parts.push((occur, self.compile_match(&clause.what)));
        }
        let must = |query: Box<dyn Query>| -> (Occur, Box<dyn Query>) {
            (Occur::Must, Box::new(ConstScoreQuery::new(query, 0.0)))
        };
        let exact = |term: Term| -> Box<dyn Query> {
            Box::new(TermQuery::new(term, IndexRecordOption::Basic))
        };
        if let Some(kind) = &filter.kind {
            parts.push(must(exact(Term::from_field_text(self.fields.kind, kind))));
        }
        if let Some(year) = filter.year {
            parts.push(must(exact(Term::from_field_i64(
                self.fields.year,
                year.into(),
            ))));
        }
        if let Some(state) = &filter.state {
            parts.push(must(exact(Term::from_field_text(self.fields.state, state))));
        }
        for word in filter
            .issuer
            .iter()
            .flat_map(|issuer| analysis::tokens(issuer))
        {
            let term = Term::from_field_text(self.fields.issuer, &word.folded);
            parts.push(must(exact(term)));
        }
        if parts.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            parts.push((Occur::Must, Box::new(AllQuery)));
        }
        Box::new(BooleanQuery::new(parts))
    }

    fn compile_match(&self, what: &Match) -> Box<dyn Query> {
        let fields = self.fields;
        let any = |parts: Vec<(f32, Box<dyn Query>)>| -> Box<dyn Query> {
            let boosted = parts.into_iter().map(|(boost, query)| {
                let query: Box<dyn Query> = Box::new(BoostQuery::new(query, boost));
                (Occur::Should, query)
            });
            Box::new(BooleanQuery::new(boosted.collect()))
        };
        let term = |field, text: &str| -> Box<dyn Query> {
            let term = Term::from_field_text(field, text);
            Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
        };
        match what {
            Match::Word(word) => {
                let stem = analysis::stem(word);
                any(vec![
                    (EXACT_BOOST, term(fields.words, word)),
                    (1.0, term(fields.stems, &stem)),
                    (TITLE_BOOST * EXACT_BOOST, term(fields.title, word)),
                    (TITLE_BOOST, term(fields.title_stems, &stem)),
                ])
            }
            Match::Phrase(words) => {
                let phrase = |field| -> Box<dyn Query> {
                    let terms = words.iter().map(|w| Term::from_field_text(field, w));
                    Box::new(PhraseQuery::new(terms.collect()))
                };
                any(vec![
                    (EXACT_BOOST, phrase(fields.words)),
                    (TITLE_BOOST * EXACT_BOOST, phrase(fields.title)),
                ])
            }
            // Folded words hold letters and digits only: nothing to escape.
            Match::Prefix(prefix) => {
                let prefix = |field| -> Option<Box<dyn Query>> {
                    let query = RegexQuery::from_pattern(&format!("{prefix}.*"), field);
                    query.ok().map(|query| Box::new(query) as Box<dyn Query>)
                };
                let both = [
                    (1.0, prefix(fields.words)),
                    (TITLE_BOOST, prefix(fields.title)),
                ];
                any(both
                    .into_iter()
                    .filter_map(|(b, q)| Some((b, q?)))
                    .collect())
            }
            Match::Fuzzy(word) => {
                let fuzzy = |field| -> Box<dyn Query> {
                    let term = Term::from_field_text(field, word);
                    Box::new(FuzzyTermQuery::new(term, Match::distance(word), true))
                };
                any(vec![
                    (1.0, fuzzy(fields.words)),
                    (TITLE_BOOST, fuzzy(fields.title)),
                ])
            }
        }
    }
}

/// Tells whether every file that was written for an index is there: tantivy takes one that is
/// gone for empty, in part, and phrases are then not found.
fn has_all_files(index: &Index) -> Result<bool, SearchError> {
    let directory = index.directory();
    let segments = index.searchable_segment_ids();
    let segments = segments.map_err(SearchError::of_opening)?;
    let segments: Vec<String> = segments
        .iter()
        .map(tantivy::index::SegmentId::uuid_string)
        .collect();
    // In order: the first that is gone may be one that cannot be looked at.
    let files: std::collections::BTreeSet<_> =
        directory.list_managed_files().into_iter().collect();
    for file in files {
        let name = file.to_string_lossy();
        let is_used = segments.iter().any(|id| name.starts_with(id.as_str()));
        if is_used && !directory.exists(&file).map_err(TantivyError::from)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The one writer of an index.
pub struct Writer {
    writer: IndexWriter,
    fields: Fields,
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writer").finish_non_exhaustive()
    }
}

impl Writer {
    /// Adds a document, which replaces the one with the same digest; it is found after the commit.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn put(
        &mut self,
        digest: &Digest,
        document: &Searchable,
    ) -> Result<(), SearchError> {
        let id = digest.to_string();
        let fields = self.fields;
        self.writer
            .delete_term(Term::from_field_text(fields.id, &id));
        let mut row = TantivyDocument::new();
        row.add_text(fields.id, id);
        for (field, word) in fields.digest.iter().zip(columns::digest_words(digest)) {
            row.add_u64(*field, word);
        }
        for field in [fields.title, fields.title_stems] {
            row.add_text(field, &document.title);
        }
        for field in [fields.words, fields.stems] {
            row.add_text(field, &document.body);
            row.add_text(field, &document.paths);
        }
        row.add_text(fields.issuer, &document.issuer);
        row.add_text(fields.state, &document.state);
        if let Some(kind) = &document.kind {
            row.add_text(fields.kind, kind);
        }
        if let Some(year) = document.year {
            row.add_i64(fields.year, year.into());
        }
        self.writer.add_document(row)?;
        Ok(())
    }

    /// Deletes a document; it is no longer found after the commit.
    pub fn take_out(&mut self, digest: &Digest) {
        let id = Term::from_field_text(self.fields.id, &digest.to_string());
        self.writer.delete_term(id);
    }

    /// Makes everything put so far durable and findable.
    ///
    /// # Errors
    /// When the disk refuses: then none of it is.
    pub fn commit(&mut self) -> Result<(), SearchError> {
        self.writer.commit()?;
        Ok(())
    }

    /// Waits until the merges are done that commits have begun: a writer that goes before
    /// throws them away. What was not committed is lost.
    ///
    /// # Errors
    /// When the disk refuses; what was committed stays.
    pub fn finish(self) -> Result<(), SearchError> {
        self.writer.wait_merging_threads()?;
        Ok(())
    }
}

/// Breaks text into words the way [`analysis`] sees them.
#[derive(Debug, Clone)]
struct Analyzer {
    stems: bool,
}

/// The words of one text, one after the other.
struct Words {
    tokens: std::vec::IntoIter<Token>,
    current: Token,
}

impl Tokenizer for Analyzer {
    type TokenStream<'a> = Words;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Words {
        let mut tokens = Vec::new();
        for (position, word) in analysis::tokens(text).enumerate() {
            if self.stems && analysis::is_stop_word(&word.folded) {
                continue;
            }
            let text = match self.stems {
                true => analysis::stem(&word.folded).into_owned(),
                false => word.folded,
            };
            tokens.push(Token {
                offset_from: word.range.start,
                offset_to: word.range.end,
                position,
                text,
                position_length: 1,
            });
        }
        Words {
            tokens: tokens.into_iter(),
            current: Token::default(),
        }
    }
}

impl TokenStream for Words {
    fn advance(&mut self) -> bool {
        match self.tokens.next() {
            Some(token) => {
                self.current = token;
                true
            }
            None => false,
        }
    }

    fn token(&self) -> &Token {
        &self.current
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.current
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixity;

    fn index() -> SearchIndex {
        let index = SearchIndex::in_memory().unwrap();
        let mut writer = index.writer().unwrap();
        let texts = [
            (
                "Kawasan Tanpa Rokok",
                "perda",
                2020,
                "setiap orang dilarang merokok",
            ),
            (
                "Retribusi Daerah",
                "perda",
                2019,
                "kawasan industri tanpa cukai rokok",
            ),
            (
                "Undangan",
                "undangan",
                2024,
                "rapat gugus tugas pencegahan perkawinan anak",
            ),
        ];
        for (title, kind, year, body) in texts {
            let document = Searchable {
                title: title.into(),
                body: body.into(),
                kind: Some(kind.into()),
                year: Some(year),
                issuer: "Kabupaten Contoh".into(),
                state: "indexed".into(),
                paths: format!("/share/{title}.pdf"),
            };
            writer
                .put(&fixity::hash(title.as_bytes()), &document)
                .unwrap();
        }
        writer.commit().unwrap();
        index
    }

    fn found(index: &SearchIndex, text: &str, filter: &Filter) -> Vec<&'static str> {
        let query = SearchQuery::parse(text).unwrap();
        let hits = index.search(&query, filter, 10).unwrap();
        assert_eq!(hits.total, hits.hits.len());
        let titles = ["Kawasan Tanpa Rokok", "Retribusi Daerah", "Undangan"];
        let name = |hit: &Hit| {
            titles
                .into_iter()
                .find(|t| fixity::hash(str::as_bytes(t)) == hit.digest)
                .unwrap()
        };
        hits.hits.iter().map(name).collect()
    }

    #[test]
    fn words_forms_phrases_prefixes_and_misspellings_are_found() {
        let index = index();
        let all = Filter::default();
        let cases: [(&str, &[&str]); 9] = [
            ("rokok", &["Kawasan Tanpa Rokok", "Retribusi Daerah"]),
            ("\"kawasan tanpa rokok\"", &["Kawasan Tanpa Rokok"]),
            ("mencegah perkawinan", &["Undangan"]),
            ("perkaw*", &["Undangan"]),
            ("perkawlnan", &["Undangan"]),
            ("perkawlnan~ gugus", &["Undangan"]),
            ("rokok -cukai", &["Kawasan Tanpa Rokok"]),
            ("industri.pdf", &[]),
            ("xyzzyx", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(found(&index, text, &all), expected, "{text}");
        }
    }

    #[test]
    fn filters_narrow_and_an_empty_query_finds_all() {
        let index = index();
        let perda = Filter {
            kind: Some("perda".into()),
            ..Filter::default()
        };
        assert_eq!(found(&index, "", &perda).len(), 2);
        let year = Filter {
            year: Some(2019),
            ..perda
        };
        assert_eq!(found(&index, "", &year), ["Retribusi Daerah"]);
        let issuer = |name: &str| Filter {
            issuer: Some(name.into()),
            ..Filter::default()
        };
        assert_eq!(found(&index, "rokok", &issuer("kab. contoh")).len(), 0);
        assert_eq!(found(&index, "rokok", &issuer("Contoh")).len(), 2);
        let among = Filter {
            among: Some(BTreeSet::from([fixity::hash(b"Undangan")])),
            ..Filter::default()
        };
        assert_eq!(found(&index, "", &among), ["Undangan"]);
        let none = Filter {
            among: Some(BTreeSet::new()),
            ..Filter::default()
        };
        assert!(found(&index, "", &none).is_empty());
    }

    #[test]
    fn what_was_found_is_counted_by_its_values_over_all_segments() {
        let index = index();
        let mut writer = index.writer().unwrap();
        let another = fixity::hash(b"Foto");
        let document = Searchable {
            kind: Some("perda".into()),
            state: "failed".into(),
            body: "rokok".into(),
            ..Searchable::default()
        };
        writer.put(&another, &document).unwrap();
        writer.commit().unwrap();
        let found = |text: &str| {
            let query = SearchQuery::parse(text).unwrap();
            index.find(&query, &Filter::default()).unwrap()
        };
        let counts = found("").counts().unwrap();
        let by = |pairs: &[(&str, usize)]| {
            pairs
                .iter()
                .map(|(name, n)| ((*name).to_owned(), *n))
                .collect()
        };
        let expected = Counts {
            kinds: by(&[("perda", 3), ("undangan", 1)]),
            years: [(2019, 1), (2020, 1), (2024, 1)].into(),
            states: by(&[("failed", 1), ("indexed", 3)]),
        };
        assert_eq!(counts, expected);
        assert_eq!(found("rokok").counts().unwrap().years.len(), 2);
        assert_eq!(found("xyzzyx").counts().unwrap(), Counts::default());
        let mut digests = found("rokok").digests().unwrap();
        digests.sort();
        let titles = ["Kawasan Tanpa Rokok", "Retribusi Daerah", "Foto"];
        let mut expected = titles.map(|title| fixity::hash(title.as_bytes())).to_vec();
        expected.sort();
        assert_eq!(digests, expected);
    }

    #[test]
    fn equals_come_in_one_order_however_the_index_was_cut() {
        let digests: Vec<Digest> = (0..60u8).map(|n| fixity::hash(&[n])).collect();
        let document = Searchable {
            body: "rapat".into(),
            ..Searchable::default()
        };
        let found = |limit: usize, each: usize, text: &str| {
            let index = SearchIndex::in_memory().unwrap();
            let mut writer = index.writer().unwrap();
            for part in digests.chunks(each) {
                for digest in part {
                    writer.put(digest, &document).unwrap();
                }
                writer.commit().unwrap();
            }
            let query = SearchQuery::parse(text).unwrap();
            let hits = index.search(&query, &Filter::default(), limit).unwrap();
            assert_eq!(hits.total, digests.len());
            hits.hits.iter().map(|hit| hit.digest).collect::<Vec<_>>()
        };
        let mut sorted = digests.clone();
        sorted.sort();
        for text in ["", "rapat"] {
            for each in [60, 17, 1] {
                assert_eq!(found(5, each, text), sorted[..5], "{text} {each}");
            }
        }
    }

    #[test]
    fn an_index_that_lost_a_part_is_told_and_none_is_made_by_reading() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("index");
        let read = || SearchIndex::open_to_read(&place, false).map(|index| index.count());
        assert!(matches!(read(), Err(SearchError::Stale)));
        assert!(!place.exists());
        std::fs::create_dir(&place).unwrap();
        let make = || {
            let (index, _) = SearchIndex::open(&place).unwrap();
            let mut writer = index.writer().unwrap();
            writer
                .put(&fixity::hash(b"a"), &Searchable::default())
                .unwrap();
            writer.commit().unwrap();
            assert!(index.is_sound().unwrap());
        };
        make();
        assert_eq!(read().unwrap(), 1);
        let protected = SearchIndex::open_to_read(&place, true).unwrap();
        assert_eq!(protected.count(), 1);
        let files = || {
            std::fs::read_dir(&place)
                .unwrap()
                .map(|e| e.unwrap().path())
        };
        let of_segment = |path: &std::path::PathBuf| {
            let ext = path.extension().and_then(std::ffi::OsStr::to_str);
            ext.is_some_and(|ext| matches!(ext, "store" | "idx" | "term" | "pos"))
        };
        let parts: Vec<_> = files().filter(of_segment).collect();
        assert!(parts.len() >= 3, "{parts:?}");
        for part in parts {
            let whole = std::fs::read(&part).unwrap();
            std::fs::write(&part, &whole[..whole.len() / 2]).unwrap();
            assert!(matches!(read(), Err(SearchError::Stale)), "{part:?} cut");
            std::fs::remove_file(&part).unwrap();
            assert!(matches!(read(), Err(SearchError::Stale)), "{part:?} gone");
            std::fs::write(&part, whole).unwrap();
            assert_eq!(read().unwrap(), 1);
        }
    }

    #[test]
    fn small_segments_are_merged_before_the_writer_goes() {
        let index = SearchIndex::in_memory().unwrap();
        let mut writer = index.writer().unwrap();
        for number in 0..8u8 {
            let document = Searchable::default();
            writer.put(&fixity::hash(&[number]), &document).unwrap();
            writer.commit().unwrap();
        }
        writer.finish().unwrap();
        let segments = index.index.searchable_segment_ids().unwrap();
        assert!(segments.len() < AT_ONCE, "{}", segments.len());
        index.reader.reload().unwrap();
        assert_eq!(index.reader.searcher().num_docs(), 8);
    }

    #[test]
    fn putting_a_document_again_replaces_it() {
        let index = index();
        let mut writer = index.writer().unwrap();
        let digest = fixity::hash(b"Undangan");
        writer
            .put(
                &digest,
                &Searchable {
                    body: "baru".into(),
                    ..Default::default()
                },
            )
            .unwrap();
        writer.commit().unwrap();
        assert_eq!(found(&index, "gugus", &Filter::default()), [""; 0]);
        assert_eq!(found(&index, "baru", &Filter::default()), ["Undangan"]);
    }
}
