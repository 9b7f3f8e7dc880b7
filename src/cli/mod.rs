//! Ring 6: the terminal. Takes what was typed, calls one use case, shows what comes back.

mod exit;
mod args;
mod commands;
mod help;
mod progress;
mod ui;

use self::exit::Done;
use crate::app::error::{Error, ErrorKind};
use crate::app::serving::Serve;
use crate::app::settings;
use crate::model::Lang;
use args::{Args, ColorArg, Command};
use clap::{CommandFactory, FromArgMatches};
use serde_json::json;
use std::{ffi::OsString, process::ExitCode};
use ui::Ui;

/// Runs bukti with these arguments (the first is the program's name), gives its exit code. `serve`
/// is what opens an archive to browsers.
pub fn run(arguments: impl IntoIterator<Item = OsString>, serve: Serve) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let lang = settings::lang(wanted_lang(&arguments));
    let parsed = help::localised(Args::command(), lang)
        .try_get_matches_from(arguments)
        .and_then(|matches| Args::from_arg_matches(&matches));
    let args = match parsed {
        Ok(args) => args,
        Err(error) => return refuse(&error, lang),
    };
    log(args.verbose);
    let ui = Ui::new(lang, args.json, args.color);
    match dispatch(&args, ui, serve) {
        Ok(done) => ExitCode::from(done.exit_code()),
        Err(error) => {
            let error = commands::placed(error, args.archive.as_deref());
            complain(&error, ui);
            ExitCode::from(error.kind.exit_code())
        }
    }
}

fn dispatch(args: &Args, ui: Ui, serve: Serve) -> Result<Done, Error> {
    let archive = args.archive.as_deref();
    match &args.command {
        Command::Init(own) => commands::archive::init::run(own, ui),
        Command::Index(own) => commands::reading::index::run(own, archive, ui),
        Command::Search(own) => commands::evidence::search::run(own, archive, ui),
        Command::Show(own) => commands::evidence::show::run(own, archive, ui),
        Command::Decide(own) => commands::evidence::decide::run(own, archive, ui),
        Command::Activities => commands::evidence::activities::run(archive, ui),
        Command::Check(own) => commands::judgement::check::run(own, archive, ui),
        Command::Letter(own) => commands::judgement::letter::run(own, archive, ui),
        Command::Calendar(own) => commands::judgement::calendar::run(own, archive, ui),
        Command::Answers(own) => commands::judgement::answers::run(own, archive, ui),
        Command::Places(own) => commands::archive::places::run(own, archive, ui),
        Command::Duplicates(own) => commands::evidence::duplicates::run(own, archive, ui),
        Command::Status => commands::archive::status::run(archive, ui),
        Command::Verify(own) => commands::custody::verify::run(own, archive, ui),
        Command::Forget(own) => commands::archive::forget::run(own, archive, ui),
        Command::Import(own) => commands::custody::import::run(own, ui),
        Command::Keep(own) => commands::custody::keep::run(own, archive, ui),
        Command::Restore(own) => commands::custody::restore::run(own, archive, ui),
        Command::Doctor(own) => commands::archive::doctor::run(own, archive, ui),
        Command::Backup(own) => commands::archive::backup::run(own, archive, ui),
        Command::Export(own) => commands::custody::export::run(own, archive, ui),
        Command::Bag(own) => commands::custody::bag::run(own, ui),
        Command::Log(own) => commands::archive::log::run(own, archive, ui),
        Command::Esign(own) => commands::custody::esign::run(own, archive, ui),
        Command::Anchors(own) => commands::custody::anchors::run(own, archive, ui),
        Command::Inspect(own) => commands::reading::inspect::run(own, ui),
        Command::Demo(own) => commands::archive::demo::run(own, ui),
        Command::Serve(own) => commands::archive::serve::run(own, archive, ui, serve),
        Command::Framework(own) => commands::archive::framework::run(own, archive, ui),
        Command::ExtractWorker(own) => commands::reading::worker::run(own),
    }
}

/// Returns the language of `--lang` before the arguments are parsed, so that even a mistake in
/// them is explained in the language asked for.
fn wanted_lang(arguments: &[OsString]) -> Option<Lang> {
    let texts: Vec<&str> = arguments.iter().filter_map(|a| a.to_str()).collect();
    let joined = texts.iter().find_map(|text| text.strip_prefix("--lang="));
    let apart = texts.iter().position(|text| *text == "--lang");
    let named = joined.or_else(|| apart.and_then(|at| texts.get(at + 1).copied()));
    match named {
        Some("id") => Some(Lang::Id),
        Some("en") => Some(Lang::En),
        _ => None,
    }
}

