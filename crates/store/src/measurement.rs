//! Measurements: entered, corrected and withdrawn by adding rows, and read by their ids. None is ever changed. The scoreboard
//! finds which rows count and which one stands, since the table has no index but its ids: see migration 0002.

use domain::claim::Claim;
use domain::code::Coded as _;
use domain::document::Passage;
use domain::fold::tidy;
use domain::id::Id;
use domain::indicator::Indicator;
use domain::measurement::{Arrival, Entry, Measurement, MeasurementAct};
use domain::moment::Moment;
use domain::period::Period;
use domain::permission::MayKeepMeasurements;
use domain::problem::Problem;
use domain::unit::Unit;
use jiff::civil::Date;

use crate::db::Value;
use crate::field::Field;
use crate::ledger::Write;
use crate::task::checked_note;
use crate::{Store, StoreError, values};

/// Most characters of a stated source: the longest names of reports with number and day stay under 300.
pub const SOURCE_CHARACTERS_MAX: usize = 500;
/// Ids of one query: far below what either database takes, enough for a page.
const IDS_A_QUERY: usize = 500;

/// A number to be entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMeasurement {
    /// The unit that the number is of.
    pub unit: Id<Unit>,
    /// What was measured.
    pub indicator: Id<Indicator>,
    /// The period it is about.
    pub period: Period,
    /// The day it becomes known.
    pub known_on: Date,
    /// Whole number of the indicator's `10^-decimals`; absent: withdraws what stood.
    pub value: Option<i64>,
    /// The denominator of a ratio or the weight of a mean.
    pub weight: Option<i64>,
    /// Where it comes from, as stated.
    pub source: Option<String>,
    /// The claim it is accepted from.
    pub claim: Option<Id<Claim>>,
    /// The sentence it comes from.
    pub passage: Option<Id<Passage>>,
    /// Why it corrects or withdraws; must be given where a row stood.
    pub reason: Option<String>,
}

/// What somebody saw of (unit, indicator, period) when they decided on the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// No row with a greater id had arrived.
    pub horizon: i64,
    /// The row that stood on the new number's `known_on`, a withdrawal too: see [`domain::measurement::standing`].
    pub row: Option<Id<Measurement>>,
}

/// What became of a sheet of numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entered {
    /// All were entered, in their order.
    Kept(Vec<Measurement>),
    /// Nothing was: which of them cannot be, by their place in the sheet, and why.
    Refused(Vec<(usize, Problem)>),
}

impl Store {
    /// The rows of some ids, in the order of their ids; an id that no row has gives none.
    pub async fn measurements_by_ids(&self, ids: &[Id<Measurement>]) -> Result<Vec<Measurement>, StoreError> {
        self.measurements_where("id", ids).await
    }

    /// The rows that some claims were accepted as, in the order of their ids.
    pub async fn measurements_of_claims(&self, claims: &[Id<Claim>]) -> Result<Vec<Measurement>, StoreError> {
        self.measurements_where("claim", claims).await
    }

    async fn measurements_where<T>(&self, column: &str, ids: &[Id<T>]) -> Result<Vec<Measurement>, StoreError> {
        let mut ids: Vec<Id<T>> = ids.to_vec();
        ids.sort_unstable();
        ids.dedup();
        let mut rows: Vec<Measurement> = Vec::new();
        for some in ids.chunks(IDS_A_QUERY) {
            let places: Vec<String> = (1..=some.len()).map(|place| format!("${place}")).collect();
            let values: Vec<Value> = some.iter().map(Field::to_value).collect();
            rows.extend(self.find::<Measurement>(&format!("WHERE {column} IN ({}) ORDER BY id", places.join(", ")), &values).await?);
        }
        rows.sort_by_key(|row| row.id);
        Ok(rows)
    }

    /// Enters, corrects or withdraws one number.
    pub async fn enter_measurement(
        &self,
        may: &MayKeepMeasurements,
        now: Moment,
        new: NewMeasurement,
        seen: Seen,
    ) -> Result<Measurement, StoreError> {
        let mut write = self.write(may, now).await?;
        let (measurement, act) = write.add_measurement(new, seen).await?;
        write.commit(&format!("measurement.{}", act.code()), &format!("measurement/{}", measurement.id)).await?;
        Ok(measurement)
    }

