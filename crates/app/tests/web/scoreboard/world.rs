//! Small worlds as the files of a load.

use std::fmt::Write as _;

use cotmoc::load::source::Source;
use domain::permission::operator;

use crate::support::{NOW, TestApp};

/// Files of a folder: name and content.
pub type Files = Vec<(&'static str, String)>;

/// The counts of [`counted`] with 17 groups in one sentence.
pub const COUNTS: &str = "17/26 nhóm từ 100 % trở lên; 9/26 nhóm từ 70 % đến dưới 100 %";

/// Loads files as `cotmoc load` does.
pub async fn load(web: &TestApp, files: &Files) {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        std::fs::write(folder.path().join(name), content).unwrap();
    }
    let source = Source::Folder(folder.path().to_owned());
    let loaded = cotmoc::load::load(web.app.store(), &operator::may_load(), (NOW, NOW.day()), &source, &mut |_| {}).await;
    assert!(loaded.is_ok(), "{loaded:?}");
}

/// The resolution of the district that the news speak of: 26 groups of one indicator each, `met` of them at 100 % in April 2024
/// and the rest at 90 %, known on 6/5/2024.
pub fn counted(met: usize) -> Files {
    let resolutions = "code,name,symbol,issued_on,issued_by,unit,from,to,group_rule,bands,from_baseline\n\
        KT15,Nghị quyết Đại hội Đảng bộ huyện Khe Trà lần thứ XV,01-NQ/ĐH,2020-08-20,,901,2020-09-01,2025-08-31,mean,10000;7000,no\n";
    let mut groups = "resolution,code,name,weight\n".to_owned();
    let mut indicators = "code,name,unit,decimals,direction,rule_area,rule_period,group,weight\n".to_owned();
    let mut targets = "unit,indicator,from,to,assigned_by,value,value_to,baseline,baseline_on,known_on\n".to_owned();
    let mut measurements = "unit,indicator,period,known_on,value,weight,source\n".to_owned();
    for number in 1..=26 {
        let value = if number <= met { 100 } else { 90 };
        let _ = writeln!(groups, "KT15,KT{number:02},Nhóm việc số {number},1");
        let _ = writeln!(indicators, "KT{number:02}01,Việc số {number},việc,0,up,sum,last,KT{number:02},1");
        let _ = writeln!(targets, "901,KT{number:02}01,2020-09-01,2025-08-31,Đại hội,100,,,,");
        let _ = writeln!(measurements, "901,KT{number:02}01,2024-04,2024-05-06,{value},,Báo cáo tháng 4");
    }
    vec![
        ("resolutions.csv", resolutions.to_owned()),
        ("groups.csv", groups),
        ("indicators.csv", indicators),
        ("targets.csv", targets),
        ("measurements.csv", measurements),
    ]
}

