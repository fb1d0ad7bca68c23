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
            // What the client does not tell apart: refusals of a list, a request without an answer, a server's own failure.
            Error::Generic { store: "S3", .. } if cause.contains(NO_BUCKET) => Self::NoPlace { place, cause },
            Error::Generic { store: "S3", .. } if is_status(&cause, "401") || is_status(&cause, "403") => Self::Denied { place, cause },
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

/// How every store names a bucket that is not there; a missing file has the same status.
const NO_BUCKET: &str = "NoSuchBucket";

/// Whether an error says that the file, and not its bucket, is missing.
pub fn is_missing_file(error: &Error) -> bool {
    matches!(error, Error::NotFound { .. }) && !error.to_string().contains(NO_BUCKET)
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

/// The system's error underneath, if there is one: the innermost, since wrappers have a kind of their own.
fn io_of(error: &Error) -> Option<&io::Error> {
    let mut found = None;
    let mut next: Option<&(dyn StdError + 'static)> = error.source();
    while let Some(cause) = next {
        found = cause.downcast_ref::<io::Error>().or(found);
        // What an error of the system wraps is not its source but its inside.
        let inside = cause.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        next = inside.map(|inside| inside as &(dyn StdError + 'static)).or_else(|| cause.source());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> Place {
        Place { shown: "/srv/files".to_owned(), folder: Some("/srv/files".into()), secrets: Vec::new() }
    }

    /// An error as the folder's client wraps what the system says.
    fn wrapped(kind: ErrorKind) -> Error {
        Error::Generic { store: "LocalFileSystem", source: Box::new(io::Error::other(io::Error::from(kind))) }
    }

    #[test]
    fn what_the_system_says_of_a_folder_is_told_apart() {
        for (kind, expected) in [
            (ErrorKind::StorageFull, "is full"),
            (ErrorKind::QuotaExceeded, "is full"),
            (ErrorKind::PermissionDenied, "does not allow"),
            (ErrorKind::ReadOnlyFilesystem, "does not allow"),
            (ErrorKind::NotFound, "is not there"),
            (ErrorKind::InvalidData, "failed"),
        ] {
            let fault = FilesFault::of_io(&folder(), &kind.into());
            assert!(fault.to_string().contains(expected), "{fault}");
            let fault = FilesFault::of(&folder(), &Error::Generic { store: "LocalFileSystem", source: Box::new(io::Error::from(kind)) });
            assert!(fault.to_string().contains(expected), "{fault}");
        }
        assert!(matches!(FilesFault::of(&folder(), &wrapped(ErrorKind::StorageFull)), FilesFault::Full { .. }));
    }

    #[test]
    fn what_a_store_repeats_of_the_keys_is_not_told() {
        let place = Place { shown: "s3://anh".to_owned(), folder: None, secrets: vec!["AKIAHUSH".to_owned(), "sshh".to_owned()] };
        let error = Error::PermissionDenied { path: "a".to_owned(), source: "the key AKIAHUSH with sshh is unknown".into() };
        let told = format!("{:?}", FilesFault::of(&place, &error));
        assert!(told.contains("unknown") && !told.contains("AKIAHUSH") && !told.contains("sshh"), "{told}");
    }
}
