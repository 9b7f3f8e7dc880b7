//! Makes small PDFs, signs them by invented authorities, and changes them afterwards. The keys
//! are numbers that anybody can guess; nothing here comes from a file of somebody else.
#![allow(
    dead_code,
    clippy::format_push_string,
    clippy::format_collect,
    reason = "several tests use it, each a part; files are made piece by piece"
)]

use p256::ecdsa::{Signature, SigningKey, signature::hazmat::PrehashSigner};
use sha2::{Digest, Sha256};

/// Object identifiers, encoded: ecdsa-with-SHA256, id-ecPublicKey, prime256v1, SHA-256, data,
/// signedData, contentType, messageDigest, signingCertificateV2, commonName, organizationName,
/// basicConstraints, keyUsage.
const ECDSA_SHA256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2];
const EC_KEY: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1];
const P256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7];
const SHA256: &[u8] = &[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1];
const DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 1];
const SIGNED_DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 2];
const CONTENT_TYPE: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 3];
const MESSAGE_DIGEST: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 4];
const SIGNING_CERTIFICATE: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 16, 2, 47];
const COMMON_NAME: &[u8] = &[0x55, 4, 3];
const ORGANISATION: &[u8] = &[0x55, 4, 10];
const BASIC_CONSTRAINTS: &[u8] = &[0x55, 0x1d, 0x13];
const KEY_USAGE: &[u8] = &[0x55, 0x1d, 0x0f];

/// Writes one value of ASN.1.
pub fn der(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let body = parts.concat();
    let mut bytes = vec![tag];
    match body.len() {
        len @ 0..0x80 => bytes.push(len as u8),
        len @ 0x80..0x100 => bytes.extend([0x81, len as u8]),
        len => bytes.extend([0x82, (len >> 8) as u8, len as u8]),
    }
    bytes.extend(body);
    bytes
}

/// The end of what made certificates are valid for, where nothing else is said.
const LATE: &str = "340101000000Z";

fn algorithm() -> Vec<u8> {
    der(0x30, &[&der(0x06, &[ECDSA_SHA256])])
}

fn name(common: &str) -> Vec<u8> {
    let part = |oid: &[u8], text: &str| {
        let pair = [der(0x06, &[oid]), der(0x0c, &[text.as_bytes()])].concat();
        der(0x31, &[&der(0x30, &[&pair])])
    };
    der(
        0x30,
        &[&part(ORGANISATION, "Contoh"), &part(COMMON_NAME, common)],
    )
}

/// A key with its certificate and that of its issuer.
pub struct Identity {
    key: SigningKey,
    common_name: String,
    /// The certificate, DER.
    pub certificate: Vec<u8>,
    /// The issuer's certificate, DER; its own where it vouches for itself.
    pub issuer: Vec<u8>,
}

impl Identity {
    /// Makes an authority that vouches for itself.
    pub fn authority(common_name: &str, seed: u8) -> Self {
        let key = SigningKey::from_bytes(&[seed; 32].into()).unwrap();
        let certificate = certificate(&key, common_name, (&key, common_name), true, LATE);
        Self {
            key,
            common_name: common_name.to_owned(),
            issuer: certificate.clone(),
            certificate,
        }
    }

    /// Makes a person for whom this authority vouches, from 2024 to 2034.
    pub fn issue(&self, common_name: &str, seed: u8) -> Self {
        self.issue_until(common_name, seed, LATE)
    }

    /// The same, until another time, `YYMMDDhhmmssZ`.
    pub fn issue_until(&self, common_name: &str, seed: u8, end: &str) -> Self {
        let key = SigningKey::from_bytes(&[seed; 32].into()).unwrap();
        let certificate = certificate(
            &key,
            common_name,
            (&self.key, &self.common_name),
            false,
            end,
        );
        Self {
            key,
            common_name: common_name.to_owned(),
            certificate,
            issuer: self.certificate.clone(),
        }
    }

    fn sign(&self, bytes: &[u8]) -> Vec<u8> {
        signature(&self.key, bytes)
    }

