//! A draft as a card, and the draft in hand with its form.

use domain::code::Coded;
use domain::draft::{Draft, DraftContent, DraftState, FieldKind, HeldReading};
use domain::problem::Problem;
use domain::reading::Confidence;

use super::matches::{Match, matches_of};
use super::measured::{MeasuredForm, measured_form, measured_line};
use super::sheet::class_of;
use crate::lang::{Lang, Said};
use crate::web::support::form::Fields;
use crate::web::{App, Fault};

/// A field of a draft in its line.
pub(super) struct SummaryPart {
    pub(super) words: String,
    /// Of the paper, and not a word for a code.
    pub(super) as_printed: bool,
}

/// One choice of a list.
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) selected: bool,
}

/// A field of the draft in hand.
pub(super) struct FieldRow {
    pub(super) name: &'static str,
    pub(super) label: &'static str,
    /// `line`, `text`, `day`, `number` or `choice`.
    pub(super) input: &'static str,
    pub(super) value: String,
    pub(super) rows: usize,
    pub(super) choices: Vec<Choice>,
    pub(super) problem: Option<String>,
}

/// A draft as a card.
pub(super) struct Card {
    pub(super) ordinal: i64,
    pub(super) id: i64,
    pub(super) kind: &'static str,
    pub(super) class: &'static str,
    pub(super) title: String,
    /// Its fields, for one line.
    pub(super) summary: Vec<SummaryPart>,
    pub(super) sure: &'static str,
    /// Filled dots, of three.
    pub(super) dots: usize,
    pub(super) state: &'static str,
    pub(super) decided_by: String,
}

/// The draft in hand.
pub(super) struct Hand {
    pub(super) card: Card,
    /// "bản nháp 25 trên 36"
    pub(super) place: String,
    pub(super) fields: Vec<FieldRow>,
    pub(super) matches: Vec<Match>,
    /// Of a figure, where the ledger has indicators.
    pub(super) measured: Option<MeasuredForm>,
    /// Of an accepted figure: what it is a measurement of.
    pub(super) measured_line: String,
    pub(super) previous: Option<i64>,
    pub(super) next: Option<i64>,
    /// The next undecided draft that the reader is not sure of.
    pub(super) next_unsure: Option<i64>,
    pub(super) problems: Vec<Said>,
}

impl Hand {
    /// Whether the page opens at the draft: not where something in its form is to be mended or looked at first.
    pub(super) fn takes_focus(&self) -> bool {
        self.problems.is_empty() && !self.measured.as_ref().is_some_and(|measured| measured.is_open)
    }
}

/// What a person has just typed for a draft and must mend.
#[derive(Clone, Copy)]
pub(super) struct DraftMending<'m> {
    /// The draft.
    pub(super) draft: &'m Draft,
    /// What was typed.
    pub(super) typed: &'m Fields,
    /// Why it was not taken.
    pub(super) problems: &'m [Problem],
}

/// The draft in hand: its fields as read, or as typed with what must be mended.
pub(super) async fn hand_of(
    app: &App,
    lang: Lang,
    held: &HeldReading,
    (draft, content): (&Draft, &DraftContent),
    drafts: &[Draft],
    mending: Option<DraftMending<'_>>,
) -> Result<Hand, Fault> {
    let (typed, problems) = match mending {
        Some(mending) if mending.draft.id == draft.id => (Some(mending.typed), mending.problems),
        _ => (None, &[][..]),
    };
    let measured = match content {
        DraftContent::Figure(figure) if draft.state == DraftState::Pending => measured_form(app, lang, held, figure, typed).await?,
        _ => None,
    };
    let pending = || drafts.iter().filter(|other| other.state == DraftState::Pending && other.id != draft.id);
    let unsure = || pending().filter(|other| other.confidence == Confidence::Check);
    let fields = content.fields().into_iter().map(|field| field_row(lang, &field, typed, problems)).collect();
    Ok(Hand {
        card: card_of(lang, draft, content),
        place: lang.draft_place(lang.integer(draft.ordinal), lang.integer(drafts.len())),
        fields,
        matches: matches_of(app, lang, held, content).await?,
        measured,
        measured_line: measured_line(app, lang, draft).await?,
        previous: pending().rfind(|other| other.ordinal < draft.ordinal).map(|other| other.ordinal),
        next: pending().find(|other| other.ordinal > draft.ordinal).map(|other| other.ordinal),
        next_unsure: unsure().find(|other| other.ordinal > draft.ordinal).or_else(|| unsure().next()).map(|other| other.ordinal),
        problems: problems.iter().map(|problem| lang.problem(problem)).collect(),
    })
}

fn field_row(lang: Lang, field: &domain::draft::Field, typed: Option<&Fields>, problems: &[Problem]) -> FieldRow {
    let value = typed.map_or_else(|| field.value.clone(), |typed| typed.exact(field.name).to_owned());
    let (input, choices) = match field.kind {
        FieldKind::Line => ("line", Vec::new()),
        FieldKind::Text | FieldKind::Lines => ("text", Vec::new()),
        FieldKind::Day => ("day", Vec::new()),
        FieldKind::Number => ("number", Vec::new()),
        FieldKind::Choice(codes) => ("choice", codes.iter().map(|code| choice(lang, field.name, code, &value)).collect()),
    };
    let problem = problems.iter().find(|problem| problem.field() == Some(field.name)).map(|problem| lang.problem(problem).what);
    FieldRow {
        name: field.name,
        label: lang.field_label(field.name),
        input,
        rows: (value.chars().count() / 60 + 1).min(6),
        value,
        choices,
        problem,
    }
}

/// One choice by its code, in words.
pub(super) fn choice(lang: Lang, field: &str, code: &str, value: &str) -> Choice {
    let label = lang.word(field, if code.is_empty() { "none" } else { code }).unwrap_or(code).to_owned();
    Choice { value: code.to_owned(), label, selected: code == value }
}

/// The card of a draft.
pub(super) fn card_of(lang: Lang, draft: &Draft, content: &DraftContent) -> Card {
    let (sure, dots) = match draft.confidence {
        Confidence::Sure => (lang.draft_sure(), 3),
        Confidence::Fair => (lang.draft_fair(), 2),
        Confidence::Check => (lang.draft_check(), 1),
    };
    Card {
        ordinal: draft.ordinal,
        id: draft.id.number(),
        kind: lang.word("draft_kind", draft.kind.code()).unwrap_or(""),
        class: class_of(draft.kind),
        title: content.title().to_owned(),
        summary: summary(lang, content),
        sure,
        dots,
        state: lang.word("draft_state", draft.state.code()).unwrap_or(""),
        decided_by: draft.decided_by.clone().unwrap_or_default(),
    }
}

/// The fields that the title does not show.
fn summary(lang: Lang, content: &DraftContent) -> Vec<SummaryPart> {
    let shown = content.title();
    let part = |field: &domain::draft::Field| match field.kind {
        FieldKind::Choice(_) => {
            SummaryPart { words: lang.word(field.name, &field.value).unwrap_or_default().to_owned(), as_printed: false }
        }
        _ => SummaryPart { words: field.value.replace('\n', "; "), as_printed: true },
    };
    content.fields().iter().filter(|field| !field.value.is_empty() && field.value != shown).map(part).collect()
}
