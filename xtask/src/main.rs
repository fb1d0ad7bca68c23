//! Checks that the compiler does not make. `cargo run -p xtask -- check` makes them all, without a network, in a second.
//!
//! - [`dependencies`]: what we build on, and that all of it is used;
//! - [`licence`]: that all of it may be given on under our licence;
//! - [`house`]: sizes, words and absences in our own files.
//!
//! Each rule is a row of a table with its reason; a new exception is a new row.

mod dependencies;
mod house;
mod licence;

use std::path::Path;
use std::process::ExitCode;

/// What is wrong, with the place and the reason: one line each.
type Findings = Vec<String>;

fn main() -> ExitCode {
    if std::env::args().nth(1).as_deref() != Some("check") {
        eprintln!("usage: cargo run -p xtask -- check");
        return ExitCode::from(2);
    }
    match check() {
        Ok(findings) if findings.is_empty() => ExitCode::SUCCESS,
        Ok(findings) => {
            findings.iter().for_each(|finding| eprintln!("{finding}"));
            eprintln!("{} findings", findings.len());
            ExitCode::FAILURE
        }
        Err(fault) => {
            eprintln!("{fault}");
            ExitCode::FAILURE
        }
    }
}

fn check() -> Result<Findings, Box<dyn std::error::Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("xtask stands in the workspace")?;
    let files = house::files(root)?;
    let graph = dependencies::Graph::load(root)?;
    let manifest = std::fs::read_to_string(root.join("Cargo.toml"))?;
    let mut findings = house::check(&files);
    findings.extend(licence::check(&graph.packages));
    findings.extend(dependencies::check(&graph, &files));
    findings.extend(dependencies::check_workspace_lines(&manifest, &graph));
    Ok(findings)
}
