//! X.509 certificates and what holds between them (RFC 5280).

mod certificate;
mod name;

pub use certificate::Certificate;
