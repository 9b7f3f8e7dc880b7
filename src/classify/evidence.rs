//! What speaks for and against each reading, in numbers, and the confidence that follows. The
//! rules that read a value say how sure they would be by themselves (`prior`); this looks at
//! what they cannot see: whether other facts agree, how well the words were read, whether a
//! second reader agreed, what form the value has. How much each counts was fitted on papers of
//! some sixty governments, and measured on each by the others
//! (`cargo test --release --test measure_local`).

mod title;

use crate::lexicon::confidence::{Confidence, Weights, logistic};
use crate::lexicon::doctype::DocTypes;
use crate::lexicon::phrase::fold_letter;
use crate::model::{
    DateRole, DocumentFacts, Extraction, Fact, Line, Page, Ratio, Reading, Span,
    TextOrigin, Word,
};
use std::sync::LazyLock;

/// The weights this program carries; a test shows that they can be read.
static WEIGHTS: LazyLock<Option<Confidence>> =
    LazyLock::new(|| Confidence::builtin().ok());

/// Evidence by its name.
pub type Evidence = Vec<(String, f64)>;

/// Confidences are told to be no surer than this: nobody measured more.
const MOST: f64 = 0.99;
const LEAST: f64 = 0.01;
/// A rule that is less sure of what it read doubts it.
const DOUBTED: f64 = 0.55;
/// Below what counts as confident.
const UNSURE: f64 = 0.75;

/// Rules that tell by how a picture looks, or by some words on a page without a heading. Such
/// papers in the corpora are too few and too like one another to teach how often a rule errs.
const BY_LOOK: [&str; 4] = [
    "rule:kind.photo",
    "rule:kind.poster",
    "rule:kind.banner",
    "rule:kind.text",
];

/// Gives every fact the confidence that its evidence makes.
pub(super) fn weigh(
    facts: &mut DocumentFacts,
    extraction: &Extraction,
    types: &DocTypes,
) {
    let Some(weights) = WEIGHTS.as_ref() else {
        return;
    };
    let evidence = evidence(facts, extraction, types);
    let of = |name: &str| {
        let (_, evidence) = evidence.iter().find(|(fact, _)| *fact == name)?;
        Some(confidence(weights.facts.get(name)?, evidence))
    };
    set(&mut facts.kind, of("kind"));
    set(&mut facts.number, of("number"));
    set(&mut facts.year, of("year"));
    set(&mut facts.title, of("title"));
    set(&mut facts.issuer, of("issuer"));
    set(&mut facts.signature, of("signature"));
    let date = of("date");
    let first = first_date(facts).map(|fact| fact.value);
    for dated in &mut facts.dates {
        if let Some(confidence) = date.filter(|_| Some(dated.fact.value) == first) {
            dated.fact.confidence = ratio(confidence);
        }
    }
}

fn set<T>(reading: &mut Reading<T>, confidence: Option<f64>) {
    if let (Reading::Known(fact), Some(confidence)) = (reading, confidence) {
        fact.confidence = ratio(confidence);
    }
}

fn ratio(confidence: f64) -> Ratio {
    Ratio::new(confidence as f32)
}

/// Returns the confidence that some evidence makes. A reading that its own rule doubts, since
/// another place contradicts it or its words were hardly read, is for a person to confirm,
/// whatever else speaks for it: papers that show such doubts are too few to fit. What a paper
/// is by its look is no surer than the rule that says so.
pub fn confidence(weights: &Weights, evidence: &Evidence) -> f64 {
    let fitted = logistic(weights, evidence).clamp(LEAST, MOST);
    let prior = evidence.iter().find(|(name, _)| name == "prior");
    // Evidence that is nought may have been left out.
    let prior = prior.map_or(0.0, |(_, prior)| *prior);
    let is_by_look = evidence
        .iter()
        .any(|(name, _)| BY_LOOK.contains(&name.as_str()));
    match (prior < logit(DOUBTED), is_by_look) {
        (true, _) => fitted.min(UNSURE),
        (_, true) => fitted.min(1.0 / (1.0 + (-prior).exp())),
        _ => fitted,
    }
}

fn logit(probability: f64) -> f64 {
    (probability / (1.0 - probability)).ln()
}

/// Returns the date a document is known by: of enactment, of a letter, of promulgation.
fn first_date(facts: &DocumentFacts) -> Option<&Fact<crate::model::Date>> {
    let roles = [DateRole::Enacted, DateRole::Letter, DateRole::Promulgated];
    roles.iter().find_map(|role| facts.date(*role))
}

