//! Electronic signatures in words for a person: verdicts, rules, times, what was added later.

use crate::model::{
    ByteRangeFault, ChangeKind, Checked, ElectronicSignature, EsignRule, EsignSigner,
    EsignSummary, EsignVerdict, Lang, LaterChange, Revocation, SignatureKind,
    SignedCoverage, TimeStamp, TrustState,
};

/// Returns the verdict on a document with who signed it and when.
pub fn summary(summary: &EsignSummary, lang: Lang) -> String {
    let verdict = verdict(summary.verdict, lang);
    let signers: Vec<String> = summary.signers.iter().map(signed_by).collect();
    match signers.is_empty() {
        true => verdict.to_owned(),
        false => format!("{verdict}: {}", signers.join("; ")),
    }
}

/// Returns the verdict on one signature with who signed and when.
pub fn signature(signature: &ElectronicSignature, lang: Lang) -> String {
    let verdict = verdict(signature.verdict, lang);
    format!("{verdict}: {}", signed_by(&signature.into()))
}

fn signed_by(signer: &EsignSigner) -> String {
    let name = named(&signer.name, signer.organisation.as_deref());
    let time = signer
        .stamped_time
        .as_ref()
        .or(signer.claimed_time.as_ref());
    match time.and_then(|time| time.split('T').next()) {
        Some(day) => format!("{name}, {day}"),
        None => name,
    }
}

/// Returns a name with its organisation, where that says more.
fn named(name: &str, organisation: Option<&str>) -> String {
    match organisation {
        Some(organisation) if organisation != name => format!("{name} ({organisation})"),
        _ => name.to_owned(),
    }
}

/// Returns the words of a verdict.
pub fn verdict(verdict: EsignVerdict, lang: Lang) -> &'static str {
    use EsignVerdict as V;
    match verdict {
        V::IntactAndTrusted => lang.pick("utuh dan tepercaya", "intact and trusted"),
        V::IntactUnknownIssuer => {
            lang.pick("utuh, penerbit tidak dikenal", "intact, issuer unknown")
        }
        V::IntactThenAdded => lang.pick(
            "utuh saat ditandatangani, lalu bertambah",
            "intact as signed, then added to",
        ),
        V::TimeStampOnly => lang.pick("hanya cap waktu", "a time-stamp only"),
        V::Empty => lang.pick("kosong", "empty"),
        V::SoundWithoutLeadingBytes => lang.pick(
            "sah bila bita asing di depan berkas dibuang; unduhan mengubah berkas ini",
            "sound if the foreign bytes in front are dropped; the download altered this file",
        ),
        V::Unsupported => lang.pick("tidak dapat diperiksa", "cannot be checked"),
        V::Review => lang.pick("perlu dilihat", "needs a look"),
        V::Altered => lang.pick(
            "berubah sesudah ditandatangani",
            "altered after it was signed",
        ),
        V::Broken => lang.pick("rusak", "broken"),
    }
}

/// Returns what a field is for.
pub fn kind(kind: SignatureKind, lang: Lang) -> &'static str {
    match kind {
        SignatureKind::Signature => lang.pick("tanda tangan", "signature"),
        SignatureKind::TimeStamp => lang.pick("cap waktu dokumen", "document time-stamp"),
        SignatureKind::Empty => lang.pick("kolom kosong", "empty field"),
    }
}

/// Returns what a signature covers.
pub fn coverage(coverage: &SignedCoverage, lang: Lang) -> String {
    match coverage {
        SignedCoverage::WholeFile => {
            lang.pick("seluruh berkas", "the whole file").to_owned()
        }
        SignedCoverage::Revision { revision, of, .. } => match lang {
            Lang::Id => format!("revisi {revision} dari {of}"),
            Lang::En => format!("revision {revision} of {of}"),
        },
        SignedCoverage::Malformed { fault } => range_fault(*fault, lang).to_owned(),
        SignedCoverage::None => lang.pick("tidak ada", "nothing").to_owned(),
    }
}

