//! Bulk loads: the ledger of one moment that files are checked against, and the one write that takes what was found new. What
//! files mean is not decided here: the program reads them into domain types.

use std::collections::HashSet;

use domain::group::Group;
use domain::indicator::Indicator;
use domain::load::Load;
use domain::measurement::{Arrival, Measurement};
use domain::moment::Moment;
use domain::permission::MayLoad;
use domain::person::{Person, Position};
use domain::resolution::Resolution;
use domain::scoreboard::ScoreboardNouns;
use domain::target::Target;
use domain::unit::{Succession, Unit};
use sha2::{Digest, Sha256};

use crate::db::Tx;
use crate::ledger::Write;
use crate::record::{Record, hex};
use crate::scoreboard::{all, arrival, nouns};
use crate::{Store, StoreError, values};

/// Measurements fetched at a time: a few hundred kilobytes of rows.
const BATCH: i64 = 10_000;
const MEASUREMENTS: &str = "SELECT id, unit, indicator, period, known_on, value, weight, source FROM measurement \
     WHERE id > $1 ORDER BY id LIMIT $2";
/// Units with a code that came after a load: only they could make its files mean something else.
const UNITS_SINCE: &str = "SELECT COUNT(*) FROM unit WHERE code IS NOT NULL AND id > $1";

/// The ledger of one moment, as a load sees it.
pub struct LoadSnapshot {
    tx: Tx,
    /// The number of the journal's last entry.
    pub sequence: i64,
    /// The first id that nothing has yet.
    pub next_id: i64,
    /// Every row but measurements, each kind in the order of its ids.
    pub known: Known,
}

/// What the ledger holds already.
#[derive(Debug, Default)]
pub struct Known {
    /// What a scoreboard is computed from, beside measurements.
    pub nouns: ScoreboardNouns,
    /// People.
    pub people: Vec<Person>,
    /// The positions they hold.
    pub positions: Vec<Position>,
}

/// What a load adds. Ids run on from the snapshot's [`LoadSnapshot::next_id`], the load's own first.
#[derive(Debug)]
pub struct LoadPlan {
    /// The snapshot's number of the journal's last entry: what was checked holds as long as no other came.
    pub sequence: i64,
    /// The folder's name and its files; the rest is known when the rows stand.
    pub load: Load,
    /// New units, each behind its parent.
    pub units: Vec<Unit>,
    /// New successions.
    pub successions: Vec<Succession>,
    /// New resolutions.
    pub resolutions: Vec<Resolution>,
    /// New groups.
    pub groups: Vec<Group>,
    /// Groups whose resolution was not known until now: as they were and as they shall be.
    pub linked_groups: Vec<(Group, Group)>,
    /// New indicators.
    pub indicators: Vec<Indicator>,
    /// New people.
    pub people: Vec<Person>,
    /// New positions.
    pub positions: Vec<Position>,
    /// New rows of targets.
    pub targets: Vec<Target>,
    /// The first id behind the load's.
    pub next_id: i64,
}

/// How taking a load ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    /// It stands in the ledger.
    Stored(Load),
    /// Somebody wrote in between: what was checked may hold no longer. Nothing was stored.
    Moved,
}

impl Store {
    /// The ledger as it is now, for checking a load against.
    pub async fn load_snapshot(&self) -> Result<LoadSnapshot, StoreError> {
        let mut tx = self.db.snapshot().await?;
        let (horizon, nouns) = nouns(&mut tx).await?;
        let known = Known { nouns, people: all(&mut tx).await?, positions: all(&mut tx).await? };
        let (sequence, next_id) = (horizon.sequence, horizon.id + 1);
        Ok(LoadSnapshot { tx, sequence, next_id, known })
    }

    /// The load of exactly these files, where there is one and nothing since could make them mean anything else: rows are never
    /// taken away, and of names and codes only a unit with a code decides. `is_same` gives of a load with these files how many
    /// units with a code it brought.
    pub async fn load_of(&self, is_same: impl Fn(&Load) -> Option<i64>) -> Result<Option<Load>, StoreError> {
        for load in self.find::<Load>("ORDER BY id DESC", &[]).await? {
            let Some(units) = is_same(&load) else { continue };
            let since: i64 = self.db.row(UNITS_SINCE, &values![load.id]).await?.map_or(Ok(0), crate::db::Row::one)?;
            if since == units {
                return Ok(Some(load));
            }
        }
        Ok(None)
    }

