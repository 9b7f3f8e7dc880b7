//! Where a score stands: its category, what is lacking to the lines that matter, what became of
//! such scores before, and the way up that takes the least work.

use super::rounded;
use crate::framework::{Framework, rules::Rules};
use crate::model::{
    Bilingual, CheapestPath, Forecast, Gap, IndicatorReport, Lang, Mark, Report, Score,
    Standings,
};
use crate::report::table::layout::number;

/// Points below this are a rounding.
const NOTHING: f64 = 0.005;

pub(crate) fn standings(
    report: &Report,
    framework: &Framework,
    rules: &Rules,
) -> Standings {
    let points = report.total.points;
    let name = |points: f64| framework.category_of(points).map(|c| c.name.clone());
    let mark = |name: &Bilingual, line: f64, inferred: bool| Mark {
        name: name.clone(),
        points: line,
        lacking: rounded((line - points.likely).max(0.0)),
        inferred,
    };
    let above = framework
        .categories()
        .iter()
        .find(|category| category.min > points.likely);
    let next = above.map(|category| mark(&category.name, category.min, false));
    Standings {
        claimed: name(points.claimed()),
        likely: name(points.likely),
        thresholds: framework
            .thresholds()
            .iter()
            .map(|t| mark(&t.name, t.points, t.inferred))
            .collect(),
        forecast: forecast(report, framework, rules),
        lift: next.as_ref().and_then(|next| lift(report, rules, next)),
        next,
    }
}

/// Says what would remain of the score, had it fallen as others did.
fn forecast(report: &Report, framework: &Framework, rules: &Rules) -> Option<Forecast> {
    let own = report.total.own;
    let from = own.unwrap_or(report.total.points.claimed());
    let drops = &rules.points().drops;
    let mut kept: Vec<f64> = drops.iter().map(|drop| drop.after / drop.before).collect();
    kept.sort_by(f64::total_cmp);
    let score = |points: f64| Score {
        points: rounded(points),
        category: framework.category_of(points).map(|c| c.name.clone()),
    };
    let (low, high) = (kept.first()?, kept.last()?);
    let middle = kept.get(kept.len() / 2)?;
    Some(Forecast {
        from: score(from),
        is_own: own.is_some(),
        low: score(from * low),
        middle: score(from * middle),
        high: score(from * high),
        regions: kept.len() as u32,
    })
}

/// A thing that could be done.
struct Step {
    gap: Gap,
    effort: f64,
}

/// Finds the questions that lift the score over the line: those that bring most for their work
/// first, and then without those that are not needed after all. None where all the work there
/// is would not do.
fn lift(report: &Report, rules: &Rules, line: &Mark) -> Option<CheapestPath> {
    let indicators = report.sections.iter().flat_map(|s| &s.indicators);
    let mut steps: Vec<Step> = indicators.flat_map(|i| steps(i, rules)).collect();
    steps.sort_by(|a, b| {
        let yields = |step: &Step| step.gap.points / step.effort;
        yields(b).total_cmp(&yields(a))
    });
    let mut chosen: Vec<Step> = Vec::new();
    let mut won = 0.0;
    for step in steps {
        if won >= line.lacking {
            break;
        }
        won += step.gap.points;
        chosen.push(step);
    }
    if won < line.lacking {
        return None;
    }
    // The dearest goes first, if the others do without it.
    for at in (0..chosen.len()).rev() {
        let spare = chosen.get(at).map_or(0.0, |step| step.gap.points);
        if won - spare >= line.lacking {
            won -= spare;
            chosen.remove(at);
        }
    }
    Some(CheapestPath {
        to: line.name.clone(),
        reaches: rounded(report.total.points.likely + won),
        steps: chosen.into_iter().map(|step| step.gap).collect(),
    })
}

/// Returns what could be done in one indicator. Where its questions add up to more than it
/// brings, each of them brings less.
fn steps(indicator: &IndicatorReport, rules: &Rules) -> Vec<Step> {
    let all: f64 = indicator.questions.iter().map(|q| q.points.max).sum();
    let max = indicator.coverage.points.max;
    let factor = if all > max && all > 0.0 {
        max / all
    } else {
        1.0
    };
    let questions = indicator.questions.iter();
    questions
        .filter_map(|question| {
            let effort = rules.points().efforts.for_state(question.state)?;
            let points = rounded(question.points.gap() * factor);
            (points >= NOTHING).then(|| Step {
                gap: Gap {
                    question: question.id.clone(),
                    points,
                },
                effort,
            })
        })
        .collect()
}

/// Returns in a sentence what became of such scores before.
pub(crate) fn forecast_text(forecast: &Forecast, lang: Lang) -> String {
    let from = match forecast.is_own {
        true => lang.pick("nilai sendiri", "self-assessed score"),
        false => lang.pick("nilai menurut bukti", "score by evidence"),
    };
    let none = lang.pick("di bawah kategori", "below every category");
    let name = |score: &Score| {
        let category = score.category.as_ref();
        let category = category.map_or(none, |category| category.get(lang));
        format!("{} ({category})", number(score.points, 1, lang))
    };
    let (low, middle, high) = (
        name(&forecast.low),
        name(&forecast.middle),
        name(&forecast.high),
    );
    let (points, regions) = (number(forecast.from.points, 1, lang), forecast.regions);
    match lang {
        Lang::Id => format!(
            "Bila {from} {points} turun seperti pada {regions} daerah yang angkanya diketahui: \
             {low} sampai {high}, tengah {middle}."
        ),
        Lang::En => format!(
            "If the {from} of {points} falls as in the {regions} regions with known figures: \
             {low} to {high}, the middle {middle}."
        ),
    }
}
