//! Fingerprints of texts (`MinHash` bottom-k sketches), and their comparison. A document is found
//! again when it was read from another scan or another format. Two decrees from one template
//! are two documents.

mod align;
mod judge;
mod search;

pub use judge::{Identity, Words, are_named, may_be_one, same};
pub use search::TextIndex;

use crate::model::{Extraction, Page, TextFingerprint};

/// Letters in a shingle: long enough to be rare, short enough to be read right. Where one letter
/// in twelve is misread, half of the shingles of eight are whole.
const SHINGLE: usize = 8;
/// Hashes kept of a text: where nine of ten shingles are those of a template, some must be its
/// own.
const SKETCH_SIZE: usize = 256;
/// Least letters of a text that has a fingerprint.
const LEAST_LETTERS: usize = 200;

/// Returns the fingerprint of a document's text; `None` where the text is too short.
pub fn fingerprint(read: &Extraction) -> Option<TextFingerprint> {
    let letters: Vec<u8> = read.pages.iter().flat_map(page_letters).collect();
    if letters.len() < LEAST_LETTERS {
        return None;
    }
    let mut hashes: Vec<u32> = letters.windows(SHINGLE).map(hash).collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes.truncate(SKETCH_SIZE);
    Some(TextFingerprint {
        len: letters.len() as u32,
        hashes,
    })
}

fn page_letters(page: &Page) -> impl Iterator<Item = u8> {
    let words = page.lines.iter().flat_map(|line| &line.words);
    words.flat_map(|word| word.text.chars().filter_map(letter))
}

/// Returns a letter or digit as it is compared: in lower case, with one form for those that OCR
/// confuses; `None` for anything else.
fn letter(c: char) -> Option<u8> {
    let c = c.to_ascii_lowercase();
    Some(match c {
        '0' | 'o' => b'o',
        '1' | 'l' | 'i' | '|' | '!' => b'l',
        '5' | 's' => b's',
        '8' | 'b' => b'b',
        'a'..='z' | '0'..='9' => c as u8,
        _ => return None,
    })
}

/// Returns the FNV-1a hash of a shingle, mixed once more so that its smallest values are evenly
/// spread.
fn hash(shingle: &[u8]) -> u32 {
    let fnv = shingle.iter().fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| {
        (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (fnv.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DocumentFacts, Fact, Line, MediaType, Ratio, Reading};

    const DECREE: &str = "KEPUTUSAN BUPATI TENTANG PEMBENTUKAN FORUM ANAK KECAMATAN SAWIT\n\
        bahwa dalam rangka pemenuhan hak partisipasi anak perlu dibentuk forum anak\n\
        sebagai wadah penyampaian aspirasi dalam pembangunan daerah yang anggotanya\n\
        adalah perwakilan kelompok anak dari setiap desa di kecamatan Sawit\n\
        KESATU membentuk pengurus forum anak kecamatan Sawit tahun 2023\n\
        ketua Aminah Lestari sekretaris Budi Santoso bendahara Ratna Kusuma\n\
        segala biaya dibebankan pada anggaran pendapatan dan belanja daerah tahun 2023";

    fn pages(text: &str) -> Vec<Page> {
        vec![Page {
            lines: text.lines().map(Line::plain).collect(),
            ..Page::empty(1, None)
        }]
    }

    fn same(a: &[Page], b: &[Page], named: bool) -> Option<crate::model::SameText> {
        super::same(&Words::from_pages(a), &Words::from_pages(b), named)
    }

    /// Returns the pairs of some texts whose documents are known so.
    fn pairs(texts: &[(String, DocumentFacts)]) -> Vec<(u32, u32)> {
        let identities: Vec<Identity> = texts
            .iter()
            .map(|(_, facts)| Identity::from_facts(facts))
            .collect();
        let read: Result<TextIndex, ()> = TextIndex::read(
            &identities,
            |_| true,
            |each| {
                for (text, _) in texts {
                    each(&fingerprint(text));
                }
                Ok(())
            },
        );
        let read = read.unwrap();
        assert!((read.compared() - 1.0).abs() < f32::EPSILON);
        let stripes = read.stripes();
        stripes
            .flat_map(|first| read.pairs(first, |_, _| true))
            .collect()
    }

    fn fingerprint(text: &str) -> TextFingerprint {
        let mut read = Extraction::without_pages(MediaType::Text);
        read.pages = pages(text);
        super::fingerprint(&read).unwrap()
    }

    /// Another letter in every eleventh place, as a reader errs.
    fn misread(text: &str) -> String {
        let wrong = |(n, c): (usize, char)| match n % 11 {
            7 if c.is_ascii_lowercase() => char::from(b'a' + (c as u8 - b'a' + 7) % 26),
            _ => c,
        };
        text.chars().enumerate().map(wrong).collect()
    }

    #[test]
    fn a_text_read_twice_is_one_and_a_decree_of_the_same_template_is_another() {
        let again = misread(DECREE);
        let found = same(&pages(DECREE), &pages(&again), true).unwrap();
        assert!(found.misread.get() > 0.2, "{found:?}");
        let cut = DECREE.lines().take(6).collect::<Vec<_>>().join("\n");
        assert!(same(&pages(DECREE), &pages(&cut), true).is_some());

        let other = DECREE
            .replace("Sawit", "Banyudono")
            .replace("SAWIT", "BANYUDONO");
        assert_eq!(same(&pages(DECREE), &pages(&other), true), None);
        let in_one_place = DECREE.replacen("2023", "2024", 1);
        assert!(same(&pages(DECREE), &pages(&in_one_place), true).is_some());
        assert_eq!(same(&pages(DECREE), &pages(&in_one_place), false), None);
        let next_year = DECREE.replace("2023", "2024");
        assert_eq!(same(&pages(DECREE), &pages(&next_year), true), None);
    }

    #[test]
    fn what_belongs_together_is_found_among_many() {
        let texts = [
            DECREE.to_owned(),
            "lain sama sekali isinya ".repeat(20),
            misread(DECREE),
        ];
        let texts = texts.map(|text| (text, DocumentFacts::default()));
        assert_eq!(pairs(&texts), [(0, 2)]);
    }

    #[test]
    fn one_number_of_one_year_is_reason_enough_to_compare() {
        let sure = |value| Fact {
            value,
            confidence: Ratio::ONE,
            span: None,
            rule: "test".into(),
        };
        let numbered = |number: &str, year: i16| DocumentFacts {
            number: Reading::Known(sure(number.to_owned())),
            year: Reading::Known(Fact {
                value: year,
                confidence: Ratio::ONE,
                span: None,
                rule: "test".into(),
            }),
            ..DocumentFacts::default()
        };
        let texts = [("12", 2023), ("12", 2024), ("12", 2023)];
        let texts: Vec<(String, DocumentFacts)> = ["ab", "cdx", "efgh"]
            .iter()
            .zip(texts)
            .map(|(text, (number, year))| (text.repeat(150), numbered(number, year)))
            .collect();
        assert_eq!(pairs(&texts), [(0, 2)]);
        // The regulation number 1 of every village.
        let villages: Vec<(String, DocumentFacts)> = ('a'..='i')
            .map(|c| (format!("{c}x{c}y").repeat(100), numbered("1", 2024)))
            .collect();
        assert_eq!(pairs(&villages), []);
        assert_eq!(pairs(&villages[..2]), [(0, 1)]);
    }

    #[test]
    fn a_text_of_a_few_words_says_too_little() {
        let mut read = Extraction::without_pages(MediaType::Text);
        read.pages = pages("daftar hadir");
        assert_eq!(super::fingerprint(&read), None);
    }
}
