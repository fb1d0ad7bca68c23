//! Slows down guessing of passwords. Failures are counted for each account from each address, for each address, and,
//! with a device cookie (OWASP's defence against lock-out by strangers), for each device that has logged in before.
//! A wait grows with the failures and ends by itself; no number of failures from elsewhere can lock an account.
//! Pure: the time is a parameter. In memory only: a restart forgives.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::hash::Hash;
use std::net::IpAddr;
use std::time::Duration;

use domain::moment::Moment;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// Failures of one account from one place that cost nothing: a person mistypes.
const FREE_FOR_ACCOUNT: u32 = 5;
/// Failures of one address that cost nothing: a whole office stands behind one.
const FREE_FOR_ADDRESS: u32 = 50;
/// The wait after the first failure that costs; each further one doubles it.
const FIRST_WAIT_SECONDS: i64 = 5;
/// The longest wait: slow enough for 96 guesses a day, short enough for a person to come back.
const WAIT_SECONDS_MAX: i64 = 15 * 60;
/// After this long without a failure all is forgiven.
const FORGIVEN_SECONDS: i64 = 60 * 60;
/// Counters kept in each table; beyond it (an attack from many addresses) the oldest are forgotten.
const COUNTERS_MAX: usize = 50_000;

/// One attempt to log in.
#[derive(Debug, Clone, Copy)]
pub struct Attempt<'a> {
    /// The account's name as `domain::account::parse_name` gave it.
    pub account: &'a str,
    /// Where it comes from.
    pub address: IpAddr,
    /// The device, where its cookie is genuine and names this account ([`DeviceKey::device`]).
    pub device: Option<Device>,
}

/// A device that has logged in to an account before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Device([u8; 16]);

#[derive(Debug, Clone, Copy)]
struct Failures {
    count: u32,
    last: Moment,
}

/// The counters.
#[derive(Debug, Default)]
pub struct Throttle {
    by_account: HashMap<(String, [u8; 16]), Failures>,
    by_address: HashMap<[u8; 16], Failures>,
    by_device: HashMap<Device, Failures>,
}

impl Throttle {
    /// How long this attempt must still wait; absent where it may go on.
    fn wait(&self, attempt: &Attempt<'_>, now: Moment) -> Option<Duration> {
        let wait = match attempt.device {
            Some(device) => wait_of(self.by_device.get(&device), FREE_FOR_ACCOUNT, now),
            None => {
                let place = place_of(attempt.address);
                let of_account = wait_of(self.by_account.get(&(attempt.account.to_owned(), place)), FREE_FOR_ACCOUNT, now);
                of_account.max(wait_of(self.by_address.get(&place), FREE_FOR_ADDRESS, now))
            }
        };
        u64::try_from(wait).ok().filter(|wait| *wait > 0).map(Duration::from_millis)
    }

    /// Lets an attempt go on, or tells how long it must wait. It counts as failed from here on, so that many attempts
    /// at once are no way around the wait; [`Throttle::succeeded`] takes that back.
    pub fn begin(&mut self, attempt: &Attempt<'_>, now: Moment) -> Result<(), Duration> {
        match self.wait(attempt, now) {
            Some(wait) => Err(wait),
            None => {
                self.failed(attempt, now);
                Ok(())
            }
        }
    }

    fn failed(&mut self, attempt: &Attempt<'_>, now: Moment) {
        match attempt.device {
            Some(device) => count(&mut self.by_device, device, now),
            None => {
                let place = place_of(attempt.address);
                count(&mut self.by_account, (attempt.account.to_owned(), place), now);
                count(&mut self.by_address, place, now);
            }
        }
    }

    /// The attempt succeeded: the account's own failures from this place are forgiven. Earlier ones of the address
    /// stay, since an own account must not buy guesses at others.
    pub fn succeeded(&mut self, attempt: &Attempt<'_>) {
        let place = place_of(attempt.address);
        match attempt.device {
            Some(device) => {
                self.by_device.remove(&device);
            }
            None => {
                if let Some(failures) = self.by_address.get_mut(&place) {
                    failures.count = failures.count.saturating_sub(1);
                }
            }
        }
        self.by_account.remove(&(attempt.account.to_owned(), place));
    }
}

/// An IPv4 address, or the 64 bits of an IPv6 address that one household is given.
fn place_of(address: IpAddr) -> [u8; 16] {
    match address {
        IpAddr::V4(address) => address.to_ipv6_mapped().octets(),
        IpAddr::V6(address) => {
            let mut octets = address.octets();
            octets[8..].fill(0);
            octets
        }
    }
}

