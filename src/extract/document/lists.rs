//! The numbers that an `OpenDocument` text counts by itself: of lists and of headings (ODF 1.3
//! part 3, 5.3 and 16.31).

use super::office::numbering::formatted;
use super::xml::Tag;
use std::collections::{BTreeMap, HashMap};

/// Levels of a list.
const LEVELS: usize = 10;
/// List styles that are remembered.
const MAX_STYLES: usize = 20_000;
/// The name under which the numbers of headings are kept.
const OUTLINE: &str = "";

#[derive(Debug, Clone, Default)]
struct Level {
    format: String,
    prefix: String,
    suffix: String,
    /// How all levels are put together, where the file says it so: `BAB %1%`.
    pattern: Option<String>,
    shown: usize,
    start: u32,
}

/// The list styles, and how far each has come.
#[derive(Debug, Default)]
pub(super) struct Lists {
    styles: BTreeMap<String, HashMap<usize, Level>>,
    /// The style that is being read.
    open_style: Option<String>,
    counters: HashMap<String, [Option<u32>; LEVELS]>,
    /// Styles of the lists that are open.
    open: Vec<String>,
    /// An item began and its first paragraph has not.
    is_due: bool,
}

impl Lists {
    /// Takes a start tag, of a style or a list.
    pub fn open(&mut self, name: &str, tag: &Tag<'_>) {
        let text = |name: &str| tag.attribute(name);
        match name {
            "list-style" if self.styles.len() < MAX_STYLES => {
                self.open_style = text("style:name");
            }
            "outline-style" => self.open_style = Some(OUTLINE.to_owned()),
            "list-level-style-number" | "outline-level-style" => self.level(tag),
            "list" if self.open.len() < LEVELS => {
                let outer = self.open.last().cloned();
                let style = text("style-name").or(outer).unwrap_or_default();
                let continues = text("continue-numbering")
                    .is_some_and(|yes| yes == "true")
                    || text("continue-list").is_some();
                if self.open.is_empty() && !continues {
                    self.counters.remove(&style);
                }
                self.open.push(style);
            }
            "list-item" => {
                self.is_due = true;
                let start =
                    text("start-value").and_then(|start| start.parse::<u32>().ok());
                if let (Some(start), Some(style)) = (start, self.open.last()) {
                    let counters = self.counters.entry(style.clone()).or_default();
                    let counter = counters.get_mut(self.open.len().saturating_sub(1));
                    if let Some(counter) = counter {
                        *counter = start.checked_sub(1);
                    }
                }
            }
            "list-header" => self.is_due = false,
            _ => {}
        }
    }

    /// Takes an end tag.
    pub fn close(&mut self, name: &str) {
        match name {
            "list-style" | "outline-style" => self.open_style = None,
            "list" => {
                self.open.pop();
                self.is_due = false;
            }
            "list-item" => self.is_due = false,
            _ => {}
        }
    }

    /// Takes over the levels that another part defines.
    pub fn adopt(&mut self, other: Self) {
        for (name, levels) in other.styles {
            self.styles.entry(name).or_insert(levels);
        }
    }

    fn level(&mut self, tag: &Tag<'_>) {
        let text = |name: &str| tag.attribute(name);
        let number = |name: &str| text(name).and_then(|text| text.parse::<usize>().ok());
        let (Some(style), Some(level)) = (&self.open_style, number("level")) else {
            return;
        };
        let format = match text("num-format").as_deref() {
            Some("1") => "decimal",
            Some("I") => "upperRoman",
            Some("i") => "lowerRoman",
            Some("A") => "upperLetter",
            Some("a") => "lowerLetter",
            _ => "none",
        };
        let level_style = Level {
            format: format.to_owned(),
            prefix: text("num-prefix").unwrap_or_default(),
            suffix: text("num-suffix").unwrap_or_default(),
            pattern: text("num-list-format"),
            shown: number("display-levels").unwrap_or(1),
            start: number("start-value").map_or(1, |start| start as u32),
        };
        if let Some(at) = level.checked_sub(1).filter(|at| *at < LEVELS) {
            let levels = self.styles.entry(style.clone()).or_default();
            levels.insert(at, level_style);
        }
    }

    /// Returns the number before a paragraph, or before a heading of this level.
    pub fn number(&mut self, heading: Option<usize>) -> Option<String> {
        let (style, at) = match (self.open.last(), heading) {
            (Some(style), _) if std::mem::take(&mut self.is_due) => {
                (style.clone(), self.open.len() - 1)
            }
            (None, Some(level)) => (OUTLINE.to_owned(), level.checked_sub(1)?),
            _ => return None,
        };
        let levels = self.styles.get(&style)?;
        let this = levels.get(&at)?;
        let counters = self.counters.entry(style).or_default();
        for (n, counter) in counters.iter_mut().enumerate() {
            let start = levels.get(&n).map_or(1, |level| level.start);
            if n == at {
                *counter = Some(counter.map_or(start, |n| n.saturating_add(1)));
            } else if n > at {
                *counter = None;
            }
        }
        if this.format == "none" {
            return None;
        }
        let shown = |n: usize| {
            let level = levels.get(&n)?;
            let number = counters.get(n).copied().flatten().unwrap_or(level.start);
            Some(formatted(number, &level.format))
        };
        let text = match &this.pattern {
            Some(pattern) => (0..LEVELS).fold(pattern.clone(), |text, n| {
                text.replace(&format!("%{}%", n + 1), &shown(n).unwrap_or_default())
            }),
            None => {
                let from = (at + 1).saturating_sub(this.shown.max(1));
                let numbers: Vec<String> = (from..=at).filter_map(shown).collect();
                format!("{}{}{}", this.prefix, numbers.join("."), this.suffix)
            }
        };
        (!text.trim().is_empty()).then(|| format!("{text} "))
    }
}
