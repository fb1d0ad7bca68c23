//! A paper of the stories, read by hand: one short report of a working session that holds one of every kind of draft.

use domain::draft::{DraftContent, DraftState, HeldReading, drafts_of};
use domain::id::Id;
use domain::reading::{
    AboutDraft, BodyDraft, Comparator, ConclusionDraft, ConclusionKind, Confidence, DocumentDraft, FigureDraft, FigureRole,
    GroupCountDraft, MeetingRole, PaperKind, Period, PersonDraft, PhotoDraft, ProposalDraft, Reading, Span, StatementDraft, StatementKind,
    TaskDraft,
};
use store::article::ArticleEdit;
use store::reading::{Decision, HandIn, HandedIn};
use store::settlement::{Settled, Settlement};
use store::task::Assignment;

use crate::world::{World, day};

const TEXT: &str = "Tỉnh ủy Lam Giang làm việc với huyện Khe Trà
Đồng chí Hoàng Thu Cúc, Bí thư Tỉnh ủy Lam Giang chủ trì; đồng chí Lý A Sung, Bí thư Huyện ủy Khe Trà báo cáo kết quả thực hiện.
Thực hiện Nghị quyết 07-NQ/HU, huyện có 8/12 nhóm mục tiêu đạt từ 100% trở lên; đến hết quý I/2024 có 11/14 trường đạt chuẩn.
KT_0007.JPG
Lãnh đạo Sở Y tế phát biểu.
Lãnh đạo Sở Y tế đề nghị huyện bố trí đất xây trạm.
Huyện đề nghị nâng từ 31 lên 35 giáo viên, bằng biên chế hoặc hợp đồng.
Bí thư Tỉnh ủy đánh giá huyện làm tốt; tỉnh sẽ bố trí vốn cho trạm y tế.
Về các đề nghị của huyện, giao Sở Y tế chủ trì, phối hợp với Sở Nội vụ tham mưu trước ngày 15/6/2024.
Giao huyện trồng 300 ha rừng.";

/// The place of the first `quote`.
fn span(quote: &str) -> Span {
    let start = TEXT.find(quote).unwrap_or_else(|| panic!("the paper does not say {quote}"));
    Span { start, end: start + quote.len() }
}

fn person(name: &str, position: &str, role: MeetingRole) -> PersonDraft {
    let positions = vec![position.to_owned()];
    PersonDraft { name: name.to_owned(), positions, role: Some(role), spans: vec![span(name)], confidence: Confidence::Sure }
}

fn body(name: &str) -> BodyDraft {
    BodyDraft { name: name.to_owned(), spans: vec![span(name)], confidence: Confidence::Sure }
}

fn figure(quote: &str, value: i64, measure: &str, role: FigureRole) -> FigureDraft {
    FigureDraft {
        quote: quote.to_owned(),
        value: value.into(),
        of: None,
        unit: "giáo viên".to_owned(),
        comparator: Comparator::Eq,
        measure: measure.to_owned(),
        period: None,
        role,
        span: span(quote),
        confidence: Confidence::Fair,
    }
}

fn task(quote: &str, lead: &str, cooperating: &[&str], due: Option<jiff::civil::Date>) -> TaskDraft {
    TaskDraft {
        quote: quote.to_owned(),
        assigned_by: Some("Hoàng Thu Cúc".to_owned()),
        lead: Some(lead.to_owned()),
        cooperating: cooperating.iter().map(|name| (*name).to_owned()).collect(),
        due,
        span: span(quote),
        confidence: Confidence::Sure,
    }
}

