//! Hands the arguments to [`bukti::cli`] and its exit code back; what serves a browser is
//! [`bukti::web`].

use std::process::ExitCode;

/// Many threads allocate and free in turn here, which leaves glibc's arenas full of holes.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    bukti::cli::run(std::env::args_os(), bukti::web::serve)
}
