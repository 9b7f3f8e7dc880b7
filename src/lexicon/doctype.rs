//! Takes `schema/doctypes.json`, gives the kinds of document and the words by which the law
//! names them. Apart from the framework of questions, because every region shares it.

use super::data::read;
use super::error::{DataError, DataFile, Problem, nearest};
use super::form;
use super::phrase::Phrase;
use super::signing::SignatureWords;
use crate::model::{Bilingual, DateRole, DocTypeId};
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;

/// The data this program carries.
pub(crate) const BUILTIN: &str = include_str!("../../schema/doctypes.json");

/// A government's level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// The republic.
    Nation,
    /// `provinsi`.
    Province,
    /// `kabupaten`.
    Regency,
    /// `kota`.
    City,
    /// `kecamatan`.
    District,
    /// `desa` and its regional sisters, `kelurahan` too.
    Village,
}

/// The words of the law that frame a heading, whatever the kind.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grammar {
    /// Before a number: `NOMOR`.
    pub number: Vec<Phrase>,
    /// Before a number, too short to be matched with tolerance: `NO`.
    pub number_short: Vec<Phrase>,
    /// Before a year: `TAHUN`.
    pub year: Vec<Phrase>,
    /// Before a title: `TENTANG`.
    pub about: Vec<Phrase>,
    /// Before a kind that is not yet one: `RANCANGAN`.
    pub draft: Vec<Phrase>,
    /// Variables that a correspondence program replaces when it sends a text: `nomor_naskah`.
    pub unsent: Vec<String>,
    /// Before the kind an attachment belongs to: `LAMPIRAN`.
    pub attachment: Vec<Phrase>,
    /// Before a kind that is only cited: `PERUBAHAN ATAS`.
    pub citing: Vec<Phrase>,
    /// Between an official and the capacity in which one decides: `SELAKU`.
    pub capacity: Vec<Phrase>,
    /// Words that no title ends with: `dan`.
    pub joining: Vec<Phrase>,
    /// Before another document, between a kind and its number: `ATAS`.
    pub stops: Vec<Phrase>,
    /// Where the heading is over: `Menimbang`.
    pub body: Vec<Phrase>,
    /// Where a title is over.
    pub title_ends: Vec<Phrase>,
    /// Who speaks after a title, alone on a line that ends with a comma.
    pub title_ends_office: Vec<Phrase>,
    /// Columns of lists of documents.
    pub columns: ColumnWords,
    /// The head of a letter.
    pub letter: LetterWords,
    /// Heads of region: `BUPATI`.
    pub roles: Vec<LevelWords>,
    /// Letterheads: `PEMERINTAH KABUPATEN`.
    pub letterheads: Vec<LevelWords>,
    /// Before the name of a government: `KABUPATEN`.
    pub levels: Vec<LevelWords>,
    /// Bodies that are no regional government: `KEMENTERIAN`.
    pub bodies: Vec<BodyWords>,
    /// Offices of a regional government: `DINAS`.
    pub units: Vec<Phrase>,
    /// In an address: `Jalan`.
    pub address: Vec<Phrase>,
    /// Before the name of a street, as printed and as read.
    pub street: Vec<Phrase>,
    /// Name of the national level.
    pub nation: Phrase,
    /// Names of gazettes: `BERITA DAERAH`.
    pub gazettes: Vec<Phrase>,
    /// The twelve months, each with its spellings.
    #[serde(deserialize_with = "twelve")]
    pub months: Vec<Vec<Phrase>>,
    /// The days of the week.
    pub weekdays: Vec<Phrase>,
    /// Words that say what a date is for.
    pub dates: Vec<DateWords>,
    /// Between the two ends of a range of dates.
    pub date_until: Vec<Phrase>,
    /// What one document does to another.
    pub relation: RelationWords,
    /// Whose domains below `go.id` are no region's.
    pub domains: Vec<DomainWords>,
    /// With which the numbers of decisions begin: `188.45`.
    pub decision_codes: Vec<String>,
    /// After `TAHUN`, of a budget: `ANGGARAN`.
    pub budget: Vec<Phrase>,
    /// What belongs to a document.
    pub completeness: CompletenessWords,
    /// Words in lists and tables, and on photos.
    pub lists: ListWords,
    /// Words around personal data.
    pub personal: PersonalWords,
    /// The head of minutes, lists and reports.
    pub record: RecordWords,
    /// Words around a signature.
    pub signature: SignatureWords,
}

