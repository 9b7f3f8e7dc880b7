//! The issuer as a fact: the government named with the kind, above it, below the title or in
//! the letterhead.

pub(crate) mod code;
pub(crate) mod office;

use super::Parts;
use super::confidence::{
    CLEAN, CONFIRMED, CONTRADICTED, DOUBTFUL, FRAME_WEIGHT, PLAUSIBLE, word_doubt,
};
use crate::classify::issuer::{self, Place, Reader};
use crate::classify::issuer::{body, mention, web};
use crate::classify::kind::heading::Heading;
use crate::lexicon::doctype::Level;
use crate::model::{Fact, Government, Issuer, Ratio, Reading, RuleId};
use std::ops::Range;

/// A web page of whose owner the paper speaks nowhere: letters exact, of a form of its own.
const WEB: f32 = 0.9;
/// The same of a body: any office prints the page of a ministry as its source.
const WEB_BODY: f32 = 0.72;

/// Returns how sure an issuer of this level can be. A village's paper names the regency around
/// it: right for the region, but not who issued it.
pub(super) fn most_for(level: Option<Level>) -> f32 {
    match level {
        Some(Level::Village | Level::District) => CONTRADICTED,
        _ => 1.0,
    }
}

fn is_below_regency(level: Level) -> bool {
    matches!(level, Level::District | Level::Village)
}

