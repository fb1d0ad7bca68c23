//! What does not fit, and what is worth a look: each with file, line, column and value. The sentences are in
//! `messages/load.toml`.

/// Of each file so many are kept and of all so many shown: whoever mends a hundred rows runs the load again anyway.
pub const SHOWN_MAX: usize = 100;

/// Something about a file, a row or a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file.
    pub file: &'static str,
    /// The line, from 1; absent for the whole file.
    pub line: Option<u64>,
    /// The column; absent for the whole row.
    pub column: Option<&'static str>,
    /// The value as it stands there.
    pub value: String,
    /// What is about it.
    pub what: What,
}

/// Where another row stands that a sentence names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In the ledger, before this load.
    Ledger,
    /// On a line of the same file.
    Line(u64),
}

/// What is about a file, a row or a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A folder, a pipe or a device bears the file's name.
    NoFile,
    /// The file cannot be read.
    CannotRead(String),
    /// The file is larger than a load takes.
    TooLarge(u64),
    /// The file has more rows than a load takes.
    TooManyRows(usize),
    /// The file has no header line.
    NoHeader,
    /// A column that files of this name do not have.
    UnknownColumn(String),
    /// A column stands twice.
    ColumnTwice,
    /// A column that must be there is not.
    MissingColumn,
    /// The file is UTF-16.
    Utf16,
    /// A quotation begins in the row and is never closed.
    OpenQuote,
    /// The row is longer than any row can be.
    Endless,
    /// The line is not UTF-8.
    NotUtf8,
    /// So many fields where the header has so many.
    FieldCount(usize, usize),
    /// A text is longer than so many characters.
    TooLong(usize),
    /// A text holds a control character.
    Control,
    /// A value that must be given is missing.
    Missing,
    /// No day.
    NoDay,
    /// No number.
    NoNumber,
    /// No whole number.
    NoWholeNumber,
    /// Below zero.
    Negative,
    /// No period.
    NoPeriod,
    /// None of these words.
    NoChoice(String),
    /// No bands.
    NoBands,
    /// More decimals than the indicator has.
    TooManyDecimals(i64),
    /// More digits than are kept exactly.
    TooManyDigits(usize),
    /// An indicator's decimals are beyond what is kept.
    DecimalsRange(i64),
    /// A weight is needed beside the value.
    WeightNeeded,
    /// A share below 0 or above 1.
    ShareRange,
    /// The known shares of a unit on a day add up to so much.
    SharesAboveOne(String),
    /// Nobody ever bore the code.
    UnknownUnit,
    /// Nobody bore the code then; when it was borne.
    UnitNotThen(String),
    /// No such indicator.
    UnknownIndicator,
    /// No such group.
    UnknownGroup,
    /// No such resolution.
    UnknownResolution,
    /// Another row of the file has the key.
    KeyTwice(Place),
    /// Another row of the ledger has the key: the column that differs, and what stands there.
    KnownKey(&'static str, String),
    /// The last day is before the first one.
    EndsBefore(String),
    /// Two bearers of a code at one time.
    Overlap(Place, String),
    /// Nobody bears the code between two bearers.
    Gap(Place, String),
    /// A unit is above itself.
    Cycle(String),
    /// The upper bound is below the lower one.
    BelowValue(String),
    /// The person of this code has another name.
    OtherName(String),
    /// Known only in the future.
    Future,
    /// A number stands at a unit and below it.
    EnteredTwice(String),
    /// A successor's number for a time before it was there.
    BeforeItsTime(String),
}

impl What {
    /// Whether the file as a whole cannot be used.
    const fn is_of_the_file(&self) -> bool {
        matches!(
            self,
            Self::NoFile
                | Self::CannotRead(_)
                | Self::TooLarge(_)
                | Self::TooManyRows(_)
                | Self::NoHeader
                | Self::UnknownColumn(_)
                | Self::ColumnTwice
                | Self::MissingColumn
                | Self::Utf16
                | Self::OpenQuote
                | Self::Endless
        )
    }

    /// Whether a row could not even be read as texts: then its code is not known either.
    const fn is_unread(&self) -> bool {
        matches!(self, Self::NotUtf8 | Self::FieldCount(..) | Self::TooLong(_) | Self::Control)
    }

    /// The file whose rows this looked for in vain.
    const fn looked_in(&self) -> Option<&'static str> {
        match self {
            Self::UnknownUnit | Self::UnitNotThen(_) | Self::Gap(..) => Some(super::unit::FILE.name),
            Self::UnknownIndicator => Some(super::indicator::FILE.name),
            Self::UnknownGroup => Some(super::group::FILE.name),
            Self::UnknownResolution => Some(super::resolution::FILE.name),
            _ => None,
        }
    }
}

/// What was found so far.
#[derive(Debug, Default)]
pub struct Faults {
    kept: Vec<Fault>,
    count: usize,
    kept_of_file: usize,
    unreadable: bool,
    unread: Vec<&'static str>,
}

impl Faults {
    /// Notes one more; but not that something is missing of a file of which a row could not be read.
    pub fn push(&mut self, fault: Fault) {
        if fault.what.looked_in().is_some_and(|file| self.unread.contains(&file)) {
            return;
        }
        if fault.what.is_unread() && !self.unread.contains(&fault.file) {
            self.unread.push(fault.file);
        }
        self.count += 1;
        self.unreadable |= fault.what.is_of_the_file();
        if self.kept.last().is_none_or(|last| last.file != fault.file) {
            self.kept_of_file = 0;
        }
        if self.kept_of_file < SHOWN_MAX {
            self.kept_of_file += 1;
            self.kept.push(fault);
        }
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Whether a file could not be used as a whole.
    pub const fn unreadable(&self) -> bool {
        self.unreadable
    }

    /// The first ones in the order of files and lines, and how many there are beside them.
    pub fn listed(&mut self) -> Listed {
        let mut shown = std::mem::take(&mut self.kept);
        let file_order = |fault: &Fault| super::FILES.iter().position(|name| *name == fault.file);
        shown.sort_by_key(|fault| (file_order(fault), fault.line));
        shown.truncate(SHOWN_MAX);
        let others = self.count - shown.len();
        Listed { shown, others }
    }
}

/// What is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listed {
    /// The first ones.
    pub shown: Vec<Fault>,
    /// How many there are beside them.
    pub others: usize,
}
