//! Figures of small papers. A case is a text, then one line a figure:
//! `quote | value | unit | role | period | measure`, with the comparator before the role where it is not `eq`.

use domain::reading::{Comparator, FigureDraft, FigureRole, Period};
use jiff::civil::date;

fn name<T: std::fmt::Debug>(value: T) -> String {
    let mut name = String::new();
    for c in format!("{value:?}").chars() {
        if c.is_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.extend(c.to_lowercase());
    }
    name
}

fn days(period: Option<Period>) -> String {
    let day = |day: Option<jiff::civil::Date>| day.map_or(String::new(), |day| day.to_string());
    period.map_or("-".to_owned(), |period| format!("{}..{}", day(period.from), day(period.to)))
}

fn print(figure: &FigureDraft) -> String {
    let value = figure.of.map_or(figure.value.to_string(), |of| format!("{}/{of}", figure.value));
    let bound = if figure.comparator == Comparator::Eq { String::new() } else { format!("{} ", name(figure.comparator)) };
    let role: FigureRole = figure.role;
    format!("{} | {value} | {} | {bound}{} | {} | {}", figure.quote, figure.unit, name(role), days(figure.period), figure.measure)
}

/// Reads `text` as the body of a news page of 20/4/2024.
fn check(text: &str, expect: &[&str]) {
    let reading = crate::read(&format!("Tin trong ngày\n\n{text}\n"), Some(date(2024, 4, 20)));
    let figures: Vec<String> = reading.figures.iter().map(print).collect();
    assert_eq!(figures, expect, "{text}");
    assert!(reading.figures.iter().all(|figure| figure.span.of(&reading.text) == Some(figure.quote.as_str())));
}

#[test]
fn slashes_are_actual_and_target_or_part_and_whole() {
    check("Toàn xã có 7/9 thôn có nhà văn hóa.", &["7/9 thôn | 7/9 | thôn | actual | - | thôn có nhà văn hóa"]);
    check(
        "Diện tích chè 31,5/40 ha; xóa 52/50 nhà tạm; giải ngân 12 tỷ đồng/20 tỷ đồng (60%).",
        &[
            "31,5/40 ha | 31.5 | ha | actual | - | diện tích chè",
            "31,5/40 ha | 40 | ha | target | - | diện tích chè",
            "52/50 nhà tạm | 52 | nhà tạm | actual | - | xóa nhà tạm",
            "52/50 nhà tạm | 50 | nhà tạm | target | - | xóa nhà tạm",
            "12 tỷ đồng/20 tỷ đồng | 12 | tỷ đồng | actual | - | giải ngân",
            "12 tỷ đồng/20 tỷ đồng | 20 | tỷ đồng | target | - | giải ngân",
            "60% | 60 | % | of_plan | - | giải ngân",
        ],
    );
    check(
        "Kết nạp 18/24 hội viên, đạt 75% kế hoạch.",
        &[
            "18/24 hội viên | 18 | hội viên | actual | - | kết nạp hội viên",
            "18/24 hội viên | 24 | hội viên | target | - | kết nạp hội viên",
            "75% | 75 | % | of_plan | - | kết nạp hội viên",
        ],
    );
}

#[test]
fn names_dates_ranks_and_symbols_are_no_figures() {
    for text in [
        "Huyện đứng thứ 4/9 toàn tỉnh.",
        "Sáng 17/4, đoàn đi dọc đường tỉnh 162 đến thôn Nà Lẻng 2.",
        "Căn cứ Nghị quyết số 31/2023/NQ-HĐND ngày 08/12/2023, Công văn 114-CV/VPTU và Đề án 06.",
        "Hội nghị lần thứ 12 họp từ 08 giờ 00 phút ngày 25.3.2024 tại Phòng họp số 3.",
        "Liên hệ số điện thoại 0214.3999.017.",
        "Bình quân 03 năm, người dưới 18 tuổi giữ vững truyền thống.",
        "Tàu chạy theo tuyến 4D, phòng dịch Covid-19.",
        "Có 11/18 nhóm mục tiêu đạt 100%, 5/18 nhóm mục tiêu đạt từ 70% trở lên.",
    ] {
        check(text, &[]);
    }
}

