//! The links under a long list: the first pages, those around the present one, and the last.

use domain::problem::Problem;

use super::form::Fields;
use crate::lang::Lang;

/// Pages shown on either side of the present one.
const AROUND: i64 = 2;

/// A link of the pager.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PagerLink {
    /// The present page.
    Current(String),
    /// Another page.
    Page {
        /// Its number as printed.
        number: String,
        /// What a screen reader says.
        label: String,
        /// Where it is.
        href: String,
    },
    /// Pages left out.
    Gap,
    /// The last page.
    Last {
        /// Where it is.
        href: String,
    },
}

/// Which page of a list is asked for; from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageNumber {
    number: i64,
    size: i64,
}

impl PageNumber {
    /// The first page.
    pub const fn first(size: i64) -> Self {
        Self { number: 1, size }
    }

    /// The field `page` of an address; what is no page number is no page.
    pub fn of(query: &Fields, size: i64) -> Result<Self, Problem> {
        let number = query.filled("page").map_or(Ok(1), |typed| typed.parse::<i64>().map_err(|_| Problem::NotFound))?;
        // Beyond it an offset would not fit; no list is that long.
        if (1..=i64::MAX / size.max(1)).contains(&number) { Ok(Self { number, size }) } else { Err(Problem::NotFound) }
    }

    /// How many rows stand on the pages before.
    pub const fn offset(self) -> i64 {
        (self.number - 1) * self.size
    }

    /// How many rows stand on a page.
    pub const fn size(self) -> i64 {
        self.size
    }

    /// The links of a list of `rows` rows at `path`, which may have a query; none where one page holds all.
    /// A page behind the last is no page.
    pub fn links(self, lang: Lang, path: &str, rows: i64) -> Result<Vec<PagerLink>, Problem> {
        let last = (rows + self.size - 1) / self.size;
        if self.number > last.max(1) {
            return Err(Problem::NotFound);
        }
        Ok(if last > 1 { self.between(lang, path, last) } else { Vec::new() })
    }

    fn between(self, lang: Lang, path: &str, last: i64) -> Vec<PagerLink> {
        let joiner = if path.contains('?') { '&' } else { '?' };
        let href = |number: i64| if number == 1 { lang.href(path) } else { lang.href(&format!("{path}{joiner}page={number}")) };
        let (from, to) = ((self.number - AROUND).max(1), (self.number + AROUND).min(last));
        let mut links = Vec::new();
        for number in (1..=1).filter(|first| *first < from).chain(from..=to) {
            if number == from && from > 2 {
                links.push(PagerLink::Gap);
            }
            let printed = lang.integer(number);
            links.push(if number == self.number {
                PagerLink::Current(printed)
            } else {
                PagerLink::Page { label: lang.nav_page(&printed), number: printed, href: href(number) }
            });
        }
        if to < last {
            if to + 1 < last {
                links.push(PagerLink::Gap);
            }
            links.push(PagerLink::Last { href: href(last) });
        }
        links
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_with_a_query_keeps_it() {
        let links = PageNumber { number: 1, size: 10 }.links(Lang::Vi, "/tasks?state=done", 20).unwrap_or_default();
        assert!(matches!(&links[1], PagerLink::Page { href, .. } if href == "/tasks?state=done&page=2"));
    }

    fn drawn(number: i64, rows: i64) -> String {
        let links = PageNumber { number, size: 10 }.links(Lang::Vi, "/news", rows).unwrap_or_default();
        let draw = |link: &PagerLink| match link {
            PagerLink::Current(number) => format!("[{number}]"),
            PagerLink::Page { number, .. } => number.clone(),
            PagerLink::Gap => "…".to_owned(),
            PagerLink::Last { href } => href.clone(),
        };
        links.iter().map(draw).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_first_the_near_and_the_last_page_are_linked() {
        assert_eq!(drawn(1, 10), "");
        assert_eq!(drawn(1, 11), "[1] 2");
        assert_eq!(drawn(1, 95), "[1] 2 3 … /news?page=10");
        assert_eq!(drawn(5, 95), "1 … 3 4 [5] 6 7 … /news?page=10");
        assert_eq!(drawn(10, 95), "1 … 8 9 [10]");
    }

    #[test]
    fn what_is_no_page_is_not_found() {
        let number = |typed: &str| PageNumber::of(&Fields::parse(format!("page={typed}").as_bytes()), 10);
        assert_eq!(number("2").map(PageNumber::offset), Ok(10));
        for typed in ["0", "-1", "x", "9223372036854775807"] {
            assert_eq!(number(typed), Err(Problem::NotFound), "{typed}");
        }
        assert_eq!(PageNumber { number: 3, size: 10 }.links(Lang::Vi, "/news", 20), Err(Problem::NotFound));
        assert_eq!(PageNumber { number: 1, size: 10 }.links(Lang::Vi, "/news", 0), Ok(Vec::new()));
    }
}
