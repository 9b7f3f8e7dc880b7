//! Puts the parts together: each with its place, its rule and a confidence that is meant. The
//! figures below come from the reliability table that `cargo test --test measure` prints.

use super::doctype::{Kind, Letter};
use super::heading::Heading;
use super::number::{self, Value};
use super::repeat::{self, Repeat};
use super::stream::{Hit, Stream};
use super::{Vocabulary, date, issuer};
use crate::framework::doctype::{Class, Level, NumberStyle};
use crate::model::{
    Date, DateRole, DatedFact, DocKind, DocumentFacts, Extraction, Fact, Government,
    Issuer, Ratio, Reading, RuleId, Unsure,
};
use std::ops::Range;

/// A clean reading in its right place.
const CLEAN: f32 = 0.96;
/// The same, confirmed by a second place.
const CONFIRMED: f32 = 0.99;
/// A heading that lacks number or title, as agreements and older laws do.
const PLAUSIBLE: f32 = 0.88;
/// A line in capitals near the top that names a record or plan. No corpus has enough of them:
/// this figure is a judgement, not a measurement.
const WORDS_ONLY: f32 = 0.82;
/// Below [`Ratio::CONFIDENT`]: a person should look.
const DOUBTFUL: f32 = 0.7;
/// A reading that another place contradicts.
const CONTRADICTED: f32 = 0.5;
/// How much of a repair's cost is lost as confidence.
const REPAIR_WEIGHT: f32 = 0.8;
/// OCR is sure of a word from here on; each hundredth below costs [`WORD_WEIGHT`] of them.
const SURE_WORD: f32 = 0.93;
const WORD_WEIGHT: f32 = 1.6;
/// What one garbled word in the title takes: in `id_ocr_heads` a year beside `STUiVTilVG` was
/// wrong, and looked right.
const GARBLED: f32 = 0.18;
/// A cost by letter of the words around a value, times this, is lost as confidence.
const FRAME_WEIGHT: f32 = 1.2;

/// What facts are made from.
pub(super) struct Parts<'p> {
    pub(super) extraction: &'p Extraction,
    pub(super) vocabulary: &'p Vocabulary<'p>,
    /// The first page.
    pub(super) head: &'p Stream<'p>,
    /// All pages.
    pub(super) whole: &'p Stream<'p>,
}

