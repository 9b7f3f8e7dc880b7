//! Takes letters as read and a phrase of the closed vocabulary, gives the cheapest way to
//! read the one as the other. Knows which letters OCR takes for which; knows no words.

/// What a wholly wrong, extra or lost letter costs.
const WRONG: f32 = 1.0;
const EXTRA: f32 = 0.9;
const LOST: f32 = 0.9;
/// What one extra letter before the first costs (a stroke of the coat of arms glued to a word):
/// more than a short phrase may, or `5 TAHUN` would be read as a year word from the 5 on.
const LEADING: f32 = 1.2;
/// What a letter costs that looks like the right one.
const ALIKE: f32 = 0.4;

/// Letters taken for one another. Counted on 37 headings with known text as written by
/// Tesseract, Adobe's scanner software and PP-OCR (B/8, I/1/L, O/0/D, U/O, 8/S, 5/S, N/M, R/K),
/// filled up by hand with other pairs of the same shape.
const LOOK_ALIKE: [&[u8]; 14] = [
    b"I1LJT", b"O0DQC", b"B8E", b"S583", b"Z27", b"G6C", b"CEF", b"PRFD", b"RKX", b"NMH",
    b"UVO", b"VY", b"A4R", b"KBH",
];

/// One letter read as two, or two as one (folded capitals stand for small letters too).
const SPLIT: [(u8, &[u8; 2]); 15] = [
    (b'M', b"RN"),
    (b'M', b"NI"),
    (b'M', b"IN"),
    (b'N', b"II"),
    (b'N', b"IV"),
    (b'N', b"LV"),
    (b'U', b"LI"),
    (b'U', b"II"),
    (b'U', b"IJ"),
    (b'H', b"LI"),
    (b'H', b"II"),
    (b'H', b"TT"),
    (b'W', b"VV"),
    (b'D', b"CL"),
    (b'K', b"IC"),
];

/// Returns what it costs to read `found` for `wanted`.
fn swap(wanted: u8, found: u8) -> f32 {
    if wanted == found {
        0.0
    } else if LOOK_ALIKE
        .iter()
        .any(|set| set.contains(&wanted) && set.contains(&found))
    {
        ALIKE
    } else {
        WRONG
    }
}

/// Returns what a phrase of `n` letters may cost and still be it.
///
/// A sixth of its letters wrong; short words less, since they turn into other words:
/// `DAERAH` is two letters from `DATA`, `TAHUN` one from `TAHAN`.
fn budget(n: usize) -> f32 {
    match n {
        0..=3 => 0.0,
        4 => ALIKE,
        5..=6 => WRONG,
        _ => n as f32 * 0.16,
    }
}

/// Is one way to read a phrase at a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Match {
    /// How many letters as read it takes.
    pub(crate) len: usize,
    /// What it costs; 0 for letter by letter equal.
    pub(crate) cost: f32,
}

/// Reads `phrase` from the beginning of `found`, the rest of which is free.
pub(crate) fn prefix(found: &[u8], phrase: &[u8]) -> Option<Match> {
    let limit = budget(phrase.len());
    if found.starts_with(phrase) && !phrase.is_empty() {
        return Some(Match {
            len: phrase.len(),
            cost: 0.0,
        });
    }
    if limit <= 0.0 {
        return None;
    }
    let rows = Rows::fill(found, phrase, limit)?;
    let (len, cost) = rows.cheapest_end(phrase.len());
    (cost <= limit && len > 0).then_some(Match { len, cost })
}

/// The last two rows of the table of edit costs and the one in the making; `[j]` is the cost of
/// reading the phrase so far from the first `j` letters.
struct Rows {
    before: Vec<f32>,
    last: Vec<f32>,
}

