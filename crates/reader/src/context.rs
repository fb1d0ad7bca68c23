//! Whether a stretch tells what has happened or what is still to be: headings, lead-ins, requests, assignments, plans.
//! It is light on purpose: it finds no proposals and no tasks, it only says from which word on a figure is a target.

use domain::reading::PaperKind;

use crate::words::Line;

/// How a stretch looks at its figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Outlook {
    /// What has happened.
    #[default]
    Done,
    /// What is asked, assigned, planned or resolved.
    ToCome,
}

/// The outlook that headings and lead-in lines give to what stands below them.
#[derive(Debug, Default)]
pub struct Outlooks {
    resolution: bool,
    headings: Vec<(u8, Option<Outlook>)>,
    lead_in: Option<Outlook>,
}

impl Outlooks {
    /// Before the first line of a paper.
    pub fn new(kind: PaperKind) -> Self {
        Self { resolution: kind == PaperKind::Resolution, ..Self::default() }
    }

    /// Enters a heading.
    pub fn enter_heading(&mut self, level: u8, line: &Line<'_>) {
        self.headings.retain(|(other, _)| *other < level);
        self.headings.push((level, title_outlook(line, 0, line.len(), None)));
        self.lead_in = None;
    }

    /// Leaves the list that a lead-in line opened.
    pub fn leave_list(&mut self) {
        self.lead_in = None;
    }

    /// A line that ends with a colon speaks for the list below it.
    pub fn enter_lead_in(&mut self, line: &Line<'_>) {
        let asked = line_outlooks(line, self.now()).last().copied();
        let titled = title_outlook(line, 0, line.len(), self.given());
        self.lead_in = asked.filter(|outlook| *outlook == Outlook::ToCome).or(titled).or(asked);
    }

    fn given(&self) -> Option<Outlook> {
        self.lead_in.or_else(|| self.headings.iter().rev().find_map(|(_, outlook)| *outlook))
    }

    /// The outlook of a line that says nothing itself.
    pub fn now(&self) -> Outlook {
        let resolved = if self.resolution && !self.headings.is_empty() { Outlook::ToCome } else { Outlook::Done };
        self.given().unwrap_or(resolved)
    }
}

/// What a title or a lead-in (tokens `from..to`) says; its first telling word decides.
/// Under a heading that tells results, "nhóm chỉ tiêu kinh tế" only sorts them.
fn title_outlook(line: &Line<'_>, from: usize, to: usize, above: Option<Outlook>) -> Option<Outlook> {
    (from..to).find_map(|at| match (line.word(at), line.word(at + 1)) {
        ("kết", "quả")
        | ("đánh", "giá")
        | ("tình", "hình")
        | ("hạn", "chế")
        | ("khó", "khăn")
        | ("nguyên", "nhân")
        | ("tồn", "tại")
        | ("thực", "trạng") => Some(Outlook::Done),
        ("khái", "quát") | ("đặc", "điểm") | ("thành", "phần") | ("kiểm", "điểm") | ("ưu" | "khuyết", "điểm") | ("bài", "học") => {
            Some(Outlook::Done)
        }
        ("nhiệm", "vụ") | ("giải", "pháp") | ("phương", "hướng") | ("dự", "kiến") | ("tổ", "chức")
            if line.word(at) != "tổ" || line.word(at + 2) == "thực" =>
        {
            Some(Outlook::ToCome)
        }
        ("kiến" | "đề", "nghị") | ("đề", "xuất") | ("phấn", "đấu") => Some(Outlook::ToCome),
        ("thời", "gian") if line.word(at + 2) == "tới" => Some(Outlook::ToCome),
        ("mục" | "chỉ", "tiêu") if above != Some(Outlook::Done) && names_aim(line, at) => Some(Outlook::ToCome),
        _ => None,
    })
}

/// Not "13/22 nhóm mục tiêu", not "chương trình mục tiêu quốc gia".
fn names_aim(line: &Line<'_>, at: usize) -> bool {
    let counted = line.before(at, 1) == "nhóm" && at >= 2 && line.is_number(at - 2);
    let counted = counted || at.checked_sub(1).is_some_and(|left| line.is_number(left));
    !counted && line.word(at + 2) != "quốc"
}

/// Longest lead-in that is looked at before a colon.
const LEAD_IN_MAX: usize = 60;

/// The outlook of every token of a line, from what headings and lead-ins gave it and from its own words.
pub fn line_outlooks(line: &Line<'_>, given: Outlook) -> Vec<Outlook> {
    let mut outlooks = Vec::with_capacity(line.len());
    let (mut base, mut sentence, mut clause) = (given, given, given);
    let mut opening = 0;
    for at in 0..line.len() {
        if turns_to_come(line, at) {
            (sentence, clause) = (Outlook::ToCome, Outlook::ToCome);
        } else if turns_to_done(line, at, sentence == base) {
            clause = Outlook::Done;
        }
        outlooks.push(clause);
        match line.word(at) {
            ":" => {
                if let Some(outlook) = title_outlook(line, opening.max(at.saturating_sub(LEAD_IN_MAX)), at, (opening > 0).then_some(given))
                {
                    base = if opening == 0 { outlook } else { base };
                    (sentence, clause) = (outlook, outlook);
                }
            }
            ";" => clause = sentence,
            _ if line.ends_sentence(at) => {
                (sentence, clause) = (base, base);
                opening = at + 1;
            }
            _ => {}
        }
    }
    outlooks
}

