//! What all evidence of an archive comes to on a day: judged document by document, or as it was
//! judged before where nothing has changed since.

use crate::app::archive::workspace::Workspace;
use crate::app::error::Error;
use crate::app::evidence::effective_links::EffectiveLinks;
use crate::check::{Acts, Checker, CodeBearers, Context, Evidence, Legibility, Twin};
use crate::fixity;
use crate::framework::Rules;
use crate::io::process;
use crate::io::store::DocumentRow;
use crate::model::{
    Assessment, Date, Digest, FixityStatus, LevelId, Link, Locality, Ratio, Similarity,
};
use std::{
    cell::RefCell,
    collections::{BTreeMap, btree_map::Entry},
};

/// Returns the results of all questions as of a day. They are kept in the catalog, which drops
/// them when it changes (`migrations/0013.sql`); where nothing may be written or another process
/// works on the archive, they are not kept.
///
/// # Errors
/// When the catalog cannot be read.
pub fn assessment(
    workspace: &Workspace,
    rules: &Rules,
    as_of: Date,
) -> Result<Assessment, Error> {
    let catalog = &workspace.catalog;
    let by = judged_by(workspace, rules, as_of);
    if let Some(kept) = catalog.judged(&by)? {
        return Ok(kept);
    }
    let before = catalog.moment()?;
    catalog.enlarge_cache()?;
    let assessment = assess(workspace, rules, as_of)?;
    workspace.keep_derived(before, |catalog| catalog.keep_judged(&by, &assessment))?;
    Ok(assessment)
}

/// Returns a name of all that judging goes by besides what the catalog holds: another day, rule,
/// framework or build of the program judges anew.
fn judged_by(workspace: &Workspace, rules: &Rules, as_of: Date) -> String {
    let (framework, purpose) = (&workspace.framework, &workspace.purpose);
    let whole = format!("{framework:?} {rules:?} {purpose:?} {}", process::build());
    format!("{as_of} {}", fixity::hash(whole.as_bytes()))
}

fn assess(
    workspace: &Workspace,
    rules: &Rules,
    as_of: Date,
) -> Result<Assessment, Error> {
    let context = Context {
        region: Some(workspace.purpose.region.clone()),
        year: workspace.purpose.year,
        as_of,
        places: by_level(workspace.catalog.places()?),
    };
    let mut acts = Acts::default();
    for (digest, facts) in workspace.catalog.relating()? {
        acts.add(digest, &facts);
    }
    let effective = EffectiveLinks::load(workspace)?;
    let least = rules.candidate_from();
    let codes = codes(workspace, &effective, least)?;
    let known = (&acts, &codes);
    let mut checker = Checker::new(&workspace.framework, rules, &context, known);
    let twins = twins(workspace, &effective, least)?;
    let unsound = workspace.catalog.unsound()?;
    let links: RefCell<Vec<Link>> = RefCell::default();
    workspace.catalog.each_document(
        |digest| {
            let found = effective.links(workspace, digest)?;
            let is_evidence = found.iter().any(|link| link.confidence >= least);
            links.replace(found);
            Ok::<_, Error>(is_evidence)
        },
        |document| {
            let near_duplicate = twins.get(&document.content.digest);
            let near_duplicate = near_duplicate.map_or(&[][..], Vec::as_slice);
            let (paths, links) = (present(&document), links.borrow());
            let mut evidence = evidence(&document, &paths, &links, near_duplicate);
            match unsound.get(&document.content.digest) {
                Some(FixityStatus::Changed) => evidence.changed = true,
                Some(_) => evidence.gone = true,
                None => {}
            }
            checker.add(&evidence);
            Ok(())
        },
    )?;
    Ok(checker.finish(workspace.catalog.document_count()?))
}

