//! The chunks of a WebP (RFC 9649).

use super::{Format, Header, Reader};
use crate::fault::PhotoFault;

/// What a frame of an animation says of its place before its own chunks.
const FRAME_PLACE: usize = 16;

/// What the chunks say together.
#[derive(Default)]
struct Chunks {
    /// The size of the canvas, or of the only picture.
    size: Option<(u32, u32)>,
    is_animated: bool,
}

/// Walks every chunk. The decoder takes room for a chunk by the length that it claims and for a lossy picture by its own size,
/// so each chunk must be there whole, and no picture may be larger than the canvas.
pub fn read(bytes: &[u8]) -> Result<Header, PhotoFault> {
    let mut chunks = Chunks::default();
    walk(bytes, 12, &mut chunks)?;
    let (width, height) = chunks.size.ok_or_else(|| PhotoFault::broken("a WebP without a picture"))?;
    let pixels = u64::from(width) * u64::from(height);
    // Without animation at most RGB and the RGBA that it is taken from; with it the canvas and a frame, both RGBA, as well.
    let working_bytes = pixels * if chunks.is_animated { 12 } else { 7 };
    Ok(Header { format: Format::Webp, width, height, working_bytes })
}

fn walk(bytes: &[u8], from: usize, chunks: &mut Chunks) -> Result<(), PhotoFault> {
    let mut reader = Reader::new(bytes, from);
    while bytes.len() - reader.at >= 8 {
        let name: [u8; 4] = reader.array()?;
        let length = u32::from_le_bytes(reader.array()?) as usize;
        let content = reader.take(length)?;
        match &name {
            b"VP8X" => {
                let mut reader = Reader::new(content, 0);
                chunks.is_animated = reader.byte()? & 0b10 != 0;
                reader.take(3)?;
                let across: [u8; 3] = reader.array()?;
                let down: [u8; 3] = reader.array()?;
                chunks.size = Some((1 + number24(across), 1 + number24(down)));
            }
            b"VP8 " => picture(chunks, lossy_size(content)?)?,
            b"VP8L" => picture(chunks, lossless_size(content)?)?,
            b"ANMF" if length >= FRAME_PLACE => walk(content, FRAME_PLACE, chunks)?,
            _ => {}
        }
        // A chunk of odd length has one more byte, which the last one may lack.
        reader.at = (reader.at + length % 2).min(bytes.len());
    }
    Ok(())
}

/// Notes the size of a picture: the first one's, or one that must fit into the canvas.
fn picture(chunks: &mut Chunks, (width, height): (u32, u32)) -> Result<(), PhotoFault> {
    let (canvas_width, canvas_height) = *chunks.size.get_or_insert((width, height));
    if width > canvas_width || height > canvas_height {
        return Err(PhotoFault::broken("a picture larger than its canvas"));
    }
    Ok(())
}

fn lossy_size(content: &[u8]) -> Result<(u32, u32), PhotoFault> {
    let mut reader = Reader::new(content, 6);
    let across = u16::from_le_bytes(reader.array()?);
    let down = u16::from_le_bytes(reader.array()?);
    Ok((u32::from(across & 0x3fff), u32::from(down & 0x3fff)))
}

fn lossless_size(content: &[u8]) -> Result<(u32, u32), PhotoFault> {
    let bits = u32::from_le_bytes(Reader::new(content, 1).array()?);
    Ok((1 + (bits & 0x3fff), 1 + ((bits >> 14) & 0x3fff)))
}

fn number24([low, middle, high]: [u8; 3]) -> u32 {
    u32::from_le_bytes([low, middle, high, 0])
}
