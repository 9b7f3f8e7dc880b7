//! Every rule held against the cases in `schema/rules.json`, and the check as a whole.

use super::case::{QuestionCase, Ruling, Tally};
use super::table;
use super::*;
use crate::framework;
use crate::framework::rules::{About, Rule};
use crate::model::{
    CameraFacts, Cited, CodeFact, CodeRole, Cue, DatedFact, DocKind, DocumentFacts,
    EsignReport, Fact, Government, IndicatorId, Issuer, LevelId, Link, Locality,
    MediaType, Metadata, MissingPartFact, Note, Outcome, PersonalMark, QuestionState,
    Ratio, Reading, Relation, Rows, RuleId, Signatory, Signature, Span, Standing, Unsure,
    Years,
};
use serde_json::{Value, json};
use std::sync::LazyLock;

/// The framework without its search terms and its questions: quick to parse, over and over.
static BUILTIN: LazyLock<Value> = LazyLock::new(|| {
    let mut file: Value =
        serde_json::from_str(include_str!("../../schema/framework.json")).unwrap();
    let indicator = &mut file["indicators"][0];
    indicator["terms"] = json!([{"t": "anak", "w": 1}]);
    file["indicators"] = json!([indicator.take()]);
    file["questions"] = json!([]);
    file
});

/// The smallest framework with two questions; the first is the one at hand.
fn framework_with(question: &Value) -> Framework {
    let mut file = BUILTIN.clone();
    let indicator = BUILTIN["indicators"][0].clone();
    let mut asked = json!({
        "id": "KLA24-01-Q1", "indicator": indicator["id"], "number": "1",
        "ask": {"id": "?", "en": "?"}, "terms": [{"t": "anak", "w": 1}],
    });
    merge(&mut asked, question);
    let mut other = asked.clone();
    merge(&mut other, &json!({"id": "KLA24-01-Q2", "number": "2"}));
    let max = asked["max"].as_f64().unwrap() * 2.0;
    file["total_max"] = json!(max);
    file["sections"] = json!([BUILTIN["sections"][0]]);
    file["indicators"] = json!([indicator]);
    file["sections"][0]["max"] = json!(max);
    file["indicators"][0]["max"] = json!(max);
    file["questions"] = json!([asked, other]);
    framework::parse(&file.to_string(), include_str!("../../schema/offices.json"))
        .unwrap()
}

fn merge(into: &mut Value, from: &Value) {
    for (key, value) in from.as_object().into_iter().flatten() {
        into[key] = value.clone();
    }
}

/// Owns what an [`Evidence`] borrows.
struct Document {
    digest: Digest,
    paths: Vec<String>,
    media_type: MediaType,
    pages: u32,
    facts: DocumentFacts,
    metadata: Metadata,
    notes: Vec<Note>,
    legibility: Legibility,
    links: Vec<Link>,
    waiting: u32,
    gone: bool,
    changed: bool,
    twins: Vec<Twin>,
}

impl Document {
    fn new(n: u8, case: &Value) -> Self {
        let confidence = |key: &str| {
            Ratio::new(
                case[key]
                    .as_f64()
                    .map_or(1.0, |confidence| confidence as f32),
            )
        };
        let notes = case["notes"].as_array().into_iter().flatten();
        let notes = notes.map(|code| Note::file(from(code)));
        let signature_fields: Option<(u32, u32)> = from(&case["signature_fields"]);
        let captured: Option<String> = from(&case["captured"]);
        let topic = Ratio::new(case["topic"].as_f64().unwrap() as f32);
        let negative = case["against"].as_str().map(cue);
        let mut links = vec![link("KLA24-01-Q1", topic, negative)];
        links[0].cue.span = case["cue_page"].as_u64().map(|page| Span {
            page: page as u32,
            rect: None,
            quote: String::new(),
        });
        for other in case["also"].as_array().into_iter().flatten() {
            links.push(link(other.as_str().unwrap(), Ratio::ONE, None));
        }
        Self {
            digest: Digest::new([n; 32]),
            paths: from(&case["paths"]),
            media_type: from(&case["media_type"]),
            pages: from(&case["pages"]),
            facts: facts(case, &confidence),
            metadata: Metadata {
                signature_fields,
                esign: case["esign"]
                    .as_str()
                    .map(|verdict| Box::new(EsignReport::made(verdict))),
                camera: captured.map(|captured| CameraFacts {
                    captured: Some(captured),
                    ..CameraFacts::default()
                }),
                ..Metadata::default()
            },
            notes: notes.collect(),
            legibility: Legibility {
                unclear: from::<Option<_>>(&case["unclear_pages"]).unwrap_or_default(),
                ocr_confidence: from(&case["ocr_confidence"]),
            },
            links,
            waiting: from::<Option<_>>(&case["waiting"]).unwrap_or_default(),
            gone: !case["gone"].is_null(),
            changed: !case["changed"].is_null(),
            twins: each(&case["twins"], |twin| Twin {
                path: from(&twin["path"]),
                is_photo: from(&twin["photo"]),
                kind: from::<Option<String>>(&twin["kind"]).map(|id| id.as_str().into()),
                serves: each(&twin["serves"], |id| id.as_str().unwrap().into()),
            }),
        }
    }

