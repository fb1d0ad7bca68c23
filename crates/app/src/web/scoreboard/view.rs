//! What every view of a board begins with: the ledger, the unit and the question; and the frame around it: the way back, the
//! form that asks again, the other views, the same rows as a file.

use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::Response;
use domain::group::Group;
use domain::id::Id;
use domain::problem::Problem;
use domain::resolution::Bands;
use domain::unit::Unit;
use jiff::civil::Date;
use scoreboard::board::{Board, GroupScore};
use scoreboard::ledger::Ledger;

use super::asked::Asked;
use super::bar::{Choice, QuestionBar};
use crate::lang::Lang;
use crate::web::page::capitalised;
use crate::web::support::form::Fields;
use crate::web::support::sheet::{self, Format, Sheet};
use crate::web::{App, Fault, Page};

/// The views of a board, each with its path below the unit's and the key of its name.
const VIEWS: [&str; 4] = ["", "/ranking", "/heat", "/missing"];

/// A question with the ledger that answers it.
#[derive(Clone)]
pub struct View {
    /// The ledger as it was when the request came.
    pub ledger: Arc<Ledger>,
    /// Whose board.
    pub unit: Unit,
    /// What is asked.
    pub asked: Asked,
    /// The day it is.
    pub today: Date,
    /// As a page or as a file.
    pub format: Format,
}

impl View {
    /// Reads the address. A file is refused where a page would show the default beside the problem: nobody reads the notes of
    /// a file.
    pub async fn open(app: &App, unit: i64, query: &Fields) -> Result<Self, Fault> {
        let format = Format::of(query)?;
        let ledger = app.scoreboards().ledger(app.store()).await?;
        let unit = ledger.unit(Id::new(unit)).cloned().ok_or(Problem::NotFound)?;
        let (reading, query, about, today) = (Arc::clone(&ledger), query.clone(), unit.clone(), app.today());
        let asked = app.scoreboards().compute(move || Asked::read(&reading, &about, &query, today)).await?;
        if format != Format::Page
            && let Some((_, problem)) = asked.problems().next()
        {
            return Err(problem.clone().into());
        }
        Ok(Self { ledger, unit, asked, today, format })
    }