/// Words by which one document says what it does to another.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelationWords {
    /// Begins the title of an amendment: `PERUBAHAN`.
    pub amends: Vec<Phrase>,
    /// Between that and the document amended: `ATAS`.
    pub upon: Vec<Phrase>,
    /// Begins the title of a repeal: `PENCABUTAN`.
    pub repeals: Vec<Phrase>,
    /// Begins the title of an act that makes an emergency regulation its own: `PENETAPAN`.
    pub enacts: Vec<Phrase>,
    /// Begins the clause that repeals: `Pada saat`.
    pub opens: Vec<Phrase>,
    /// Ends it, after the documents repealed: `dicabut dan dinyatakan tidak berlaku`.
    pub repealed: Vec<Phrase>,
    /// Says that documents stay in force, a few letters from the words that end them:
    /// `dinyatakan tetap berlaku`.
    pub stays: Vec<Phrase>,
    /// Between a number and its year, in acts of the fifties and sixties: `Prp`.
    pub number_marks: Vec<Phrase>,
    /// Stands before the documents repealed: `mencabut`.
    pub repeals_next: Vec<Phrase>,
    /// Between two documents repealed: `dan`.
    pub and: Vec<Phrase>,
    /// Just before a document that is only named beside another: `diubah dengan`.
    pub beside: Vec<Phrase>,
    /// Just before a document of which a part is meant: `diatur dalam`.
    pub in_part: Vec<Phrase>,
    /// Names of parts: `Pasal`.
    pub parts: Vec<Phrase>,
    /// Limits a repeal to a matter: `sepanjang mengenai`.
    pub as_far_as: Vec<Phrase>,
    /// After a kind without a number, the document itself: `ini`.
    pub of_itself: Vec<Phrase>,
}

/// A domain below `go.id`, and whose it is.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DomainWords {
    /// What stands before `.go.id`: `kemenag`.
    pub label: String,
    /// The body's name.
    pub name: String,
}

/// Words by which a document says what belongs to it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CompletenessWords {
    /// Refers to an attachment: `tercantum dalam Lampiran`.
    pub announces: Vec<Phrase>,
    /// Before what is decided, so that the body is there: `MEMUTUSKAN`.
    pub decides: Vec<Phrase>,
}

/// Names of the columns in lists of documents that people keep.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnWords {
    /// The kind: `Jenis`.
    pub kind: Vec<Phrase>,
    /// The number: `Nomor`.
    pub number: Vec<Phrase>,
    /// The year: `Tahun`.
    pub year: Vec<Phrase>,
    /// What it is about, or its whole name: `Judul`, `Tentang`.
    pub title: Vec<Phrase>,
    /// The number of the row; of the document, where no other column has that: `No`.
    pub count: Vec<Phrase>,
}

/// Words in lists and tables, and on photos.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListWords {
    /// Posts that the members of a team have: `Sekretaris`.
    pub posts: Vec<Phrase>,
    /// Those that begin the names of offices, too: `SEKRETARIS DAERAH`.
    pub also_offices: Vec<Phrase>,
    /// Above the numbers of the rows of a table: `No`.
    pub heads: Vec<Phrase>,
    /// Before the name of a place: `Kecamatan`.
    pub places: Vec<Phrase>,
    /// After such a word, what a place strives to be (`KOTA LAYAK ANAK`): no name.
    pub not_names: Vec<Phrase>,
}

/// Words around personal data.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonalWords {
    /// Before the number of a person.
    pub nik: Vec<Phrase>,
    /// Before the number of a family.
    pub kk: Vec<Phrase>,
    /// Speaks of children that were harmed or stand before the law: `korban`.
    pub harmed: Vec<Phrase>,
    /// Before a name: `Nama`.
    pub names: Vec<Phrase>,
}

/// Words in the head of minutes, lists and reports.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordWords {
    /// Before the number of a document that has no `NOMOR` in its heading: `No. Dokumen`.
    pub number: Vec<Phrase>,
    /// Before what it was about: `Acara`.
    pub subject: Vec<Phrase>,
    /// On a cover, before who made it: `Disusun oleh`.
    pub by: Vec<Phrase>,
}

