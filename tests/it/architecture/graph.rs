//! Which file of `src/` takes what from which, and the circles in that.

use super::source::{Named, Source};
use std::collections::{BTreeMap, BTreeSet};

/// All files and the arrows between them.
pub struct Graph {
    pub sources: Vec<Source>,
    /// For each file the files it takes something from, and the names it takes.
    pub uses: Vec<BTreeMap<usize, BTreeSet<String>>>,
    /// The paths that each file names.
    named: Vec<Vec<Named>>,
}

impl Graph {
    pub fn new(sources: Vec<Source>) -> Self {
        let modules: BTreeMap<Vec<String>, usize> = sources
            .iter()
            .enumerate()
            .map(|(n, source)| (source.module.clone(), n))
            .collect();
        let named: Vec<Vec<Named>> = sources
            .iter()
            .map(|source| named(source, &modules))
            .collect();
        let mut uses = vec![BTreeMap::<usize, BTreeSet<String>>::new(); sources.len()];
        for (n, source) in sources.iter().enumerate() {
            for path in &named[n] {
                // What is only passed on is not needed here; what a module is brought in for,
                // the paths through it say.
                let is_only_passed_on = path.passed_on && source.count(&path.alias) < 2;
                let is_module = path.used && modules.contains_key(&path.segments);
                let Some((to, name)) = found(&modules, &named, &path.segments) else {
                    continue;
                };
                if to != n && !is_only_passed_on && !is_module {
                    uses[n].entry(to).or_default().insert(name);
                }
            }
        }
        Self {
            sources,
            uses,
            named,
        }
    }

    /// The files that pass on what does not stand below them, so that a thing has two names, each
    /// with the path of what it passes on.
    pub fn strangers_passed_on(&self) -> Vec<(&Source, &[String])> {
        let files = self.sources.iter().zip(&self.named);
        let passed = files.flat_map(|(source, named)| {
            let passed = named.iter().filter(|path| path.passed_on);
            passed.map(move |path| (source, &path.segments[..]))
        });
        passed
            .filter(|(source, segments)| !segments.starts_with(&source.module))
            .collect()
    }

    /// The circles of files, each in the order of names.
    pub fn circles(&self) -> Vec<Vec<&str>> {
        let reach: Vec<BTreeSet<usize>> =
            (0..self.uses.len()).map(|n| self.from(n)).collect();
        let mut done = BTreeSet::new();
        let mut circles = Vec::new();
        for n in 0..self.uses.len() {
            let circle: Vec<usize> = reach[n]
                .iter()
                .copied()
                .filter(|other| reach[*other].contains(&n))
                .collect();
            if circle.len() > 1 && done.insert(circle.clone()) {
                let names = circle.iter().map(|n| self.sources[*n].name.as_str());
                circles.push(names.collect());
            }
        }
        circles
    }

    fn from(&self, start: usize) -> BTreeSet<usize> {
        let mut open = vec![start];
        let mut seen = BTreeSet::new();
        while let Some(at) = open.pop() {
            for next in self.uses[at].keys() {
                if seen.insert(*next) {
                    open.push(*next);
                }
            }
        }
        seen
    }
}

/// The paths that a file names, those through modules it brought in among them.
fn named(source: &Source, modules: &BTreeMap<Vec<String>, usize>) -> Vec<Named> {
    let below = modules.keys().filter(|module| {
        module.len() == source.module.len() + 1 && module.starts_with(&source.module)
    });
    let mut known: BTreeMap<String, Vec<String>> = below
        .filter_map(|module| Some((module.last()?.clone(), module.clone())))
        .collect();
    let used = source.paths(&known).into_iter();
    let brought = used.filter(|path| path.used && modules.contains_key(&path.segments));
    known.extend(brought.map(|path| (path.alias, path.segments)));
    source.paths(&known)
}

/// The file that a path leads to, through names passed on, and the name it takes there.
fn found(
    modules: &BTreeMap<Vec<String>, usize>,
    named: &[Vec<Named>],
    segments: &[String],
) -> Option<(usize, String)> {
    let mut segments = segments.to_vec();
    // No name is passed on more often than there are floors.
    for _ in 0..8 {
        let deepest = (1..=segments.len())
            .rev()
            .find_map(|len| Some((len, *modules.get(&segments[..len])?)))?;
        let (len, file) = deepest;
        let Some(name) = segments.get(len) else {
            return Some((file, String::new()));
        };
        let passed = named[file]
            .iter()
            .find(|path| path.used && path.alias == *name);
        match passed {
            Some(path) if path.segments != segments => {
                let after = segments.get(len + 1..).unwrap_or_default().to_vec();
                segments = [path.segments.clone(), after].concat();
            }
            _ => return Some((file, name.clone())),
        }
    }
    None
}
