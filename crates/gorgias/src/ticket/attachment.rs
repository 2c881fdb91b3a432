//! Files of a message.

use gorgias_api::types::CreateAttachment;

/// A file that belongs to a message, given by its address. This library doesn't
/// fetch the file, and the helpdesk's agents must be able to open the address. To
/// attach a file of this machine, upload it with
/// [`Client::uploads`](crate::Client::uploads).
///
/// Only https addresses of public hosts and addresses of uploaded files are
/// allowed, unless the client was built with
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
#[must_use]
pub struct Attachment(pub(crate) CreateAttachment);

impl Attachment {
    /// A file at a URL, with its name and media type.
    pub fn new(
        url: impl Into<String>,
        name: impl Into<String>,
        content_type: impl Into<String>,
    ) -> Self {
        Self(CreateAttachment::new(content_type, name, url))
    }
}

crate::ticket::wraps!(Attachment: CreateAttachment);
