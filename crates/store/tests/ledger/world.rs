//! The world of the stories: the fictional province of Lam Giang with two districts, a commune, and who works there; and
//! the two databases that every story runs on.

use std::cell::Cell;

use domain::account::Role;
use domain::id::Id;
use domain::moment::Moment;
use domain::permission::{self, Actor, MayDecide, MayHandIn, MayPublish, MayReportProgress, MaySteer, UnitPath, operator};
use domain::problem::Problem;
use domain::unit::{Unit, UnitClass};
use jiff::civil::Date;
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use store::audit::{Audit, Fault};
use store::unit::NewUnit;
use store::{Store, StoreError};
use testbed::Postgres;

/// Eight o'clock on 20/5/2024 in Viet Nam, when every story begins.
pub const BEGINNING: Moment = Moment(1_716_166_800_000);
/// A hash as argon2 prints it; nobody logs in with it.
pub const HASH: &str = "$argon2id$v=19$m=8,t=1,p=1$bXVvbmd2YW4$4rJt9kQw";

/// An empty database of either kind, gone when it is dropped.
pub struct Place {
    pub url: String,
    folder: Option<tempfile::TempDir>,
}

impl Place {
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("ledger.db").display());
        Self { url, folder: Some(folder) }
    }

    pub fn postgres() -> Self {
        Self { url: Postgres::shared().fresh_database(), folder: None }
    }

    pub fn both() -> [Self; 2] {
        [Self::sqlite(), Self::postgres()]
    }

    pub const fn is_sqlite(&self) -> bool {
        self.folder.is_some()
    }

    /// Runs statements behind the store's back, as somebody with a database shell could; no rule of the schema stops them.
    pub async fn tamper(&self, sql: &str) {
        if self.is_sqlite() {
            let mut connection = SqliteConnection::connect(&self.url).await.unwrap();
            let sql = format!("PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = OFF; {sql}");
            sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
            connection.close().await.unwrap();
        } else {
            let mut connection = PgConnection::connect(&self.url).await.unwrap();
            let sql = format!("SET session_replication_role = replica; {sql}");
            sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
            connection.close().await.unwrap();
        }
    }

    /// Rows of text, read past the store.
    pub async fn peek(&self, sql: &str) -> Vec<Vec<String>> {
        use sqlx::Row as _;
        let sql = AssertSqlSafe(sql.to_owned());
        if self.is_sqlite() {
            let mut connection = SqliteConnection::connect(&self.url).await.unwrap();
            let rows = sqlx::raw_sql(sql).fetch_all(&mut connection).await.unwrap();
            connection.close().await.unwrap();
            rows.iter().map(|row| (0..row.len()).map(|column| row.get_unchecked(column)).collect()).collect()
        } else {
            let mut connection = PgConnection::connect(&self.url).await.unwrap();
            let rows = sqlx::raw_sql(sql).fetch_all(&mut connection).await.unwrap();
            connection.close().await.unwrap();
            rows.iter().map(|row| (0..row.len()).map(|column| row.get_unchecked(column)).collect()).collect()
        }
    }
}

/// An open ledger with the world in it.
pub struct World {
    pub place: Place,
    pub store: Store,
    /// tỉnh Lam Giang
    pub province: Unit,
    /// huyện Khe Trà, that the stories are about
    pub district: Unit,
    /// huyện Đá Mài, beside it
    pub other_district: Unit,
    /// xã Nậm Lương of huyện Khe Trà
    pub commune: Unit,
    /// chuyên viên of the province
    pub officer: Actor,
    /// báo cáo of huyện Khe Trà
    pub reporter: Actor,
    clock: Cell<Moment>,
}

impl World {
    pub async fn build(place: Place) -> Self {
        let store = Store::open(&place.url).await.unwrap();
        let province = add_unit(&store, "01", "tỉnh Lam Giang", "tỉnh", None).await;
        let district = add_unit(&store, "011", "huyện Khe Trà", "huyện", Some(province.id)).await;
        let other_district = add_unit(&store, "012", "huyện Đá Mài", "huyện", Some(province.id)).await;
        let commune = add_unit(&store, "01101", "xã Nậm Lương", "xã", Some(district.id)).await;
        let officer = add_account(&store, "van.thu", Role::Officer, province.id).await;
        let reporter = add_account(&store, "khe.tra", Role::Reporter, district.id).await;
        Self { place, store, province, district, other_district, commune, officer, reporter, clock: Cell::new(BEGINNING) }
    }

