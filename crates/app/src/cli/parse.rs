//! Days, months and addresses as they are typed, with what to write instead.

use domain::period::Period;
use jiff::civil::Date;

use crate::web::support::origin::PublicUrl;

/// A day.
pub fn date(text: &str) -> Result<Date, String> {
    domain::moment::parse_day(text).ok_or_else(|| "viết như 2024-05-20 hoặc 20/5/2024 · write 2024-05-20".to_owned())
}

/// The public address of the site.
pub fn public_url(text: &str) -> Result<PublicUrl, String> {
    let advice = "viết như https://cotmoc.lamgiang.gov.vn, không có đường dẫn phía sau · write https://host, without a path";
    text.parse().map_err(|()| advice.to_owned())
}

/// A month.
pub fn month(text: &str) -> Result<Period, String> {
    crate::scoreboard::query::parse_month(text).ok_or_else(|| "viết như 2024-03 · write 2024-03".to_owned())
}
