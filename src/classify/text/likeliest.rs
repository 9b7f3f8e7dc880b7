//! Which number two doubtful readings are of. Every number that either may be, by its reader's
//! doubts and by letters that look alike, is held against both readings letter by letter; what
//! the paper says of its day and what offices write into a number weigh in.

use super::alternatives::{Doubted, Letter};
use super::fuzzy;
use crate::classify::read::calendar;
use crate::classify::read::number;
use crate::classify::read::number::Value;
use crate::classify::read::reference;
use crate::classify::read::reference::Part;
use crate::framework::office::OfficeNames;
use crate::lexicon::phrase::{Phrase, fold_letter};

/// What the rest of a paper says of its number.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Context<'c> {
    /// The year and the month of its day.
    pub(crate) day: Option<(i16, i8)>,
    /// With which the numbers of its kind begin, where that is ruled.
    pub(crate) codes: &'c [String],
    /// Names of offices, short ones among them.
    pub(crate) offices: Option<&'c OfficeNames>,
}

/// What the likeliest number is, how likely, and the next likeliest.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Likeliest {
    pub(crate) value: String,
    pub(crate) probability: f32,
    pub(crate) next: Option<String>,
}

/// Cost of a letter that was read as another that looks like it, and of any other.
const ALIKE: f32 = 1.3;
const OTHER: f32 = 3.5;
/// The same of nought and `O`, which only what stands around them tells apart.
const SAME: f32 = 0.3;
/// Cost of a letter that was not read. Readers lose strokes of the pen more often than they
/// invent them: a thin one, a mark, any other.
const LOST_THIN: f32 = 1.4;
const LOST_MARK: f32 = 1.8;
const LOST: f32 = 2.8;
/// Cost of a letter that was read where none is, above that of one lost.
const INVENTED: f32 = 1.0;
/// Cost of a year or a month that is not the day's: of twenty letters one is numbered in another
/// month than it is dated.
const OTHER_YEAR: f32 = 3.0;
const OTHER_MONTH: f32 = 2.5;
/// What a month saves that is the day's, where another reading has none: nobody invents it.
const OWN_MONTH: f32 = 1.0;
/// Cost of a first part that no classification has: more than four figures.
const LONG_CLASS: f32 = 4.0;
/// Cost of the classification of something else in a decision's number: `108.45` is `188.45` in
/// a hurried hand.
const OTHER_CLASS: f32 = 5.0;
/// Cost of a number in which nothing is counted.
const NO_COUNT: f32 = 1.5;
/// What a part saves that is the short name of an office: most numbers of offices have one, and
/// of all other words of that length none is likely.
const KNOWN_OFFICE: f32 = 2.5;
/// Costs that make a number so many times less likely.
const SHARP: f32 = 1.2;
/// What every point of cost takes from trust in all that may be read.
const STRAIN: f32 = 0.06;

/// Returns the likeliest number of some readings; `None` where they may be none.
pub(crate) fn likeliest(readings: &[&Doubted], context: Context) -> Option<Likeliest> {
    let texts = readings.iter().flat_map(|reading| reading.texts());
    let mut candidates: Vec<String> = texts.flat_map(|text| sound(&text)).collect();
    let coded = candidates
        .iter()
        .flat_map(|text| coded(text, context.codes));
    candidates.extend(coded.collect::<Vec<_>>());
    candidates.sort_by_key(|text| (text.to_lowercase(), text.clone()));
    candidates.dedup_by(|a, b| a.eq_ignore_ascii_case(b));
    let mut costs: Vec<(f32, f32, &String)> = candidates
        .iter()
        .map(|value| {
            let read = readings.iter().map(|reading| cost(reading, value));
            let read: f32 = read.sum();
            (read + strangeness(value, context), read, value)
        })
        .collect();
    costs.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (least, read, value) = costs.first()?;
    let all: f32 = costs
        .iter()
        .map(|(cost, ..)| (SHARP * (least - cost)).exp())
        .sum();
    Some(Likeliest {
        value: (*value).clone(),
        probability: (-STRAIN * read).exp() / all,
        next: costs.get(1).map(|(.., value)| (*value).clone()),
    })
}

/// Returns the numbers that a text is, or may be by letters that look alike.
fn sound(text: &str) -> Vec<String> {
    let texts = match text.contains(['/', '|']) {
        true => reference::mended(text),
        false => vec![text.to_owned()],
    };
    let numbers = texts.iter().filter_map(|text| match number::read(text) {
        Value::Read { value, repair: 0.0 } => Some(value),
        _ => None,
    });
    numbers.collect()
}

/// Returns what makes a number strange by itself.
fn strangeness(value: &str, context: Context) -> f32 {
    let parts: Vec<&str> = value.split('/').collect();
    let first = parts.first().copied().unwrap_or_default();
    let is_long =
        parts.len() > 1 && first.len() > 4 && first.bytes().all(|b| b.is_ascii_digit());
    let mut cost = if is_long { LONG_CLASS } else { 0.0 };
    if is_of_another(first, context.codes) {
        cost += OTHER_CLASS;
    }
    let is_count = |part: &&str| reference::part(part) == Some(Part::Running);
    if parts.len() > 2 && !parts.iter().skip(1).any(is_count) {
        cost += NO_COUNT;
    }
    if parts.iter().any(|part| is_office(part, context)) {
        cost -= KNOWN_OFFICE;
    }
    let Some((year, month)) = context.day else {
        return cost;
    };
    let is_other_year = number::year_within(value).is_some_and(|own| own != year);
    cost += if is_other_year { OTHER_YEAR } else { 0.0 };
    // A Roman figure elsewhere is an office's.
    let own = match parts.as_slice() {
        [.., month, last] if reference::part(last) == Some(Part::Year) => {
            calendar::roman(month)
        }
        _ => None,
    };
    match own {
        Some(own) if own != month => cost + OTHER_MONTH,
        Some(_) => cost - OWN_MONTH,
        None => cost,
    }
}