    /// Signs a digest of bytes as CMS does, without the bytes inside.
    fn cms(&self, digest: &[u8]) -> Vec<u8> {
        let attribute = |oid: &[u8], value: &[u8]| {
            der(0x30, &[&der(0x06, &[oid]), &der(0x31, &[value])])
        };
        let own = der(0x30, &[&der(0x04, &[&Sha256::digest(&self.certificate)])]);
        let own = der(0x30, &[&der(0x30, &[&own])]);
        let attributes = [
            attribute(CONTENT_TYPE, &der(0x06, &[DATA])),
            attribute(MESSAGE_DIGEST, &der(0x04, &[digest])),
            attribute(SIGNING_CERTIFICATE, &own),
        ]
        .concat();
        let value = self.sign(&der(0x31, &[&attributes]));
        let sha256 = der(0x30, &[&der(0x06, &[SHA256])]);
        let issuer = self.issuer_name();
        let sid = der(0x30, &[&issuer, &der(0x02, &[&[7]])]);
        let signer = der(
            0x30,
            &[
                &der(0x02, &[&[1]]),
                &sid,
                &sha256,
                &der(0xa0, &[&attributes]),
                &algorithm(),
                &der(0x04, &[&value]),
            ],
        );
        let data = der(
            0x30,
            &[
                &der(0x02, &[&[1]]),
                &der(0x31, &[&sha256]),
                &der(0x30, &[&der(0x06, &[DATA])]),
                &der(0xa0, &[&self.certificate, &self.issuer]),
                &der(0x31, &[&signer]),
            ],
        );
        der(0x30, &[&der(0x06, &[SIGNED_DATA]), &der(0xa0, &[&data])])
    }

    fn issuer_name(&self) -> Vec<u8> {
        name(&common_name(&self.issuer))
    }
}

/// Returns the last common name in a certificate made here, which is its subject's.
fn common_name(certificate: &[u8]) -> String {
    let mark = der(0x06, &[COMMON_NAME]);
    let at = certificate
        .windows(mark.len())
        .rposition(|part| part == mark)
        .unwrap();
    let text = &certificate[at + mark.len()..];
    String::from_utf8(text[2..2 + usize::from(text[1])].to_vec()).unwrap()
}

fn signature(key: &SigningKey, bytes: &[u8]) -> Vec<u8> {
    let value: Signature = key.sign_prehash(&Sha256::digest(bytes)).unwrap();
    let bytes = value.to_bytes();
    let number = |part: &[u8]| {
        let first = part.iter().position(|byte| *byte != 0).unwrap_or(0);
        let sign: &[u8] = if part[first] < 0x80 { &[] } else { &[0] };
        der(0x02, &[sign, &part[first..]])
    };
    der(0x30, &[&number(&bytes[..32]), &number(&bytes[32..])])
}

fn certificate(
    key: &SigningKey,
    common: &str,
    (issuer_key, issuer): (&SigningKey, &str),
    is_authority: bool,
    end: &str,
) -> Vec<u8> {
    let point = key.verifying_key().to_sec1_point(false);
    let kind = der(0x30, &[&der(0x06, &[EC_KEY]), &der(0x06, &[P256])]);
    let public = der(0x30, &[&kind, &der(0x03, &[&[0], point.as_bytes()])]);
    let extension = |oid: &[u8], value: &[u8]| {
        let critical = der(0x01, &[&[0xff]]);
        der(0x30, &[&der(0x06, &[oid]), &critical, &der(0x04, &[value])])
    };
    let usage: &[u8] = if is_authority { &[1, 6] } else { &[6, 0xc0] };
    let mut extensions = extension(KEY_USAGE, &der(0x03, &[usage]));
    if is_authority {
        let constraints = der(0x30, &[&der(0x01, &[&[0xff]])]);
        extensions.extend(extension(BASIC_CONSTRAINTS, &constraints));
    }
    let time = |text: &str| der(0x17, &[text.as_bytes()]);
    let tbs = der(
        0x30,
        &[
            &der(0xa0, &[&der(0x02, &[&[2]])]),
            &der(0x02, &[&[7]]),
            &algorithm(),
            &name(issuer),
            &der(0x30, &[&time("240101000000Z"), &time(end)]),
            &name(common),
            &public,
            &der(0xa3, &[&der(0x30, &[&extensions])]),
        ],
    );
    let value = signature(issuer_key, &tbs);
    der(0x30, &[&tbs, &algorithm(), &der(0x03, &[&[0], &value])])
}

