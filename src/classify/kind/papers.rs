//! Papers that lie in one file: a disposition sheet or a covering letter, and behind it the
//! letter or decision that it is about. What the file proves is what lies behind.

use super::doctype::{self, Kind};
use crate::classify::text::stream::Stream;
use crate::lexicon::doctype::{DocType, DocTypes};
use crate::model::{DocKind, Extraction, Page, Paper};

/// A sheet that lies on another paper has so many pages at most.
const SHEET_PAGES: usize = 3;

/// A paper that others lie upon.
#[derive(Debug)]
pub(crate) struct Behind {
    /// The file without the pages before the paper.
    pub(crate) extraction: Extraction,
    /// What lies upon it.
    pub(crate) upon: Paper,
}

/// Finds the paper that lies behind the first one, whose kind is known to lie upon others.
pub(crate) fn behind(
    extraction: &Extraction,
    first: &Kind,
    types: &DocTypes,
) -> Option<Behind> {
    let Kind::Heading(heading) = first else {
        return None;
    };
    if !heading.kind.wraps {
        return None;
    }
    let pages = &extraction.pages;
    let start = pages.iter().position(|page| !page.lines.is_empty())?;
    let later = (start + 1..pages.len()).take(SHEET_PAGES);
    let at = later
        .filter(|at| {
            pages
                .get(*at)
                .is_some_and(|page| begins_paper(extraction, page, types))
        })
        .min()?;
    let rest = pages.get(at..)?.to_vec();
    let upon = Paper {
        kind: kind(heading.kind, heading.sign.label()),
        from: pages.get(start)?.number,
        to: pages.get(at - 1)?.number,
    };
    let extraction = Extraction {
        page_count: extraction.page_count.saturating_sub(at as u32),
        pages: rest,
        ..extraction.clone()
    };
    Some(Behind { extraction, upon })
}

/// Tells whether a page begins with the head of a letter or the heading of a law.
fn begins_paper(extraction: &Extraction, page: &Page, types: &DocTypes) -> bool {
    let stream = Stream::new([page]);
    match doctype::recognise(extraction, &stream, types) {
        Some(Kind::Letter(_)) => true,
        Some(Kind::Heading(heading)) => {
            heading.is_good()
                && !heading.kind.wraps
                && heading.attachment.is_none()
                && (heading.number.is_some() || heading.about.is_some())
        }
        _ => false,
    }
}

pub(crate) fn kind(kind: &DocType, label: &str) -> DocKind {
    DocKind {
        id: kind.id.clone(),
        label: label.to_owned(),
    }
}
