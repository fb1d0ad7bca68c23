//! What an element does to the text.

use html5ever::tokenizer::Tag;

/// How an element takes part in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Runs on in its line.
    Inline,
    /// Begins and ends a block.
    Block,
    /// Not shown.
    Hidden,
    /// `<br>`
    Break,
    /// `<img>`
    Picture,
    /// Other elements without an end.
    Void,
    /// `<ol>`, `<ul>`
    List,
    /// `<li>`
    Item,
    /// `<figure>`
    Figure,
    /// `<table>`
    Table,
    /// `<tr>`
    Row,
    /// `<td>`, `<th>`
    Cell,
}

impl Role {
    pub fn of(name: &str) -> Self {
        match name {
            "br" => Self::Break,
            "img" => Self::Picture,
            "area" | "base" | "basefont" | "bgsound" | "col" | "embed" | "frame" | "input" | "keygen" | "link" | "meta" | "param"
            | "source" | "track" | "wbr" => Self::Void,
            "audio" | "button" | "canvas" | "dialog" | "iframe" | "math" | "nav" | "noembed" | "noframes" | "noscript" | "object"
            | "script" | "select" | "style" | "svg" | "template" | "textarea" | "title" | "video" => Self::Hidden,
            "ol" | "ul" | "menu" | "dir" => Self::List,
            "li" => Self::Item,
            "figure" => Self::Figure,
            "table" => Self::Table,
            "tr" => Self::Row,
            "td" | "th" => Self::Cell,
            "address" | "article" | "aside" | "blockquote" | "body" | "caption" | "center" | "dd" | "details" | "div" | "dl" | "dt"
            | "fieldset" | "figcaption" | "footer" | "form" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "header" | "hgroup" | "hr"
            | "html" | "legend" | "main" | "p" | "pre" | "section" | "summary" | "tbody" | "tfoot" | "thead" => Self::Block,
            _ => Self::Inline,
        }
    }

    /// Whether the text before and behind it are different blocks.
    pub const fn is_block(self) -> bool {
        matches!(self, Self::Block | Self::List | Self::Item | Self::Figure | Self::Table | Self::Row | Self::Cell)
    }
}

/// The value of an attribute.
pub fn attribute<'a>(tag: &'a Tag, name: &str) -> Option<&'a str> {
    tag.attrs.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| &*attribute.value)
}

/// Whether the writer hid it, or it only leads around the site.
pub fn is_hidden(tag: &Tag) -> bool {
    let style_hides = attribute(tag, "style").is_some_and(|style| {
        let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
        style.to_ascii_lowercase().contains("display:none")
    });
    style_hides || attribute(tag, "hidden").is_some() || attribute(tag, "role") == Some("navigation")
}

/// Words in a class by which Vietnamese and other sites mark a picture's caption.
const CAPTION_CLASSES: [&str; 3] = ["caption", "chuthich", "chu-thich"];

/// Whether what it holds describes a picture.
pub fn is_caption(tag: &Tag) -> bool {
    matches!(&*tag.name, "figcaption" | "caption")
        || attribute(tag, "class").is_some_and(|class| {
            let class = class.to_ascii_lowercase();
            CAPTION_CLASSES.iter().any(|word| class.contains(word))
        })
}
