//! What is asked of each line.

use std::fmt;

use gorgias::{ExternalId, InvalidExternalId};

/// What is asked of each line of an import, beyond being a ticket that the
/// API accepts.
///
/// A line needs an `external_id` of its own, unless the rules say what to
/// make one of:
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
}

/// How an external id is made of a field.
#[derive(Clone, Debug)]
pub(super) struct Derive {
    pub(super) prefix: String,
    pub(super) field: String,
}

impl Rules {
    /// Every line has its own `external_id`, and nothing is e-mailed.
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes the external id of a line that has none from a prefix and a
    /// field, as [`ExternalId::derive`] does: `PREFIX:VALUE`.
    ///
    /// The field is a member of the line, such as `id`, which is then left out
    /// of what is sent; or, if it starts with `/`, a JSON pointer to something
    /// that is sent too, such as `/meta/zendesk_id`. Its value is a string or
    /// an integer. A field called `external_id` puts the prefix before the
    /// line's own id.
    ///
    /// # Errors
    ///
    /// When the prefix isn't 1 to 64 letters, digits, `.`, `_` and `-`, or the
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

    /// Lets lines in whose messages the helpdesk would send to customers:
    /// those that an agent wrote, that are no internal notes, and that don't
    /// say when they were sent. Refused by default.
    pub fn allow_sending(mut self, allow: bool) -> Self {
        self.allow_sending = allow;
        self
    }
}

/// What no external id can be made of, from [`Rules::derive_ids`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidRules {
    /// The prefix isn't the source of one.
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
