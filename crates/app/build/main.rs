//! What is made before the program is compiled: one typed function a message, one address an embedded file.

mod assets;
mod messages;

use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

fn main() -> ExitCode {
    match generate() {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("{fault}");
            ExitCode::FAILURE
        }
    }
}

fn generate() -> Result<(), String> {
    let out = env::var("OUT_DIR").map_err(|fault| format!("OUT_DIR: {fault}"))?;
    let out = Path::new(&out);

    println!("cargo::rerun-if-changed=messages");
    let messages = messages::read_folder(Path::new("messages"))?;
    write(&out.join("messages.rs"), &messages::functions(&messages)?)?;

    println!("cargo::rerun-if-changed=assets");
    let assets = assets::read_folder(Path::new("assets"))?;
    write(&out.join("assets.rs"), &assets::table(&assets, out)?)
}

/// Writes only what changed, so that an untouched file does not compile the crate again.
fn write(path: &Path, text: &str) -> Result<(), String> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    fs::write(path, text).map_err(|fault| format!("{}: {fault}", path.display()))
}
