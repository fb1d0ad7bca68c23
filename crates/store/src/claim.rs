//! Claims: what papers say of a unit, and taking one back.

use domain::claim::Claim;
use domain::document::Document;
use domain::id::Id;
use domain::moment::Moment;
use domain::permission::MayDecide;
use domain::problem::Problem;
use domain::unit::Unit;

use crate::task::Audience;
use crate::{Store, StoreError, values};

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
