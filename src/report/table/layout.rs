//! Text on a grid of terminal cells: widths as seen, wrapping, padding, bars and numbers. Knows
//! nothing of what it lays out.

use crate::model::Lang;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Returns how many cells a text takes.
pub(crate) fn width(text: &str) -> usize {
    text.width()
}

/// Returns the text without what could move the cursor or turn the direction of writing:
/// names of files come from strangers.
pub(crate) fn tame(text: &str) -> String {
    // U+202A–202E and U+2066–2069 turn the direction (Unicode UAX #9).
    let turns = |c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars()
        .map(|c| {
            if c.is_control() || turns(c) {
                '\u{fffd}'
            } else {
                c
            }
        })
        .collect()
}

/// Pads with spaces on the right, or cuts with an ellipsis.
pub(crate) fn left(text: &str, cells: usize) -> String {
    let text = cut(text, cells);
    let pad = cells.saturating_sub(width(&text));
    text + &" ".repeat(pad)
}

/// Pads with spaces on the left.
pub(crate) fn right(text: &str, cells: usize) -> String {
    " ".repeat(cells.saturating_sub(width(text))) + text
}

/// Cuts at the right with an ellipsis where the text is too wide.
pub(crate) fn cut(text: &str, cells: usize) -> String {
    if width(text) <= cells {
        return text.to_owned();
    }
    format!("{}…", fitting(text.chars(), cells.saturating_sub(1)))
}

/// Cuts at the left with an ellipsis: of a path, the end tells most.
pub(crate) fn cut_start(text: &str, cells: usize) -> String {
    if width(text) <= cells {
        return text.to_owned();
    }
    let end = fitting(text.chars().rev(), cells.saturating_sub(1));
    format!("…{}", end.chars().rev().collect::<String>())
}

fn fitting(chars: impl Iterator<Item = char>, cells: usize) -> String {
    let mut used = 0;
    chars
        .take_while(|c| {
            used += c.width().unwrap_or(0);
            used <= cells
        })
        .collect()
}

/// Breaks a text into lines of at most `cells` cells, at white space where there is some.
pub(crate) fn wrap(text: &str, cells: usize) -> Vec<String> {
    let cells = cells.max(1);
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && width(&line) + 1 + width(word) > cells {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        while width(&line) > cells {
            // A character wider than the line still has to go somewhere.
            let fits = fitting(line.chars(), cells).chars().count().max(1);
            lines.push(line.chars().take(fits).collect());
            line = line.chars().skip(fits).collect();
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// Returns how many of `cells` cells each part of a whole takes: the first part, the second,
/// the rest. Something is never shown as nothing, nor less than all as all.
pub(crate) fn bar(first: f64, second: f64, whole: f64, cells: usize) -> [usize; 3] {
    if whole <= 0.0 {
        return [0, 0, cells];
    }
    let share = |part: f64| {
        let exact = (part / whole * cells as f64).clamp(0.0, cells as f64);
        match exact.round() as usize {
            0 if part > 0.0 => 1,
            n if n == cells && part < whole => cells.saturating_sub(1),
            n => n,
        }
    };
    let one = share(first);
    let both = share(first + second)
        .max(one + usize::from(second > 0.0))
        .min(cells);
    [one, both.saturating_sub(one), cells.saturating_sub(both)]
}

/// Returns a number with at most `decimals` decimals, as the language writes it.
pub fn number(value: f64, decimals: usize, lang: Lang) -> String {
    let text = format!("{value:.decimals$}");
    let text = match text.as_str() {
        "-0" | "-0.0" => text.replace('-', ""),
        _ => text,
    };
    match lang {
        Lang::Id => text.replace('.', ","),
        Lang::En => text,
    }
}

/// Returns a maximum: decimals only where it has some.
pub(crate) fn whole_number(value: f64, lang: Lang) -> String {
    number(value, usize::from(value.fract().abs() > 0.001), lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_fits_its_cells() {
        assert_eq!(left("Perda", 7), "Perda  ");
        assert_eq!(left("Peraturan", 5), "Pera…");
        assert_eq!(right("1,5", 5), "  1,5");
        assert_eq!(cut_start("Klaster I/SK.pdf", 8), "…/SK.pdf");
        assert_eq!(left("文字", 5), "文字 ");
        assert_eq!(width(&cut("文字文字", 4)), 3);
    }

    #[test]
    fn lines_break_at_spaces_and_only_then_in_words() {
        assert_eq!(wrap("satu dua  tiga", 8), ["satu dua", "tiga"]);
        assert_eq!(wrap("a 1234567890", 4), ["a", "1234", "5678", "90"]);
        assert_eq!(wrap("", 4), Vec::<String>::new());
        for cells in 0..6 {
            let longest = wrap("文字 ab 文", cells).iter().map(|l| width(l)).max();
            assert!(longest.unwrap() <= cells.max(2));
        }
    }

    #[test]
    fn a_bar_never_lies() {
        for (first, second, whole, expected) in [
            (0.0, 0.0, 10.0, [0, 0, 10]),
            (0.01, 0.0, 10.0, [1, 0, 9]),
            (9.99, 0.0, 10.0, [9, 0, 1]),
            (10.0, 0.0, 10.0, [10, 0, 0]),
            (5.0, 0.1, 10.0, [5, 1, 4]),
            (5.0, 5.0, 10.0, [5, 5, 0]),
            (0.0, 0.0, 0.0, [0, 0, 10]),
        ] {
            assert_eq!(bar(first, second, whole, 10), expected, "{first} {second}");
        }
    }

    #[test]
    fn hostile_names_are_tamed() {
        assert_eq!(
            tame("a\u{1b}[2Jb\u{202e}c\n"),
            "a\u{fffd}[2Jb\u{fffd}c\u{fffd}"
        );
    }

    #[test]
    fn numbers_follow_the_language() {
        assert_eq!(number(12.25, 1, Lang::Id), "12,2");
        assert_eq!(number(12.25, 2, Lang::En), "12.25");
        assert_eq!(number(-0.001, 1, Lang::Id), "0,0");
        assert_eq!(whole_number(4.5, Lang::Id), "4,5");
        assert_eq!(whole_number(96.0, Lang::Id), "96");
    }
}
