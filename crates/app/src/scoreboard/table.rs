//! Boards as a table for people at the command line: headline counts of each resolution, then its groups.

use std::fmt::Write as _;

use domain::resolution::Bands;
use domain::unit::Unit;
use scoreboard::question::Tree;

use super::query::{Answer, BoardRow, Unknown};
use crate::lang::Lang;
use crate::web::page::capitalised;

/// Between two columns.
const GAP: &str = "  ";

/// The whole text.
pub fn print(answer: &Answer<'_>, lang: Lang) -> String {
    let mut text = head(answer, lang);
    if answer.rows.is_empty() {
        return text + lang.scoreboard_table_nothing() + "\n";
    }
    for rows in answer.rows.chunk_by(|one, other| one.unit.id == other.unit.id) {
        if answer.unit.is_none() {
            let _ = writeln!(text, "\n{}", titled(rows));
        }
        for resolution in by_resolution(rows) {
            push_resolution(&mut text, answer, lang, &resolution);
        }
    }
    let _ = writeln!(text, "\n{}", lang.band_disjoint());
    text
}

/// Whose board, of which month, known when, on which tree.
fn head(answer: &Answer<'_>, lang: Lang) -> String {
    let question = &answer.query.question;
    let title = match answer.unit {
        Some(unit) => lang.scoreboard_table_title(with_code(unit)),
        None => lang.scoreboard_table_all(lang.integer(answer.rows.chunk_by(|one, other| one.unit.id == other.unit.id).count())),
    };
    let (month, known_on, day) = (capitalised(&lang.period(question.month)), lang.day(question.known_on), lang.day(question.units_on()));
    let about = match question.tree {
        Tree::AsReported => lang.scoreboard_table_as_reported(month, known_on, day),
        Tree::OfMonth | Tree::Of(_) => lang.scoreboard_table_of_month(month, known_on, day),
    };
    format!("{title}\n{about}\n")
}

fn titled(rows: &[BoardRow<'_>]) -> String {
    rows.first().map(|row| with_code(row.unit)).unwrap_or_default()
}

fn with_code(unit: &Unit) -> String {
    match &unit.code {
        Some(code) => format!("{} ({code})", unit.name),
        None => unit.name.clone(),
    }
}

/// The rows of each resolution, in the order in which the resolutions' first groups stand.
fn by_resolution<'a>(rows: &[BoardRow<'a>]) -> Vec<Vec<BoardRow<'a>>> {
    let mut parts: Vec<Vec<BoardRow<'a>>> = Vec::new();
    for row in rows {
        let same =
            |part: &&mut Vec<BoardRow<'a>>| part.first().is_some_and(|first| first.group.resolution_code == row.group.resolution_code);
        match parts.iter_mut().find(same) {
            Some(part) => part.push(*row),
            None => parts.push(vec![*row]),
        }
    }
    parts
}

fn push_resolution(text: &mut String, answer: &Answer<'_>, lang: Lang, rows: &[BoardRow<'_>]) {
    let Some(group) = rows.first().map(|row| row.group) else { return };
    let resolution = group.resolution.and_then(|id| answer.ledger.resolution(id));
    let name = resolution.map(|resolution| format!(" · {}", resolution.name)).unwrap_or_default();
    let bands = lang.bands(&resolution.map_or_else(Bands::default, |resolution| resolution.bands.clone()));
    let _ = writeln!(text, "\n{}{name}", group.resolution_code);
    for (band, words) in &bands {
        let count = rows.iter().filter(|row| row.band == *band).count();
        let words = if band.is_some() { lang.band_reached(words) } else { words.clone() };
        let _ = writeln!(text, "  {}", lang.band_count(lang.integer(count), lang.integer(rows.len()), words));
    }
    let words = |row: &BoardRow<'_>| bands.iter().find(|(band, _)| *band == row.band).map(|(_, words)| words.clone()).unwrap_or_default();
    let mut cells = vec![
        [lang.scoreboard_table_group(), lang.scoreboard_table_name(), lang.scoreboard_table_achievement(), lang.scoreboard_table_band()]
            .map(str::to_owned),
    ];
    cells.extend(rows.iter().map(|row| {
        let achievement = row.achievement.map_or_else(|| "–".to_owned(), |basis_points| lang.basis_points(basis_points));
        [row.group.code.clone(), row.group.name.clone(), achievement, words(row)]
    }));
    text.push('\n');
    push_aligned(text, &cells);
}

/// Columns one under the other; the third holds numbers and stands to the right.
fn push_aligned(text: &mut String, rows: &[[String; 4]]) {
    let width = |column: usize| rows.iter().map(|row| columns_of(&row[column])).max().unwrap_or_default();
    let widths = [width(0), width(1), width(2)];
    for [code, name, achievement, band] in rows {
        let blank = |text: &str, width: usize| " ".repeat(width - columns_of(text));
        let (code_blank, name_blank) = (blank(code, widths[0]), blank(name, widths[1]));
        let achievement_blank = blank(achievement, widths[2]);
        let _ = writeln!(text, "{code}{code_blank}{GAP}{name}{name_blank}{GAP}{achievement_blank}{achievement}{GAP}{band}");
    }
}

/// How many columns of a terminal a text takes: marks written as characters of their own take none.
fn columns_of(text: &str) -> usize {
    text.chars().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).count()
}

impl Lang {
    /// A code that the ledger does not know, and what to do.
    pub fn unknown(self, unknown: &Unknown) -> String {
        match unknown {
            Unknown::Unit { code, on, others } if others.is_empty() => self.scoreboard_unknown_unit(code, self.day(*on)),
            Unknown::Unit { code, on, others } => {
                let others: Vec<String> = others.iter().map(|unit| self.lived(unit)).collect();
                self.scoreboard_unknown_unit_then(code, self.day(*on), others.join("; "))
            }
            Unknown::Resolution { code, known } if known.is_empty() => self.scoreboard_unknown_no_resolution(code),
            Unknown::Resolution { code, known } => self.scoreboard_unknown_resolution(code, known.join(", ")),
        }
    }

    fn lived(self, unit: &Unit) -> String {
        let from = unit.valid_from.map_or_else(|| self.scoreboard_unknown_beginning().to_owned(), |day| self.day(day));
        let to = unit.valid_to.map_or_else(|| self.scoreboard_unknown_now().to_owned(), |day| self.day(day));
        self.scoreboard_unknown_lived(&unit.name, from, to)
    }
}
