//! What a load found, in words: file, line, column, then the sentence.

use super::Lang;
use crate::load::fault::{Fault, Place, What};

const BYTES_PER_GIGABYTE: u64 = 1024 * 1024 * 1024;
/// A code, a name or a number is told whole; of a longer text its beginning suffices.
const SHOWN_MAX: usize = 120;
/// Marks that turn the direction of writing: what stands behind one would be read backwards.
const BIDI: std::ops::RangeInclusive<char> = '\u{202a}'..='\u{202e}';

impl Lang {
    /// `measurements.csv, dòng 12, cột value: «12,5» chưa phải là số; …`
    pub fn load_fault(self, fault: &Fault) -> String {
        let mut place = fault.file.to_owned();
        if let Some(line) = fault.line {
            place = format!("{place}, {}", self.load_line(line));
        }
        if let Some(column) = fault.column {
            place = format!("{place}, {}", self.load_column(column));
        }
        format!("{place}: {}", self.load_what(&fault.what, &shown(&fault.value)))
    }

    fn load_what(self, what: &What, value: &str) -> String {
        match what {
            What::NoFile => self.load_fault_no_file().to_owned(),
            What::CannotRead(fault) => self.load_fault_cannot_read(fault),
            What::TooLarge(bytes_max) => self.load_fault_too_large(bytes_max / BYTES_PER_GIGABYTE),
            What::TooManyRows(rows_max) => self.load_fault_too_many_rows(self.integer(*rows_max)),
            What::NoHeader => self.load_fault_no_header().to_owned(),
            What::UnknownColumn(columns) => self.load_fault_unknown_column(value, columns),
            What::ColumnTwice => self.load_fault_column_twice(value),
            What::MissingColumn => self.load_fault_missing_column(value),
            What::Utf16 => self.load_fault_utf16().to_owned(),
            What::OpenQuote => self.load_fault_open_quote().to_owned(),
            What::Endless => self.load_fault_endless().to_owned(),
            What::NotUtf8 => self.load_fault_not_utf8().to_owned(),
            What::FieldCount(found, expected) => self.load_fault_field_count(found, expected),
            What::TooLong(characters_max) => self.load_fault_too_long(self.integer(*characters_max)),
            What::Control => self.load_fault_control().to_owned(),
            What::Missing => self.load_fault_missing().to_owned(),
            What::NoDay => self.load_fault_no_day(value),
            What::NoNumber => self.load_fault_no_number(value),
            What::NoWholeNumber => self.load_fault_no_whole_number(value),
            What::Negative => self.load_fault_negative(value),
            What::NoPeriod => self.load_fault_no_period(value),
            What::NoChoice(choices) => self.load_fault_no_choice(value, choices),
            What::NoBands => self.load_fault_no_bands(value),
            What::TooManyDecimals(decimals) => self.load_fault_too_many_decimals(value, decimals),
            What::TooManyDigits(digits_max) => self.load_fault_too_many_digits(value, digits_max),
            What::DecimalsRange(most) => self.load_fault_decimals_range(value, most),
            What::WeightNeeded => self.load_fault_weight_needed(value),
            What::ShareRange => self.load_fault_share_range(value),
            _ => self.load_what_beside(what, value),
        }
    }

    /// What a value means beside other rows and the ledger.
    fn load_what_beside(self, what: &What, value: &str) -> String {
        match what {
            What::SharesAboveOne(sum) => self.load_fault_shares_above_one(value, sum),
            What::UnitNotThen(times) => self.load_fault_unit_not_then(value, times),
            What::UnknownIndicator => self.load_fault_unknown_indicator(value),
            What::UnknownGroup => self.load_fault_unknown_group(value),
            What::UnknownResolution => self.load_fault_unknown_resolution(value),
            What::KeyTwice(place) => self.load_fault_key_twice(value, self.load_place(*place)),
            What::KnownKey(column, standing) => self.load_fault_known_key(value, column, if standing.is_empty() { "–" } else { standing }),
            What::EndsBefore(from) => self.load_fault_ends_before(value, from),
            What::Overlap(place, times) => self.load_fault_overlap(value, self.load_place(*place), times),
            What::Gap(place, times) => self.load_fault_gap(value, self.load_place(*place), times),
            What::Cycle(chain) => self.load_fault_cycle(value, chain),
            What::BelowValue(lower) => self.load_fault_below_value(value, lower),
            What::OtherName(name) => self.load_fault_other_name(value, name),
            What::Future => self.load_fault_future(value),
            What::EnteredTwice(other) => self.load_fault_entered_twice(value, other),
            What::BeforeItsTime(unit) => self.load_fault_before_its_time(value, unit),
            // What remains is said by the first half.
            _ => self.load_fault_unknown_unit(value),
        }
    }

    fn load_place(self, place: Place) -> String {
        match place {
            Place::Ledger => self.load_place_ledger().to_owned(),
            Place::Line(line) => self.load_place_line(line),
        }
    }
}

/// A value on one line of a terminal: nothing that moves its cursor, and no more than is needed to find it.
fn shown(value: &str) -> String {
    let mut letters = value.chars().map(|letter| if letter.is_control() || BIDI.contains(&letter) { '\u{fffd}' } else { letter });
    let mut text: String = letters.by_ref().take(SHOWN_MAX).collect();
    if letters.next().is_some() {
        text.push('…');
    }
    text
}
