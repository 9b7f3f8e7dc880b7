//! What a JSON Schema cannot say: ids are unique, references lead somewhere, parts add up to
//! their whole, steps rise, and what is called a guess exists.

use super::body::Body;
use super::body::alias_key;
use super::letter::{LetterTexts, values};
use super::{Indicator, Office, Question};
use crate::lexicon::error::{DataError, DataFile, Problem, nearest, push_token};
use crate::model::DocTypeId;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

/// Sums of printed points are exact to a hundredth; half of that is room for binary floats.
const TOLERANCE: f64 = 0.005;

/// Returns everything wrong in a body whose form holds, in file order; `text` is what it was
/// read from.
pub(super) fn validate(body: &Body, offices: &[Office], text: &str) -> Vec<DataError> {
    let mut check = Check {
        file: DataFile::Framework,
        found: Vec::new(),
    };
    let names = Names::new(body, offices);
    check.top(body, &names);
    check.letter(&body.letter);
    check.unique(
        "/sections",
        body.sections.iter().map(|section| &section.code),
    );
    check.sections(body, &names);
    check.unique(
        "/indicators",
        body.indicators.iter().map(|indicator| &indicator.id),
    );
    for (index, indicator) in body.indicators.iter().enumerate() {
        check.indicator(&format!("/indicators/{index}"), indicator, body, &names);
    }
    check.unique(
        "/questions",
        body.questions.iter().map(|question| &question.id),
    );
    for (index, question) in body.questions.iter().enumerate() {
        check.question(&format!("/questions/{index}"), question, body, &names);
    }
    // Which fields were left out, a typed body no longer knows.
    if let Ok(written) = serde_json::from_str(text) {
        check.guesses(&written, "");
    }
    check.file = DataFile::Offices;
    check.unique("/offices", offices.iter().map(|office| &office.id));
    check.spellings(offices);
    check.found
}

/// Returns an error for each kind that the body names and `known` does not hold.
pub(super) fn unknown_kinds(body: &Body, known: &[DocTypeId]) -> Vec<DataError> {
    let mut check = Check {
        file: DataFile::Framework,
        found: Vec::new(),
    };
    let known: BTreeSet<&str> = known.iter().map(DocTypeId::as_str).collect();
    check.resolve_all(
        "/in_force_kinds",
        "kind of document",
        &body.in_force_kinds,
        &known,
    );
    for (index, rung) in body.ladder.rungs.iter().enumerate() {
        let at = format!("/ladder/rungs/{index}/kinds");
        check.resolve_all(&at, "kind of document", &rung.kinds, &known);
    }
    for (index, exclusion) in body.exclusions.iter().enumerate() {
        let at = format!("/exclusions/{index}/kinds");
        check.resolve_all(&at, "kind of document", &exclusion.kinds, &known);
    }
    for (index, question) in body.questions.iter().enumerate() {
        let at = format!("/questions/{index}/kinds");
        check.resolve_all(&at, "kind of document", &question.kinds, &known);
    }
    check.found
}

/// Holds the names that references may lead to.
struct Names<'a> {
    sources: BTreeSet<&'a str>,
    periods: BTreeSet<&'a str>,
    levels: BTreeSet<&'a str>,
    exclusions: BTreeSet<&'a str>,
    sections: BTreeSet<&'a str>,
    indicators: BTreeSet<&'a str>,
    offices: BTreeSet<&'a str>,
}

impl<'a> Names<'a> {
    fn new(body: &'a Body, offices: &'a [Office]) -> Self {
        Self {
            sources: body.sources.keys().map(AsRef::as_ref).collect(),
            periods: body.periods.keys().map(AsRef::as_ref).collect(),
            levels: body.levels.iter().map(|level| level.id.as_str()).collect(),
            exclusions: body.exclusions.iter().map(|one| one.id.as_str()).collect(),
            sections: body
                .sections
                .iter()
                .map(|section| section.code.as_str())
                .collect(),
            indicators: body.indicators.iter().map(|one| one.id.as_str()).collect(),
            offices: offices.iter().map(|office| office.id.as_str()).collect(),
        }
    }
}

struct Check {
    file: DataFile,
    found: Vec<DataError>,
}

impl Check {
    fn report(&mut self, pointer: String, problem: Problem) {
        self.found.push(DataError::new(self.file, pointer, problem));
    }

