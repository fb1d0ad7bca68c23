//! The words that requests, orders, speech and conclusions are made of. Closed classes (verbs of asking, titles, kinds of
//! bodies, prepositions) are complete as far as we know them; verbs of work are the common ones of official Vietnamese and
//! serve only to see where a doer's name ends.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a word or phrase may be; several at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Role(u32);

impl Role {
    /// Orders downward by its meaning: *giao, yêu cầu*.
    pub const ORDER: Self = Self(1);
    /// Asks, up or down: *đề nghị*.
    pub const ASK: Self = Self(1 << 1);
    /// Asks upward by its meaning: *kiến nghị, mong muốn*.
    pub const PLEAD: Self = Self(1 << 2);
    /// Orders only where someone says it to someone: *lưu ý, chỉ đạo, nhấn mạnh*.
    pub const URGE: Self = Self(1 << 3);
    /// Tells that someone speaks.
    pub const SAY: Self = Self(1 << 4);
    /// Tells that someone reports.
    pub const REPORT: Self = Self(1 << 5);
    /// Tells that someone concludes.
    pub const CONCLUDE: Self = Self(1 << 6);
    /// Judges what was done: *ghi nhận, biểu dương*.
    pub const PRAISE: Self = Self(1 << 7);
    /// Agrees or passes: *nhất trí, đồng ý*.
    pub const AGREE: Self = Self(1 << 8);
    /// *cần, phải*
    pub const NEED: Self = Self(1 << 9);
    /// A verb of work.
    pub const WORK: Self = Self(1 << 10);
    /// Says nothing of its own between the one who is asked and a colon: *xem xét, một số nội dung sau*.
    pub const LIGHT: Self = Self(1 << 11);
    /// Stands between a subject and its verb: *cũng, đã*.
    pub const ADVERB: Self = Self(1 << 12);
    /// Begins the name of a body or a group of bodies.
    pub const HEAD: Self = Self(1 << 13);
    /// An area of the state: *tỉnh, huyện, xã*.
    pub const AREA: Self = Self(1 << 14);
    /// A position: *Bí thư, Chủ tịch*.
    pub const TITLE: Self = Self(1 << 15);
    /// *đồng chí, ông, bà*
    pub const ADDRESS: Self = Self(1 << 16);
    /// People without names: *các đại biểu, cử tri*.
    pub const GROUP: Self = Self(1 << 17);
    /// *lãnh đạo, đại diện* of a body that is named.
    pub const LEADERS: Self = Self(1 << 18);
    /// Ties a sentence to the one before: *đồng thời, bên cạnh đó*.
    pub const LINK: Self = Self(1 << 19);
    /// *phối hợp với*
    pub const WITH: Self = Self(1 << 20);
    /// *chủ trì*
    pub const LEAD: Self = Self(1 << 21);
    /// Tells of the past or of what is: *đã, đạt, còn*.
    pub const FACT: Self = Self(1 << 22);
    /// Promises: *sẽ*.
    pub const PROMISE: Self = Self(1 << 23);
    /// Opens a topic or a circumstance: *về, đối với, tại*.
    pub const TOPIC: Self = Self(1 << 24);
    /// Joins names: *và, cùng*.
    pub const AND: Self = Self(1 << 25);
    /// Fills the way to the one who is asked: *với, cho*.
    pub const TO: Self = Self(1 << 26);
    /// Before *giao* it makes it a relative clause: *được, kế hoạch*.
    pub const PASSIVE: Self = Self(1 << 27);
    /// Those who ask from outside the state: *cử tri, doanh nghiệp*.
    pub const OUTSIDE: Self = Self(1 << 28);

    /// *của*
    pub const OF: Self = Self(1 << 29);
    /// *liên quan*: ends the name of a group.
    pub const RELATED: Self = Self(1 << 31);
    /// Makes the next word a noun: *những, các, một số*.
    pub const COUNT: Self = Self(1 << 30);

