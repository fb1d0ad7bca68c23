//! Successions: which unit followed which, by a legal act. Codes recur, so each is looked up on its own day.

use domain::fold::tidy;
use domain::id::Id;
use domain::moment::Moment;
use domain::permission::MayKeepUnits;
use domain::problem::Problem;
use domain::unit::{Succession, Unit};
use jiff::civil::Date;

use crate::ledger::Write;
use crate::{Store, StoreError, values};

/// A succession to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSuccession {
    /// The code of the unit that ended.
    pub from_code: String,
    /// The code of the unit that followed.
    pub to_code: String,
    /// The first day of the new order.
    pub on_day: Date,
    /// The legal act.
    pub act: String,
    /// Millionths of the old unit that went over; absent where not known.
    pub share_millionths: Option<i64>,
}

impl Store {
    /// Adds successions in one write: the old unit as it was on the eve, the new one as it is on the day.
    pub async fn add_successions(&self, may: &MayKeepUnits, now: Moment, successions: &[NewSuccession]) -> Result<(), StoreError> {
        let mut write = self.write(may, now).await?;
        for new in successions {
            let eve = new.on_day.yesterday().map_err(|_| Problem::NotAllowed { field: "date", value: new.on_day.to_string() })?;
            let from_unit = write.unit_of_code_on(&new.from_code, eve).await?;
            let to_unit = write.unit_of_code_on(&new.to_code, new.on_day).await?;
            let (on_day, act, share_millionths) = (new.on_day, tidy(&new.act), new.share_millionths);
            let succession = Succession { id: write.new_id(), from_unit, to_unit, on_day, act, share_millionths };
            write.insert(&succession).await?;
        }
        write.commit("succession.add_several", "succession").await?;
        Ok(())
    }

    /// What a unit followed and what followed it, by day.
    pub async fn successions_of(&self, unit: Id<Unit>) -> Result<Vec<Succession>, StoreError> {
        self.find("WHERE from_unit = $1 OR to_unit = $1 ORDER BY on_day, id", &values![unit]).await
    }
}

impl Write {
    async fn unit_of_code_on(&mut self, code: &str, day: Date) -> Result<Id<Unit>, StoreError> {
        let units = self.find::<Unit>("WHERE code = $1 ORDER BY id", &values![code]).await?;
        let living = units.iter().find(|unit| unit.exists_on(Some(day)));
        living.map(|unit| unit.id).ok_or_else(|| Problem::NotAllowed { field: "code", value: code.to_owned() }.into())
    }
}
