//! What speaks for a day being the one a paper was made on.

use crate::classify::evidence::rule;

/// What stands before a day and makes it the paper's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Beside {
    /// A place and a comma.
    Place,
    /// The letter's number, at the beginning of the line.
    Number,
    /// A word for a day: `Tanggal :`.
    Label,
    /// Nothing.
    Nothing,
}

/// Where a day stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Where {
    /// In the head of a letter.
    Head,
    /// Above the office of who signs.
    Signer,
    /// Elsewhere.
    Elsewhere,
}

/// What speaks for a day being the one the paper was made on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Evidence {
    pub(crate) beside: Beside,
    pub(crate) place: Where,
    /// Whether the place is known: in the list of governments, or again in the letterhead.
    pub(crate) is_known_place: bool,
    /// Whether month and year of the number say the same; `None` where it has none.
    pub(crate) number: Option<bool>,
    /// Whether no other day beside a place stands in the document.
    pub(crate) is_only: bool,
}

impl Evidence {
    /// Returns how sure this makes the day, before OCR's doubts. The figures are judgements,
    /// held against the papers of `id_local`.
    pub(crate) fn confidence(self) -> f32 {
        let base: f32 = match (self.beside, self.place) {
            (Beside::Place, Where::Head) => 0.96,
            (Beside::Place, Where::Signer) => 0.95,
            (Beside::Place, Where::Elsewhere) if self.is_only => 0.84,
            (Beside::Number, Where::Head) => 0.86,
            (Beside::Label, Where::Head) => 0.82,
            _ => 0.7,
        };
        let unknown = self.beside == Beside::Place && !self.is_known_place;
        let number = match self.number {
            Some(true) => 0.08,
            Some(false) => -0.2,
            None => 0.0,
        };
        let place = if unknown { -0.06 } else { 0.0 };
        (base + number + place).min(0.97)
    }

    /// Returns the rule that this makes, with all that was found.
    pub(crate) fn rule(self) -> String {
        let beside = match self.beside {
            Beside::Place => "place",
            Beside::Number => "number",
            Beside::Label => "label",
            Beside::Nothing => "nothing",
        };
        let place = match self.place {
            Where::Head => "head",
            Where::Signer => "signer",
            Where::Elsewhere => "elsewhere",
        };
        let found = [
            (true, place),
            (self.is_known_place, "known"),
            (self.is_only, "only"),
            (self.number == Some(true), "numbered"),
            (self.number == Some(false), "numbered_otherwise"),
        ];
        rule(&format!("date.{beside}"), &found)
    }
}
