//! Pieces that several pages show: places of documents, sentences, remarks.

use crate::model::{Digest, DocumentRef, EvidenceLine, Points, QuestionReport, Remark};
use crate::report::{esign, quote};
use crate::web::layout::Page;
use maud::{Markup, html};

/// Reads a number of an address; what is no number is as if it were not there, since people edit
/// addresses by hand and forms send empty fields.
pub(super) fn number<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<u32>, D::Error> {
    let text = <String as serde::Deserialize>::deserialize(deserializer)?;
    Ok(text.trim().parse().ok())
}

/// Returns the address of a document, at a page where one is known.
pub(super) fn document_address(sha256: &Digest, number: Option<u32>) -> String {
    match number {
        Some(number) => format!("/documents/{sha256}?page={number}#page"),
        None => format!("/documents/{sha256}"),
    }
}

/// Returns a link to a document, by the name of its file, with its folder below.
pub(super) fn document(
    page: Page<'_>,
    document: &DocumentRef,
    number: Option<u32>,
) -> Markup {
    named_document(page, &document.sha256, &document.path, number)
}

/// The same by digest and path.
pub(super) fn named_document(
    page: Page<'_>,
    sha256: &Digest,
    path: &str,
    number: Option<u32>,
) -> Markup {
    let (folder, name) = path.rsplit_once(['/', '\\']).unwrap_or(("", path));
    html! {
        span.doc {
            a href=(document_address(sha256, number)) {
                (name)
                @if let Some(number) = number { ", " (page.pick("hal.", "p.")) " " (number) }
            }
            small { (folder) }
        }
    }
}

/// Returns what is said, worst first; nothing where nothing is.
pub(super) fn remarks<'r>(
    page: Page<'_>,
    remarks: impl Iterator<Item = &'r Remark>,
) -> Markup {
    let mut remarks = remarks.peekable();
    let is_said = remarks.peek().is_some();
    html! {
        @if is_said {
            ul.say {
                @for remark in remarks {
                    li class=(remark.level.as_str()) {
                        (remark.text.get(page.lang))
                        @if let Some(remedy) = &remark.remedy {
                            span.do { (remedy.get(page.lang)) }
                        }
                        @if let Some(place) = &remark.document {
                            (document(page, place, remark.page))
                        }
                        (quote(remark.quote.as_deref()))
                        small.rule { (remark.rule) @if remark.inferred { " · " (page.pick("dugaan", "a guess")) } }
                    }
                }
            }
        }
    }
}

/// Returns a document weighed for a question.
pub(super) fn evidence(page: Page<'_>, line: &EvidenceLine) -> Markup {
    use crate::model::Standing as S;
    let class = match line.standing {
        S::Accepted => "valid",
        S::Review => "review",
        S::Weak => "weak",
        S::Rejected => "invalid",
    };
    let kind = line.kind.as_ref().map_or("–", |kind| kind.get(page.lang));
    html! {
        li {
            span class={ "state " (class) } { (line.standing.label(page.lang)) } " " (kind) " · " (line.confidence.percent())
            (document(page, &line.document, line.page))
            (quote(line.quote.as_deref()))
            @if let Some(summary) = &line.esign {
                small {
                    (page.pick("tanda tangan elektronik: ", "electronic signature: "))
                    (esign::summary(summary, page.lang))
                }
            }
        }
    }
}

/// Returns points as a bar: what likely remains, what is at risk, out of the most there is.
pub(super) fn bar(page: Page<'_>, points: Points) -> Markup {
    let of = |part: f64| match points.max > 0.0 {
        true => (part / points.max * 1000.0).round() / 10.0,
        false => 0.0,
    };
    let (likely, risk) = (of(points.likely), of(points.at_risk));
    let said = format!(
        "{} {} / {}",
        page.pick("perkiraan", "likely"),
        page.points(points.likely),
        page.points(points.max)
    );
    html! {
        svg.points viewBox="0 0 100 4" preserveAspectRatio="none" role="img" aria-label=(said) {
            rect.all x="0" y="0" width="100" height="4" {}
            rect.likely x="0" y="0" width=(likely) height="4" {}
            rect.risk x=(likely) y="0" width=(risk) height="4" {}
        }
    }
}

/// Returns a link to a question by its number.
pub(super) fn question(question: &QuestionReport) -> Markup {
    html! { a href={ "/questions/" (question.id) } { (question.number) } }
}

/// Returns the short names of those who own a question.
pub(super) fn owners(question: &QuestionReport) -> Markup {
    html! {
        @for (at, office) in question.offices.iter().enumerate() {
            @if at > 0 { ", " }
            a href={ "/offices/" (office.id) } { (office.short) }
        }
    }
}

/// Returns what the keys of a page do, and the box that switches single keys off (WCAG 2.1.4).
pub(super) fn keys(page: Page<'_>, id: &str, en: &str) -> Markup {
    html! {
        details.keys {
            summary data-key="?" { kbd { "?" } " " (page.pick("Tombol", "Keys")) }
            p { (page.pick(id, en)) }
            label {
                input type="checkbox" data-keys="";
                " " (page.pick("Matikan tombol tunggal", "Switch single keys off"))
            }
        }
    }
}
