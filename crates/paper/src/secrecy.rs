//! The stamps *Mật*, *Tối mật*, *Tuyệt mật* in a paper's heading block. A stamped paper never enters the program.
//! The words inside a sentence ("bí mật nhà nước", "mật ong") are no stamp: a stamp is a line or a column of its own.

use unicode_normalization::UnicodeNormalization;

/// The three stamps of the law on the protection of state secrets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stamp {
    /// *MẬT*
    Secret,
    /// *TỐI MẬT*
    TopSecret,
    /// *TUYỆT MẬT*
    StrictlySecret,
}

impl Stamp {
    /// The stamp's words.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Secret => "MẬT",
            Self::TopSecret => "TỐI MẬT",
            Self::StrictlySecret => "TUYỆT MẬT",
        }
    }
}

/// Lines that a heading block may have: two columns of a letterhead, one under the other, with the title.
const HEADING_LINES_MAX: usize = 25;
/// A line this long is running text; a stamp does not stand below it.
const HEADING_LINE_CHARACTERS_MAX: usize = 160;
/// A stamp with letters set apart, brackets and its label is still shorter than this.
const STAMP_CHARACTERS_MAX: usize = 60;

/// The stamp of a paper and the line, counted from 1, that carries it.
pub fn find_stamp(text: &str) -> Option<(Stamp, usize)> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .take(HEADING_LINES_MAX)
        .take_while(|(_, line)| line.chars().nth(HEADING_LINE_CHARACTERS_MAX).is_none())
        .find_map(|(index, line)| Some((stamp_in_line(line)?, index + 1)))
}

/// A line that is a stamp, or one whose columns (split by tabs, bars or wide gaps) hold one.
fn stamp_in_line(line: &str) -> Option<Stamp> {
    stamp_in_cell(line).or_else(|| line.split(['\t', '|']).flat_map(|column| column.split("   ")).find_map(stamp_in_cell))
}

fn stamp_in_cell(cell: &str) -> Option<Stamp> {
    if cell.chars().nth(STAMP_CHARACTERS_MAX).is_some() {
        return None;
    }
    // Only the letters count: "[M Ậ T]", "- MẬT -" and "Độ mật: MẬT" are one stamp. NFC, so that marks typed
    // in another order or as characters of their own are the same letter.
    let letters: String = cell.nfc().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).map(vietnamese_d).nfc().collect();
    let label = ["MỨCĐỘMẬT", "DẤUĐỘMẬT", "ĐỘMẬT", "DẤUMẬT", "MỨCĐỘ", "DẤU"].iter().find_map(|label| letters.strip_prefix(label));
    match label.unwrap_or(&letters) {
        "MẬT" => Some(Stamp::Secret),
        "TỐIMẬT" => Some(Stamp::TopSecret),
        "TUYỆTMẬT" => Some(Stamp::StrictlySecret),
        // "DẤU MẬT" with nothing behind it: the label is the stamp.
        "" if letters == "DẤUMẬT" => Some(Stamp::Secret),
        _ => None,
    }
}

/// Old fonts print the Icelandic Ð for Đ.
const fn vietnamese_d(c: char) -> char {
    if c == 'Ð' { 'Đ' } else { c }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(line: &str) -> Option<Stamp> {
        find_stamp(&format!("TỈNH ỦY LAM GIANG\n*\n{line}\nSố 12-BC/TU\n")).map(|(stamp, _)| stamp)
    }

    #[test]
    fn a_stamp_is_seen_however_it_is_set() {
        for line in [
            "MẬT",
            "  Mật  ",
            "[MẬT]",
            "(MẬT)",
            "- MẬT -",
            "M Ậ T",
            "M  Ậ  T",
            "Độ mật: MẬT",
            "ĐỘ MẬT: Mật",
            "DẤU MẬT",
            "Mức độ mật: mật",
            "**MẬT**",
            "MẬT.",
            "ÐỘ MẬT: MẬT",
            "MA\u{302}\u{323}T",
            "MA\u{323}\u{302}T",
            "M\u{c2}\u{323}T",
            "TỈNH ỦY LAM GIANG\tMẬT",
            "Số 12 | MẬT | Lam Khê",
            "HUYỆN ỦY      MẬT",
        ] {
            assert_eq!(stamp(line), Some(Stamp::Secret), "{line}");
        }
        for line in ["TỐI MẬT", "Tối Mật", "T Ố I   M Ậ T", "« TỐI MẬT »", "Độ mật: Tối mật"] {
            assert_eq!(stamp(line), Some(Stamp::TopSecret), "{line}");
        }
        assert_eq!(stamp("TUYỆT MẬT"), Some(Stamp::StrictlySecret));
        assert_eq!(stamp(&"TUYỆT MẬT".nfd().collect::<String>()), Some(Stamp::StrictlySecret));
    }

    #[test]
    fn the_word_in_a_sentence_is_no_stamp() {
        for line in [
            "Bảo vệ bí mật nhà nước",
            "BÍ MẬT",
            "MẬT ONG",
            "Sản lượng mật ong đạt 12 tấn",
            "MẶT",
            "MẤT",
            "MẮT",
            "Độ mật: Thường",
            "Độ mật: không",
            "ĐỘ MẬT",
            "Không mật",
            "Văn phòng đã tối mật",
            "mật độ",
        ] {
            assert_eq!(stamp(line), None, "{line}");
        }
    }

    #[test]
    fn below_the_heading_block_it_is_content() {
        let long = "Đồng chí Bí thư phát biểu. ".repeat(10);
        assert_eq!(find_stamp(&format!("Tiêu đề\n{long}\nMẬT\n")), None);
        let lines = "Dòng\n".repeat(HEADING_LINES_MAX);
        assert_eq!(find_stamp(&format!("{lines}MẬT\n")), None);
        assert_eq!(
            find_stamp(&format!("{}\nMẬT\n", lines.trim_end().rsplit_once('\n').unwrap().0)),
            Some((Stamp::Secret, HEADING_LINES_MAX))
        );
        assert_eq!(find_stamp("A\n\n\n\nMẬT"), Some((Stamp::Secret, 5)));
    }
}
