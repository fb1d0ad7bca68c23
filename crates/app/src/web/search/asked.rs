//! What is asked, as it stands in the address: kept as it was typed, also where it is wrong.

use domain::code::Coded;
use domain::id::Id;
use domain::moment::parse_day;
use domain::problem::Problem;
use domain::search::SearchKind;
use domain::unit::{Unit, UnitClass};
use jiff::civil::Date;
use search::{Filter, Order, QUERY_CHARACTERS_MAX, Query, Viewer};
use store::StoreError;

use crate::lang::{Lang, Said};
use crate::web::support::form::Fields;
use crate::web::support::pager::PageNumber;
use crate::web::{App, Fault};

/// Findings a page: a screen and a half of an office's monitor.
const PAGE_SIZE: i64 = 20;
/// The word of the order by day; the other order needs none.
const NEWEST: &str = "new";

/// A choice of a list.
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// Whether it is in use.
    pub selected: bool,
}

/// A question with its filters.
#[derive(Debug, Clone)]
pub struct Asked {
    /// As it was typed.
    pub typed: String,
    /// Taken apart.
    pub question: Query,
    /// Only this kind.
    pub kind: Option<SearchKind>,
    /// Only about this unit and those below it.
    pub unit: Option<Unit>,
    /// Not before this day, as it was typed.
    pub from: String,
    /// Not after this day, as it was typed.
    pub to: String,
    /// In which order.
    pub order: Order,
    /// Which page.
    pub number: PageNumber,
    days: [Option<Date>; 2],
}

