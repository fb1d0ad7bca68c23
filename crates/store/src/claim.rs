//! Claims: what papers say of a unit, and taking one back.

use domain::claim::Claim;
use domain::document::Document;
use domain::id::Id;
use domain::moment::Moment;
use domain::permission::MayDecide;
use domain::problem::Problem;
use domain::unit::{Unit, UnitClass};

use crate::record::Record;
use crate::task::Audience;
use crate::{Store, StoreError, values};

/// An area with what papers say of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimedArea {
    /// The area.
    pub unit: Unit,
    /// The name of the unit above it.
    pub above: Option<String>,
    /// How many claims stand.
    pub claims: i64,
    /// How many papers they come from.
    pub papers: i64,
}

impl Store {
    /// Claims of a document that stand, in the order of the text.
    pub async fn claims_of_document(&self, document: Id<Document>) -> Result<Vec<Claim>, StoreError> {
        self.find("WHERE document = $1 AND withdrawn_at IS NULL ORDER BY id", &values![document]).await
    }

    /// Claims about a unit that stand, the newest paper first.
    pub async fn claims_of_unit(&self, unit: Id<Unit>, audience: Audience) -> Result<Vec<Claim>, StoreError> {
        let tail = format!("WHERE unit = $1 AND withdrawn_at IS NULL {} ORDER BY document DESC, id", audience.sees());
        self.find(&tail, &values![unit]).await
    }

    /// Claims of a document that were taken back, in the order of the text.
    pub async fn taken_back_claims(&self, document: Id<Document>) -> Result<Vec<Claim>, StoreError> {
        self.find("WHERE document = $1 AND withdrawn_at IS NOT NULL ORDER BY id", &values![document]).await
    }

    /// The areas that a standing claim is about, in Vietnamese order, each with its parent's name and how many claims of how
    /// many papers there are.
    pub async fn claimed_areas(&self, audience: Audience) -> Result<Vec<ClaimedArea>, StoreError> {
        let sql = format!(
            "SELECT {}, above.name, COUNT(c.id), COUNT(DISTINCT c.document) FROM unit u JOIN claim c ON c.unit = u.id \
             LEFT JOIN unit above ON above.id = u.parent \
             WHERE u.class = $1 AND c.withdrawn_at IS NULL {} GROUP BY u.id, above.name ORDER BY u.sort_key, u.id",
            Unit::TABLE.columns_of("u"),
            audience.sees(),
        );
        let rows = self.rows(&sql, &values![UnitClass::Area]).await?;
        let next = Unit::TABLE.columns.len();
        let area = |row: &crate::db::Row| {
            Ok(ClaimedArea { unit: Unit::from_row(row)?, above: row.get(next)?, claims: row.get(next + 1)?, papers: row.get(next + 2)? })
        };
        rows.iter().map(area).collect()
    }

    /// Takes a claim back: it leaves every page, and stays in the ledger with who and when.
    pub async fn take_back_claim(&self, may: &MayDecide, now: Moment, claim: Id<Claim>) -> Result<(), StoreError> {
        use domain::permission::May as _;
        let mut write = self.write(may, now).await?;
        let old = write.get(claim).await?;
        if old.withdrawn_at.is_some() {
            return Err(Problem::Stale { by: String::new() }.into());
        }
        write.update(&old, &Claim { withdrawn_at: Some(now), withdrawn_by: may.proof().account(), ..old.clone() }).await?;
        write.commit("claim.take_back", &format!("claim/{claim}")).await?;
        Ok(())
    }
}
