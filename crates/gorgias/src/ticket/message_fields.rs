//! Every field of a message.

use chrono::{DateTime, Utc};
use gorgias_api::types::{Channel, CreateMacro, CreateSendingError, Via};
use serde_json::{Map, Value};

use super::{Attachment, NewMessage, Participant, Source};

/// Setters for optional fields that take a value as it is.
macro_rules! setters {
    ($($(#[$doc:meta])* $name:ident: $type:ty),+ $(,)?) => {$(
        $(#[$doc])*
        pub fn $name(mut self, $name: impl Into<$type>) -> Self {
            self.0.$name = Some($name.into());
            self
        }
    )+};
}

impl NewMessage {
    /// Sets the channel. Any text is a channel; the known ones are listed
    /// with the type.
    pub fn channel(mut self, channel: impl Into<Channel>) -> Self {
        self.0.channel = channel.into();
        self
    }

    /// Sets whether an agent wrote the message.
    pub fn from_agent(mut self, from_agent: bool) -> Self {
        self.0.from_agent = from_agent;
        self
    }

    /// Sets who wrote the message.
    pub fn sender(mut self, sender: impl Into<Participant>) -> Self {
        self.0.sender = Some(sender.into().into_inner());
        self
    }

    /// Sets whom the message is for. Incoming messages, internal notes and
    /// chat have none.
    pub fn receiver(mut self, receiver: impl Into<Participant>) -> Self {
        self.0.receiver = Some(receiver.into().into_inner());
        self
    }

    /// Sets how the message travelled.
    pub fn source(mut self, source: Source) -> Self {
        self.0.source = Some(source.into_inner());
        self
    }

    /// Adds a file.
    pub fn attachment(mut self, attachment: Attachment) -> Self {
        self.0
            .attachments
            .get_or_insert_with(Vec::new)
            .push(attachment.into_inner());
        self
    }

    /// Adds a macro that was used to write the message, by its id.
    pub fn macro_id(mut self, id: i64) -> Self {
        self.0
            .macros
            .get_or_insert_with(Vec::new)
            .push(CreateMacro::new(id));
        self
    }

    /// Adds an action of a macro, as the helpdesk writes it.
    pub fn action(mut self, action: impl Into<Value>) -> Self {
        self.0
            .actions
            .get_or_insert_with(Vec::new)
            .push(action.into());
        self
    }

    /// Adds a mail header.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.0
            .headers
            .get_or_insert_with(Map::new)
            .insert(name.into(), value.into());
        self
    }

    /// Adds an entry to the data kept with the message.
    pub fn meta(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        self.0
            .meta
            .get_or_insert_with(Map::new)
            .insert(key.into(), value.into());
        self
    }

    /// Adds an agent who is mentioned, by id. For internal notes only.
    pub fn mention_id(mut self, id: i64) -> Self {
        self.0.mention_ids.get_or_insert_with(Vec::new).push(id);
        self
    }

    /// Sets why the message couldn't be sent, for a message that is only
    /// recorded.
    pub fn last_sending_error(mut self, error: impl Into<String>) -> Self {
        self.0.last_sending_error = Some(CreateSendingError::new(error.into()));
        self
    }

    setters! {
        /// Sets the plain text alone. See [`text`](Self::text) for text with
        /// the HTML made from it.
        body_text: String,
        /// Sets the HTML alone, as it is. The same as [`html`](Self::html).
        body_html: String,
        /// Sets how the message came into being, such as `api`.
        via: Via,
        /// Sets whether customers may see the message. Only internal notes
        /// are not public.
        public: bool,
        /// Sets the subject.
        subject: String,
        /// Sets the application's own id for the message, at most 255
        /// characters. It need not be unique.
        external_id: String,
        /// Sets the id at the service the message came from, such as an
        /// e-mail's `Message-ID`.
        message_id: String,
        /// Sets the id of the integration the message came through.
        integration_id: i64,
        /// Sets the text without quotes and signature. Rules match on it.
        stripped_text: String,
        /// Sets the HTML without quotes and signature.
        stripped_html: String,
        /// Sets the signature that was stripped.
        stripped_signature: String,
        /// Sets when the message was written. The time of the call if
        /// nothing is said.
        created_datetime: DateTime<Utc>,
        /// Sets when the message was sent. On an outgoing message this keeps
        /// the helpdesk from sending it; see [`Dispatch`](crate::Dispatch).
        sent_datetime: DateTime<Utc>,
        /// Sets when sending the message failed.
        failed_datetime: DateTime<Utc>,
        /// Sets when the message was deleted.
        deleted_datetime: DateTime<Utc>,
        /// Sets when the recipient opened the message.
        opened_datetime: DateTime<Utc>,
    }
}
