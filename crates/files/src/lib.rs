//! Where files are kept that the ledger only names: a folder or an S3 store, behind one type.
//!
//! A name stands for its bytes for good: writing the same name again writes the same bytes, so a write that may or may not have
//! arrived is simply made again. In a folder a file appears whole or not at all, and what was acknowledged is on the disk
//! (file and folders are synced). The store's keys come from the environment and from nowhere else.

mod address;
mod fault;
mod name;
mod s3;

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::TryStreamExt;
use object_store::local::LocalFileSystem;
use object_store::prefix::PrefixStore;
use object_store::{Error, GetOptions, ObjectStore, ObjectStoreExt, PutPayload};

use address::Address;
pub use address::AddressFault;
pub use fault::FilesFault;
pub use name::is_name;

/// The place where files are; cheap to clone.
#[derive(Clone)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
    place: Arc<Place>,
}

/// What is told of the place when something fails.
struct Place {
    /// The address without anything secret.
    shown: String,
    /// The folder, if it is one.
    folder: Option<PathBuf>,
    /// What must not stand in a log even if the store repeats it.
    secrets: Vec<String>,
}

impl std::fmt::Debug for Files {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Files").field(&self.place.shown).finish()
    }
}

impl Files {
    /// Opens a folder (a path or `file:///…`; made if it is missing, for its owner only) or an S3 store
    /// (`s3://bucket/prefix?endpoint=https://…&region=…`, keys from `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and, for keys
    /// that expire, `AWS_SESSION_TOKEN`). A store is not asked yet: [`Files::check`] does.
    ///
    /// # Errors
    /// The address cannot be read, keys are missing, or the folder cannot be made.
    pub fn open(url_or_folder: &str) -> Result<Self, FilesFault> {
        Self::open_with(url_or_folder, |name| std::env::var(name).ok())
    }

    /// As [`Files::open`], with the environment handed in.
    ///
    /// # Errors
    /// As [`Files::open`].
    pub fn open_with(url_or_folder: &str, environment: impl Fn(&str) -> Option<String>) -> Result<Self, FilesFault> {
        match Address::parse(url_or_folder)? {
            Address::Folder(folder) => Self::open_folder(folder),
            Address::S3(address) => {
                let keys = s3::Keys::from(environment)?;
                let place = Place { shown: address.shown(), folder: None, secrets: keys.secrets() };
                let store = s3::open(&address, &keys).map_err(|error| FilesFault::of(&place, &error))?;
                let store: Arc<dyn ObjectStore> = match &address.prefix {
                    Some(prefix) => Arc::new(PrefixStore::new(store, prefix.as_str())),
                    None => Arc::new(store),
                };
                Ok(Self { store, place: Arc::new(place) })
            }
        }
    }

    fn open_folder(folder: PathBuf) -> Result<Self, FilesFault> {
        let place = Place { shown: folder.display().to_string(), folder: Some(folder.clone()), secrets: Vec::new() };
        make_folder(&folder).map_err(|fault| FilesFault::of_io(&place, &fault))?;
        let store = LocalFileSystem::new_with_prefix(&folder).map_err(|error| FilesFault::of(&place, &error))?.with_fsync(true);
        Ok(Self { store: Arc::new(store), place: Arc::new(place) })
    }

    /// The address, without anything secret.
    pub fn shown(&self) -> &str {
        &self.place.shown
    }

    /// Writes a file. When this returns, it is kept, also after a power cut.
    ///
    /// # Errors
    /// A bad name, or why the place did not take it.
    pub async fn put(&self, name: &str, bytes: Bytes) -> Result<(), FilesFault> {
        self.has_place()?;
        self.store.put(&name::path(name)?, PutPayload::from_bytes(bytes)).await.map_err(|error| self.fault(&error))?;
        Ok(())
    }

    /// A whole file; none if there is no such file.
    ///
    /// # Errors
    /// A bad name, or why the place did not answer.
    pub async fn get(&self, name: &str) -> Result<Option<Bytes>, FilesFault> {
        let read = async { self.store.get(&name::path(name)?).await.map_err(Failed::Store)?.bytes().await.map_err(Failed::Store) };
        self.found(read.await)
    }

