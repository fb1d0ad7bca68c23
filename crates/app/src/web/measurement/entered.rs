//! What was just entered, at the head of the page that follows: the numbers, the boards that they moved, and what is added twice.

use domain::id::Id;
use domain::measurement::Measurement;
use domain::period::Period;
use domain::unit::Unit;
use scoreboard::ledger::Ledger;
use scoreboard::question::{Question, Tree};

use super::words::number_words;
use crate::lang::Lang;
use crate::scoreboard::moved::{BoardMove, chain, moves};
use crate::web::page::capitalised;
use crate::web::support::form::Fields;
use crate::web::{App, Fault, Page};

/// The field of an address that names the rows of one write: `17-19`.
pub const ENTERED: &str = "entered";
/// Most rows of one write that are told: more than any sheet has.
const ROWS_MAX: i64 = 500;

/// What the page says.
pub struct EnteredNote {
    pub head: String,
    pub numbers: Vec<NumberLine>,
    pub boards: Vec<BoardNote>,
}

/// One number that was entered.
pub struct NumberLine {
    pub name: String,
    pub value: String,
    pub href: String,
}

/// A board that moved.
pub struct BoardNote {
    pub name: String,
    pub href: String,
    pub moves: Vec<MoveLine>,
}

/// What it moved from and to.
pub struct MoveLine {
    pub what: String,
    pub was: String,
    pub is: String,
}

/// The address of a page that tells what rows were entered.
pub fn told(path: &str, rows: &[Measurement]) -> String {
    let ids = rows.iter().map(|row| row.id);
    match (ids.clone().min(), ids.max()) {
        (Some(first), Some(last)) => format!("{path}{}{ENTERED}={first}-{last}", if path.contains('?') { '&' } else { '?' }),
        _ => path.to_owned(),
    }
}

/// What an address tells of a unit; nothing where it names no rows of this unit.
pub async fn note(
    app: &App,
    page: &Page,
    ledger: &std::sync::Arc<Ledger>,
    unit: &Unit,
    query: &Fields,
) -> Result<Option<EnteredNote>, Fault> {
    let Some((first, last)) = query.filled(ENTERED).and_then(first_and_last) else { return Ok(None) };
    let ids: Vec<Id<Measurement>> = (first..=last).map(Id::new).collect();
    let mut rows = app.store().measurements_by_ids(&ids).await?;
    rows.retain(|row| row.unit == unit.id && row.load.is_none());
    let Some(month) = rows.iter().map(|row| row.period.last_day()).max().and_then(Period::month_of) else { return Ok(None) };
    let lang = page.lang;
    let after = Question { month, known_on: app.today(), horizon: Some(last), tree: Tree::OfMonth };
    let before = Question { horizon: Some(first - 1), ..after };
    let (computed, unit_id) = (std::sync::Arc::clone(ledger), unit.id);
    let moved = app.scoreboards().compute(move || moves(&computed, &chain(&computed, unit_id, month.last_day()), &before, &after)).await?;
    let boards: Vec<BoardNote> = moved.iter().map(|moved| board_note(page, ledger, moved, month)).collect();
    let head = match boards.is_empty() {
        true => lang.measurement_entered_unmoved(lang.integer(rows.len()), lang.period(month)),
        false => lang.measurement_entered(lang.integer(rows.len()), lang.period(month)),
    };
    Ok(Some(EnteredNote { head, numbers: rows.iter().filter_map(|row| number_line(page, ledger, row)).collect(), boards }))
}

fn first_and_last(typed: &str) -> Option<(i64, i64)> {
    let (first, last) = typed.split_once('-')?;
    let (first, last): (i64, i64) = (first.parse().ok()?, last.parse().ok()?);
    (first >= 1 && first <= last && last - first < ROWS_MAX).then_some((first, last))
}

fn number_line(page: &Page, ledger: &Ledger, row: &Measurement) -> Option<NumberLine> {
    let indicator = ledger.indicator(row.indicator)?;
    Some(NumberLine {
        name: format!("{} {}", indicator.code, indicator.name),
        value: number_words(page.lang, indicator, &row.arrival()),
        href: page.href(&history_path(row.unit, row.indicator)),
    })
}

/// The address of a history, without its language.
pub fn history_path(unit: Id<Unit>, indicator: Id<domain::indicator::Indicator>) -> String {
    format!("/units/{unit}/indicators/{indicator}/history")
}

fn board_note(page: &Page, ledger: &Ledger, moved: &BoardMove, month: Period) -> BoardNote {
    let lang = page.lang;
    let groups = moved.groups.iter().map(|group| {
        let name = ledger.group(group.group).map(|group| format!("{} {}", group.code, group.name)).unwrap_or_default();
        MoveLine { what: name, was: achievement(lang, group.was), is: achievement(lang, group.is) }
    });
    let of = |met: usize, of: usize| format!("{}/{}", lang.integer(met), lang.integer(of));
    let counts = moved.counts.iter().filter(|count| count.was != count.is).map(|count| MoveLine {
        what: lang.measurement_groups_met(lang.basis_points(count.threshold)),
        was: of(count.was, count.of),
        is: of(count.is, count.of),
    });
    BoardNote {
        name: ledger.unit(moved.unit).map(|unit| capitalised(&unit.name)).unwrap_or_default(),
        href: page.href(&format!("/scoreboards/{}?month={month}", moved.unit)),
        moves: groups.chain(counts).collect(),
    }
}

fn achievement(lang: Lang, basis_points: Option<i64>) -> String {
    basis_points.map_or_else(|| lang.measurement_none().to_owned(), |basis_points| lang.basis_points(basis_points))
}
