//! The smallest world in which something still happens: rows are left out as long as it does.

use crate::twin::Files;

/// Leaves out row after row, as long as what is left is a sound world in which it still happens.
pub fn smallest(files: &Files, happens: impl Fn(&Files) -> bool) -> Files {
    let mut files = files.clone();
    let mut rows = usize::MAX;
    while rows > files.rows() {
        rows = files.rows();
        // Numbers before the units that they are of: a row that others name cannot go before them.
        for name in ["measurements", "targets", "successions", "groups", "indicators", "resolutions", "units"] {
            for row in (0..files.rows_of(name)).rev() {
                let fewer = files.with_rows(name, |other| other != row);
                if happens(&fewer) {
                    files = fewer;
                }
            }
        }
    }
    files
}
