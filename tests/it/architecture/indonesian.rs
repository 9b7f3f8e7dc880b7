//! Indonesian words in code: which texts of a file hold a word of the data, though they are said
//! to nobody.
//!
//! A text is said to a person, and may hold any word, where it
//! * has more than four words: it is a sentence;
//! * stands beside its translation: an argument of `pick`, an arm of a match on `Lang`, the field
//!   `id` before a field `en`, or the first of two texts (or two brackets of texts) side by side
//!   in brackets, of which the second has no word of the data
//!   (`hint("jalankan lagi", "run it again")`).
//!
//! All else is a name, a key or a pattern, and a word in it is a word that code knows.

use super::all_sources;
use super::source::{Source, is_punct, is_word};
use crate::support::repository;
use proc_macro2::{Delimiter, TokenTree};
use serde_json::Value;
use std::{collections::BTreeSet, fs};

/// Words from which a text is a sentence.
const SENTENCE: usize = 5;

/// Keys below which the data has names for programs or English, not words of paper.
const NOT_WORDS: [&str; 10] = [
    "$schema", "as", "at", "class", "en", "kind", "label", "level", "levels", "role",
];

/// Words that English or code has as well; `ind` is the language's code, too.
const BOTH: [&str; 23] = [
    "april",
    "at",
    "center",
    "certificate",
    "data",
    "draft",
    "email",
    "http",
    "https",
    "ind",
    "long",
    "media",
    "name",
    "no",
    "november",
    "number",
    "of",
    "scan",
    "search",
    "september",
    "th",
    "to",
    "www",
];

/// The words of the data, in lower case.
struct Words(BTreeSet<String>);

impl Words {
    /// Takes the words of data files; of kinds of document their names and signs.
    fn new(words: &Value, doctypes: &Value) -> Self {
        let mut found = BTreeSet::new();
        collect(words, &mut found);
        for part in ["grammar", "pictures"] {
            collect(&doctypes[part], &mut found);
        }
        for kind in doctypes["kinds"].as_array().into_iter().flatten() {
            collect(&kind["name"], &mut found);
            collect(&kind["signs"], &mut found);
        }
        found.retain(|word| word.len() > 1 && !BOTH.contains(&word.as_str()));
        Self(found)
    }

    /// Returns the texts of code that hold a word and are said to nobody.
    fn hits(&self, tokens: &[TokenTree]) -> Vec<String> {
        let mut found = Vec::new();
        self.walk(tokens, &mut found);
        found
    }

    fn walk(&self, tokens: &[TokenTree], found: &mut Vec<String>) {
        // Where the pattern of an arm begins, should one follow.
        let mut pattern = 0;
        let mut at = 0;
        while at < tokens.len() {
            if is_arrow(&tokens[at..]) && names_language(&tokens[pattern..at]) {
                at += 2 + arm(&tokens[at + 2..]);
                pattern = at;
                continue;
            }
            if let Some(next) = bilingual(&tokens[at..]) {
                at += next;
                continue;
            }
            match &tokens[at] {
                TokenTree::Literal(literal) => {
                    let text = literal.to_string();
                    found.extend(self.is_hit(&text).then_some(text));
                }
                TokenTree::Group(group) if !is_spared(&tokens[..at]) => {
                    let inside: Vec<_> = group.stream().into_iter().collect();
                    match group.delimiter() {
                        Delimiter::Parenthesis => self.walk_list(&inside, found),
                        _ => self.walk(&inside, found),
                    }
                    if group.delimiter() == Delimiter::Brace {
                        pattern = at + 1;
                    }
                }
                token if is_punct(token, ',') => pattern = at + 1,
                _ => {}
            }
            at += 1;
        }
    }

    /// Walks what stands in brackets, without pairs of texts of which the second is English.
    fn walk_list(&self, tokens: &[TokenTree], found: &mut Vec<String>) {
        let items: Vec<&[TokenTree]> = tokens.split(|t| is_punct(t, ',')).collect();
        let mut at = 0;
        while at < items.len() {
            let second = items.get(at + 1).filter(|item| is_text(item));
            let is_pair = is_text(items[at])
                && second.is_some_and(|item| {
                    let mut hits = Vec::new();
                    self.walk(item, &mut hits);
                    hits.is_empty()
                });
            if is_pair {
                at += 2;
                continue;
            }
            self.walk(items[at], found);
            at += 1;
        }
    }

