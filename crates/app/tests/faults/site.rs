//! The built program over a ledger with a fictional province, two districts, and an account of every role.

use std::path::Path;
use std::process::{Command, Output};
use std::sync::OnceLock;

use cotmoc::password;
use domain::account::Role;
use domain::moment::Moment;
use domain::permission::operator;
use domain::unit::UnitClass;
use store::Store;
use store::audit::Audit;
use store::unit::NewUnit;
use testbed::{Postgres, Server};

use crate::client::Client;

/// The built program.
pub const COTMOC: &str = env!("CARGO_BIN_EXE_cotmoc");
/// The password of every account.
pub const PASSWORD: &str = "giữ rừng giữ đất giữ nước";
/// 9:00 in Viet Nam on 20/5/2024: when the ledger was begun.
pub const BEGINNING: Moment = Moment(1_716_170_400_000);

/// Every account: its name, its role, the code of its unit.
const ACCOUNTS: [(&str, Role, &str); 6] = [
    ("van.thu", Role::Officer, "98"),
    ("muong.van", Role::Officer, "981"),
    ("nam.rang", Role::Officer, "982"),
    ("bao.cao", Role::Reporter, "981"),
    ("kiem.tra", Role::Viewer, "98"),
    ("quan.tri", Role::Administrator, "98"),
];

/// Which database a test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    Sqlite,
    Postgres,
}

/// A ledger, and its program while it runs.
pub struct Site {
    pub database: String,
    pub server: Option<Server>,
    _folder: tempfile::TempDir,
}

impl Site {
    /// A fresh ledger, served.
    pub fn open(on: On) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = match on {
            On::Sqlite => sqlite_in(folder.path()),
            On::Postgres => Postgres::shared().fresh_database(),
        };
        Self::over(database, folder)
    }

    /// A fresh ledger at an address, served.
    pub fn over(database: String, folder: tempfile::TempDir) -> Self {
        fill(&database);
        let server = Some(serve(&database));
        Self { database, server, _folder: folder }
    }

    pub fn url(&self) -> &str {
        self.server.as_ref().unwrap().url()
    }

    /// What the program has written to its log.
    pub fn log(&self) -> String {
        self.server.as_ref().unwrap().log()
    }

    /// Somebody who is not signed in.
    pub fn visitor(&self) -> Client {
        Client::of(self.url())
    }

    /// Somebody who is signed in.
    pub fn signed_in(&self, name: &str) -> Client {
        let visitor = self.visitor();
        let answer = visitor.post("/login", &[("name", name), ("password", PASSWORD)]).unwrap();
        assert_eq!(answer.status, 303, "{}", answer.body);
        Client { cookie: answer.cookie("cotmoc_login").unwrap(), ..visitor }
    }

    /// The journal's length, after looking that all fits.
    pub fn sound_entries(&self) -> i64 {
        sound_entries(&self.database)
    }
}

/// The address of a ledger's file in a folder.
pub fn sqlite_in(folder: &Path) -> String {
    format!("sqlite://{}", folder.join("so.db").display())
}

/// Starts the program on a ledger, at a port of the system's choice.
pub fn serve(database: &str) -> Server {
    Server::start(Path::new(COTMOC), &["serve", "--listen", "127.0.0.1:0", "--database", database], &[])
}

/// Runs the program to its end.
pub fn run(arguments: &[&str]) -> Output {
    Command::new(COTMOC).args(arguments).env_remove("COTMOC_DATABASE").output().unwrap()
}

/// `cotmoc audit verify` must find nothing; how many entries it walked.
pub fn sound_entries(database: &str) -> i64 {
    with_store(database, async |store| match store.audit(&mut |_, _| {}).await.unwrap() {
        Audit::Sound { entries, .. } => entries,
        Audit::Broken(fault) => panic!("{fault}"),
    })
}

/// Looks into a ledger from beside the program.
pub fn with_store<T>(database: &str, look: impl AsyncFnOnce(&Store) -> T) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let store = Store::open(database).await.unwrap();
        let seen = look(&store).await;
        store.close().await;
        seen
    })
}

/// The province, its districts and an account of every role.
pub fn fill(database: &str) {
    static HASH: OnceLock<String> = OnceLock::new();
    let hash = HASH.get_or_init(|| password::hash(PASSWORD).unwrap());
    with_store(database, async |store| {
        let province = add_area(store, "98", "tỉnh Lam Giang", "tỉnh", None).await;
        for (code, name) in [("981", "huyện Mường Vân"), ("982", "huyện Nậm Rạng")] {
            add_area(store, code, name, "huyện", Some(province)).await;
        }
        for (name, role, code) in ACCOUNTS {
            let unit = store.units_by_code(code).await.unwrap()[0].id;
            let may = operator::may_keep_accounts();
            store.add_account(&may, BEGINNING, name, hash.clone(), None, (role, unit)).await.unwrap();
        }
    });
}

async fn add_area(
    store: &Store,
    code: &str,
    name: &str,
    kind: &str,
    parent: Option<domain::id::Id<domain::unit::Unit>>,
) -> domain::id::Id<domain::unit::Unit> {
    let new = NewUnit {
        code: Some(code.to_owned()),
        name: name.to_owned(),
        kind: kind.to_owned(),
        class: UnitClass::Area,
        parent,
        parent_code: None,
        valid_from: None,
        valid_to: None,
    };
    store.add_unit(&operator::may_keep_units(), BEGINNING, new).await.unwrap().id
}

/// A short notice of conclusions about a unit; the number makes it a paper of its own.
pub fn paper(number: u64, unit: &str) -> String {
    format!(
        "TỈNH ỦY LAM GIANG\nVĂN PHÒNG\n*\nSố {number}-TB/VPTU\nLam Khê, ngày 22 tháng 4 năm 2024\n\nTHÔNG BÁO\n\
         kết luận của đồng chí Bí thư Tỉnh ủy tại buổi làm việc với Ban Thường vụ {unit_up}\n\n\
         Ngày 19/4/2024, đồng chí Đinh Quang Khải, Bí thư Tỉnh ủy làm việc với Ban Thường vụ {unit_up}. Kết luận như sau:\n\n\
         1. Đến hết tháng 3/2024, {unit} có 13/22 nhóm mục tiêu đạt từ 100% trở lên; giải ngân {number} triệu đồng.\n\n\
         2. Giao Sở Giao thông vận tải chủ trì, phối hợp với {unit} hoàn thành tuyến đường số {number} trước ngày 30/9/2024.\n\n\
         3. Giao Ủy ban nhân dân {unit} báo cáo kết quả với Thường trực Tỉnh ủy trước ngày 15/6/2024.\n",
        unit_up = unit.replacen("huyện", "Huyện ủy", 1),
    )
}
