//! Types of papers with their abbreviations (Appendix III of Decree 30/2020/NĐ-CP and the Party's Guidance 36-HD/VPTW).

/// A type's words and its abbreviation; longer names first.
pub const TYPES: &[(&str, &str)] = &[
    ("thông báo kết luận", "TB"),
    ("kết luận thanh tra", "KL"),
    ("thông tư liên tịch", "TTLT"),
    ("nghị quyết liên tịch", "NQLT"),
    ("kế hoạch hành động", "KH"),
    ("chương trình hành động", "CTr"),
    ("chương trình phối hợp", "CTr"),
    ("quy chế phối hợp", "QC"),
    ("báo cáo chính trị", "BC"),
    ("nghị quyết", "NQ"),
    ("chỉ thị", "CT"),
    ("kết luận", "KL"),
    ("thông báo", "TB"),
    ("quyết định", "QĐ"),
    ("quy định", "QĐi"),
    ("quy chế", "QC"),
    ("kế hoạch", "KH"),
    ("báo cáo", "BC"),
    ("tờ trình", "TTr"),
    ("công văn", "CV"),
    ("văn bản", "CV"),
    ("công điện", "CĐ"),
    ("chương trình", "CTr"),
    ("đề án", "ĐA"),
    ("phương án", "PA"),
    ("hướng dẫn", "HD"),
    ("thông tư", "TT"),
    ("thông tri", "TT"),
    ("nghị định", "NĐ"),
    ("pháp lệnh", "PL"),
    ("biên bản", "BB"),
    ("giấy mời", "GM"),
    ("giấy phép", "GP"),
    ("luật", "Luật"),
    ("sắc lệnh", "SL"),
    ("lệnh", "L"),
];

/// Types written short before a symbol, in exactly these letters.
pub const SHORT_TYPES: &[(&str, &str)] = &[
    ("NQ", "NQ"),
    ("CT", "CT"),
    ("KL", "KL"),
    ("TB", "TB"),
    ("QĐ", "QĐ"),
    ("KH", "KH"),
    ("BC", "BC"),
    ("TTr", "TTr"),
    ("CV", "CV"),
    ("VB", "CV"),
    ("HD", "HD"),
    ("CTr", "CTr"),
    ("NĐ", "NĐ"),
    ("TT", "TT"),
    ("ĐA", "ĐA"),
    ("CĐ", "CĐ"),
];

/// The type that a symbol's own letters name ("412-TB/TU"); a symbol without one is a letter's.
pub fn type_in_symbol(symbol: &str) -> Option<&'static str> {
    let parts = symbol.split(['/', '-', '–', ' ']).filter(|part| part.chars().any(char::is_alphabetic));
    let known: Vec<&'static str> = parts
        .filter_map(|part| {
            let exact = TYPES.iter().map(|(_, short)| *short).chain(["QyĐ", "NQLT"]).find(|short| *short == part);
            exact.or_else(|| {
                TYPES.iter().map(|(_, short)| *short).find(|short| short.len() > 1 && short.to_uppercase() == part.to_uppercase())
            })
        })
        .collect();
    known.first().copied()
}
