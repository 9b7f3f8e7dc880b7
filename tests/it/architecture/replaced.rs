//! Invented words that were replaced by words of the field must not come back as names in `src/`.

use super::{all_sources, source::Source};
use proc_macro2::TokenTree;
use std::collections::BTreeSet;

/// A word that was replaced.
struct Replaced {
    /// The word, in lower case.
    word: &'static str,
    /// Where it counts.
    place: Place,
    /// The words to use.
    instead: &'static str,
}

/// Which names a replaced word is looked for in.
#[derive(Clone, Copy)]
enum Place {
    /// Any part of any name: `tray` also in `TrayOf` and `put_tray`.
    Part,
    /// A whole name, in files whose path begins so; an empty path means everywhere.
    Name(&'static str),
    /// The name of a function, in files whose path begins so.
    Function(&'static str),
    /// The name of a module.
    Module,
}

use Place::{Function, Module, Name, Part};

const fn replaced(word: &'static str, place: Place, instead: &'static str) -> Replaced {
    Replaced {
        word,
        place,
        instead,
    }
}

const REPLACED: &[Replaced] = &[
    // Near-duplicates.
    replaced("photoprint", Name(""), "PhotoFingerprint"),
    replaced("textprint", Name(""), "TextFingerprint"),
    replaced("print", Name("near_duplicate/"), "fingerprint"),
    replaced("prints", Name("near_duplicate/"), "fingerprints"),
    replaced("print", Name("model/"), "fingerprint"),
    replaced("sketch", Module, "text_fingerprint (a MinHash sketch)"),
    replaced("waves", Part, "pHash"),
    replaced("slopes", Name("near_duplicate/"), "dHash"),
    replaced("lean", Part, "orientation, skew"),
    replaced("broad", Module, "global_hash"),
    replaced("pairs", Name("model/page/"), "descriptor"),
    replaced("likeness", Module, "near_duplicate"),
    replaced("likeness", Function(""), "similarity, correlation"),
    replaced("alike", Module, "near_duplicates"),
    replaced("alike", Function(""), "near_duplicates, word_overlap"),
    // OCR.
    replaced("ring", Module, "circle (circular Hough transform)"),
    replaced("votes", Part, "accumulator, shared keys"),
    // Check.
    replaced("tray", Part, "top-k evidence: TopEvidence"),
    replaced("said", Name("check/"), "rulings"),
    replaced("whole", Name("check/"), "question case: QuestionCase"),
    replaced(
        "sort",
        Name("check/case.rs"),
        "evidence class: EvidenceClass",
    ),
    // The worker and the due queue.
    replaced("seat", Part, "worker client: WorkerClient"),
    replaced("door", Part, "protocol"),
    replaced("patient", Part, "timeout"),
    replaced("patience", Part, "timeout"),
    replaced("glance", Part, "poll interval"),
    replaced("line_up", Name(""), "enqueue_due"),
    replaced("in_line", Name(""), "due_count"),
    replaced("join_line", Name(""), "enqueue"),
    replaced("next_in_line", Name(""), "next_due"),
    // Use cases.
    replaced("given", Module, "user_files"),
    replaced("away", Part, "unreachable"),
    replaced("again", Module, "re_recognise"),
    replaced("complete", Module, "remaining_pages"),
    replaced("originals", Part, "content source"),
    replaced("copies", Module, "access_copies"),
    replaced("smaller", Module, "access_copy"),
    replaced("settle", Module, "effective_links"),
    replaced("settled", Name("app/"), "effective links: EffectiveLinks"),
    replaced("settle", Function("app/"), "what it does"),
    replaced("settle", Function("extract/"), "what it does"),
    replaced("bereft", Part, "questions without evidence"),
    replaced("lift", Name("model/evidence/mod.rs"), "cheapest path"),
    replaced("fall", Part, "past drop"),
    // Linking and recognising.
    replaced("witness", Part, "path hint, filing evidence"),
    replaced("hear", Part, "read"),
    replaced("plan", Name("link/"), "compiled framework"),
    replaced("asked", Name("link/"), "compiled question"),
    replaced("shown", Name("link/"), "compiled …"),
    replaced("says", Name("link/"), "compiled …"),
    replaced("against", Name("link/"), "negative phrase"),
    replaced("trap", Part, "negative phrase"),
    replaced("snare", Part, "negative hit"),
    replaced("hush", Part, "negative phrase"),
    replaced("loud", Part, "prominent evidence"),
    replaced("soft", Name("link/"), "body evidence"),
    replaced("focus", Part, "specificity"),
    replaced("lend", Part, "propagate"),
    replaced("lent", Part, "propagated"),
    replaced("borrow", Function(""), "propagate"),
    replaced("lack", Part, "completeness, missing part"),
    replaced("settle", Function("link/"), "apply decisions"),
];

/// Rooms in which a function is not named by a verb that says nothing: `told`, `of`.
const ROOMS: [&str; 16] = [
    "access_copy/",
    "app/",
    "check/",
    "classify/",
    "cli/",
    "extract/",
    "fixity/",
    "framework/",
    "imaging/",
    "io/",
    "lexicon/",
    "link/",
    "model/",
    "near_duplicate/",
    "ocr/",
    "report/",
];

/// Names that do not say what a function returns.
const MUTE: [&str; 6] = ["told", "said", "one", "many", "of", "on"];

/// Names that stay: the word, the folder, the reason.
const STAY: &[(&str, &str, &str)] = &[
    (
        "print",
        "model/page/",
        "ink printed on paper, compared with handwriting",
    ),
    ("witness", "classify/signature/", "who signs as a witness"),
    ("witness", "lexicon/signing.rs", "who signs as a witness"),
    (
        "borrow",
        "model/id.rs",
        "the function of std's trait `Borrow`",
    ),
    (
        "asked",
        "link/",
        "weighed for the question that is asked, beside what is weighed for its indicator",
    ),
];

/// Returns the parts of a name in lower case: `PhotoPrint` is `photo`, `print`.
fn parts(name: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut was_lower = false;
    for letter in name.chars() {
        if letter == '_' || (letter.is_uppercase() && was_lower) {
            parts.push(String::new());
        }
        was_lower = letter.is_lowercase();
        let last = parts.last_mut().unwrap();
        last.extend(letter.to_lowercase().filter(|c| *c != '_'));
    }
    parts
}

/// Returns each name of a file with the name before it: `fn`, `mod`, or nothing.
fn names(source: &Source) -> BTreeSet<(String, String)> {
    fn walk(
        tokens: impl Iterator<Item = TokenTree>,
        found: &mut BTreeSet<(String, String)>,
    ) {
        let mut before = String::new();
        for token in tokens {
            match token {
                TokenTree::Ident(name) => {
                    let name = name.to_string();
                    found.insert((before, name.clone()));
                    before = name;
                }
                TokenTree::Group(group) => {
                    walk(group.stream().into_iter(), found);
                    before = String::new();
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => before = String::new(),
            }
        }
    }
    let mut found = BTreeSet::new();
    walk(source.tokens.iter().cloned(), &mut found);
    found
}

/// Returns the replaced words that stand as names in a file.
fn returned<'a>(
    source: &Source,
    words: impl Iterator<Item = &'a Replaced>,
) -> Vec<String> {
    let names = names(source);
    let stays = |name: &str| {
        let here = |(word, folder, _): &&(&str, &str, &str)| {
            *word == name.to_lowercase() && source.name.starts_with(folder)
        };
        STAY.iter().any(|stay| here(&stay))
    };
    let mut found = Vec::new();
    for replaced in words {
        let is_word = |name: &str| name.to_lowercase() == replaced.word;
        for (before, name) in &names {
            let is_it = match replaced.place {
                Part => parts(name).iter().any(|part| part == replaced.word),
                Name(folder) => source.name.starts_with(folder) && is_word(name),
                Function(folder) => {
                    source.name.starts_with(folder) && before == "fn" && is_word(name)
                }
                Module => before == "mod" && is_word(name),
            };
            if is_it && !stays(name) {
                let instead = replaced.instead;
                found.push(format!("{}: `{name}`, better: {instead}", source.name));
            }
        }
    }
    if ROOMS.iter().any(|room| source.name.starts_with(room)) {
        for (_, name) in names
            .iter()
            .filter(|(before, name)| before == "fn" && MUTE.contains(&name.as_str()))
        {
            found.push(format!(
                "{}: `fn {name}`, better: what it returns",
                source.name
            ));
        }
    }
    found.sort();
    found.dedup();
    found
}

#[test]
fn no_replaced_word_comes_back() {
    let found: Vec<String> = all_sources()
        .iter()
        .flat_map(|source| returned(source, REPLACED.iter()))
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_guard_of_words_bites() {
    for (name, text, expected) in [
        ("check/judge.rs", "struct Tray; fn put_tray(_: Tray) {}", 2),
        ("check/judge.rs", "struct TopEvidence; // Tray", 0),
        ("check/judge.rs", "fn f() -> &'static str { \"tray\" }", 0),
        ("app/mod.rs", "pub mod given; fn f(given: u8) {}", 1),
        ("app/a.rs", "fn of() {} fn told() {} fn f(of: u8) {}", 2),
        ("app/a.rs", "enum File { OutOfReach } fn is_away() {}", 1),
        ("link/a.rs", "struct Snare; fn hear_code() {}", 2),
        ("near_duplicate/a.rs", "fn print(p: PhotoPrint) {}", 2),
        ("cli/a.rs", "fn print() {}", 0),
        ("model/page/reading.rs", "fn f(print: f32) {}", 0),
    ] {
        let source = Source::new(name, text);
        let found = returned(&source, REPLACED.iter());
        assert_eq!(found.len(), expected, "{name}: {text}: {found:?}");
    }
}
