//! Ring 0: the types that all rings share. They are plain data without I/O or policy, so that the
//! steps agree on inputs and outputs without knowing one another.
//!
//! Indonesian terms of law keep their Indonesian name in code: a `perda` is a *Peraturan
//! Daerah* (regional regulation), a `perkada` a regulation of the head of region, a `kepkada`
//! (SK) a decision of the head of region, `data dukung` is evidence.

mod custody;
mod document;
mod esign;
mod evidence;
mod page;
mod id;
mod lang;
mod note;
mod unit;

pub use self::custody::copied::{CopyStep, NoCopy};
pub use self::custody::digest::{Digest, ParseDigestError};
pub use self::custody::event::{
    Event, EventObject, EventOutcome, EventType, LogBody, LogRecord,
};
pub use self::custody::fixity::{FixityCheck, FixityStatus};
pub use self::document::code::{CodeFact, CodeRole};
pub use self::document::condition::{
    MissingPart, MissingPartFact, PersonalKind, PersonalMark,
};
pub use self::document::fact::Fact;
pub use self::document::facts::{
    Date, DateRole, DatedFact, DocKind, DocumentFacts, Government, Issuer, Paper,
    ParseDateError, Reading, Rows, Unsure, Years,
};
pub use self::document::locality::Locality;
pub use self::document::relation::{Cited, Relation, RelationRole};
pub use self::document::signature::{Acting, Signatory, Signature, SignatureState};
pub use self::document::source::{FileState, INSIDE, MediaType};
pub use self::esign::anchor::Anchor;
pub use self::esign::certificate::{CertificateName, Revocation, Trust, TrustState};
pub use self::esign::checked::{AlgorithmCheck, Checked};
pub use self::esign::coverage::{
    ByteRangeFault, ChangeKind, LaterChange, SignedCoverage,
};
pub use self::esign::report::{
    DocMdp, ElectronicSignature, EsignReport, EsignSigner, EsignSummary, SignatureKind,
};
pub use self::esign::time_stamp::TimeStamp;
pub use self::esign::verdict::{EsignReason, EsignRule, EsignVerdict};
pub use self::evidence::answer::Answer;
pub use self::evidence::assessment::{
    Assessment, DocumentName, Points, QuestionResult, QuestionState, Standing, Weighed,
};
pub use self::evidence::decision::{Decided, Decision, Verdict};
pub use self::evidence::entered::{Entered, EntryContent};
pub use self::evidence::finding::{Finding, Level, Outcome, Place, Subject};
pub use self::evidence::history::{PastCheck, Stood};
pub use self::evidence::link::{Cue, Link, Reason, Recognised};
pub use self::evidence::near_duplicate::{
    NearDuplicate, Part, SamePhoto, SameText, Similarity,
};
pub(crate) use self::evidence::report::add_known;
pub use self::evidence::report::{
    Change, CheapestPath, Coverage, DocumentRef, EvidenceLine, Forecast, Gap,
    IndicatorReport, Mark, OfficeRef, OfficeReport, PartNames, QuestionReport, Remark,
    Report, Score, SectionReport, Since, Standings, StateCounts, Trend,
};
pub use self::page::code::PrintedCode;
pub use self::page::ink::{InkKind, InkMark};
pub use self::page::photo_fingerprint::{
    Corner, FINGERPRINT_SIDE, MAX_CORNERS, PhotoFingerprint, THUMB_SIDE,
};
pub use self::page::raster::{Raster, Rect};
pub use self::page::reading::{LetterDoubt, LinePart, SecondReading, WordInk};
pub use self::page::sheet::Sheet;
pub use self::page::text::{
    CameraFacts, Extraction, GeoPoint, Line, Metadata, OcrPage, OcrRequest, Page,
    PagePart, PageVerdict, Span, TextOrigin, Word,
};
pub use self::page::text_fingerprint::TextFingerprint;
pub use self::page::turn::Turn;
pub use id::{
    CategoryId, DocTypeId, ExclusionId, IndicatorId, LevelId, OfficeId, PartCode,
    PeriodId, QuestionId, RegionCode, RuleId, SectionCode, SourceKey, ThresholdId,
};
pub use lang::{Bilingual, Lang};
pub use note::{Note, NoteCode};
pub use unit::{ByteLen, Ratio};

#[cfg(test)]
mod tests {
    use super::*;
    use strum::IntoEnumIterator;

    /// Names are told in two ways: by `serde` in JSON, by `strum` elsewhere.
    #[test]
    fn names_are_those_that_json_has() {
        let named = |value: serde_json::Value, name: &str| assert_eq!(value, name);
        for code in NoteCode::iter() {
            named(serde_json::to_value(code).unwrap(), code.into());
        }
        for state in SignatureState::iter() {
            named(serde_json::to_value(state).unwrap(), state.into());
        }
        for state in FileState::ALL {
            named(serde_json::to_value(state).unwrap(), state.as_str());
        }
        for why in [
            NoCopy::NoPages,
            NoCopy::TooManyPages,
            NoCopy::NothingFits,
            NoCopy::Changed,
        ] {
            named(serde_json::to_value(&why).unwrap(), why.as_str());
        }
    }
}
