//! The bulk files of a world as texts.

use std::collections::BTreeMap;
use std::fmt;

/// A row by the names of its columns.
pub type Record = BTreeMap<String, String>;

/// Name of a file without its ending → its text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Files(pub BTreeMap<String, String>);

impl Files {
    /// How many rows all files have together.
    pub fn rows(&self) -> usize {
        self.0.keys().map(|name| self.rows_of(name)).sum()
    }

    /// How many rows a file has; none of them spans lines.
    pub fn rows_of(&self, name: &str) -> usize {
        self.0.get(name).map_or(0, |text| text.lines().skip(1).count())
    }

    /// All but some rows of a file.
    pub fn with_rows(&self, name: &str, stays: impl Fn(usize) -> bool) -> Files {
        let mut files = self.clone();
        if let Some(text) = files.0.get_mut(name) {
            let kept = text.lines().enumerate().filter(|(line, _)| *line == 0 || stays(line - 1)).map(|(_, line)| line);
            *text = kept.collect::<Vec<_>>().join("\n") + "\n";
        }
        files
    }

    /// The rows of a file, none where it is left out.
    pub fn records(&self, name: &str) -> Vec<Record> {
        let text = self.0.get(name).map_or("", |text| text.trim_start_matches('\u{feff}'));
        let mut lines = text.lines().map(cells);
        let columns = lines.next().unwrap_or_default();
        lines.map(|cells| columns.iter().cloned().zip(cells).collect()).collect()
    }
}

/// The cells of a line; a cell in quotation marks may hold commas, and quotation marks that are doubled.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut is_quoted = false;
    let mut signs = line.chars().peekable();
    while let Some(sign) = signs.next() {
        let is_doubled = is_quoted && sign == '"' && signs.next_if_eq(&'"').is_some();
        match (sign, cells.last_mut()) {
            ('"', _) if !is_doubled => is_quoted = !is_quoted,
            (',', _) if !is_quoted => cells.push(String::new()),
            (_, Some(cell)) => cell.push(sign),
            (_, None) => {}
        }
    }
    cells
}

impl fmt::Display for Files {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|(name, text)| writeln!(out, "--- {name}.csv\n{}", text.trim_end()))
    }
}