impl Rows {
    /// Fills the table row by row; `None` as soon as nothing can stay within `limit`.
    fn fill(found: &[u8], phrase: &[u8], limit: f32) -> Option<Self> {
        let reach = phrase.len() + (limit / EXTRA) as usize;
        let found = found.get(..reach.min(found.len())).unwrap_or(found);
        let mut rows = Self {
            before: Vec::new(),
            last: (0..=found.len()).map(Self::leading).collect(),
        };
        let mut wanted_before = None;
        for &wanted in phrase {
            let row = rows.next(found, wanted, wanted_before);
            if row.iter().all(|&cost| cost > limit) {
                return None;
            }
            rows.before = std::mem::replace(&mut rows.last, row);
            wanted_before = Some(wanted);
        }
        Some(rows)
    }

    /// Returns what it costs to pass over letters before the phrase.
    fn leading(letters: usize) -> f32 {
        match letters {
            0 => 0.0,
            1 => LEADING,
            _ => f32::INFINITY,
        }
    }

    /// Returns the row for one more letter of the phrase.
    fn next(&self, found: &[u8], wanted: u8, wanted_before: Option<u8>) -> Vec<f32> {
        let at = |row: &[f32], j: usize| row.get(j).copied().unwrap_or(f32::INFINITY);
        let mut row: Vec<f32> = Vec::with_capacity(found.len() + 1);
        row.push(at(&self.last, 0) + LOST);
        let mut letter_before = None;
        for (j, &letter) in found.iter().enumerate() {
            let mut cost = (at(&self.last, j) + swap(wanted, letter))
                .min(at(&self.last, j + 1) + LOST)
                .min(at(&row, j) + EXTRA);
            if let (Some(first), Some(one_less)) = (letter_before, j.checked_sub(1))
                && SPLIT.contains(&(wanted, &[first, letter]))
            {
                cost = cost.min(at(&self.last, one_less) + ALIKE);
            }
            if let Some(first) = wanted_before
                && SPLIT.contains(&(letter, &[first, wanted]))
            {
                cost = cost.min(at(&self.before, j) + ALIKE);
            }
            row.push(cost);
            letter_before = Some(letter);
        }
        row
    }

    /// Returns where the phrase ends most cheaply; of equal ends the one nearest its length.
    fn cheapest_end(&self, phrase_len: usize) -> (usize, f32) {
        let ends = self.last.iter().copied().enumerate();
        ends.min_by(|a, b| {
            let far = |end: usize| end.abs_diff(phrase_len);
            a.1.total_cmp(&b.1).then(far(a.0).cmp(&far(b.0)))
        })
        .unwrap_or((0, f32::INFINITY))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn real_slips_are_read() {
        // As found in `id_ocr_heads` and the domain report's section 6.
        for (found, phrase) in [
            ("NOMPR", "NOMOR"),
            ("NDMOR", "NOMOR"),
            ("TAHON", "TAHUN"),
            ("BIJPATI", "BUPATI"),
            ("PDRATURANBUPATI", "PERATURANBUPATI"),
            ("SULAWESITENGARA", "SULAWESITENGGARA"),
            ("MAIIAESA", "MAHAESA"),
            ("5EPTERNBER", "SEPTEMBER"),
            ("PROVINST", "PROVINSI"),
        ] {
            assert!(
                prefix(found.as_bytes(), phrase.as_bytes()).is_some(),
                "{found}"
            );
        }
    }

    #[test]
    fn other_words_are_not() {
        for (found, phrase) in [
            ("NAMA", "NOMOR"),
            ("TAHAPAN", "TAHUN"),
            ("KEPUTUSANBUPATI", "PERATURANBUPATI"),
            ("PERATURANDESA", "PERATURANDAERAH"),
            ("NO", "NOMOR"),
            ("", "NOMOR"),
            ("N0", "NO"),
            ("MARET", "MEI"),
        ] {
            assert_eq!(prefix(found.as_bytes(), phrase.as_bytes()), None, "{found}");
        }
    }

    #[test]
    fn what_follows_is_left_alone() {
        let hit = prefix(b"TAHUN2021TENTANG", b"TAHUN");
        assert_eq!(hit, Some(Match { len: 5, cost: 0.0 }));
        let hit = prefix(b"TENTANCPENCEGAHAN", b"TENTANG").unwrap();
        assert_eq!(hit.len, 7);
    }
}
