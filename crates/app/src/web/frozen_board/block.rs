//! A frozen board in words: its counts by band, its stones, its groups, and what the paper claims beside it. Everything is read
//! from the kept result; nothing here is computed from numbers.

use domain::claim::Claim;
use domain::frozen_board::{FrozenBoard, FrozenScore};
use domain::group::Group;
use domain::id::Id;
use domain::resolution::{Bands, Resolution};
use scoreboard::ledger::Ledger;

use crate::frozen_board::{Choice, band_counts, kept_bands};
use crate::lang::{Lang, StateWords};
use crate::web::page::capitalised;
use crate::web::scoreboard::asked::Asked;
use crate::web::scoreboard::claims::{Holder, hold, verdict};
use crate::web::scoreboard::computed::{Judged, judged_of};
use crate::web::scoreboard::group::anchor;
use crate::web::scoreboard::stone::Stone;
use crate::web::source::Papers;
use crate::web::support::form::Fields;
use crate::web::{App, Fault, Page};

/// How many groups lie in a band.
pub struct BandFigure {
    /// How many.
    pub met: String,
    /// Of how many.
    pub of: String,
    /// The band.
    pub band: StateWords,
    /// The count in one sentence.
    pub words: String,
}

/// A group of the board.
pub struct GroupRow {
    /// Its place on the board.
    pub number: String,
    /// Its code, else nothing where the ledger no longer knows it.
    pub name: String,
    /// Its place on the scoreboard as known then.
    pub href: String,
    /// The achievement, or a dash.
    pub achievement: String,
    /// The band.
    pub band: StateWords,
}

/// A board as pages show it.
pub struct BoardBlock {
    /// The resolution.
    pub resolution: String,
    /// The month and the day as known on.
    pub known: String,
    /// The counts by band, the highest first.
    pub figures: Vec<BandFigure>,
    /// That the bands do not overlap; empty for a single one.
    pub disjoint: String,
    /// The groups at a glance.
    pub stones: Vec<Stone>,
    /// The groups.
    pub rows: Vec<GroupRow>,
    /// The page of the board.
    pub href: String,
    /// The full scoreboard as known then.
    pub scoreboard_href: String,
}

/// What a paper claims of the same groups, and whether the result agrees.
pub struct ClaimedCount {
    /// The claim.
    pub claim: Id<Claim>,
    /// The paper.
    pub paper: String,
    /// Its day.
    pub day: String,
    /// The count in one sentence.
    pub words: String,
    /// The time that the paper speaks of.
    pub time: String,
    /// The page of the paper's sentence.
    pub href: String,
    /// What the board counts; empty where the paper gives nothing to count by.
    pub computed: String,
    /// Whether they agree.
    pub state: StateWords,
}

/// Where the words of a board come from.
pub struct Names<'a> {
    ledger: &'a Ledger,
    resolution: &'a Resolution,
}

impl<'a> Names<'a> {
    /// Of the resolution of a board.
    pub fn of(ledger: &'a Ledger, board: &FrozenBoard) -> Result<Self, Fault> {
        let resolution = ledger.resolution(board.resolution);
        Ok(Self { ledger, resolution: resolution.ok_or_else(|| Fault::internal("a frozen board's resolution is gone"))? })
    }

    /// The bands that its groups are counted in.
    pub const fn bands(&self) -> &Bands {
        &self.resolution.bands
    }

    /// A group of a code.
    pub fn group(&self, code: &str) -> Option<&'a Group> {
        self.ledger.nouns().groups.iter().find(|group| group.code == code)
    }

    /// What a group is called; one that the ledger no longer knows is called by its code.
    pub fn group_name(&self, code: &str) -> String {
        self.group(code).map_or_else(|| code.to_owned(), |group| group.name.clone())
    }

    /// The address of the full scoreboard of a choice.
    pub fn scoreboard_href(&self, page: &Page, choice: &Choice) -> String {
        page.href(&scoreboard_path(choice, &self.resolution.code))
    }
}

/// The full scoreboard of a choice, as it was known on its day.
pub fn scoreboard_path(choice: &Choice, resolution: &str) -> String {
    let asked = Asked::of(choice.unit, &Fields::default(), choice.known_on, |_| Some(choice.month));
    asked.with_resolution(resolution).with_known_on(choice.known_on).path("")
}

