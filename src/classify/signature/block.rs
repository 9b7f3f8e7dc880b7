//! Segments → the block of a signature: the lines of an office, what stands below it, a name.

use super::name::{is_blank, is_name, is_rank};
use super::segment::Segment;
use crate::lexicon::doctype::Grammar;
use crate::lexicon::phrase::Phrase;
use crate::lexicon::signing::SignatureWords;
use crate::model::{Acting, InkKind, Page, Rect};

/// Shares of a page's height: from `Ditetapkan di` to the office, from the office to the name.
pub(super) const TO_OFFICE: f32 = 0.13;
const TO_NAME: f32 = 0.2;
/// The same for a text without places, in lines.
const LINES: usize = 6;
/// Share of a page's width by which the middle of what is below may stand beside a segment.
const SLACK: f32 = 0.1;
/// Lines of one office stand within so many times their height.
const TIGHT: f32 = 0.9;
/// Share of capitals of a line that is set in capitals.
pub(super) const CAPITALS: f32 = 0.8;
/// Words of the longest line of an office, of a number and of a `ttd` with its seal.
const OFFICE_WORDS: usize = 12;
pub(super) const MOST_ID_WORDS: usize = 8;
const COPY_WORDS: usize = 3;

/// The place of a signature.
#[derive(Debug, Clone)]
pub(super) struct Block<'a> {
    pub(super) page: &'a Page,
    /// The lines of the office, top to bottom.
    pub(super) office: Vec<Segment<'a>>,
    pub(super) acting: Option<(Acting, Segment<'a>)>,
    pub(super) name: Option<Segment<'a>>,
    /// The name was left blank: `(..........)`.
    pub(super) is_blank: bool,
    /// Where the name stands or would stand.
    pub(super) end: Option<Rect>,
    /// `ttd`.
    pub(super) copy: Option<Segment<'a>>,
    /// What stands between office and name and is no word.
    pub(super) scrawls: Vec<Segment<'a>>,
    /// An official's number stands below the name.
    pub(super) is_numbered: bool,
    /// `Ditetapkan di` stands above.
    pub(super) is_enacted: bool,
}

/// Returns the segments below one, in its column, down to a share of the page; in a text
/// without places those that follow.
pub(super) fn below(
    all: &[Segment],
    at: usize,
    from: &Segment,
    share: f32,
) -> Vec<usize> {
    let (Some(rect), Some((width, height))) = (from.rect, from.page.size) else {
        return (at + 1..all.len().min(at + 1 + LINES)).collect();
    };
    let y = rect.y0.midpoint(rect.y1);
    // Below `Kepala` alone a long name begins at its left edge.
    let slack = (0.5 * rect.width()).max(SLACK * width);
    let mut found: Vec<(usize, f32)> = Vec::new();
    for (n, other) in all.iter().enumerate() {
        let Some(r) = other.rect.filter(|_| n != at) else {
            continue;
        };
        let (x_mid, y_mid) = (r.x0.midpoint(r.x1), r.y0.midpoint(r.y1));
        let in_column = r.x0 < rect.x1
            && r.x1 > rect.x0
            && x_mid > rect.x0 - slack
            && x_mid < rect.x1 + slack;
        let is_below = y_mid > y + 0.4 * rect.height() && r.y0 < rect.y1 + share * height;
        if in_column && is_below {
            found.push((n, y_mid));
        }
    }
    found.sort_by(|a, b| a.1.total_cmp(&b.1));
    found.into_iter().map(|(n, _)| n).collect()
}

/// Tells whether a segment is the line of an office, or of one who acts for it.
pub(super) fn is_office(
    segment: &Segment,
    offices: &[Phrase],
    grammar: &Grammar,
) -> bool {
    let rest = without_acting(segment, &grammar.signature);
    let is_acting = rest.words.len() < segment.words.len();
    let named = match is_acting {
        true => rest.after_scribbles(offices).is_some(),
        false => segment.after_scribbles(offices).is_some(),
    };
    let looks = segment.capitals() >= CAPITALS || segment.ends_with_comma() || is_acting;
    named && looks && segment.words.len() <= OFFICE_WORDS
}