impl Parts<'_> {
    /// Makes all facts.
    pub(super) fn facts(&self, kind: Option<&Kind>) -> DocumentFacts {
        let mut facts = match kind {
            Some(Kind::Heading(heading)) => self.by_heading(heading),
            Some(Kind::Letter(letter)) => self.by_letter(letter),
            Some(Kind::Photo {
                kind,
                label,
                has_camera,
            }) => DocumentFacts {
                kind: Reading::Known(Fact {
                    value: DocKind {
                        id: kind.id.clone(),
                        label: (*label).to_owned(),
                    },
                    confidence: Ratio::new(if *has_camera { 0.9 } else { DOUBTFUL }),
                    span: None,
                    rule: RuleId::from("kind.photo"),
                }),
                ..DocumentFacts::default()
            },
            Some(Kind::Text { kind, sign, at }) => DocumentFacts {
                kind: self.known(
                    DocKind {
                        id: kind.id.clone(),
                        label: sign.label().to_owned(),
                    },
                    DOUBTFUL - at.cost,
                    at.range(),
                    "kind.text",
                ),
                ..DocumentFacts::default()
            },
            None => DocumentFacts::default(),
        };
        if facts.issuer == Reading::default() {
            facts.issuer = self.issuer_of_page();
        }
        self.add_dates(&mut facts, kind);
        facts
    }

    /// Makes a fact read on the first page.
    fn known<T>(
        &self,
        value: T,
        confidence: f32,
        range: Range<usize>,
        rule: &str,
    ) -> Reading<T> {
        Reading::Known(Fact {
            value,
            confidence: Ratio::new(confidence),
            span: self.head.span(range),
            rule: RuleId::from(rule),
        })
    }

    /// Returns what the OCR's own doubt about some words takes away.
    fn word_doubt(stream: &Stream, range: Range<usize>) -> f32 {
        ((SURE_WORD - stream.confidence(range)) * WORD_WEIGHT).max(0.0)
    }

    fn by_heading(&self, heading: &Heading) -> DocumentFacts {
        let mut facts = DocumentFacts {
            kind: self.heading_kind(heading),
            issuer: self.heading_issuer(heading),
            draft: heading.draft.map(|draft| Fact {
                value: true,
                confidence: Ratio::new(CLEAN - draft.cost),
                span: self.head.span(draft.range()),
                rule: RuleId::from("draft.heading"),
            }),
            ..DocumentFacts::default()
        };
        if heading.kind.title {
            facts.title = self.title(heading);
        }
        if heading.kind.number != NumberStyle::None {
            let repeats =
                repeat::find(self.whole, self.vocabulary.kinds.grammar(), heading);
            facts.year = self.year(heading);
            facts.number = self.number(heading);
            self.weigh_repeats(&mut facts, &repeats);
            self.year_from_number(&mut facts);
            self.draft_by_blank(&mut facts, heading);
        }
        facts
    }

    fn heading_kind(&self, heading: &Heading) -> Reading<DocKind> {
        let label = heading.sign.label();
        let (kind, label, range) = match (
            &heading.attachment,
            self.vocabulary.kinds.attachment(),
            &heading.draft,
        ) {
            (Some(at), Some(kind), _) => {
                let words = self.head.text(at.clone());
                let words = words.trim_matches(|c: char| !c.is_alphanumeric());
                (
                    kind,
                    format!("{} {label}", sentence_case(words)),
                    at.start..heading.at.end,
                )
            }
            (_, _, Some(draft)) => {
                let words = self.vocabulary.kinds.grammar().draft.first();
                let words = words.map_or("", |phrase| phrase.text());
                (
                    heading.kind,
                    format!("{words} {label}"),
                    draft.start..heading.at.end,
                )
            }
            _ => (heading.kind, label.to_owned(), heading.at.range()),
        };
        let value = DocKind {
            id: kind.id.clone(),
            label: label.trim().to_owned(),
        };
        // Measured: a heading with number and title is never wrong about its kind; words alone
        // on a line are.
        let confidence = match heading.score {
            0.6.. if heading.has_words_only() => WORDS_ONLY,
            0.75.. => CONFIRMED,
            0.6.. => PLAUSIBLE,
            score => score,
        };
        self.known(
            value,
            confidence - heading.at.cost * FRAME_WEIGHT,
            range,
            "kind.heading",
        )
    }

    /// Returns what the words around a number take from trust in it: a text layer says of every
    /// word that it is sure, also where a scanner's software wrote it.
    fn frame_doubt(&self, heading: &Heading) -> f32 {
        let title = heading.title.clone().unwrap_or_default();
        let is_garbled = !self.head.is_ocr && garbage(&self.head.text(title)) > 0.0;
        let frame = [heading.number, heading.year, heading.about];
        let costs = frame.into_iter().flatten().map(|hit| hit.cost);
        costs.fold(0.0, f32::max) * FRAME_WEIGHT
            + if heading.is_good() { 0.0 } else { 0.3 }
            + if heading.is_out_of_order { 0.25 } else { 0.0 }
            + if is_garbled { GARBLED } else { 0.0 }
    }

    fn number(&self, heading: &Heading) -> Reading<String> {
        let Some(range) = heading.number_range(self.head) else {
            return Reading::Unsure(Unsure::NotStated);
        };
        if heading.late_numbers.len() > 1 {
            return Reading::Unsure(Unsure::Contradicting {
                candidates: self.candidates(&heading.late_numbers),
            });
        }
        let pieces = self.head.between(range.start, range.end);
        match number::number(&pieces) {
            Value::Blank => Reading::Unsure(Unsure::Blank),
            Value::Illegible { candidate } => {
                Reading::Unsure(Unsure::Illegible { candidate })
            }
            Value::Read { value, repair } => {
                let doubt = Self::word_doubt(self.head, range.clone())
                    + self.frame_doubt(heading)
                    + repair * REPAIR_WEIGHT;
                let start = heading.number.map_or(range.start, |hit| hit.start);
                self.known(value, CLEAN - doubt, start..range.end, "number.heading")
            }
        }
    }

    /// Reads the numbers an agreement has from each of its parties.
    fn candidates(&self, labels: &[Hit]) -> Vec<String> {
        let values = labels.iter().filter_map(|label| {
            let end = self.head.line_end(label.start);
            match number::number(&self.head.between(label.end, end)) {
                Value::Read { value, .. } | Value::Illegible { candidate: value } => {
                    Some(value)
                }
                Value::Blank => None,
            }
        });
        values.collect()
    }

    fn year(&self, heading: &Heading) -> Reading<i16> {
        let Some(range) = heading.year_range(self.head) else {
            return Reading::Unsure(Unsure::NotStated);
        };
        match number::year(&self.head.between(range.start, range.end)) {
            Value::Blank => Reading::Unsure(Unsure::Blank),
            Value::Illegible { candidate } => {
                Reading::Unsure(Unsure::Illegible { candidate })
            }
            Value::Read { value, repair } => {
                let doubt = Self::word_doubt(self.head, range.clone())
                    + self.frame_doubt(heading)
                    + repair * REPAIR_WEIGHT;
                let start = heading.year.map_or(range.start, |hit| hit.start);
                let end = (range.start + 4).min(range.end);
                self.known(value, CLEAN - doubt, start..end, "year.heading")
            }
        }
    }

    /// Takes the year from a letter's number (`188.45/123/KEP/2022`) where no other is given.
    fn year_from_number(&self, facts: &mut DocumentFacts) {
        if facts.year.known().is_some() {
            return;
        }
        let Some(number) = facts.number.known() else {
            return;
        };
        if let Some(year) = number::year_within(&number.value) {
            facts.year = Reading::Known(Fact {
                value: year,
                confidence: Ratio::new(number.confidence.get() - 0.02),
                span: number.span.clone(),
                rule: RuleId::from("year.number"),
            });
        }
    }

    /// Lets the repeats of the number confirm it or speak against it.
    fn weigh_repeats(&self, facts: &mut DocumentFacts, repeats: &[Repeat]) {
        let year = facts.year.value().copied();
        let same_year = |repeat: &&Repeat| year.is_none_or(|year| repeat.year == year);
        let attachments = || repeats.iter().filter(|r| r.is_attachment).filter(same_year);
        match &mut facts.number {
            Reading::Known(fact) => {
                let says = |repeat: &Repeat| repeat.number == fact.value;
                if repeats.iter().filter(same_year).any(says) {
                    fact.confidence = Ratio::new(fact.confidence.get() + 0.15);
                    if fact.confidence > Ratio::new(CONFIRMED) {
                        fact.confidence = Ratio::new(CONFIRMED);
                    }
                } else if attachments().next().is_some() {
                    fact.confidence = Ratio::new(fact.confidence.get().min(CONTRADICTED));
                }
            }
            Reading::Unsure(reason) => {
                let is_open = *reason == Unsure::Blank || *reason == Unsure::NotStated;
                let gazette = repeats
                    .iter()
                    .filter(|r| r.is_gazette && is_open)
                    .filter(same_year);
                if let Some(repeat) = attachments().chain(gazette).next() {
                    *reason = Unsure::Illegible {
                        candidate: repeat.number.clone(),
                    };
                }
            }
        }
        if let Reading::Known(fact) = &mut facts.year
            && repeats.iter().any(|r| r.is_attachment)
            && repeats
                .iter()
                .all(|r| !r.is_attachment || r.year != fact.value)
        {
            fact.confidence = Ratio::new(fact.confidence.get().min(DOUBTFUL));
        }
    }

    /// A blank typed number is how drafts look; in a scan it may only have been lost.
    fn draft_by_blank(&self, facts: &mut DocumentFacts, heading: &Heading) {
        let is_blank = facts.number == Reading::Unsure(Unsure::Blank);
        if facts.draft.is_none() && is_blank && !self.head.is_ocr {
            facts.draft = Some(Fact {
                value: true,
                confidence: Ratio::new(0.6),
                span: heading.number.and_then(|hit| self.head.span(hit.range())),
                rule: RuleId::from("draft.blank_number"),
            });
        }
    }

    fn title(&self, heading: &Heading) -> Reading<String> {
        let Some(range) = heading.title.clone() else {
            return Reading::Unsure(Unsure::NotStated);
        };
        let words: Vec<&str> = self
            .head
            .between(range.start, range.end)
            .into_iter()
            .map(|(_, text)| text)
            .collect();
        let text = words.join(" ");
        let title =
            text.trim_matches(|c: char| !c.is_alphanumeric() && !"()\"“”".contains(c));
        if title.is_empty() {
            return Reading::Unsure(Unsure::Blank);
        }
        let about = heading.about.map_or(0.0, |hit| hit.cost);
        let doubt = about * FRAME_WEIGHT + garbage(title) * 2.0;
        self.known(
            title.to_owned(),
            CLEAN - 0.04 - doubt,
            range,
            "title.heading",
        )
    }

    /// Reads who issued it: after the kind, above it, after the title.
    fn heading_issuer(&self, heading: &Heading) -> Reading<Issuer> {
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
        let reader = issuer::Reader {
            stream: self.head,
            regions: self.vocabulary.regions,
            grammar,
        };
        let name_end = heading.name_end(self.head);
        let level = heading.sign.level.filter(|level| *level != Level::Village);
        let after_kind = match heading.sign.level {
            Some(Level::Village) => None,
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
                let government = place.name.government();
                let doubt = place.at.cost * FRAME_WEIGHT;
                let issuer = Issuer {
                    government,
                    office: None,
                };
                self.known(issuer, confidence - doubt, place.at.range(), rule)
            },
        )
    }

    /// Names a village as printed: villages are not in the list.
    fn village(&self, heading: &Heading, name_end: usize) -> Reading<Issuer> {
        if heading.sign.level != Some(Level::Village) || name_end <= heading.at.end {
            return Reading::default();
        }
        let kind = self.head.text(heading.at.range());
        let unit = kind.split_whitespace().last().unwrap_or_default();
        let name = self.head.text(heading.at.end..name_end);
        let name = title_case(&format!("{unit} {name}"));
        let issuer = Issuer {
            government: Government { code: None, name },
            office: None,
        };
        self.known(
            issuer,
            DOUBTFUL,
            heading.at.start..name_end,
            "issuer.village",
        )
    }

    /// Reads who issued a document without heading, from the top of its first page.
    fn issuer_of_page(&self) -> Reading<Issuer> {
        /// A letterhead is over after so many letters.
        const LETTERHEAD: usize = 300;
        let grammar = self.vocabulary.kinds.grammar();
        let reader = issuer::Reader {
            stream: self.head,
            regions: self.vocabulary.regions,
            grammar,
        };
        let reach = self.head.len().min(LETTERHEAD);
        let letterhead = reader.find(0..reach, &grammar.letterheads);
        let role = reader.find(0..reach, &grammar.roles);
        issuer::agree([(letterhead, "issuer.letterhead"), (role, "issuer.role")])
            .map_or_else(Reading::default, |(place, confidence, rule)| {
                let government = place.name.government();
                let issuer = Issuer {
                    government,
                    office: None,
                };
                let doubt = place.at.cost * FRAME_WEIGHT;
                self.known(issuer, confidence - doubt, place.at.range(), rule)
            })
    }

    fn by_letter(&self, letter: &Letter) -> DocumentFacts {
        let confidence = if letter.by_subject { 0.95 } else { DOUBTFUL };
        let value = DocKind {
            id: letter.kind.id.clone(),
            label: letter.sign.label().to_owned(),
        };
        let mut facts = DocumentFacts {
            kind: self.known(value, confidence, letter.at.clone(), "kind.letter"),
            ..DocumentFacts::default()
        };
        let range = letter.number.clone();
        facts.number = match number::number(&self.head.between(range.start, range.end)) {
            Value::Blank => Reading::Unsure(Unsure::Blank),
            Value::Illegible { candidate } => {
                Reading::Unsure(Unsure::Illegible { candidate })
            }
            Value::Read { value, repair } => {
                let doubt =
                    Self::word_doubt(self.head, range.clone()) + repair * REPAIR_WEIGHT;
                self.known(value, 0.9 - doubt, range, "number.letter")
            }
        };
        self.year_from_number(&mut facts);
        facts
    }

    fn add_dates(&self, facts: &mut DocumentFacts, kind: Option<&Kind>) {
        let grammar = self.vocabulary.kinds.grammar();
        let mut dates: Vec<DatedFact> = Vec::new();
        let found = date::find(self.whole, grammar);
        for found in found {
            // The first of its role speaks: later ones stand in attachments and forms.
            if dates.iter().all(|known| known.role != found.role) {
                dates.push(self.dated(self.whole, &found));
            }
        }
        let head_end = match kind {
            Some(Kind::Letter(letter)) => Some(letter.end + 200),
            Some(Kind::Heading(h)) if h.kind.class == Class::Circular => Some(h.at.start),
            _ => None,
        };
        if let Some(found) =
            head_end.and_then(|end| date::letter_date(self.head, grammar, end))
        {
            dates.push(self.dated(self.head, &found));
        }
        dates.extend(self.captured());
        dates.sort_by_key(|dated| dated.role);
        facts.dates = dates;
        weigh_enacted(facts);
    }

    fn dated(&self, stream: &Stream, found: &date::Found) -> DatedFact {
        let doubt = Self::word_doubt(stream, found.range.clone()) + found.repair;
        DatedFact {
            role: found.role,
            fact: Fact {
                value: found.date,
                confidence: Ratio::new(CLEAN - doubt),
                span: stream.span(found.range.clone()),
                rule: RuleId::from("date.words"),
            },
        }
    }

    /// Takes the day from a camera's note. Clocks of cameras are wrong sometimes.
    fn captured(&self) -> Option<DatedFact> {
        let captured = self
            .extraction
            .metadata
            .camera
            .as_ref()?
            .captured
            .as_ref()?;
        let value: Date = captured.get(..10)?.parse().ok()?;
        let fact = Fact {
            value,
            confidence: Ratio::new(0.9),
            span: None,
            rule: RuleId::from("date.camera"),
        };
        Some(DatedFact {
            role: DateRole::Captured,
            fact,
        })
    }
}

