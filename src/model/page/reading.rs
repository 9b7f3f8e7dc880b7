//! Details of a reading beyond its text: letters in doubt, the reading of a second reader, and how
//! the ink of a word compares with its line. Only the embedded engine gives them; a text layer or
//! another engine has none.

use crate::model::Ratio;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// The runner-up for one letter that the reader was not sure of.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct LetterDoubt {
    /// Which letter, counted in chars from 0 in the text it belongs to.
    pub at: u16,
    /// What it may be instead; `None` where there may be no letter at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<char>,
    /// The reader's probability for `other`, where it is likeliest.
    pub probability: Ratio,
}

/// Some words of a page, one after the other on a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinePart {
    /// The line, from 0 in reading order.
    pub line: usize,
    /// Its words, from 0; none where something is missing before the first of them.
    pub words: Range<usize>,
}

/// The reading of a second reader of a part of a line that decides: a number, a date, a name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SecondReading {
    /// The first word of the line it covers, from 0.
    pub from: u16,
    /// One more than the last word it covers.
    pub to: u16,
    /// What it read, words apart by single spaces; empty where it saw none.
    pub text: String,
    /// Mean over its letters.
    pub confidence: Ratio,
    /// The letters of `text` it was not sure of, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub doubts: Vec<LetterDoubt>,
}

/// How the ink of a word compares with the print around it. Evidence for handwriting and
/// stamps, not a verdict: print differs from print, too, where a clerk changes the font.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct WordInk {
    /// Height of its ink by that of the words it is compared with; 1 is the same.
    pub height_ratio: f32,
    /// How much lower its ink ends than that of the other words of its line, by their height;
    /// 0 is the same, `None` where it is compared with other lines only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline_shift: Option<f32>,
    /// Width of its strokes by that of theirs; 1 is the same.
    pub stroke_ratio: f32,
    /// Darkness of its ink against the paper by that of theirs; 1 is the same.
    pub darkness_ratio: f32,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Line, Word};

    #[test]
    fn a_line_kept_before_there_were_second_readings_still_loads_and_says_the_same() {
        let kept = r#"{"words":[{"text":"NOMOR","confidence":0.9}]}"#;
        let line: Line = serde_json::from_str(kept).unwrap();
        assert_eq!(line.second, None);
        assert_eq!(line.words, [Word::new("NOMOR", None, Ratio::new(0.9))]);
        assert_eq!(serde_json::to_string(&line).unwrap(), kept);
    }

    #[test]
    fn all_details_of_a_reading_survive_json() {
        let doubt = |at, other| LetterDoubt {
            at,
            other,
            probability: Ratio::new(0.25),
        };
        let mut line = Line::plain("NOMOR I5");
        line.words[1].doubts = vec![doubt(0, Some('1')), doubt(1, None)];
        line.words[1].ink = Some(WordInk {
            height_ratio: 1.5,
            baseline_shift: Some(-0.25),
            stroke_ratio: 0.5,
            darkness_ratio: 0.75,
        });
        line.second = Some(SecondReading {
            from: 1,
            to: 2,
            text: "15".into(),
            confidence: Ratio::new(0.75),
            doubts: vec![doubt(0, Some('I'))],
        });
        let json = serde_json::to_string(&line).unwrap();
        assert_eq!(serde_json::from_str::<Line>(&json).unwrap(), line);
    }
}
