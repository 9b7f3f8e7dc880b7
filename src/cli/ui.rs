//! How bukti speaks: data on standard output, talk on standard error, colour only where it is
//! shown, and file names that cannot steer the terminal.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this is the face"
)]

use super::args::ColorArg;
use crate::io::files::path;
use crate::model::Lang;
use anstyle::{AnsiColor, Style};
use std::io::{IsTerminal, Write};

/// How to speak to this user.
#[derive(Debug, Clone, Copy)]
pub struct Ui {
    /// The language.
    pub lang: Lang,
    /// Whether programs read the output.
    pub json: bool,
}

/// What a piece of text is, in colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// A heading.
    Strong,
    /// Less important.
    Faint,
    /// Good.
    Good,
    /// Wants a look.
    Warn,
    /// Bad.
    Bad,
    /// A word that was looked for.
    Hit,
}

impl Tone {
    fn style(self) -> Style {
        let color = |c: AnsiColor| Style::new().fg_color(Some(c.into()));
        match self {
            Self::Strong => Style::new().bold(),
            Self::Faint => Style::new().dimmed(),
            Self::Good => color(AnsiColor::Green),
            Self::Warn => color(AnsiColor::Yellow),
            Self::Bad => color(AnsiColor::Red),
            Self::Hit => color(AnsiColor::Yellow).bold(),
        }
    }
}

/// Returns `text` in the colour of `tone`; the output strips it where none is wanted.
pub fn paint(tone: Tone, text: &str) -> String {
    let style = tone.style();
    format!("{style}{text}{style:#}")
}

#[allow(clippy::unused_self, reason = "all speech goes through one value")]
impl Ui {
    /// Sets up colour for the whole process.
    pub fn new(lang: Lang, json: bool, color: ColorArg) -> Self {
        match color {
            ColorArg::Auto => {}
            ColorArg::Always => anstream::ColorChoice::Always.write_global(),
            ColorArg::Never => anstream::ColorChoice::Never.write_global(),
        }
        Self { lang, json }
    }

    /// Returns the text in the user's language.
    pub fn pick<'a>(self, id: &'a str, en: &'a str) -> &'a str {
        self.lang.pick(id, en)
    }

    /// Returns the word for so many things in the user's language.
    pub fn noun<'a>(
        self,
        count: impl TryInto<u64>,
        id: &'a str,
        one: &'a str,
        many: &'a str,
    ) -> &'a str {
        self.lang.noun(count, id, one, many)
    }

    /// Prints a line of data. A reader that has gone away (`| head`) is no error.
    pub fn line(self, text: &str) {
        let _ = writeln!(anstream::stdout(), "{text}");
    }

    /// Prints a line of JSON, never coloured.
    pub fn json_line(self, value: &serde_json::Value) {
        let _ = writeln!(std::io::stdout().lock(), "{value}");
    }

    /// Prints data as it is.
    pub fn bytes(self, bytes: &[u8]) {
        let _ = std::io::stdout().lock().write_all(bytes);
    }

    /// Prints a line of talk.
    pub fn stderr_line(self, text: &str) {
        let _ = writeln!(anstream::stderr(), "{text}");
    }

    /// Returns a path as a person may see it.
    pub fn path(self, text: &str) -> String {
        path::printable(text)
    }

    /// Returns the width of the terminal in columns, 100 where there is none.
    pub fn width(self) -> usize {
        let size = terminal_size::terminal_size();
        size.map_or(100, |(width, _)| usize::from(width.0))
            .clamp(40, 160)
    }

    /// Tells whether a person watches standard error.
    pub fn is_watched(self) -> bool {
        !self.json && std::io::stderr().is_terminal()
    }

    /// Tells whether colour would be shown on standard output.
    pub fn colour(self) -> bool {
        anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never
    }
}
