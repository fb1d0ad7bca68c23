//! The board of one unit under one resolution, computed for its page: on the tree asked for, on the other one to hold beside
//! it, and how many areas have reported each indicator. Nothing is worded here.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use domain::group::Group;
use domain::id::Id;
use domain::indicator::Indicator;
use domain::period::Period;
use domain::resolution::{Bands, GroupRule, Resolution};
use domain::unit::Unit;
use jiff::civil::Date;
use scoreboard::board::GroupScore;
use scoreboard::explanation::Coverage;
use scoreboard::ledger::Ledger;
use scoreboard::question::{Question, Tree};

/// A resolution that a unit has targets under. One that the ledger knows by its code only has the default rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// Its code as the groups give it.
    pub code: String,
    /// The resolution, where the ledger knows it.
    pub resolution: Option<Resolution>,
}

impl Judged {
    /// Its name, else its code.
    pub fn name(&self) -> &str {
        self.resolution.as_ref().map_or(&self.code, |resolution| &resolution.name)
    }

    /// How its groups are judged.
    pub fn rule(&self) -> GroupRule {
        self.resolution.as_ref().map_or(GroupRule::Mean, |resolution| resolution.group_rule)
    }

    /// The bands that its groups are counted in.
    pub fn bands(&self) -> Bands {
        self.resolution.as_ref().map_or_else(Bands::default, |resolution| resolution.bands.clone())
    }

    /// The days of its term, where they are known.
    pub fn term(&self) -> Option<(Date, Date)> {
        self.resolution.as_ref().and_then(|resolution| resolution.valid_from.zip(resolution.valid_to))
    }
}

/// The resolutions that a unit has targets under, in the order of their groups.
pub fn judged_of(ledger: &Ledger, unit: Id<Unit>) -> Vec<Judged> {
    let mut found: BTreeMap<Id<Group>, &Group> = BTreeMap::new();
    for indicator in targeted(ledger, unit) {
        if let Some(group) = indicator.group.and_then(|group| ledger.group(group)) {
            found.insert(group.id, group);
        }
    }
    let mut judged: Vec<Judged> = Vec::new();
    for group in found.values() {
        if judged.iter().all(|known| known.code != group.resolution_code) {
            let resolution = group.resolution.and_then(|id| ledger.resolution(id)).cloned();
            judged.push(Judged { code: group.resolution_code.clone(), resolution });
        }
    }
    judged
}

/// The indicators that a unit has a target for, of any time.
fn targeted(ledger: &Ledger, unit: Id<Unit>) -> Vec<&Indicator> {
    let ids: HashSet<Id<Indicator>> =
        ledger.nouns().targets.iter().filter(|target| target.unit == unit).map(|target| target.indicator).collect();
    ids.into_iter().filter_map(|id| ledger.indicator(id)).collect()
}

/// The newest month with a number of the unit or of an area below it, for an indicator that the unit has a target for under the
/// resolution (any, where none is given): not after `until`, and known on `known_on`. A unit that has ended has no later month
/// than its last.
pub fn newest_month(ledger: &Ledger, unit: &Unit, resolution: Option<&str>, known_on: Date, until: Date) -> Option<Period> {
    let until = unit.valid_to.map_or(until, |last| last.min(until));
    let judged = |indicator: &&Indicator| {
        let group = indicator.group.and_then(|group| ledger.group(group));
        group.is_some_and(|group| resolution.is_none_or(|code| group.resolution_code == code))
    };
    let indicators: Vec<Id<Indicator>> = targeted(ledger, unit.id).iter().filter(|one| judged(one)).map(|one| one.id).collect();
    let latest = last_month_end(until);
    let mut newest: Option<Date> = None;
    for member in with_predecessors(ledger, ledger.members(unit.id, until)) {
        for indicator in &indicators {
            let arrivals = ledger.arrivals(member, *indicator);
            let known = arrivals.iter().filter(|arrival| arrival.known_on <= known_on && arrival.value.is_some());
            newest = newest.max(known.map(|arrival| arrival.period.last_day()).filter(|day| *day <= until).max());
            // Nothing can be newer: of a country one commune is then enough.
            if newest.is_some() && newest == latest {
                return newest.and_then(Period::month_of);
            }
        }
    }
    newest.and_then(Period::month_of)
}