/// Tells whether a part is the name of an office as offices write it: `DINKES`.
fn is_office(part: &str, context: Context) -> bool {
    let letters = Phrase::from(part);
    let names = context.offices.into_iter().flat_map(OfficeNames::iter);
    let is_word = part.chars().any(char::is_alphabetic);
    let mut names = names.map(|(_, name)| name.letters());
    is_word && names.any(|name| name == letters.letters())
}

/// Returns a number with a code in the place of what has its form and is none.
fn coded(number: &str, codes: &[String]) -> Vec<String> {
    let Some((first, rest)) = number.split_once('/') else {
        return Vec::new();
    };
    if !is_of_another(first, codes) {
        return Vec::new();
    }
    let alike = codes.iter().filter(|code| form(code) == form(first));
    alike.map(|code| format!("{code}/{rest}")).collect()
}

/// Tells whether a first part has the form of one of the codes (`188.45`) and is none of them.
fn is_of_another(first: &str, codes: &[String]) -> bool {
    let is_figures = first
        .chars()
        .all(|c| c.is_ascii_digit() || ".-".contains(c));
    let own = form(first);
    is_figures
        && own.len() > 1
        && codes.iter().any(|code| form(code) == own)
        && !codes.iter().any(|code| code == first)
}

/// Returns how many figures a code has between its points.
fn form(code: &str) -> Vec<usize> {
    code.split(['.', '-']).map(str::len).collect()
}

/// Returns what it costs that a number was read so: the cheapest way from letter to letter.
fn cost(reading: &Doubted, value: &str) -> f32 {
    let read = reading.letters();
    let wanted: Vec<char> = value.chars().collect();
    let mut first = vec![0.0_f32];
    for c in &wanted {
        first.push(first.last().copied().unwrap_or(0.0) + lost(*c));
    }
    let mut rows = vec![first];
    for (n, letter) in read.iter().enumerate() {
        let before = n.checked_sub(1).and_then(|n| read.get(n));
        let row = next_row(&rows, (before, letter), &wanted);
        rows.push(row);
    }
    let last = rows.last().and_then(|row| row.last());
    last.copied().unwrap_or(0.0)
}

/// Returns the costs after one more letter read, for each letter of the number.
fn next_row(
    rows: &[Vec<f32>],
    (before, letter): (Option<&Letter>, &Letter),
    wanted: &[char],
) -> Vec<f32> {
    let (c, doubts) = letter;
    let step = |back: usize, at: usize| {
        let row = rows.len().checked_sub(back).and_then(|n| rows.get(n));
        row.and_then(|row| row.get(at)).copied().unwrap_or(f32::MAX)
    };
    let doubted = doubts.iter().find(|(other, _)| other.is_none());
    let gone = doubted.map_or_else(|| lost(*c) + INVENTED, |(_, cost)| *cost);
    let mut row = vec![step(1, 0) + gone];
    for (at, own) in wanted.iter().enumerate() {
        let kept = step(1, at) + instead(*c, *own, doubts);
        let dropped = step(1, at + 1) + gone;
        let added = row.last().copied().unwrap_or(0.0) + lost(*own);
        let two = before.map(|(before, _)| [folded(*before), folded(*c)]);
        let is_split = two.is_some_and(|two| fuzzy::is_split(folded(*own), two));
        let joined = match is_split {
            true => step(2, at) + ALIKE,
            false => f32::MAX,
        };
        row.push(kept.min(dropped).min(added).min(joined));
    }
    row
}

fn folded(c: char) -> u8 {
    fold_letter(c).unwrap_or_default()
}

fn lost(c: char) -> f32 {
    match c {
        '/' | '.' | '-' | '&' | ':' => LOST_MARK,
        'I' | '1' | 'l' | '|' => LOST_THIN,
        _ => LOST,
    }
}

/// Returns what it costs that `own` was read as `read`, of which its reader doubted.
fn instead(read: char, own: char, doubts: &[(Option<char>, f32)]) -> f32 {
    if read.eq_ignore_ascii_case(&own) {
        return 0.0;
    }
    let doubted = doubts
        .iter()
        .find(|(other, _)| other.is_some_and(|other| other.eq_ignore_ascii_case(&own)));
    let is_nought = |c: char| "0Oo".contains(c);
    let plain = match is_nought(read) && is_nought(own) {
        true => SAME,
        false if is_alike(read, own) => ALIKE,
        false => OTHER,
    };
    doubted.map_or(plain, |(_, cost)| cost.min(plain))
}

/// Tells whether two letters look alike.
fn is_alike(a: char, b: char) -> bool {
    const ALIKE: [&str; 11] = [
        "0OoDQCU",
        "08",
        "1Il|i/\\7!°",
        "2Zz",
        "5SsA",
        "8B&S",
        "6bG",
        "9gqy",
        "4AH",
        "7T/?",
        "3B8",
    ];
    ALIKE.iter().any(|set| set.contains(a) && set.contains(b))
}
