//! Takes letters as read and a phrase of the closed vocabulary, gives the cheapest way to
//! read the one as the other. Knows which letters OCR takes for which; knows no words.

use smallvec::SmallVec;

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

/// For each letter, the letters it is taken for, as bits by [`place`]. A table, since every word
/// of a document is compared with every phrase.
#[expect(clippy::indexing_slicing, reason = "the compiler works it out")]
static TAKEN_FOR: [u64; 256] = {
    let mut table = [0; 256];
    let mut set = 0;
    while set < LOOK_ALIKE.len() {
        let letters = LOOK_ALIKE[set];
        let mut one = 0;
        while one < letters.len() {
            let mut other = 0;
            while other < letters.len() {
                table[letters[one] as usize] |= place(letters[other]);
                other += 1;
            }
            one += 1;
        }
        set += 1;
    }
    table
};

/// For each letter that two may be read as, those two, at most [`MOST_SPLITS`] of them.
#[expect(clippy::indexing_slicing, reason = "the compiler works it out")]
static SPLITS: [[[u8; 2]; MOST_SPLITS]; 256] = {
    let mut table = [[[0; 2]; MOST_SPLITS]; 256];
    let mut count = [0; 256];
    let mut at = 0;
    while at < SPLIT.len() {
        let (whole, parts) = SPLIT[at];
        table[whole as usize][count[whole as usize]] = *parts;
        count[whole as usize] += 1;
        at += 1;
    }
    table
};
const MOST_SPLITS: usize = 4;

/// For each pair of letters that one may be read for, those it may be, as bits by [`place`].
#[expect(clippy::indexing_slicing, reason = "the compiler works it out")]
static WHOLES: [[u64; SLOTS]; SLOTS] = {
    let mut table = [[0; SLOTS]; SLOTS];
    let mut at = 0;
    while at < SPLIT.len() {
        let (whole, [first, second]) = SPLIT[at];
        table[slot(*first)][slot(*second)] |= place(whole);
        at += 1;
    }
    table
};

/// Slots of a table by letter.
const SLOTS: usize = 64;

/// Returns the slot of a folded letter: no two share one.
const fn slot(letter: u8) -> usize {
    letter as usize % SLOTS
}

/// Returns the bit of a capital letter or figure; none for anything else.
const fn place(letter: u8) -> u64 {
    match letter {
        b'A'..=b'Z' => 1 << (letter - b'A'),
        b'0'..=b'9' => 1 << (26 + letter - b'0'),
        _ => 0,
    }
}

/// Tells whether one letter is read as these two.
pub(crate) fn is_split(whole: u8, parts: [u8; 2]) -> bool {
    let splits = SPLITS.get(usize::from(whole));
    splits.is_some_and(|splits| splits.contains(&parts))
}

