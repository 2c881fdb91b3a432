//! The notices of a conversion.

use std::fmt;

use serde::Serialize;

/// A notice about a part of the input that was changed or left out, or that should be
/// looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Notice {
    /// What happened.
    pub kind: NoticeKind,
    /// The external id of the ticket that the notice is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// The line of the input, counted from one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// A JSON pointer to the place in the ticket as it is written. The index of a message
    /// is its position in the whole conversation, even if the conversation was split.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// The table of the map, if the notice is about a value of the source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table: Option<&'static str>,
    /// The value of the source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// The number of occurrences, if several are reported at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
    /// A description in words.
    pub detail: String,
}

impl Notice {
    pub(crate) fn new(kind: NoticeKind, detail: impl Into<String>) -> Self {
        Self {
            kind,
            external_id: None,
            line: None,
            at: None,
            table: None,
            value: None,
            count: None,
            detail: detail.into(),
        }
    }

    pub(crate) fn at(mut self, at: impl Into<String>) -> Self {
        self.at = Some(at.into());
        self
    }

    pub(crate) fn line(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }
}

/// The kinds of notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum NoticeKind {
    /// A record of the input can't be read, and is not in the output.
    Unreadable,
    /// A ticket would not pass the rules of the API, and is not in the output.
    Refused,
    /// Messages belong to a ticket that isn't in the input. They are not in the output.
    Orphan,
    /// A ticket was deleted in the source, and is not in the output.
    Deleted,
    /// An older version of a ticket whose newer version is in the input too.
    Superseded,
    /// A ticket that the map leaves out.
    LeftOut,
    /// A value is longer than the API allows, and was cut.
    Cut,
    /// Characters that can't be sent were replaced or removed.
    Mended,
    /// A value can't be used. It is in `meta`, or not in the output.
    Unusable,
    /// A time is missing or can't be read. If the ticket needs it, another time
    /// replaces it.
    TimeGuessed,
    /// A conversation has too many or too large messages for one ticket, and became
    /// several tickets.
    Split,
    /// A ticket has no messages in the input, or a row that should be a message is
    /// empty.
    NoMessages,
    /// A message was written by somebody who isn't in the input.
    UnknownAuthor,
    /// A customer wrote a private message, which became an internal note.
    PrivateByCustomer,
    /// A message has another channel than in the source.
    ChannelChanged,
    /// A customer has neither an e-mail address nor a phone number.
    Unreachable,
    /// An attachment has no address that may be sent; it is in the message's
    /// `meta`.
    AttachmentLeftOut,
    /// Rows of one conversation have different values for a member of the ticket.
    Conflict,
    /// A ticket was merged into another one in the source.
    Merged,
    /// Neither the map nor a default says what a value becomes.
    Unmapped,
    /// A value that the map leaves out.
    Dropped,
    /// A member or column of the source that has no place in a ticket.
    NotCarried,
}

impl NoticeKind {
    /// Whether a record that should be in the output is missing there.
    #[must_use]
    pub fn is_failure(self) -> bool {
        matches!(self, Self::Unreadable | Self::Refused | Self::Orphan)
    }
}

impl fmt::Display for NoticeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unreadable => "records that can't be read",
            Self::Refused => "tickets that the API would refuse",
            Self::Orphan => "messages of tickets that are not in the input",
            Self::Deleted => "deleted tickets left out",
            Self::Superseded => "older versions of tickets left out",
            Self::LeftOut => "tickets left out by the map",
            Self::Cut => "values cut to what the API allows",
            Self::Mended => "values with characters that can't be sent",
            Self::Unusable => "values that can't be used",
            Self::TimeGuessed => "times that are missing or can't be read",
            Self::Split => "conversations split into several tickets",
            Self::NoMessages => "tickets without messages",
            Self::UnknownAuthor => "messages by people who are not in the input",
            Self::PrivateByCustomer => "private messages by customers",
            Self::ChannelChanged => "messages on another channel",
            Self::Unreachable => "tickets of customers without an address",
            Self::AttachmentLeftOut => "attachments without a usable address",
            Self::Conflict => "rows that contradict earlier ones",
            Self::Merged => "tickets that were merged into others",
            Self::Unmapped => "values that are not in the map",
            Self::Dropped => "values left out by the map",
            Self::NotCarried => "values that have no place in a ticket",
        })
    }
}
