//! bukti (Indonesian: *evidence*) reads the documents of an office, knows what each one is,
//! ties it to the questions it could prove, and says whether it would survive verification.
//!
//! This page is the architecture. It is kept true by its links, which are compiled, and by
//! `tests/it/architecture`, which knows the rings.
//!
//! # Rings
//!
//! A module uses only rings below its own; modules of one ring do not use each other.
//!
//! | ring | modules | what it may touch |
//! |---|---|---|
//! | 0 words | [`model`] | nothing |
//! | 1 means | [`imaging`] [`der`] [`lexicon`] | pixels; ASN.1; the text of `schema/doctypes.json` and its like, handed to it |
//! | 2 evaluations | [`framework`] | the text of `schema/framework.json` and its like, handed to it |
//! | 3 steps | [`fixity`] [`esign`] [`extract`] [`ocr`] [`qr`] [`classify`] [`near_duplicate`] [`link`] [`check`] [`report`] [`access_copy`] | bytes and values handed to them; no file, clock, environment or database |
//! | 4 outside world | [`io`] | files, processes, the catalog, the search index; no policy |
//! | 5 use cases | [`app`] | everything below; one file for each thing a person asks for |
//! | 6 faces | [`cli`] [`web`] | the terminal; a browser of this machine |
//!
//! # The way of one file
//!
//! ```text
//! folder ─io::files::walk─► Entry ─io::files::source─► bytes ─fixity::hash─► Digest
//!   known Digest? ─► one more location, done              (equal bytes are one document)
//!   in a worker process (`bukti extract-worker`, one JSON line in, one out, stateless):
//!     bytes ─extract::open─► Opened ─ocr_input(page)─► OcrInput ─ocr─► OcrPage ─merge─►
//!           Opened ─► Extraction              (near_duplicate: fingerprints of the photos seen;
//!           qr: codes on those pictures, and on typed pages that may hold one;
//!           esign: what the signatures in a PDF are worth, by the certificates a user trusts)
//!     a container: its members, one by one, into a private folder; each goes the same way as
//!     `outer.zip » inner.pdf`
//! a long scan: first and last pages now; the rest, a few pages a worker, when all is begun
//!           (the few words that decide, `classify::deciding`, are read by a second network)
//! Extraction ─classify─► DocumentFacts ─link─► [Link] ─► io::store, io::search  (one writer)
//!   a rule reads a value; how sure it is, all evidence for it says, by fitted weights
//! at the end: fingerprints of new documents × all ─near_duplicate─► [NearDuplicate] ─► io::store
//! all facts and links × Framework ─check─► Assessment ─report─► text for people or programs
//! ```
//!
//! # Custody
//!
//! What happens to a content is a record of the event log ([`fixity::log`]), appended in the
//! transaction that makes it true; each record carries the digest of the one before.
//! [`app::custody::verify`] reads files again, [`app::custody::keep`] copies evidence into the archive,
//! [`app::custody::export`] hands it over as a package ([`fixity::bag`], [`io::bag`]) that anyone can
//! check without bukti, with access copies ([`access_copy`]) beside what is too large for a form.
//! [`app::custody::import`] takes one in and judges it anew, [`app::archive::doctor`] looks at the archive itself.
//!
//! # Electronic signatures
//!
//! [`esign::examine`] takes the bytes of a PDF and the certificates a user trusts ([`esign::Anchors`])
//! and gives one [`ElectronicSignature`](model::ElectronicSignature) a field: what it covers, whether
//! it is intact, whose it is, what was changed after it, and one verdict. Offline, without a
//! clock, bounded by a budget of objects. [`esign::verify_time_stamp`] holds a token of RFC 3161
//! against what it stamps, with the same code.
//!
//! # Several at a time
//!
//! One run that reads or changes files holds the archive's lock
//! ([`Workspace::lock`](app::archive::workspace::Workspace::lock)); people decide, answer and set days
//! beside it, one after another
//! ([`lock_record`](app::archive::workspace::Workspace::lock_record)); who only asks waits for nobody,
//! and what is derived is kept only where the catalog has not moved. A browser ([`web`]) is shown how
//! everything stood when it was last judged, and told so where something has changed since. A person
//! sees personal data once they ask, which the log tells first.
//!
//! # What you will not find
//!
//! 1. An original is never written, moved, renamed or deleted.
//! 2. Same bytes, same framework, same version, same date: the same result, byte for byte, on
//!    any number of threads.
//! 3. A bad document is a [`Note`](model::Note) or a finding, never an `Err`. `Err` means
//!    that *bukti* could not do its work.
//! 4. No fact without the place it was read from and the rule that read it. What cannot be
//!    read is [`Unsure`](model::Unsure), never a guess.
//! 5. No indicator, kind of document, threshold or word of Indonesian paper is spelled in
//!    `src/`: all are data in `schema/`.
//! 6. "Not checked" is not "passed".
//! 7. Standard output is data, standard error is talk. Nothing calls out; nothing listens but
//!    `bukti serve`, to this machine.

#![cfg_attr(
    test,
    allow(
        clippy::string_slice,
        clippy::disallowed_methods,
        reason = "a test that panics has failed, as it should, and makes its own files"
    )
)]

// Unit tests hold data and output against the published schemas, as the integration tests do.
#[cfg(test)]
#[path = "../tests/it/json_schema.rs"]
mod json_schema;

pub mod model;

pub mod imaging;
pub mod der;
pub mod lexicon;

pub mod framework;

pub mod fixity;
pub mod esign;
pub mod extract;
pub mod ocr;
pub mod qr;
pub mod classify;
pub mod near_duplicate;
pub mod link;
pub mod check;
pub mod report;
pub mod access_copy;

pub mod io;

pub mod app;

pub mod cli;
pub mod web;