    /// Whether a literal holds a word and is no sentence.
    fn is_hit(&self, literal: &str) -> bool {
        let Some((_, text)) = literal.split_once('"') else {
            return false;
        };
        let text = plain(text);
        // `signature.ttd`, `as_of`: names, of which a word is only a part.
        let mut words = text
            .split(|c: char| !c.is_alphanumeric() && !"_.".contains(c))
            .map(|word| word.trim_matches('.').to_lowercase());
        text.split_whitespace().count() < SENTENCE
            && words.any(|word| self.0.contains(&word))
    }
}

/// Adds the words of all texts in data.
fn collect(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => {
            let words = text.split(|c: char| !c.is_alphabetic());
            found.extend(words.map(str::to_lowercase));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        Value::Object(fields) => {
            let words = fields
                .iter()
                .filter(|(key, _)| !NOT_WORDS.contains(&key.as_str()));
            words.for_each(|(_, value)| collect(value, found));
        }
        _ => {}
    }
}

/// A text without escapes (`\n`, `\b`) and without places for values (`{name}`).
fn plain(text: &str) -> String {
    let mut plain = String::new();
    let (mut is_escape, mut is_place) = (false, false);
    for c in text.chars() {
        let is_shown = !is_escape && !is_place && c != '\\' && c != '{';
        plain.push(if is_shown { c } else { ' ' });
        is_place = (is_place || c == '{') && c != '}';
        is_escape = c == '\\' && !is_escape;
    }
    plain
}

/// Whether the group after these tokens is an attribute or what `pick` takes.
fn is_spared(before: &[TokenTree]) -> bool {
    match before {
        [.., last] if is_punct(last, '#') || is_word(last, "pick") => true,
        [.., hash, mark] => is_punct(hash, '#') && is_punct(mark, '!'),
        _ => false,
    }
}

/// Whether `=>` comes next.
fn is_arrow(tokens: &[TokenTree]) -> bool {
    matches!(tokens, [a, b, ..] if is_punct(a, '=') && is_punct(b, '>'))
}

/// Whether a pattern is about the language: `Lang::Id`, `(Some(page), Lang::Id)`.
fn names_language(pattern: &[TokenTree]) -> bool {
    pattern.iter().any(|token| match token {
        TokenTree::Group(group) => {
            let inside: Vec<_> = group.stream().into_iter().collect();
            names_language(&inside)
        }
        token => is_word(token, "Lang"),
    })
}

/// How many tokens an arm has after its arrow: a block, or all up to the comma.
fn arm(tokens: &[TokenTree]) -> usize {
    let is_block = matches!(tokens.first(), Some(TokenTree::Group(group))
        if group.delimiter() == Delimiter::Brace);
    let comma = tokens.iter().position(|token| is_punct(token, ','));
    match (is_block, comma) {
        (true, _) => 1,
        (false, Some(comma)) => comma + 1,
        (false, None) => tokens.len(),
    }
}

/// The tokens before the field `en` of a value with both languages, if one begins here:
/// `id: …, en: …`.
fn bilingual(tokens: &[TokenTree]) -> Option<usize> {
    let is_field = |tokens: &[TokenTree], name: &str| {
        matches!(tokens, [field, colon, next, ..]
            if is_word(field, name) && is_punct(colon, ':') && !is_punct(next, ':'))
    };
    let comma = tokens.iter().position(|token| is_punct(token, ','))?;
    let is_both = is_field(tokens, "id") && is_field(&tokens[comma + 1..], "en");
    is_both.then_some(comma + 1)
}

/// Whether an item of a list is a text: a literal or `format!(…)`, whatever is done to it, or
/// several of them in brackets.
fn is_text(item: &[TokenTree]) -> bool {
    match item {
        [first, rest @ ..] if is_punct(first, '&') => is_text(rest),
        [TokenTree::Group(group)] if group.delimiter() == Delimiter::Parenthesis => {
            let inside: Vec<_> = group.stream().into_iter().collect();
            let mut items = inside.split(|token| is_punct(token, ','));
            !inside.is_empty() && items.all(|item| item.is_empty() || is_text(item))
        }
        [TokenTree::Literal(literal), ..] => literal.to_string().contains('"'),
        [name, mark, TokenTree::Group(_), ..] => {
            is_word(name, "format") && is_punct(mark, '!')
        }
        _ => false,
    }
}

