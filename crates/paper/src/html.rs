//! The visible text of an HTML page, in order, as the reader wants it: one block a line, blank lines between blocks,
//! a picture as the line of its file's name with its caption on the next. html5ever's tokenizer reads the tags; a short
//! stack of open elements stands in for a tree, so time stays linear however the page is nested.

mod block;
mod element;
mod image;

use std::cell::RefCell;

use html5ever::LocalName;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

use block::{Blocks, Kind};
use element::{Role, attribute, is_caption, is_hidden};

/// Elements kept open at once; real pages stay below 60. Deeper ones still give their text, only without their role.
const OPEN_ELEMENTS_MAX: usize = 200;

/// The text that a browser would show.
pub fn visible_text(html: &str) -> String {
    let sink = Sink(RefCell::new(Walker::default()));
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    // The sink never asks for a script to run, so one call reads everything.
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.into_inner().blocks.into_text()
}

struct Sink(RefCell<Walker>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut walker = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => return walker.start(&tag),
            Token::TagToken(tag) => walker.end(&tag.name),
            Token::CharacterTokens(text) => walker.text(&text),
            Token::EOFToken => walker.finish(),
            Token::DoctypeToken(_) | Token::CommentToken(_) | Token::NullCharacterToken | Token::ParseError(_) => {}
        }
        TokenSinkResult::Continue
    }
}

struct Open {
    name: LocalName,
    hides: bool,
    caption: bool,
    preformatted: bool,
    /// Where the blocks of a figure, a row or a table begin.
    blocks_from: usize,
}

#[derive(Default)]
struct Walker {
    blocks: Blocks,
    open: Vec<Open>,
    /// Elements beyond [`OPEN_ELEMENTS_MAX`], whose end tags must not close others.
    unkept: usize,
    hidden: usize,
    captions: usize,
    preformatted: usize,
    /// The next number of each open list; absent for lists with dots.
    lists: Vec<Option<u32>>,
    /// For each open table, whether it has heads: then its rows are lines.
    tables: Vec<bool>,
}

impl Walker {
    fn start(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        let role = Role::of(name);
        if role.is_block() {
            self.close_implied(name);
            self.boundary();
        }
        match role {
            Role::Break => self.blocks.line_break(),
            Role::Picture if self.hidden == 0 => {
                if let Some(file) = image::file_name(tag) {
                    self.blocks.picture(file);
                }
            }
            Role::Void | Role::Picture => {}
            _ => self.open(tag, role),
        }
        match name {
            "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
            "style" | "xmp" | "iframe" | "noembed" | "noframes" => TokenSinkResult::RawData(RawKind::Rawtext),
            "script" => TokenSinkResult::RawData(RawKind::ScriptData),
            "plaintext" => TokenSinkResult::Plaintext,
            _ => TokenSinkResult::Continue,
        }
    }

