//! `cotmoc load`: a folder of files into the ledger, whole or not at all.

use std::io::{self, Write as _};
use std::time::Instant;

use domain::permission::operator;
use indicatif::{ProgressBar, ProgressStyle};

use super::{Failure, Load};
use crate::lang::Lang;
use crate::load::fault::Listed;
use crate::load::source::Source;
use crate::load::{FILES, LoadFault, Loaded, Stage, load};
use crate::web::app::Clock;

/// What a bar shows: what is done, how far, how much longer.
const BAR: &str = "{msg:28} {bar:32} {percent:>3} % {eta}";

/// Does what was typed.
pub fn run(arguments: &Load) -> Result<(), Failure> {
    let source = Source::Folder(arguments.folder.clone());
    arguments.database.with(async |store| {
        let (begun, now) = (Instant::now(), Clock::System.now());
        // Drawn on a terminal only.
        let bar = ProgressBar::new(0).with_style(ProgressStyle::with_template(BAR).unwrap_or_else(|_| ProgressStyle::default_bar()));
        let loaded = load(store, &operator::may_load(), (now, now.day()), &source, &mut |stage| show(&bar, stage)).await;
        bar.finish_and_clear();
        let loaded = loaded.map_err(failure)?;
        let summaries = [Lang::Vi, Lang::En].map(|lang| summary(lang, &loaded, &source.left_out(), begun));
        match io::stdout().write_all(summaries.concat().as_bytes()) {
            // `cotmoc load … | head` closes the pipe: the rows stand in the ledger all the same.
            Err(fault) if fault.kind() != io::ErrorKind::BrokenPipe => Err(Failure::both(|lang| lang.command_failed(&fault))),
            _ => Ok(()),
        }
    })
}

fn show(bar: &ProgressBar, stage: Stage) {
    let (message, done, of) = match stage {
        Stage::Reading(file, done, of) => (Lang::Vi.load_reading(file), done, of),
        Stage::Comparing => (Lang::Vi.load_comparing().to_owned(), 0, 0),
        Stage::Writing(done, of) => (Lang::Vi.load_writing().to_owned(), done, of),
    };
    bar.set_message(message);
    bar.set_length(of);
    bar.set_position(done);
}

fn summary(lang: Lang, loaded: &Loaded, left_out: &[String], begun: Instant) -> String {
    let mut lines = vec![match &loaded.load {
        Some(load) => {
            let (rows, seconds) = (lang.integer(load.rows), format!("{:.1}", begun.elapsed().as_secs_f64()));
            let seconds = if lang.is_vi() { seconds.replace('.', ",") } else { seconds };
            lang.load_stored(&load.folder, load.id, rows, seconds, &load.rows_sha256)
        }
        None => lang.load_known().to_owned(),
    }];
    for file in &loaded.files {
        lines.push(format!("  {}", lang.load_file(file.name, lang.integer(file.new), lang.integer(file.known))));
    }
    if !left_out.is_empty() {
        lines.push(lang.load_left_out(left_out.join(", ")));
    }
    let warnings = loaded.warnings.shown.len() + loaded.warnings.others;
    if warnings > 0 {
        lines.push(lang.load_warnings(lang.integer(warnings)));
        lines.extend(loaded.warnings.shown.iter().map(|warning| format!("  {}", lang.load_fault(warning))));
        if loaded.warnings.others > 0 {
            lines.push(format!("  {}", lang.load_others(lang.integer(loaded.warnings.others))));
        }
    }
    lines.join("\n") + "\n"
}

fn failure(fault: LoadFault) -> Failure {
    match fault {
        LoadFault::Folder(fault) => Failure::both(|lang| lang.load_no_folder(&fault)),
        LoadFault::NoFiles => Failure::both(|lang| lang.load_no_files(FILES.join(", "))),
        LoadFault::NeverQuiet => Failure::both(|lang| lang.load_never_quiet().to_owned()),
        LoadFault::Store(fault) => fault.into(),
        LoadFault::Rows(listed) => Failure(listing(&listed)),
    }
}

/// Every row that does not fit, Vietnamese first and English below it.
fn listing(listed: &Listed) -> Vec<String> {
    let count = listed.shown.len() + listed.others;
    let mut lines: Vec<String> = Vec::new();
    for fault in &listed.shown {
        lines.push(Lang::Vi.load_fault(fault));
        lines.push(format!("  {}", Lang::En.load_fault(fault)));
    }
    for lang in [Lang::Vi, Lang::En] {
        if listed.others > 0 {
            lines.push(lang.load_others(lang.integer(listed.others)));
        }
        lines.push(lang.load_refused(lang.integer(count)));
    }
    lines
}
