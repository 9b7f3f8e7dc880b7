//! A part of a number between strokes: its forms, and how a part of no such form is told.

/// The republic's first laws are of 1945.
pub(crate) const YEARS: std::ops::RangeInclusive<i16> = 1945..=2099;

/// Running numbers have at most so many figures: `0001912` is one on a radiogram.
pub(super) const RUNNING: usize = 7;

/// A longer part is several whose stroke was not read; region codes of villages have 13.
pub(super) const LONGEST: usize = 26;

/// What a part between strokes is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Classification,
    Running,
    Office,
    Region,
    Month,
    Year,
}

/// Drops what of the next words is glued to the year: `…/12/202416` before `Desember 2024`.
pub(super) fn cut_year(text: &str) -> String {
    let (head, last) = text.rsplit_once('/').unwrap_or(("", text));
    let year = last.get(..4).filter(|year| is_year(year));
    let rest = last.get(4..).unwrap_or_default();
    let is_day = matches!(rest.len(), 1 | 2) && rest.bytes().all(|b| b.is_ascii_digit());
    match year.filter(|_| is_day && !head.is_empty()) {
        Some(year) => format!("{head}/{year}"),
        None => text.to_owned(),
    }
}

/// Returns what a part is by its form.
pub(crate) fn part(text: &str) -> Option<Part> {
    let text = text.trim_matches(['.', '-', '–', ',', ':']);
    let digits =
        |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    if is_year(text) {
        return Some(Part::Year);
    }
    if digits(text) {
        return (text.len() <= RUNNING && !hides_stroke(text)).then_some(Part::Running);
    }
    let groups: Vec<&str> = text.split(['.', '-', '–']).collect();
    if groups.iter().all(|group| digits(group)) {
        let in_twos = groups.iter().all(|group| group.len() == 2);
        let fits = groups.iter().all(|group| group.len() <= 5);
        return match (in_twos && groups.len() >= 2, fits) {
            (true, _) => Some(Part::Region),
            (_, true) => Some(Part::Classification),
            _ => None,
        };
    }
    if is_roman_month(text) {
        return Some(Part::Month);
    }
    if matches!(text, "l" | "i" | "ll" | "li" | "il") {
        return None; // Roman figures, misread
    }
    mixed(&groups)
}

/// Reads a part with letters: groups between points and hyphens, each all letters or all
/// figures, or figures with one letter behind them.
pub(super) fn mixed(groups: &[&str]) -> Option<Part> {
    let mut has_word = false;
    for group in groups {
        let words: Vec<&str> = group
            .split(['&', '(', ')', '+', '\'', '’'])
            .filter(|word| !word.is_empty())
            .collect();
        for word in words {
            let letters = word.chars().filter(|c| c.is_alphabetic()).count();
            let leading = word.chars().take_while(|c| c.is_alphabetic()).count();
            let all = word.chars().count();
            let figures = word.chars().filter(char::is_ascii_digit).count();
            if letters + figures != all {
                return None;
            }
            let cased = is_cased(word);
            let is_word = figures == 0 && cased;
            // `DP3A`, `DP3AP2KB`: a figure for a letter that is doubled or tripled.
            let is_shortened = leading > 0
                && leading < letters
                && (1..=2).contains(&figures)
                && word
                    .chars()
                    .all(|c| c.is_alphabetic() || c == '2' || c == '3')
                && letters > figures
                && ends_upper(word)
                && cased;
            let is_suffixed = letters == 1
                && figures <= 5
                && word.ends_with(char::is_alphabetic)
                // `42L` is 426 or 421, misread; offices go on with A, B, C.
                && !word.ends_with(['L', 'I', 'l', 'O', 'o', 'S', 'Z', 'T', 'i', 'g'])
                && !is_year(&figure_by_figure(word));
            let is_numbered = leading == letters
                && (1..=4).contains(&letters)
                && (1..=3).contains(&figures)
                && cased
                // `l84` is 184 or 784, misread; offices have `M3`, `P2`.
                && !(letters == 1 && word.starts_with(|c| "IOlioszgqb|".contains(c)));
            if !(is_word || figures == all || is_shortened || is_suffixed || is_numbered)
            {
                return None;
            }
            has_word |= letters > 0;
        }
    }
    let first = groups.first().copied().unwrap_or_default();
    if let [class, two] = groups
        && class.len() == 3
        && class.bytes().all(|b| b.is_ascii_digit())
        && two.len() == 2
        && two.bytes().all(|b| b.is_ascii_alphanumeric())
    {
        return None; // `188.As`, `188.A5` are `188.45`
    }
    let is_running = first.bytes().all(|b| b.is_ascii_digit()) && groups.len() <= 2;
    match (has_word, is_running) {
        (true, false) => Some(Part::Office),
        _ => Some(Part::Running),
    }
}

/// Tells whether a word is set as words are: capitals only, small letters only, or a capital
/// first (`BKPSDM`, `kdh`, `Hukum`); of two words joined, each (`SekDa`). `DINSoS` is misread.
pub(super) fn is_cased(word: &str) -> bool {
    let letters = || word.chars().filter(|c| c.is_alphabetic());
    let upper = letters().filter(|c| c.is_uppercase()).count();
    let all = letters().count();
    let first = letters().next().is_some_and(char::is_uppercase);
    upper == 0
        || upper == all
        || first && (upper == 1 || upper == 2 && all > 3 && !ends_upper(word))
}

pub(super) fn ends_upper(word: &str) -> bool {
    word.chars().last().is_some_and(char::is_uppercase)
}

pub(super) fn is_year(text: &str) -> bool {
    text.len() == 4 && text.parse().is_ok_and(|year: i16| YEARS.contains(&year))
}

/// Tells whether a stroke may have been read as a 1 before a year: `12020`, `2512020`.
pub(super) fn hides_stroke(text: &str) -> bool {
    let cut = text.len().saturating_sub(5);
    text.get(cut..).is_some_and(|tail| {
        tail.len() == 5
            && tail.starts_with(['1', '7'])
            && is_year(tail.get(1..).unwrap_or(""))
    })
}

pub(super) fn is_roman_month(text: &str) -> bool {
    const ROMAN: [&str; 12] = [
        "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII",
    ];
    ROMAN.contains(&text)
}

/// Returns a word with the likeliest figure for each letter.
pub(super) fn figure_by_figure(word: &str) -> String {
    let likeliest = |c: char| as_figures(c).first().copied().unwrap_or(c);
    word.chars().map(likeliest).collect()
}

/// Returns the figures that a letter may be, the likeliest first.
pub(super) fn as_figures(c: char) -> Vec<char> {
    match c {
        'O' | 'o' | 'D' | 'Q' | 'C' => vec!['0'],
        'I' | 'l' | 'i' | '|' => vec!['1'],
        'Z' | 'z' => vec!['2'],
        'A' => vec!['4'],
        'S' | 's' => vec!['5', '8'],
        'b' | 'G' => vec!['6'],
        'T' => vec!['7'],
        'B' => vec!['8', '3'],
        'g' | 'q' => vec!['9'],
        'L' => vec!['6', '1', '4'],
        _ => vec![c],
    }
}
