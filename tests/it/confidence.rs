//! The weights of evidence come from the readings kept beside them, and from nothing else.

#[path = "../measure/fit.rs"]
mod fit;

use bukti::lexicon::confidence::{Confidence, Weights};
use std::collections::BTreeMap;

/// Returns the readings of `tests/data/evidence.csv` by fact: whose paper (a number), right or
/// not, and the evidence.
fn readings() -> BTreeMap<String, Vec<fit::Row>> {
    let mut rows: BTreeMap<String, Vec<fit::Row>> = BTreeMap::new();
    for line in include_str!("../data/evidence.csv").lines().skip(1) {
        let mut columns = line.splitn(4, ',');
        let mut next = || columns.next().expect("four columns").to_owned();
        let (fact, group, right, evidence) = (next(), next(), next() == "1", next());
        let evidence = evidence.split_whitespace().map(|piece| {
            let (name, value) = piece.rsplit_once('=').expect("name=value");
            (name.to_owned(), value.parse().expect("a number"))
        });
        let evidence = evidence.collect();
        rows.entry(fact).or_default().push(fit::Row {
            group,
            evidence,
            right,
        });
    }
    rows
}

#[test]
fn the_weights_are_what_the_readings_teach() {
    let fitted: BTreeMap<String, Weights> = readings()
        .into_iter()
        .map(|(fact, rows)| (fact, fit::fit(&rows)))
        .collect();
    let shipped = Confidence::builtin().unwrap().facts;
    assert_eq!(
        shipped.keys().collect::<Vec<_>>(),
        fitted.keys().collect::<Vec<_>>()
    );
    for (fact, weights) in &fitted {
        assert_eq!(&shipped[fact], weights, "{fact}");
    }
}

#[test]
fn what_speaks_for_a_reading_makes_it_surer() {
    // A second reader that agrees and of which nothing else may be read.
    let weights = &Confidence::builtin().unwrap().facts["number"];
    let least = |name: &str| weights.get(name).copied().unwrap_or(0.0);
    assert!(least("prior") > 0.0);
    let agreed = least("found:agreed") + least("found:clear");
    assert!(agreed > least("found:alone") && agreed > least("found:second"));
}
