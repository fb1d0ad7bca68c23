//! Counters of visits a day. Not journalled: nobody's promise hangs on them.

use jiff::civil::Date;

use crate::{Store, StoreError, values};

/// Visits of a day, of its week from Monday, and of all time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VisitTotals {
    /// Of the day.
    pub today: i64,
    /// From Monday to the day.
    pub week: i64,
    /// Of all time.
    pub all: i64,
}

impl Store {
    /// Counts `visits` more on a day.
    pub async fn add_visits(&self, day: Date, visits: i64) -> Result<(), StoreError> {
        let sql = "INSERT INTO visit_day (day, visits) VALUES ($1, $2) ON CONFLICT (day) DO UPDATE SET visits = visit_day.visits + $2";
        self.db.execute(sql, &values![day, visits]).await?;
        Ok(())
    }

    /// The totals as of a day.
    pub async fn visit_totals(&self, today: Date, monday: Date) -> Result<VisitTotals, StoreError> {
        let sql = "SELECT CAST(COALESCE(SUM(CASE WHEN day = $1 THEN visits ELSE 0 END), 0) AS BIGINT), \
                   CAST(COALESCE(SUM(CASE WHEN day >= $2 AND day <= $1 THEN visits ELSE 0 END), 0) AS BIGINT), \
                   CAST(COALESCE(SUM(visits), 0) AS BIGINT) FROM visit_day";
        let row = self.db.row(sql, &values![today, monday]).await?.ok_or_else(|| StoreError::Internal("no totals".to_owned()))?;
        Ok(VisitTotals { today: row.get(0)?, week: row.get(1)?, all: row.get(2)? })
    }
}
