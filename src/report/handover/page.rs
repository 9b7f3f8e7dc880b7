//! The index of a package as a page to click through, that needs nothing beside it, on paper,
//! too. In Indonesian only: the people who use it fill in national forms.

use super::index::{about_copy, about_signature, states};
use super::{AccessCopyState, Handover, Placed};
use crate::framework::{Framework, Indicator, Question};
use crate::model::{ByteLen, Lang, QuestionId, QuestionState, Report};
use crate::report::escape::{page_text, percent_encoded};
use maud::{DOCTYPE, Markup, PreEscaped, html as markup};
use std::collections::BTreeMap;

const STYLE: &str = include_str!("index.css");

/// What is known of each question: the documents that prove it, and how it stands.
struct Known<'a> {
    framework: &'a Framework,
    placed: BTreeMap<&'a QuestionId, Vec<&'a Placed>>,
    states: BTreeMap<&'a QuestionId, QuestionState>,
}

/// Returns the index as a page: sections, indicators, questions, documents to click on.
pub fn html(handover: &Handover, framework: &Framework, report: &Report) -> String {
    let mut placed: BTreeMap<&QuestionId, Vec<&Placed>> = BTreeMap::new();
    for one in &handover.placed {
        for tie in &one.piece.ties {
            placed.entry(&tie.question).or_default().push(one);
        }
    }
    let known = Known {
        framework,
        placed,
        states: states(report),
    };
    let region = report.region.as_deref().unwrap_or_default();
    let page = markup! {
        (DOCTYPE)
        html lang="id" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Indeks bukti" }
                // Our own file: no text of a document.
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    h1 { "Indeks bukti" }
                    p { (region) " · " (framework.name().id) " · verifikasi " (report.year) }
                    @if handover.speaks_of_copies() {
                        p {
                            "Salinan kecil hanya untuk unggahan berbatas ukuran; yang berlaku \
                             sebagai bukti adalah dokumen aslinya."
                        }
                    }
                    (known.sections())
                }
            }
        }
    };
    page_text(page)
}

impl Known<'_> {
    fn sections(&self) -> Markup {
        let is_proven =
            |indicator: &&Indicator| self.questions(indicator).next().is_some();
        markup! {
            @for section in self.framework.sections() {
                @let mut indicators =
                    self.framework.indicators_of(&section.code).filter(is_proven).peekable();
                @if indicators.peek().is_some() {
                    h2 { (section.name.id) }
                    @for indicator in indicators {
                        h3 { (indicator.number) " " (indicator.name.id) }
                        @for (question, placed) in self.questions(indicator) {
                            (self.question(question, placed))
                        }
                    }
                }
            }
        }
    }

    /// Returns the questions of an indicator that some document proves.
    fn questions(
        &self,
        indicator: &Indicator,
    ) -> impl Iterator<Item = (&Question, &[&Placed])> {
        let questions = self.framework.questions_of(&indicator.id);
        questions.filter_map(|question| {
            Some((question, self.placed.get(&question.id)?.as_slice()))
        })
    }

    fn question(&self, question: &Question, placed: &[&Placed]) -> Markup {
        markup! {
            section {
                h4 {
                    code { (question.id) } " " (question.ask.id)
                    @if let Some(state) = self.states.get(&question.id) {
                        " " span class=(state.as_str()) { (state.label(Lang::Id)) }
                    }
                }
                ul { @for one in placed { li { (document(one)) } } }
            }
        }
    }
}

fn document(placed: &Placed) -> Markup {
    let piece = &placed.piece;
    let what = [&piece.kind, &piece.number, &piece.year];
    let file = placed.name.rsplit('/').next().unwrap_or_default();
    markup! {
        a href=(href(&placed.name)) { (file) } " "
        small {
            @for part in what.into_iter().filter(|part| !part.is_empty()) { (part) " · " }
            (ByteLen(piece.bytes)) " · " (piece.digest.short())
        }
        br;
        (piece.title)
        @if piece.esign.is_some() {
            br;
            small { "tanda tangan elektronik: " (about_signature(placed)) }
        }
        (copy(placed))
    }
}

fn copy(placed: &Placed) -> Markup {
    let about = about_copy(placed);
    markup! {
        @match &placed.access_copy {
            Some(AccessCopyState::Made(copy)) => {
                br;
                small { "salinan kecil: " a href=(href(&copy.name)) { "PDF" } " " (about) }
            }
            Some(AccessCopyState::None(_)) => {
                br;
                small { "tanpa salinan kecil: " (about) }
            }
            Some(AccessCopyState::Wanted) | None => {}
        }
    }
}

/// Returns a path as a relative link (RFC 3986): everything but the plainest is escaped.
fn href(path: &str) -> String {
    percent_encoded(path, b"/")
}
