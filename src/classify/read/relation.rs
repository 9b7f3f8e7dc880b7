//! What a document does to older ones: its title says what it amends, a clause near its end
//! what it repeals. The clause stands in the *new* document and ends the *old* one.

use super::cite::{self, Cite};
use crate::classify::text::stream::{Hit, Stream};
use crate::lexicon::doctype::DocTypes;
use crate::lexicon::phrase::Phrase;
use crate::model::RelationRole;
use std::ops::Range;

/// Letters between `PERUBAHAN` and the document it is upon: `KETIGA BELAS ATAS`.
const TO_TARGET: usize = 40;
/// The same where `ATAS` was left out: `PERUBAHAN DAN TAMBAHAN UNDANG-UNDANG …`.
const NO_UPON: usize = 24;
/// Letters of a clause that repeals: lists of forty old regulations have been seen.
const CLAUSE: usize = 6000;
/// Letters before `dicabut` where no opening of the clause was found.
const NEAR: usize = 400;
/// Letters after `mencabut` up to the document.
const NEXT: usize = 60;
/// Letters of a line that is the heading of a part: `Pasal 123`.
const PART_HEADING: usize = 9;
/// Letters before a document that say how it is meant.
const BEFORE: usize = 40;
/// What a clause without a beginning takes from trust.
const NO_OPENING: f32 = 0.25;

/// A relation found.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) role: RelationRole,
    pub(crate) cite: Cite,
    /// What the words that make it a relation cost; more where the clause has no beginning.
    pub(crate) doubt: f32,
}

/// Reads what a title says: `PERUBAHAN KEDUA ATAS …`, `PENCABUTAN …`. An act that makes an
/// emergency regulation its own does what that does.
pub(crate) fn of_title(
    stream: &Stream,
    types: &DocTypes,
    title: Range<usize>,
) -> Vec<Found> {
    let words = &types.grammar().relation;
    let found = |role, cite, doubt| Found { role, cite, doubt };
    let Some(mut start) = stream.word_starts(title.clone()).next() else {
        return Vec::new();
    };
    if let Some(own) = stream.any_at(start, &words.enacts) {
        let about = stream.find(own.end..title.end, &types.grammar().about);
        start = about.map_or(start, |about| about.end);
    }
    if let Some(hit) = stream.any_at(start, &words.amends) {
        let reach = (hit.end + TO_TARGET).min(title.end);
        let upon = stream.find(hit.end..reach, &words.upon);
        let upon = upon.or_else(|| glued(stream, hit.end..reach, &words.upon));
        let target = match upon {
            Some(upon) => cite::at(stream, types, upon.end),
            None => {
                let near = hit.end..(hit.end + NO_UPON).min(title.end);
                let mut starts = stream.word_starts(near);
                starts.find_map(|at| cite::at(stream, types, at))
            }
        };
        let target = target.filter(|cite| cite.range.end <= title.end);
        let cites = target.into_iter();
        return cites
            .map(|cite| found(RelationRole::Amends, cite, hit.cost))
            .collect();
    }
    let Some(hit) = stream.any_at(start, &words.repeals) else {
        return Vec::new();
    };
    let cites = cite::all(stream, types, hit.end..title.end);
    let cites = cites
        .into_iter()
        .filter(|cite| !is_beside(stream, &words.beside, cite));
    cites
        .map(|cite| found(RelationRole::Repeals, cite, hit.cost))
        .collect()
}

/// Finds words that run into those before them (`PERUBAHANKEDUAATAS`).
fn glued(stream: &Stream, range: Range<usize>, phrases: &[Phrase]) -> Option<Hit> {
    let mut hits = range.filter_map(|start| stream.exact_at(start, phrases));
    hits.find(|hit| stream.begins_word(hit.end))
}

