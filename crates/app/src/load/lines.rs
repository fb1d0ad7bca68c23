//! The bytes of a file on their way to its rows. They are hashed as they stand; every line's end, of whatever system, becomes a line
//! feed, so that lines can be counted; a row that does not end is not read on; and a mark behind the last byte tells a quotation
//! that is never closed, which would swallow the rows behind it unseen.

use std::io::{self, Read};

use csv::ByteRecord;
use sha2::{Digest, Sha256};

use super::source::hex;

/// The longest row: eleven texts of 4,000 characters, each of four bytes, take 176 kB.
const ROW_BYTES_MAX: usize = 512 * 1024;
/// What the table reads ahead.
pub const BUFFER: usize = 256 * 1024;
/// A line of its own behind the last byte, unless a quotation is open there.
const END: &[u8] = b"\n\x1a";
const END_MARK: &[u8] = b"\x1a";

/// A reader that hands on lines.
pub struct Lines<R> {
    inner: R,
    /// Bytes that were looked at before: the first ones of the file.
    start: Vec<u8>,
    digest: Sha256,
    is_after_return: bool,
    /// What is left of the mark behind the last byte.
    end: &'static [u8],
    /// How many more bytes the row in hand may take.
    allowance: usize,
    given: u64,
    is_endless: bool,
}

impl<R: Read> Lines<R> {
    /// Looks at the first bytes of a file; a byte order mark, as spreadsheets write it, is left out.
    pub fn begin(mut inner: R) -> io::Result<Self> {
        let mut start = Vec::new();
        inner.by_ref().take(3).read_to_end(&mut start)?;
        let mut digest = Sha256::new();
        digest.update(&start);
        if start == [0xef, 0xbb, 0xbf] {
            start.clear();
        }
        let allowance = ROW_BYTES_MAX + BUFFER;
        Ok(Self { inner, start, digest, is_after_return: false, end: END, allowance, given: 0, is_endless: false })
    }

    /// Whether the file is UTF-16: its mark, or a zero byte beside its first letter.
    pub fn is_utf16(&self) -> bool {
        self.start.starts_with(&[0xff, 0xfe])
            || self.start.starts_with(&[0xfe, 0xff])
            || matches!(self.start.as_slice(), [first, second, ..] if (*first == 0) != (*second == 0))
    }

    /// A row was read: the next one may be as long again.
    pub const fn next_row(&mut self) {
        self.allowance = ROW_BYTES_MAX + BUFFER;
    }

    /// Whether reading ended because a row does not.
    pub const fn is_endless(&self) -> bool {
        self.is_endless
    }

    /// Whether all bytes up to here are all there are.
    pub const fn is_end(&self, byte: u64) -> bool {
        self.end.is_empty() && byte == self.given
    }

    /// SHA-256 of the file, in hex.
    pub fn sha256(self) -> String {
        hex(&self.digest.finalize())
    }

    /// Reads bytes as they stand.
    fn fill(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.start.is_empty() {
            let read = self.inner.read(buffer)?;
            self.digest.update(buffer.get(..read).unwrap_or_default());
            return Ok(read);
        }
        let count = self.start.len().min(buffer.len());
        for (to, from) in buffer.iter_mut().zip(self.start.drain(..count)) {
            *to = from;
        }
        Ok(count)
    }

    /// Makes every line's end a line feed; how many bytes are left.
    fn unify(&mut self, bytes: &mut [u8]) -> usize {
        if !self.is_after_return && !bytes.contains(&b'\r') {
            return bytes.len();
        }
        let mut kept = 0;
        for at in 0..bytes.len() {
            let byte = bytes.get(at).copied().unwrap_or_default();
            let is_second = self.is_after_return && byte == b'\n';
            self.is_after_return = byte == b'\r';
            if !is_second && let Some(place) = bytes.get_mut(kept) {
                *place = if byte == b'\r' { b'\n' } else { byte };
                kept += 1;
            }
        }
        kept
    }
}

impl<R: Read> Read for Lines<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.fill(buffer)?;
            let kept = if read == 0 { self.end.read(buffer)? } else { self.unify(buffer.get_mut(..read).unwrap_or_default()) };
            if kept > self.allowance {
                self.is_endless = true;
                return Err(io::Error::other("a row does not end"));
            }
            // A lone second half of a line's end is no end of the file.
            if kept > 0 || read == 0 {
                self.allowance -= kept;
                self.given += kept as u64;
                return Ok(kept);
            }
        }
    }
}

/// A row of a file as it stands.
#[derive(Debug, Default)]
pub struct RawRow {
    /// Its fields.
    pub fields: ByteRecord,
    /// The line on which it begins, from 1.
    pub line: u64,
}

