//! Typed fields of a draft, read one by one.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::code::Coded;
use crate::fold::tidy;
use crate::moment::parse_day;
use crate::number::parse_number;
use crate::problem::Problem;
use crate::reading::{GroupCountDraft, Period};

/// Most characters of a field at the desk: twice the longest task seen in a notice (about 2,000).
pub const FIELD_CHARACTERS_MAX: usize = 4000;

/// `17/4/2024`
pub fn day_for_form(day: Date) -> String {
    format!("{}/{}/{}", day.day(), day.month(), day.year())
}

/// `10,5`, as people type it.
pub(super) fn number_for_form(number: crate::decimal::Decimal) -> String {
    number.to_string().replace('.', ",")
}

/// What was typed, read field by field; every problem is kept, so the form shows all of them at once.
pub(super) struct Form<'f> {
    pub(super) typed: &'f BTreeMap<String, String>,
    pub(super) problems: Vec<Problem>,
}

impl Form<'_> {
    fn raw(&mut self, field: &'static str) -> String {
        let value = self.typed.get(field).map(String::as_str).unwrap_or_default();
        if value.chars().count() > FIELD_CHARACTERS_MAX {
            self.problems.push(Problem::TooLong { field, characters_max: FIELD_CHARACTERS_MAX });
        }
        value.to_owned()
    }

    pub(super) fn line(&mut self, field: &'static str) -> String {
        tidy(&self.raw(field))
    }

    pub(super) fn optional(&mut self, field: &'static str) -> Option<String> {
        Some(self.line(field)).filter(|value| !value.is_empty())
    }

    pub(super) fn required(&mut self, field: &'static str) -> String {
        let value = self.line(field);
        if value.is_empty() {
            self.problems.push(Problem::Missing { field });
        }
        value
    }

    pub(super) fn lines(&mut self, field: &'static str) -> Vec<String> {
        self.raw(field).lines().map(tidy).filter(|line| !line.is_empty()).collect()
    }

    pub(super) fn day(&mut self, field: &'static str) -> Option<Date> {
        let value = self.line(field);
        if value.is_empty() {
            return None;
        }
        let day = parse_day(&value);
        if day.is_none() {
            self.problems.push(Problem::NoDay { field, value });
        }
        day
    }

    pub(super) fn number(&mut self, field: &'static str) -> Option<crate::decimal::Decimal> {
        let value = self.line(field);
        if value.is_empty() {
            return None;
        }
        let number = parse_number(&value);
        if number.is_none() {
            self.problems.push(Problem::NoNumber { field, value });
        }
        number
    }

    /// A value that must be there; `instead` only fills the gap until the problem is shown.
    pub(super) fn missing<T>(&mut self, field: &'static str, instead: T) -> T {
        if self.problems.iter().all(|problem| problem.field() != Some(field)) {
            self.problems.push(Problem::Missing { field });
        }
        instead
    }

    fn count(&mut self, field: &'static str) -> Option<u32> {
        let number = self.number(field)?;
        let count = u32::try_from(number.units()).ok().filter(|_| number.scale() == 0);
        if count.is_none() {
            self.problems.push(Problem::NotAllowed { field, value: number.to_string() });
        }
        count
    }

    pub(super) fn choice<T: Coded>(&mut self, field: &'static str, may_be_empty: bool) -> Option<T> {
        let value = self.line(field);
        let choice = T::from_code(&value);
        if choice.is_none() && !(may_be_empty && value.is_empty()) {
            self.problems.push(Problem::NotAllowed { field, value });
        }
        choice
    }

    pub(super) fn period(&mut self) -> Option<Period> {
        let (from, to) = (self.day("period_from"), self.day("period_to"));
        if let (Some(from), Some(to)) = (from, to)
            && to < from
        {
            self.problems.push(Problem::DayBefore { field: "period_to", value: to, earliest: from });
        }
        (from.is_some() || to.is_some()).then_some(Period { from, to })
    }

    pub(super) fn group_count(&mut self, draft: GroupCountDraft) -> GroupCountDraft {
        let met = self.count("met").unwrap_or_else(|| self.missing("met", draft.met));
        let of = self.count("of").unwrap_or_else(|| self.missing("of", draft.of));
        if met > of && self.problems.is_empty() {
            self.problems.push(Problem::NotAllowed { field: "met", value: met.to_string() });
        }
        GroupCountDraft { met, of, threshold_pct: self.count("threshold"), resolution: self.optional("resolution"), ..draft }
    }
}