/// Takes the words that say who acts for whom from a segment's beginning.
fn without_acting<'a>(segment: &Segment<'a>, words: &SignatureWords) -> Segment<'a> {
    match acting(segment, words) {
        Some((skip, _)) => segment.skip(skip),
        None => segment.clone(),
    }
}

/// Finds what says who acts for whom, and how many words come before what follows it.
fn acting(segment: &Segment, words: &SignatureWords) -> Option<(usize, Acting)> {
    let last = segment.words.len().saturating_sub(1).min(2);
    (0..=last).find_map(|skip| {
        let rest = segment.skip(skip);
        let hits = words
            .acting
            .iter()
            .filter_map(|a| Some((rest.whole_words(&a.words)?, a.acting)));
        let (count, acting) = hits.max_by_key(|(count, _)| *count)?;
        Some((skip + count, acting))
    })
}

/// Returns the line of an office without scribbles before it and who acts for it.
pub(super) fn plain_office<'a>(
    segment: &Segment<'a>,
    words: &SignatureWords,
) -> Segment<'a> {
    let rest = without_acting(segment, words);
    rest.after_scribbles(&words.parties)
        .or_else(|| rest.after_scribbles(&words.offices))
        .unwrap_or(rest)
}

/// Reads the block whose office begins with segment `at`.
pub(super) fn block<'a>(
    all: &[Segment<'a>],
    at: usize,
    grammar: &Grammar,
    is_enacted: bool,
) -> Option<Block<'a>> {
    let words = &grammar.signature;
    let first = all.get(at)?;
    let mut block = Block {
        office: vec![first.clone()],
        is_enacted,
        ..Block::new(first.page)
    };
    let mut last = at;
    let mut last_segment = first.clone();
    while let Some(next) = next_office_line(all, last, &last_segment, grammar) {
        last = next;
        last_segment = all.get(next)?.clone();
        block.office.push(last_segment.clone());
    }
    block.acting = block
        .office
        .iter()
        .find_map(|s| acting(s, words).map(|(_, acting)| (acting, s.clone())));
    let below = below(all, last, &last_segment, TO_NAME);
    let below = below.into_iter().filter_map(|n| all.get(n));
    block.read_below(below, grammar);
    Some(block)
}

/// Returns the next line of an office that has more than one.
fn next_office_line(
    all: &[Segment],
    at: usize,
    last: &Segment,
    grammar: &Grammar,
) -> Option<usize> {
    let words = &grammar.signature;
    let goes_on = !last.ends_with_comma() || acting(last, words).is_some();
    let next = below(all, at, last, TO_OFFICE).first().copied()?;
    let segment = all.get(next)?;
    let is_tight = match (last.rect, segment.rect) {
        (Some(above), Some(below)) => below.y0 - above.y1 < TIGHT * last.height(),
        _ => true,
    };
    let is_more = is_office(segment, &words.offices, grammar)
        || segment.ends_with_comma() && segment.capitals() >= CAPITALS;
    let is_copy = segment.has_word(&words.copy);
    (goes_on && is_tight && is_more && !is_copy).then_some(next)
}

/// Tells whether a block found by its office alone has what headings and lists have not.
pub(super) fn has_evidence(block: &Block) -> bool {
    let is_open = block.gap().is_some_and(|gap| {
        let line = block.office.last().map_or(0.0, Segment::height);
        gap.height() >= 1.5 * line
    });
    block.copy.is_some() || (block.is_numbered || has_ink(block)) && is_open
}

