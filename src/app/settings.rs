//! Settings from the environment, which only this file reads. A flag always wins.
#![allow(
    clippy::disallowed_methods,
    reason = "this is the one place that reads it"
)]

use crate::model::Lang;
use std::{num::NonZeroUsize, path::PathBuf};

/// Returns the language to speak: the flag, then `BUKTI_LANG`, then the system's, then
/// Indonesian.
pub fn lang(flag: Option<Lang>) -> Lang {
    let named = || {
        std::env::var("BUKTI_LANG")
            .ok()
            .and_then(|name| lang_of(&name))
    };
    let system = || sys_locale::get_locale().and_then(|name| lang_of(&name));
    flag.or_else(named).or_else(system).unwrap_or_default()
}

/// Returns the language a locale such as `en_US.UTF-8` asks for; `None` for `C` and for
/// languages bukti does not speak.
fn lang_of(locale: &str) -> Option<Lang> {
    let code = locale
        .split(['_', '-', '.', '@'])
        .next()
        .unwrap_or_default();
    match code.to_ascii_lowercase().as_str() {
        "id" | "in" | "ms" | "jv" | "su" => Some(Lang::Id),
        "en" => Some(Lang::En),
        _ => None,
    }
}

/// Returns the archive named by `BUKTI_ARCHIVE`.
pub fn archive() -> Option<PathBuf> {
    std::env::var_os("BUKTI_ARCHIVE")
        .filter(|v| !v.is_empty())
        .map(PathBuf::from)
}

/// Returns who decides: the flag, then `BUKTI_AUTHOR`, then the user of this computer.
pub fn author(flag: Option<String>) -> Option<String> {
    let named = |name: &str| std::env::var(name).ok();
    flag.or_else(|| {
        ["BUKTI_AUTHOR", "USERNAME", "USER"]
            .into_iter()
            .find_map(named)
    })
    .map(|name| name.trim().to_owned())
    .filter(|name| !name.is_empty())
}

/// Returns the log filter named by `BUKTI_LOG`.
pub fn log_filter() -> Option<String> {
    std::env::var("BUKTI_LOG").ok()
}

/// Returns how many workers to run: as asked, or one a physical core, but no more than this
/// process is allowed to use.
pub fn jobs(flag: Option<NonZeroUsize>) -> usize {
    let cores = || {
        let allowed = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
        num_cpus::get_physical().clamp(1, allowed)
    };
    flag.map_or_else(cores, NonZeroUsize::get)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_tells_the_language_or_nothing() {
        let cases = [
            ("id_ID.UTF-8", Some(Lang::Id)),
            ("in", Some(Lang::Id)),
            ("en-GB", Some(Lang::En)),
            ("C", None),
            ("POSIX", None),
            ("de_DE", None),
            ("", None),
        ];
        for (locale, lang) in cases {
            assert_eq!(lang_of(locale), lang, "{locale}");
        }
    }
}