/// What came next.
pub enum Next {
    /// A row.
    Row,
    /// The end of the file.
    End,
    /// A quotation that begins in this row is never closed.
    OpenQuote,
}

impl RawRow {
    /// Reads the next row; blank lines are none.
    pub fn read(&mut self, table: &mut csv::Reader<Lines<impl Read>>) -> Result<Next, csv::Error> {
        let before = table.position().line();
        self.line = before;
        if !table.read_byte_record(&mut self.fields)? {
            return Ok(Next::End);
        }
        table.get_mut().next_row();
        let (after, byte) = (table.position().line(), table.position().byte());
        if table.get_ref().is_end(byte) {
            self.line = after - self.inner_lines();
            let is_mark = self.fields.len() == 1 && self.fields.get(0) == Some(END_MARK);
            return Ok(if is_mark { Next::End } else { Next::OpenQuote });
        }
        if after - before > 1 {
            self.line = after - 1 - self.inner_lines();
        }
        Ok(Next::Row)
    }

    /// Ends of lines within the fields.
    fn inner_lines(&self) -> u64 {
        self.fields.as_slice().iter().filter(|byte| **byte == b'\n').count() as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows of a file with their lines; how it ended.
    fn rows(text: &str) -> (Vec<(u64, Vec<String>)>, &'static str) {
        let lines = Lines::begin(text.as_bytes()).unwrap();
        let mut table = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(lines);
        let (mut row, mut rows) = (RawRow::default(), Vec::new());
        loop {
            let next = row.read(&mut table);
            match next {
                Ok(Next::Row) => {
                    let fields = row.fields.iter().map(|field| String::from_utf8_lossy(field).into_owned());
                    rows.push((row.line, fields.collect()));
                }
                Ok(Next::End) => return (rows, "end"),
                Ok(Next::OpenQuote) => {
                    rows.push((row.line, Vec::new()));
                    return (rows, "open quote");
                }
                Err(_) => {
                    rows.push((row.line, Vec::new()));
                    return (rows, if table.get_ref().is_endless() { "endless" } else { "fault" });
                }
            }
        }
    }

    #[test]
    fn lines_are_counted_whatever_ends_them() {
        let text = "a,b\n\n\n1,\"x\ny\"\n2,z\n\n";
        for end in ["\n", "\r\n", "\r"] {
            let (rows, ended) = rows(&text.replace('\n', end));
            let lines: Vec<u64> = rows.iter().map(|(line, _)| *line).collect();
            assert_eq!((lines, ended), (vec![1, 4, 6], "end"), "{end:?}");
            assert_eq!(rows[1].1, ["1", "x\ny"]);
        }
        assert_eq!(rows("\u{feff}a\r\n1").0, [(1, vec!["a".to_owned()]), (2, vec!["1".to_owned()])]);
        assert_eq!(rows("").0, []);
        assert_eq!(rows("\n\r\n").0, []);
    }

    #[test]
    fn a_quotation_that_is_never_closed_is_found_where_it_begins() {
        for end in ["", "\n", "\r\n", "\n\n3,4\n"] {
            let (rows, ended) = rows(&format!("a,b\n\n1,\"x{end}"));
            assert_eq!((rows.last().map(|(line, _)| *line), ended), (Some(3), "open quote"), "{end:?}");
        }
        assert_eq!(rows("a\n\"x\n\"").1, "end");
        assert_eq!(rows("a\n\"x\n\"\n").1, "end");
        assert_eq!(rows("a\n\"\u{1a}\"").0.len(), 2, "the mark alone is no end");
        assert_eq!(rows("a\n\u{1a}").0.len(), 2);
    }

    #[test]
    fn a_row_that_does_not_end_is_not_read_on() {
        let text = format!("a\n1\n\"{}", "x\n".repeat(ROW_BYTES_MAX));
        let (rows, ended) = rows(&text);
        assert_eq!((rows.last().map(|(line, _)| *line), ended), (Some(3), "endless"));
        let many = format!("a\n{}", "1\n".repeat(ROW_BYTES_MAX));
        assert_eq!(super::tests::rows(&many).1, "end");
    }

    #[test]
    fn the_hash_is_of_the_bytes_as_they_stand() {
        let text = "\u{feff}a,b\r\n1,2\r\n";
        let mut lines = Lines::begin(text.as_bytes()).unwrap();
        io::copy(&mut lines, &mut io::sink()).unwrap();
        assert_eq!(lines.sha256(), hex(&Sha256::digest(text)));
    }
}