    /// A part of a file, cut at its end; none if there is no such file.
    ///
    /// # Errors
    /// A bad name, a range that is empty or begins beyond the file, or why the place did not answer.
    pub async fn range(&self, name: &str, range: Range<u64>) -> Result<Option<Bytes>, FilesFault> {
        let options = GetOptions { range: Some(range.into()), ..GetOptions::default() };
        let read =
            async { self.store.get_opts(&name::path(name)?, options).await.map_err(Failed::Store)?.bytes().await.map_err(Failed::Store) };
        self.found(read.await)
    }

    /// How many bytes a file has; none if there is no such file.
    ///
    /// # Errors
    /// A bad name, or why the place did not answer.
    pub async fn size(&self, name: &str) -> Result<Option<u64>, FilesFault> {
        let read = async { Ok(self.store.head(&name::path(name)?).await.map_err(Failed::Store)?.size) };
        self.found(read.await)
    }

    /// Whether there is such a file.
    ///
    /// # Errors
    /// As [`Files::size`].
    pub async fn has(&self, name: &str) -> Result<bool, FilesFault> {
        Ok(self.size(name).await?.is_some())
    }

    /// Removes a file; one that is not there is removed already.
    ///
    /// # Errors
    /// A bad name, or why the place did not do it.
    pub async fn delete(&self, name: &str) -> Result<(), FilesFault> {
        let done = async { self.store.delete(&name::path(name)?).await.map_err(Failed::Store) };
        self.found(done.await).map(|_| ())
    }

    /// The names of all files that begin with these whole parts of a name (`photos` or `photos/2024`; empty for all), in order.
    /// What lies in the folder under other names is not ours and is passed over.
    ///
    /// # Errors
    /// A bad prefix, or why the place did not answer.
    pub async fn list(&self, prefix: &str) -> Result<Vec<String>, FilesFault> {
        self.has_place()?;
        let prefix = if prefix.is_empty() { None } else { Some(name::path(prefix)?) };
        let found = self.store.list(prefix.as_ref()).map_ok(|file| String::from(file.location));
        let mut names: Vec<String> = found.try_collect().await.map_err(|error| self.fault(&error))?;
        names.retain(|name| is_name(name));
        names.sort_unstable();
        Ok(names)
    }

    /// Asks the place whether it is there and lets us in, by looking for a file that need not exist.
    ///
    /// # Errors
    /// Why it would not answer.
    pub async fn check(&self) -> Result<(), FilesFault> {
        self.has_place()?;
        // The whole file, since the answer to a question for its size has no room to say that it is the bucket that is missing.
        self.get("check").await.map(|_| ())
    }

    fn fault(&self, error: &Error) -> FilesFault {
        FilesFault::of(&self.place, error)
    }

    /// A folder that is gone (a disk that is not mounted) must not look like one without files, and must not be made again.
    fn has_place(&self) -> Result<(), FilesFault> {
        match &self.place.folder {
            Some(folder) => match std::fs::metadata(folder) {
                Ok(_) => Ok(()),
                Err(fault) => Err(FilesFault::of_io(&self.place, &fault)),
            },
            None => Ok(()),
        }
    }

    /// Tells a file that is not there from a place that is not there.
    fn found<T>(&self, read: Result<T, Failed>) -> Result<Option<T>, FilesFault> {
        match read {
            Ok(value) => Ok(Some(value)),
            Err(Failed::Name(fault)) => Err(fault),
            Err(Failed::Store(error)) if fault::is_missing_file(&error) => self.has_place().map(|()| None),
            Err(Failed::Store(error)) => Err(self.fault(&error)),
        }
    }
}

/// Why one file was not read.
enum Failed {
    Name(FilesFault),
    Store(Error),
}

impl From<FilesFault> for Failed {
    fn from(fault: FilesFault) -> Self {
        Self::Name(fault)
    }
}

/// Makes the folder and what is missing above it, open to its owner only: photos are here before they are public.
fn make_folder(folder: &std::path::Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}
