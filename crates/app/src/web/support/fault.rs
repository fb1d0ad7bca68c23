//! Why a handler gives no page. A handler returns it with `?`; `rim` words it in the visitor's language.

use std::fmt::Display;
use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::moment::Moment;
use domain::problem::Problem;
use files::FilesFault;
use paper::PaperError;
use photo::PhotoFault;
use store::StoreError;
use tower_http::csrf::ProtectionError;

use crate::lang::{Lang, Said};
use crate::password::HashFault;

/// What stood on the public pages and no longer does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Withdrawn {
    /// *bản tin*
    Article,
    /// *buổi làm việc*: every article about it was withdrawn.
    Session,
}

/// Why there is no page.
#[derive(Debug, Clone)]
pub enum Fault {
    /// The visitor can mend it.
    Problem(Problem),
    /// A handed-in file was not read.
    Paper(PaperError),
    /// A file was not taken as a photo.
    Photo(PhotoFault),
    /// The place of files failed.
    Files(FilesFault),
    /// It was public once, until then. That it was, and what its address said of it, everybody could know; no more is told.
    Withdrawn(Withdrawn, Moment),
    /// The page is for people who are signed in.
    LogIn,
    /// The form belongs to another log-in.
    ExpiredForm,
    /// The form was sent from another site.
    CrossSite,
    /// More was sent than is taken.
    TooLarge {
        /// The limit.
        bytes_max: usize,
    },
    /// The address takes other methods.
    Method,
    /// The request cannot be read.
    BadRequest,
    /// It took too long.
    Slow,
    /// The ledger cannot be reached now. The text is for the log only.
    Unavailable(Arc<str>),
    /// The disk has no room left. The text is for the log only.
    NoRoom(Arc<str>),
    /// The ledger may be read and not be written. The text is for the log only.
    ReadOnly(Arc<str>),
    /// Another program is writing for longer than we wait. The text is for the log only.
    Busy(Arc<str>),
    /// The write may have been made or not. The text is for the log only.
    Uncertain(Arc<str>),
    /// The database cannot read its own pages. The text is for the log only.
    Damaged(Arc<str>),
    /// The journal does not fit itself: nothing is written until somebody has looked. The text is for the log only.
    BrokenJournal(Arc<str>),
    /// We must mend it. The text is for the log only.
    Internal(Arc<str>),
}

impl Fault {
    /// What we must mend; `cause` goes into the log with the request's id and is never shown.
    pub fn internal(cause: impl Display) -> Self {
        Self::Internal(cause.to_string().into())
    }

