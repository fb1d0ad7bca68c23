//! Orders downward, made of what [`crate::act`] found.

use std::collections::HashSet;

use domain::reading::{Confidence, PersonDraft, TaskDraft};
use jiff::civil::Date;

use crate::act::{Acts, What, find_due, heads_name};

/// A person's name has at most this many words.
const NAME_WORDS_MAX: usize = 5;
/// An order names no more bodies in its front; more are a list of recipients.
const LEADS_MAX: usize = 12;

/// The drafts of the orders, in the order of the text, one for each body that is charged; `paper` is the paper's day.
pub fn tasks(text: &str, acts: &Acts, people: &[PersonDraft], paper: Option<Date>) -> Vec<TaskDraft> {
    let names: HashSet<&str> = people.iter().map(|person| person.name.as_str()).collect();
    let mut drafts = Vec::new();
    for finding in acts.findings.iter().filter(|finding| finding.what == What::Task) {
        let Some(quote) = finding.span.of(text) else { continue };
        let assigned_by = finding.voice.as_ref().map(|voice| voice.name.clone()).filter(|name| !name.is_empty());
        let due = find_due(text, finding.span, paper);
        for lead in leads(finding.doers.lead.as_deref(), &names) {
            let confidence = match (&assigned_by, &lead) {
                (Some(_), Some(lead)) if quote.contains(lead.as_str()) => Confidence::Sure,
                (None, None) => Confidence::Check,
                _ => Confidence::Fair,
            };
            drafts.push(TaskDraft {
                quote: quote.to_owned(),
                assigned_by: assigned_by.clone(),
                lead,
                cooperating: finding.doers.cooperating.clone(),
                due,
                span: finding.span,
                confidence,
            });
        }
    }
    drafts
}

/// Each that is charged: bodies joined by commas and "và" one by one, a person by name.
fn leads(printed: Option<&str>, names: &HashSet<&str>) -> Vec<Option<String>> {
    let Some(printed) = printed else { return vec![None] };
    if let Some(name) = person_of(printed, names) {
        return vec![Some(name)];
    }
    let bodies = bodies_of(printed);
    if bodies.len() < 2 {
        return vec![Some(printed.to_owned())];
    }
    bodies.into_iter().map(|body| Some(body.to_owned())).collect()
}

/// "Phó Chủ tịch UBND tỉnh …": the name behind the titles.
fn person_of(printed: &str, names: &HashSet<&str>) -> Option<String> {
    let starts: Vec<usize> = printed.char_indices().filter(|(_, c)| *c == ' ').map(|(at, _)| at + 1).collect();
    let first = starts.len().saturating_sub(NAME_WORDS_MAX);
    starts.iter().skip(first).filter_map(|at| printed.get(*at..)).find(|name| names.contains(name)).map(str::to_owned)
}

/// "Sở Nội vụ, Sở Tài chính và UBND xã …", each with a name of its own; a group ("các đơn vị"), or heads that share a level
/// ("HĐND, UBND huyện"), stay together.
fn bodies_of(printed: &str) -> Vec<&str> {
    let mut bodies = Vec::new();
    let mut from = 0;
    for (at, joint) in printed.match_indices(", ").chain(printed.match_indices(" và ")).collect::<std::collections::BTreeMap<_, _>>() {
        let behind = at + joint.len();
        let Some(rest) = printed.get(behind..) else { continue };
        if rest.starts_with("các ") || printed.starts_with("Các ") || printed.starts_with("các ") {
            return Vec::new();
        }
        if rest.starts_with(char::is_uppercase) && heads_name(rest) {
            bodies.extend(printed.get(from..at));
            from = behind;
        }
    }
    bodies.extend(printed.get(from..));
    let named = |body: &&str| body.starts_with(char::is_uppercase) && body.split_whitespace().count() > 1 && !shares_level(body);
    if bodies.len() <= LEADS_MAX && bodies.iter().all(named) { bodies } else { Vec::new() }
}

/// "Thường trực", "Ban Thường vụ" without an owner.
fn shares_level(body: &str) -> bool {
    ["Thường trực", "Ban Thường vụ", "Đảng ủy", "Hội đồng nhân dân", "Ủy ban nhân dân"].contains(&body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_body_that_is_charged_leads() {
        for (printed, expect) in [
            ("Sở Nội vụ, Sở Tài chính và UBND xã Khe Lạnh", &["Sở Nội vụ", "Sở Tài chính", "UBND xã Khe Lạnh"][..]),
            ("Sở Văn hóa, Thể thao và Du lịch", &["Sở Văn hóa, Thể thao và Du lịch"]),
            ("HĐND, UBND huyện", &["HĐND, UBND huyện"]),
            ("Sở Nội vụ, các đơn vị liên quan", &["Sở Nội vụ, các đơn vị liên quan"]),
            ("Phó Chủ tịch UBND tỉnh Lò Văn Pản", &["Lò Văn Pản"]),
            ("huyện", &["huyện"]),
        ] {
            let names = HashSet::from(["Lò Văn Pản"]);
            let got: Vec<String> = leads(Some(printed), &names).into_iter().flatten().collect();
            assert_eq!(got, expect, "{printed}");
        }
        assert_eq!(leads(None, &HashSet::new()), [None]);
    }
}
