//! The marker at the head of a list's item or a heading: `I.`, `2.1.`, `a)`, `-`, `Điều 3.`.

/// The style of a marker, outermost first; siblings share it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `Phần thứ nhất`, `Chương II`, `A.`
    Part,
    /// `I.`
    Roman,
    /// `Điều 3.`
    Article,
    /// `1.`, and with the number of parts `2.1.`, `2.1.3.`
    Number(u8),
    /// `a)`
    Letter,
    /// `-`, `+`, `*`, `•`
    Bullet,
}

/// A marker: its style and how many bytes it takes with the spaces behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marker {
    /// What it looks like.
    pub style: Style,
    /// Bytes from the line's start to the first word.
    pub len: usize,
}

impl Style {
    /// The heading level, 1 for the outermost.
    pub const fn level(self) -> u8 {
        match self {
            Self::Part | Self::Roman => 1,
            Self::Article => 2,
            Self::Number(parts) => 1 + parts,
            Self::Letter => 4,
            Self::Bullet => 5,
        }
    }
}

/// The marker at the head of `text`.
pub fn marker(text: &str) -> Option<Marker> {
    let first = text.chars().next()?;
    match first {
        '-' | '+' | '*' | '•' | '–' | '—' | '●' | '▪' | '■' | '◦' | '·' | '\u{f0b7}' | '\u{2212}' => bullet(text, first),
        '(' => numbered(text, 1),
        _ if first.is_ascii_digit() => numbered(text, 0),
        'Đ' | 'C' | 'P' if named(text).is_some() => named(text),
        _ => roman(text).or_else(|| letter(text)),
    }
}

fn bullet(text: &str, first: char) -> Option<Marker> {
    let rest = text.get(first.len_utf8()..)?;
    let words = rest.trim_start();
    let begins = words.chars().next()?;
    // "-5 độ" is a number, "**đậm**" is somebody's emphasis.
    (begins.is_alphabetic() || matches!(begins, '"' | '“' | '(') || (begins.is_ascii_digit() && words.len() < rest.len()))
        .then_some(Marker { style: Style::Bullet, len: text.len() - words.len() })
}

/// `1.`, `1)`, `1/`, `2.1.`, `2.1`, `(1)`, `1-`.
fn numbered(text: &str, from: usize) -> Option<Marker> {
    let bytes = text.as_bytes();
    let (mut at, mut parts, mut dotted) = (from, 0_u8, false);
    loop {
        let digits = bytes.get(at..)?.iter().take(3).take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0 || digits == 3 {
            break;
        }
        at += digits;
        parts += 1;
        dotted = bytes.get(at) == Some(&b'.');
        if !dotted || parts == 4 {
            break;
        }
        at += 1;
    }
    if parts == 0 || (from == 1 && bytes.get(at) != Some(&b')')) {
        return None;
    }
    let closed = dotted || matches!(bytes.get(at), Some(b')' | b'/' | b'-'));
    let at = if dotted || !closed { at } else { at + 1 };
    let at = if dotted && bytes.get(at) == Some(&b'.') { at + 1 } else { at };
    finish(text, at, Style::Number(parts), closed || parts > 1)
}

/// Whether words follow as they do behind a marker: after a space, or at once with a capital ("1.Xem").
fn finish(text: &str, at: usize, style: Style, closed: bool) -> Option<Marker> {
    let rest = text.get(at..)?;
    let words = rest.trim_start();
    let begins = words.chars().next()?;
    let spaced = words.len() < rest.len();
    let capital = begins.is_uppercase() || matches!(begins, '"' | '“' | '(' | '[');
    let fits = closed && ((spaced && !matches!(style, Style::Number(2..))) || capital) && (spaced || begins.is_uppercase());
    (fits || (closed && spaced && begins.is_alphabetic())).then_some(Marker { style, len: text.len() - words.len() })
}

