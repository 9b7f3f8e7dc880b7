//! What was added or changed after one signature.

use super::context::Context;
use crate::{
    esign::{
        difference::{Sides, difference},
        pdf::{Document, FieldNode, Layout},
        signed::{Permissions, SignatureDict, is_blank_tail, tail_fault},
    },
    model::{ChangeKind, EsignRule, LaterChange},
};

fn unjudged(rule: EsignRule, what: impl Into<String>) -> LaterChange {
    LaterChange {
        kind: ChangeKind::Unjudged,
        rule,
        what: what.into(),
        page: None,
    }
}

/// Returns what changed after the covered bytes end.
pub fn later(
    context: &Context<'_, '_>,
    field: &FieldNode,
    signature: &SignatureDict,
    end: usize,
) -> Vec<LaterChange> {
    let bytes = context.document.bytes();
    let (Some(signed), Some(tail)) = (bytes.get(..end), bytes.get(end..)) else {
        return Vec::new();
    };
    if is_blank_tail(tail) {
        return Vec::new();
    }
    let signed = match Document::open(signed, context.budget) {
        Ok(signed) if !signed.is_rebuilt => signed,
        _ => return vec![unjudged(EsignRule::Structure, "startxref")],
    };
    let layout = Layout::read(&signed);
    // Nobody adds to a document that needs looking for.
    if context.document.is_rebuilt {
        return vec![unjudged(EsignRule::Tail, "startxref")];
    }
    let permissions = Permissions::read(&signed, &layout);
    let sides = Sides {
        old: &signed,
        new: context.document,
        old_layout: &layout,
        new_layout: context.layout,
        budget: context.budget,
    };
    let mut changes = difference(sides, &permissions);
    if let Some(place) = tail_fault(&signed, context.document) {
        changes.push(unjudged(EsignRule::Tail, place));
    }
    let is_own = layout.fields.iter().any(|old| {
        old.name == field.name
            && old.value.reference() == field.value.reference()
            && signature
                .id
                .is_none_or(|id| signed.is_same_place(context.document, id))
    });
    if !is_own {
        changes.push(LaterChange {
            kind: ChangeKind::Other,
            rule: EsignRule::SignatureReused,
            what: field.name.clone(),
            page: context.layout.page_number(field),
        });
    }
    changes
}
