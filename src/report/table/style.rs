//! What things look like on a terminal: a style for each meaning, or none at all.

use crate::model::{Level, QuestionState};
use anstyle::{AnsiColor, Style};

/// Paints text for a terminal, or leaves it plain.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Paint {
    colour: bool,
}

impl Paint {
    pub fn new(colour: bool) -> Self {
        Self { colour }
    }

    fn wear(self, style: Style, text: &str) -> String {
        if self.colour && !text.is_empty() {
            format!("{style}{text}{style:#}")
        } else {
            text.to_owned()
        }
    }

    pub fn heading(self, text: &str) -> String {
        self.wear(Style::new().bold(), text)
    }

    pub fn dim(self, text: &str) -> String {
        self.wear(Style::new().dimmed(), text)
    }

    pub fn likely(self, text: &str) -> String {
        self.wear(AnsiColor::Green.on_default(), text)
    }

    pub fn at_risk(self, text: &str) -> String {
        self.wear(AnsiColor::Yellow.on_default(), text)
    }

    pub fn state(self, state: QuestionState, text: &str) -> String {
        let style = match state {
            QuestionState::Valid => AnsiColor::Green.on_default(),
            QuestionState::Review => AnsiColor::Cyan.on_default(),
            QuestionState::Weak => AnsiColor::Yellow.on_default(),
            QuestionState::Invalid | QuestionState::Missing => {
                AnsiColor::Red.on_default()
            }
            QuestionState::NotApplicable => Style::new().dimmed(),
        };
        self.wear(style, text)
    }

    pub fn level(self, level: Level, text: &str) -> String {
        let style = match level {
            Level::Error => AnsiColor::Red.on_default(),
            Level::Warning => AnsiColor::Yellow.on_default(),
            Level::Note => Style::new().dimmed(),
        };
        self.wear(style, text)
    }
}
