//! Backups: every row of one moment, into either database and out of it again, cell by cell; what is refused leaves nothing.

use domain::permission::operator;
use store::Store;
use store::audit::Audit;
use store::backup::{Cells, Restore, RestoreFault};
use store::journal::JournalHead;

use crate::load::take_some;
use crate::world::{BEGINNING, Place, World, add_unit, assert_sound, audit, on_both, tell};

/// A backup in memory.
#[derive(Debug, Clone, PartialEq)]
struct Copy {
    head: JournalHead,
    schema: Vec<(i64, String)>,
    tables: Vec<(String, Vec<String>, Vec<Cells>)>,
}

impl Copy {
    async fn of(store: &Store) -> Self {
        let mut backup = store.backup().await.unwrap();
        let (head, schema, mut tables) = (backup.head().clone(), backup.schema().to_vec(), Vec::new());
        for (table, columns) in backup.tables() {
            let mut all = Vec::new();
            let take = |rows: Vec<Cells>| {
                all.extend(rows);
                Ok::<(), store::StoreError>(())
            };
            backup.rows(table, take).await.unwrap();
            tables.push((table.to_owned(), columns.into_iter().map(str::to_owned).collect(), all));
        }
        Self { head, schema, tables }
    }

    fn rows(&self, table: &str) -> &[Cells] {
        &self.tables.iter().find(|(name, ..)| name == table).unwrap().2
    }

    fn rows_mut(&mut self, table: &str) -> &mut Vec<Cells> {
        &mut self.tables.iter_mut().find(|(name, ..)| name == table).unwrap().2
    }

    /// Restores it; every table in pieces of seven rows.
    async fn restore(&self, place: &Place) -> Result<Store, RestoreFault> {
        let mut restore = Restore::begin(&operator::may_restore(), &place.url, self.schema.clone()).await?;
        for (table, columns, rows) in &self.tables {
            for piece in rows.chunks(7) {
                restore.put(table, columns, piece.to_vec()).await?;
            }
        }
        restore.finish(&self.head).await
    }
}

/// A world with a settled paper, a load, visits and a log-in.
async fn fill(world: &World) {
    let settled = world.settle_khe_tra().await;
    world.publish(&settled).await;
    take_some(world, 700).await;
    world.store.add_visits(crate::world::day(2024, 5, 20), 41).await.unwrap();
    let account = world.store.account_named("van.thu").await.unwrap().unwrap();
    world.store.begin_login(account.id, "dau-vet", "phieu", world.now()).await.unwrap();
}

#[test]
fn a_backup_of_either_database_restores_into_both() {
    on_both(async |world| {
        fill(world).await;
        let copy = Copy::of(&world.store).await;
        assert_eq!((copy.rows("measurement").len(), copy.rows("visit_day").len()), (700, 1));
        assert!(copy.tables.iter().all(|(name, ..)| name != "login"));
        for place in Place::both() {
            let restored = copy.restore(&place).await.unwrap();
            let Audit::Sound { head, .. } = audit(&restored).await else { panic!("{:?}", audit(&restored).await) };
            assert_eq!(head, copy.head.hash);
            assert_eq!(Copy::of(&restored).await, copy);
            // It is a ledger like any other: the next write goes on where the backup ended, and references hold again.
            add_unit(&restored, "sau", "xã Sau", "xã", None).await;
            assert_eq!(restored.journal_head().await.unwrap().sequence, copy.head.sequence + 1);
            assert_sound(&restored).await;
            restored.close().await;
            if !place.is_sqlite() {
                let put_off = "SELECT CAST(count(*) AS TEXT) FROM pg_constraint WHERE condeferrable";
                assert_eq!(place.peek(put_off).await, [["0"]], "references may be put off for good");
            }
            let refused = copy.restore(&place).await;
            assert!(matches!(refused, Err(RestoreFault::NotEmpty)), "{:?}", refused.err());
        }
    });
}