/// Milliseconds still to wait.
fn wait_of(failures: Option<&Failures>, free: u32, now: Moment) -> i64 {
    let Some(failures) = failures.filter(|failures| !is_forgiven(failures, now)) else { return 0 };
    let Some(beyond) = failures.count.checked_sub(free) else { return 0 };
    let seconds = FIRST_WAIT_SECONDS.saturating_mul(1 << beyond.min(20)).min(WAIT_SECONDS_MAX);
    // A failure "later" than now was before the clock was set back: nobody waits longer for that.
    (failures.last.plus_seconds(seconds).0 - now.0).min(seconds * 1000)
}

/// Also those of a clock that was set back by so much.
const fn is_forgiven(failures: &Failures, now: Moment) -> bool {
    (now.0 - failures.last.0).abs() >= FORGIVEN_SECONDS * 1000
}

fn count<K: Hash + Eq + Clone>(counters: &mut HashMap<K, Failures>, key: K, now: Moment) {
    if counters.len() >= COUNTERS_MAX && !counters.contains_key(&key) {
        counters.retain(|_, failures| !is_forgiven(failures, now));
        if counters.len() >= COUNTERS_MAX {
            forget_older_half(counters);
        }
    }
    let failures = counters.entry(key).or_insert(Failures { count: 0, last: now });
    failures.count = if is_forgiven(failures, now) { 1 } else { failures.count.saturating_add(1) };
    failures.last = now;
}

fn forget_older_half<K: Hash + Eq>(counters: &mut HashMap<K, Failures>) {
    let mut moments: Vec<Moment> = counters.values().map(|failures| failures.last).collect();
    let middle = moments.len() / 2;
    let (_, median, _) = moments.select_nth_unstable(middle);
    let median = *median;
    let mut left = middle;
    counters.retain(|_, failures| {
        let keep = failures.last > median && left > 0;
        left -= usize::from(keep);
        keep
    });
}

/// The key that device cookies are signed with.
#[derive(Clone)]
pub struct DeviceKey([u8; 32]);

/// Bytes of a block of SHA-256, which HMAC pads its key to.
const BLOCK_BYTES: usize = 64;

impl DeviceKey {
    /// A key from 32 random bytes.
    pub const fn new(key: [u8; 32]) -> Self {
        Self(key)
    }

    /// The cookie that a device gets when it has logged in to `account`: a random number and its signature.
    pub fn cookie(&self, account: &str, number: [u8; 16]) -> String {
        let number = hex(&number);
        let signature = hex(&self.sign(account, &number));
        format!("{number}.{signature}")
    }

    /// The device of a cookie, where it is genuine and was given for this account.
    pub fn device(&self, account: &str, cookie: &str) -> Option<Device> {
        let (number, signature) = cookie.split_once('.')?;
        let genuine: bool = hex(&self.sign(account, number)).as_bytes().ct_eq(signature.as_bytes()).into();
        let mut device = [0; 16];
        device.copy_from_slice(&Sha256::digest(cookie)[..16]);
        genuine.then_some(Device(device))
    }

    /// HMAC-SHA-256 (RFC 2104) of account and number.
    fn sign(&self, account: &str, number: &str) -> [u8; 32] {
        hmac(&self.0, &[account.as_bytes(), b"\0", number.as_bytes()])
    }
}

