//! A block and the marks on its page → what stands in the place of the signature.

use super::block::Block;
use super::{SHEET_MM, segment::Segment};
use crate::model::{
    Fact, InkKind, InkMark, PageVerdict, Ratio, Reading, Rect, RuleId, Signature,
    SignatureState, Span, TextOrigin, Unsure,
};

/// Least width and height in millimetres of strokes that are a signature, of what is seen of
/// them in its place and of their largest piece; initials beside an office have 4 to 10.
const WIDE_MM: f32 = 12.0;
const HIGH_MM: f32 = 4.0;
const PIECE_MM: f32 = 9.0;
/// The same, from which strokes may be one and the place is not empty.
const SOME_MM: f32 = 3.0;
/// Distance from the place within which a seal belongs to it: it stands to the left, half over
/// the signature.
const SEAL_MM: f32 = 15.0;
/// A mark so many times as large as its part in the place is something else.
const ELSEWHERE: f32 = 8.0;
/// Least height of a place in millimetres that can be empty: two lines.
const OPEN_MM: f32 = 8.0;
/// Share of its box from which a mark is no pen's: a printed code has half, seals over
/// signatures a quarter at most.
const DENSE: f32 = 0.4;
/// A picture whose sides differ less may be a code or a seal, not a signature.
const SQUARE: f32 = 1.3;
/// A picture so many times as wide as it is high may be a box of a chart, or a rule.
const FLAT: f32 = 4.0;

/// Strokes in their place, with a name below; without one.
const INK: f32 = 0.95;
const INK_NAMELESS: f32 = 0.86;
/// A picture of the size of a signature.
const PICTURE: f32 = 0.84;
/// A seal alone: the signature may be hidden under it.
const SEAL: f32 = 0.6;
/// `ttd` in its place.
const COPY: f32 = 0.97;
/// An empty place: in a file's own text, and on a scan that is well read.
const EMPTY: f32 = 0.9;
const EMPTY_SCAN: f32 = 0.82;
/// Confidence of a page's OCR from which it is well read.
const WELL_READ: f32 = 0.93;
/// What a block loses that nothing but its office and name make one.
const FREE: f32 = 0.05;

/// Returns what all blocks say together.
pub(super) fn all(blocks: &[Block]) -> Reading<Signature> {
    let mut readings = blocks.iter().map(signature_of_block);
    let Some(first) = readings.next() else {
        return Reading::default();
    };
    readings.fold(first, |so_far, next| match (&so_far, &next) {
        (Reading::Known(a), Reading::Known(b)) if a.value.state != b.value.state => {
            Reading::Unsure(Unsure::Contradicting {
                candidates: [a, b].map(|f| name(f.value.state).to_owned()).to_vec(),
            })
        }
        (Reading::Known(_), Reading::Unsure(_)) => next,
        _ => so_far,
    })
}

/// Returns a state as data and reasons spell it.
pub(super) fn name(state: SignatureState) -> &'static str {
    state.into()
}

fn unsure(state: SignatureState) -> Reading<Signature> {
    Reading::Unsure(Unsure::Illegible {
        candidate: name(state).to_owned(),
    })
}

