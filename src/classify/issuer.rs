//! Reads names of governments against the closed list: after the kind (`PERATURAN BUPATI
//! BANTUL`), above it (`BUPATI BANTUL`), in a letterhead (`PEMERINTAH KABUPATEN BANTUL`).

pub(crate) mod body;
pub(crate) mod mention;
pub(crate) mod web;

use super::text::stream::{Hit, Stream};
use crate::lexicon::doctype::{Grammar, Level, LevelWords};
use crate::lexicon::region::{RegionName, Regions};
use std::ops::Range;

/// Two names whose costs by letter differ by less are told apart by nothing.
const MARGIN: f32 = 0.03;

/// A government read at a place.
#[derive(Debug, Clone)]
pub(crate) struct Place<'r> {
    pub(crate) name: &'r RegionName,
    /// The letters of its name.
    pub(crate) at: Hit,
    /// Whether another name fits nearly as well.
    pub(crate) is_contested: bool,
}

/// Reads names of governments in one stream.
pub(crate) struct Reader<'s, 'a, 'r> {
    pub(crate) stream: &'s Stream<'a>,
    pub(crate) regions: &'r Regions,
    pub(crate) grammar: &'s Grammar,
}

impl<'r> Reader<'_, '_, 'r> {
    /// Reads the government named from `at` on, with or without the word for its level, which
    /// if given must be `level`.
    pub(crate) fn named_at(&self, at: usize, level: Option<Level>) -> Option<Place<'r>> {
        let with_word = self.level_word_at(at).and_then(|(hit, found)| {
            let level = found.or(level);
            self.name_at(hit.end, level)
        });
        with_word.or_else(|| self.name_at(at, level))
    }

    /// Finds the first line in `range` that begins with one of `words` and a government.
    pub(crate) fn find(
        &self,
        range: Range<usize>,
        words: &[LevelWords],
    ) -> Option<Place<'r>> {
        self.stream
            .line_starts(range)
            .find_map(|at| self.after_words(at, words))
    }

    /// Reads one of `words` and the government after it.
    pub(crate) fn after_words(
        &self,
        at: usize,
        words: &[LevelWords],
    ) -> Option<Place<'r>> {
        let (hit, level) = self.words_at(at, words)?;
        self.named_at(hit.end, level)
    }

    fn level_word_at(&self, at: usize) -> Option<(Hit, Option<Level>)> {
        self.words_at(at, &self.grammar.levels)
    }

    fn words_at(&self, at: usize, words: &[LevelWords]) -> Option<(Hit, Option<Level>)> {
        let hits = words.iter().filter_map(|words| {
            Some((self.stream.phrase_at(at, &words.words)?, words.level))
        });
        hits.reduce(|best, next| if next.0.beats(&best.0) { next } else { best })
    }

    /// Tells whether a name ends with a word, or what OCR glued to it is known: `SOP
    /// PENGELOLAAN` is not Soppeng.
    fn is_whole(&self, name: &RegionName, hit: &Hit) -> bool {
        /// A longer name is no part of another word.
        const LONG: usize = 12;
        let next = [
            &self.grammar.number,
            &self.grammar.year,
            &self.grammar.about,
        ];
        name.words.letters().len() >= LONG
            || self.stream.begins_word(hit.end)
            || hit.end == self.stream.len()
            || next
                .iter()
                .any(|list| self.stream.exact_at(hit.end, list).is_some())
    }

    /// Reads a name of the list.
    fn name_at(&self, at: usize, level: Option<Level>) -> Option<Place<'r>> {
        let names = self.regions.names().iter();
        let fitting = names.filter(|name| level.is_none_or(|level| name.level == level));
        let mut hits: Vec<(&RegionName, Hit)> = fitting
            .filter_map(|name| Some((name, self.stream.phrase_at(at, &name.words)?)))
            .filter(|(name, hit)| self.is_whole(name, hit))
            .collect();
        hits.sort_by(|(a_name, a), (b_name, b)| {
            // A longer name wins (`KOLAKA TIMUR` over `KOLAKA`) unless it fits much worse.
            let weight = |hit: &Hit| hit.cost * 12.0 - (hit.end - hit.start) as f32 * 0.1;
            weight(a)
                .total_cmp(&weight(b))
                .then(a_name.variant.cmp(&b_name.variant))
        });
        let (name, at) = *hits.first()?;
        let is_contested = hits.iter().skip(1).any(|(other, hit)| {
            other.code != name.code && hit.cost - at.cost < MARGIN && hit.end >= at.end
        });
        Some(Place {
            name,
            at,
            is_contested,
        })
    }
}

