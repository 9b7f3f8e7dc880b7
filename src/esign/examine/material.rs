//! Validation data of a document (DSS, ETSI EN 319 142-1, 5.4.2).

use crate::esign::{
    pdf::{Document, Object},
    x509::Certificate,
};

/// Certificates and revocation lists that a document brings along.
#[derive(Debug, Default)]
pub struct Material {
    /// The certificates.
    pub certificates: Vec<Certificate>,
    /// The revocation lists, as they stand.
    pub lists: Vec<Vec<u8>>,
    /// Whether OCSP answers are there, which are not read.
    pub has_ocsp: bool,
}

/// Most streams of one kind that are read.
const MAX_STREAMS: usize = 128;

impl Material {
    /// Reads the DSS of a document.
    pub fn read(document: &Document<'_>) -> Self {
        let catalog = document.catalog().unwrap_or_default();
        let dss = document.get(&catalog, b"DSS");
        let Some(dss) = dss.dict() else {
            return Self::default();
        };
        let streams = |key: &[u8]| -> Vec<Vec<u8>> {
            let array = document.get(dss, key);
            let ids = array.array().unwrap_or_default().iter();
            let ids = ids.filter_map(Object::reference).take(MAX_STREAMS);
            ids.filter_map(|id| document.content(id))
                .map(|content| content.bytes)
                .collect()
        };
        let certificates = streams(b"Certs");
        let certificates = certificates.iter().filter_map(|der| Certificate::read(der));
        let answers = document.get(dss, b"OCSPs");
        Self {
            certificates: certificates.collect(),
            lists: streams(b"CRLs"),
            has_ocsp: answers.array().is_some_and(|answers| !answers.is_empty()),
        }
    }
}
