//! From the bytes of a document to the report on its signatures.

mod changes;
mod context;
mod material;
mod one;
mod value;
mod verdict;

use crate::{
    esign::{
        anchors::Anchors,
        limits::Limits,
        pdf::{Budget, Document, FieldNode, Layout, OpenError, find},
        signed::{Revisions, signature_dict},
    },
    model::{
        ChangeKind, ElectronicSignature, EsignReason, EsignReport, EsignRule,
        EsignVerdict, SignatureKind,
    },
};
use context::Context;
use material::Material;
use one::Examined;

/// Where `%PDF` is looked for, from the first byte (ISO 32000-1, annex H, note 13).
const MAX_LEADING: usize = 1024;

/// Examines the signatures of a document; where foreign bytes stand in front, also counted from
/// `%PDF`.
pub fn examine(bytes: &[u8], anchors: &Anchors, limits: &Limits) -> EsignReport {
    let report = examine_from_start(bytes, anchors, limits);
    let head = bytes
        .get(..bytes.len().min(MAX_LEADING))
        .unwrap_or_default();
    let leading = find(head, b"%PDF-", 0).filter(|leading| *leading > 0);
    let is_sound = |one: &ElectronicSignature| one.verdict != EsignVerdict::Broken;
    let is_good = report.unread.is_empty() && report.signatures.iter().all(is_sound);
    let Some((leading, rest)) = leading
        .filter(|_| !is_good)
        .and_then(|leading| Some((leading, bytes.get(leading..)?)))
    else {
        return report;
    };
    let mut shifted = examine_from_start(rest, anchors, limits);
    let is_better =
        |one: &ElectronicSignature| one.kind != SignatureKind::Empty && is_sound(one);
    if !shifted.signatures.iter().any(is_better) {
        return report;
    }
    for one in &mut shifted.signatures {
        if one.verdict.is_intact() || one.verdict == EsignVerdict::TimeStampOnly {
            one.verdict = EsignVerdict::SoundWithoutLeadingBytes;
        }
        let reason = EsignReason::with(EsignRule::LeadingBytes, leading.to_string());
        one.reasons.insert(0, reason);
    }
    shifted
}

fn examine_from_start(bytes: &[u8], anchors: &Anchors, limits: &Limits) -> EsignReport {
    let budget = Budget::new(limits);
    let document = match Document::open(bytes, &budget) {
        Ok(document) => document,
        Err(error) => return unread(error),
    };
    let layout = Layout::read(&document);
    let mut context = Context {
        material: Material::read(&document),
        revisions: Revisions::find(bytes),
        stamps: Vec::new(),
        document: &document,
        layout: &layout,
        anchors: anchors.certificates(),
        budget: &budget,
    };
    let fields = layout.fields.iter();
    let fields = fields.filter(|field| field.kind == b"Sig" && field.is_terminal);
    let (stamps, others): (Vec<&FieldNode>, Vec<&FieldNode>) =
        fields.take(limits.max_signatures).partition(|field| {
            let signature = signature_dict(&document, &field.value, field.id);
            signature.is_some_and(|signature| signature.is_time_stamp(&document))
        });
    // They date what they cover: they come first.
    let mut examined: Vec<Examined> = stamps
        .into_iter()
        .map(|field| one::examine(&context, field))
        .collect();
    let sound = examined
        .iter()
        .filter(|one| one.report.verdict == EsignVerdict::TimeStampOnly);
    context.stamps = sound
        .filter_map(|one| Some((one.end, one.stamped?)))
        .collect();
    examined.extend(
        others
            .into_iter()
            .map(|field| one::examine(&context, field)),
    );
    examined.sort_by_key(|one| one.end);
    let mut report = EsignReport {
        signatures: examined.into_iter().map(|one| one.report).collect(),
        unread: Vec::new(),
    };
    if report.signatures.len() == limits.max_signatures || budget.is_spent() {
        report.unread.push(EsignReason::new(EsignRule::Budget));
    }
    unsound_additions(&mut report);
    report
}

fn unread(error: OpenError) -> EsignReport {
    let rule = match error {
        OpenError::Structure => EsignRule::Structure,
        OpenError::Password => EsignRule::Password,
        OpenError::Budget => EsignRule::Budget,
    };
    EsignReport {
        signatures: Vec::new(),
        unread: vec![EsignReason::new(rule)],
    }
}

/// A signature that was added later and is broken is no signature, but something that was put
/// on the page: the ones before it are altered.
fn unsound_additions(report: &mut EsignReport) {
    let broken: Vec<String> = report
        .signatures
        .iter()
        .filter(|one| one.verdict == EsignVerdict::Broken)
        .map(|one| one.field.clone())
        .collect();
    for one in &mut report.signatures {
        let mut found = Vec::new();
        for change in &mut one.later {
            let is_signature = [EsignRule::SignatureAdded, EsignRule::TimeStampAdded];
            if is_signature.contains(&change.rule) && broken.contains(&change.what) {
                change.kind = ChangeKind::Other;
                let reason = EsignReason::with(EsignRule::FieldChanged, &*change.what);
                found.push(reason.on_page(change.page));
            }
        }
        let is_worse = one.verdict < EsignVerdict::Altered;
        if !found.is_empty() && is_worse {
            one.verdict = EsignVerdict::Altered;
            found.append(&mut one.reasons);
            one.reasons = found;
        }
    }
}
