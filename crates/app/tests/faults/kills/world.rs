//! The ledger that is written to while the program is killed: small, made once, and copied whenever the last copy has grown.

use std::path::Path;

use cotmoc::load::{load, source::Source};
use cotmoc::web::app::Clock;
use cotmoc::web::support::login::token_hash;
use domain::permission::operator;
use tempfile::TempDir;
use testbed::Postgres;

use crate::client::Client;
use crate::site::{BEGINNING, fill, sqlite_in, with_store};

/// Two groups of one resolution, so that boards can be frozen; a third indicator is for loads.
const FILES: [(&str, &[u8]); 5] = [
    ("resolutions.csv", "code,name,issued_by,unit\nNQ,Nghị quyết Mường Vân,98,981\n".as_bytes()),
    ("groups.csv", "resolution,code,name\nNQ,G1,Môi trường\nNQ,G2,Giáo dục\n".as_bytes()),
    (
        "indicators.csv",
        "code,name,unit,decimals,direction,rule_area,rule_period,group,weight\n\
         CT1,Hộ dùng nước sạch,hộ,0,up,sum,last,G1,1\nCT2,Trường đạt chuẩn,trường,0,up,sum,last,G2,1\nCT3,Dân số,người,0,up,sum,last,,\n"
            .as_bytes(),
    ),
    (
        "targets.csv",
        b"unit,indicator,from,to,assigned_by,value\n981,CT1,2024-01-01,2024-12-31,98,95\n981,CT2,2024-01-01,2024-12-31,98,80\n",
    ),
    ("measurements.csv", b"unit,indicator,period,known_on,value\n981,CT1,2024-03,2024-04-05,96\n981,CT2,2024-03,2024-04-05,60\n"),
];
/// Who writes: each is signed in from the beginning, under a token that says who it is.
const WRITERS: [&str; 3] = ["van.thu", "muong.van", "bao.cao"];

/// A ledger to copy.
pub enum Template<'p> {
    /// A file without any other beside it.
    Sqlite { folder: TempDir, copies: u64 },
    /// A database that nobody is connected to.
    Postgres { server: &'p Postgres, url: String },
}

impl<'p> Template<'p> {
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fill_with_numbers(&sqlite_in(folder.path()));
        Self::Sqlite { folder, copies: 0 }
    }

    pub fn postgres(server: &'p Postgres) -> Self {
        let url = server.fresh_database();
        fill_with_numbers(&url);
        Self::Postgres { server, url }
    }

    /// The address of a fresh copy.
    pub fn copy(&mut self) -> String {
        match self {
            Self::Sqlite { folder, copies } => {
                *copies += 1;
                let place = folder.path().join(copies.to_string());
                std::fs::create_dir(&place).unwrap();
                std::fs::copy(folder.path().join("so.db"), place.join("so.db")).unwrap();
                sqlite_in(&place)
            }
            Self::Postgres { server, url } => server.copy_of(url),
        }
    }
}

/// The ids that writers need and no page shows them.
#[derive(Debug, Clone, Copy)]
pub struct Ids {
    /// huyện Mường Vân.
    pub unit: i64,
    /// What the reporter enters.
    pub indicators: [i64; 2],
    /// What a second process loads.
    pub loaded: i64,
}

pub fn ids(database: &str) -> Ids {
    with_store(database, async |store| {
        let unit = store.units_by_code("981").await.unwrap()[0].id.number();
        let (_, nouns) = store.scoreboard_rows(i64::MAX, &mut |_| {}).await.unwrap();
        let id = |code: &str| nouns.indicators.iter().find(|indicator| indicator.code == code).unwrap().id.number();
        Ids { unit, indicators: [id("CT1"), id("CT2")], loaded: id("CT3") }
    })
}

/// Those who write, at a server.
pub fn writers(url: &str) -> [Client; 3] {
    WRITERS.map(|name| Client { cookie: format!("cotmoc_login=token-{name}"), ..Client::of(url) })
}

/// A folder of one number for `cotmoc load`: a correction of the one before.
pub fn write_load(folder: &Path, value: i64) {
    let day = BEGINNING.day();
    let file = format!("unit,indicator,period,known_on,value,source\n981,CT3,2013-01,{day},{value},Biểu {value}\n");
    std::fs::write(folder.join("measurements.csv"), file).unwrap();
}

fn fill_with_numbers(database: &str) {
    fill(database);
    with_store(database, async |store| {
        let clock = (BEGINNING, BEGINNING.day());
        load(store, &operator::may_load(), clock, &Source::Embedded(&FILES), &mut |_| {}).await.unwrap();
        for name in WRITERS {
            let account = store.account_named(name).await.unwrap().unwrap().id;
            store.begin_login(account, &token_hash(&format!("token-{name}")), "bieu-mau", Clock::System.now()).await.unwrap();
        }
    });
}
