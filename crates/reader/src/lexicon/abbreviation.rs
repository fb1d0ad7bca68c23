//! Abbreviations of titles and bodies, for telling that two printings are one thing.

use domain::fold::fold;

/// Folded abbreviations and what they stand for.
const ABBREVIATIONS: &[(&str, &str)] = &[
    ("ct", "chu tich"),
    ("pct", "pho chu tich"),
    ("bt", "bi thu"),
    ("pbt", "pho bi thu"),
    ("tt", "thuong truc"),
    ("ttr", "thuong truc"),
    ("gd", "giam doc"),
    ("pgd", "pho giam doc"),
    ("uvbtv", "uy vien ban thuong vu"),
    ("uvtv", "uy vien ban thuong vu"),
    ("uvbch", "uy vien ban chap hanh"),
    ("tuv", "tinh uy vien"),
    ("huv", "huyen uy vien"),
    ("ubnd", "uy ban nhan dan"),
    ("hdnd", "hoi dong nhan dan"),
    ("ubkt", "uy ban kiem tra"),
    ("btv", "ban thuong vu"),
    ("bch", "ban chap hanh"),
    ("dbqh", "dai bieu quoc hoi"),
    ("mttq", "mat tran to quoc"),
    ("ubmttq", "uy ban mat tran to quoc"),
    ("lhpn", "lien hiep phu nu"),
    ("ccb", "cuu chien binh"),
    ("bhxh", "bao hiem xa hoi"),
    ("chqs", "chi huy quan su"),
    ("bdbp", "bo doi bien phong"),
    ("&", "va"),
    ("gtvt", "giao thong van tai"),
    ("kh&dt", "ke hoach va dau tu"),
    ("kh-dt", "ke hoach va dau tu"),
    ("khdt", "ke hoach va dau tu"),
    ("tn&mt", "tai nguyen va moi truong"),
    ("tnmt", "tai nguyen va moi truong"),
    ("nn&mt", "nong nghiep va moi truong"),
    ("nn&ptnt", "nong nghiep va phat trien nong thon"),
    ("ptnt", "phat trien nong thon"),
    ("gd&dt", "giao duc va dao tao"),
    ("gddt", "giao duc va dao tao"),
    ("kh&cn", "khoa hoc va cong nghe"),
    ("khcn", "khoa hoc va cong nghe"),
    ("tt&tt", "thong tin va truyen thong"),
    ("ldtbxh", "lao dong - thuong binh va xa hoi"),
    ("ldtb&xh", "lao dong - thuong binh va xa hoi"),
    ("vhttdl", "van hoa, the thao va du lich"),
    ("vhtt&dl", "van hoa, the thao va du lich"),
];

/// The name folded, with its abbreviations written out.
pub fn written_out(name: &str) -> String {
    let folded = fold(name);
    let words: Vec<&str> =
        folded.split(' ').map(|word| ABBREVIATIONS.iter().find(|(short, _)| *short == word).map_or(word, |(_, long)| long)).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_printings_are_one() {
        for (short, long) in [
            ("CT HĐND xã", "Chủ tịch Hội đồng nhân dân xã"),
            ("UBKT Huyện uỷ", "Ủy ban Kiểm tra Huyện ủy"),
            ("Sở KH&ĐT", "Sở Kế hoạch và Đầu tư"),
        ] {
            assert_eq!(written_out(short), written_out(long));
        }
    }
}