/// Weighs what several places say, the most telling first: the government, the confidence
/// before the costs of reading it, and the rule that read it.
pub(crate) fn agree<'r, const N: usize>(
    places: [(Option<Place<'r>>, &'static str); N],
) -> Option<(Place<'r>, f32, &'static str)> {
    let places: Vec<(Place, &str)> = places
        .into_iter()
        .filter_map(|(place, rule)| Some((place?, rule)))
        .collect();
    let (first, rule) = places
        .iter()
        .find(|(place, _)| !place.is_contested)
        .or(places.first())?;
    let others = || {
        places
            .iter()
            .filter(|(place, _)| place.at.start != first.at.start)
    };
    let agree = others()
        .filter(|(place, _)| place.name.code == first.name.code)
        .count();
    let confidence = match (agree, others().count() - agree) {
        (0, 0) if first.is_contested => 0.6,
        (0, 0) => 0.95,
        (_, 0) => 0.99,
        (0, _) => 0.75,
        _ => 0.9,
    };
    Some((first.clone(), confidence, rule))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classify::text::stream::tests::page;
    use crate::lexicon::doctype::DocTypes;

    fn named(text: &str, level: Option<Level>) -> Option<(String, bool)> {
        let types = DocTypes::builtin().unwrap();
        let regions = Regions::builtin().unwrap();
        let page = page(text);
        let stream = Stream::new([&page]);
        let reader = Reader {
            stream: &stream,
            regions: &regions,
            grammar: types.grammar(),
        };
        reader
            .named_at(0, level)
            .map(|place| (place.name.full.clone(), place.is_contested))
    }

    #[test]
    fn names_are_resolved() {
        for (text, level, expected) in [
            (
                "KOLAKA TIMUR",
                Some(Level::Regency),
                "Kabupaten Kolaka Timur",
            ),
            (
                "KABUPATEN BONE NOMOR",
                Some(Level::Regency),
                "Kabupaten Bone",
            ),
            ("BANDUNG", Some(Level::City), "Kota Bandung"),
            ("KAB. BANDUNG BARAT", None, "Kabupaten Bandung Barat"),
            (
                "PROVINSI.SULAWESI TENG(}ARA",
                None,
                "Provinsi Sulawesi Tenggara",
            ),
            (
                "SULAWESI LITARA",
                Some(Level::Province),
                "Provinsi Sulawesi Utara",
            ),
            (
                "SULAWESI UTARATAHUN",
                Some(Level::Province),
                "Provinsi Sulawesi Utara",
            ),
            (
                "PROVINSI DKI JAKARTA",
                None,
                "Provinsi Daerah Khusus Ibukota Jakarta",
            ),
            ("KABUPATEN GUNUNGKIDUL", None, "Kabupaten Gunungkidul"),
            (
                "TOBA SAMOSIR",
                Some(Level::Regency),
                "Kabupaten Toba Samosir",
            ),
            ("TOBA NOMOR", Some(Level::Regency), "Kabupaten Toba"),
            ("KOTA BARU", Some(Level::Regency), "Kabupaten Kotabaru"),
        ] {
            assert_eq!(
                named(text, level).map(|(name, _)| name).as_deref(),
                Some(expected)
            );
        }
    }

    #[test]
    fn every_government_is_told_from_all_others() {
        for name in Regions::builtin().unwrap().names() {
            let (found, contested) = named(name.words.text(), Some(name.level)).unwrap();
            assert_eq!((found.as_str(), contested), (name.full.as_str(), false));
        }
    }

    #[test]
    fn a_name_of_two_governments_is_contested() {
        assert_eq!(
            named("BANDUNG", None).map(|(_, contested)| contested),
            Some(true)
        );
        assert_eq!(named("NOMOR 5", None), None);
    }
}
