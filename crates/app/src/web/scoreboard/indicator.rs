//! An indicator's line on a board: what was achieved against which target, by how much it differs, and how many areas have
//! reported. Every target has its line; the first one counts in the group.

use domain::id::Id;
use domain::indicator::{Direction, Indicator};
use domain::resolution::Bands;
use domain::target::Target;
use domain::task::days_between;
use jiff::civil::Date;
use scoreboard::board::{IndicatorScore, TargetScore};
use scoreboard::exact::Exact;
use scoreboard::explanation::Coverage;
use scoreboard::ledger::Ledger;

use super::asked::Asked;
use super::computed::Computed;
use super::formula::bound;
use crate::lang::{ABSENT, Lang, StateWords, held};
use crate::web::Page;

/// An indicator with its lines.
pub struct IndicatorLine {
    /// Its code.
    pub code: String,
    /// As the resolution words it.
    pub name: String,
    /// The page that opens its number.
    pub href: String,
    /// Its weight in the group.
    pub weight: String,
    /// One a target.
    pub targets: Vec<TargetLine>,
    /// Areas that have reported, of all.
    pub coverage: String,
}

/// A target and how it is met.
pub struct TargetLine {
    /// Whether it counts in the group.
    pub counts: bool,
    /// The value that is held against it.
    pub value: String,
    /// The value or the range.
    pub target: String,
    /// Who assigned it.
    pub assigner: String,
    /// The difference in the unit of measure.
    pub gap: String,
    /// The achievement in percent.
    pub achievement: String,
    /// Its band.
    pub state: StateWords,
    /// How much of its span has passed; empty where the span is open.
    pub elapsed: String,
    /// That numbers of ended units are not in it; empty where none is missing.
    pub incomplete: String,
}

/// The line of an indicator of a board.
pub fn indicator_line(page: &Page, asked: &Asked, computed: &Computed, score: &IndicatorScore) -> Option<IndicatorLine> {
    let indicator = computed.ledger.indicator(score.indicator)?;
    let bands = computed.judged.bands();
    let line = |(place, target): (usize, &TargetScore)| target_line(page.lang, &computed.ledger, asked, &bands, indicator, target, place);
    Some(IndicatorLine {
        code: indicator.code.clone(),
        name: indicator.name.clone(),
        href: page.href(&asked.path(&format!("/indicators/{}", indicator.id))),
        weight: page.lang.integer(score.weight),
        targets: score.targets.iter().enumerate().filter_map(line).collect(),
        coverage: coverage_words(page.lang, computed.coverage.get(&score.indicator)),
    })
}

/// The line of a target; `place` 0 counts in the group.
pub fn target_line(
    lang: Lang,
    ledger: &Ledger,
    asked: &Asked,
    bands: &Bands,
    indicator: &Indicator,
    score: &TargetScore,
    place: usize,
) -> Option<TargetLine> {
    let target = ledger.target(score.target)?;
    let achievement = score.achievement.map(|achievement| achievement.basis_points);
    Some(TargetLine {
        counts: place == 0,
        value: score.value.as_ref().map_or_else(|| ABSENT.to_owned(), |value| lang.held_value(indicator, value)),
        target: target_words(lang, indicator, target),
        assigner: assigner(lang, target),
        gap: gap(indicator, target, score).map_or_else(|| ABSENT.to_owned(), |gap| signed_gap(lang, indicator, &gap)),
        achievement: lang.achievement(achievement),
        state: lang.band_state(bands, achievement.map(|points| bands.band_of(points))),
        elapsed: elapsed(target.valid_from, target.valid_to, asked.question.last_day()).map_or_else(String::new, |days| lang.elapsed(days)),
        incomplete: incomplete(lang, &score.missing),
    })
}

/// That the numbers of some ended units are not in a value; empty where none is missing.
fn incomplete<T>(lang: Lang, missing: &[Id<T>]) -> String {
    if missing.is_empty() { String::new() } else { lang.scoreboard_incomplete(lang.integer(missing.len())) }
}

/// Who assigned a target, as given.
pub fn assigner(lang: Lang, target: &Target) -> String {
    if target.assigned_by.is_empty() { lang.scoreboard_no_assigner().to_owned() } else { target.assigned_by.clone() }
}