    fn evidence(&self) -> Evidence<'_> {
        Evidence {
            digest: self.digest,
            paths: &self.paths,
            media_type: self.media_type,
            page_count: self.pages,
            facts: &self.facts,
            metadata: &self.metadata,
            notes: &self.notes,
            legibility: self.legibility.clone(),
            links: &self.links,
            waiting: self.waiting,
            gone: self.gone,
            changed: self.changed,
            twins: &self.twins,
        }
    }
}

#[allow(clippy::too_many_lines, reason = "a line or two a field")]
fn facts(case: &Value, confidence: &dyn Fn(&str) -> Ratio) -> DocumentFacts {
    let dates = case["dates"].as_object().into_iter().flatten();
    DocumentFacts {
        kind: reading(
            &case["kind"],
            confidence("kind_confidence"),
            |id: String| DocKind {
                id: id.as_str().into(),
                label: id,
            },
        ),
        number: match case["number_reason"].as_str() {
            Some("blank") => Reading::Unsure(Unsure::Blank),
            _ => reading(
                &case["number"],
                confidence("number_confidence"),
                |n: String| n,
            ),
        },
        year: reading(&case["year"], Ratio::ONE, |year: i16| year),
        title: reading(&case["title"], Ratio::ONE, |title: String| title),
        issuer: reading(&case["issuer"], confidence("issuer_confidence"), |name| {
            Issuer {
                government: Government { code: None, name },
                office: None,
            }
        }),
        dates: dates
            .map(|(role, date)| DatedFact {
                role: from(&json!(role)),
                fact: Fact {
                    span: case["date_page"].as_u64().map(|page| Span {
                        page: page as u32,
                        rect: None,
                        quote: String::new(),
                    }),
                    ..fact(from(date), confidence("date_confidence"))
                },
            })
            .collect(),
        draft: (!case["draft"].is_null()).then(|| Fact {
            rule: RuleId::from(case["draft_rule"].as_str().unwrap_or("test")),
            ..fact(true, confidence("draft"))
        }),
        codes: each(&case["codes"], |text| CodeFact {
            role: from::<Option<_>>(&case["code_role"]).unwrap_or(CodeRole::Signature),
            fact: fact(from(text), confidence("code_confidence")),
        }),
        years: from::<Option<(i16, i16)>>(&case["years"])
            .map(|(from, to)| fact(Years { from, to }, confidence("years_confidence"))),
        relations: each(&case["relations"], |relation| Relation {
            role: from(&relation["role"]),
            fact: fact(from::<Cited>(relation), confidence("relation_confidence")),
        }),
        missing_parts: each(&case["lacks"], |part| MissingPartFact {
            part: from(part),
            fact: fact("…".to_owned(), confidence("lack_confidence")),
        }),
        members: from::<Option<u32>>(&case["members"])
            .map(|count| fact(count, confidence("members_confidence"))),
        rows: from::<Option<Rows>>(&case["rows"])
            .map(|rows| fact(rows, confidence("rows_confidence"))),
        place: from::<Option<String>>(&case["place"])
            .map(|place| fact(place, Ratio::ONE)),
        personal: (1..)
            .zip(case["personal"].as_array().into_iter().flatten())
            .map(|(page, kind)| PersonalMark {
                kind: from(kind),
                page,
                rect: None,
                confidence: confidence("personal_confidence"),
                rule: RuleId::from("test"),
            })
            .collect(),
        signature: reading(
            &case["signature"],
            confidence("signature_confidence"),
            |state| Signature {
                state,
                stamped: from(&case["stamped"]),
            },
        ),
        signatory: reading(
            &case["signatory"],
            confidence("signatory_confidence"),
            |office: String| Signatory {
                name: "NAMA".to_owned(),
                office: Some(fact(office, Ratio::ONE)),
                acting: None,
            },
        ),
        ..DocumentFacts::default()
    }
}

