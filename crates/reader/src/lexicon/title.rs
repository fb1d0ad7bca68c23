//! Titles: what may stand at the head of a position, ranks, and the forms of address before a name.

use std::sync::LazyLock;

use super::Phrases;

const HEADS: &[&str] = &[
    "tổng bí thư",
    "bí thư",
    "phó bí thư",
    "bí thư thứ nhất",
    "chủ tịch",
    "phó chủ tịch",
    "chủ tịch nước",
    "phó chủ tịch nước",
    "thủ tướng",
    "phó thủ tướng",
    "bộ trưởng",
    "thứ trưởng",
    "ủy viên",
    "ủy viên dự khuyết",
    "ủy viên thường trực",
    "chủ nhiệm",
    "phó chủ nhiệm",
    "trưởng ban",
    "phó trưởng ban",
    "phó ban",
    "trưởng đoàn",
    "phó trưởng đoàn",
    "trưởng phòng",
    "phó trưởng phòng",
    "phó phòng",
    "giám đốc",
    "phó giám đốc",
    "tổng giám đốc",
    "phó tổng giám đốc",
    "chánh văn phòng",
    "phó chánh văn phòng",
    "phó văn phòng",
    "chánh thanh tra",
    "phó chánh thanh tra",
    "chánh án",
    "phó chánh án",
    "viện trưởng",
    "phó viện trưởng",
    "cục trưởng",
    "phó cục trưởng",
    "vụ trưởng",
    "phó vụ trưởng",
    "tổng cục trưởng",
    "phó tổng cục trưởng",
    "chi cục trưởng",
    "phó chi cục trưởng",
    "hiệu trưởng",
    "phó hiệu trưởng",
    "chính ủy",
    "phó chính ủy",
    "chỉ huy trưởng",
    "phó chỉ huy trưởng",
    "tham mưu trưởng",
    "phó tham mưu trưởng",
    "tư lệnh",
    "phó tư lệnh",
    "đồn trưởng",
    "phó đồn trưởng",
    "chính trị viên",
    "chính trị viên phó",
    "đội trưởng",
    "phó đội trưởng",
    "trạm trưởng",
    "phó trạm trưởng",
    "hạt trưởng",
    "tổng biên tập",
    "phó tổng biên tập",
    "tổng thư ký",
    "phó tổng thư ký",
    "đại biểu quốc hội",
    "đại biểu hđnd",
    "đại biểu hội đồng nhân dân",
    "tổ trưởng",
    "tổ phó",
    "phó tổ trưởng",
    "trưởng thôn",
    "trưởng văn phòng đại diện",
    "trưởng văn phòng",
    "trưởng chi nhánh",
    "trưởng bộ phận",
    "trưởng bản",
    "trưởng ấp",
    "trưởng buôn",
    "trưởng làng",
    "trưởng khu phố",
    "chi hội trưởng",
    "phó chi hội trưởng",
    "phó thôn",
    "phó trưởng thôn",
    "kế toán trưởng",
    "trợ lý",
    "đại sứ",
    "tổng lãnh sự",
    "tổng kiểm toán",
    "kiểm toán trưởng",
    "tổng thanh tra",
    "phó tổng thanh tra",
    "thống đốc",
    "phó thống đốc",
    "trưởng khoa",
    "phó trưởng khoa",
    "trưởng trạm",
    "phó trưởng trạm",
    "trưởng khu",
    "phó trưởng đoàn chuyên trách",
    "phó đoàn",
    "trưởng công an",
    "phó trưởng công an",
    "chuyên viên",
    "phó trưởng",
    "phó công an",
    "trưởng tiểu ban",
    "bí thư chi bộ",
    "phó bí thư chi bộ",
    "thường trực ban bí thư",
    "kiểm soát viên",
];

/// Titles complete in themselves, though an organ may follow.
const MEMBERS: &[&str] = &[
    "tỉnh ủy viên",
    "thành ủy viên",
    "huyện ủy viên",
    "thị ủy viên",
    "quận ủy viên",
    "đảng ủy viên",
    "uvbtv",
    "uvtv",
    "uvbch",
    "tuv",
    "huv",
    "đuv",
    "thuv",
    "uvtw",
    "uvtư",
    "uv",
    "quốc vụ khanh",
    "ct",
    "pct",
    "bt",
    "pbt",
    "gđ",
    "pgđ",
    "tp",
    "ptp",
];

const RANKS: &[&str] = &[
    "đại tướng",
    "thượng tướng",
    "trung tướng",
    "thiếu tướng",
    "chuẩn đô đốc",
    "phó đô đốc",
    "đô đốc",
    "đại tá",
    "thượng tá",
    "trung tá",
    "thiếu tá",
    "đại úy",
    "thượng úy",
    "trung úy",
    "thiếu úy",
    "chuẩn úy",
];

/// Words that may stand between a title's head and its organ.
pub const MODIFIERS: &[&str] =
    &["thường trực", "chuyên trách", "thứ nhất", "dự khuyết", "kiêm nhiệm", "danh dự", "tt", "phụ trách", "khối", "cấp cao"];

/// What may stand before a title: acting, former.
pub const PREFIXES: &[&str] = &["quyền", "nguyên", "cựu", "q", "phó", "cố"];

/// Forms of address for one person.
pub const ADDRESSES: &[&str] = &[
    "đồng chí",
    "đ/c",
    "đc",
    "ông",
    "bà",
    "anh",
    "chị",
    "em",
    "cháu",
    "cụ",
    "bác",
    "già làng",
    "nghệ nhân",
    "thầy giáo",
    "cô giáo",
    "bác sĩ",
];

/// Forms of address for several.
pub const PLURAL_ADDRESSES: &[&str] =
    &["các đồng chí", "các đ/c", "các đc", "các ông", "các bà", "các ông bà", "các ông , bà", "hai đồng chí"];

/// Academic degrees before a name: neither part of the name nor a position.
pub const DEGREES: &[&str] =
    &["gs", "pgs", "ts", "ths", "tskh", "bs", "ls", "ks", "tiến sĩ", "thạc sĩ", "phó giáo sư", "giáo sư", "luật sư", "kỹ sư"];

/// Heads of positions.
pub static TITLES: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(&[HEADS]));
/// Memberships that need no organ.
pub static MEMBERSHIPS: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(&[MEMBERS]));
/// Military and police ranks.
pub static RANK_NAMES: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(&[RANKS]));
/// Singular forms of address.
pub static ADDRESS: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(&[ADDRESSES]));
/// Plural forms of address.
pub static PLURAL_ADDRESS: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(&[PLURAL_ADDRESSES]));