/// Indonesian that is written on purpose: where, which text (all, where empty), and why.
const WRITTEN: [(&str, &str, &str); 11] = [
    (
        "app/cause.rs",
        "",
        "what the system says, put into Indonesian; in English its own words stand",
    ),
    ("cli/help/", "", "help, beside the English of `cli/args`"),
    ("cli/args/", "", "examples in help"),
    (
        "cli/mod.rs",
        "",
        "what clap says in English, said in Indonesian",
    ),
    (
        "report/handover/",
        "",
        "names in a package, which is in Indonesian for all",
    ),
    ("app/custody/export.rs", "cap-waktu", "a file in a package"),
    (
        "app/judgement/letter.rs",
        "Surat {}",
        "a letter's file, for an office",
    ),
    ("app/demo.rs", "abupaten", "the made-up government"),
    ("report/html/", "rincian", "an anchor that links may hold"),
    (
        "report/letter/mod.rs",
        "NIP ",
        "the number below a signature",
    ),
    (
        "classify/signature/judge.rs",
        "ttd",
        "a state's name in output",
    ),
];

fn words_of_data() -> Words {
    let data = |name: &str| {
        let text = fs::read_to_string(repository("schema").join(name)).unwrap();
        serde_json::from_str(&text).unwrap()
    };
    Words::new(&data("words.json"), &data("doctypes.json"))
}

#[test]
fn no_indonesian_word_is_spelled_in_code() {
    let words = words_of_data();
    assert!(words.0.len() > 700, "{} words", words.0.len());
    let mut spelled = Vec::new();
    for source in all_sources() {
        for hit in words.hits(&source.tokens) {
            let is_written = WRITTEN.iter().any(|(file, text, _)| {
                source.name.starts_with(file) && hit.contains(text)
            });
            if !is_written {
                spelled.push(format!("{}: {hit}", source.name));
            }
        }
    }
    assert!(spelled.is_empty(), "{}", spelled.join("\n"));
}

#[test]
fn the_guard_of_words_bites() {
    let words = words_of_data();
    for (code, expected) in [
        // What code must not know.
        (r#"const MARKS: [&str; 2] = ["perihal", "subject"];"#, 1),
        (r#"fn f(w: &str) -> bool { w == "HALAMAN" }"#, 1),
        (r#"fn f() { Regex::new(r"(?i)\bnomor\s*(\d+)") }"#, 1),
        (r#"fn f(n: u8) -> String { format!("Nomor {n}") }"#, 1),
        (r#"fn f() { text.starts_with(b"LAMPIRAN") }"#, 1),
        (
            r#"fn f() { match word { "dinas" | "badan" => true, _ => false } }"#,
            2,
        ),
        (
            r#"fn f() { match x { Lang::Id => "ya", _ => "no" } == "bupati" }"#,
            1,
        ),
        (r#"const A: [(&str, &str); 1] = [("januari", "bulan")];"#, 2),
        (r#"const A: [&str; 2] = ["januari", "month"];"#, 1),
        (
            r#"#[cfg(test)] mod tests { fn t() {} } const A: &str = "maret";"#,
            1,
        ),
        // What is said to people, and names.
        (r#"fn f(l: Lang) { l.pick("tahun", "tahun") }"#, 0),
        (
            r#"fn f() { match l { Lang::Id => "tahun", Lang::En => "year" } }"#,
            0,
        ),
        (
            r#"fn f() { match x { (Some(n), Lang::Id) => format!("halaman {n}"), _ => n } }"#,
            0,
        ),
        (
            r#"fn f() { e.hint("periksa nomor", "check the number") }"#,
            0,
        ),
        (
            r#"fn f() { E::new(K, format!("tahun {y}"), format!("year {y}")) }"#,
            0,
        ),
        (
            r#"fn f() { pair(("nomor", "tulis"), ("number", "write it")) }"#,
            0,
        ),
        (r#"const A: B = B { id: "surat", en: "letter" };"#, 0),
        (r#"const A: &str = "surat ini tidak memuat nomor";"#, 0),
        (r#"const A: &str = "signature.ttd"; // tahun"#, 0),
        (
            r#"#[doc = "tahun"] #[cfg(test)] mod t { const A: &str = "tahun"; }"#,
            0,
        ),
    ] {
        let hits = words.hits(&Source::new("check/a.rs", code).tokens);
        assert_eq!(hits.len(), expected, "{code}: {hits:?}");
    }
}
