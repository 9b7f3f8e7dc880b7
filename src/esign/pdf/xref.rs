//! Cross-references: where each object of each revision stands (ISO 32000-2, 7.5.4 to 7.5.8).

use super::{
    budget::Budget,
    filter::{decoded, says_plainly},
    object::{Dict, Id, Object},
    parser::{Parser, find},
};
use std::collections::{BTreeMap, BTreeSet};

/// Where an object stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Nowhere: it was deleted, or never was.
    Free,
    /// At this byte.
    At(usize),
    /// In an object stream, as one of its objects.
    In {
        /// The stream.
        stream: Id,
        /// Which one, from 0.
        index: usize,
    },
}

/// What one revision adds: a table or a stream of cross-references, with its trailer.
#[derive(Debug, Clone)]
pub struct Section {
    /// Where it begins.
    pub at: usize,
    /// Where its table or stream object ends.
    pub end: usize,
    /// The objects it places.
    pub places: BTreeMap<Id, Place>,
    /// The trailer, or the dictionary of the stream.
    pub trailer: Dict,
    /// Whether it is a stream, and no table.
    pub is_stream: bool,
    /// The generations of those objects that are not of the first.
    pub generations: BTreeMap<Id, u64>,
    /// Whether it places an object twice, or holds what its form does not have: readers differ.
    pub is_odd: bool,
}

/// Most sections of a file.
const MAX_SECTIONS: usize = 2048;

/// Returns the number after the last `startxref`, and where that word stands.
pub fn last_startxref(bytes: &[u8]) -> Option<(usize, usize)> {
    let word = b"startxref";
    let at = bytes.windows(word.len()).rposition(|part| part == word)?;
    let number = Parser::new(bytes, at + word.len()).integer()?;
    Some((usize::try_from(number).ok()?, at))
}

/// Reads the sections from one on to the first revision, the newest first. `None` where one of
/// them is not there or they run in a circle.
pub fn chain(bytes: &[u8], startxref: usize, budget: &Budget) -> Option<Vec<Section>> {
    let mut sections = Vec::new();
    let mut seen = BTreeSet::new();
    let mut next = Some(startxref);
    while let Some(at) = next {
        if !seen.insert(at) || sections.len() == MAX_SECTIONS {
            return None;
        }
        let mut section = section(bytes, at, budget)?;
        // A hybrid file: what the stream places is hidden from old readers (7.5.8.4).
        if let Some(hidden) =
            offset(&section.trailer, b"XRefStm").filter(|_| !section.is_stream)
        {
            let hidden = self::section(bytes, hidden, budget)?;
            section.is_odd |= hidden.is_odd;
            for (id, place) in hidden.places {
                let free = section
                    .places
                    .get(&id)
                    .is_none_or(|own| *own == Place::Free);
                if free {
                    section.places.insert(id, place);
                }
            }
        }
        next = match section.trailer.get(b"Prev") {
            None | Some(Object::Null) => None,
            Some(_) => Some(offset(&section.trailer, b"Prev")?),
        };
        // A first revision that says 0 has none before it.
        next = next.filter(|at| *at != 0);
        sections.push(section);
    }
    Some(sections)
}

fn offset(dict: &Dict, key: &[u8]) -> Option<usize> {
    dict.get(key)?
        .integer()
        .and_then(|at| usize::try_from(at).ok())
}

fn section(bytes: &[u8], at: usize, budget: &Budget) -> Option<Section> {
    let mut parser = Parser::new(bytes, at);
    match parser.keyword(b"xref") {
        true => table(parser, at, budget),
        false => stream(bytes, at, budget),
    }
}

fn table(mut parser: Parser<'_>, at: usize, budget: &Budget) -> Option<Section> {
    let (mut places, mut generations) = (BTreeMap::new(), BTreeMap::new());
    let mut is_odd = false;
    while !parser.keyword(b"trailer") {
        let mut first = parser.integer()?;
        let count = parser.integer()?;
        budget.spend(count / 16 + 1)?;
        for n in 0..count {
            is_odd |= !is_plain_row(&parser);
            let offset = parser.integer()?;
            let generation = parser.integer()?;
            let is_used = parser.keyword(b"n");
            if !is_used && !parser.keyword(b"f") {
                return None;
            }
            // Some writers count from 1 and list the head of the free objects, which is 0.
            if n == 0 && first == 1 && !is_used && offset == 0 && generation == 65535 {
                first = 0;
                is_odd = true;
            }
            let place = match is_used {
                true => Place::At(usize::try_from(offset).ok()?),
                false => Place::Free,
            };
            let id = u32::try_from(first.checked_add(n)?).ok()?;
            is_odd |= places.insert(id, place).is_some();
            if is_used && generation > 0 {
                generations.insert(id, generation);
            }
        }
    }
    let bytes = parser.between(at);
    // Anything else, a remark among it, is where readers begin to look for objects themselves.
    is_odd |= !bytes
        .iter()
        .all(|byte| b"0123456789 \r\nxreftailn".contains(byte));
    let trailer = parser.object()?.dict()?.clone();
    Some(Section {
        at,
        end: parser.at,
        places,
        trailer,
        is_stream: false,
        generations,
        is_odd,
    })
}