fn range_fault(fault: ByteRangeFault, lang: Lang) -> &'static str {
    use ByteRangeFault as F;
    match fault {
        F::Missing => lang.pick(
            "rentang bita (ByteRange) tidak ada",
            "there is no ByteRange",
        ),
        F::NotFromStart => lang.pick(
            "rentang bita tidak mulai dari awal berkas",
            "the ByteRange does not begin at the first byte",
        ),
        F::NotPositive => lang.pick(
            "rentang bita memuat bilangan nol atau negatif",
            "the ByteRange holds a number of zero or less",
        ),
        F::Overlap => lang.pick(
            "bagian rentang bita tumpang tindih",
            "the parts of the ByteRange overlap",
        ),
        F::BeyondEnd => lang.pick(
            "rentang bita melampaui akhir berkas",
            "the ByteRange reaches beyond the end",
        ),
        F::Gap => lang.pick(
            "celah rentang bita bukan tepat tanda tangannya",
            "the gap of the ByteRange is not exactly the signature",
        ),
        F::Contents => lang.pick(
            "isi tanda tangan (Contents) tidak ada atau ganda",
            "the signature's Contents are missing or there twice",
        ),
        F::InsideRevision => lang.pick(
            "rentang bita berakhir di tengah revisi",
            "the ByteRange ends inside a revision",
        ),
        F::NotItself => lang.pick(
            "rentang bita tidak memuat tanda tangan ini sendiri",
            "the ByteRange does not hold this signature itself",
        ),
    }
}

/// Returns how a check ended.
pub fn checked(outcome: Checked, lang: Lang) -> &'static str {
    match outcome {
        Checked::Good => lang.pick("cocok", "fits"),
        Checked::Bad => lang.pick("tidak cocok", "does not fit"),
        Checked::Unsupported => lang.pick("tidak dikenal", "not known here"),
        Checked::NotChecked => lang.pick("tidak diperiksa", "not checked"),
    }
}

/// Returns what a time-stamp is worth.
pub fn time_stamp(stamp: &TimeStamp, lang: Lang) -> &'static str {
    if stamp.is_trusted() {
        lang.pick("tepercaya", "trusted")
    } else if stamp.is_sound() {
        verdict(EsignVerdict::IntactUnknownIssuer, lang)
    } else if [stamp.imprint, stamp.value].contains(&Checked::Bad) {
        lang.pick("rusak atau untuk isi lain", "broken or for something else")
    } else {
        verdict(EsignVerdict::Unsupported, lang)
    }
}

/// Returns what vouches for a certificate.
pub fn trust(state: TrustState, lang: Lang) -> &'static str {
    match state {
        TrustState::Anchored => lang.pick(
            "sampai ke sertifikat yang Anda percayai",
            "leads to a certificate that you trust",
        ),
        TrustState::Doubtful => lang.pick(
            "sampai ke sertifikat yang Anda percayai, tetapi tidak semua berlaku",
            "leads to a certificate that you trust, but not all on the way hold",
        ),
        TrustState::UnknownIssuer => lang.pick(
            "tidak sampai ke sertifikat yang Anda percayai",
            "leads to no certificate that you trust",
        ),
        TrustState::SelfSigned => {
            lang.pick("hanya menjamin dirinya sendiri", "vouches only for itself")
        }
        TrustState::NotChecked => lang.pick("tidak diperiksa", "not checked"),
    }
}

/// Returns what revocation lists say; `None` where they say nothing.
pub fn revocation(revocation: &Revocation, lang: Lang) -> Option<String> {
    match revocation {
        Revocation::Good => Some(lang.pick("tidak dicabut", "not revoked").to_owned()),
        Revocation::Revoked { since, .. } => Some(match lang {
            Lang::Id => format!("dicabut sejak {since}"),
            Lang::En => format!("revoked since {since}"),
        }),
        Revocation::NotTold { ocsp: true } => {
            Some(rule(EsignRule::Ocsp, lang).to_owned())
        }
        Revocation::NotTold { ocsp: false } => None,
    }
}