    /// Computes on a thread of its own.
    pub async fn compute<T: Send + 'static>(&self, app: &App, work: impl FnOnce(&Self) -> T + Send + 'static) -> Result<T, Fault> {
        let view = self.clone();
        Ok(app.scoreboards().compute(move || work(&view)).await?)
    }

    /// The day whose units are on the board.
    pub fn units_on(&self) -> Date {
        self.asked.question.units_on()
    }

    /// The groups of a board that belong to a resolution.
    pub fn of_resolution(&self, board: Board, resolution: &str) -> Vec<GroupScore> {
        board.groups.into_iter().filter(|score| self.resolution_code(score.group) == resolution).collect()
    }

    /// The code of a group's resolution.
    pub fn resolution_code(&self, group: Id<Group>) -> &str {
        self.ledger.group(group).map_or("", |group| group.resolution_code.as_str())
    }

    /// The bands of a resolution; of one that the ledger does not know, the default ones.
    pub fn bands(&self, resolution: &str) -> Bands {
        let known = self.ledger.nouns().resolutions.iter().find(|one| one.code == resolution);
        known.map(|one| one.bands.clone()).unwrap_or_default()
    }

    /// The name of a resolution, else its code.
    pub fn resolution_name<'a>(&'a self, code: &'a str) -> &'a str {
        self.ledger.nouns().resolutions.iter().find(|one| one.code == code).map_or(code, |one| one.name.as_str())
    }

    /// The name of a unit.
    pub fn unit_name(&self, unit: Id<Unit>) -> String {
        self.ledger.unit(unit).map_or_else(String::new, |unit| capitalised(&unit.name))
    }

    /// The code of a unit, else its id: what a row of a file names it by.
    pub fn unit_code(&self, unit: Id<Unit>) -> String {
        self.ledger.unit(unit).and_then(|unit| unit.code.clone()).unwrap_or_else(|| unit.to_string())
    }

    /// The resolutions that boards have groups of, in the order of the groups, each with the number of those boards.
    pub fn resolutions_of(&self, boards: &[Board]) -> Vec<(String, usize)> {
        let mut found: Vec<(Id<Group>, String, usize)> = Vec::new();
        for board in boards {
            let mut codes: Vec<(&str, Id<Group>)> = Vec::new();
            for score in &board.groups {
                let code = self.resolution_code(score.group);
                if !codes.iter().any(|(seen, _)| *seen == code) {
                    codes.push((code, score.group));
                }
            }
            for (code, group) in codes {
                match found.iter_mut().find(|(_, seen, _)| seen == code) {
                    Some((_, _, count)) => *count += 1,
                    None => found.push((group, code.to_owned(), 1)),
                }
            }
        }
        found.sort();
        found.into_iter().map(|(_, code, count)| (code, count)).collect()
    }

    /// Under which of the resolutions units are compared: the asked one, else the one that the most of them share, of equals the
    /// first.
    pub fn shared_resolution(&self, resolutions: &[(String, usize)]) -> Option<String> {
        let most = || resolutions.iter().rev().max_by_key(|(_, count)| *count).map(|(code, _)| code.clone());
        self.asked.resolution.clone().or_else(most)
    }

    /// The resolutions that units can be compared under, each with how many of them share it; none where there is no choice.
    pub fn resolution_choices(&self, lang: Lang, resolutions: &[(String, usize)], chosen: Option<&str>) -> Vec<Choice> {
        let choice = |(code, count): &(String, usize)| Choice {
            label: lang.view_resolution_units(self.resolution_name(code), lang.integer(*count)),
            selected: chosen == Some(code.as_str()),
            value: code.clone(),
        };
        if resolutions.len() > 1 { resolutions.iter().map(choice).collect() } else { Vec::new() }
    }

    /// The status of the page: a field that could not be read is told by the status as well.
    pub const fn status(&self) -> StatusCode {
        if self.asked.is_whole() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }
    }

    /// The rows as a file.
    pub fn respond(&self, name: &str, columns: &'static [&'static str], rows: Vec<Vec<sheet::Cell>>) -> Response {
        let name = format!("{name}-{}-{}", self.unit_code(self.unit.id), self.asked.question.month);
        Sheet { name, columns, rows }.respond(self.format)
    }
}

/// A link with its words.
pub struct ViewLink {
    /// Where it leads.
    pub href: String,
    /// Its words.
    pub label: String,
    /// Whether this is it.
    pub current: bool,
}

/// The frame of a view, as its template draws it.
pub struct Frame {
    /// The board that the view belongs to.
    pub board: ViewLink,
    /// The form that asks again.
    pub bar: QuestionBar,
    /// The other views of the board.
    pub views: Vec<ViewLink>,
    /// The same rows as CSV.
    pub csv: String,
    /// The same rows as JSON.
    pub json: String,
}

impl Frame {
    /// The frame of the view at `path` below the unit's board, with the resolutions to choose from.
    pub fn of(view: &View, page: &Page, path: &str, resolutions: Vec<Choice>) -> Self {
        let asked = &view.asked;
        let mut bar = QuestionBar::new(page, asked, &[], "", path, view.today);
        bar.resolutions.choices = resolutions;
        let file = |format: &str| page.href(&format!("{}&{}={format}", asked.path(path), sheet::FIELD));
        Self {
            board: ViewLink { href: page.href(&asked.path("")), label: capitalised(&view.unit.name), current: false },
            bar,
            views: VIEWS.iter().map(|view| view_link(page, asked, view, path)).collect(),
            csv: file("csv"),
            json: file("json"),
        }
    }

    /// Keeps a field of this view alone in its files.
    pub fn keep(&mut self, field: &'static str, value: &str) {
        let pair = form_urlencoded::Serializer::new(String::new()).append_pair(field, value).finish();
        for file in [&mut self.csv, &mut self.json] {
            file.push('&');
            file.push_str(&pair);
        }
    }
}

fn view_link(page: &Page, asked: &Asked, view: &str, current: &str) -> ViewLink {
    let lang = page.lang;
    let label = match view {
        "/ranking" => lang.view_ranking(),
        "/heat" => lang.view_heat(),
        "/missing" => lang.view_missing(),
        _ => lang.view_board(),
    };
    ViewLink { href: page.href(&asked.path(view)), label: label.to_owned(), current: view == current }
}
