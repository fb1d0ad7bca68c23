//! The bar above every view of a board: which resolution, which month, as known on which day, on which tree of units. A plain
//! form whose address is the question; what could not be read stands in its field again with its problem.

use jiff::civil::Date;
use scoreboard::question::Tree;

use super::asked::{Asked, KNOWN_ON, MONTH, RESOLUTION, TREE, tree_code};
use super::computed::Judged;
use crate::lang::{Lang, Said};
use crate::web::Page;

/// A field with its problem, where it has one.
pub struct BarField {
    /// What stands in it.
    pub value: String,
    /// Why what was typed could not be read.
    pub problem: Option<Said>,
}

/// A choice of a list.
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// Whether it is in use.
    pub selected: bool,
}

/// A list with its problem, where it has one.
pub struct BarList {
    /// The choices.
    pub choices: Vec<Choice>,
    /// Why what was asked for is not among them.
    pub problem: Option<Said>,
}

/// The bar, ready for `scoreboard/_question.html`.
pub struct QuestionBar {
    /// Where it leads.
    pub action: String,
    /// The month.
    pub month: BarField,
    /// The day of knowledge.
    pub known_on: BarField,
    /// The unit's resolutions.
    pub resolutions: BarList,
    /// The trees.
    pub trees: BarList,
    /// The question in words: `tháng 3/2024, như đã biết ngày 16/4/2024`.
    pub words: String,
}

impl QuestionBar {
    /// The bar of a view (`""` is the board itself) of a unit that is judged under some resolutions.
    pub fn new(page: &Page, asked: &Asked, judged: &[Judged], current: &str, view: &str, today: Date) -> Self {
        let lang = page.lang;
        let question = asked.question;
        let problem = |field: &str| asked.problems().find(|(name, _)| *name == field).map(|(_, problem)| lang.problem(problem));
        let field = |name: &str, value: String| BarField { value: asked.typed(name).map_or(value, str::to_owned), problem: problem(name) };
        let of_resolution = |one: &Judged| Choice {
            value: one.code.clone(),
            label: format!("{}: {}", one.code, one.name()),
            selected: one.code == current,
        };
        Self {
            action: page.href(&format!("/scoreboards/{}{view}", asked.unit)),
            month: field(MONTH, month_for_form(lang, question.month.last_day())),
            known_on: field(KNOWN_ON, day_for_form(lang, question.known_on)),
            resolutions: BarList { choices: judged.iter().map(of_resolution).collect(), problem: problem(RESOLUTION) },
            trees: BarList { choices: trees(lang, question.tree, today), problem: problem(TREE) },
            words: lang.scoreboard_asked(lang.period(question.month), lang.day(question.known_on)),
        }
    }

    /// Whether something could not be read.
    pub fn has_problem(&self) -> bool {
        let lists = [&self.resolutions.problem, &self.trees.problem];
        let fields = [&self.month.problem, &self.known_on.problem];
        lists.into_iter().chain(fields).any(Option::is_some)
    }
}

/// The trees to choose from: the month's own, as reported, today's, and the one in use where it is another.
fn trees(lang: Lang, used: Tree, today: Date) -> Vec<Choice> {
    let mut trees = vec![Tree::OfMonth, Tree::AsReported, Tree::Of(today)];
    if !trees.contains(&used) {
        trees.push(used);
    }
    trees.into_iter().map(|tree| Choice { value: tree_code(tree), label: tree_words(lang, tree, today), selected: tree == used }).collect()
}

/// A tree in words.
pub fn tree_words(lang: Lang, tree: Tree, today: Date) -> String {
    match tree {
        Tree::OfMonth => lang.scoreboard_tree_of_month().to_owned(),
        Tree::AsReported => lang.scoreboard_tree_as_reported().to_owned(),
        Tree::Of(day) if day == today => lang.scoreboard_tree_of_today().to_owned(),
        Tree::Of(day) => lang.scoreboard_tree_of_day(lang.day(day)),
    }
}

/// A month as the field takes it: as people write it, in English as ISO does.
fn month_for_form(lang: Lang, day: Date) -> String {
    if lang.is_vi() { format!("{}/{}", day.month(), day.year()) } else { format!("{:04}-{:02}", day.year(), day.month()) }
}

fn day_for_form(lang: Lang, day: Date) -> String {
    if lang.is_vi() { lang.day(day) } else { day.to_string() }
}

/// Takes a resolution that the unit has no targets under out of the question, and tells which one counts: the one asked for,
/// else the first.
pub fn choose<'a>(asked: &mut Asked, judged: &'a [Judged]) -> Option<&'a Judged> {
    if let Some(code) = asked.resolution.clone() {
        match judged.iter().find(|one| one.code == code) {
            Some(found) => return Some(found),
            None => asked.refuse_resolution(),
        }
    }
    judged.first()
}
