//! The index itself: its fields, what goes in and comes out.

use domain::code::Coded;
use domain::id::Id;
use domain::search::{SearchKind, Subject};
use domain::unit::Unit;
use jiff::civil::{Date, date};
use tantivy::indexer::{IndexWriterOptions, LogMergePolicy};
use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{PreTokenizedString, Token as Indexed};
use tantivy::{IndexReader, IndexWriter, ReloadPolicy, Searcher, TantivyDocument, Term};

use crate::ask::{Asked, ask};
use crate::collect::{Best, Findings, Order};
use crate::entry::{Entry, Viewer};
use crate::query::Query;
use crate::token::{Token, tokens};

pub(crate) const SUBJECT: &str = "subject";
pub(crate) const DAY: &str = "day";
/// What one writer may hold before it writes a piece: the least that tantivy takes, since it is held only while writing.
const WRITER_BYTES: usize = 15_000_000;
/// Bits of an id beside its kind; ids count rows of one ledger.
const ID_BITS: u32 = 56;
/// Pieces in which so large a part was deleted are written anew.
const DELETED_MAX: f32 = 0.3;

/// Why the index does not answer. Nobody but us can mend it: the index is in memory and the questions are taken apart before.
#[derive(Debug)]
pub struct SearchError(tantivy::TantivyError);

impl std::fmt::Display for SearchError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the search index: {}", self.0)
    }
}

impl std::error::Error for SearchError {}

impl From<tantivy::TantivyError> for SearchError {
    fn from(error: tantivy::TantivyError) -> Self {
        Self(error)
    }
}

/// The fields. All but the two columns are for looking up only.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields {
    pub subject: Field,
    pub viewer: Field,
    pub unit: Field,
    pub day: Field,
    /// Every word without marks, in its place.
    pub text: Field,
    /// Every word with its marks, in its place.
    pub exact: Field,
    /// Neighbouring words without marks.
    pub pairs: Field,
    /// The title's words without marks.
    pub title: Field,
    /// The title's neighbouring words without marks.
    pub title_pairs: Field,
    /// The whole title, with marks and without.
    pub whole_exact: Field,
    pub whole: Field,
}

/// What a search is narrowed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// Who looks: what they may not see is not there.
    pub viewer: Viewer,
    /// Only this kind.
    pub kind: Option<SearchKind>,
    /// Only what is about one of these units.
    pub units: Option<Vec<Id<Unit>>>,
    /// Not before this day.
    pub from: Option<Date>,
    /// Not after this day.
    pub to: Option<Date>,
    /// In which order.
    pub order: Order,
    /// How many findings, from the best on.
    pub limit: usize,
}

impl Filter {
    /// Everything that somebody may see, the best `limit`.
    pub const fn all(viewer: Viewer, limit: usize) -> Self {
        Self { viewer, kind: None, units: None, from: None, to: None, order: Order::Relevance, limit }
    }
}

/// The index, in memory. Cheap to ask from many threads; one at a time may change it.
pub struct Index {
    index: tantivy::Index,
    reader: IndexReader,
    fields: Fields,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").finish_non_exhaustive()
    }
}

/// Changes that are not seen before they are committed; dropped, they were never made.
pub struct Writing<'a> {
    index: &'a Index,
    writer: IndexWriter,
}

