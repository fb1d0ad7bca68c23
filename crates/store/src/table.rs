//! Every ledger table with its noun: what the journal writes and the audit walks.

use domain::account::{Account, Grant, Role};
use domain::article::{Article, Correction};
use domain::claim::{Claim, ClaimKind};
use domain::document::{Document, Paper, Passage};
use domain::draft::{Draft, DraftKind, DraftState, HeldReading, ReadingState};
use domain::frozen_board::FrozenBoard;
use domain::group::Group;
use domain::id::Id;
use domain::indicator::{AreaRule, Direction, Indicator, PeriodRule};
use domain::load::Load;
use domain::measurable::MeasuredAs;
use domain::measurement::Measurement;
use domain::moment::Moment;
use domain::period::Period;
use domain::person::{Person, Position};
use domain::photo::{Photo, Picture, PictureWidths};
use domain::proposal::{Answer, Proposal, ProposalChange, ProposalOption, ProposalState, ProposalStep};
use domain::reading::{Comparator, ConclusionKind, Confidence, FigureRole, MeetingRole, PaperKind, StatementKind};
use domain::resolution::{Bands, GroupRule, Resolution};
use domain::session::{Attendance, Conclusion, MeetingKind, SessionDocument, Statement, WorkingSession};
use domain::target::Target;
use domain::task::{Extension, Progress, Task, TaskBody, TaskRole, TaskState};
use domain::unit::{Succession, Unit, UnitClass};
use jiff::civil::Date;

use crate::record::{Record, Table, record};

record!(Unit, "unit", id: Id<Unit>, code: Option<String>, name: String, kind: String, class: UnitClass, parent: Option<Id<Unit>>,
    valid_from: Option<Date>, valid_to: Option<Date>, folded: String, sort_key: String, parent_code: Option<String>; later: "parent_code");
record!(Succession, "succession", id: Id<Succession>, from_unit: Id<Unit>, to_unit: Id<Unit>, on_day: Date, act: String,
    share_millionths: Option<i64>);
record!(Account, "account", id: Id<Account>, name: String, password_hash: String, one_time_until: Option<Moment>, closed_at: Option<Moment>;
    digested: "password_hash");
record!(Grant, "role_grant", id: Id<Grant>, account: Id<Account>, role: Role, unit: Id<Unit>, ended_at: Option<Moment>);
record!(Paper, "paper", id: Id<Paper>, sha256: String, text: String; digested: "text");
record!(Document, "document", id: Id<Document>, kind: Option<PaperKind>, document_type: Option<String>, symbol: Option<String>,
    title: Option<String>, issued_on: Option<Date>, issuer: Option<String>, source: Option<String>, byline: Option<String>,
    paper: Option<Id<Paper>>, unit: Option<Id<Unit>>, reprint: bool, published_at: Option<Moment>, published_by: Option<Id<Account>>,
    folded: String);
record!(Passage, "passage", id: Id<Passage>, document: Id<Document>, span_start: i64, span_end: i64);
record!(Person, "person", id: Id<Person>, name: String, folded: String, sort_key: String, code: Option<String>; later: "code");
record!(Position, "position", id: Id<Position>, person: Id<Person>, unit: Option<Id<Unit>>, title: String, ordinal: i64,
    held_from: Option<Date>, held_to: Option<Date>, attested_on: Option<Date>, passage: Option<Id<Passage>>);
record!(WorkingSession, "working_session", id: Id<WorkingSession>, kind: MeetingKind, unit: Option<Id<Unit>>, title: String,
    held_on: Option<Date>);
record!(SessionDocument, "session_document", id: Id<SessionDocument>, session: Id<WorkingSession>, document: Id<Document>);
record!(Attendance, "attendance", id: Id<Attendance>, session: Id<WorkingSession>, person: Id<Person>, positions: String,
    role: MeetingRole, ordinal: i64, passage: Id<Passage>);
record!(Photo, "photo", id: Id<Photo>, document: Id<Document>, file: String, caption: String, ordinal: i64, passage: Id<Passage>);
record!(Picture, "picture", id: Id<Picture>, document: Id<Document>, photo: Option<Id<Photo>>, file_name: String, sha256: String,
    width: i64, height: i64, widths: PictureWidths, added_at: Moment, added_by: String, withdrawn_at: Option<Moment>,
    withdrawn_by: Option<Id<Account>>, withdrawn_why: Option<String>);