/// Returns the evidence for each fact that was read, by the fact's name. Facts bear the
/// confidence of the rules that read them.
pub fn evidence(
    facts: &DocumentFacts,
    extraction: &Extraction,
    types: &DocTypes,
) -> Vec<(&'static str, Evidence)> {
    let scene = Scene {
        facts,
        extraction,
        types,
    };
    let mut all = Vec::new();
    let mut add = |name: &'static str, evidence: Option<Evidence>| {
        all.extend(evidence.map(|evidence| (name, evidence)));
    };
    add("kind", facts.kind.known().map(|fact| scene.kind(fact)));
    add(
        "number",
        facts.number.known().map(|fact| scene.number(fact)),
    );
    add("year", facts.year.known().map(|fact| scene.year(fact)));
    add("title", facts.title.known().map(|fact| scene.title(fact)));
    add(
        "issuer",
        facts.issuer.known().map(|fact| scene.common(fact)),
    );
    add("date", first_date(facts).map(|fact| scene.date(fact)));
    add(
        "signature",
        facts.signature.known().map(|fact| {
            let mut evidence = scene.common(fact);
            let state = format!("{:?}", fact.value.state).to_lowercase();
            evidence.push((format!("state:{state}"), 1.0));
            evidence
        }),
    );
    all
}

/// Returns the name of a rule, with what it found.
pub(crate) fn rule(own: &str, found: &[(bool, &str)]) -> String {
    let found = found.iter().filter(|(is, _)| *is).map(|(_, name)| *name);
    let parts: Vec<&str> = std::iter::once(own).chain(found).collect();
    parts.join(".")
}

/// Returns what a rule says: where it read (`number.heading`), and each thing it found there
/// (`agreed`) by itself, so that little is needed to learn what it is worth.
fn by_rule(rule: &str) -> Evidence {
    let mut found = rule.split('.');
    let place: Vec<&str> = found.by_ref().take(2).collect();
    let place = (format!("rule:{}", place.join(".")), 1.0);
    let found = found.map(|found| (format!("found:{found}"), 1.0));
    std::iter::once(place).chain(found).collect()
}

/// Returns the letters of a text, one letter for all that have its shape.
fn shapes(text: &str) -> String {
    let shape = |c: u8| match c {
        b'O' | b'D' | b'Q' => '0',
        b'I' | b'L' => '1',
        b'Z' => '2',
        b'S' => '5',
        b'G' => '6',
        b'B' => '8',
        _ => char::from(c),
    };
    text.chars().filter_map(fold_letter).map(shape).collect()
}

/// What the rule found where two readings of a number were held against each other.
const WEIGHED: [&str; 5] = [
    "found:clear",
    "found:apart",
    "found:second",
    "found:alone",
    "found:mended",
];

/// What all evidence is taken from.
struct Scene<'s> {
    facts: &'s DocumentFacts,
    extraction: &'s Extraction,
    types: &'s DocTypes,
}