#[test]
fn a_backup_is_of_one_moment_while_others_write() {
    on_both(async |world| {
        fill(world).await;
        let before = Copy::of(&world.store).await;
        let mut backup = world.store.backup().await.unwrap();
        add_unit(&world.store, "sau", "xã Sau", "xã", None).await;
        let (mut units, mut entries) = (0, 0);
        let mut count = async |table, count: &mut usize| {
            let take = |rows: Vec<Cells>| {
                *count += rows.len();
                Ok::<(), store::StoreError>(())
            };
            backup.rows(table, take).await.unwrap();
        };
        count("unit", &mut units).await;
        count("journal", &mut entries).await;
        assert_eq!((units, entries), (before.rows("unit").len(), before.rows("journal").len()));
        assert_eq!(*backup.head(), before.head);
    });
}

#[test]
fn an_empty_ledger_restores_over_an_empty_one() {
    for place in Place::both() {
        crate::world::runtime().block_on(async {
            let store = Store::open(&place.url).await.unwrap();
            store.add_visits(crate::world::day(2024, 5, 19), 3).await.unwrap();
            let copy = Copy::of(&store).await;
            store.close().await;
            let restored = copy.restore(&place).await.unwrap();
            assert_eq!(Copy::of(&restored).await, copy);
            restored.close().await;
        });
    }
}

/// A restore that is refused or broken off leaves the database free for another.
#[test]
fn what_does_not_fit_is_refused_and_leaves_nothing() {
    tell(Place::sqlite(), async |world| {
        fill(world).await;
        let sound = Copy::of(&world.store).await;
        let mut cut = sound.clone();
        cut.head.sequence += 1;
        let mut unfounded = sound.clone();
        unfounded.rows_mut("unit").remove(0);
        let mut twice = sound.clone();
        let first = twice.rows("person")[0].clone();
        twice.rows_mut("person").push(first);
        let mut broken = sound.clone();
        broken.rows_mut("person")[0] = vec![serde_json::json!(1.5); 5];
        let mut short = sound.clone();
        short.rows_mut("person")[0].pop();
        let mut strange = sound.clone();
        strange.tables.push(("sqlite_master".to_owned(), vec!["name".to_owned()], vec![vec!["x".into()]]));
        let mut odd_column = sound.clone();
        odd_column.tables[0].1[0] = "id\") VALUES (1); --".to_owned();
        let mut newer = sound.clone();
        newer.schema.push((99, "a".to_owned()));
        let mut other = sound.clone();
        other.schema[0].1 = "b".to_owned();
        for place in Place::both() {
            for copy in [&cut, &unfounded, &twice, &broken, &short, &strange, &odd_column, &other] {
                let refused = copy.restore(&place).await.err().unwrap();
                assert!(matches!(refused, RestoreFault::Unfit(_)), "{refused:?}");
            }
            assert!(matches!(newer.restore(&place).await, Err(RestoreFault::Newer(99))));
            // Broken off in the middle of its rows.
            let mut restore = Restore::begin(&operator::may_restore(), &place.url, sound.schema.clone()).await.unwrap();
            let (table, columns, rows) = &sound.tables[0];
            restore.put(table, columns, rows.clone()).await.unwrap();
            drop(restore);
            let restored = sound.restore(&place).await.unwrap();
            assert_sound(&restored).await;
            restored.close().await;
        }
    });
}

#[test]
fn a_backup_of_an_earlier_version_gets_todays_shape() {
    for (from, into) in Place::both().into_iter().zip(Place::both()) {
        crate::world::runtime().block_on(async {
            let store = Store::open(&from.url).await.unwrap();
            let unit = add_unit(&store, "01", "tỉnh Lam Giang", "tỉnh", None).await;
            let mut copy = Copy::of(&store).await;
            store.close().await;
            // As the first version told its units: without the column that the second brought.
            copy.schema.truncate(1);
            copy.tables.retain(|(name, _, rows)| !rows.is_empty() || name == "unit");
            let units = copy.tables.iter_mut().find(|(name, ..)| name == "unit").unwrap();
            assert_eq!(units.1.pop().as_deref(), Some("parent_code"));
            units.2.iter_mut().for_each(|row| {
                row.pop();
            });
            let restored = copy.restore(&into).await.unwrap();
            assert_eq!(restored.get(unit.id).await.unwrap(), unit);
            assert_sound(&restored).await;
            add_unit(&restored, "011", "huyện Khe Trà", "huyện", Some(unit.id)).await;
            assert_eq!(BEGINNING, restored.journal_head().await.unwrap().at.unwrap());
            restored.close().await;
        });
    }
}
