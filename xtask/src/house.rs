//! House rules about our own files: their size, the words they must not hold, and what a crate is without.

use crate::Findings;
use std::fs;
use std::io;
use std::path::Path;

/// Folders that are not ours to check: built, written by tests, or kept by git.
const SKIPPED: [&str; 3] = [".git", "target", "test-output"];

/// A file is read in one sitting.
const LINES_MAX: usize = 400;

/// Kinds of files that people read from top to bottom.
const READ: [&str; 9] = ["rs", "sql", "html", "css", "js", "py", "sh", "toml", "md"];

/// Longer files, and why they are.
const LONG: [(&str, &str); 5] = [
    (
        "crates/app/assets/cotmoc.css",
        "the one stylesheet, a table of tokens and parts in the design system's order: a second file would be a second request",
    ),
    ("crates/store/migrations/0001_ledger.sql", "a table of tables: a landed migration is never cut"),
    ("crates/store/schema.sql", "generated: the whole schema to look things up in"),
    ("crates/reader/score.py", "the measure of the reader is one file, so that it can be run anywhere against any reader"),
    ("crates/reader/cases/CONVENTIONS.md", "a list of conventions, looked up and not read through"),
];

/// A word that files must not hold: in which paths (those that contain one of `inside`), but not in which, and why.
struct Word {
    word: &'static str,
    inside: &'static str,
    but: &'static str,
    reason: &'static str,
}

/// Words are put together here, so that this file does not hold them.
const WORDS: [Word; 14] = [
    everywhere(concat!("/ro", "ot/"), "a path of one machine"),
    everywhere(concat!("/ho", "me/"), "a path of one machine"),
    everywhere(concat!("/wo", "rk/"), "a path of one machine"),
    everywhere(concat!("/tmp", "/wt"), "a path of one machine"),
    Word { word: concat!("crates.io", "-index"), inside: "", but: "Cargo.lock", reason: "a registry's host: cargo's settings name it" },
    everywhere(concat!("index.", "crates.io"), "a registry's host: cargo's settings name it"),
    everywhere(concat!("deb.", "debian.org"), "a registry's host: the system's settings name it"),
    everywhere(concat!("TO", "DO"), "what is not done is not promised in a comment"),
    everywhere(concat!("FIX", "ME"), "what is broken is mended"),
    everywhere(concat!("#[ig", "nore"), "a test that is not run proves nothing"),
    Word { word: concat!("allow(", "dead_code"), inside: ".rs", but: "/tests/", reason: "what nobody calls is deleted" },
    Word { word: "src=\"http", inside: "/templates/", but: "\n", reason: "no page loads anything from elsewhere" },
    Word { word: "url(http", inside: "/assets/", but: "\n", reason: "no page loads anything from elsewhere" },
    Word { word: concat!("sle", "ep("), inside: "/tests/", but: "/src/", reason: "a test waits for what it waits for: see testbed::until" },
];

/// What the pure crates are without, in all that they build for the program.
const ABSENT: [(&str, &str); 12] = [
    ("std::fs", "input and output"),
    ("std::net", "input and output"),
    ("std::process", "input and output"),
    ("std::env", "input and output"),
    ("std::io", "input and output"),
    ("println!", "input and output"),
    ("SystemTime", "a clock: the time is a parameter"),
    ("Instant", "a clock: the time is a parameter"),
    ("Zoned::now", "a clock: the time is a parameter"),
    ("Timestamp::now", "a clock: the time is a parameter"),
    ("async fn", "asynchronous code"),
    ("getrandom", "randomness: it is a parameter"),
];

const PURE: [&str; 3] = ["crates/domain/src/", "crates/reader/src/", "crates/scoreboard/src/"];

/// In every file; no path contains a line break.
const fn everywhere(word: &'static str, reason: &'static str) -> Word {
    Word { word, inside: "", but: "\n", reason }
}

