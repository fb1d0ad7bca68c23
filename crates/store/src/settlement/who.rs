//! People and bodies of a settled paper, and who was at the session.

use domain::draft::{Draft, DraftContent};
use domain::fold::fold;
use domain::id::Id;
use domain::person::{Person, Position};
use domain::photo::Photo;
use domain::reading::PersonDraft;
use domain::session::Attendance;
use domain::sort::person_sort_key;
use domain::unit::Unit;

use super::Scene;
use crate::ledger::Write;
use crate::{StoreError, values};

impl Write {
    /// Bodies first, since positions are held at them; then people with their positions, attendance and photos.
    pub(super) async fn settle_who(&mut self, scene: &mut Scene, kept: &[(Id<Draft>, DraftContent)]) -> Result<(), StoreError> {
        for (_, content) in kept {
            if let DraftContent::Body(draft) = content {
                self.settle_body(scene, draft).await?;
            }
        }
        let (mut people, mut photos) = (0, 0);
        for (_, content) in kept {
            match content {
                DraftContent::Person(draft) => {
                    people += 1;
                    self.settle_person(scene, draft, people).await?;
                }
                DraftContent::Photo(draft) => {
                    photos += 1;
                    let passage = self.passage(scene, draft.span).await?;
                    let (file, caption) = (draft.file.clone(), draft.caption.clone());
                    let photo = Photo { id: self.new_id(), document: scene.document, file, caption, ordinal: photos, passage };
                    self.insert(&photo).await?;
                    scene.photos.insert(draft.file.clone(), photo.id);
                }
                _ => {}
            }
        }
        Ok(())
    }

    async fn settle_person(&mut self, scene: &mut Scene, draft: &PersonDraft, ordinal: i64) -> Result<(), StoreError> {
        let span = draft.spans.first().copied().ok_or_else(|| StoreError::Internal(format!("{} stands nowhere", draft.name)))?;
        let passage = self.passage(scene, span).await?;
        let person = match self.known_person(draft).await? {
            Some(person) => person,
            None => {
                let (folded, sort_key) = (fold(&draft.name), person_sort_key(&draft.name));
                let person = Person { id: self.new_id(), name: draft.name.clone(), folded, sort_key, code: None };
                self.insert(&person).await?;
                person.id
            }
        };
        scene.people.insert(fold(&draft.name), person);
        let held = self.find::<Position>("WHERE person = $1", &values![person]).await?;
        for (place, title) in (1_i64..).zip(&draft.positions) {
            if held.iter().any(|position| fold(&position.title) == fold(title)) {
                continue;
            }
            let unit = self.unit_of_title(scene, title);
            let position = Position {
                id: self.new_id(),
                person,
                unit,
                title: title.clone(),
                ordinal: place,
                held_from: None,
                held_to: None,
                attested_on: scene.reading.held_on.or(scene.reading.published_on),
                passage: Some(passage),
            };
            self.insert(&position).await?;
        }
        self.settle_attendance(scene, draft, person, ordinal, passage).await
    }

    async fn settle_attendance(
        &mut self,
        scene: &Scene,
        draft: &PersonDraft,
        person: Id<Person>,
        ordinal: i64,
        passage: Id<domain::document::Passage>,
    ) -> Result<(), StoreError> {
        let (Some(session), Some(role)) = (scene.session, draft.role) else { return Ok(()) };
        let known = self.find::<Attendance>("WHERE session = $1 AND person = $2", &values![session, person]).await?;
        let positions = draft.positions.join("; ");
        match known.first() {
            // A second paper of the session: the stronger role stays, and positions are not lost.
            Some(old) => {
                let new = Attendance {
                    role: old.role.max(role),
                    positions: if old.positions.len() >= positions.len() { old.positions.clone() } else { positions },
                    ..old.clone()
                };
                if new != *old {
                    self.update(old, &new).await?;
                }
                Ok(())
            }
            None => {
                let new = Attendance { id: self.new_id(), session, person, positions, role, ordinal, passage };
                self.insert(&new).await
            }
        }
    }

    /// The person of that name, where there is one only, or one of several who holds a position that the paper prints.
    async fn known_person(&mut self, draft: &PersonDraft) -> Result<Option<Id<Person>>, StoreError> {
        // By the folded name, which has the index; then as printed, since marks tell people apart.
        let named = self.find::<Person>("WHERE folded = $1 AND name = $2 ORDER BY id", &values![fold(&draft.name), draft.name]).await?;
        if let [only] = &named[..] {
            return Ok(Some(only.id));
        }
        for person in &named {
            let held = self.find::<Position>("WHERE person = $1", &values![person.id]).await?;
            if held.iter().any(|position| draft.positions.iter().any(|title| fold(title).starts_with(&fold(&position.title)))) {
                return Ok(Some(person.id));
            }
        }
        Ok(None)
    }

    /// The body that a title ends with: "Tỉnh ủy" of "Bí thư Tỉnh ủy"; the longest one of the paper's bodies.
    fn unit_of_title(&self, scene: &Scene, title: &str) -> Option<Id<Unit>> {
        let folded = fold(title);
        let fits = |name: &String| folded.strip_suffix(name.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with(' '));
        scene.bodies.iter().filter(|(name, _)| fits(name)).max_by_key(|(name, _)| name.len()).map(|(_, id)| *id)
    }
}
