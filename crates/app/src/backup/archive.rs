//! The archive itself: entries one after the other, each with its SHA-256, and the manifest that seals them.

use std::io::{self, Read, Write};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};
use tar::EntryType;

use super::{BackupFault, MANIFEST, Sealed};

/// Bytes of one entry at most: twice the largest paper or photo. What claims to be larger is no backup of ours.
const ENTRY_BYTES_MAX: u64 = 64 << 20;
/// Bytes of the manifest at most: some millions of entries.
const MANIFEST_BYTES_MAX: u64 = 1 << 30;

/// An archive that is being written.
pub struct Writer<W: Write> {
    tar: tar::Builder<GzEncoder<W>>,
    at: u64,
    sealed: Vec<Sealed>,
}

impl<W: Write> Writer<W> {
    /// Begins an archive; `at` is the time that its entries bear, in seconds since 1970.
    pub fn new(out: W, at: u64) -> Self {
        // The fast end of the scale: rows shrink to a fifth with it, and to a sixth with three times the work.
        Self { tar: tar::Builder::new(GzEncoder::new(out, Compression::fast())), at, sealed: Vec::new() }
    }

    /// Adds an entry.
    pub fn add(&mut self, name: String, bytes: &[u8]) -> io::Result<()> {
        self.append(&name, bytes)?;
        self.sealed.push(Sealed { name, bytes: bytes.len() as u64, sha256: sha256(bytes) });
        Ok(())
    }

    fn append(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let mut header = tar::Header::new_ustar();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o600);
        header.set_mtime(self.at);
        self.tar.append_data(&mut header, name, bytes)
    }

    /// Adds the manifest and ends the archive.
    pub fn finish(mut self) -> io::Result<W> {
        let mut manifest = Vec::new();
        for sealed in &self.sealed {
            serde_json::to_writer(&mut manifest, sealed)?;
            manifest.push(b'\n');
        }
        self.append(MANIFEST, &manifest)?;
        self.tar.into_inner()?.finish()
    }
}

/// Reads an archive from its beginning to its manifest; `take` is given each entry. Nothing is to be believed before this has
/// ended well: the manifest comes last.
pub async fn read<R: Read>(archive: R, mut take: impl AsyncFnMut(&str, Vec<u8>) -> Result<(), BackupFault>) -> Result<(), BackupFault> {
    let mut tar = tar::Archive::new(GzDecoder::new(archive));
    let mut seen: Vec<Sealed> = Vec::new();
    for entry in tar.entries().map_err(foreign)? {
        let mut entry = entry.map_err(|fault| if seen.is_empty() { foreign(fault) } else { cut_off(fault) })?;
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        let is_manifest = name == MANIFEST;
        let bytes_max = if is_manifest { MANIFEST_BYTES_MAX } else { ENTRY_BYTES_MAX };
        if entry.header().entry_type() != EntryType::Regular || entry.size() > bytes_max {
            return Err(if seen.is_empty() { BackupFault::Foreign } else { BackupFault::Damaged(name) });
        }
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).map_err(cut_off)?;
        if is_manifest {
            return hold_against(&bytes, &seen);
        }
        seen.push(Sealed { name: name.clone(), bytes: bytes.len() as u64, sha256: sha256(&bytes) });
        take(&name, bytes).await?;
    }
    Err(if seen.is_empty() { BackupFault::Foreign } else { BackupFault::CutOff })
}

/// Whether the manifest names the entries that were read, all of them and no others.
fn hold_against(manifest: &[u8], seen: &[Sealed]) -> Result<(), BackupFault> {
    let lines = manifest.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    let damaged = || BackupFault::Damaged(MANIFEST.to_owned());
    let sealed = lines.map(serde_json::from_slice).collect::<Result<Vec<Sealed>, _>>().map_err(|_| damaged())?;
    if let Some((_, was)) = sealed.iter().zip(seen).find(|(told, was)| told != was) {
        return Err(BackupFault::Damaged(was.name.clone()));
    }
    if sealed.len() == seen.len() { Ok(()) } else { Err(damaged()) }
}

/// Bytes that are no compressed tar archive from their beginning; a disk that fails is told as such.
fn foreign(fault: io::Error) -> BackupFault {
    if fault.raw_os_error().is_some() { BackupFault::Io(fault) } else { BackupFault::Foreign }
}

fn cut_off(fault: io::Error) -> BackupFault {
    if fault.raw_os_error().is_some() { BackupFault::Io(fault) } else { BackupFault::CutOff }
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
