//! What a document says belongs to it and is not there: its attachment, pages, closing lines.
//! Only a document that was read from its first page to its last can miss a part.

use crate::classify::text::stream::{Hit, Stream};
use crate::lexicon::doctype::{Class, DateWords, DocType, Grammar};
use crate::lexicon::phrase::Phrase;
use crate::lexicon::words::words;
use crate::model::{DateRole, Extraction, MissingPart, Page, PageVerdict, TextOrigin};
use std::ops::Range;

/// The heading of an attachment is set in capitals; the word in small letters mentions it.
const IN_CAPITALS: f32 = 0.8;
/// Page numbers further apart are no gap but another numbering.
const WIDEST_GAP: i64 = 20;
/// As many pages on either side must be numbered in step before a jump between them counts.
const IN_STEP: usize = 2;
/// A page number has at most so many digits.
const NUMBER_DIGITS: usize = 3;

/// A missing part: which, as printed, and where that shows.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Missing {
    pub(crate) part: MissingPart,
    pub(crate) what: String,
    pub(crate) range: Option<Range<usize>>,
}

/// Finds what is missing from a document of a kind, whose heading ends at `from`.
pub(crate) fn find(
    extraction: &Extraction,
    stream: &Stream,
    grammar: &Grammar,
    kind: &DocType,
    from: usize,
) -> Vec<Missing> {
    if !is_read_whole(extraction) {
        return Vec::new();
    }
    let mut found = Vec::new();
    found.extend(attachment(stream, grammar, from));
    found.extend(pages(extraction));
    found.extend(closing(stream, grammar, kind, from));
    found
}

/// Tells whether every page was read, or is blank.
fn is_read_whole(extraction: &Extraction) -> bool {
    let read = |page: &Page| {
        page.origin != TextOrigin::None || page.verdict == Some(PageVerdict::Blank)
    };
    extraction.pages.len() as u64 == u64::from(extraction.page_count)
        && extraction.pages.iter().all(read)
}

/// Looks for the heading of an attachment that the text refers to.
fn attachment(stream: &Stream, grammar: &Grammar, from: usize) -> Option<Missing> {
    let announced = stream
        .word_starts(from..stream.len())
        .filter_map(|at| stream.quick_at(at, &grammar.completeness.announces))
        .find(Hit::is_nearly_exact)?;
    // In capitals anywhere, since a chart's title may share its line; else with a colon.
    let is_heading = |at: usize| {
        stream.quick_at(at, &grammar.attachment).is_some_and(|hit| {
            stream.capitals(at..stream.word_end(at)) >= IN_CAPITALS
                || stream.begins_line(at) && has_colon(stream, hit.end)
        })
    };
    if stream.word_starts(0..stream.len()).any(is_heading) {
        return None;
    }
    let what = grammar.attachment.first().map(Phrase::text);
    Some(Missing {
        part: MissingPart::Attachment,
        what: what.unwrap_or_default().to_owned(),
        range: Some(announced.range()),
    })
}

/// Tells whether the word that ends here, or the next one, has a colon.
pub(crate) fn has_colon(stream: &Stream, end: usize) -> bool {
    let around = stream.between(end, end + 1);
    around.iter().take(2).any(|(_, text)| text.contains(':'))
}

/// Compares the numbers printed on the pages with their order.
fn pages(extraction: &Extraction) -> Option<Missing> {
    let printed: Vec<(i64, i64)> = extraction
        .pages
        .iter()
        .filter_map(|page| Some((i64::from(page.number), printed_number(page)?)))
        .collect();
    let step = |&(page, number): &(i64, i64)| number - page;
    let in_step = |pages: &mut dyn Iterator<Item = &(i64, i64)>, by: i64| {
        pages.take_while(|page| step(page) == by).count() >= IN_STEP
    };
    for at in 1..printed.len() {
        let (before, after) = printed.split_at(at);
        let (Some(last), Some(next)) = (before.last(), after.first()) else {
            continue;
        };
        let jump = step(next) - step(last);
        if (1..=WIDEST_GAP).contains(&jump)
            && next.0 == last.0 + 1
            && in_step(&mut before.iter().rev(), step(last))
            && in_step(&mut after.iter(), step(next))
        {
            let (first, to) = (last.1 + 1, next.1 - 1);
            let what = match first == to {
                true => first.to_string(),
                false => format!("{first}–{to}"),
            };
            return Some(Missing {
                part: MissingPart::Pages,
                what,
                range: None,
            });
        }
    }
    None
}

/// Reads the number alone on the first or last line of a page: `- 3 -`, `3`, `Halaman 3`.
fn printed_number(page: &Page) -> Option<i64> {
    let lines = [page.lines.first(), page.lines.last()];
    lines.into_iter().flatten().find_map(|line| {
        let text = line.text();
        let parts: Vec<&str> = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        let (number, rest) = parts.split_last()?;
        let is_label = match rest {
            [] => true,
            [word] => words().pages.contains(&word.to_ascii_lowercase()),
            _ => false,
        };
        let is_number = number.len() <= NUMBER_DIGITS
            && number.bytes().all(|b| b.is_ascii_digit())
            && text
                .chars()
                .all(|c| c.is_alphanumeric() || " -–—.~|".contains(c));
        (is_label && is_number)
            .then(|| number.parse().ok())
            .flatten()
    })
}

