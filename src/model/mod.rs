//! Ring 0: the nouns every ring speaks. Plain data, no I/O, no policy, so that the six steps
//! can agree on their inputs and outputs without knowing one another.
//!
//! Indonesian terms of law keep their Indonesian name in code: a `perda` is a *Peraturan
//! Daerah* (regional regulation), a `perkada` a regulation of the head of region, a `kepkada`
//! (SK) a decision of the head of region, `data dukung` is evidence.

pub mod analysis;
mod answer;
mod assessment;
mod condition;
mod copied;
mod decision;
mod digest;
mod event;
mod facts;
mod finding;
mod fixity;
mod history;
mod id;
mod ink;
mod lang;
mod likeness;
mod link;
mod locality;
mod note;
mod print;
mod relation;
mod report;
mod sheet;
mod signature;
mod sketch;
mod source;
mod reading;
mod text;
mod turn;
mod unit;

pub use answer::Answer;
pub use assessment::{
    Assessment, DocumentName, Points, QuestionResult, QuestionState, Standing, Weighed,
};
pub use condition::{Lack, LackFact, PersonalKind, PersonalMark};
pub use copied::{CopyStep, NoCopy};
pub use decision::{Decided, Decision, Verdict};
pub use digest::{Digest, ParseDigestError};
pub use event::{Event, EventObject, EventOutcome, EventType, LogBody, LogRecord};
pub use facts::{
    Date, DateRole, DatedFact, DocKind, DocumentFacts, Fact, Government, Issuer, Paper,
    ParseDateError, Reading, Rows, Unsure, Years,
};
pub use finding::{Finding, Level, Outcome, Place, Subject};
pub use fixity::{FixityCheck, FixityStatus};
pub use history::{PastCheck, Stood};
pub use id::{
    CategoryId, DocTypeId, ExclusionId, IndicatorId, LevelId, OfficeId, PartCode,
    PeriodId, QuestionId, RegionCode, RuleId, SectionCode, SourceKey, ThresholdId,
};
pub use ink::{InkKind, InkMark};
pub use lang::{Bilingual, Lang};
pub use likeness::{Alike, Likeness, Part, SamePhoto, SameText};
pub use link::{Cue, Link, Reason, Recognised};
pub use locality::Locality;
pub use note::{Note, NoteCode};
pub use print::{Corner, MAX_CORNERS, PRINT_SIDE, PhotoPrint, THUMB_SIDE};
pub use reading::{LetterDoubt, LinePart, SecondReading, WordInk};
pub use relation::{Cited, Relation, RelationRole};
pub(crate) use report::add_known;
pub use report::{
    Change, Coverage, DocumentRef, EvidenceLine, Forecast, Gap, IndicatorReport, Lift,
    Mark, OfficeRef, OfficeReport, QuestionReport, Remark, Report, Score, SectionReport,
    Since, Standings, StateCounts, Trend,
};
pub use sheet::Sheet;
pub use signature::{Acting, Signatory, Signature, SignatureState};
pub use sketch::TextPrint;
pub use source::{FileState, INSIDE, MediaType};
pub use text::{
    CameraFacts, Extraction, GeoPoint, Line, Metadata, OcrPage, OcrRequest, Page,
    PagePart, PageVerdict, Raster, Rect, Span, TextOrigin, Word,
};
pub use turn::Turn;
pub use unit::{ByteLen, Ratio};