/// Reads the clauses that repeal, from `from` on.
pub(crate) fn of_body(stream: &Stream, types: &DocTypes, from: usize) -> Vec<Found> {
    let grammar = types.grammar();
    let words = &grammar.relation;
    // Before `MEMUTUSKAN` stands why, and what others have done.
    let decides = stream.find(from..stream.len(), &grammar.completeness.decides);
    let from = decides.map_or(from, |hit| hit.end);
    let mut found = Vec::new();
    let mut opened: Option<Hit> = None;
    let mut done = from;
    for at in stream.word_starts(from..stream.len()) {
        if at < done {
            continue;
        }
        if is_part_heading(stream, at, &words.parts) {
            opened = None;
            done = stream.line_end(at).min(at + PART_HEADING);
        } else if let Some(hit) = stream.quick_at(at, &words.opens) {
            opened = Some(hit);
        } else if let Some(hit) = forward_at(stream, at, &words.repeals_next) {
            let listed = listed_after(stream, types, hit);
            done = listed.last().map_or(hit.end, |found| found.cite.range.end);
            found.extend(listed);
        } else if let Some(hit) = stream.quick_at(at, &words.repealed) {
            let open = opened.take().filter(|open| at - open.end < CLAUSE);
            let stays = stream.quick_at(at, &words.stays);
            if stays.is_none_or(|stays| hit.cost < stays.cost) {
                let near = at.saturating_sub(NEAR).max(done);
                let clause = open.map_or(near, |open| open.end)..at;
                let doubt = match open {
                    Some(open) => open.cost.max(hit.cost),
                    None if near > at.saturating_sub(NEAR) => hit.cost,
                    None => NO_OPENING,
                };
                found.extend(of_clause(stream, types, clause, doubt));
            }
            done = hit.end;
        }
    }
    found
}

/// Tells whether a line is no more than `Pasal 12`.
fn is_part_heading(stream: &Stream, at: usize, parts: &[Phrase]) -> bool {
    let end = stream.word_end(at);
    stream.begins_line(at)
        && stream.line_end(at) - at <= PART_HEADING
        && stream.is_word(at, parts)
        && stream
            .folded(end..stream.line_end(at))
            .iter()
            .all(u8::is_ascii_digit)
}

/// Reads `Mencabut`, which begins a clause; in small letters it says what another has done.
fn forward_at(stream: &Stream, at: usize, phrases: &[Phrase]) -> Option<Hit> {
    let word = stream.token(at)?.word.text.as_str();
    let begins = stream.begins_line(at) || word.starts_with(char::is_uppercase);
    stream.quick_at(at, phrases).filter(|_| begins)
}

/// Reads the documents after `Mencabut`: the first, and those that are items of the same list.
fn listed_after(stream: &Stream, types: &DocTypes, hit: Hit) -> Vec<Found> {
    let reach = (hit.end + CLAUSE).min(stream.len());
    let cites = cite::all(stream, types, hit.end..reach);
    let mut listed: Vec<Found> = Vec::new();
    for cite in cites {
        let start = cite.range.start;
        let goes_on = match listed.last() {
            None => start <= hit.end + NEXT,
            Some(last) => {
                let is_next =
                    || is_item(stream, start) || is_joined(stream, types, start);
                start <= last.cite.range.end + NEAR && is_next()
            }
        };
        if !goes_on {
            break;
        }
        listed.push(Found {
            role: RelationRole::Repeals,
            cite,
            doubt: hit.cost,
        });
    }
    listed
}

/// Tells whether `… Nomor 12) dan` stands before: its gazette ends what is said of a document,
/// so what follows is not in its title.
fn is_joined(stream: &Stream, types: &DocTypes, at: usize) -> bool {
    let ends = |at| {
        let token = stream.token(at);
        token.is_some_and(|token| {
            token.word.text.trim_end_matches([',', ';']).ends_with(')')
        })
    };
    stream.word_before(at).is_some_and(|and| {
        stream.is_word(and, &types.grammar().relation.and)
            && stream.word_before(and).is_some_and(ends)
    })
}

/// Tells whether `2.` or `b)` stands before.
fn is_item(stream: &Stream, at: usize) -> bool {
    let before = stream.word_before(at).and_then(|at| stream.token(at));
    before.is_some_and(|token| {
        let mark = token.word.text.strip_suffix(['.', ')', ';']);
        mark.is_some_and(|mark| (1..=2).contains(&mark.chars().count()))
    })
}

/// Reads the documents that a clause ends.
fn of_clause(
    stream: &Stream,
    types: &DocTypes,
    clause: Range<usize>,
    doubt: f32,
) -> Vec<Found> {
    let words = &types.grammar().relation;
    let cites = cite::all(stream, types, clause.clone());
    let last = cites.last().map_or(clause.end, |cite| cite.range.end);
    let limit = stream.find(last..clause.end, &words.as_far_as);
    // Set below a list, with a capital, it limits all items; else the last one.
    let limits_all = limit.is_some_and(|hit| {
        let word = stream
            .token(hit.start)
            .map(|token| token.word.text.as_str());
        word.is_some_and(|word| word.starts_with(char::is_uppercase))
    });
    let count = cites.len();
    let mut found: Vec<Found> = Vec::new();
    let mut from = clause.start;
    let mut in_part = false;
    for (n, cite) in cites.into_iter().enumerate() {
        let is_limited = limit.is_some() && (limits_all || n + 1 == count);
        let before = from.max(cite.range.start.saturating_sub(BEFORE))..cite.range.start;
        from = cite.range.end;
        // `Pasal 3 UU 1/1946 jo. UU 73/1958`: the part is named once for both.
        in_part = names_part(stream, types, before)
            || is_beside(stream, &words.in_part, &cite)
            || in_part && !is_item(stream, cite.range.start);
        if is_beside(stream, &words.beside, &cite) {
            continue;
        }
        let role = match in_part || is_limited {
            true => RelationRole::RepealsInPart,
            false => RelationRole::Repeals,
        };
        found.push(Found { role, cite, doubt });
    }
    found
}