fn each<T>(list: &Value, make: impl Fn(&Value) -> T) -> Vec<T> {
    list.as_array().into_iter().flatten().map(make).collect()
}

fn reading<F: serde::de::DeserializeOwned, T>(
    value: &Value,
    confidence: Ratio,
    make: impl Fn(F) -> T,
) -> Reading<T> {
    let value: Option<F> = from(value);
    value.map_or_else(Reading::default, |v| {
        Reading::Known(fact(make(v), confidence))
    })
}

fn fact<T>(value: T, confidence: Ratio) -> Fact<T> {
    Fact {
        value,
        confidence,
        span: None,
        rule: RuleId::from("test"),
    }
}

fn from<T: serde::de::DeserializeOwned>(value: &Value) -> T {
    serde_json::from_value(value.clone()).unwrap()
}

fn cue(term: &str) -> Cue {
    Cue {
        term: term.to_owned(),
        span: None,
    }
}

fn link(question: &str, confidence: Ratio, negative: Option<Cue>) -> Link {
    Link {
        question: question.into(),
        indicator: IndicatorId::from("KLA24-01"),
        confidence,
        cue: cue("anak"),
        negative,
        reasons: Vec::new(),
        decided: None,
    }
}

/// Makes a list of places by level of the names in a case.
fn listed(places: &Value) -> BTreeMap<LevelId, Vec<Locality>> {
    let levels = places.as_object().into_iter().flatten();
    let of_level = |(level, names): (&String, &Value)| {
        let level = LevelId::from(level.as_str());
        let place = |name: &Value| Locality {
            level: level.clone(),
            name: from(name),
            within: None,
        };
        (level.clone(), each(names, place))
    };
    levels.map(of_level).collect()
}

/// A case of `rules.json`, made real.
struct Given {
    framework: Framework,
    documents: Vec<Document>,
    context: Context,
}

impl Given {
    fn new(rules: &Rules, vector: &Value) -> Self {
        let sound = |key: &str, over: &Value| {
            let mut case = rules.sound()[key].clone();
            merge(&mut case, over);
            case
        };
        let documents = match vector["documents"].as_array() {
            Some(documents) => documents.clone(),
            None => vec![vector["document"].clone()],
        };
        let context = sound("context", &vector["context"]);
        let region: Option<String> = from(&context["region"]);
        Self {
            framework: framework_with(&sound("question", &vector["question"])),
            documents: (1..)
                .zip(&documents)
                .map(|(n, document)| Document::new(n, &sound("document", document)))
                .collect(),
            context: Context {
                region: region.map(|name| Government { code: None, name }),
                year: from(&context["year"]),
                as_of: from(&context["as_of"]),
                places: listed(&context["places"]),
            },
        }
    }

    fn evidence(&self) -> Vec<Evidence<'_>> {
        self.documents.iter().map(Document::evidence).collect()
    }

    fn check(&self, rules: &Rules) -> Assessment {
        check(&self.evidence(), &self.framework, rules, &self.context)
    }

    /// Asks one rule alone.
    fn ruling(&self, rules: &Rules, rule: &Rule) -> Ruling {
        let question = &self.framework.questions()[0];
        let listed = Listed::new(&self.framework, &self.context);
        let evidence = self.evidence();
        let mut acts = Acts::default();
        let mut codes = CodeBearers::default();
        for document in &evidence {
            acts.add(document.digest, document.facts);
            codes.add(document.digest, &document.paths[0], document.facts);
        }
        let case = Case {
            framework: &self.framework,
            rules,
            context: &self.context,
            listed: &listed,
            acts: &acts,
            codes: &codes,
            question,
        };
        let served: Vec<_> = evidence.iter().map(questions_served).collect();
        let pieces: Vec<EvidenceCase> = evidence
            .iter()
            .zip(&served)
            .map(|(evidence, served)| EvidenceCase {
                case,
                evidence,
                link: &evidence.links[0],
                served,
            })
            .collect();
        if rule.about == About::Document {
            let judge = table::on_document(&rule.id).unwrap();
            return judge(&pieces[0], &rule.parameters);
        }
        // How each piece stands is the whole check's work: ask it.
        let result = &self.check(rules).questions[0];
        let mut tally = Tally::new();
        for weighed in &result.evidence {
            let is_it = |piece: &&EvidenceCase| piece.evidence.digest == weighed.document;
            let piece = pieces.iter().find(is_it).unwrap();
            *tally
                .entry(place::evidence_class(piece, weighed.standing))
                .or_default() += 1;
        }
        let whole = QuestionCase {
            case,
            classes: &tally,
        };
        table::on_question(&rule.id).unwrap()(&whole, &rule.parameters)
    }
}

