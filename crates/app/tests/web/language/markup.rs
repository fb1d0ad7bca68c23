//! What a person reads of a page, and in which language the page says that it is: the text between tags and the attributes that
//! browsers and screen readers show. For our own pages only, which are well formed.

/// Elements that have no end.
const VOID: [&str; 11] = ["area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"];
/// Attributes that people see or hear.
const SPOKEN: [&str; 11] = [
    "alt",
    "aria-description",
    "aria-label",
    "aria-roledescription",
    "aria-valuetext",
    "data-l",
    "data-none",
    "data-some",
    "label",
    "placeholder",
    "title",
];

/// A piece of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    /// The value of the nearest `lang`.
    pub lang: String,
    /// Where it stands: `td`, `a[title]`.
    pub place: String,
}

/// A form that changes something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    pub action: String,
    /// Fields that hold a value of their own: hidden ones, and the first option of lists.
    pub held: Vec<(String, String)>,
    /// Fields that somebody writes into.
    pub written: Vec<String>,
    /// Buttons with a name.
    pub buttons: Vec<(String, String)>,
    /// Whether it takes a file.
    pub is_upload: bool,
}

/// A page taken apart.
#[derive(Debug, Clone, Default)]
pub struct Markup {
    pub pieces: Vec<Piece>,
    pub links: Vec<String>,
    pub forms: Vec<Form>,
    pub html_lang: String,
    /// `hreflang` and address of the page in the other language.
    pub alternate: Vec<(String, String)>,
}

struct Tag<'a> {
    name: &'a str,
    attributes: Vec<(&'a str, String)>,
    is_closed: bool,
}

impl Tag<'_> {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| *key == name).map(|(_, value)| value.as_str())
    }

    fn is(&self, name: &str, value: &str) -> bool {
        self.get(name) == Some(value)
    }
}

impl Markup {
    /// Takes a page apart.
    pub fn of(html: &str) -> Self {
        let mut markup = Self::default();
        let mut open: Vec<(String, String)> = Vec::new();
        let mut rest = html;
        let mut text = String::new();
        while let Some(at) = rest.find('<') {
            text.push_str(&rest[..at]);
            rest = &rest[at..];
            let end = end_of_tag(rest);
            let inside = &rest[1..end - 1];
            rest = &rest[end..];
            if inside.starts_with('!') {
                continue;
            }
            // Marks within a sentence do not end it.
            markup.take_text(&mut text, &open);
            if let Some(name) = inside.strip_prefix('/') {
                while let Some((top, _)) = open.pop() {
                    if top == name.trim() {
                        break;
                    }
                }
                continue;
            }
            let tag = parse_tag(inside);
            let lang = tag.get("lang").map_or_else(|| open.last().map_or_else(String::new, |(_, lang)| lang.clone()), str::to_owned);
            markup.take_tag(&tag, &lang);
            if matches!(tag.name, "script" | "style") {
                rest = rest.find("</").map_or("", |at| &rest[at..]);
            }
            if !tag.is_closed && !VOID.contains(&tag.name) {
                open.push((tag.name.to_owned(), lang));
            }
        }
        markup
    }

    fn take_text(&mut self, text: &mut String, open: &[(String, String)]) {
        let words = decoded(text).split_whitespace().collect::<Vec<_>>().join(" ");
        text.clear();
        if let (false, Some((name, lang))) = (words.is_empty(), open.last()) {
            self.pieces.push(Piece { text: words, lang: lang.clone(), place: name.clone() });
        }
    }

    fn take_tag(&mut self, tag: &Tag<'_>, lang: &str) {
        let spoken = |attribute: &str| {
            SPOKEN.contains(&attribute)
                || attribute == "content" && tag.is("name", "description")
                || attribute == "value" && tag.name == "input" && (tag.is("type", "submit") || tag.is("type", "button"))
        };
        for (attribute, value) in tag.attributes.iter().filter(|(attribute, value)| spoken(attribute) && !value.trim().is_empty()) {
            let place = format!("{}[{attribute}]", tag.name);
            self.pieces.push(Piece { text: value.clone(), lang: lang.to_owned(), place });
        }
        match tag.name {
            "html" => self.html_lang = tag.get("lang").unwrap_or_default().to_owned(),
            "a" | "area" => self.links.extend(tag.get("href").map(str::to_owned)),
            "link" if tag.is("rel", "alternate") && tag.get("hreflang").is_some() => {
                let of = |name: &str| tag.get(name).unwrap_or_default().to_owned();
                self.alternate.push((of("hreflang"), of("href")));
            }
            "link" if tag.is("rel", "alternate") => self.links.extend(tag.get("href").map(str::to_owned)),
            "form" if tag.is("method", "post") => self.forms.push(Form {
                action: tag.get("action").unwrap_or_default().to_owned(),
                held: Vec::new(),
                written: Vec::new(),
                buttons: Vec::new(),
                is_upload: tag.is("enctype", "multipart/form-data"),
            }),
            "input" | "textarea" | "select" | "option" | "button" => self.take_field(tag),
            _ => {}
        }
    }

