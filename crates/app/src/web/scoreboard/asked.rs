//! What the address of a scoreboard asks: which resolution, which month, known on which day, on which tree of units.
//! Every view of a board reads it here and writes it here, so that a link from one view to another keeps the question.
//!
//! A field that cannot be read keeps what was typed and its problem, and the default stands in its place.

use domain::id::Id;
use domain::moment::parse_day;
use domain::period::Period;
use domain::problem::Problem;
use domain::unit::Unit;
use jiff::civil::Date;
use scoreboard::ledger::Ledger;
use scoreboard::question::{Question, Tree};

use super::computed::{judged_of, newest_month};
use crate::web::support::form::Fields;

/// The code of a resolution.
pub const RESOLUTION: &str = "resolution";
/// A month: `2024-03` or `3/2024`.
pub const MONTH: &str = "month";
/// A day: `2024-04-16` or `16/4/2024`.
pub const KNOWN_ON: &str = "known-on";
/// `as-reported`, or the day whose units numbers are restated to; empty: the units of the month.
pub const TREE: &str = "tree";
/// [`Tree::AsReported`] in an address.
pub const AS_REPORTED: &str = "as-reported";
/// [`Tree::OfMonth`] as programs write it; addresses of pages leave it out.
const OF_MONTH: &str = "of-month";

/// A question about one unit's board, and what was wrong with the address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Whose board.
    pub unit: Id<Unit>,
    /// The code of the resolution asked for; absent: the first on the board.
    pub resolution: Option<String>,
    /// The question as it is answered.
    pub question: Question,
    /// Whether the day of knowledge was given; else links leave it out, so that they go on meaning today.
    known_on_given: bool,
    unread: Vec<Unread>,
}

/// A field that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Unread {
    field: &'static str,
    typed: String,
    problem: Problem,
}

impl Asked {
    /// Reads the fields of an address against the ledger, with the month that the unit's board shows without one. It looks through
    /// all numbers of the unit: not for a thread that serves others.
    pub fn read(ledger: &Ledger, unit: &Unit, query: &Fields, today: Date) -> Self {
        let judged = judged_of(ledger, unit.id);
        let typed = query.filled(RESOLUTION);
        let chosen = typed.filter(|code| judged.iter().any(|one| one.code == *code)).or(judged.first().map(|one| one.code.as_str()));
        let mut asked = Self::of(unit.id, query, today, |known_on| newest_month(ledger, unit, chosen, known_on, today));
        let is_known = |code: &str| ledger.nouns().groups.iter().any(|group| group.resolution_code == code);
        if typed.is_some_and(|code| !is_known(code)) {
            asked.refuse_resolution();
        }
        asked
    }

    /// Reads the fields of an address. Without a month it is the one that `newest` gives for the day of knowledge, else
    /// `today`'s; without a day of knowledge it is `today`.
    pub fn of(unit: Id<Unit>, query: &Fields, today: Date, newest: impl FnOnce(Date) -> Option<Period>) -> Self {
        let mut unread = Vec::new();
        let known_on = read(query, KNOWN_ON, &mut unread, parse_day, |value| Problem::NoDay { field: "known_on", value });
        let month = read(query, MONTH, &mut unread, parse_month, |value| Problem::NoMonth { field: "month", value });
        let tree = read(query, TREE, &mut unread, parse_tree, |value| Problem::NotAllowed { field: "tree", value });
        let known_on_given = known_on.is_some();
        let known_on = known_on.unwrap_or(today);
        // A day beyond the calendar's last years stands in no period; no board is asked for there.
        let month = month.or_else(|| newest(known_on)).or_else(|| Period::month_of(today)).unwrap_or(Period::FIRST_MONTH);
        let question = Question { month, known_on, horizon: None, tree: tree.unwrap_or(Tree::OfMonth) };
        Self { unit, resolution: query.filled(RESOLUTION).map(str::to_owned), question, known_on_given, unread }
    }

    /// Whether every field could be read.
    pub const fn is_whole(&self) -> bool {
        self.unread.is_empty()
    }

    /// What is wrong with each field that could not be read.
    pub fn problems(&self) -> impl Iterator<Item = (&'static str, &Problem)> {
        self.unread.iter().map(|unread| (unread.field, &unread.problem))
    }

    /// What was typed into a field that could not be read.
    pub fn typed(&self, field: &str) -> Option<&str> {
        self.unread.iter().find(|unread| unread.field == field).map(|unread| unread.typed.as_str())
    }

    /// A resolution that nobody knows: it is taken out of the question and told at its field.
    pub fn refuse_resolution(&mut self) {
        if let Some(typed) = self.resolution.take() {
            let problem = Problem::NotAllowed { field: "resolution", value: typed.clone() };
            self.unread.push(Unread { field: RESOLUTION, typed, problem });
        }
    }

    /// The same question about another month.
    #[must_use]
    pub fn with_month(&self, month: Period) -> Self {
        Self { question: Question { month, ..self.question }, ..self.clone() }
    }