/// The whole paper.
pub fn khe_tra() -> Reading {
    let schools = FigureDraft {
        of: Some(14.into()),
        unit: "trường".to_owned(),
        period: Some(Period { from: None, to: Some(day(2024, 3, 31)) }),
        ..figure("11/14 trường", 11, "trường đạt chuẩn", FigureRole::Actual)
    };
    Reading {
        kind: PaperKind::NewsArticle,
        headline: TEXT.lines().next().map(str::to_owned),
        source: Some("Báo Lam Giang".to_owned()),
        byline: Some("Thu Hà".to_owned()),
        published_on: Some(day(2024, 4, 20)),
        held_on: Some(day(2024, 4, 19)),
        about: Some(AboutDraft { name: "huyện Khe Trà".to_owned(), parent: None, span: Some(span("huyện Khe Trà")) }),
        photos: vec![PhotoDraft {
            file: "KT_0007.JPG".to_owned(),
            caption: "Lãnh đạo Sở Y tế phát biểu.".to_owned(),
            span: span("Lãnh đạo Sở Y tế phát biểu."),
        }],
        people: vec![
            person("Hoàng Thu Cúc", "Bí thư Tỉnh ủy Lam Giang", MeetingRole::Chair),
            person("Lý A Sung", "Bí thư Huyện ủy Khe Trà", MeetingRole::Reporter),
        ],
        bodies: vec![body("Tỉnh ủy Lam Giang"), body("Huyện ủy Khe Trà"), body("Sở Y tế"), body("Sở Nội vụ")],
        documents: vec![named_resolution()],
        figures: vec![
            schools,
            figure("31", 31, "giáo viên", FigureRole::Baseline),
            figure("35 giáo viên", 35, "Giáo viên", FigureRole::Target),
        ],
        group_counts: vec![GroupCountDraft {
            met: 8,
            of: 12,
            threshold_pct: Some(100),
            resolution: Some("07-NQ/HU".to_owned()),
            quote: "8/12 nhóm mục tiêu đạt từ 100% trở lên".to_owned(),
            span: span("8/12 nhóm mục tiêu đạt từ 100% trở lên"),
            confidence: Confidence::Sure,
        }],
        statements: vec![
            statement(Some("Lý A Sung"), None, StatementKind::Report, "báo cáo kết quả thực hiện"),
            statement(None, Some("Sở Y tế"), StatementKind::Statement, "đề nghị huyện bố trí đất xây trạm"),
        ],
        conclusions: vec![
            conclusion(ConclusionKind::Assessment, "đánh giá huyện làm tốt"),
            conclusion(ConclusionKind::Commitment, "tỉnh sẽ bố trí vốn cho trạm y tế"),
        ],
        proposals: vec![ProposalDraft {
            quote: "nâng từ 31 lên 35 giáo viên, bằng biên chế hoặc hợp đồng".to_owned(),
            by: Some("Huyện".to_owned()),
            to: Some("tỉnh".to_owned()),
            options: vec!["biên chế".to_owned(), "hợp đồng".to_owned()],
            span: span("nâng từ 31 lên 35 giáo viên, bằng biên chế hoặc hợp đồng"),
            confidence: Confidence::Fair,
        }],
        tasks: vec![
            task(
                "giao Sở Y tế chủ trì, phối hợp với Sở Nội vụ tham mưu trước ngày 15/6/2024",
                "Sở Y tế",
                &["Sở Nội vụ"],
                Some(day(2024, 6, 15)),
            ),
            task("trồng 300 ha rừng", "huyện", &[], None),
        ],
        text: TEXT.to_owned(),
        ..Reading::default()
    }
}

fn named_resolution() -> DocumentDraft {
    DocumentDraft {
        document_type: "NQ".to_owned(),
        symbol: Some("07-NQ/HU".to_owned()),
        title: None,
        date: None,
        issuer: Some("Huyện ủy".to_owned()),
        quote: "Nghị quyết 07-NQ/HU".to_owned(),
        span: span("Nghị quyết 07-NQ/HU"),
        confidence: Confidence::Sure,
    }
}

fn statement(speaker: Option<&str>, body: Option<&str>, kind: StatementKind, quote: &str) -> StatementDraft {
    StatementDraft {
        speaker: speaker.map(str::to_owned),
        body: body.map(str::to_owned),
        kind,
        quote: quote.to_owned(),
        photo: body.map(|_| "KT_0007.JPG".to_owned()),
        span: span(quote),
        confidence: Confidence::Sure,
    }
}

fn conclusion(kind: ConclusionKind, quote: &str) -> ConclusionDraft {
    let by = Some("Hoàng Thu Cúc".to_owned());
    ConclusionDraft { kind, by, quote: quote.to_owned(), span: span(quote), confidence: Confidence::Sure }
}

/// A paper of one line that nothing was read from: each line is another paper.
pub fn note(line: &str) -> Reading {
    Reading { kind: PaperKind::Report, headline: Some(line.to_owned()), text: line.to_owned(), ..Reading::default() }
}

