//! Setters of a message that accept simpler values than the document's types. The
//! other setters are generated.

use gorgias_api::types::{CreateMacro, CreateSendingError};
use serde_json::Value;

use super::{Attachment, NewMessage, Participant, Source};

impl NewMessage {
    /// Sets who wrote the message.
    pub fn sender(self, sender: impl Into<Participant>) -> Self {
        Self(self.0.sender(sender.into()))
    }

    /// Sets whom the message is for. Incoming messages, internal notes and
    /// chat messages have no receiver.
    pub fn receiver(self, receiver: impl Into<Participant>) -> Self {
        Self(self.0.receiver(receiver.into()))
    }

    /// Sets the addresses that the message came from and went to.
    pub fn source(self, source: Source) -> Self {
        Self(self.0.source(source))
    }

    /// Adds a file.
    pub fn attachment(mut self, attachment: Attachment) -> Self {
        self.0.attachments_mut().push(attachment.into());
        self
    }

    /// Adds a macro that was used to write the message, by its id.
    pub fn macro_id(mut self, id: i64) -> Self {
        self.0.macros_mut().push(CreateMacro::new(id));
        self
    }

    /// Adds an action of a macro, in the helpdesk's own form.
    pub fn action(mut self, action: impl Into<Value>) -> Self {
        self.0.actions_mut().push(action.into());
        self
    }

    /// Adds a mail header.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.0.headers_mut().insert(name.into(), value.into());
        self
    }

    /// Adds an entry to the data that the helpdesk keeps with the message.
    pub fn meta(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        self.0.meta_mut().insert(key.into(), value.into());
        self
    }

    /// Adds an agent whom the message mentions, by the agent's id. For internal
    /// notes only.
    pub fn mention_id(mut self, id: i64) -> Self {
        self.0.mention_ids_mut().push(id);
        self
    }

    /// Sets the reason why the message couldn't be sent, for a message that the
    /// helpdesk only records and doesn't send.
    pub fn last_sending_error(self, error: impl Into<String>) -> Self {
        Self(self.0.last_sending_error(CreateSendingError::new(error)))
    }
}
