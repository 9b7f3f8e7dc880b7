//! The words around a signature, as `schema/doctypes.json` has them under
//! `grammar.signature`. Apart from the words of a heading, which stand at a document's other
//! end.

use super::phrase::Phrase;
use crate::model::Acting;
use serde::Deserialize;

/// The words around a signature.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignatureWords {
    /// Begin the line of an office: `BUPATI`.
    pub offices: Vec<Phrase>,
    /// Stand for an office in an agreement: `PIHAK PERTAMA`.
    pub parties: Vec<Phrase>,
    /// Before the office of one who acts for another: `Plt.`
    pub acting: Vec<ActingWords>,
    /// In the place of the signature on a copy, whole words: `ttd`.
    pub copy: Vec<Phrase>,
    /// Before the office of one who only confirms a copy.
    pub certified: Vec<Phrase>,
    /// Before the office of one who only takes note.
    pub witness: Vec<Phrase>,
    /// Footers of electronic signatures.
    pub electronic: Vec<Phrase>,
    /// Begin the lines of such footers that do not say so: `UU ITE`.
    pub footers: Vec<Phrase>,
    /// Who certified it.
    pub certifiers: Vec<Phrase>,
    /// Before the number of an official, below the name: `NIP`.
    pub id_numbers: Vec<Phrase>,
    /// Ranks of officials, between name and number: `Pembina`.
    pub ranks: Vec<Phrase>,
    /// The words of a rank that no name has: `Utama Muda`.
    pub grades: Vec<Phrase>,
    /// Where a block is over: `Tembusan`.
    pub ends: Vec<Phrase>,
}

/// Words that say who acts for whom.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActingWords {
    /// The words, matched as whole words.
    pub words: Phrase,
    /// What they say.
    #[serde(rename = "as")]
    pub acting: Acting,
}