    /// Stores a load whole: one transaction, one entry. `written` is told how many targets and measurements stand.
    ///
    /// Whoever drops this in the middle must close the store: the driver loses count of a connection whose COPY was broken off, and
    /// would put it back for the next. Commands load, and end with their connections; no request of the web does.
    pub async fn take_load(
        &self,
        may: &MayLoad,
        now: Moment,
        plan: LoadPlan,
        measurements: &mut (dyn Iterator<Item = Measurement> + Send),
        written: &mut (dyn FnMut(usize) + Send),
    ) -> Result<Taken, StoreError> {
        let mut write = self.write(may, now).await?;
        if write.sequence() != plan.sequence + 1 {
            return Ok(Taken::Moved);
        }
        let next_id = plan.next_id;
        let load = write.take(plan, measurements, written).await?;
        write.give_ids_until(next_id)?;
        write.commit("load.take", &format!("load/{}", load.id)).await?;
        Ok(Taken::Stored(load))
    }
}

impl LoadSnapshot {
    /// Every measurement of the snapshot with its stated source, in the order of the ids.
    pub async fn measurements(&mut self, take: &mut (dyn FnMut(Arrival, Option<String>) + Send)) -> Result<(), StoreError> {
        let mut last = i64::MIN;
        loop {
            let batch = self.tx.rows(MEASUREMENTS, &values![last, BATCH]).await?;
            if batch.is_empty() {
                return Ok(());
            }
            for row in &batch {
                let arrival = arrival(row)?;
                last = arrival.id.number();
                take(arrival, row.get(7)?);
            }
        }
    }
}

impl Write {
    async fn take(
        &mut self,
        plan: LoadPlan,
        measurements: &mut (dyn Iterator<Item = Measurement> + Send),
        written: &mut (dyn FnMut(usize) + Send),
    ) -> Result<Load, StoreError> {
        self.insert_all(&plan.units).await?;
        self.insert_all(&plan.successions).await?;
        self.insert_all(&plan.resolutions).await?;
        self.insert_all(&plan.groups).await?;
        for (old, new) in &plan.linked_groups {
            self.update(old, new).await?;
        }
        self.insert_all(&plan.indicators).await?;
        self.insert_all(&plan.people).await?;
        self.insert_all(&plan.positions).await?;
        let (units, indicators) = (self.ids("unit").await?, self.ids("indicator").await?);
        // These tables have no foreign keys, which would double the time of a load; what they point at is looked up here.
        let stands = |unit: i64, indicator: i64| units.contains(&unit) && indicators.contains(&indicator);
        let mut astray = None;
        let mut digest = Sha256::new();
        let mut targets = plan.targets.into_iter().take_while(|row| {
            let is_known = stands(row.unit.number(), row.indicator.number());
            is_known || astray.replace(row.id.number()).is_some()
        });
        let told = self.insert_many(&mut targets, &mut digest, written).await?;
        let mut lost = None;
        let mut measurements = measurements.take_while(|row| {
            let is_known = stands(row.unit.number(), row.indicator.number());
            is_known || lost.replace(row.id.number()).is_some()
        });
        let counted = self.insert_many(&mut measurements, &mut digest, &mut |rows| written(told + rows)).await?;
        if let Some(row) = astray.or(lost) {
            return Err(StoreError::Internal(format!("row {row} of a load points at nothing")));
        }
        let rows = i64::try_from(told + counted).unwrap_or(i64::MAX);
        let by = self.actor().to_owned();
        let load = Load { rows, rows_sha256: hex(&digest.finalize()), at: self.at(), by, ..plan.load };
        self.insert(&load).await?;
        Ok(load)
    }

    async fn insert_all<R: Record>(&mut self, records: &[R]) -> Result<(), StoreError> {
        for record in records {
            self.insert(record).await?;
        }
        Ok(())
    }

    async fn ids(&mut self, table: &'static str) -> Result<HashSet<i64>, StoreError> {
        self.rows(&format!("SELECT id FROM {table}"), &[]).await?.into_iter().map(crate::db::Row::one).collect()
    }
}
