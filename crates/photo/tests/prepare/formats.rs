//! Every kind of file that a phone, a camera or an office program writes.

use image::{DynamicImage, GrayAlphaImage, GrayImage, ImageFormat, LumaA, Rgba, RgbaImage};
use photo::{PhotoFault, prepare};

use crate::picture::{BLUE, GREEN, RED, WHITE, YELLOW, assert_colours, decoded, file, quarters, rgb};

/// The one rendition of a small picture, upright.
fn read(bytes: &[u8]) -> image::RgbImage {
    let prepared = prepare(bytes).unwrap();
    assert_eq!((prepared.width, prepared.height, prepared.renditions.len()), (64, 48, 1));
    decoded(&prepared.renditions[0])
}

#[test]
fn jpegs_of_every_kind_show_the_same_picture() {
    for bytes in [&include_bytes!("images/baseline.jpg")[..], include_bytes!("images/progressive.jpg"), include_bytes!("images/cmyk.jpg")] {
        assert_colours(quarters(&read(bytes)), [RED, GREEN, BLUE, YELLOW], 12);
    }
}

#[test]
fn webps_of_every_kind_show_the_same_picture() {
    for bytes in [&include_bytes!("images/lossy.webp")[..], include_bytes!("images/animated.webp")] {
        assert_colours(quarters(&read(bytes)), [RED, GREEN, BLUE, YELLOW], 12);
    }
    for bytes in [&include_bytes!("images/lossy-alpha.webp")[..], include_bytes!("images/lossless-alpha.webp")] {
        assert_colours(quarters(&read(bytes)), [RED, GREEN, BLUE, WHITE], 12);
    }
}

#[test]
fn pngs_of_every_kind_show_the_same_picture() {
    let all = [RED, GREEN, BLUE, YELLOW];
    assert_colours(quarters(&read(&file(rgb(), ImageFormat::Png))), all, 6);
    assert_colours(quarters(&read(&file(DynamicImage::from(rgb()).to_rgb16(), ImageFormat::Png))), all, 6);
    assert_colours(quarters(&read(&file(DynamicImage::from(rgb()).to_rgba16(), ImageFormat::Png))), all, 6);
    assert_colours(quarters(&read(include_bytes!("images/palette.png"))), [RED, GREEN, BLUE, WHITE], 24);
}

#[test]
fn what_is_transparent_stands_on_white() {
    let half = RgbaImage::from_fn(64, 48, |x, _| if x < 32 { Rgba([0, 0, 0, 128]) } else { Rgba([0, 0, 0, 0]) });
    let shown = quarters(&read(&file(half, ImageFormat::Png)));
    assert_colours(shown, [[127; 3], WHITE, [127; 3], WHITE], 3);
}

#[test]
fn grey_pictures_stay_grey() {
    let grey = GrayImage::from_fn(64, 48, |x, _| image::Luma([if x < 32 { 20 } else { 220 }]));
    let wide = DynamicImage::from(grey.clone()).to_luma16();
    let alpha = GrayAlphaImage::from_fn(64, 48, |x, _| LumaA([20, if x < 32 { 255 } else { 0 }]));
    for (bytes, right) in [
        (file(grey.clone(), ImageFormat::Jpeg), 220),
        (file(grey, ImageFormat::Png), 220),
        (file(wide, ImageFormat::Png), 220),
        (file(alpha, ImageFormat::Png), 255),
    ] {
        let prepared = prepare(&bytes).unwrap();
        // One component: the tenth byte of the frame header.
        let jpeg = &prepared.renditions[0].bytes;
        let frame = jpeg.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
        assert_eq!(jpeg[frame + 9], 1);
        assert_colours(quarters(&decoded(&prepared.renditions[0])), [[20; 3], [right; 3], [20; 3], [right; 3]], 4);
    }
}

#[test]
fn the_bytes_decide_and_other_formats_are_named() {
    assert_eq!(prepare(b""), Err(PhotoFault::Empty));
    assert_eq!(prepare(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"), Err(PhotoFault::UnknownFormat { looks_like: Some("HEIC") }));
    assert_eq!(prepare(b"%PDF-1.4 a scan of a photo"), Err(PhotoFault::UnknownFormat { looks_like: Some("PDF") }));
    assert_eq!(prepare("Ảnh: Seo Lử".as_bytes()), Err(PhotoFault::UnknownFormat { looks_like: None }));
    let bytes = vec![0xff; photo::FILE_BYTES_MAX + 1];
    assert_eq!(prepare(&bytes), Err(PhotoFault::TooLarge { bytes: bytes.len() }));
}
