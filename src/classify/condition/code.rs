//! What the codes printed on a document stand for, by the words around them; and which typed pages
//! are worth drawing to look for one.

use crate::classify::text::stream::{Hit, Stream};
use crate::lexicon::doctype::Grammar;
use crate::model::{
    CodeFact, CodeRole, Extraction, Fact, InkMark, Page, Ratio, Rect, RuleId, Span,
};

/// Error correction lets through no text that was not printed; what it stands for is told by the
/// words around it.
const READ: f32 = 0.98;
/// The words stand elsewhere on the page: it may be the form to fill in that a letter is about.
const APART: f32 = 0.7;
/// Share of a page's height from which a code may belong to its footer.
const FOOT: f32 = 0.75;
/// Codes kept of a document.
const MAX_CODES: usize = 12;
/// Heights of a code below it within which the number of an official, or words of a signature,
/// belong to it, and widths beside it.
const BELOW: f32 = 1.5;
const BESIDE: f32 = 3.0;
/// Sides in points of a mark that may be a code: 10 to 60 mm.
const SIDES: std::ops::RangeInclusive<f32> = 28.0..=170.0;
/// Share by which its sides may differ.
const UNEVEN: f32 = 0.1;
/// Share of a page's height below which a square mark is no logo of a letterhead.
const HEAD: f32 = 0.2;

/// Returns the codes of a document, each text once: where it stands for a signature, there.
pub(crate) fn find(extraction: &Extraction, grammar: &Grammar) -> Vec<CodeFact> {
    let mut found: Vec<CodeFact> = Vec::new();
    for page in extraction
        .pages
        .iter()
        .filter(|page| !page.codes.is_empty())
    {
        let around = Around::new(page, grammar);
        for code in &page.codes {
            let (role, confidence, rule) = around.role(code.rect);
            let new = CodeFact {
                role,
                fact: Fact {
                    value: code.text.clone(),
                    confidence: Ratio::new(confidence),
                    span: Some(Span {
                        page: page.number,
                        rect: Some(code.rect),
                        quote: String::new(),
                    }),
                    rule: RuleId::from(rule),
                },
            };
            match found.iter_mut().find(|known| known.fact.value == code.text) {
                Some(known) if new.role < known.role => *known = new,
                Some(_) => {}
                None => found.push(new),
            }
        }
    }
    found.truncate(MAX_CODES);
    found
}

/// Tells whether a page of typed words may hold a code: its words speak of an electronic
/// signature, or a square is drawn on it where no letterhead is.
pub fn may_hold_code(page: &Page, grammar: &Grammar) -> bool {
    let Some((_, height)) = page.size else {
        return false;
    };
    let is_square = |mark: &InkMark| {
        let (across, down) = (mark.rect.width(), mark.rect.height());
        SIDES.contains(&across)
            && (across - down).abs() <= UNEVEN * across
            && mark.rect.y0 > HEAD * height
    };
    page.marks.iter().any(is_square) || speaks_of_signature(&Stream::new([page]), grammar)
}

/// Tells whether the footer of an electronic signature, or one who certifies it, is named.
fn speaks_of_signature(stream: &Stream, grammar: &Grammar) -> bool {
    let mut starts = stream.word_starts(0..stream.len());
    starts.any(|at| words_of_signature_at(stream, at, grammar).is_some())
}

/// Returns the words of the footer of an electronic signature, or of one who certifies it, that
/// stand here.
fn words_of_signature_at(stream: &Stream, at: usize, grammar: &Grammar) -> Option<Hit> {
    let words = &grammar.signature;
    let footer = stream.quick_at(at, &words.electronic);
    footer.or_else(|| stream.quick_at(at, &words.certifiers))
}

/// The words around the codes of a page.
struct Around {
    /// Where words speak of an electronic signature.
    footers: Vec<Rect>,
    /// Where numbers of officials stand.
    officials: Vec<Rect>,
    /// From where on a code stands at the foot of the page.
    foot: f32,
}

impl Around {
    fn new(page: &Page, grammar: &Grammar) -> Self {
        let stream = Stream::new([page]);
        let places = |find: &dyn Fn(usize) -> Option<Hit>| -> Vec<Rect> {
            let hits = stream.word_starts(0..stream.len()).filter_map(find);
            hits.filter_map(|hit| stream.span(hit.range())?.rect)
                .collect()
        };
        Self {
            footers: places(&|at| words_of_signature_at(&stream, at, grammar)),
            officials: places(&|at| stream.exact_at(at, &grammar.signature.id_numbers)),
            foot: page.size.map_or(f32::MAX, |(_, height)| FOOT * height),
        }
    }

