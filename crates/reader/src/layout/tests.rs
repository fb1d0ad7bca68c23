//! Whole papers in few lines: what each line is taken for.

use super::*;

/// The blocks as "letter words", one a line: h headline, l letterhead, 1–5 heading, p paragraph, i item, f file, c caption,
/// s signature, r recipients, o source, b byline, x chrome.
fn check(paper: &str, expect: &[&str]) -> Layout {
    let layout = lay_out(paper, None);
    let letter = |kind: BlockKind| match kind {
        BlockKind::Headline => "h".to_owned(),
        BlockKind::Letterhead => "l".to_owned(),
        BlockKind::Heading { level } => level.to_string(),
        BlockKind::Paragraph { item } => if item { "i" } else { "p" }.to_owned(),
        BlockKind::PhotoFile => "f".to_owned(),
        BlockKind::Caption => "c".to_owned(),
        BlockKind::Signature => "s".to_owned(),
        BlockKind::Recipients => "r".to_owned(),
        BlockKind::Source => "o".to_owned(),
        BlockKind::Byline => "b".to_owned(),
        BlockKind::Chrome => "x".to_owned(),
    };
    let short = |span: Span| span.of(paper).unwrap_or("").chars().take(14).collect::<String>().trim_end().to_owned();
    let got: Vec<String> = layout.blocks.iter().map(|block| format!("{} {}", letter(block.kind), short(block.span))).collect();
    assert_eq!(got, expect);
    layout
}

const PROSE: &str =
    "Đoàn công tác của tỉnh đã làm việc với huyện về tình hình phát triển kinh tế - xã hội những tháng đầu năm và nhiệm vụ thời gian tới.";

#[test]
fn a_page_of_news_with_its_site() {
    let paper = format!(
        "Trang chủ > Thời sự\nThứ Ba, 12/3/2024 | 17:05\nTỉnh gỡ khó cho huyện\nTỉnh gỡ khó cho huyện\nHà An\n\n{PROSE}\n\nGỡ từng việc\n\nA_1.JPG\nQuang cảnh buổi họp.\nẢnh: Hà An\n\n{PROSE}\n\nTheo baolamgiang.vn\n1 2 3 ... Trang cuối\nTin liên quan\nKhai hội mùa xuân\nLượt xem: 3\n"
    );
    let layout = check(
        &paper,
        &[
            "x Trang chủ > Th",
            "x Thứ Ba, 12/3/2",
            "h Tỉnh gỡ khó ch",
            "h Tỉnh gỡ khó ch",
            "b Hà An",
            "p Đoàn công tác",
            "1 Gỡ từng việc",
            "f A_1.JPG",
            "c Quang cảnh buổ",
            "p Đoàn công tác",
            "o Theo baolamgia",
            "x 1 2 3 ... Tran",
            "x Tin liên quan",
            "x Khai hội mùa x",
            "x Lượt xem: 3",
        ],
    );
    assert_eq!(layout.source.as_deref(), Some("baolamgiang.vn"));
    assert_eq!(layout.byline.as_deref(), Some("Hà An"));
    assert_eq!(layout.published_on.map(|day| day.to_string()).as_deref(), Some("2024-03-12"));
    assert_eq!(layout.kind, PaperKind::NewsArticle);
}

#[test]
fn an_official_paper_in_two_columns() {
    let paper = "UBND TỈNH LAM GIANG\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 5/TB-UBND\tLam Khê, ngày 3 tháng 7 năm 2024\n\nTHÔNG BÁO\nKết luận của Chủ tịch UBND tỉnh\ntại cuộc họp tháng 6\n-----\n\nI. CHUNG\n1. Về kinh tế\na) Giao Sở Tài chính rà soát\nb) Giao Sở Nội vụ báo cáo\n2. Các sở thực hiện./.\n\nNơi nhận:\tKT. CHỦ TỊCH\n- Như trên;\tPHÓ CHỦ TỊCH\n- Lưu: VT.\tHồ Thị Lan\n";
    let layout = check(
        paper,
        &[
            "l UBND TỈNH LAM",
            "l CỘNG HÒA XÃ HỘ",
            "l Số: 5/TB-UBND",
            "l Lam Khê, ngày",
            "h THÔNG BÁO\nKết",
            "l -----",
            "1 I. CHUNG",
            "2 1. Về kinh tế",
            "i a) Giao Sở Tài",
            "i b) Giao Sở Nội",
            "i 2. Các sở thực",
            "r Nơi nhận:",
            "s KT. CHỦ TỊCH",
            "r - Như trên;",
            "s PHÓ CHỦ TỊCH",
            "r - Lưu: VT.",
            "s Hồ Thị Lan",
        ],
    );
    assert_eq!(layout.headline.as_deref(), Some("THÔNG BÁO Kết luận của Chủ tịch UBND tỉnh tại cuộc họp tháng 6"));
    assert_eq!(layout.kind, PaperKind::ConclusionNotice);
    assert_eq!(layout.published_on.map(|day| day.to_string()).as_deref(), Some("2024-07-03"));
}

#[test]
fn nothing_breaks_it() {
    for paper in
        ["", "\n\n", "-", "A.JPG", "THÔNG BÁO", "Số 1-TB/TU", "Nơi nhận:", "\u{301}\u{301}", "đ/", "1.1.1.1.1.", "Theo ", "ngày", "Ảnh: "]
    {
        let _ = crate::read(paper, None);
    }
}