/// The case of the reader that tells of a working session, as people read it by hand.
pub fn gold() -> Reading {
    let json = include_str!("../../../reader/cases/01-working-session.json");
    serde_json::from_str(json).unwrap()
}

/// The draft of a kind of content that `picks` names.
pub fn content(picks: impl Fn(&DraftContent) -> bool) -> DraftContent {
    drafts_of(&khe_tra()).into_iter().find(|content| picks(content)).unwrap()
}

/// The steps of a paper through the desk.
impl World {
    pub async fn hand_in(&self, reading: Reading) -> Id<HeldReading> {
        let form_key = format!("form {}", self.now().0);
        let hand_in = HandIn { reading, file_name: None, form_key, unit: Some(self.district.id) };
        match self.store.hand_in(&self.may_hand_in(), self.now(), hand_in).await.unwrap() {
            HandedIn::New(id) => id,
            HandedIn::Known(id) => panic!("reading {id} holds this text already"),
        }
    }

    /// Accepts what is undecided.
    pub async fn accept_all(&self, reading: Id<HeldReading>) {
        let drafts = self.store.drafts(reading).await.unwrap();
        let picks: Vec<_> = drafts.iter().filter(|draft| draft.state == DraftState::Pending).map(|draft| draft.id).collect();
        self.store.accept_drafts(&self.may_decide(), self.now(), reading, &picks).await.unwrap();
    }

    pub async fn settle(&self, reading: Id<HeldReading>) -> Settled {
        self.try_settle(reading).await.unwrap()
    }

    pub async fn try_settle(&self, reading: Id<HeldReading>) -> Result<Settled, store::StoreError> {
        let held = self.store.get(reading).await?;
        let advice = self.store.advice_offer(&held).await?.map(|offer| offer.draft);
        let settlement = Settlement {
            reading,
            revision: held.revision,
            advice,
            known_on: held.published_on.unwrap_or_default(),
            seen: Default::default(),
        };
        self.store.settle(&self.may_decide(), self.now(), &settlement).await
    }

    /// The paper of Khe Trà as the ledger's rows.
    pub async fn settle_khe_tra(&self) -> Settled {
        let reading = self.hand_in(khe_tra()).await;
        self.accept_all(reading).await;
        self.settle(reading).await
    }

    pub async fn publish(&self, settled: &Settled) {
        let revision = self.store.get(settled.article).await.unwrap().revision;
        self.store.publish_article(&self.may_publish(), self.now(), settled.article, revision).await.unwrap();
    }

    pub async fn withdraw(&self, settled: &Settled) {
        let revision = self.store.get(settled.article).await.unwrap().revision;
        self.store.withdraw_article(&self.may_publish(), self.now(), settled.article, revision).await.unwrap();
    }

    /// Corrects the headline of a published article.
    pub async fn correct_the_title(&self, settled: &Settled) {
        let article = self.store.get(settled.article).await.unwrap();
        let edit = ArticleEdit {
            revision: article.revision,
            title: "Khe Trà gỡ khó cho trạm y tế".to_owned(),
            standfirst: article.standfirst,
            source: article.source,
            author: article.author,
            reprint: false,
            reason: Some("Tít dài".to_owned()),
        };
        self.store.edit_article(&self.may_publish(), self.now(), settled.article, edit).await.unwrap();
    }

    /// Puts a day on a task that had none.
    pub async fn move_a_deadline(&self, settled: &Settled) {
        let tasks = self.store.tasks_of_document(settled.document).await.unwrap();
        let task = tasks.into_iter().find(|task| task.due.is_none()).unwrap();
        let assignment = Assignment {
            revision: task.revision,
            lead: None,
            cooperating: Vec::new(),
            due: Some(day(2024, 9, 30)),
            reason: Some("Theo mùa vụ".to_owned()),
            product: None,
        };
        self.store.assign_task(&self.may_steer(), self.now(), task.id, assignment).await.unwrap();
    }

    /// Decides one draft that `picks` names.
    pub async fn decide(&self, reading: Id<HeldReading>, picks: impl Fn(&DraftContent) -> bool, decision: Decision) {
        for draft in self.store.drafts(reading).await.unwrap() {
            if picks(&store::reading::content_of(&draft).unwrap()) {
                self.store.decide_draft(&self.may_decide(), self.now(), draft.id, decision).await.unwrap();
                return;
            }
        }
        panic!("no such draft");
    }
}
