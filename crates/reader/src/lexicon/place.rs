//! Levels of areas, and the provinces and cities under the central government, before and after the reorganisation of 2025.

use std::sync::LazyLock;

use super::Phrases;
use crate::token::Words;

/// The words for levels, which stand before an area's name; longer ones first.
pub const LEVELS: &[&str] =
    &["thành phố", "thị xã", "thị trấn", "đặc khu", "khu phố", "tổ dân phố", "tỉnh", "huyện", "quận", "xã", "phường", "thôn", "bản", "tp"];

/// Levels that have organs of their own.
pub const UNIT_LEVELS: &[&str] = &["thành phố", "thị xã", "thị trấn", "đặc khu", "tỉnh", "huyện", "quận", "xã", "phường", "tp"];

const PROVINCE_NAMES: &[&str] = &[
    "an giang",
    "bà rịa - vũng tàu",
    "bắc giang",
    "bắc kạn",
    "bạc liêu",
    "bắc ninh",
    "bến tre",
    "bình định",
    "bình dương",
    "bình phước",
    "bình thuận",
    "cà mau",
    "cần thơ",
    "cao bằng",
    "đà nẵng",
    "đắk lắk",
    "đắk nông",
    "điện biên",
    "đồng nai",
    "đồng tháp",
    "gia lai",
    "hà giang",
    "hà nam",
    "hà nội",
    "hà tĩnh",
    "hải dương",
    "hải phòng",
    "hậu giang",
    "hòa bình",
    "hưng yên",
    "khánh hòa",
    "kiên giang",
    "kon tum",
    "lai châu",
    "lâm đồng",
    "lạng sơn",
    "lào cai",
    "long an",
    "nam định",
    "nghệ an",
    "ninh bình",
    "ninh thuận",
    "phú thọ",
    "phú yên",
    "quảng bình",
    "quảng nam",
    "quảng ngãi",
    "quảng ninh",
    "quảng trị",
    "sóc trăng",
    "sơn la",
    "tây ninh",
    "thái bình",
    "thái nguyên",
    "thanh hóa",
    "thừa thiên huế",
    "huế",
    "tiền giang",
    "hồ chí minh",
    "trà vinh",
    "tuyên quang",
    "vĩnh long",
    "vĩnh phúc",
    "yên bái",
];

/// Names of provinces, for telling a place from the person's name behind it.
pub static PROVINCES: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(&[PROVINCE_NAMES]));

/// The token behind the level at `at`; "XÃ HỘI" in a line of capitals is none.
pub fn level_end(words: &Words<'_>, at: usize) -> Option<usize> {
    let end = words.any_phrase(at, UNIT_LEVELS)?;
    (!(words.is(at, "xã") && words.is_any(end, &["hội", "viên", "giao"]))).then_some(end)
}