/// A district of four communes, reorganised on 1/5/2024: two go whole into a new one, one is split 60 to 40, of one the shares
/// are not known. Indicators of every rule, targets of every case, corrections and a withdrawal.
pub fn reorganised() -> Files {
    let units = "code,name,kind,parent,valid_from,valid_to\n\
        90,tỉnh Lam Giang,tỉnh,,2004-01-01,\n\
        901,huyện Khe Trà,huyện,90,2004-01-01,\n\
        90101,xã Nà Khoa,xã,901,2004-01-01,2024-04-30\n\
        90102,xã Tả Lềnh,xã,901,2004-01-01,2024-04-30\n\
        90103,xã Bản Ven,xã,901,2004-01-01,2024-04-30\n\
        90104,xã Suối Đá,xã,901,2004-01-01,2024-04-30\n\
        90111,xã Nà Khoa Mới,xã,901,2024-05-01,\n\
        90112,xã Bản Ven Mới,xã,901,2024-05-01,\n";
    let successions = "from,to,on,act,share\n\
        90101,90111,2024-05-01,Nghị quyết 7/NQ-HĐND,1\n\
        90102,90111,2024-05-01,Nghị quyết 7/NQ-HĐND,1\n\
        90103,90111,2024-05-01,Nghị quyết 7/NQ-HĐND,0.6\n\
        90103,90112,2024-05-01,Nghị quyết 7/NQ-HĐND,0.4\n\
        90104,90111,2024-05-01,Nghị quyết 7/NQ-HĐND,\n\
        90104,90112,2024-05-01,Nghị quyết 7/NQ-HĐND,\n";
    let resolutions = "code,name,issued_on,issued_by,unit,from,to,group_rule,bands,from_baseline\n\
        A,Nghị quyết thứ nhất,2023-12-20,Hội đồng,901,2024-01-01,2024-12-31,mean,10000;7000,yes\n\
        B,Nghị quyết thứ hai,2023-12-20,Hội đồng,901,2024-01-01,2024-12-31,all,12000;10000;5000,no\n\
        C,Nghị quyết thứ ba,2023-12-20,Hội đồng,901,2024-01-01,2024-12-31,any,9000,no\n";
    let groups = "resolution,code,name,weight\nA,A1,Kinh tế,1\nA,A2,Xã hội,1\nB,B1,Trật tự,1\nC,C1,Thu chi,1\n";
    let indicators = "code,name,unit,decimals,direction,rule_area,rule_period,group,weight\n\
        A11,Sản lượng,tấn,1,up,sum,sum,A1,2\n\
        A12,Tỷ lệ qua đào tạo,%,1,up,ratio,last,A1,1\n\
        A13,Năng suất,tạ/ha,2,up,weighted_mean,mean,A1,3\n\
        A21,Tỷ lệ hộ nghèo,%,1,down,ratio,last,A2,1\n\
        A22,Thu bình quân,triệu đồng,1,up,weighted_mean,last,A2,1\n\
        A23,Số hộ mới,hộ,0,up,sum,mean,A2,1\n\
        B11,Số vụ,vụ,0,down,sum,at,B1,1\n\
        B12,Số vụ nặng,vụ,0,down,sum,sum,B1,1\n\
        B13,Tỷ lệ trẻ bỏ học,%,2,down,ratio,sum,B1,1\n\
        C11,Cân đối,tỷ đồng,1,up,none,last,C1,1\n\
        C12,Nợ đọng,tỷ đồng,0,down,none,last,C1,1\n\
        C13,Mức trần,điểm,0,up,none,last,C1,1\n";
    let targets = "unit,indicator,from,to,assigned_by,value,value_to,baseline,baseline_on,known_on\n".to_owned() + &targets();
    let measurements = "unit,indicator,period,known_on,value,weight,source\n".to_owned() + MEASUREMENTS;
    vec![
        ("units.csv", units.to_owned()),
        ("successions.csv", successions.to_owned()),
        ("resolutions.csv", resolutions.to_owned()),
        ("groups.csv", groups.to_owned()),
        ("indicators.csv", indicators.to_owned()),
        ("targets.csv", targets),
        ("measurements.csv", measurements),
    ]
}

/// The same targets for the district, an old commune and the two new ones; a second assigner and a revision for the district.
fn targets() -> String {
    let span = "2024-01-01,2024-12-31,Hội đồng";
    let mut rows = String::new();
    for unit in ["901", "90103", "90111", "90112"] {
        for (indicator, value) in [
            ("A11", "300.5,,,"),
            ("A12", "45.0,,,"),
            ("A13", "52.25,,,"),
            ("A21", "10.0,12.0,21.5,2023-12-31"),
            ("A22", "31.0,,,"),
            ("A23", "7,,,"),
            ("B11", "9,,,"),
            ("B12", "2,,,"),
            ("B13", "1.50,,,"),
            ("C11", "0,,,"),
            ("C12", "0,,,"),
            ("C13", "4,,,"),
        ] {
            let _ = writeln!(rows, "{unit},{indicator},{span},{value},");
        }
    }
    rows + "901,A12,2024-01-01,2024-12-31,UBND tỉnh,58.0,,,,\n901,A11,2024-01-01,2024-12-31,Hội đồng,310.0,,,,2024-03-01\n"
}

