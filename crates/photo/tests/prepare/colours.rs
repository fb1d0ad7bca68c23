//! Profiles: wide colours of phones become sRGB, what cannot be followed changes nothing.

use moxcms::ColorProfile;
use photo::prepare;

use crate::bytes::with_segment;
use crate::picture::{BLUE, GREEN, RED, YELLOW, assert_colours, decoded, jpeg, quarters};

fn shown_with(profile: &[u8]) -> [[u8; 3]; 4] {
    let segment = [b"ICC_PROFILE\0\x01\x01", profile].concat();
    quarters(&decoded(&prepare(&with_segment(&jpeg(), 0xe2, &segment)).unwrap().renditions[0]))
}

#[test]
fn display_p3_becomes_srgb() {
    // By the matrices of both spaces, apart from any library: what P3 calls (200, 30, 30) lies outside of sRGB and is cut at its edge.
    let p3 = ColorProfile::new_display_p3().encode().unwrap();
    assert_colours(shown_with(&p3), [[218, 0, 6], [0, 163, 41], [34, 61, 198], [244, 219, 32]], 6);
}

#[test]
fn srgb_and_unreadable_profiles_leave_the_colours() {
    let srgb = ColorProfile::new_srgb().encode().unwrap();
    for profile in [&srgb[..], b"", b"no profile", &srgb[..100], &srgb[..srgb.len() - 1]] {
        assert_colours(shown_with(profile), [RED, GREEN, BLUE, YELLOW], 12);
    }
}
