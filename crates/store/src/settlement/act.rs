//! What was said, found, asked and assigned: claims, statements, conclusions, proposals and tasks, each with its passage.

use domain::claim::{Claim, ClaimKind};
use domain::draft::{Draft, DraftContent};
use domain::fold::fold;
use domain::id::Id;
use domain::proposal::{Proposal, ProposalChange, ProposalOption, ProposalState, ProposalStep, changes_of};
use domain::reading::{
    Comparator, ConclusionDraft, ConclusionKind, FigureDraft, FigureRole, GroupCountDraft, PaperKind, ProposalDraft, StatementDraft,
    TaskDraft,
};
use domain::session::{Conclusion, Statement};
use domain::task::{Progress, Task, TaskBody, TaskRole, TaskState};
use domain::unit::Unit;

use super::Scene;
use crate::ledger::Write;
use crate::{StoreError, values};

/// The counted noun of a count of groups, as pages print it.
const GROUPS: &str = "nhóm mục tiêu";

impl Write {
    pub(super) async fn settle_acts(
        &mut self,
        scene: &mut Scene,
        kept: &[(Id<Draft>, DraftContent)],
        advice: Option<Id<Draft>>,
    ) -> Result<(), StoreError> {
        let figures: Vec<&FigureDraft> =
            kept.iter().filter_map(|(_, content)| if let DraftContent::Figure(figure) = content { Some(figure) } else { None }).collect();
        let (mut statements, mut conclusions) = (0, 0);
        let mut advice_task = None;
        for (draft, content) in kept {
            match content {
                DraftContent::Figure(figure) => self.settle_figure(scene, *draft, figure).await?,
                DraftContent::GroupCount(count) => self.settle_count(scene, count).await?,
                DraftContent::Statement(statement) => {
                    statements += 1;
                    self.settle_statement(scene, statement, statements).await?;
                }
                DraftContent::Conclusion(conclusion) => {
                    conclusions += 1;
                    self.settle_conclusion(scene, conclusion, conclusions).await?;
                }
                DraftContent::Proposal(proposal) => self.settle_proposal(scene, proposal, &figures).await?,
                DraftContent::Task(task) => {
                    self.settle_task(scene, task).await?;
                    if Some(*draft) == advice {
                        advice_task = Some(task);
                    }
                }
                DraftContent::Person(_) | DraftContent::Body(_) | DraftContent::Document(_) | DraftContent::Photo(_) => {}
            }
        }
        match advice_task {
            Some(task) => self.assign_for_advice(scene, task).await,
            None => Ok(()),
        }
    }

    async fn settle_figure(&mut self, scene: &mut Scene, id: Id<Draft>, draft: &FigureDraft) -> Result<(), StoreError> {
        let claim = Claim {
            id: self.new_id(),
            document: scene.document,
            passage: self.passage(scene, draft.span).await?,
            unit: scene.reading.unit,
            kind: ClaimKind::Figure,
            measure: draft.measure.clone(),
            value: draft.value.units(),
            value_scale: i64::from(draft.value.scale()),
            whole: draft.of.map(|of| of.units()),
            whole_scale: draft.of.map_or(0, |of| i64::from(of.scale())),
            unit_of_measure: draft.unit.clone(),
            comparator: draft.comparator,
            role: draft.role,
            period_known: draft.period.is_some(),
            period_from: draft.period.and_then(|period| period.from),
            period_to: draft.period.and_then(|period| period.to),
            threshold_pct: None,
            resolution: None,
            withdrawn_at: None,
            withdrawn_by: None,
        };
        self.insert(&claim).await?;
        match scene.numbers.get(&id) {
            Some(number) => self.settle_number(scene, &claim, *number).await,
            None => Ok(()),
        }
    }

    async fn settle_count(&mut self, scene: &mut Scene, draft: &GroupCountDraft) -> Result<(), StoreError> {
        let resolution = match &draft.resolution {
            Some(name) => self.document_like(name, None).await?.map(|document| document.id),
            None => None,
        };
        let claim = Claim {
            id: self.new_id(),
            document: scene.document,
            passage: self.passage(scene, draft.span).await?,
            unit: scene.reading.unit,
            kind: ClaimKind::Count,
            measure: GROUPS.to_owned(),
            value: i64::from(draft.met),
            value_scale: 0,
            whole: Some(i64::from(draft.of)),
            whole_scale: 0,
            unit_of_measure: GROUPS.to_owned(),
            comparator: if draft.threshold_pct.is_some() { Comparator::Ge } else { Comparator::Eq },
            role: FigureRole::Actual,
            period_known: false,
            period_from: None,
            period_to: None,
            threshold_pct: draft.threshold_pct.map(i64::from),
            resolution,
            withdrawn_at: None,
            withdrawn_by: None,
        };
        self.insert(&claim).await
    }

