//! Making a backup: the rows of one moment, then every photo that is kept. Photos are never changed once they are there, so those
//! that arrive in between are at worst a little more than the rows name.

use std::fs::{self, File, OpenOptions};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use domain::moment::Moment;
use files::Files;
use store::Store;
use store::backup::Backup;

use super::archive::Writer;
use super::{BackupFault, Contents, FILES, FORMAT, HEADER, Header, Stage, TABLES};

/// Writes a backup to a file that is not there yet. It bears its name only once it is whole and on the disk.
pub async fn back_up(
    store: &Store,
    files: &Files,
    file: &Path,
    now: Moment,
    progress: &mut (dyn FnMut(Stage) + Send),
) -> Result<(Header, Contents), BackupFault> {
    if file.symlink_metadata().is_ok() {
        return Err(BackupFault::Exists);
    }
    let part = Part::create(file)?;
    let out = BufWriter::with_capacity(1 << 20, part.file.try_clone()?);
    let mut archive = Writer::new(out, u64::try_from(now.0 / 1000).unwrap_or_default());
    let mut backup = store.backup().await?;
    let header = header(&backup, now);
    let text = serde_json::to_vec_pretty(&header).map_err(std::io::Error::from)?;
    archive.add(HEADER.to_owned(), &text)?;
    let mut contents = Contents::default();
    for (table, _) in &header.tables {
        contents.rows += add_rows(&mut archive, &mut backup, table, &mut |rows| progress(Stage::Rows(contents.rows + rows))).await?;
    }
    drop(backup);
    for name in files.list("").await? {
        // Taken away since it was listed: the rows did not name it any more.
        let Some(bytes) = files.get(&name).await? else { continue };
        archive.add(format!("{FILES}{name}"), &bytes)?;
        contents.files += 1;
        progress(Stage::Files(contents.files));
    }
    archive.finish()?.into_inner().map_err(std::io::IntoInnerError::into_error)?;
    part.keep(file)?;
    Ok((header, contents))
}

fn header(backup: &Backup, now: Moment) -> Header {
    let head = backup.head();
    let owned = |(name, columns): (&str, Vec<&str>)| (name.to_owned(), columns.into_iter().map(str::to_owned).collect());
    Header {
        format: FORMAT,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        at: now.0,
        schema: backup.schema().to_vec(),
        sequence: head.sequence,
        hash: head.hash.clone(),
        last_at: head.at.map(|at| at.0),
        tables: backup.tables().into_iter().map(owned).collect(),
    }
}

/// Adds the rows of a table, one entry for what was read at a time; gives back how many.
async fn add_rows<W: Write>(
    archive: &mut Writer<W>,
    backup: &mut Backup,
    table: &str,
    progress: &mut (dyn FnMut(u64) + Send),
) -> Result<u64, BackupFault> {
    let (mut entries, mut count) = (0, 0);
    backup
        .rows(table, |rows| {
            let mut lines = Vec::new();
            for row in &rows {
                serde_json::to_writer(&mut lines, row).map_err(std::io::Error::from)?;
                lines.push(b'\n');
            }
            if rows.is_empty() {
                return Ok(());
            }
            entries += 1;
            count += rows.len() as u64;
            progress(count);
            Ok::<(), BackupFault>(archive.add(format!("{TABLES}{table}/{entries}.jsonl"), &lines)?)
        })
        .await?;
    Ok(count)
}

/// The backup while it is written, beside its place; gone again where it does not become whole.
struct Part {
    file: File,
    path: PathBuf,
}

impl Part {
    /// Readable by who makes it only: it holds everything, hashes of passwords too.
    fn create(file: &Path) -> Result<Self, BackupFault> {
        let mut name = file.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{}.part", std::process::id()));
        let path = file.with_file_name(name);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        Ok(Self { file: options.open(&path)?, path })
    }

    /// Gives it its name, once its bytes are on the disk.
    fn keep(self, file: &Path) -> Result<(), BackupFault> {
        self.file.sync_all()?;
        // A link refuses what is there, where a rename would take its place.
        match fs::hard_link(&self.path, file) {
            Ok(()) => {}
            Err(fault) if fault.kind() == std::io::ErrorKind::AlreadyExists => return Err(BackupFault::Exists),
            // A file system without links.
            Err(_) => fs::rename(&self.path, file)?,
        }
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        // Not every system lets a folder be flushed; the file itself is on the disk.
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
        Ok(())
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        // Linked or renamed by now, or not wanted.
        let _ = fs::remove_file(&self.path);
    }
}
