//! Colours of other spaces into sRGB, which is what a picture without a profile is taken for.

use moxcms::{ColorProfile, Layout, TransformOptions};

/// Converts RGB pixels in place by the profile that the file brought. A profile that cannot be followed changes nothing: dull
/// colours are better than no photo.
pub fn to_srgb(rgb: &mut [u8], profile: &[u8]) {
    let Ok(source) = ColorProfile::new_from_slice(profile) else { return };
    if !source.is_matrix_shaper() {
        return;
    }
    let target = ColorProfile::new_srgb();
    let Ok(transform) = source.create_transform_8bit(Layout::Rgb, &target, Layout::Rgb, TransformOptions::default()) else { return };
    let mut converted = vec![0; rgb.len()];
    if transform.transform(rgb, &mut converted).is_ok() {
        rgb.copy_from_slice(&converted);
    }
}