/// Tells whether a row of a table comes next as the standard has it: 20 bytes (7.5.4).
fn is_plain_row(parser: &Parser<'_>) -> bool {
    let mut ahead = parser.clone();
    ahead.skip_space();
    let row = ahead.next(20);
    let digits = |range: std::ops::Range<usize>| {
        row.get(range)
            .is_some_and(|part| part.iter().all(u8::is_ascii_digit))
    };
    let end = row.get(18..).unwrap_or_default();
    digits(0..10)
        && digits(11..16)
        && row.get(10) == Some(&b' ')
        && row.get(16) == Some(&b' ')
        && matches!(end, b" \r" | b" \n" | b"\r\n")
}

fn stream(bytes: &[u8], at: usize, budget: &Budget) -> Option<Section> {
    let mut parser = Parser::new(bytes, at);
    let found = parser.indirect()?;
    let dict = found.object.dict()?;
    if dict.name(b"Type") != Some(b"XRef") {
        return None;
    }
    let start = found.stream_at?;
    let length = offset(dict, b"Length");
    let end = length
        .and_then(|length| start.checked_add(length))
        .filter(|end| Parser::new(bytes, *end).keyword(b"endstream"))
        .or_else(|| find(bytes, b"endstream", start))?;
    let packed = bytes.get(start..end)?;
    let data = decoded(dict, packed, budget.bytes_left())?;
    budget.unpacked(data.bytes.len());
    let is_plain = says_plainly(dict) && data.ends_cleanly && !parser.met_oddity;
    let mut section = Section {
        at,
        end,
        places: BTreeMap::new(),
        trailer: dict.clone(),
        is_stream: true,
        generations: BTreeMap::new(),
        is_odd: false,
    };
    rows(&mut section, &data.bytes, budget)?;
    section.is_odd |= !is_plain;
    Some(section)
}

/// Reads the rows of a stream of cross-references (ISO 32000-2, 7.5.8.3).
fn rows(section: &mut Section, data: &[u8], budget: &Budget) -> Option<()> {
    let dict = section.trailer.clone();
    let widths: Vec<usize> = dict
        .get(b"W")?
        .array()?
        .iter()
        .filter_map(|width| {
            width
                .integer()
                .and_then(|width| usize::try_from(width).ok())
        })
        .collect();
    let [kind, second, third] = widths.as_slice() else {
        return None;
    };
    let row = kind.checked_add(*second)?.checked_add(*third)?;
    if row == 0 || row > 32 {
        return None;
    }
    let size = dict.get(b"Size").and_then(Object::integer).unwrap_or(0);
    let index: Vec<i64> = match dict.get(b"Index").and_then(Object::array) {
        Some(index) => index.iter().filter_map(Object::integer).collect(),
        None => vec![0, size],
    };
    let mut ids = index.chunks_exact(2).flat_map(|pair| match pair {
        [first, count] => *first..first.saturating_add(*count),
        _ => 0..0,
    });
    let listed = |key: &[u8]| dict.get(key).and_then(Object::array).map(<[Object]>::len);
    // What is filtered out above is no number.
    section.is_odd = listed(b"W") != Some(3)
        || listed(b"Index").is_some_and(|len| len != index.len() || len % 2 == 1)
        || dict.get(b"Size").and_then(Object::integer).is_none();
    // Each is kept.
    budget.spend((data.len() / row) as u64 + 1)?;
    for row in data.chunks_exact(row) {
        let id = u32::try_from(ids.next()?).ok()?;
        let (first, rest) = row.split_at_checked(*kind)?;
        let (second, third) = rest.split_at_checked(*second)?;
        let number = |bytes: &[u8]| {
            bytes
                .iter()
                .fold(0u64, |sum, byte| sum << 8 | u64::from(*byte))
        };
        let kind = if first.is_empty() { 1 } else { number(first) };
        let (second, third) = (number(second), number(third));
        let place = match kind {
            1 => Place::At(usize::try_from(second).ok()?),
            2 => Place::In {
                stream: u32::try_from(second).ok()?,
                index: usize::try_from(third).ok()?,
            },
            _ => Place::Free,
        };
        if kind == 1 && third > 0 {
            section.generations.insert(id, third);
        }
        section.is_odd |= kind > 2 || section.places.insert(id, place).is_some();
    }
    Some(())
}