    /// The same question on another tree.
    #[must_use]
    pub fn with_tree(&self, tree: Tree) -> Self {
        Self { question: Question { tree, ..self.question }, ..self.clone() }
    }

    /// The same question under another resolution.
    #[must_use]
    pub fn with_resolution(&self, code: &str) -> Self {
        Self { resolution: Some(code.to_owned()), ..self.clone() }
    }

    /// The same question as known on another day.
    #[must_use]
    pub fn with_known_on(&self, known_on: Date) -> Self {
        Self { question: Question { known_on, ..self.question }, known_on_given: true, ..self.clone() }
    }

    /// The same question about another unit.
    #[must_use]
    pub fn with_unit(&self, unit: Id<Unit>) -> Self {
        Self { unit, ..self.clone() }
    }

    /// The address of a view of the board, without its language: `""` is the board, `"/ranking"` a view of it.
    pub fn path(&self, view: &str) -> String {
        format!("/scoreboards/{}{view}?{}", self.unit, self.query())
    }

    /// The question as an address carries it: the month always, since tomorrow the newest may be another one.
    pub fn query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if let Some(code) = &self.resolution {
            query.append_pair(RESOLUTION, code);
        }
        query.append_pair(MONTH, &self.question.month.to_string());
        if self.known_on_given {
            query.append_pair(KNOWN_ON, &self.question.known_on.to_string());
        }
        if self.question.tree != Tree::OfMonth {
            query.append_pair(TREE, &tree_code(self.question.tree));
        }
        query.finish()
    }
}

/// A tree as an address carries it.
pub fn tree_code(tree: Tree) -> String {
    match tree {
        Tree::OfMonth => String::new(),
        Tree::AsReported => AS_REPORTED.to_owned(),
        Tree::Of(day) => day.to_string(),
    }
}

/// A field's value; where it cannot be read, none, and the problem is kept.
fn read<T>(
    query: &Fields,
    field: &'static str,
    unread: &mut Vec<Unread>,
    parse: impl FnOnce(&str) -> Option<T>,
    problem: impl FnOnce(String) -> Problem,
) -> Option<T> {
    let typed = query.filled(field)?;
    let value = parse(typed);
    if value.is_none() {
        unread.push(Unread { field, typed: typed.to_owned(), problem: problem(typed.to_owned()) });
    }
    value
}

/// Reads a month as people type it; of a longer period the last month counts.
pub fn parse_month(text: &str) -> Option<Period> {
    Period::typed(text).and_then(|period| Period::month_of(period.last_day()))
}

fn parse_tree(text: &str) -> Option<Tree> {
    match text {
        AS_REPORTED => Some(Tree::AsReported),
        OF_MONTH => Some(Tree::OfMonth),
        day => parse_day(day).map(Tree::Of),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2024, 5, 20);

    fn asked(query: &str) -> Asked {
        Asked::of(Id::new(7), &Fields::parse(query.as_bytes()), TODAY, |_| Period::month(2024, 3))
    }

    #[test]
    fn an_address_without_fields_asks_for_the_newest_month_as_known_today() {
        let asked = asked("");
        assert_eq!(asked.question.month.to_string(), "2024-03");
        assert_eq!((asked.question.known_on, asked.question.tree), (TODAY, Tree::OfMonth));
        assert_eq!(asked.path("/ranking"), "/scoreboards/7/ranking?month=2024-03");
        assert_eq!(self::asked("tree=of-month"), asked);
    }

    #[test]
    fn a_question_is_written_as_it_is_read() {
        let text = "resolution=MV+17%26&month=2023-12&known-on=2024-04-16&tree=2025-07-31";
        assert_eq!(asked(text).query(), text);
        assert_eq!(
            asked("month=12%2F2023&known-on=16%2F4%2F2024&tree=as-reported").query(),
            "month=2023-12&known-on=2024-04-16&tree=as-reported"
        );
    }

    #[test]
    fn what_cannot_be_read_is_kept_beside_the_default() {
        let mut asked = asked("resolution=X&month=13%2F2024&known-on=31%2F2%2F2024&tree=elsewhere");
        asked.refuse_resolution();
        assert_eq!(asked.query(), "month=2024-03");
        let problems: Vec<&str> = asked.problems().map(|(field, _)| field).collect();
        assert_eq!(problems, [KNOWN_ON, MONTH, TREE, RESOLUTION]);
        assert_eq!(asked.typed(MONTH), Some("13/2024"));
    }

    #[test]
    fn months_as_typed() {
        for text in ["2024-03", "3/2024", "03/2024", "3-2024", "2024-Q1"] {
            assert_eq!(parse_month(text), Period::month(2024, 3), "{text}");
        }
        for text in ["", "3/24", "13/2024", "0/2024", "a/2024", "3/2024/1"] {
            assert_eq!(parse_month(text), None, "{text}");
        }
    }
}
