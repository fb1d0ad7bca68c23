//! The first chunk of a PNG (ISO 15948).

use super::{Format, Header, Reader};
use crate::fault::PhotoFault;

/// The first eight bytes.
pub const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Reads IHDR.
pub fn read(bytes: &[u8]) -> Result<Header, PhotoFault> {
    let mut reader = Reader::new(bytes, SIGNATURE.len());
    if reader.take(8)? != b"\0\0\0\x0dIHDR" {
        return Err(PhotoFault::broken("a PNG that does not begin with its header"));
    }
    let width = u32::from_be_bytes(reader.array()?);
    let height = u32::from_be_bytes(reader.array()?);
    let [depth, colour] = reader.array()?;
    // Grey and colour may get an alpha channel from a later chunk; a palette becomes colours.
    let channels = if matches!(colour, 0 | 4) { 2 } else { 4 };
    let pixels = u64::from(width).saturating_mul(u64::from(height));
    let working_bytes = pixels.saturating_mul(channels * if depth == 16 { 2 } else { 1 });
    Ok(Header { format: Format::Png, width, height, working_bytes })
}
