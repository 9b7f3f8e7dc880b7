//! What all signatures of one document are examined with.

use super::material::Material;
use crate::{
    der::Moment,
    esign::{
        pdf::{Budget, Document, Layout},
        signed::Revisions,
        x509::Certificate,
    },
};

/// What all signatures of a document are examined with.
pub struct Context<'a, 'b> {
    /// The document as it is.
    pub document: &'a Document<'b>,
    /// Its pages and fields.
    pub layout: &'a Layout,
    /// Where its revisions end.
    pub revisions: Revisions,
    /// Its validation data.
    pub material: Material,
    /// Document time-stamps that the user trusts: where what each covers ends, and its time.
    pub stamps: Vec<(usize, Moment)>,
    /// The certificates that the user trusts.
    pub anchors: &'a [Certificate],
    /// What is left to spend.
    pub budget: &'a Budget,
}