    fn open(&mut self, tag: &Tag, role: Role) {
        if self.open.len() >= OPEN_ELEMENTS_MAX {
            self.unkept += 1;
            return;
        }
        let element = Open {
            hides: role == Role::Hidden || is_hidden(tag),
            caption: is_caption(tag),
            preformatted: &*tag.name == "pre",
            blocks_from: self.blocks.len(),
            name: tag.name.clone(),
        };
        self.hidden += usize::from(element.hides);
        self.captions += usize::from(element.caption);
        self.preformatted += usize::from(element.preformatted);
        self.open.push(element);
        match role {
            Role::List if &*tag.name == "ol" => {
                self.lists.push(Some(attribute(tag, "start").and_then(|start| start.parse().ok()).unwrap_or(1)))
            }
            Role::List => self.lists.push(None),
            Role::Item => {
                let marker = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        let marker = format!("{number}. ");
                        *number = number.saturating_add(1);
                        marker
                    }
                    _ => "- ".to_owned(),
                };
                self.blocks.marker = Some(marker);
            }
            Role::Table => self.tables.push(false),
            Role::Cell if &*tag.name == "th" => {
                if let Some(has_heads) = self.tables.last_mut() {
                    *has_heads = true;
                }
            }
            _ => {}
        }
    }

    /// Ends what HTML lets a writer leave open: a paragraph before a block, an item before the next.
    fn close_implied(&mut self, next: &str) {
        while let Some(last) = self.open.last() {
            let name: &str = &last.name;
            let ends = name == "p"
                || matches!(
                    (name, next),
                    ("li", "li") | ("td" | "th", "td" | "th" | "tr" | "tbody") | ("tr", "tr" | "tbody") | ("dt" | "dd", "dt" | "dd")
                );
            if !ends {
                return;
            }
            self.close_last();
        }
    }

    fn end(&mut self, name: &LocalName) {
        match &**name {
            "br" => return self.blocks.line_break(),
            // An end tag without its start ends a paragraph all the same.
            "p" => self.boundary(),
            _ => {}
        }
        if self.unkept > 0 {
            self.unkept -= 1;
            return;
        }
        if let Some(index) = self.open.iter().rposition(|element| element.name == *name) {
            while self.open.len() > index {
                self.close_last();
            }
        }
    }

    fn close_last(&mut self) {
        let Some(last) = self.open.last() else { return };
        let role = Role::of(&last.name);
        if role.is_block() {
            self.boundary();
        }
        let Some(element) = self.open.pop() else { return };
        self.hidden -= usize::from(element.hides);
        self.captions -= usize::from(element.caption);
        self.preformatted -= usize::from(element.preformatted);
        match role {
            Role::List => {
                self.lists.pop();
            }
            Role::Item => self.blocks.marker = None,
            Role::Figure => self.blocks.arrange_figure(element.blocks_from),
            Role::Row if self.tables.last() == Some(&true) => self.blocks.join_row(element.blocks_from),
            Role::Table => {
                self.tables.pop();
                self.blocks.caption_after_picture(element.blocks_from);
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.hidden == 0 {
            self.blocks.push_text(text, self.preformatted > 0);
        }
    }

    /// A block begins or ends here.
    fn boundary(&mut self) {
        let kind = if self.captions > 0 { Kind::Caption } else { Kind::Text };
        self.blocks.end_block(kind);
    }

    fn finish(&mut self) {
        while !self.open.is_empty() {
            self.close_last();
        }
        self.boundary();
    }
}

#[cfg(test)]
mod tests {
    use super::visible_text;

    #[test]
    fn blocks_become_lines_with_blank_lines_between() {
        let html = "<html><head><title>X</title><style>p{}</style></head><body><nav><a>Trang chủ</a></nav>\
                    <h1>Tiêu   đề</h1>\n<div><p>Câu&nbsp;một, <b>đậm</b>.\n<p>Câu hai.<br>Dòng hai.</div>đuôi<script>x('<p>')</script></body></html>";
        assert_eq!(visible_text(html), "Tiêu đề\n\nCâu một, đậm.\n\nCâu hai.\nDòng hai.\n\nđuôi\n");
    }

    #[test]
    fn a_picture_is_its_file_with_its_caption_below() {
        for html in [
            "<figure><img src=\"/a/IMG_1.JPG?w=9\"><figcaption>Chú thích.</figcaption></figure>",
            "<figure><figcaption>Chú thích.</figcaption><img src=load.gif data-src=\"https://x.vn/a/IMG_1.JPG#b\"></figure>",
            "<p><img src=IMG_1.JPG></p><p class=\"wp-caption-text\">Chú thích.</p>",
            "<p><img src=IMG_1.JPG><br><em>Chú thích.</em></p>",
            "<table><tr><td><img src=IMG_1.JPG></td></tr><tr><td>Chú thích.</td></tr></table>",
            "<div class=tplCaption><img src=IMG_1.JPG><p>Chú thích.</p></div>",
        ] {
            assert_eq!(visible_text(&format!("<p>Trước.</p>{html}<p>Sau.</p>")), "Trước.\n\nIMG_1.JPG\nChú thích.\n\nSau.\n", "{html}");
        }
    }

    #[test]
    fn a_paragraph_after_a_picture_is_no_caption() {
        assert_eq!(visible_text("<p><img src=a.jpg></p><p>Đoạn văn.</p>"), "a.jpg\n\nĐoạn văn.\n");
    }

    #[test]
    fn lists_keep_their_marks_and_tables_their_rows() {
        assert_eq!(visible_text("<ol start=3><li>ba<li><p>bốn</p></ol><ul><li>x</li><li>- y</li></ul>"), "3. ba\n4. bốn\n- x\n- y\n");
        assert_eq!(visible_text("<table><tr><th>Xã</th><th>Số</th></tr><tr><td>Cán Hồng<td>19</table>"), "Xã | Số\nCán Hồng | 19\n");
        assert_eq!(visible_text("<table><tr><td>TỈNH ỦY<br>*</td><td>ĐẢNG</td></tr></table>"), "TỈNH ỦY\n*\n\nĐẢNG\n");
    }

    #[test]
    fn what_is_hidden_stays_out_and_what_is_left_open_does_not_swallow_the_page() {
        assert_eq!(visible_text("<div style=\"display: none\"><p>a</p></div><p hidden>b</p><p>c</p>"), "c\n");
        assert_eq!(visible_text("<div><nav><ul><li>menu</div><p>nội dung"), "nội dung\n");
        assert_eq!(visible_text("</p></div>a</td>b"), "ab\n");
    }

    #[test]
    fn a_deep_page_still_gives_its_text() {
        let html = format!("{}<p>sâu</p>{}<p>cuối</p>", "<div>".repeat(5000), "</div>".repeat(5000));
        assert_eq!(visible_text(&html), "sâu\n\ncuối\n");
    }
}