impl Parts<'_> {
    /// Reads who issued it: after the kind, above it, after the title.
    pub(super) fn heading_issuer(&self, heading: &Heading) -> Reading<Issuer> {
        let grammar = self.vocabulary.kinds.grammar();
        let nation = [heading.sign.level, Some(Level::Nation)];
        if nation[0] == nation[1] {
            let government = Government {
                code: None,
                name: grammar.nation.text().to_owned(),
            };
            let confidence = CONFIRMED - heading.at.cost * FRAME_WEIGHT;
            let issuer = Issuer {
                government,
                office: None,
            };
            return self.known(issuer, confidence, heading.at.range(), "issuer.nation");
        }
        if let Some(body) = self.body_above(heading) {
            return body;
        }
        let reader = Reader {
            stream: self.head,
            regions: self.vocabulary.regions,
            grammar,
        };
        let name_end = heading.name_end(self.head);
        let level = heading.sign.level.filter(|level| !is_below_regency(*level));
        let after_kind = match heading.sign.level {
            // What follows names a village or district, and may be a city's name, too.
            Some(below) if is_below_regency(below) => None,
            _ => reader.named_at(heading.at.end, level),
        };
        let after_kind = after_kind.or_else(|| {
            let mut starts = self.head.word_starts(heading.at.end..name_end);
            starts.find_map(|at| reader.after_words(at, &grammar.levels))
        });
        let above = reader.find(0..heading.at.start, &grammar.roles);
        let below = heading
            .title
            .as_ref()
            .and_then(|title| reader.find(title.end..title.end + 80, &grammar.roles));
        let letterhead = reader.find(0..heading.at.start, &grammar.letterheads);
        issuer::agree([
            (after_kind, "issuer.kind"),
            (above, "issuer.role"),
            (below, "issuer.role"),
            (letterhead, "issuer.letterhead"),
        ])
        .or_else(|| {
            // `KEPALA DESA KALIBENING` / `KABUPATEN MAGELANG`
            let line = reader.find(0..name_end, &grammar.levels);
            issuer::agree([(line, "issuer.line")])
        })
        .map_or_else(
            || self.village(heading, name_end),
            |(place, confidence, rule)| {
                let doubt = place.at.cost * FRAME_WEIGHT;
                let confidence = (confidence - doubt).min(most_for(heading.sign.level));
                self.government(&place, confidence, rule)
            },
        )
    }

    /// Names a village as printed: villages are not in the list.
    fn village(&self, heading: &Heading, name_end: usize) -> Reading<Issuer> {
        let name = match heading.sign.level {
            Some(Level::Village) => self.below_regency(heading),
            _ => None,
        };
        // A law that does not say whose it is speaks of governments in its title.
        let named = || match heading.kind.class.is_law() {
            true => self.issuer_at_top(true),
            false => Reading::default(),
        };
        name.map_or_else(named, |name| {
            let issuer = Issuer {
                government: Government { code: None, name },
                office: None,
            };
            let range = heading.at.start..name_end;
            self.known(issuer, DOUBTFUL, range, "issuer.village")
        })
    }

    /// Returns the village or district that a heading names, as printed: `Camat Sewon`.
    fn below_regency(&self, heading: &Heading) -> Option<String> {
        let name_end = heading.name_end(self.head);
        let is_below = heading.sign.level.is_some_and(is_below_regency);
        let is_named = is_below && name_end > heading.at.end;
        is_named.then(|| {
            let kind = self.head.text(heading.at.range());
            let unit = kind.split_whitespace().last().unwrap_or_default();
            let name = self.head.text(heading.at.end..name_end);
            title_case(&format!("{unit} {name}"))
        })
    }

    /// Reads the village or district a heading names; the regency around it is the issuer.
    pub(super) fn heading_place(&self, heading: &Heading) -> Option<Fact<String>> {
        let range = heading.at.start..heading.name_end(self.head);
        let value = self.below_regency(heading)?;
        Some(Fact {
            value,
            confidence: Ratio::new(PLAUSIBLE - word_doubt(self.head, range.clone())),
            span: self.head.span(range),
            rule: RuleId::from("place.heading"),
        })
    }

    /// Reads who issued a document without heading, from the top of its first page.
    pub(super) fn issuer_of_page(&self) -> Reading<Issuer> {
        self.issuer_at_top(false)
    }

    fn issuer_at_top(&self, is_law: bool) -> Reading<Issuer> {
        /// A letterhead is over after so many letters.
        const LETTERHEAD: usize = 300;
        let grammar = self.vocabulary.kinds.grammar();
        let reader = Reader {
            stream: self.head,
            regions: self.vocabulary.regions,
            grammar,
        };
        let reach = self.head.len().min(LETTERHEAD);
        let letterhead = reader.find(0..reach, &grammar.letterheads);
        let role = reader.find(0..reach, &grammar.roles);
        let body = body::find(self.head, grammar);
        let named =
            issuer::agree([(letterhead, "issuer.letterhead"), (role, "issuer.role")]);
        match (named, body) {
            (None, Some(body)) => self.body(&body),
            (None, None) => self.mentioned(is_law),
            (Some((place, confidence, rule)), body) => {
                let doubt = place.at.cost * FRAME_WEIGHT;
                // Two letterheads: one may be that of who received it.
                let most = if body.is_some() { CONTRADICTED } else { 1.0 };
                self.government(&place, (confidence - doubt).min(most), rule)
            }
        }
    }

    /// Names the body that the letterhead above a heading is of, where that is sure.
    fn body_above(&self, heading: &Heading) -> Option<Reading<Issuer>> {
        let body = body::find(self.head, self.vocabulary.kinds.grammar())?;
        let is_above = body.range.start < heading.at.start;
        let body = is_above.then(|| self.body(&body))?;
        body.known()
            .is_some_and(|fact| fact.confidence.is_confident())
            .then_some(body)
    }

    fn body(&self, body: &body::Body) -> Reading<Issuer> {
        let issuer = Issuer {
            government: Government {
                code: None,
                name: body.name.clone(),
            },
            office: None,
        };
        let doubt = word_doubt(self.head, body.range.clone()) + body.cost * FRAME_WEIGHT;
        let confidence = body.evidence.confidence() - doubt;
        let rule = body.evidence.rule();
        self.known(issuer, confidence, body.range.clone(), &rule)
    }

    /// Names the government that the paper speaks of as one's own, or whose web page it prints.
    fn mentioned(&self, is_law: bool) -> Reading<Issuer> {
        let grammar = self.vocabulary.kinds.grammar();
        let regions = self.vocabulary.regions;
        let reader = Reader {
            stream: self.whole,
            regions,
            grammar,
        };
        let web = web::find(self.whole, grammar, regions).filter(|_| !is_law);
        let Some((place, mut evidence)) = mention::find(&reader) else {
            let web = web.map(|(owner, range)| {
                let is_region = matches!(owner, web::Owner::Region(_));
                let best = if is_region { WEB } else { WEB_BODY };
                self.web_owner(&owner, range, best)
            });
            return web.unwrap_or_default();
        };
        evidence.is_law = is_law;
        let is_own = |owner: &web::Owner| owner.name() == place.name.full;
        let (least, most, also) = match web {
            Some((owner @ web::Owner::Body(_), range)) => {
                return self.web_owner(&owner, range, WEB_BODY);
            }
            Some((owner, _)) if is_own(&owner) => (CLEAN, CONFIRMED, ".web"),
            Some(_) => (0.0, CONTRADICTED, ".web_other"),
            None => (0.0, 1.0, ""),
        };
        let range = place.at.range();
        let doubt = word_doubt(self.whole, range.clone()) + place.at.cost * FRAME_WEIGHT;
        Reading::Known(Fact {
            value: Issuer {
                government: place.name.government(),
                office: None,
            },
            confidence: Ratio::new((evidence.confidence().max(least) - doubt).min(most)),
            span: self.whole.span(range),
            rule: RuleId::from(format!("{}{also}", evidence.rule()).as_str()),
        })
    }

    fn web_owner(
        &self,
        owner: &web::Owner,
        range: Range<usize>,
        best: f32,
    ) -> Reading<Issuer> {
        let government = match owner {
            web::Owner::Region(region) => region.government(),
            web::Owner::Body(name) => Government {
                code: None,
                name: (*name).to_owned(),
            },
        };
        Reading::Known(Fact {
            value: Issuer {
                government,
                office: None,
            },
            confidence: Ratio::new(best),
            span: self.whole.span(range),
            rule: RuleId::from("issuer.web"),
        })
    }

    fn government(&self, place: &Place, confidence: f32, rule: &str) -> Reading<Issuer> {
        let issuer = Issuer {
            government: place.name.government(),
            office: None,
        };
        self.known(issuer, confidence, place.at.range(), rule)
    }
}

/// Writes `DESA GOLONG` as `Desa Golong`.
pub(super) fn title_case(text: &str) -> String {
    let word = |word: &str| {
        let mut chars = word.chars();
        let first: String = chars
            .next()
            .into_iter()
            .flat_map(char::to_uppercase)
            .collect();
        first + &chars.as_str().to_lowercase()
    };
    let words: Vec<String> = text.split_whitespace().map(word).collect();
    words.join(" ")
}