impl Scene<'_> {
    /// Returns what speaks for any fact: what its rule says, which rule that is, how well its
    /// words were read.
    fn common<T>(&self, fact: &Fact<T>) -> Evidence {
        let prior = f64::from(fact.confidence.get()).clamp(0.02, 0.98);
        let mut evidence = vec![("prior".to_owned(), logit(prior))];
        evidence.extend(by_rule(fact.rule.as_str()));
        let page = fact.span.as_ref().and_then(|span| self.page(span));
        let is_ocr =
            |page: &Page| matches!(page.origin, TextOrigin::Ocr | TextOrigin::Mixed);
        if page.is_some_and(is_ocr) {
            evidence.push(("ocr".to_owned(), 1.0));
        }
        let words = fact
            .span
            .as_ref()
            .map_or_else(Vec::new, |span| self.words(span));
        let least = words.iter().map(|word| f64::from(word.confidence.get()));
        let least = least.fold(1.0, f64::min);
        evidence.push(("weak".to_owned(), 1.0 - least));
        let doubts: usize = words
            .iter()
            .flat_map(|word| &word.doubts)
            .filter(|doubt| doubt.probability.get() >= 0.1)
            .count();
        evidence.push(("doubts".to_owned(), (doubts as f64).min(3.0)));
        evidence
    }

    fn kind(&self, fact: &Fact<crate::model::DocKind>) -> Evidence {
        let mut evidence = self.common(fact);
        let class = self
            .types
            .get(fact.value.id.as_str())
            .map(|kind| kind.class);
        if let Some(class) = class {
            evidence.push((format!("class:{class:?}").to_lowercase(), 1.0));
        }
        let is = |is: bool| f64::from(u8::from(is));
        let has_number = self.facts.number.value().is_some();
        evidence.push(("numbered".to_owned(), is(has_number)));
        evidence.push(("titled".to_owned(), is(self.facts.title.value().is_some())));
        evidence.push((
            "picture".to_owned(),
            is(self.extraction.media_type.is_picture()),
        ));
        evidence.push(("issued".to_owned(), is(self.facts.issuer.value().is_some())));
        evidence
    }

    fn number(&self, fact: &Fact<String>) -> Evidence {
        let mut evidence = self.common(fact);
        let is = |is: bool| f64::from(u8::from(is));
        let value = fact.value.as_str();
        // Of a number that was weighed letter by letter the doubts are counted already.
        let is_weighed = evidence
            .iter()
            .any(|(name, _)| WEIGHED.contains(&name.as_str()));
        evidence.retain(|(name, _)| !is_weighed || name != "weak" && name != "doubts");
        let has_strokes = value.contains('/');
        evidence.push(("again".to_owned(), is(self.is_written_again(value))));
        let ocr = evidence.iter().any(|(name, _)| name == "ocr");
        let year = super::read::number::year_within(value);
        let dated = first_date(self.facts).map(|date| date.value.year());
        evidence.push(("strokes".to_owned(), is(has_strokes && ocr)));
        let same = year.zip(dated).map(|(year, dated)| year == dated);
        // That they agree says nothing of the figures that are misread most.
        evidence.push(("year_differs".to_owned(), is(same == Some(false))));
        let words = fact
            .span
            .as_ref()
            .map_or_else(Vec::new, |span| self.words(span));
        let inks = words.iter().filter_map(|word| word.ink);
        let odd = inks.map(|ink| {
            let ratios = [ink.height_ratio, ink.stroke_ratio, ink.darkness_ratio];
            let apart = ratios.iter().map(|r| f64::from(r.max(0.05).ln().abs()));
            apart.fold(0.0, f64::max)
        });
        evidence.push(("ink".to_owned(), odd.fold(0.0, f64::max).min(1.5)));
        evidence
    }

    /// Tells whether a number of some length stands on two lines or more, as either reader read
    /// it and but for letters that look alike: a list of papers, a second sheet repeat it.
    fn is_written_again(&self, number: &str) -> bool {
        /// Letters of a shorter number stand anywhere.
        const LONG: usize = 6;
        let number = shapes(number);
        let lines = self.extraction.pages.iter().flat_map(|page| &page.lines);
        let holds = |line: &&Line| {
            let words: Vec<&str> = line.words.iter().map(|w| w.text.as_str()).collect();
            let second = line.second.as_ref().map_or("", |second| &second.text);
            shapes(&words.concat()).contains(&number) || shapes(second).contains(&number)
        };
        number.len() >= LONG && lines.filter(holds).count() > 1
    }

    fn year(&self, fact: &Fact<i16>) -> Evidence {
        let mut evidence = self.common(fact);
        let is = |is: bool| f64::from(u8::from(is));
        let dated = first_date(self.facts).map(|date| date.value.year());
        evidence.push(("agrees".to_owned(), is(dated == Some(fact.value))));
        let differs = dated.is_some_and(|dated| dated != fact.value);
        evidence.push(("differs".to_owned(), is(differs)));
        evidence
    }

    fn date(&self, fact: &Fact<crate::model::Date>) -> Evidence {
        let mut evidence = self.common(fact);
        let is = |is: bool| f64::from(u8::from(is));
        let number = self.facts.number.value();
        let year = number
            .and_then(|number| super::read::number::year_within(number))
            .or_else(|| {
                let year = self.facts.year.known()?;
                (year.rule.as_str() != "year.date").then_some(year.value)
            });
        let same = year.map(|year| year == fact.value.year());
        evidence.push(("agrees".to_owned(), is(same == Some(true))));
        evidence.push(("differs".to_owned(), is(same == Some(false))));
        evidence
    }

    fn page(&self, span: &Span) -> Option<&Page> {
        self.extraction
            .pages
            .iter()
            .find(|page| page.number == span.page)
    }

    /// Returns the words that a span covers, by their boxes.
    fn words(&self, span: &Span) -> Vec<&Word> {
        let (Some(page), Some(area)) = (self.page(span), span.rect) else {
            return Vec::new();
        };
        let words = page.lines.iter().flat_map(|line: &Line| &line.words);
        let covered = words.filter(|word| {
            word.rect.is_some_and(|rect| {
                let x = rect.x0.midpoint(rect.x1);
                let y = rect.y0.midpoint(rect.y1);
                (area.x0..=area.x1).contains(&x) && (area.y0..=area.y1).contains(&y)
            }) && span.quote.contains(word.text.as_str())
        });
        covered.collect()
    }
}
