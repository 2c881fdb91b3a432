//! The rules for lines.

use std::fmt;
use std::path::PathBuf;

use gorgias::{ExternalId, InvalidExternalId};

/// The rules for each line of an import, besides those of the API.
///
/// A line needs its own `external_id`, unless the rules make one from another field:
///
/// ```
/// use gorgias_import::Rules;
///
/// // {"id": 12345, "messages": [...]} is imported as "zendesk:12345".
/// let rules = Rules::new().derive_ids("zendesk", "id")?;
/// # let _ = rules;
/// # Ok::<(), gorgias_import::InvalidRules>(())
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct Rules {
    pub(super) derive: Option<Derive>,
    pub(super) allow_sending: bool,
    /// The folder of the files that may be uploaded. `None` if files aren't uploaded.
    pub(crate) files: Option<PathBuf>,
}

/// How to make an external id from a field.
#[derive(Clone, Debug)]
pub(super) struct Derive {
    pub(super) prefix: String,
    pub(super) field: String,
}

impl Rules {
    /// Creates the default rules: every line has its own `external_id`, and no
    /// line may send a message to a customer.
    pub fn new() -> Self {
        Self::default()
    }

    /// If a line has no external id, makes one from a prefix and a field, like
    /// [`ExternalId::derive`]: `PREFIX:VALUE`.
    ///
    /// The field is a member of the line, such as `id`. This member is not sent. A field
    /// that starts with `/` is a JSON pointer, such as `/meta/zendesk_id`, to a value
    /// that is sent too. The value is a string or an integer. With the field
    /// `external_id`, the prefix is put before the line's own id.
    ///
    /// # Errors
    ///
    /// If the prefix isn't 1 to 64 letters, digits, `.`, `_` and `-`, or the
    /// field is empty.
    pub fn derive_ids(
        mut self,
        prefix: impl Into<String>,
        field: impl Into<String>,
    ) -> Result<Self, InvalidRules> {
        let (prefix, field) = (prefix.into(), field.into());
        ExternalId::derive(&prefix, "1").map_err(InvalidRules::Prefix)?;
        if field.is_empty() {
            return Err(InvalidRules::Field);
        }
        self.derive = Some(Derive { prefix, field });
        Ok(self)
    }

    /// Allows lines with messages that the helpdesk would send to customers:
    /// messages of agents without a `sent_datetime` that aren't internal notes.
    /// They are refused by default.
    pub fn allow_sending(mut self, allow: bool) -> Self {
        self.allow_sending = allow;
        self
    }

    /// Uploads local files, which attachments name by `file:` addresses and
    /// bodies of messages by `file:///` addresses, and replaces these addresses
    /// by those that the helpdesk returns. By default attachments with such
    /// addresses are refused, and bodies aren't changed.
    ///
    /// Only files in this folder or below are uploaded, because lines contain
    /// text of strangers, who must not choose other files. A line with an attachment
    /// outside of the folder is rejected. In a body, the address of such a file stays
    /// unchanged.
    ///
    /// Each file is uploaded once. The journal stores the address by the file's
    /// path and content, so that another run finds it and makes the same
    /// tickets. If the answer of an upload is lost, the file is uploaded again.
    /// The helpdesk may then keep two copies, of which tickets use one.
    pub fn upload_files(mut self, folder: impl Into<PathBuf>) -> Self {
        self.files = Some(folder.into());
        self
    }
}

/// The error of [`Rules::derive_ids`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidRules {
    /// The prefix isn't valid.
    Prefix(InvalidExternalId),
    /// The field is empty.
    Field,
}

impl fmt::Display for InvalidRules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Prefix(error) => error.fmt(f),
            Self::Field => f.write_str(
                "the field is empty, and not the name of a member or a JSON pointer such as /meta/id",
            ),
        }
    }
}

impl std::error::Error for InvalidRules {}
