//! A file of a load as rows of texts: header, encoding, number of fields and length are checked here, values by each noun.

use std::borrow::Cow;
use std::io::{BufReader, ErrorKind, Read};

use csv::ByteRecord;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::fault::{Fault, Faults, Place, What};
use super::lines::{BUFFER, Lines, Next, RawRow};
use super::{LoadFault, Reading, Stage};

/// The largest file: the 48 million values of ten years of the country, with a fifth revised, take 2.5 GB.
pub const FILE_BYTES_MAX: u64 = 4 * 1024 * 1024 * 1024;
/// Most rows of one file: each is held in 40 bytes until all are checked, so a load stays within 4 GB.
pub const ROWS_MAX: usize = 100_000_000;
/// The longest text in a field: the full name of a resolution takes 300 characters, a legal act 1,000.
pub const CHARACTERS_MAX: usize = 4000;
/// Rows between two looks at how far the reading is.
const ROWS_A_LOOK: usize = 8192;

/// A file of a load: its name and its columns.
#[derive(Debug, Clone, Copy)]
pub struct FileShape<const N: usize> {
    /// Its name.
    pub name: &'static str,
    /// Its columns.
    pub columns: [&'static str; N],
    /// How many of the columns, from the first on, must be there; the others may be left out, as if they were empty.
    pub needed: usize,
}

/// A row: its texts in the order of the shape's columns, empty where the column is left out.
#[derive(Debug)]
pub struct Row<'r, const N: usize> {
    /// The file.
    pub file: &'static str,
    columns: &'static [&'static str; N],
    /// Its line, from 1.
    pub line: u64,
    /// Its texts.
    pub texts: [Cow<'r, str>; N],
}

impl<const N: usize> Row<'_, N> {
    /// The text of a column.
    pub fn text(&self, column: usize) -> &str {
        self.texts.get(column).map_or("", |text| text)
    }

    /// A column's value; where it does not fit that is noted.
    pub fn parse<T>(&self, column: usize, faults: &mut Faults, parse: impl FnOnce(&str) -> Result<T, What>) -> Option<T> {
        match parse(self.text(column)) {
            Ok(value) => Some(value),
            Err(what) => {
                faults.push(self.fault(column, what));
                None
            }
        }
    }

    /// A column's text, which must not be empty.
    pub fn filled(&self, column: usize, faults: &mut Faults) -> Option<&str> {
        let text = self.text(column);
        if text.is_empty() {
            faults.push(self.fault(column, What::Missing));
            return None;
        }
        Some(text)
    }

    /// Something about a column's value.
    pub fn fault(&self, column: usize, what: What) -> Fault {
        Fault {
            file: self.file,
            line: Some(self.line),
            column: self.columns.get(column).copied(),
            value: self.text(column).to_owned(),
            what,
        }
    }

    /// Where the row stands.
    pub const fn place(&self) -> Place {
        Place::Line(self.line)
    }
}

