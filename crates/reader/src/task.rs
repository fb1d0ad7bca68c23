//! Orders downward, made of what [`crate::act`] found.

use domain::reading::{Confidence, TaskDraft};
use jiff::civil::Date;

use crate::act::{Acts, What, find_due};

/// The drafts of the orders, in the order of the text; `paper` is the paper's day.
pub fn tasks(text: &str, acts: &Acts, paper: Option<Date>) -> Vec<TaskDraft> {
    let orders = acts.findings.iter().filter(|finding| finding.what == What::Task);
    orders
        .filter_map(|finding| {
            let quote = finding.span.of(text)?.to_owned();
            let assigned_by = finding.voice.as_ref().map(|voice| voice.name.clone()).filter(|name| !name.is_empty());
            let lead = finding.doers.lead.clone();
            let confidence = match (&assigned_by, &lead) {
                (Some(_), Some(lead)) if quote.contains(lead.as_str()) => Confidence::Sure,
                (None, None) => Confidence::Check,
                _ => Confidence::Fair,
            };
            let due = find_due(text, finding.span, paper);
            Some(TaskDraft {
                quote,
                assigned_by,
                lead,
                cooperating: finding.doers.cooperating.clone(),
                due,
                span: finding.span,
                confidence,
            })
        })
        .collect()
}
