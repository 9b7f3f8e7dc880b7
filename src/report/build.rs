//! Rolls an assessment up: question → indicator → section → total, the gaps worth most, and
//! what each office has to do.

mod round;
pub(crate) mod standings;

pub(super) use self::round::rounded;
use super::words::{Phrasebook, number};
use crate::framework::rules::Rules;
use crate::framework::{Framework, Indicator, Question};
use crate::lexicon::doctype::DocTypes;
use crate::model::{
    Answer, Assessment, Coverage, EvidenceLine, Gap, IndicatorReport, OfficeId,
    OfficeRef, OfficeReport, QuestionId, QuestionReport, QuestionResult, Remark, Report,
    SectionReport, Standings, Weighed, add_known,
};
use std::{cmp::Reverse, collections::BTreeMap};

/// Points below this are a rounding and no gap.
const LEAST_GAP: f64 = 0.005;

/// Builds the report of an assessment, in the framework's order.
pub fn build(
    assessment: &Assessment,
    framework: &Framework,
    rules: &Rules,
    kinds: &DocTypes,
) -> Report {
    let builder = Builder {
        book: Phrasebook {
            framework,
            rules,
            kinds,
            assessment,
        },
        results: assessment
            .questions
            .iter()
            .map(|q| (&q.question, q))
            .collect(),
    };
    let sections = builder.sections();
    let total = sum(sections.iter().map(|section| section.coverage));
    let region = assessment.region.as_ref();
    let mut report = Report {
        framework: assessment.framework.clone(),
        name: framework.name().clone(),
        part_names: framework.part_names(),
        edition: framework.edition().to_owned(),
        region: region.map(|region| region.name.clone()),
        year: assessment.year,
        as_of: assessment.as_of,
        documents: assessment.documents_seen,
        total,
        standings: Standings::default(),
        method: rules.points().text.clone(),
        sections,
        gaps: Vec::new(),
        offices: Vec::new(),
        history: Vec::new(),
        since: None,
    };
    report.gaps = gaps(report.questions());
    report.offices = offices(framework, &report);
    report.standings = standings::standings(&report, framework, rules);
    report
}

/// Lays the answers that a region gave itself beside what the evidence says.
pub fn with_answers(
    report: &mut Report,
    answers: &[Answer],
    framework: &Framework,
    rules: &Rules,
) {
    let own: BTreeMap<&QuestionId, f64> =
        answers.iter().map(|a| (&a.question, a.points)).collect();
    for section in &mut report.sections {
        for indicator in &mut section.indicators {
            for question in &mut indicator.questions {
                question.own = own.get(&question.id).copied();
            }
            let max = framework.indicator(&indicator.id).map(|found| found.max);
            let sum = sum(indicator.questions.iter().map(question_coverage));
            let capped = |own: f64| own.min(max.unwrap_or(own));
            indicator.coverage.own = sum.own.map(capped);
        }
        section.coverage.own = sum(section.indicators.iter().map(|i| i.coverage)).own;
    }
    report.total.own = sum(report.sections.iter().map(|s| s.coverage)).own;
    report.offices = offices(framework, report);
    report.standings = standings::standings(report, framework, rules);
}

struct Builder<'a> {
    book: Phrasebook<'a>,
    results: BTreeMap<&'a QuestionId, &'a QuestionResult>,
}

