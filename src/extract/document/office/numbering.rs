//! The numbers Word puts before paragraphs by itself (`BAB I`, `Pasal 1`, `(1)`): they stand
//! nowhere in the text, only in the numbering part and in the styles (ECMA-376 part 1, 17.9).

use crate::extract::document::xml::{Step, Tag, walk};
use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

/// Levels of a list (17.9.3).
const LEVELS: usize = 9;
/// Lists and styles that are remembered.
const MAX_ENTRIES: usize = 20_000;
/// Styles that a style may be based on, one on another.
const MAX_BASES: usize = 16;
/// Roman numerals end here.
const MAX_ROMAN: u32 = 3_999;

/// The styles of a document, as far as they number or hide.
#[derive(Debug, Default)]
pub(crate) struct Styles(HashMap<String, Style>);

#[derive(Debug, Default)]
struct Style {
    base: Option<String>,
    list: Option<String>,
    level: Option<usize>,
    hidden: bool,
}

impl Styles {
    /// Reads the styles part.
    pub fn read(raw: Vec<u8>) -> Self {
        let mut styles = Self::default();
        let mut open: Option<(String, Style)> = None;
        walk(raw, |step| match step {
            Step::Open("style", tag) => {
                let id = tag.attribute("styleId").unwrap_or_default();
                open = Some((id, Style::default()));
            }
            Step::Open(name, tag) => {
                let Some((_, style)) = open.as_mut() else {
                    return;
                };
                match name {
                    "basedOn" => style.base = tag.attribute("val"),
                    "numId" => style.list = tag.attribute("val"),
                    "ilvl" => style.level = level(&tag),
                    "vanish" => style.hidden = is_on(&tag),
                    _ => {}
                }
            }
            Step::Close("style") if styles.0.len() < MAX_ENTRIES => {
                styles.0.extend(open.take());
            }
            _ => {}
        });
        styles
    }

    /// The style and those it is based on, nearest first.
    fn chain<'s>(&'s self, id: &'s str) -> impl Iterator<Item = (&'s str, &'s Style)> {
        let mut next = Some(id);
        let step = move || {
            let id = next?;
            let style = self.0.get(id)?;
            next = style.base.as_deref();
            Some((id, style))
        };
        std::iter::from_fn(step).take(MAX_BASES)
    }

    /// Tells whether text of this style is not shown.
    pub fn hides(&self, id: &str) -> bool {
        self.chain(id).any(|(_, style)| style.hidden)
    }

    /// Returns the list that paragraphs of this style belong to, with the level where the style
    /// says it, and the style that does.
    fn list<'s>(&'s self, id: &'s str) -> Option<(&'s str, Option<usize>, &'s str)> {
        self.chain(id)
            .find_map(|(id, style)| Some((style.list.as_deref()?, style.level, id)))
    }
}

/// Tells whether a property that is on by being there is not switched off.
pub(crate) fn is_on(tag: &Tag<'_>) -> bool {
    let value = tag.attribute("val");
    !value.is_some_and(|value| matches!(value.as_str(), "0" | "false" | "off"))
}

/// Reads a level, from 0.
pub(crate) fn level(tag: &Tag<'_>) -> Option<usize> {
    let value = tag.attribute("val")?.parse().ok()?;
    (value < LEVELS).then_some(value)
}

#[derive(Debug, Clone, Default)]
struct Level {
    start: Option<u32>,
    format: String,
    text: String,
    suffix: String,
    restarts_after: Option<usize>,
    is_legal: bool,
    hidden: bool,
    style: Option<String>,
}

#[derive(Debug, Default)]
struct Pattern {
    levels: HashMap<usize, Level>,
    /// The style whose list this stands for.
    style: Option<String>,
}

#[derive(Debug, Default)]
struct List {
    pattern: String,
    starts: HashMap<usize, u32>,
    levels: HashMap<usize, Level>,
}

/// The lists of a document, and how far each has come.
#[derive(Debug, Default)]
pub(crate) struct Numbering {
    styles: Styles,
    patterns: HashMap<String, Pattern>,
    lists: HashMap<String, List>,
    /// Of each pattern, the number last given on each level.
    counters: HashMap<String, [Option<u32>; LEVELS]>,
    restarted: HashSet<(String, usize)>,
}

