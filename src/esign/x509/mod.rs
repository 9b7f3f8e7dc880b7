//! X.509 certificates and what holds between them (RFC 5280): chains, purposes, revocation.

mod certificate;
mod chain;
mod crl;
mod name;
mod purpose;

pub use certificate::Certificate;
pub use chain::{Chain, build};
pub use crl::revocation;
pub use name::Name;
pub use purpose::Purpose;
