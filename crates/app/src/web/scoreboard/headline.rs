//! The headline of a board: how many groups lie in each declared band, each counted once; how much of the term has passed; and
//! the groups at a glance.

use domain::resolution::Bands;
use scoreboard::board::GroupScore;
use scoreboard::question::Tree;

use super::asked::Asked;
use super::computed::{Computed, counts};
use super::group::{GroupView, rule_words};
use super::indicator::{Elapsed, elapsed};
use super::stone::Stone;
use crate::lang::{ABSENT, Lang, StateWords};
use crate::web::Page;

/// Counts printed large: more than three nobody takes in at a glance.
const LARGE_MAX: usize = 3;
/// How long the bar of all groups is drawn.
const BAR_WIDTH: usize = 1100;

/// A count printed large.
pub struct BigFigure {
    /// How many groups.
    pub count: String,
    /// Of how many.
    pub of: String,
    /// Their band.
    pub state: StateWords,
}

/// A stretch of the bar of all groups.
pub struct BandRect {
    /// Where it begins.
    pub x: usize,
    /// How long it is.
    pub width: usize,
    /// The class of its band.
    pub class: &'static str,
    /// Its top and height: bands of one colour differ in height as well.
    pub y: usize,
    /// Its height.
    pub height: usize,
}

/// The other tree's counts.
pub struct OtherTree {
    /// What the other tree is called.
    pub label: String,
    /// Its counts.
    pub words: String,
    /// The board on that tree.
    pub href: String,
    /// Whether groups have another achievement there, in words.
    pub differs: String,
}

/// The headline, ready for the page.
pub struct Headline {
    /// The highest bands.
    pub figures: Vec<BigFigure>,
    /// All counts in one sentence.
    pub words: String,
    /// The bar of all groups.
    pub rects: Vec<BandRect>,
    /// Every band with its count.
    pub legend: Vec<StateWords>,
    /// `13 + 9 + 0 + 0 = 22`
    pub sum: String,
    /// How much of the term has passed; empty where it is open.
    pub elapsed: String,
    /// How many numbers of the month are there.
    pub reported: String,
    /// The rule of the resolution.
    pub rule: String,
    /// The groups at a glance.
    pub stones: Vec<Stone>,
    /// The other tree.
    pub other: OtherTree,
}

/// How much of the resolution's term has passed with the month.
pub fn term_elapsed(computed: &Computed) -> Option<Elapsed> {
    let (from, to) = computed.judged.term()?;
    elapsed(Some(from), Some(to), computed.question.last_day())
}

/// The headline of a board that has groups.
pub fn headline(page: &Page, asked: &Asked, computed: &Computed, groups: &[GroupView]) -> Headline {
    let lang = page.lang;
    let bands = computed.judged.bands();
    let counts = computed.counts();
    let all = computed.groups.len();
    Headline {
        figures: counts
            .iter()
            .filter(|(band, _)| band.is_some_and(|low| low > 0))
            .take(LARGE_MAX)
            .map(|(band, count)| BigFigure { count: lang.integer(*count), of: lang.integer(all), state: lang.band_state(&bands, *band) })
            .collect(),
        words: counted(lang, &bands, &counts, all),
        rects: rects(lang, &bands, &counts, all),
        legend: counts.iter().map(|(band, count)| legend(lang, &bands, *band, *count)).collect(),
        sum: sum(lang, &counts, all),
        elapsed: term_elapsed(computed).map_or_else(String::new, |days| lang.scoreboard_term_elapsed(lang.elapsed(days))),
        reported: reported(lang, computed),
        rule: rule(lang, computed),
        stones: computed.groups.iter().zip(groups).map(|(score, view)| stone(score, view)).collect(),
        other: other_tree(page, asked, computed),
    }
}

/// All counts in one sentence: `13/22 nhóm từ 100 % trở lên; 9/22 nhóm từ 70 % đến dưới 100 %`. Bands without a group are left
/// out but the highest.
pub fn counted(lang: Lang, bands: &Bands, counts: &[(Option<i64>, usize)], all: usize) -> String {
    let words = lang.bands(bands);
    let of = |band: Option<i64>| words.iter().find(|(low, _)| *low == band).map_or("", |(_, words)| words.as_str());
    let shown = counts.iter().enumerate().filter(|(place, (_, count))| *place == 0 || *count > 0);
    let parts: Vec<String> = shown.map(|(_, (band, count))| lang.band_count(lang.integer(*count), lang.integer(all), of(*band))).collect();
    parts.join("; ")
}

