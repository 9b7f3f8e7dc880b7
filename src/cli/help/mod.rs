//! The Indonesian help. clap makes the help from [`super::args`] in English; here every text
//! a person may meet is laid over it, each by its full path: two verbs may call an argument
//! alike and mean something else by it.

mod archive;
mod custody;
mod evidence;
mod judgement;
mod reading;

use crate::model::Lang;
use clap::{Command, builder::StyledStr};

const TEMPLATE_ID: &str = "\
{about-with-newline}
Pemakaian: {usage}

{all-args}{after-help}";

/// The texts by family of verbs; the first are those of the program itself.
const FAMILIES: [&[(&str, &str)]; 6] = [
    OWN,
    archive::TEXTS,
    reading::TEXTS,
    evidence::TEXTS,
    judgement::TEXTS,
    custody::TEXTS,
];

/// What stands at the top, and the arguments that every verb takes.
const OWN: &[(&str, &str)] = &[
    (
        "bukti",
        "Membaca dokumen perangkat daerah, mengaitkan tiap dokumen dengan pertanyaan \
         yang dibuktikannya, dan menilai apakah ia lolos verifikasi",
    ),
    (
        "bukti/archive",
        "Arsip yang dipakai; atau `BUKTI_ARCHIVE`, atau folder induk terdekat yang \
         memuatnya",
    ),
    (
        "bukti/lang",
        "Bahasa tampilan; atau `BUKTI_LANG`, atau bahasa sistem, atau Indonesia",
    ),
    (
        "bukti/json",
        "Cetak JSON untuk program, bukan teks untuk orang",
    ),
    ("bukti/color", "Kapan memakai warna"),
    (
        "bukti/verbose",
        "Ceritakan yang terjadi di dalam, pada galat standar",
    ),
];

/// The flags that clap adds to every command.
const HELP: &str = "Tampilkan bantuan";
const VERSION: &str = "Tampilkan versi";

/// What stands below the arguments.
const AFTER: &[(&str, &str)] = &[(
    "bukti backup",
    "Untuk memulihkan, taruh foldernya di tempat arsip semula lalu jalankan `bukti doctor --repair` \
     padanya: indeks pencarian dibuat ulang.",
)];

/// Returns the command line's definition, its help in `lang`.
pub fn localised(command: Command, lang: Lang) -> Command {
    match lang {
        Lang::En => command,
        Lang::Id => indonesian(command, "bukti"),
    }
}

fn indonesian(command: Command, path: &str) -> Command {
    let mut command = command
        .help_template(TEMPLATE_ID)
        .subcommand_help_heading("Perintah")
        .subcommand_value_name("PERINTAH")
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(flag("help", 'h', clap::ArgAction::Help));
    if path == "bukti" {
        command = command.arg(flag("version", 'V', clap::ArgAction::Version));
    }
    if let Some(about) = text(path) {
        command = command.about(about);
    }
    if let Some((_, text)) = AFTER.iter().find(|(key, _)| *key == path) {
        command = command.after_help(*text);
    }
    command = command.mut_args(|argument| {
        let text = argument_text(path, argument.get_id().as_str());
        let heading = if argument.is_positional() {
            "Argumen"
        } else {
            "Opsi"
        };
        let argument = argument.help_heading(heading);
        match text {
            Some(text) => argument.help(text).hide_possible_values(false),
            None => argument,
        }
    });
    let children: Vec<String> = command
        .get_subcommands()
        .map(|c| c.get_name().to_owned())
        .collect();
    for child in children {
        let path = format!("{path} {child}");
        command = command.mut_subcommand(&child, |c| indonesian(c, &path));
    }
    command
}

fn flag(name: &'static str, short: char, action: clap::ArgAction) -> clap::Arg {
    clap::Arg::new(name)
        .short(short)
        .long(name)
        .action(action)
        .help(StyledStr::new())
}

fn argument_text(path: &str, argument: &str) -> Option<&'static str> {
    match argument {
        "help" => Some(HELP),
        "version" => Some(VERSION),
        _ => text(&format!("{path}/{argument}")),
    }
}

/// Returns the text of a command, or of an argument after a stroke.
fn text(key: &str) -> Option<&'static str> {
    let all = FAMILIES.iter().copied().flatten();
    let mut found = all.filter(|(path, _)| *path == key);
    found.next().map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::Args;
    use clap::CommandFactory;

    /// Each argument: its command's path, its own name and its English help.
    fn each_argument(
        command: &Command,
        path: &str,
        seen: &mut Vec<(String, String, String)>,
    ) {
        for argument in command.get_arguments() {
            let english = argument.get_help().map(ToString::to_string);
            let id = argument.get_id().to_string();
            seen.push((path.to_owned(), id, english.unwrap_or_default()));
        }
        for child in command.get_subcommands() {
            each_argument(child, &format!("{path} {}", child.get_name()), seen);
        }
    }

    fn arguments() -> Vec<(String, String, String)> {
        let mut seen = Vec::new();
        each_argument(&Args::command(), "bukti", &mut seen);
        seen.retain(|(path, ..)| !path.ends_with("extract-worker"));
        seen
    }

    #[test]
    fn everything_a_person_meets_has_indonesian_words() {
        let command = Args::command();
        for (path, argument, _) in arguments() {
            assert!(text(&path).is_some(), "{path}");
            assert!(
                argument_text(&path, &argument).is_some(),
                "{path} {argument}"
            );
        }
        let known = FAMILIES.iter().copied().flatten().chain(AFTER);
        for path in known.map(|(key, _)| key.split('/').next().unwrap()) {
            let mut depth = path.split(' ').skip(1);
            let found = depth.try_fold(&command, |c, n| c.find_subcommand(n));
            let found = found.unwrap_or_else(|| panic!("{path} is no command"));
            let is_laid_over = AFTER.iter().any(|(key, _)| *key == path);
            assert_eq!(found.get_after_help().is_some(), is_laid_over, "{path}");
        }
    }

    #[test]
    fn every_text_is_of_something_and_said_once() {
        let arguments = arguments();
        let mut keys: Vec<&str> = FAMILIES
            .iter()
            .copied()
            .flatten()
            .map(|(key, _)| *key)
            .collect();
        for (path, argument) in keys.iter().filter_map(|key| key.split_once('/')) {
            let is_there = arguments.iter().any(|(p, a, _)| p == path && a == argument);
            assert!(is_there, "{path} takes no {argument}");
        }
        let count = keys.len();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), count);
    }

    #[test]
    fn what_is_one_text_in_indonesian_is_one_in_english() {
        let mut english = std::collections::BTreeMap::new();
        for (path, argument, text) in arguments() {
            let own = argument_text(&path, &argument).unwrap();
            let (first, before) = english
                .entry(own)
                .or_insert_with(|| (format!("{path} {argument}"), text.clone()));
            assert_eq!(*before, text, "{first} and {path} {argument}: {own}");
        }
    }

    #[test]
    fn the_indonesian_command_line_is_sound() {
        localised(Args::command(), Lang::Id).debug_assert();
        localised(Args::command(), Lang::En).debug_assert();
    }
}
