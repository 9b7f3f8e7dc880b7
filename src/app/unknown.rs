//! Unknown names in a filter: an error with the nearest known names, never an empty result, which
//! would mean "the archive has none".

use super::{
    error::{Error, ErrorKind},
    near::{Known, nearest},
};
use crate::framework::Framework;
use crate::lexicon::doctype::DocTypes;
use crate::lexicon::region::Regions;
use crate::model::{FileState, QuestionState};
use crate::report::printed_number;

/// Most names in a hint that lists all of them.
const LISTED: usize = 60;

/// Returns the error for a name that is not among `known`.
fn unknown(what: (&str, &str), name: &str, known: &[Known]) -> Error {
    let error = Error::new(
        ErrorKind::Usage,
        format!("tidak ada {} `{name}`", what.0),
        format!("there is no {} `{name}`", what.1),
    );
    let near = nearest(name, known).join(", ");
    if !near.is_empty() {
        return error.hint(
            format!("mungkin maksudnya: {near}"),
            format!("perhaps you mean: {near}"),
        );
    }
    match known.len() <= LISTED {
        true => {
            let all: Vec<&str> = known.iter().map(|known| known.id.as_str()).collect();
            let all = all.join(", ");
            error.hint(format!("yang ada: {all}"), format!("there are: {all}"))
        }
        false => error,
    }
}

/// Returns the error that there is no such kind of document.
pub fn kind(name: &str, kinds: &DocTypes) -> Error {
    let known: Vec<Known> = kinds
        .kinds()
        .iter()
        .map(|kind| {
            let signs = kind.signs.iter();
            let signs = signs.flat_map(|sign| [sign.words.text(), sign.label()]);
            Known {
                id: kind.id.to_string(),
                name: kind.name.id.clone(),
                also: signs
                    .chain([kind.name.en.as_str()])
                    .map(str::to_owned)
                    .collect(),
            }
        })
        .collect();
    unknown(("jenis dokumen", "kind of document"), name, &known)
}

/// Returns the error that there is no such question.
pub fn question(name: &str, framework: &Framework) -> Error {
    let known: Vec<Known> = framework
        .questions()
        .iter()
        .map(|question| Known {
            id: question.id.to_string(),
            name: String::new(),
            also: vec![printed_number(framework, question)],
        })
        .collect();
    let names = framework.part_names();
    unknown((&names.question.id, &names.question.en), name, &known).hint(
        "kodenya tercetak pada `bukti check --all`, misalnya KLA24-17-Q3a",
        "its code is printed by `bukti check --all`, such as KLA24-17-Q3a",
    )
}

/// Returns the error that there is no such office.
pub fn office(name: &str, framework: &Framework) -> Error {
    let known: Vec<Known> = framework
        .offices()
        .iter()
        .map(|office| Known {
            id: office.short.clone(),
            name: office.name.id.clone(),
            also: office.aliases.clone(),
        })
        .collect();
    unknown(("perangkat daerah", "office"), name, &known)
}

/// Returns the error that there is no such indicator.
pub fn indicator(name: &str, framework: &Framework) -> Error {
    let known: Vec<Known> = framework
        .indicators()
        .iter()
        .map(|indicator| Known {
            id: indicator.number.to_string(),
            name: indicator.name.id.clone(),
            also: vec![indicator.id.to_string()],
        })
        .collect();
    let most = known.len();
    let names = framework.part_names();
    unknown((&names.indicator.id, &names.indicator.en), name, &known).hint(
        format!("pakai nomor 1 sampai {most}, atau bagiannya seperti 21A"),
        format!("use a number from 1 to {most}, or a part such as 21A"),
    )
}

/// Returns the error that there is no such section.
pub fn section(name: &str, framework: &Framework) -> Error {
    let known: Vec<Known> = framework
        .sections()
        .iter()
        .map(|section| Known {
            id: section.code.to_string(),
            name: section.name.id.clone(),
            also: Vec::new(),
        })
        .collect();
    let names = framework.part_names();
    unknown((&names.section.id, &names.section.en), name, &known)
}

/// Returns the error that neither files nor questions have such a state.
pub fn state(name: &str) -> Error {
    let of_questions = QuestionState::ALL.iter().map(|state| state.as_str());
    let of_files = FileState::ALL.iter().map(|state| state.as_str());
    let known: Vec<Known> = of_questions
        .chain(of_files)
        .map(Known::without_label)
        .collect();
    unknown(("keadaan", "state"), name, &known)
}

/// Returns the error that no document names such a government and no list has it. `issuers` are
/// those that the documents name.
pub fn issuer(name: &str, issuers: &[String], regions: &Regions) -> Error {
    let listed = regions.names().iter().filter(|region| !region.variant);
    let listed = listed.map(|region| region.full.as_str());
    let named = issuers.iter().map(String::as_str);
    let known: Vec<Known> = named.chain(listed).map(Known::without_label).collect();
    unknown(("pemerintah", "government"), name, &known)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hints(error: &Error) -> String {
        let hints: Vec<&str> = error.hints.iter().map(|hint| hint.en.as_str()).collect();
        hints.join("\n")
    }

    #[test]
    fn each_filter_names_what_was_probably_meant() {
        let framework = Framework::builtin().unwrap();
        let kinds = DocTypes::builtin().unwrap();
        let regions = Regions::builtin().unwrap();
        let said = [
            (kind("perbup", &kinds), "`perkada`"),
            (question("17.2", &framework), "`KLA24-17-Q2`"),
            (question("KLA24-17-Q99", &framework), "`KLA24-17-Q"),
            (office("Dinas Kesehatn", &framework), "Kesehatan"),
            (indicator("99", &framework), "use a number from 1"),
            (section("K33", &framework), "`K3`"),
            (state("pasword"), "`password`"),
            (state("zzz"), "there are: "),
            (
                issuer("Kabupaten Bantl", &[], &regions),
                "`Kabupaten Bantul`",
            ),
            (
                issuer("Kementrian X", &["Kementerian X".into()], &regions),
                "`Kementerian X`",
            ),
        ];
        for (error, expected) in &said {
            let hints = hints(error);
            assert!(hints.contains(expected), "{expected}: {hints}");
            assert_eq!(error.kind, ErrorKind::Usage);
        }
    }
}
