//! Every page there is, found by following links as a person could: a page that somebody adds is
//! looked at without being named here.

use super::serving::Serving;
use regex::Regex;
use std::collections::{BTreeMap, VecDeque};

/// How many pages of one kind are looked at: a question with evidence and one without, say.
const OF_A_KIND: usize = 3;

/// Pages that no link leads to, in a state of their own.
const BESIDE: [&str; 7] = [
    "/documents?words=rokok",
    "/documents?words=zzzqqq",
    "/questions?state=weak",
    "/questions?words=zzzqqq",
    "/decide?skip=100000",
    "/tidak/ada",
    "/questions/KLA24-99-Q9",
];

/// Returns the paths of the pages, a few of each kind.
pub fn pages(serving: &Serving, cookies: &str) -> Vec<String> {
    let link = Regex::new(r#"\shref="([^"]*)""#).unwrap();
    let mut due: VecDeque<String> = VecDeque::from(["/".to_owned()]);
    due.extend(BESIDE.map(str::to_owned));
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut seen = due.clone();
    let mut pages = Vec::new();
    while let Some(path) = due.pop_front() {
        let is_beside = BESIDE.contains(&path.as_str());
        let count = counts.entry(kind(&path)).or_default();
        if *count == OF_A_KIND && !is_beside {
            continue;
        }
        let answer = serving.ask("GET", &path, &[format!("Cookie: {cookies}")], "");
        if !answer.header("content-type").starts_with("text/html") {
            continue;
        }
        // A file that is handed out may lie where this machine does not reach.
        let is_file = path.contains("/files/");
        assert!(
            answer.status < 500 && (answer.status == 200 || is_beside || is_file),
            "{path}, which a page leads to, answers {}: {}",
            answer.status,
            answer.text()
        );
        if is_file {
            continue;
        }
        *count += 1;
        let text = answer.text();
        for link in link.captures_iter(&text) {
            let to = link[1].replace("&amp;", "&");
            let to = to.split('#').next().unwrap().to_owned();
            if to.starts_with('/') && !seen.contains(&to) {
                seen.push_back(to.clone());
                due.push_back(to);
            }
        }
        pages.push(path);
    }
    pages
}

/// Returns what pages of one kind have in common: the path without names and numbers, and which
/// fields its query has.
pub fn kind(path: &str) -> String {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let is_name = |part: &str| part.contains(|c: char| c.is_ascii_digit() || c == '%');
    let parts: Vec<&str> = path.split('/').collect();
    let under = parts.get(1).copied().unwrap_or_default();
    let parts = parts.iter().enumerate().map(|(at, part)| {
        // The second part names a question, document or office.
        match is_name(part) || (at == 2 && ["questions", "offices"].contains(&under)) {
            true => "*",
            false => part,
        }
    });
    let fields = query.split('&').map(|pair| pair.split('=').next().unwrap());
    let mut fields: Vec<&str> = fields.collect();
    fields.sort_unstable();
    format!(
        "{}?{}",
        parts.collect::<Vec<_>>().join("/"),
        fields.join("&")
    )
}
