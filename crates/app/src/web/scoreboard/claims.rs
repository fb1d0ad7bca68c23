//! What papers count of a resolution's groups, held against the board of the same month as it was known on the paper's day. The
//! computed counts stand first; a claim is never made into one.

use std::collections::HashSet;

use domain::claim::{Claim, ClaimKind, disjoint_bands};
use domain::document::Document;
use domain::fold::fold;
use domain::period::Period;
use domain::resolution::{FULL, Resolution};
use domain::unit::Unit;
use scoreboard::ledger::Ledger;
use scoreboard::question::{Question, Tree};

use super::asked::Asked;
use super::computed::{Judged, groups_of, newest_month};
use crate::lang::{Lang, StateWords};
use crate::web::claim::{CountGroup, count_groups};
use crate::web::source::Papers;
use crate::web::{App, Fault, Page};

/// Basis points of one percent.
const PERCENT: i64 = FULL / 100;

/// The counts of one paper beside the computed ones.
pub struct ClaimBeside {
    /// What the paper says.
    pub group: CountGroup,
    /// The counts, each with what is computed.
    pub lines: Vec<HeldCount>,
    /// The month and the day of knowledge that they are held against.
    pub held_against: String,
    /// The board of that month and day; empty where there is none.
    pub href: String,
}

/// A count of a paper and the computed one.
pub struct HeldCount {
    /// The paper's, in words.
    pub claimed: String,
    /// Its sentence.
    pub href: String,
    /// The computed one; empty where it cannot be told.
    pub computed: String,
    /// Whether they agree.
    pub verdict: StateWords,
}

/// Whether a count of a paper agrees with the board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// The same count of the same whole.
    Agrees {
        /// The count.
        met: usize,
    },
    /// Another one.
    Differs {
        /// The computed count.
        met: usize,
    },
    /// The paper gives no threshold to count by.
    NoThreshold,
}

/// Holds the counts of one paper against the achievements of a board's groups. Counts that add up to the whole are bands that do not overlap: each reaches up
/// to the next threshold. Else each counts everything from its threshold on.
pub fn hold(counts: &[&Claim], achievements: &[Option<i64>]) -> Vec<Held> {
    let pairs: Vec<(i64, i64)> = counts.iter().map(|claim| (claim.value, claim.whole.unwrap_or_default())).collect();
    let is_disjoint = disjoint_bands(&pairs);
    let held = |claim: &&Claim| {
        let Some(threshold) = claim.threshold_pct else { return Held::NoThreshold };
        let higher = counts.iter().filter_map(|other| other.threshold_pct).filter(|other| *other > threshold).min();
        let below = higher.filter(|_| is_disjoint).map_or(i64::MAX, |next| next.saturating_mul(PERCENT));
        let lies_in = |points: i64| points >= threshold.saturating_mul(PERCENT) && points < below;
        let met = achievements.iter().filter(|achievement| achievement.is_some_and(lies_in)).count();
        let agrees = is_count(claim.value, met) && claim.whole.is_some_and(|whole| is_count(whole, achievements.len()));
        if agrees { Held::Agrees { met } } else { Held::Differs { met } }
    };
    counts.iter().map(held).collect()
}

fn is_count(claimed: i64, counted: usize) -> bool {
    usize::try_from(claimed) == Ok(counted)
}

/// A board that claims are held against.
pub struct Holder<'a> {
    /// The program's state.
    pub app: &'a App,
    /// The page that shows them.
    pub page: &'a Page,
    /// What boards are computed from.
    pub ledger: &'a Ledger,
    /// Whose board.
    pub unit: &'a Unit,
    /// Every resolution of the unit.
    pub judged: &'a [Judged],
    /// The resolution of the board.
    pub of: &'a Judged,
}

