//! The list of tasks in memory. It follows the journal (`follow.rs`), so it is never older than what was acknowledged before it was
//! asked for; a question is answered by sets of bits (`bits.rs`): twenty thousand tasks are three hundred words, so every filter,
//! count and rate of a page costs microseconds, and nothing of an answer needs to be kept. What is a task's timeliness and what a
//! rate counts is decided in `domain`, task by task, when the list is put together.

mod bits;
mod follow;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use domain::document::Document;
use domain::fold::fold;
use domain::id::Id;
use domain::moment::Moment;
use domain::rate::{Rate, RatedTask, TaskRates};
use domain::task::{Task, TaskBody, Timeliness, timeliness};
use domain::unit::Unit;
use jiff::civil::Date;
use memchr::memmem;
use store::task::Audience;

use self::bits::Bits;
pub use self::follow::TaskLists;

/// The shortcuts, in the order of urgency; every task is under exactly one of them.
pub const BUCKETS: [&str; 6] = ["overdue", "soon", "in_time", "no_deadline", "done", "resting"];
/// Units are looked for below one another no deeper, should somebody have made a circle by hand.
const DEPTH_MAX: usize = 20;
/// Ends each text of a task; no folded text holds it.
const END: char = '\n';

/// A task with what its row shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedTask {
    /// The task.
    pub task: Task,
    /// Its bodies, leads first.
    pub bodies: Vec<TaskBody>,
    /// When work on it was last reported.
    pub updated: Option<Moment>,
    /// Its own words and its bodies' names, each folded and ended.
    folded: String,
}

impl ListedTask {
    fn new(task: Task, bodies: Vec<TaskBody>, updated: Option<Moment>) -> Self {
        let texts = std::iter::once(&task.text).chain(bodies.iter().map(|body| &body.name));
        let folded = texts.flat_map(|text| [fold(text), END.to_string()]).collect();
        Self { task, bodies, updated, folded }
    }

    fn units(&self) -> impl Iterator<Item = Id<Unit>> + '_ {
        self.task.unit.into_iter().chain(self.bodies.iter().filter_map(|body| body.unit))
    }
}

/// The orders of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The earliest deadline first, those without one last.
    Due,
    /// What lies still longest first.
    Updated,
    /// The newest first.
    New,
}

/// Which tasks are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// Who asks.
    pub audience: Audience,
    /// Folded words that stand in the task, its bodies or the name of its paper; empty for all.
    pub words: String,
    /// A unit that answers for it or takes part, or anything below it.
    pub unit: Option<Id<Unit>>,
    /// Its paper.
    pub document: Option<Id<Document>>,
    /// The shortcut; an unknown one has no tasks.
    pub bucket: Option<String>,
    /// The order.
    pub order: Order,
}

/// What fits a filter.
#[derive(Debug)]
pub struct Found<'a> {
    list: &'a TaskList,
    /// How many fit, the shortcut aside.
    pub chosen: usize,
    /// How many of these are under each of [`BUCKETS`].
    pub buckets: [usize; 6],
    /// The rates of these.
    pub rates: TaskRates,
    /// How many are under the shortcut as well.
    pub shown: usize,
    bits: Bits,
    order: Order,
}

/// The tasks that stand, as of one moment and one day.
#[derive(Debug)]
pub struct TaskList {
    today: Date,
    /// By deadline; a task's place here is its number in every set.
    tasks: Vec<Arc<ListedTask>>,
    updated: Vec<usize>,
    new: Vec<usize>,
    documents: BTreeMap<Id<Document>, Arc<Document>>,
    /// In Vietnamese order.
    units: Arc<Vec<Unit>>,
    children: HashMap<Id<Unit>, Vec<Id<Unit>>>,
    of_unit: HashMap<Id<Unit>, Vec<usize>>,
    of_document: BTreeMap<Id<Document>, Vec<usize>>,
    public: Bits,
    buckets: [Bits; 6],
    /// Parts and wholes of the five rates.
    rates: [(Bits, Bits); 5],
    /// The folded texts of all tasks, one after the other, and where each begins.
    texts: String,
    starts: Vec<usize>,
}