#[test]
fn every_vector_comes_out_as_written() {
    let rules = Rules::builtin().unwrap();
    for rule in rules.all() {
        for vector in rule.vectors() {
            let place = format!("{}: {}", rule.id, vector["case"]);
            let ruling = Given::new(&rules, vector).ruling(&rules, rule);
            assert_eq!(json!(ruling.outcome), vector["outcome"], "{place}");
            if !vector["details"].is_null() {
                assert_eq!(json!(ruling.details), vector["details"], "{place}");
            }
            if rule.says.contains_key(&ruling.outcome) {
                assert_eq!(ruling.details.len(), rule.details.len(), "{place}");
            }
            let has_words = rule.says.contains_key(&ruling.outcome);
            let is_silent =
                matches!(ruling.outcome, Outcome::Pass | Outcome::NotApplicable);
            assert!(has_words || is_silent, "{place}: no words");
        }
    }
}

#[test]
fn every_outcome_with_words_has_a_vector_and_one_that_differs() {
    for rule in Rules::builtin().unwrap().all() {
        let has = |outcome: &Outcome| {
            rule.vectors()
                .iter()
                .any(|v| v["outcome"] == json!(outcome))
        };
        assert!(rule.says.keys().all(has), "{}", rule.id);
        let first = &rule.vectors()[0]["outcome"];
        assert!(
            rule.vectors().iter().any(|v| v["outcome"] != *first),
            "{}",
            rule.id
        );
    }
}

/// Returns what a broken rule would say instead.
fn broken(outcome: Outcome) -> Outcome {
    match outcome {
        Outcome::Pass => Outcome::Fail,
        Outcome::Fail | Outcome::Review => Outcome::Pass,
        Outcome::NotApplicable => Outcome::Review,
    }
}

#[test]
fn a_rule_that_is_broken_fails_a_vector() {
    use Outcome::{Fail, NotApplicable, Pass, Review};
    let rules = Rules::builtin().unwrap();
    for rule in rules.all() {
        let found: Vec<(Outcome, Outcome)> = rule
            .vectors()
            .iter()
            .map(|vector| {
                let ruling = Given::new(&rules, vector).ruling(&rules, rule);
                (ruling.outcome, from(&vector["outcome"]))
            })
            .collect();
        for said in [Pass, Fail, Review, NotApplicable] {
            let noticed = |wanted: &Outcome| *wanted != said;
            assert!(
                found.iter().any(|(_, wanted)| noticed(wanted)),
                "{}: it may always say {said:?}",
                rule.id
            );
            // What it says must turn on the case: wherever it says so, the opposite is wrong.
            let mut such = found.iter().filter(|(outcome, _)| *outcome == said);
            assert!(
                such.all(|(outcome, wanted)| broken(*outcome) != *wanted),
                "{}: {said:?} may be inverted",
                rule.id
            );
        }
    }
}

#[test]
fn a_rule_whose_parameter_is_lost_fails_a_vector() {
    let text = include_str!("../../schema/rules.json");
    let file: Value = serde_json::from_str(text).unwrap();
    let rules = Rules::builtin().unwrap();
    let mut unnoticed = Vec::new();
    for (n, rule) in rules.all().iter().enumerate() {
        let names = file["rules"][n]["parameters"].as_object();
        for name in names.into_iter().flatten().map(|(name, _)| name) {
            let mut changed = file.clone();
            let parameters = changed["rules"][n]["parameters"].as_object_mut();
            parameters.unwrap().remove(name);
            let changed = Rules::parse(&changed.to_string()).unwrap();
            let mut vectors = rule.vectors().iter();
            let noticed = vectors.any(|vector| {
                let given = Given::new(&changed, vector);
                let ruling = given.ruling(&changed, changed.get(&rule.id).unwrap());
                json!(ruling.outcome) != vector["outcome"]
            });
            if !noticed {
                unnoticed.push(format!("{}: {name}", rule.id));
            }
        }
    }
    assert!(unnoticed.is_empty(), "{unnoticed:?}");
}

