//! Validates and loads framework files.

use crate::app::error::{Error, ErrorKind};
use crate::app::user_files;
use crate::framework;
use crate::framework::Framework;
use crate::io::files::path;
use crate::lexicon::error::DataError;
use crate::model::Lang;
use std::path::Path;

/// A framework file is a few hundred kilobytes; more is something else.
const MOST_BYTES: u64 = 16 << 20;

/// Returns every mistake in a framework file, in order of place.
///
/// # Errors
/// When the file cannot be read at all.
pub fn validate(file: &Path) -> Result<Vec<DataError>, Error> {
    let text = read(file)?;
    let offices = include_str!("../../../schema/offices.json");
    match framework::parse(&text, offices) {
        Err(errors) => Ok(errors.0),
        Ok(framework) => {
            let kinds = crate::app::reading::recognise::kinds()?;
            let known: Vec<_> =
                kinds.kinds().iter().map(|kind| kind.id.clone()).collect();
            Ok(framework.unknown_kinds(&known))
        }
    }
}

/// Reads a framework: a file, or one that comes with the program by its id. The text is given
/// where it came from a file.
///
/// # Errors
/// When there is none, or it has mistakes.
pub fn load(name: &str) -> Result<(Framework, Option<String>), Error> {
    let file = Path::new(name);
    if !file.is_file() {
        return Ok((super::named::framework_named(Some(name))?, None));
    }
    let mistakes = validate(file)?;
    let text = read(file)?;
    let offices = include_str!("../../../schema/offices.json");
    let shown = path::printable(name);
    match framework::parse(&text, offices) {
        Ok(framework) if mistakes.is_empty() => Ok((framework, Some(text))),
        _ => Err(Error::new(
            ErrorKind::Usage,
            format!("kerangka `{shown}` memuat {} kesalahan", mistakes.len()),
            format!(
                "the framework `{shown}` has {} {}",
                mistakes.len(),
                Lang::En.noun(mistakes.len(), "", "mistake", "mistakes")
            ),
        )
        .hint(
            "lihat tempatnya dengan `bukti framework validate`",
            "see where with `bukti framework validate`",
        )),
    }
}

/// Reads the text of a framework file.
///
/// # Errors
/// When it cannot be read, or is too long for one.
pub(crate) fn read(file: &Path) -> Result<String, Error> {
    let shown = path::printable(&path::to_text(file));
    let bytes = user_files::read_bytes(file, MOST_BYTES)?;
    String::from_utf8(bytes).map_err(|cause| {
        Error::new(
            ErrorKind::Usage,
            format!("`{shown}` bukan teks UTF-8"),
            format!("`{shown}` is not UTF-8 text"),
        )
        .hint(
            "simpan sebagai JSON berenkode UTF-8",
            "save it as JSON in UTF-8",
        )
        .caused_by(cause)
    })
}
