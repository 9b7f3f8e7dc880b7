//! Pages → the block that counts. It is known by `Ditetapkan di` above it; elsewhere by what an
//! official's block alone has: `ttd`, an official's number, strokes between office and name.

use super::anchor::{self, is_plain_office};
use super::block::{Block, CAPITALS, TO_OFFICE, below, block, has_evidence, is_office};
use super::segment::{Segment, segments};
use crate::lexicon::doctype::Grammar;
use crate::lexicon::signing::SignatureWords;
use crate::model::{DateRole, Page};

/// A block that begins below this share of a page may go on at the top of the next.
const LOW: f32 = 0.75;
const TOP: f32 = 0.3;

/// Finds the block that counts, and those beside it where several parties sign.
pub(super) fn find<'a>(
    pages: &'a [Page],
    grammar: &Grammar,
    is_agreement: bool,
) -> Vec<Block<'a>> {
    if !is_agreement && let Some(block) = enacted(pages, grammar) {
        return vec![block];
    }
    let words = &grammar.signature;
    for page in pages.iter().rev().filter(|_| is_agreement) {
        let found = free(page, grammar, |s| is_office(s, &words.parties, grammar));
        if !found.is_empty() {
            return found;
        }
    }
    for page in pages {
        let is_firm = |s: &Segment| is_office(s, &words.offices, grammar);
        let mut found = free(page, grammar, |s| is_firm(s) || is_plain_office(s, words));
        found.retain(|block| {
            let is_firm = block.office.first().is_some_and(is_firm);
            has_evidence(block) && (is_firm || block.is_numbered)
        });
        if let Some(last) = found.pop().or_else(|| anchor::find(page, grammar)) {
            return vec![last];
        }
    }
    Vec::new()
}

/// Finds the first `Ditetapkan di` with an office below it: later ones stand in attachments.
fn enacted<'a>(pages: &'a [Page], grammar: &Grammar) -> Option<Block<'a>> {
    pages.iter().enumerate().find_map(|(n, page)| {
        let all = segments(page, grammar);
        let dated = all.iter().enumerate();
        let mut dated =
            dated.filter(|(_, s)| s.dated(grammar) == Some(DateRole::Enacted));
        dated.find_map(|(at, anchor)| {
            let here = office_below(&all, at, anchor, grammar)
                .and_then(|at| block(&all, at, grammar, true));
            here.or_else(|| {
                let next = pages.get(n + 1).filter(|_| is_low(anchor))?;
                on_next(next, grammar)
            })
        })
    })
}

fn is_low(anchor: &Segment) -> bool {
    match (anchor.rect, anchor.page.size) {
        (Some(rect), Some((_, height))) => rect.y0 > LOW * height,
        _ => false,
    }
}

fn on_next<'a>(page: &'a Page, grammar: &Grammar) -> Option<Block<'a>> {
    let all = segments(page, grammar);
    let (_, height) = page.size?;
    let is_top = |s: &Segment| s.rect.is_some_and(|rect| rect.y1 < TOP * height);
    let at = all
        .iter()
        .position(|s| is_top(s) && is_office(s, &grammar.signature.offices, grammar))?;
    block(&all, at, grammar, true)
}

fn office_below(
    all: &[Segment],
    at: usize,
    anchor: &Segment,
    grammar: &Grammar,
) -> Option<usize> {
    let below = below(all, at, anchor, TO_OFFICE);
    let until = below.iter().position(|&n| {
        let role = all.get(n).and_then(|s| s.dated(grammar));
        role == Some(DateRole::Promulgated)
    });
    let below = below
        .get(..until.unwrap_or(below.len()))
        .unwrap_or_default();
    let find = |test: &dyn Fn(&Segment) -> bool| {
        below
            .iter()
            .copied()
            .find(|&n| all.get(n).is_some_and(test))
    };
    find(&|s| is_office(s, &grammar.signature.offices, grammar))
        .or_else(|| find(&|s| s.capitals() >= CAPITALS && s.ends_with_comma()))
}

/// Finds blocks on a page by their offices alone, top to bottom.
fn free<'a>(
    page: &'a Page,
    grammar: &Grammar,
    is_office: impl Fn(&Segment) -> bool,
) -> Vec<Block<'a>> {
    let all = segments(page, grammar);
    let words = &grammar.signature;
    let mut found = Vec::new();
    for (at, segment) in all.iter().enumerate() {
        if !is_office(segment) || follows(&all, segment, words) {
            continue;
        }
        found.extend(block(&all, at, grammar, false).filter(|b| b.name.is_some()));
    }
    // An office of two lines is one block.
    found.dedup_by(|b, a| same_name(a, b));
    found
}

fn same_name(a: &Block, b: &Block) -> bool {
    let place = |block: &Block| block.name.as_ref().and_then(|name| name.rect);
    place(a).is_some() && place(a) == place(b)
}

/// Tells whether words above an office say that it only confirms or takes note.
fn follows(all: &[Segment], office: &Segment, words: &SignatureWords) -> bool {
    let Some(rect) = office.rect else {
        return false;
    };
    all.iter().any(|other| {
        let near = other.rect.is_some_and(|r| {
            r.y1 < rect.y1
                && rect.y0 - r.y1 < 2.5 * rect.height()
                && r.x0 < rect.x1
                && r.x1 > rect.x0
        });
        near && (other.begins(&words.certified) || other.begins(&words.witness))
    })
}
