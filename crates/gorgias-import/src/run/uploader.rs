//! Uploads the files that lines name.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use futures_util::future::BoxFuture;
use gorgias::api::types::CreateAttachment;
use gorgias::pacer::Lane;
use gorgias::{Error, ErrorKind, Uploads};
use gorgias_journal::SqliteJournal;
use tokio::sync::{Mutex as FileLock, Semaphore};
use tokio::task::spawn_blocking;

use super::reads::Reads;
use crate::files::{AddressPlace, FileAddress, LocalFile};
use crate::halted::Reason;
use crate::line::RawLine;

/// A future that uploads the files of a line, and returns the line with the new addresses.
pub(super) type Upload = BoxFuture<'static, Result<RawLine, Reason>>;

/// A lock for each file that is being uploaded, by the file's digest. If several lines name
/// one file, the first of them uploads it, and the others wait.
type FileLocks = HashMap<[u8; 32], Weak<FileLock<()>>>;

/// Uploads files with a client, and stores their addresses in the journal.
#[derive(Clone, Debug)]
pub(super) struct Uploader {
    uploads: Uploads,
    reads: Reads,
    journal: Arc<SqliteJournal>,
    folder: Arc<Path>,
    locks: Arc<Mutex<FileLocks>>,
    /// Limits the number of simultaneous uploads.
    permits: Arc<Semaphore>,
}

impl Uploader {
    pub(super) fn new(
        uploads: Uploads,
        reads: Reads,
        journal: Arc<SqliteJournal>,
        folder: &Path,
        at_a_time: usize,
    ) -> Self {
        Self {
            uploads,
            reads,
            journal,
            folder: folder.into(),
            locks: Arc::default(),
            permits: Arc::new(Semaphore::new(at_a_time)),
        }
    }

    /// Returns a future that uploads the files of a line and replaces their addresses.
    pub(super) fn start(&self, raw: RawLine) -> Upload {
        let uploader = self.clone();
        Box::pin(async move { uploader.upload_all(raw).await })
    }

    async fn upload_all(&self, mut raw: RawLine) -> Result<RawLine, Reason> {
        let found = raw.files();
        let mut new_addresses = HashMap::new();
        for one in &found {
            if new_addresses.contains_key(&one.address) {
                continue;
            }
            let address = self.address(one).await?;
            raw.add_address(one, address, &mut new_addresses);
        }
        raw.replace_addresses(&found, &new_addresses);
        Ok(raw)
    }

    /// Returns the address of a file from the journal, or uploads the file. The inner error
    /// is the problem to report if the file can't be uploaded.
    async fn address(&self, found: &FileAddress) -> Result<Result<String, String>, Reason> {
        let (folder, address) = (Arc::clone(&self.folder), found.address.clone());
        let file = spawn_blocking(move || LocalFile::read(&folder, &address)).await;
        let file = match file {
            Ok(Ok(file)) => file,
            Ok(Err(unusable)) => return Ok(Err(unusable.to_string())),
            Err(lost) => return Err(Reason::Input(std::io::Error::other(lost))),
        };
        let lock = self.lock(file.digest);
        let _guard = lock.lock().await;
        if let Some(address) = self.journal.file_address(file.digest).await? {
            return Ok(Ok(address));
        }
        let permit = self.permits.acquire().await;
        let uploaded = self.upload(&file, &found.place).await?;
        drop(permit);
        if let Ok(address) = &uploaded {
            self.journal
                .keep_file_address(file.digest, address.clone())
                .await?;
        }
        Ok(uploaded)
    }

    /// Returns the lock of the file with this digest.
    fn lock(&self, digest: [u8; 32]) -> Arc<FileLock<()>> {
        let mut locks = self.locks.lock().unwrap_or_else(PoisonError::into_inner);
        locks.retain(|_, lock| lock.strong_count() > 0);
        if let Some(lock) = locks.get(&digest).and_then(Weak::upgrade) {
            return lock;
        }
        let lock = Arc::default();
        locks.insert(digest, Arc::downgrade(&lock));
        lock
    }

    /// Uploads a file. Repeats the upload until it works, or until the import no longer waits
    /// for the service. A lost answer leaves open whether the file was uploaded. The upload is
    /// repeated even then, because no ticket refers to the first copy.
    async fn upload(
        &self,
        file: &LocalFile,
        place: &AddressPlace,
    ) -> Result<Result<String, String>, Reason> {
        let upload = || {
            let mut call = self.uploads.file(&file.path).with_lane(Lane::Bulk);
            if let AddressPlace::Attachment {
                name, content_type, ..
            } = place
            {
                if let Some(name) = name {
                    call = call.name(name);
                }
                if let Some(content_type) = content_type {
                    call = call.content_type(content_type);
                }
            }
            call.into_future()
        };
        match self.reads.until_read(upload).await {
            Ok(attachment) => {
                let attachment = CreateAttachment::from(attachment);
                let address = attachment.get_url().unwrap_or_default();
                Ok(Ok(address.to_owned()))
            }
            Err(Reason::Client(error)) => match refused(&error) {
                Some(problem) => Ok(Err(problem)),
                None => Err(Reason::Client(error)),
            },
            Err(reason) => Err(reason),
        }
    }
}

/// Returns the problem if the client or the service refuses only this file. `None` if every
/// upload would fail.
fn refused(error: &Error) -> Option<String> {
    match (error.kind(), error.status()) {
        (ErrorKind::InvalidRequest, _) => {
            Some("is a file that can't be read, or whose name or type can't be sent".to_owned())
        }
        (ErrorKind::Rejected, Some(status)) => {
            let status = status.as_u16();
            Some(format!(
                "is a file that the service refuses with status {status}"
            ))
        }
        _ => None,
    }
}