record!(Statement, "statement", id: Id<Statement>, session: Option<Id<WorkingSession>>, document: Id<Document>, person: Option<Id<Person>>,
    body: Option<String>, body_unit: Option<Id<Unit>>, kind: StatementKind, quote: String, photo: Option<Id<Photo>>, ordinal: i64,
    passage: Id<Passage>);
record!(Conclusion, "conclusion", id: Id<Conclusion>, session: Option<Id<WorkingSession>>, document: Id<Document>, kind: ConclusionKind,
    by: Option<String>, quote: String, ordinal: i64, passage: Id<Passage>, withdrawn_at: Option<Moment>, withdrawn_by: Option<Id<Account>>);
record!(Claim, "claim", id: Id<Claim>, document: Id<Document>, passage: Id<Passage>, unit: Option<Id<Unit>>, kind: ClaimKind,
    measure: String, value: i64, value_scale: i64, whole: Option<i64>, whole_scale: i64, unit_of_measure: String, comparator: Comparator,
    role: FigureRole, period_known: bool, period_from: Option<Date>, period_to: Option<Date>, threshold_pct: Option<i64>,
    resolution: Option<Id<Document>>, withdrawn_at: Option<Moment>, withdrawn_by: Option<Id<Account>>);
record!(Proposal, "proposal", id: Id<Proposal>, document: Id<Document>, session: Option<Id<WorkingSession>>, passage: Id<Passage>,
    text: String, by: Option<String>, by_unit: Option<Id<Unit>>, to: Option<String>, to_unit: Option<Id<Unit>>, state: ProposalState,
    advice_due: Option<Date>, answer: Option<Answer>, revision: i64, withdrawn_at: Option<Moment>, withdrawn_by: Option<Id<Account>>);
record!(ProposalOption, "proposal_option", id: Id<ProposalOption>, proposal: Id<Proposal>, ordinal: i64, text: String);
record!(ProposalChange, "proposal_change", id: Id<ProposalChange>, proposal: Id<Proposal>, ordinal: i64, measure: String,
    from_value: String, to_value: String, unit_of_measure: String);
record!(ProposalStep, "proposal_step", id: Id<ProposalStep>, proposal: Id<Proposal>, state: ProposalState, at: Moment, by: String,
    body: Option<String>, note: Option<String>, passage: Option<Id<Passage>>);
record!(Task, "task", id: Id<Task>, document: Id<Document>, session: Option<Id<WorkingSession>>, passage: Id<Passage>, text: String,
    assigned_by: Option<String>, assigned_on: Option<Date>, unit: Option<Id<Unit>>, due: Option<Date>, product: Option<String>,
    binding: bool, commitment: bool, proposal: Option<Id<Proposal>>, state: TaskState, closed_on: Option<Date>, revision: i64,
    withdrawn_at: Option<Moment>, withdrawn_by: Option<Id<Account>>);
record!(TaskBody, "task_body", id: Id<TaskBody>, task: Id<Task>, role: TaskRole, name: String, unit: Option<Id<Unit>>, ordinal: i64,
    ended_at: Option<Moment>);
record!(Extension, "extension", id: Id<Extension>, task: Id<Task>, from_due: Option<Date>, to_due: Option<Date>, reason: String,
    at: Moment, by: String);
record!(Progress, "progress", id: Id<Progress>, task: Id<Task>, state: TaskState, percent: Option<i64>, note: String, at: Moment,
    by: String);
record!(Article, "article", id: Id<Article>, document: Id<Document>, session: Option<Id<WorkingSession>>, slug: String, title: String,
    standfirst: String, source: Option<String>, author: Option<String>, published_at: Option<Moment>, published_by: Option<Id<Account>>,
    revision: i64);
record!(Correction, "correction", id: Id<Correction>, article: Id<Article>, was: String, is_now: String, reason: String, at: Moment,
    by: String);
record!(HeldReading, "reading", id: Id<HeldReading>, paper: Id<Paper>, file_name: Option<String>, kind: PaperKind,
    headline: Option<String>, source: Option<String>, byline: Option<String>, published_on: Option<Date>, about: Option<String>,
    about_parent: Option<String>, unit: Option<Id<Unit>>, meeting: MeetingKind, session: Option<Id<WorkingSession>>, held_on: Option<Date>,
    state: ReadingState, document: Option<Id<Document>>, handed_in_by: String, handed_in_at: Moment, form_key: String, revision: i64);
