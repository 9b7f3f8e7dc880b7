//! What of a page may be shown to who has not asked for personal data: its marks become boxes to
//! cover on the picture, and the words in them are taken out of the text. Where a mark has no
//! box, nobody knows what to cover, and nothing of the page is shown.

use crate::model::{Line, Page, PersonalMark, Ratio, Rect, Span, Word};
use std::borrow::Cow;

/// What stands in the text for words that are taken out: no letter or digit, so that no search
/// finds it, and always as long, so that it tells nothing of them.
pub const STAND_IN: &str = "█████";

/// How far a cover goes beyond the box of its mark, in heights of that box: the boxes of words
/// read from a picture cut off the ends of letters.
const BEYOND: f32 = 0.25;
/// Share of a word's box from which a cover hides it: covers reach into the lines beside them.
const HIDDEN: f32 = 0.2;

/// How a page is shown to who has not asked for personal data.
#[derive(Debug, Clone, PartialEq)]
pub enum Redaction {
    /// Nothing personal was marked on it.
    Open,
    /// With these boxes covered, in the unit of the page's size.
    Covered(Vec<Rect>),
    /// Not at all: something personal stands there, and not where.
    Withheld,
}

/// Returns how a page (from 1) of that size is shown, by the marks of its document. Where the
/// document holds personal data, a page that is `unread` may hold more of it.
pub fn redaction(
    marks: &[PersonalMark],
    unread: &[u32],
    number: u32,
    size: Option<(f32, f32)>,
) -> Redaction {
    let here: Vec<&PersonalMark> =
        marks.iter().filter(|mark| mark.page == number).collect();
    if !marks.is_empty() && unread.contains(&number) {
        return Redaction::Withheld;
    }
    if here.is_empty() {
        return Redaction::Open;
    }
    let covers = here.iter().map(|mark| cover(mark.rect?, size?));
    match covers.collect() {
        Some(covers) => Redaction::Covered(covers),
        None => Redaction::Withheld,
    }
}

/// Returns the box that hides a mark; `None` where the mark's is no box on the page.
fn cover(rect: Rect, (width, height): (f32, f32)) -> Option<Rect> {
    let sheet = Rect::from([0.0, 0.0, width, height]);
    let is_box = [rect.x0, rect.y0, rect.x1, rect.y1]
        .iter()
        .all(|side| side.is_finite());
    let shown = rect.intersection(sheet).filter(|_| is_box)?;
    shown.grown(rect.height() * BEYOND).intersection(sheet)
}

/// Returns a page as who has not asked for personal data may read it; `None` where it is withheld.
pub fn readable<'p>(
    page: &'p Page,
    marks: &[PersonalMark],
    unread: &[u32],
) -> Option<Cow<'p, Page>> {
    match redaction(marks, unread, page.number, page.size) {
        Redaction::Open => Some(Cow::Borrowed(page)),
        Redaction::Covered(covers) => Some(Cow::Owned(redacted(page, &covers))),
        Redaction::Withheld => None,
    }
}

/// Returns a page without the words under its covers. What other readers read of them goes, too.
#[must_use]
fn redacted(page: &Page, covers: &[Rect]) -> Page {
    let lines = |lines: &[Line]| lines.iter().map(|line| without(line, covers)).collect();
    Page {
        lines: lines(&page.lines),
        beside: lines(&page.beside),
        layer: None,
        ..page.clone()
    }
}

fn without(line: &Line, covers: &[Rect]) -> Line {
    let mut words: Vec<Word> = Vec::with_capacity(line.words.len());
    let mut was_hidden = false;
    let mut is_whole = true;
    for word in &line.words {
        let is_hidden = word.rect.is_none_or(|rect| is_under(rect, covers));
        is_whole &= !is_hidden;
        match (is_hidden, words.last_mut().filter(|_| was_hidden)) {
            (false, _) => words.push(word.clone()),
            (true, None) => words.push(Word::new(STAND_IN, word.rect, Ratio::ONE)),
            (true, Some(last)) => {
                last.rect = match (last.rect, word.rect) {
                    (Some(rect), Some(more)) => Some(rect.union(more)),
                    (rect, more) => rect.or(more),
                };
            }
        }
        was_hidden = is_hidden;
    }
    Line {
        words,
        second: line.second.clone().filter(|_| is_whole),
    }
}

fn is_under(rect: Rect, covers: &[Rect]) -> bool {
    let area = rect.width() * rect.height();
    covers.iter().any(|cover| {
        let common = rect.intersection(*cover);
        common.is_some_and(|part| part.width() * part.height() >= area * HIDDEN)
    })
}

