//! What a draft holds, its fields, and the draft as a person corrected it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::DraftKind;
use super::form::{Form, day_for_form, number_for_form};
use crate::code::Coded;
use crate::problem::Problem;
use crate::reading::{
    BodyDraft, Comparator, ConclusionDraft, ConclusionKind, Confidence, DocumentDraft, FigureDraft, FigureRole, GroupCountDraft,
    MeetingRole, PersonDraft, PhotoDraft, ProposalDraft, Reading, Span, StatementDraft, StatementKind, TaskDraft,
};

/// What a draft holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "draft", rename_all = "snake_case")]
pub enum DraftContent {
    /// *người*
    Person(PersonDraft),
    /// *cơ quan*
    Body(BodyDraft),
    /// *văn bản*
    Document(DocumentDraft),
    /// *con số*
    Figure(FigureDraft),
    /// *số nhóm*
    GroupCount(GroupCountDraft),
    /// *ý kiến*
    Statement(StatementDraft),
    /// *kết luận*
    Conclusion(ConclusionDraft),
    /// *kiến nghị*
    Proposal(ProposalDraft),
    /// *nhiệm vụ*
    Task(TaskDraft),
    /// *ảnh*
    Photo(PhotoDraft),
}

/// How a field is typed in a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// One line of text.
    Line,
    /// Several lines that are one text.
    Text,
    /// One entry a line.
    Lines,
    /// A day, or nothing.
    Day,
    /// A number, or nothing.
    Number,
    /// One of these codes.
    Choice(&'static [&'static str]),
}

/// A field of a draft with the value it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name in the form, the same for every kind of draft that has it.
    pub name: &'static str,
    /// How it is typed.
    pub kind: FieldKind,
    /// As a form shows it.
    pub value: String,
}

const MEETING_ROLES: &[&str] = &["", "chair", "reporter", "speaker", "attendee"];
const COMPARATORS: &[&str] = &["eq", "ge", "gt", "le", "lt", "about"];
const FIGURE_ROLES: &[&str] = &["actual", "target", "baseline", "change", "over_target", "of_plan", "share"];
const STATEMENT_KINDS: &[&str] = &["report", "statement", "conclusion"];
const CONCLUSION_KINDS: &[&str] = &["assessment", "commitment"];

/// Every draft of a reading, in the order of the text; drafts of one place keep the order of the kinds.
pub fn drafts_of(reading: &Reading) -> Vec<DraftContent> {
    let mut drafts: Vec<DraftContent> = Vec::new();
    drafts.extend(reading.people.iter().cloned().map(DraftContent::Person));
    drafts.extend(reading.bodies.iter().cloned().map(DraftContent::Body));
    drafts.extend(reading.documents.iter().cloned().map(DraftContent::Document));
    drafts.extend(reading.photos.iter().cloned().map(DraftContent::Photo));
    drafts.extend(reading.statements.iter().cloned().map(DraftContent::Statement));
    drafts.extend(reading.conclusions.iter().cloned().map(DraftContent::Conclusion));
    drafts.extend(reading.proposals.iter().cloned().map(DraftContent::Proposal));
    drafts.extend(reading.tasks.iter().cloned().map(DraftContent::Task));
    drafts.extend(reading.group_counts.iter().cloned().map(DraftContent::GroupCount));
    drafts.extend(reading.figures.iter().cloned().map(DraftContent::Figure));
    drafts.sort_by_key(|draft| draft.span().start);
    drafts
}

impl DraftContent {
    /// What it is of.
    pub const fn kind(&self) -> DraftKind {
        match self {
            Self::Person(_) => DraftKind::Person,
            Self::Body(_) => DraftKind::Body,
            Self::Document(_) => DraftKind::Document,
            Self::Figure(_) => DraftKind::Figure,
            Self::GroupCount(_) => DraftKind::GroupCount,
            Self::Statement(_) => DraftKind::Statement,
            Self::Conclusion(_) => DraftKind::Conclusion,
            Self::Proposal(_) => DraftKind::Proposal,
            Self::Task(_) => DraftKind::Task,
            Self::Photo(_) => DraftKind::Photo,
        }
    }

    /// How sure the reader was. A caption under its file is never in doubt.
    pub const fn confidence(&self) -> Confidence {
        match self {
            Self::Person(d) => d.confidence,
            Self::Body(d) => d.confidence,
            Self::Document(d) => d.confidence,
            Self::Figure(d) => d.confidence,
            Self::GroupCount(d) => d.confidence,
            Self::Statement(d) => d.confidence,
            Self::Conclusion(d) => d.confidence,
            Self::Proposal(d) => d.confidence,
            Self::Task(d) => d.confidence,
            Self::Photo(_) => Confidence::Sure,
        }
    }

    /// The first stretch it was read from.
    pub fn span(&self) -> Span {
        self.spans().first().copied().unwrap_or(Span { start: 0, end: 0 })
    }

