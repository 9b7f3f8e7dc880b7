//! What is inserted into the packages that modern office files are.

use super::{Content, MAX_BYTES, Visit, named, ole};
use crate::extract::document::{Package, Step, walk_xml};
use std::{collections::BTreeSet, ops::ControlFlow};

/// Lists of relations looked at: one a part, and a workbook has a few hundred sheets.
const MAX_LISTS: usize = 2_000;
/// Objects looked at.
const MAX_OBJECTS: usize = 2_000;

/// Finds what the parts of an OOXML package relate to as an object, as a file inside, or as a
/// chunk of another format (ECMA-376 part 1, 15.2.1, 15.2.11, 11.3.1).
pub(super) fn office(bytes: &[u8], visit: &mut Visit<'_>) -> ControlFlow<()> {
    let Ok(mut package) = Package::open(bytes) else {
        return ControlFlow::Continue(());
    };
    let names = package.names().into_iter();
    let lists = names.filter_map(|name| {
        let part = name.strip_suffix(".rels")?;
        let (folder, file) = part.rsplit_once("_rels/")?;
        // The workbook behind a chart.
        let is_chart = folder.trim_end_matches('/').ends_with("charts");
        (!is_chart).then(|| format!("{folder}{file}"))
    });
    let parts: Vec<String> = lists.take(MAX_LISTS).collect();
    let mut seen = BTreeSet::new();
    for part in parts {
        for relation in package.relations(&part) {
            let is_file = matches!(&*relation.kind, "oleObject" | "package" | "aFChunk");
            if !is_file
                || seen.len() >= MAX_OBJECTS
                || !seen.insert(relation.target.clone())
            {
                continue;
            }
            object(&mut package, &relation.target, visit)?;
        }
    }
    ControlFlow::Continue(())
}

/// Finds the OLE objects of an `OpenDocument` (ODF 1.3 part 3, 10.4.6.3); objects of its own
/// kind are read with it.
pub(super) fn open_document(bytes: &[u8], visit: &mut Visit<'_>) -> ControlFlow<()> {
    let Ok(mut package) = Package::open(bytes) else {
        return ControlFlow::Continue(());
    };
    let mut parts = BTreeSet::new();
    walk_xml(package.part("content.xml").unwrap_or_default(), |step| {
        if let Step::Open("object-ole", tag) = step
            && let Some(part) = tag.attribute("href")
            && parts.len() < MAX_OBJECTS
        {
            parts.insert(part.strip_prefix("./").unwrap_or(&part).to_owned());
        }
    });
    for part in parts {
        object(&mut package, &part, visit)?;
    }
    ControlFlow::Continue(())
}

/// Hands over a part: what an OLE object holds, or the part itself.
fn object(
    package: &mut Package<'_>,
    part: &str,
    visit: &mut Visit<'_>,
) -> ControlFlow<()> {
    let name = part.rsplit('/').next().unwrap_or(part);
    let Some((_, size)) = package.identity(part) else {
        return ControlFlow::Continue(());
    };
    if size > MAX_BYTES {
        return visit(name, Content::TooLarge);
    }
    let Some(raw) = package
        .take(part, MAX_BYTES)
        .filter(|raw| raw.len() as u64 == size)
    else {
        return visit(name, Content::Broken);
    };
    let raw = raw.as_slice();
    if ole::is_compound(raw) {
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        return ole::file(raw, stem, visit);
    }
    let name = match name.rsplit_once('.') {
        Some((stem, "bin")) => named(stem, raw),
        Some(_) => name.to_owned(),
        None => named(name, raw),
    };
    visit(&name, Content::Whole(raw))
}