/// Looks for the lines that close what decides something.
fn closing(
    stream: &Stream,
    grammar: &Grammar,
    kind: &DocType,
    from: usize,
) -> Option<Missing> {
    if !matches!(kind.class, Class::Regulation | Class::Decision) {
        return None;
    }
    let body = stream.find(from..stream.len(), &grammar.completeness.decides)?;
    let ends: Vec<&DateWords> = grammar
        .dates
        .iter()
        .filter(|words| matches!(words.role, DateRole::Enacted | DateRole::Promulgated))
        .collect();
    let closes = |at: usize| {
        // `mulai berlaku pada tanggal ditetapkan` is the last sentence, not what follows it.
        let is_capital = stream.is_capital(at);
        let hits = ends.iter().filter(|_| is_capital || stream.begins_line(at));
        hits.filter_map(|words| stream.phrase_at(at, &words.words))
            .any(|hit| is_capital || hit.is_nearly_exact())
    };
    if stream.word_starts(body.end..stream.len()).any(closes) {
        return None;
    }
    let what = grammar.dates.first().map(|words| words.words.text());
    Some(Missing {
        part: MissingPart::Closing,
        what: what.unwrap_or_default().to_owned(),
        range: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classify::text::stream::tests::page;
    use crate::lexicon::doctype::DocTypes;
    use crate::model::MediaType;

    fn missing_parts(kind: &str, pages: &[&str]) -> Vec<(MissingPart, String)> {
        let types = DocTypes::builtin().unwrap();
        let pages: Vec<Page> = (1..)
            .zip(pages)
            .map(|(number, text)| Page {
                number,
                ..page(text)
            })
            .collect();
        let extraction = Extraction {
            page_count: pages.len() as u32,
            pages,
            ..Extraction::without_pages(MediaType::Pdf)
        };
        let stream = Stream::new(&extraction.pages);
        let kind = types.get(kind).unwrap();
        let found = find(&extraction, &stream, types.grammar(), kind, 0);
        found
            .into_iter()
            .map(|found| (found.part, found.what))
            .collect()
    }

    const BODY: &str = "MEMUTUSKAN\nMenetapkan : anggota sebagaimana tercantum dalam Lampiran \
        yang merupakan bagian\nDitetapkan di Bantul";

    #[test]
    fn an_attachment_spoken_of_must_follow() {
        let absent = [(MissingPart::Attachment, "Lampiran".to_owned())];
        assert_eq!(missing_parts("kepkada", &[BODY]), absent);
        assert_eq!(
            missing_parts("kepkada", &[BODY, "LAMPIRAN\nKEPUTUSAN BUPATI"]),
            []
        );
        assert_eq!(
            missing_parts("kepkada", &[BODY, "LAMPIRAN I : KEPUTUSAN"]),
            []
        );
        assert_eq!(
            missing_parts("kepkada", &[BODY, "Lampiran : Keputusan Bupati"]),
            []
        );
        let beside = "STRUKTUR ORGANISASI LAMPIRAN : KEPUTUSAN";
        assert_eq!(missing_parts("kepkada", &[BODY, beside]), []);
        assert_eq!(
            missing_parts("kepkada", &["MEMUTUSKAN\nDitetapkan di X"]),
            []
        );
        let amended = "MEMUTUSKAN\nsebagaimana telah diubah\nDitetapkan di X";
        assert_eq!(missing_parts("kepkada", &[amended]), []);
    }

    #[test]
    fn numbers_on_pages_must_not_jump() {
        let pages = ["- 1 -\na", "- 2 -\na", "- 5 -\na", "- 6 -\nb"];
        assert_eq!(
            missing_parts("laporan", &pages),
            [(MissingPart::Pages, "3–4".to_owned())]
        );
        assert_eq!(
            missing_parts("laporan", &["x", "2\na", "3\na", "4\na", "5\nb"]),
            []
        );
        // A new numbering, and a lone figure that is no page number.
        assert_eq!(
            missing_parts("laporan", &["1\na", "2\na", "1\na", "2\nb"]),
            []
        );
        assert_eq!(
            missing_parts("laporan", &["1\na", "2\na", "7\na", "4\nb"]),
            []
        );
    }

    #[test]
    fn what_decides_must_be_closed() {
        let absent = [(MissingPart::Closing, "Ditetapkan di".to_owned())];
        assert_eq!(
            missing_parts("perda", &["MEMUTUSKAN\nPasal 1\nBunyi"]),
            absent
        );
        let sentence = "MEMUTUSKAN\nPERTAMA : Anggota\nKEDUA : Keputusan ini mulai berlaku \
            pada tanggal ditetapkan.";
        assert_eq!(missing_parts("kepkada", &[sentence]), absent);
        let wrapped = "MEMUTUSKAN\nPeraturan ini mulai berlaku pada tanggal\ndiundangkan.\n\
            Agar setiap orang mengetahuinya";
        assert_eq!(missing_parts("perda", &[wrapped]), absent);
        let closed = format!("{sentence}\nditetapkan di Bantul");
        assert_eq!(missing_parts("kepkada", &[&closed]), []);
        assert_eq!(
            missing_parts("laporan", &["MEMUTUSKAN\nPasal 1\nBunyi"]),
            []
        );
        assert_eq!(
            missing_parts("perda", &["Pasal 1"]),
            [],
            "an extract has no body"
        );
    }

    #[test]
    fn a_document_read_in_part_has_no_missing_part() {
        let types = DocTypes::builtin().unwrap();
        let extraction = Extraction {
            page_count: 2,
            pages: vec![page(BODY)],
            ..Extraction::without_pages(MediaType::Pdf)
        };
        let stream = Stream::new(&extraction.pages);
        let kind = types.get("perda").unwrap();
        let found = find(&extraction, &stream, types.grammar(), kind, 0);
        assert_eq!(found, []);
    }
}