/// The words at the head of a letter.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LetterWords {
    /// `Nomor`.
    pub number: Vec<Phrase>,
    /// `Hal`, `Perihal`.
    pub subject: Vec<Phrase>,
    /// `Kepada Yth.`
    pub addressee: Vec<Phrase>,
    /// `Tanggal`.
    pub date: Vec<Phrase>,
    /// Other lines of the head: `Sifat`, `Lampiran`.
    pub marks: Vec<Phrase>,
    /// Asks someone to come: `mengundang`.
    pub invites: Vec<Phrase>,
    /// Names of the days of the week.
    pub days: Vec<Phrase>,
    /// Labels before when and where: `Tempat`.
    pub meeting: Vec<Phrase>,
}

/// Words that tell a government's level.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LevelWords {
    /// The words.
    pub words: Phrase,
    /// The level; absent where the name that follows must tell.
    #[serde(default, deserialize_with = "form::present")]
    pub level: Option<Level>,
}

/// Words that begin the name of a body in its letterhead.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BodyWords {
    /// The words.
    pub words: Phrase,
    /// What they are called instead: `IAIN`.
    #[serde(default, deserialize_with = "form::present")]
    pub name: Option<String>,
    /// Whether they are the whole name.
    #[serde(default)]
    pub is_whole: bool,
    /// Begin the line below that says which of its offices it is: `RESOR`.
    #[serde(default)]
    pub units: Vec<Phrase>,
    /// How particular it is: a letterhead names the ministry above the university.
    pub rank: u8,
}

/// Words that tell what a date is for.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DateWords {
    /// The words.
    pub words: Phrase,
    /// What the date is for.
    pub role: DateRole,
    /// Whether they tell it in the middle of a sentence, as reports do.
    #[serde(default)]
    pub in_sentence: bool,
    /// Whether they label a line of a form: the date comes at once or not at all.
    #[serde(default)]
    pub is_label: bool,
    /// Whether they speak only where no other words give a date of their role.
    #[serde(default)]
    pub instead: bool,
    /// What the date is for, too, where the paper is made on the day it tells of.
    #[serde(default, deserialize_with = "form::present")]
    pub also: Option<DateRole>,
}

/// The family a kind belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// Binds everyone: law, regulation.
    Regulation,
    /// Decides one matter: decision, instruction.
    Decision,
    /// Circular.
    Circular,
    /// Belongs to another document: attachment, abstract.
    Attachment,
    /// Letter.
    Letter,
    /// Agreement.
    Agreement,
    /// Says what happened: minutes, report, list.
    Record,
    /// Says what is to happen or how: plan, profile, procedure.
    Plan,
    /// Photo, publication.
    Media,
}

impl Class {
    /// Tells whether its documents are cited by number and year.
    pub fn is_law(self) -> bool {
        matches!(self, Self::Regulation | Self::Decision | Self::Circular)
    }
}

/// The form a kind's number has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NumberStyle {
    /// `NOMOR 5 TAHUN 2022`.
    Plain,
    /// `188.45/123/KEP/2022`.
    Letter,
    /// It has none.
    None,
}

/// Where a sign has to stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignPlace {
    /// Begins the heading.
    #[default]
    Heading,
    /// The matter of a letter.
    Subject,
    /// Any letter at all.
    Letter,
    /// Begins a line of the first page, with a colon, whatever the heading above says.
    Label,
    /// Begins any line of the first page.
    Text,
}

/// Words by which a kind is known.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sign {
    /// The words.
    pub words: Phrase,
    /// What the document is then called; the words themselves where absent.
    #[serde(default, deserialize_with = "form::present")]
    label: Option<String>,
    /// The level of government they imply.
    #[serde(default, deserialize_with = "form::present")]
    pub level: Option<Level>,
    /// Where they have to stand.
    #[serde(default)]
    pub at: SignPlace,
}

impl Sign {
    /// Returns what a document with this sign is called.
    pub fn label(&self) -> &str {
        self.label.as_deref().unwrap_or_else(|| self.words.text())
    }
}

