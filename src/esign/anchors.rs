//! The certificates that the user trusts: files of `.pem`, `.cer`, `.crt`, `.der`.

use super::x509::Certificate;
use crate::model::{Anchor, CertificateName};

/// The certificates that the user trusts (trust anchors, RFC 5280, section 6.1.1). None is
/// shipped: trust is the user's.
#[derive(Debug, Clone, Default)]
pub struct Anchors {
    certificates: Vec<Certificate>,
}

/// The reason why a file adds no anchor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AnchorError {
    /// There is no certificate in it.
    #[error("no certificate (X.509, PEM or DER) found")]
    NoCertificate,
    /// There is one that cannot be read.
    #[error("certificate {0} of the file is broken")]
    Broken(usize),
}

impl Anchors {
    /// Trusts nobody.
    pub fn none() -> Self {
        Self::default()
    }

    /// Adds the certificates of a file, PEM (any number) or DER (one); returns their names.
    ///
    /// # Errors
    /// When there is none, or one that cannot be read; nothing is added then.
    pub fn add(&mut self, file: &[u8]) -> Result<Vec<CertificateName>, AnchorError> {
        let blocks = pem_blocks(file);
        let is_der = blocks.is_empty();
        let ders = match is_der {
            true => vec![file.to_vec()],
            false => blocks,
        };
        let mut read = Vec::new();
        for (at, der) in ders.iter().enumerate() {
            let broken = match is_der {
                true => AnchorError::NoCertificate,
                false => AnchorError::Broken(at + 1),
            };
            read.push(Certificate::read(der).ok_or(broken)?);
        }
        let names = read.iter().map(Certificate::name).collect();
        for certificate in read {
            let is_known = |known: &Certificate| known.sha256() == certificate.sha256();
            if !self.certificates.iter().any(is_known) {
                self.certificates.push(certificate);
            }
        }
        Ok(names)
    }

    /// Makes the set of certificates that were added before; those that cannot be read any more
    /// are left out.
    pub fn of(anchors: &[Anchor]) -> Self {
        let read = anchors
            .iter()
            .filter_map(|one| Certificate::read(one.der()));
        Self {
            certificates: read.collect(),
        }
    }

    /// Returns the certificates as they travel, in the order they were added.
    pub fn to_model(&self) -> Vec<Anchor> {
        let all = self.certificates.iter();
        all.map(|one| Anchor::new(one.der.clone())).collect()
    }

    /// Returns the names of the certificates, in the order they were added.
    pub fn names(&self) -> Vec<CertificateName> {
        self.certificates.iter().map(Certificate::name).collect()
    }

    /// Returns the certificates.
    pub(super) fn certificates(&self) -> &[Certificate] {
        &self.certificates
    }
}

/// Returns what stands in the `CERTIFICATE` blocks of a PEM file (RFC 7468, section 5).
fn pem_blocks(file: &[u8]) -> Vec<Vec<u8>> {
    let text = String::from_utf8_lossy(file);
    let mut blocks = Vec::new();
    let mut open: Option<String> = None;
    for line in text.lines().map(str::trim) {
        match line {
            "-----BEGIN CERTIFICATE-----" => open = Some(String::new()),
            "-----END CERTIFICATE-----" => {
                blocks.extend(open.take().map(|text| base64(&text)));
            }
            _ => {
                if let Some(text) = open.as_mut() {
                    text.push_str(line);
                }
            }
        }
    }
    blocks
}

/// Decodes Base64 (RFC 4648, section 4) as far as it is that.
fn base64(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let (mut bits, mut count) = (0u32, 0u32);
    for letter in text.bytes() {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => break,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    bytes
}
