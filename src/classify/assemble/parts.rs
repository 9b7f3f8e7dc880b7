//! What facts are made from, and the facts that every reader makes alike.

use crate::classify::Vocabulary;
use crate::classify::text::stream::Stream;
use crate::model::{Extraction, Fact, Ratio, Reading, RuleId};
use std::ops::Range;

/// What facts are made from.
pub(in crate::classify) struct Parts<'p> {
    pub(in crate::classify) extraction: &'p Extraction,
    pub(in crate::classify) vocabulary: &'p Vocabulary<'p>,
    /// The first page.
    pub(in crate::classify) head: &'p Stream<'p>,
    /// All pages.
    pub(in crate::classify) whole: &'p Stream<'p>,
}

impl Parts<'_> {
    /// Makes a fact read on the first page.
    pub(super) fn known<T>(
        &self,
        value: T,
        confidence: f32,
        range: Range<usize>,
        rule: &str,
    ) -> Reading<T> {
        Reading::Known(Fact {
            value,
            confidence: Ratio::new(confidence),
            span: self.head.span(range),
            rule: RuleId::from(rule),
        })
    }

    /// Returns the words of a title as printed, without what hangs loose at either end.
    pub(super) fn printed(&self, range: Range<usize>) -> String {
        let words = self.head.between(range.start, range.end);
        let words: Vec<&str> = words.into_iter().map(|(_, text)| text).collect();
        trimmed(&words.join(" ")).to_owned()
    }
}

/// Returns a title without what hangs loose at either end.
pub(super) fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| !c.is_alphanumeric() && !"()\"“”".contains(c))
}
