//! The framework compiled for linking: takes a [`Framework`], gives its phrases numbered
//! and searchable, who uses each, and how much each tells one subject from another. Done
//! once, so that a document costs only its own words. Apart because it is the only place of
//! the step that walks the framework.

use super::read::phrases::Phrases;
use super::read::vocab::{Vocab, WordId};
use crate::framework::{Framework, Question};
use crate::lexicon::analysis;
use crate::model::{DocTypeId, IndicatorId, OfficeId, QuestionId};
use std::collections::{BTreeMap, BTreeSet};

/// Letters from which an abbreviation is looked for at all: two letters are in every text.
const ABBREVIATION_FROM: usize = 3;
/// Words from which an office's name hides the terms inside it. Shorter names
/// (`Pencatatan Sipil`) are subjects as well.
const OFFICE_NAME_FROM: usize = 3;

/// Offices whose names begin with the same word, from which that word announces an office:
/// `dinas`, `badan`, `bagian`.
const OFFICES_BEGUN: usize = 3;

/// Who uses a term, and how much it counts there.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Use {
    /// Index of an indicator or of a question, see the table it stands in.
    pub at: usize,
    /// 0 to 1, the framework's weight.
    pub weight: f32,
}

/// A phrase of the framework.
#[derive(Debug, Default)]
pub(crate) struct Term {
    /// As written.
    pub text: String,
    /// Whether it is an abbreviation, which in running text stands in capitals.
    pub capitals: bool,
    /// Its words, function words left out; one list for each form the framework has
    /// (`akta kelahiran`, `akte lahir`).
    pub wordings: Vec<Vec<WordId>>,
    /// The stems of its words.
    pub stems: Vec<WordId>,
    /// The indicators that use it.
    pub indicators: Vec<Use>,
    /// The questions that use it.
    pub questions: Vec<Use>,
    /// The indicators whose own matter it names, by index, and how strongly: only
    /// such a word is evidence for an indicator by itself. `sosialisasi` names none.
    pub own: BTreeMap<usize, f32>,
    /// The indicators that anyone who uses it is about, by index.
    pub about: BTreeSet<usize>,
    /// How well it tells one subject from another, 0 to 1.
    pub tells_subject: f32,
    /// Whether a document on the framework's subject carries it.
    pub gate: bool,
    /// The exclusions it shows, by index.
    pub excludes: Vec<usize>,
}

/// What a term counts for a question that uses it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct CompiledUse {
    /// How well it tells the question from its siblings, 0 to 1.
    pub specificity: f32,
    /// How far it names the subject by itself, 0 to 1.
    pub subject: f32,
}

/// Whose terms a negative phrase makes false.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum NegativeScope {
    /// Everyone's.
    All,
    /// Those of an indicator, by index, and of its questions.
    Indicator(usize),
    /// Those of a question, by index.
    Question(usize),
    /// Everyone's, without contradicting the document: the name of an office.
    Name,
}

/// A phrase that gives the words in it another meaning, so that they are no evidence.
#[derive(Debug, Default)]
pub(crate) struct NegativePhrase {
    /// As written.
    pub text: String,
    /// Whose terms it makes false.
    pub scopes: Vec<NegativeScope>,
}

/// A question with its references resolved to indices.
#[derive(Debug)]
pub(crate) struct CompiledQuestion {
    pub id: QuestionId,
    /// The indicator it belongs to, by index.
    pub indicator: usize,
    /// The indicator it is about, by index: another one for a topic policy.
    pub about: usize,
    pub number: String,
    /// The lettered part, in lower case.
    pub part: Option<String>,
    pub kinds: Vec<DocTypeId>,
    pub levels: Vec<usize>,
    pub offices: Vec<OfficeId>,
    pub excludes: Vec<usize>,
}

/// An indicator, as far as linking needs it.
#[derive(Debug)]
pub(crate) struct CompiledIndicator {
    pub id: IndicatorId,
    pub number: u32,
    /// The number in its section's code, where it has one.
    pub section: Option<u32>,
}