/// What ink says about a place.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Seen<'a> {
    /// Strokes that are a signature.
    Strokes(&'a InkMark),
    /// A picture that is one.
    Picture(&'a InkMark),
    /// A seal and nothing else.
    Seal(&'a InkMark),
    /// Something.
    Something,
    /// Nothing.
    Nothing,
}

fn signature_of_block(block: &Block) -> Reading<Signature> {
    let Some(place) = Place::new(block) else {
        return match &block.copy {
            Some(copy) => copied(block, copy),
            None => Reading::Unsure(Unsure::NotStated),
        };
    };
    let seen = place.look(block);
    let stamped = place.seal(block).map(|_| true);
    let known = |state, confidence: f32, span: Option<Span>, rule: &str| {
        let is_framed = block.is_enacted || block.is_numbered && !block.office.is_empty();
        let free = if is_framed { 0.0 } else { FREE };
        Reading::Known(Fact {
            value: Signature { state, stamped },
            confidence: Ratio::new(confidence - free),
            span,
            rule: RuleId::from(rule),
        })
    };
    if let Some(copy) = &block.copy {
        return beside(copied(block, copy), seen);
    }
    let sure = if block.name.is_some() {
        INK
    } else {
        INK_NAMELESS
    };
    match seen {
        Seen::Strokes(mark) => {
            let span = place.span(mark);
            known(SignatureState::Hand, sure, Some(span), "signature.ink")
        }
        Seen::Picture(mark) => {
            let span = place.span(mark);
            known(
                SignatureState::Hand,
                PICTURE,
                Some(span),
                "signature.picture",
            )
        }
        Seen::Seal(mark) => {
            let span = place.span(mark);
            known(SignatureState::Stamp, SEAL, Some(span), "signature.seal")
        }
        Seen::Something => unsure(SignatureState::Hand),
        Seen::Nothing => match place.emptiness(block) {
            Some(sure) => known(
                SignatureState::None,
                sure,
                Some(place.empty()),
                "signature.empty",
            ),
            None => unsure(SignatureState::None),
        },
    }
}

/// Weighs `ttd` against what else stands in its place: a pen's strokes are read as `ttd` at
/// times, and some write it by hand.
fn beside(copied: Reading<Signature>, seen: Seen) -> Reading<Signature> {
    match seen {
        Seen::Strokes(_) | Seen::Picture(_) => {
            let both = [SignatureState::Ttd, SignatureState::Hand];
            Reading::Unsure(Unsure::Contradicting {
                candidates: both.map(|state| name(state).to_owned()).to_vec(),
            })
        }
        _ => copied,
    }
}

fn copied(block: &Block, copy: &Segment) -> Reading<Signature> {
    let free = if block.is_enacted { 0.0 } else { FREE };
    Reading::Known(Fact {
        value: Signature {
            state: SignatureState::Ttd,
            stamped: None,
        },
        confidence: super::less_doubt(COPY - free, copy),
        span: Some(copy.span()),
        rule: RuleId::from("signature.ttd"),
    })
}

fn is_flat(mark: &InkMark) -> bool {
    mark.rect.width() > FLAT * mark.rect.height()
}

fn is_square(mark: &InkMark) -> bool {
    let (width, height) = (mark.rect.width(), mark.rect.height());
    width < SQUARE * height && height < SQUARE * width
}

/// The place of a signature, in the page's unit.
struct Place {
    page: u32,
    /// Between office and name.
    gap: Rect,
    /// The same with the name, over which one signs.
    whole: Rect,
    /// A millimetre.
    mm: f32,
}

impl Place {
    fn new(block: &Block) -> Option<Self> {
        let gap = block.gap()?;
        let (width, height) = block.page.size?;
        let whole = block.end.map_or(gap, |end| Rect {
            y1: end.y1.max(gap.y1),
            ..gap
        });
        Some(Self {
            page: block.page.number,
            gap,
            whole,
            mm: width.max(height) / SHEET_MM,
        })
    }

    fn span(&self, mark: &InkMark) -> Span {
        Span {
            page: self.page,
            rect: Some(mark.rect),
            quote: String::new(),
        }
    }

    fn empty(&self) -> Span {
        Span {
            page: self.page,
            rect: Some(self.gap),
            quote: String::new(),
        }
    }

    /// Finds the seal that belongs to the place.
    fn seal<'b>(&self, block: &'b Block) -> Option<&'b InkMark> {
        let near = self.whole.grown(SEAL_MM * self.mm);
        let marks = block.page.marks.iter();
        let mut seals = marks.filter(|mark| mark.kind == InkKind::Ring);
        seals.find(|mark| {
            let middle = mark.rect.x0.midpoint(mark.rect.x1);
            let is_beside = middle > near.x0 && middle < near.x1;
            is_beside && mark.rect.intersection(near).is_some()
        })
    }

    fn look<'b>(&self, block: &'b Block) -> Seen<'b> {
        let mut seen = Seen::Nothing;
        let mut most = 0.0;
        for mark in &block.page.marks {
            let Some(shared) = mark.rect.intersection(self.whole) else {
                continue;
            };
            let in_gap = mark.rect.intersection(self.gap);
            let area = |r: Rect| r.width() * r.height();
            let is_elsewhere = area(mark.rect) > ELSEWHERE * area(shared);
            if mark.kind != InkKind::Ring
                && self.is_signature(mark, shared)
                && !is_elsewhere
            {
                if area(shared) > most {
                    most = area(shared);
                    seen = match mark.kind {
                        InkKind::Picture if is_square(mark) || is_flat(mark) => {
                            Seen::Something
                        }
                        InkKind::Picture => Seen::Picture(mark),
                        _ if mark.ink.get() >= DENSE => Seen::Something,
                        _ => Seen::Strokes(mark),
                    };
                }
            } else if seen == Seen::Nothing && in_gap.is_some_and(|r| self.is_some(r)) {
                seen = match mark.kind {
                    InkKind::Ring => Seen::Seal(mark),
                    _ => Seen::Something,
                };
            }
        }
        // What OCR read between office and name without being sure of it is no print.
        let is_scrawl = |s: &Segment| {
            s.rect.is_some_and(|r| {
                self.gap.intersection(r).is_some_and(|r| self.is_some(r))
            })
        };
        if seen == Seen::Nothing && block.scrawls.iter().any(is_scrawl) {
            seen = Seen::Something;
        }
        seen
    }

    /// Tells whether a mark has the size of a signature and enough of it in the place.
    fn is_signature(&self, mark: &InkMark, shared: Rect) -> bool {
        let in_gap = mark.rect.intersection(self.gap.grown(self.mm));
        let fills = in_gap.is_some_and(|r| {
            r.height() >= (HIGH_MM * self.mm).min(0.4 * self.gap.height())
                && r.height() > self.mm
        });
        shared.width() >= WIDE_MM * self.mm
            && shared.height() >= HIGH_MM * self.mm
            && mark.piece >= PIECE_MM * self.mm
            && fills
    }

    fn is_some(&self, shared: Rect) -> bool {
        shared.width() >= SOME_MM * self.mm && shared.height() >= SOME_MM * self.mm
    }

    /// Returns how sure it is that the place is empty, where nothing was seen in it.
    fn emptiness(&self, block: &Block) -> Option<f32> {
        let is_open = self.gap.height() >= OPEN_MM * self.mm && block.end.is_some();
        let is_clear = !matches!(
            block.page.verdict,
            Some(PageVerdict::Blurred | PageVerdict::TooSmall | PageVerdict::CutOff)
        );
        if !is_open || !is_clear {
            return None;
        }
        match block.page.origin {
            TextOrigin::Layer => Some(EMPTY),
            TextOrigin::Ocr | TextOrigin::Mixed => {
                let read = block.page.ocr_confidence.map_or(0.0, Ratio::get);
                (read >= WELL_READ).then_some(EMPTY_SCAN)
            }
            TextOrigin::None => None,
        }
    }
}
