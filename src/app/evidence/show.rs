//! Everything about one document: what it is, where each fact was read, every path, every
//! link, and its text.

use super::duplicates;
use super::effective_links::EffectiveLinks;
use crate::access_copy::{Redaction, is_personal, readable, redaction};
use crate::app::archive::workspace::Workspace;
use crate::app::error::{Error, ErrorKind};
use crate::io::clock;
use crate::io::files::path;
use crate::io::store::DocumentRow;
use crate::link;
use crate::model::{
    Decision, Digest, Event, EventObject, EventType, Link, NearDuplicate, Page, Span,
    Verdict,
};
use std::borrow::Cow;

/// A document in full.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The document and its paths.
    pub document: DocumentRow,
    /// What it could prove, best first.
    pub links: Vec<Link>,
    /// What people decided about it, in the order they did.
    pub decisions: Vec<Decision>,
    /// The other documents of the activity it belongs to, by path.
    pub activity: Vec<String>,
    /// Its pages.
    pub pages: Vec<Page>,
    /// What it has in common with other documents, each with the other's path.
    pub near_duplicates: Vec<(NearDuplicate, String)>,
}

impl Shown {
    /// Returns how a page is shown to who has not asked for personal data.
    pub fn redaction(&self, number: u32) -> Redaction {
        let content = &self.document.content;
        let size = self.page(number).and_then(|page| page.size);
        redaction(&content.facts.personal, &content.waiting, number, size)
    }

    /// Returns a page, from 1, where it was read.
    pub fn page(&self, number: u32) -> Option<&Page> {
        self.pages.iter().find(|page| page.number == number)
    }

    /// Returns the words of a page that may be shown: all of them to who `reveals` what is
    /// personal, else those that are not; `None` where it was not read, or is withheld.
    pub fn readable(&self, number: u32, reveals: bool) -> Option<Cow<'_, Page>> {
        let page = self.page(number)?;
        let content = &self.document.content;
        match reveals {
            true => Some(Cow::Borrowed(page)),
            false => readable(page, &content.facts.personal, &content.waiting),
        }
    }

    /// Returns the words of a place, where they may be shown.
    pub fn readable_quote<'s>(&self, span: &'s Span, reveals: bool) -> Option<&'s str> {
        let is_hidden = is_personal(span, &self.document.content.facts.personal);
        (reveals || !is_hidden).then_some(span.quote.as_str())
    }

    /// Returns the decisions by which people said that the document is no evidence.
    pub fn rejected(&self) -> Vec<&Decision> {
        let decided = link::last_decisions(&self.decisions).into_values();
        decided
            .filter(|decision| decision.verdict == Verdict::Reject)
            .collect()
    }
}

/// Finds a document by path, by the end of its path, or by the first digits of its digest.
///
/// # Errors
/// When there is none, or more than one.
pub fn show(workspace: &Workspace, name: &str) -> Result<Shown, Error> {
    let digest = resolve(workspace, name)?;
    let effective = EffectiveLinks::load(workspace)?;
    shown(workspace, &effective, &digest)?.ok_or_else(|| not_found(name))
}

/// Returns a document in full, with links that were loaded before; `None` where there is none.
///
/// # Errors
/// When the catalog cannot be read.
pub fn shown(
    workspace: &Workspace,
    effective: &EffectiveLinks,
    digest: &Digest,
) -> Result<Option<Shown>, Error> {
    let Some(document) = workspace.catalog.document(digest)? else {
        return Ok(None);
    };
    Ok(Some(Shown {
        document,
        links: effective.links(workspace, digest)?,
        decisions: effective.decisions_on(digest).to_vec(),
        activity: companions(workspace, effective, digest)?,
        pages: workspace.catalog.pages(digest)?,
        near_duplicates: duplicates::of_document(workspace, digest)?,
    }))
}

/// Writes into the log that a person was shown the personal data of a document, before anything of
/// it is shown.
///
/// # Errors
/// When there is no such document, or the catalog cannot be written.
pub fn reveal(
    workspace: &mut Workspace,
    digest: &Digest,
    author: &str,
) -> Result<(), Error> {
    let document = workspace.catalog.document(digest)?;
    if document.is_none() {
        return Err(not_found(&digest.to_string()));
    }
    let event = Event::new(EventType::Dissemination, clock::timestamp())
        .by(author)
        .about(EventObject::content(*digest));
    workspace.catalog.append(&[event])?;
    Ok(())
}

fn companions(
    workspace: &Workspace,
    effective: &EffectiveLinks,
    digest: &Digest,
) -> Result<Vec<String>, Error> {
    let mut paths = Vec::new();
    for other in effective.companions(digest) {
        let document = workspace.catalog.document(&other)?;
        paths.extend(document.map(|document| document.path().to_owned()));
    }
    paths.sort();
    Ok(paths)
}

/// Returns the document that a person named.
///
/// # Errors
/// When there is none, or more than one.
pub fn resolve(workspace: &Workspace, name: &str) -> Result<Digest, Error> {
    let catalog = &workspace.catalog;
    if let Ok(digest) = name.parse::<Digest>()
        && catalog.document(&digest)?.is_some()
    {
        // In full it names one content, and no other need be looked at.
        return Ok(digest);
    }
    let as_path = path::resolved(&path::from_text(name)).map(|p| path::to_text(&p));
    // As the catalog writes it, it is that one and no other.
    let candidates = [name.to_owned()].into_iter().chain(as_path);
    for candidate in candidates.flat_map(|name| path::spellings(&name)) {
        if let Some(location) = catalog.location(&candidate)? {
            return location.digest.ok_or_else(|| {
                let why = location.state.label(crate::model::Lang::Id);
                let why_en = location.state.label(crate::model::Lang::En);
                Error::new(
                    ErrorKind::NotFound,
                    format!("`{name}` belum pernah terbaca: {why}"),
                    format!("`{name}` was never read: {why_en}"),
                )
            });
        }
    }
    let is_digest = name.len() >= 4 && name.bytes().all(|b| b.is_ascii_hexdigit());
    let mut found = if is_digest {
        catalog.by_prefix(name)?
    } else {
        Vec::new()
    };
    for name in path::spellings(name) {
        if found.is_empty() {
            found = catalog.by_path_end(&name)?;
        }
    }
    if found.is_empty() {
        // Folders of one system, files of another: both spellings in one path, and `/` for `\`.
        let alike = |name: &str| path::joined(&path::slashed(name));
        found = catalog.by_path_end_as(&alike(name), alike)?;
    }
    match found.as_slice() {
        [] => Err(not_found(name)),
        [digest] => Ok(*digest),
        _ => Err(Error::new(
            ErrorKind::NotFound,
            format!("lebih dari satu dokumen cocok dengan `{name}`"),
            format!("more than one document fits `{name}`"),
        )
        .hint("sebut lebih lengkap", "name it more fully")),
    }
}

fn not_found(name: &str) -> Error {
    Error::new(
        ErrorKind::NotFound,
        format!("tidak ada dokumen `{name}` di arsip"),
        format!("there is no document `{name}` in the archive"),
    )
    .hint(
        "sebut path, akhir path, atau sedikitnya 4 angka awal SHA-256; cari dengan `bukti search`",
        "give a path, the end of a path, or at least 4 digits of its SHA-256; look with `bukti search`",
    )
}
