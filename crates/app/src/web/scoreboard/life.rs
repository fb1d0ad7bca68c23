//! When a unit exists, what followed it and which others have its name: names and codes recur, so a board says whose it is.

use domain::unit::Unit;
use jiff::civil::Date;
use scoreboard::ledger::Ledger;

use crate::lang::Lang;
use crate::web::Page;
use crate::web::page::capitalised;

/// More units of one name than a line holds are not listed.
const NAMESAKES_MAX: usize = 6;

/// Another unit's board.
pub struct UnitLink {
    /// Its name.
    pub name: String,
    /// Its board.
    pub href: String,
    /// Since or until when it exists, or how it is related.
    pub note: String,
}

/// The life of a unit.
pub struct Life {
    /// Its kind, its code and its days.
    pub words: String,
    /// That it has ended; empty while it lasts.
    pub ended: String,
    /// What followed it.
    pub successors: Vec<UnitLink>,
    /// What it followed.
    pub predecessors: Vec<UnitLink>,
    /// Others of its name.
    pub namesakes: Vec<UnitLink>,
}

/// The life of a unit as its board tells it.
pub fn life_of(page: &Page, ledger: &Ledger, unit: &Unit, today: Date) -> Life {
    let lang = page.lang;
    let link = |other: &Unit, note: String| UnitLink {
        name: capitalised(&other.name),
        href: page.href(&format!("/scoreboards/{}", other.id)),
        note,
    };
    let related = |id, share: Option<i64>, day: Date, act: &str| {
        let other = ledger.unit(id)?;
        Some(link(other, lang.scoreboard_succession(lang.day(day), act, share_words(lang, share))))
    };
    let nouns = ledger.nouns();
    let followed = nouns.successions.iter().filter(|one| one.from_unit == unit.id);
    let follows = nouns.successions.iter().filter(|one| one.to_unit == unit.id);
    let namesakes = nouns.units.iter().filter(|other| other.id != unit.id && other.class == unit.class && other.folded == unit.folded);
    Life {
        words: words(lang, unit),
        ended: unit.valid_to.filter(|last| *last < today).map_or_else(String::new, |last| lang.scoreboard_ended(lang.day(last))),
        successors: followed.filter_map(|one| related(one.to_unit, one.share_millionths, one.on_day, &one.act)).collect(),
        predecessors: follows.filter_map(|one| related(one.from_unit, one.share_millionths, one.on_day, &one.act)).collect(),
        namesakes: namesakes.take(NAMESAKES_MAX).map(|other| link(other, words(lang, other))).collect(),
    }
}

/// Code and days of a unit: `mã 981, từ 1/1/2004 đến 30/6/2025`.
pub fn words(lang: Lang, unit: &Unit) -> String {
    let code = unit.code.as_ref().map(|code| lang.scoreboard_code(code));
    let days = match (unit.valid_from, unit.valid_to) {
        (Some(from), Some(to)) => Some(lang.scoreboard_lived(lang.day(from), lang.day(to))),
        (Some(from), None) => Some(lang.units_since(lang.day(from))),
        (None, Some(to)) => Some(lang.units_until(lang.day(to))),
        (None, None) => None,
    };
    code.into_iter().chain(days).collect::<Vec<_>>().join(", ")
}

/// A share of millionths: `60 %`, or that it is not known.
fn share_words(lang: Lang, millionths: Option<i64>) -> String {
    match millionths {
        // Shares have at most four decimals, so basis points hold them whole.
        Some(millionths) => lang.scoreboard_share(lang.basis_points(millionths / 100)),
        None => lang.scoreboard_share_unknown().to_owned(),
    }
}
