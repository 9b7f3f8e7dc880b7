//! The search index: full text of every document, on tantivy. Derived from the catalog and
//! rebuilt from it when lost; links and decisions are not in it, so that they may change
//! without touching it.

mod collect;
mod index;
mod protected;
mod query;
mod snippet;

pub use index::{Filter, Hit, Hits, SearchError, SearchIndex, Searchable, Writer};
pub use query::{Clause, Match, QueryError, SearchQuery};
pub use snippet::{Snippet, snippet};
