//! Facets: how many of the documents found belong to each section, question and office, and are of
//! each kind, year and state. The index counts what it knows; which questions a document may prove
//! changes with decisions, so that the links are held in memory, until the catalog changes.

use crate::app::archive::workspace::Workspace;
use crate::app::error::Error;
use crate::app::evidence::effective_links::EffectiveLinks;
use crate::app::reading::recognise;
use crate::framework::Framework;
use crate::io::search::Counts;
use crate::io::store::{Catalog, Moment};
use crate::model::{Bilingual, Digest, FileState, Lang, QuestionId, Ratio};
use crate::report::printed_number;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A value of a facet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetValue {
    /// What narrows the search to it.
    pub id: String,
    /// What a person reads.
    pub label: Bilingual,
    /// How many of the documents found have it.
    pub count: usize,
}

/// The facets of a search, each value that any document found has, the most frequent first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facets {
    /// By section of the framework.
    pub sections: Vec<FacetValue>,
    /// By question.
    pub questions: Vec<FacetValue>,
    /// By office that owns a question.
    pub offices: Vec<FacetValue>,
    /// By kind of document.
    pub kinds: Vec<FacetValue>,
    /// By year.
    pub years: Vec<FacetValue>,
    /// By the state of the file.
    pub states: Vec<FacetValue>,
}

/// Which questions each document may prove: the links that a list shows, some bytes each.
#[derive(Debug, Default)]
pub struct LinkedQuestions {
    /// Every document with a link, in order.
    documents: Vec<Digest>,
    /// Where the links of each begin; one more at the end.
    begins: Vec<usize>,
    /// Number of the question and confidence of each link.
    links: Vec<(u16, Ratio)>,
    /// The questions by number.
    questions: Vec<QuestionId>,
}

impl LinkedQuestions {
    /// Loads the links of an archive.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn load(workspace: &Workspace) -> Result<Self, Error> {
        let questions = workspace.framework.questions().iter();
        let questions: Vec<QuestionId> = questions.map(|q| q.id.clone()).collect();
        let numbers: BTreeMap<&QuestionId, u16> = questions.iter().zip(0..).collect();
        let mut all: Vec<(Digest, u16, Ratio)> = Vec::new();
        EffectiveLinks::load(workspace)?.each_listed(
            workspace,
            |digest, question, confidence| {
                if let Some(number) = numbers.get(question) {
                    all.push((digest, *number, confidence));
                }
            },
        )?;
        all.sort_unstable_by_key(|(digest, number, _)| (*digest, *number));
        let mut linked = Self {
            questions,
            ..Self::default()
        };
        for (digest, number, confidence) in all {
            if linked.documents.last() != Some(&digest) {
                linked.documents.push(digest);
                linked.begins.push(linked.links.len());
            }
            linked.links.push((number, confidence));
        }
        linked.begins.push(linked.links.len());
        Ok(linked)
    }

    fn links(&self, digest: &Digest) -> &[(u16, Ratio)] {
        let Ok(at) = self.documents.binary_search(digest) else {
            return &[];
        };
        let range = self.begins.get(at).zip(self.begins.get(at + 1));
        let links = range.and_then(|(from, to)| self.links.get(*from..*to));
        links.unwrap_or_default()
    }

    /// Returns the confidence of the best link of at least `least` to one of some questions, of
    /// every document that has one.
    pub fn best(
        &self,
        questions: Option<&BTreeSet<QuestionId>>,
        least: Ratio,
    ) -> BTreeMap<Digest, Ratio> {
        let is_asked: Vec<bool> = self
            .questions
            .iter()
            .map(|question| questions.is_none_or(|asked| asked.contains(question)))
            .collect();
        let best = |digest: &Digest| {
            let links = self.links(digest).iter().filter(|(number, confidence)| {
                *confidence >= least && is_asked.get(usize::from(*number)) == Some(&true)
            });
            links
                .map(|(_, confidence)| *confidence)
                .reduce(Ratio::max_of)
        };
        let documents = self.documents.iter();
        documents
            .filter_map(|digest| Some((*digest, best(digest)?)))
            .collect()
    }

    /// Returns the facets of documents, of which the index has counted what it knows.
    ///
    /// # Errors
    /// When data that came with this program is broken.
    pub fn facets(
        &self,
        framework: &Framework,
        documents: &[Digest],
        counted: &Counts,
    ) -> Result<Facets, Error> {
        let mut questions = vec![0_usize; self.questions.len()];
        let (mut sections, mut offices) =
            (Groups::sections(framework), Groups::offices(framework));
        for (at, digest) in documents.iter().enumerate() {
            for (number, _) in self.links(digest) {
                let number = usize::from(*number);
                if let Some(count) = questions.get_mut(number) {
                    *count += 1;
                }
                sections.add(number, at);
                offices.add(number, at);
            }
        }
        let named = framework.questions().iter().map(|question| {
            let printed = printed_number(framework, question);
            let label = both(|lang| format!("{printed} {}", question.ask.get(lang)));
            (question.id.to_string(), label)
        });
        let states = counted.states.iter().filter_map(|(name, count)| {
            let state = FileState::from_name(name)?;
            let label = both(|lang| state.label(lang).to_owned());
            Some(value(name, label, *count))
        });
        Ok(Facets {
            sections: sections.values(),
            questions: most_first(
                named
                    .zip(&questions)
                    .map(|((id, label), n)| value(&id, label, *n)),
            ),
            offices: offices.values(),
            kinds: kinds(counted)?,
            years: years(counted),
            states: most_first(states),
        })
    }
}

