//! A walk over every page that somebody can reach, from the addresses of `routes.rs` on and along the links.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

use super::markup::{Form, Markup, Piece};
use crate::support::{Answer, TestApp, form};

/// Pages of one address pattern with the same parameters that are looked at: the next ones are made of the same words.
const PAGES_A_KIND_MAX: usize = 3;

/// A page that was looked at.
pub struct Seen {
    /// Who looked, and where.
    pub by: &'static str,
    pub address: String,
    pub status: u16,
    /// What it says: the pieces of a page, or the lines of another text.
    pub pieces: Vec<Piece>,
}

/// The addresses of the web.
pub struct Addresses(Vec<String>);

impl Addresses {
    /// Those that can be looked at, as `routes.rs` lists them.
    pub fn of_pages() -> Self {
        // Files that have one address in both languages stand before the pages.
        let source = include_str!("../../../src/routes.rs").split("fn pages(").last().unwrap();
        let routes = source.split(".route(\"").skip(1).filter(|route| route.split(".route").next().unwrap().contains(" get("));
        Self(routes.map(|route| route.split('"').next().unwrap().to_owned()).filter(|path| !path.starts_with("/assets")).collect())
    }

    pub fn all(&self) -> &[String] {
        &self.0
    }

    /// The pattern of a path without its language: `/tasks/{task}`.
    fn pattern(&self, path: &str) -> Option<&str> {
        let fits = |pattern: &&String| {
            let (mut a, mut b) = (pattern.split('/'), path.split('/'));
            loop {
                match (a.next(), b.next()) {
                    (None, None) => return true,
                    (Some(a), Some(b)) if a == b || a.starts_with('{') && !b.is_empty() => {}
                    _ => return false,
                }
            }
        };
        // What is spelt out goes before what takes any name: `/readings/new`.
        self.0.iter().filter(fits).min_by_key(|pattern| pattern.matches('{').count()).map(String::as_str)
    }
}

/// One visitor's walk in one language.
pub struct Walk<'a> {
    web: &'a TestApp,
    addresses: &'a Addresses,
    /// `/en` or nothing.
    prefix: &'static str,
    by: &'static str,
    cookie: Option<String>,
    /// Pages of one address pattern that are looked at.
    pages_a_pattern_max: usize,
    pub seen: Vec<Seen>,
    /// The patterns of which a page opened.
    pub opened: BTreeSet<String>,
    /// Forms by the pattern of where they are sent, each with the page that shows it.
    forms: BTreeMap<String, (String, Form)>,
}

impl<'a> Walk<'a> {
    pub fn new(web: &'a TestApp, addresses: &'a Addresses, prefix: &'static str, by: &'static str, cookie: Option<String>) -> Self {
        let (seen, opened, forms) = (Vec::new(), BTreeSet::new(), BTreeMap::new());
        Self { web, addresses, prefix, by, cookie, pages_a_pattern_max: 1, seen, opened, forms }
    }

    /// How many pages of one address pattern are looked at; one, where nothing else is said.
    pub const fn pages_a_pattern(mut self, pages_max: usize) -> Self {
        self.pages_a_pattern_max = pages_max;
        self
    }

    /// Looks at every page without a number in its address, and follows links.
    pub async fn follow_links(&mut self) {
        let plain = self.addresses.all().iter().filter(|path| !path.contains('{'));
        let mut queue: VecDeque<String> = plain.map(|path| self.here(path)).collect();
        let mut known: HashSet<String> = queue.iter().cloned().collect();
        let mut looked_at: HashMap<String, usize> = HashMap::new();
        while let Some(address) = queue.pop_front() {
            let Some(kind) = self.kind(&address) else { continue };
            let pattern = kind.split('?').next().unwrap_or_default().to_owned();
            let of = |kind: &str| looked_at.get(kind).copied().unwrap_or_default();
            if of(&kind) >= PAGES_A_KIND_MAX || of(&pattern) >= self.pages_a_pattern_max {
                continue;
            }
            *looked_at.entry(kind).or_default() += 1;
            *looked_at.entry(pattern).or_default() += 1;
            let markup = self.look(&address).await;
            for link in markup.links {
                let link = link.split('#').next().unwrap_or_default();
                if link.starts_with('/') && self.is_here(link) && known.insert(link.to_owned()) {
                    queue.push_back(link.to_owned());
                }
            }
        }
    }

    /// Looks at one page.
    pub async fn look(&mut self, address: &str) -> Markup {
        let answer = self.send("GET", address, "").await;
        let markup = self.take("", address, &answer);
        if answer.status.is_success() || answer.status.is_redirection() {
            let pattern = self.addresses.pattern(self.without_language(address)).map(str::to_owned);
            self.opened.extend(pattern);
        }
        for form in &markup.forms {
            let kind = self.kind_of_form(form);
            self.forms.entry(kind).or_insert_with(|| (address.to_owned(), form.clone()));
        }
        markup
    }