fn hmac(key: &[u8; 32], message: &[&[u8]]) -> [u8; 32] {
    let pad = |with: u8| {
        let mut block = [with; BLOCK_BYTES];
        for (byte, key) in block.iter_mut().zip(key) {
            *byte ^= key;
        }
        block
    };
    let inner = message.iter().fold(Sha256::new().chain_update(pad(0x36)), |hash, part| hash.chain_update(part)).finalize();
    Sha256::new().chain_update(pad(0x5c)).chain_update(inner).finalize().into()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, Ipv6Addr};

    use super::*;

    const START: Moment = Moment(1_716_170_400_000);
    const OFFICE: IpAddr = IpAddr::V4(Ipv4Addr::new(203, 0, 113, 7));
    const STRANGER: IpAddr = IpAddr::V4(Ipv4Addr::new(198, 51, 100, 9));

    fn attempt(account: &str, address: IpAddr) -> Attempt<'_> {
        Attempt { account, address, device: None }
    }

    fn fail(throttle: &mut Throttle, attempt: &Attempt<'_>, times: u32) {
        for _ in 0..times {
            throttle.failed(attempt, START);
        }
    }

    #[test]
    fn the_wait_grows_and_ends_by_itself() {
        let mut throttle = Throttle::default();
        let ha = attempt("ha.tran", OFFICE);
        let mut waits = Vec::new();
        for _ in 0..14 {
            throttle.failed(&ha, START);
            waits.push(throttle.wait(&ha, START).map_or(0, |wait| wait.as_secs()));
        }
        assert_eq!(waits, [0, 0, 0, 0, 5, 10, 20, 40, 80, 160, 320, 640, 900, 900]);
        assert_eq!(throttle.wait(&ha, START.plus_seconds(899)), Some(Duration::from_secs(1)));
        assert_eq!(throttle.wait(&ha, START.plus_seconds(900)), None);
    }

    #[test]
    fn a_stranger_locks_nobody_out_elsewhere() {
        let mut throttle = Throttle::default();
        fail(&mut throttle, &attempt("ha.tran", STRANGER), 1000);
        assert!(throttle.wait(&attempt("ha.tran", STRANGER), START).is_some());
        assert_eq!(throttle.wait(&attempt("ha.tran", OFFICE), START), None);
    }

    #[test]
    fn an_address_that_tries_many_accounts_waits_for_all_of_them() {
        let mut throttle = Throttle::default();
        for account in 0..FREE_FOR_ADDRESS {
            throttle.failed(&attempt(&format!("account{account}"), STRANGER), START);
        }
        assert!(throttle.wait(&attempt("ha.tran", STRANGER), START).is_some());
        let neighbour = IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0, 1, 0, 0, 0, 2));
        assert_eq!(place_of(neighbour), place_of(IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0, 1, 9, 9, 9, 9))));
    }

    #[test]
    fn a_known_device_is_counted_on_its_own() {
        let key = DeviceKey::new([3; 32]);
        let cookie = key.cookie("ha.tran", [1; 16]);
        let device = key.device("ha.tran", &cookie);
        assert!(device.is_some());
        let mut throttle = Throttle::default();
        fail(&mut throttle, &attempt("ha.tran", OFFICE), 100);
        let known = Attempt { device, ..attempt("ha.tran", OFFICE) };
        assert_eq!(throttle.wait(&known, START), None, "others at the same address do not slow it down");
        fail(&mut throttle, &known, 5);
        assert!(throttle.wait(&known, START).is_some(), "a stolen cookie is no way around the wait");
    }

    #[test]
    fn a_device_cookie_cannot_be_forged_or_lent() {
        let key = DeviceKey::new([3; 32]);
        let cookie = key.cookie("ha.tran", [1; 16]);
        assert_eq!(key.device("dung.ly", &cookie), None);
        assert_eq!(key.device("ha.tran", &cookie.replace("01", "02")), None);
        assert_eq!(DeviceKey::new([4; 32]).device("ha.tran", &cookie), None);
        assert_eq!(key.device("ha.tran", ""), None);
    }

    #[test]
    fn an_office_that_logs_in_rightly_never_waits() {
        let mut throttle = Throttle::default();
        for clerk in 0..10 * FREE_FOR_ADDRESS {
            let name = format!("clerk{clerk}");
            let attempt = attempt(&name, OFFICE);
            assert_eq!(throttle.begin(&attempt, START), Ok(()));
            throttle.succeeded(&attempt);
        }
    }

    #[test]
    fn attempts_at_once_are_no_way_around_the_wait() {
        let mut throttle = Throttle::default();
        let let_go = (0..20).filter(|_| throttle.begin(&attempt("ha.tran", OFFICE), START).is_ok()).count();
        assert_eq!(let_go, 5);
    }

    #[test]
    fn success_forgives_the_account_and_an_hour_forgives_all() {
        let mut throttle = Throttle::default();
        let ha = attempt("ha.tran", OFFICE);
        fail(&mut throttle, &ha, 9);
        throttle.succeeded(&ha);
        assert_eq!(throttle.wait(&ha, START), None);
        fail(&mut throttle, &ha, 60);
        let later = START.plus_seconds(FORGIVEN_SECONDS);
        throttle.failed(&ha, later);
        assert_eq!(throttle.wait(&ha, later), None);
    }

    #[test]
    fn the_tables_stay_bounded_and_keep_the_newest() {
        let mut throttle = Throttle::default();
        for number in 0..u32::try_from(COUNTERS_MAX).unwrap() + 10 {
            throttle.failed(&attempt("ha.tran", IpAddr::V4(Ipv4Addr::from(number))), Moment(START.0 + i64::from(number)));
        }
        assert!(throttle.by_account.len() <= COUNTERS_MAX);
        let last = IpAddr::V4(Ipv4Addr::from(u32::try_from(COUNTERS_MAX).unwrap() + 9));
        assert!(throttle.by_address.contains_key(&place_of(last)));
    }

    #[test]
    fn the_signature_is_hmac_sha_256() {
        // Test case of RFC 4231, section 4.3, with its key padded by zeros as HMAC itself pads it.
        let mut key = [0; 32];
        key[..4].copy_from_slice(b"Jefe");
        let signature = hex(&hmac(&key, &[b"what do ya want ", b"for nothing?"]));
        assert_eq!(signature, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }
}