fn turns_to_come(line: &Line<'_>, at: usize) -> bool {
    match (line.word(at), line.word(at + 1)) {
        ("phấn", "đấu") | ("dự", "kiến") | ("quyết", "tâm") | ("sẽ", _) | ("mong", "muốn") => true,
        ("hướng", "tới" | "đến") | ("đặt", "mục" | "chỉ") => true,
        ("cần", next) => !matches!(next, "thiết" | "cù" | "mẫn" | "thơ" | "chính") && line.before(at, 1) != "không",
        ("đề" | "kiến", "nghị") | ("đề", "xuất") | ("yêu", "cầu") => is_request_verb(line, at),
        ("giao", _) => is_assignment(line, at),
        ("nhất", "trí") | ("đồng", "ý") => {
            line.before(at, 1) != "dự"
                && matches!(
                    line.word(at + 2),
                    "về" | "chủ" | "cho" | "bổ" | "nâng" | "với" | "bố" | "hỗ" | "giao" | "tăng" | "điều" | "cấp" | "kéo"
                )
        }
        _ => false,
    }
}

/// "các đề nghị của huyện", "theo yêu cầu", "16 kiến nghị" are nouns.
fn is_request_verb(line: &Line<'_>, at: usize) -> bool {
    let noun_before = matches!(
        line.before(at, 1),
        "các"
            | "những"
            | "số"
            | "về"
            | "dung"
            | "đơn"
            | "bản"
            | "văn"
            | "theo"
            | "với"
            | "của"
            | "ứng"
            | "được"
            | "từng"
            | "mọi"
            | "đạt"
            | "kiến"
            | "một"
            | "này"
            | "trước"
            | "hợp"
    ) || at.checked_sub(1).is_some_and(|left| line.is_number(left));
    let noun_behind = matches!(line.word(at + 2), "của" | "trên" | "này" | "nêu" | "đã" | "liên" | "cử" | "." | ";" | ")" | "");
    !noun_before && !noun_behind
}

/// *Giao* at the head of a clause with someone behind it; not "dự toán HĐND tỉnh giao".
fn is_assignment(line: &Line<'_>, at: usize) -> bool {
    let someone = line.is_capital(at + 1)
        || matches!(line.word(at + 1), "các" | "cho" | "mỗi" | "đồng" | "đ" | "ngành" | "lãnh" | "thường" | "huyện" | "chủ" | "bí");
    let opens = at == 0
        || matches!(line.before(at, 1), "." | "," | ";" | ":" | "-" | "và" | "thời" | "đồng")
        || line.is_capital(at)
        || line.is_capital(at - 1);
    let noun = matches!(line.before(at, 1), "bàn" | "chuyển" | "ngoại" | "được") || matches!(line.word(at + 1), "thông" | "lưu" | "dịch");
    someone && opens && !noun
}

/// What is told as it stands, in the middle of plans: "hiện có", "đến nay", "xác định 5 nhiệm vụ".
/// "Đã" turns only what a heading gave, not what a request asks.
fn turns_to_done(line: &Line<'_>, at: usize, only_given: bool) -> bool {
    match (line.word(at), line.word(at + 1)) {
        ("hiện", "có" | "là" | "chỉ" | "nay" | "tại" | "còn" | "đã" | "mới" | "đang") => true,
        ("đến", "nay") => true,
        ("xác", "định") => only_given && at > 0,
        ("đã", next) => only_given && next != "được" && next != "đề",
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::reading::Span;

    /// The words up to which a line tells what has happened are in front of `|`.
    fn check(marked: &str) {
        let text = marked.replace('|', "");
        let line = Line::cut(&text, Span { start: 0, end: text.len() });
        let outlooks = line_outlooks(&line, Outlook::Done);
        let border = marked.find('|').unwrap_or(text.len());
        for (at, outlook) in outlooks.iter().enumerate() {
            let expect = if line.span(at, at + 1).is_some_and(|span| span.start < border) { Outlook::Done } else { Outlook::ToCome };
            assert_eq!(*outlook, expect, "{} in {marked}", line.printed(at));
        }
    }

    #[test]
    fn finds_where_plans_and_requests_begin() {
        check("Thu ngân sách đạt 12 tỷ đồng, bằng 98% dự toán HĐND tỉnh giao.");
        check("Huyện có 5 xã đạt chuẩn; |phấn đấu đạt 7 xã; thêm 2 thôn.");
        check("UBND huyện |đề nghị UBND tỉnh bố trí 5 tỷ đồng.");
        check("Các đề nghị của huyện và 16 kiến nghị đã được trả lời.");
        check("Đồng chí nêu rõ: |giao Sở Tài chính bố trí 3 tỷ đồng.");
        check("Chương trình mục tiêu quốc gia giải ngân 5 tỷ đồng.");
    }
}
