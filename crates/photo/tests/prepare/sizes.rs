//! Widths of renditions: never enlarged, proportions kept.

use image::{ImageFormat, RgbImage};
use photo::{WIDTHS, prepare};

use crate::picture::file;

/// The sizes that come out for a picture of this size.
fn sizes(width: u32, height: u32) -> Vec<(u32, u32)> {
    let prepared = prepare(&file(RgbImage::new(width, height), ImageFormat::Png)).unwrap();
    assert_eq!((prepared.width, prepared.height), (width, height));
    prepared.renditions.iter().map(|rendition| (rendition.width, rendition.height)).collect()
}

#[test]
fn a_large_photo_comes_in_every_width() {
    assert_eq!(sizes(3000, 2000), [(480, 320), (960, 640), (1600, 1067)]);
    assert_eq!(sizes(2000, 3000), [(480, 720), (960, 1440), (1600, 2400)]);
}

#[test]
fn a_small_photo_keeps_its_own_width_and_is_not_enlarged() {
    assert_eq!(sizes(1, 1), [(1, 1)]);
    assert_eq!(sizes(479, 10), [(479, 10)]);
    assert_eq!(sizes(480, 10), [(480, 10)]);
    assert_eq!(sizes(1000, 10), [(480, 5), (960, 10), (1000, 10)]);
    assert_eq!(sizes(1600, 2), [(480, 1), (960, 1), (1600, 2)]);
    assert_eq!(sizes(2, 4000), [(2, 4000)]);
}

#[test]
fn widths_rise() {
    assert!(WIDTHS.is_sorted() && WIDTHS[0] > 0);
}
