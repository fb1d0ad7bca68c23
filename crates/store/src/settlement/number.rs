//! Accepted figures that are numbers of the ledger too: each becomes a measurement with its claim and sentence.

use std::collections::HashMap;

use domain::claim::Claim;
use domain::draft::{Draft, DraftState};
use domain::id::Id;
use domain::measurable::{Figure, MeasuredAs};
use domain::problem::Problem;

use super::Scene;
use crate::StoreError;
use crate::ledger::Write;
use crate::measurement::{NewMeasurement, Seen};

/// What a figure is a measurement of, and what the ledger had there when the settlement was sent.
#[derive(Debug, Clone, Copy)]
pub(super) struct Number {
    measured: MeasuredAs,
    seen: Option<Seen>,
}

/// The numbers among the drafts that are kept.
pub(super) fn numbers_of(drafts: &[Draft], seen: &HashMap<Id<Draft>, Seen>) -> HashMap<Id<Draft>, Number> {
    let kept = drafts.iter().filter(|draft| draft.state != DraftState::Dropped);
    kept.filter_map(|draft| Some((draft.id, Number { measured: draft.measured?, seen: seen.get(&draft.id).copied() }))).collect()
}

impl Write {
    /// Writes a number. Whoever settles is an officer of the paper's unit, so the number is of that unit or one below it.
    pub(super) async fn settle_number(&mut self, scene: &Scene, claim: &Claim, number: Number) -> Result<(), StoreError> {
        let MeasuredAs { indicator, unit, period } = number.measured;
        let above = self.units_upward(Some(unit)).await?;
        if !above.iter().any(|unit| Some(unit.id) == scene.reading.unit) {
            return Err(Problem::NotAllowed {
                field: "measured_unit",
                value: above.first().map_or_else(String::new, |unit| unit.name.clone()),
            }
            .into());
        }
        let seen = number.seen.ok_or(Problem::Stale { by: String::new() })?;
        let of = self.get(indicator).await?;
        let unfit = |unfit| Problem::Unfit { field: "indicator", unfit };
        let figure = Figure::of_claim(claim).ok_or(Problem::NotFound)?;
        let (value, weight) = match figure.measured(&of) {
            Ok(number) => number,
            Err(all) => return Err(all.into_iter().next().map_or(Problem::NotFound, unfit).into()),
        };
        let paper = scene.reading.headline.clone().unwrap_or_default();
        let new = NewMeasurement {
            unit,
            indicator,
            period,
            known_on: scene.known_on,
            value: Some(value),
            weight,
            source: Some(paper.clone()),
            claim: Some(claim.id),
            passage: Some(claim.passage),
            reason: Some(format!("Theo văn bản «{paper}»")),
        };
        match self.add_measurement(new, seen).await {
            // Somebody entered this very number since it was accepted here: the claim stands beside it, nothing is to be written.
            Err(StoreError::Problem(Problem::Unchanged { .. })) | Ok(_) => Ok(()),
            Err(fault) => Err(fault),
        }
    }
}
