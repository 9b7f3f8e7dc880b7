//! Activities: papers and photos of one meeting, training or campaign, told together. Found
//! after each run that changed something; papers propagate links to their photos.

use crate::app::archive::workspace::Workspace;
use crate::app::error::Error;
use crate::app::reading::recognise;
use crate::io::files::path;
use crate::io::store::{ActivityRow, Catalog, DocumentRow, Member};
use crate::link;
use crate::link::Trace;
use crate::model::Digest;
use std::collections::BTreeSet;

/// Finds the activities anew and keeps them.
///
/// # Errors
/// When the catalog cannot be read or written.
pub fn find(catalog: &mut Catalog) -> Result<(), Error> {
    let kinds = recognise::kinds()?;
    let partakes: BTreeSet<_> = kinds
        .kinds()
        .iter()
        .filter(|kind| kind.activity)
        .map(|kind| kind.id.clone())
        .collect();
    let photo = kinds.pictures().map(|rules| rules.photo.kind.clone());
    let mut traces = Vec::new();
    let all = |_: &Digest| Ok::<_, Error>(true);
    catalog.each_document(all, |document| {
        let DocumentRow { content, .. } = &document;
        let kind = content.facts.kind.value().map(|kind| &kind.id);
        let partakes = kind.is_some_and(|kind| partakes.contains(kind));
        let is_present = document.paths.iter().any(|(_, is_present)| *is_present);
        if partakes && is_present {
            let is_photo = kind == photo.as_ref();
            let (facts, metadata) = (&content.facts, &content.metadata);
            let path = path::slashed(document.path());
            traces.push(Trace::new(content.digest, path, facts, metadata, is_photo));
        }
        Ok(())
    })?;
    // By path, so that the order does not depend on digests: folders stay together.
    traces.sort_by(|a, b| a.path().cmp(b.path()));
    let photos: BTreeSet<_> = traces
        .iter()
        .filter(|trace| trace.is_photo())
        .map(Trace::document)
        .collect();
    let rows: Vec<ActivityRow> = link::activities(&traces)
        .into_iter()
        .map(|activity| ActivityRow {
            day: activity.date.map(|date| date.to_string()),
            members: activity
                .documents
                .into_iter()
                .map(|document| Member {
                    document,
                    is_photo: photos.contains(&document),
                })
                .collect(),
        })
        .collect();
    Ok(catalog.put_activities(&rows)?)
}

/// An activity with its documents.
#[derive(Debug, Clone)]
pub struct Bundle {
    /// Its earliest day, `YYYY-MM-DD`, where known.
    pub day: Option<String>,
    /// Its documents, papers before photos.
    pub documents: Vec<(DocumentRow, bool)>,
}

/// Returns the activities of an archive, the latest first.
///
/// # Errors
/// When the catalog cannot be read.
pub fn list(workspace: &Workspace) -> Result<Vec<Bundle>, Error> {
    let mut bundles = Vec::new();
    for row in workspace.catalog.activities()? {
        bundles.push(bundle(workspace, row)?);
    }
    bundles.sort_by(|a, b| b.day.cmp(&a.day));
    Ok(bundles)
}

fn bundle(workspace: &Workspace, row: ActivityRow) -> Result<Bundle, Error> {
    let mut documents = Vec::new();
    for member in row.members {
        let document = workspace.catalog.document(&member.document)?;
        documents.extend(document.map(|document| (document, member.is_photo)));
    }
    documents.sort_by(|(a, photo), (b, other)| {
        photo.cmp(other).then_with(|| a.path().cmp(b.path()))
    });
    Ok(Bundle {
        day: row.day,
        documents,
    })
}
