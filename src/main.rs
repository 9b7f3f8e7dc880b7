//! Hands the arguments to [`bukti::cli`] and its exit code back.

use std::process::ExitCode;

fn main() -> ExitCode {
    bukti::cli::run(std::env::args_os())
}
