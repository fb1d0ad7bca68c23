//! Why a file was not kept or not found.

use std::error::Error as StdError;
use std::fmt;
use std::io::{self, ErrorKind};

use object_store::Error;

use crate::Place;
use crate::address::AddressFault;

/// Why a file was not kept or not found. `cause` is for the log only and holds no keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FilesFault {
    /// No name of a file.
    BadName {
        /// What was given.
        name: String,
    },
    /// The address of the place cannot be read.
    BadAddress(AddressFault),
    /// The folder or the bucket is not there.
    NoPlace {
        /// Its address.
        place: String,
        /// What was reported.
        cause: String,
    },
    /// The folder's rights or the store's keys do not allow it.
    Denied {
        /// The address of the place.
        place: String,
        /// What was reported.
        cause: String,
    },
    /// No room is left.
    Full {
        /// The address of the place.
        place: String,
        /// What was reported.
        cause: String,
    },
    /// The store cannot be reached, is too slow, or fails by itself. What was written may be there or not.
    Away {
        /// The address of the place.
        place: String,
        /// What was reported.
        cause: String,
    },
    /// The disk or the store answers what makes no sense.
    Broken {
        /// The address of the place.
        place: String,
        /// What was reported.
        cause: String,
    },
}

impl fmt::Display for FilesFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadName { name } => write!(f, "“{name}” is no name of a file"),
            Self::BadAddress(fault) => fault.fmt(f),
            Self::NoPlace { place, cause } => write!(f, "{place} is not there: {cause}"),
            Self::Denied { place, cause } => write!(f, "{place} does not allow it: {cause}"),
            Self::Full { place, cause } => write!(f, "{place} is full: {cause}"),
            Self::Away { place, cause } => write!(f, "{place} cannot be reached: {cause}"),
            Self::Broken { place, cause } => write!(f, "{place} failed: {cause}"),
        }
    }
}

impl StdError for FilesFault {}

impl FilesFault {
    /// What was reported, for the log.
    pub fn cause(&self) -> Option<&str> {
        match self {
            Self::NoPlace { cause, .. }
            | Self::Denied { cause, .. }
            | Self::Full { cause, .. }
            | Self::Away { cause, .. }
            | Self::Broken { cause, .. } => Some(cause),
            Self::BadName { name } => Some(name),
            Self::BadAddress(_) => None,
        }
    }
}

impl From<AddressFault> for FilesFault {
    fn from(fault: AddressFault) -> Self {
        Self::BadAddress(fault)
    }
}

impl FilesFault {
    /// What a store reported.
    pub(crate) fn of(place: &Place, error: &Error) -> Self {
        let cause = place.without_secrets(&with_causes(error));
        if let Some(fault) = io_of(error) {
            return Self::of_kind(place, fault.kind(), cause);
        }
        let place = place.shown.clone();
        match error {
            Error::NotFound { .. } => Self::NoPlace { place, cause },
            Error::PermissionDenied { .. } | Error::Unauthenticated { .. } => Self::Denied { place, cause },
            // What is not told apart by the client: a request that got no answer, or a server's own failure.
            Error::Generic { store: "S3", .. } if is_status(&cause, "507") => Self::Full { place, cause },
            Error::Generic { store: "S3", .. } => Self::Away { place, cause },
            _ => Self::Broken { place, cause },
        }
    }

    /// What the system reported of a folder.
    pub(crate) fn of_io(place: &Place, fault: &io::Error) -> Self {
        Self::of_kind(place, fault.kind(), fault.to_string())
    }

    fn of_kind(place: &Place, kind: ErrorKind, cause: String) -> Self {
        let shown = place.shown.clone();
        match kind {
            // Errors of a connection are of these kinds too; a folder has no other.
            _ if place.folder.is_none() => Self::Away { place: shown, cause },
            ErrorKind::NotFound => Self::NoPlace { place: shown, cause },
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Self::Denied { place: shown, cause },
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::Full { place: shown, cause },
            _ => Self::Broken { place: shown, cause },
        }
    }
}

impl Place {
    fn without_secrets(&self, text: &str) -> String {
        self.secrets.iter().fold(text.to_owned(), |text, secret| text.replace(secret, "…"))
    }
}

/// Whether an error says that the file, and not its bucket, is missing.
pub fn is_missing_file(error: &Error) -> bool {
    matches!(error, Error::NotFound { .. }) && !error.to_string().contains("NoSuchBucket")
}

fn is_status(cause: &str, status: &str) -> bool {
    cause.contains(&format!("status code: {status}"))
}

/// The error and what it came from, each said once.
fn with_causes(error: &Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        let said = cause.to_string();
        if !text.contains(&said) {
            text.push_str(&format!(": {said}"));
        }
        next = cause.source();
    }
    text
}

/// The system's error underneath, if there is one.
fn io_of(error: &Error) -> Option<&io::Error> {
    let mut next: Option<&(dyn StdError + 'static)> = error.source();
    while let Some(cause) = next {
        if let Some(fault) = cause.downcast_ref::<io::Error>() {
            return Some(fault);
        }
        next = cause.source();
    }
    None
}