    /// Every stretch it was read from.
    pub fn spans(&self) -> &[Span] {
        use std::slice::from_ref;
        match self {
            Self::Person(d) => &d.spans,
            Self::Body(d) => &d.spans,
            Self::Document(d) => from_ref(&d.span),
            Self::Figure(d) => from_ref(&d.span),
            Self::GroupCount(d) => from_ref(&d.span),
            Self::Statement(d) => from_ref(&d.span),
            Self::Conclusion(d) => from_ref(&d.span),
            Self::Proposal(d) => from_ref(&d.span),
            Self::Task(d) => from_ref(&d.span),
            Self::Photo(d) => from_ref(&d.span),
        }
    }

    /// The words that a card shows.
    pub fn title(&self) -> &str {
        match self {
            Self::Person(d) => &d.name,
            Self::Body(d) => &d.name,
            Self::Document(d) => &d.quote,
            Self::Figure(d) => &d.quote,
            Self::GroupCount(d) => &d.quote,
            Self::Statement(d) => &d.quote,
            Self::Conclusion(d) => &d.quote,
            Self::Proposal(d) => &d.quote,
            Self::Task(d) => &d.quote,
            Self::Photo(d) => &d.caption,
        }
    }

    /// Its fields with their values, in the order of the form.
    pub fn fields(&self) -> Vec<Field> {
        use FieldKind::{Choice, Day, Line, Lines, Number, Text};
        let field = |name, kind, value: &str| Field { name, kind, value: value.to_owned() };
        let optional = |value: &Option<String>| value.clone().unwrap_or_default();
        let day = |value: Option<Date>| value.map(day_for_form).unwrap_or_default();
        match self {
            Self::Person(d) => vec![
                field("name", Line, &d.name),
                field("positions", Lines, &d.positions.join("\n")),
                field("role", Choice(MEETING_ROLES), d.role.map_or("", Coded::code)),
            ],
            Self::Body(d) => vec![field("name", Line, &d.name)],
            Self::Document(d) => vec![
                field("document_type", Line, &d.document_type),
                field("symbol", Line, &optional(&d.symbol)),
                field("title", Text, &optional(&d.title)),
                field("date", Day, &day(d.date)),
                field("issuer", Line, &optional(&d.issuer)),
            ],
            Self::Figure(d) => vec![
                field("measure", Line, &d.measure),
                field("value", Number, &number_for_form(d.value)),
                field("of", Number, &d.of.map(number_for_form).unwrap_or_default()),
                field("unit", Line, &d.unit),
                field("comparator", Choice(COMPARATORS), d.comparator.code()),
                field("figure_role", Choice(FIGURE_ROLES), d.role.code()),
                field("period_from", Day, &day(d.period.and_then(|p| p.from))),
                field("period_to", Day, &day(d.period.and_then(|p| p.to))),
            ],
            Self::GroupCount(d) => vec![
                field("met", Number, &d.met.to_string()),
                field("of", Number, &d.of.to_string()),
                field("threshold", Number, &d.threshold_pct.map(|t| t.to_string()).unwrap_or_default()),
                field("resolution", Text, &optional(&d.resolution)),
            ],
            Self::Statement(d) => vec![
                field("speaker", Line, &optional(&d.speaker)),
                field("body", Line, &optional(&d.body)),
                field("statement_kind", Choice(STATEMENT_KINDS), d.kind.code()),
                field("quote", Text, &d.quote),
            ],
            Self::Conclusion(d) => vec![
                field("conclusion_kind", Choice(CONCLUSION_KINDS), d.kind.code()),
                field("by", Line, &optional(&d.by)),
                field("quote", Text, &d.quote),
            ],
            Self::Proposal(d) => vec![
                field("quote", Text, &d.quote),
                field("by", Line, &optional(&d.by)),
                field("to", Line, &optional(&d.to)),
                field("options", Lines, &d.options.join("\n")),
            ],
            Self::Task(d) => vec![
                field("quote", Text, &d.quote),
                field("lead", Line, &optional(&d.lead)),
                field("cooperating", Lines, &d.cooperating.join("\n")),
                field("due", Day, &day(d.due)),
                field("assigned_by", Line, &optional(&d.assigned_by)),
            ],
            Self::Photo(d) => vec![field("file", Line, &d.file), field("caption", Text, &d.caption)],
        }
    }

    /// The draft as a person corrected it. The stretch of text stays: it is what the draft was read from.
    pub fn corrected(&self, typed: &BTreeMap<String, String>) -> Result<Self, Vec<Problem>> {
        let mut form = Form { typed, problems: Vec::new() };
        let corrected = self.correct(&mut form);
        if form.problems.is_empty() { Ok(corrected) } else { Err(form.problems) }
    }