    async fn settle_statement(&mut self, scene: &mut Scene, draft: &StatementDraft, ordinal: i64) -> Result<(), StoreError> {
        let person = draft.speaker.as_ref().and_then(|name| scene.people.get(&fold(name)).copied());
        // A speaker whose own draft was dropped is kept by the name: words stay with who said them.
        let body = draft.body.clone().or_else(|| if person.is_none() { draft.speaker.clone() } else { None });
        let statement = Statement {
            id: self.new_id(),
            session: scene.session,
            document: scene.document,
            person,
            body_unit: match &body {
                Some(body) => self.resolve_unit(scene, body).await?,
                None => None,
            },
            body,
            kind: draft.kind,
            quote: draft.quote.clone(),
            photo: draft.photo.as_ref().and_then(|file| scene.photos.get(file).copied()),
            ordinal,
            passage: self.passage(scene, draft.span).await?,
        };
        self.insert(&statement).await
    }

    /// A commitment of the upper level is kept twice: as what was concluded, and as a task of that level to follow.
    async fn settle_conclusion(&mut self, scene: &mut Scene, draft: &ConclusionDraft, ordinal: i64) -> Result<(), StoreError> {
        let passage = self.passage(scene, draft.span).await?;
        let conclusion = Conclusion {
            id: self.new_id(),
            session: scene.session,
            document: scene.document,
            kind: draft.kind,
            by: draft.by.clone(),
            quote: draft.quote.clone(),
            ordinal,
            passage,
            withdrawn_at: None,
            withdrawn_by: None,
        };
        self.insert(&conclusion).await?;
        if draft.kind != ConclusionKind::Commitment {
            return Ok(());
        }
        let upper: Option<Unit> = scene.units.get(1).cloned();
        let mut task = self.new_task(scene, &draft.quote, passage);
        task.commitment = true;
        task.assigned_by.clone_from(&draft.by);
        task.unit = upper.as_ref().map(|unit| unit.id).or(task.unit);
        self.insert(&task).await?;
        self.add_first_step(&task).await?;
        let name = upper.map(|unit| unit.name).or_else(|| draft.by.clone());
        match name {
            Some(name) => self.add_task_body(scene, &task, TaskRole::Lead, &name, 1).await,
            None => Ok(()),
        }
    }

    async fn settle_proposal(&mut self, scene: &mut Scene, draft: &ProposalDraft, figures: &[&FigureDraft]) -> Result<(), StoreError> {
        let by_unit = match &draft.by {
            Some(by) => self.resolve_unit(scene, by).await?.or(scene.reading.unit),
            None => scene.reading.unit,
        };
        let to_unit = match &draft.to {
            Some(to) => self.resolve_unit(scene, to).await?,
            None => None,
        };
        let passage = self.passage(scene, draft.span).await?;
        let proposal = Proposal {
            id: self.new_id(),
            document: scene.document,
            session: scene.session,
            passage,
            text: draft.quote.clone(),
            by: draft.by.clone(),
            by_unit,
            to: draft.to.clone(),
            to_unit,
            state: ProposalState::Raised,
            advice_due: None,
            answer: None,
            revision: 1,
            withdrawn_at: None,
            withdrawn_by: None,
        };
        self.insert(&proposal).await?;
        for (ordinal, text) in (1_i64..).zip(&draft.options) {
            let option = ProposalOption { id: self.new_id(), proposal: proposal.id, ordinal, text: text.clone() };
            self.insert(&option).await?;
        }
        let inside: Vec<&FigureDraft> = figures.iter().copied().filter(|figure| draft.span.holds(figure.span)).collect();
        for (ordinal, (measure, from, to, unit_of_measure)) in (1_i64..).zip(changes_of(&inside)) {
            let (from_value, to_value) = (from.to_string(), to.to_string());
            let change =
                ProposalChange { id: self.new_id(), proposal: proposal.id, ordinal, measure, from_value, to_value, unit_of_measure };
            self.insert(&change).await?;
        }
        let (at, by) = (self.at(), self.actor().to_owned());
        let step = ProposalStep {
            id: self.new_id(),
            proposal: proposal.id,
            state: ProposalState::Raised,
            at,
            by,
            body: draft.by.clone(),
            note: None,
            passage: Some(passage),
        };
        self.insert(&step).await
    }