#[test]
fn roles_follow_the_verb() {
    check(
        "Thu ngân sách đạt 50 tỷ đồng, bằng 104% dự toán, tăng 6% so với cùng kỳ; cây chè chiếm 40% diện tích.",
        &[
            "50 tỷ đồng | 50 | tỷ đồng | actual | - | thu ngân sách",
            "104% | 104 | % | of_plan | - | thu ngân sách",
            "6% | 6 | % | change | - | thu ngân sách",
            "40% | 40 | % | share | - | cây chè",
        ],
    );
    check(
        "Tỷ lệ hộ dùng nước sạch đạt 82%, vượt 2% mục tiêu và thấp hơn 1,5 điểm phần trăm so với bình quân chung.",
        &[
            "82% | 82 | % | actual | - | tỷ lệ hộ dùng nước sạch",
            "2% | 2 | % | over_target | - | tỷ lệ hộ dùng nước sạch",
            "1,5 điểm phần trăm | 1.5 | điểm phần trăm | change | - | tỷ lệ hộ dùng nước sạch",
        ],
    );
    check(
        "Số hộ nghèo giảm từ 320 hộ (năm 2021) xuống còn 145 hộ (cuối năm 2023).",
        &["320 hộ | 320 | hộ | baseline | 2021-01-01..2021-12-31 | số hộ nghèo", "145 hộ | 145 | hộ | actual | ..2023-12-31 | số hộ nghèo"],
    );
}

#[test]
fn what_is_asked_or_planned_is_a_target() {
    check(
        "Xã đề nghị huyện hỗ trợ 12 tấn xi măng; nâng số lớp từ 3 lớp lên 5 lớp.",
        &["12 tấn | 12 | tấn | target | - | xi măng", "3 lớp | 3 | lớp | baseline | - | số lớp", "5 lớp | 5 | lớp | target | - | số lớp"],
    );
    check(
        "Huyện có 5 xã đạt chuẩn, phấn đấu đến năm 2025 có ít nhất 7 xã, không quá 10% hộ nghèo.",
        &[
            "5 xã | 5 | xã | actual | - | xã đạt chuẩn",
            "ít nhất 7 xã | 7 | xã | ge target | ..2025-12-31 | xã đạt chuẩn",
            "không quá 10% | 10 | % | le target | ..2025-12-31 | hộ nghèo",
        ],
    );
    check(
        "Vốn các chương trình mục tiêu quốc gia là 30 tỷ đồng.",
        &["30 tỷ đồng | 30 | tỷ đồng | actual | - | vốn các chương trình mục tiêu quốc gia"],
    );
}

#[test]
fn ranges_are_two_figures() {
    check(
        "Đề nghị bổ sung từ 1 - 2 biên chế; mở 3 đến 5 lớp nghề.",
        &[
            "từ 1 - 2 biên chế | 1 | biên chế | ge target | - | biên chế",
            "từ 1 - 2 biên chế | 2 | biên chế | le target | - | biên chế",
            "3 đến 5 lớp | 3 | lớp | ge target | - | lớp nghề",
            "3 đến 5 lớp | 5 | lớp | le target | - | lớp nghề",
        ],
    );
}

#[test]
fn periods_come_from_clause_sentence_and_paragraph() {
    check(
        "Quý I/2024, trồng 30 ha rừng; thu ngân sách năm 2023 đạt 5 tỷ đồng. Toàn xã có 4 hợp tác xã. Đến nay, còn 12 hộ nghèo.",
        &[
            "30 ha | 30 | ha | actual | 2024-01-01..2024-03-31 | trồng rừng",
            "5 tỷ đồng | 5 | tỷ đồng | actual | 2023-01-01..2023-12-31 | thu ngân sách",
            "4 hợp tác xã | 4 | hợp tác xã | actual | 2024-01-01..2024-03-31 | hợp tác xã",
            "12 hộ nghèo | 12 | hộ nghèo | actual | - | hộ nghèo",
        ],
    );
    check(
        "6 tháng đầu năm, đón 5,5 triệu lượt khách, tăng 12% so với năm 2022; nhiệm kỳ 2020 - 2025 mở 42 km đường.",
        &[
            "5,5 triệu lượt khách | 5.5 | triệu lượt khách | actual | 2024-01-01..2024-06-30 | lượt khách",
            "12% | 12 | % | change | 2024-01-01..2024-06-30 | lượt khách",
            "42 km | 42 | km | actual | 2020-01-01..2025-12-31 | đường",
        ],
    );
}

