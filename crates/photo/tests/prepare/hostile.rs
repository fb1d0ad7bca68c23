//! Small files that want a lot, and files that lie.

use photo::{PhotoFault, SIDE_MAX, prepare};

use crate::bytes::{canvas, chunk, deflated, png_head, webp, with_chunks, with_segment};
use crate::picture::{jpeg, png};

/// Whether the file is refused as broken, for this reason.
#[track_caller]
fn assert_broken(bytes: &[u8], reason: &str) {
    match prepare(bytes) {
        Err(PhotoFault::Broken(cause)) => assert!(cause.contains(reason), "{cause}"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_picture_of_400_million_pixels_is_refused_by_its_header() {
    let rows = deflated(&vec![0; 20_000_000]);
    let bomb = [png_head(20_000, 20_000, 8), chunk(b"IDAT", &rows), chunk(b"IEND", b"")].concat();
    assert!(bomb.len() < 50_000);
    assert_eq!(prepare(&bomb), Err(PhotoFault::TooManyPixels { width: 20_000, height: 20_000 }));
    assert_eq!(prepare(&png_head(1, SIDE_MAX + 1, 8)), Err(PhotoFault::TooManyPixels { width: 1, height: SIDE_MAX + 1 }));
    assert_eq!(prepare(&png_head(u32::MAX, u32::MAX, 16)), Err(PhotoFault::TooManyPixels { width: u32::MAX, height: u32::MAX }));
    assert_broken(&png_head(0, 100, 8), "no pixels");
    let moving = webp(&[(b"VP8X", canvas(1 << 24, 1 << 24, 0b10)), (b"ANIM", vec![0; 6]), (b"ANMF", vec![0; 64])]);
    assert_eq!(prepare(&moving), Err(PhotoFault::TooManyPixels { width: 1 << 24, height: 1 << 24 }));
}

#[test]
fn pixels_that_cost_too_much_memory_are_refused() {
    // 8,192 × 8,192 pixels are allowed, but not as the coefficients of four full components beside the pixels.
    let frame = [8, 0x20, 0, 0x20, 0, 4, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0];
    let file = |marker: u8| [&with_segment(b"\xff\xd8", marker, &frame)[..], b"\xff\xda\0\x02\xff\xd9"].concat();
    assert_eq!(prepare(&file(0xc2)), Err(PhotoFault::TooManyPixels { width: 8192, height: 8192 }));
    assert!(matches!(prepare(&file(0xc0)), Err(PhotoFault::Broken(_))));
}

#[test]
fn a_picture_that_hides_in_a_small_canvas_is_refused() {
    let lossy = |width: u16, height: u16| {
        let [a, b] = width.to_le_bytes();
        let [c, d] = height.to_le_bytes();
        [&[0x10, 0, 0, 0x9d, 0x01, 0x2a, a, b, c, d][..], &[0; 64]].concat()
    };
    let hidden = lossy(16_383, 16_383);
    assert_broken(&webp(&[(b"VP8X", canvas(1, 1, 0)), (b"VP8 ", hidden.clone())]), "larger than its canvas");
    let frame = [vec![0; 16], webp(&[(b"VP8 ", hidden.clone())])[12..].to_vec()].concat();
    assert_broken(&webp(&[(b"VP8X", canvas(1, 1, 0b10)), (b"ANIM", vec![0; 6]), (b"ANMF", frame)]), "larger than its canvas");
    assert_eq!(prepare(&webp(&[(b"VP8 ", hidden)])), Err(PhotoFault::TooManyPixels { width: 16_383, height: 16_383 }));
}

#[test]
fn a_chunk_that_claims_more_than_there_is_is_refused() {
    let mut file = webp(&[(b"VP8X", canvas(8, 8, 0b10_0000)), (b"ICCP", vec![0; 8])]);
    let length = file.len() - 12;
    file[length..length + 4].copy_from_slice(&u32::MAX.to_le_bytes());
    assert_broken(&file, "breaks off");
}

#[test]
fn notes_that_inflate_without_end_do_not_hurt_the_picture() {
    let zeros = deflated(&vec![0; 64 * 1024 * 1024]);
    let profile = [b"x\0\0", &zeros[..]].concat();
    let text = [b"Raw profile type iptc\0\0", &zeros[..]].concat();
    let file = with_chunks(&png(), &[chunk(b"iCCP", &profile), chunk(b"zTXt", &text)].concat());
    assert_eq!(prepare(&file).unwrap(), prepare(&png()).unwrap());
}

#[test]
fn a_jpeg_of_a_thousand_scans_is_refused() {
    let plain = jpeg();
    let scan = plain.windows(2).position(|pair| pair == [0xff, 0xda]).unwrap();
    let end = plain.len() - 2;
    let many = [&plain[..end], &plain[scan..end].repeat(1000), &plain[end..]].concat();
    assert_broken(&many, "scans");
    let frame = plain.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    let twice = [&plain[..frame], &plain[frame..frame + 19], &plain[frame..]].concat();
    assert_broken(&twice, "two frames");
}

#[test]
fn kinds_of_jpeg_that_are_not_read_say_so() {
    let plain = jpeg();
    let frame = plain.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    let with = |at: usize, byte: u8| {
        let mut file = plain.clone();
        file[frame + at] = byte;
        file
    };
    assert_broken(&with(1, 0xc9), "nobody's camera");
    assert_broken(&with(4, 12), "12 bits");
    assert_broken(&with(11, 0x05), "sampling");
}

#[test]
fn a_file_that_was_cut_off_is_broken_wherever_it_was_cut() {
    let jpeg = jpeg();
    for end in 3..jpeg.len() {
        assert!(matches!(prepare(&jpeg[..end]), Err(PhotoFault::Broken(_))), "{end}");
    }
    // The end of a PNG holds no pixels: without it the picture is whole or broken, never a part of one.
    let png = png();
    let whole = prepare(&png).unwrap();
    let broken = (8..png.len()).filter(|end| match prepare(&png[..*end]) {
        Ok(prepared) => {
            assert_eq!(prepared, whole, "{end}");
            false
        }
        Err(fault) => matches!(fault, PhotoFault::Broken(_)),
    });
    let broken = broken.count();
    assert!((png.len() - 40..png.len() - 8).contains(&broken), "{broken} of {}", png.len());
    for webp in [&include_bytes!("images/lossy.webp")[..], include_bytes!("images/lossless-alpha.webp")] {
        for end in 12..webp.len() - 1 {
            assert!(matches!(prepare(&webp[..end]), Err(PhotoFault::Broken(_))), "{end}");
        }
    }
}

#[test]
fn a_png_with_a_wrong_checksum_is_broken() {
    let png = png();
    let data = png.windows(4).position(|name| name == b"IDAT").unwrap();
    for at in [20, data + 8] {
        let mut file = png.clone();
        file[at] ^= 1;
        assert!(matches!(prepare(&file), Err(PhotoFault::Broken(_) | PhotoFault::TooManyPixels { .. })), "{at}");
    }
}