impl TaskList {
    fn new(mut tasks: Vec<Arc<ListedTask>>, documents: &HashMap<Id<Document>, Arc<Document>>, units: Arc<Vec<Unit>>, today: Date) -> Self {
        tasks.sort_by_key(|listed| (listed.task.due.is_none(), listed.task.due, listed.task.id));
        let count = tasks.len();
        let mut list = Self {
            today,
            updated: order_by(&tasks, |listed| (listed.updated, listed.task.id)),
            new: order_by(&tasks, |listed| std::cmp::Reverse(listed.task.id)),
            documents: BTreeMap::new(),
            children: HashMap::new(),
            units,
            of_unit: HashMap::new(),
            of_document: BTreeMap::new(),
            public: Bits::none(count),
            buckets: std::array::from_fn(|_| Bits::none(count)),
            rates: std::array::from_fn(|_| (Bits::none(count), Bits::none(count))),
            texts: String::with_capacity(tasks.iter().map(|listed| listed.folded.len()).sum()),
            starts: Vec::with_capacity(count),
            tasks: Vec::new(),
        };
        for unit in list.units.iter() {
            list.children.entry(unit.parent.unwrap_or(unit.id)).or_default().push(unit.id);
        }
        for (number, listed) in tasks.iter().enumerate() {
            list.enter(number, listed, documents);
        }
        list.tasks = tasks;
        list
    }

    /// Enters a task into every set it belongs to.
    fn enter(&mut self, number: usize, listed: &ListedTask, documents: &HashMap<Id<Document>, Arc<Document>>) {
        let task = &listed.task;
        if let Some(document) = documents.get(&task.document) {
            self.documents.entry(task.document).or_insert_with(|| Arc::clone(document));
            if document.published_at.is_some() {
                self.public.set(number);
            }
        }
        for unit in listed.units().collect::<HashSet<_>>() {
            self.of_unit.entry(unit).or_default().push(number);
        }
        self.of_document.entry(task.document).or_default().push(number);
        self.buckets[bucket(task, self.today)].set(number);
        let updated_on = listed.updated.map(|moment| moment.day());
        let rated = RatedTask { state: task.state, due: task.due, closed_on: task.closed_on, updated_on };
        for ((part, whole), rate) in self.rates.iter_mut().zip(five(&TaskRates::of([rated], self.today))) {
            part.set_if(number, rate.part > 0);
            whole.set_if(number, rate.whole > 0);
        }
        self.starts.push(self.texts.len());
        self.texts.push_str(&listed.folded);
    }

