//! Names of files: what every file system and every store takes, and nothing that leads elsewhere.

use object_store::path::Path;

use crate::FilesFault;

/// S3 allows 1,024 bytes, Windows 260 characters with the folder before them.
const CHARACTERS_MAX: usize = 150;

/// Whether a name is one: ASCII letters, digits, `-` and `.` in parts between `/`; no part is empty or begins with `.`, so none
/// is `..` or hidden.
pub fn is_name(name: &str) -> bool {
    let is_part = |part: &str| !part.is_empty() && !part.starts_with('.') && part.bytes().all(is_allowed);
    name.len() <= CHARACTERS_MAX && name.split('/').all(is_part)
}

const fn is_allowed(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.')
}

/// The place of a name in the store.
pub fn path(name: &str) -> Result<Path, FilesFault> {
    if is_name(name) { Ok(Path::from(name)) } else { Err(FilesFault::BadName { name: name.to_owned() }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_names_are_names() {
        for name in ["a", "photos/7f3a-960.jpg", "A.b-c/0"] {
            assert!(is_name(name), "{name}");
            assert_eq!(path(name).unwrap().as_ref(), name);
        }
        let long = "a".repeat(CHARACTERS_MAX + 1);
        for name in ["", "/a", "a/", "a//b", "..", "a/../b", "./a", ".hidden", "a b", "a\\b", "a%2e", "ả", "a\0", "c:x", &long] {
            assert!(!is_name(name) && path(name).is_err(), "{name}");
        }
    }
}
