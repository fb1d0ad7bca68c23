//! Everybody whom papers name, by given name, with the positions of a day.

use std::collections::HashMap;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::fold::fold;
use domain::id::Id;
use domain::person::{Person, Position, Standing};
use domain::sort::{INDEX_LETTERS, index_letter, sort_key};
use domain::unit::Unit;

use super::AskedDay;
use crate::lang::Lang;
use crate::web::page::capitalised;
use crate::web::person::held;
use crate::web::source::audience;
use crate::web::support::form::{Fields, Query};
use crate::web::support::pager::{PageNumber, PagerLink};
use crate::web::{App, Fault, Page, page};

/// People on a page: a list to look through, about three screens.
const PAGE_ROWS: u8 = 100;

struct PositionLine {
    title: String,
    /// Since when or where attested; empty for one that is held and needs no word.
    days: String,
    /// Whether nobody knows if it was held on the day.
    is_unknown: bool,
}

struct PersonRow {
    name: String,
    href: String,
    positions: Vec<PositionLine>,
    /// Others of the same name; empty for none.
    namesakes: String,
}

/// People under one letter of the index.
struct LetterGroup {
    letter: String,
    id: String,
    rows: Vec<PersonRow>,
}

/// A letter of the index.
struct LetterLink {
    letter: String,
    href: String,
}

struct UnitChoice {
    value: String,
    label: String,
    selected: bool,
}

#[derive(Template)]
#[template(path = "person/list.html")]
struct PeoplePage {
    page: Page,
    search: String,
    asked: AskedDay,
    day: String,
    units: Vec<UnitChoice>,
    letters: Vec<LetterLink>,
    groups: Vec<LetterGroup>,
    count: String,
    /// Whether anything was asked for, so that an empty list says so.
    filtered: bool,
    pager: Vec<PagerLink>,
}

/// What is known of everybody.
struct Known<'a> {
    positions: HashMap<Id<Person>, Vec<&'a Position>>,
    /// How many people bear a name, marks and case aside.
    bearers: HashMap<&'a str, usize>,
}

impl<'a> Known<'a> {
    fn of(people: &'a [Person], positions: &'a [Position]) -> Self {
        let mut known = Self { positions: HashMap::new(), bearers: HashMap::new() };
        for position in positions {
            known.positions.entry(position.person).or_default().push(position);
        }
        for person in people {
            *known.bearers.entry(&person.folded).or_default() += 1;
        }
        known
    }

    fn positions_of(&self, person: &Person) -> &[&'a Position] {
        self.positions.get(&person.id).map_or(&[], Vec::as_slice)
    }

    /// How many others bear the person's name.
    fn namesakes_of(&self, person: &Person) -> usize {
        self.bearers.get(person.folded.as_str()).map_or(0, |bearers| bearers.saturating_sub(1))
    }
}

/// What the list is asked for.
struct Filter<'a> {
    words: Vec<String>,
    unit: Option<Id<Unit>>,
    asked: &'a AskedDay,
}

impl Filter<'_> {
    /// Whether a person's name or a title of the day holds every word, and a position of the day is at the unit.
    fn takes(&self, person: &Person, positions: &[&Position]) -> bool {
        let then: Vec<&&Position> = positions.iter().filter(|position| position.standing_on(self.asked.day) != Standing::NotHeld).collect();
        let text = then.iter().fold(person.folded.clone(), |text, position| text + " " + &fold(&position.title));
        let at_unit = self.unit.is_none_or(|unit| then.iter().any(|position| position.unit == Some(unit)));
        at_unit && self.words.iter().all(|word| text.contains(word))
    }
}

/// `GET /people`
pub async fn list_people(page: Page, State(app): State<App>, Query(query): Query) -> Result<Response, Fault> {
    let (lang, audience) = (page.lang, audience(&page));
    let asked = AskedDay::of(lang, &query, app.today());
    let filter = Filter {
        words: fold(query.get("q")).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect(),
        unit: query.filled("unit").and_then(|unit| unit.parse().ok()).map(Id::new),
        asked: &asked,
    };
    let people = app.store().people_seen(audience).await?;
    let positions = app.store().all_positions_seen(audience).await?;
    let known = Known::of(&people, &positions);
    let taken: Vec<&Person> = people.iter().filter(|person| filter.takes(person, known.positions_of(person))).collect();
    let number = PageNumber::of(&query, PAGE_ROWS.into())?;
    let path = address(&query);
    let pager = number.links(lang, &path, i64::try_from(taken.len()).unwrap_or(i64::MAX))?;
    let from = usize::try_from(number.offset()).unwrap_or(usize::MAX);
    let shown: Vec<&Person> = taken.iter().copied().skip(from).take(PAGE_ROWS.into()).collect();
    let groups = groups(&page, &shown, &known, &asked);
    let ready = PeoplePage {
        search: query.get("q").to_owned(),
        day: lang.day(asked.day),
        units: unit_choices(&app, &positions, filter.unit).await?,
        letters: letters(lang, &taken, &path),
        groups,
        count: lang.person_count(lang.integer(taken.len())),
        filtered: !filter.words.is_empty() || filter.unit.is_some(),
        pager,
        page: page.titled(lang.person_list_title()).described(lang.person_list_description()),
        asked,
    };
    page::render_as(if ready.asked.said.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK }, &ready)
}

