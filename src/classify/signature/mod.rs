//! Who signed, and how: finds the place of the signature by its words ([`search`]) and says what
//! stands in it, by words, by ink that no word explains, or by the file's own fields. What it
//! cannot tell is unsure: a signature that is seen but not there does the most harm.

mod sheet;
mod anchor;
mod block;
mod judge;
mod name;
mod search;
mod segment;

#[cfg(test)]
mod tests;

use self::sheet::{DEPTH_MM, HALF_WIDTH_MM, SHEET_MM};
use crate::classify::assemble::confidence::doubt;
use crate::lexicon::doctype::{Class, Grammar};
use crate::model::{
    EsignVerdict, Extraction, Fact, Metadata, Page, Ratio, Reading, Rect, RuleId,
    Signatory, Signature, SignatureState, Unsure,
};
use block::{Block, plain_office};
use search::find;
use segment::{Segment, segments};

/// A field in the file, whose signature was examined.
const FIELD: f32 = 0.97;
/// A field that is empty, and nothing else seen.
const EMPTY_FIELD: f32 = 0.9;
/// The footer that offices print under electronic signatures; in a file without one it is a copy.
/// Where it names no certifier, anyone may have printed it.
const FOOTER: f32 = 0.85;
const CLAIMED: f32 = 0.5;
/// Share of a page's height from which a footer may stand.
const FOOT: f32 = 0.75;
/// Lines that may follow the one by which a footer is known: its rest, and a page number.
const REST: usize = 3;
/// The same, around the place of a signature.
const AROUND: f32 = 0.05;
/// A name printed under a signature.
const NAME: f32 = 0.96;
/// The same with ink across it.
const CROSSED: f32 = 0.75;
/// What a name loses below which no official's number stands: in a scan it may be another line.
const UNNUMBERED: f32 = 0.04;
/// The same where neither `Ditetapkan di` nor `ttd` stands above it, either.
const LOOSE: f32 = 0.2;
/// What a name of one word loses: it may be a word of a seal.
const ONE_WORD: f32 = 0.14;

/// What was found about the signature.
#[derive(Debug, Default)]
pub(super) struct Signed {
    pub(super) signature: Reading<Signature>,
    pub(super) signatory: Reading<Signatory>,
}

/// Reads the state of a document's signature and who signed.
pub(super) fn read(
    extraction: &Extraction,
    grammar: &Grammar,
    class: Option<Class>,
) -> Signed {
    if class == Some(Class::Media) {
        return Signed::default();
    }
    let blocks = find(&extraction.pages, grammar, class == Some(Class::Agreement));
    let seen = judge::all(&blocks);
    let seen = match footer(&extraction.pages, &blocks, grammar) {
        Some(footer) => electronic(&seen, &footer, grammar),
        None => seen,
    };
    let signature = match by_field(&extraction.metadata) {
        Some(SignatureState::DigitalEmpty)
            if !seen.known().is_some_and(|fact| outweighs(fact.value.state)) =>
        {
            let state = SignatureState::DigitalEmpty;
            fact(state, EMPTY_FIELD, None, "signature.field")
        }
        None | Some(SignatureState::DigitalEmpty) => seen,
        Some(state) => fact(state, FIELD, None, "signature.field"),
    };
    let signatory = blocks
        .first()
        .map_or_else(Reading::default, |block| signatory(block, grammar));
    Signed {
        signature,
        signatory,
    }
}

/// Returns what the signature fields of the file say; `None` where there is none, or only
/// time-stamps, which no person signed.
fn by_field(metadata: &Metadata) -> Option<SignatureState> {
    use EsignVerdict as V;
    let Some(report) = &metadata.esign else {
        return match metadata.signature_fields? {
            (1.., _) => Some(SignatureState::DigitalUnchecked),
            (0, 1..) => Some(SignatureState::DigitalEmpty),
            (0, 0) => None,
        };
    };
    match report.verdict().filter(|_| report.is_signed()) {
        Some(_) if !report.unread.is_empty() => Some(SignatureState::DigitalUnchecked),
        Some(V::IntactAndTrusted | V::IntactUnknownIssuer | V::IntactThenAdded) => {
            Some(SignatureState::Digital)
        }
        Some(V::Altered | V::Broken) => Some(SignatureState::DigitalInvalid),
        Some(_) => Some(SignatureState::DigitalUnchecked),
        None if report.has_empty() => Some(SignatureState::DigitalEmpty),
        None if !report.unread.is_empty() => Some(SignatureState::DigitalUnchecked),
        None => None,
    }
}

/// Tells whether what stands on the page counts more than a field that nobody signed.
fn outweighs(state: SignatureState) -> bool {
    !matches!(state, SignatureState::None)
}

fn fact(
    state: SignatureState,
    confidence: f32,
    at: Option<&Segment>,
    rule: &str,
) -> Reading<Signature> {
    Reading::Known(Fact {
        value: Signature {
            state,
            stamped: None,
        },
        confidence: Ratio::new(confidence),
        span: at.map(Segment::span),
        rule: RuleId::from(rule),
    })
}

