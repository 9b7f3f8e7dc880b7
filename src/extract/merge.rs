//! Takes what OCR read from a page's picture and puts it into the page. Apart, because OCR runs
//! elsewhere, in its own time, and only this needs to know both units.

use crate::model::{Extraction, Line, OcrPage, Rect, TextOrigin, Word};

/// Puts the lines of `ocr` into page `page` (from 1), their boxes brought from pixels of a
/// `picture` of that width and height into the page's unit. A layer gives way to any text that
/// OCR found; where OCR found none, the layer stays.
pub fn merge(extraction: &mut Extraction, page: u32, ocr: OcrPage, picture: (u32, u32)) {
    let Some(target) = extraction.pages.iter_mut().find(|p| p.number == page) else {
        return;
    };
    target.ocr_confidence = Some(ocr.confidence);
    target.verdict = Some(ocr.verdict);
    if ocr.lines.iter().all(|line| line.words.is_empty()) {
        return;
    }
    let (width, height) = target.size.unwrap_or((picture.0 as f32, picture.1 as f32));
    let scale = (
        width / picture.0.max(1) as f32,
        height / picture.1.max(1) as f32,
    );
    target.origin = TextOrigin::Ocr;
    target.lines = ocr
        .lines
        .into_iter()
        .map(|line| scaled(line, scale))
        .collect();
}

fn scaled(line: Line, (sx, sy): (f32, f32)) -> Line {
    let scale = |r: Rect| Rect {
        x0: r.x0 * sx,
        y0: r.y0 * sy,
        x1: r.x1 * sx,
        y1: r.y1 * sy,
    };
    let words = line.words.into_iter();
    Line {
        words: words
            .map(|w| Word {
                rect: w.rect.map(scale),
                ..w
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{MediaType, Page, PageVerdict, Ratio};

    fn scan() -> Extraction {
        let mut extraction = Extraction::without_pages(MediaType::Pdf);
        extraction.pages = vec![Page::empty(1, Some((600.0, 800.0)))];
        extraction
    }

    fn ocr(lines: Vec<Line>) -> OcrPage {
        OcrPage {
            lines,
            confidence: Ratio::new(0.9),
            verdict: PageVerdict::Legible,
        }
    }

    #[test]
    fn boxes_come_into_the_pages_unit() {
        let mut extraction = scan();
        let word = Word {
            text: "NOMOR".into(),
            rect: Some([300.0, 400.0, 600.0, 480.0].into()),
            confidence: Ratio::new(0.9),
        };
        merge(
            &mut extraction,
            1,
            ocr(vec![Line { words: vec![word] }]),
            (1200, 1600),
        );
        let page = &extraction.pages[0];
        assert_eq!(page.origin, TextOrigin::Ocr);
        assert_eq!(
            page.lines[0].rect(),
            Some([150.0, 200.0, 300.0, 240.0].into())
        );
    }

    #[test]
    fn a_layer_stays_where_ocr_finds_nothing() {
        let mut extraction = scan();
        extraction.pages[0].origin = TextOrigin::Layer;
        extraction.pages[0].lines = vec![Line::plain("lapisan")];
        merge(&mut extraction, 1, ocr(Vec::new()), (1200, 1600));
        merge(&mut extraction, 7, ocr(vec![Line::plain("hilang")]), (1, 1));
        assert_eq!(extraction.pages[0].text(), "lapisan");
        assert_eq!(extraction.pages[0].origin, TextOrigin::Layer);
    }
}
