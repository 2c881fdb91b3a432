//! Uploads files, to be attached to messages.

mod content;
mod media_type;
mod upload;

use std::path::PathBuf;

use bytes::Bytes;

use self::content::Content;
pub use self::upload::Upload;
use crate::client::Client;

/// The files of a helpdesk, from [`Client::uploads`].
#[derive(Clone, Debug)]
pub struct Uploads {
    client: Client,
}

impl Client {
    /// The files of the helpdesk.
    #[must_use]
    pub fn uploads(&self) -> Uploads {
        Uploads {
            client: self.clone(),
        }
    }
}

impl Uploads {
    /// Uploads a file of this machine, to be attached to a message.
    ///
    /// The file is read while it is sent, and never held in memory as a whole. Its
    /// name is that of the path, and its media type follows from the ending of the
    /// name; both can be set. The upload is one request, which is not repeated once
    /// it has begun.
    ///
    /// The service documents no limit of the size. It refuses a file that is too large
    /// with status 413.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidRequest`](crate::ErrorKind::InvalidRequest) when
    /// there is no such file, the file can't be opened, or it isn't a regular file;
    /// see [`Error`](crate::Error) for the other errors. If the file becomes longer or
    /// shorter while it is sent, the request fails.
    /// [`Error::delivery`](crate::Error::delivery) says what became of the file. A file
    /// that may have been uploaded can be uploaded again; the service then keeps it
    /// twice.
    ///
    /// # Cancel safety
    ///
    /// When the future is dropped after the request was sent, the file may have
    /// been uploaded. Then no message refers to the file.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = gorgias_emulator::Emulator::builder().build()?;
    /// # let client = gorgias::Client::builder("acme")
    /// #     .api_key("agent@acme.example", "key")
    /// #     .service(emulator.service())
    /// #     .build()?;
    /// # let folder = std::env::temp_dir().join(format!("gorgias-{}", std::process::id()));
    /// # std::fs::create_dir_all(&folder)?;
    /// # let path = folder.join("vase.jpg");
    /// # std::fs::write(&path, "a photo")?;
    /// use gorgias::NewTicket;
    ///
    /// let photo = client.uploads().file(path).await?;
    /// let ticket = NewTicket::from_customer("jane@example.com")
    ///     .text("The vase is broken.")
    ///     .attachment(photo);
    /// client.tickets().create(ticket).await?;
    /// # std::fs::remove_dir_all(&folder)?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn file(&self, path: impl Into<PathBuf>) -> Upload {
        Upload::new(self.client.clone(), Content::File(path.into()))
    }

    /// Uploads bytes under a name and a media type, to be attached to a message.
    ///
    /// Like any other request, the upload is repeated if a repetition is safe.
    ///
    /// # Errors
    ///
    /// See [`Error`](crate::Error). [`Error::delivery`](crate::Error::delivery) says
    /// what became of the upload.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future has the same effect as with [`file`](Self::file).
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = gorgias_emulator::Emulator::builder().build()?;
    /// # let client = gorgias::Client::builder("acme")
    /// #     .api_key("agent@acme.example", "key")
    /// #     .service(emulator.service())
    /// #     .build()?;
    /// let log = client.uploads().bytes("log.txt", "text/plain", "It failed.").await?;
    /// # let _ = log;
    /// # Ok(())
    /// # }
    /// ```
    pub fn bytes(
        &self,
        name: impl Into<String>,
        content_type: impl Into<String>,
        bytes: impl Into<Bytes>,
    ) -> Upload {
        let content = Content::Bytes(bytes.into());
        Upload::new(self.client.clone(), content)
            .name(name)
            .content_type(content_type)
    }
}