    /// Returns what a code at some place stands for, how sure that is, and the rule that says so.
    fn role(&self, code: Rect) -> (CodeRole, f32, &'static str) {
        let reach = Rect {
            x0: code.x0 - BESIDE * code.width(),
            y0: code.y0,
            x1: code.x1 + BESIDE * code.width(),
            y1: code.y1 + BELOW * code.height(),
        };
        let is_near = |words: &Rect| words.intersection(reach).is_some();
        let is_footed = !self.footers.is_empty() && code.y0 > self.foot;
        if is_footed || self.footers.iter().any(is_near) {
            (CodeRole::Signature, READ, "code.footer")
        } else if self.officials.iter().any(is_near) {
            (CodeRole::Signature, READ, "code.block")
        } else if !self.footers.is_empty() {
            (CodeRole::Signature, APART, "code.footer.apart")
        } else {
            (CodeRole::Other, READ, "code.page")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::doctype::DocTypes;
    use crate::model::{InkKind, Line, MediaType, PrintedCode, Word};

    const FOOTER: &str = "Dokumen ini telah ditandatangani secara elektronik menggunakan \
        sertifikat elektronik yang diterbitkan oleh BSrE";

    fn page(number: u32, lines: &[(&str, [f32; 4])], codes: &[&str]) -> Page {
        let mut page = Page::empty(number, Some((595.0, 842.0)));
        page.lines = lines
            .iter()
            .map(|(text, rect)| {
                let words = text.split(' ');
                let word = |text| Word::new(text, Some((*rect).into()), Ratio::ONE);
                Line::new(words.map(word).collect())
            })
            .collect();
        let code = |text: &&str| PrintedCode {
            text: (*text).to_owned(),
            rect: [300.0, 600.0, 360.0, 660.0].into(),
        };
        page.codes = codes.iter().map(code).collect();
        page
    }

    fn roles(pages: Vec<Page>) -> Vec<(u32, CodeRole, String)> {
        let kinds = DocTypes::builtin().unwrap();
        let mut extraction = Extraction::without_pages(MediaType::Pdf);
        extraction.pages = pages;
        let found = find(&extraction, kinds.grammar()).into_iter();
        let told = found.map(|code| {
            let page = code.fact.span.map_or(0, |span| span.page);
            (page, code.role, code.fact.rule.to_string())
        });
        told.collect()
    }

    #[test]
    fn a_code_stands_for_what_the_words_around_it_say() {
        let low = [100.0, 800.0, 500.0, 810.0];
        for (line, rule) in [
            ((FOOTER, low), "code.footer.apart"),
            ((FOOTER, [370.0, 640.0, 500.0, 650.0]), "code.footer"),
            (
                ("NIP. 197001011990031001", [290.0, 690.0, 420.0, 700.0]),
                "code.block",
            ),
            (
                ("NIP. 197001011990031001", [290.0, 100.0, 420.0, 110.0]),
                "code.page",
            ),
            (("Isi daftar hadir pada tautan ini", low), "code.page"),
        ] {
            let role = match rule {
                "code.page" => CodeRole::Other,
                _ => CodeRole::Signature,
            };
            let found = roles(vec![page(2, &[line], &["https://a.go.id/1"])]);
            assert_eq!(found, [(2, role, rule.to_owned())], "{line:?}");
        }
    }

    #[test]
    fn a_code_on_every_page_is_one() {
        let low = [100.0, 800.0, 500.0, 810.0];
        let pages = vec![
            page(1, &[("Peraturan", low)], &["https://a.go.id/1"]),
            page(
                2,
                &[(FOOTER, low)],
                &["https://a.go.id/1", "https://a.go.id/2"],
            ),
        ];
        let found = roles(pages);
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].0, found[0].1), (2, CodeRole::Signature));
    }

    #[test]
    fn pages_with_footers_or_squares_are_worth_drawing() {
        let kinds = DocTypes::builtin().unwrap();
        let marked = |rect: [f32; 4]| {
            let mut page =
                page(1, &[("Kepala Dinas", [300.0, 550.0, 400.0, 560.0])], &[]);
            page.marks = vec![InkMark {
                kind: InkKind::Picture,
                rect: rect.into(),
                piece: 60.0,
                ink: Ratio::ONE,
            }];
            may_hold_code(&page, kinds.grammar())
        };
        assert!(marked([300.0, 600.0, 360.0, 662.0]));
        assert!(!marked([300.0, 600.0, 360.0, 700.0]), "a signature");
        assert!(!marked([30.0, 30.0, 90.0, 90.0]), "a logo");
        assert!(!marked([30.0, 300.0, 330.0, 600.0]), "a photo");
        let footed = page(1, &[(FOOTER, [100.0, 800.0, 500.0, 810.0])], &[]);
        assert!(may_hold_code(&footed, kinds.grammar()));
    }
}
