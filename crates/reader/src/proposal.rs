//! Requests upward, made of what [`crate::act`] found.

use domain::reading::{Confidence, ProposalDraft, Span};

use crate::act::{Acts, Mentions, What, joined_alternatives, tokens};

/// The drafts of the requests, in the order of the text.
pub fn proposals(text: &str, acts: &Acts) -> Vec<ProposalDraft> {
    let requests = acts.findings.iter().filter(|finding| finding.what == What::Proposal);
    requests
        .filter_map(|finding| {
            let quote = finding.span.of(text)?.to_owned();
            let by = finding.voice.as_ref().map(|voice| voice.name.clone()).filter(|name| !name.is_empty());
            let confidence = match (&by, &finding.asked) {
                (Some(_), Some(_)) => Confidence::Sure,
                (Some(_), None) | (None, Some(_)) => Confidence::Fair,
                (None, None) => Confidence::Check,
            };
            Some(ProposalDraft {
                options: options(text, finding.span),
                quote,
                by,
                to: finding.asked.clone(),
                span: finding.span,
                confidence,
            })
        })
        .collect()
}

/// The alternatives that "hoặc" joins, where each begins with a verb; none inside a list of nouns.
fn options(text: &str, span: Span) -> Vec<String> {
    let tokens = tokens(text, span, &Mentions::new(&[], &[]));
    joined_alternatives(text, &tokens)
}
