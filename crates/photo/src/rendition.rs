//! The widths of a photo: resized, turned upright, in sRGB, written as JPEG.

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, GrayImage, RgbImage};

use crate::fault::PhotoFault;
use crate::pixels::Pixels;
use crate::{WIDTHS, colour};

/// Of 100; below 80 edges of letters on banners begin to show rings, above 85 files grow faster than anyone can see.
const QUALITY: u8 = 82;

/// One width of a photo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendition {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// A whole JPEG file, without metadata.
    pub bytes: Vec<u8>,
}

/// Every width, rising. The widest is made from the original, the others from the widest.
pub fn all(pixels: Pixels) -> Result<Vec<Rendition>, PhotoFault> {
    let (width, _) = pixels.upright();
    let widest = upright(pixels, width.min(WIDTHS[WIDTHS.len() - 1]))?;
    let mut renditions = Vec::new();
    for &narrower in WIDTHS.iter().filter(|narrower| **narrower < widest.width()) {
        let height = scaled(widest.height(), narrower, widest.width());
        let size = (widest.width(), widest.height());
        renditions.push(encoded(&resized(widest.as_bytes(), size, (narrower, height), is_grey(&widest))?)?);
    }
    renditions.push(encoded(&widest)?);
    Ok(renditions)
}

/// The picture upright and in sRGB, `width` pixels across. Turning and colours come after the resizing, when there is less of it.
fn upright(pixels: Pixels, width: u32) -> Result<DynamicImage, PhotoFault> {
    let Pixels { is_grey, orientation, .. } = pixels;
    let (from, (full_width, full_height)) = ((pixels.width, pixels.height), pixels.upright());
    let height = scaled(full_height, width, full_width);
    let to = if pixels.is_turned() { (height, width) } else { (width, height) };
    let mut image = if from == to { image_of(pixels.samples, to, is_grey)? } else { resized(&pixels.samples, from, to, is_grey)? };
    if let (DynamicImage::ImageRgb8(rgb), Some(profile)) = (&mut image, &pixels.profile) {
        colour::to_srgb(rgb, profile);
    }
    image.apply_orientation(orientation);
    Ok(image)
}

fn resized(samples: &[u8], from: (u32, u32), to: (u32, u32), is_grey: bool) -> Result<DynamicImage, PhotoFault> {
    let kind = if is_grey { PixelType::U8 } else { PixelType::U8x3 };
    let source = ImageRef::new(from.0, from.1, samples, kind).map_err(PhotoFault::broken)?;
    let mut target = Image::new(to.0, to.1, kind);
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::CatmullRom)).use_alpha(false);
    Resizer::new().resize(&source, &mut target, &options).map_err(PhotoFault::broken)?;
    image_of(target.into_vec(), to, is_grey)
}

fn image_of(samples: Vec<u8>, (width, height): (u32, u32), is_grey: bool) -> Result<DynamicImage, PhotoFault> {
    let image = if is_grey {
        GrayImage::from_raw(width, height, samples).map(DynamicImage::ImageLuma8)
    } else {
        RgbImage::from_raw(width, height, samples).map(DynamicImage::ImageRgb8)
    };
    image.ok_or_else(|| PhotoFault::broken("fewer samples than pixels"))
}

const fn is_grey(image: &DynamicImage) -> bool {
    matches!(image, DynamicImage::ImageLuma8(_))
}

fn encoded(image: &DynamicImage) -> Result<Rendition, PhotoFault> {
    let mut bytes = Vec::new();
    image.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, QUALITY)).map_err(PhotoFault::broken)?;
    Ok(Rendition { width: image.width(), height: image.height(), bytes })
}

/// The other side of a picture whose one side goes from `from` to `to` pixels, to the nearest and at least one.
fn scaled(side: u32, to: u32, from: u32) -> u32 {
    let nearest = (u64::from(side) * u64::from(to) + u64::from(from) / 2) / u64::from(from);
    u32::try_from(nearest).unwrap_or(u32::MAX).max(1)
}
