//! Where the files of a load come from: a folder, or the program itself.

use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;

use sha2::{Digest, Sha256};

use super::FILES;

/// Where files come from.
#[derive(Debug, Clone)]
pub enum Source {
    /// A folder on the disk.
    Folder(PathBuf),
    /// Files that the program holds: a name and its bytes.
    Embedded(&'static [(&'static str, &'static [u8])]),
}

/// What tells whether a file is one that was loaded before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprint {
    /// The file.
    pub name: &'static str,
    /// SHA-256 of its bytes, in hex.
    pub sha256: String,
    /// Lines behind the header: how many rows it has, unless a field runs over lines.
    pub rows: usize,
}

impl Source {
    /// Which of the files are there, in the order in which they are read.
    pub fn present(&self) -> Result<Vec<&'static str>, String> {
        match self {
            Self::Folder(folder) => {
                // A folder that is missing must not look like an empty one.
                std::fs::read_dir(folder).map_err(|fault| format!("{}: {fault}", folder.display()))?;
                // Whatever bears the name: what is no file is refused when it is opened, and not passed over.
                Ok(FILES.into_iter().filter(|name| folder.join(name).symlink_metadata().is_ok()).collect())
            }
            Self::Embedded(files) => Ok(FILES.into_iter().filter(|name| files.iter().any(|(file, _)| file == name)).collect()),
        }
    }

    /// Tables of the folder that a load does not take: a misspelt name would otherwise pass unseen.
    pub fn left_out(&self) -> Vec<String> {
        let Self::Folder(folder) = self else { return Vec::new() };
        let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
        let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let mut names: Vec<String> = names.filter(|name| name.ends_with(".csv") && !FILES.contains(&name.as_str())).collect();
        names.sort();
        names
    }

    /// The name of the folder without what stands before it.
    pub fn folder_name(&self) -> String {
        match self {
            Self::Folder(folder) => {
                let whole = folder.canonicalize().unwrap_or_else(|_| folder.clone());
                whole.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
            }
            Self::Embedded(_) => "demo".to_owned(),
        }
    }

    /// A file from its first byte, with its length; absent where it is not there, invalid input where it is no file.
    pub fn open(&self, name: &str) -> io::Result<Option<(Box<dyn Read + Send>, u64)>> {
        match self {
            Self::Folder(folder) => {
                let path = folder.join(name);
                if path.symlink_metadata().is_err() {
                    return Ok(None);
                }
                // Opening a pipe would wait for somebody to write into it.
                let metadata = path.metadata()?;
                if !metadata.is_file() {
                    return Err(io::ErrorKind::InvalidInput.into());
                }
                Ok(Some((Box::new(File::open(path)?), metadata.len())))
            }
            Self::Embedded(files) => {
                let bytes = files.iter().find(|(file, _)| *file == name).map(|(_, bytes)| *bytes);
                Ok(bytes.map(|bytes| (Box::new(bytes) as Box<dyn Read + Send>, bytes.len() as u64)))
            }
        }
    }

    /// The fingerprints of files; absent where one cannot be read, which the reading of its rows tells with its name.
    pub fn fingerprints(&self, names: &[&'static str]) -> Option<Vec<Fingerprint>> {
        names.iter().map(|name| self.fingerprint(name).ok()).collect()
    }

    fn fingerprint(&self, name: &'static str) -> io::Result<Fingerprint> {
        let (mut digest, mut lines, mut last) = (Sha256::new(), 0, b'\n');
        if let Some((mut file, _)) = self.open(name)? {
            let mut buffer = vec![0; 256 * 1024];
            loop {
                let read = file.read(&mut buffer)?;
                let Some(bytes) = buffer.get(..read).filter(|bytes| !bytes.is_empty()) else { break };
                digest.update(bytes);
                lines += bytes.iter().filter(|byte| **byte == b'\n').count();
                last = bytes.last().copied().unwrap_or(last);
            }
        }
        let rows = (lines + usize::from(last != b'\n')).saturating_sub(1);
        Ok(Fingerprint { name, sha256: hex(&digest.finalize()), rows })
    }
}

/// Bytes as hex digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
