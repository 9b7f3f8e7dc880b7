//! What each consideration counts when questions of one indicator are told apart: reasoned
//! from how verifiers read evidence, then set by hand on the sets named in
//! `tests/measure/link.rs`, in steps of a tenth so as not to fit their noise. How sure a link
//! is follows from them and from `ground` by the fitted model (`fitted`).

use crate::link::read::reader::Zone;

/// Title, subject line, heading or file name name the subject.
pub(crate) const SUBJECT_PROMINENT: f32 = 4.4;
/// The body or a folder does.
pub(crate) const SUBJECT_BODY: f32 = 1.5;
/// Title or file name name this question rather than its siblings.
pub(crate) const SPECIFICITY_PROMINENT: f32 = 2.2;
/// The body does.
pub(crate) const SPECIFICITY_BODY: f32 = 1.2;
/// The question accepts the kind.
pub(crate) const KIND_FITS: f32 = 1.8;
/// It does not, nor any kind like it.
pub(crate) const KIND_DIFFERS: f32 = -2.4;
/// A question whether there is a rule or a budget on a matter, and a paper that is surely
/// neither: on top of [`KIND_DIFFERS`].
pub(crate) const POLICY_OF_ANOTHER_KIND: f32 = -4.0;
/// How surely a paper is neither of which no kind is read, 0 to 1.
pub(crate) const NO_KIND_READ: f32 = 0.5;
/// The issuing office answers for the question.
pub(crate) const OFFICE_FITS: f32 = 0.5;
/// Kind, issuer or folder name the question's level.
pub(crate) const LEVEL_FITS: f32 = 0.8;
/// They name another.
pub(crate) const LEVEL_DIFFERS: f32 = -3.0;
/// Nothing names a level, and the question asks a lower one.
pub(crate) const LEVEL_UNSAID: f32 = -3.0;
/// The path carries the question's code.
pub(crate) const CODE_IN_PATH: f32 = 2.6;
/// The path carries a code of several questions, this one among them (`19.2` for 2a to 2e).
pub(crate) const FAMILY_IN_PATH: f32 = 1.3;
/// The path carries another question's code: filed there on purpose.
pub(crate) const OTHER_CODE: f32 = -0.8;
/// The path names the indicator.
pub(crate) const INDICATOR_IN_PATH: f32 = 0.9;
/// The path names another indicator: filed there, perhaps wrongly.
pub(crate) const OTHER_INDICATOR: f32 = -0.5;
/// The path names the section.
pub(crate) const SECTION_IN_PATH: f32 = 0.3;
/// The path names another section.
pub(crate) const OTHER_SECTION: f32 = -0.3;
/// A negative phrase stands in the title or the file name.
pub(crate) const NEGATIVE: f32 = -2.5;
/// The question does not count such a document.
pub(crate) const EXCLUDED: f32 = -4.0;
/// No word of the framework's subject stands in a prominent place.
pub(crate) const NO_GATE: f32 = -1.2;
/// Log-odds by which a question is ahead of its siblings, from which more says nothing new.
pub(crate) const AHEAD_MOST: f32 = 4.0;
/// Log-odds by which it is behind, likewise: a budget sheet answers several questions.
pub(crate) const BEHIND_MOST: f32 = 2.0;
/// A village's or a district's paper and an indicator that such are asked, in log-odds.
pub(crate) const PAPER_OF_LEVEL: f32 = 1.0;
/// Such a paper and an indicator that only the government is asked.
pub(crate) const PAPER_OF_OTHER_LEVEL: f32 = -2.0;
/// Highest confidence where the document does not tell questions of an indicator apart.
pub(crate) const CAP_TIED: f32 = 0.75;
/// Log-odds within which questions are tied.
pub(crate) const TIED_WITHIN: f32 = 0.1;
/// How much of an indicator's terms a single question of it inherits.
pub(crate) const INHERITED: f32 = 0.85;
/// What a question's term counts for its subject where it names only an action:
/// `pembentukan tim` (a team is formed) is no word on nutrition.
pub(crate) const ACTION_AS_SUBJECT: f32 = 0.35;
/// The same where it names another indicator's subject: schools ask about smoke-free places.
pub(crate) const OTHER_SUBJECT: f32 = 0.2;
/// What the subject's own term counts for telling its questions apart.
pub(crate) const SUBJECT_AS_SPECIFICITY: f32 = 0.6;
/// What specificity counts where there is no evidence of the subject, and how much of that it
/// takes to count in full.
pub(crate) const SPECIFICITY_ALONE: f32 = 0.3;
/// See [`SPECIFICITY_ALONE`].
pub(crate) const SPECIFICITY_WITH: f32 = 0.5;
/// How much a topic policy's own words count for specificity: they are its subject already.
pub(crate) const TOPIC_SPECIFICITY: f32 = 0.5;
/// What a term counts inside a longer one on another subject: `gugus tugas kabupaten layak
/// anak` is a task force, not the regulation on the `kabupaten layak anak`.
pub(crate) const PART: f32 = 0.45;
/// How fast repetition adds: the second time 17 %, the tenth 58 %.
pub(crate) const REPEATED: f32 = 0.25;
/// No amount of repetition adds more than this.
pub(crate) const REPEATED_MOST: f32 = 1.6;
/// The kinship at which a kind stands in for an accepted one neither well nor badly.
pub(crate) const KIN_NEUTRAL: f32 = 0.9;
/// What each later place in a question's list of kinds costs: the source's own come first.
pub(crate) const KIND_LATER: f32 = 0.07;

/// Returns what a word counts in a place.
pub(crate) fn zone_weight(zone: Zone) -> f32 {
    match zone {
        Zone::Title => 0.95,
        Zone::File => 0.75,
        Zone::Head => 0.7,
        Zone::Folder => 0.45,
        Zone::First => 0.4,
        Zone::Rest => 0.25,
        Zone::Cited => 0.03,
    }
}

/// Tells whether words in a place are a claim about the whole document.
pub(crate) fn is_prominent(zone: Zone) -> bool {
    matches!(zone, Zone::Title | Zone::File | Zone::Head)
}
