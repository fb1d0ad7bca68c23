//! The blocks of a page as they are found, and how they are set below each other.

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A paragraph, a heading.
    Text,
    /// A list's item.
    Item,
    /// A row of a table with heads.
    Row,
    /// The name of a picture's file.
    Picture,
    /// What stands under a picture.
    Caption,
}

struct Block {
    kind: Kind,
    text: String,
}

/// Text that is longer is no caption, wherever it stands.
const CAPTION_BYTES_MAX: usize = 600;

/// The finished blocks and the one being written.
#[derive(Default)]
pub struct Blocks {
    done: Vec<Block>,
    current: String,
    /// What to set before the next block: a list's mark.
    pub marker: Option<String>,
    /// Whether the last block is a picture and no block has begun or ended since.
    behind_picture: bool,
}

impl Blocks {
    /// How many are finished.
    pub const fn len(&self) -> usize {
        self.done.len()
    }

    /// Adds running text; white space folds to one space unless it is preformatted.
    pub fn push_text(&mut self, text: &str, preformatted: bool) {
        for c in text.chars() {
            match c {
                '\u{ad}' | '\u{200b}' | '\u{feff}' => {}
                '\n' if preformatted => self.new_line(),
                c if c.is_whitespace() => {
                    if !self.current.is_empty() && !self.current.ends_with([' ', '\n']) {
                        self.current.push(' ');
                    }
                }
                c if c.is_control() => {}
                c => self.current.push(c),
            }
        }
    }

    /// A line's end inside a block; two of them end the block.
    pub fn line_break(&mut self) {
        if self.current.ends_with('\n') { self.end_text(Kind::Text) } else { self.new_line() }
    }

    fn new_line(&mut self) {
        if !self.current.is_empty() {
            self.current.truncate(self.current.trim_end_matches(' ').len());
            self.current.push('\n');
        }
    }

    /// A picture, which is a block of its own wherever it stands.
    pub fn picture(&mut self, file: String) {
        self.end_text(Kind::Text);
        self.done.push(Block { kind: Kind::Picture, text: file });
        self.behind_picture = true;
    }

    /// A block begins or ends: what was written is one.
    pub fn end_block(&mut self, kind: Kind) {
        self.end_text(kind);
        self.behind_picture = false;
    }

    fn end_text(&mut self, kind: Kind) {
        let text = self.current.trim();
        if text.is_empty() {
            self.current.clear();
            return;
        }
        let block = match self.marker.take() {
            Some(_) if has_marker(text) => Block { kind: Kind::Item, text: text.to_owned() },
            Some(marker) => Block { kind: Kind::Item, text: format!("{marker}{text}") },
            None if self.behind_picture && text.len() <= CAPTION_BYTES_MAX => Block { kind: Kind::Caption, text: text.to_owned() },
            None => Block { kind, text: text.to_owned() },
        };
        self.behind_picture = false;
        self.done.push(block);
        self.current.clear();
    }

    /// A figure's pictures first, then its words, which are their caption.
    pub fn arrange_figure(&mut self, from: usize) {
        let Some(blocks) = self.done.get_mut(from..) else { return };
        if !blocks.iter().any(|block| block.kind == Kind::Picture) {
            return;
        }
        blocks.sort_by_key(|block| block.kind != Kind::Picture);
        for block in blocks.iter_mut().filter(|block| block.kind == Kind::Text && block.text.len() <= CAPTION_BYTES_MAX) {
            block.kind = Kind::Caption;
        }
    }

    /// In a table that only holds a picture and words, the words are its caption.
    pub fn caption_after_picture(&mut self, from: usize) {
        if let Some([picture, text]) = self.done.get_mut(from..)
            && picture.kind == Kind::Picture
            && text.kind == Kind::Text
            && text.text.len() <= CAPTION_BYTES_MAX
        {
            text.kind = Kind::Caption;
        }
    }

    /// The cells of a row as one line.
    pub fn join_row(&mut self, from: usize) {
        let Some(cells) = self.done.get(from..) else { return };
        if cells.is_empty() || cells.iter().any(|cell| matches!(cell.kind, Kind::Picture | Kind::Row)) {
            return;
        }
        let text = cells.iter().map(|cell| cell.text.replace('\n', " ")).collect::<Vec<_>>().join(" | ");
        self.done.truncate(from);
        self.done.push(Block { kind: Kind::Row, text });
    }

    /// Everything below each other.
    pub fn into_text(self) -> String {
        let mut text = String::with_capacity(self.done.iter().map(|block| block.text.len() + 2).sum());
        let mut previous = None;
        for block in self.done {
            text.push_str(match (previous, block.kind) {
                (None, _) => "",
                (Some(Kind::Picture), Kind::Picture | Kind::Caption) | (Some(Kind::Item), Kind::Item) | (Some(Kind::Row), Kind::Row) => {
                    "\n"
                }
                _ => "\n\n",
            });
            text.push_str(&block.text);
            previous = Some(block.kind);
        }
        if previous.is_some() {
            text.push('\n');
        }
        text
    }
}

/// Whether an item brings its own mark: "1.", "2)", "a)", "-", "+", "•".
fn has_marker(text: &str) -> bool {
    let behind_number = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let behind_letter = text.trim_start_matches(|c: char| c.is_alphabetic());
    text.starts_with(['-', '–', '+', '•', '*'])
        || (behind_number.len() < text.len() && behind_number.starts_with(['.', ')']))
        || (text.chars().nth(1) == Some(')') && behind_letter.len() < text.len())
}