#[test]
fn sources_and_levels_lead_somewhere() {
    let rules = Rules::builtin().unwrap();
    let framework = Framework::builtin().unwrap();
    for rule in rules.all() {
        let is_known = |key: &String| framework.sources().contains_key(key.as_str());
        assert!(rule.source.as_ref().is_none_or(is_known), "{}", rule.id);
    }
    for level in framework.levels() {
        assert!(rules.level_rank(&level.id).is_some(), "{}", level.id);
    }
}

#[test]
#[allow(clippy::too_many_lines, reason = "a table of cases")]
fn a_question_stands_as_its_evidence_does() {
    use QuestionState::{Invalid, Missing, NotApplicable, Review, Valid, Weak};
    // (how the case differs, state, likely points of 10, points at risk)
    let cases = [
        (json!({}), Valid, 10.0, 0.0),
        (
            json!({"document": {"number_confidence": 0.5}}),
            Review,
            7.5,
            2.5,
        ),
        (json!({"document": {"topic": 0.7}}), Weak, 5.0, 5.0),
        (json!({"document": {"draft": 1.0}}), Invalid, 0.0, 10.0),
        (
            json!({"document": {"draft": 1.0, "topic": 0.7}}),
            Missing,
            0.0,
            0.0,
        ),
        (json!({"documents": []}), Missing, 0.0, 0.0),
        (json!({"documents": [{"draft": 1.0}, {}]}), Valid, 10.0, 0.0),
        (
            json!({"documents": [], "question": {"max": 0}}),
            NotApplicable,
            0.0,
            0.0,
        ),
        (
            json!({"documents": [], "question": {"negative": true}}),
            Review,
            7.5,
            2.5,
        ),
        (
            json!({"question": {"matrix_required": true}}),
            Weak,
            5.0,
            5.0,
        ),
        (
            json!({"question": {"by_ladder": true}, "document": {"kind": "kepkada"}}),
            Weak,
            5.0,
            0.0,
        ),
        (
            json!({"question": {"by_ladder": true},
                "document": {"kind": "kepkada", "number_confidence": 0.5}}),
            Weak,
            3.75,
            1.25,
        ),
        (
            json!({"question": {"by_ladder": true},
                "documents": [{"kind": "kepkada"}, {"number_confidence": 0.5}]}),
            Review,
            7.5,
            2.5,
        ),
    ];
    let rules = Rules::builtin().unwrap();
    for (vector, state, likely, at_risk) in cases {
        let result = &Given::new(&rules, &vector).check(&rules).questions[0];
        assert_eq!(result.state, state, "{vector}");
        let points = result.points;
        assert!(
            (points.likely - likely).abs() < 1e-9,
            "{vector}: {points:?}"
        );
        assert!(
            (points.at_risk - at_risk).abs() < 1e-9,
            "{vector}: {points:?}"
        );
    }
}

#[test]
fn a_sound_case_gives_rise_to_no_more_than_notes() {
    let rules = Rules::builtin().unwrap();
    let assessment = Given::new(&rules, &json!({})).check(&rules);
    let result = &assessment.questions[0];
    assert!(
        result
            .findings
            .iter()
            .all(|f| f.level == crate::model::Level::Note),
        "{:?}",
        result.findings
    );
    assert_eq!(result.evidence[0].standing, Standing::Accepted);
    assert_eq!(assessment.documents.len(), 1);
    assert_eq!(assessment.questions[1].state, QuestionState::Missing);
}

#[test]
fn the_order_of_evidence_does_not_matter() {
    let rules = Rules::builtin().unwrap();
    let documents = json!({"documents": [
        {"draft": 1.0}, {}, {"kind": "laporan"}, {"topic": 0.7}, {"number": null},
    ]});
    let given = Given::new(&rules, &documents);
    let mut evidence = given.evidence();
    let forward = check(&evidence, &given.framework, &rules, &given.context);
    evidence.reverse();
    let backward = check(&evidence, &given.framework, &rules, &given.context);
    assert_eq!(
        serde_json::to_string(&forward).unwrap(),
        serde_json::to_string(&backward).unwrap()
    );
}

#[test]
fn no_more_evidence_is_kept_than_is_shown() {
    let rules = Rules::builtin().unwrap();
    let many: Vec<Value> = (0..20).map(|_| json!({})).collect();
    let result = &Given::new(&rules, &json!({"documents": many}))
        .check(&rules)
        .questions[0];
    assert_eq!(result.evidence.len(), rules.evidence_per_question());
    assert_eq!(result.further as usize, 20 - rules.evidence_per_question());
}