/// January to June; a correction, a withdrawal, a number known later than today.
const MEASUREMENTS: &str = "\
90101,A11,2024-01,2024-02-03,20.5,,Biểu 1\n90102,A11,2024-01,2024-02-03,31.0,,Biểu 1\n90103,A11,2024-Q1,2024-04-03,77.3,,Biểu 1\n\
90104,A11,2024-Q1,2024-04-03,40.0,,Biểu 1\n90101,A11,2024-02,2024-03-03,22.5,,Biểu 1\n90101,A11,2024-02,2024-04-03,24.5,,Biểu 1 sửa\n\
90102,A11,2024-02,2024-03-03,9.0,,Biểu 1\n90102,A11,2024-02,2024-03-10,,,Biểu 1 rút\n90111,A11,2024-05,2024-05-10,50.1,,Biểu 1\n\
90101,A12,2024-Q1,2024-04-03,420,1000,Biểu 2\n90102,A12,2024-Q1,2024-04-03,333,801,Biểu 2\n90103,A12,2024-Q1,2024-04-03,517,907,Biểu 2\n\
90104,A12,2024-Q1,2024-04-03,100,400,Biểu 2\n\
90101,A13,2024-01,2024-02-03,50.25,11,Biểu 3\n90101,A13,2024-02,2024-03-03,51.75,13,Biểu 3\n90102,A13,2024-01,2024-02-03,49.00,17,Biểu 3\n\
90103,A13,2024-01,2024-02-03,53.10,19,Biểu 3\n90103,A13,2024-03,2024-04-03,54.20,23,Biểu 3\n90111,A13,2024-05,2024-05-10,52.00,31,Biểu 3\n\
90101,A21,2024-Q1,2024-04-03,130,1000,Biểu 4\n90102,A21,2024-Q1,2024-04-03,151,990,Biểu 4\n90103,A21,2024-Q1,2024-04-03,99,777,Biểu 4\n\
90101,A22,2024-Q1,2024-04-03,28.5,1200,Biểu 5\n90102,A22,2024-Q1,2024-04-03,33.1,900,Biểu 5\n90103,A22,2024-Q1,2024-04-03,30.7,650,Biểu 5\n\
90101,A23,2024-01,2024-02-03,3,,Biểu 6\n90102,A23,2024-01,2024-02-03,2,,Biểu 6\n90103,A23,2024-01,2024-02-03,5,,Biểu 6\n\
90103,A23,2024-02,2024-03-03,4,,Biểu 6\n90104,A23,2024-01,2024-02-03,1,,Biểu 6\n\
90101,B11,2024-04,2024-05-03,3,,Biểu 7\n90102,B11,2024-04,2024-05-03,4,,Biểu 7\n90103,B11,2024-04,2024-05-03,5,,Biểu 7\n\
90111,B11,2024-05,2024-05-10,8,,Biểu 7\n90112,B11,2024-05,2024-05-10,2,,Biểu 7\n\
90101,B12,2024-01,2024-02-03,0,,Biểu 8\n90103,B12,2024-01,2024-02-03,0,,Biểu 8\n\
90101,B13,2024-Q1,2024-04-03,8,700,Biểu 9\n90102,B13,2024-Q1,2024-04-03,11,650,Biểu 9\n90103,B13,2024-Q1,2024-04-03,7,611,Biểu 9\n\
901,C11,2024-04,2024-05-03,-5.5,,Biểu 10\n901,C12,2024-04,2024-05-03,0,,Biểu 10\n901,C13,2024-04,2024-05-03,9,,Biểu 10\n\
90111,C11,2024-05,2024-05-10,1.5,,Biểu 10\n90111,C12,2024-05,2024-05-10,3,,Biểu 10\n90112,C13,2024-05,2024-05-10,3,,Biểu 10\n\
901,C13,2024-04,2024-06-03,8,,Biểu 10 sửa sau\n";
