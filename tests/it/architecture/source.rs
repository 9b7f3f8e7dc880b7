//! One source file as the guards see it: the tokens that ship, the paths they name, their texts.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::collections::BTreeMap;
use std::str::FromStr;

/// A file of `src/`, without its unit tests and comments.
pub struct Source {
    /// Its name below `src/`, with `/`.
    pub name: String,
    /// The module it is, from the crate down: `check/table.rs` and `check/table/mod.rs` are both
    /// `check`, `table`.
    pub module: Vec<String>,
    pub text: String,
    pub tokens: Vec<TokenTree>,
}

/// A path that code names, made absolute: its segments below the crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub segments: Vec<String>,
    /// What it is called here: its last segment, or another name after `as`.
    pub alias: String,
    /// Whether a `use` brings it in, and whether that only passes the name on: `pub use`.
    pub used: bool,
    pub passed_on: bool,
}

impl Source {
    pub fn new(name: &str, text: &str) -> Self {
        let stream =
            TokenStream::from_str(text).unwrap_or_else(|e| panic!("{name}: {e}"));
        let mut module: Vec<String> = name
            .trim_end_matches(".rs")
            .split('/')
            .map(Into::into)
            .collect();
        if module.last().is_some_and(|last| last == "mod") {
            module.pop();
        }
        Self {
            name: name.to_owned(),
            module,
            text: text.to_owned(),
            tokens: shipped(stream),
        }
    }

    /// The paths into the crate that the file names. `known` are modules that it may name by
    /// one word: those right below it, and those that a `use` brought in.
    pub fn paths(&self, known: &BTreeMap<String, Vec<String>>) -> Vec<Named> {
        let mut found = Vec::new();
        self.walk(&self.tokens, known, &mut found);
        found
    }

    fn walk(
        &self,
        tokens: &[TokenTree],
        known: &BTreeMap<String, Vec<String>>,
        found: &mut Vec<Named>,
    ) {
        let mut at = 0;
        while at < tokens.len() {
            match &tokens[at] {
                // `pub(in crate::a)` names nobody.
                TokenTree::Group(group)
                    if !(at > 0 && is_word(&tokens[at - 1], "pub")) =>
                {
                    let inside: Vec<_> = group.stream().into_iter().collect();
                    self.walk(&inside, known, found);
                    at += 1;
                }
                TokenTree::Ident(word) => {
                    let word = word.to_string();
                    let before = at.checked_sub(1).and_then(|at| tokens.get(at));
                    let follows =
                        before.is_some_and(|b| is_punct(b, ':') || is_punct(b, '.'));
                    let is_root = ["crate", "self", "super"].contains(&word.as_str());
                    let begins = is_root || known.contains_key(&word);
                    if follows || !begins || !is_path(&tokens[at + 1..]) {
                        at += 1;
                        continue;
                    }
                    let (trees, next) = tree(&tokens[at..]);
                    for (segments, alias) in trees {
                        let segments = match known.get(&word) {
                            Some(module) => Some([&module[..], &segments[1..]].concat()),
                            None => absolute(&self.module, &segments),
                        };
                        let last = || segments.as_ref()?.last().cloned();
                        let alias = alias.or_else(last).unwrap_or_default();
                        found.extend(segments.map(|segments| Named {
                            segments,
                            alias,
                            used: at > 0 && is_word(&tokens[at - 1], "use"),
                            passed_on: is_passed_on(&tokens[..at]),
                        }));
                    }
                    at += next;
                }
                TokenTree::Group(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => {
                    at += 1;
                }
            }
        }
    }

    /// How often a word stands in the file as a name.
    pub fn count(&self, word: &str) -> usize {
        fn count(tokens: impl Iterator<Item = TokenTree>, word: &str) -> usize {
            let one = |token| match token {
                TokenTree::Ident(ident) => usize::from(ident == word),
                TokenTree::Group(group) => count(group.stream().into_iter(), word),
                TokenTree::Punct(_) | TokenTree::Literal(_) => 0,
            };
            tokens.map(one).sum()
        }
        count(self.tokens.iter().cloned(), word)
    }

    /// The code as one text, without blanks and without what stands in quotes.
    pub fn code(&self) -> String {
        fn add(tokens: impl Iterator<Item = TokenTree>, code: &mut String) {
            for token in tokens {
                match token {
                    TokenTree::Group(group) => {
                        code.push(' ');
                        add(group.stream().into_iter(), code);
                        code.push(' ');
                    }
                    TokenTree::Literal(_) => code.push(' '),
                    TokenTree::Ident(_) | TokenTree::Punct(_) => {
                        code.push_str(&token.to_string());
                    }
                }
            }
        }
        let mut code = String::new();
        add(self.tokens.iter().cloned(), &mut code);
        code
    }

    /// The texts in the file that are not said in two languages: not an argument of `pick`, not
    /// an arm of a match on the language, not part of an attribute.
    pub fn texts(&self) -> Vec<String> {
        let mut found = Vec::new();
        texts(&self.tokens, &mut found);
        found
    }
}

/// Drops every item under `#[cfg(test)]` or `#[cfg(all(test, …))]`.
fn shipped(stream: TokenStream) -> Vec<TokenTree> {
    let tokens: Vec<TokenTree> = stream.into_iter().collect();
    let mut kept = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if is_test(&tokens[at..]) {
            at += 2;
            // Further attributes belong to the same item, which ends with a block or a `;`.
            while at < tokens.len() {
                let ends = is_punct(&tokens[at], ';')
                    || matches!(&tokens[at], TokenTree::Group(group)
                        if group.delimiter() == Delimiter::Brace);
                at += 1;
                if ends {
                    break;
                }
            }
            continue;
        }
        kept.push(match &tokens[at] {
            TokenTree::Group(group) => {
                let inside = shipped(group.stream()).into_iter().collect();
                TokenTree::Group(proc_macro2::Group::new(group.delimiter(), inside))
            }
            other => other.clone(),
        });
        at += 1;
    }
    kept
}