/// A target's value or range: `50,0 %`, `5 – 6 %`.
pub fn target_words(lang: Lang, indicator: &Indicator, target: &Target) -> String {
    let Some(value) = target.value else { return lang.scoreboard_target_withdrawn().to_owned() };
    match target.value_to.filter(|to| *to != value) {
        Some(to) => lang.scoreboard_range(lang.measured(value, indicator), lang.measured(to, indicator)),
        None => lang.measured(value, indicator),
    }
}

/// How many areas have reported: `7/9`; a dash where none could.
fn coverage_words(lang: Lang, coverage: Option<&Coverage>) -> String {
    match coverage.filter(|coverage| coverage.areas > 0) {
        Some(coverage) => format!("{}/{}", lang.integer(coverage.reported), lang.integer(coverage.areas)),
        None => ABSENT.to_owned(),
    }
}

/// What was achieved less the bound that counts, in `10^-decimals`.
pub fn gap(indicator: &Indicator, target: &Target, score: &TargetScore) -> Option<Exact> {
    Some(&held(indicator, score.value.as_ref()?) - &Exact::from(bound(indicator, target)?))
}

/// A gap with its sign: `+9 điểm phần trăm`, `−264 lao động`.
pub fn signed_gap(lang: Lang, indicator: &Indicator, gap: &Exact) -> String {
    let words = lang.quotient(indicator, gap, &unit_of_gap(lang, indicator));
    if *gap > Exact::zero() { format!("+{words}") } else { words }
}

/// A gap in a word: `thiếu 264 lao động`, `vượt 1,8 điểm phần trăm`, of what should be low `cao hơn 6,5 điểm phần trăm`.
pub fn gap_words(lang: Lang, indicator: &Indicator, gap: &Exact) -> String {
    let zero = Exact::zero();
    let size = if *gap < zero { &zero - gap } else { gap.clone() };
    let size = lang.quotient(indicator, &size, &unit_of_gap(lang, indicator));
    match (indicator.direction, gap.cmp(&zero)) {
        (_, std::cmp::Ordering::Equal) => lang.scoreboard_gap_none().to_owned(),
        (Direction::Up, std::cmp::Ordering::Greater) => lang.scoreboard_gap_over(size),
        (Direction::Up, std::cmp::Ordering::Less) => lang.scoreboard_gap_short(size),
        (Direction::Down, std::cmp::Ordering::Greater) => lang.scoreboard_gap_higher(size),
        (Direction::Down, std::cmp::Ordering::Less) => lang.scoreboard_gap_lower(size),
    }
}

/// A difference of percentages is in percentage points: a percent of a percent misleads.
fn unit_of_gap(lang: Lang, indicator: &Indicator) -> String {
    match indicator.unit_of_measure.strip_prefix('%') {
        Some(rest) => format!("{}{rest}", lang.scoreboard_points()),
        None => indicator.unit_of_measure.clone(),
    }
}

/// Days of a span and how many of them have passed with a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Elapsed {
    /// Passed, the day itself included.
    pub passed: i64,
    /// All.
    pub all: i64,
}

/// How much of a span has passed; absent where it is open.
pub fn elapsed(from: Option<Date>, to: Option<Date>, day: Date) -> Option<Elapsed> {
    let (from, to) = from.zip(to).filter(|(from, to)| from <= to)?;
    let all = i64::from(days_between(from, to)) + 1;
    let passed = (i64::from(days_between(from, day)) + 1).clamp(0, all);
    Some(Elapsed { passed, all })
}

impl Lang {
    /// `đã qua 67,1 % (1.308/1.948 ngày)`
    pub fn elapsed(self, days: Elapsed) -> String {
        let part = |days: i64| u64::try_from(days).unwrap_or_default();
        let share = self.share(part(days.passed), part(days.all)).unwrap_or_default();
        self.scoreboard_elapsed(share, self.integer(days.passed), self.integer(days.all))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_span_passes_day_by_day() {
        let (from, to) = (Some(date(2020, 9, 1)), Some(date(2025, 12, 31)));
        assert_eq!(elapsed(from, to, date(2024, 3, 31)), Some(Elapsed { passed: 1308, all: 1948 }));
        assert_eq!(elapsed(from, to, date(2020, 8, 31)), Some(Elapsed { passed: 0, all: 1948 }));
        assert_eq!(elapsed(from, to, date(2030, 1, 1)), Some(Elapsed { passed: 1948, all: 1948 }));
        assert_eq!(elapsed(from, None, date(2030, 1, 1)), None);
    }
}
