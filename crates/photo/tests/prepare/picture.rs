//! The picture of these tests: 64 × 48 pixels, red and green above, blue and yellow below.

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use photo::Rendition;

pub const WIDTH: u32 = 64;
pub const HEIGHT: u32 = 48;
pub const RED: [u8; 3] = [200, 30, 30];
pub const GREEN: [u8; 3] = [30, 160, 60];
pub const BLUE: [u8; 3] = [40, 60, 190];
pub const YELLOW: [u8; 3] = [240, 220, 80];
pub const WHITE: [u8; 3] = [255, 255, 255];

pub fn rgb() -> RgbImage {
    RgbImage::from_fn(WIDTH, HEIGHT, |x, y| {
        Rgb(match (x < WIDTH / 2, y < HEIGHT / 2) {
            (true, true) => RED,
            (false, true) => GREEN,
            (true, false) => BLUE,
            (false, false) => YELLOW,
        })
    })
}

pub fn file(image: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image.into().write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

pub fn jpeg() -> Vec<u8> {
    file(rgb(), ImageFormat::Jpeg)
}

pub fn png() -> Vec<u8> {
    file(rgb(), ImageFormat::Png)
}

pub fn decoded(rendition: &Rendition) -> RgbImage {
    let image = image::load_from_memory_with_format(&rendition.bytes, ImageFormat::Jpeg).unwrap().to_rgb8();
    assert_eq!(image.dimensions(), (rendition.width, rendition.height));
    image
}

/// The colours in the middles of the quarters: above left, above right, below left, below right.
pub fn quarters(image: &RgbImage) -> [[u8; 3]; 4] {
    let (width, height) = image.dimensions();
    [(1, 1), (3, 1), (1, 3), (3, 3)].map(|(across, down)| image.get_pixel(width * across / 4, height * down / 4).0)
}

/// Asserts colours, as near as a JPEG keeps them.
#[track_caller]
pub fn assert_colours(found: [[u8; 3]; 4], expected: [[u8; 3]; 4], tolerance: u8) {
    let near = found.as_flattened().iter().zip(expected.as_flattened()).all(|(found, expected)| found.abs_diff(*expected) <= tolerance);
    assert!(near, "{found:?} instead of {expected:?}");
}
