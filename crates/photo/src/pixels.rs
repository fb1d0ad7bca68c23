//! Decoding, into grey or RGB of eight bits on white.

use std::io::Cursor;

use image::codecs::{jpeg::JpegDecoder, png::PngDecoder, webp::WebPDecoder};
use image::metadata::Orientation;
use image::{ImageDecoder, Limits};

use crate::fault::PhotoFault;
use crate::header::{Format, Header};

/// What a PNG may inflate beside its pixels, above all a colour profile; the chunks themselves are within the file's limit.
const METADATA_BYTES_MAX: u64 = 32 * 1024 * 1024;
/// A larger colour profile is not read: those of screens and cameras have 0.5 to 4 kB, those of printers with their tables 2 MB.
const PROFILE_BYTES_MAX: usize = 4 * 1024 * 1024;

/// A picture as it is stored, before its orientation is applied.
pub struct Pixels {
    pub width: u32,
    pub height: u32,
    /// One byte a pixel, or three.
    pub is_grey: bool,
    pub samples: Vec<u8>,
    pub orientation: Orientation,
    /// The colour profile as the file brings it.
    pub profile: Option<Vec<u8>>,
}

impl Pixels {
    /// Width and height after the orientation is applied.
    pub const fn upright(&self) -> (u32, u32) {
        if self.is_turned() { (self.height, self.width) } else { (self.width, self.height) }
    }

    /// Whether the orientation swaps width and height.
    pub const fn is_turned(&self) -> bool {
        use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
        matches!(self.orientation, Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH)
    }
}

/// Decodes a file whose header was checked.
pub fn decode(bytes: &[u8], header: &Header) -> Result<Pixels, PhotoFault> {
    let file = Cursor::new(bytes);
    let mut limits = Limits::no_limits();
    (limits.max_image_width, limits.max_image_height) = (Some(header.width), Some(header.height));
    limits.max_alloc = Some(METADATA_BYTES_MAX);
    match header.format {
        Format::Jpeg => run(JpegDecoder::new(file).map_err(PhotoFault::broken)?, header),
        Format::Png => run(PngDecoder::with_limits(file, limits).map_err(PhotoFault::broken)?, header),
        Format::Webp => run(WebPDecoder::new(file).map_err(PhotoFault::broken)?, header),
    }
}

fn run(mut decoder: impl ImageDecoder, header: &Header) -> Result<Pixels, PhotoFault> {
    let (width, height) = decoder.dimensions();
    let bytes = decoder.total_bytes();
    if (width, height) != (header.width, header.height) || bytes > header.working_bytes {
        return Err(PhotoFault::broken("the header says two things"));
    }
    let colour = decoder.color_type();
    // A note that cannot be read is as good as none: the picture itself is whole.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = decoder.icc_profile().ok().flatten().filter(|profile| profile.len() <= PROFILE_BYTES_MAX);
    let mut samples = vec![0; usize::try_from(bytes).map_err(PhotoFault::broken)?];
    decoder.read_image(&mut samples).map_err(PhotoFault::broken)?;
    let channels = usize::from(colour.channel_count());
    if usize::from(colour.bytes_per_pixel()) == 2 * channels {
        halve(&mut samples);
    }
    if colour.has_alpha() {
        put_on_white(&mut samples, channels);
    }
    Ok(Pixels { width, height, is_grey: channels <= 2, samples, orientation, profile })
}

/// Makes eight bits of sixteen, in place.
fn halve(samples: &mut Vec<u8>) {
    for at in 0..samples.len() / 2 {
        let wide = u32::from(u16::from_ne_bytes([samples[2 * at], samples[2 * at + 1]]));
        // 65,535 / 255 = 257, so this rounds to the nearest.
        samples[at] = u8::try_from((wide + 128) / 257).unwrap_or(u8::MAX);
    }
    samples.truncate(samples.len() / 2);
}

/// Lays the picture over white and drops its last channel, the alpha, in place.
fn put_on_white(samples: &mut Vec<u8>, channels: usize) {
    let colours = channels - 1;
    for pixel in 0..samples.len() / channels {
        let alpha = u32::from(samples[pixel * channels + colours]);
        for colour in 0..colours {
            let value = u32::from(samples[pixel * channels + colour]);
            let mixed = (value * alpha + 255 * (255 - alpha) + 127) / 255;
            samples[pixel * colours + colour] = u8::try_from(mixed).unwrap_or(u8::MAX);
        }
    }
    samples.truncate(samples.len() / channels * colours);
    samples.shrink_to_fit();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sixteen_bits_are_rounded_to_eight() {
        let wide = [0_u16, 128, 129, 257, 65_535, 65_407, 65_406];
        let mut samples: Vec<u8> = wide.iter().flat_map(|value| value.to_ne_bytes()).collect();
        halve(&mut samples);
        assert_eq!(samples, [0, 0, 1, 1, 255, 255, 254]);
    }

    #[test]
    fn what_is_transparent_becomes_white() {
        let mut samples = vec![0, 0, 0, 0, 10, 20, 30, 255, 0, 0, 0, 128];
        put_on_white(&mut samples, 4);
        assert_eq!(samples, [255, 255, 255, 10, 20, 30, 127, 127, 127]);
        let mut grey = vec![7, 255, 7, 0];
        put_on_white(&mut grey, 2);
        assert_eq!(grey, [7, 255]);
    }
}
