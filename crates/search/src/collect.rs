//! Findings of one question: all are counted by kind, the best are kept in their order.

use std::cmp::Reverse;

use domain::code::Coded;
use domain::search::{SearchKind, Subject};
use jiff::civil::Date;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use crate::index::{DAY, SUBJECT, day_number, subject_of};

/// How findings are put in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// The most points first; of equal ones the newest.
    #[default]
    Relevance,
    /// The newest first, undated ones last; of one day those with the most points.
    Newest,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Findings {
    /// The findings asked for, the best first.
    pub subjects: Vec<Subject>,
    /// How many there are of each kind, in the order of [`SearchKind::ALL`]; the filter by kind does not count here.
    pub counts: [usize; 8],
    /// Whether nothing has all the words, and these have only some.
    pub is_partial: bool,
}

impl Findings {
    /// How many there are of a kind, or of all.
    pub fn count(&self, kind: Option<SearchKind>) -> usize {
        match kind {
            Some(kind) => self.counts[place(kind)],
            None => self.counts.iter().sum(),
        }
    }
}

/// Where a kind stands in the counts.
pub(crate) fn place(kind: SearchKind) -> usize {
    SearchKind::ALL.iter().position(|known| *known == kind).unwrap_or_default()
}

/// Greater is better, and no two things are equal.
type Rank = (i64, i64, Reverse<SearchKind>, i64);

/// Collects the best `limit` of one kind, or of all.
pub(crate) struct Best {
    pub kind: Option<SearchKind>,
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub order: Order,
    pub limit: usize,
}

/// The best of one piece of the index.
pub(crate) struct BestOfSegment {
    subjects: Column<u64>,
    days: Column<i64>,
    kind: Option<SearchKind>,
    span: Option<(i64, i64)>,
    order: Order,
    limit: usize,
    kept: Vec<Rank>,
    counts: [usize; 8],
}

impl Collector for Best {
    type Fruit = (Vec<Subject>, [usize; 8]);
    type Child = BestOfSegment;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<BestOfSegment> {
        let is_bounded = self.from.is_some() || self.to.is_some();
        let bounds = (self.from.map_or(i64::MIN + 1, day_number), self.to.map_or(i64::MAX, day_number));
        Ok(BestOfSegment {
            subjects: segment.fast_fields().u64(SUBJECT)?,
            days: segment.fast_fields().i64(DAY)?,
            kind: self.kind,
            span: is_bounded.then_some(bounds),
            order: self.order,
            limit: self.limit,
            kept: Vec::new(),
            counts: [0; 8],
        })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, segments: Vec<(Vec<Rank>, [usize; 8])>) -> tantivy::Result<Self::Fruit> {
        let (mut kept, mut counts) = (Vec::new(), [0; 8]);
        for (ranks, of_segment) in segments {
            kept.extend(ranks);
            for (count, more) in counts.iter_mut().zip(of_segment) {
                *count += more;
            }
        }
        cut(&mut kept, self.limit);
        kept.sort_unstable_by(|one, other| other.cmp(one));
        Ok((kept.into_iter().map(|(_, _, Reverse(kind), id)| Subject { kind, id }).collect(), counts))
    }
}

impl SegmentCollector for BestOfSegment {
    type Fruit = (Vec<Rank>, [usize; 8]);

    fn collect(&mut self, doc: DocId, score: Score) {
        let day = self.days.first(doc);
        if let Some((from, to)) = self.span
            && !day.is_some_and(|day| from <= day && day <= to)
        {
            return;
        }
        let Some(subject) = self.subjects.first(doc).and_then(subject_of) else { return };
        self.counts[place(subject.kind)] += 1;
        if self.kind.is_some_and(|kind| kind != subject.kind) {
            return;
        }
        #[expect(clippy::cast_possible_truncation, reason = "points are small whole numbers")]
        let (points, day) = (score as i64, day.unwrap_or(i64::MIN));
        let (first, second) = match self.order {
            Order::Relevance => (points, day),
            Order::Newest => (day, points),
        };
        self.kept.push((first, second, Reverse(subject.kind), subject.id));
        // Cut now and then: the worst case is linear, and memory stays small however many there are.
        if self.kept.len() >= self.limit.max(64).saturating_mul(2) {
            cut(&mut self.kept, self.limit);
        }
    }

    fn harvest(mut self) -> Self::Fruit {
        cut(&mut self.kept, self.limit);
        (self.kept, self.counts)
    }
}

/// Leaves the best, in no order.
fn cut(kept: &mut Vec<Rank>, limit: usize) {
    if limit == 0 {
        kept.clear();
    } else if kept.len() > limit {
        kept.select_nth_unstable_by(limit - 1, |one, other| other.cmp(one));
        kept.truncate(limit);
    }
}
