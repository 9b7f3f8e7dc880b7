//! The JSON form of a document, the same in every verb: each recognised value as
//! `{value, confidence, page, box, quote, rule}`, or `null` with the reason under `unsure`.
//! The shapes are published in `schema/`.

pub mod decisions;
pub mod search;
pub mod show;

use crate::model::{
    CodeFact, DatedFact, Decision, DocKind, DocumentFacts, Fact, Issuer, Lang, Link,
    MissingPartFact, Note, Page, PersonalMark, Reading, Relation, Signatory, Signature,
    TextOrigin,
};
use serde_json::{Map, Value, json};

/// The version of every JSON shape bukti prints; fields are added, never renamed.
pub const SCHEMA_VERSION: u32 = 1;

/// Returns a value that serialises, as JSON; `null` where it cannot (it always can).
pub fn to_json<T: serde::Serialize>(value: &T) -> Value {
    serde_json::to_value(value).unwrap_or(Value::Null)
}

/// Returns a fact as JSON, with `value` put in its shape by the caller.
fn fact<T>(fact: &Fact<T>, value: Value) -> Value {
    let mut shape = Map::new();
    shape.insert("value".into(), value);
    shape.insert("confidence".into(), to_json(&fact.confidence));
    let span = fact.span.as_ref();
    shape.insert("page".into(), to_json(&span.map(|s| s.page)));
    shape.insert("box".into(), to_json(&span.and_then(|s| s.rect)));
    shape.insert("quote".into(), to_json(&span.map(|s| s.quote.as_str())));
    shape.insert("rule".into(), to_json(&fact.rule));
    Value::Object(shape)
}

fn kind(read: &Fact<DocKind>) -> Value {
    let mut shape = fact(read, to_json(&read.value.id));
    if let Some(shape) = shape.as_object_mut() {
        shape.insert("label".into(), to_json(&read.value.label));
    }
    shape
}

fn issuer(read: &Fact<Issuer>) -> Value {
    let mut shape = fact(read, to_json(&read.value.government.name));
    if let Some(shape) = shape.as_object_mut() {
        shape.insert("code".into(), to_json(&read.value.government.code));
        shape.insert("office".into(), to_json(&read.value.office));
    }
    shape
}

fn date(read: &DatedFact) -> Value {
    let mut shape = fact(&read.fact, to_json(&read.fact.value));
    if let Some(shape) = shape.as_object_mut() {
        shape.insert("role".into(), to_json(&read.role));
    }
    shape
}

fn relation(read: &Relation) -> Value {
    let mut shape = fact(&read.fact, to_json(&read.fact.value));
    if let Some(shape) = shape.as_object_mut() {
        shape.insert("role".into(), to_json(&read.role));
    }
    shape
}

fn missing_part(read: &MissingPartFact) -> Value {
    let mut shape = fact(&read.fact, to_json(&read.fact.value));
    if let Some(shape) = shape.as_object_mut() {
        shape.insert("lack".into(), to_json(&read.part));
    }
    shape
}

fn code(read: &CodeFact) -> Value {
    let mut shape = fact(&read.fact, to_json(&read.fact.value));
    if let Some(shape) = shape.as_object_mut() {
        shape.insert("role".into(), to_json(&read.role));
    }
    shape
}

/// Returns where personal data stands, never what it is.
fn personal(mark: &PersonalMark) -> Value {
    json!({
        "kind": mark.kind,
        "page": mark.page,
        "box": mark.rect,
        "confidence": mark.confidence,
        "rule": mark.rule,
    })
}

fn signature(read: &Fact<Signature>) -> Value {
    let mut shape = fact(read, to_json(&read.value.state));
    if let Some(shape) = shape.as_object_mut() {
        shape.insert("stamped".into(), to_json(&read.value.stamped));
    }
    shape
}

fn signatory(read: &Fact<Signatory>) -> Value {
    let mut shape = fact(read, to_json(&read.value.name));
    if let Some(shape) = shape.as_object_mut() {
        let office = read.value.office.as_ref();
        let office = office.map(|f| fact(f, to_json(&f.value)));
        let acting = read.value.acting.as_ref();
        let acting = acting.map(|f| fact(f, to_json(&f.value)));
        shape.insert("office".into(), to_json(&office));
        shape.insert("acting".into(), to_json(&acting));
    }
    shape
}

