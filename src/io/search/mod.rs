//! The search index: full text of every document, on tantivy. Derived from the catalog and
//! rebuilt from it when lost; links and decisions are not in it, so that they may change
//! without touching it.

mod collect;
mod columns;
mod error;
mod index;
mod lit;
mod protected;
mod query;
mod snippet;

pub use columns::Counts;
pub use error::SearchError;
pub use index::{Filter, Hit, Hits, Matches, SearchIndex, Searchable, Writer};
pub use lit::Matcher;
pub use query::{Clause, Match, QueryError, SearchQuery};
pub use snippet::{Snippet, snippet};
