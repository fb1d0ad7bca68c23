//! What a file says of itself, read without decoding a pixel: the format, the size, and what decoding it will cost.

mod jpeg;
mod png;
mod webp;

use crate::fault::PhotoFault;
use crate::other_format;
use crate::{PIXELS_MAX, SIDE_MAX, WORKING_BYTES_MAX};

/// A format that is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Jpeg,
    Png,
    Webp,
}

/// What the file says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    pub format: Format,
    /// As stored, before the camera's orientation.
    pub width: u32,
    pub height: u32,
    /// Bytes that decoding holds at once, pixels and all.
    pub working_bytes: u64,
}

/// Reads the header.
pub fn read(bytes: &[u8]) -> Result<Header, PhotoFault> {
    let header = if bytes.starts_with(jpeg::SIGNATURE) {
        jpeg::read(bytes)?
    } else if bytes.starts_with(png::SIGNATURE) {
        png::read(bytes)?
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        webp::read(bytes)?
    } else {
        return Err(PhotoFault::UnknownFormat { looks_like: other_format::name_of(bytes) });
    };
    Ok(header)
}

impl Header {
    /// Whether the picture is small enough to be decoded.
    pub fn check(&self) -> Result<(), PhotoFault> {
        let Self { width, height, working_bytes, .. } = *self;
        if width == 0 || height == 0 {
            return Err(PhotoFault::broken("no pixels"));
        }
        let pixels = u64::from(width) * u64::from(height);
        if width > SIDE_MAX || height > SIDE_MAX || pixels > PIXELS_MAX || working_bytes > WORKING_BYTES_MAX {
            return Err(PhotoFault::TooManyPixels { width, height });
        }
        Ok(())
    }
}

/// Reads whole numbers out of a slice, none beyond its end.
#[derive(Debug, Clone, Copy)]
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    const fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8], PhotoFault> {
        let end = self.at.checked_add(length);
        let taken = end.and_then(|end| self.bytes.get(self.at..end)).ok_or_else(|| PhotoFault::broken("breaks off"))?;
        self.at += length;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], PhotoFault> {
        self.take(N)?.try_into().map_err(PhotoFault::broken)
    }

    fn byte(&mut self) -> Result<u8, PhotoFault> {
        Ok(self.array::<1>()?[0])
    }
}