fn roman(text: &str) -> Option<Marker> {
    let len = text.bytes().take(6).take_while(|byte| matches!(byte, b'I' | b'V' | b'X')).count();
    if len == 0 || len == 6 {
        return None;
    }
    closed_at(text, len).and_then(|at| finish(text, at, Style::Roman, true))
}

fn letter(text: &str) -> Option<Marker> {
    let first = text.chars().next().filter(|c| c.is_alphabetic())?;
    let at = closed_at(text, first.len_utf8())?;
    let style = if first.is_uppercase() { Style::Part } else { Style::Letter };
    // "K. Sởn" and "Q. Chủ tịch" are a name and a title: capitals as markers are only the first few of the alphabet.
    if first.is_uppercase() && !matches!(first, 'A'..='F' | 'Đ') {
        return None;
    }
    finish(text, at, style, true)
}

/// Behind the closing `.`, `)`, `/`, `-`, ` -` of a one-piece marker.
fn closed_at(text: &str, len: usize) -> Option<usize> {
    let rest = text.get(len..)?;
    let spaced = rest.trim_start_matches(' ');
    let skip = rest.len() - spaced.len();
    match spaced.chars().next()? {
        '.' | ')' | '/' if skip == 0 => {
            let twice = spaced.get(1..)?.starts_with(['.', '-']);
            Some(len + 1 + usize::from(twice))
        }
        dash @ ('-' | '–') if skip <= 1 => Some(len + skip + dash.len_utf8()),
        _ => None,
    }
}

/// `Điều 3.`, `Chương II`, `Phần thứ nhất`.
fn named(text: &str) -> Option<Marker> {
    if let Some(rest) = text.strip_prefix("Điều ").or_else(|| text.strip_prefix("ĐIỀU ")) {
        let digits = rest.bytes().take(4).take_while(u8::is_ascii_digit).count();
        let at = text.len() - rest.len() + digits;
        return closed_at(text, at).filter(|_| digits > 0).and_then(|at| finish(text, at, Style::Article, true));
    }
    let rest = ["Chương ", "CHƯƠNG ", "Phần ", "PHẦN "].iter().find_map(|word| text.strip_prefix(word))?;
    let first = rest.split_whitespace().next()?;
    let numeral = first.trim_end_matches(['.', ':', '-']);
    let counted = matches!(numeral, "thứ" | "THỨ") || (!numeral.is_empty() && numeral.bytes().all(|b| matches!(b, b'I' | b'V' | b'X')));
    counted.then_some(Marker { style: Style::Part, len: 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: Option<(Style, &str)>) {
        let got = marker(text).map(|marker| (marker.style, text.get(marker.len..).unwrap_or("")));
        assert_eq!(got, expect, "{text}");
    }

    #[test]
    fn knows_markers() {
        check("I. Chung", Some((Style::Roman, "Chung")));
        check("IV- Chung", Some((Style::Roman, "Chung")));
        check("2.1. Tốc độ", Some((Style::Number(2), "Tốc độ")));
        check("2.1 Tốc độ", Some((Style::Number(2), "Tốc độ")));
        check("3. Về", Some((Style::Number(1), "Về")));
        check("3/ Về", Some((Style::Number(1), "Về")));
        check("(2) Về", Some((Style::Number(1), "Về")));
        check("3.Về", Some((Style::Number(1), "Về")));
        check("a) Giá", Some((Style::Letter, "Giá")));
        check("đ) Giá", Some((Style::Letter, "Giá")));
        check("- Giáo dục", Some((Style::Bullet, "Giáo dục")));
        check("-Giáo dục", Some((Style::Bullet, "Giáo dục")));
        check("Điều 2. Tổ chức", Some((Style::Article, "Tổ chức")));
    }

    #[test]
    fn numbers_and_names_are_no_markers() {
        for text in ["1.428 tấn", "13/22 nhóm", "17/4 là ngày", "2024 là năm", "K'Sởn", "-5 độ", "6 tháng đầu năm", "I", "Xã Tả", "V/v"]
        {
            check(text, None);
        }
    }
}
