//! Reads a ticket or a message to create or to load, with the defaults that the
//! service fills in.

use serde::Deserialize;
use serde_json::{Error, Value, json};

use super::collection::Resource;
use super::read::{NewPerson, Reference, take, with_defaults};
use super::ticket::{Message, Ticket};
use super::values;
use crate::timestamp::Timestamp;

/// Members that only the service sets. A request can have them if unknown keys
/// are ignored.
const OF_SERVICE: [&str; 5] = [
    "id",
    "intents",
    "is_unread",
    "processed_datetime",
    "summary",
];

/// Members that are null in some answers of the service. Another null stands
/// for the default.
const NULLABLE: [&str; 4] = [
    "imported",
    "last_message_datetime",
    "last_received_message_datetime",
    "sent_datetime",
];

/// The format of a ticket or a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// The body of a request.
    Request,
    /// An answer of the service, of which members may be missing.
    Response,
}

impl Format {
    /// Removes the members that don't count.
    fn tidy(self, given: &mut Resource) {
        given.retain(|key, value| match self {
            Self::Request => !value.is_null() && !OF_SERVICE.contains(&key.as_str()),
            Self::Response => !value.is_null() || NULLABLE.contains(&key.as_str()),
        });
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
        /// Counts for a loaded ticket.
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
    pub(crate) fn read(mut given: Resource, format: Format, now: Timestamp) -> Result<Self, Error> {
        format.tidy(&mut given);
        let mut messages: Vec<Resource> = take(&mut given, "messages")?.unwrap_or_default();
        match format {
            // A request only refers to the assignee.
            Format::Request => {
                if let Some(Value::Object(user)) = given.get_mut("assignee_user") {
                    user.retain(|key, _| key == "id");
                }
            }
            Format::Response => complete(&mut messages, &given),
        }
        let of_first = |member: &str| messages.first()?.get(member).cloned();
        let is_closed = given.get("status") == Some(&json!("closed"));
        let defaults = json!({
            "status": "open",
            "priority": "normal",
            "channel": of_first("channel").unwrap_or_else(|| json!("api")),
            "via": "api",
            "from_agent": of_first("from_agent").unwrap_or_else(|| json!(false)),
            "spam": false,
            "imported": false,
            "created_datetime": now,
            "processed_datetime": now,
            "updated_datetime": now,
            "closed_datetime": is_closed.then_some(now),
            "is_unread": true,
        });
        let id = take(&mut given, "id")?;
        let customer = take(&mut given, "customer")?;
        let assignee_user = take(&mut given, "assignee_user")?;
        let team: Option<Reference> = take(&mut given, "assignee_team")?;
        let tags = take(&mut given, "tags")?.unwrap_or_default();
        let fields = given.swap_remove("custom_fields").unwrap_or_default();
        let has_last = given.contains_key("last_message_datetime");
        let has_last_received = given.contains_key("last_received_message_datetime");
        let mut ticket: Ticket = with_defaults(defaults, given)?;
        ticket.assignee_team_id = team.and_then(|team| team.id).filter(|&id| id > 0);
        ticket.custom_fields = values::read(&fields);
        let created = ticket.created_datetime;
        let messages = messages.into_iter();
        let messages = messages.map(|message| NewMessage::read(message, format, created, now));
        let messages: Vec<NewMessage> = messages.collect::<Result<_, _>>()?;
        let read = messages.iter().map(|new| &new.message);
        if !has_last {
            let conversation = read.clone().filter(|message| !message.is_note());
            ticket.last_message_datetime = conversation.map(created_datetime).max();
        }
        if !has_last_received {
            let received = read.filter(|message| !message.from_agent);
            ticket.last_received_message_datetime = received.map(created_datetime).max();
        }
        Ok(Self {
            id,
            ticket,
            customer,
            assignee_user,
            tags,
            messages,
        })
    }
}

fn created_datetime(message: &Message) -> Timestamp {
    message.created_datetime
}

/// Adds to the messages of a loaded ticket the members that a request needs.
fn complete(messages: &mut [Resource], ticket: &Resource) {
    let channel = ticket.get("channel").cloned();
    let from_agent = ticket.get("from_agent").cloned();
    for message in messages {
        message
            .entry("channel")
            .or_insert_with(|| channel.clone().unwrap_or_else(|| json!("api")));
        message
            .entry("from_agent")
            .or_insert_with(|| from_agent.clone().unwrap_or_else(|| json!(false)));
    }
}

impl NewMessage {
    /// Reads a message. Without a time of its own it was created with its
    /// ticket.
    pub(crate) fn read(
        mut given: Resource,
        format: Format,
        ticket_created: Timestamp,
        now: Timestamp,
    ) -> Result<Self, Error> {
        format.tidy(&mut given);
        let defaults = json!({
            "public": true,
            "via": "api",
            "source": null,
            "imported": false,
            "created_datetime": ticket_created,
            "processed_datetime": now,
        });
        let id = take(&mut given, "id")?;
        let sender = take(&mut given, "sender")?;
        let receiver = take(&mut given, "receiver")?;
        let has_sent = given.contains_key("sent_datetime");
        let mut message: Message = with_defaults(defaults, given)?;
        // An incoming message counts as sent when it was created. An outgoing
        // message without a sending time isn't sent yet, and a note never is.
        if !has_sent && !message.from_agent {
            message.sent_datetime = Some(message.created_datetime);
        }
        message.complete_source();
        Ok(Self {
            id,
            message,
            sender,
            receiver,
        })
    }
}

impl Message {
    /// Adds the type to the source of a message: by default its channel.
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
