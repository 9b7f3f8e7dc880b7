//! Paths in the catalog: met on a walk, due to be read or checked, let go.

pub(crate) mod fixity;
pub(crate) mod forget;
pub(crate) mod meet;
pub(crate) mod work;