    fn correct(&self, form: &mut Form<'_>) -> Self {
        match self.clone() {
            Self::Person(d) => Self::Person(PersonDraft {
                name: form.required("name"),
                positions: form.lines("positions"),
                role: form.choice::<MeetingRole>("role", true),
                ..d
            }),
            Self::Body(d) => Self::Body(BodyDraft { name: form.required("name"), ..d }),
            Self::Document(d) => {
                let (symbol, title) = (form.optional("symbol"), form.optional("title"));
                if symbol.is_none() && title.is_none() {
                    form.problems.push(Problem::Missing { field: "symbol" });
                }
                let document_type = form.required("document_type");
                Self::Document(DocumentDraft { document_type, symbol, title, date: form.day("date"), issuer: form.optional("issuer"), ..d })
            }
            Self::Figure(d) => Self::Figure(FigureDraft {
                measure: form.required("measure"),
                value: form.number("value").unwrap_or_else(|| form.missing("value", d.value)),
                of: form.number("of"),
                unit: form.line("unit"),
                comparator: form.choice::<Comparator>("comparator", false).unwrap_or(d.comparator),
                role: form.choice::<FigureRole>("figure_role", false).unwrap_or(d.role),
                period: form.period(),
                ..d
            }),
            Self::GroupCount(d) => Self::GroupCount(form.group_count(d)),
            Self::Statement(d) => {
                let (speaker, body) = (form.optional("speaker"), form.optional("body"));
                if speaker.is_none() && body.is_none() {
                    form.problems.push(Problem::Missing { field: "speaker" });
                }
                let kind = form.choice::<StatementKind>("statement_kind", false).unwrap_or(d.kind);
                Self::Statement(StatementDraft { speaker, body, kind, quote: form.required("quote"), ..d })
            }
            Self::Conclusion(d) => Self::Conclusion(ConclusionDraft {
                kind: form.choice::<ConclusionKind>("conclusion_kind", false).unwrap_or(d.kind),
                by: form.optional("by"),
                quote: form.required("quote"),
                ..d
            }),
            Self::Proposal(d) => Self::Proposal(ProposalDraft {
                quote: form.required("quote"),
                by: form.optional("by"),
                to: form.optional("to"),
                options: form.lines("options"),
                ..d
            }),
            Self::Task(d) => Self::Task(TaskDraft {
                quote: form.required("quote"),
                lead: form.optional("lead"),
                cooperating: form.lines("cooperating"),
                due: form.day("due"),
                assigned_by: form.optional("assigned_by"),
                ..d
            }),
            Self::Photo(d) => Self::Photo(PhotoDraft { file: form.required("file"), caption: form.line("caption"), ..d }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn task() -> DraftContent {
        DraftContent::Task(TaskDraft {
            quote: "rà soát biên chế".into(),
            assigned_by: Some("Đinh Quang Khải".into()),
            lead: Some("Ban Tổ chức Tỉnh ủy".into()),
            cooperating: vec!["Sở Nội vụ".into()],
            due: Some(date(2024, 5, 31)),
            span: Span { start: 10, end: 30 },
            confidence: Confidence::Fair,
        })
    }

    fn typed_of(content: &DraftContent) -> BTreeMap<String, String> {
        content.fields().into_iter().map(|field| (field.name.to_owned(), field.value)).collect()
    }

    #[test]
    fn a_form_sent_back_unchanged_changes_nothing() {
        assert_eq!(task().corrected(&typed_of(&task())), Ok(task()));
    }

    #[test]
    fn every_problem_of_a_form_is_told_at_once() {
        let mut typed = typed_of(&task());
        typed.insert("quote".into(), "  ".into());
        typed.insert("due".into(), "31/2/2024".into());
        let problems = task().corrected(&typed).unwrap_err();
        assert_eq!(problems, [Problem::Missing { field: "quote" }, Problem::NoDay { field: "due", value: "31/2/2024".into() }]);
    }

    #[test]
    fn a_count_cannot_meet_more_than_there_are() {
        let count = DraftContent::GroupCount(GroupCountDraft {
            met: 13,
            of: 22,
            threshold_pct: Some(100),
            resolution: None,
            quote: "13/22 nhóm".into(),
            span: Span { start: 0, end: 10 },
            confidence: Confidence::Sure,
        });
        let mut typed = typed_of(&count);
        typed.insert("met".into(), "23".into());
        assert_eq!(count.corrected(&typed), Err(vec![Problem::NotAllowed { field: "met", value: "23".into() }]));
        typed.insert("met".into(), String::new());
        assert_eq!(count.corrected(&typed), Err(vec![Problem::Missing { field: "met" }]));
    }

    #[test]
    fn content_survives_its_json() {
        let json = serde_json::to_string(&task()).unwrap_or_default();
        assert_eq!(serde_json::from_str::<DraftContent>(&json).ok(), Some(task()));
    }
}
