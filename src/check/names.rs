//! Names of governments, compared.

use crate::model::Government;

/// Returns a government's name without the word for its level: `demak` of `Kabupaten Demak`.
/// Texts of the law name it by its head, `Peraturan Bupati Demak`.
pub(crate) fn core_name(name: &str) -> String {
    let name = name.to_lowercase();
    let words: Vec<&str> = name.split_whitespace().collect();
    match words.as_slice() {
        [_, rest @ ..] if !rest.is_empty() => rest.join(" "),
        all => all.join(" "),
    }
}

/// Tells whether two are the same government: by code, or by name where a code is lacking.
pub(crate) fn is_same(a: &Government, b: &Government) -> bool {
    if let (Some(a), Some(b)) = (&a.code, &b.code) {
        return a == b;
    }
    let letters = |name: &str| name.to_lowercase().split_whitespace().collect::<String>();
    letters(&a.name) == letters(&b.name)
}