/// The framework, with its phrases numbered and searchable.
#[derive(Debug, Default)]
pub(crate) struct CompiledFramework {
    pub vocab: Vocab,
    pub terms: Vec<Term>,
    pub negative_phrases: Vec<NegativePhrase>,
    /// Terms of several words, by stem.
    pub by_stem: Phrases,
    /// Terms of one word, as they stand.
    pub by_word: Phrases,
    /// Negative phrases, as they stand.
    pub by_negative: Phrases,
    pub questions: Vec<CompiledQuestion>,
    pub indicators: Vec<CompiledIndicator>,
    /// The kinds each exclusion can have.
    pub excluded_kinds: Vec<Vec<DocTypeId>>,
    /// The words for each level, high to low, folded.
    pub levels: Vec<Vec<String>>,
    /// Term and question → what the term counts for the question.
    pub uses: BTreeMap<(usize, usize), CompiledUse>,
    /// How alike two kinds are, 0 to 1, from how often questions accept both.
    pub kinship: BTreeMap<DocTypeId, BTreeMap<DocTypeId, f32>>,
}

impl CompiledFramework {
    /// Compiles a framework.
    pub fn new(framework: &Framework) -> Self {
        let mut compiled = Self::default();
        for level in framework.levels() {
            let words = level.name.id.split('/').map(analysis::fold).collect();
            compiled.levels.push(words);
        }
        for indicator in framework.indicators() {
            compiled.indicators.push(CompiledIndicator {
                id: indicator.id.clone(),
                number: indicator.number,
                section: digits(indicator.section.as_str()),
            });
        }
        let exclusions = compiled.learn_exclusions(framework);
        for question in framework.questions() {
            let asked = compiled.compile_question(framework, question, &exclusions);
            compiled.questions.extend(asked);
        }
        compiled.learn_terms(framework);
        compiled.learn_negative_phrases(framework);
        compiled.learn_offices(framework);
        compiled.weigh();
        compiled.learn_kinship();
        compiled
    }

    fn indicator_at(&self, id: &IndicatorId) -> Option<usize> {
        self.indicators.iter().position(|known| known.id == *id)
    }

    fn compile_question(
        &self,
        framework: &Framework,
        question: &Question,
        exclusions: &[String],
    ) -> Option<CompiledQuestion> {
        let indicator = self.indicator_at(&question.indicator)?;
        let about = question.relates_to.as_ref();
        let levels = framework.levels().iter().enumerate();
        let excludes = exclusions.iter().enumerate();
        let named = |id: &str| question.excludes.iter().any(|e| e.as_str() == id);
        Some(CompiledQuestion {
            id: question.id.clone(),
            indicator,
            about: about
                .and_then(|id| self.indicator_at(id))
                .unwrap_or(indicator),
            number: question.number.clone(),
            part: question.part.as_ref().map(|p| analysis::fold(p.as_str())),
            kinds: question.kinds.clone(),
            levels: levels
                .filter(|(_, level)| question.levels.contains(&level.id))
                .map(|(at, _)| at)
                .collect(),
            offices: question.offices.clone(),
            excludes: excludes
                .filter(|(_, id)| named(id))
                .map(|(at, _)| at)
                .collect(),
        })
    }

    /// Adds the phrases of every exclusion and returns the exclusions' ids.
    fn learn_exclusions(&mut self, framework: &Framework) -> Vec<String> {
        let ids: BTreeSet<_> = framework
            .questions()
            .iter()
            .flat_map(|question| &question.excludes)
            .collect();
        let exclusions = ids.into_iter().filter_map(|id| framework.exclusion(id));
        let mut names = Vec::new();
        for (at, exclusion) in exclusions.enumerate() {
            names.push(exclusion.id.to_string());
            self.excluded_kinds.push(exclusion.kinds.clone());
            for text in &exclusion.terms {
                if let Some(term) = self.term(text) {
                    term.excludes.push(at);
                }
            }
        }
        names
    }

    fn learn_terms(&mut self, framework: &Framework) {
        for text in framework.gate_terms() {
            if let Some(term) = self.term(text) {
                term.gate = true;
            }
        }
        let used = |at, weight: u8| Use {
            at,
            weight: f32::from(weight) / 3.0,
        };
        for (at, indicator) in framework.indicators().iter().enumerate() {
            for term in &indicator.terms {
                if let Some(known) = self.term(&term.text) {
                    known.indicators.push(used(at, term.weight));
                }
            }
        }
        for question in framework.questions() {
            let Some(at) = self.questions.iter().position(|q| q.id == question.id) else {
                continue;
            };
            for term in &question.terms {
                if let Some(known) = self.term(&term.text) {
                    known.questions.push(used(at, term.weight));
                }
            }
        }
    }