#[test]
fn units_are_printed_as_they_stand() {
    check(
        "Thu nhập đạt 36 triệu đồng/người/năm; có 9,5 bác sĩ/vạn dân; tuyến đường dài 2,5km; mức 300.000 đồng/tháng.",
        &[
            "36 triệu đồng/người/năm | 36 | triệu đồng/người/năm | actual | - | thu nhập",
            "9,5 bác sĩ/vạn dân | 9.5 | bác sĩ/vạn dân | actual | - | bác sĩ/vạn dân",
            "2,5km | 2.5 | km | actual | - | tuyến đường",
            "300.000 đồng/tháng | 300000 | đồng/tháng | actual | - | mức",
        ],
    );
    check("100% thôn, tổ dân phố có chi bộ.", &["100% | 100 | % | actual | - | thôn, tổ dân phố có chi bộ"]);
    check(
        "Số hợp tác xã thành lập mới là 12, tăng 3 hợp tác xã.",
        &[
            "12 | 12 | hợp tác xã | actual | - | số hợp tác xã thành lập",
            "3 hợp tác xã | 3 | hợp tác xã | change | - | số hợp tác xã thành lập",
        ],
    );
}

#[test]
fn hostile_texts_end() {
    for piece in
        ["9", "1,", "1/", "5% ", "5 xã: ", "(5% ", "năm 2023 ", "từ 1 - ", "vượt mục tiêu ", "13/22 nhóm mục tiêu ", "\u{301}", "số "]
    {
        let text = format!("Tin\n\n{}", piece.repeat(1_000));
        let reading = crate::read(&text, None);
        assert!(reading.figures.iter().all(|figure| figure.span.of(&reading.text) == Some(figure.quote.as_str())));
    }
}

#[test]
fn papers_group_digits_in_their_own_way() {
    check(
        "Tổng đàn lợn 4,520 con; diện tích quế 1,256 ha; thu 12.345.678 đồng; sản lượng 1 245 tấn.",
        &[
            "4,520 con | 4520 | con | actual | - | tổng đàn lợn",
            "1,256 ha | 1256 | ha | actual | - | diện tích quế",
            "12.345.678 đồng | 12345678 | đồng | actual | - | thu",
            "1 245 tấn | 1245 | tấn | actual | - | sản lượng",
        ],
    );
    check(
        "Mở mới 12,345 km đường; diện tích rừng 1,256 ha, trâu 2.150 con.",
        &[
            "12,345 km | 12.345 | km | actual | - | đường",
            "1,256 ha | 1.256 | ha | actual | - | diện tích rừng",
            "2.150 con | 2150 | con | actual | - | trâu con",
        ],
    );
}

#[test]
fn percentages_hang_on_what_they_are_of() {
    check(
        "Xã có 9/11 thôn văn hóa = 81,8%; huy động 42/42 trẻ ra lớp đạt 100%; còn 6/15 dự án chậm (40%).",
        &[
            "9/11 thôn | 9/11 | thôn | actual | - | thôn văn hóa",
            "81,8% | 81.8 | % | actual | - | thôn văn hóa",
            "42/42 trẻ | 42/42 | trẻ | actual | - | huy động trẻ ra lớp",
            "100% | 100 | % | actual | - | huy động trẻ ra lớp",
            "6/15 dự án | 6/15 | dự án | actual | - | dự án chậm",
            "40% | 40 | % | actual | - | dự án chậm",
        ],
    );
    check(
        "Tăng trưởng đạt 11,2%, cao hơn 1,7 điểm phần trăm so với bình quân chung toàn tỉnh (9,5%).",
        &[
            "11,2% | 11.2 | % | actual | - | tăng trưởng",
            "1,7 điểm phần trăm | 1.7 | điểm phần trăm | change | - | tăng trưởng",
            "9,5% | 9.5 | % | actual | - | bình quân chung toàn tỉnh",
        ],
    );
}

#[test]
fn headings_and_lead_ins_speak_for_what_is_below() {
    let paper = "TỈNH ỦY LAM GIANG\n*\nSố 7-BC/TU\n\nĐẢNG CỘNG SẢN VIỆT NAM\nLam Khê, ngày 10 tháng 1 năm 2024\n\nBÁO CÁO\nKết quả công tác\n\nA. KẾT QUẢ NĂM 2023\n\nI. Kinh tế\n\nThu ngân sách đạt 5 tỷ đồng.\n\nB. NHIỆM VỤ NĂM 2024\n\n1. Tập trung vào các việc sau:\n\n- Trồng 40 ha rừng.\n- Kết nạp 10 đảng viên trở lên.\n";
    let figures: Vec<String> = crate::read(paper, None).figures.iter().map(print).collect();
    assert_eq!(
        figures,
        [
            "5 tỷ đồng | 5 | tỷ đồng | actual | 2023-01-01..2023-12-31 | thu ngân sách",
            "40 ha | 40 | ha | target | 2024-01-01..2024-12-31 | trồng rừng",
            "10 đảng viên trở lên | 10 | đảng viên | ge target | 2024-01-01..2024-12-31 | kết nạp đảng viên",
        ]
    );
}
