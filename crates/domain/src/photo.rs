//! Photos of papers: the captions that a paper prints, and the pictures that people put beside them. The pictures' bytes are kept
//! as files; the ledger knows their names, which follow from the bytes of the upload.

use std::fmt;
use std::str::FromStr;

use crate::account::Account;
use crate::document::{Document, Passage};
use crate::fold::fold;
use crate::id::Id;
use crate::moment::Moment;

/// *Ảnh trong văn bản*: a caption, with or without its picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    /// Its id.
    pub id: Id<Photo>,
    /// The paper that prints it.
    pub document: Id<Document>,
    /// The file's name as printed.
    pub file: String,
    /// As printed.
    pub caption: String,
    /// Order in the paper, from 1.
    pub ordinal: i64,
    /// The caption's words.
    pub passage: Id<Passage>,
}

/// *Tệp ảnh*: an uploaded picture of a paper. It stands beside one caption, or waits until somebody says which one it belongs to:
/// what was sent once is never asked for again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its id.
    pub id: Id<Picture>,
    /// The paper.
    pub document: Id<Document>,
    /// The caption; absent while nobody has said which.
    pub photo: Option<Id<Photo>>,
    /// The name that the file had on the sender's machine.
    pub file_name: String,
    /// SHA-256 of the upload's bytes, in hex: the name under which its files are kept.
    pub sha256: String,
    /// Pixels across, upright.
    pub width: i64,
    /// Pixels down, upright.
    pub height: i64,
    /// The widths that are kept.
    pub widths: PictureWidths,
    /// When it came.
    pub added_at: Moment,
    /// Who sent it.
    pub added_by: String,
    /// Since when it is no longer shown.
    pub withdrawn_at: Option<Moment>,
    /// Who took it back.
    pub withdrawn_by: Option<Id<Account>>,
    /// Why; absent where another one took its place.
    pub withdrawn_why: Option<String>,
}

/// The widths in which a picture is kept, the smallest first; at least one. Printed as `480 960`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureWidths(Vec<i64>);

impl PictureWidths {
    /// Widths in any order; absent where there is none, or one that is no width.
    pub fn new(mut widths: Vec<i64>) -> Option<Self> {
        widths.sort_unstable();
        widths.dedup();
        (widths.first()? > &0).then_some(Self(widths))
    }

    /// The widths, the smallest first.
    pub fn as_slice(&self) -> &[i64] {
        &self.0
    }

    /// The smallest one that is at least `pixels` wide, else the greatest.
    pub fn at_least(&self, pixels: i64) -> i64 {
        let greatest = self.0.last().copied().unwrap_or(pixels);
        self.0.iter().copied().find(|width| *width >= pixels).unwrap_or(greatest)
    }
}

impl fmt::Display for PictureWidths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let printed: Vec<String> = self.0.iter().map(i64::to_string).collect();
        f.write_str(&printed.join(" "))
    }
}

/// A text that is no [`PictureWidths`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoWidths;

impl FromStr for PictureWidths {
    type Err = NoWidths;

    fn from_str(text: &str) -> Result<Self, NoWidths> {
        let widths: Result<Vec<i64>, _> = text.split(' ').map(str::parse).collect();
        let widths = Self::new(widths.map_err(|_| NoWidths)?).ok_or(NoWidths)?;
        if widths.to_string() == text { Ok(widths) } else { Err(NoWidths) }
    }
}

impl Picture {
    /// Whether it is shown.
    pub const fn stands(&self) -> bool {
        self.withdrawn_at.is_none()
    }

    /// The name of the file that holds one of its widths. It tells the bytes, so what it names never changes.
    pub fn file_of(&self, width: i64) -> String {
        file_of(&self.sha256, width)
    }

    /// How high it is at one of its widths: rounded to the nearest pixel.
    pub const fn height_at(&self, width: i64) -> i64 {
        if self.width <= 0 {
            return self.height;
        }
        (self.height * width * 2 + self.width) / (self.width * 2)
    }
}

/// The name of the file that holds a width of the picture with these bytes: `photo/ab/ab…-960.jpg`. The folder spreads them, since
/// file systems grow slow with many files in one.
pub fn file_of(sha256: &str, width: i64) -> String {
    let folder: String = sha256.chars().take(2).collect();
    format!("photo/{folder}/{sha256}-{width}.jpg")
}

/// Which caption a file belongs to, as its name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaptionOf {
    /// This one and no other.
    One(Id<Photo>),
    /// Several captions bear the name.
    Several,
    /// None does.
    None,
}

/// Finds the caption of a file by its name. Papers print what the camera called it (`LGO_2041.JPG`); mail, phones and browsers
/// change letters' case, the ending, spaces, and add "(1)". The strictest way of comparing that finds anything decides.
pub fn caption_of(photos: &[Photo], file_name: &str) -> CaptionOf {
    let ways: [fn(&str) -> String; 3] = [whole_name, without_ending, without_number];
    for way in ways {
        let name = way(file_name);
        let mut hits = photos.iter().filter(|photo| !name.is_empty() && way(&photo.file) == name);
        match (hits.next(), hits.next()) {
            (Some(only), None) => return CaptionOf::One(only.id),
            (Some(_), Some(_)) => return CaptionOf::Several,
            (None, _) => {}
        }
    }
    CaptionOf::None
}