/// Shows help, the version, or what is wrong with the arguments.
fn refuse(error: &clap::Error, lang: Lang) -> ExitCode {
    use clap::error::ErrorKind as Kind;
    let ui = Ui::new(lang, false, ColorArg::Auto);
    let is_help = matches!(error.kind(), Kind::DisplayHelp | Kind::DisplayVersion);
    if is_help {
        ui.line(error.render().ansi().to_string().trim_end());
        return ExitCode::SUCCESS;
    }
    let is_usage = error.kind() == Kind::DisplayHelpOnMissingArgumentOrSubcommand;
    if is_usage || lang == Lang::En {
        ui.stderr_line(error.render().ansi().to_string().trim_end());
    } else {
        ui.stderr_line(&in_indonesian(error));
    }
    ExitCode::from(ErrorKind::Usage.exit_code())
}

/// Returns clap's complaint in Indonesian: what is wrong, about which words, what is possible.
fn in_indonesian(error: &clap::Error) -> String {
    use clap::error::{ContextKind, ErrorKind as Kind};
    let get = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let (argument, value) =
        (get(ContextKind::InvalidArg), get(ContextKind::InvalidValue));
    let what = match error.kind() {
        Kind::MissingRequiredArgument => format!("belum disebut: {argument}"),
        Kind::UnknownArgument => format!("opsi `{argument}` tidak dikenal"),
        Kind::InvalidSubcommand => {
            format!(
                "perintah `{}` tidak dikenal",
                get(ContextKind::InvalidSubcommand)
            )
        }
        Kind::InvalidValue if value.is_empty() => format!("`{argument}` perlu nilai"),
        Kind::InvalidValue | Kind::ValueValidation => {
            format!("nilai `{value}` tidak cocok untuk `{argument}`")
        }
        Kind::ArgumentConflict => {
            format!("`{argument}` tidak dapat dipakai bersama yang lain")
        }
        Kind::InvalidUtf8 => {
            "ada argumen yang bukan teks (UTF-8); untuk berkas dengan nama demikian, sebut foldernya"
                .to_owned()
        }
        Kind::TooManyValues => format!("`{value}` terlalu banyak untuk `{argument}`"),
        _ => "perintah tidak dipahami".to_owned(),
    };
    let mut text = format!("galat: {what}");
    let lists = [
        (ContextKind::ValidValue, "yang mungkin"),
        (ContextKind::SuggestedArg, "mungkin maksudnya"),
        (ContextKind::SuggestedSubcommand, "mungkin maksudnya"),
        (ContextKind::SuggestedValue, "mungkin maksudnya"),
    ];
    for (kind, label) in lists {
        let list = get(kind);
        if !list.is_empty() {
            text.push_str("\n  ");
            text.push_str(label);
            text.push_str(": ");
            text.push_str(&list);
        }
    }
    text.push_str("\n  saran: lihat `bukti --help`");
    text
}

fn complain(error: &Error, ui: Ui) {
    if ui.json {
        let hints: Vec<&str> = error.hints.iter().map(|hint| hint.get(ui.lang)).collect();
        ui.json_line(&json!({
            "schema_version": crate::app::evidence::shape::SCHEMA_VERSION,
            "error": {
                "kind": error.kind.as_str(),
                "message": error.message.get(ui.lang),
                "causes": error.causes(ui.lang),
                "hints": hints,
                "exit_code": error.kind.exit_code(),
            },
        }));
    } else {
        let text = error.explain(ui.lang);
        let (label, rest) = text.split_once(':').unwrap_or(("", &text));
        ui.stderr_line(&format!("{}:{rest}", ui::paint(ui::Tone::Bad, label)));
    }
}

/// Sends what is going on inside to standard error, where it was asked for.
fn log(verbose: bool) {
    let filter =
        settings::log_filter().or_else(|| verbose.then(|| "bukti=debug".to_owned()));
    if let Some(filter) = filter {
        let subscriber = tracing_subscriber::fmt()
            .with_env_filter(tracing_subscriber::EnvFilter::new(filter))
            .with_writer(std::io::stderr)
            .without_time();
        // A second subscriber in one process (tests) is refused: the first one serves.
        let _ = subscriber.try_init();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_known_before_the_arguments_are() {
        let wanted = |args: &[&str]| {
            wanted_lang(&args.iter().map(OsString::from).collect::<Vec<_>>())
        };
        assert_eq!(
            wanted(&["bukti", "--lang", "en", "--nonsense"]),
            Some(Lang::En)
        );
        assert_eq!(wanted(&["bukti", "x", "--lang=id"]), Some(Lang::Id));
        assert_eq!(wanted(&["bukti", "--lang"]), None);
        assert_eq!(wanted(&["bukti", "--lang", "xx"]), None);
    }
}