    /// The HTTP status.
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::Problem(problem) => problem_status(problem),
            Self::Paper(PaperError::TooLarge { .. } | PaperError::TooMuchText { .. }) | Self::TooLarge { .. } => {
                StatusCode::PAYLOAD_TOO_LARGE
            }
            Self::Paper(PaperError::Unread(_)) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Photo(PhotoFault::TooLarge { .. }) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Photo(PhotoFault::UnknownFormat { .. }) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Paper(_) | Self::Photo(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Files(FilesFault::Full { .. }) => StatusCode::INSUFFICIENT_STORAGE,
            Self::Files(FilesFault::NoPlace { .. } | FilesFault::Denied { .. } | FilesFault::Away { .. }) => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            Self::Withdrawn(..) => StatusCode::GONE,
            Self::LogIn | Self::ExpiredForm | Self::CrossSite => StatusCode::FORBIDDEN,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::Slow | Self::Unavailable(_) | Self::NoRoom(_) | Self::ReadOnly(_) | Self::Busy(_) | Self::BrokenJournal(_) => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            Self::Files(_) | Self::Uncertain(_) | Self::Damaged(_) | Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// What happened and what to do.
    pub fn said(&self, lang: Lang) -> Said {
        let said = |what: &str, advice: &str| Said { what: what.to_owned(), advice: advice.to_owned() };
        match self {
            Self::Problem(problem) => lang.problem(problem),
            Self::Paper(error) => lang.paper_error(error),
            Self::Photo(fault) => lang.photo_fault(fault),
            Self::Files(fault) => lang.files_fault(fault),
            Self::Withdrawn(what, at) => {
                let day = lang.day(at.day());
                let advice = match what {
                    Withdrawn::Article => lang.error_withdrawn_article_do(day),
                    Withdrawn::Session => lang.error_withdrawn_session_do(day),
                };
                let what = match what {
                    Withdrawn::Article => lang.error_withdrawn_article(),
                    Withdrawn::Session => lang.error_withdrawn_session(),
                };
                said(what, &advice)
            }
            Self::LogIn => said(lang.error_log_in(), lang.error_log_in_do()),
            Self::ExpiredForm => said(lang.error_expired_form(), lang.error_expired_form_do()),
            Self::CrossSite => said(lang.error_cross_site(), lang.error_cross_site_do()),
            Self::TooLarge { bytes_max } => said(lang.error_too_large(), &lang.error_too_large_do(bytes_max.div_ceil(1024 * 1024))),
            Self::Method => said(lang.error_method(), lang.error_method_do()),
            Self::BadRequest => said(lang.error_bad_request(), lang.error_bad_request_do()),
            Self::Slow => said(lang.error_slow(), lang.error_slow_lead()),
            Self::Unavailable(_) => said(lang.error_unavailable(), lang.error_unavailable_lead()),
            Self::NoRoom(_) => said(lang.error_no_room(), lang.error_no_room_lead()),
            Self::ReadOnly(_) => said(lang.error_read_only(), lang.error_read_only_lead()),
            Self::Busy(_) => said(lang.error_busy(), lang.error_busy_lead()),
            Self::Damaged(_) => said(lang.error_damaged(), lang.error_damaged_lead()),
            Self::Uncertain(_) => said(lang.error_uncertain(), lang.error_uncertain_lead()),
            Self::BrokenJournal(_) => said(lang.error_broken_journal(), lang.error_broken_journal_lead()),
            Self::Internal(_) => said(lang.error_internal(), lang.error_internal_lead()),
        }
    }

    /// Whether sending the same form again makes sense.
    pub const fn may_be_sent_again(&self) -> bool {
        !matches!(self, Self::Withdrawn(..) | Self::CrossSite | Self::Method | Self::BadRequest | Self::TooLarge { .. })
    }

    /// What the log must tell of it; absent for what is nobody's fault here.
    pub fn cause(&self) -> Option<&str> {
        match self {
            Self::Slow => Some("took too long"),
            Self::Files(fault) => fault.cause(),
            Self::Unavailable(cause)
            | Self::NoRoom(cause)
            | Self::ReadOnly(cause)
            | Self::Busy(cause)
            | Self::Damaged(cause)
            | Self::Uncertain(cause)
            | Self::BrokenJournal(cause)
            | Self::Internal(cause) => Some(cause),
            _ => None,
        }
    }

    /// After how many seconds the same request may well succeed, for programs; a page says it in words.
    pub const fn retry_after_seconds(&self) -> Option<u64> {
        match self {
            Self::Busy(_) => Some(10),
            Self::Slow | Self::Unavailable(_) | Self::NoRoom(_) | Self::ReadOnly(_) => Some(60),
            _ => None,
        }
    }

    /// The fault of a response that no page of ours stands in: the router's own or a layer's.
    pub fn of_response(response: &Response, body_bytes_max: usize) -> Self {
        if let Some(fault) = response.extensions().get::<Self>() {
            return fault.clone();
        }
        match response.status() {
            StatusCode::FORBIDDEN if response.extensions().get::<ProtectionError>().is_some() => Self::CrossSite,
            StatusCode::NOT_FOUND => Self::Problem(Problem::NotFound),
            StatusCode::METHOD_NOT_ALLOWED => Self::Method,
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge { bytes_max: body_bytes_max },
            StatusCode::SERVICE_UNAVAILABLE | StatusCode::REQUEST_TIMEOUT => Self::Slow,
            status if status.is_server_error() => Self::internal(status),
            _ => Self::BadRequest,
        }
    }
}

/// Marks the response, so that `rim` can put the page into it.
impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<Problem> for Fault {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        let cause = error.to_string().into();
        match error {
            StoreError::Problem(problem) => Self::Problem(problem),
            StoreError::Unavailable(_) => Self::Unavailable(cause),
            StoreError::NoRoom(_) => Self::NoRoom(cause),
            StoreError::ReadOnly(_) => Self::ReadOnly(cause),
            StoreError::Busy(_) => Self::Busy(cause),
            StoreError::Damaged(_) => Self::Damaged(cause),
            StoreError::Uncertain(_) => Self::Uncertain(cause),
            StoreError::BrokenJournal(_) => Self::BrokenJournal(cause),
            StoreError::Internal(_) => Self::Internal(cause),
        }
    }
}

impl From<HashFault> for Fault {
    fn from(fault: HashFault) -> Self {
        Self::internal(fault)
    }
}

impl From<PhotoFault> for Fault {
    fn from(fault: PhotoFault) -> Self {
        Self::Photo(fault)
    }
}

impl From<FilesFault> for Fault {
    fn from(fault: FilesFault) -> Self {
        Self::Files(fault)
    }
}

impl From<PaperError> for Fault {
    fn from(error: PaperError) -> Self {
        Self::Paper(error)
    }
}

/// The HTTP status of a problem.
pub const fn problem_status(problem: &Problem) -> StatusCode {
    match problem {
        Problem::NotFound => StatusCode::NOT_FOUND,
        Problem::Forbidden { .. } | Problem::WrongLogin | Problem::ExpiredPassword => StatusCode::FORBIDDEN,
        Problem::Stale { .. } | Problem::Taken { .. } | Problem::WrongState { .. } | Problem::Undecided { .. } => StatusCode::CONFLICT,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}
