//! The report as SARIF 2.1.0 (OASIS), which programs that show findings in their place read:
//! one result for each thing said of a question, with the file and the page.

use crate::framework::rules::{Rule, Rules};
use crate::model::{Lang, Level, Outcome, Report};
use crate::report::place::uri;
use crate::report::table::rows::{Row, rows};
use serde_json::{Map, Value, json};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Returns the report as one SARIF log in one language.
pub fn sarif(report: &Report, rules: &Rules, lang: Lang) -> Value {
    let results: Vec<Value> = rows(report)
        .filter_map(|row| result(&row, rules, lang))
        .collect();
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "bukti",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "language": lang.pick("id", "en"),
                "rules": rules.all().iter().map(|r| rule(r, lang)).collect::<Vec<_>>(),
            }},
            "language": lang.pick("id", "en"),
            "columnKind": "unicodeCodePoints",
            "results": results,
            "properties": {
                "framework": report.framework,
                "region": report.region,
                "year": report.year,
                "asOf": report.as_of,
                "points": report.total.points,
            },
        }],
    })
}

fn rule(rule: &Rule, lang: Lang) -> Value {
    let worst = rule.says.values().map(|words| words.level).max();
    let text = rule.says.values().map(|words| words.text.get(lang));
    let text: Vec<&str> = text.collect();
    json!({
        "id": rule.id,
        "shortDescription": { "text": rule.name.get(lang) },
        "fullDescription": { "text": text.join(" · ") },
        "defaultConfiguration": { "level": worst.unwrap_or(Level::Note).as_str() },
        "properties": { "inferred": rule.inferred, "source": rule.source },
    })
}

fn result(row: &Row, rules: &Rules, lang: Lang) -> Option<Value> {
    let remark = row.remark?;
    let index = rules.all().iter().position(|rule| rule.id == remark.rule)?;
    let question = row.question;
    let remedy = remark.remedy.as_ref().map(|remedy| remedy.get(lang));
    let text = [Some(remark.text.get(lang)), remedy];
    let text: Vec<&str> = text.into_iter().flatten().collect();
    let document = remark.document.as_ref();
    let mut location = Map::new();
    if let Some(document) = document {
        location.insert(
            "physicalLocation".into(),
            json!({ "artifactLocation": { "uri": uri(&document.path) } }),
        );
    }
    location.insert(
        "logicalLocations".into(),
        json!([{ "name": question.number, "fullyQualifiedName": question.id }]),
    );
    if let Some(page) = remark.page {
        let quote = remark.quote.as_deref();
        location.insert("properties".into(), json!({ "page": page, "quote": quote }));
    }
    let sha256 = document.map(|document| document.sha256);
    let key = format!(
        "{}/{}/{}",
        remark.rule,
        question.id,
        sha256.map_or_else(String::new, |digest| digest.to_string())
    );
    // §3.27.10: what is not a failure has no level.
    let kind = kind(remark.outcome);
    let level = match remark.outcome {
        Outcome::Fail => remark.level.as_str(),
        _ => "none",
    };
    Some(json!({
        "ruleId": remark.rule,
        "ruleIndex": index,
        "kind": kind,
        "level": level,
        "message": { "text": text.join(". ") },
        "locations": [location],
        "partialFingerprints": { "bukti/v1": key },
        "properties": {
            "question": question.id,
            "state": question.state,
            "points": question.points,
            "offices": question.offices.iter().map(|o| &o.id).collect::<Vec<_>>(),
            "sha256": sha256,
        },
    }))
}

fn kind(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pass => "pass",
        Outcome::Fail => "fail",
        Outcome::Review => "review",
        Outcome::NotApplicable => "notApplicable",
    }
}
