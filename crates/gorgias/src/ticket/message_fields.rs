//! Members of a message that are easier to give than the document has them.

use gorgias_api::types::{CreateMacro, CreateSendingError};
use serde_json::{Map, Value};

use super::{Attachment, NewMessage, Participant, Source};

impl NewMessage {
    /// Sets who wrote the message.
    pub fn sender(mut self, sender: impl Into<Participant>) -> Self {
        self.0.sender = Some(sender.into().into());
        self
    }

    /// Sets whom the message is for. Incoming messages, internal notes and
    /// chat have none.
    pub fn receiver(mut self, receiver: impl Into<Participant>) -> Self {
        self.0.receiver = Some(receiver.into().into());
        self
    }

    /// Sets how the message travelled.
    pub fn source(mut self, source: Source) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// Adds a file.
    pub fn attachment(mut self, attachment: Attachment) -> Self {
        self.0
            .attachments
            .get_or_insert_with(Vec::new)
            .push(attachment.into());
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
}
