//! Personal data that a person asked to see: of which documents, until when. Their session holds
//! it; the log of the archive tells it.

use crate::io::clock;
use crate::model::Digest;
use std::collections::BTreeMap;
use tower_sessions::Session;

/// What a session holds of it: the second from which each document is covered again.
const SHOWN: &str = "personal";
/// How long a document is shown uncovered, in minutes: to read it once, not to forget it open.
pub(in crate::web) const MINUTES: i64 = 15;

/// Tells whether a session may see the personal data of a document now.
pub(in crate::web) async fn is_revealed(session: &Session, digest: &Digest) -> bool {
    let until = held(session).await.get(&digest.to_string()).copied();
    until.is_some_and(|until| clock::seconds() < until)
}

/// Lets a session see the personal data of a document for a while; returns whether it could be
/// noted.
pub(in crate::web) async fn reveal(session: &Session, digest: &Digest) -> bool {
    let mut held = held(session).await;
    let now = clock::seconds();
    held.retain(|_, until| *until > now);
    held.insert(digest.to_string(), now + MINUTES * 60);
    session.insert(SHOWN, held).await.is_ok()
}

/// Covers the personal data of a document again.
pub(in crate::web) async fn cover(session: &Session, digest: &Digest) -> bool {
    let mut held = held(session).await;
    held.remove(&digest.to_string());
    session.insert(SHOWN, held).await.is_ok()
}

async fn held(session: &Session) -> BTreeMap<String, i64> {
    // Who cannot be asked has seen nothing.
    let held = session.get(SHOWN).await.ok().flatten();
    held.unwrap_or_default()
}
