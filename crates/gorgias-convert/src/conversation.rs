//! The types of a conversation of the source. The readers of exports create
//! conversations, and `render` converts them to tickets.
//!
//! A conversation contains text of customers, so the types that hold such text have no
//! `Debug`.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::Notice;
use crate::map::Role;

#[derive(Clone, Default)]
pub(crate) struct Conversation {
    /// The id of the conversation in the source.
    pub(crate) id: String,
    pub(crate) line: u64,
    pub(crate) subject: Option<String>,
    pub(crate) status: Option<String>,
    pub(crate) priority: Option<String>,
    pub(crate) channel: Option<String>,
    pub(crate) created: Option<DateTime<Utc>>,
    pub(crate) updated: Option<DateTime<Utc>>,
    pub(crate) closed: Option<DateTime<Utc>>,
    pub(crate) language: Option<String>,
    pub(crate) spam: bool,
    pub(crate) tags: Vec<String>,
    pub(crate) customer: Option<Person>,
    /// The company's address to which the conversation was written.
    pub(crate) support: Option<String>,
    pub(crate) assignee: Option<Person>,
    pub(crate) team: Option<Named>,
    pub(crate) fields: Vec<(Named, Value)>,
    /// Data of the source for which a ticket has no member of its own.
    pub(crate) meta: Map<String, Value>,
    pub(crate) messages: Vec<Message>,
    /// The host of the source's account.
    pub(crate) host: Option<String>,
    /// The notices of the reader about this conversation.
    pub(crate) notices: Vec<Notice>,
}

impl Conversation {
    /// Keeps a value of the source in the ticket's `meta`.
    pub(crate) fn keep(&mut self, name: &str, value: impl Into<Value>) {
        self.meta.insert(name.to_owned(), value.into());
    }
}

/// An id of the source, with a name that people can read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) id: String,
    pub(crate) name: Option<String>,
}

/// One message of a conversation.
#[derive(Clone, Default)]
pub(crate) struct Message {
    pub(crate) id: Option<String>,
    pub(crate) author: Author,
    pub(crate) private: bool,
    pub(crate) text: Option<String>,
    pub(crate) html: Option<String>,
    pub(crate) at: Option<DateTime<Utc>>,
    pub(crate) channel: Option<String>,
    pub(crate) message_id: Option<String>,
    /// The company's address in this message. `None` stands for the company's address
    /// of the conversation.
    pub(crate) support: Option<String>,
    pub(crate) attachments: Vec<Attachment>,
    /// Data of the source for which a message has no member of its own.
    pub(crate) meta: Map<String, Value>,
}

impl Message {
    /// An internal note for a ticket without messages, because a ticket must have a message.
    pub(crate) fn placeholder(at: Option<DateTime<Utc>>) -> Self {
        Self {
            author: Author::System,
            private: true,
            text: Some("This ticket had no messages in the export.".to_owned()),
            at,
            ..Self::default()
        }
    }
}

#[derive(Clone)]
pub(crate) enum Author {
    Customer(Person),
    Agent(Person),
    /// An automation of the source.
    System,
    /// A person who isn't in the input, with the person's id if the message names one.
    Unknown(Option<String>),
}

impl Default for Author {
    fn default() -> Self {
        Self::Unknown(None)
    }
}

#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Person {
    pub(crate) id: String,
    pub(crate) name: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) phone: Option<String>,
    pub(crate) role: Option<Role>,
    pub(crate) language: Option<String>,
    pub(crate) organization: Option<String>,
}

impl Person {
    /// Creates a person of whom only the id is known.
    pub(crate) fn with_id(id: String) -> Self {
        Self {
            id,
            ..Self::default()
        }
    }

    /// Whether the person has a name, an e-mail address or a phone number.
    pub(crate) fn is_known(&self) -> bool {
        self.name.is_some() || self.email.is_some() || self.phone.is_some()
    }
}

#[derive(Clone, Default)]
pub(crate) struct Attachment {
    pub(crate) id: Option<String>,
    pub(crate) url: String,
    pub(crate) name: Option<String>,
    pub(crate) content_type: Option<String>,
    pub(crate) size: Option<i64>,
}
