//! Problems in words: what happened, then what to do. The values stand in the sentence; no blame.

use domain::code::Coded;
use domain::measurable::Unfit;
use domain::problem::Problem;
use paper::{FileFormat, PaperError};

use super::Lang;

/// A problem as a page or the command line says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// What happened.
    pub what: String,
    /// What to do now.
    pub advice: String,
}

impl Said {
    pub(super) fn new(what: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { what: what.into(), advice: advice.into() }
    }
}

const BYTES_PER_MEGABYTE: usize = 1024 * 1024;

impl Lang {
    /// The label of a form's field; a field without one is spoken of as "this value".
    pub fn field_label(self, field: &str) -> &'static str {
        self.word("field", field).unwrap_or(self.field_this_value())
    }

    /// The problem in words.
    pub fn problem(self, problem: &Problem) -> Said {
        match problem {
            Problem::Missing { field } => Said::new(self.problem_missing(self.field_label(field)), self.problem_missing_do()),
            Problem::TooLong { field, characters_max } => {
                Said::new(self.problem_too_long(self.field_label(field), self.integer(*characters_max)), self.problem_too_long_do())
            }
            Problem::NoDay { field, value } => Said::new(self.problem_no_day(self.field_label(field), value), self.problem_no_day_do()),
            Problem::NoMonth { field, value } => {
                Said::new(self.problem_no_month(self.field_label(field), value), self.problem_no_month_do())
            }
            Problem::DayBefore { field, value, earliest } => Said::new(
                self.problem_day_before(self.field_label(field), self.day(*value), self.day(*earliest)),
                self.problem_day_before_do(),
            ),
            Problem::NoNumber { field, value } => {
                Said::new(self.problem_no_number(self.field_label(field), value), self.problem_no_number_do())
            }
            Problem::NoPeriod { field, value } => {
                Said::new(self.problem_no_period(self.field_label(field), value), self.problem_no_period_do())
            }
            Problem::Unfit { unfit, .. } => Said::new(self.problem_unfit(self.unfit(unfit)), self.problem_unfit_do()),
            Problem::Unchanged { .. } => Said::new(self.problem_unchanged(), self.problem_unchanged_do()),
            Problem::TooManyDecimals { field, value, decimals } => Said::new(
                self.problem_too_many_decimals(self.field_label(field), value, self.integer(*decimals)),
                self.problem_too_many_decimals_do(),
            ),
            Problem::TooManyDigits { field, digits_max } => {
                Said::new(self.problem_too_many_digits(self.field_label(field), digits_max), self.problem_too_many_digits_do())
            }
            Problem::PeriodAhead { period } => Said::new(self.problem_period_ahead(self.period(*period)), self.problem_period_ahead_do()),
            Problem::NotInPeriod { unit, period } => {
                Said::new(self.problem_not_in_period(self.period(*period), unit), self.problem_not_in_period_do())
            }
            Problem::ClockBehind { known_on } => Said::new(self.problem_clock_behind(self.day(*known_on)), self.problem_clock_behind_do()),
            Problem::NothingToWithdraw => Said::new(self.problem_nothing_to_withdraw(), self.problem_nothing_to_withdraw_do()),
            Problem::NotAllowed { field, value } => {
                Said::new(self.problem_not_allowed(self.field_label(field), value), self.problem_not_allowed_do())
            }
            Problem::NotFound => Said::new(self.problem_not_found(), self.problem_not_found_do()),
            Problem::Forbidden { role, unit } => {
                let role = self.word("role", role).unwrap_or(role);
                let what = match unit {
                    Some(unit) => self.problem_forbidden_of(role, unit),
                    None => self.problem_forbidden(role),
                };
                Said::new(what, self.problem_forbidden_do())
            }
            Problem::Stale { by } if by.is_empty() => Said::new(self.problem_stale_somebody(), self.problem_stale_do()),
            Problem::Stale { by } => Said::new(self.problem_stale(by), self.problem_stale_do()),
            Problem::Taken { field, value } => Said::new(self.problem_taken(self.field_label(field), value), self.problem_taken_do()),
            Problem::WrongState { .. } => Said::new(self.problem_wrong_state(), self.problem_stale_do()),
            Problem::Undecided { count } => Said::new(self.problem_undecided(self.integer(*count)), self.problem_undecided_do()),
            Problem::WrongLogin => Said::new(self.problem_wrong_login(), self.problem_wrong_login_do()),
            Problem::ExpiredPassword => Said::new(self.problem_expired_password(), self.problem_expired_password_do()),
            Problem::WeakPassword { characters_min } => {
                Said::new(self.problem_weak_password(), self.problem_weak_password_do(characters_min))
            }
        }
    }

    /// Why a figure is no measurement of an indicator.
    pub fn unfit(self, unfit: &Unfit) -> String {
        match unfit {
            Unfit::Role(role) => self.measured_unfit_role(self.word("figure_role", role.code()).unwrap_or_default()),
            Unfit::Comparator(comparator) => self.measured_unfit_comparator(self.word("comparator", comparator.code()).unwrap_or_default()),
            Unfit::UnitOfMeasure { printed, expected } => self.measured_unfit_unit(printed, expected),
            Unfit::Decimals { decimals_max } => self.measured_unfit_decimals(self.integer(*decimals_max)),
            Unfit::NoWhole => self.measured_unfit_no_whole().to_owned(),
            Unfit::Whole(whole) => self.measured_unfit_whole(self.decimal(*whole)),
        }
    }

    /// Why a file was not read, in words.
    pub fn paper_error(self, error: &PaperError) -> Said {
        match *error {
            PaperError::Empty => Said::new(self.paper_empty(), self.paper_empty_do()),
            PaperError::TooLarge { bytes, bytes_max } => {
                Said::new(self.paper_too_large(megabytes(bytes), megabytes(bytes_max)), self.paper_too_large_do())
            }
            PaperError::TooMuchText { bytes, bytes_max } => {
                Said::new(self.paper_too_much_text(megabytes(bytes), megabytes(bytes_max)), self.paper_too_much_text_do())
            }
            PaperError::Unread(FileFormat::Image(name)) => Said::new(self.paper_image(name), self.paper_image_do()),
            PaperError::Unread(FileFormat::Document(name)) => Said::new(self.paper_known_format(name), self.paper_known_format_do()),
            PaperError::Binary { at } => Said::new(self.paper_binary(self.integer(at)), self.paper_known_format_do()),
            PaperError::NotUtf8 { at } => Said::new(self.paper_not_utf8(self.integer(at)), self.paper_not_utf8_do()),
            PaperError::NotUtf16 { at } => Said::new(self.paper_not_utf16(self.integer(at)), self.paper_not_utf8_do()),
            PaperError::Secret { stamp, line } => {
                Said::new(self.paper_secret(line, stamp.word()), format!("{} {}", self.paper_nothing_kept(), self.paper_secret_do()))
            }
        }
    }
}

