//! The list of members that belongs to a decision: lines that name somebody and a post.

use super::completeness::has_colon;
use crate::classify::read::table;
use crate::classify::text::stream::{Hit, Stream};
use crate::lexicon::doctype::ListWords;
use crate::lexicon::phrase::Phrase;
use std::{collections::BTreeSet, ops::Range};

/// Fewer lines are a signature or a list of recipients, not a team.
const LEAST: u32 = 3;
/// So many posts at least; a list of recipients may name three heads.
const LEAST_POSTS: usize = 2;
/// Letters of the longest post (`PENANGGUNG JAWAB`), and a few for OCR's slips.
const POST: usize = 20;

/// A list of members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// How many lines name a member with a post.
    pub(crate) count: u32,
    /// The first of them.
    pub(crate) range: Range<usize>,
}

/// Finds the list of members. Only lines count that name somebody beside the post: `Ketua :
/// Kepala Bappeda`, `3  Kepala Dinas Sosial  Anggota`, and in the rows of a table `2  Ketua
/// Kepala Bappeda`; so the duties of a chairman, and a chairman among those who get a copy, are
/// none.
pub(crate) fn find(stream: &Stream, words: &ListWords) -> Option<Found> {
    let mut reader = table::Reader::new(&words.heads);
    let lines = stream.line_starts(0..stream.len());
    let members = lines.filter_map(|start| {
        let line = start..stream.line_end(start);
        let text = stream.text(line.clone());
        let part = reader.take(&text.split_whitespace().collect::<Vec<_>>());
        let is_row = matches!(part, Some(table::Part::Row(_)));
        Some((post_of(stream, &words.posts, line.clone(), is_row)?, line))
    });
    let members: Vec<(usize, Range<usize>)> = members.collect();
    let held: BTreeSet<usize> = members.iter().map(|(post, _)| *post).collect();
    // `1. Ketua DPRD`, `2. Sekretaris Daerah` are recipients; `Anggota` is nobody's office.
    let is_post_alone = |post: &&Phrase| {
        let offices = &words.also_offices;
        offices
            .iter()
            .all(|office| office.letters() != post.letters())
    };
    let mut posts = held.iter().filter_map(|post| words.posts.get(*post));
    let is_team = held.len() >= LEAST_POSTS && posts.any(|post| is_post_alone(&post));
    let count = u32::try_from(members.len()).unwrap_or(u32::MAX);
    let (_, first) = members.into_iter().next()?;
    (count >= LEAST && is_team).then_some(Found {
        count,
        range: first,
    })
}

/// Returns the post that a line gives somebody, by its position in `posts`.
fn post_of(
    stream: &Stream,
    posts: &[Phrase],
    line: Range<usize>,
    is_row: bool,
) -> Option<usize> {
    let first = after_mark(stream, line.clone());
    let named_first = at(stream, posts, first, line.end).filter(|(_, hit)| {
        (is_row || has_colon(stream, hit.end))
            && names_somebody(stream, hit.end..line.end)
    });
    if let Some((post, _)) = named_first {
        return Some(post);
    }
    let near = line.end.saturating_sub(POST).max(first)..line.end;
    stream.word_starts(near).find_map(|start| {
        let (post, hit) = at(stream, posts, start, line.end)?;
        let is_last = hit.end == line.end && stream.is_capital(start);
        (is_last && names_somebody(stream, first..start)).then_some(post)
    })
}

/// Reads a post, letter by letter but for a slip of OCR, as whole words.
fn at(
    stream: &Stream,
    posts: &[Phrase],
    start: usize,
    end: usize,
) -> Option<(usize, Hit)> {
    let hits = posts.iter().enumerate().filter_map(|(post, phrase)| {
        let hit = stream.quick_at(start, std::slice::from_ref(phrase))?;
        let is_whole = hit.end == end || stream.begins_word(hit.end);
        (hit.end <= end && is_whole && hit.is_nearly_exact()).then_some((post, hit))
    });
    hits.max_by_key(|(_, hit)| hit.end)
}

/// Returns where the first word begins that is no mark of a list: `1.`, `b)`, `IV`.
fn after_mark(stream: &Stream, line: Range<usize>) -> usize {
    let is_mark = |at: usize| {
        let word = stream
            .token(at)
            .map_or("", |token| token.word.text.as_str());
        let bare = word.trim_end_matches(['.', ')']);
        bare.chars().all(|c| c.is_ascii_digit())
            || bare.chars().count() == 1
            || bare.chars().all(|c| "IVX".contains(c))
    };
    let mut words = stream.word_starts(line.clone());
    words.find(|&at| !is_mark(at)).unwrap_or(line.end)
}

/// Tells whether a range has a name: a word with a capital.
fn names_somebody(stream: &Stream, range: Range<usize>) -> bool {
    /// Letters of the shortest name or office that is counted.
    const NAME: usize = 3;
    let mut words = stream.word_starts(range);
    words.any(|at| stream.is_capital(at) && stream.word_end(at) - at >= NAME)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classify::text::stream::tests::page;
    use crate::lexicon::doctype::DocTypes;

    fn count(text: &str) -> Option<u32> {
        let types = DocTypes::builtin().unwrap();
        let page = page(text);
        let stream = Stream::new([&page]);
        find(&stream, &types.grammar().lists).map(|found| found.count)
    }

    #[test]
    fn a_list_may_have_the_post_first_or_last() {
        let first = "Pelindung : Bupati Contoh\nKetua : Kepala Bappeda\nAnggota : 1. Kepala \
            Dinas Sosial\n2. Kepala Dinas Kesehatan";
        assert_eq!(count(first), Some(3));
        let last = "1 Bupati Contoh Pelindung\n2. Sekretaris Daerah Ketua\n3 Kepala Dinas \
            Sosial Anggota\n4 Kepala Dinas Kesehatan ANGGOTA";
        assert_eq!(count(last), Some(4));
        let table = "No Jabatan Nama\n1 Pembina Bupati Contoh\n2 Ketua Kepala Bappeda\n3 Wakil \
            Ketua Sekretaris Daerah\n4 Anggota unsur media Pemimpin Redaksi";
        assert_eq!(count(table), Some(4));
        // OCR's slip in a long post, and a post of two words.
        let scan =
            "1 Bupati Penanggung Jawab\n2 Kepala Bappeda Sekretarls\n3 Camat Anggota";
        assert_eq!(count(scan), Some(3));
    }

    #[test]
    fn posts_without_a_name_are_no_list() {
        for text in [
            "Susunan terdiri dari:\na. Ketua;\nb. Sekretaris;\nc. Anggota.",
            "Ketua mempunyai tugas memimpin\nSekretaris mempunyai tugas\nAnggota membantu Ketua",
            "Tembusan:\n1. Ketua DPRD\n2. Sekretaris Daerah\n3. Ketua TP PKK\n4. Anggota DPRD",
            "Ketua : Budi\nSekretaris : Ani",
            "Anggota : Budi\nAnggota : Ani\nAnggota : Tuti",
            "No Jenis Tarif\n1 Bus 500\n2 Taksi 700\nTembusan:\n1. Sekretaris Daerah\n2. Ketua \
             DPRD\n3. Ketua Organda",
            "dipilih oleh para Anggota\nbersama dengan Ketua\natas usul Sekretaris",
        ] {
            assert_eq!(count(text), None, "{text}");
        }
    }
}