    /// Enters the numbers of one unit in one write: all of them or none.
    pub async fn enter_measurements(
        &self,
        may: &MayKeepMeasurements,
        now: Moment,
        unit: Id<Unit>,
        sheet: Vec<(NewMeasurement, Seen)>,
    ) -> Result<Entered, StoreError> {
        let mut write = self.write(may, now).await?;
        let (mut kept, mut refused) = (Vec::new(), Vec::new());
        for (place, (new, seen)) in sheet.into_iter().enumerate() {
            assert_eq!(new.unit, unit, "a sheet is of one unit");
            match write.add_measurement(new, seen).await {
                Ok((measurement, _)) => kept.push(measurement),
                Err(StoreError::Problem(problem)) => refused.push((place, problem)),
                Err(fault) => return Err(fault),
            }
        }
        if !refused.is_empty() {
            return Ok(Entered::Refused(refused));
        }
        write.commit("measurement.enter_several", &format!("unit/{unit}")).await?;
        Ok(Entered::Kept(kept))
    }
}

impl Write {
    /// Adds a number as part of a larger write. Whoever opened the write has a [`MayKeepMeasurements`] for the unit.
    pub async fn add_measurement(&mut self, new: NewMeasurement, seen: Seen) -> Result<(Measurement, MeasurementAct), StoreError> {
        let (unit, indicator) = (self.get(new.unit).await?, self.get(new.indicator).await?);
        if new.known_on > self.at().day() {
            return Err(Problem::NotAllowed { field: "known_on", value: new.known_on.to_string() }.into());
        }
        let source = checked_source(new.source.as_deref())?;
        let reason = Some(checked_note("reason", new.reason.as_deref().unwrap_or_default())?).filter(|reason| !reason.is_empty());
        let standing = self.standing_row(&new, seen).await?;
        let NewMeasurement { period, known_on, value, .. } = new;
        let (weight, has_reason) = (new.weight.filter(|_| value.is_some()), reason.is_some());
        let act = Entry { unit: &unit, indicator: &indicator, period, known_on, value, weight, has_reason, standing }.check()?;
        self.check_origin(&new).await?;
        let measurement = Measurement {
            id: self.new_id(),
            unit: new.unit,
            indicator: new.indicator,
            period,
            known_on,
            value,
            weight,
            source,
            load: None,
            line: None,
            claim: new.claim,
            passage: new.passage,
            reason,
            entered_by: Some(self.actor().to_owned()),
            entered_at: Some(self.at()),
        };
        self.insert(&measurement).await?;
        Ok((measurement, act))
    }

    /// The row that was seen; [`Problem::Stale`] where another has arrived since.
    async fn standing_row(&mut self, new: &NewMeasurement, seen: Seen) -> Result<Option<Arrival>, StoreError> {
        let key = values![seen.horizon, new.unit, new.indicator, new.period];
        let tail = "WHERE id > $1 AND unit = $2 AND indicator = $3 AND period = $4 ORDER BY id DESC LIMIT 1";
        if let Some(newer) = self.find::<Measurement>(tail, &key).await?.pop() {
            return Err(Problem::Stale { by: newer.entered_by.unwrap_or_default() }.into());
        }
        self.check_clock(new).await?;
        let Some(id) = seen.row else { return Ok(None) };
        let row = self.get(id).await?.arrival();
        let fits = (row.unit, row.indicator, row.period) == (new.unit, new.indicator, new.period) && row.known_on <= new.known_on;
        if fits { Ok(Some(row)) } else { Err(StoreError::Internal(format!("measurement/{id} does not stand where a new one shall"))) }
    }

    /// Rows count in the order of their days: one entered while the clock is set back would be taken and never stand.
    async fn check_clock(&mut self, new: &NewMeasurement) -> Result<(), StoreError> {
        let key = values![new.unit, new.indicator, new.period, new.known_on, self.at()];
        let tail =
            "WHERE unit = $1 AND indicator = $2 AND period = $3 AND known_on > $4 AND entered_at >= $5 ORDER BY known_on DESC LIMIT 1";
        match self.find::<Measurement>(tail, &key).await?.pop() {
            Some(later) => Err(Problem::ClockBehind { known_on: later.known_on }.into()),
            None => Ok(()),
        }
    }

    /// The claim and the sentence are there: no foreign key looks after them.
    async fn check_origin(&mut self, new: &NewMeasurement) -> Result<(), StoreError> {
        if let Some(claim) = new.claim {
            self.get(claim).await?;
        }
        if let Some(passage) = new.passage {
            self.get(passage).await?;
        }
        Ok(())
    }
}

fn checked_source(typed: Option<&str>) -> Result<Option<String>, Problem> {
    let source = tidy(typed.unwrap_or_default());
    if source.chars().count() > SOURCE_CHARACTERS_MAX {
        return Err(Problem::TooLong { field: "source", characters_max: SOURCE_CHARACTERS_MAX });
    }
    Ok(Some(source).filter(|source| !source.is_empty()))
}
