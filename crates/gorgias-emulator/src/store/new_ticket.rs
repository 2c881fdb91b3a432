//! Reads a ticket or a message to create or to load, with the defaults that the
//! service fills in.

use serde::Deserialize;
use serde_json::{Error, Value, json};

use super::collection::Resource;
use super::read::{NewPerson, Reference, read};
use super::ticket::{Message, Ticket};
use super::values;
use crate::timestamp::Timestamp;

/// The members of which null is a value in an answer of the service. Anywhere else, null
/// stands for the default of the member.
const NULLABLE: [&str; 4] = [
    "imported",
    "last_message_datetime",
    "last_received_message_datetime",
    "sent_datetime",
];

/// Members that a ticket without them gets from its first message, and a message from its
/// ticket.
const OF_CONVERSATION: [&str; 2] = ["channel", "from_agent"];

/// The format of a ticket or a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// The body of a request.
    Request,
    /// An answer of the service, of which members may be missing.
    Response,
}

impl Format {
    /// Whether a member is used, and not replaced by its default.
    fn counts(self, member: &str, value: &Value) -> bool {
        !value.is_null() || (self == Self::Response && NULLABLE.contains(&member))
    }

    /// Whether a body has a member that is used.
    fn has(self, body: &Resource, member: &str) -> bool {
        let value = body.get(member);
        value.is_some_and(|value| self.counts(member, value))
    }
}

/// A ticket, and what it refers to.
#[derive(Debug)]
pub(crate) struct NewTicket {
    /// The id of a loaded ticket.
    pub(super) id: Option<i64>,
    pub(super) ticket: Ticket,
    pub(super) customer: Option<NewPerson>,
    pub(super) assignee_user: Option<NewPerson>,
    pub(super) tags: Vec<NewTag>,
    pub(super) messages: Vec<NewMessage>,
}

/// A message, and the people it refers to.
#[derive(Debug)]
pub(crate) struct NewMessage {
    /// The id of a loaded message.
    pub(super) id: Option<i64>,
    pub(super) message: Message,
    pub(super) sender: Option<NewPerson>,
    pub(super) receiver: Option<NewPerson>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged, expecting = "A tag must have a name.")]
pub(crate) enum NewTag {
    Name(String),
    Tag {
        /// Only a loaded ticket's tag has one.
        id: Option<Value>,
        name: String,
        decoration: Option<Value>,
    },
}

impl NewTag {
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Name(name) | Self::Tag { name, .. } => name,
        }
    }
}

impl NewTicket {
    pub(crate) fn read(given: &Resource, format: Format, now: Timestamp) -> Result<Self, Error> {
        let messages = given.get("messages").and_then(Value::as_array);
        let messages = messages.into_iter().flatten().filter_map(Value::as_object);
        let first = messages.clone().next();
        let mut ticket = Ticket {
            status: "open".to_owned(),
            priority: "normal".to_owned(),
            channel: "api".to_owned(),
            via: "api".to_owned(),
            imported: Some(false),
            created_datetime: now,
            processed_datetime: now,
            updated_datetime: now,
            closed_datetime: (given.get("status") == Some(&json!("closed"))).then_some(now),
            is_unread: true,
            custom_fields: values::read(given.get("custom_fields").unwrap_or(&Value::Null)),
            ..Ticket::default()
        };
        for (member, value) in of_conversation(first).chain(given) {
            if format.counts(member, value) {
                ticket.set(member, value)?;
            }
        }
        let team: Option<Reference> = read(given, "assignee_team")?;
        ticket.assignee_team_id = team.and_then(|team| team.id).filter(|&id| id > 0);
        let created = ticket.created_datetime;
        let messages =
            messages.map(|message| NewMessage::read(message, given, format, created, now));
        let messages: Vec<NewMessage> = messages.collect::<Result<_, _>>()?;
        let all = messages.iter().map(|new| &new.message);
        let created = |message: &Message| message.created_datetime;
        if !format.has(given, "last_message_datetime") {
            let conversation = all.clone().filter(|message| !message.is_note());
            ticket.last_message_datetime = conversation.map(created).max();
        }
        if !format.has(given, "last_received_message_datetime") {
            let received = all.filter(|message| !message.from_agent);
            ticket.last_received_message_datetime = received.map(created).max();
        }
        Ok(Self {
            id: read(given, "id")?,
            ticket,
            customer: read(given, "customer")?,
            assignee_user: read(given, "assignee_user")?,
            tags: read(given, "tags")?.unwrap_or_default(),
            messages,
        })
    }
}

impl NewMessage {
    /// Reads a message. A missing `channel` or `from_agent` is that of its ticket,
    /// and a missing time is that of the ticket's creation.
    pub(crate) fn read(
        given: &Resource,
        ticket: &Resource,
        format: Format,
        ticket_created: Timestamp,
        now: Timestamp,
    ) -> Result<Self, Error> {
        let mut message = Message {
            public: true,
            channel: "api".to_owned(),
            via: "api".to_owned(),
            imported: Some(false),
            created_datetime: ticket_created,
            processed_datetime: now,
            ..Message::default()
        };
        for (member, value) in of_conversation(Some(ticket)).chain(given) {
            if format.counts(member, value) {
                message.set(member, value)?;
            }
        }
        // An incoming message counts as sent when it was created. An outgoing
        // message without a sending time isn't sent yet, and a note never is.
        if !message.from_agent && !format.has(given, "sent_datetime") {
            message.sent_datetime = Some(message.created_datetime);
        }
        message.complete_source();
        Ok(Self {
            id: read(given, "id")?,
            message,
            sender: read(given, "sender")?,
            receiver: read(given, "receiver")?,
        })
    }
}

fn of_conversation(given: Option<&Resource>) -> impl Iterator<Item = (&String, &Value)> {
    let members = given.into_iter().flatten();
    members.filter(|(member, _)| OF_CONVERSATION.contains(&member.as_str()))
}

impl Message {
    /// Adds a `type` to a source without one: the channel of the message.
    pub(super) fn complete_source(&mut self) {
        let mut source = json!({ "type": self.channel });
        if let (Value::Object(given), Some(source)) = (self.source.take(), source.as_object_mut()) {
            if given.contains_key("type") {
                source.clear();
            }
            source.extend(given);
        }
        self.source = source;
    }
}