impl Index {
    /// An empty one.
    pub fn new() -> Result<Self, SearchError> {
        let (schema, fields) = schema();
        let index = tantivy::Index::create_in_ram(schema);
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { index, reader, fields })
    }

    /// Opens a change.
    pub fn begin(&self) -> Result<Writing<'_>, SearchError> {
        let options =
            IndexWriterOptions::builder().num_worker_threads(1).memory_budget_per_thread(WRITER_BYTES).num_merge_threads(1).build();
        let writer: IndexWriter = self.index.writer_with_options(options)?;
        let mut policy = LogMergePolicy::default();
        policy.set_del_docs_ratio_before_merge(DELETED_MAX);
        writer.set_merge_policy(Box::new(policy));
        Ok(Writing { index: self, writer })
    }

    /// Puts these in place of what stood of their subjects, all at once.
    pub fn update(&self, entries: &[Entry]) -> Result<(), SearchError> {
        let mut writing = self.begin()?;
        for entry in entries {
            writing.put(entry)?;
        }
        writing.commit()
    }

    /// Searches. Where nothing has all the words, those that have some of them, and the findings say so.
    pub fn search(&self, query: &Query, filter: &Filter) -> Result<Findings, SearchError> {
        let searcher = self.reader.searcher();
        let all = self.find(&searcher, query, filter, Asked::AllWords)?;
        if all.count(None) > 0 || query.len() < 2 {
            return Ok(all);
        }
        let some = self.find(&searcher, query, filter, Asked::SomeWords)?;
        Ok(Findings { is_partial: some.count(None) > 0, ..some })
    }

    /// Titles that hold the words, of which the last may go on; the best first.
    pub fn suggest(&self, query: &Query, filter: &Filter) -> Result<Vec<Subject>, SearchError> {
        Ok(self.find(&self.reader.searcher(), query, filter, Asked::Titles)?.subjects)
    }

    fn find(&self, searcher: &Searcher, query: &Query, filter: &Filter, asked: Asked) -> Result<Findings, SearchError> {
        if query.is_empty() {
            return Ok(Findings::default());
        }
        let Filter { kind, from, to, order, limit, .. } = *filter;
        let question = ask(self.fields, query, filter, asked);
        let (subjects, counts) = searcher.search(&question, &Best { kind, from, to, order, limit })?;
        Ok(Findings { subjects, counts, is_partial: false })
    }

    pub(crate) fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }

    pub(crate) const fn fields(&self) -> Fields {
        self.fields
    }

    /// Bytes that the index takes in memory.
    pub fn bytes(&self) -> Result<u64, SearchError> {
        let usage = self.reader.searcher().space_usage().map_err(tantivy::TantivyError::from)?;
        Ok(usage.total().get_bytes())
    }
}

impl Writing<'_> {
    /// Puts an entry in place of what stood of its subject.
    pub fn put(&mut self, entry: &Entry) -> Result<(), SearchError> {
        self.writer.delete_term(Term::from_field_u64(self.index.fields.subject, number_of(entry.subject)));
        self.add(entry)
    }

    /// Adds an entry whose subject is not there yet.
    pub fn add(&mut self, entry: &Entry) -> Result<(), SearchError> {
        match (&entry.public, &entry.staff) {
            (Some(public), Some(staff)) if public == staff => self.add_for(entry, public, &[Viewer::Public, Viewer::Staff]),
            (public, staff) => {
                if let Some(public) = public {
                    self.add_for(entry, public, &[Viewer::Public])?;
                }
                staff.as_ref().map_or(Ok(()), |staff| self.add_for(entry, staff, &[Viewer::Staff]))
            }
        }
    }

    /// Makes the changes seen. Small pieces are put together on the way.
    pub fn commit(mut self) -> Result<(), SearchError> {
        self.writer.commit()?;
        self.writer.wait_merging_threads()?;
        self.index.reader.reload()?;
        Ok(())
    }

    fn add_for(&self, entry: &Entry, body: &str, viewers: &[Viewer]) -> Result<(), SearchError> {
        self.writer.add_document(document(self.index.fields, entry, body, viewers))?;
        Ok(())
    }
}

fn document(fields: Fields, entry: &Entry, body: &str, viewers: &[Viewer]) -> TantivyDocument {
    let title = tokens(&entry.title);
    let mut all = title.clone();
    let behind = title.last().map_or(0, |last| last.position + 2);
    all.extend(tokens(body).into_iter().map(|token| Token { position: token.position + behind, ..token }));
    let mut document = TantivyDocument::default();
    document.add_u64(fields.subject, number_of(entry.subject));
    for viewer in viewers {
        document.add_u64(fields.viewer, viewer_number(*viewer));
    }
    for unit in &entry.units {
        document.add_u64(fields.unit, unit.number().unsigned_abs());
    }
    if let Some(day) = entry.day {
        document.add_i64(fields.day, day_number(day));
    }
    let mut add = |field: Field, words: Vec<(String, usize)>| document.add_pre_tokenized_text(field, indexed(words));
    add(fields.text, all.iter().map(|token| (token.folded.clone(), token.position)).collect());
    add(fields.exact, all.iter().map(|token| (token.exact.clone(), token.position)).collect());
    add(fields.pairs, pairs(&all));
    add(fields.title, title.iter().map(|token| (token.folded.clone(), token.position)).collect());
    add(fields.title_pairs, pairs(&title));
    add(fields.whole_exact, vec![(whole(&title, |token| &token.exact), 0)]);
    add(fields.whole, vec![(whole(&title, |token| &token.folded), 0)]);
    document
}

