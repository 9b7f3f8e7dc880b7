//! Near-duplicates: two documents that are one, or that show the same photo, as found by
//! comparing fingerprints.

use crate::model::{Digest, Lang, Ratio};
use serde::{Deserialize, Serialize};

/// Which part of two photos is the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// All of both.
    Whole,
    /// All of the first, and a part of the second.
    FirstInSecond,
    /// All of the second, and a part of the first.
    SecondInFirst,
    /// A part of each.
    Overlap,
}

impl Part {
    /// Returns the part as seen from the second.
    #[must_use]
    pub fn reversed(self) -> Self {
        match self {
            Self::FirstInSecond => Self::SecondInFirst,
            Self::SecondInFirst => Self::FirstInSecond,
            other => other,
        }
    }
}

/// The way in which two photos are the same.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct SamePhoto {
    /// Which part.
    pub part: Part,
    /// One is the other seen in a mirror.
    pub mirrored: bool,
    /// Quarter turns, clockwise, from the first to the second, 0 to 3.
    pub quarters: u8,
    /// Correlation of the greys of the shared part.
    pub likeness: Ratio,
    /// Matched corners that agree on one map; 0 where only the whole was compared.
    pub corners: u16,
}

impl SamePhoto {
    /// Returns the same with the two photos in each other's place.
    #[must_use]
    pub fn reversed(self) -> Self {
        Self {
            part: self.part.reversed(),
            // A turn is undone by its opposite; in a mirror it undoes itself.
            quarters: match self.mirrored {
                true => self.quarters,
                false => (4 - self.quarters) % 4,
            },
            ..self
        }
    }

    /// Returns a sentence that says how one photo was made from the other, given names for both.
    pub fn explain(&self, lang: Lang, [first, second]: [&str; 2]) -> String {
        let of = lang.pick("potongan dari", "is a part of");
        let mut said = match self.part {
            Part::Whole => {
                vec![
                    lang.pick("foto utuh yang sama", "the same whole photo")
                        .to_owned(),
                ]
            }
            Part::FirstInSecond => vec![format!("{first} {of} {second}")],
            Part::SecondInFirst => vec![format!("{second} {of} {first}")],
            Part::Overlap => {
                vec![lang.pick("sebagian sama", "the same in part").to_owned()]
            }
        };
        if self.mirrored {
            said.push(lang.pick("dicerminkan", "mirrored").to_owned());
        }
        let turned = match self.quarters {
            0 => None,
            2 => Some(lang.pick("diputar setengah putaran", "turned half around")),
            _ => Some(lang.pick("diputar seperempat putaran", "turned by a quarter")),
        };
        said.extend(turned.map(str::to_owned));
        said.join(", ")
    }
}

/// The way in which two texts are one.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct SameText {
    /// The share of the words of the first that stand in the second, misread or not.
    pub of_first: Ratio,
    /// The same of the second.
    pub of_second: Ratio,
    /// The share of the shared words that are not the same letter by letter.
    pub misread: Ratio,
}

impl SameText {
    /// Returns the same with the two texts in each other's place.
    #[must_use]
    pub fn reversed(self) -> Self {
        Self {
            of_first: self.of_second,
            of_second: self.of_first,
            ..self
        }
    }
}

/// In which way two documents are near-duplicates.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "what")]
pub enum Similarity {
    /// They are one document, read twice.
    Text(SameText),
    /// They show the same photo.
    Photo {
        /// The page of the first it is on, from 1.
        first_page: u32,
        /// The page of the second.
        second_page: u32,
        /// How.
        #[serde(flatten)]
        same: SamePhoto,
    },
}

/// Two documents that are near-duplicates.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct NearDuplicate {
    /// The one with the smaller digest.
    pub first: Digest,
    /// The other; the same where a photo stands twice in one document.
    pub second: Digest,
    /// What they have in common.
    pub how: Similarity,
}

impl NearDuplicate {
    /// Returns the same with the two documents in each other's place.
    #[must_use]
    pub fn reversed(self) -> Self {
        let how = match self.how {
            Similarity::Text(text) => Similarity::Text(text.reversed()),
            Similarity::Photo {
                first_page,
                second_page,
                same,
            } => Similarity::Photo {
                first_page: second_page,
                second_page: first_page,
                same: same.reversed(),
            },
        };
        Self {
            first: self.second,
            second: self.first,
            how,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_a_part_of_what_is_said_by_name() {
        let same = SamePhoto {
            part: Part::FirstInSecond,
            mirrored: true,
            quarters: 0,
            likeness: Ratio::ONE,
            corners: 9,
        };
        let names = ["A", "B"];
        assert_eq!(
            same.explain(Lang::Id, names),
            "A potongan dari B, dicerminkan"
        );
        let text = same.reversed().explain(Lang::En, names);
        assert_eq!(text, "B is a part of A, mirrored");
    }

    #[test]
    fn what_is_turned_round_twice_is_as_it_was() {
        let alike = NearDuplicate {
            first: Digest::new([1; 32]),
            second: Digest::new([2; 32]),
            how: Similarity::Photo {
                first_page: 3,
                second_page: 4,
                same: SamePhoto {
                    part: Part::FirstInSecond,
                    mirrored: false,
                    quarters: 1,
                    likeness: Ratio::new(0.97),
                    corners: 40,
                },
            },
        };
        let back = alike.reversed();
        assert!(matches!(
            back.how,
            Similarity::Photo { first_page: 4, same, .. }
                if same.part == Part::SecondInFirst && same.quarters == 3
        ));
        assert_eq!(back.reversed(), alike);
        let json = serde_json::to_string(&alike).unwrap();
        assert_eq!(serde_json::from_str::<NearDuplicate>(&json).unwrap(), alike);
    }
}
