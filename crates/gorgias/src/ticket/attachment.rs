//! Files of a message.

use gorgias_api::types::CreateAttachment;
use serde_json::Value;

/// A file that belongs to a message, by its address. Nothing is uploaded or
/// fetched by this library; the address must be one the helpdesk's agents can
/// open. Only https addresses of public hosts are sent, unless the client was
/// built with
/// [`danger_any_attachment_url`](crate::ClientBuilder::danger_any_attachment_url).
///
/// ```
/// use gorgias::Attachment;
///
/// let photo = Attachment::new(
///     "https://files.example.com/vase.jpg",
///     "vase.jpg",
///     "image/jpeg",
/// )
/// .size(48_213);
/// ```
#[derive(Clone)]
pub struct Attachment(CreateAttachment);

impl Attachment {
    /// A file at a URL, with its name and media type.
    #[must_use]
    pub fn new(
        url: impl Into<String>,
        name: impl Into<String>,
        content_type: impl Into<String>,
    ) -> Self {
        Self(CreateAttachment::new(
            content_type.into(),
            name.into(),
            url.into(),
        ))
    }

    /// Sets the size in bytes.
    #[must_use]
    pub fn size(mut self, bytes: i64) -> Self {
        self.0.size = Some(bytes);
        self
    }

    /// Sets whether the file can be read without signing in. The service
    /// takes it to be so when nothing is said.
    #[must_use]
    pub fn public(mut self, public: bool) -> Self {
        self.0.public = Some(public);
        self
    }

    /// Sets further data about the file.
    #[must_use]
    pub fn extra(mut self, extra: impl Into<Value>) -> Self {
        self.0.extra = Some(extra.into());
        self
    }

    pub(crate) fn into_inner(self) -> CreateAttachment {
        self.0
    }
}

crate::ticket::opaque_debug!(Attachment);
