//! Finds numbers with their units, measures, periods and roles.
//!
//! A line goes through these steps: [`period`] finds time phrases, [`mention`] numbers with their units, [`frame`]
//! clauses and brackets; then each mention gets its [`role`], its [`measure`] and its days from what stands around it.

mod around;
mod days;
mod draft;
mod frame;
mod heading_time;
mod line;
mod measure;
mod mention;
mod noun;
mod number;
mod pair;
pub mod period;
mod role;
mod subject;
#[cfg(test)]
mod tests;
mod unit;
mod when;

use domain::reading::{FigureDraft, Span};
use jiff::civil::Date;

use crate::context::Outlooks;
use crate::layout::{Block, BlockKind, Layout};
use crate::words::Line;
use heading_time::HeadingTimes;
use line::{Given, LineReader};
use mention::Habit;

/// Finds numbers with their units, measures, periods and roles, in the order of the text.
pub fn find_figures(text: &str, layout: &Layout) -> Vec<FigureDraft> {
    let mut figures = Vec::new();
    let mut outlooks = Outlooks::new(layout.kind);
    let mut times = HeadingTimes::default();
    let year = layout.published_on.map(Date::year).or_else(|| heading_time::usual_year(text));
    let habit = Habit::of(text);
    for block in &layout.blocks {
        if matches!(block.kind, BlockKind::Paragraph { .. } | BlockKind::Caption) && is_silent(text, block.span) {
            if block.kind == (BlockKind::Paragraph { item: false }) {
                outlooks.leave_list();
                times.leave_list();
            }
            continue;
        }
        let line = Line::cut(text, Span { start: block.words, end: block.span.end });
        match block.kind {
            BlockKind::Heading { level } => {
                let level = depth(text, block, level);
                outlooks.enter_heading(level, &line);
                times.enter_heading(level, &line, year);
            }
            BlockKind::Paragraph { item: false } => {
                outlooks.leave_list();
                times.leave_list();
            }
            BlockKind::Paragraph { item: true } | BlockKind::Headline | BlockKind::Caption => {}
            _ => continue,
        }
        let given = Given { outlook: outlooks.now(), period: times.now(), year, published_on: layout.published_on, habit };
        figures.extend(LineReader::new(&line, given).read());
        if line.word(line.len().saturating_sub(1)) == ":" && matches!(block.kind, BlockKind::Paragraph { .. }) {
            outlooks.enter_lead_in(&line);
            times.enter_lead_in(&line, year);
        }
    }
    figures
}

/// "A. KẾT QUẢ NĂM 2022" and "Phần thứ nhất" hold the "I." below them, though both are outermost headings.
fn depth(text: &str, block: &Block, level: u8) -> u8 {
    let marker = text.get(block.span.start..block.words).unwrap_or("");
    let part = marker.chars().next().is_some_and(|c| c.is_uppercase() && !matches!(c, 'I' | 'V' | 'X'));
    if level == 1 && part { 0 } else { level }
}

/// Whether a block has no digit and introduces no list: there is nothing to read in it.
fn is_silent(text: &str, span: Span) -> bool {
    let bytes = span.of(text).unwrap_or("").as_bytes();
    bytes.last() != Some(&b':') && !bytes.iter().any(u8::is_ascii_digit)
}