/// The last day of the last month that has ended with a day.
fn last_month_end(day: Date) -> Option<Date> {
    if day == day.last_of_month() { Some(day) } else { day.first_of_month().yesterday().ok() }
}

/// The units, and those whose numbers may be carried to them.
fn with_predecessors(ledger: &Ledger, units: Vec<Id<Unit>>) -> Vec<Id<Unit>> {
    let mut before: HashMap<Id<Unit>, Vec<Id<Unit>>> = HashMap::new();
    for one in &ledger.nouns().successions {
        before.entry(one.to_unit).or_default().push(one.from_unit);
    }
    let mut known: HashSet<Id<Unit>> = units.iter().copied().collect();
    let mut all = units;
    let mut at = 0;
    while let Some(unit) = all.get(at) {
        let new: Vec<Id<Unit>> = before.get(unit).into_iter().flatten().copied().filter(|old| known.insert(*old)).collect();
        all.extend(new);
        at += 1;
    }
    all
}

/// A board, ready to be worded.
#[derive(Debug, Clone)]
pub struct Computed {
    /// The ledger that it was computed from.
    pub ledger: Arc<Ledger>,
    /// Whose board.
    pub unit: Unit,
    /// What was asked.
    pub question: Question,
    /// Under which resolution.
    pub judged: Judged,
    /// The groups on the tree asked for.
    pub groups: Vec<GroupScore>,
    /// The groups on the other tree: as reported beside restated, and the other way round.
    pub beside: Vec<GroupScore>,
    /// How many areas have reported an indicator over the span of the target that counts.
    pub coverage: HashMap<Id<Indicator>, Coverage>,
}

impl Computed {
    /// Computes it. For a country this takes a core for a while: call it off the request's thread.
    pub fn new(ledger: Arc<Ledger>, unit: Unit, question: Question, judged: Judged) -> Self {
        let groups = groups_of(&ledger, unit.id, &question, &judged.code);
        let beside = groups_of(&ledger, unit.id, &beside(&question), &judged.code);
        let coverage = groups.iter().flat_map(|group| &group.indicators).filter_map(|score| {
            let span_from = score.targets.first()?.span_from;
            Some((score.indicator, ledger.explain(unit.id, score.indicator, span_from, &question).coverage))
        });
        let coverage = coverage.collect();
        Self { unit, question, judged, groups, beside, coverage, ledger }
    }

    /// How many groups lie in each band, the highest first; absent is the last.
    pub fn counts(&self) -> Vec<(Option<i64>, usize)> {
        counts(&self.judged.bands(), &self.groups)
    }
}

/// The question on the tree that is held beside: as reported for a restated one, the month's own for the rest.
pub fn beside(question: &Question) -> Question {
    let tree = if question.tree == Tree::AsReported { Tree::OfMonth } else { Tree::AsReported };
    Question { tree, ..*question }
}

/// The groups of a unit's board that belong to a resolution.
pub fn groups_of(ledger: &Ledger, unit: Id<Unit>, question: &Question, resolution: &str) -> Vec<GroupScore> {
    let of_resolution = |score: &GroupScore| ledger.group(score.group).is_some_and(|group| group.resolution_code == resolution);
    ledger.board(unit, question).groups.into_iter().filter(of_resolution).collect()
}

/// How many groups lie in each band, the highest first, each group in one band only; those without an achievement last.
pub fn counts(bands: &Bands, groups: &[GroupScore]) -> Vec<(Option<i64>, usize)> {
    let mut lower: Vec<i64> = bands.thresholds().to_vec();
    lower.dedup();
    if lower.last().is_none_or(|lowest| *lowest > 0) {
        lower.push(0);
    }
    let count = |band: Option<i64>| groups.iter().filter(|group| group.band == band).count();
    lower.into_iter().map(Some).chain([None]).map(|band| (band, count(band))).collect()
}
