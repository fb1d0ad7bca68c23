//! What a scoreboard is computed from, read as of one moment. Nothing is computed here: see the crate `scoreboard`.

use domain::measurement::Arrival;
use domain::scoreboard::ScoreboardNouns;

use crate::db::{Row, Tx};
use crate::record::Record;
use crate::{Store, StoreError, values};

/// Measurements fetched at a time. The driver takes nearly a kilobyte for a row of SQLite, and what was once taken from the system
/// mostly stays with the process: ten thousand rows were three fifths of the largest heap that the demo's home page needed.
const BATCH: i64 = 1_000;
const ARRIVALS: &str = "SELECT id, unit, indicator, period, known_on, value, weight FROM measurement WHERE id > $1 ORDER BY id LIMIT $2";

/// The moment of the ledger that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Horizon {
    /// The number of the journal's last entry.
    pub sequence: i64,
    /// The greatest id given out until then.
    pub id: i64,
}

impl Store {
    /// The nouns, and every measurement with an id above `after`, handed one by one to `take` in the order of their ids. Both are
    /// of one moment. Measurements are only ever added, so who kept the earlier ones needs no more than the new ones.
    pub async fn scoreboard_rows(
        &self,
        after: i64,
        take: &mut (dyn FnMut(Arrival) + Send),
    ) -> Result<(Horizon, ScoreboardNouns), StoreError> {
        let mut tx = self.db.snapshot().await?;
        let (horizon, nouns) = nouns(&mut tx).await?;
        let mut last = after;
        loop {
            let batch = tx.rows(ARRIVALS, &values![last, BATCH]).await?;
            if batch.is_empty() {
                return Ok((horizon, nouns));
            }
            for row in &batch {
                let arrival = arrival(row)?;
                last = arrival.id.number();
                take(arrival);
            }
        }
    }
}

/// The nouns and the moment, as a snapshot sees them.
pub(crate) async fn nouns(tx: &mut Tx) -> Result<(Horizon, ScoreboardNouns), StoreError> {
    let head = tx.rows("SELECT sequence, next_id FROM journal_head", &[]).await?.into_iter().next();
    let (sequence, next_id): (i64, i64) = head.ok_or_else(|| StoreError::BrokenJournal("its head is missing".to_owned()))?.two()?;
    let nouns = ScoreboardNouns {
        units: all(tx).await?,
        successions: all(tx).await?,
        resolutions: all(tx).await?,
        groups: all(tx).await?,
        indicators: all(tx).await?,
        targets: all(tx).await?,
    };
    Ok((Horizon { sequence, id: next_id - 1 }, nouns))
}

/// Every row of a table in the order of its ids.
pub(crate) async fn all<R: Record>(tx: &mut Tx) -> Result<Vec<R>, StoreError> {
    tx.rows(&R::TABLE.select("ORDER BY id"), &[]).await?.iter().map(R::from_row).collect()
}

/// The columns of an arrival, which stand first in a row.
pub(crate) fn arrival(row: &Row) -> Result<Arrival, StoreError> {
    Ok(Arrival {
        id: row.get(0)?,
        unit: row.get(1)?,
        indicator: row.get(2)?,
        period: row.get(3)?,
        known_on: row.get(4)?,
        value: row.get(5)?,
        weight: row.get(6)?,
    })
}