record!(Draft, "draft", id: Id<Draft>, reading: Id<HeldReading>, ordinal: i64, kind: DraftKind, confidence: Confidence, content: String,
    corrected: Option<String>, state: DraftState, decided_by: Option<String>, decided_at: Option<Moment>,
    measured: Option<MeasuredAs>; later: "measured");

record!(Load, "load", id: Id<Load>, folder: String, files: String, rows: i64, rows_sha256: String, at: Moment, by: String);
record!(Resolution, "resolution", id: Id<Resolution>, code: String, name: String, symbol: Option<String>, issued_on: Option<Date>,
    issued_by: String, issuer: Option<Id<Unit>>, unit: Option<Id<Unit>>, valid_from: Option<Date>, valid_to: Option<Date>,
    group_rule: GroupRule, bands: Bands, from_baseline: bool, document: Option<Id<Document>>);
record!(Group, "target_group", id: Id<Group>, resolution: Option<Id<Resolution>>, resolution_code: String, code: String, name: String,
    weight: i64);
record!(Indicator, "indicator", id: Id<Indicator>, code: String, name: String, unit_of_measure: String, decimals: i64,
    direction: Direction, area_rule: AreaRule, period_rule: PeriodRule, group: Option<Id<Group>>, weight: i64, folded: String);
record!(Target, "target", id: Id<Target>, unit: Id<Unit>, indicator: Id<Indicator>, valid_from: Option<Date>, valid_to: Option<Date>,
    assigned_by: String, assigner: Option<Id<Unit>>, value: Option<i64>, value_to: Option<i64>, baseline: Option<i64>,
    baseline_on: Option<Date>, known_on: Option<Date>, load: Option<Id<Load>>, line: Option<i64>);
record!(Measurement, "measurement", id: Id<Measurement>, unit: Id<Unit>, indicator: Id<Indicator>, period: Period, known_on: Date,
    value: Option<i64>, weight: Option<i64>, source: Option<String>, load: Option<Id<Load>>, line: Option<i64>, claim: Option<Id<Claim>>,
    passage: Option<Id<Passage>>, reason: Option<String>, entered_by: Option<String>, entered_at: Option<Moment>);
record!(FrozenBoard, "frozen_board", id: Id<FrozenBoard>, session: Id<WorkingSession>, unit: Id<Unit>, resolution: Id<Resolution>,
    month: Period, known_on: Date, horizon: i64, sequence: i64, result: String, frozen_at: Moment, frozen_by: String,
    withdrawn_at: Option<Moment>, withdrawn_by: Option<Id<Account>>);

/// Every ledger table. A table that is missing here could be changed behind the journal's back, so a test compares
/// this list with the migrations.
pub const TABLES: [Table; 34] = [
    Unit::TABLE,
    Succession::TABLE,
    Account::TABLE,
    Grant::TABLE,
    Paper::TABLE,
    Document::TABLE,
    Passage::TABLE,
    Person::TABLE,
    Position::TABLE,
    WorkingSession::TABLE,
    SessionDocument::TABLE,
    Attendance::TABLE,
    Photo::TABLE,
    Picture::TABLE,
    Statement::TABLE,
    Conclusion::TABLE,
    Claim::TABLE,
    Proposal::TABLE,
    ProposalOption::TABLE,
    ProposalChange::TABLE,
    ProposalStep::TABLE,
    Task::TABLE,
    TaskBody::TABLE,
    Extension::TABLE,
    Progress::TABLE,
    Article::TABLE,
    Correction::TABLE,
    Load::TABLE,
    Resolution::TABLE,
    Group::TABLE,
    Indicator::TABLE,
    Target::TABLE,
    Measurement::TABLE,
    FrozenBoard::TABLE,
];
/// The review desk's own tables, journalled like the ledger's.
pub const DESK_TABLES: [Table; 2] = [HeldReading::TABLE, Draft::TABLE];

/// Tables that the journal does not cover, and why each may change without it.
pub const UNJOURNALLED: [(&str, &str); 5] = [
    ("journal", "the journal itself, guarded by its chain"),
    ("journal_head", "the head, checked against the last entry"),
    ("login", "log-in sessions come and go"),
    ("visit_day", "counters of visits"),
    ("migration", "the shape of the database"),
];