/// Reads a file row by row; one that is not there has no rows. Whether it was there.
pub fn each<const N: usize>(
    reading: &mut Reading<'_, '_>,
    shape: &'static FileShape<N>,
    mut take: impl FnMut(&Row<'_, N>, &mut Faults, &mut Faults),
) -> Result<bool, LoadFault> {
    let file_fault = |what: What| Fault { file: shape.name, line: None, column: None, value: String::new(), what };
    let (file, length) = match reading.source.open(shape.name) {
        Ok(Some(opened)) => opened,
        Ok(None) => return Ok(false),
        Err(fault) => {
            let is_other = fault.kind() == ErrorKind::InvalidInput;
            reading.faults.push(file_fault(if is_other { What::NoFile } else { What::CannotRead(fault.to_string()) }));
            return Ok(true);
        }
    };
    if length > FILE_BYTES_MAX {
        reading.faults.push(file_fault(What::TooLarge(FILE_BYTES_MAX)));
        return Ok(true);
    }
    let lines = match Lines::begin(BufReader::with_capacity(BUFFER, file)) {
        Ok(lines) => lines,
        Err(fault) => {
            reading.faults.push(file_fault(What::CannotRead(fault.to_string())));
            return Ok(true);
        }
    };
    if lines.is_utf16() {
        reading.faults.push(file_fault(What::Utf16));
        return Ok(true);
    }
    let mut table = csv::ReaderBuilder::new().has_headers(false).flexible(true).buffer_capacity(BUFFER).from_reader(lines);
    match read_rows(&mut table, reading, shape, length, &mut take) {
        Ok(()) => reading.prints.push((shape.name, table.into_inner().sha256())),
        Err(fault) => reading.faults.push(fault),
    }
    Ok(true)
}

fn read_rows<const N: usize>(
    table: &mut csv::Reader<Lines<impl Read>>,
    reading: &mut Reading<'_, '_>,
    shape: &'static FileShape<N>,
    length: u64,
    take: &mut impl FnMut(&Row<'_, N>, &mut Faults, &mut Faults),
) -> Result<(), Fault> {
    let mut raw = RawRow::default();
    if !next(&mut raw, table, shape)? {
        return Err(Fault { file: shape.name, line: None, column: None, value: String::new(), what: What::NoHeader });
    }
    let header = Header::of(&raw, shape)?;
    let (mut rows, width) = (0_usize, raw.fields.len());
    while next(&mut raw, table, shape)? {
        let line = raw.line;
        let row_fault = |what: What| Fault { file: shape.name, line: Some(line), column: None, value: String::new(), what };
        rows += 1;
        if rows > ROWS_MAX {
            return Err(Fault { line: None, ..row_fault(What::TooManyRows(ROWS_MAX)) });
        }
        if rows.is_multiple_of(ROWS_A_LOOK) {
            (reading.progress)(Stage::Reading(shape.name, table.position().byte(), length));
        }
        if raw.fields.len() != width {
            reading.faults.push(row_fault(What::FieldCount(raw.fields.len(), width)));
            continue;
        }
        match header.texts(&raw.fields) {
            Ok(texts) => take(&Row { file: shape.name, columns: &shape.columns, line, texts }, &mut reading.faults, &mut reading.warnings),
            Err((column, what)) => {
                reading.faults.push(Fault { column: column.and_then(|at| shape.columns.get(at).copied()), ..row_fault(what) });
            }
        }
    }
    Ok(())
}

/// Reads the next row, where there is one.
fn next<const N: usize>(raw: &mut RawRow, table: &mut csv::Reader<Lines<impl Read>>, shape: &FileShape<N>) -> Result<bool, Fault> {
    let (line, what) = match raw.read(table) {
        Ok(Next::Row) => return Ok(true),
        Ok(Next::End) => return Ok(false),
        Ok(Next::OpenQuote) => (Some(raw.line), What::OpenQuote),
        Err(_) if table.get_ref().is_endless() => (Some(raw.line), What::Endless),
        Err(fault) => (None, What::CannotRead(fault.to_string())),
    };
    Err(Fault { file: shape.name, line, column: None, value: String::new(), what })
}

/// Where each column of the shape stands in the file.
struct Header<const N: usize>([Option<usize>; N]);

impl<const N: usize> Header<N> {
    fn of(raw: &RawRow, shape: &FileShape<N>) -> Result<Self, Fault> {
        let fault = |value: &str, what| Fault { file: shape.name, line: Some(raw.line), column: None, value: value.to_owned(), what };
        let mut places = [None; N];
        for (at, name) in raw.fields.iter().enumerate() {
            let name = checked(name).map_err(|what| fault("", what))?;
            let name = name.trim();
            let Some(column) = shape.columns.iter().position(|known| *known == name) else {
                return Err(fault(name, What::UnknownColumn(shape.columns.join(", "))));
            };
            if let Some(place) = places.get_mut(column)
                && place.replace(at).is_some()
            {
                return Err(fault(name, What::ColumnTwice));
            }
        }
        let missing = shape.columns.iter().zip(&places).take(shape.needed).find(|(_, place)| place.is_none());
        match missing {
            Some((name, _)) => Err(fault(name, What::MissingColumn)),
            None => Ok(Self(places)),
        }
    }

    /// The texts of a row in NFC; the column that cannot be one.
    fn texts<'r>(&self, record: &'r ByteRecord) -> Result<[Cow<'r, str>; N], (Option<usize>, What)> {
        let mut texts = [const { Cow::Borrowed("") }; N];
        for ((column, place), text) in self.0.iter().enumerate().zip(&mut texts) {
            let Some(bytes) = place.and_then(|at| record.get(at)) else { continue };
            if bytes.is_ascii() && bytes.len() <= CHARACTERS_MAX && !bytes.iter().any(u8::is_ascii_control) {
                *text = Cow::Borrowed(std::str::from_utf8(bytes).map_err(|_| (Some(column), What::NotUtf8))?);
                continue;
            }
            *text = checked(bytes).map_err(|what| (Some(column), what))?;
        }
        Ok(texts)
    }
}

fn checked(bytes: &[u8]) -> Result<Cow<'_, str>, What> {
    let text = std::str::from_utf8(bytes).map_err(|_| What::NotUtf8)?;
    if text.chars().count() > CHARACTERS_MAX {
        return Err(What::TooLong(CHARACTERS_MAX));
    }
    // A line's end within a quoted name is white space; any other control character is the trace of a broken file.
    if text.chars().any(|c| c.is_control() && !c.is_whitespace()) {
        return Err(What::Control);
    }
    Ok(if is_nfc_quick(text.chars()) == IsNormalized::Yes { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) })
}