/// Tells whether ink that no word explains fills a good part of the place.
pub(super) fn has_ink(block: &Block) -> bool {
    block.gap().is_some_and(|gap| {
        let marks = block.page.marks.iter();
        marks
            .filter(|mark| mark.kind == InkKind::Strokes || mark.kind == InkKind::Picture)
            .filter_map(|mark| mark.rect.intersection(gap))
            .any(|shared| shared.width() > 0.15 * gap.width())
    })
}

impl<'a> Block<'a> {
    fn new(page: &'a Page) -> Self {
        Self {
            page,
            office: Vec::new(),
            acting: None,
            name: None,
            is_blank: false,
            end: None,
            copy: None,
            scrawls: Vec::new(),
            is_numbered: false,
            is_enacted: false,
        }
    }

    /// Makes the block of a name with an official's number, whose office cannot be read.
    pub(super) fn of_name(name: &Segment<'a>) -> Self {
        Self {
            end: name.rect,
            is_numbered: true,
            name: Some(name.clone()),
            ..Self::new(name.page)
        }
    }

    /// Reads what stands below the office, top to bottom, as far as it belongs to the block.
    fn read_below<'s>(
        &mut self,
        below: impl Iterator<Item = &'s Segment<'a>>,
        grammar: &Grammar,
    ) where
        'a: 's,
    {
        let words = &grammar.signature;
        let mut names: Vec<Segment> = Vec::new();
        for segment in below {
            // `Ditandatangani secara` is a few letters from `Ditandatangani di`.
            let is_dated =
                segment.dated(grammar).is_some() && !segment.begins(&words.electronic);
            if segment.begins(&words.ends) || is_dated {
                break;
            }
            if segment.begins(&words.id_numbers) && segment.words.len() <= MOST_ID_WORDS {
                self.is_numbered = true;
                break;
            }
            if names.is_empty() && is_blank(segment) {
                self.is_blank = true;
                self.end = segment.rect;
                break;
            }
            if segment.has_word(&words.copy) && segment.words.len() <= COPY_WORDS {
                self.copy.get_or_insert_with(|| segment.clone());
            } else if is_name(segment, grammar) {
                if names.is_empty() || !is_rank(segment, grammar) {
                    names.push(segment.clone());
                }
            } else if names.is_empty() {
                self.scrawls.push(segment.clone());
            }
        }
        self.name = if self.is_numbered {
            names.pop()
        } else {
            // A word of a seal's inscription may stand above the name; names have two words
            // mostly.
            let two = names.iter().position(|name| name.words.len() > 1);
            let at = two.unwrap_or(0);
            (at < names.len()).then(|| names.swap_remove(at))
        };
        let named = self.name.as_ref().and_then(|name| name.rect);
        self.end = named.or(self.end);
        if let Some(end) = self.end {
            let is_above = |s: &Segment| s.rect.is_none_or(|r| r.y0 < end.y0);
            self.scrawls.retain(is_above);
            self.copy = self.copy.take().filter(is_above);
        }
    }

    /// Returns the place between office and name; `None` in a text without places.
    pub(super) fn gap(&self) -> Option<Rect> {
        let (width, height) = self.page.size?;
        let mm = width.max(height) / super::SHEET_MM;
        let depth = super::DEPTH_MM * mm;
        let name = self.end;
        let rects = self.office.iter().filter_map(|s| s.rect);
        let office = match (rects.reduce(Rect::union), name) {
            (Some(office), _) => office,
            (None, Some(name)) if self.office.is_empty() => Rect {
                y0: name.y0 - depth,
                y1: name.y0 - depth,
                ..name
            },
            _ => return None,
        };
        let column = name.map_or(office, |name| office.union(name));
        let middle = column.x0.midpoint(column.x1);
        let half = (0.5 * column.width()).max(super::HALF_WIDTH_MM * mm);
        let y1 = name.map_or(office.y1 + depth, |name| name.y0);
        Some(Rect {
            x0: middle - half,
            y0: office.y1.min(y1),
            x1: middle + half,
            y1: y1.max(office.y1),
        })
    }
}
