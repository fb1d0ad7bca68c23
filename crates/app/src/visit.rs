//! Visits (*lượt truy cập*): online now, today, this week. A visit is a first view after 30 idle minutes by a salted
//! hash of address and agent. The salt lives in memory only and is renewed every day, so nobody can be followed from
//! one day to the next, and nothing here tells who came. Pure: the time is a parameter.

use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;

use domain::moment::Moment;
use jiff::civil::Date;
use jiff::{Span, ToSpan};
use sha2::{Digest, Sha256};

/// Seen this recently is online now.
const ONLINE_MILLISECONDS: i64 = 5 * 60 * 1000;
/// A view after this much idle time is a new visit.
const IDLE_MILLISECONDS: i64 = 30 * 60 * 1000;
/// Visitors remembered at once, 4 MB; beyond it (an attack) views of strangers are not counted.
const VISITORS_MAX: usize = 100_000;

/// What the ledger holds already: see `store::visit::VisitTotals`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stored {
    /// Visits of today.
    pub today: u64,
    /// Visits since Monday.
    pub week: u64,
    /// Visits since the installation began.
    pub all: u64,
}

/// The counts of the home page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Visits {
    /// Visitors seen in the last five minutes.
    pub online: u64,
    /// Visits since midnight in Viet Nam.
    pub today: u64,
    /// Visits since Monday.
    pub week: u64,
    /// Visits since the installation began.
    pub all: u64,
}

type Visitor = [u8; 16];

/// Who is here (by hash) and how many came since the last time that the counts were stored.
#[derive(Debug)]
pub struct VisitCounter {
    salt: [u8; 32],
    salted_on: Option<Date>,
    last_seen: HashMap<Visitor, Moment>,
    /// Counted by day and not yet taken to be stored.
    unsaved: BTreeMap<Date, u64>,
}

impl VisitCounter {
    /// Begins with nothing counted.
    pub fn new(salt: [u8; 32]) -> Self {
        Self { salt, salted_on: None, last_seen: HashMap::new(), unsaved: BTreeMap::new() }
    }

    /// Somebody looks at a page.
    pub fn seen(&mut self, address: IpAddr, agent: &[u8], now: Moment) {
        let day = now.day();
        self.begin_day(day);
        let visitor = self.visitor(address, agent);
        if !self.last_seen.contains_key(&visitor) {
            self.forget_idle(now);
            if self.last_seen.len() >= VISITORS_MAX {
                return;
            }
        }
        let last = self.last_seen.insert(visitor, now);
        if last.is_none_or(|last| is_idle(last, now, IDLE_MILLISECONDS)) {
            *self.unsaved.entry(day).or_default() += 1;
        }
    }

    /// The counts at this moment, with what is stored as of today.
    pub fn counts(&self, stored: Stored, now: Moment) -> Visits {
        let today = now.day();
        let since = |day: Date| -> u64 { self.unsaved.range(day..=today).map(|(_, visits)| visits).sum() };
        let online = self.last_seen.values().filter(|last| !is_idle(**last, now, ONLINE_MILLISECONDS)).count();
        Visits {
            online: u64::try_from(online).unwrap_or(u64::MAX),
            today: stored.today + since(today),
            week: stored.week + since(monday_of(today)),
            all: stored.all + self.unsaved.values().sum::<u64>(),
        }
    }

    /// Takes what was counted since the last call, to be stored.
    pub fn take_unsaved(&mut self) -> BTreeMap<Date, u64> {
        std::mem::take(&mut self.unsaved)
    }

    /// Puts back what could not be stored.
    pub fn put_back(&mut self, unsaved: BTreeMap<Date, u64>) {
        for (day, visits) in unsaved {
            *self.unsaved.entry(day).or_default() += visits;
        }
    }

    /// A new day has a new salt; who was here at midnight counts again as a visit of the new day.
    fn begin_day(&mut self, day: Date) {
        if self.salted_on == Some(day) {
            return;
        }
        if let Some(old) = self.salted_on {
            // The next salt follows from the last by a hash: it cannot be led back to it, and needs no randomness here.
            self.salt = Sha256::new().chain_update(self.salt).chain_update(old.to_string()).finalize().into();
            self.last_seen.clear();
        }
        self.salted_on = Some(day);
    }

    fn visitor(&self, address: IpAddr, agent: &[u8]) -> Visitor {
        let mut hash = Sha256::new().chain_update(self.salt);
        match address {
            IpAddr::V4(address) => hash.update(address.octets()),
            IpAddr::V6(address) => hash.update(address.octets()),
        }
        hash.update(agent);
        let hash: [u8; 32] = hash.finalize().into();
        let mut visitor = [0; 16];
        visitor.copy_from_slice(&hash[..16]);
        visitor
    }

