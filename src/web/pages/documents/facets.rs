//! The facets of a search: values that narrow it, each a link with how many documents it leaves,
//! and those chosen, each a link that takes it away.

use super::wanted::Wanted;
use crate::app::evidence::search::facets::{FacetValue, Facets};
use crate::model::Bilingual;
use crate::report::capital;
use crate::web::layout::Page;
use maud::{Markup, html};

/// Values that are shown at once; the others are behind a fold.
const AT_ONCE: usize = 6;
/// Most values that are listed, the most frequent: 274 questions would be half of the page.
const LISTED: usize = 30;

/// A facet: its name in an address and for people, its values.
pub(super) struct Facet<'a> {
    name: &'static str,
    title: String,
    values: &'a [FacetValue],
    chosen: &'a str,
}

/// Returns the facets by the names that people read.
pub(super) fn all<'a>(
    page: Page<'_>,
    wanted: &'a Wanted,
    facets: &'a Facets,
    section: &Bilingual,
) -> [Facet<'a>; 6] {
    let facet = |name, title: &str, values, chosen| Facet {
        name,
        title: title.to_owned(),
        values,
        chosen,
    };
    let section = capital(section.get(page.lang));
    let pick = |id, en| page.pick(id, en);
    [
        facet("section", &section, &facets.sections, &wanted.section),
        facet(
            "office",
            pick("Perangkat daerah", "Office"),
            &facets.offices,
            &wanted.office,
        ),
        facet("kind", pick("Jenis", "Kind"), &facets.kinds, &wanted.kind),
        facet("year", pick("Tahun", "Year"), &facets.years, &wanted.year),
        facet(
            "state",
            pick("Keadaan berkas", "State of the file"),
            &facets.states,
            &wanted.state,
        ),
        facet(
            "question",
            pick("Pertanyaan", "Question"),
            &facets.questions,
            &wanted.question,
        ),
    ]
}

/// Returns what was chosen, each with the way to take it away.
pub(super) fn chips(page: Page<'_>, wanted: &Wanted, all: &[Facet<'_>]) -> Markup {
    let chosen: Vec<&Facet<'_>> = all
        .iter()
        .filter(|facet| !facet.chosen.is_empty())
        .collect();
    let remove = page.pick("Hapus penyaring: ", "Take away the filter: ");
    html! {
        @if !chosen.is_empty() {
            ul.chosen aria-label=(page.pick("Penyaring yang dipilih", "Chosen filters")) {
                @for facet in &chosen {
                    @let label = label(page, facet);
                    li {
                        a.button href=(wanted.with(facet.name, None)) aria-label={ (remove) (facet.title) " " (label) } {
                            (facet.title) ": " (label) " " span aria-hidden="true" { "×" }
                        }
                    }
                }
            }
        }
    }
}

/// Returns what a person reads for the value that was chosen; the value where nothing was found.
fn label(page: Page<'_>, facet: &Facet<'_>) -> String {
    let value = facet.values.iter().find(|value| value.id == facet.chosen);
    value.map_or_else(
        || facet.chosen.to_owned(),
        |value| value.label.get(page.lang).to_owned(),
    )
}

/// Returns the values that narrow the search further.
pub(super) fn facets(page: Page<'_>, wanted: &Wanted, all: &[Facet<'_>]) -> Markup {
    let open = all.iter().filter(|facet| facet.chosen.is_empty());
    let open: Vec<&Facet<'_>> = open.filter(|facet| !facet.values.is_empty()).collect();
    html! {
        @if !open.is_empty() {
            nav.facets id="narrow" aria-label=(page.pick("Persempit", "Narrow down")) {
                @for facet in &open {
                    details open[facet.name != "question"] {
                        summary { (facet.title) }
                        (listed(page, wanted, facet))
                    }
                }
            }
        }
    }
}

/// Returns the most frequent values, and says how many are not listed.
fn listed(page: Page<'_>, wanted: &Wanted, facet: &Facet<'_>) -> Markup {
    let (first, others) = facet.values.split_at(AT_ONCE.min(facet.values.len()));
    let shown = others.get(..LISTED - AT_ONCE).unwrap_or(others);
    let left = others.len() - shown.len();
    html! {
        (values(page, wanted, facet, first))
        @if !others.is_empty() {
            details {
                summary { (others.len()) " " (page.pick("lainnya", "more")) }
                (values(page, wanted, facet, shown))
                @if left > 0 {
                    p.soft { (left) " " (page.pick("lagi tidak didaftar; persempit dahulu.", "further are not listed; narrow down first.")) }
                }
            }
        }
    }
}

fn values(
    page: Page<'_>,
    wanted: &Wanted,
    facet: &Facet<'_>,
    values: &[FacetValue],
) -> Markup {
    html! {
        ul {
            @for value in values {
                li {
                    a href=(wanted.with(facet.name, Some(&value.id))) { span { (value.label.get(page.lang)) } " " span.n { (value.count) } }
                }
            }
        }
    }
}