impl Holder<'_> {
    /// Splits claims about the unit into counts of this resolution, paper by paper, and the rest.
    pub async fn split(&self, claims: Vec<Claim>) -> Result<(Vec<Vec<Claim>>, Vec<Claim>), Fault> {
        let (mut matched, mut rest): (Vec<Vec<Claim>>, Vec<Claim>) = (Vec::new(), Vec::new());
        for claim in claims {
            if !self.is_of(&claim).await? {
                rest.push(claim);
                continue;
            }
            let beside = |one: &Claim| one.document == claim.document && one.resolution == claim.resolution;
            match matched.iter_mut().find(|group| group.iter().any(beside)) {
                Some(group) => group.push(claim),
                None => matched.push(vec![claim]),
            }
        }
        Ok((matched, rest))
    }

    /// Whether a claim counts groups of this resolution: by its paper, else by its name or symbol where only one of the unit's
    /// resolutions has it, else by the number of its groups.
    async fn is_of(&self, claim: &Claim) -> Result<bool, Fault> {
        if claim.kind != ClaimKind::Count {
            return Ok(false);
        }
        if let Some(named) = claim.resolution {
            let named: Document = self.app.store().get(named).await?;
            let resolutions: Vec<&Resolution> = self.judged.iter().filter_map(|one| one.resolution.as_ref()).collect();
            let alike: Vec<&&Resolution> = resolutions.iter().filter(|resolution| is_called(resolution, &named)).collect();
            let linked = resolutions.iter().find(|resolution| resolution.document == Some(named.id));
            let found = linked.or(if let [only] = alike[..] { Some(only) } else { None });
            if let Some(found) = found {
                return Ok(self.of.resolution.as_ref().is_some_and(|resolution| resolution.id == found.id));
            }
        }
        let fits = |one: &&Judged| claim.whole.is_some_and(|whole| is_count(whole, self.group_count(one)));
        let fitting: Vec<&Judged> = self.judged.iter().filter(fits).collect();
        Ok(matches!(fitting[..], [only] if only.code == self.of.code))
    }

    /// How many groups of a resolution the unit has targets for.
    fn group_count(&self, of: &Judged) -> usize {
        let targets = self.ledger.nouns().targets.iter().filter(|target| target.unit == self.unit.id);
        let groups = targets.filter_map(|target| self.ledger.group(self.ledger.indicator(target.indicator)?.group?));
        let of_resolution = groups.filter(|group| group.resolution_code == of.code);
        of_resolution.map(|group| group.id).collect::<HashSet<_>>().len()
    }

    /// The counts of one paper beside the board of its month and day.
    pub async fn beside(&self, papers: &mut Papers<'_>, asked: &Asked, claims: &[Claim]) -> Result<Option<ClaimBeside>, Fault> {
        let lang = self.page.lang;
        let groups = count_groups(self.app, self.page, papers, claims).await?;
        let (Some(group), Some(first)) = (groups.into_iter().next(), claims.first()) else { return Ok(None) };
        let paper: Document = self.app.store().get(first.document).await?;
        let question = self.question_of(first, &paper);
        let scores = question.map(|question| groups_of(self.ledger, self.unit.id, &question, &self.of.code)).unwrap_or_default();
        let achievements: Vec<Option<i64>> = scores.iter().map(|score| score.achievement).collect();
        let held = if scores.is_empty() { Vec::new() } else { hold(&claims.iter().collect::<Vec<_>>(), &achievements) };
        let line = |(place, claim): (usize, &Claim)| {
            let (computed, verdict) = verdict(lang, held.get(place).copied(), scores.len());
            let href = group.lines.get(place).map_or_else(String::new, |line| line.href.clone());
            HeldCount { claimed: lang.claim_count(claim), href, computed, verdict }
        };
        let there = question.map(|question| {
            let asked = asked.with_resolution(&self.of.code).with_month(question.month).with_known_on(question.known_on);
            self.page.href(&asked.with_tree(question.tree).path(""))
        });
        Ok(Some(ClaimBeside {
            lines: claims.iter().enumerate().map(line).collect(),
            held_against: held_against(lang, question, spoken_of(first).is_some()),
            href: there.unwrap_or_default(),
            group,
        }))
    }

    /// The board that a paper could have known: of the month it speaks of, else of the newest with numbers, as known on its day.
    fn question_of(&self, claim: &Claim, paper: &Document) -> Option<Question> {
        let known_on = paper.issued_on?;
        let newest = || newest_month(self.ledger, self.unit, Some(&self.of.code), known_on, known_on);
        let month = spoken_of(claim).or_else(newest)?;
        Some(Question { month, known_on, horizon: None, tree: Tree::OfMonth })
    }
}

/// The month that a count speaks of: the last of its time.
fn spoken_of(claim: &Claim) -> Option<Period> {
    claim.period_to.filter(|_| claim.period_known).and_then(Period::month_of)
}

fn held_against(lang: Lang, question: Option<Question>, is_spoken_of: bool) -> String {
    let Some(question) = question else { return lang.scoreboard_held_never().to_owned() };
    let (month, day) = (lang.period(question.month), lang.day(question.known_on));
    if is_spoken_of { lang.scoreboard_held_month(month, day) } else { lang.scoreboard_held_newest(month, day) }
}

fn is_called(resolution: &Resolution, document: &Document) -> bool {
    let same = |one: Option<&String>, other: &str| one.is_some_and(|one| !one.is_empty() && fold(one) == fold(other));
    same(document.title.as_ref(), &resolution.name)
        || resolution.symbol.as_ref().is_some_and(|symbol| same(document.symbol.as_ref(), symbol))
}

/// The computed count in words, and whether it agrees.
pub fn verdict(lang: Lang, held: Option<Held>, all: usize) -> (String, StateWords) {
    let counted = |met: usize| lang.scoreboard_computed_count(lang.integer(met), lang.integer(all));
    let state = |class, shape, word: &str| StateWords { class, shape, word: word.to_owned(), note: String::new() };
    match held {
        Some(Held::Agrees { met }) => (counted(met), state("done", "done", lang.scoreboard_agrees())),
        Some(Held::Differs { met }) => (counted(met), state("over", "over", lang.scoreboard_differs())),
        Some(Held::NoThreshold) => (String::new(), state("wait", "judge", lang.scoreboard_no_threshold())),
        None => (String::new(), state("wait", "judge", lang.scoreboard_nothing_to_hold())),
    }
}
