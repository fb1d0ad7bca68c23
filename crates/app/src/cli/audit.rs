//! `cotmoc audit`: whether journal and ledger still fit, and checkpoints to hold against them later.

use indicatif::{ProgressBar, ProgressStyle};
use store::audit::Audit as Found;

use super::{Audit, Failure, checkpoint};
use crate::lang::Lang;

/// Does what was typed.
pub fn run(audit: &Audit) -> Result<(), Failure> {
    let (database, kept) = match audit {
        Audit::Checkpoint { database } => return database.with_existing(checkpoint::print),
        Audit::Verify { database, checkpoint } => (database, checkpoint),
    };
    database.with_existing(async |store| {
        // Shown on a terminal only.
        let bar = ProgressBar::new(0).with_style(ProgressStyle::default_bar());
        let found = store
            .audit(&mut |done, of| {
                bar.set_length(u64::try_from(of).unwrap_or_default());
                bar.set_position(u64::try_from(done).unwrap_or_default());
            })
            .await?;
        bar.finish_and_clear();
        match found {
            Found::Sound { entries, rows, head } => {
                for lang in [Lang::Vi, Lang::En] {
                    println!("{}", lang.command_audit_sound(lang.integer(entries), lang.integer(rows), &head));
                }
                match kept {
                    Some(kept) => checkpoint::check(store, kept).await,
                    None => Ok(()),
                }
            }
            Found::Broken(fault) => Err(Failure::both(|lang| lang.command_audit_broken(lang.audit_fault(&fault)))),
        }
    })
}
