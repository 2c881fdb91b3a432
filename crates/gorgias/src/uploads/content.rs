//! The content of an upload: bytes, or a file that is read while it is sent.

use std::io;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use futures_util::stream::{self, Stream};
use gorgias_runtime::transport::Body;
use tokio::fs::File;
use tokio::io::AsyncReadExt;

/// The most bytes of a file that are read at once.
const PIECE: usize = 64 * 1024;

/// The content of an upload: bytes, or the file at a path.
pub(super) enum Content {
    Bytes(Bytes),
    File(PathBuf),
}

impl Content {
    /// Returns the file name of the path, if there is one.
    pub(super) fn name(&self) -> Option<String> {
        match self {
            Self::Bytes(_) => None,
            Self::File(path) => {
                let name = path.file_name()?;
                Some(name.to_string_lossy().into_owned())
            }
        }
    }

    /// Creates the body of a request. Opens a file and reads its length; the bytes of
    /// the file are read when the body is sent.
    ///
    /// # Errors
    ///
    /// When the file can't be opened, or isn't a regular file.
    pub(super) async fn open(self) -> io::Result<Body> {
        match self {
            Self::Bytes(bytes) => Ok(bytes.into()),
            Self::File(path) => of_file(&path).await,
        }
    }
}

async fn of_file(path: &Path) -> io::Result<Body> {
    // The path is checked first, because opening a pipe would wait for a writer.
    if !tokio::fs::metadata(path).await?.is_file() {
        return Err(io::Error::other("it is not a regular file"));
    }
    let file = File::open(path).await?;
    let length = file.metadata().await?.len();
    Ok(Body::stream(length, pieces(file, length)))
}

/// Returns the pieces of a file of this length. The stream fails if the file is
/// shorter, or has grown before the last piece is returned; otherwise the service
/// would store a truncated file.
fn pieces(file: File, length: u64) -> impl Stream<Item = io::Result<Bytes>> + Send {
    stream::try_unfold((file, length), |(mut file, left)| async move {
        if left == 0 {
            return Ok(None);
        }
        let most = usize::try_from(left).map_or(PIECE, |left| left.min(PIECE));
        let mut piece = Vec::with_capacity(most);
        let mut limited = (&mut file).take(most.try_into().unwrap_or(u64::MAX));
        while limited.read_buf(&mut piece).await? > 0 {}
        let read = u64::try_from(piece.len()).unwrap_or(u64::MAX);
        let left = left.saturating_sub(read);
        if piece.len() < most || (left == 0 && file.read(&mut [0]).await? > 0) {
            return Err(io::Error::other("the file changed while it was sent"));
        }
        Ok(Some((Bytes::from(piece), (file, left))))
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// A folder that is removed at the end.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let name = format!("gorgias-uploads-{}-{name}", std::process::id());
            let path = std::env::temp_dir().join(name);
            fs::create_dir_all(&path).unwrap();
            Self(path)
        }

        fn file(&self, content: &[u8]) -> PathBuf {
            let path = self.0.join("file.bin");
            fs::write(&path, content).unwrap();
            path
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    async fn body(path: &Path) -> Body {
        Content::File(path.to_owned()).open().await.unwrap()
    }

    #[tokio::test]
    async fn a_file_of_any_length_is_read_to_its_end() {
        let folder = Folder::new("lengths");
        for length in [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE] {
            let content: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
            let path = folder.file(&content);
            let body = body(&path).await;
            assert_eq!(body.len(), length as u64);
            assert!(body.bytes().await.unwrap() == content, "{length}");
        }
    }

    #[tokio::test]
    async fn a_file_that_changes_its_length_is_an_error() {
        let folder = Folder::new("changes");
        for (before, after) in [
            (PIECE, PIECE - 1),
            (PIECE, PIECE + 1),
            (2 * PIECE, 0),
            (1, 2),
        ] {
            let path = folder.file(&vec![1; before]);
            let body = body(&path).await;
            folder.file(&vec![1; after]);
            let error = body.bytes().await.unwrap_err();
            assert_eq!(error.to_string(), "the file changed while it was sent");
        }
    }

    #[tokio::test]
    async fn what_is_no_file_is_refused() {
        let folder = Folder::new("none");
        let open = |path: PathBuf| Content::File(path).open();
        let error = open(folder.0.clone()).await.unwrap_err();
        assert_eq!(error.to_string(), "it is not a regular file");
        let error = open(folder.0.join("absent")).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::NotFound);
    }
}