    /// Forgets who has been away for so long that a return is a new visit anyway.
    fn forget_idle(&mut self, now: Moment) {
        // Only when the table would grow: each pass pays for the insertions before it.
        if self.last_seen.len() == self.last_seen.capacity() || self.last_seen.len() >= VISITORS_MAX {
            self.last_seen.retain(|_, last| !is_idle(*last, now, IDLE_MILLISECONDS));
        }
    }
}

/// Whether somebody was away for so long. Who was seen "later" than now was seen before the clock was set back: then it is not known
/// when, and counting goes on with this view.
const fn is_idle(last: Moment, now: Moment, milliseconds: i64) -> bool {
    (now.0 - last.0).abs() >= milliseconds
}

/// The Monday that a day's week began with.
pub fn monday_of(day: Date) -> Date {
    let since: Span = i64::from(day.weekday().to_monday_zero_offset()).days();
    // Before the first Monday that calendars hold there is no week to count.
    day.checked_sub(since).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const MINUTE: i64 = 60_000;
    const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(203, 0, 113, 7));
    const THERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(203, 0, 113, 8));

    /// 9:00 in Viet Nam on 20/5/2024, a Monday.
    const MONDAY_NINE: Moment = Moment(1_716_170_400_000);

    fn minutes(minutes: i64) -> Moment {
        Moment(MONDAY_NINE.0 + minutes * MINUTE)
    }

    #[test]
    fn a_visit_is_a_first_view_after_thirty_idle_minutes() {
        let mut counter = VisitCounter::new([7; 32]);
        for minute in [0, 10, 39, 69] {
            counter.seen(HERE, b"Firefox", minutes(minute));
        }
        assert_eq!(counter.counts(Stored::default(), minutes(69)).today, 2, "39 follows 10 within 30 minutes, 69 does not follow 39");
        counter.seen(HERE, b"Chrome", minutes(69));
        counter.seen(THERE, b"Firefox", minutes(69));
        assert_eq!(counter.counts(Stored::default(), minutes(69)), Visits { online: 3, today: 4, week: 4, all: 4 });
        assert_eq!(counter.counts(Stored::default(), minutes(74)).online, 0);
    }

    #[test]
    fn days_and_weeks_begin_in_viet_nam() {
        let mut counter = VisitCounter::new([7; 32]);
        let stored = Stored { today: 5, week: 5, all: 105 };
        counter.seen(HERE, b"", MONDAY_NINE);
        assert_eq!(counter.counts(stored, MONDAY_NINE), Visits { online: 1, today: 6, week: 6, all: 106 });
        let nothing = Stored::default();
        let tuesday = minutes(24 * 60);
        counter.seen(HERE, b"", tuesday);
        assert_eq!(counter.counts(nothing, tuesday), Visits { online: 1, today: 1, week: 2, all: 2 });
        let next_monday = minutes(7 * 24 * 60);
        counter.seen(HERE, b"", next_monday);
        assert_eq!(counter.counts(nothing, next_monday), Visits { online: 1, today: 1, week: 1, all: 3 });
    }

    #[test]
    fn the_salt_changes_with_the_day_and_forgets_everybody() {
        let mut counter = VisitCounter::new([7; 32]);
        counter.seen(HERE, b"", MONDAY_NINE);
        let before = counter.visitor(HERE, b"");
        counter.seen(THERE, b"", minutes(15 * 60));
        assert_ne!(counter.visitor(HERE, b""), before);
        assert_eq!(counter.last_seen.len(), 1);
    }

    #[test]
    fn a_clock_that_is_set_back_keeps_nobody_online() {
        let mut counter = VisitCounter::new([7; 32]);
        counter.seen(HERE, b"", minutes(60));
        counter.seen(THERE, b"", minutes(0));
        assert_eq!(counter.counts(Stored::default(), minutes(0)), Visits { online: 1, today: 2, week: 2, all: 2 });
        counter.seen(HERE, b"", minutes(1));
        assert_eq!(counter.counts(Stored::default(), minutes(1)), Visits { online: 2, today: 3, week: 3, all: 3 });
    }

    #[test]
    fn what_is_taken_is_taken_once_and_can_be_put_back() {
        let mut counter = VisitCounter::new([7; 32]);
        counter.seen(HERE, b"", MONDAY_NINE);
        let unsaved = counter.take_unsaved();
        assert_eq!(unsaved, BTreeMap::from([(date(2024, 5, 20), 1)]));
        assert!(counter.take_unsaved().is_empty());
        counter.put_back(unsaved.clone());
        assert_eq!(counter.take_unsaved(), unsaved);
    }

    #[test]
    fn strangers_beyond_the_limit_are_not_remembered() {
        let mut counter = VisitCounter::new([7; 32]);
        for visitor in 0..VISITORS_MAX + 10 {
            counter.seen(HERE, &visitor.to_le_bytes(), MONDAY_NINE);
        }
        assert_eq!(counter.last_seen.len(), VISITORS_MAX);
        counter.seen(THERE, b"", minutes(40));
        assert_eq!(counter.last_seen.len(), 1);
    }
}
