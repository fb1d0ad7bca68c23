//! Photos: bytes in, the same picture in several widths out, upright and without metadata. Pure; bounded in time and memory.
//!
//! **What is taken.** JPEG, PNG and WebP, told by their first bytes and never by a name; of an animation its first picture.
//!
//! **What comes out.** JPEG of at most [`WIDTHS`] pixels across, never enlarged. The pixels are written anew, so nothing else of
//! the file is left: no place where it was taken, no camera, no thumbnail that still shows what was cut away. The orientation
//! that a camera noted is applied first. What is transparent stands on white, as on the page.
//!
//! **Colour.** Screens take a picture without a profile for sRGB. Phones write wider spaces, Display P3 above all, whose numbers
//! would look dull when taken for sRGB; so where a file brings a profile of three primaries and their curves, the colours are
//! converted to sRGB. Other profiles (tables, printers') are not followed: their pixels are taken as they are. Sizes are changed
//! in the picture's own encoding, not in linear light, as browsers do; faces and rooms look the same.
//!
//! **Bounds.** Before a pixel is decoded the header is held against [`PIXELS_MAX`], [`SIDE_MAX`] and [`WORKING_BYTES_MAX`];
//! scans of a JPEG and chunks of a WebP are counted and measured first. Beside the file and its pixels there is one narrow copy
//! for the resizing (the widest rendition's width, the original's height). Calls are independent; how many run at once is the
//! caller's to bound.

mod colour;
mod fault;
mod header;
mod other_format;
mod pixels;
mod rendition;

pub use fault::PhotoFault;
pub use rendition::Rendition;

/// The largest file. Phones write 3–8 MB, cameras of 48 to 64 megapixels up to 20.
pub const FILE_BYTES_MAX: usize = 20 * 1024 * 1024;

/// The largest picture, 67 million pixels: phones and cameras give 12, 48, 50, 61 and 64.
pub const PIXELS_MAX: u64 = 1 << 26;

/// The longest side. Panoramas of phones reach 16,384; a JPEG could not say more than 65,535.
pub const SIDE_MAX: u32 = 32_768;

/// The most memory that decoding may take: eight bytes a pixel of the largest picture, enough for 16-bit RGBA and for all but
/// the odd progressive JPEG, whose coefficients are all held at once.
pub const WORKING_BYTES_MAX: u64 = 8 * PIXELS_MAX;

/// Widths of renditions in pixels, rising: a phone's list, a page's column, the whole screen.
pub const WIDTHS: [u32; 3] = [480, 960, 1600];

/// A photo that is ready to be kept and shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    /// Pixels across of the original, upright.
    pub width: u32,
    /// Pixels down of the original, upright.
    pub height: u32,
    /// By rising width; at least one.
    pub renditions: Vec<Rendition>,
}

/// Reads a photo of any allowed format and gives back its renditions.
///
/// # Errors
/// What is wrong with the file, told by its bytes. Work that was refused has cost no more than a look at the header.
pub fn prepare(bytes: &[u8]) -> Result<Prepared, PhotoFault> {
    if bytes.is_empty() {
        return Err(PhotoFault::Empty);
    }
    if bytes.len() > FILE_BYTES_MAX {
        return Err(PhotoFault::TooLarge { bytes: bytes.len() });
    }
    let header = header::read(bytes)?;
    header.check()?;
    let decoded = pixels::decode(bytes, &header)?;
    let (width, height) = decoded.upright();
    Ok(Prepared { width, height, renditions: rendition::all(decoded)? })
}
