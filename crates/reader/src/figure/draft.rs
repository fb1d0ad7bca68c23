//! From what was found out about a mention to the drafts: one, or two for ranges and for actual and target.

use domain::reading::{Comparator, Confidence, FigureDraft, FigureRole};

use super::line::{LineReader, Reading};
use super::mention::Amount;
use super::number::Number;
use super::role::is_actual_and_target;
use super::unit::UnitKind;

impl LineReader<'_, '_> {
    pub(super) fn drafts(&self, reading: &Reading) -> Vec<FigureDraft> {
        let mention = &reading.mention;
        let Some(span) = self.line.span(mention.from, mention.to) else { return Vec::new() };
        let unit = self.line.stretch(mention.unit.from, mention.unit.to).split_whitespace().collect::<Vec<_>>().join(" ");
        let draft = |number: Number, comparator: Comparator, role: FigureRole| FigureDraft {
            quote: self.line.stretch(mention.from, mention.to).to_owned(),
            value: number.value,
            of: None,
            unit: unit.clone(),
            comparator,
            measure: reading.measure.clone(),
            period: reading.period,
            role,
            span,
            confidence: self.confidence(reading, number),
        };
        match mention.amount {
            Amount::One(number) => vec![draft(number, mention.comparator, reading.role)],
            Amount::Range(low, high) => vec![draft(low, Comparator::Ge, reading.role), draft(high, Comparator::Le, reading.role)],
            Amount::Slash(first, second) if is_actual_and_target(self.line, mention) => {
                let role = if reading.role == FigureRole::OfPlan { FigureRole::Actual } else { reading.role };
                vec![draft(first, mention.comparator, role), draft(second, Comparator::Eq, FigureRole::Target)]
            }
            Amount::Slash(part, whole) => vec![FigureDraft { of: Some(whole.value), ..draft(part, mention.comparator, reading.role) }],
        }
    }

    pub(super) fn confidence(&self, reading: &Reading, number: Number) -> Confidence {
        if number.ambiguous || reading.mention.unit.kind == UnitKind::Guess || reading.measure.is_empty() {
            Confidence::Check
        } else if reading.hangs {
            Confidence::Fair
        } else {
            Confidence::Sure
        }
    }
}