/// The longest ending that is taken for one: "jpeg", "webp".
const ENDING_LETTERS_MAX: usize = 4;

/// The name without its folders, in lower case and without marks, with one sign between its words.
fn whole_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let mut folded = String::with_capacity(name.len());
    for letter in fold(name).chars() {
        let is_gap = letter == ' ' || letter == '_' || letter == '-';
        match (is_gap, folded.ends_with('_')) {
            (true, true) => {}
            (true, false) => folded.push('_'),
            (false, _) => folded.push(letter),
        }
    }
    folded.trim_matches('_').replace("_.", ".").replace("_(", "(")
}

fn without_ending(name: &str) -> String {
    let name = whole_name(name);
    match name.rsplit_once('.') {
        Some((stem, ending)) if is_ending(ending) && !stem.is_empty() => stem.to_owned(),
        _ => name,
    }
}

fn is_ending(ending: &str) -> bool {
    (1..=ENDING_LETTERS_MAX).contains(&ending.len()) && ending.chars().all(|letter| letter.is_ascii_alphanumeric())
}

/// Without what a browser adds to a second copy: "LGO_2041 (1)".
fn without_number(name: &str) -> String {
    let name = without_ending(name);
    let copied = name.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    match copied {
        Some((stem, number)) if !stem.is_empty() && !number.is_empty() && number.chars().all(|digit| digit.is_ascii_digit()) => {
            stem.to_owned()
        }
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn photos(files: &[&str]) -> Vec<Photo> {
        let photo = |(id, file): (i64, &&str)| Photo {
            id: Id::new(id),
            document: Id::new(90),
            file: (*file).to_owned(),
            caption: String::new(),
            ordinal: id,
            passage: Id::new(91),
        };
        (1..).zip(files).map(photo).collect()
    }

    #[test]
    fn files_find_their_captions_by_name() {
        let paper = photos(&["LGO_2041.JPG", "LGO_2057.JPG", "Chợ phiên.jpg", "anh (1).jpg", "anh (2).jpg", "hai.jpg", "hai.png", ""]);
        let one = |id: i64| CaptionOf::One(Id::new(id));
        for (file_name, expected) in [
            ("LGO_2041.JPG", one(1)),
            ("lgo_2041.jpg", one(1)),
            ("LGO_2041.jpeg", one(1)),
            ("LGO_2041.webp", one(1)),
            ("LGO_2041", one(1)),
            ("LGO 2041.JPG", one(1)),
            ("lgo-2041 .JPG", one(1)),
            ("  LGO__2041.jpg ", one(1)),
            ("LGO_2041 (1).JPG", one(1)),
            ("LGO_2041(12).png", one(1)),
            ("C:\\Ảnh\\LGO_2057.JPG", one(2)),
            ("gui bao/LGO_2057.JPG", one(2)),
            ("Cho\u{323}\u{31b} phie\u{302}n.JPG", one(3)),
            ("cho phien.png", one(3)),
            ("anh (2).JPG", one(5)),
            ("anh (2).webp", one(5)),
            ("anh (3).jpg", CaptionOf::Several),
            ("anh.jpg", CaptionOf::Several),
            ("hai.png", one(7)),
            ("hai.webp", CaptionOf::Several),
            ("LGO_2041_2.JPG", CaptionOf::None),
            ("LGO2041.JPG", CaptionOf::None),
            ("LGO_204.JPG", CaptionOf::None),
            (".jpg", CaptionOf::None),
            ("", CaptionOf::None),
            ("/", CaptionOf::None),
            ("(1)", CaptionOf::None),
        ] {
            assert_eq!(caption_of(&paper, file_name), expected, "{file_name}");
        }
        assert_eq!(caption_of(&[], "LGO_2041.JPG"), CaptionOf::None);
    }

    #[test]
    fn widths_are_printed_and_read_back() {
        let widths = PictureWidths::new(vec![960, 480, 960]).unwrap();
        assert_eq!((widths.to_string().as_str(), "480 960".parse()), ("480 960", Ok(widths.clone())));
        assert_eq!([400, 480, 481, 2000].map(|pixels| widths.at_least(pixels)), [480, 480, 960, 960]);
        for text in ["", "0", "-480", "960 480", "480  960", "x", "480 480"] {
            assert_eq!(text.parse::<PictureWidths>(), Err(NoWidths), "{text}");
        }
        assert_eq!(PictureWidths::new(Vec::new()), None);
    }

    #[test]
    fn a_file_is_named_by_its_bytes_and_width() {
        assert_eq!(file_of("ab12", 960), "photo/ab/ab12-960.jpg");
    }
}