/// Returns what it costs to read `found` for `wanted`.
fn swap(wanted: u8, found: u8) -> f32 {
    let alike = taken_for(wanted);
    if wanted == found {
        0.0
    } else if alike & place(found) != 0 {
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

/// A way to read a phrase at a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Match {
    /// How many letters as read it takes.
    pub(crate) len: usize,
    /// What it costs; 0 for letter by letter equal.
    pub(crate) cost: f32,
}

/// The next letters of a text, ready to be compared with many phrases.
///
/// Nearly every phrase looked for at a place is far from what stands there, which a few
/// operations on bits show: of a phrase at most so many letters may be wrong, extra or lost as
/// its limit pays for, where letters that look alike are taken as equal.
#[derive(Debug, Clone)]
pub(crate) struct Ahead {
    /// For each letter by [`slot`], where it or one that it is taken for stands: bit n for the
    /// letter n.
    like: [u32; SLOTS],
    /// Where it stands itself.
    own: [u32; SLOTS],
    /// Where two letters stand that it may be read as.
    split: [u32; SLOTS],
    /// Places of letters, and the one after the last.
    ends: u32,
}

impl Ahead {
    /// How many letters are looked at.
    const LETTERS: usize = 31;
    /// How many letters of a phrase are: these and what may be extra among them are within
    /// what is looked at.
    const OF_PHRASE: usize = 20;

    /// Looks at the letters from the beginning of `found` on.
    pub(crate) fn new(found: &[u8]) -> Self {
        let found = found.get(..Self::LETTERS).unwrap_or(found);
        let mut ahead = Self {
            like: [0; SLOTS],
            own: [0; SLOTS],
            split: [0; SLOTS],
            ends: u32::MAX >> (Self::LETTERS - found.len()),
        };
        for (n, &letter) in found.iter().enumerate() {
            let bit = 1 << n;
            set(&mut ahead.own, letter, bit);
            set(&mut ahead.like, letter, bit);
            // Taken for one another: the table is the same both ways.
            for other in letters_of(taken_for(letter)) {
                set(&mut ahead.like, other, bit);
            }
            if let Some(&second) = found.get(n + 1) {
                for whole in letters_of(wholes(letter, second)) {
                    set(&mut ahead.split, whole, bit);
                }
            }
        }
        ahead
    }

    /// Tells whether a phrase cannot be read here within `limit` even where letters that look
    /// alike are taken as equal: few steps, and true of nearly every phrase.
    fn is_far(&self, phrase: &[u8], limit: f32) -> bool {
        self.is_beyond::<5, 0, 1>(phrase, limit, EXTRA.min(LOST).min(WRONG))
    }

    /// Tells the same where each letter that looks alike is a step and each error two: more
    /// steps, and hardly a phrase that cannot be read is left.
    fn is_dear(&self, phrase: &[u8], limit: f32) -> bool {
        self.is_beyond::<12, 1, 2>(phrase, limit, ALIKE)
    }

    /// Tells whether a phrase cannot be read in the steps of a `cost` that `limit` pays for,
    /// where what looks alike takes `LIKE` of them, 0 or 1, and an error `ERROR`, 1 or 2; both
    /// cost no less. Says no where `limit` pays for `STEPS` or more; where it says no, the phrase
    /// may still not be readable.
    fn is_beyond<const STEPS: usize, const LIKE: usize, const ERROR: usize>(
        &self,
        phrase: &[u8],
        limit: f32,
        cost: f32,
    ) -> bool {
        let most_steps = most(limit, cost);
        if most_steps >= STEPS {
            return false;
        }
        // For each number of steps, where the phrase so far may end: bit n before letter n.
        let mut last: [u32; STEPS] = std::array::from_fn(|steps| {
            if steps >= most(LEADING, cost) {
                0b11
            } else {
                1
            }
        });
        let mut before = [0; STEPS];
        let mut wanted_before = None;
        for &wanted in phrase.iter().take(Self::OF_PHRASE) {
            let joined =
                wanted_before.map_or(0, |first| self.joined(wholes(first, wanted)));
            let like = get(&self.like, wanted);
            let (own, split) = (get(&self.own, wanted), get(&self.split, wanted));
            let mut next = [0; STEPS];
            // The rows of the step before and, of two of them, of the one before that.
            let (mut before_1, mut last_1, mut next_1) = (0, 0, 0);
            let (mut last_2, mut next_2) = (0, 0);
            let rows = next.iter_mut().zip(last).zip(before);
            for ((next, last), before) in rows.take(most_steps + 1) {
                let (alike, joins) = match LIKE {
                    0 => (last, before),
                    _ => (last_1, before_1),
                };
                let (without, next_without) = match ERROR {
                    1 => (last_1, next_1),
                    _ => (last_2, next_2),
                };
                let read = (last & own) << 1
                    | (alike & like) << 1
                    | (alike & split) << 2
                    | (joins & joined) << 1;
                let wrong_lost_or_extra = without << 1 | without | next_without << 1;
                *next = (read | wrong_lost_or_extra) & self.ends;
                (last_2, next_2) = (last_1, next_1);
                (before_1, last_1, next_1) = (before, last, *next);
            }
            // What fewer steps reach, more reach, too.
            if next_1 == 0 {
                return true;
            }
            (before, last) = (last, next);
            wanted_before = Some(wanted);
        }
        false
    }

    /// Returns where one of some letters stands.
    fn joined(&self, letters: u64) -> u32 {
        letters_of(letters).fold(0, |places, letter| places | get(&self.own, letter))
    }

    /// Reads `phrase` from the beginning of `found`, the letters this was made of.
    pub(crate) fn prefix(&self, found: &[u8], phrase: &[u8]) -> Option<Match> {
        let limit = budget(phrase.len());
        if limit > 0.0 && (self.is_far(phrase, limit) || self.is_dear(phrase, limit)) {
            debug_assert_eq!(prefix(found, phrase), None);
            return None;
        }
        prefix(found, phrase)
    }
}

/// Returns how many errors of a cost a limit pays for; what is a hair below a whole one is one,
/// as sums of costs are rounded.
fn most(limit: f32, cost: f32) -> usize {
    (limit / cost + 0.01) as usize
}

fn get(places: &[u32; SLOTS], letter: u8) -> u32 {
    places.get(slot(letter)).copied().unwrap_or(0)
}

fn set(places: &mut [u32; SLOTS], letter: u8, bit: u32) {
    if let Some(place) = places.get_mut(slot(letter)) {
        *place |= bit;
    }
}

/// Returns the letters that two letters may be read for, as bits by [`place`].
fn wholes(first: u8, second: u8) -> u64 {
    let of_first = WHOLES.get(slot(first));
    of_first.map_or(0, |of| of.get(slot(second)).copied().unwrap_or(0))
}

/// Returns the letters that one is taken for, as bits by [`place`].
fn taken_for(letter: u8) -> u64 {
    TAKEN_FOR.get(usize::from(letter)).copied().unwrap_or(0)
}

/// Returns the letters of a set of bits by [`place`].
fn letters_of(mut bits: u64) -> impl Iterator<Item = u8> {
    std::iter::from_fn(move || {
        let n = bits.trailing_zeros() as u8;
        if n > 35 {
            return None;
        }
        bits &= bits - 1;
        Some(if n < 26 { b'A' + n } else { b'0' + n - 26 })
    })
}

/// Reads `phrase` at the beginning of `found`, the rest of which is free.
pub(crate) fn prefix(found: &[u8], phrase: &[u8]) -> Option<Match> {
    let limit = budget(phrase.len());
    if !phrase.is_empty() && found.starts_with(phrase) {
        return Some(Match {
            len: phrase.len(),
            cost: 0.0,
        });
    }
    if limit <= 0.0 {
        return None;
    }
    let last = Row::after(found, phrase, limit)?;
    let (len, cost) = last.cheapest_end(phrase.len())?;
    (len > 0).then_some(Match { len, cost })
}

/// One row of the table of edit costs: what it costs to read the phrase so far from the first
/// `j` letters, for each `j` from `from` on. Only what stays within the limit is kept, since
/// costs only grow: of most rows that is nothing, or a few places around the middle.
#[derive(Default)]
struct Row {
    from: usize,
    /// On the stack: a page asks for a hundred thousand rows, of a few places each.
    costs: SmallVec<[f32; 16]>,
}

impl Row {
    /// Returns the last row; `None` as soon as nothing can stay within `limit`.
    fn after(found: &[u8], phrase: &[u8], limit: f32) -> Option<Self> {
        let reach = phrase.len() + (limit / EXTRA) as usize;
        let found = found.get(..reach.min(found.len())).unwrap_or(found);
        let (mut before, mut next) = (Self::default(), Self::default());
        let mut last = Self::default();
        last.costs.push(0.0);
        if LEADING <= limit && !found.is_empty() {
            last.costs.push(LEADING);
        }
        let mut wanted_before = None;
        for &wanted in phrase {
            next.fill(&before, &last, found, (wanted_before, wanted), limit);
            if next.costs.is_empty() {
                return None;
            }
            std::mem::swap(&mut before, &mut last);
            std::mem::swap(&mut last, &mut next);
            wanted_before = Some(wanted);
        }
        Some(last)
    }

    fn at(&self, j: usize) -> f32 {
        let cost = j.checked_sub(self.from).and_then(|at| self.costs.get(at));
        cost.copied().unwrap_or(f32::INFINITY)
    }

    fn end(&self) -> usize {
        self.from + self.costs.len()
    }

    /// Fills the row for one more letter of the phrase from the two rows above it.
    fn fill(
        &mut self,
        before: &Self,
        last: &Self,
        found: &[u8],
        (wanted_before, wanted): (Option<u8>, u8),
        limit: f32,
    ) {
        self.costs.clear();
        self.from = match before.costs.is_empty() {
            true => last.from,
            false => last.from.min(before.from + 1),
        };
        // Two letters for one come from two places on, one for two from one.
        let reached = (last.end() + 1).max(before.end());
        let mut left = f32::INFINITY;
        for j in self.from..=found.len() {
            if j > reached && left + EXTRA > limit {
                break;
            }
            let mut cost = (last.at(j) + LOST).min(left + EXTRA);
            let here = j.checked_sub(1).and_then(|at| Some((at, *found.get(at)?)));
            if let Some((one_less, letter)) = here {
                cost = cost.min(last.at(one_less) + swap(wanted, letter));
                let two_less = one_less.checked_sub(1);
                if let Some(at) = two_less
                    && let Some(&first) = found.get(at)
                    && is_split(wanted, [first, letter])
                {
                    cost = cost.min(last.at(at) + ALIKE);
                }
                if let Some(first) = wanted_before
                    && is_split(letter, [first, wanted])
                {
                    cost = cost.min(before.at(one_less) + ALIKE);
                }
            }
            left = cost;
            match cost <= limit {
                true => self.costs.push(cost),
                false if self.costs.is_empty() => self.from = j + 1,
                false => self.costs.push(f32::INFINITY),
            }
        }
        while self.costs.last().is_some_and(|cost| cost.is_infinite()) {
            self.costs.pop();
        }
    }

    /// Returns where the phrase ends most cheaply; of equal ends the one nearest its length.
    fn cheapest_end(&self, phrase_len: usize) -> Option<(usize, f32)> {
        let ends = (self.from..).zip(self.costs.iter().copied());
        ends.min_by(|a, b| {
            let far = |end: usize| end.abs_diff(phrase_len);
            a.1.total_cmp(&b.1).then(far(a.0).cmp(&far(b.0)))
        })
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
    fn what_is_far_cannot_be_read() {
        let mut state = 11_u64;
        let mut dice = |below: usize| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (state >> 33) as usize % below
        };
        let phrases = [
            "NOMOR",
            "PERATURANBUPATI",
            "HUMLAH",
            "MENIMBANG",
            "DINASPEMBERDAYAANPEREMPUANDANPERLINDUNGANANAK",
            "TANGGAL",
            "DKAN",
        ];
        let (mut far, mut read, mut left) = (0, 0, 0);
        for _ in 0..40_000 {
            let phrase = phrases[dice(phrases.len())].as_bytes();
            let mut found = phrase.to_vec();
            for _ in 0..dice(6) {
                let at = dice(found.len());
                let letter = b"ABCDEFGHIJKLMNOPRSTUVW0158"[dice(26)];
                match dice(5) {
                    0 => found[at] = letter,
                    1 => found.insert(at, letter),
                    2 if found.len() > 2 => drop(found.remove(at)),
                    3 => {
                        let (whole, parts) = SPLIT[dice(SPLIT.len())];
                        if let Some(at) = found.windows(2).position(|two| two == parts) {
                            found.splice(at..at + 2, [whole]);
                        }
                    }
                    _ => {
                        let (whole, parts) = SPLIT[dice(SPLIT.len())];
                        if let Some(at) = found.iter().position(|c| *c == whole) {
                            found.splice(at..=at, *parts);
                        }
                    }
                }
            }
            if dice(4) == 0 {
                let other = phrases[dice(phrases.len())].as_bytes();
                found.splice(..0, other[..dice(other.len())].iter().copied());
            }
            let is_read = prefix(&found, phrase).is_some();
            let (ahead, limit) = (Ahead::new(&found), budget(phrase.len()));
            let (is_far, is_dear) =
                (ahead.is_far(phrase, limit), ahead.is_dear(phrase, limit));
            let shown = String::from_utf8_lossy(&found);
            assert!(!(is_read && (is_far || is_dear)), "{shown:?}");
            far += usize::from(is_far);
            left += usize::from(!is_read && !is_far && !is_dear);
            read += usize::from(is_read);
        }
        // Of 40,000, those that neither look sees and that cannot be read all the same.
        assert!(
            far > 5000 && read > 5000 && left < 1000,
            "{far} {read} {left}"
        );
    }

    #[test]
    fn what_follows_is_left_alone() {
        let hit = prefix(b"TAHUN2021TENTANG", b"TAHUN");
        assert_eq!(hit, Some(Match { len: 5, cost: 0.0 }));
        let hit = prefix(b"TENTANCPENCEGAHAN", b"TENTANG").unwrap();
        assert_eq!(hit.len, 7);
    }
}
