//! Freezing a session's board: what can be frozen, and the freezing. What became of a frozen board since is in [`check`].
//! The rows come from the engine alone, as the CSV of a scoreboard prints them.

pub mod check;

use domain::frozen_board::{FrozenBoard, FrozenScore, print_result};
use domain::id::Id;
use domain::indicator::Indicator;
use domain::moment::Moment;
use domain::period::Period;
use domain::permission::MayFreezeBoard;
use domain::problem::Problem;
use domain::resolution::{Bands, Resolution};
use domain::session::WorkingSession;
use domain::unit::Unit;
use jiff::civil::Date;
use scoreboard::ledger::Ledger;
use scoreboard::question::{Question, Tree};
use store::frozen_board::NewFrozenBoard;
use store::scoreboard::Horizon;
use store::{Store, StoreError};

use crate::scoreboard::Scoreboards;

/// A board of one unit and one resolution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// The unit.
    pub unit: Id<Unit>,
    /// The resolution.
    pub resolution: Id<Resolution>,
    /// The month.
    pub month: Period,
    /// The day as known on.
    pub known_on: Date,
}

impl Choice {
    /// The board that was frozen.
    pub const fn of(board: &FrozenBoard) -> Self {
        Self { unit: board.unit, resolution: board.resolution, month: board.month, known_on: board.known_on }
    }

    /// As the engine is asked for it; `horizon` hides what arrived later.
    pub const fn question(&self, horizon: Option<i64>) -> Question {
        Question { month: self.month, known_on: self.known_on, horizon, tree: Tree::OfMonth }
    }

    /// Its rows: the groups of the resolution on the unit's board, in their order.
    pub fn scores(&self, ledger: &Ledger, horizon: Option<i64>) -> Vec<FrozenScore> {
        let board = ledger.board(self.unit, &self.question(horizon));
        let of_resolution = board.groups.iter().filter_map(|score| {
            let group = ledger.group(score.group).filter(|group| group.resolution == Some(self.resolution))?;
            Some(FrozenScore { group: group.code.clone(), achievement: score.achievement, band: score.band })
        });
        of_resolution.collect()
    }
}

/// The resolutions that give a unit targets: its own first, then in the order of their files.
pub fn resolutions_of(ledger: &Ledger, unit: Id<Unit>) -> Vec<&Resolution> {
    let mut ids: Vec<Id<Resolution>> = Vec::new();
    for target in ledger.nouns().targets.iter().filter(|target| target.unit == unit) {
        let group = ledger.indicator(target.indicator).and_then(|indicator| ledger.group(indicator.group?));
        ids.extend(group.and_then(|group| group.resolution).filter(|resolution| !ids.contains(resolution)));
    }
    let mut resolutions: Vec<&Resolution> = ids.into_iter().filter_map(|id| ledger.resolution(id)).collect();
    resolutions.sort_by_key(|resolution| (resolution.unit != Some(unit), resolution.id));
    resolutions
}

/// The indicators of a resolution, in the order of their ids.
pub fn indicators_of(ledger: &Ledger, resolution: Id<Resolution>) -> Vec<&Indicator> {
    let belongs = |indicator: &&Indicator| {
        indicator.group.and_then(|group| ledger.group(group)).is_some_and(|group| group.resolution == Some(resolution))
    };
    ledger.nouns().indicators.iter().filter(belongs).collect()
}

/// The bands that a kept result was counted in: the resolution's, unless these were edited since.
pub fn kept_bands(bands: &Bands, scores: &[FrozenScore]) -> Bands {
    let mut kept: Vec<i64> = scores.iter().filter_map(|score| score.band).filter(|band| *band != 0).collect();
    if kept.iter().all(|band| bands.thresholds().contains(band)) {
        return bands.clone();
    }
    kept.sort_unstable();
    kept.dedup();
    let kept: Vec<String> = kept.iter().map(i64::to_string).collect();
    kept.join(";").parse().unwrap_or_else(|_| bands.clone())
}

/// How many groups lie in each band: the highest first, then below all of them, then those that cannot be judged yet. A threshold
/// that no group reached is counted with 0; the last two only where there are such groups.
pub fn band_counts(bands: &Bands, scores: &[FrozenScore]) -> Vec<(Option<i64>, usize)> {
    let count = |band: Option<i64>| scores.iter().filter(|score| score.band == band).count();
    let mut counts: Vec<(Option<i64>, usize)> =
        bands.thresholds().iter().map(|threshold| (Some(*threshold), count(Some(*threshold)))).collect();
    for rest in [Some(0), None] {
        if counts.iter().all(|(band, _)| *band != rest) && count(rest) > 0 {
            counts.push((rest, count(rest)));
        }
    }
    counts
}

/// Freezes a board as the ledger stands at a horizon. A unit without a group of the resolution on that month's board has none to
/// freeze.
pub async fn freeze(
    store: &Store,
    may: &MayFreezeBoard,
    now: Moment,
    (ledger, horizon): (&Ledger, Horizon),
    session: Id<WorkingSession>,
    choice: Choice,
    replaces: Option<Id<FrozenBoard>>,
) -> Result<FrozenBoard, StoreError> {
    let scores = choice.scores(ledger, Some(horizon.id));
    let unit = ledger.unit(choice.unit).ok_or(Problem::NotFound)?;
    if scores.is_empty() {
        return Err(Problem::NotAllowed { field: "month", value: choice.month.to_string() }.into());
    }
    let new = NewFrozenBoard {
        session,
        unit: choice.unit,
        resolution: choice.resolution,
        month: choice.month,
        known_on: choice.known_on,
        horizon: horizon.id,
        sequence: horizon.sequence,
        result: print_result(unit.code.as_deref().unwrap_or_default(), &scores),
        replaces,
    };
    store.freeze_board(may, now, new).await
}

/// Freezes what a session saw of its unit on its own day: the board of a month under the resolution of a code.
pub async fn freeze_day(
    store: &Store,
    may: &MayFreezeBoard,
    now: Moment,
    session: Id<WorkingSession>,
    resolution: &str,
    month: Period,
) -> Result<FrozenBoard, StoreError> {
    let session = store.get(session).await?;
    let (ledger, horizon) = Scoreboards::default().at_head(store).await?;
    let resolution = ledger.nouns().resolutions.iter().find(|one| one.code == resolution).ok_or(Problem::NotFound)?.id;
    let unit = session.unit.ok_or(Problem::NotFound)?;
    let known_on = session.held_on.unwrap_or_else(|| now.day());
    freeze(store, may, now, (&ledger, horizon), session.id, Choice { unit, resolution, month, known_on }, None).await
}
