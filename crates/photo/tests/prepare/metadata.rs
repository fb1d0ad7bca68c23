//! What a camera writes beside the picture: the orientation is followed, all of it is removed.

use photo::prepare;

use crate::bytes::{chunk, exif, markers, with_chunks, with_segment};
use crate::picture::{BLUE, GREEN, RED, YELLOW, assert_colours, decoded, jpeg, png, quarters};

#[test]
fn all_eight_orientations_come_out_upright() {
    // As Exif 2.32 lists them: what stands at the top and at the left of the picture as it is seen.
    let seen = [
        (1, [RED, GREEN, BLUE, YELLOW]),
        (2, [GREEN, RED, YELLOW, BLUE]),
        (3, [YELLOW, BLUE, GREEN, RED]),
        (4, [BLUE, YELLOW, RED, GREEN]),
        (5, [RED, BLUE, GREEN, YELLOW]),
        (6, [BLUE, RED, YELLOW, GREEN]),
        (7, [YELLOW, GREEN, BLUE, RED]),
        (8, [GREEN, YELLOW, RED, BLUE]),
    ];
    for (orientation, colours) in seen {
        let prepared = prepare(&with_segment(&jpeg(), 0xe1, &exif(orientation, b""))).unwrap();
        let size = if orientation < 5 { (64, 48) } else { (48, 64) };
        assert_eq!((prepared.width, prepared.height), size, "{orientation}");
        let rendition = &prepared.renditions[0];
        assert_eq!((rendition.width, rendition.height), size, "{orientation}");
        assert_colours(quarters(&decoded(rendition)), colours, 12);
    }
}

#[test]
fn an_orientation_that_is_none_is_passed_over() {
    for orientation in [0, 9, 65_535] {
        let prepared = prepare(&with_segment(&jpeg(), 0xe1, &exif(orientation, b""))).unwrap();
        assert_colours(quarters(&decoded(&prepared.renditions[0])), [RED, GREEN, BLUE, YELLOW], 12);
    }
}

/// Asserts that nothing but a picture is in the file.
#[track_caller]
fn assert_bare(jpeg: &[u8]) {
    let markers = markers(jpeg);
    let allowed = [0xe0, 0xdb, 0xc0, 0xc4, 0xda];
    assert!(markers.iter().all(|marker| allowed.contains(marker)), "{markers:x?}");
    for word in [&b"Exif"[..], b"GPS", b"xap", b"xmp", b"ICC", b"Photoshop", b"HIDDEN"] {
        assert!(!jpeg.windows(word.len()).any(|window| window == word), "{word:?}");
    }
}

#[test]
fn nothing_but_the_picture_is_left() {
    // The thumbnail of Exif is a whole JPEG; editors leave it as it was before they cut something away.
    let mut place = b"GPSLatitude 22.5 GPSLongitude 103.9 HIDDEN".to_vec();
    place.extend(jpeg());
    let mut file = jpeg();
    for (marker, content) in [
        (0xe1, exif(6, &place)),
        (0xe1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>HIDDEN</x:xmpmeta>".to_vec()),
        (0xe2, b"ICC_PROFILE\0\x01\x01HIDDEN".to_vec()),
        (0xed, b"Photoshop 3.0\08BIM HIDDEN".to_vec()),
        (0xfe, b"HIDDEN in a comment".to_vec()),
    ] {
        file = with_segment(&file, marker, &content);
    }
    file.extend(b"HIDDEN behind the end");
    let prepared = prepare(&file).unwrap();
    assert!(file.len() > 900 && prepared.renditions[0].bytes.len() < file.len());
    for rendition in &prepared.renditions {
        assert_bare(&rendition.bytes);
    }
}

#[test]
fn a_png_loses_its_notes_too() {
    let notes = [chunk(b"tEXt", b"Comment\0HIDDEN"), chunk(b"eXIf", &exif(1, b"GPS HIDDEN")[6..])].concat();
    let prepared = prepare(&with_chunks(&png(), &notes)).unwrap();
    assert_bare(&prepared.renditions[0].bytes);
}

#[test]
fn a_turned_png_comes_out_upright() {
    let prepared = prepare(&with_chunks(&png(), &chunk(b"eXIf", &exif(6, b"")[6..]))).unwrap();
    assert_eq!((prepared.width, prepared.height), (48, 64));
    assert_colours(quarters(&decoded(&prepared.renditions[0])), [BLUE, RED, YELLOW, GREEN], 6);
}