/// Returns a change after a signature in words, with its page.
pub fn change(change: &LaterChange, lang: Lang) -> String {
    let what = match change.kind {
        ChangeKind::ValidationData => lang.pick(
            "data validasi atau cap waktu ditambahkan",
            "validation data or a time-stamp was added",
        ),
        ChangeKind::Metadata => lang.pick(
            "keterangan berkas (judul, XMP) diubah",
            "the file's properties (title, XMP) were changed",
        ),
        ChangeKind::Signature => lang.pick(
            "tanda tangan lain ditambahkan",
            "another signature was added",
        ),
        ChangeKind::FormFilled => lang.pick("isian diisi", "a form field was filled in"),
        ChangeKind::Annotation => lang.pick(
            "catatan ditambahkan, dan itu diizinkan",
            "an annotation was added, which is permitted",
        ),
        ChangeKind::Unjudged => lang.pick(
            "ada perubahan yang tidak dapat dinilai",
            "there is a change that cannot be judged",
        ),
        ChangeKind::Other => {
            lang.pick("isinya diubah", "what it shows or holds was changed")
        }
    };
    let page = change.page.map_or(String::new(), |page| match lang {
        Lang::Id => format!(", hlm. {page}"),
        Lang::En => format!(", p. {page}"),
    });
    format!("{what}{page} ({})", change.what)
}

