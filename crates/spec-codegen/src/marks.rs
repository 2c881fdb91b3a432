//! The extensions (`x-…`) by which the document marks its parts for the generator.

/// Marks a part that only one source lists, and that nobody was seen using.
pub const UNPROVEN: &str = "x-unproven";

/// Marks a received component whose `id` is required.
pub const RESOURCE: &str = "x-resource";

/// Marks a text that becomes a mail header, in which a line break would start
/// another header.
pub const MAIL_HEADER: &str = "x-mail-header";

/// Marks the address of an attachment. Readers of the ticket fetch it, so it must be a
/// public URL.
pub const ATTACHMENT_URL: &str = "x-attachment-url";

/// Marks an e-mail address. The format `email` isn't used, because services
/// accept addresses that don't match its grammar.
pub const EMAIL_ADDRESS: &str = "x-email-address";

/// Sets an operation's effect, if it doesn't follow from the HTTP method.
pub const EFFECT: &str = "x-effect";
