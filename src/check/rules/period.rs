//! Rules on the date of a document, against the period of its question. Only the document's own
//! dates count, never the times of files or uploads.

use crate::check::case::{EvidenceCase, Ruling};
use crate::framework::rules::Parameters;
use crate::model::{Date, DateRole, DocumentFacts, Fact, Ratio, Years};

/// Is it from the years the question asks for?
pub(crate) fn window(piece: &EvidenceCase, parameters: &Parameters) -> Ruling {
    if piece.counts_in_force() || !parameters.covers(piece.kind()) {
        return Ruling::skip();
    }
    let facts = piece.evidence.facts;
    let says_years = |kind| parameters.by_years.contains(kind);
    if let (Some(years), true) = (&facts.years, piece.kind().is_some_and(says_years)) {
        return for_years(piece, years);
    }
    if let Some(date) = best_date(facts, &parameters.roles) {
        return in_window(piece, date);
    }
    let ruling = match facts.year.known() {
        Some(year) if year.confidence.is_confident() => {
            pass_or_fail(covers(piece, year.value)).at(year)
        }
        _ => Ruling::review(),
    };
    let year = facts.year.value().map(ToString::to_string);
    ruling.with(window_details(piece, year.unwrap_or_default()))
}

/// Compares the years that a plan or budget is for with the question's. It is made before they
/// begin, so its date does not count.
fn for_years(piece: &EvidenceCase, years: &Fact<Years>) -> Ruling {
    let Years { from, to } = years.value;
    let ruling = match years.confidence.is_confident() {
        true => pass_or_fail((from..=to).any(|year| covers(piece, year))),
        false => Ruling::review(),
    };
    ruling
        .at(years)
        .with(window_details(piece, years.value.to_string()))
}

/// Compares one date with the question's years; an activity counts up to its last day.
pub(crate) fn in_window(piece: &EvidenceCase, date: &Fact<Date>) -> Ruling {
    let facts = piece.evidence.facts;
    let is_start = facts
        .date(DateRole::Activity)
        .is_some_and(|start| start == date);
    let end = facts.date(DateRole::ActivityEnd).filter(|_| is_start);
    let last_year = end.map_or(date.value, |end| end.value).year();
    let inside = (date.value.year()..=last_year.max(date.value.year()))
        .any(|year| covers(piece, year));
    let ruling = if date.confidence.is_confident() {
        pass_or_fail(inside)
    } else {
        Ruling::review()
    };
    ruling
        .at(date)
        .with(window_details(piece, date.value.to_string()))
}

/// Returns the details of a finding on the period: the date, the period and its years.
pub(crate) fn window_details(piece: &EvidenceCase, date: String) -> [String; 3] {
    let case = piece.case;
    let verification = i32::from(case.context.year);
    let period = case.framework.period(&case.question.period);
    let first = period.and_then(|p| p.first_year_of(verification));
    let last = period.and_then(|p| p.last_year_of(verification));
    let year = |year: Option<i32>| year.map_or_else(String::new, |year| year.to_string());
    let years = format!("{}..{}", year(first), year(last));
    [date, case.question.period.as_str().to_owned(), years]
}

/// Is it in force on the day of assessment?
pub(crate) fn in_force(piece: &EvidenceCase, parameters: &Parameters) -> Ruling {
    if !piece.counts_in_force() {
        return Ruling::skip();
    }
    let facts = piece.evidence.facts;
    let as_of = piece.case.context.as_of;
    let confident = |role| {
        facts
            .date(role)
            .filter(|date| date.confidence.is_confident())
    };
    let over = confident(DateRole::ValidUntil).filter(|date| date.value < as_of);
    let begins = parameters
        .roles
        .iter()
        .copied()
        .chain([DateRole::ValidFrom]);
    let ahead = begins.filter_map(confident).find(|date| date.value > as_of);
    if let Some(date) = over.or(ahead) {
        return Ruling::fail().at(date).with([date.value.to_string()]);
    }
    match &facts.years {
        Some(years) if years.value.to < as_of.year() && is_term(years.value) => {
            Ruling::review()
                .at(years)
                .with([years.value.to.to_string()])
        }
        _ => Ruling::pass(),
    }
}

/// Tells whether years are a term (`2021–2023`) and not the one year of a budget.
fn is_term(years: Years) -> bool {
    years.from < years.to
}

/// Does it bear a date, where no window asks for one anyway?
pub(crate) fn dated(piece: &EvidenceCase, parameters: &Parameters) -> Ruling {
    if !piece.counts_in_force() || !parameters.covers(piece.kind()) {
        return Ruling::skip();
    }
    match best_date(piece.evidence.facts, &parameters.roles) {
        Some(date) if date.confidence.is_confident() => Ruling::pass(),
        Some(date) => Ruling::review().at(date),
        None => Ruling::review(),
    }
}

/// Returns the first confident date in the order of `roles`, or else the first of all.
pub(crate) fn best_date<'a>(
    facts: &'a DocumentFacts,
    roles: &[DateRole],
) -> Option<&'a Fact<Date>> {
    let dates = || roles.iter().filter_map(|role| facts.date(*role));
    dates()
        .find(|date| date.confidence >= Ratio::CONFIDENT)
        .or_else(|| dates().next())
}

fn covers(piece: &EvidenceCase, year: i16) -> bool {
    let case = piece.case;
    let verification = i32::from(case.context.year);
    case.framework
        .period(&case.question.period)
        .is_some_and(|period| period.covers(i32::from(year), verification))
}

fn pass_or_fail(holds: bool) -> Ruling {
    if holds {
        Ruling::pass()
    } else {
        Ruling::fail()
    }
}