/// Finds what is printed beside an electronic signature, at the foot of a page or in the block
/// itself; running text speaks of such signatures, too.
fn footer<'a>(
    pages: &'a [Page],
    blocks: &[Block],
    grammar: &Grammar,
) -> Option<Segment<'a>> {
    pages.iter().rev().find_map(|page| {
        let (_, height) = page.size?;
        let here = blocks.iter().filter(|b| b.page.number == page.number);
        let places: Vec<Rect> = here
            .filter_map(Block::gap)
            .map(|gap| gap.grown(AROUND * height))
            .collect();
        let all = segments(page, grammar);
        let found = all.iter().position(|segment| {
            let Some(rect) = segment.rect else {
                return false;
            };
            let is_near = places.iter().any(|gap| gap.intersection(rect).is_some());
            let words = &grammar.signature.electronic;
            let mut starts = 0..segment.words.len().min(8);
            (rect.y0 > FOOT * height || is_near || is_last(segment, rect, &all, grammar))
                && starts.any(|skip| segment.skip(skip).begins(words))
        })?;
        all.into_iter().nth(found)
    })
}

/// Tells whether a line begins as such footers do and the page's own text ends above it: a short
/// page has its footer high.
fn is_last(line: &Segment, rect: Rect, all: &[Segment], grammar: &Grammar) -> bool {
    let footers = &grammar.signature.footers;
    let is_begun = (0..2).any(|skip| line.skip(skip).begins(footers));
    let is_below = |other: &&Segment| other.rect.is_some_and(|other| other.y0 >= rect.y1);
    is_begun && all.iter().filter(is_below).count() <= REST
}

/// Lets a footer speak for what could not be told, or against what was.
fn electronic(
    seen: &Reading<Signature>,
    footer: &Segment,
    grammar: &Grammar,
) -> Reading<Signature> {
    match seen.known().map(|fact| fact.value.state) {
        Some(
            state @ (SignatureState::Hand | SignatureState::Ttd | SignatureState::Stamp),
        ) => {
            let both = [SignatureState::DigitalCopy, state];
            Reading::Unsure(Unsure::Contradicting {
                candidates: both.map(|state| judge::name(state).to_owned()).to_vec(),
            })
        }
        _ => {
            let all = segments(footer.page, grammar);
            let words = &grammar.signature.certifiers;
            let is_certified = all.iter().any(|segment| {
                let mut starts = 0..segment.words.len();
                starts.any(|skip| segment.skip(skip).begins(words))
            });
            let (confidence, rule) = match is_certified {
                true => (FOOTER, "signature.footer"),
                false => (CLAIMED, "signature.footer.claimed"),
            };
            fact(SignatureState::DigitalCopy, confidence, Some(footer), rule)
        }
    }
}

/// Reads who signed.
fn signatory(block: &Block, grammar: &Grammar) -> Reading<Signatory> {
    let Some(name) = &block.name else {
        return Reading::Unsure(match block.is_blank {
            true => Unsure::Blank,
            false => Unsure::NotStated,
        });
    };
    let text = name.text();
    let text = text.trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
    if name.confidence().1 < 0.5 {
        let candidate = text.to_owned();
        return Reading::Unsure(Unsure::Illegible { candidate });
    }
    let value = Signatory {
        name: text.to_owned(),
        office: office(block, grammar),
        acting: block.acting.as_ref().map(|(acting, at)| Fact {
            value: *acting,
            confidence: sure(block, at),
            span: Some(at.span()),
            rule: RuleId::from("signatory.acting"),
        }),
    };
    Reading::Known(Fact {
        value,
        confidence: Ratio::new(sure(block, name).get() - looseness(block, name)),
        span: Some(name.span()),
        rule: RuleId::from("signatory.block"),
    })
}

/// Returns what a name loses for what does not stand around it.
fn looseness(block: &Block, name: &Segment) -> f32 {
    let around = match (block.is_numbered, block.is_enacted || block.copy.is_some()) {
        (true, _) => 0.0,
        (false, true) => UNNUMBERED,
        (false, false) => LOOSE,
    };
    let words = name.words.iter().filter(|word| {
        let letters = word.text.chars().filter(|c| c.is_alphabetic());
        letters.count() > 1
    });
    around + if words.count() > 1 { 0.0 } else { ONE_WORD }
}

/// Returns how sure some printed words of a block are.
fn sure(block: &Block, at: &Segment) -> Ratio {
    // A stroke through letters makes other letters, of which OCR may be sure.
    let is_crossed = at.rect.is_some_and(|rect| {
        let core = rect.grown(-0.25 * rect.height());
        let mut marks = block.page.marks.iter();
        marks.any(|mark| mark.rect.intersection(core).is_some())
    });
    less_doubt(if is_crossed { CROSSED } else { NAME }, at)
}

/// Returns a confidence less what OCR doubts.
fn less_doubt(most: f32, at: &Segment) -> Ratio {
    Ratio::new(most - doubt(at.confidence().1))
}

/// Returns the office of the one who signs: the last, where one signs for another.
fn office(block: &Block, grammar: &Grammar) -> Option<Fact<String>> {
    let words = &grammar.signature;
    let lines: Vec<Segment> = match block.office.split_last() {
        Some((last, [_, ..])) if is_for_another(block) => vec![plain_office(last, words)],
        Some(_) => {
            let mut lines = block.office.clone();
            if let Some(first) = lines.first_mut() {
                *first = plain_office(first, words);
            }
            lines
        }
        None => return None,
    };
    let text: Vec<String> = lines.iter().map(|line| line.trimmed().text()).collect();
    let text = text.join(" ");
    let value = text.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let least = lines.first()?.trimmed();
    (!value.is_empty()).then(|| Fact {
        value,
        confidence: sure(block, &least),
        span: Some(least.span()),
        rule: RuleId::from("signatory.office"),
    })
}

fn is_for_another(block: &Block) -> bool {
    use crate::model::Acting;
    matches!(block.acting, Some((Acting::An | Acting::Ub, _)))
}