    /// Returns the term of this wording, added where it is new; none where nothing is left
    /// of it to look for.
    fn term(&mut self, text: &str) -> Option<&mut Term> {
        let senses: Vec<_> = content(text).map(|word| self.vocab.learn(&word)).collect();
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        let capitals = senses.len() == 1 && !text.chars().any(char::is_lowercase);
        if senses.is_empty() || letters == 0 || capitals && text.len() < ABBREVIATION_FROM
        {
            return None;
        }
        let fresh = self.terms.len();
        let stems: Vec<WordId> = senses.iter().map(|sense| sense.stem).collect();
        let words: Vec<WordId> = senses.iter().map(|sense| sense.word).collect();
        // One word alone must be that very word: `persalinan` (birth) and `salinan` (copy)
        // have the same stem.
        let at = if words.len() == 1 {
            self.by_word.add(&words, fresh)
        } else {
            self.by_stem.add(&stems, fresh)
        };
        if at == fresh {
            self.terms.push(Term {
                text: text.to_owned(),
                capitals,
                stems,
                ..Term::default()
            });
        }
        let term = self.terms.get_mut(at)?;
        if !term.wordings.contains(&words) {
            term.wordings.push(words);
        }
        Some(term)
    }

    fn learn_negative_phrases(&mut self, framework: &Framework) {
        for text in framework.negative_phrases() {
            self.add_negative_phrase(text, NegativeScope::All);
        }
        for (at, indicator) in framework.indicators().iter().enumerate() {
            for text in &indicator.negative_phrases {
                self.add_negative_phrase(text, NegativeScope::Indicator(at));
            }
        }
        for question in framework.questions() {
            let at = self.questions.iter().position(|q| q.id == question.id);
            for (text, at) in question.negative_phrases.iter().zip(at.into_iter().cycle())
            {
                self.add_negative_phrase(text, NegativeScope::Question(at));
            }
        }
        for office in framework.offices() {
            for name in office.spellings() {
                if content(name).count() >= OFFICE_NAME_FROM {
                    self.add_negative_phrase(name, NegativeScope::Name);
                }
            }
        }
    }

    /// Learns which words stand in the names of offices, and which begin them.
    fn learn_offices(&mut self, framework: &Framework) {
        let mut heads: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        let mut all = BTreeSet::new();
        for office in framework.offices() {
            for name in office.spellings() {
                let mut words = content(name).peekable();
                let head = words.peek().cloned();
                let words: Vec<String> = words.collect();
                if let Some(head) = head.filter(|_| words.len() > 1) {
                    heads.entry(head).or_default().insert(office.id.as_str());
                    all.extend(words);
                }
            }
        }
        for word in all {
            let begins = heads.get(&word).map_or(0, BTreeSet::len);
            self.vocab.learn_office(&word, begins >= OFFICES_BEGUN);
        }
    }

    /// Adds a negative phrase. They are matched word for word: the stem of `anakan` is `anak`.
    fn add_negative_phrase(&mut self, text: &str, scope: NegativeScope) {
        let words: Vec<WordId> = content(text)
            .map(|word| self.vocab.learn(&word).word)
            .collect();
        if words.is_empty() {
            return;
        }
        let fresh = self.negative_phrases.len();
        let at = self.by_negative.add(&words, fresh);
        if at == fresh {
            self.negative_phrases.push(NegativePhrase {
                text: text.to_owned(),
                scopes: Vec::new(),
            });
        }
        if let Some(phrase) = self.negative_phrases.get_mut(at) {
            phrase.scopes.push(scope);
        }
    }

    fn learn_kinship(&mut self) {
        let mut both: BTreeMap<(DocTypeId, DocTypeId), f32> = BTreeMap::new();
        for question in &self.questions {
            for a in &question.kinds {
                for b in &question.kinds {
                    *both.entry((a.clone(), b.clone())).or_default() += 1.0;
                }
            }
        }
        let alone = |kind: &DocTypeId| {
            let pair = (kind.clone(), kind.clone());
            both.get(&pair).copied().unwrap_or(1.0)
        };
        for ((a, b), n) in &both {
            let share = n / (alone(a) * alone(b)).sqrt();
            let kin = self.kinship.entry(a.clone()).or_default();
            kin.insert(b.clone(), share);
        }
    }
}

/// Returns the number a code ends with.
fn digits(code: &str) -> Option<u32> {
    let letters = code.trim_end_matches(|c: char| c.is_ascii_digit());
    code.strip_prefix(letters)?.parse().ok()
}

/// Gives the folded words of a phrase that say something.
pub(super) fn content(text: &str) -> impl Iterator<Item = String> + '_ {
    analysis::tokens(text)
        .map(|token| token.folded)
        .filter(|word| !analysis::is_stop_word(word))
}
