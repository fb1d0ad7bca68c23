//! What a page says to programs, in the words of schema.org: a block of JSON-LD, which browsers never run.
//! It says nothing that the page does not say to people.

use domain::moment::Moment;
use serde_json::{Value, json};

use super::Page;
use crate::lang::Lang;

/// The vocabulary.
const CONTEXT: &str = "https://schema.org";

/// A statement as it stands between `<script type="application/ld+json">` and `</script>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkedData(String);

impl LinkedData {
    /// A thing with its `@type`. What is empty or null in it is left out.
    pub fn of(thing: Value) -> Self {
        let mut thing = without_blanks(thing);
        if let Value::Object(fields) = &mut thing {
            fields.insert("@context".to_owned(), CONTEXT.into());
        }
        Self(unmarked(&thing.to_string()))
    }

    /// The way from the home page to this one, each step with its words and its path; the last one is this page.
    pub fn crumbs(page: &Page, steps: &[(&str, &str)]) -> Self {
        let home = (page.lang.nav_home(), "/");
        let steps = std::iter::once(&home)
            .chain(steps)
            .enumerate()
            .map(|(index, (name, path))| json!({ "@type": "ListItem", "position": index + 1, "name": name, "item": page.absolute(path) }));
        Self::of(json!({ "@type": "BreadcrumbList", "itemListElement": steps.collect::<Vec<_>>() }))
    }

    /// The text of the block. It holds none of the letters with which markup begins or ends.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The office that runs the site; null where it is not known.
pub fn publisher(page: &Page) -> Value {
    page.place.as_ref().map_or(Value::Null, |place| json!({ "@type": "GovernmentOrganization", "name": place, "url": page.absolute("/") }))
}

/// A moment with the offset of Viet Nam: `2024-05-20T09:00:00+07:00`.
pub fn moment(at: Moment) -> String {
    format!("{}+07:00", at.in_viet_nam().strftime("%Y-%m-%dT%H:%M:%S"))
}

/// The language of what papers say.
pub const fn paper_language() -> &'static str {
    Lang::Vi.code()
}

fn without_blanks(value: Value) -> Value {
    let is_blank = |value: &Value| match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        _ => false,
    };
    match value {
        Value::Object(fields) => Value::Object(
            fields.into_iter().filter(|(_, value)| !is_blank(value)).map(|(key, value)| (key, without_blanks(value))).collect(),
        ),
        Value::Array(list) => Value::Array(list.into_iter().filter(|value| !is_blank(value)).map(without_blanks).collect()),
        other => other,
    }
}

/// JSON with the letters written as escapes that could end the block (`</script>`), open a comment in it (`<!--`) or break a line of a
/// script. They occur in JSON only within strings, where the escape says the same.
fn unmarked(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    for letter in json.chars() {
        match letter {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => safe.push_str(&format!("\\u{:04x}", u32::from(letter))),
            letter => safe.push(letter),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_words_stay_words() {
        let hostile = "</script><!--<script>&\u{2028}\"\\";
        let block = LinkedData::of(json!({ "@type": "Thing", "name": hostile }));
        for letter in ['<', '>', '&', '\u{2028}'] {
            assert!(!block.as_str().contains(letter), "{}", block.as_str());
        }
        let read: Value = serde_json::from_str(block.as_str()).unwrap();
        assert_eq!(read["name"], hostile);
        assert_eq!(read["@context"], CONTEXT);
    }

    #[test]
    fn what_is_not_known_is_not_said() {
        let block =
            LinkedData::of(json!({ "@type": "Event", "startDate": null, "name": "", "about": [null, { "@type": "Place", "name": null }] }));
        assert_eq!(block.as_str(), r#"{"@context":"https://schema.org","@type":"Event","about":[{"@type":"Place"}]}"#);
    }

    #[test]
    fn moments_carry_the_offset() {
        assert_eq!(moment(Moment(1_716_170_400_000)), "2024-05-20T09:00:00+07:00");
    }
}