/// Tells whether the words of a place may hold personal data: one without a box, where its page
/// has some, or one that touches a mark.
pub fn is_personal(span: &Span, marks: &[PersonalMark]) -> bool {
    let mut here = marks.iter().filter(|mark| mark.page == span.page);
    here.any(|mark| match (span.rect, mark.rect) {
        (Some(rect), Some(marked)) => rect.intersection(marked).is_some(),
        _ => true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{PersonalKind, RuleId, SecondReading};

    fn mark(page: u32, rect: Option<[f32; 4]>) -> PersonalMark {
        PersonalMark {
            kind: PersonalKind::Nik,
            page,
            rect: rect.map(Rect::from),
            confidence: Ratio::ONE,
            rule: RuleId::from("personal.nik"),
        }
    }

    fn word(text: &str, rect: [f32; 4]) -> Word {
        Word::new(text, Some(rect.into()), Ratio::ONE)
    }

    const SIZE: Option<(f32, f32)> = Some((600.0, 800.0));

    #[test]
    fn a_page_is_covered_where_all_its_marks_have_boxes_on_it() {
        let box_of = [100.0, 100.0, 200.0, 120.0];
        let marks = [mark(2, Some(box_of))];
        assert_eq!(redaction(&marks, &[], 1, SIZE), Redaction::Open);
        let Redaction::Covered(covers) = redaction(&marks, &[], 2, SIZE) else {
            panic!();
        };
        assert_eq!(covers, [Rect::from([95.0, 95.0, 205.0, 125.0])]);
        let at_the_edge = [mark(1, Some([-4.0, 790.0, 50.0, 802.0]))];
        let Redaction::Covered(covers) = redaction(&at_the_edge, &[], 1, SIZE) else {
            panic!();
        };
        assert_eq!(covers, [Rect::from([0.0, 787.0, 53.0, 800.0])]);
    }

    #[test]
    fn a_page_is_withheld_where_nobody_knows_what_to_cover() {
        let known = mark(1, Some([100.0, 100.0, 200.0, 120.0]));
        for other in [
            mark(1, None),
            mark(1, Some([100.0, 100.0, 100.0, 120.0])),
            mark(1, Some([700.0, 100.0, 710.0, 120.0])),
            mark(1, Some([f32::NAN, 100.0, 710.0, 120.0])),
        ] {
            let marks = [known.clone(), other];
            assert_eq!(
                redaction(&marks, &[], 1, SIZE),
                Redaction::Withheld,
                "{marks:?}"
            );
        }
        assert_eq!(
            redaction(std::slice::from_ref(&known), &[], 1, None),
            Redaction::Withheld
        );
        // Nobody has read page 2 yet.
        let unread = |marks: &[PersonalMark]| redaction(marks, &[2], 2, SIZE);
        assert_eq!(unread(&[known]), Redaction::Withheld);
        assert_eq!(unread(&[]), Redaction::Open);
    }

    #[test]
    fn words_under_a_cover_leave_the_text_and_those_beside_it_stay() {
        let mut line = Line::new(vec![
            word("NIK", [50.0, 100.0, 80.0, 120.0]),
            word("3402014107", [100.0, 100.0, 160.0, 120.0]),
            word("150003", [165.0, 100.0, 200.0, 120.0]),
            word("Siti", [210.0, 100.0, 240.0, 120.0]),
        ]);
        line.second = Some(SecondReading {
            from: 1,
            to: 3,
            text: "3402014107150003".to_owned(),
            confidence: Ratio::ONE,
            doubts: Vec::new(),
        });
        let below = Line::new(vec![word("Bantul", [100.0, 122.0, 160.0, 142.0])]);
        let unplaced = Line::plain("3402014107150003");
        let page = Page {
            lines: vec![line, below],
            beside: vec![unplaced],
            layer: Some("3402014107150003".to_owned()),
            ..Page::empty(1, SIZE)
        };
        let marks = [mark(1, Some([100.0, 100.0, 200.0, 120.0]))];
        let Redaction::Covered(covers) = redaction(&marks, &[], 1, SIZE) else {
            panic!();
        };
        let shown = redacted(&page, &covers);
        assert_eq!(
            shown.text(),
            format!("NIK {STAND_IN} Siti\nBantul\n{STAND_IN}")
        );
        let json = serde_json::to_string(&shown).unwrap();
        assert!(
            !json.contains("3402014107") && !json.contains("150003"),
            "{json}"
        );
        let hidden = shown.lines[0].words[1].rect;
        assert_eq!(hidden, Some([100.0, 100.0, 200.0, 120.0].into()));
    }

    #[test]
    fn a_sentence_that_may_hold_personal_data_is_known() {
        let span = |page, rect: Option<[f32; 4]>| Span {
            page,
            rect: rect.map(Rect::from),
            quote: String::new(),
        };
        let marks = [mark(1, Some([100.0, 100.0, 200.0, 120.0])), mark(3, None)];
        for (span, expected) in [
            (span(1, Some([150.0, 110.0, 300.0, 130.0])), true),
            (span(1, Some([150.0, 130.0, 300.0, 150.0])), false),
            (span(1, None), true),
            (span(2, None), false),
            (span(3, Some([0.0, 0.0, 9.0, 9.0])), true),
        ] {
            assert_eq!(is_personal(&span, &marks), expected, "{span:?}");
        }
    }
}
