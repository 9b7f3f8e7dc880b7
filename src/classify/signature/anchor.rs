//! Blocks whose office is set as any line is (`Kepala Madrasah`), or lost under a seal: what
//! stands around them makes them one. A day beside a place above, an official's number below.

use super::block::{Block, MOST_ID_WORDS, below, block, has_evidence, has_ink};
use super::name::{is_name, is_rank};
use super::segment::{Segment, segments};
use crate::classify::read::calendar;
use crate::lexicon::doctype::Grammar;
use crate::lexicon::signing::SignatureWords;
use crate::model::{Page, Rect};

/// Words of the longest office in small letters.
const OFFICE_WORDS: usize = 8;
/// Words of the longest name of a place, and of the day beside it.
const DAY_WORDS: usize = 8;
/// Share of a page's height above which a day beside a place is that of a letter's head.
const HEAD: f32 = 0.3;
/// Heights of a line between an official's number and the name above it: a rank stands between.
const TO_NAME: f32 = 5.0;
/// Share of a page's height from the day to the office.
const TO_OFFICE: f32 = 0.08;

/// Tells whether a segment is the line of an office in small letters.
pub(super) fn is_plain_office(segment: &Segment, words: &SignatureWords) -> bool {
    let text = segment.text();
    let looks = segment.words.len() <= OFFICE_WORDS
        && text.starts_with(char::is_uppercase)
        && !text.ends_with(['.', ';', ':'])
        && !text.contains(|c: char| c.is_ascii_digit() || c == ':');
    looks
        && (0..=1).any(|skip| {
            let rest = segment.skip(skip);
            let mut offices = words.offices.iter();
            // `a.n. Kepala`, and a seal's stroke read as a letter.
            let is_short = skip == 0 || segment.words.first().is_some_and(is_short);
            is_short && offices.any(|office| rest.whole_words(office).is_some())
        })
}

fn is_short(word: &crate::model::Word) -> bool {
    word.text.chars().filter(|c| c.is_alphanumeric()).count() <= 3
}

/// Finds a block on a page by the day beside a place above its office, or by the number below
/// its name.
pub(super) fn find<'a>(page: &'a Page, grammar: &Grammar) -> Option<Block<'a>> {
    let all = segments(page, grammar);
    let words = &grammar.signature;
    // A copy, and what a gazette or a witness signs, has blocks that are not the paper's own.
    let is_others = all.iter().any(|segment| {
        let begins = [&words.certified, &words.witness];
        begins.iter().any(|phrases| segment.begins(phrases))
            || segment.dated(grammar).is_some()
            || segment.has_word(&words.copy)
    });
    if is_others {
        return None;
    }
    below_day(&all, grammar).or_else(|| above_number(&all, grammar))
}

/// Finds the last day beside a place with an office just below it, ink, and a name.
fn below_day<'a>(all: &[Segment<'a>], grammar: &Grammar) -> Option<Block<'a>> {
    let days = all.iter().enumerate().rev();
    days.filter(|(_, segment)| is_day(segment, grammar))
        .find_map(|(at, day)| {
            let under = below(all, at, day, TO_OFFICE);
            let office = under.into_iter().take(2).find(|&n| {
                let segment = all.get(n);
                segment.is_some_and(|s| is_plain_office(s, &grammar.signature))
            })?;
            let block = block(all, office, grammar, false)?;
            (block.name.is_some() && has_evidence(&block)).then_some(block)
        })
}

/// Tells whether a segment is a day beside a place, below the head of a letter.
fn is_day(segment: &Segment, grammar: &Grammar) -> bool {
    let is_head = match (segment.rect, segment.page.size) {
        (Some(rect), Some((_, height))) => rect.y0 < HEAD * height,
        _ => true,
    };
    if is_head || segment.words.len() > DAY_WORDS {
        return false;
    }
    let text = segment.text();
    calendar::dates(&text, grammar)
        .first()
        .and_then(|(_, at, _)| text.get(..at.start))
        .is_some_and(|before| before.trim_end().ends_with(','))
}

/// Finds a name above an official's number where ink covers what stands above it.
fn above_number<'a>(all: &[Segment<'a>], grammar: &Grammar) -> Option<Block<'a>> {
    let words = &grammar.signature;
    let numbers = all.iter().rev().filter(|segment| {
        segment.begins(&words.id_numbers) && segment.words.len() <= MOST_ID_WORDS
    });
    let blocks = numbers.filter_map(|number| {
        let under = number.rect?;
        let above = |s: &&Segment| {
            s.rect.is_some_and(|r| {
                let near = under.y0 - r.y0;
                near > 0.5 * under.height()
                    && near < TO_NAME * under.height()
                    && r.x0 < under.x1
                    && r.x1 > under.x0
                    && !is_rank(s, grammar)
            })
        };
        let bottom = |s: &Segment| s.rect.map_or(0.0, |r: Rect| r.y1);
        let nearest = all
            .iter()
            .filter(above)
            .max_by(|a, b| bottom(a).total_cmp(&bottom(b)))?;
        is_name(nearest, grammar).then(|| Block::of_name(nearest))
    });
    blocks.into_iter().find(has_ink)
}
