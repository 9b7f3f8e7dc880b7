//! Rolls an assessment up: question → indicator → section → total, the gaps worth most, and
//! what each office has to do.

use super::words::{Phrasebook, number};
use crate::framework::{Framework, Indicator, Question, doctype::DocTypes, rules::Rules};
use crate::model::{
    Assessment, Coverage, EvidenceLine, Gap, IndicatorReport, Mark, OfficeId, OfficeRef,
    OfficeReport, QuestionId, QuestionReport, QuestionResult, Remark, Report,
    SectionReport, Standings, Weighed,
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
        edition: framework.edition().to_owned(),
        region: region.map(|region| region.name.clone()),
        year: assessment.year,
        as_of: assessment.as_of,
        documents: assessment.documents_seen,
        total,
        standings: standings(framework, total),
        method: rules.points().text.clone(),
        sections,
        gaps: Vec::new(),
        offices: Vec::new(),
    };
    report.gaps = gaps(report.questions());
    report.offices = offices(framework, &report);
    report
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
        let mut coverage = sum(questions.iter().map(one));
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
            offices: result.offices.iter().map(|id| self.office(id)).collect(),
            evidence: result.evidence.iter().map(|w| self.evidence(w)).collect(),
            further: result.further,
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

fn one(question: &QuestionReport) -> Coverage {
    let mut coverage = Coverage {
        points: question.points,
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
    }
    sum.points = sum.points.rounded();
    sum
}

fn standings(framework: &Framework, total: Coverage) -> Standings {
    let name = |points: f64| framework.category_of(points).map(|c| c.name.clone());
    let likely = total.points.likely;
    let mark = |name: &crate::model::Bilingual, points: f64, inferred: bool| Mark {
        name: name.clone(),
        points,
        lacking: ((points - likely).max(0.0) * 100.0).round() / 100.0,
        inferred,
    };
    let above = framework
        .categories()
        .iter()
        .find(|category| category.min > likely);
    Standings {
        claimed: name(total.points.claimed()),
        likely: name(likely),
        next: above.map(|category| mark(&category.name, category.min, false)),
        thresholds: framework
            .thresholds()
            .iter()
            .map(|t| mark(&t.name, t.points, t.inferred))
            .collect(),
    }
}

/// Returns the questions with points to be won, most points first, then in order.
fn gaps<'a>(questions: impl Iterator<Item = &'a QuestionReport>) -> Vec<Gap> {
    let mut gaps: Vec<Gap> = questions
        .filter(|question| question.state.wants_attention())
        .map(|question| Gap {
            question: question.id.clone(),
            points: (question.points.gap() * 100.0).round() / 100.0,
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
                coverage: sum(report.questions().filter(is_owner).map(one)),
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
