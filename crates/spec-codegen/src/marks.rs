//! The extensions (`x-…`) by which the document marks its parts for the generator.

/// Marks a part that only one source lists, and whose use was never observed.
pub const UNPROVEN: &str = "x-unproven";

/// Marks a component in responses whose `id` is required.
pub const RESOURCE: &str = "x-resource";

/// Marks a text that becomes a mail header, in which a line break would start
/// another header.
pub const MAIL_HEADER: &str = "x-mail-header";

/// Marks the address of an attachment. Readers of the ticket fetch the attachment, so the
/// address must be a public URL.
pub const ATTACHMENT_URL: &str = "x-attachment-url";

/// Marks an e-mail address. The format `email` isn't used, because services accept addresses
/// that don't match the grammar of the format.
pub const EMAIL_ADDRESS: &str = "x-email-address";

/// Sets the effect of an operation, if the effect doesn't follow from the HTTP method.
pub const EFFECT: &str = "x-effect";