    /// Sends every form that was seen, as a careless hand fills it: nothing, too little, and twice the same.
    pub async fn send_forms(&mut self) {
        for (page, form) in std::mem::take(&mut self.forms).into_values() {
            if form.is_upload || form.action.ends_with("/logout") || form.action.ends_with("/password") {
                continue;
            }
            let buttons = if form.buttons.is_empty() { vec![(String::new(), String::new())] } else { form.buttons.clone() };
            for typed in ["", "?", "9"] {
                for button in &buttons {
                    self.send_form(&page, &form, typed, button).await;
                }
            }
        }
    }

    async fn send_form(&mut self, page: &str, shown: &Form, typed: &str, (name, value): &(String, String)) {
        let mut fields: Vec<(&str, &str)> = shown.held.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        fields.extend(shown.written.iter().map(|name| (name.as_str(), typed)));
        if !name.is_empty() {
            fields.push((name, value));
        }
        let answer = self.send("POST", &shown.action, &form(&fields)).await;
        let leads_to = answer.header("location");
        self.take("POST ", &shown.action, &answer);
        if answer.status.is_redirection() && self.is_here(&leads_to) {
            self.look(leads_to.split('#').next().unwrap_or_default()).await;
        } else if answer.status.is_redirection() {
            panic!("{page}: the form {} leads to {leads_to}", shown.action);
        }
    }

    /// Sends a request of any kind and keeps what came back.
    pub async fn try_out(&mut self, method: &str, address: &str, body: &str) -> Answer {
        let answer = self.send(method, address, body).await;
        self.take(&format!("{method} "), address, &answer);
        answer
    }

    /// Keeps what a page says, and looks that it names its own language and the other one.
    fn take(&mut self, method: &str, address: &str, answer: &Answer) -> Markup {
        let is_html = answer.header("content-type").starts_with("text/html");
        let mut markup = if is_html { Markup::of(&answer.body) } else { Markup::default() };
        if is_html {
            let (own, other) = if self.prefix.is_empty() { ("vi", "en") } else { ("en", "vi") };
            assert_eq!(markup.html_lang, own, "{address}");
            let path = address.strip_prefix(self.prefix).unwrap_or_default();
            let elsewhere = if self.prefix.is_empty() {
                format!("/en{}", path.trim_end_matches('/'))
            } else {
                format!("/{}", path.trim_start_matches('/'))
            };
            assert!(markup.alternate.contains(&(other.to_owned(), elsewhere)), "{address}: {:?}", markup.alternate);
        } else {
            let line = |line: &str| Piece { text: line.to_owned(), lang: String::new(), place: "plain".to_owned() };
            // A feed marks languages as a page does.
            let is_feed = answer.header("content-type").ends_with("xml");
            let of_feed = || Markup::of(&answer.body.replace("xml:lang=", "lang=")).pieces;
            markup.pieces = if is_feed { of_feed() } else { answer.body.lines().map(line).collect() };
        }
        let (by, status, pieces) = (self.by, answer.status.as_u16(), markup.pieces.clone());
        self.seen.push(Seen { by, address: format!("{method}{address}"), status, pieces });
        markup
    }

    async fn send(&self, method: &str, address: &str, body: &str) -> Answer {
        let cookie = self.cookie.clone().unwrap_or_default();
        let headers = [("cookie", cookie.as_str())];
        self.web.send(method, address, if cookie.is_empty() { &[] } else { &headers }, body).await
    }

    /// The address of a path in this walk's language.
    pub fn here(&self, path: &str) -> String {
        if path == "/" && !self.prefix.is_empty() { self.prefix.to_owned() } else { format!("{}{path}", self.prefix) }
    }

    fn is_here(&self, address: &str) -> bool {
        let is_english = address == "/en" || address.starts_with("/en/") || address.starts_with("/en?");
        is_english != self.prefix.is_empty() && !address.starts_with("/assets")
    }

    fn without_language<'b>(&self, address: &'b str) -> &'b str {
        let path = address.split('?').next().unwrap_or_default();
        match path.strip_prefix(self.prefix).unwrap_or(path) {
            "" => "/",
            path => path,
        }
    }

    /// The pattern of an address with the names of its parameters: pages of one kind look alike.
    fn kind(&self, address: &str) -> Option<String> {
        let pattern = self.addresses.pattern(self.without_language(address))?;
        let query = address.split_once('?').map_or("", |(_, query)| query);
        let mut names: Vec<&str> = query.split('&').filter_map(|pair| pair.split('=').next()).collect();
        names.sort_unstable();
        names.dedup();
        Some(format!("{pattern}?{}", names.join("&")))
    }

    fn kind_of_form(&self, form: &Form) -> String {
        let path: Vec<&str> = form.action.split('/').map(|part| if part.bytes().all(|b| b.is_ascii_digit()) { "" } else { part }).collect();
        format!("{} {:?} {:?}", path.join("/"), form.written, form.buttons)
    }
}
