//! A group of targets on a board: its achievement with bar and band, and what it opens to: the rule with its numbers, then its
//! indicators.

use domain::resolution::{FULL, GroupRule};
use scoreboard::board::{GroupScore, IndicatorScore};

use super::asked::Asked;
use super::computed::Computed;
use super::formula;
use super::indicator::{Elapsed, IndicatorLine, gap, gap_words, indicator_line};
use crate::lang::{Lang, StateWords};
use crate::web::Page;

/// Where 100 % stands on a bar of 600 points; it ends at 120 %.
const FULL_AT: i64 = 500;
const BAR_END: i64 = 600;

/// The bar of an achievement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bar {
    /// How long it is; absent where there is no achievement, which is no bar of no length.
    pub width: Option<i64>,
    /// Where the time that has passed stands; absent where the span is open.
    pub now: Option<i64>,
}

impl Bar {
    /// The bar of an achievement in basis points.
    pub fn new(achievement: Option<i64>, elapsed: Option<Elapsed>) -> Self {
        let width = achievement.map(|points| (points * FULL_AT / FULL).min(BAR_END));
        Self { width, now: elapsed.map(|days| days.passed * FULL_AT / days.all) }
    }
}

/// The formula of a group.
pub struct GroupFormula {
    /// `(2 × 6750 + 1 × 7500) ÷ (2 + 1) = 7000`
    pub text: String,
    /// What it gives, in basis points.
    pub result: i64,
}

/// A group, ready for its part of the page.
pub struct GroupView {
    /// The id of its place on the page.
    pub anchor: String,
    /// Its place on the board.
    pub number: String,
    /// Its code.
    pub code: String,
    /// As the resolution words it.
    pub name: String,
    /// The achievement in percent.
    pub achievement: String,
    /// Its band.
    pub state: StateWords,
    /// Its bar.
    pub bar: Bar,
    /// The indicator that is furthest behind, with its gap; empty where none has an achievement.
    pub lowest: String,
    /// How many numbers were reported, of all that are due.
    pub coverage: String,
    /// The rule in words.
    pub rule: &'static str,
    /// The rule with its numbers; absent where no indicator has an achievement.
    pub formula: Option<GroupFormula>,
    /// That some indicators have no achievement and are left out; empty where all have one.
    pub left_out: String,
    /// What the group has on the other tree, where it is another achievement.
    pub beside: String,
    /// The indicators.
    pub indicators: Vec<IndicatorLine>,
}

/// The groups of a board in their order.
pub fn group_views(page: &Page, asked: &Asked, computed: &Computed, elapsed: Option<Elapsed>) -> Vec<GroupView> {
    let view = |(place, score): (usize, &GroupScore)| group_view(page, asked, computed, score, place + 1, elapsed);
    computed.groups.iter().enumerate().filter_map(view).collect()
}

fn group_view(
    page: &Page,
    asked: &Asked,
    computed: &Computed,
    score: &GroupScore,
    number: usize,
    elapsed: Option<Elapsed>,
) -> Option<GroupView> {
    let lang = page.lang;
    let group = computed.ledger.group(score.group)?;
    Some(GroupView {
        anchor: anchor(&group.code),
        number: lang.integer(number),
        code: group.code.clone(),
        name: group.name.clone(),
        achievement: lang.achievement(score.achievement),
        state: lang.band_state(&computed.judged.bands(), score.band),
        bar: Bar::new(score.achievement, elapsed),
        lowest: lowest(lang, computed, score).unwrap_or_default(),
        coverage: coverage(lang, computed, score),
        rule: rule_words(lang, score.rule).trim_end_matches('.'),
        formula: formula_of(score),
        left_out: left_out(lang, score),
        beside: beside(lang, computed, score),
        indicators: score.indicators.iter().filter_map(|one| indicator_line(page, asked, computed, one)).collect(),
    })
}

/// The id of a group's place: `nhom-MV01`.
pub fn anchor(code: &str) -> String {
    format!("nhom-{}", code.split_whitespace().collect::<Vec<_>>().join("-"))
}

/// A rule in words.
pub const fn rule_words(lang: Lang, rule: GroupRule) -> &'static str {
    match rule {
        GroupRule::Mean => lang.scoreboard_rule_mean(),
        GroupRule::All => lang.scoreboard_rule_all(),
        GroupRule::Any => lang.scoreboard_rule_any(),
    }
}

fn formula_of(score: &GroupScore) -> Option<GroupFormula> {
    let members: Vec<(i64, i64)> =
        score.indicators.iter().filter_map(|one| one.achievement().map(|achievement| (one.weight, achievement))).collect();
    let result = score.achievement?;
    Some(GroupFormula { text: formula::group(score.rule, &members, result)?, result })
}

fn left_out(lang: Lang, score: &GroupScore) -> String {
    let count = score.indicators.iter().filter(|one| one.achievement().is_none()).count();
    if count == 0 { String::new() } else { lang.scoreboard_left_out(lang.integer(count), lang.integer(score.indicators.len())) }
}

/// The indicator with the least achievement, and its gap.
fn lowest(lang: Lang, computed: &Computed, score: &GroupScore) -> Option<String> {
    let scored = score.indicators.iter().filter_map(|one| one.achievement().map(|achievement| (achievement, one)));
    let (_, least): (i64, &IndicatorScore) = scored.min_by_key(|(achievement, _)| *achievement)?;
    let indicator = computed.ledger.indicator(least.indicator)?;
    let met = least.targets.first()?;
    let gap = gap(indicator, computed.ledger.target(met.target)?, met)?;
    Some(format!("{}: {}", indicator.name, gap_words(lang, indicator, &gap)))
}

fn coverage(lang: Lang, computed: &Computed, score: &GroupScore) -> String {
    let all = score.indicators.iter().filter_map(|one| computed.coverage.get(&one.indicator));
    let (reported, areas) = all.fold((0, 0), |(reported, areas), one| (reported + one.reported, areas + one.areas));
    if areas == 0 { String::new() } else { format!("{}/{}", lang.integer(reported), lang.integer(areas)) }
}

/// What the group has on the other tree; empty where it is the same.
fn beside(lang: Lang, computed: &Computed, score: &GroupScore) -> String {
    let other = computed.beside.iter().find(|one| one.group == score.group);
    let achievement = other.and_then(|one| one.achievement);
    if achievement == score.achievement && other.is_some() {
        return String::new();
    }
    let words = other.map_or_else(|| lang.scoreboard_not_on_board().to_owned(), |_| lang.achievement(achievement));
    match computed.question.tree {
        scoreboard::question::Tree::AsReported => lang.scoreboard_restated_is(words),
        _ => lang.scoreboard_as_reported_is(words),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_ends_at_120_percent_and_absent_is_no_bar() {
        let half = Some(Elapsed { passed: 50, all: 100 });
        assert_eq!(Bar::new(Some(FULL), half), Bar { width: Some(FULL_AT), now: Some(250) });
        assert_eq!(Bar::new(Some(20_000), None), Bar { width: Some(BAR_END), now: None });
        assert_eq!(Bar::new(None, None).width, None);
    }

    #[test]
    fn a_place_on_the_page_has_no_spaces() {
        assert_eq!(anchor("MV 01"), "nhom-MV-01");
    }
}