/// Returns the documents that are evidence by the codes printed on them.
fn codes(
    workspace: &Workspace,
    effective: &EffectiveLinks,
    least: Ratio,
) -> Result<CodeBearers, Error> {
    let mut codes = CodeBearers::default();
    for (digest, facts) in workspace.catalog.coded()? {
        let links = effective.links(workspace, &digest)?;
        let is_evidence = links.iter().any(|link| link.confidence >= least);
        let document = match is_evidence {
            true => workspace.catalog.document(&digest)?,
            false => None,
        };
        if let Some(document) = document {
            let paths = present(&document);
            codes.add(digest, paths.first().map_or("", String::as_str), &facts);
        }
    }
    Ok(codes)
}

fn by_level(places: Vec<Locality>) -> BTreeMap<LevelId, Vec<Locality>> {
    let mut by_level: BTreeMap<LevelId, Vec<Locality>> = BTreeMap::new();
    for place in places {
        by_level.entry(place.level.clone()).or_default().push(place);
    }
    by_level
}

/// Returns the near-duplicates of each document that has some, with the questions they prove.
fn twins(
    workspace: &Workspace,
    effective: &EffectiveLinks,
    least: Ratio,
) -> Result<BTreeMap<Digest, Vec<Twin>>, Error> {
    let mut known: BTreeMap<Digest, Option<Twin>> = BTreeMap::new();
    let mut twins: BTreeMap<Digest, Vec<Twin>> = BTreeMap::new();
    for near_duplicate in workspace.catalog.near_duplicates()? {
        if near_duplicate.first == near_duplicate.second {
            continue;
        }
        let is_photo = matches!(near_duplicate.how, Similarity::Photo { .. });
        for (own, other) in [
            (near_duplicate.first, near_duplicate.second),
            (near_duplicate.second, near_duplicate.first),
        ] {
            let known = match known.entry(other) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(new) => {
                    new.insert(twin(workspace, effective, least, &other)?)
                }
            };
            if let Some(twin) = known {
                let twin = Twin {
                    is_photo,
                    ..twin.clone()
                };
                let of_own = twins.entry(own).or_default();
                // A report shares a dozen photos with its copy: once is enough.
                if !of_own.contains(&twin) {
                    of_own.push(twin);
                }
            }
        }
    }
    Ok(twins)
}

fn twin(
    workspace: &Workspace,
    effective: &EffectiveLinks,
    least: Ratio,
    digest: &Digest,
) -> Result<Option<Twin>, Error> {
    let Some(document) = workspace.catalog.document(digest)? else {
        return Ok(None);
    };
    let links = effective.links(workspace, digest)?;
    let kind = document.content.facts.kind.value();
    Ok(Some(Twin {
        path: present(&document).into_iter().next().unwrap_or_default(),
        is_photo: false,
        kind: kind.map(|kind| kind.id.clone()),
        serves: Twin::questions_served(&links, least),
    }))
}

/// Returns the paths a document is at, or was at where it is at none.
fn present(document: &DocumentRow) -> Vec<String> {
    let is_gone = is_gone(document);
    let paths = document.paths.iter();
    paths
        .filter(|(_, present)| *present || is_gone)
        .map(|(path, _)| path.clone())
        .collect()
}

fn is_gone(document: &DocumentRow) -> bool {
    document.paths.iter().all(|(_, present)| !present)
}

fn evidence<'a>(
    document: &'a DocumentRow,
    paths: &'a [String],
    links: &'a [Link],
    twins: &'a [Twin],
) -> Evidence<'a> {
    let content = &document.content;
    Evidence {
        digest: content.digest,
        paths,
        media_type: content.media_type,
        page_count: content.page_count,
        facts: &content.facts,
        metadata: &content.metadata,
        notes: &content.notes,
        legibility: Legibility {
            unclear: content.unclear.clone(),
            ocr_confidence: content.ocr_confidence,
        },
        links,
        waiting: content.waiting.len() as u32,
        gone: is_gone(document),
        changed: false,
        twins,
    }
}
