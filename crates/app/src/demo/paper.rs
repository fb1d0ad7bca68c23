//! The papers of the demo, in the order in which the office received them, each taken as far as its stage.

use std::collections::HashMap;

use domain::draft::{Draft, DraftState, HeldReading};
use domain::id::Id;
use domain::period::Period;
use domain::permission::{self, Actor};
use domain::problem::Problem;
use jiff::civil::{Date, date};
use store::Store;
use store::reading::{HandIn, HandedIn};
use store::settlement::{Settled, Settlement};

use super::{DemoFault, morning, path_of, unit_of_name};
use crate::frozen_board::freeze_day;

/// How far a paper of the demo has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// On the desk, undecided.
    HandedIn,
    /// In the ledger, not public.
    Settled,
    /// In the ledger and public.
    Published,
}

/// A paper.
#[derive(Debug)]
pub struct DemoPaper {
    /// The name of its file.
    pub file_name: &'static str,
    pub(super) text: &'static str,
    published_on: Option<Date>,
    /// The day on which the office has it.
    pub received_on: Date,
    stage: Stage,
}

macro_rules! paper {
    ($file:literal, $published_on:expr, $received_on:expr, $stage:ident) => {
        DemoPaper {
            file_name: $file,
            text: include_str!(concat!("../../../reader/cases/", $file)),
            published_on: $published_on,
            received_on: $received_on,
            stage: Stage::$stage,
        }
    };
}

/// The papers.
pub const PAPERS: [DemoPaper; 7] = [
    paper!("04-resolution.txt", None, date(2020, 10, 21), Settled),
    paper!("08-cms-news.txt", Some(date(2022, 2, 18)), date(2022, 2, 18), Published),
    paper!("06-minutes.txt", Some(date(2023, 9, 6)), date(2023, 9, 7), Settled),
    paper!("03-district-report.txt", Some(date(2024, 4, 16)), date(2024, 4, 16), Settled),
    paper!("01-working-session.txt", Some(date(2024, 4, 20)), date(2024, 4, 20), Published),
    paper!("02-conclusion-notice.txt", Some(date(2024, 4, 26)), date(2024, 4, 26), HandedIn),
    paper!("05-proposal-letter.txt", Some(date(2024, 5, 8)), date(2024, 5, 9), Settled),
];

/// The paper whose session froze a board, the code of the resolution, and a day of the month.
const FROZEN: (&str, &str, Date) = ("01-working-session.txt", "MV17", date(2024, 3, 31));

impl DemoPaper {
    /// Takes the paper as far as its stage, the way an officer would.
    pub async fn bring(&self, store: &Store, officer: &Actor) -> Result<(), DemoFault> {
        let day = self.received_on;
        let reading = reader::read(self.text, self.published_on);
        let unit = match &reading.about {
            Some(about) => unit_of_name(store, &about.name, Some(day)).await?,
            None => None,
        };
        let (file_name, form_key) = (Some(self.file_name.to_owned()), format!("demo {}", self.file_name));
        let hand_in = HandIn { reading, file_name, form_key, unit };
        let handed_in = store.hand_in(&permission::may_hand_in(officer)?, morning(day).plus_seconds(3600), hand_in).await?;
        let (HandedIn::New(reading) | HandedIn::Known(reading)) = handed_in;
        if self.stage == Stage::HandedIn {
            return Ok(());
        }
        let settled = settle(store, officer, reading, day).await?;
        if self.file_name == FROZEN.0 {
            freeze(store, officer, &settled, day).await?;
        }
        if self.stage == Stage::Published {
            let article = store.get(settled.article).await?;
            let document = store.get(settled.document).await?;
            let may = permission::may_publish(officer, &path_of(store, document.unit).await?)?;
            store.publish_article(&may, morning(day).plus_seconds(7200), article.id, article.revision).await?;
        }
        Ok(())
    }
}

async fn settle(store: &Store, officer: &Actor, reading: Id<HeldReading>, day: Date) -> Result<Settled, DemoFault> {
    let held = store.get(reading).await?;
    let may = permission::may_decide(officer, Some(&path_of(store, held.unit).await?))?;
    let drafts = store.drafts(reading).await?;
    let all: Vec<Id<Draft>> = drafts.iter().filter(|draft| draft.state == DraftState::Pending).map(|draft| draft.id).collect();
    store.accept_drafts(&may, morning(day).plus_seconds(4200), reading, &all).await?;
    let held = store.get(reading).await?;
    let advice = store.advice_offer(&held).await?.map(|offer| offer.draft);
    let settlement = Settlement { reading, revision: held.revision, advice, known_on: day, seen: HashMap::new() };
    Ok(store.settle(&may, morning(day).plus_seconds(4800), &settlement).await?)
}

/// Freezes what the session saw, as known on its own day.
async fn freeze(store: &Store, officer: &Actor, settled: &Settled, day: Date) -> Result<(), DemoFault> {
    let (_, resolution, month) = FROZEN;
    let session = settled.session.ok_or(Problem::NotFound)?;
    let month = Period::month_of(month).ok_or(Problem::NotFound)?;
    let unit = store.get(session).await?.unit;
    let may = permission::may_freeze_board(officer, &path_of(store, unit).await?)?;
    freeze_day(store, &may, morning(day).plus_seconds(6000), session, resolution, month).await?;
    Ok(())
}
