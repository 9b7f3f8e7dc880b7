//! The built-in framework by its name.

use crate::app::error::{Error, ErrorKind};
use crate::framework::Framework;

/// Returns the built-in framework of that name, or the one there is.
///
/// # Errors
/// When there is none: the names there are stand in the hint.
pub fn framework_named(id: Option<&str>) -> Result<Framework, Error> {
    let framework = Framework::builtin().map_err(|cause| {
        Error::new(
            ErrorKind::Internal,
            "kerangka bawaan rusak",
            "the built-in framework is broken",
        )
        .caused_by(cause)
    })?;
    let id = match id {
        Some(id) if id != framework.id() => id,
        _ => return Ok(framework),
    };
    let known = framework.id();
    Err(Error::new(
        ErrorKind::Usage,
        format!("tidak ada kerangka bernama `{id}`"),
        format!("there is no framework named `{id}`"),
    )
    .hint(
        format!("yang ada: `{known}`"),
        format!("there is `{known}`"),
    ))
}
