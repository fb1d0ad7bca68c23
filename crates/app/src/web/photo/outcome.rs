//! What became of one file that was sent, in words: each file has its own, so that a bad one does not hide the good ones.

use axum::http::StatusCode;
use domain::photo::{CaptionOf, Photo, Picture};
use domain::problem::Problem;

use crate::lang::{Lang, Said, StateWords};
use crate::photo::NotTaken;
use crate::web::Fault;

/// What became of a file.
pub struct Outcome {
    /// The name that it had.
    pub file_name: String,
    /// Taken, waiting or refused.
    pub state: StateWords,
    /// What happened, and what to do.
    pub said: Said,
    /// The status of an answer about this file alone.
    pub status: StatusCode,
    /// Whether sending it again may help.
    pub again: bool,
}

/// A file that was taken.
pub fn taken(lang: Lang, picture: &Picture, photos: &[Photo], matched: CaptionOf) -> Outcome {
    let beside = photos.iter().find(|photo| Some(photo.id) == picture.photo);
    let (state, what, advice) = match (beside, matched) {
        (Some(photo), _) => (words("done", "done", lang.photo_state_beside()), lang.photo_beside(&photo.file), String::new()),
        (None, CaptionOf::One(_)) => (waiting(lang), lang.photo_occupied().to_owned(), lang.photo_occupied_do().to_owned()),
        (None, CaptionOf::Several) => (waiting(lang), lang.photo_several().to_owned(), lang.photo_choose_do().to_owned()),
        (None, CaptionOf::None) => (waiting(lang), lang.photo_unmatched().to_owned(), lang.photo_choose_do().to_owned()),
    };
    Outcome { file_name: picture.file_name.clone(), state, said: Said { what, advice }, status: StatusCode::OK, again: false }
}

/// A file that was not taken.
pub fn refused(lang: Lang, file_name: String, why: NotTaken) -> Outcome {
    let (said, status, again) = match why {
        NotTaken::Busy => {
            let said = Said { what: lang.photo_busy().to_owned(), advice: lang.photo_busy_do().to_owned() };
            (said, StatusCode::SERVICE_UNAVAILABLE, true)
        }
        NotTaken::Fault(Fault::Problem(Problem::Taken { value, .. })) => return known(lang, file_name, value),
        NotTaken::Fault(fault) => {
            told_to_the_log(&fault);
            (fault.said(lang), fault.status(), fault.status().is_server_error())
        }
    };
    Outcome { file_name, state: words("over", "over", lang.photo_state_refused()), said, status, again }
}

/// What stands of the rest of a sending that broke off.
pub fn broken_off(lang: Lang, fault: &Fault) -> Outcome {
    let state = words("over", "over", lang.photo_state_refused());
    let said = Said { what: lang.photo_broken_off().to_owned(), advice: lang.photo_broken_off_do().to_owned() };
    Outcome { file_name: String::new(), state, said, status: fault.status(), again: true }
}

/// A file whose bytes the paper has already.
fn known(lang: Lang, file_name: String, same: String) -> Outcome {
    let said = Said { what: lang.photo_known(same), advice: lang.photo_known_do().to_owned() };
    let state = words("wait", "none", lang.photo_state_known());
    Outcome { file_name, state, said, status: StatusCode::CONFLICT, again: false }
}

/// What we must mend is not told by a page of its own, so the rim does not see it.
fn told_to_the_log(fault: &Fault) {
    match (fault, fault.cause()) {
        (_, Some(cause)) => tracing::error!(cause, "a photo was not taken"),
        (Fault::Photo(why), None) => tracing::info!(%why, "a photo was refused"),
        _ => {}
    }
}

fn waiting(lang: Lang) -> StateWords {
    words("soon", "soon", lang.photo_state_waiting())
}

fn words(class: &'static str, shape: &'static str, word: &str) -> StateWords {
    StateWords { class, shape, word: word.to_owned(), note: String::new() }
}

#[cfg(test)]
mod tests {
    use photo::PhotoFault;

    use super::*;

    #[test]
    fn every_refusal_says_what_and_what_to_do_in_both_languages() {
        let refusals = [
            NotTaken::from(PhotoFault::UnknownFormat { looks_like: Some("HEIC") }),
            NotTaken::from(PhotoFault::Broken("x".to_owned())),
            NotTaken::from(Problem::Taken { field: "photo", value: "b.jpg".to_owned() }),
            NotTaken::Busy,
        ];
        for why in refusals {
            let (vi, en) = (refused(Lang::Vi, "a.jpg".to_owned(), why.clone()), refused(Lang::En, "a.jpg".to_owned(), why.clone()));
            assert!(!vi.said.advice.is_empty() && vi.said.what != en.said.what, "{why:?}");
            assert!(!vi.status.is_success() && vi.again == matches!(why, NotTaken::Busy), "{why:?}");
        }
    }
}