/// The board in words.
pub fn block(page: &Page, names: &Names<'_>, board: &FrozenBoard) -> BoardBlock {
    let (lang, choice) = (page.lang, Choice::of(board));
    let scores = board.scores().unwrap_or_default();
    let bands = kept_bands(names.bands(), &scores);
    let scoreboard_href = names.scoreboard_href(page, &choice);
    let rows: Vec<GroupRow> =
        (1..).zip(&scores).map(|(number, score)| group_row(lang, (names, &bands), &scoreboard_href, number, score)).collect();
    let stones = rows.iter().zip(&scores).map(|(row, score)| {
        let words = format!("{}, {}: {}", lang.frozen_board_group_number(&row.number), row.name, row.achievement);
        Stone::new(row.href.clone(), row.number.clone(), words, row.band.class, score.achievement)
    });
    BoardBlock {
        resolution: names.resolution.name.clone(),
        known: lang.frozen_board_known(capitalised(&lang.period(board.month)), lang.day(board.known_on)),
        figures: band_figures(lang, &bands, &scores),
        disjoint: disjoint_words(lang, &bands, &scores),
        stones: stones.collect(),
        rows,
        href: page.href(&format!("/boards/{}", board.id)),
        scoreboard_href,
    }
}

fn group_row(lang: Lang, (names, bands): (&Names<'_>, &Bands), scoreboard_href: &str, number: i64, score: &FrozenScore) -> GroupRow {
    GroupRow {
        number: lang.integer(number),
        name: names.group_name(&score.group),
        href: names
            .group(&score.group)
            .map_or_else(|| scoreboard_href.to_owned(), |group| format!("{scoreboard_href}#{}", anchor(&group.code))),
        achievement: achievement_words(lang, score.achievement),
        band: lang.band_state(bands, score.band),
    }
}

/// An achievement, or the dash of an absent one: absent is not 0.
pub fn achievement_words(lang: Lang, achievement: Option<i64>) -> String {
    achievement.map_or_else(|| "–".to_owned(), |points| lang.basis_points(points))
}

/// The counts of a board by band.
pub fn band_figures(lang: Lang, bands: &Bands, scores: &[FrozenScore]) -> Vec<BandFigure> {
    let of = lang.integer(scores.len());
    let figure = |(band, count): (Option<i64>, usize)| {
        let (met, state) = (lang.integer(count), lang.band_state(bands, band));
        let words = match band {
            Some(lower) if Some(&lower) == bands.thresholds().first() => lang.claim_count_reached(&met, &of, lang.basis_points(lower)),
            _ => format!("{met}/{of}: {}", state.word),
        };
        BandFigure { met, of: of.clone(), band: state, words }
    };
    band_counts(bands, scores).into_iter().map(figure).collect()
}

/// That the bands add up to the whole, which a reader of "13/22 and 9/22" would else ask.
fn disjoint_words(lang: Lang, bands: &Bands, scores: &[FrozenScore]) -> String {
    let counts: Vec<String> = band_counts(bands, scores).iter().map(|(_, count)| lang.integer(*count)).collect();
    if counts.len() < 2 { String::new() } else { lang.claim_disjoint(counts.join("\u{a0}+\u{a0}"), lang.integer(scores.len())) }
}

/// What the papers of a session claim of the groups of its board, held against the kept result, whatever became known later.
pub async fn claimed_counts(
    app: &App,
    page: &Page,
    papers: &mut Papers<'_>,
    ledger: &Ledger,
    claims: &[Claim],
    board: &FrozenBoard,
) -> Result<Vec<ClaimedCount>, Fault> {
    let (lang, scores) = (page.lang, board.scores().unwrap_or_default());
    let judged = judged_of(ledger, board.unit);
    let is_of_board = |one: &&Judged| one.resolution.as_ref().is_some_and(|resolution| resolution.id == board.resolution);
    let (Some(of), Some(unit)) = (judged.iter().find(is_of_board), ledger.unit(board.unit)) else { return Ok(Vec::new()) };
    let of_unit: Vec<Claim> = claims.iter().filter(|claim| claim.unit == Some(board.unit)).cloned().collect();
    let (counted, _) = Holder { app, page, ledger, unit, judged: &judged, of }.split(of_unit).await?;
    let achievements: Vec<Option<i64>> = scores.iter().map(|score| score.achievement).collect();
    let mut counts = Vec::new();
    for claims in counted {
        let held = hold(&claims.iter().collect::<Vec<_>>(), &achievements);
        for (claim, held) in claims.iter().zip(held) {
            let (computed, state) = verdict(lang, Some(held), scores.len());
            let source = papers.source(claim.document, claim.passage).await?;
            let (words, time) = (lang.claim_count(claim), lang.claim_time(claim));
            counts.push(ClaimedCount {
                claim: claim.id,
                paper: source.paper,
                day: source.day,
                words,
                time,
                href: source.href,
                computed,
                state,
            });
        }
    }
    Ok(counts)
}