    /// Fields stand within their form or, by `form="…"`, after it: both belong to the last one for what these tests ask.
    fn take_field(&mut self, tag: &Tag<'_>) {
        let Some(form) = self.forms.last_mut() else { return };
        let name = tag.get("name").unwrap_or_default().to_owned();
        let value = tag.get("value").unwrap_or_default().to_owned();
        match (tag.name, tag.get("type").unwrap_or_default()) {
            ("button", _) if !name.is_empty() => form.buttons.push((name, value)),
            ("input", "hidden") => form.held.push((name, value)),
            ("input", "radio" | "checkbox") if tag.get("checked").is_some() => form.held.push((name, value)),
            ("select", _) => form.held.push((name, String::new())),
            ("option", _) => {
                if let Some((_, held)) = form.held.last_mut().filter(|(_, held)| held.is_empty() || tag.get("selected").is_some()) {
                    *held = value;
                }
            }
            ("input", "radio" | "checkbox" | "file" | "submit") | ("button", _) => {}
            _ if !name.is_empty() => form.written.push(name),
            _ => {}
        }
    }
}

/// The length of a tag: a `>` in quotes does not end it.
fn end_of_tag(html: &str) -> usize {
    let mut quoted = false;
    for (at, letter) in html.char_indices() {
        match letter {
            '"' => quoted = !quoted,
            '>' if !quoted => return at + 1,
            _ => {}
        }
    }
    panic!("a tag without an end: {}", html.chars().take(80).collect::<String>());
}

fn parse_tag(inside: &str) -> Tag<'_> {
    let is_closed = inside.ends_with('/');
    let inside = inside.trim_end_matches('/');
    let (name, mut rest) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return Tag { name, attributes, is_closed };
        }
        let end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        let attribute = &rest[..end];
        rest = &rest[end..];
        let value = match rest.strip_prefix("=\"") {
            Some(quoted) => {
                let (value, after) = quoted.split_once('"').expect("an attribute ends");
                rest = after;
                decoded(value)
            }
            None => {
                let unquoted = rest.strip_prefix('=').map(|value| value.split(char::is_whitespace).next().unwrap_or_default());
                rest = unquoted.map_or(rest, |value| &rest[value.len() + 1..]);
                unquoted.unwrap_or_default().to_owned()
            }
        };
        attributes.push((attribute, value));
    }
}

/// Entities as askama and our templates write them.
fn decoded(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('&') {
        plain.push_str(before);
        let Some((entity, after)) = behind.split_once(';').filter(|(entity, _)| entity.len() < 8) else {
            plain.push('&');
            rest = behind;
            continue;
        };
        plain.push(match entity {
            "nbsp" => '\u{a0}',
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            code => code.strip_prefix('#').and_then(|code| code.parse().ok()).and_then(char::from_u32).unwrap_or('\u{fffd}'),
        });
        rest = after;
    }
    plain + rest
}

#[test]
fn a_page_is_taken_apart() {
    let markup = Markup::of(
        "<!doctype html><html lang=\"en\"><title>A &#38; B</title><a href=\"/en/x?a=1&#38;b=2\" title=\"See > it\">See <b lang=\"vi\">Ủy&nbsp;ban</b>, now</a>\
         <form action=\"/en/y\" method=\"post\"><input type=\"hidden\" name=\"csrf\" value=\"1\"><select name=\"s\"><option value=\"a\">x<option value=\"b\" selected>y</select>\
         <textarea name=\"t\">z</textarea><button name=\"do\" value=\"go\">Go</button></form></html>",
    );
    let piece = |text: &str, lang: &str, place: &str| Piece { text: text.to_owned(), lang: lang.to_owned(), place: place.to_owned() };
    assert_eq!(
        markup.pieces[..5],
        [
            piece("A & B", "en", "title"),
            piece("See > it", "en", "a[title]"),
            piece("See", "en", "a"),
            piece("Ủy ban", "vi", "b"),
            piece(", now", "en", "a")
        ]
    );
    assert_eq!((markup.html_lang.as_str(), markup.links.as_slice()), ("en", &["/en/x?a=1&b=2".to_owned()][..]));
    let form = &markup.forms[0];
    assert_eq!((form.action.as_str(), form.written.as_slice()), ("/en/y", &["t".to_owned()][..]));
    assert_eq!(form.held, [("csrf".to_owned(), "1".to_owned()), ("s".to_owned(), "b".to_owned())]);
    assert_eq!(form.buttons, [("do".to_owned(), "go".to_owned())]);
}
