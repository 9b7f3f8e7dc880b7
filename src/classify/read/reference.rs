//! Reads the number of a letter or decision (`188.45/0590/DINSOS/2025`): parts between
//! strokes, each of a form that offices use. A part of no such form was misread, or strokes
//! were: then there is no value, only what it may be.
//!
//! | part | form |
//! |---|---|
//! | classification | three figures and what refines them (`188.45`, `100.3.3.2`), letters before it (`PR.03.01`, `B`, `SE`) |
//! | running number | up to six figures, a letter after it (`41.a`, `12B`), a letter and a hyphen before it (`B-91`) |
//! | office | letters with points, hyphens and figures behind them (`Bag.Hukum`, `BKPSDM-B`, `M.3.32`) |
//! | region | figures in twos (`35.07.24`) |
//! | month | Roman, or two figures |
//! | year | four figures from 1945 on |

mod part;
mod mended;

pub(crate) use mended::mended;

pub(crate) use self::part::{Part, YEARS, part};
use self::part::{cut_year, is_year};
use mended::repaired;

/// What a text is as a number of this form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reference {
    /// A part is left open (`421/      /DISDIK/X/2024`), or dots stand in it.
    Blank,
    /// Every part has a form.
    Sound(String),
    /// A part has none: what it may be.
    Odd(String),
}

/// Reads a text that holds nothing but a number with strokes.
pub(crate) fn read(text: &str) -> Reference {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let text = text.trim_matches(|c: char| !c.is_alphanumeric() && c != '/');
    let parts: Vec<&str> = text.split('/').collect();
    let is_empty = |part: &&str| !part.contains(char::is_alphanumeric);
    let is_open = text.contains("...") || text.contains('…') || text.contains("__");
    if is_open || parts.iter().any(is_empty) {
        return Reference::Blank;
    }
    let cut = cut_year(text);
    let kinds: Vec<Option<Part>> = cut.split('/').map(part).collect();
    let has_running = kinds
        .iter()
        .flatten()
        .any(|kind| matches!(kind, Part::Running | Part::Classification | Part::Year));
    match kinds.iter().all(Option::is_some) && has_running {
        true => Reference::Sound(cut),
        false => Reference::Odd(repaired(&cut)),
    }
}

/// Returns the code of the government in a number (`35.07` of `005/406/35.07.24/2020`), as far
/// as it has the form of one: figures in twos, what is below them finer. A day of the calendar
/// has that form, too.
pub(crate) fn region_code(number: &str) -> Option<&str> {
    number.split('/').find_map(|part| {
        let groups: Vec<&str> = part.split('.').collect();
        let is_code = |group: &&str, most: usize| {
            (2..=most).contains(&group.len()) && group.bytes().all(|b| b.is_ascii_digit())
        };
        let [province, own, finer @ ..] = groups.as_slice() else {
            return None;
        };
        let fits = is_code(province, 2)
            && is_code(own, 2)
            && finer.iter().all(|group| is_code(group, 4));
        let is_day = matches!(finer, [year] if is_year(year));
        (fits && !is_day).then(|| part.get(..province.len() + 1 + own.len()))?
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_offices_are_sound() {
        for text in [
            "188.45/0590/DINSOS/2025",
            "188.45/0602/Bag.Hukum/2025",
            "188.45/0605/Bag.Ekon&SDA/2025",
            "005/406/35.07.24/2020",
            "003.1/400/35.07.24/2020",
            "B-35072.115/BPS/9280/07/2020",
            "B-91/M.3.32/Dpp/01/2020",
            "41.a/kdh.KKA.800/06.2020",
            "101/PUSK.MTR/XI/2023",
            "KKN/24/VIII/2020",
            "12/Skr.PKK/Kec/VIII/2020",
            "T/2984/70.1.1/IV/2024",
            "1907.1/In.23/R.3/HM.00/12/2024",
            "B/327/1",
            "813/07/BKPSDM-B/2019",
            "2212/B-KS.04.01/SD/K/2023",
            "PR.03.01/II/104/2020",
            "0858/Mts.11.05.01/PP.00.5/08/2020",
            "043/B-4/DPM-UB/VIII/2020",
            "100.3.3.2/401/35.07.013/2024",
            "893/0302/ST/BKPP/2016",
            "188/12/DP3AP2KB/2024",
            "440/0001912",
            "800/Disdukcapil-KB/428/2018",
            "300/112/pem",
        ] {
            assert_eq!(read(text), Reference::Sound(text.to_owned()));
        }
    }

    #[test]
    fn what_was_misread_is_odd_and_says_what_it_may_be() {
        for (text, candidate) in [
            ("188.As/05g0/DINSoS/202S", "188.45/0590/DINSOS/2025"),
            ("300/2512020", "300/25/2020"),
            ("188.45/0S45/DISPUS/2025", "188.45/0545/DISPUS/2025"),
            ("188.45/0569/D1NKES/2025", "188.45/0569/DINKES/2025"),
        ] {
            assert_eq!(read(text), Reference::Odd(candidate.to_owned()));
        }
        for text in [
            "005/42L/35.07.24/2020",
            "0051442135.07.2412020",
            "188.A510603/BasHUkum/2025",
            "abc/def",
            "005/l84",
        ] {
            assert!(matches!(read(text), Reference::Odd(_)), "{text}");
        }
    }

    #[test]
    fn a_government_writes_its_code_into_the_number() {
        for (number, code) in [
            ("005/406/35.07.24/2020", Some("35.07")),
            ("005/123/35.07.24.2012/2020", Some("35.07")),
            ("141/12/35.73/2020", Some("35.73")),
            ("188.45/123/KEP/2022", None),
            ("858/Mts.11.05.01/PP.00.5/08/2020", None),
            ("005/12.05.2020", None),
        ] {
            assert_eq!(region_code(number), code, "{number}");
        }
    }

    #[test]
    fn an_open_part_is_blank() {
        for text in [
            "421/      /DISDIK/X/2024",
            "/ BAPPEDA-A/2022",
            "188/..../KEP/2024",
        ] {
            assert_eq!(read(text), Reference::Blank, "{text}");
        }
    }

    #[test]
    fn a_day_glued_to_the_year_is_cut() {
        let cut = read("1907.1/In.23/R.3/HM.00/12/202416");
        assert_eq!(
            cut,
            Reference::Sound("1907.1/In.23/R.3/HM.00/12/2024".into())
        );
    }
}