/// The title as one line of words, without the parts of its decimal numbers.
fn whole(title: &[Token], form: impl Fn(&Token) -> &str) -> String {
    let mut line = String::new();
    let words = title.iter().enumerate().filter(|(at, _)| !crate::token::is_part(title, *at));
    for (_, token) in words {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(form(token));
    }
    // A title has three hundred letters at most; a term has its limit too.
    line.chars().take(400).collect()
}

/// Neighbours, each pair as one word.
fn pairs(tokens: &[Token]) -> Vec<(String, usize)> {
    let mut pairs = Vec::with_capacity(tokens.len());
    let mut from = 0;
    for token in tokens {
        while tokens.get(from).is_some_and(|before| before.position + 1 < token.position) {
            from += 1;
        }
        let before = tokens.get(from..).unwrap_or_default().iter().take_while(|before| before.position < token.position);
        pairs.extend(before.map(|before| (pair(&before.folded, &token.folded), token.position)));
    }
    pairs
}

/// Two neighbours as the field of pairs knows them.
pub(crate) fn pair(one: &str, other: &str) -> String {
    format!("{one} {other}")
}

fn indexed(words: Vec<(String, usize)>) -> PreTokenizedString {
    let token = |(text, position): (String, usize)| Indexed { offset_from: 0, offset_to: 0, position, text, position_length: 1 };
    PreTokenizedString { text: String::new(), tokens: words.into_iter().map(token).collect() }
}

fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    // Lengths of texts are not kept: points do not ask for them.
    let words = |record: IndexRecordOption| {
        TextOptions::default().set_indexing_options(TextFieldIndexing::default().set_index_option(record).set_fieldnorms(false))
    };
    let (placed, plain) = (IndexRecordOption::WithFreqsAndPositions, IndexRecordOption::Basic);
    let fields = Fields {
        subject: builder.add_u64_field(SUBJECT, FAST | INDEXED),
        viewer: builder.add_u64_field("viewer", INDEXED),
        unit: builder.add_u64_field("unit", INDEXED),
        day: builder.add_i64_field(DAY, FAST),
        text: builder.add_text_field("text", words(placed)),
        exact: builder.add_text_field("exact", words(placed)),
        pairs: builder.add_text_field("pairs", words(plain)),
        title: builder.add_text_field("title", words(plain)),
        title_pairs: builder.add_text_field("title_pairs", words(plain)),
        whole_exact: builder.add_text_field("whole_exact", words(plain)),
        whole: builder.add_text_field("whole", words(plain)),
    };
    (builder.build(), fields)
}

pub(crate) const fn viewer_number(viewer: Viewer) -> u64 {
    match viewer {
        Viewer::Public => 0,
        Viewer::Staff => 1,
    }
}

fn number_of(subject: Subject) -> u64 {
    let kind = u64::try_from(crate::collect::place(subject.kind)).unwrap_or_default();
    (kind << ID_BITS) | (subject.id.unsigned_abs() & ((1 << ID_BITS) - 1))
}

pub(crate) fn subject_of(number: u64) -> Option<Subject> {
    let kind = SearchKind::ALL.get(usize::try_from(number >> ID_BITS).ok()?)?;
    Some(Subject::new(*kind, i64::try_from(number & ((1 << ID_BITS) - 1)).ok()?))
}

/// Days since 1/1/1970.
pub(crate) fn day_number(day: Date) -> i64 {
    i64::from((day - date(1970, 1, 1)).get_days())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_is_one_number() {
        for kind in SearchKind::ALL {
            let subject = Subject::new(*kind, 123_456_789);
            assert_eq!(subject_of(number_of(subject)), Some(subject));
        }
        assert_eq!(subject_of(u64::MAX), None);
    }

    #[test]
    fn pairs_are_of_neighbours_also_around_a_decimal_number() {
        let drawn: Vec<String> = pairs(&tokens("tăng 10,5 lần. Năm")).into_iter().map(|(pair, _)| pair).collect();
        assert_eq!(drawn, ["tang 10,5", "tang 10", "tang 5", "10,5 lan", "10 lan", "5 lan"]);
    }
}