fn is_test(tokens: &[TokenTree]) -> bool {
    matches!(tokens, [hash, TokenTree::Group(group), ..]
    if is_punct(hash, '#') && {
        let attribute = group.stream().to_string().replace(' ', "");
        attribute == "cfg(test)" || attribute.starts_with("cfg(all(test,")
    })
}

pub(super) fn is_punct(token: &TokenTree, punct: char) -> bool {
    matches!(token, TokenTree::Punct(found) if found.as_char() == punct)
}

pub(super) fn is_word(token: &TokenTree, word: &str) -> bool {
    matches!(token, TokenTree::Ident(ident) if ident == word)
}

/// Whether `::` comes next.
fn is_path(tokens: &[TokenTree]) -> bool {
    matches!(tokens, [a, b, ..] if is_punct(a, ':') && is_punct(b, ':'))
}

/// Whether what comes next is used under `pub`, `pub(crate)` or `pub(super)`.
fn is_passed_on(before: &[TokenTree]) -> bool {
    match before {
        [.., public, used] if is_word(used, "use") && is_word(public, "pub") => true,
        [.., public, TokenTree::Group(_), used] => {
            is_word(used, "use") && is_word(public, "pub")
        }
        _ => false,
    }
}

/// A path, and what it is called after `as`.
type Renamed = (Vec<String>, Option<String>);

/// Takes a path, or the tree of a `use`, from the front: its paths, each with the name after
/// `as`, and how many tokens it took.
fn tree(tokens: &[TokenTree]) -> (Vec<Renamed>, usize) {
    let mut path = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        match token {
            TokenTree::Ident(word) => path.push(word.to_string()),
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                let inside: Vec<_> = group.stream().into_iter().collect();
                let parts = inside.split(|token| is_punct(token, ','));
                let below = parts
                    .filter(|part| !part.is_empty())
                    .flat_map(|part| tree(part).0);
                let joined = below.map(|(below, alias)| {
                    let mut path = [path.clone(), below].concat();
                    // `use a::{self, b}` names `a`.
                    path.retain(|word| word != "self");
                    (path, alias)
                });
                return (joined.collect(), at + 1);
            }
            TokenTree::Punct(_) if is_punct(token, '*') => path.push("*".to_owned()),
            _ => break,
        }
        at += 1;
        match is_path(tokens.get(at..).unwrap_or_default()) {
            true => at += 2,
            false => break,
        }
    }
    let alias = match tokens.get(at..) {
        Some([word, TokenTree::Ident(name), ..]) if is_word(word, "as") => {
            at += 2;
            Some(name.to_string())
        }
        _ => None,
    };
    (vec![(path, alias)], at.max(1))
}

/// Makes a path absolute, seen from a module; `None` where it leads out of the crate.
fn absolute(here: &[String], segments: &[String]) -> Option<Vec<String>> {
    let mut base = here.to_vec();
    let mut rest = segments;
    match segments.first()?.as_str() {
        "crate" => {
            base.clear();
            rest = &rest[1..];
        }
        "self" => rest = &rest[1..],
        "super" => {
            while rest.first().is_some_and(|word| word == "super") {
                base.pop()?;
                rest = &rest[1..];
            }
        }
        _ => {}
    }
    base.extend(rest.iter().filter(|word| *word != "self").cloned());
    Some(base)
}

fn texts(tokens: &[TokenTree], found: &mut Vec<String>) {
    let mut at = 0;
    while at < tokens.len() {
        let before = |back: usize| at.checked_sub(back).and_then(|at| tokens.get(at));
        match &tokens[at] {
            TokenTree::Literal(literal) => {
                let text = literal.to_string();
                if text.contains('"') {
                    found.push(text);
                }
            }
            TokenTree::Group(group) => {
                let is_attribute = before(1).is_some_and(|token| is_punct(token, '#'))
                    || before(2).is_some_and(|token| is_punct(token, '#'))
                        && before(1).is_some_and(|token| is_punct(token, '!'));
                let is_pick = matches!(before(1), Some(TokenTree::Ident(word)) if word == "pick" || word == "noun");
                if !is_attribute && !is_pick {
                    let inside: Vec<_> = group.stream().into_iter().collect();
                    texts(&inside, found);
                }
            }
            TokenTree::Ident(word) if is_language(word, &tokens[at + 1..]) => {
                // `Lang::Id => …,`: up to the end of the arm.
                while at < tokens.len() && !is_punct(&tokens[at], ',') {
                    let is_block = matches!(&tokens[at], TokenTree::Group(group)
                        if group.delimiter() == Delimiter::Brace);
                    if is_block {
                        break;
                    }
                    at += 1;
                }
            }
            TokenTree::Ident(_) | TokenTree::Punct(_) => {}
        }
        at += 1;
    }
}

/// Whether an arm for one language begins: `Lang::Id =>`.
fn is_language(word: &proc_macro2::Ident, next: &[TokenTree]) -> bool {
    word == "Lang"
        && matches!(next, [a, b, TokenTree::Ident(_), equals, more, ..]
            if is_punct(a, ':') && is_punct(b, ':')
                && is_punct(equals, '=') && is_punct(more, '>'))
}