/// A text file of the project.
pub struct File {
    /// Below the root, with slashes.
    pub path: String,
    pub text: String,
}

/// All text files below the root but those in [`SKIPPED`] folders.
pub fn files(root: &Path) -> io::Result<Vec<File>> {
    let (mut files, mut folders) = (Vec::new(), vec![root.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let kind = entry.file_type()?;
            if kind.is_dir() && !SKIPPED.contains(&entry.file_name().to_string_lossy().as_ref()) {
                folders.push(entry.path());
            } else if kind.is_file()
                && let Ok(text) = String::from_utf8(fs::read(entry.path())?)
            {
                let path = entry.path().strip_prefix(root).map(|path| path.to_string_lossy().replace('\\', "/")).unwrap_or_default();
                // In a worktree `.git` is a file, and names its repository.
                if path != ".git" {
                    files.push(File { path, text });
                }
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

pub fn check(files: &[File]) -> Findings {
    files.iter().flat_map(|file| length(file).into_iter().chain(words(file)).chain(absences(file))).collect()
}

fn length(file: &File) -> Option<String> {
    let lines = file.text.lines().count();
    let is_read = file.path.rsplit_once('.').is_some_and(|(_, kind)| READ.contains(&kind));
    let is_excused = LONG.iter().any(|(path, _)| *path == file.path);
    (is_read && lines > LINES_MAX && !is_excused).then(|| format!("{}: {lines} lines, more than {LINES_MAX}", file.path))
}

fn words(file: &File) -> Findings {
    let applies = |word: &&Word| file.path.contains(word.inside) && !file.path.contains(word.but);
    WORDS.iter().filter(applies).flat_map(|word| holds(file, word.word, word.reason)).collect()
}

fn absences(file: &File) -> Findings {
    if !PURE.iter().any(|folder| file.path.starts_with(folder)) {
        return Findings::new();
    }
    // Unit tests at the foot of a file may print and read.
    let product = file.text.split("#[cfg(test)]").next().unwrap_or_default();
    let product = File { path: file.path.clone(), text: product.to_owned() };
    ABSENT.iter().flat_map(|(word, reason)| holds(&product, word, &format!("this crate is without {reason}"))).collect()
}

/// One finding for each line that holds the word.
fn holds(file: &File, word: &str, reason: &str) -> Findings {
    let lines = file.text.lines().enumerate().filter(|(_, line)| line.contains(word));
    lines.map(|(number, _)| format!("{}:{}: '{word}': {reason}", file.path, number + 1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(path: &str, text: &str) -> Findings {
        check(&[File { path: path.into(), text: text.into() }])
    }

    #[test]
    fn long_files_are_named_with_a_reason() {
        let long = "x\n".repeat(LINES_MAX + 1);
        assert_eq!(findings("crates/app/src/main.rs", &long), ["crates/app/src/main.rs: 401 lines, more than 400"]);
        assert!(findings("crates/reader/score.py", &long).is_empty());
        assert!(findings("crates/reader/cases/01.txt", &long).is_empty());
    }

    #[test]
    fn words_are_refused_where_their_rule_applies() {
        let waits = concat!("std::thread::sle", "ep(PAUSE);");
        assert!(findings("crates/testbed/src/wait.rs", waits).is_empty());
        assert_eq!(findings("crates/app/tests/fault.rs", waits).len(), 1);
        assert_eq!(findings("README.md", &format!("\ncd {}x", WORDS[0].word)).len(), 1);
    }

    #[test]
    fn pure_crates_have_no_clock_but_their_tests_may_print() {
        assert_eq!(findings("crates/domain/src/task.rs", "let now = Instant::now();").len(), 1);
        assert!(findings("crates/store/src/task.rs", "let now = Instant::now();").is_empty());
        assert!(findings("crates/domain/src/task.rs", "#[cfg(test)]\nmod tests { println!(\"\") }").is_empty());
    }
}
