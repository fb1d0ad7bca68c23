//! Boards as CSV: `unit,group,achievement_bp,band`, UTF-8, one row a line. No spreadsheet's guess is built in.

use super::query::{Answer, BoardRow};

/// Media type of what [`print()`] gives.
pub const MEDIA_TYPE: &str = "text/csv; charset=utf-8; header=present";
/// The columns, which the rows of the JSON have too.
pub const HEADER: &str = "unit,group,achievement_bp,band\n";
/// Bytes of a usual row, so that the text of a country is not copied while it grows.
const ROW_BYTES: usize = 24;

/// The whole file.
pub fn print(answer: &Answer<'_>) -> String {
    let mut text = String::with_capacity(HEADER.len() + ROW_BYTES * answer.rows.len());
    text.push_str(HEADER);
    for row in &answer.rows {
        let achievement = row.achievement.map(|basis_points| basis_points.to_string()).unwrap_or_default();
        for (field, end) in [(unit_code(row), ','), (&row.group.code, ','), (&achievement, ','), (&band_word(row.band), '\n')] {
            push_field(&mut text, field);
            text.push(end);
        }
    }
    text
}

/// The code of the row's unit; one that has none goes by its name.
pub fn unit_code<'a>(row: &BoardRow<'a>) -> &'a str {
    row.unit.code.as_deref().unwrap_or(&row.unit.name)
}

/// The name of a band: its lower threshold, or `none`.
pub fn band_word(band: Option<i64>) -> String {
    band.map_or_else(|| "none".to_owned(), |threshold| threshold.to_string())
}

/// Quotes only what would be read otherwise (RFC 4180).
pub fn push_field(text: &mut String, field: &str) {
    if field.contains([',', '"', '\n', '\r']) {
        text.push('"');
        text.push_str(&field.replace('"', "\"\""));
        text.push('"');
    } else {
        text.push_str(field);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_quoted_only_where_it_must_be() {
        for (field, printed) in [
            ("981", "981"),
            ("", ""),
            ("tỉnh Sơn", "tỉnh Sơn"),
            ("a,b", "\"a,b\""),
            ("a\"b", "\"a\"\"b\""),
            ("a\nb", "\"a\nb\""),
            ("=1+1", "=1+1"),
        ] {
            let mut text = String::new();
            push_field(&mut text, field);
            assert_eq!(text, printed);
        }
    }

    #[test]
    fn a_band_is_named_by_its_threshold() {
        assert_eq!([band_word(Some(10_000)), band_word(Some(0)), band_word(None)], ["10000", "0", "none"]);
    }
}