/// A PDF under the hands of people: one page, a text field, and what they add.
#[derive(Clone)]
pub struct MadePdf {
    /// The file.
    pub bytes: Vec<u8>,
    next: u32,
    /// Fields and widgets, in the order they were added.
    fields: Vec<u32>,
    startxref: usize,
}

/// The objects of a made document: catalog, page tree, page, content, font, text field.
pub const CATALOG: u32 = 1;
/// The page.
pub const PAGE: u32 = 3;
/// What it draws.
pub const CONTENT: u32 = 4;
/// The text field `nama`.
pub const FIELD: u32 = 6;
const WIDGET: &str = "/Type /Annot /Subtype /Widget /P 3 0 R";

impl MadePdf {
    /// Makes a page with this line, and an empty text field.
    pub fn new(line: &str) -> Self {
        let mut made = Self {
            bytes: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec(),
            next: 7,
            fields: vec![FIELD],
            startxref: 0,
        };
        let pages = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned();
        let font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned();
        let field = format!("<< {WIDGET} /FT /Tx /T (nama) /Rect [60 600 300 620] >>");
        let objects = [
            (CATALOG, made.catalog()),
            (2, pages),
            (PAGE, made.page()),
            (CONTENT, content(line)),
            (5, font),
            (FIELD, field),
        ];
        made.update(&objects);
        made
    }

    fn list(&self) -> String {
        let fields = self.fields.iter().map(|id| format!("{id} 0 R"));
        fields.collect::<Vec<_>>().join(" ")
    }

    fn catalog(&self) -> String {
        let fields = self.list();
        let form = format!("<< /Fields [{fields}] /SigFlags 3 >>");
        format!("<< /Type /Catalog /Pages 2 0 R /AcroForm {form} >>")
    }