    /// The tasks of a filter.
    pub fn find(&self, filter: &Filter) -> Found<'_> {
        let mut bits = self.seen_by(filter.audience);
        if let Some(unit) = filter.unit {
            bits.keep(&self.under(unit));
        }
        if let Some(document) = filter.document {
            bits.keep(&self.set_of(self.of_document.get(&document)));
        }
        if !filter.words.is_empty() {
            bits.keep(&self.saying(&filter.words));
        }
        let buckets = std::array::from_fn(|bucket| bits.count_in(&self.buckets[bucket]));
        let rate = |number: usize| {
            let (part, whole) = &self.rates[number];
            Rate { part: count(bits.count_in(part)), whole: count(bits.count_in(whole)) }
        };
        let rates = TaskRates { done: rate(0), on_time: rate(1), overdue: rate(2), no_deadline: rate(3), updated: rate(4) };
        let chosen = bits.count();
        if let Some(code) = &filter.bucket {
            match BUCKETS.iter().position(|bucket| bucket == code) {
                Some(bucket) => bits.keep(&self.buckets[bucket]),
                None => bits = Bits::none(self.tasks.len()),
            }
        }
        Found { list: self, chosen, buckets, rates, shown: bits.count(), bits, order: filter.order }
    }

    /// The units of the tasks that somebody sees, in Vietnamese order.
    pub fn units_seen_by(&self, audience: Audience) -> impl Iterator<Item = &Unit> {
        let seen = self.seen_by(audience);
        self.units.iter().filter(move |unit| self.has_any(&seen, self.of_unit.get(&unit.id)))
    }

    /// The papers of the tasks that somebody sees, newest first.
    pub fn documents_seen_by(&self, audience: Audience) -> impl Iterator<Item = &Document> {
        let seen = self.seen_by(audience);
        let documents = self.documents.values().rev().map(|document| &**document);
        documents.filter(move |document| self.has_any(&seen, self.of_document.get(&document.id)))
    }

    /// A paper of its tasks.
    pub fn document(&self, id: Id<Document>) -> Option<&Document> {
        self.documents.get(&id).map(|document| &**document)
    }

    /// The units among some ids.
    pub fn units_among(&self, ids: &HashSet<Id<Unit>>) -> Vec<Unit> {
        self.units.iter().filter(|unit| ids.contains(&unit.id)).cloned().collect()
    }

    fn seen_by(&self, audience: Audience) -> Bits {
        match audience {
            Audience::Public => self.public.clone(),
            Audience::Staff => Bits::all(self.tasks.len()),
        }
    }

    fn has_any(&self, seen: &Bits, numbers: Option<&Vec<usize>>) -> bool {
        numbers.is_some_and(|numbers| numbers.iter().any(|number| seen.holds(*number)))
    }

    fn set_of(&self, numbers: Option<&Vec<usize>>) -> Bits {
        let mut set = Bits::none(self.tasks.len());
        numbers.into_iter().flatten().for_each(|number| set.set(*number));
        set
    }

    /// The tasks of a unit and of everything below it.
    fn under(&self, unit: Id<Unit>) -> Bits {
        let (mut set, mut seen, mut level) = (Bits::none(self.tasks.len()), HashSet::new(), vec![unit]);
        for _ in 0..=DEPTH_MAX {
            let mut below = Vec::new();
            for unit in level.into_iter().filter(|unit| seen.insert(*unit)) {
                self.of_unit.get(&unit).into_iter().flatten().for_each(|number| set.set(*number));
                below.extend(self.children.get(&unit).into_iter().flatten());
            }
            level = below;
        }
        set
    }

    /// The tasks in which folded words stand.
    fn saying(&self, words: &str) -> Bits {
        let mut set = Bits::none(self.tasks.len());
        let finder = memmem::Finder::new(words);
        let (mut number, mut from) = (0, 0);
        while let Some(found) = self.texts.as_bytes().get(from..).and_then(|rest| finder.find(rest)) {
            number += self.starts[number..].partition_point(|start| *start <= from + found) - 1;
            set.set(number);
            // On to the next task; behind the last one there is nothing.
            number += 1;
            let Some(start) = self.starts.get(number) else { break };
            from = *start;
        }
        for document in self.documents.values().filter(|document| finder.find(document.folded.as_bytes()).is_some()) {
            self.of_document.get(&document.id).into_iter().flatten().for_each(|number| set.set(*number));
        }
        set
    }
}

impl<'a> Found<'a> {
    /// Some of what fits, in its order.
    pub fn page(&self, skip: usize, take: usize) -> Vec<&'a ListedTask> {
        let list = self.list;
        let numbers: Vec<usize> = match self.order {
            Order::Due => self.bits.numbers().skip(skip).take(take).collect(),
            Order::Updated => list.updated.iter().copied().filter(|number| self.bits.holds(*number)).skip(skip).take(take).collect(),
            Order::New => list.new.iter().copied().filter(|number| self.bits.holds(*number)).skip(skip).take(take).collect(),
        };
        numbers.into_iter().map(|number| &*list.tasks[number]).collect()
    }
}

/// The shortcut that a task is under, as its place in [`BUCKETS`].
fn bucket(task: &Task, today: Date) -> usize {
    match timeliness(task.state, task.due, task.closed_on, today) {
        Timeliness::Overdue { .. } => 0,
        Timeliness::DueSoon { .. } | Timeliness::DueToday => 1,
        Timeliness::NotDue { .. } => 2,
        Timeliness::NoDeadline => 3,
        Timeliness::Resting => 5,
        _ => 4,
    }
}

fn five(rates: &TaskRates) -> [Rate; 5] {
    [rates.done, rates.on_time, rates.overdue, rates.no_deadline, rates.updated]
}

fn order_by<K: Ord>(tasks: &[Arc<ListedTask>], key: impl Fn(&ListedTask) -> K) -> Vec<usize> {
    let mut order: Vec<usize> = (0..tasks.len()).collect();
    order.sort_by_cached_key(|number| key(&tasks[*number]));
    order
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}
