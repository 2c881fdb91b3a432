//! Switches for behaviour of the service that isn't known.

/// How strict the emulator is where the real service's behaviour is not known.
///
/// The default is the strict reading, except that an unknown tag of a new ticket is
/// created. A client's tests should pass with every setting of each switch, so that the
/// client depends on none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Strictness {
    pub(crate) ticket_via: Presence,
    pub(crate) message_via: Presence,
    pub(crate) email_source: EmailSource,
    pub(crate) unknown_keys: UnknownKeys,
    pub(crate) unknown_tags: UnknownTags,
    pub(crate) tags_as_strings: bool,
    pub(crate) naive_datetimes: bool,
    pub(crate) external_id: ExternalIdMatch,
    pub(crate) error_data: ErrorData,
    pub(crate) unknown_parameters: UnknownParameters,
    pub(crate) repeated_slashes: RepeatedSlashes,
}

/// The treatment of a query parameter that the document doesn't have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UnknownParameters {
    /// The request is answered 400. People who tried it report this for lists.
    #[default]
    Refused,
    /// A list is answered 400. On other operations the parameter has no effect.
    RefusedByLists,
}

/// How a path with several slashes in a row is answered, such as
/// `/api//tickets/1`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RepeatedSlashes {
    /// With 404.
    #[default]
    NotFound,
    /// Like the path with one slash.
    Merged,
}

/// The treatment of a message on channel `email` whose `source` does not have
/// `type`, `from` and `to`, with addresses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EmailSource {
    /// The request is answered 400. People who tried it report this, without saying which
    /// parts are needed.
    #[default]
    Required,
    /// The message is accepted, as the document says.
    AsDocumented,
}

/// Whether a key is required.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Presence {
    /// As the document says.
    #[default]
    AsDocumented,
    /// A request without the key is answered 400.
    Required,
    /// A request without the key gets the default.
    Optional,
}

/// The treatment of a request body with a key that the document doesn't have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UnknownKeys {
    /// The request is answered 400.
    #[default]
    Refused,
    /// The key has no effect.
    Ignored,
}

/// The treatment of a tag of a new ticket that the account doesn't have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UnknownTags {
    /// The account gets the tag, as the vendor's documentation of tags says.
    #[default]
    Created,
    /// The request is answered 400. People who tried it report this for the operations on
    /// a ticket's tags.
    Refused,
}

/// How the list of tickets compares the text of its filter `external_id` with the
/// tickets' external ids.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ExternalIdMatch {
    /// Exactly.
    #[default]
    Exact,
    /// Without regard to ASCII case.
    IgnoreCase,
    /// Without leading and trailing white space.
    Trimmed,
    /// By the beginning: every external id that starts with the text matches.
    Prefix,
    /// Not at all: every ticket matches.
    Ignored,
}

impl ExternalIdMatch {
    /// Whether the filter lets a ticket's external id in.
    pub(crate) fn accepts(self, wanted: &str, external_id: Option<&str>) -> bool {
        let Some(external_id) = external_id else {
            return self == Self::Ignored;
        };
        match self {
            Self::Ignored => true,
            Self::Prefix => external_id.starts_with(wanted),
            Self::Exact => external_id == wanted,
            Self::IgnoreCase => external_id.eq_ignore_ascii_case(wanted),
            Self::Trimmed => external_id.trim() == wanted.trim(),
        }
    }
}

/// The shape of `error.data` in a 400.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorData {
    /// Nested objects, in which the items of an array have their positions as keys:
    /// `{"messages": {"0": {"channel": ["…"]}}}`.
    #[default]
    Nested,
    /// One level, with dotted paths: `{"messages.0.channel": ["…"]}`.
    Dotted,
    /// No data at all.
    Absent,
}

impl Strictness {
    /// The default: every switch at its strict setting, except that an unknown tag of a
    /// new ticket is created.
    #[must_use]
    pub fn strict() -> Self {
        Self::default()
    }

    /// Every switch at its lenient setting. `external_id` and `error_data` have none, and
    /// stay at the default.
    #[must_use]
    pub fn lenient() -> Self {
        Self {
            ticket_via: Presence::Optional,
            message_via: Presence::Optional,
            email_source: EmailSource::AsDocumented,
            unknown_keys: UnknownKeys::Ignored,
            unknown_tags: UnknownTags::Created,
            tags_as_strings: true,
            naive_datetimes: true,
            external_id: ExternalIdMatch::Exact,
            error_data: ErrorData::Nested,
            unknown_parameters: UnknownParameters::RefusedByLists,
            repeated_slashes: RepeatedSlashes::Merged,
        }
    }

    /// Sets whether a ticket must have `via`.
    #[must_use]
    pub fn ticket_via(mut self, presence: Presence) -> Self {
        self.ticket_via = presence;
        self
    }

    /// Sets whether a message must have `via`.
    #[must_use]
    pub fn message_via(mut self, presence: Presence) -> Self {
        self.message_via = presence;
        self
    }

    /// Sets which parts the `source` of an e-mail message must have.
    #[must_use]
    pub fn email_source(mut self, email_source: EmailSource) -> Self {
        self.email_source = email_source;
        self
    }

    /// Sets the treatment of unknown keys in a request body.
    #[must_use]
    pub fn unknown_keys(mut self, unknown_keys: UnknownKeys) -> Self {
        self.unknown_keys = unknown_keys;
        self
    }

    /// Sets the treatment of a new ticket's tag that the account doesn't have.
    #[must_use]
    pub fn unknown_tags(mut self, unknown_tags: UnknownTags) -> Self {
        self.unknown_tags = unknown_tags;
        self
    }

    /// Sets whether `tags: ["vip"]` is accepted for `tags: [{"name": "vip"}]`.
    #[must_use]
    pub fn accept_tags_as_strings(mut self, accept: bool) -> Self {
        self.tags_as_strings = accept;
        self
    }

    /// Sets whether a datetime without an offset is accepted, as UTC.
    #[must_use]
    pub fn accept_naive_datetimes(mut self, accept: bool) -> Self {
        self.naive_datetimes = accept;
        self
    }

    /// Sets how the list of tickets compares its filter `external_id`.
    #[must_use]
    pub fn external_id(mut self, matching: ExternalIdMatch) -> Self {
        self.external_id = matching;
        self
    }

    /// Sets the treatment of unknown query parameters.
    #[must_use]
    pub fn unknown_parameters(mut self, unknown_parameters: UnknownParameters) -> Self {
        self.unknown_parameters = unknown_parameters;
        self
    }

    /// Sets how a path with several slashes in a row is answered.
    #[must_use]
    pub fn repeated_slashes(mut self, repeated_slashes: RepeatedSlashes) -> Self {
        self.repeated_slashes = repeated_slashes;
        self
    }

    /// Sets the shape of `error.data`.
    #[must_use]
    pub fn error_data(mut self, shape: ErrorData) -> Self {
        self.error_data = shape;
        self
    }
}
