//! A world with something to read: the fictional huyện Khe Trà, its papers in the ledger, an officer above it and one beside it.

use domain::account::Role;
use domain::draft::{Draft, DraftState};
use domain::id::Id;
use domain::permission::{self, Actor, MayPublish, UnitPath, operator};
use domain::unit::{Unit, UnitClass};
use jiff::civil::date;
use store::article::ArticleEdit;
use store::reading::{HandIn, HandedIn};
use store::settlement::{Settled, Settlement};
use store::unit::NewUnit;

use crate::support::{NOW, TestApp};

/// A page of news with everything that a paper can hold.
pub const NEWS: &str = "Khe Trà giữ lời hứa với bà con vùng cao

(Báo Lam Giang) - Sáng 14/5, tại huyện Khe Trà, Thường trực Tỉnh ủy Lam Giang làm việc với Ban Thường vụ Huyện ủy Khe Trà về kết quả thực hiện nghị quyết đại hội đảng bộ huyện. Đồng chí Hà Minh Sơn, Bí thư Tỉnh ủy chủ trì.

KT_0001.JPG
Quang cảnh buổi làm việc ở hội trường huyện.

Cùng dự có các đồng chí: Vàng Thị Đào, Phó Bí thư Thường trực Tỉnh ủy; Lù A Páo, Bí thư Huyện ủy Khe Trà.

17/26 nhóm mục tiêu đạt từ 100%

Báo cáo tại buổi làm việc, đồng chí Lù A Páo cho biết: Thực hiện Nghị quyết Đại hội Đảng bộ huyện Khe Trà lần thứ XV, có 17/26 nhóm mục tiêu đạt từ 100% trở lên; 9/26 nhóm mục tiêu còn lại đạt từ 70% trở lên. Tỷ lệ hộ nghèo giảm còn 21,5% (cuối năm 2023). Toàn huyện có 14/20 trường đạt chuẩn quốc gia.

Huyện Khe Trà kiến nghị Tỉnh ủy xem xét hỗ trợ kinh phí nâng cấp tuyến đường vào xã Nà Khoa.

Phát biểu kết luận, Bí thư Tỉnh ủy Hà Minh Sơn biểu dương nỗ lực của huyện Khe Trà. Đồng chí yêu cầu huyện rà soát các dự án chậm tiến độ trước ngày 10/5/2024. Đồng chí giao Sở Giao thông vận tải tham mưu phương án nâng cấp tuyến đường trong tháng 12/2024.

Theo baolamgiang.vn

Thu Trang
";
/// The password of every account of this world.
pub const PASSWORD: &str = "ba con suối nhỏ";

/// The units of the world.
pub struct Land {
    pub province: Id<Unit>,
    pub district: Id<Unit>,
}

impl TestApp {
    /// Adds the province, its district, and two officers: `tinh` over both, `ben` over another district.
    pub async fn settle_land(&self) -> Land {
        let province = self.add_area("90", "tỉnh Lam Giang", "tỉnh", None).await;
        let district = self.add_area("901", "huyện Khe Trà", "huyện", Some(province)).await;
        let other = self.add_area("902", "huyện Pa Vi", "huyện", Some(province)).await;
        for (name, unit) in [("tinh", province), ("ben", other)] {
            let hash = self.app.passwords().hash(PASSWORD).await.unwrap();
            self.app.store().add_account(&operator::may_keep_accounts(), NOW, name, hash, None, (Role::Officer, unit)).await.unwrap();
        }
        Land { province, district }
    }

    async fn add_area(&self, code: &str, name: &str, kind: &str, parent: Option<Id<Unit>>) -> Id<Unit> {
        let (code, name, kind) = (Some(code.to_owned()), name.to_owned(), kind.to_owned());
        let new = NewUnit { code, name, kind, class: UnitClass::Area, parent, parent_code: None, valid_from: None, valid_to: None };
        self.app.store().add_unit(&operator::may_keep_units(), NOW, new).await.unwrap().id
    }

