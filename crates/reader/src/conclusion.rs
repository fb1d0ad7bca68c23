//! Assessments and commitments of the chair's conclusion, made of what [`crate::act`] found.

use domain::reading::{ConclusionDraft, ConclusionKind, Confidence};

use crate::act::{Acts, Deed, What};

/// The drafts of the conclusion's sentences, in the order of the text. Where someone concludes in so many words, what the chair
/// said before that is no conclusion.
pub fn conclusions(text: &str, acts: &Acts) -> Vec<ConclusionDraft> {
    let begins = acts.utterances.iter().find(|utterance| utterance.deed == Deed::Conclude).map_or(0, |utterance| utterance.act.start);
    let sentences = acts.findings.iter().filter(|finding| finding.span.start >= begins);
    sentences
        .filter_map(|finding| {
            let kind = match finding.what {
                What::Assessment => ConclusionKind::Assessment,
                What::Commitment => ConclusionKind::Commitment,
                What::Proposal | What::Task => return None,
            };
            let quote = finding.span.of(text)?.to_owned();
            let by = finding.voice.as_ref().map(|voice| voice.name.clone()).filter(|name| !name.is_empty());
            let confidence = if by.is_some() { Confidence::Fair } else { Confidence::Check };
            Some(ConclusionDraft { kind, by, quote, span: finding.span, confidence })
        })
        .collect()
}
