//! Finds whose pages and mail addresses a paper prints. Governments and ministries have domains
//! of their own below `go.id`: `bantulkab.go.id`, `jatimprov.go.id`, `kemenag.go.id`.

use crate::classify::text::stream::Stream;
use crate::lexicon::doctype::Grammar;
use crate::lexicon::phrase::Phrase;
use crate::lexicon::region::{RegionName, Regions};
use crate::lexicon::words::words;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// The label before `.go.id`.
static DOMAIN: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"([a-z0-9-]+)\.go\.id\b").ok());

/// Whose a domain is.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Owner<'r> {
    /// A regional government.
    Region(&'r RegionName),
    /// Another body, by its name.
    Body(&'r str),
}

impl Owner<'_> {
    /// Returns its full name.
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Region(region) => &region.full,
            Self::Body(name) => name,
        }
    }
}

/// Finds whose domains a paper prints, and the letters of the first; none where they are of
/// several.
pub(crate) fn find<'r>(
    stream: &Stream,
    grammar: &'r Grammar,
    regions: &'r Regions,
) -> Option<(Owner<'r>, Range<usize>)> {
    let words = stream.word_starts(0..stream.len());
    let mut owners = words.filter_map(|at| {
        let text = stream.token(at)?.word.text.to_lowercase();
        let label = DOMAIN.as_ref()?.captures(&text)?.get(1)?;
        let owner = owner(label.as_str(), grammar, regions)?;
        Some((owner, at..stream.word_end(at)))
    });
    let first = owners.next()?;
    let is_one = owners.all(|(owner, _)| owner.name() == first.0.name());
    is_one.then_some(first)
}

/// Returns whose the domain with this label is.
fn owner<'r>(
    label: &str,
    grammar: &'r Grammar,
    regions: &'r Regions,
) -> Option<Owner<'r>> {
    let mut bodies = grammar.domains.iter();
    if let Some(body) = bodies.find(|body| body.label == label) {
        return Some(Owner::Body(&body.name));
    }
    words().domains.iter().find_map(|end| {
        let stem = Phrase::from(label.strip_suffix(end.ends.as_str())?);
        let mut names = regions.names().iter();
        let named = names.find(|name| {
            end.levels.contains(&name.level) && name.words.letters() == stem.letters()
        });
        named.map(Owner::Region)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classify::text::stream::tests::page;
    use crate::lexicon::doctype::DocTypes;

    #[test]
    fn a_domain_is_a_governments_or_a_bodys() {
        let types = DocTypes::builtin().unwrap();
        let regions = Regions::builtin().unwrap();
        for (text, expected) in [
            ("dinsos.bantulkab.go.id", Some("Kabupaten Bantul")),
            ("email: dinas@malangkota.go.id", Some("Kota Malang")),
            ("www.surabaya.go.id (031)", Some("Kota Surabaya")),
            (
                "ig dp3ak dp3ak.jatimprov.go.id",
                Some("Provinsi Jawa Timur"),
            ),
            ("mtsn9@kemenag.go.id", Some("Kementerian Agama")),
            ("www.lapor.go.id", None),
            ("bantulkab.go.id slemankab.go.id", None),
            ("dinas@gmail.com", None),
        ] {
            let page = page(text);
            let found = find(&Stream::new([&page]), types.grammar(), &regions);
            let name = found.as_ref().map(|(owner, _)| owner.name());
            assert_eq!(name, expected, "{text}");
        }
    }
}
