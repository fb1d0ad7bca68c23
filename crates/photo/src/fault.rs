//! Why a file is not taken as a photo.

use std::fmt;

use crate::{FILE_BYTES_MAX, PIXELS_MAX};

/// Why a file is not taken as a photo. Each can be mended by who sent it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PhotoFault {
    /// There are no bytes.
    Empty,
    /// The file is larger than [`FILE_BYTES_MAX`].
    TooLarge {
        /// How large it is.
        bytes: usize,
    },
    /// Neither JPEG nor PNG nor WebP.
    UnknownFormat {
        /// The usual name of the format that it looks like, `HEIC` say.
        looks_like: Option<&'static str>,
    },
    /// More pixels, a longer side or more memory for decoding than is given to a photo.
    TooManyPixels {
        /// Pixels across, as the file says.
        width: u32,
        /// Pixels down, as the file says.
        height: u32,
    },
    /// The file breaks off or contradicts itself. The text is for the log.
    Broken(String),
}

impl PhotoFault {
    pub(crate) fn broken(cause: impl fmt::Display) -> Self {
        Self::Broken(cause.to_string())
    }
}

impl fmt::Display for PhotoFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the file is empty"),
            Self::TooLarge { bytes } => write!(f, "the file has {bytes} bytes, more than {FILE_BYTES_MAX}"),
            Self::UnknownFormat { looks_like: Some(name) } => write!(f, "the file is {name}, not JPEG, PNG or WebP"),
            Self::UnknownFormat { looks_like: None } => f.write_str("the file is not JPEG, PNG or WebP"),
            Self::TooManyPixels { width, height } => {
                write!(f, "{width} × {height} pixels are more than {PIXELS_MAX} or too costly to decode")
            }
            Self::Broken(cause) => write!(f, "the photo is broken: {cause}"),
        }
    }
}

impl std::error::Error for PhotoFault {}