    /// Whether any role of `other` is here.
    pub const fn is(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Both together.
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Phrases by what they are; a phrase may stand in several rows. Parts of a compound that must not be read as verbs
/// ("giao thông") stand in the first row with no role.
const ROWS: &[(Role, &str)] = &[
    (
        Role(0),
        "ý kiến|ý kiến thảo luận|ý kiến phát biểu|ý kiến trao đổi|ý kiến tham luận|ý kiến đề xuất|ý kiến báo cáo|giao thông|giao lưu|giao ban|giao dịch|giao đất|giao rừng|giao thương|giao khoán|giao nhận|giao diện|giao thừa|giao nộp|\
         bàn giao|chuyển giao|đoàn giao|kết luận thanh tra|báo cáo viên|xây dựng đảng|cần thiết|nhu cầu|căn cứ|phải chăng|cần cù|\
         bên cạnh|khu vực|mục đích|yêu cầu của|yêu cầu đặt ra|theo yêu cầu|đáp ứng yêu cầu|theo đề nghị|theo kết luận|\
         sau đây|như sau|cán bộ chủ chốt|ban hành kèm theo|cấp có thẩm quyền|chiến sĩ|trưởng thành|đơn vị sự nghiệp|\
         thứ trưởng thành|bà con|ông bà|các mục tiêu|hội nghị|hội thảo|hội đàm|hội trường|đoàn kết|đoàn viên|đội ngũ|đội viên|\
         hội viên|viện phí|ban đầu|ban ngày|bộ máy|bộ phận|bộ đội|sở hữu|sở trường|tổ tự quản|\
         các cấp|các mặt|các nội dung|các nhiệm vụ|các giải pháp|các chỉ tiêu|các chương trình|các dự án|các vấn đề|các kiến nghị|\
         các đề nghị|các đề xuất|các ý kiến|các kết quả|các quy định|các chính sách|các công trình|các khó khăn|các hoạt động|\
         các dân tộc|các tầng lớp|các lĩnh vực|các nguồn lực|các nguồn|các loại|các biện pháp|các điều kiện|các thủ tục|các khâu|\
         các văn bản|các nghị quyết|các đồng bào|các khoản|quản lý dự án đầu tư xây dựng|dự án đầu tư xây dựng|dự án đầu tư|phát triển quỹ đất|\
         kiểm soát bệnh tật|phòng chống thiên tai|xúc tiến đầu tư|đại biểu quốc hội|các trường hợp|các hồ sơ",
    ),
    (Role::ORDER, "giao|phân công|yêu cầu|giao nhiệm vụ|giao trách nhiệm|phân công nhiệm vụ|đề nghị và yêu cầu"),
    (Role::ASK, "đề nghị"),
    (
        Role::PLEAD,
        "kiến nghị|đề xuất|kiến nghị và đề xuất|đề xuất và kiến nghị|kính đề nghị|trân trọng đề nghị|kính mong|mong muốn|mong|\
         xin đề nghị|xin kiến nghị|tha thiết đề nghị|kính trình|đề đạt|rất mong",
    ),
    (
        Role::URGE,
        "lưu ý|chỉ đạo|nhấn mạnh|nhắc nhở|quán triệt|đôn đốc|chỉ rõ|đặt ra yêu cầu|gợi ý|định hướng|thống nhất giao|đồng ý giao|\
         mong muốn|mong|kỳ vọng|tin tưởng|đề xuất",
    ),
    (
        Role::SAY,
        "phát biểu|cho biết|cho hay|cho rằng|chia sẻ|nêu|nêu rõ|phản ánh|đánh giá|nhìn nhận|lưu ý|khẳng định|nhấn mạnh|trao đổi|\
         giải trình|thảo luận|tham luận|thông tin|bày tỏ|ghi nhận|đánh giá cao|biểu dương|hoan nghênh|thông báo|làm rõ|phân tích|\
         gợi ý|gợi mở|tiếp thu|đề cập|lý giải|thừa nhận|nói|quán triệt|chỉ rõ|chúc mừng|cảm ơn|có ý kiến|cho ý kiến|\
         trả lời|góp ý|bổ sung ý kiến|nhận định|chỉ ra|đặt vấn đề|khai mạc|đồng tình|nhất trí|thống nhất|đồng ý|kỳ vọng|tin tưởng",
    ),
    (Role::REPORT, "báo cáo|trình bày|báo cáo tóm tắt|báo cáo nhanh|báo cáo khái quát|trình bày báo cáo|thông qua báo cáo|báo cáo làm rõ"),
    (
        Role::CONCLUDE,
        "kết luận|phát biểu kết luận|phát biểu chỉ đạo|phát biểu bế mạc|kết luận chỉ đạo|phát biểu kết luận chỉ đạo|\
         phát biểu tổng kết|có ý kiến chỉ đạo|có ý kiến kết luận|cho ý kiến chỉ đạo|có ý kiến kết luận chỉ đạo|\
         cho ý kiến kết luận|có ý kiến chỉ đạo như sau|kết luận nội dung|kết luận hội nghị|kết luận buổi|kết luận cuộc họp|kết luận phiên",
    ),
    (
        Role::PRAISE,
        "ghi nhận|biểu dương|đánh giá cao|khẳng định|hoan nghênh|khen ngợi|đánh giá|nhận định|ghi nhận và đánh giá cao|\
         ghi nhận và biểu dương|tuyên dương|phê bình|nghiêm khắc phê bình|nhìn nhận|chỉ ra",
    ),
    (
        Role::AGREE,
        "nhất trí|đồng ý|thống nhất|chấp thuận|ủng hộ|thông qua|cơ bản nhất trí|cơ bản đồng ý|cơ bản thống nhất|nhất trí cao|\
         thống nhất cao|đồng thuận|nhất trí chủ trương|đồng ý chủ trương|thống nhất chủ trương|phê duyệt|tán thành|cho phép",
    ),
    (Role::NEED, "cần|phải|cần phải|nên|cần thiết phải|có trách nhiệm|chịu trách nhiệm|không được|không để|tuyệt đối không"),
    (
        Role::WORK,
        "áp dụng|bám sát|ban hành|bảo vệ|bảo đảm|đảm bảo|bảo tồn|bố trí|bổ sung|bồi dưỡng|bàn|biên soạn|cải tạo|cải thiện|cân đối|\
         cập nhật|cấp|chăm lo|chăm sóc|chấn chỉnh|chấp hành|chi trả|chia sẻ|chỉ đạo|cho|cho phép|cho chủ trương|chọn|chủ động|chủ trì|\
         chuẩn bị|chuyển|chuyển dịch|chuyển đổi|chú trọng|chú ý|công bố|công khai|củng cố|cụ thể hóa|cung cấp|cử|dành|duy trì|đa dạng|\
         đào tạo|đánh giá|đặc biệt|đẩy mạnh|đẩy nhanh|đề ra|đề xuất|đề cao|đi đầu|đi sâu|điều chỉnh|điều hành|điều tra|định hướng|định kỳ|\
         đổi mới|đôn đốc|đón|động viên|đồng hành|đưa|đầu tư|đấu tranh|đầu mối|đăng ký|gắn|gia hạn|giám sát|giảm|giải quyết|giải ngân|\
         giải trình|giữ|giữ gìn|giữ nguyên|giữ vững|giúp|giúp đỡ|giới thiệu|góp phần|hỗ trợ|hoàn chỉnh|hoàn thành|hoàn thiện|hợp tác|\
         huy động|hướng dẫn|khai thác|khảo sát|khẩn trương|khắc phục|khen thưởng|khuyến khích|kiên quyết|kiểm điểm|kiểm soát|kiểm tra|\
         kiện toàn|kịp thời|kéo giảm|kết nối|kết thúc|kêu gọi|làm|làm rõ|làm tốt|lãnh đạo|lập|liên hệ|liên kết|linh hoạt|lồng ghép|\
         lựa chọn|lấy ý kiến|mở|mở rộng|mua sắm|nắm|nắm bắt|nắm chắc|nâng|nâng cấp|nâng cao|ngăn chặn|nghiên cứu|nghiêm túc|nỗ lực|\
         phát động|phát hiện|phát huy|phát triển|phấn đấu|phân bổ|phân công|phân tích|phân loại|phê duyệt|phòng chống|phòng ngừa|phối hợp|\
         phổ biến|phục hồi|phục vụ|quan tâm|quản lý|quảng bá|quyết liệt|quyết tâm|quyết định|quy hoạch|quán triệt|rà soát|sắp xếp|sớm|\
         sửa đổi|sử dụng|tạo|tạo điều kiện|tạo đột phá|tạo lập|tạo môi trường|tăng|tăng cường|tái cơ cấu|tập hợp|tập huấn|tập trung|thanh tra|\
         tham gia|tham mưu|thành lập|thẩm định|thẩm tra|theo dõi|thí điểm|thu gom|thu hồi|thu hút|thúc đẩy|thực hành|thực hiện|\
         thường xuyên|tích cực|tiên phong|tiến hành|tiếp cận|tiếp nhận|tiếp thu|tiếp tục|tìm|tính toán|tổng hợp|tổng kết|tổ chức|trao đổi|\
         trả lời|triển khai|trình|trồng|truyền thông|tuân thủ|tuyên truyền|tuyển|tuyển dụng|tư vấn|từng bước|tháo gỡ|theo|thống kê|\
         thống nhất|tận dụng|ưu tiên|ứng dụng|ứng trước|vận động|vận hành|vươn lên|xác định|xác minh|xem xét|xóa|xúc tiến|xử lý|\
         xây dựng|xác nhận|ứng phó|yêu cầu|báo cáo|khởi công|thi công|nhân rộng|nghiệm thu|bàn giao|quyết toán|kêu gọi|cắt giảm|đơn giản hóa|\
         chống|phòng|siết chặt|tinh giản|luân chuyển|bổ nhiệm|khắc phục ngay|sơ kết|gương mẫu|nêu cao|nêu gương|đoàn kết|thay thế|rút ngắn|\
         gửi|đề nghị|kiến nghị|trực tiếp|rà soát lại|hiện thực hóa|hình thành|mạnh dạn|chuyển biến|dồn|dự báo|tham khảo|tôn vinh|thích ứng|\
         lan tỏa|khơi dậy|khơi thông|bứt phá|nhận thức|nhận diện|cảnh báo|bảo dưỡng|duy tu|sửa chữa|khôi phục|tu bổ|thay đổi|\
         tranh thủ|kết hợp|vận dụng|tham vấn|xin ý kiến|tiết kiệm|thực thi|hạn chế|loại bỏ|giao|cam kết|sẵn sàng|phun|dọn|phát|in|cắm|nạo vét|khoanh vùng|cấp phát|tiêm|trực|tuần tra|canh gác|truy quét|giải tỏa|cưỡng chế|\
         thu|nộp|ký|viết|soạn|đo|khám|chữa|dạy|học|tặng|bắt|làm việc|lắng nghe|đối thoại|bám|nhân|xét|ra|mời|hoạch định|biểu dương|quyên góp|\
         tính|khởi tố|điều động|bán|mua|thuê|thanh toán|thanh lý|phân định|phân cấp|ủy quyền|xếp|phát hành|kê khai|niêm yết|bảo quản|giám định|kiểm đếm|\
         kiểm kê|kiểm dịch|tẩy|vệ sinh|tiêu hủy|thả|chăn nuôi|canh tác|gieo|cấy|gieo trồng|thu hoạch|tưới|đắp|đào|xây|lắp|lắp đặt|nối|kéo|nghiêm túc thực hiện|thực hiện tốt|triển khai thực hiện|tổ chức thực hiện|thực hiện nghiêm|thực hiện nghiêm túc|di dời|tái định cư|tránh",
    ),
    (
        Role::LIGHT,
        "xem xét|nghiên cứu|quan tâm|chỉ đạo|lãnh đạo|tập trung|thực hiện|thực hiện tốt|triển khai|tổ chức|tốt|các|một số|số|nội dung|\
         nhiệm vụ|giải pháp|vấn đề|việc|sau|sau đây|như sau|dưới đây|cho ý kiến|giải quyết|trọng tâm|khẩn trương|nghiêm túc|và|những|\
         theo dõi|ủng hộ|tạo điều kiện|tháo gỡ|chủ yếu|đó là|cụ thể|là|gồm|như|cần|phải|tiếp tục|công việc|tỉnh|các nội dung|các nhiệm vụ|\
         các giải pháp|các vấn đề|hỗ trợ|cụ thể như sau|thêm|nhóm|nghiêm|quyết liệt|ngay|tiếp theo|thời gian tới|trong thời gian tới|\
         chủ động|đồng bộ|hiệu quả|có|trong|để|khó khăn|vướng mắc|khó khăn vướng mắc|phối hợp|kiến nghị|đề xuất|sớm|chú trọng",
    ),
    (
        Role::ADVERB,
        "cũng|đã|đều|còn|vẫn|tiếp tục|đồng thời|trân trọng|kính|thẳng thắn|chính thức|tha thiết|nghiêm khắc|rất|luôn|tiếp tục|cùng|\
         lần lượt|trực tiếp|xin|có|bước đầu|cơ bản|nhiệt liệt|nêu rõ|tập trung|đặc biệt|thống nhất|bày tỏ|mong|cụ thể|sau đó|cũng đã|\
         đề cao|một lần nữa|tại buổi làm việc|tại hội nghị|tại cuộc họp|tại buổi kiểm tra|nhanh|tóm tắt|khái quát|kịp thời",
    ),
    (
        Role::HEAD,
        "ban|ban chấp hành|ban thường vụ|ban cán sự|ban cán sự đảng|đảng đoàn|ban chỉ đạo|ban quản lý|ban chỉ huy|bộ|bộ chỉ huy|\
         bộ tư lệnh|bộ chính trị|ban bí thư|cục|tổng cục|chi cục|vụ|viện|sở|phòng|văn phòng|ubnd|hđnd|ubkt|ubmttq|mttq|btv|bch|ủy ban|\
         hội đồng|tỉnh ủy|thành ủy|huyện ủy|thị ủy|quận ủy|đảng ủy|chi ủy|đảng bộ|chi bộ|thường trực|công an|quân sự|biên phòng|\
         bộ đội biên phòng|đồn biên phòng|hội|đoàn|đoàn công tác|đoàn kiểm tra|đoàn giám sát|liên đoàn|liên minh|mặt trận|mặt trận tổ quốc|\
         trung tâm|trường|học viện|bệnh viện|tòa án|viện kiểm sát|ngân hàng|tập đoàn|tổng công ty|công ty|đài|báo|thanh tra|kho bạc|\
         kho bạc nhà nước|bảo hiểm xã hội|cục thuế|chi cục thuế|hải quan|chính phủ|quốc hội|trung ương|tổ công tác|tổ|hạt kiểm lâm|kiểm toán|\
         các|các cơ quan|các cơ quan tham mưu|cơ quan tham mưu|các đơn vị|các sở|các ban|các ngành|các bộ|các phòng|các huyện|các xã|các địa phương|các thành viên|các hội|\
         các cơ quan đơn vị|các chủ đầu tư|các nhà thầu|các đoàn thể|các tổ chức|các cấp ủy|các đồn|các lực lượng|các tỉnh|các doanh nghiệp|\
         các xã phường|các thôn|các trường|các chi bộ|các đảng bộ|các tập thể|các phường|cấp ủy|cấp ủy đảng|chính quyền|cơ quan|đơn vị|\
         địa phương|ngành|ngành chức năng|ngành liên quan|chủ đầu tư|nhà thầu|tập thể|người đứng đầu|giúp việc|lực lượng|doanh nghiệp|\
         hợp tác xã|tổ chức|tổ chức đảng|tổ chức cơ sở đảng|tổ chức chính trị|quân đội|kiểm lâm|lực lượng vũ trang|đoàn thể|hệ thống chính trị|cán bộ|cán bộ đảng viên|đảng viên|các cấp|cả hệ thống chính trị|toàn đảng bộ|\
         toàn tỉnh|toàn huyện|toàn xã|từng cơ quan|từng đơn vị|mỗi cơ quan|đảng bộ các cấp|tổ giúp việc|thủ trưởng|phân ban|tiểu ban|\
         nhà nước|đại hội|hội nông dân|hội cựu chiến binh|hội phụ nữ|tỉnh đoàn|huyện đoàn|thành đoàn|chi nhánh|nhà trường|quỹ|cảng|cảng vụ",
    ),
    (
        Role::AREA,
        "tỉnh|huyện|xã|thành phố|thị xã|quận|phường|thị trấn|thôn|bản|đặc khu|địa phương|đơn vị|nhà trường|trường|ngành|trung ương",
    ),
    (
        Role::TITLE,
        "bí thư|phó bí thư|phó bí thư thường trực|chủ tịch|phó chủ tịch|phó chủ tịch thường trực|trưởng ban|phó trưởng ban|trưởng phòng|\
         phó trưởng phòng|trưởng|phó trưởng|trưởng đoàn|phó trưởng đoàn|giám đốc|phó giám đốc|tổng giám đốc|chủ nhiệm|phó chủ nhiệm|\
         chánh|phó chánh|chánh văn phòng|phó chánh văn phòng|chánh thanh tra|bộ trưởng|thứ trưởng|thủ tướng|phó thủ tướng|tổng bí thư|\
         thủ tướng chính phủ|phó thủ tướng chính phủ|ủy viên|tỉnh ủy viên|huyện ủy viên|viện trưởng|cục trưởng|chi cục trưởng|vụ trưởng|\
         hiệu trưởng|chỉ huy trưởng|chính ủy|hội trưởng|chủ trì hội nghị|chủ tọa|đại tá|thượng tá|trung tá|thiếu tá|đại úy|thiếu tướng|\
         trung tướng|uvbtv|tuv|huv|pbt|ct|pct|pbt tt|tổng biên tập|thường trực ban bí thư|chủ tịch nước|chủ tịch quốc hội|trưởng công an",
    ),
    (Role::ADDRESS, "đồng chí|đ/c|ông|bà|anh|chị|pgs|ts|gs|bác sĩ|kỹ sư|luật sư|nghệ nhân|thầy|cô"),
    (
        Role::GROUP,
        "các đồng chí|các đ/c|các đại biểu|đại biểu|nhiều đại biểu|các ý kiến|các ý kiến thảo luận|các ý kiến phát biểu|các ý kiến tham luận|nhiều ý kiến|đại biểu dự họp|các thành viên|\
         thành viên đoàn|thành viên đoàn công tác|cử tri|nhân dân|công dân|các công dân|phụ huynh|người lao động|công nhân|hội viên nông dân|bà con nhân dân|người dân|bà con|các hộ|doanh nghiệp|nhà đầu tư|các ông|các bà|\
         đoàn công tác|đoàn giám sát|đoàn kiểm tra|các thành viên đoàn|các vị đại biểu|hội nghị|đại hội|các nhà thầu|hộ dân",
    ),
    (
        Role::OUTSIDE,
        "cử tri|công dân|các công dân|phụ huynh|người lao động|công nhân|bà con nhân dân|nhân dân|người dân|bà con|doanh nghiệp|các doanh nghiệp|nhà đầu tư|hợp tác xã|công ty|các hộ|tập đoàn|tổng công ty|hộ dân",
    ),
    (Role::LEADERS, "lãnh đạo|đại diện|đại diện lãnh đạo|người đứng đầu|thủ trưởng|tập thể lãnh đạo|phó đại diện"),
    (
        Role::LINK,
        "đồng thời|bên cạnh đó|ngoài ra|cùng với đó|trong đó|riêng|tuy nhiên|song song với đó|mặt khác|trước mắt|cùng đó|theo đó|\
         do đó|vì vậy|do vậy|từ đó|qua đó|nhất là|đặc biệt|cụ thể|hơn nữa|thời gian tới|trong thời gian tới|tiếp đó|sau đó|cuối cùng|\
         bởi vậy|vì thế|để làm được điều đó|thêm vào đó|muốn vậy|để đạt được mục tiêu|bên cạnh|về lâu dài|trên cơ sở đó|tới đây|\
         cùng với|thứ nhất|thứ hai|thứ ba|thứ tư|một là|hai là|ba là|bốn là|năm là|từ nay đến cuối năm|mà|và",
    ),
    (
        Role::WITH,
        "phối hợp với|phối hợp cùng|phối hợp chặt chẽ với|phối hợp|cùng phối hợp với|cùng với|thống nhất với|phối hợp cùng với|chủ động phối hợp với",
    ),
    (Role::LEAD, "chủ trì|là cơ quan chủ trì|làm đầu mối|là đầu mối|đầu mối|chịu trách nhiệm chính|chủ trì thực hiện"),
    (
        Role::FACT,
        "đã|đạt|còn|tuy nhiên|đạt được|hoàn thành tốt|tuy|mới đạt|vừa qua|thời gian qua|còn hạn chế|những kết quả|kết quả|có được|\
         hạn chế|tồn tại|khó khăn|chưa|vẫn|vẫn còn|là địa phương|là đơn vị|có nhiều|thành tích|nỗ lực|cố gắng",
    ),
    (Role::PROMISE, "sẽ|luôn đồng hành|cam kết|sẽ tiếp tục|tiếp tục đồng hành|luôn quan tâm|sẽ luôn|sẽ luôn đồng hành|luôn luôn đồng hành"),
    (
        Role::TOPIC,
        "về|đối với|tại|sau khi|theo|trong|với|qua|từ|trên cơ sở|nhằm|để|căn cứ|thực hiện|xét|thay mặt|nhân dịp|trước|liên quan|\
         liên quan đến|liên quan tới|riêng|cùng với|khi|do|bằng|sáng|chiều|ngày|cuối|kết thúc|phát biểu|kết luận|thảo luận|trả lời|\
         chỉ đạo|dự|góp ý|riêng về|riêng đối với|cho ý kiến|làm rõ|giải trình|tiếp thu|phát huy|mở đầu|thông tin|vì",
    ),
    (Role::OF, "của"),
    (Role::RELATED, "liên quan|có liên quan"),
    (Role::COUNT, "những|các|một số|nhiều|mọi|từng|số|theo|tại|về|trước|sau|qua|có|việc|bản|nghe|với|từ"),
    (Role::AND, "và|cùng|hoặc|cùng các|cùng với|và các|với"),
    (Role::TO, "với|cho|tới|đến|thêm|một số|lên|trước hết|trực tiếp|đối với|ngay|tiếp"),
    (
        Role::PASSIVE,
        "được|nhận được|nhận được sự quan tâm|kế hoạch|chỉ tiêu|dự toán|vốn|mức|số|đã|là|tổng|trung ương|nghị quyết|cấp trên|việc|khi|quyết định|mục tiêu|sau khi|do|năm|\
         nhiệm vụ|thẩm quyền|chức năng|biên chế",
    ),
];

/// One phrase of the lexicon: its words behind the first, and what it is.
struct Phrase {
    rest: Vec<String>,
    role: Role,
}

/// The lexicon by first word, the longest phrases first.
static LEXICON: LazyLock<HashMap<String, Vec<Phrase>>> = LazyLock::new(|| {
    let mut merged: HashMap<Vec<String>, Role> = HashMap::new();
    for (role, phrases) in ROWS {
        for phrase in phrases.split('|') {
            let words: Vec<String> = phrase.split_whitespace().map(|word| key(word).into_owned()).collect();
            let kept = merged.entry(words).or_default();
            *kept = kept.or(*role);
        }
    }
    let mut lexicon: HashMap<String, Vec<Phrase>> = HashMap::new();
    for (words, role) in merged {
        if let Some((first, rest)) = words.split_first() {
            lexicon.entry(first.clone()).or_default().push(Phrase { rest: rest.to_vec(), role });
        }
    }
    for phrases in lexicon.values_mut() {
        phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
    }
    lexicon
});

/// The longest phrase that begins the words: how many words, and what it is. `joined(n)` says whether only white space
/// stands before the word `n`.
pub fn longest<'a>(first: &str, word: impl Fn(usize) -> Option<&'a str>) -> Option<(usize, Role)> {
    let phrases = LEXICON.get(first)?;
    let fits = |phrase: &&Phrase| phrase.rest.iter().enumerate().all(|(n, rest)| word(n + 1) == Some(rest.as_str()));
    phrases.iter().find(fits).map(|phrase| (phrase.rest.len() + 1, phrase.role))
}

/// Whether the words begin with the kind of a body ("Sở …", "UBND …").
pub fn heads_name(name: &str) -> bool {
    longest_of(name).is_some_and(|role| role.is(Role::HEAD))
}

/// What the phrase is that begins `name`.
pub fn longest_of(name: &str) -> Option<Role> {
    let words: Vec<Cow<'_, str>> = name.split_whitespace().take(6).map(key).collect();
    longest(words.first()?, |n| words.get(n).map(AsRef::as_ref)).map(|(_, role)| role)
}

/// Every word of a phrase as the lexicon keeps it, one blank between.
pub fn phrase_key(phrase: &str) -> String {
    let words: Vec<Cow<'_, str>> = phrase.split_whitespace().map(key).collect();
    words.join(" ")
}

/// A word as the lexicon keeps it: small letters, and the tone mark of open "oa, oe, uy" on the first vowel. A word that is
/// kept as it is printed is borrowed: most are.
pub fn key(word: &str) -> Cow<'_, str> {
    let mut low = if word.chars().any(char::is_uppercase) {
        Cow::Owned(word.chars().flat_map(char::to_lowercase).collect())
    } else {
        Cow::Borrowed(word)
    };
    let mut last = low.chars().rev();
    let (late, open) = (last.next().unwrap_or(' '), last.next().unwrap_or(' '));
    let open_syllable = !late.is_ascii() && matches!(open, 'o' | 'u');
    let moved = MOVED_TONES.iter().find(|(tail, _)| open_syllable && tail.chars().eq([open, late]));
    if let Some((_, first_vowel)) = moved {
        let stem = low.len() - open.len_utf8() - late.len_utf8();
        let mut moved = low.get(..stem).unwrap_or_default().to_owned();
        moved.push_str(first_vowel);
        low = Cow::Owned(moved);
    }
    low
}