fn legend(lang: Lang, bands: &Bands, band: Option<i64>, count: usize) -> StateWords {
    let state = lang.band_state(bands, band);
    let words = lang.bands(bands).into_iter().find(|(low, _)| *low == band).map_or_else(String::new, |(_, words)| words);
    StateWords { word: lang.scoreboard_groups_in_band(lang.integer(count), words), ..state }
}

fn rects(lang: Lang, bands: &Bands, counts: &[(Option<i64>, usize)], all: usize) -> Vec<BandRect> {
    let mut x = 0;
    let mut rects = Vec::new();
    for (place, (band, count)) in counts.iter().enumerate().filter(|(_, (_, count))| *count > 0) {
        let width = BAR_WIDTH * count / all.max(1);
        let y = (place * 8).min(16);
        rects.push(BandRect { x, width: width.saturating_sub(3), class: lang.band_state(bands, *band).class, y, height: 28 - y });
        x += width;
    }
    rects
}

fn sum(lang: Lang, counts: &[(Option<i64>, usize)], all: usize) -> String {
    let parts: Vec<String> = counts.iter().map(|(_, count)| lang.integer(*count)).collect();
    format!("{}\u{a0}=\u{a0}{}", parts.join("\u{a0}+\u{a0}"), lang.integer(all))
}

fn reported(lang: Lang, computed: &Computed) -> String {
    let shown = computed.groups.iter().flat_map(|group| &group.indicators).filter_map(|one| computed.coverage.get(&one.indicator));
    let (reported, areas) = shown.fold((0, 0), |(reported, areas), one| (reported + one.reported, areas + one.areas));
    if areas == 0 { ABSENT.to_owned() } else { lang.scoreboard_reported_of(lang.integer(reported), lang.integer(areas)) }
}

/// The rule that groups are judged by, the bands, and how "lower is better" is measured.
fn rule(lang: Lang, computed: &Computed) -> String {
    let thresholds: Vec<String> = computed.judged.bands().thresholds().iter().map(|low| lang.basis_points(*low)).collect();
    let baseline = match &computed.judged.resolution {
        Some(resolution) if resolution.from_baseline => lang.scoreboard_rule_baseline(),
        _ => lang.scoreboard_rule_no_baseline(),
    };
    format!("{} {} {baseline}", rule_words(lang, computed.judged.rule()), lang.scoreboard_rule_bands(thresholds.join("; ")))
}

fn stone(score: &GroupScore, view: &GroupView) -> Stone {
    let words = format!("{}. {}: {}, {}", view.number, view.name, view.achievement, view.state.word);
    Stone::new(format!("#{}", view.anchor), view.number.clone(), words, view.state.class, score.achievement)
}

fn other_tree(page: &Page, asked: &Asked, computed: &Computed) -> OtherTree {
    let lang = page.lang;
    let (tree, label) = match computed.question.tree {
        Tree::AsReported => (Tree::OfMonth, lang.scoreboard_beside_restated()),
        _ => (Tree::AsReported, lang.scoreboard_beside_reported()),
    };
    let bands = computed.judged.bands();
    let changed = computed.groups.iter().filter(|score| !computed.beside.iter().any(|one| is_same(one, score))).count();
    let differs = match changed {
        0 if computed.beside.len() == computed.groups.len() => lang.scoreboard_beside_same().to_owned(),
        _ => lang.scoreboard_beside_differs(lang.integer(changed.max(computed.beside.len().abs_diff(computed.groups.len())))),
    };
    let words = match computed.beside.len() {
        0 => lang.scoreboard_not_on_board().to_owned(),
        all => counted(lang, &bands, &counts(&bands, &computed.beside), all),
    };
    OtherTree { label: label.to_owned(), words, href: page.href(&asked.with_tree(tree).path("")), differs }
}

fn is_same(one: &GroupScore, other: &GroupScore) -> bool {
    one.group == other.group && one.achievement == other.achievement
}
