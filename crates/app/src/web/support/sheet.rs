//! A view as a file: the rows that a page shows, as CSV (RFC 4180, UTF-8, a header line) or as JSON (a list of objects with
//! the columns as keys). Numbers are plain, absent is empty or null.

use std::fmt::Write as _;

use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use domain::problem::Problem;

use super::form::Fields;

/// The field of an address that says how a view is wanted.
pub const FIELD: &str = "format";

/// How a view is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// As a page.
    Page,
    /// As CSV.
    Csv,
    /// As JSON.
    Json,
}

impl Format {
    /// The field [`FIELD`] of an address.
    pub fn of(query: &Fields) -> Result<Self, Problem> {
        match query.get(FIELD) {
            "" | "html" => Ok(Self::Page),
            "csv" => Ok(Self::Csv),
            "json" => Ok(Self::Json),
            other => Err(Problem::NotAllowed { field: FIELD, value: other.to_owned() }),
        }
    }
}

/// One value of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Words, a code, a day.
    Text(String),
    /// A number as JSON writes it: `-10.5`.
    Number(String),
    /// Nothing: not 0.
    Absent,
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Number(number.to_string())
    }
}

impl From<usize> for Cell {
    fn from(number: usize) -> Self {
        Self::Number(number.to_string())
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Absent, Into::into)
    }
}

/// The rows of a view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// What the file is called, without its end; letters, digits and hyphens.
    pub name: String,
    /// The columns.
    pub columns: &'static [&'static str],
    /// The rows, each as long as the columns.
    pub rows: Vec<Vec<Cell>>,
}

impl Sheet {
    /// The rows as a response; a page is not made here.
    pub fn respond(&self, format: Format) -> Response {
        match format {
            Format::Json => file(&format!("inline; filename=\"{}.json\"", self.plain_name()), "application/json", self.json()),
            Format::Csv | Format::Page => {
                file(&format!("attachment; filename=\"{}.csv\"", self.plain_name()), "text/csv; charset=utf-8; header=present", self.csv())
            }
        }
    }

    /// What a header may carry without quoting.
    fn plain_name(&self) -> String {
        self.name.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-').collect()
    }

    fn csv(&self) -> String {
        let mut text = self.columns.join(",");
        text.push('\n');
        for row in &self.rows {
            for (place, cell) in row.iter().enumerate() {
                if place > 0 {
                    text.push(',');
                }
                match cell {
                    Cell::Text(value) => push_field(&mut text, value),
                    Cell::Number(number) => text.push_str(number),
                    Cell::Absent => {}
                }
            }
            text.push('\n');
        }
        text
    }

    fn json(&self) -> String {
        let mut text = String::from("[");
        for (place, row) in self.rows.iter().enumerate() {
            text.push_str(if place > 0 { ",\n{" } else { "\n{" });
            for (place, (column, cell)) in self.columns.iter().zip(row).enumerate() {
                let comma = if place > 0 { "," } else { "" };
                // Writing to a String does not fail.
                let _ = match cell {
                    Cell::Text(value) => write!(text, "{comma}\"{column}\":{}", serde_json::Value::from(value.as_str())),
                    Cell::Number(number) => write!(text, "{comma}\"{column}\":{number}"),
                    Cell::Absent => write!(text, "{comma}\"{column}\":null"),
                };
            }
            text.push('}');
        }
        text.push_str("\n]\n");
        text
    }
}

fn push_field(text: &mut String, value: &str) {
    if value.contains([',', '"', '\n', '\r']) {
        text.push('"');
        text.push_str(&value.replace('"', "\"\""));
        text.push('"');
    } else {
        text.push_str(value);
    }
}

fn file(disposition: &str, media_type: &'static str, body: String) -> Response {
    let shown = HeaderValue::try_from(disposition).unwrap_or(HeaderValue::from_static("inline"));
    let headers: [(HeaderName, HeaderValue); 2] =
        [(header::CONTENT_TYPE, HeaderValue::from_static(media_type)), (header::CONTENT_DISPOSITION, shown)];
    (headers, body).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> Sheet {
        let row = vec!["xã \"A\", B".into(), Cell::Number("-1.5".to_owned()), None::<i64>.into()];
        Sheet { name: "a b".to_owned(), columns: &["name", "value", "rank"], rows: vec![row] }
    }

    #[test]
    fn csv_quotes_what_it_must() {
        assert_eq!(sheet().csv(), "name,value,rank\n\"xã \"\"A\"\", B\",-1.5,\n");
    }

    #[test]
    fn json_is_read_back() {
        let read: serde_json::Value = serde_json::from_str(&sheet().json()).unwrap();
        assert_eq!(read, serde_json::json!([{ "name": "xã \"A\", B", "value": -1.5, "rank": null }]));
        let empty = Sheet { rows: Vec::new(), ..sheet() };
        assert_eq!(serde_json::from_str::<serde_json::Value>(&empty.json()).unwrap(), serde_json::json!([]));
    }

    #[test]
    fn a_file_says_its_type_and_name() {
        let response = sheet().respond(Format::Csv);
        assert_eq!(response.headers()["content-type"], "text/csv; charset=utf-8; header=present");
        assert_eq!(response.headers()["content-disposition"], "attachment; filename=\"ab.csv\"");
        assert!(Format::of(&Fields::parse(b"format=xlsx")).is_err());
    }
}