/// Holds the year of the number against the day of enactment: both are of one year.
fn weigh_enacted(facts: &mut DocumentFacts) {
    let Some(enacted) = facts.date(DateRole::Enacted) else {
        return;
    };
    let (enacted, sure) = (enacted.value.year(), enacted.confidence.is_confident());
    let Reading::Known(year) = &mut facts.year else {
        return;
    };
    if year.value == enacted {
        year.confidence = Ratio::new((year.confidence.get() + 0.1).min(CONFIRMED));
        return;
    }
    if sure {
        year.confidence = Ratio::new(year.confidence.get().min(DOUBTFUL));
    }
    let doubt = Ratio::new(DOUBTFUL);
    for dated in facts
        .dates
        .iter_mut()
        .filter(|dated| dated.role == DateRole::Enacted)
    {
        if dated.fact.confidence > doubt {
            dated.fact.confidence = doubt;
        }
    }
}

/// Returns the share of words that no printer sets: small letters among capitals, marks and
/// figures within.
fn garbage(text: &str) -> f32 {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_garbage = |word: &&&str| {
        let inner = word.trim_matches(|c: char| !c.is_alphanumeric());
        let is_odd = inner.chars().any(|c| "^<>{}[]~*=_|\\§¢$".contains(c));
        let capitals = inner.chars().filter(|c| c.is_uppercase()).count();
        let is_set_in_capitals = capitals * 5 >= inner.chars().count() * 2;
        let mut pairs = inner.chars().zip(inner.chars().skip(1));
        let flips = pairs.any(|(a, b)| a.is_lowercase() && b.is_uppercase());
        is_odd || is_set_in_capitals && flips
    };
    words.iter().filter(is_garbage).count() as f32 / words.len().max(1) as f32
}

/// Writes `LAMPIRAN IV` as `Lampiran IV`.
fn sentence_case(words: &str) -> String {
    let mut words = words.splitn(2, ' ');
    let first = title_case(words.next().unwrap_or_default());
    match words.next() {
        Some(rest) => format!("{first} {}", rest.trim_matches([' ', ':', '.'])),
        None => first,
    }
}

/// Writes `DESA GOLONG` as `Desa Golong`.
fn title_case(text: &str) -> String {
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