/// The two ways to place a tone mark, the newer one first.
const MOVED_TONES: [(&str, &str); 15] = [
    ("oà", "òa"),
    ("oá", "óa"),
    ("oả", "ỏa"),
    ("oã", "õa"),
    ("oạ", "ọa"),
    ("oè", "òe"),
    ("oé", "óe"),
    ("oẻ", "ỏe"),
    ("oẽ", "õe"),
    ("oẹ", "ọe"),
    ("uỳ", "ùy"),
    ("uý", "úy"),
    ("uỷ", "ủy"),
    ("uỹ", "ũy"),
    ("uỵ", "ụy"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_words_with_either_tone_place() {
        for (word, expect) in [("Uỷ", "ủy"), ("Ủy", "ủy"), ("HOÀ", "hòa"), ("quý", "qúy"), ("K'Dung", "k'dung"), ("", "")] {
            assert_eq!(key(word), expect);
        }
    }

    #[test]
    fn takes_the_longest_phrase() {
        let words = ["giao", "thông", "vận", "tải"];
        assert_eq!(longest("giao", |n| words.get(n).copied()), Some((2, Role(0))));
        let words = ["giao", "nhiệm", "vụ", "cho"];
        assert_eq!(longest("giao", |n| words.get(n).copied()).map(|(n, role)| (n, role.is(Role::ORDER))), Some((3, true)));
    }
}