/// A kind of document.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is one trait of a kind, as the data states it"
)]
pub struct DocType {
    /// Its name in data.
    pub id: DocTypeId,
    /// Its names for people.
    pub name: Bilingual,
    /// Its family.
    pub class: Class,
    /// The form of its number.
    pub number: NumberStyle,
    /// Whether it carries a year with its number.
    pub year: bool,
    /// Whether it carries a title (`tentang`).
    pub title: bool,
    /// Whether it comes from an activity: a meeting, a training, a campaign.
    #[serde(default)]
    pub activity: bool,
    /// Whether its words alone are never its title: a certificate is one of something.
    #[serde(default)]
    pub generic: bool,
    /// Whether it may lie on another paper in the same file: a disposition sheet, a covering
    /// letter.
    #[serde(default)]
    pub wraps: bool,
    /// The words by which it is known.
    pub signs: Vec<Sign>,
}

/// A kind that pictures have.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PictureKind {
    /// The kind.
    pub kind: DocTypeId,
    /// What it is called.
    pub label: String,
}

/// The kinds of pictures that are no pages, and the words that tell them apart.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PictureRules {
    /// The most words a photo has; a scanned page has more.
    pub few_words: usize,
    /// A photo.
    pub photo: PictureKind,
    /// A poster.
    pub poster: PictureKind,
    /// A banner as it was drawn.
    pub banner: PictureKind,
    /// A picture of a screen.
    pub screen: PictureKind,
    /// Words that posters print: where to call.
    pub contacts: Vec<Phrase>,
    /// Words of programs' windows.
    pub controls: Vec<Phrase>,
    /// Words that cameras stamp on photos.
    pub stamps: Vec<Phrase>,
}

/// The kind that belongs to another document and repeats its heading.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttachmentRule {
    /// The kind.
    pub kind: DocTypeId,
}

/// The file `doctypes.json` as it stands.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "$schema", default)]
    _schema: String,
    #[serde(rename = "version", deserialize_with = "form::version")]
    _version: u32,
    grammar: Grammar,
    pictures: PictureRules,
    sheet: PictureKind,
    attachment: AttachmentRule,
    kinds: Vec<DocType>,
}

/// Every kind of document, and the words that frame a heading.
#[derive(Debug, Clone, Default)]
pub struct DocTypes {
    grammar: Grammar,
    pictures: Option<PictureRules>,
    sheet: Option<PictureKind>,
    attachment: Option<AttachmentRule>,
    kinds: Vec<DocType>,
}

impl DocTypes {
    /// Returns the kinds this program carries.
    ///
    /// # Errors
    /// When the file that was built in is broken: a program without kinds must not pretend.
    pub fn builtin() -> Result<Self, DataError> {
        Self::parse(BUILTIN)
    }

    /// Reads the text of a `doctypes.json`.
    pub fn parse(json: &str) -> Result<Self, DataError> {
        let file: File = read(DataFile::DocTypes, json)?;
        let types = Self {
            grammar: file.grammar,
            pictures: Some(file.pictures),
            sheet: Some(file.sheet),
            attachment: Some(file.attachment),
            kinds: file.kinds,
        };
        types.check()?;
        Ok(types)
    }

    /// Checks what a JSON Schema cannot say: unique ids, references that lead somewhere.
    fn check(&self) -> Result<(), DataError> {
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for (n, kind) in self.kinds.iter().enumerate() {
            if let Some(first) = seen.insert(kind.id.as_str(), n) {
                let problem = Problem::Duplicate {
                    value: kind.id.to_string(),
                    first: format!("/kinds/{first}/id"),
                };
                let at = format!("/kinds/{n}/id");
                return Err(DataError::new(DataFile::DocTypes, at, problem));
            }
        }
        let of_pictures = |kind: fn(&PictureRules) -> &PictureKind| {
            self.pictures.as_ref().map(|rules| &kind(rules).kind)
        };
        let references = [
            ("/pictures/photo/kind", of_pictures(|rules| &rules.photo)),
            ("/pictures/poster/kind", of_pictures(|rules| &rules.poster)),
            ("/pictures/banner/kind", of_pictures(|rules| &rules.banner)),
            ("/pictures/screen/kind", of_pictures(|rules| &rules.screen)),
            ("/sheet/kind", self.sheet.as_ref().map(|rule| &rule.kind)),
            (
                "/attachment/kind",
                self.attachment.as_ref().map(|rule| &rule.kind),
            ),
        ];
        for (pointer, id) in references {
            if let Some(id) = id.filter(|id| !seen.contains_key(id.as_str())) {
                let problem = Problem::Unresolved {
                    what: "kind of document",
                    value: id.to_string(),
                    nearest: nearest(id.as_str(), seen.keys().copied()),
                };
                return Err(DataError::new(DataFile::DocTypes, pointer, problem));
            }
        }
        Ok(())
    }

