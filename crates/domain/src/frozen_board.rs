//! Frozen scoreboards: what a session saw, kept so that it can be recomputed and compared.

use jiff::civil::Date;

use crate::account::Account;
use crate::id::Id;
use crate::moment::Moment;
use crate::period::Period;
use crate::resolution::Resolution;
use crate::session::WorkingSession;
use crate::unit::Unit;

/// *Bảng điểm chốt*: the board of a unit as it was known on a day, with its horizon and its result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrozenBoard {
    /// Its id.
    pub id: Id<FrozenBoard>,
    /// The session that froze it.
    pub session: Id<WorkingSession>,
    /// The unit.
    pub unit: Id<Unit>,
    /// The resolution whose groups it shows.
    pub resolution: Id<Resolution>,
    /// The month it is about.
    pub month: Period,
    /// The day as known on.
    pub known_on: Date,
    /// The greatest id in the ledger when it was frozen: rows with a greater one came later.
    pub horizon: i64,
    /// The number of the last journal entry then.
    pub sequence: i64,
    /// The rows `unit,group,achievement_bp,band` with their header, as the CSV prints them.
    pub result: String,
    /// When it was frozen.
    pub frozen_at: Moment,
    /// Who froze it.
    pub frozen_by: String,
    /// Since when it no longer stands: another one was frozen in its place.
    pub withdrawn_at: Option<Moment>,
    /// Who took it back.
    pub withdrawn_by: Option<Id<Account>>,
}

/// The header of a result: the columns of a scoreboard's CSV.
const HEADER: &str = "unit,group,achievement_bp,band";
/// The band of a group that has no achievement yet.
const NO_BAND: &str = "none";

/// A row of a frozen result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrozenScore {
    /// The group's code.
    pub group: String,
    /// Basis points; absent where the group could not be judged.
    pub achievement: Option<i64>,
    /// The lower threshold of its band; absent with the achievement.
    pub band: Option<i64>,
}

impl FrozenBoard {
    /// Whether it is the one that counts for its session and resolution.
    pub const fn stands(&self) -> bool {
        self.withdrawn_at.is_none()
    }

    /// The rows of its result, in their order; absent where the text is none that [`print_result`] gives.
    pub fn scores(&self) -> Option<Vec<FrozenScore>> {
        let mut lines = self.result.lines();
        if lines.next() != Some(HEADER) {
            return None;
        }
        lines.map(read_score).collect()
    }
}

/// The result as it is kept: the CSV of one unit's rows, with its header.
pub fn print_result(unit: &str, scores: &[FrozenScore]) -> String {
    let mut text = format!("{HEADER}\n");
    for score in scores {
        let achievement = score.achievement.map(|points| points.to_string()).unwrap_or_default();
        let band = score.band.map_or_else(|| NO_BAND.to_owned(), |band| band.to_string());
        text.push_str(&format!("{},{},{achievement},{band}\n", quoted(unit), quoted(&score.group)));
    }
    text
}

/// A field of CSV: quoted only where it must be.
fn quoted(field: &str) -> String {
    if field.contains([',', '"', '\n', '\r']) { format!("\"{}\"", field.replace('"', "\"\"")) } else { field.to_owned() }
}

fn read_score(line: &str) -> Option<FrozenScore> {
    // The two figures stand last and hold no comma, so whatever the codes before them hold they are found from the end.
    let (rest, band) = line.rsplit_once(',')?;
    let (codes, achievement) = rest.rsplit_once(',')?;
    let (_, group) = read_field(codes).and_then(|(unit, rest)| Some((unit, read_field(rest.strip_prefix(',')?)?.0)))?;
    let number = |text: &str| text.parse::<i64>().ok();
    let score = FrozenScore {
        group,
        achievement: if achievement.is_empty() { None } else { Some(number(achievement)?) },
        band: if band == NO_BAND { None } else { Some(number(band)?) },
    };
    Some(score)
}

/// The first field of a line, and what follows it.
fn read_field(text: &str) -> Option<(String, &str)> {
    let Some(inner) = text.strip_prefix('"') else {
        let end = text.find(',').unwrap_or(text.len());
        return Some((text[..end].to_owned(), &text[end..]));
    };
    let mut field = String::new();
    let mut rest = inner;
    loop {
        let quote = rest.find('"')?;
        field.push_str(&rest[..quote]);
        rest = &rest[quote + 1..];
        match rest.strip_prefix('"') {
            Some(after) => {
                field.push('"');
                rest = after;
            }
            None => return Some((field, rest)),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn board(result: &str) -> FrozenBoard {
        FrozenBoard {
            id: Id::new(9),
            session: Id::new(1),
            unit: Id::new(2),
            resolution: Id::new(3),
            month: Period::month(2024, 3).unwrap(),
            known_on: date(2024, 4, 19),
            horizon: 8,
            sequence: 4,
            result: result.to_owned(),
            frozen_at: Moment(0),
            frozen_by: "van.thu".to_owned(),
            withdrawn_at: None,
            withdrawn_by: None,
        }
    }

    fn score(group: &str, achievement: Option<i64>, band: Option<i64>) -> FrozenScore {
        FrozenScore { group: group.to_owned(), achievement, band }
    }

    #[test]
    fn a_result_is_kept_as_the_csv_prints_it() {
        let scores = [score("KT01", Some(10_061), Some(10_000)), score("KT02", None, None), score("KT03", Some(0), Some(0))];
        let text = print_result("901", &scores);
        assert_eq!(text, "unit,group,achievement_bp,band\n901,KT01,10061,10000\n901,KT02,,none\n901,KT03,0,0\n");
        assert_eq!(board(&text).scores().unwrap(), scores);
    }

    #[test]
    fn codes_may_hold_anything() {
        let scores = [score("A,\"1\"", Some(1), Some(0)), score("", None, None), score("-5", Some(-5), Some(-10))];
        assert_eq!(board(&print_result("huyện \"Khe, Trà\"", &scores)).scores().unwrap(), scores);
    }

    #[test]
    fn another_text_is_no_result() {
        for text in ["", "unit,group\n", "unit,group,achievement_bp,band\n901,KT01,x,none\n", "unit,group,achievement_bp,band\n901,KT01\n"]
        {
            assert_eq!(board(text).scores(), None, "{text}");
        }
        assert_eq!(board("unit,group,achievement_bp,band\n").scores(), Some(Vec::new()));
    }
}