impl Numbering {
    /// Reads the numbering part.
    pub fn read(raw: Vec<u8>, styles: Styles) -> Self {
        let mut reader = Reader::default();
        walk(raw, |step| reader.step(&step));
        Self {
            styles,
            patterns: reader.patterns,
            lists: reader.lists,
            ..Self::default()
        }
    }

    /// Returns the styles.
    pub fn styles(&self) -> &Styles {
        &self.styles
    }

    /// Counts a paragraph with the list and level it names itself and its style, and returns
    /// what stands before it, with the space after.
    pub fn next(
        &mut self,
        list: Option<&str>,
        level: Option<usize>,
        style: Option<&str>,
    ) -> Option<String> {
        let of_style = style.and_then(|style| self.styles.list(style));
        let (list, styled) = match (list, of_style) {
            (Some(list), _) => (list, None),
            (None, Some((list, at, by))) => (list, Some((at, by))),
            (None, None) => return None,
        };
        let id = list.to_owned();
        let list = self.lists.get(list)?;
        let name = self.pattern_of(list)?.to_owned();
        let pattern = self.patterns.get(&name)?;
        let by_style = |wanted: &str| {
            let mut levels = pattern.levels.iter();
            levels.find_map(|(at, one)| {
                (one.style.as_deref() == Some(wanted)).then_some(*at)
            })
        };
        let level = level
            .or_else(|| styled.and_then(|(at, by)| at.or_else(|| by_style(by))))
            .or_else(|| style.and_then(by_style))
            .unwrap_or(0);
        let shape = |at: usize| list.levels.get(&at).or_else(|| pattern.levels.get(&at));
        let this = shape(level)?;
        let counters = self.counters.entry(name).or_default();
        let restart = list.starts.get(&level).copied();
        let restart = restart.filter(|_| self.restarted.insert((id, level)));
        let start = |at: usize| shape(at).and_then(|level| level.start).unwrap_or(1);
        for (at, counter) in counters.iter_mut().enumerate() {
            match at.cmp(&level) {
                Ordering::Equal => {
                    let next = counter.map_or_else(|| start(at), |n| n.saturating_add(1));
                    *counter = Some(restart.unwrap_or(next));
                }
                Ordering::Greater => {
                    let after = shape(at).and_then(|level| level.restarts_after);
                    let is_kept = after.is_some_and(|after| after == 0 || level >= after);
                    *counter = counter.filter(|_| is_kept);
                }
                Ordering::Less => {
                    counter.get_or_insert_with(|| start(at));
                }
            }
        }
        if this.hidden || this.format == "bullet" {
            return None;
        }
        let number = |at: usize| counters.get(at).copied().flatten().unwrap_or(1);
        let text = written(&this.text, |at| {
            let format = match this.is_legal {
                true => "decimal",
                false => shape(at).map_or("decimal", |level| level.format.as_str()),
            };
            formatted(number(at), format)
        });
        let space = if this.suffix == "nothing" { "" } else { " " };
        (!text.trim().is_empty()).then(|| format!("{text}{space}"))
    }

    /// The pattern of a list, through the style that stands for another list.
    fn pattern_of<'n>(&'n self, list: &'n List) -> Option<&'n str> {
        let mut name = list.pattern.as_str();
        for _ in 0..MAX_BASES {
            let pattern = self.patterns.get(name)?;
            let Some(style) = &pattern.style else { break };
            let (other, ..) = self.styles.list(style)?;
            name = &self.lists.get(other)?.pattern;
        }
        Some(name)
    }
}

/// Puts numbers into the text of a level, in which `%1` stands for the first level's.
fn written(text: &str, number: impl Fn(usize) -> String) -> String {
    let mut out = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let level = chars
            .peek()
            .and_then(|c| c.to_digit(10))
            .filter(|digit| c == '%' && *digit > 0);
        match level {
            Some(level) => {
                chars.next();
                out.push_str(&number(level as usize - 1));
            }
            None => out.push(c),
        }
    }
    out
}

/// Writes a number as a list asks for (17.18.59); what is rare is written in figures.
pub(crate) fn formatted(number: u32, format: &str) -> String {
    match format {
        "upperRoman" => roman(number),
        "lowerRoman" => roman(number).to_lowercase(),
        "upperLetter" => letters(number),
        "lowerLetter" => letters(number).to_lowercase(),
        "decimalZero" => format!("{number:02}"),
        "none" => String::new(),
        _ => number.to_string(),
    }
}

fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if number == 0 || number > MAX_ROMAN {
        return number.to_string();
    }
    let mut left = number;
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while left >= value {
            left -= value;
            out.push_str(sign);
        }
    }
    out
}

/// A to Z, then AA to ZZ, as Word counts.
fn letters(number: u32) -> String {
    let Some(from_zero) = number.checked_sub(1) else {
        return String::new();
    };
    let letter = char::from(b'A' + (from_zero % 26) as u8);
    let count = (from_zero / 26 + 1).min(26);
    std::iter::repeat_n(letter, count as usize).collect()
}

#[derive(Default)]
struct Reader {
    patterns: HashMap<String, Pattern>,
    lists: HashMap<String, List>,
    pattern: Option<(String, Pattern)>,
    list: Option<(String, List)>,
    level: Option<(usize, Level)>,
    /// The level that a list overrides.
    overridden: Option<usize>,
}

impl Reader {
    fn step(&mut self, step: &Step<'_>) {
        match step {
            Step::Open(name, tag) => self.open(name, tag),
            Step::Close(name) => self.close(name),
            Step::Text(_) => {}
        }
    }

    fn open(&mut self, name: &str, tag: &Tag<'_>) {
        let id = |name: &str| tag.attribute(name).unwrap_or_default();
        match name {
            "abstractNum" => {
                self.pattern = Some((id("abstractNumId"), Pattern::default()));
            }
            "num" => self.list = Some((id("numId"), List::default())),
            "lvl" => {
                let at = id("ilvl").parse().unwrap_or(LEVELS);
                self.level = Some((at, Level::default()));
            }
            "lvlOverride" => self.overridden = id("ilvl").parse().ok(),
            _ => self.describe(name, tag),
        }
    }

    fn describe(&mut self, name: &str, tag: &Tag<'_>) {
        let value = || tag.attribute("val").unwrap_or_default();
        if let Some((_, level)) = self.level.as_mut() {
            match name {
                "start" => level.start = value().parse().ok(),
                "numFmt" => level.format = value(),
                "lvlText" => level.text = value(),
                "suff" => level.suffix = value(),
                "lvlRestart" => level.restarts_after = value().parse().ok(),
                "isLgl" => level.is_legal = is_on(tag),
                "vanish" => level.hidden = is_on(tag),
                "pStyle" => level.style = Some(value()),
                _ => {}
            }
        } else if let Some((_, list)) = self.list.as_mut() {
            match (name, self.overridden) {
                ("abstractNumId", _) => list.pattern = value(),
                ("startOverride", Some(at)) => {
                    list.starts
                        .extend(value().parse().ok().map(|start| (at, start)));
                }
                _ => {}
            }
        } else if let Some((_, pattern)) = self.pattern.as_mut()
            && name == "numStyleLink"
        {
            pattern.style = Some(value());
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "abstractNum" if self.patterns.len() < MAX_ENTRIES => {
                self.patterns.extend(self.pattern.take());
            }
            "num" if self.lists.len() < MAX_ENTRIES => {
                self.lists.extend(self.list.take());
            }
            "lvlOverride" => self.overridden = None,
            "lvl" => {
                let Some((at, level)) = self.level.take().filter(|(at, _)| *at < LEVELS)
                else {
                    return;
                };
                if let Some((_, list)) = self.list.as_mut() {
                    list.levels.insert(at, level);
                } else if let Some((_, pattern)) = self.pattern.as_mut() {
                    pattern.levels.insert(at, level);
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{formatted, written};

    #[test]
    fn numbers_are_written_as_word_does() {
        for (number, format, expected) in [
            (1, "upperRoman", "I"),
            (1994, "lowerRoman", "mcmxciv"),
            (4_000, "upperRoman", "4000"),
            (27, "upperLetter", "AA"),
            (3, "lowerLetter", "c"),
            (7, "decimalZero", "07"),
            (7, "chineseCounting", "7"),
            (7, "none", ""),
        ] {
            assert_eq!(formatted(number, format), expected, "{format}");
        }
        let text = written("%1.%2) 5%", |level| (level + 8).to_string());
        assert_eq!(text, "8.9) 5%");
    }
}
