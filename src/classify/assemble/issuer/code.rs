//! The code of a government in the number of a paper: offices of some regencies write it there
//! (`005/406/35.07.24/2020`), and villages below them.

use crate::classify::assemble::Parts;
use crate::classify::assemble::confidence::{CONTRADICTED, cap};
use crate::classify::read::reference;
use crate::lexicon::region::RegionName;
use crate::model::{DocumentFacts, Fact, Issuer, Ratio, Reading, RuleId};

/// A code alone: one figure misread makes another government of it.
const CODED: f32 = 0.82;

impl Parts<'_> {
    /// Reads what the number says of the government: where nothing else names one, its code
    /// does, and where it is another's than the page names, something was misread.
    pub(crate) fn compare_code(&self, facts: &mut DocumentFacts) {
        let Some((coded, fact)) = self.coded(facts) else {
            return;
        };
        match facts.issuer.known() {
            None => facts.issuer = Reading::Known(fact),
            Some(known) if known.value.government.code == coded.code => {}
            Some(_) => cap(&mut facts.issuer, CONTRADICTED),
        }
    }

    fn coded(&self, facts: &DocumentFacts) -> Option<(&RegionName, Fact<Issuer>)> {
        let number = facts.number.known()?;
        let code = reference::region_code(&number.value)?;
        let region = self.vocabulary.regions.get(code)?;
        let fact = Fact {
            value: Issuer {
                government: region.government(),
                office: None,
            },
            confidence: Ratio::new(CODED.min(number.confidence.get())),
            span: number.span.clone(),
            rule: RuleId::from("issuer.code"),
        };
        Some((region, fact))
    }
}
