//! Suggestions for a name that does not exist: names of similar spelling, and other names of the
//! same thing.

use crate::lexicon::analysis;

/// Least similarity of two names, 0 to 1, for one to be offered for the other. Chosen by hand, so
/// that a letter too many or two in the wrong order are forgiven, and the tests below hold.
const LEAST_SIMILARITY: f64 = 0.8;
/// Most names offered.
const MOST: usize = 3;

/// A thing that can be named.
#[derive(Debug, Clone)]
pub struct Known {
    /// The name to type.
    pub id: String,
    /// What people call it, where that is something else.
    pub name: String,
    /// Other names of it.
    pub also: Vec<String>,
}

impl Known {
    /// A thing with one name only.
    pub fn without_label(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            name: String::new(),
            also: Vec::new(),
        }
    }

    fn label(&self) -> String {
        match self.name.is_empty() || self.name == self.id {
            true => format!("`{}`", self.id),
            false => format!("`{}` ({})", self.id, self.name),
        }
    }

    /// Returns the similarity of a typed name to the most similar of its names, 0 to 1.
    fn similarity(&self, typed: &str) -> f64 {
        let names = [&self.id, &self.name].into_iter().chain(&self.also);
        let each = names.map(|name| {
            let name = folded(name);
            match name.is_empty() {
                true => 0.0,
                // A part of a long name is meant as the whole: `kesehatan`.
                false if typed.len() > 3 && name.contains(typed) => 1.0,
                false => strsim::jaro_winkler(&name, typed)
                    .max(strsim::normalized_damerau_levenshtein(&name, typed)),
            }
        });
        each.fold(0.0, f64::max)
    }
}

/// Returns the names nearest to what was typed, the nearest first, ready to be read; empty
/// where none comes near.
pub fn nearest(typed: &str, known: &[Known]) -> Vec<String> {
    let typed = folded(typed);
    let mut near: Vec<(f64, &Known)> = known
        .iter()
        .map(|known| (known.similarity(&typed), known))
        .filter(|(similarity, _)| *similarity >= LEAST_SIMILARITY)
        .collect();
    // Of ids that differ equally, those with the longest common prefix: `17-Q99` is of indicator 17.
    let order = |(similarity, known): &(f64, &Known)| {
        let id = folded(&known.id);
        let same = id.chars().zip(typed.chars()).take_while(|(a, b)| a == b);
        let spelling = strsim::normalized_damerau_levenshtein(&id, &typed);
        let begins = same.count() as f64 / typed.len().max(1) as f64;
        (*similarity >= 1.0, spelling + begins)
    };
    near.sort_by(|a, b| {
        let ((is_it, own), (other_is, other)) = (order(a), order(b));
        other_is.cmp(&is_it).then(other.total_cmp(&own))
    });
    // Beside an exact match, similar names are noise.
    let is_it = near
        .first()
        .is_some_and(|(similarity, _)| *similarity >= 1.0);
    let near = near.into_iter().filter(|(l, _)| !is_it || *l >= 1.0);
    near.take(MOST).map(|(_, known)| known.label()).collect()
}

/// Returns the letters and figures of a name, folded.
fn folded(name: &str) -> String {
    analysis::tokens(name).map(|token| token.folded).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> Vec<Known> {
        let kind = |id: &str, name: &str, also: &[&str]| Known {
            id: id.into(),
            name: name.into(),
            also: also.iter().map(|name| (*name).to_owned()).collect(),
        };
        vec![
            kind("perda", "Peraturan Daerah", &[]),
            kind("perkada", "Peraturan Kepala Daerah", &["Perbup", "Perwali"]),
            kind("hadir", "Daftar hadir", &["Absensi"]),
            Known::without_label("KLA24-17-Q3a"),
        ]
    }

    #[test]
    fn another_name_leads_to_the_one_to_type_and_a_slip_to_its_like() {
        let near = |typed: &str| nearest(typed, &known());
        assert_eq!(near("perbup"), ["`perkada` (Peraturan Kepala Daerah)"]);
        assert_eq!(near("PERWALI"), ["`perkada` (Peraturan Kepala Daerah)"]);
        assert_eq!(near("pedra")[0], "`perda` (Peraturan Daerah)");
        assert_eq!(near("daftar-hadir"), ["`hadir` (Daftar hadir)"]);
        assert_eq!(near("17 q3a"), ["`KLA24-17-Q3a`"]);
        assert_eq!(near("xyzzy"), [""; 0]);
    }
}