impl Asked {
    /// Reads an address; what is wrong in it is told in words.
    pub async fn read(app: &App, lang: Lang, fields: &Fields) -> Result<(Self, Vec<Said>), Fault> {
        let typed = fields.get("q").to_owned();
        let mut problems: Vec<Said> = Vec::new();
        let mut wrong = |problem: Problem| problems.push(lang.problem(&problem));
        let question = Query::parse(&typed);
        if typed.chars().count() > QUERY_CHARACTERS_MAX {
            wrong(Problem::TooLong { field: "q", characters_max: QUERY_CHARACTERS_MAX });
        }
        let kind = fields.filled("kind").map(|code| (code, SearchKind::from_code(code)));
        if let Some((code, None)) = kind {
            wrong(Problem::NotAllowed { field: "kind", value: shown(code) });
        }
        let unit = match fields.filled("unit") {
            Some(typed) => found_unit(app, typed).await?.map_or_else(|| Err(shown(typed)), |unit| Ok(Some(unit))),
            None => Ok(None),
        };
        if let Err(value) = &unit {
            wrong(Problem::NotAllowed { field: "unit", value: value.clone() });
        }
        let mut day = |field: &'static str, name: &str| {
            let typed = fields.filled(name)?;
            let day = parse_day(typed);
            if day.is_none() {
                wrong(Problem::NoDay { field, value: shown(typed) });
            }
            day
        };
        let days = [day("period_from", "from"), day("period_to", "to")];
        if let [Some(earliest), Some(value)] = days
            && value < earliest
        {
            wrong(Problem::DayBefore { field: "period_to", value, earliest });
        }
        if !typed.is_empty() && question.is_empty() {
            problems.push(Said { what: lang.search_no_words(shown(&typed)), advice: lang.search_no_words_do().to_owned() });
        }
        let asked = Self {
            question,
            kind: kind.and_then(|(_, kind)| kind),
            unit: unit.unwrap_or_default(),
            from: fields.get("from").to_owned(),
            to: fields.get("to").to_owned(),
            order: if fields.get("sort") == NEWEST { Order::Newest } else { Order::Relevance },
            number: PageNumber::of(fields, PAGE_SIZE)?,
            days,
            typed,
        };
        Ok((asked, problems))
    }

    /// Whether there is anything to look for.
    pub fn has_question(&self) -> bool {
        !self.question.is_empty()
    }

    /// The code of the kind; empty for all.
    pub fn kind_code(&self) -> &'static str {
        self.kind.map_or("", Coded::code)
    }

    /// Whether anything but the question narrows the findings.
    pub fn is_narrowed(&self) -> bool {
        self.kind.is_some() || self.unit.is_some() || !self.from.is_empty() || !self.to.is_empty()
    }

    /// As the index takes it, up to the end of the page.
    pub async fn filter(&self, app: &App, viewer: Viewer) -> Result<Filter, StoreError> {
        let units = match &self.unit {
            Some(unit) => Some(app.store().unit_subtree(unit.id).await?),
            None => None,
        };
        let limit = usize::try_from(self.number.offset().saturating_add(self.number.size())).unwrap_or(usize::MAX);
        let [from, to] = self.days;
        Ok(Filter { viewer, kind: self.kind, units, from, to, order: self.order, limit })
    }

    /// The same of another kind, from its first page.
    #[must_use]
    pub fn of_kind(&self, kind: Option<SearchKind>) -> Self {
        Self { kind, ..self.clone() }
    }

    /// The same filters for another question.
    #[must_use]
    pub fn with_question(&self, typed: &str) -> Self {
        Self { typed: typed.to_owned(), ..self.clone() }
    }

    /// The question alone.
    #[must_use]
    pub fn unfiltered(&self) -> Self {
        Self { kind: None, unit: None, from: String::new(), to: String::new(), ..self.clone() }
    }

    /// The address of its first page, without the language.
    pub fn address(&self) -> String {
        let unit = self.unit.as_ref().map(|unit| unit.id.to_string()).unwrap_or_default();
        let sort = if self.order == Order::Newest { NEWEST } else { "" };
        let mut pairs = form_urlencoded::Serializer::new(String::new());
        let all = [
            ("q", self.typed.as_str()),
            ("kind", self.kind_code()),
            ("unit", &unit),
            ("from", &self.from),
            ("to", &self.to),
            ("sort", sort),
        ];
        pairs.extend_pairs(all.into_iter().filter(|(_, value)| !value.is_empty()));
        let pairs = pairs.finish();
        if pairs.is_empty() { "/search".to_owned() } else { format!("/search?{pairs}") }
    }

    /// The areas at the top and right below, and the unit that is chosen.
    pub async fn unit_choices(&self, app: &App, lang: Lang) -> Result<Vec<Choice>, StoreError> {
        let mut units = Vec::new();
        for root in app.store().root_areas().await? {
            let below = app.store().units_below(root.id).await?;
            units.push(root);
            units.extend(below.into_iter().filter(|unit| unit.class == UnitClass::Area && unit.valid_to.is_none()));
        }
        if let Some(chosen) = self.unit.as_ref().filter(|chosen| !units.iter().any(|unit| unit.id == chosen.id)) {
            units.push(chosen.clone());
        }
        let chosen = self.unit.as_ref().map(|unit| unit.id);
        let any = Choice { value: String::new(), label: lang.search_any_unit().to_owned(), selected: chosen.is_none() };
        let choice = |unit: Unit| Choice { value: unit.id.to_string(), selected: chosen == Some(unit.id), label: unit.name };
        Ok(std::iter::once(any).chain(units.into_iter().map(choice)).collect())
    }

    /// The two orders.
    pub fn sort_choices(&self, lang: Lang) -> Vec<Choice> {
        let choice = |value: &str, label: &str, order: Order| Choice {
            value: value.to_owned(),
            label: label.to_owned(),
            selected: self.order == order,
        };
        vec![choice("", lang.search_sort_best(), Order::Relevance), choice(NEWEST, lang.search_sort_new(), Order::Newest)]
    }
}

/// What was typed, as far as a sentence repeats it.
fn shown(typed: &str) -> String {
    typed.chars().take(60).collect()
}

async fn found_unit(app: &App, typed: &str) -> Result<Option<Unit>, StoreError> {
    let Ok(id) = typed.parse::<i64>() else { return Ok(None) };
    match app.store().get::<Unit>(Id::new(id)).await {
        Ok(unit) => Ok(Some(unit)),
        Err(StoreError::Problem(Problem::NotFound)) => Ok(None),
        Err(fault) => Err(fault),
    }
}