/// Tells whether words name a part (`Pasal 3`), unless it is one of the text itself.
fn names_part(stream: &Stream, types: &DocTypes, range: Range<usize>) -> bool {
    let words = &types.grammar().relation;
    let mut named = false;
    for at in stream.word_starts(range) {
        named = (named || stream.is_word(at, &words.parts))
            && !stream.is_word(at, &words.of_itself);
    }
    named
}

/// Tells whether one of some phrases stands just before a document.
fn is_beside(stream: &Stream, phrases: &[Phrase], cite: &Cite) -> bool {
    let start = cite.range.start;
    let before = stream.folded(start.saturating_sub(BEFORE)..start);
    phrases
        .iter()
        .any(|phrase| before.ends_with(phrase.letters()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classify::text::stream::tests::page;
    use crate::lexicon::words::cited_name;

    fn body(text: &str) -> Vec<(RelationRole, String)> {
        let types = DocTypes::builtin().unwrap();
        let page = page(text);
        let stream = Stream::new([&page]);
        let found = of_body(&stream, &types, 0);
        let named = |found: Found| (found.role, cited_name(&found.cite.cited));
        found.into_iter().map(named).collect()
    }

    fn title(text: &str) -> Vec<(RelationRole, String)> {
        let types = DocTypes::builtin().unwrap();
        let page = page(text);
        let stream = Stream::new([&page]);
        let found = of_title(&stream, &types, 0..stream.len());
        let named = |found: Found| (found.role, cited_name(&found.cite.cited));
        found.into_iter().map(named).collect()
    }

    #[test]
    fn a_clause_ends_the_documents_it_lists() {
        let text = "Pasal 9\nPada saat Peraturan Daerah ini mulai berlaku:\n\
            a. Peraturan Daerah Kabupaten X Nomor 3 Tahun 2001 tentang A (Lembaran Daerah \
            Tahun 2001 Nomor 7) sebagaimana telah diubah dengan Peraturan Daerah Nomor 4 \
            Tahun 2005; dan\nb. Peraturan Bupati Nomor 8 Tahun 2010;\n\
            dicabut dan dinyatakan tidak berlaku.";
        assert_eq!(
            body(text),
            [
                (
                    RelationRole::Repeals,
                    "Peraturan Daerah Kabupaten X Nomor 3 Tahun 2001".to_owned()
                ),
                (
                    RelationRole::Repeals,
                    "Peraturan Bupati Nomor 8 Tahun 2010".to_owned()
                )
            ]
        );
    }

    #[test]
    fn what_stays_in_force_or_is_only_cited_is_not_ended() {
        for text in [
            "Pada saat Peraturan ini berlaku, semua peraturan pelaksanaan dari \
             Peraturan Daerah Nomor 3 Tahun 2001 dinyatakan masih tetap berlaku",
            "Izin usaha sesuai dengan Peraturan Daerah Nomor 3 Tahun 2001 dapat dicabut",
            "Pada saat Peraturan ini berlaku, semua peraturan pelaksanaan Peraturan Daerah \
             Nomor 3 Tahun 2001 dinyatakan tidak berlaku",
            "diskon tidak berlaku lagi",
            "Pada saat Peraturan ini berlaku, Peraturan Daerah Nomor 3 Tahun 2001 dinyatakan \
             tetap berlaku sepanjang tidak bertentangan",
            "bahwa dengan Peraturan Pemerintah yang mencabut Peraturan Daerah Nomor 3 Tahun \
             2001",
            "Pasal 3\nkegiatan menurut Peraturan Daerah Nomor 3 Tahun 2001.\nPasal 4\nizin \
             dicabut",
        ] {
            assert_eq!(body(text), [], "{text}");
        }
    }

    #[test]
    fn all_that_stands_after_its_verb_is_ended() {
        for text in [
            "MEMUTUSKAN :\nMencabut :\n1. Peraturan Daerah Nomor 3 Tahun 2001 tentang A;\n\
             2. Peraturan Daerah Nomor 4 Tahun 2002 tentang B.\nMenetapkan : Peraturan Daerah \
             Nomor 5 Tahun 2003",
            // Joined after a gazette; within a title it is another's.
            "MEMUTUSKAN :\nDengan mencabut Peraturan Daerah Nomor 3 Tahun 2001 tentang A \
             (Lembaran Daerah Tahun 2001 Nomor 7) dan Peraturan Daerah Nomor 4 Tahun 2002 \
             tentang Pelaksanaan Peraturan Pemerintah Nomor 1 Tahun 1999 dan Undang-Undang Nomor \
             2 Tahun 1998.",
        ] {
            let numbers: Vec<String> = body(text).into_iter().map(|f| f.1).collect();
            let expected = [
                "Peraturan Daerah Nomor 3 Tahun 2001",
                "Peraturan Daerah Nomor 4 Tahun 2002",
            ];
            assert_eq!(numbers, expected, "{text}");
        }
    }

    #[test]
    fn an_act_does_what_the_regulation_does_that_it_makes_its_own() {
        let text = "PENETAPAN PERATURAN PEMERINTAH PENGGANTI UNDANG-UNDANG NOMOR 1 TAHUN 2016 \
            TENTANG PERUBAHAN KEDUA ATAS UNDANG-UNDANG NOMOR 23 TAHUN 2002 TENTANG PERLINDUNGAN \
            ANAK MENJADI UNDANG-UNDANG";
        let expected = "UNDANG-UNDANG Nomor 23 Tahun 2002".to_owned();
        assert_eq!(title(text), [(RelationRole::Amends, expected)]);
        let text = "PENETAPAN DAERAH RAWAN BENCANA";
        assert_eq!(title(text), []);
    }

    #[test]
    fn a_document_named_in_the_title_of_another_is_not_ended() {
        let text = "Pada saat Undang-Undang ini mulai berlaku, Undang-Undang Nomor 4 Tahun 1998 \
            tentang Penetapan Peraturan Pemerintah Pengganti Undang-Undang Nomor 1 Tahun 1998 \
            menjadi Undang-Undang dicabut dan dinyatakan tidak berlaku";
        let expected = "Undang-Undang Nomor 4 Tahun 1998".to_owned();
        assert_eq!(body(text), [(RelationRole::Repeals, expected)]);
    }

    #[test]
    fn a_part_of_a_document_is_told_from_all_of_it() {
        for text in [
            "Pada saat Peraturan ini berlaku, Pasal 3 ayat (2) Peraturan Daerah Nomor 3 \
             Tahun 2001 dicabut dan dinyatakan tidak berlaku",
            "Dengan berlakunya Peraturan ini, Peraturan Daerah Nomor 3 Tahun 2001 \
             sepanjang mengenai retribusi dinyatakan tidak berlaku",
            "Pada saat Peraturan ini berlaku, ketentuan yang diatur dalam Peraturan Daerah \
             Nomor 3 Tahun 2001 dinyatakan tidak berlaku",
        ] {
            let found = body(text);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(found[0].0, RelationRole::RepealsInPart, "{text}");
        }
    }

    #[test]
    fn a_title_says_what_it_amends_or_ends() {
        let amended = "PERATURAN BUPATI DEMAK Nomor 20 Tahun 2013".to_owned();
        for text in [
            "PERUBAHAN ATAS PERATURAN BUPATI DEMAK NOMOR 20 TAHUN 2013 TENTANG A",
            "PERUBAHAN KEDUA ATAS\nPERATURAN BUPATI DEMAK NOMOR 20 TAHUN 2013 TENTANG A",
            "PERUBAHANKEDUAATAS PERATURAN BUPATI DEMAK NOMOR 20 TAHUN 2013",
        ] {
            let expected = [(RelationRole::Amends, amended.clone())];
            assert_eq!(title(text), expected, "{text}");
        }
        assert_eq!(
            title("PENCABUTAN PERATURAN BUPATI DEMAK NOMOR 20 TAHUN 2013 TENTANG A"),
            [(RelationRole::Repeals, amended)]
        );
        assert_eq!(
            title("PERUBAHAN PERATURAN BUPATI NOMOR 3 TAHUN 2013 TENTANG A").len(),
            1
        );
        assert_eq!(title("PERUBAHAN ANGGARAN PENDAPATAN DAERAH TAHUN 2016"), []);
        assert_eq!(
            title("PEDOMAN PELAKSANAAN PERATURAN DAERAH NOMOR 5 TAHUN 2016"),
            []
        );
    }
}
