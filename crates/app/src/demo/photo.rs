//! The photos that the demo's papers print: drawn, under the file names of their captions. Their drawings are in `demo/drawings`;
//! `scripts/draw-photos` makes the files.

/// A photo as somebody would upload it.
#[derive(Debug)]
pub struct DemoPhoto {
    /// The name that a caption prints.
    pub file_name: &'static str,
    /// A whole JPEG file.
    pub bytes: &'static [u8],
}

macro_rules! photos {
    ($($file:literal),+ $(,)?) => { [$(DemoPhoto { file_name: $file, bytes: include_bytes!(concat!("../../demo/photos/", $file)) }),+] };
}

/// Every photo, in the order in which the papers print them.
pub const PHOTOS: [DemoPhoto; 8] = photos![
    "DSC_0117.jpg",
    "DSC_0121.jpg",
    "LGO_2041.JPG",
    "LGO_2057.JPG",
    "LGO_2069.JPG",
    "LGO_2073.JPG",
    "LGO_2080.JPG",
    "LGO_2098.JPG",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::paper::PAPERS;

    /// What the photos may add to the program, which people copy over weak lines.
    const BYTES_MAX: usize = 1_200_000;

    #[test]
    fn every_caption_has_its_photo_and_no_photo_is_without_one() {
        let readings = PAPERS.iter().map(|paper| reader::read(paper.text, None));
        let printed: Vec<String> = readings.flat_map(|reading| reading.photos).map(|photo| photo.file).collect();
        assert_eq!(printed, PHOTOS.map(|photo| photo.file_name));
    }

    #[test]
    fn photos_pass_the_door_of_an_upload() {
        for photo in &PHOTOS {
            let prepared = photo::prepare(photo.bytes).unwrap();
            let widths: Vec<u32> = prepared.renditions.iter().map(|rendition| rendition.width).collect();
            assert_eq!((prepared.width, prepared.height, widths), (1600, 1067, photo::WIDTHS.to_vec()), "{}", photo.file_name);
        }
        assert!(PHOTOS.iter().map(|photo| photo.bytes.len()).sum::<usize>() < BYTES_MAX);
    }
}
