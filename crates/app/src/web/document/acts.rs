//! Everything that was read from one paper and stands, and what of it hangs on which passage.

use domain::claim::{Claim, ClaimKind};
use domain::document::{Document, Passage};
use domain::draft::DraftKind;
use domain::id::Id;
use domain::person::Person;
use domain::photo::Photo;
use domain::proposal::Proposal;
use domain::session::{Conclusion, Statement};
use domain::task::Task;

use crate::web::{App, Fault};

/// What one paper gave.
pub struct Acts {
    /// Figures and counts.
    pub claims: Vec<Claim>,
    /// What was said.
    pub statements: Vec<Statement>,
    /// What was concluded.
    pub conclusions: Vec<Conclusion>,
    /// What was asked.
    pub proposals: Vec<Proposal>,
    /// What was assigned.
    pub tasks: Vec<Task>,
    /// Who is named.
    pub people: Vec<(Id<Passage>, Person)>,
    /// What was printed between the lines.
    pub photos: Vec<Photo>,
}

impl Acts {
    /// Reads them; what was taken back is left out.
    pub async fn of(app: &App, document: &Document) -> Result<Self, Fault> {
        let store = app.store();
        let (mut proposals, mut tasks) = (store.proposals_of_document(document.id).await?, store.tasks_of_document(document.id).await?);
        proposals.retain(|proposal| proposal.withdrawn_at.is_none());
        tasks.retain(|task| task.withdrawn_at.is_none());
        Ok(Self {
            claims: store.claims_of_document(document.id).await?,
            statements: store.statements_of_document(document.id).await?,
            conclusions: store.conclusions_of_document(document.id).await?,
            proposals,
            tasks,
            people: store.people_of_document(document.id).await?,
            photos: store.photos_of(document.id).await?,
        })
    }

    /// What a passage is marked as: the weightiest thing that hangs on it; absent where nothing does any more.
    pub fn kind_of(&self, passage: Id<Passage>) -> Option<DraftKind> {
        let claimed = |kind: ClaimKind| self.claims.iter().any(|claim| claim.passage == passage && claim.kind == kind);
        let kinds = [
            (DraftKind::Task, self.tasks.iter().any(|task| task.passage == passage)),
            (DraftKind::Proposal, self.proposals.iter().any(|proposal| proposal.passage == passage)),
            (DraftKind::GroupCount, claimed(ClaimKind::Count)),
            (DraftKind::Figure, claimed(ClaimKind::Figure)),
            (DraftKind::Conclusion, self.conclusions.iter().any(|conclusion| conclusion.passage == passage)),
            (DraftKind::Statement, self.statements.iter().any(|statement| statement.passage == passage)),
            (DraftKind::Person, self.people.iter().any(|(at, _)| *at == passage)),
            (DraftKind::Photo, self.photos.iter().any(|photo| photo.passage == passage)),
        ];
        kinds.into_iter().find(|(_, hangs)| *hangs).map(|(kind, _)| kind)
    }
}