fn kinds(counted: &Counts) -> Result<Vec<FacetValue>, Error> {
    let kinds = recognise::kinds()?;
    let named = counted.kinds.iter().map(|(id, count)| {
        let known = kinds.get(id).map(|kind| kind.name.clone());
        let label = known.unwrap_or_else(|| both(|_| id.clone()));
        value(id, label, *count)
    });
    Ok(most_first(named))
}

/// Returns the years, the last first.
fn years(counted: &Counts) -> Vec<FacetValue> {
    let years = counted.years.iter().rev();
    years
        .map(|(year, count)| value(&year.to_string(), both(|_| year.to_string()), *count))
        .collect()
}

fn both(text: impl Fn(Lang) -> String) -> Bilingual {
    Bilingual {
        id: text(Lang::Id),
        en: text(Lang::En),
    }
}

fn value(id: &str, label: Bilingual, count: usize) -> FacetValue {
    FacetValue {
        id: id.to_owned(),
        label,
        count,
    }
}

/// Returns the values that any document has, the most frequent first, equals as they came.
fn most_first(values: impl Iterator<Item = FacetValue>) -> Vec<FacetValue> {
    let mut values: Vec<FacetValue> = values.filter(|value| value.count > 0).collect();
    values.sort_by_key(|value| std::cmp::Reverse(value.count));
    values
}

/// Groups of questions, in each of which a document counts once.
struct Groups {
    names: Vec<(String, Bilingual)>,
    /// The groups of each question.
    of: Vec<Vec<usize>>,
    counts: Vec<usize>,
    /// The last document that was counted in each, plus one.
    last: Vec<usize>,
}

impl Groups {
    fn new(names: Vec<(String, Bilingual)>, of: Vec<Vec<usize>>) -> Self {
        let count = names.len();
        Self {
            names,
            of,
            counts: vec![0; count],
            last: vec![0; count],
        }
    }

    fn sections(framework: &Framework) -> Self {
        let sections = framework.sections();
        let of = framework.questions().iter().map(|question| {
            let indicator = framework.indicator(&question.indicator);
            let code = indicator.map(|indicator| &indicator.section);
            let at = sections.iter().position(|one| Some(&one.code) == code);
            at.into_iter().collect()
        });
        let names = sections.iter();
        let names = names.map(|one| (one.code.to_string(), one.name.clone()));
        Self::new(names.collect(), of.collect())
    }

    fn offices(framework: &Framework) -> Self {
        let offices = framework.offices();
        let of = framework.questions().iter().map(|question| {
            let owners = question.offices.iter();
            owners
                .filter_map(|id| offices.iter().position(|office| office.id == *id))
                .collect()
        });
        let names = offices.iter().map(|office| {
            let label = both(|_| office.short.clone());
            (office.id.to_string(), label)
        });
        Self::new(names.collect(), of.collect())
    }

    /// Counts a document, by its place among all, for a question.
    fn add(&mut self, question: usize, document: usize) {
        for group in self.of.get(question).into_iter().flatten() {
            let counters = self.last.get_mut(*group).zip(self.counts.get_mut(*group));
            if let Some((last, count)) = counters
                && *last != document + 1
            {
                *last = document + 1;
                *count += 1;
            }
        }
    }

    fn values(self) -> Vec<FacetValue> {
        let named = self.names.into_iter().zip(self.counts);
        most_first(named.map(|((id, label), count)| value(&id, label, count)))
    }
}

/// Holds the links of an archive between searches, as long as its catalog stays as it was.
#[derive(Debug)]
pub struct LinkedCache {
    /// A connection of its own: moments of another one cannot be compared with its.
    watch: Catalog,
    held: Option<(Moment, Arc<LinkedQuestions>)>,
}

impl LinkedCache {
    /// Makes one that holds nothing yet.
    ///
    /// # Errors
    /// When the catalog cannot be opened.
    pub fn new(workspace: &Workspace) -> Result<Self, Error> {
        Ok(Self {
            watch: workspace.another_catalog()?,
            held: None,
        })
    }

    /// Returns the links as they are now.
    ///
    /// # Errors
    /// When the catalog cannot be read.
    pub fn current(
        &mut self,
        workspace: &Workspace,
    ) -> Result<Arc<LinkedQuestions>, Error> {
        // Asked first: what changes while the links are loaded is seen the next time.
        let now = self.watch.moment()?;
        if let Some((at, linked)) = &self.held
            && *at == now
        {
            return Ok(Arc::clone(linked));
        }
        let linked = Arc::new(LinkedQuestions::load(workspace)?);
        self.held = Some((now, Arc::clone(&linked)));
        Ok(linked)
    }
}
