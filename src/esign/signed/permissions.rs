//! What signatures permit afterwards: `DocMDP`, `FieldMDP` and `/Lock` (ISO 32000-2, 12.8.2,
//! table 236).

use super::dictionary::{SignatureDict, signature_dict};
use crate::esign::pdf::{Dict, Document, Layout, Object, text};

/// What all signatures of a revision permit after it.
#[derive(Debug, Clone, Default)]
pub struct Permissions {
    /// The level of `DocMDP`, 1 to 3, of the certification, lowered by `/Lock` with `/P`;
    /// `None` where nobody certified.
    pub level: Option<u8>,
    /// The fields that are locked.
    pub locks: Vec<Locks>,
}

/// Fields that a signature locked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Locks {
    /// All.
    All,
    /// These, and those below them.
    Include(Vec<String>),
    /// All but these and those below them.
    Exclude(Vec<String>),
}

impl Permissions {
    /// Reads what the signatures of a revision permit.
    pub fn read(document: &Document<'_>, layout: &Layout) -> Self {
        let mut permissions = Self::default();
        for field in layout.fields.iter().filter(|field| field.kind == b"Sig") {
            // As many fields as there are may share one long signature.
            let value = document.resolve(&field.value);
            let place = value.dict().and_then(|dict| dict.place(b"Contents"));
            let spent = document.spend_bytes(place.map_or(0, |place| place.len()));
            let signature =
                spent.and_then(|()| signature_dict(document, &field.value, field.id));
            let Some(signature) = signature else {
                continue;
            };
            permissions.lower(certification_level(document, &signature));
            let params = transforms(document, &signature, b"FieldMDP");
            let lock = document.get(&field.dict, b"Lock");
            for dict in params.iter().chain(lock.dict()) {
                permissions.locks.push(Locks::read(document, dict));
            }
            let level = lock.dict().and_then(|lock| level(document, lock));
            permissions.lower(level);
        }
        permissions
    }

    fn lower(&mut self, level: Option<u8>) {
        self.level = match (self.level, level) {
            (Some(own), Some(other)) => Some(own.min(other)),
            (own, other) => own.or(other),
        };
    }

    /// Tells whether a field is locked.
    pub fn is_locked(&self, name: &str) -> bool {
        self.locks.iter().any(|locks| locks.hold(name))
    }
}

impl Locks {
    fn read(document: &Document<'_>, dict: &Dict) -> Self {
        let fields = document.get(dict, b"Fields");
        let names = fields.array().unwrap_or_default().iter();
        let names = names.filter_map(|name| document.resolve(name).string().map(text));
        let names: Vec<String> = names.collect();
        match document.get(dict, b"Action").name() {
            Some(b"Include") => Self::Include(names),
            Some(b"Exclude") => Self::Exclude(names),
            // `All`; or one that nobody knows: nothing is sure to be left open.
            _ => Self::All,
        }
    }

    fn hold(&self, field: &str) -> bool {
        let is_among = |names: &[String]| {
            names.iter().any(|name| {
                let rest = field.strip_prefix(name.as_str());
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            })
        };
        match self {
            Self::All => true,
            Self::Include(names) => is_among(names),
            Self::Exclude(names) => !is_among(names),
        }
    }
}

/// Returns the level of a certification signature; `None` for any other.
pub fn certification_level(
    document: &Document<'_>,
    signature: &SignatureDict,
) -> Option<u8> {
    let params = transforms(document, signature, b"DocMDP");
    // 2 where nothing is said (table 257); of several the strictest.
    let levels = params
        .iter()
        .map(|params| level(document, params).unwrap_or(2));
    levels.min()
}

fn level(document: &Document<'_>, dict: &Dict) -> Option<u8> {
    let level = document.get(dict, b"P").integer()?;
    Some(level.clamp(1, 3) as u8)
}

/// Returns the parameters of each transform of a signature by a method.
fn transforms(
    document: &Document<'_>,
    signature: &SignatureDict,
    method: &[u8],
) -> Vec<Dict> {
    let references = document.get(&signature.dict, b"Reference");
    let references = references.array().unwrap_or_default().iter();
    let params = references.filter_map(|one: &Object| {
        let one = document.resolve(one);
        let dict = one.dict()?;
        if document.get(dict, b"TransformMethod").name() != Some(method) {
            return None;
        }
        let params = document.get(dict, b"TransformParams");
        Some(params.dict().cloned().unwrap_or_default())
    });
    params.collect()
}
