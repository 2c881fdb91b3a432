//! The call that uploads one file.

use std::fmt;

use gorgias_api::operations::UPLOAD;
use gorgias_api::types::UploadType;
use gorgias_runtime::support::{CallOptions, OperationCall as _};
use gorgias_runtime::transport::Multipart;
use gorgias_runtime::{Error, call_options};

use super::content::Content;
use super::media_type;
use crate::client::Client;
use crate::ticket::Attachment;
use crate::tickets::Pending;

/// The upload of one file, from [`Uploads::file`](super::Uploads::file) or
/// [`Uploads::bytes`](super::Uploads::bytes). Awaiting the upload returns an
/// [`Attachment`].
#[must_use = "nothing is sent until the call is awaited"]
pub struct Upload {
    client: Client,
    content: Content,
    name: Option<String>,
    content_type: Option<String>,
    purpose: UploadType,
    options: CallOptions,
}

impl Upload {
    pub(super) fn new(client: Client, content: Content) -> Self {
        Self {
            client,
            content,
            name: None,
            content_type: None,
            purpose: UploadType::Attachment,
            options: CallOptions::default(),
        }
    }

    /// Sets the name of the file.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets the media type, such as `image/png`.
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// Sets the purpose of the file. By default the file is a private attachment.
    pub fn purpose(mut self, purpose: impl Into<UploadType>) -> Self {
        self.purpose = purpose.into();
        self
    }

    call_options!();

    async fn run(self) -> Result<Attachment, Error> {
        let of = |error: Error| error.of(&UPLOAD);
        let name = self.name.or_else(|| self.content.name());
        let name = name.unwrap_or_else(|| "file".to_owned());
        let content_type = self.content_type;
        let content_type = content_type.unwrap_or_else(|| media_type::of_name(&name).to_owned());
        let body = self.content.open().await;
        let body = body.map_err(Error::unbuildable).map_err(of)?;
        let size = i64::try_from(body.len()).unwrap_or(i64::MAX);
        let form = Multipart::new().file("file", &name, &content_type, body);

        let call = self.client.api().upload(form).type_(self.purpose);
        let answer = call.with_options(self.options).await?;
        let url = match answer.as_slice() {
            [file] => file.url.clone().filter(|url| !url.is_empty()),
            _ => None,
        };
        let url = url.ok_or_else(|| {
            of(Error::unexpected("the answer has no address of the file"))
                .after_attempts(answer.metadata().attempts())
        })?;
        Ok(Attachment::new(url, name, content_type).size(size))
    }
}

impl IntoFuture for Upload {
    type Output = Result<Attachment, Error>;
    type IntoFuture = Pending<Attachment>;

    fn into_future(self) -> Pending<Attachment> {
        Box::pin(self.run())
    }
}

// A name may be personal data.
impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload")
            .field("purpose", &self.purpose)
            .finish_non_exhaustive()
    }
}
