//! Words that begin what a subject does, or join it to the rest: they end a name, a title or a body's name.

use std::collections::HashSet;
use std::sync::LazyLock;

/// First syllables of verbs, and function words, that never continue the name of a body.
const STOPS: &str = "và với của tại trong về cho từ đến là có đã đang sẽ cần phải được bị do để nhằm theo như cùng khi nếu hiện vẫn còn cũng chỉ đều lại \
ra vào lên xuống trên dưới trước sau các những mọi một hai này đó nêu rà tham xem chủ phối giao báo trình đề kiến yêu khẩn hướng chịu bố bổ cập đôn theo \
tổng hoàn ban phát đánh trả tiếp thẩm cân nghiên sớm tập tăng cường thực triển phân rất khảo lập làm dự chủ ký xin kính gửi nhất đồng thống biểu ghi khẳng \
nhấn lưu thay thông mở tổ tạo giải gia chưa không giữ ban hỗ sửa trao tặng thăm kiểm họp điều quyết ứng mong đạt hoàn vượt cam chia bày quan chúc gợi \
mới ngay kịp nhận quán nghe tuyên đôn thường liên hoặc hay nhưng mà thì bằng quyết phê cấp rút thu đầu xây lãnh thừa cụ phấn phát dành khen động vận quản \
bảo phục vụ bám đi đứng nắm tìm gặp mời dâng nhằm thuộc gồm cả nhiều đúng trực chuyển khắc kết xác bàn chọn bầu đưa ước đặt gắn tích duy nâng giảm huy";

static STOP_WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| STOPS.split_whitespace().collect());

/// Whether a lower-case word ends a name before it.
pub fn is_stop(low: &str) -> bool {
    STOP_WORDS.contains(low)
}

/// Whether a lower-case word can be no part of a name, not even the second syllable of a compound.
pub fn is_particle(low: &str) -> bool {
    matches!(
        low,
        "và" | "của"
            | "tại"
            | "đã"
            | "đang"
            | "sẽ"
            | "là"
            | "về"
            | "cho"
            | "để"
            | "được"
            | "bị"
            | "với"
            | "trong"
            | "theo"
            | "từ"
            | "đến"
    )
}

/// What a person does who reports.
pub const REPORTS: &[&str] =
    &["báo cáo", "trình bày", "thông qua báo cáo", "trình bày báo cáo", "báo cáo tóm tắt", "thay mặt báo cáo", "báo cáo kết quả"];

/// What a person does who speaks.
pub const SPEAKS: &[&str] = &[
    "phát biểu",
    "cho biết",
    "cho rằng",
    "nhấn mạnh",
    "khẳng định",
    "đánh giá",
    "lưu ý",
    "đề nghị",
    "đề xuất",
    "kiến nghị",
    "yêu cầu",
    "trao đổi",
    "thảo luận",
    "nêu",
    "phản ánh",
    "chia sẻ",
    "giải trình",
    "làm rõ",
    "ghi nhận",
    "biểu dương",
    "bày tỏ",
    "gợi ý",
    "tham gia ý kiến",
    "có ý kiến",
    "cho ý kiến",
    "chỉ đạo",
    "giao",
    "nói",
    "quán triệt",
    "thông tin",
    "nhận định",
    "thống nhất",
    "đồng tình",
    "chúc mừng",
    "chúc",
    "mong muốn",
    "tiếp thu",
    "giải đáp",
    "trả lời",
    "phân tích",
    "chỉ rõ",
    "khuyến nghị",
    "đề cao",
    "cam kết",
    "kêu gọi",
    "nhìn nhận",
    "hoan nghênh",
];
