//! What became of the demo's tasks and proposals, day by day: every state, every kind of answer, every kind of lateness is there
//! to be seen.

use domain::permission::{self, Actor};
use domain::proposal::{Answer, Proposal, ProposalState};
use domain::task::{Task, TaskRole, TaskState};
use jiff::civil::{Date, date};
use store::Store;
use store::proposal::ProposalMove;
use store::task::{Assignment, Audience, Step};

use super::{DemoFault, morning, path_of};

/// Something that somebody did.
#[derive(Debug)]
pub struct Happening {
    /// When.
    pub on: Date,
    /// Words that stand in the task or proposal, and in no other.
    words: &'static str,
    what: What,
}

#[derive(Debug)]
enum What {
    /// The last day of a task was set, with the reason.
    Due(Date, &'static str),
    /// A task came to a state, so far in percent, with a note.
    Work(TaskState, Option<i64>, &'static str),
    /// A proposal went to a body for advice, by a day or without one.
    Advice(&'static str, Option<Date>, &'static str),
    /// A body answered a proposal.
    Reply(&'static str, Answer, &'static str),
    /// What was agreed is done.
    Settle(&'static str),
}

const fn on(year: i16, month: i8, day: i8, words: &'static str, what: What) -> Happening {
    Happening { on: date(year, month, day), words, what }
}

use Answer::{Agreed, Declined, Partly, PassedOn};
use TaskState::{AwaitingReview, Done, HandedOver, InProgress, Paused, Received, Withdrawn};
use What::{Advice, Due, Reply, Settle, Work};

// Words by which a task or a proposal is found.
const PROGRAMME: &str = "cụ thể hóa Nghị quyết này thành chương trình hành động";
const PARTY_CLASS: &str = "mở thêm 01 lớp nhận thức về Đảng";
const ALLOWANCE: &str = "bổ sung kinh phí hỗ trợ bí thư chi bộ";
const FILES_OF_SIX: &str = "rà soát lại hồ sơ của 6 quần chúng ưu tú";
const CLASS_AT_SIN_PAO: &str = "mở lớp nhận thức về Đảng tại cụm Sín Pao";
const REPLY_TO_COMMUNE: &str = "tham mưu, trả lời xã";
const CHOICE_OF_HOUSE: &str = "chủ động chọn mẫu nhà";
const TRANSPORT: &str = "hỗ trợ thêm tiền vận chuyển";
const ADVANCE: &str = "ứng trước 1,5 tỷ đồng";
const LIST_OF_HOUSES: &str = "rà soát lại toàn bộ danh sách";
const HOUSE_MODEL: &str = "hướng dẫn mẫu nhà";
const STUDY: &str = "nghiên cứu, đề xuất trong tháng 10/2023";
const HOUSES: &str = "xóa thêm ít nhất 45 nhà tạm";
const SLOW_PROJECTS: &str = "rà soát toàn bộ dự án chậm tiến độ";
const HARD_COMMUNES: &str = "tập trung nguồn lực cho các xã khó khăn nhất";
const TRAINING: &str = "đẩy mạnh đào tạo nghề";
const CELL_MEETINGS: &str = "nâng chất lượng sinh hoạt chi bộ vùng cao";
const PERSONNEL: &str = "sớm hoàn thiện phương án nhân sự đại hội";
const STAFF: &str = "từ 2 - 3 biên chế làm công tác đối ngoại";
const STAFF_REVIEW: &str = "rà soát biên chế, báo cáo Ban Thường vụ Tỉnh ủy";
const ROAD: &str = "bố trí vốn nâng cấp tuyến đường Mường Vân - Sín Pao";
const ROAD_PLAN: &str = "tham mưu phương án nâng cấp tuyến đường";
const CROSSING: &str = "nâng lối mở Sín Pao thành cửa khẩu phụ";
const REALLOCATION: &str = "điều chỉnh giảm 24,5 tỷ đồng";
const EXTENSION: &str = "Gia hạn thời gian thực hiện dự án đường Nậm Tè";
const COMPENSATION: &str = "Ứng trước từ ngân sách tỉnh 12 tỷ đồng";
const BUILDERS: &str = "ít nhất 02 biên chế công chức chuyên ngành xây dựng";
const SUPPORT_A_HOUSE: &str = "nâng mức hỗ trợ xóa nhà tạm";

/// Everything that happened, in the order of days.
#[rustfmt::skip]
pub const HAPPENINGS: [Happening; 43] = [
    on(2020, 11, 5, PROGRAMME, Work(InProgress, Some(40), "Đã có đề cương chương trình hành động; các ban xây dựng Đảng góp ý đến 20/11.")),
    on(2020, 12, 28, PROGRAMME, Work(Done, Some(100), "Đã ban hành chương trình hành động kèm phân công từng đồng chí phụ trách nhóm mục tiêu.")),
    on(2022, 2, 25, PARTY_CLASS, Advice("Ban Tổ chức Huyện ủy", Some(date(2022, 3, 15)), "Xem số quần chúng đủ điều kiện ở ba xã của cụm.")),
    on(2022, 2, 25, ALLOWANCE, Advice("Phòng Tài chính - Kế hoạch", None, "Đối chiếu mức hỗ trợ đang áp dụng.")),
    on(2022, 3, 10, FILES_OF_SIX, Work(AwaitingReview, Some(90), "Đã bổ sung xác minh lý lịch của 5 đồng chí, còn 1 hồ sơ chờ nơi cư trú cũ trả lời.")),
    on(2022, 3, 14, PARTY_CLASS, Reply("Ban Tổ chức Huyện ủy", Agreed, "Đồng ý mở 01 lớp tại cụm Sín Pao trong quý II, khoảng 40 học viên.")),
    on(2022, 3, 18, FILES_OF_SIX, Work(Done, Some(100), "Đủ 6 hồ sơ; hồ sơ cuối cùng đến chậm do xác minh ngoài huyện.")),
    on(2022, 4, 8, ALLOWANCE, Reply("Phòng Tài chính - Kế hoạch", Declined, "Mức hỗ trợ thực hiện theo quy định chung của tỉnh; huyện không có thẩm quyền quy định mức riêng.")),
    on(2022, 4, 11, REPLY_TO_COMMUNE, Work(Done, Some(100), "Đã trả lời xã bằng văn bản, nêu rõ căn cứ và mức đang áp dụng.")),
    on(2022, 6, 24, CLASS_AT_SIN_PAO, Work(Done, Some(100), "Lớp học xong ngày 23/6, 41 học viên được cấp giấy chứng nhận.")),
    on(2022, 6, 28, PARTY_CLASS, Settle("Lớp đã mở và bế giảng trong quý II.")),
    on(2023, 9, 11, CHOICE_OF_HOUSE, Reply("Ban Thường vụ Huyện ủy Mường Vân", Agreed, "Xã được chọn mẫu nhà hợp phong tục, bảo đảm đủ ba cứng.")),
    on(2023, 9, 12, ADVANCE, Work(Withdrawn, None, "Đã gộp vào nhiệm vụ tham mưu ứng vốn cho ba xã biên giới.")),
    on(2023, 9, 20, HOUSE_MODEL, Work(Done, Some(100), "Đã gửi ba mẫu nhà kèm dự toán cho các xã.")),
    on(2023, 9, 25, CHOICE_OF_HOUSE, Settle("Các xã đã chọn xong mẫu nhà.")),
    on(2023, 9, 29, LIST_OF_HOUSES, Work(Done, Some(100), "Đã rà soát xong danh sách, báo cáo Ủy ban Kiểm tra Huyện ủy; chậm do đối chiếu lại hai xã.")),
    on(2023, 10, 20, TRANSPORT, Reply("Phòng Tài chính - Kế hoạch", Partly, "Hỗ trợ tiền vận chuyển cho nhà ở thôn chưa có đường ô tô; nhà khác theo mức chung.")),
    on(2023, 10, 24, STUDY, Work(HandedOver, None, "Bàn giao cho Ủy ban MTTQ huyện chủ trì cùng nguồn quỹ vì người nghèo.")),
    on(2023, 11, 15, HOUSES, Work(Done, Some(100), "Đã xóa thêm 47 nhà tạm, nghiệm thu đến hết ngày 15/11.")),
    on(2024, 4, 22, SLOW_PROJECTS, Due(date(2024, 5, 24), "Để kịp báo cáo Thường trực Tỉnh ủy trong tháng 5.")),
    on(2024, 4, 22, HARD_COMMUNES, Due(date(2024, 5, 10), "Gắn với kỳ họp chuyên đề của HĐND huyện.")),
    on(2024, 4, 22, PERSONNEL, Due(date(2024, 5, 20), "Theo lịch làm việc của Ban Tổ chức Tỉnh ủy.")),
    on(2024, 4, 22, TRAINING, Due(date(2024, 5, 15), "Mở lớp trước vụ thu hoạch dược liệu.")),
    on(2024, 4, 24, SLOW_PROJECTS, Work(Received, None, "Đã nhận; giao phòng chuyên môn rà soát danh mục dự án chậm tiến độ.")),
    on(2024, 4, 25, PERSONNEL, Work(InProgress, Some(50), "Đã có phương án lần một, đang xin ý kiến cấp ủy viên.")),
    on(2024, 5, 3, HARD_COMMUNES, Work(InProgress, Some(30), "Xây dựng xong dự thảo kế hoạch, đang lấy ý kiến các xã.")),
    on(2024, 5, 6, STAFF, Advice("Ban Tổ chức Tỉnh ủy", Some(date(2024, 5, 31)), "Cân đối cùng đợt rà soát biên chế của tỉnh.")),
    on(2024, 5, 6, ROAD_PLAN, Work(Received, None, "Đã nhận; đơn vị tư vấn đang khảo sát hiện trạng tuyến đường.")),
    on(2024, 5, 7, STAFF_REVIEW, Work(InProgress, Some(35), "Đã tổng hợp biên chế hiện có của các huyện biên giới; đang đối chiếu với Sở Nội vụ.")),
    on(2024, 5, 8, CELL_MEETINGS, Work(Paused, None, "Chờ hướng dẫn về nội dung sinh hoạt chi bộ của cấp trên.")),
    on(2024, 5, 10, ROAD, Advice("Sở Giao thông vận tải", Some(date(2024, 9, 30)), "Tham mưu phương án vốn cùng phương án nâng cấp tuyến đường.")),
    on(2024, 5, 10, REALLOCATION, Advice("Sở Kế hoạch và Đầu tư", Some(date(2024, 5, 16)), "Xem danh mục dự án còn khả năng hấp thụ vốn.")),
    on(2024, 5, 10, EXTENSION, Advice("Sở Kế hoạch và Đầu tư", Some(date(2024, 5, 17)), "Xem hồ sơ gia hạn và thời hạn giải ngân của nguồn vốn.")),
    on(2024, 5, 10, COMPENSATION, Advice("Sở Tài chính", Some(date(2024, 5, 22)), "Cân đối nguồn ứng trước và thời hạn hoàn trả.")),
    on(2024, 5, 13, TRAINING, Work(Done, Some(100), "Đã mở lớp đào tạo nghề, gắn với nhu cầu của hợp tác xã dược liệu.")),
    on(2024, 5, 13, BUILDERS, Reply("Sở Nội vụ", Declined, "Tỉnh đang thực hiện lộ trình tinh giản, chưa bổ sung biên chế; đề nghị huyện điều động trong nội bộ.")),
    on(2024, 5, 14, SLOW_PROJECTS, Work(InProgress, Some(45), "Đã làm việc với chủ đầu tư của 6 dự án; còn 4 dự án chưa có phương án giải phóng mặt bằng.")),
    on(2024, 5, 14, SUPPORT_A_HOUSE, Reply("UBND tỉnh", PassedOn, "Mức hỗ trợ do cấp trên quy định; UBND tỉnh đã tổng hợp vào báo cáo gửi bộ chủ quản.")),
    on(2024, 5, 15, HARD_COMMUNES, Work(InProgress, Some(60), "Đã tiếp thu ý kiến của 8 xã; trình Ban Thường vụ Huyện ủy trong tuần này.")),
    on(2024, 5, 16, CROSSING, Reply("UBND tỉnh", PassedOn, "Nâng cấp cửa khẩu thuộc thẩm quyền của Chính phủ; tỉnh hoàn thiện hồ sơ để trình.")),
    on(2024, 5, 16, REALLOCATION, Reply("Sở Kế hoạch và Đầu tư", Partly, "Đồng ý điều chỉnh giữa các dự án cùng nguồn vốn; phần còn lại chờ kỳ họp HĐND tỉnh.")),
    on(2024, 5, 17, EXTENSION, Reply("Sở Kế hoạch và Đầu tư", Agreed, "Đồng ý gia hạn đến hết ngày 30/6/2025; huyện hoàn thiện hồ sơ trước ngày 31/5.")),
    on(2024, 5, 17, PERSONNEL, Work(AwaitingReview, Some(95), "Đã trình phương án, chờ Ban Tổ chức Tỉnh ủy thẩm định.")),
];

impl Happening {
    /// Does it, as the account that it falls to.
    pub async fn happen(&self, store: &Store, officer: &Actor, reporter: &Actor) -> Result<(), DemoFault> {
        match &self.what {
            Due(due, reason) => self.set_due(store, officer, *due, reason).await,
            Work(state, percent, note) => self.report(store, (officer, reporter), (*state, *percent, note)).await,
            Advice(body, due, note) => {
                let to = ProposalMove { advice_due: *due, ..self.step(ProposalState::Assigned, body, note) };
                self.take_on(store, officer, to).await
            }
            Reply(body, answer, note) => {
                let to = ProposalMove { answer: Some(*answer), ..self.step(ProposalState::Answered, body, note) };
                self.take_on(store, officer, to).await
            }
            Settle(note) => self.take_on(store, officer, self.step(ProposalState::Settled, "", note)).await,
        }
    }

    async fn task(&self, store: &Store) -> Result<Task, DemoFault> {
        let tasks = store.tasks(Audience::Staff).await?;
        tasks.into_iter().find(|task| task.text.contains(self.words)).ok_or(DemoFault::Nowhere(self.words))
    }

    async fn proposal(&self, store: &Store) -> Result<Proposal, DemoFault> {
        let proposals = store.proposals(Audience::Staff).await?;
        proposals.into_iter().find(|proposal| proposal.text.contains(self.words)).ok_or(DemoFault::Nowhere(self.words))
    }

    async fn set_due(&self, store: &Store, officer: &Actor, due: Date, reason: &str) -> Result<(), DemoFault> {
        let task = self.task(store).await?;
        let bodies = store.task_bodies(Some(task.id)).await?;
        let of = |role: TaskRole| bodies.iter().filter(move |body| body.role == role).map(|body| (body.name.clone(), body.unit));
        let assignment = Assignment {
            revision: task.revision,
            lead: of(TaskRole::Lead).next(),
            cooperating: of(TaskRole::Cooperating).collect(),
            due: Some(due),
            reason: Some(reason.to_owned()),
            product: task.product.clone(),
        };
        let may = permission::may_steer(officer, &path_of(store, task.unit).await?)?;
        Ok(store.assign_task(&may, morning(self.on).plus_seconds(9000), task.id, assignment).await?)
    }

    /// Who does the work reports it; what only its giver may do, and the work of the province's own bodies, the officer notes.
    async fn report(
        &self,
        store: &Store,
        (officer, reporter): (&Actor, &Actor),
        (state, percent, note): (TaskState, Option<i64>, &str),
    ) -> Result<(), DemoFault> {
        let task = self.task(store).await?;
        let path = path_of(store, task.unit).await?;
        let step = Step { revision: task.revision, state, percent, note: note.to_owned(), closed_on: None };
        let now = morning(self.on).plus_seconds(9000);
        match permission::may_report_progress(reporter, &path) {
            Ok(may) if !matches!(state, Withdrawn | HandedOver) => store.report_progress(&may, now, task.id, step).await?,
            _ => store.steer_task(&permission::may_steer(officer, &path)?, now, task.id, step).await?,
        }
        Ok(())
    }

    fn step(&self, state: ProposalState, body: &str, note: &str) -> ProposalMove {
        let body = Some(body.to_owned()).filter(|body| !body.is_empty());
        ProposalMove { revision: 0, state, advice_due: None, answer: None, body, note: note.to_owned() }
    }

    async fn take_on(&self, store: &Store, officer: &Actor, to: ProposalMove) -> Result<(), DemoFault> {
        let proposal = self.proposal(store).await?;
        let document = store.get(proposal.document).await?;
        let may = permission::may_steer(officer, &path_of(store, document.unit).await?)?;
        let to = ProposalMove { revision: proposal.revision, ..to };
        Ok(store.move_proposal(&may, morning(self.on).plus_seconds(9000), proposal.id, to).await?)
    }
}
