//! A small folder that fits, and what a load of it or of a changed one says.

use std::collections::BTreeMap;
use std::fs;

use cotmoc::lang::Lang;
use cotmoc::load::fault::Listed;
use cotmoc::load::source::Source;
use cotmoc::load::{LoadFault, Loaded, load};
use domain::moment::Moment;
use domain::permission::operator;
use jiff::civil::date;
use store::Store;
use store::audit::Audit;
use testbed::Postgres;

/// 9:00 in Viet Nam on 1/8/2025.
const NOW: Moment = Moment(1_754_013_600_000);

/// The files of the small world: a district whose two communes become one on 1/7/2025, when the code 111 goes on.
const FILES: [(&str, &str); 8] = [
    (
        "units.csv",
        "code,name,kind,class,parent,valid_from,valid_to\n\
         1,tỉnh Lam Giang,tỉnh,,,2004-01-01,\n\
         11,huyện Mường Vân,huyện,area,1,2004-01-01,2025-06-30\n\
         111,xã Sín Pao,xã,area,11,2004-01-01,2025-06-30\n\
         112,xã Tả Vai,xã,area,11,2004-01-01,2025-06-30\n\
         111,xã Mường Vân,xã,area,1,2025-07-01,\n\
         TU,Tỉnh ủy Lam Giang,tỉnh ủy,body,1,2004-01-01,\n",
    ),
    ("successions.csv", "from,to,on,act,share\n111,111,2025-07-01,Nghị quyết 9,1\n112,111,2025-07-01,Nghị quyết 9,0.62\n"),
    (
        "resolutions.csv",
        "code,name,symbol,issued_on,issued_by,unit,from,to,group_rule,bands,from_baseline\n\
         NQ,Nghị quyết,01-NQ/ĐH,2020-08-14,Đại hội huyện,11,2020-09-01,2025-12-31,mean,10000;7000,no\n",
    ),
    ("groups.csv", "resolution,code,name,weight\nNQ,G1,Chăn nuôi,1\n"),
    (
        "indicators.csv",
        "code,name,unit,decimals,direction,rule_area,rule_period,group,weight\n\
         DAN,Tổng đàn,con,0,up,sum,sum,G1,1\n\
         TL,Tỷ lệ tiêm phòng,%,1,up,ratio,last,G1,2\n\
         TT,Tăng trưởng,%,1,up,none,last,G1,1\n",
    ),
    ("people.csv", "person,name,position,body,from,to\nP1,Giàng A Páo,Bí thư,Tỉnh ủy Lam Giang,2020-01-01,\n"),
    (
        "targets.csv",
        "unit,indicator,from,to,assigned_by,value,value_to,baseline,baseline_on,known_on\n\
         11,DAN,2020-09-01,2025-12-31,Đại hội huyện,1000,,,,\n\
         11,TL,2020-09-01,2025-12-31,TU,80.5,90,,,2020-09-01\n",
    ),
    (
        "measurements.csv",
        "unit,indicator,period,known_on,value,weight,source\n\
         111,DAN,2024-03,2024-04-08,20,,Biểu 3\n\
         112,DAN,2024-Q1,2024-04-08,30,,Biểu 3\n\
         112,TL,2024-03,2024-04-08,4.5,60,Biểu 3\n\
         111,DAN,2025-07,2025-07-31,7,,\n",
    ),
];

/// A folder of files.
#[derive(Clone)]
pub struct Files(BTreeMap<String, Vec<u8>>);

impl Files {
    pub fn fitting() -> Self {
        Self(FILES.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect())
    }

    /// The folder with another file of this name.
    pub fn with(mut self, name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.0.insert(name.to_owned(), bytes.into());
        self
    }

    pub fn without(mut self, name: &str) -> Self {
        self.0.remove(name);
        self
    }

    /// The folder with one more line in a file.
    pub fn and_line(mut self, name: &str, line: &str) -> Self {
        self.0.get_mut(name).unwrap().extend(format!("{line}\n").into_bytes());
        self
    }

    pub fn text(&self, name: &str) -> String {
        String::from_utf8(self.0[name].clone()).unwrap()
    }
}

/// An empty ledger.
pub struct Ledger {
    pub store: Store,
    _folder: tempfile::TempDir,
}

impl Ledger {
    pub async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&format!("sqlite://{}", folder.path().join("so.db").display())).await.unwrap();
        Self { store, _folder: folder }
    }

    pub async fn postgres() -> Self {
        Self { store: Store::open(&Postgres::shared().fresh_database()).await.unwrap(), _folder: tempfile::tempdir().unwrap() }
    }

    pub async fn load(&self, files: &Files) -> Result<Loaded, LoadFault> {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in &files.0 {
            fs::write(folder.path().join(name), bytes).unwrap();
        }
        let source = Source::Folder(folder.path().to_owned());
        load(&self.store, &operator::may_load(), (NOW, date(2025, 8, 1)), &source, &mut |_| {}).await
    }

    /// How many rows of each file were new.
    pub async fn news(&self, files: &Files) -> Vec<usize> {
        self.load(files).await.unwrap().files.iter().map(|file| file.new).collect()
    }

    /// What is wrong with a folder, in English; nothing was stored.
    pub async fn faults(&self, files: &Files) -> Vec<String> {
        let before = self.sequence().await;
        let refused = match self.load(files).await {
            Err(LoadFault::Rows(listed)) => sentences(&listed),
            other => panic!("no rows are named but {other:?}"),
        };
        assert_eq!(self.sequence().await, before, "something was stored");
        refused
    }

    pub async fn sequence(&self) -> i64 {
        self.store.journal_head().await.unwrap().sequence
    }

    pub async fn assert_sound(&self) {
        let audit = self.store.audit(&mut |_, _| {}).await.unwrap();
        assert!(matches!(audit, Audit::Sound { .. }), "{audit:?}");
    }
}

pub fn sentences(listed: &Listed) -> Vec<String> {
    listed.shown.iter().map(|fault| Lang::En.load_fault(fault)).collect()
}