    async fn settle_task(&mut self, scene: &mut Scene, draft: &TaskDraft) -> Result<(), StoreError> {
        let passage = self.passage(scene, draft.span).await?;
        let mut task = self.new_task(scene, &draft.quote, passage);
        task.assigned_by.clone_from(&draft.assigned_by);
        task.due = draft.due;
        if let Some(lead) = &draft.lead {
            task.unit = self.resolve_unit(scene, lead).await?.or(task.unit);
        }
        self.insert(&task).await?;
        if let Some(lead) = &draft.lead {
            self.add_task_body(scene, &task, TaskRole::Lead, lead, 1).await?;
        }
        for (ordinal, name) in (1_i64..).zip(&draft.cooperating) {
            self.add_task_body(scene, &task, TaskRole::Cooperating, name, ordinal).await?;
        }
        self.add_first_step(&task).await
    }

    async fn add_first_step(&mut self, task: &Task) -> Result<(), StoreError> {
        let (at, by) = (self.at(), self.actor().to_owned());
        let first = Progress { id: self.new_id(), task: task.id, state: TaskState::Assigned, percent: None, note: String::new(), at, by };
        self.insert(&first).await
    }

    fn new_task(&mut self, scene: &Scene, text: &str, passage: Id<domain::document::Passage>) -> Task {
        Task {
            id: self.new_id(),
            document: scene.document,
            session: scene.session,
            passage,
            text: text.to_owned(),
            assigned_by: None,
            assigned_on: scene.reading.held_on.or(scene.reading.published_on),
            unit: scene.reading.unit,
            due: None,
            product: None,
            // Read from the press or minutes it is provisional, until the notice of conclusions has its number.
            binding: scene.reading.kind == PaperKind::ConclusionNotice,
            commitment: false,
            proposal: None,
            state: TaskState::Assigned,
            closed_on: None,
            revision: 1,
            withdrawn_at: None,
            withdrawn_by: None,
        }
    }

    async fn add_task_body(&mut self, scene: &Scene, task: &Task, role: TaskRole, name: &str, ordinal: i64) -> Result<(), StoreError> {
        let unit = self.resolve_unit(scene, name).await?;
        let body = TaskBody { id: self.new_id(), task: task.id, role, name: name.to_owned(), unit, ordinal, ended_at: None };
        self.insert(&body).await
    }

    /// Puts the open proposals of the session (of the paper, where there is none) into "assigned for advice, no date".
    async fn assign_for_advice(&mut self, scene: &mut Scene, task: &TaskDraft) -> Result<(), StoreError> {
        let passage = self.passage(scene, task.span).await?;
        let open = values![ProposalState::Raised];
        let proposals: Vec<Proposal> = match scene.session {
            Some(session) => {
                let tail = "WHERE session = $2 AND state = $1 AND withdrawn_at IS NULL ORDER BY id";
                self.find(tail, &[open[0].clone(), crate::field::Field::to_value(&session)]).await?
            }
            None => {
                let tail = "WHERE document = $2 AND state = $1 AND withdrawn_at IS NULL ORDER BY id";
                self.find(tail, &[open[0].clone(), crate::field::Field::to_value(&scene.document)]).await?
            }
        };
        for old in &proposals {
            let new = Proposal { state: ProposalState::Assigned, advice_due: task.due, revision: old.revision + 1, ..old.clone() };
            self.update(old, &new).await?;
            let (at, by) = (self.at(), self.actor().to_owned());
            let step = ProposalStep {
                id: self.new_id(),
                proposal: old.id,
                state: ProposalState::Assigned,
                at,
                by,
                body: task.lead.clone(),
                note: None,
                passage: Some(passage),
            };
            self.insert(&step).await?;
        }
        Ok(())
    }
}