    /// The clock of the story: a second on with every look.
    pub fn now(&self) -> Moment {
        self.clock.set(self.clock.get().plus_seconds(1));
        self.clock.get()
    }

    pub fn may_hand_in(&self) -> MayHandIn {
        permission::may_hand_in(&self.officer).unwrap()
    }

    pub fn may_decide(&self) -> MayDecide {
        permission::may_decide(&self.officer, None).unwrap()
    }

    pub fn may_steer(&self) -> MaySteer {
        permission::may_steer(&self.officer, &UnitPath(vec![self.province.id])).unwrap()
    }

    pub fn may_publish(&self) -> MayPublish {
        permission::may_publish(&self.officer, &UnitPath(vec![self.province.id])).unwrap()
    }

    pub fn may_report(&self) -> MayReportProgress {
        permission::may_report_progress(&self.reporter, &UnitPath(vec![self.district.id, self.province.id])).unwrap()
    }

    pub async fn audit(&self) -> Audit {
        audit(&self.store).await
    }

    /// What the audit names first.
    pub async fn fault(&self) -> Fault {
        match self.audit().await {
            Audit::Broken(fault) => fault,
            Audit::Sound { .. } => panic!("the audit found nothing"),
        }
    }

    pub async fn last_sequence(&self) -> i64 {
        self.store.journal_head().await.unwrap().sequence
    }
}

pub async fn audit(store: &Store) -> Audit {
    store.audit(&mut |_, _| {}).await.unwrap()
}

pub async fn assert_sound(store: &Store) {
    let audit = audit(store).await;
    assert!(matches!(audit, Audit::Sound { .. }), "{audit:?}");
}

/// Runs a story on both databases, each in a world of its own, and asks the audit at the end.
pub fn on_both(story: impl AsyncFn(&World)) {
    for place in Place::both() {
        tell(place, async |world| {
            story(world).await;
            assert_sound(&world.store).await;
        });
    }
}

/// Runs a story on both databases in which the ledger is tampered with.
pub fn on_both_tampered(story: impl AsyncFn(&World)) {
    for place in Place::both() {
        tell(place, &story);
    }
}

/// Runs a story at one place.
pub fn tell(place: Place, story: impl AsyncFn(&World)) {
    // Shown with the panic of a story that fails: which of the two it was.
    eprintln!("at {}", place.url);
    runtime().block_on(async {
        let world = World::build(place).await;
        story(&world).await;
        world.store.close().await;
    });
}

pub fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

pub async fn add_unit(store: &Store, code: &str, name: &str, kind: &str, parent: Option<Id<Unit>>) -> Unit {
    let new = area(code, name, kind, parent);
    store.add_unit(&operator::may_keep_units(), BEGINNING, new).await.unwrap()
}

pub fn area(code: &str, name: &str, kind: &str, parent: Option<Id<Unit>>) -> NewUnit {
    let (name, kind) = (name.to_owned(), kind.to_owned());
    NewUnit { code: Some(code.to_owned()), name, kind, class: UnitClass::Area, parent, parent_code: None, valid_from: None, valid_to: None }
}

pub async fn add_account(store: &Store, name: &str, role: Role, unit: Id<Unit>) -> Actor {
    let may = operator::may_keep_accounts();
    let account = store.add_account(&may, BEGINNING, name, HASH.to_owned(), None, (role, unit)).await.unwrap();
    Actor::account(account.id, account.name, store.roles_of(account.id).await.unwrap())
}

/// What the user can mend; a fault of ours or a success fails the test.
pub fn problem<T: std::fmt::Debug>(result: Result<T, StoreError>) -> Problem {
    match result {
        Err(StoreError::Problem(problem)) => problem,
        other => panic!("no problem but {other:?}"),
    }
}

pub fn stale() -> Problem {
    Problem::Stale { by: String::new() }
}

pub const fn day(year: i16, month: i8, day: i8) -> Date {
    jiff::civil::date(year, month, day)
}
