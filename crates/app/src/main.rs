//! The binary `cotmoc`.

use std::process::ExitCode;

fn main() -> ExitCode {
    cotmoc::cli::run()
}