    fn page(&self) -> String {
        let annotations = self.list();
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
             /Resources << /Font << /F1 5 0 R >> >> /Annots [{annotations}] >>"
        )
    }

    /// Adds a revision with these objects.
    pub fn update(&mut self, objects: &[(u32, String)]) {
        let mut table = String::from("xref\n");
        for (id, body) in objects {
            table += &format!("{id} 1\n{:010} 00000 n \n", self.bytes.len());
            self.bytes
                .extend(format!("{id} 0 obj\n{body}\nendobj\n").into_bytes());
            self.next = self.next.max(id + 1);
        }
        let previous = match self.startxref {
            0 => String::new(),
            at => format!("/Prev {at} "),
        };
        self.startxref = self.bytes.len();
        let trailer = format!("<< /Root 1 0 R /Size {} {previous}>>", self.next);
        let end = format!("trailer\n{trailer}\nstartxref\n{}\n%%EOF\n", self.startxref);
        self.bytes.extend((table + &end).into_bytes());
    }

    /// Adds a revision as somebody wrote it by hand: `{at}` in it is where an object begins, `{prev}`
    /// where the cross-references before it do.
    pub fn append(&mut self, objects: &str, references: &str) {
        let at = self.bytes.len();
        self.bytes.extend(objects.bytes());
        let start = self.bytes.len();
        let text = references
            .replace("{at}", &format!("{at:010}"))
            .replace("{prev}", &self.startxref.to_string())
            .replace("{start}", &start.to_string());
        self.bytes.extend(text.bytes());
        self.startxref = start;
    }

    /// Has the document signed; `certify` makes it a certification with that `P`.
    pub fn sign(&mut self, signer: &Identity, certify: Option<u8>) {
        self.sign_at(signer, certify, "[0 0 0 0]", "");
    }

    /// The same, with the signature at a place of the page, and more keys of its widget.
    pub fn sign_at(
        &mut self,
        signer: &Identity,
        certify: Option<u8>,
        place: &str,
        more: &str,
    ) {
        let (field, value) = (self.next, self.next + 1);
        self.fields.push(field);
        let reference = certify.map_or_else(String::new, |level| {
            format!(
                "/Reference [<< /Type /SigRef /TransformMethod /DocMDP /TransformParams \
                 << /Type /TransformParams /P {level} /V /1.2 >> >>] "
            )
        });
        let blank = "0".repeat(6000);
        let dictionary = format!(
            "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached {reference}\
             /M (D:20260102030405Z) /ByteRange [0 ********** ********** **********] \
             /Contents <{blank}> >>"
        );
        let widget = format!(
            "<< {WIDGET} /FT /Sig /T (ttd{field}) /Rect {place} /F 132 /V {value} 0 R {more}>>"
        );
        let objects = [
            (CATALOG, self.catalog()),
            (PAGE, self.page()),
            (field, widget),
            (value, dictionary),
        ];
        let start = self.bytes.len();
        self.update(&objects);
        self.fill_signature(signer, start);
    }

    fn fill_signature(&mut self, signer: &Identity, start: usize) {
        let find = |bytes: &[u8], text: &str, from: usize| {
            let rest = &bytes[from..];
            from + rest
                .windows(text.len())
                .position(|part| part == text.as_bytes())
                .unwrap()
        };
        let open = find(&self.bytes, "/Contents <", start) + "/Contents ".len();
        let close = find(&self.bytes, ">", open) + 1;
        let range = [open, close, self.bytes.len() - close];
        let at = find(&self.bytes, "********** ", start);
        let text = format!("{:<10} {:<10} {:<10}", range[0], range[1], range[2]);
        self.bytes[at..at + text.len()].copy_from_slice(text.as_bytes());
        let covered = [&self.bytes[..open], &self.bytes[close..]].concat();
        let cms = signer.cms(&Sha256::digest(&covered));
        let digits: String = cms.iter().map(|byte| format!("{byte:02x}")).collect();
        assert!(digits.len() <= close - open - 2, "{}", digits.len());
        self.bytes[open + 1..open + 1 + digits.len()].copy_from_slice(digits.as_bytes());
    }

    /// Fills the text field in, with its appearance.
    pub fn fill(&mut self, text: &str) {
        let look = self.next;
        let field = format!(
            "<< {WIDGET} /FT /Tx /T (nama) /Rect [60 600 300 620] /V ({text}) \
             /AP << /N {look} 0 R >> >>"
        );
        self.update(&[(FIELD, field), (look, form(text))]);
    }

    /// Changes what the page says.
    pub fn replace_text(&mut self, line: &str) {
        self.update(&[(CONTENT, content(line))]);
    }

    /// Puts a note onto the page.
    pub fn annotate(&mut self, text: &str) {
        let id = self.next;
        let note = format!(
            "<< /Type /Annot /Subtype /FreeText /Rect [60 700 300 760] /Contents ({text}) >>"
        );
        self.fields.push(id);
        let page = self.page();
        self.fields.pop();
        self.update(&[(PAGE, page), (id, note)]);
    }
}

fn content(line: &str) -> String {
    stream("", &format!("BT /F1 14 Tf 60 760 Td ({line}) Tj ET"))
}

fn form(text: &str) -> String {
    stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 240 20] \
         /Resources << /Font << /F1 5 0 R >> >> ",
        &format!("BT /F1 12 Tf 2 4 Td ({text}) Tj ET"),
    )
}

fn stream(keys: &str, body: &str) -> String {
    format!(
        "<< {keys}/Length {} >>\nstream\n{body}\nendstream",
        body.len()
    )
}