    /// Reports each name in an `inferred` that is not a field of the same object.
    fn guesses(&mut self, written: &Value, at: &str) {
        match written {
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.guesses(item, &push_token(at, &index.to_string()));
                }
            }
            Value::Object(fields) => {
                let names = fields.get("inferred").and_then(Value::as_array);
                let known: BTreeSet<&str> = fields.keys().map(String::as_str).collect();
                for (index, name) in names.into_iter().flatten().enumerate() {
                    let name = name.as_str().unwrap_or_default();
                    let field = name.split_once('/').map_or(name, |(field, _)| field);
                    let at = format!("{at}/inferred/{index}");
                    self.resolve(at, "field here", field, &known);
                }
                for (name, value) in fields {
                    self.guesses(value, &push_token(at, name));
                }
            }
            _ => {}
        }
    }

    /// Reports each id that an earlier item of the list already has.
    fn unique<T: Display>(&mut self, list: &str, ids: impl Iterator<Item = T>) {
        let mut seen: BTreeMap<String, String> = BTreeMap::new();
        for (index, id) in ids.enumerate() {
            let here = format!("{list}/{index}");
            let value = id.to_string();
            if let Some(first) = seen.get(&value) {
                let first = first.clone();
                self.report(here, Problem::Duplicate { value, first });
            } else {
                seen.insert(value, here);
            }
        }
    }

    /// Reports a reference that leads nowhere.
    fn resolve(
        &mut self,
        at: String,
        what: &'static str,
        name: &str,
        known: &BTreeSet<&str>,
    ) {
        if !known.contains(name) {
            let nearest = nearest(name, known.iter().copied());
            self.report(
                at,
                Problem::Unresolved {
                    what,
                    value: name.to_owned(),
                    nearest,
                },
            );
        }
    }

    /// Reports each reference of a list that leads nowhere.
    fn resolve_all<T: AsRef<str>>(
        &mut self,
        list: &str,
        what: &'static str,
        names: &[T],
        known: &BTreeSet<&str>,
    ) {
        for (index, name) in names.iter().enumerate() {
            self.resolve(format!("{list}/{index}"), what, name.as_ref(), known);
        }
    }

    /// Reports parts that do not add up.
    fn sum(
        &mut self,
        at: String,
        parts: &'static str,
        expected: f64,
        points: impl Iterator<Item = f64>,
    ) {
        let found: f64 = points.sum();
        if (found - expected).abs() > TOLERANCE {
            self.report(
                at,
                Problem::Sum {
                    parts,
                    expected,
                    found,
                },
            );
        }
    }

    fn top(&mut self, body: &Body, names: &Names) {
        for (field, keys) in &body.cites {
            let at = push_token("/cites", field);
            self.resolve_all(&at, "source", &keys.0, &names.sources);
        }
        self.unique(
            "/categories",
            body.categories.iter().map(|category| &category.id),
        );
        let mut before = f64::NEG_INFINITY;
        for (index, category) in body.categories.iter().enumerate() {
            for (key, found) in [("min", category.min), ("max", category.max)] {
                if found <= before {
                    let at = format!("/categories/{index}/{key}");
                    let what = "the bounds of categories";
                    self.report(
                        at,
                        Problem::Order {
                            what,
                            before,
                            found,
                        },
                    );
                }
                before = found;
            }
        }
        self.unique(
            "/thresholds",
            body.thresholds.iter().map(|threshold| &threshold.id),
        );
        for (id, period) in &body.periods {
            if let (Some(first), Some(last)) = (period.first_year, period.last_year)
                && first > last
            {
                let at = push_token(&push_token("/periods", id.as_str()), "last_year");
                let (before, found) = (f64::from(first), f64::from(last));
                self.report(
                    at,
                    Problem::Order {
                        what: "years",
                        before,
                        found,
                    },
                );
            }
        }
        self.unique("/levels", body.levels.iter().map(|level| &level.id));
        self.unique(
            "/exclusions",
            body.exclusions.iter().map(|exclusion| &exclusion.id),
        );
    }

    /// Reports what stands in braces in a letter and is no value it knows.
    fn letter(&mut self, letter: &LetterTexts) {
        for (place, text, known) in letter.templates() {
            let known: BTreeSet<&str> = known.iter().copied().collect();
            for (lang, text) in [("id", &text.id), ("en", &text.en)] {
                for name in values(text) {
                    let at = format!("/letter/{place}/{lang}");
                    self.resolve(at, "value", name, &known);
                }
            }
        }
    }

    fn sections(&mut self, body: &Body, names: &Names) {
        let points = body.sections.iter().map(|section| section.max);
        self.sum(
            "/total_max".to_owned(),
            "the sections",
            body.total_max,
            points,
        );
        for (index, section) in body.sections.iter().enumerate() {
            let at = format!("/sections/{index}");
            self.resolve_all(
                &format!("{at}/sources"),
                "source",
                &section.sources,
                &names.sources,
            );
            let indicators = body
                .indicators
                .iter()
                .filter(|indicator| indicator.section == section.code);
            let points = indicators.map(|indicator| indicator.max);
            self.sum(format!("{at}/max"), "its indicators", section.max, points);
        }
    }

    fn indicator(&mut self, at: &str, indicator: &Indicator, body: &Body, names: &Names) {
        let section = indicator.section.as_str();
        self.resolve(format!("{at}/section"), "section", section, &names.sections);
        self.resolve_all(
            &format!("{at}/offices"),
            "office",
            &indicator.offices,
            &names.offices,
        );
        self.resolve_all(
            &format!("{at}/sources"),
            "source",
            &indicator.sources,
            &names.sources,
        );
        let asked = || {
            body.questions
                .iter()
                .filter(|one| one.indicator == indicator.id)
        };
        if indicator.parts.is_empty() {
            if indicator.doubt.is_none() {
                let points = asked().map(|question| question.max);
                self.sum(format!("{at}/max"), "its questions", indicator.max, points);
            }
            return;
        }
        let points = indicator.parts.iter().map(|part| part.max);
        self.sum(format!("{at}/max"), "its parts", indicator.max, points);
        self.unique(
            &format!("{at}/parts"),
            indicator.parts.iter().map(|part| &part.code),
        );
        for (index, part) in indicator.parts.iter().enumerate() {
            if part.doubt.is_none() {
                let mine =
                    asked().filter(|question| question.part.as_ref() == Some(&part.code));
                let points = mine.map(|question| question.max);
                self.sum(
                    format!("{at}/parts/{index}/max"),
                    "its questions",
                    part.max,
                    points,
                );
            }
        }
    }

    fn question(&mut self, at: &str, question: &Question, body: &Body, names: &Names) {
        let indicator = question.indicator.as_str();
        self.resolve(
            format!("{at}/indicator"),
            "indicator",
            indicator,
            &names.indicators,
        );
        self.part(at, question, body);
        self.resolve_all(
            &format!("{at}/levels"),
            "level",
            &question.levels,
            &names.levels,
        );
        self.resolve_all(
            &format!("{at}/offices"),
            "office",
            &question.offices,
            &names.offices,
        );
        self.resolve(
            format!("{at}/period"),
            "period",
            question.period.as_str(),
            &names.periods,
        );
        let excludes = format!("{at}/excludes");
        self.resolve_all(
            &excludes,
            "exclusion",
            &question.excludes,
            &names.exclusions,
        );
        if let Some(office) = &question.signed_by {
            self.resolve(
                format!("{at}/signed_by"),
                "office",
                office.as_str(),
                &names.offices,
            );
        }
        if let Some(other) = &question.relates_to {
            let at = format!("{at}/relates_to");
            self.resolve(at, "indicator", other.as_str(), &names.indicators);
        }
        if let Some(level) = &question.answered_by {
            self.resolve(
                format!("{at}/answered_by"),
                "level",
                level.as_str(),
                &names.levels,
            );
        }
        let kinds: BTreeSet<&str> =
            question.kinds.iter().map(DocTypeId::as_str).collect();
        for (index, name) in question.inferred.iter().enumerate() {
            if let Some(kind) = name.strip_prefix("kinds/") {
                self.resolve(format!("{at}/inferred/{index}"), "kind here", kind, &kinds);
            }
        }
    }

    /// Reports a part that the question's indicator does not have, or one left out.
    fn part(&mut self, at: &str, question: &Question, body: &Body) {
        let Some(indicator) = body
            .indicators
            .iter()
            .find(|one| one.id == question.indicator)
        else {
            return;
        };
        let parts: BTreeSet<&str> = indicator
            .parts
            .iter()
            .map(|part| part.code.as_str())
            .collect();
        match &question.part {
            Some(part) => {
                self.resolve(format!("{at}/part"), "part", part.as_str(), &parts);
            }
            None if parts.is_empty() => {}
            None => self.report(
                at.to_owned(),
                Problem::MissingKey {
                    key: "part".to_owned(),
                },
            ),
        }
    }

    /// Reports a spelling that two offices share: a name must lead to one office.
    fn spellings(&mut self, offices: &[Office]) {
        let mut seen: BTreeMap<String, (usize, String)> = BTreeMap::new();
        for (owner, office) in offices.iter().enumerate() {
            let fixed = [
                ("name/id".to_owned(), &office.name.id),
                ("short".to_owned(), &office.short),
            ];
            let aliases = office.aliases.iter().enumerate();
            let aliases =
                aliases.map(|(index, alias)| (format!("aliases/{index}"), alias));
            for (place, name) in fixed.into_iter().chain(aliases) {
                let here = format!("/offices/{owner}/{place}");
                let (first_owner, first) = seen
                    .entry(alias_key(name))
                    .or_insert_with(|| (owner, here.clone()));
                if *first_owner != owner {
                    let problem = Problem::Duplicate {
                        value: name.clone(),
                        first: first.clone(),
                    };
                    self.report(here, problem);
                }
            }
        }
    }
}
