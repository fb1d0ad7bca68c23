//! One entry a body: printings of one name together, shorter forms with the only longer one that they can mean.

use std::collections::BTreeMap;

use domain::fold::fold;
use domain::reading::{BodyDraft, Confidence, Span};

use super::Mention;

/// Words at which a shorter form may end: the area's name behind them is understood.
const LEVEL_WORDS: [&str; 9] = ["huyen", "tinh", "xa", "phuong", "uy", "tran", "pho", "quan", "doan"];
/// Longer forms looked at for one shorter form.
const LONGER_MAX: usize = 16;

struct Entry {
    name: String,
    spans: Vec<Span>,
}

/// The bodies of the mentions, in the order of the text.
pub fn merge(mentions: Vec<Mention>) -> Vec<BodyDraft> {
    let mut entries: BTreeMap<String, Entry> = BTreeMap::new();
    for mention in mentions {
        let name = mention.name.split_whitespace().collect::<Vec<_>>().join(" ");
        let entry = entries.entry(plain(&name)).or_insert_with(|| Entry { name: name.clone(), spans: Vec::new() });
        if entry.name.starts_with(char::is_lowercase) {
            entry.name = name;
        }
        entry.spans.push(mention.span);
    }
    let longer: Vec<(String, String)> = entries.keys().filter_map(|short| Some((short.clone(), only_longer(&entries, short)?))).collect();
    for (short, long) in longer.into_iter().rev() {
        if let Some(gone) = entries.remove(&short)
            && let Some(entry) = entries.get_mut(&long)
        {
            entry.spans.extend(gone.spans);
        }
    }
    let mut bodies: Vec<BodyDraft> = entries
        .into_values()
        .filter(|entry| !entry.name.starts_with(char::is_lowercase))
        .map(|mut entry| {
            entry.spans.sort_unstable();
            entry.spans.dedup();
            BodyDraft { name: entry.name, spans: entry.spans, confidence: Confidence::Sure }
        })
        .collect();
    bodies.sort_by_key(|body| body.spans.first().map_or(usize::MAX, |span| span.start));
    bodies
}

/// The next longer form, if all longer forms are forms of one body.
fn only_longer(entries: &BTreeMap<String, Entry>, short: &str) -> Option<String> {
    let opening = format!("{short} ");
    let longer: Vec<&String> = entries
        .range(opening.clone()..)
        .map(|(key, _)| key)
        .take_while(|key| key.starts_with(&opening))
        .filter(|key| completes(short, key))
        .take(LONGER_MAX)
        .collect();
    let longest = longer.iter().max_by_key(|key| key.len())?;
    longer
        .iter()
        .all(|key| longest.starts_with(key.as_str()))
        .then(|| longer.iter().min_by_key(|key| key.len()).map(|key| (*key).clone()))
        .flatten()
}

/// Whether what the longer form adds is a level or the area behind one.
fn completes(short: &str, long: &str) -> bool {
    let added = long.get(short.len()..).and_then(|rest| rest.split_whitespace().next()).unwrap_or("");
    short.split(' ').next_back().is_some_and(|last| LEVEL_WORDS.contains(&last)) || LEVEL_WORDS.contains(&added)
}

/// Folded, abbreviations written out, so that "UBKT" and "Ủy ban Kiểm tra" are one.
fn plain(name: &str) -> String {
    let words: Vec<String> = fold(name)
        .split(' ')
        .map(|word| {
            match word {
                "ubnd" => "uy ban nhan dan",
                "hdnd" => "hoi dong nhan dan",
                "btv" => "ban thuong vu",
                "bch" => "ban chap hanh",
                "ubkt" => "uy ban kiem tra",
                "mttq" => "mat tran to quoc",
                "dbqh" => "dai bieu quoc hoi",
                "lhpn" => "lien hiep phu nu",
                "tt" | "ttr" => "thuong truc",
                "&" => "va",
                "gtvt" => "giao thong van tai",
                "kh&dt" | "kh-dt" | "khdt" => "ke hoach va dau tu",
                "tn&mt" | "tnmt" => "tai nguyen va moi truong",
                "nn&mt" => "nong nghiep va moi truong",
                "nn&ptnt" | "nnptnt" => "nong nghiep va phat trien nong thon",
                "gd&dt" | "gddt" | "gd-dt" => "giao duc va dao tao",
                "kh&cn" | "khcn" => "khoa hoc va cong nghe",
                "tt&tt" | "tttt" => "thong tin va truyen thong",
                "ldtbxh" | "ldtb&xh" | "ld-tb&xh" => "lao dong - thuong binh va xa hoi",
                "vhttdl" | "vh,tt&dl" | "vhtt&dl" => "van hoa, the thao va du lich",
                "ptnt" => "phat trien nong thon",
                "bhxh" => "bao hiem xa hoi",
                "bchqs" => "bo chi huy quan su",
                word => word,
            }
            .to_owned()
        })
        .collect();
    words.join(" ")
}
