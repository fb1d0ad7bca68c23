//! Where a number comes from: who entered it and when, the sentence of the paper, or for a load the file, the line, the stated
//! source and the journal's entry.

use std::collections::HashMap;

use domain::document::{Document, Passage};
use domain::id::Id;
use domain::load::Load;
use domain::measurement::Measurement;
use domain::permission;

use crate::lang::Lang;
use crate::web::journal::may_read;
use crate::web::source::{Papers, may_see};
use crate::web::{App, Fault, Page};

/// The file of a load that holds numbers.
const MEASUREMENTS_FILE: &str = "measurements.csv";
/// The file of a load that holds targets.
pub const TARGETS_FILE: &str = "targets.csv";

/// Where a number comes from, in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Provenance {
    /// Who brought it in, when and how.
    pub words: String,
    /// The stated source; empty where none was stated.
    pub source: String,
    /// Why it corrects or withdraws another; empty where it does neither.
    pub reason: String,
    /// The sentence of the paper, with its page.
    pub sentence: Option<Sentence>,
    /// The journal's entry of the load, for who may read it.
    pub journal: Option<String>,
}

/// A sentence of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// As printed.
    pub words: String,
    /// Its page.
    pub href: String,
    /// The paper and its day.
    pub paper: String,
}

/// Where the numbers of one page come from.
#[derive(Default)]
pub struct Provenances {
    rows: HashMap<Id<Measurement>, Measurement>,
    loads: HashMap<Id<Load>, KnownLoad>,
    sentences: HashMap<Id<Passage>, Sentence>,
}

struct KnownLoad {
    load: Load,
    journal: Option<String>,
}

impl Provenances {
    /// Reads what the rows of some ids say of themselves.
    pub async fn read(app: &App, page: &Page, ids: &[Id<Measurement>]) -> Result<Self, Fault> {
        let mut all = Self::default();
        let mut papers = Papers::new(app, page);
        for row in app.store().measurements_by_ids(ids).await? {
            if let Some(load) = row.load {
                all.read_load(app, page, load).await?;
            }
            if let Some(passage) = row.passage {
                all.read_sentence(app, page, &mut papers, passage).await?;
            }
            all.rows.insert(row.id, row);
        }
        Ok(all)
    }

    /// Reads a load: targets of the same page come from one too.
    pub async fn read_load(&mut self, app: &App, page: &Page, id: Id<Load>) -> Result<(), Fault> {
        if self.loads.contains_key(&id) {
            return Ok(());
        }
        let load = app.store().get(id).await?;
        let journal = match &page.actor {
            Some(actor) if may_read(actor) => app.store().last_journal_of(&format!("load/{id}")).await?,
            _ => None,
        };
        // The list begins behind the number that it is given.
        let journal = journal.map(|entry| page.href(&format!("/journal?before={}", entry.sequence + 1)));
        self.loads.insert(id, KnownLoad { load, journal });
        Ok(())
    }

    /// Reads a sentence, where the visitor may see its paper.
    async fn read_sentence(&mut self, app: &App, page: &Page, papers: &mut Papers<'_>, id: Id<Passage>) -> Result<(), Fault> {
        if self.sentences.contains_key(&id) {
            return Ok(());
        }
        let passage: Passage = app.store().get(id).await?;
        let document: Document = app.store().get(passage.document).await?;
        if may_see(page, &document) {
            let source = papers.source(document.id, id).await?;
            let words = papers.sentence(document.id, id).await?;
            self.sentences.insert(id, Sentence { words, href: source.href, paper: format!("{}, {}", source.paper, source.day) });
        }
        Ok(())
    }

    /// Where a measurement comes from.
    pub fn of(&self, lang: Lang, id: Id<Measurement>) -> Provenance {
        let Some(row) = self.rows.get(&id) else { return Provenance::default() };
        let brought = match (row.load, row.entered_by.as_ref(), row.entered_at) {
            (Some(load), ..) => self.of_load(lang, load, MEASUREMENTS_FILE, row.line),
            (None, Some(name), Some(at)) => Provenance { words: lang.scoreboard_entered(name, lang.moment(at)), ..Provenance::default() },
            _ => Provenance::default(),
        };
        Provenance {
            source: row.source.clone().unwrap_or_default(),
            reason: row.reason.clone().unwrap_or_default(),
            sentence: row.passage.and_then(|passage| self.sentences.get(&passage)).cloned(),
            ..brought
        }
    }

    /// Where a row of a load comes from.
    pub fn of_load(&self, lang: Lang, load: Id<Load>, file: &str, line: Option<i64>) -> Provenance {
        let Some(known) = self.loads.get(&load) else { return Provenance::default() };
        // Lines are as an editor counts them, so their numbers have no separator.
        let line = line.map_or_else(String::new, |line| line.to_string());
        let file = format!("{}/{file}", known.load.folder);
        let by = if known.load.by == permission::OPERATOR { lang.scoreboard_the_operator() } else { &known.load.by };
        let words = lang.scoreboard_loaded(file, line, by, lang.moment(known.load.at));
        Provenance { words, journal: known.journal.clone(), ..Provenance::default() }
    }
}