    /// Takes a paper about the district into the ledger with every draft as it was read; nothing is public yet.
    pub async fn settle_paper(&self, land: &Land, text: &str) -> Settled {
        let (store, path) = (self.app.store(), UnitPath(vec![land.district, land.province]));
        let officer = self.officer().await;
        let reading = reader::read(text, Some(date(2024, 5, 15)));
        let hand_in = HandIn { reading, file_name: None, form_key: text.to_owned(), unit: Some(land.district) };
        let may = permission::may_hand_in(&officer).unwrap();
        let (HandedIn::New(reading) | HandedIn::Known(reading)) = store.hand_in(&may, NOW, hand_in).await.unwrap();
        let may = permission::may_decide(&officer, Some(&path)).unwrap();
        let drafts = store.drafts(reading).await.unwrap();
        let all: Vec<Id<Draft>> = drafts.iter().filter(|draft| draft.state == DraftState::Pending).map(|draft| draft.id).collect();
        store.accept_drafts(&may, NOW, reading, &all).await.unwrap();
        let revision = store.get(reading).await.unwrap().revision;
        store
            .settle(&may, NOW, &Settlement { reading, revision, advice: None, known_on: NOW.day(), seen: Default::default() })
            .await
            .unwrap()
    }

    /// The same, and public.
    pub async fn publish_paper(&self, land: &Land, text: &str) -> Settled {
        let settled = self.settle_paper(land, text).await;
        let article = self.app.store().get(settled.article).await.unwrap();
        let may = permission::may_publish(&self.officer().await, &UnitPath(vec![land.district, land.province])).unwrap();
        self.app.store().publish_article(&may, NOW, article.id, article.revision).await.unwrap();
        settled
    }

    /// An hour after it was published, the headline is corrected.
    pub async fn correct_later(&self, land: &Land, settled: &Settled, title: &str, reason: &str) {
        let article = self.app.store().get(settled.article).await.unwrap();
        let edit = ArticleEdit {
            revision: article.revision,
            title: title.to_owned(),
            standfirst: article.standfirst,
            source: article.source,
            author: article.author,
            reprint: false,
            reason: Some(reason.to_owned()),
        };
        self.app.store().edit_article(&self.may_publish(land).await, NOW.plus_seconds(3600), article.id, edit).await.unwrap();
    }

    /// An hour after it was published, everything of it is withdrawn.
    pub async fn withdraw_later(&self, land: &Land, settled: &Settled) {
        let article = self.app.store().get(settled.article).await.unwrap();
        let may = self.may_publish(land).await;
        self.app.store().withdraw_article(&may, NOW.plus_seconds(3600), article.id, article.revision).await.unwrap();
    }

    async fn may_publish(&self, land: &Land) -> MayPublish {
        permission::may_publish(&self.officer().await, &UnitPath(vec![land.district, land.province])).unwrap()
    }

    /// The address of the article.
    pub async fn article_path(&self, settled: &Settled) -> String {
        format!("/news/{}-{}", self.app.store().get(settled.article).await.unwrap().slug, settled.article)
    }

    /// The officer over the whole province.
    pub async fn officer(&self) -> Actor {
        let account = self.app.store().account_named("tinh").await.unwrap().unwrap();
        let roles = self.app.store().roles_of(account.id).await.unwrap();
        Actor::account(account.id, account.name, roles)
    }

    /// The page of a path as somebody who is logged in sees it.
    pub async fn get_as(&self, cookie: &str, path: &str) -> crate::support::Answer {
        self.send("GET", path, &[("cookie", cookie)], "").await
    }

    /// Sends a form with the token of the page that shows it.
    pub async fn submit(&self, cookie: &str, form_page: &str, path: &str, fields: &[(&str, &str)]) -> crate::support::Answer {
        let token = self.get_as(cookie, form_page).await.csrf();
        let mut all = vec![("csrf", token.as_str())];
        all.extend_from_slice(fields);
        self.send("POST", path, &[("cookie", cookie)], &crate::support::form(&all)).await
    }
}