    /// Returns the words that frame a heading.
    pub fn grammar(&self) -> &Grammar {
        &self.grammar
    }

    /// Returns what tells pictures that are no pages apart.
    pub fn pictures(&self) -> Option<&PictureRules> {
        self.pictures.as_ref()
    }

    /// Returns what a workbook of figures without a heading is.
    pub fn sheet(&self) -> Option<&PictureKind> {
        self.sheet.as_ref()
    }

    /// Returns the kind of attachments.
    pub fn attachment(&self) -> Option<&DocType> {
        self.attachment
            .as_ref()
            .and_then(|rule| self.get(rule.kind.as_str()))
    }

    /// Returns all kinds in the order of the file.
    pub fn kinds(&self) -> &[DocType] {
        &self.kinds
    }

    /// Returns the kind with this id.
    pub fn get(&self, id: &str) -> Option<&DocType> {
        self.kinds.iter().find(|kind| kind.id.as_str() == id)
    }

    /// Returns every sign that has to stand at a place, with its kind.
    pub fn signs(&self, at: SignPlace) -> impl Iterator<Item = (&DocType, &Sign)> {
        self.kinds.iter().flat_map(move |kind| {
            kind.signs
                .iter()
                .filter(move |sign| sign.at == at)
                .map(move |sign| (kind, sign))
        })
    }
}

/// Reads a list with an item for each month.
fn twelve<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    let months = Vec::deserialize(deserializer)?;
    match months.len() {
        12 => Ok(months),
        found => Err(D::Error::invalid_length(found, &"the twelve months")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json_schema::Schema;
    use serde_json::Value;

    /// The kinds `issue 2` and the framework name; more may be added without code.
    const REQUIRED: &str = "perda perkada kepkada inkada se kepkadis kepcamat perdes kepdes \
        anggaran rad profil matriks laporan monev notula hadir undangan sertifikat foto \
        publikasi sop mou data inovasi ba keterangan usulan lampiran abstrak uu perppu pp \
        perpres keppres inpres permen kepmen perma";

    #[test]
    fn the_builtin_data_holds_what_others_refer_to() {
        let types = DocTypes::parse(BUILTIN).unwrap();
        for id in REQUIRED.split_whitespace() {
            assert!(types.get(id).is_some(), "{id}");
        }
        assert!(types.attachment().is_some());
    }

    #[test]
    fn the_builtin_data_follows_its_schema() {
        let schema: Value =
            serde_json::from_str(include_str!("../../schema/doctypes.schema.json"))
                .unwrap();
        let data: Value = serde_json::from_str(BUILTIN).unwrap();
        assert_eq!(Schema::new(schema).faults(&data), []);
    }

    #[test]
    fn an_error_says_where() {
        let pointer = |from: &str, to: &str| {
            DocTypes::parse(&BUILTIN.replacen(from, to, 1))
                .unwrap_err()
                .pointer
        };
        assert_eq!(
            pointer("\"number\": \"plain\"", "\"number\": \"roman\""),
            "/kinds/0/number"
        );
        assert_eq!(
            pointer("\"id\": \"perppu\"", "\"id\": \"uu\""),
            "/kinds/1/id"
        );
        assert_eq!(
            pointer("\"kind\": \"foto\"", "\"kind\": \"x\""),
            "/pictures/photo/kind"
        );
        assert_eq!(
            pointer("\"role\": \"ditetapkan\"", "\"role\": \"?\""),
            "/grammar/dates/0/role"
        );
        assert_eq!(pointer("{", ""), "");
    }

    #[test]
    fn letters_are_folded() {
        let phrase = Phrase::from("Hari/Tanggal é | №5");
        assert_eq!(phrase.letters(), b"HARITANGGALEIN5");
    }
}