fn put<T>(
    shape: &mut Map<String, Value>,
    unsure: &mut Map<String, Value>,
    name: &str,
    reading: &Reading<T>,
    as_json: impl Fn(&Fact<T>) -> Value,
) {
    match reading {
        Reading::Known(fact) => shape.insert(name.into(), as_json(fact)),
        Reading::Unsure(why) => {
            unsure.insert(name.into(), to_json(why));
            shape.insert(name.into(), Value::Null)
        }
    };
}

/// Puts what was recognised into `shape`.
pub fn facts(shape: &mut Map<String, Value>, facts: &DocumentFacts) {
    let mut unsure = Map::new();
    let plain = |f: &Fact<String>| fact(f, to_json(&f.value));
    put(shape, &mut unsure, "kind", &facts.kind, kind);
    put(shape, &mut unsure, "number", &facts.number, plain);
    put(shape, &mut unsure, "year", &facts.year, |f| {
        fact(f, to_json(&f.value))
    });
    put(shape, &mut unsure, "title", &facts.title, plain);
    put(shape, &mut unsure, "issuer", &facts.issuer, issuer);
    shape.insert("dates".into(), facts.dates.iter().map(date).collect());
    let draft = facts.draft.as_ref().map(|f| fact(f, to_json(&f.value)));
    shape.insert("draft".into(), to_json(&draft));
    put(shape, &mut unsure, "signature", &facts.signature, signature);
    put(shape, &mut unsure, "signatory", &facts.signatory, signatory);
    let also = facts.also_numbered.iter().map(plain);
    shape.insert("also_numbered".into(), also.collect());
    let years = facts.years.as_ref().map(|f| fact(f, to_json(&f.value)));
    shape.insert("years".into(), to_json(&years));
    let relations = facts.relations.iter().map(relation);
    shape.insert("relations".into(), relations.collect());
    let missing = facts.missing_parts.iter().map(missing_part);
    shape.insert("lacks".into(), missing.collect());
    let members = facts.members.as_ref().map(|f| fact(f, to_json(&f.value)));
    shape.insert("members".into(), to_json(&members));
    let rows = facts.rows.as_ref().map(|f| fact(f, to_json(&f.value)));
    shape.insert("rows".into(), to_json(&rows));
    shape.insert("place".into(), to_json(&facts.place.as_ref().map(plain)));
    shape.insert("papers".into(), to_json(&facts.papers));
    let codes = facts.codes.iter().map(code);
    shape.insert("codes".into(), codes.collect());
    let personal = facts.personal.iter().map(personal);
    shape.insert("personal".into(), personal.collect());
    shape.insert("unsure".into(), Value::Object(unsure));
}

/// Returns links as JSON, best first.
pub fn links(links: &[Link]) -> Value {
    links.iter().map(link).collect()
}

/// Returns a link as JSON.
pub fn link(link: &Link) -> Value {
    json!({
        "question": link.question,
        "indicator": link.indicator,
        "confidence": link.confidence,
        "cue": link.cue,
        "against": link.negative,
        "reasons": link.reasons,
        "decided": link.decided,
    })
}

/// Returns a person's decision as JSON.
pub fn decision(decision: &Decision) -> Value {
    json!({
        "document": decision.document,
        "question": decision.question,
        "verdict": decision.verdict,
        "author": decision.decided.author,
        "made": decision.decided.made,
        "note": decision.decided.note,
    })
}

/// Returns remarks as JSON, with the words a person reads.
pub fn notes(notes: &[Note], lang: Lang) -> Value {
    let shape = |note: &Note| {
        json!({
            "code": note.code,
            "page": note.page,
            "detail": note.detail,
            "text": note.explain(lang),
        })
    };
    notes.iter().map(shape).collect()
}

/// Returns where the text of each page comes from.
pub fn origins(pages: &[Page]) -> Vec<TextOrigin> {
    pages.iter().map(|page| page.origin).collect()
}