/// Whole megabytes, rounded up: a file of 20.1 MB is above 20 MB in words as well.
pub(super) const fn megabytes(bytes: usize) -> usize {
    bytes.div_ceil(BYTES_PER_MEGABYTE)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_problem_names_field_value_and_way_out() {
        let problem = Problem::NoDay { field: "due", value: "31/2".to_owned() };
        let said = Lang::Vi.problem(&problem);
        assert_eq!(said.what, "Hạn: «31/2» chưa phải là một ngày.");
        assert_eq!(said.advice, "Viết ngày như 17/4/2024.");
        let problem = Problem::DayBefore { field: "due", value: date(2024, 4, 1), earliest: date(2024, 4, 17) };
        assert_eq!(Lang::En.problem(&problem).what, "Deadline: 1\u{a0}April\u{a0}2024 is before 17\u{a0}April\u{a0}2024.");
    }

    #[test]
    fn a_refused_file_says_what_it_is() {
        let said = Lang::Vi.paper_error(&PaperError::Unread(FileFormat::Document("PDF")));
        assert!(said.what.contains("PDF") && said.advice.contains("UTF-8"), "{said:?}");
        let said = Lang::En.paper_error(&PaperError::TooLarge { bytes: 21_000_000, bytes_max: 20 * BYTES_PER_MEGABYTE });
        assert_eq!(said.what, "The file is 21\u{a0}MB, above the limit of 20\u{a0}MB.");
    }

    #[test]
    fn every_problem_has_its_sentences_in_both_languages() {
        let value = || "x".to_owned();
        let period = "2024-Q1".parse().unwrap();
        let problems = [
            Problem::Missing { field: "due" },
            Problem::TooLong { field: "due", characters_max: 4000 },
            Problem::NoDay { field: "due", value: value() },
            Problem::NoMonth { field: "month", value: value() },
            Problem::NoNumber { field: "value", value: value() },
            Problem::TooManyDecimals { field: "value", value: value(), decimals: 1 },
            Problem::TooManyDigits { field: "value", digits_max: 18 },
            Problem::PeriodAhead { period },
            Problem::NotInPeriod { unit: value(), period },
            Problem::Unchanged { field: "value" },
            Problem::ClockBehind { known_on: date(2024, 5, 21) },
            Problem::NothingToWithdraw,
            Problem::NotAllowed { field: "kind", value: value() },
            Problem::NotFound,
            Problem::Forbidden { role: "officer", unit: None },
            Problem::Forbidden { role: "officer", unit: Some("huyện Mường Vân".to_owned()) },
            Problem::Stale { by: value() },
            Problem::Taken { field: "name", value: value() },
            Problem::WrongState { state: "done" },
            Problem::Undecided { count: 1 },
            Problem::WrongLogin,
            Problem::ExpiredPassword,
            Problem::WeakPassword { characters_min: 12 },
        ];
        for problem in problems {
            let (vi, en) = (Lang::Vi.problem(&problem), Lang::En.problem(&problem));
            assert!(!vi.what.is_empty() && !vi.advice.is_empty() && vi.what != en.what && vi.advice != en.advice, "{problem:?}");
        }
    }

    #[test]
    fn every_field_of_a_draft_has_a_label_and_every_kind_a_word() {
        let text = include_str!("../../../reader/cases/02-conclusion-notice.txt");
        let drafts = domain::draft::drafts_of(&reader::read(text, None));
        for draft in &drafts {
            assert!(Lang::En.word("draft_kind", domain::code::Coded::code(draft.kind())).is_some());
            for field in draft.fields() {
                assert!(Lang::Vi.word("field", field.name).is_some(), "{}", field.name);
            }
        }
        assert!(drafts.len() > 20);
    }
}
