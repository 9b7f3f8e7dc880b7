//! What speaks for and against a title: what form it has, how it is set, and whether the rest of
//! the file says it again.

use super::{Evidence, Scene};
use crate::classify::assemble::confidence::garbage;
use crate::model::{Fact, Line, Page, Rect, Word};

/// Letters of a title from which it is no chance that it stands a second time.
const REPEATABLE: usize = 12;

impl Scene<'_> {
    pub(super) fn title(&self, fact: &Fact<String>) -> Evidence {
        let mut evidence = self.common(fact);
        evidence.extend(self.setting(fact));
        let is = |is: bool| f64::from(u8::from(is));
        let words = fact.value.split_whitespace().count() as f64;
        let kind = self.facts.kind.value();
        let class = kind.and_then(|kind| self.types.get(kind.id.as_str()));
        if let Some(class) = class.map(|kind| kind.class) {
            evidence.push((format!("class:{class:?}").to_lowercase(), 1.0));
        }
        let label = kind.map_or(0, |kind| kind.label.split_whitespace().count());
        let is_bare = fact.rule.as_str() == "title.kind" || words <= label as f64;
        evidence.push(("bare".to_owned(), is(is_bare)));
        let years = self
            .facts
            .years
            .as_ref()
            .and_then(|years| years.span.as_ref());
        let ends = years.is_some_and(|span| fact.value.ends_with(span.quote.as_str()));
        evidence.push(("yeared".to_owned(), is(ends)));
        let kind = format!("kind:{}", kind.map_or("", |kind| kind.id.as_str()));
        if fact.rule.as_str() != "title.heading" && fact.rule.as_str() != "title.subject"
        {
            evidence.push((kind, 1.0));
        }
        evidence.push(("short".to_owned(), is(words < 3.0)));
        evidence.push(("long".to_owned(), is(words > 40.0)));
        evidence.push((
            "garbage".to_owned(),
            f64::from(garbage(&fact.value)).min(0.5),
        ));
        let last = fact.value.split_whitespace().last().unwrap_or_default();
        let grammar = self.types.grammar();
        let folded = last.to_lowercase();
        let open = grammar.joining.iter().any(|word| word.text() == folded);
        evidence.push(("open".to_owned(), is(open)));
        let cased = fact.value.chars().filter(|c| c.is_alphabetic());
        let upper = cased.clone().filter(|c| c.is_uppercase()).count() as f64;
        let share = upper / (cased.count() as f64).max(1.0);
        evidence.push(("mixed".to_owned(), is((0.35..0.85).contains(&share))));
        evidence
    }

    /// Returns how a title is set: on a page or in a text without pages, with a line like it below
    /// or not; and who else says it.
    fn setting(&self, fact: &Fact<String>) -> Evidence {
        let is = |is: bool| f64::from(u8::from(is));
        let mut evidence = vec![
            ("repeated".to_owned(), is(self.is_repeated(&fact.value))),
            ("property".to_owned(), is(self.is_property(&fact.value))),
        ];
        let page = fact.span.as_ref().and_then(|span| self.page(span));
        let Some(page) = page else {
            return evidence;
        };
        let Some((span, area)) = fact.span.as_ref().and_then(|s| Some((s, s.rect?)))
        else {
            evidence.push(("flat".to_owned(), 1.0));
            return evidence;
        };
        if let Some(height) = median(self.words(span).into_iter()) {
            evidence.push(("runs_on".to_owned(), is(runs_on(page, area, height))));
        }
        evidence
    }

    /// Tells whether the title stands a second time in the document: in the heads of its pages,
    /// its foreword, its inner title page.
    fn is_repeated(&self, title: &str) -> bool {
        let title = letters(title);
        if title.len() < REPEATABLE {
            return false;
        }
        let pages = self.extraction.pages.iter();
        let pages = pages.map(|page| letters(&page.text()));
        pages
            .map(|text| text.matches(&title).count())
            .sum::<usize>()
            > 1
    }

    /// Tells whether the file's own title property says the same.
    fn is_property(&self, title: &str) -> bool {
        let property = self.extraction.metadata.title.as_deref().map(letters);
        let title = letters(title);
        property.is_some_and(|property| {
            property.len() >= REPEATABLE
                && title.len() >= REPEATABLE
                && (property.contains(&title) || title.contains(&property))
        })
    }
}

/// Returns letters and figures of a text, small.
fn letters(text: &str) -> String {
    let kept = text.chars().filter(|c| c.is_alphanumeric());
    kept.flat_map(char::to_lowercase).collect()
}

/// Returns the height most words have, of those with letters.
fn median<'w>(words: impl Iterator<Item = &'w Word>) -> Option<f64> {
    let lettered = words.filter(|word| word.text.chars().any(char::is_alphabetic));
    let heights = lettered.filter_map(|word| word.rect).map(Rect::height);
    let mut heights: Vec<f32> = heights.collect();
    heights.sort_by(f32::total_cmp);
    heights
        .get(heights.len() / 2)
        .map(|height| f64::from(*height))
}

/// Returns the lines that stand below a place, and not beside it.
fn below(page: &Page, area: Rect) -> impl Iterator<Item = (&Line, Rect)> {
    let lines = page
        .lines
        .iter()
        .filter_map(|line| Some((line, line.rect()?)));
    lines.filter(move |(_, rect)| {
        rect.y0.midpoint(rect.y1) > area.y1 && rect.x0 < area.x1 && rect.x1 > area.x0
    })
}

/// Tells whether a line like those of the title follows close below.
fn runs_on(page: &Page, area: Rect, height: f64) -> bool {
    below(page, area).any(|(line, rect)| {
        let gap = f64::from(rect.y0 - area.y1);
        let own = median(line.words.iter()).unwrap_or_default();
        gap < 1.5 * height && (0.85..1.18).contains(&(own / height))
    })
}
