//! The segments of a JPEG (ITU-T T.81, annex B).

use super::{Format, Header, Reader};
use crate::fault::PhotoFault;

/// Start of image, and the first byte of the next marker.
pub const SIGNATURE: &[u8] = b"\xff\xd8\xff";

/// The most scans. Encoders write one, progressive ones about ten; each costs a walk over every block, however short it is, so
/// a small file of a million scans would keep a processor busy for an hour.
const SCANS_MAX: usize = 100;

const END: u8 = 0xd9;
const START_OF_SCAN: u8 = 0xda;

/// What the frame header says.
struct Frame {
    width: u32,
    height: u32,
    is_progressive: bool,
    /// Horizontal and vertical sampling of each component.
    sampling: Vec<(u64, u64)>,
}

/// Walks the segments up to the end of the image; a file without one was cut off.
pub fn read(bytes: &[u8]) -> Result<Header, PhotoFault> {
    let mut reader = Reader::new(bytes, 2);
    let (mut frame, mut scans) = (None, 0);
    loop {
        match next_marker(&mut reader)? {
            END => break,
            marker @ (0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf) => {
                let read = read_frame(marker, segment(&mut reader)?)?;
                if frame.replace(read).is_some() {
                    return Err(PhotoFault::broken("two frames in one JPEG"));
                }
            }
            START_OF_SCAN => {
                segment(&mut reader)?;
                scans += 1;
                if scans > SCANS_MAX {
                    return Err(PhotoFault::broken(format_args!("more than {SCANS_MAX} scans")));
                }
            }
            // Markers that stand alone: restarts, a repeated start, and one for temporary use.
            0xd0..=0xd8 | 0x01 => {}
            _ => {
                segment(&mut reader)?;
            }
        }
    }
    match frame {
        Some(frame) if scans > 0 => Ok(header(&frame)),
        _ => Err(PhotoFault::broken("a JPEG without a picture")),
    }
}

/// Skips the entropy-coded data, in which 0xff is followed by 0, up to the next marker.
fn next_marker(reader: &mut Reader) -> Result<u8, PhotoFault> {
    let rest = reader.bytes.get(reader.at..).unwrap_or_default();
    let found = rest.windows(2).position(|pair| pair[0] == 0xff && !matches!(pair[1], 0 | 0xff));
    let at = found.ok_or_else(|| PhotoFault::broken("breaks off before the end of the image"))?;
    reader.at += at + 2;
    Ok(rest[at + 1])
}

/// The content of a segment.
fn segment<'a>(reader: &mut Reader<'a>) -> Result<&'a [u8], PhotoFault> {
    let length = usize::from(u16::from_be_bytes(reader.array()?));
    reader.take(length.checked_sub(2).ok_or_else(|| PhotoFault::broken("a segment without a length"))?)
}

fn read_frame(marker: u8, content: &[u8]) -> Result<Frame, PhotoFault> {
    if !matches!(marker, 0xc0..=0xc2) {
        return Err(PhotoFault::broken(format_args!("a kind of JPEG that nobody's camera writes (marker {marker:#x})")));
    }
    let mut reader = Reader::new(content, 0);
    let precision = reader.byte()?;
    if precision != 8 {
        return Err(PhotoFault::broken(format_args!("a JPEG of {precision} bits")));
    }
    let height = u32::from(u16::from_be_bytes(reader.array()?));
    let width = u32::from(u16::from_be_bytes(reader.array()?));
    let mut sampling = Vec::new();
    for _ in 0..reader.byte()? {
        let [_, factors, _] = reader.array()?;
        sampling.push((u64::from(factors >> 4), u64::from(factors & 15)));
    }
    if sampling.iter().any(|&(across, down)| !(1..=4).contains(&across) || !(1..=4).contains(&down)) {
        return Err(PhotoFault::broken("sampling factors out of range"));
    }
    Ok(Frame { width, height, is_progressive: marker == 0xc2, sampling })
}

/// Three bytes a pixel come out; a progressive JPEG holds two bytes for every coefficient until its last scan.
fn header(frame: &Frame) -> Header {
    let (width, height) = (u64::from(frame.width), u64::from(frame.height));
    let across_max = frame.sampling.iter().map(|factors| factors.0).max().unwrap_or(1);
    let down_max = frame.sampling.iter().map(|factors| factors.1).max().unwrap_or(1);
    let (units_across, units_down) = (width.div_ceil(8 * across_max), height.div_ceil(8 * down_max));
    let samples: u64 = frame.sampling.iter().map(|(across, down)| units_across * units_down * 64 * across * down).sum();
    let coefficients = if frame.is_progressive { 2 * samples } else { 0 };
    Header { format: Format::Jpeg, width: frame.width, height: frame.height, working_bytes: 3 * width * height + coefficients }
}
