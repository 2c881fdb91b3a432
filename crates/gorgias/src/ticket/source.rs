//! The addresses that a message came from and went to.

use gorgias_api::types::{CreateSource, SourceType};

use super::Contact;

/// The addresses that a message came from and went to, and the kind of address, such
/// as e-mail.
///
/// For an outgoing e-mail `from` must be the address of an e-mail integration
/// of the helpdesk. For chat, `to` is the visitor's id.
#[derive(Clone)]
#[must_use]
pub struct Source(pub(crate) CreateSource);

impl Source {
    /// A source for addresses of this kind, which has no address yet.
    pub fn new(kind: impl Into<SourceType>) -> Self {
        Self(CreateSource::new().type_(kind))
    }

    /// Sets the address that the message came from.
    pub fn from(self, from: impl Into<Contact>) -> Self {
        Self(self.0.from(from.into().into_address()))
    }

    /// Adds an address that the message went to.
    pub fn to(mut self, to: impl Into<Contact>) -> Self {
        let to = to.into().into_address();
        self.0.to_mut().push(to);
        self
    }

    /// Adds the address of a person who gets a copy.
    pub fn cc(mut self, cc: impl Into<Contact>) -> Self {
        let cc = cc.into().into_address();
        self.0.cc_mut().push(cc);
        self
    }

    /// Adds the address of a person who gets a blind copy.
    pub fn bcc(mut self, bcc: impl Into<Contact>) -> Self {
        let bcc = bcc.into().into_address();
        self.0.bcc_mut().push(bcc);
        self
    }
}

crate::ticket::wraps!(Source: CreateSource);