/// Returns what a rule says of a signature.
#[expect(clippy::too_many_lines, reason = "a table: one entry a rule")]
pub fn rule(rule: EsignRule, lang: Lang) -> &'static str {
    use EsignRule as R;
    match rule {
        R::Structure => lang.pick(
            "susunan berkas PDF ini tidak dapat diikuti",
            "the structure of this PDF cannot be followed",
        ),
        R::Password => lang.pick("berkas terkunci sandi", "the file needs a password"),
        R::Budget => lang.pick(
            "terlalu banyak yang harus diperiksa",
            "there is too much to examine",
        ),
        R::LeadingBytes => lang.pick(
            "bita asing di depan %PDF, banyaknya",
            "foreign bytes in front of %PDF, so many",
        ),
        R::Empty => lang.pick("belum ditandatangani", "nobody signed it"),
        R::ByteRange => lang.pick(
            "rentang bita (ByteRange) tidak sah",
            "the ByteRange is not in its form",
        ),
        R::Contents => lang.pick(
            "isi tanda tangan tidak ada atau bukan tanda tangan",
            "the signature's Contents are missing or no signature",
        ),
        R::Digest => lang.pick(
            "isi berkas bukan yang ditandatangani",
            "the content is not what was signed",
        ),
        R::Value => lang.pick(
            "nilai tanda tangan tidak cocok dengan sertifikatnya",
            "the signature value does not belong to the certificate",
        ),
        R::Cms => lang.pick(
            "bentuk tanda tangan rusak",
            "the signature's form is broken",
        ),
        R::NoCertificate => lang.pick(
            "sertifikat penanda tangan tidak disertakan",
            "the signer's certificate is not there",
        ),
        R::SigningCertificate => lang.pick(
            "tanda tangan menyebut sertifikat lain",
            "the signature names another certificate",
        ),
        R::Algorithm => {
            lang.pick("algoritma tidak dikenal", "the algorithm is not known here")
        }
        R::SubFilter => lang.pick(
            "bentuk tanda tangan tidak dikenal",
            "the form of signature is not known here",
        ),
        R::WeakDigest => lang.pick("sidik isi sudah lemah", "the digest is weak by now"),
        R::AttributeOrder => lang.pick(
            "atribut yang ditandatangani tidak berurutan",
            "the signed attributes are not in order",
        ),
        R::UnknownIssuer => lang.pick(
            "penerbit sertifikat tidak dikenal",
            "the issuer of the certificate is unknown",
        ),
        R::SelfSigned => lang.pick(
            "sertifikat hanya menjamin dirinya sendiri",
            "the certificate vouches only for itself",
        ),
        R::Expired => lang.pick(
            "ada sertifikat yang tidak berlaku saat itu",
            "a certificate was not valid at the time",
        ),
        R::Revoked => lang.pick("sertifikat sudah dicabut", "a certificate was revoked"),
        R::CertificateUse => lang.pick(
            "sertifikat dipakai di luar peruntukannya",
            "a certificate is used for what it is not for",
        ),
        R::Forged => lang.pick(
            "sertifikat menyebut penerbit yang tidak menandatanganinya",
            "a certificate names an issuer that did not sign it",
        ),
        R::NoTime => lang.pick("waktu tidak diketahui", "the time is not known"),
        R::ClaimedTime => lang.pick(
            "masa berlaku sertifikat dinilai menurut waktu yang diakui penanda tangan sendiri",
            "certificates were judged by the time that the signer claims",
        ),
        R::TimeStamp => lang.pick(
            "cap waktunya rusak atau untuk isi lain",
            "its time-stamp is broken or for something else",
        ),
        R::TimeStampIssuer => lang.pick(
            "penerbit cap waktu tidak dikenal",
            "the issuer of the time-stamp is unknown",
        ),
        R::Ocsp => lang.pick(
            "ada jawaban OCSP, tidak dibaca",
            "there is an OCSP answer, which is not read",
        ),
        R::ValidationDataAdded => lang.pick(
            "data validasi ditambahkan kemudian",
            "validation data was added later",
        ),
        R::TimeStampAdded => lang.pick(
            "cap waktu ditambahkan kemudian",
            "a time-stamp was added later",
        ),
        R::SignatureAdded => lang.pick(
            "tanda tangan lain ditambahkan kemudian",
            "another signature was added later",
        ),
        R::FormFilled => lang.pick("isian diisi kemudian", "a form was filled in later"),
        R::AnnotationPermitted => lang.pick(
            "catatan ditambahkan kemudian, dan itu diizinkan",
            "annotations were added later, which is permitted",
        ),
        R::MetadataChanged => lang.pick(
            "keterangan berkas diubah kemudian",
            "the file's properties were changed later",
        ),
        R::Changed => lang.pick(
            "isinya diubah sesudah ditandatangani",
            "its content was changed after signing",
        ),
        R::FieldChanged => lang.pick(
            "isian diubah selain nilainya",
            "a form field was changed beyond its value",
        ),
        R::AnnotationChanged => lang.pick(
            "catatan ditambah, dihapus, atau diubah sesudahnya",
            "annotations were added, removed or changed later",
        ),
        R::StructureChanged => lang.pick(
            "susunan logisnya diubah sesudahnya",
            "its logical structure was changed later",
        ),
        R::SignatureReused => lang.pick(
            "kolom tanda tangannya diubah atau dipakai lagi",
            "the signature's own field was changed or used again",
        ),
        R::DocMdp => lang.pick(
            "perubahan ini dilarang oleh tanda tangannya (DocMDP)",
            "the signature forbids this change (DocMDP)",
        ),
        R::FieldMdp => lang.pick(
            "kolom yang dikunci tanda tangan diubah (FieldMDP)",
            "a field that the signature locked was changed (FieldMDP)",
        ),
        R::Deleted => lang.pick(
            "objek dari revisi yang ditandatangani dihapus kemudian, nomornya",
            "an object of the signed revision was deleted later, number",
        ),
        R::Tail => lang.pick(
            "bita sesudah revisi yang ditandatangani bukan pembaruan yang sah",
            "bytes after the signed revision are no well-formed update",
        ),
    }
}

/// Returns who signed: the name and organisation in the certificate, as they stand there.
pub fn signer(signature: &ElectronicSignature) -> Option<String> {
    let signer = signature.signer.as_ref()?;
    let name = signer.common_name.as_deref()?;
    Some(named(name, signer.organisation.as_deref()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use strum::IntoEnumIterator;

    #[test]
    fn no_two_rules_or_verdicts_say_the_same() {
        for lang in [Lang::Id, Lang::En] {
            let verdicts = EsignVerdict::iter().map(|one| verdict(one, lang));
            assert_eq!(
                verdicts.collect::<BTreeSet<_>>().len(),
                EsignVerdict::iter().count()
            );
            let rules = EsignRule::iter().map(|one| rule(one, lang));
            assert_eq!(
                rules.collect::<BTreeSet<_>>().len(),
                EsignRule::iter().count()
            );
        }
    }
}
