//! Bytes by the thousand: whatever they are, there is an answer, and what is taken is a photo.

use photo::{Prepared, WIDTHS, prepare};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::bytes::{exif, with_segment};
use crate::picture::{decoded, jpeg, png};

/// What is told of every photo.
fn assert_sound(prepared: &Prepared) {
    assert!(!prepared.renditions.is_empty() && prepared.renditions.is_sorted_by(|a, b| a.width < b.width));
    for rendition in &prepared.renditions {
        assert!(rendition.width <= prepared.width && rendition.width <= WIDTHS[WIDTHS.len() - 1]);
        decoded(rendition);
    }
}

/// Whole files of every format.
fn whole() -> Vec<Vec<u8>> {
    let profile = [b"ICC_PROFILE\0\x01\x01", &moxcms::ColorProfile::new_display_p3().encode().unwrap()[..]].concat();
    vec![
        with_segment(&with_segment(&jpeg(), 0xe1, &exif(6, b"")), 0xe2, &profile),
        png(),
        include_bytes!("images/progressive.jpg").to_vec(),
        include_bytes!("images/cmyk.jpg").to_vec(),
        include_bytes!("images/palette.png").to_vec(),
        include_bytes!("images/lossy.webp").to_vec(),
        include_bytes!("images/lossy-alpha.webp").to_vec(),
        include_bytes!("images/lossless-alpha.webp").to_vec(),
        include_bytes!("images/animated.webp").to_vec(),
    ]
}

/// What happens to a file: bytes changed, a piece put in, a piece taken out.
#[derive(Debug, Clone)]
struct Damage {
    changed: Vec<(prop::sample::Index, u8)>,
    put_in: (prop::sample::Index, Vec<u8>),
    taken_out: (prop::sample::Index, usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    let changed = vec(any::<(prop::sample::Index, u8)>(), 0..6);
    (changed, any::<prop::sample::Index>(), vec(any::<u8>(), 0..4), any::<prop::sample::Index>(), 0_usize..4)
        .prop_map(|(changed, at, bytes, from, length)| Damage { changed, put_in: (at, bytes), taken_out: (from, length) })
}

impl Damage {
    fn done_to(&self, mut file: Vec<u8>) -> Vec<u8> {
        for (at, byte) in &self.changed {
            let at = at.index(file.len());
            file[at] = *byte;
        }
        let at = self.put_in.0.index(file.len());
        file.splice(at..at, self.put_in.1.iter().copied());
        let from = self.taken_out.0.index(file.len());
        let to = (from + self.taken_out.1).min(file.len());
        file.drain(from..to);
        file
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn damaged_files_have_an_answer(which in any::<prop::sample::Index>(), damage in damage()) {
        if let Ok(prepared) = prepare(&damage.done_to(which.get(&whole()).clone())) {
            assert_sound(&prepared);
        }
    }

    #[test]
    fn bytes_behind_the_first_ones_have_an_answer(first in prop::sample::select(vec![
        &b""[..], b"\xff\xd8\xff", b"\xff\xd8\xff\xc0\0\x11\x08", b"\x89PNG\r\n\x1a\n", b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR", b"RIFF\x40\0\0\0WEBP",
        b"RIFF\x40\0\0\0WEBPVP8L\x20\0\0\0\x2f", b"RIFF\x40\0\0\0WEBPVP8X\x0a\0\0\0",
    ]), rest in vec(any::<u8>(), 0..200)) {
        if let Ok(prepared) = prepare(&[first, &rest].concat()) {
            assert_sound(&prepared);
        }
    }
}