/// The rows of a page under their letters.
fn groups(page: &Page, people: &[&Person], known: &Known<'_>, asked: &AskedDay) -> Vec<LetterGroup> {
    let mut groups: Vec<LetterGroup> = Vec::new();
    for person in people {
        let letter = index_letter(&person.name).map_or_else(|| "#".to_owned(), String::from);
        let others = known.namesakes_of(person);
        let row = PersonRow {
            name: person.name.clone(),
            href: page.href(&format!("/people/{}", person.id)),
            positions: lines(page.lang, known.positions_of(person), asked),
            namesakes: if others == 0 { String::new() } else { page.lang.person_namesakes_count(page.lang.integer(others)) },
        };
        match groups.last_mut().filter(|group| group.letter == letter) {
            Some(group) => group.rows.push(row),
            None => groups.push(LetterGroup { id: letter_id(&letter), letter, rows: vec![row] }),
        }
    }
    groups
}

/// The positions of the day, those held before those of which nobody knows.
fn lines(lang: Lang, positions: &[&Position], asked: &AskedDay) -> Vec<PositionLine> {
    let mut then: Vec<(Standing, &Position)> = positions.iter().map(|position| (position.standing_on(asked.day), *position)).collect();
    then.retain(|(standing, _)| *standing != Standing::NotHeld);
    then.sort_by_key(|(standing, position)| (*standing, position.ordinal, position.id));
    let line = |(standing, position): &(Standing, &Position)| PositionLine {
        title: position.title.clone(),
        days: held(lang, position),
        is_unknown: *standing == Standing::Unknown,
    };
    then.iter().map(line).collect()
}

/// The list's address with what is asked for, for the pages and letters.
fn address(query: &Fields) -> String {
    let mut asked = form_urlencoded::Serializer::new(String::new());
    for name in ["q", "unit", "day"] {
        if let Some(value) = query.filled(name) {
            asked.append_pair(name, value);
        }
    }
    let asked = asked.finish();
    if asked.is_empty() { "/people".to_owned() } else { format!("/people?{asked}") }
}

/// The letters under which somebody stands; each leads to the first of them, on whatever page.
fn letters(lang: Lang, people: &[&Person], path: &str) -> Vec<LetterLink> {
    let (joiner, rows) = (if path.contains('?') { '&' } else { '?' }, usize::from(PAGE_ROWS));
    let first = |letter: char| people.iter().position(|person| index_letter(&person.name) == Some(letter));
    let link = |letter: char| {
        let at = first(letter)?;
        let paged = if at < rows { path.to_owned() } else { format!("{path}{joiner}page={}", at / rows + 1) };
        let letter = letter.to_string();
        Some(LetterLink { href: format!("{}#{}", lang.href(&paged), letter_id(&letter)), letter })
    };
    INDEX_LETTERS.into_iter().filter_map(link).collect()
}

/// A name for a place in the page: plain letters only, and another one for Ă and Â.
fn letter_id(letter: &str) -> String {
    format!("chu-{}", sort_key(letter))
}

/// The units at which somebody holds or held a position.
async fn unit_choices(app: &App, positions: &[Position], chosen: Option<Id<Unit>>) -> Result<Vec<UnitChoice>, Fault> {
    let mut units: Vec<Id<Unit>> = positions.iter().filter_map(|position| position.unit).collect();
    units.sort_unstable();
    units.dedup();
    let mut choices = Vec::with_capacity(units.len());
    for id in units {
        let unit = app.store().get(id).await?;
        choices.push(UnitChoice { value: id.to_string(), label: capitalised(&unit.name), selected: chosen == Some(id) });
    }
    choices.sort_by_cached_key(|choice| sort_key(&choice.label));
    Ok(choices)
}
