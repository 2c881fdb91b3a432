//! The sender and the receiver of a message.

use gorgias_api::types::{CreateParticipant, CreateParticipantChannel};
use serde_json::Value;

use super::Contact;

/// The sender or receiver of a message, with all members that the API has for such a
/// person. A [`Contact`] is enough for most messages.
///
/// Members other than those that identify the person change what the helpdesk stores
/// about that person.
#[derive(Clone)]
#[must_use]
pub struct Participant(pub(crate) CreateParticipant);

impl Participant {
    /// Adds an entry to the data that the helpdesk keeps with the person.
    pub fn meta(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        self.0.meta_mut().insert(key.into(), value.into());
        self
    }

    /// Adds an address at which the person can be reached, with its channel, such as
    /// `phone` and `+15550100100`.
    pub fn channel(mut self, kind: impl Into<String>, address: impl Into<String>) -> Self {
        let channel = CreateParticipantChannel::new(address, kind);
        self.0.channels_mut().push(channel);
        self
    }
}

impl<C: Into<Contact>> From<C> for Participant {
    fn from(contact: C) -> Self {
        Self(contact.into().into_participant())
    }
}

crate::ticket::wraps!(Participant: CreateParticipant);
