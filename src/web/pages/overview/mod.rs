//! Pages that look over the whole archive from one side.

pub(super) mod duplicates;
pub(super) mod places;