impl Builder<'_> {
    fn sections(&self) -> Vec<SectionReport> {
        let framework = self.book.framework;
        let section = |section: &crate::framework::Section| {
            let indicators: Vec<IndicatorReport> = framework
                .indicators_of(&section.code)
                .map(|indicator| self.indicator(indicator))
                .collect();
            SectionReport {
                code: section.code.clone(),
                name: section.name.clone(),
                coverage: sum(indicators.iter().map(|i| i.coverage)),
                indicators,
            }
        };
        framework.sections().iter().map(section).collect()
    }

    fn indicator(&self, indicator: &Indicator) -> IndicatorReport {
        let questions: Vec<QuestionReport> = self
            .book
            .framework
            .questions_of(&indicator.id)
            .filter_map(|question| {
                Some(self.question(question, self.results.get(&question.id)?))
            })
            .collect();
        let mut coverage = sum(questions.iter().map(question_coverage));
        // Some indicators' questions add up to more than the indicator brings (the framework
        // says so in its `doubt`): the total must not.
        coverage.points = coverage.points.capped(indicator.max).rounded();
        IndicatorReport {
            id: indicator.id.clone(),
            number: indicator.number,
            name: indicator.name.clone(),
            short: indicator.short.clone(),
            coverage,
            questions,
        }
    }

    fn question(&self, question: &Question, result: &QuestionResult) -> QuestionReport {
        let mut remarks: Vec<Remark> = result
            .findings
            .iter()
            .filter_map(|finding| self.book.remark(finding))
            .collect();
        // Worst first; among equals the question's own and then the better evidence.
        remarks.sort_by_key(|remark| (Reverse(remark.level), remark.document.is_some()));
        QuestionReport {
            id: question.id.clone(),
            number: number(self.book.framework, question),
            ask: question.ask.clone(),
            state: result.state,
            points: result.points,
            own: None,
            offices: result.offices.iter().map(|id| self.office(id)).collect(),
            evidence: result.evidence.iter().map(|w| self.evidence(w)).collect(),
            further: result.further,
            lacking: result.lacking.clone(),
            remarks,
        }
    }

    fn evidence(&self, weighed: &Weighed) -> EvidenceLine {
        let span = weighed.cue.span.as_ref();
        EvidenceLine {
            document: self.book.document(weighed.document),
            kind: weighed
                .kind
                .as_ref()
                .map(|kind| self.book.kind(kind.as_str())),
            standing: weighed.standing,
            confidence: weighed.confidence,
            share: weighed.share,
            term: weighed.cue.term.clone(),
            page: span.map(|span| span.page),
            quote: span.map(|span| span.quote.clone()),
            esign: weighed.esign.clone(),
        }
    }

    fn office(&self, id: &OfficeId) -> OfficeRef {
        let office = self.book.framework.office(id);
        OfficeRef {
            id: id.clone(),
            short: office.map_or_else(|| id.to_string(), |office| office.short.clone()),
        }
    }
}

fn question_coverage(question: &QuestionReport) -> Coverage {
    let mut coverage = Coverage {
        points: question.points,
        own: question.own,
        ..Coverage::default()
    };
    coverage.states.add(question.state);
    coverage
}

/// Adds up in order, and rounds each sum, so that it prints alike everywhere.
fn sum(parts: impl Iterator<Item = Coverage>) -> Coverage {
    let mut sum = Coverage::default();
    for part in parts {
        sum.points += part.points;
        sum.states += part.states;
        sum.own = add_known(sum.own, part.own);
    }
    sum.points = sum.points.rounded();
    sum.own = sum.own.map(rounded);
    sum
}

/// Returns the questions with points to be won, most points first, then in order.
fn gaps<'a>(questions: impl Iterator<Item = &'a QuestionReport>) -> Vec<Gap> {
    let mut gaps: Vec<Gap> = questions
        .filter(|question| question.state.wants_attention())
        .map(|question| Gap {
            question: question.id.clone(),
            points: rounded(question.points.gap()),
        })
        .filter(|gap| gap.points >= LEAST_GAP)
        .collect();
    gaps.sort_by(|a, b| b.points.total_cmp(&a.points));
    gaps
}

/// Returns every office that owns a question, the one with most points to be won first.
fn offices(framework: &Framework, report: &Report) -> Vec<OfficeReport> {
    let mut offices: Vec<OfficeReport> = framework
        .offices()
        .iter()
        .map(|office| {
            let is_owner = |question: &&QuestionReport| {
                question.offices.iter().any(|owner| owner.id == office.id)
            };
            OfficeReport {
                office: OfficeRef {
                    id: office.id.clone(),
                    short: office.short.clone(),
                },
                name: office.name.clone(),
                coverage: sum(report.questions().filter(is_owner).map(question_coverage)),
                tasks: gaps(report.questions().filter(is_owner)),
            }
        })
        .filter(|office| office.coverage.points.max > 0.0 || !office.tasks.is_empty())
        .collect();
    offices.sort_by(|a, b| {
        let gap = |office: &OfficeReport| office.coverage.points.gap();
        gap(b).total_cmp(&gap(a))
    });
    offices
}
