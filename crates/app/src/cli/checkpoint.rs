//! `cotmoc audit checkpoint` and the check of one that was kept: signed by a key that stays with the installation.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use ed25519_dalek::SigningKey;
use store::Store;

use super::Failure;
use super::database::data_folder;
use crate::checkpoint::{Checkpoint, CheckpointFault, bytes, hex};
use crate::lang::Lang;
use crate::web::app::Clock;

/// Name of the key's file in the user's data folder.
const KEY_FILE: &str = "checkpoint.key";

/// Prints a checkpoint of the journal as it is now.
pub async fn print(store: &Store) -> Result<(), Failure> {
    let file = data_folder()?.join(KEY_FILE);
    let key = match fs::read_to_string(&file) {
        Ok(seed) => SigningKey::from_bytes(&bytes(seed.trim()).map_err(|_| unusable(&file, &"64 × 0-9a-f"))?),
        Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => new_key(&file)?,
        Err(fault) => return Err(unusable(&file, &fault)),
    };
    println!("{}", Checkpoint::sign(&store.journal_head().await?, Clock::System.now(), &key));
    Ok(())
}

/// Whether the journal still holds what a kept checkpoint names.
pub async fn check(store: &Store, kept: &Path) -> Result<(), Failure> {
    let text = fs::read_to_string(kept).map_err(|fault| Failure::both(|lang| lang.command_cannot_read(kept.display(), &fault)))?;
    let checkpoint: Checkpoint = text.parse().map_err(|fault| {
        Failure::both(|lang| match fault {
            CheckpointFault::Form => lang.command_checkpoint_form(kept.display()),
            CheckpointFault::Signature => lang.command_checkpoint_signature(kept.display()),
        })
    })?;
    let entry = store.journal_entries(checkpoint.sequence.checked_add(1), 1).await?.into_iter().next();
    let holds = entry.is_some_and(|entry| entry.sequence == checkpoint.sequence && entry.hash == checkpoint.hash);
    if !holds && checkpoint.sequence > 0 {
        return Err(Failure::both(|lang| lang.command_checkpoint_broken(lang.integer(checkpoint.sequence))));
    }
    for lang in [Lang::Vi, Lang::En] {
        println!(
            "{}",
            lang.command_checkpoint_sound(lang.integer(checkpoint.sequence), lang.moment(checkpoint.at), &checkpoint.public_key)
        );
    }
    Ok(())
}

/// A new key in a file that only its owner may read.
fn new_key(file: &PathBuf) -> Result<SigningKey, Failure> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(|fault| unusable(file, &fault))?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut kept = options.open(file).map_err(|fault| unusable(file, &fault))?;
    kept.write_all(hex(&seed).as_bytes()).and_then(|()| kept.sync_all()).map_err(|fault| unusable(file, &fault))?;
    Ok(SigningKey::from_bytes(&seed))
}

fn unusable(file: &Path, fault: &dyn std::fmt::Display) -> Failure {
    Failure::both(|lang| lang.command_checkpoint_key(file.display(), fault))
}
